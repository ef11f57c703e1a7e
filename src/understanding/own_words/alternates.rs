//! Text and HTML of one mail, and which to believe.

use super::{Reading, html, line, read};
use crate::domain::understanding::OwnWords;

/// Where the two readings share less of their words than this, the owner should look.
const ENOUGH_IN_COMMON: f64 = 0.8;

/// Reads both alternates and takes the better one.
pub(super) fn better(text: Option<&str>, html: Option<&str>, sent_by_us: Option<&str>) -> OwnWords {
    let from_text = text.filter(|text| !text.trim().is_empty()).map(|text| read(line::lines(text), sent_by_us));
    let from_html = html.filter(|html| !html.trim().is_empty()).map(|html| read(html::lines(html), sent_by_us));
    match (from_text, from_html) {
        (Some(text), Some(html)) => choose(text, html),
        (Some(only), None) | (None, Some(only)) => only.words,
        (None, None) => OwnWords::default(),
    }
}

fn choose(text: Reading, html: Reading) -> OwnWords {
    let (in_text, in_html) = (tokens(&text.words.text), tokens(&html.words.text));
    if in_text == in_html || in_html.is_empty() && html.quoted && text.quoted {
        return text.words;
    }
    if in_text.is_empty() {
        return if text.quoted { doubtful(html.words) } else { html.words };
    }
    if in_html.is_empty() {
        return doubtful(text.words);
    }
    let common = in_common(&in_text, &in_html);
    let shorter = in_text.len().min(in_html.len());
    let longer = in_text.len().max(in_html.len());
    if ratio(common, longer) >= ENOUGH_IN_COMMON {
        // The same words, laid out otherwise; only one of the two may have found the quote.
        return if html.quoted && !text.quoted && in_html.len() < in_text.len() { html.words } else { text.words };
    }
    if ratio(common, shorter) >= ENOUGH_IN_COMMON {
        // One holds the other: the elements of HTML know better where a quote begins, and a program that
        // found no quote at all has missed it.
        let html_is_shorter = in_html.len() < in_text.len();
        return match (html_is_shorter, html.quoted, text.quoted) {
            (true, true, _) => doubtful(html.words),
            (true, false, _) => doubtful(text.words),
            (false, _, true) => doubtful(text.words),
            (false, _, false) => doubtful(html.words),
        };
    }
    // Two different texts: one of them is a stub ("your program cannot show HTML").
    if in_text.len() * 3 < in_html.len() { doubtful(html.words) } else { doubtful(text.words) }
}

fn doubtful(words: OwnWords) -> OwnWords {
    OwnWords { doubt: words.doubt.or(Some("the text and the HTML of this mail differ")), ..words }
}

fn tokens(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// How many words the two share, counted with repeats.
fn in_common(one: &[&str], other: &[&str]) -> usize {
    let mut counts = std::collections::HashMap::new();
    for word in one {
        *counts.entry(*word).or_insert(0_usize) += 1;
    }
    other
        .iter()
        .filter(|word| match counts.get_mut(**word) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            Some(_) | None => false,
        })
        .count()
}

fn ratio(part: usize, whole: usize) -> f64 {
    let exact = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    if whole == 0 { 1.0 } else { exact(part) / exact(whole) }
}
