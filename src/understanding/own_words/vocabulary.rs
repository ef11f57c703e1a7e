//! The words that mail programs put round quotes, in the languages they are translated to.
//!
//! Shapes carry further than words (see `attribution` and `header_block`); the words settle what a
//! shape leaves open. The lists stand in `words/`, in lower case, words set apart by ` | `.

use super::signs::Pairs;
use crate::understanding::pattern::pattern;
use regex::Regex;
use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
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

/// All words of those, in one pass over a text.
static UNSPACED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words: Vec<String> = words(WROTE_UNSPACED).map(regex::escape).collect();
    pattern(&words.join("|"))
});

/// English puts its verb last; anywhere else "wrote" is a word like others.
const ENGLISH: [&str; 5] = ["wrote", "writes", "said", "sent", "a wrote"];

struct Lists {
    wrote_by_first_word: HashMap<&'static str, Vec<&'static str>>,
    wrote_by_last_word: HashMap<&'static str, Vec<&'static str>>,
    wrote_unspaced: Vec<&'static str>,
    wrote_ends: Pairs,
    on: HashMap<char, Vec<&'static str>>,
    original: HashSet<&'static str>,
    forwarded: HashSet<&'static str>,
    passed_on: Vec<&'static str>,
    announcing: Pairs,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    wrote_by_first_word: grouped(words(WROTE).filter(|phrase| !ENGLISH.contains(phrase)), first_word),
    wrote_by_last_word: grouped(words(WROTE), last_word),
    wrote_unspaced: words(WROTE_UNSPACED).collect(),
    wrote_ends: Pairs::ending(words(WROTE).chain(words(WROTE_UNSPACED)).map(trimmed)),
    on: grouped(words(ON), |word| word.chars().next().unwrap_or_default()),
    original: words(ORIGINAL).collect(),
    forwarded: words(FORWARDED).collect(),
    passed_on: words(PASSED_ON).collect(),
    announcing: Pairs::beginning(words(ORIGINAL).chain(words(FORWARDED)).chain(words(PASSED_ON))),
});

fn grouped<K: Eq + Hash>(
    phrases: impl Iterator<Item = &'static str>,
    key: fn(&'static str) -> K,
) -> HashMap<K, Vec<&'static str>> {
    phrases.fold(HashMap::new(), |mut lists: HashMap<K, Vec<_>>, phrase| {
        lists.entry(key(phrase)).or_default().push(phrase);
        lists
    })
}

static LABELS: LazyLock<HashMap<&'static str, Label>> = LazyLock::new(|| {
    let tables =
        [(OTHER, Label::Other), (TO, Label::To), (SENT, Label::Sent), (SUBJECT, Label::Subject), (FROM, Label::From)];
    tables.into_iter().flat_map(|(list, label)| words(list).map(move |word| (word, label))).collect()
});

/// The words of a list; lines that begin with `#` are remarks.
pub(super) fn words(list: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split('|'))
        .map(str::trim)
        .filter(|word| !word.is_empty())
}

/// Whether `text`, in lower case, holds a form of "wrote" other than English.
pub(super) fn says_wrote(text: &str) -> bool {
    let lists = &*LISTS;
    word_starts(text).any(|rest| {
        let phrases = lists.wrote_by_first_word.get(first_word(rest));
        phrases.is_some_and(|phrases| phrases.iter().any(|phrase| rest.strip_prefix(*phrase).is_some_and(ends_word)))
    }) || !text.is_ascii() && UNSPACED.as_ref().is_some_and(|wrote| wrote.is_match(text))
}

/// What follows from each place where a word may begin.
fn word_starts(text: &str) -> impl Iterator<Item = &str> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let begins = before.is_whitespace() || ">])-.,:،'".contains(before);
        before = c;
        if begins && !c.is_whitespace() { text.get(at..) } else { None }
    })
}

fn ends_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || ":：,.-<(*_".contains(c))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || ":：,.-<(*_/".contains(c)).next().unwrap_or(text)
}

/// Whether `text` may end in a form of "wrote"; spares most lines the rest.
pub(super) fn may_end_in_wrote(text: &str) -> bool {
    LISTS.wrote_ends.may_end(trimmed(text))
}

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
    text.trim_end_matches([':', '：', ' ', '*', '_', '-', '.', ',', '፦', '፡', '៖', '՝'])
}

/// Whether `text`, in lower case, opens as the line above a quote does before its date.
pub(super) fn opens_with_on(text: &str) -> bool {
    let words = text.chars().next().and_then(|first| LISTS.on.get(&first));
    words.into_iter().flatten().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_whitespace() || c.is_numeric() || c == ',')
                || !word.is_ascii() && rest.starts_with(|c: char| c.is_numeric())
        })
    })
}

/// Whether `text`, in lower case, is such a word alone.
pub(super) fn is_on(text: &str) -> bool {
    text.chars().next().and_then(|first| LISTS.on.get(&first)).is_some_and(|words| words.contains(&text))
}

/// Whether `text`, in lower case, opens with "quoting", as web mail does.
pub(super) fn opens_with_quoting(text: &str) -> bool {
    QUOTING.iter().any(|word| text.starts_with(word))
}

const QUOTING: [&str; 13] = [
    "quoting ",
    "zitat von ",
    "zitiere ",
    "citando ",
    "citando a ",
    "citat från ",
    "citat fra ",
    "citeren ",
    "citation de ",
    "en citant ",
    "cytowanie ",
    "cytuję ",
    "цитирую ",
];

static LABEL_STARTS: LazyLock<Pairs> = LazyLock::new(|| Pairs::beginning(LABELS.keys().copied()));

/// Whether `word` may be a label; spares most lines the rest.
pub(super) fn may_be_label(word: &str) -> bool {
    word.len() < 2 || LABEL_STARTS.may_begin(word)
}

/// The label that `word`, in lower case, stands for.
pub(super) fn label(word: &str) -> Option<Label> {
    LABELS.get(word).copied()
}

/// Whether `text` may open with words that announce a message; spares most lines the rest.
pub(super) fn may_announce(text: &str) -> bool {
    LISTS.announcing.may_begin(text)
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
