//! The words that mail programs put round quotes, in the languages they are translated to.
//!
//! Shapes carry further than words (see `attribution` and `header_block`); the words settle what a
//! shape leaves open. The lists stand in `words/`, in lower case, words set apart by ` | `.

use super::shape;
use crate::understanding::pattern::pattern;
use regex::Regex;
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// Forms of "wrote" as they stand in the line above a quote.
const WROTE: &str = include_str!("words/wrote.txt");

/// The same where words are not set apart by spaces, so that no boundary can be asked for.
const WROTE_UNSPACED: &str = include_str!("words/wrote_unspaced.txt");

/// What an attribution opens with: "on", "the", "at" before the date.
const ON: &str = include_str!("words/on.txt");

/// The four labels that every quoted header shows, and the rest that some do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Label {
    From,
    Sent,
    To,
    Subject,
    /// Cc, Reply-To, importance, attachments: seen between the others.
    Other,
}

const FROM: &str = include_str!("words/label_from.txt");
const SENT: &str = include_str!("words/label_sent.txt");
const TO: &str = include_str!("words/label_to.txt");
const SUBJECT: &str = include_str!("words/label_subject.txt");
const OTHER: &str = include_str!("words/label_other.txt");

/// "Original message" and "forwarded message", as they stand between dashes or alone.
const ORIGINAL: &str = include_str!("words/original.txt");
const FORWARDED: &str = include_str!("words/forwarded.txt");

/// Opens a line that passes a message on and names who wrote it.
const PASSED_ON: &str = include_str!("words/passed_on.txt");

static WROTE_WORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // English puts its verb last; anywhere else "wrote" is a word like others.
    let spaced =
        alternatives(words(WROTE).filter(|word| !["wrote", "writes", "said", "sent", "a wrote"].contains(word)));
    let unspaced = alternatives(words(WROTE_UNSPACED));
    pattern(&format!(r"(?:^|[\s>\])\-.,:،\u{{2019}}'])(?:{spaced})(?:$|[\s:：,.\-<(*_])|(?:{unspaced})"))
});

struct Lists {
    wrote_by_last_word: HashMap<&'static str, Vec<&'static str>>,
    wrote_unspaced: Vec<&'static str>,
    on: Vec<&'static str>,
    original: HashSet<&'static str>,
    forwarded: HashSet<&'static str>,
    passed_on: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    wrote_by_last_word: words(WROTE).fold(HashMap::new(), |mut lists: HashMap<_, Vec<_>>, phrase| {
        lists.entry(last_word(phrase)).or_default().push(phrase);
        lists
    }),
    wrote_unspaced: words(WROTE_UNSPACED).collect(),
    on: words(ON).collect(),
    original: words(ORIGINAL).collect(),
    forwarded: words(FORWARDED).collect(),
    passed_on: words(PASSED_ON).collect(),
});

static LABELS: LazyLock<HashMap<&'static str, Label>> = LazyLock::new(|| {
    let tables =
        [(OTHER, Label::Other), (TO, Label::To), (SENT, Label::Sent), (SUBJECT, Label::Subject), (FROM, Label::From)];
    tables.into_iter().flat_map(|(list, label)| words(list).map(move |word| (word, label))).collect()
});

/// The words of a list; lines that begin with `#` are remarks.
fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split('|'))
        .map(str::trim)
        .filter(|word| !word.is_empty())
}

fn alternatives(words: impl Iterator<Item = &'static str>) -> String {
    let mut words: Vec<String> = words.map(regex::escape).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

/// Whether `text`, in lower case, holds a form of "wrote" other than English.
pub(super) fn says_wrote(text: &str) -> bool {
    WROTE_WORD.as_ref().is_some_and(|wrote| wrote.is_match(text))
}

/// Whether the last word of `text` is the last of a form of "wrote"; spares most lines the rest.
pub(super) fn may_end_in_wrote(text: &str) -> bool {
    let last = last_word(text);
    if !last.is_ascii() {
        return true;
    }
    let is_lower = !last.bytes().any(|byte| byte.is_ascii_uppercase());
    let known = |last: &str| LISTS.wrote_by_last_word.contains_key(last);
    last.len() <= LONGEST_LAST_WORD && if is_lower { known(last) } else { known(&shape::lower(last)) }
}

const LONGEST_LAST_WORD: usize = 40;

/// Whether `text`, in lower case, ends in a form of "wrote", with or without a mark after it.
pub(super) fn ends_in_wrote(text: &str) -> bool {
    let text = trimmed(text);
    let ends = |phrase: &str| {
        text.strip_suffix(phrase)
            .is_some_and(|before| before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric()))
    };
    LISTS.wrote_by_last_word.get(last_word(text)).is_some_and(|phrases| phrases.iter().any(|phrase| ends(phrase)))
        || !text.is_ascii() && LISTS.wrote_unspaced.iter().any(|word| text.ends_with(word))
}

fn last_word(text: &str) -> &str {
    let text = trimmed(text);
    text.rsplit([' ', '>', '"', ']', ',']).next().unwrap_or(text)
}

fn trimmed(text: &str) -> &str {
    text.trim_end_matches([':', '：', ' ', '*', '_', '-', '.', ','])
}

/// Whether `text`, in lower case, opens as the line above a quote does before its date.
pub(super) fn opens_with_on(text: &str) -> bool {
    LISTS.on.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_whitespace() || c.is_numeric() || c == ',')
                || !word.is_ascii() && rest.starts_with(|c: char| c.is_numeric())
        })
    })
}

/// The label that `word`, in lower case, stands for.
pub(super) fn label(word: &str) -> Option<Label> {
    LABELS.get(word).copied()
}

/// Whether `phrase`, in lower case and without dashes, announces an original or a forwarded message.
pub(super) fn announces_a_message(phrase: &str) -> bool {
    let phrase = phrase.trim_end_matches([':', '：', '.', ' ']);
    LISTS.original.contains(phrase)
        || LISTS.forwarded.contains(phrase)
        || LISTS.passed_on.iter().any(|start| phrase.starts_with(start))
}

/// Whether `phrase` announces a message even without dashes round it.
pub(super) fn announces_a_forward(phrase: &str) -> bool {
    LISTS.forwarded.contains(phrase.trim_end_matches([':', '：', '.', ' ']))
}

/// Whether `phrase` opens with "original message" and goes on, as in "Original message processed by …".
pub(super) fn opens_with_original(phrase: &str) -> bool {
    phrase.match_indices(' ').any(|(at, _)| phrase.get(..at).is_some_and(|start| LISTS.original.contains(start)))
}
