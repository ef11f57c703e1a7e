//! The shapes of dates, times and addresses, in any script.

use super::{dates, vocabulary};
use crate::understanding::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// Gmail before 2016 wrote date, zone, name and address without a verb.
static GMAIL_DATE_LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2} [0-9]{1,2}:[0-9]{2} (?:GMT|UTC)[+-][0-9]{1,2}(?::?[0-9]{2})? [^.!?]{2,80}[:>]?$",
    )
});

/// How many words a line has, counted by its spaces.
pub(super) fn word_count(line: &str) -> usize {
    if line.is_empty() { 0 } else { line.bytes().filter(|byte| *byte == b' ').count() + 1 }
}

/// Lower case for matching: the dot that Turkish leaves over `i` dropped, one kind of apostrophe.
pub(super) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut lower = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'A'..='Z' => lower.push(c.to_ascii_lowercase()),
            '\0'..='\x7F' => lower.push(c),
            '’' => lower.push('\''),
            _ => lower.extend(c.to_lowercase().filter(|c| *c != '\u{307}')),
        }
    }
    lower
}

pub(super) fn has_address(text: &str) -> bool {
    let joins = |side: Option<char>| side.is_some_and(|c| c.is_alphanumeric() || "._+-%=/'".contains(c));
    text.match_indices('@').any(|(at, _)| {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        joins(before.chars().next_back()) && after.chars().nth(1).is_some_and(char::is_alphanumeric)
    })
}

/// Whether an address stands right behind a bracket: `<ana@work.example`, `( mailto:ana@work.example`.
pub(super) fn has_bracketed_address(text: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || "<>()[]@".contains(c);
    text.match_indices('@').any(|(at, _)| {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        let outside = before.trim_end_matches(|c| !ends(c));
        let bracket = outside.trim_end().strip_suffix("mailto:").unwrap_or(outside).trim_end();
        outside.len() < before.len()
            && bracket.ends_with(['<', '(', '['])
            && after.chars().nth(1).is_some_and(|c| !ends(c))
    })
}

pub(super) fn has_year(text: &str) -> bool {
    dates::has_year(text)
}

pub(super) fn has_time(text: &str) -> bool {
    dates::has_time(text)
}

pub(super) fn has_link(text: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| text.contains(start))
}

/// Whether a calendar day is named: in numbers, or a day with a year or a time beside it.
pub(super) fn has_date(text: &str) -> bool {
    dates::has_numeric_date(text) || dates::has_day(text) && (dates::has_year(text) || dates::has_time(text))
}

/// Whether a number stands among the first words, as in "on Friday the 28th".
pub(super) fn has_number_early(text: &str) -> bool {
    dates::has_number_early(text)
}

pub(super) fn opens_with_date(text: &str) -> bool {
    dates::begin(text)
}

pub(super) fn is_gmail_date_line(text: &str) -> bool {
    let has_zone = || [" GMT", " UTC"].iter().any(|zone| text.contains(zone));
    text.starts_with(|c: char| c.is_ascii_digit())
        && has_zone()
        && GMAIL_DATE_LINE.as_ref().is_some_and(|line| line.is_match(text))
}

/// Whether the writer speaks of what they wrote themselves.
pub(super) fn is_first_person(lower: &str) -> bool {
    ["i ", "we ", "as i ", "ich ", "yo ", "eu ", "je ", "j'"].iter().any(|start| lower.starts_with(start))
}

/// Whether the line begins and ends as sentences do, so that it cannot be drawing.
fn is_plain_text(line: &str) -> bool {
    let first = line.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    first
        && line.bytes().next_back().is_some_and(|byte| byte.is_ascii_alphanumeric() || b".,:;?!)'\"".contains(&byte))
}

/// Whether the line is a rule: three or more of one drawing sign and nothing else.
pub(super) fn is_rule(line: &str) -> bool {
    if is_plain_text(line) {
        return false;
    }
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = signs.next() else {
        return false;
    };
    "-_=*~#‐‑‒–—―─━•·+".contains(first) && line.chars().count() >= 3 && signs.all(|c| c == first || c == '>')
}

/// The phrase between dashes, where `line` is a phrase with two or more dashes on a side.
pub(super) fn framed_phrase(line: &str) -> Option<&str> {
    if is_plain_text(line) {
        return None;
    }
    let is_dash =
        |c: char| matches!(c, '-' | '_' | '=' | '*' | '~' | '‐'..='―' | '─' | '━' | '>' | '<' | '#' | ' ' | '|');
    let phrase = line.trim_matches(is_dash);
    let framed = line.len() - phrase.len();
    (!phrase.is_empty() && framed >= 4 && phrase.contains(char::is_alphabetic)).then_some(phrase)
}

/// In bytes; labels of Indic scripts take three a letter.
const LONGEST_LABEL: usize = 100;

/// Splits `Label: value`. The label is short and holds no digits.
pub(super) fn labelled(line: &str) -> Option<(String, &str)> {
    let (label, value) = label_and_value(line)?;
    let fits = label.chars().count() <= 30
        && label.split_whitespace().count() <= 4
        && !label.contains(|c: char| c.is_numeric() || "@/<>?!,;".contains(c));
    fits.then(|| (lower(label), value))
}

/// The label in a `Label: value` line that every quoted header shows.
pub(super) fn label_of(line: &str) -> Option<vocabulary::Label> {
    let (label, _) = label_and_value(line)?;
    if !vocabulary::may_be_label(label) {
        return None;
    }
    vocabulary::label(&lower(label))
}

fn label_and_value(line: &str) -> Option<(&str, &str)> {
    // Web mail of China sets the fields in a table: `| label | value |`.
    let cell =
        line.strip_prefix('|').and_then(|row| row.split_once('|')).filter(|(label, _)| !label.contains([':', '：']));
    let (label, value) = cell.or_else(|| line.split_at_checked(first_colon(line)?))?;
    let is_frame = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '|' | '>' | '•' | '[' | '(');
    let label = label.trim_matches(is_frame);
    let value = value.trim_start_matches(WIDE_COLONS).trim_start_matches(':');
    (!label.is_empty()).then(|| (label, value.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '|')))
}

const WIDE_COLONS: [char; 2] = ['：', '︰'];

/// Where the first colon stands, where it can end a label.
fn first_colon(line: &str) -> Option<usize> {
    let start = line.as_bytes().get(..line.len().min(LONGEST_LABEL + 1))?;
    let narrow = memchr::memchr(b':', start);
    let before = start.get(..narrow.unwrap_or(start.len()))?;
    // The wide ones begin with this byte.
    let wide = memchr::memchr_iter(0xEF, before)
        .find(|at| line.get(*at..).is_some_and(|rest| rest.starts_with(WIDE_COLONS)));
    wide.or(narrow)
}
