//! The shapes of dates, times and addresses, in any script.

use super::vocabulary;
use crate::understanding::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

type Pattern = LazyLock<Option<Regex>>;

static BRACKETED: Pattern = LazyLock::new(|| pattern(r"[<(\[]\s*(?:mailto:\s*)?[^\s<>()\[\]@]+@[^\s<>()\[\]@]+"));
/// A numeric date, a year in a row of numbers, a CJK date, or day and month name with a year or a time.
static NUMERIC_DATE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d.,/:-])(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{1,2}[./-]\p{L}{3,10}\.?[./-]\d{2,4}|\d{4}\s*[年년]\s*\d{1,2}|\d{1,2}\s*[月월]\s*\d{1,2}|\d{4}-\d{2}-\d{2})",
    )
});
static YEAR: Pattern =
    LazyLock::new(|| pattern(r"(?:^|[^\d:])(?:(?:19|20|25)\d\d|[١۱][٣۳٤۴]\d\d|[٢۲]\d{3}|[०-९০-৯]{4})(?:$|[^\d:])"));
static TIME: Pattern =
    LazyLock::new(|| pattern(r"\b\d{1,2}\s?(?:[:：.h]|時|时|點|点|시)\s?\d{2}\b|\d{1,2}(?:時|时|點|点|시)"));
static DAY: Pattern = LazyLock::new(|| pattern(r"(?:^|[^\d:.])\d{1,2}(?:$|[^\d:])"));
static EARLY_NUMBER: Pattern = LazyLock::new(|| pattern(r"^\S+\s*(?:[^\s\d]+\s+){0,4}[^\s\d]*\d"));
static DATE_FIRST: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:[^\s\d]+\s+){0,3}(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}(?:\.|st|nd|rd|th)?\s+(?:de\s+)?\p{L}{3,}\.?,?\s+(?:de\s+)?\d{2,4}|\d{4}\s*[年년]|\p{L}{3,}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}:\d\d\s*(?:[ap]m)?,)",
    )
});
/// "On" in the languages that write it with a capital at the head of the line, then a date.
static CAPITAL_ON: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|\P{L})(?:On|Am|Le|El|Il|Em|Op|Den|På|Dne|Dnia|W dniu|Il giorno|In data|Vào|Pada|Noong|Στις|В|Le)\s+(?:\p{L}{2,10}\.?,?\s+){0,2}\d{1,4}",
    )
});

/// Gmail before 2016 wrote date, zone, name and address without a verb.
static GMAIL_DATE_LINE: Pattern = LazyLock::new(|| {
    pattern(r"^\d{4}[-/]\d{1,2}[-/]\d{1,2} \d{1,2}:\d\d (?:GMT|UTC)[+-]\d{1,2}(?::?\d\d)? [^.!?]{2,80}[:>]?$")
});

fn matches(pattern: &Pattern, text: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// How many words a line has, counted by its spaces.
pub(super) fn word_count(line: &str) -> usize {
    if line.is_empty() { 0 } else { line.bytes().filter(|byte| *byte == b' ').count() + 1 }
}

/// Lower case for matching: the dot that Turkish leaves over `i` dropped, one kind of apostrophe.
pub(super) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.to_lowercase().chars().filter(|c| *c != '\u{307}').map(|c| if c == '’' { '\'' } else { c }).collect()
}

pub(super) fn has_address(text: &str) -> bool {
    let joins = |side: Option<char>| side.is_some_and(|c| c.is_alphanumeric() || "._+-%=/'".contains(c));
    text.match_indices('@').any(|(at, _)| {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        joins(before.chars().next_back()) && after.chars().nth(1).is_some_and(char::is_alphanumeric)
    })
}

pub(super) fn has_bracketed_address(text: &str) -> bool {
    text.contains('@') && matches(&BRACKETED, text)
}

pub(super) fn has_year(text: &str) -> bool {
    matches(&YEAR, text)
}

pub(super) fn has_time(text: &str) -> bool {
    matches(&TIME, text)
}

pub(super) fn has_link(text: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| text.contains(start))
}

/// Whether a calendar day is named: in numbers, or a day with a year or a time beside it.
pub(super) fn has_date(text: &str) -> bool {
    text.contains(char::is_numeric)
        && (matches(&NUMERIC_DATE, text) || matches(&DAY, text) && (has_year(text) || has_time(text)))
}

/// Whether a number stands among the first words, as in "on Friday the 28th".
pub(super) fn has_number_early(text: &str) -> bool {
    matches(&EARLY_NUMBER, text)
}

pub(super) fn opens_with_date(text: &str) -> bool {
    matches(&DATE_FIRST, text)
}

pub(super) fn is_gmail_date_line(text: &str) -> bool {
    text.starts_with(char::is_numeric) && matches(&GMAIL_DATE_LINE, text)
}

/// Whether the writer speaks of what they wrote themselves.
pub(super) fn is_first_person(lower: &str) -> bool {
    ["i ", "we ", "as i ", "ich ", "yo ", "eu ", "je ", "j'"].iter().any(|start| lower.starts_with(start))
}

/// Where in `line` a capital "On" stands with a date behind it.
pub(super) fn capital_on(line: &str) -> impl Iterator<Item = usize> {
    CAPITAL_ON
        .as_ref()
        .filter(|_| line.len() < 1_000)
        .into_iter()
        .flat_map(move |regex| regex.find_iter(line))
        .map(|found| found.end() - found.as_str().trim_start_matches(|c: char| !c.is_alphabetic()).len())
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
    (!phrase.is_empty() && framed >= 4 && !phrase.contains('@') && phrase.contains(char::is_alphabetic))
        .then_some(phrase)
}

/// In bytes; labels of Indic scripts take three a letter.
const LONGEST_LABEL: usize = 100;

/// Splits `Label: value`. The label is short and holds no digits.
pub(super) fn labelled(line: &str) -> Option<(String, &str)> {
    let colon = line.find(':').or_else(|| if line.is_ascii() { None } else { line.find(['：', '︰']) })?;
    if colon > LONGEST_LABEL {
        return None;
    }
    let (label, value) = line.split_at_checked(colon)?;
    let value = value.trim_start_matches([':', '：', '︰']);
    let label =
        label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '|' | '>' | '•' | '[' | '('));
    let fits = !label.is_empty()
        && label.chars().count() <= 30
        && label.split_whitespace().count() <= 4
        && !label.contains(|c: char| c.is_numeric() || "@/<>?!,;".contains(c));
    fits.then(|| (lower(label), value.trim_matches(|c: char| c.is_whitespace() || c == '*')))
}

/// The label in a `Label: value` line that every quoted header shows.
pub(super) fn label_of(line: &str) -> Option<vocabulary::Label> {
    labelled(line).and_then(|(label, _)| vocabulary::label(&label))
}
