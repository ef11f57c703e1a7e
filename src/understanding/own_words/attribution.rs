//! The line above a quote that says who wrote it and when, in any language and broken over several lines.
//!
//! What counts is the shape: an address or a date, and a colon or a form of "wrote" at the end. Right
//! above quote marks the shape is enough; without quote marks below, words must support it, because all
//! that follows will be taken for quoted.

use super::{dates, line::Line, shape, signs::Signs, vocabulary};
use std::cell::OnceCell;

/// Mail programs break an attribution over at most this many lines.
const MOST_LINES: usize = 5;
const LONGEST: usize = 400;
const MOST_WORDS: usize = 40;

/// An attribution found at a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribution {
    /// The first of its lines.
    pub(super) first: usize,
    /// The last of its lines.
    pub(super) last: usize,
    /// Where it is glued to the author's line: the author's part of line `first`.
    pub(super) own_part: Option<String>,
    /// Whether quote marks follow. Without them all that follows is quoted.
    pub(super) marks_follow: bool,
}

/// Finds an attribution that ends at line `last`.
pub(super) fn ending_at(lines: &[Line<'_>], last: usize) -> Option<Attribution> {
    let end = lines.get(last)?;
    if !end.is_own() || end.plain().is_empty() || end.plain().len() > LONGEST {
        return None;
    }
    if !may_end(end) {
        return None;
    }
    let depth = end.depth;
    let marks_follow = marks_follow(lines, last, depth);
    let mut text = String::new();
    let mut found = None;
    for first in (last.saturating_sub(MOST_LINES - 1)..=last).rev() {
        let Some(line) = lines.get(first).filter(|line| line.depth == depth && line.is_own() && !line.is_blank())
        else {
            break;
        };
        if first < last && (line.plain().len() > LONGEST || ends_a_sentence(line.plain())) {
            break;
        }
        let below = std::mem::take(&mut text);
        text = joined(line.plain(), &below);
        if text.len() > LONGEST {
            break;
        }
        let Some(start) = start_of(line.plain(), &text, marks_follow) else {
            continue;
        };
        if found.is_none() || takes_in(line.plain(), &below, &text, start) {
            found = Some(Attribution {
                first,
                last,
                own_part: (start > 0).then(|| line.plain().get(..start).unwrap_or_default().trim().to_owned()),
                marks_follow,
            });
        }
        if start > 0 {
            break;
        }
    }
    found
}

/// Whether the attribution `below` began on the line `above` it: one that opens like an attribution, or gives the
/// date, the name or the address that is lacking. `text` is both, and `glued` where in it an attribution is glued to
/// the author's words. Anything else above it is the author's, however close it stands.
fn takes_in(above: &str, below: &str, text: &str, glued: usize) -> bool {
    let lacks_date = !shape::has_date(below);
    if glued > 0 {
        return lacks_date;
    }
    let lacks_address = !shape::has_address(below);
    let said = Said::new(text.trim_start_matches(MARKS));
    let opens = || said.opens_with_on() || shape::opens_with_date(said.lower());
    let says_wrote = || vocabulary::says_wrote(&shape::lower(above));
    let is_dated = || shape::word_count(above) <= 6 && above.contains(dates::is_digit);
    lacks_date && shape::has_date(text) && (opens() || says_wrote() || is_dated())
        || lacks_address && shape::has_bracketed_address(above)
        || lacks_address && lacks_date && shape::has_address(above)
        || below.starts_with(['<', '(']) && (ends_in_name(above) || says_wrote() || shape::has_date(above))
        || is_broken_off(above) && opens()
}

/// Whether the line ends in a name of two words, as it does where the address behind it went to the next line.
fn ends_in_name(line: &str) -> bool {
    let mut words = line.rsplit(' ');
    let is_capital =
        |word: Option<&str>| word.is_some_and(|word| word.trim_start_matches(MARKS).starts_with(char::is_uppercase));
    is_capital(words.next()) && is_capital(words.next())
}

/// Whether the line is the head of an attribution that was broken behind its first words: "On Tue,", "Den tis",
/// "W dniu", "вт,". "On Monday" is an answer.
fn is_broken_off(line: &str) -> bool {
    let lower = shape::lower(line.trim_start_matches(MARKS));
    let words = shape::word_count(&lower);
    let last = lower.rsplit(' ').next().unwrap_or_default();
    let is_day =
        || last.trim_end_matches('.').chars().count() <= 3 && last.chars().all(|c| c.is_alphabetic() || c == '.');
    let is_cut = || lower.ends_with(',') || words == 2 && !is_english_on(&lower) && is_day();
    words <= 3 && (vocabulary::is_on(&lower) || vocabulary::opens_with_on(&lower) && is_cut())
        || words == 1 && lower.ends_with(',') && !lower.is_ascii()
}

fn is_english_on(lower: &str) -> bool {
    lower.starts_with("on ") || lower.starts_with("at ")
}

/// Whether an attribution and the quoted words stand on one line, as Yahoo's Android app sends them.
pub(super) fn runs_into_quote(line: &Line<'_>) -> bool {
    let text = line.plain();
    if !line.signs.has_all(Signs::AT.and(Signs::COLON)) || !line.is_own() {
        return false;
    }
    text.match_indices(':').take(8).any(|(at, _)| {
        let (before, after) = text.split_at_checked(at + 1).unwrap_or((text, ""));
        if before.len() > LONGEST || after.trim().is_empty() || !vocabulary::may_end_in_wrote(before) {
            return false;
        }
        let lower = shape::lower(before);
        vocabulary::ends_in_wrote(&lower)
            && vocabulary::opens_with_on(&lower)
            && shape::has_bracketed_address(before)
            && shape::has_date(before)
    })
}

/// Glues a line before what follows; a trailing `=` is a soft break that nobody decoded.
fn joined(line: &str, rest: &str) -> String {
    match line.strip_suffix('=') {
        _ if rest.is_empty() => line.to_owned(),
        Some(cut) => format!("{cut}{rest}"),
        None => format!("{line} {rest}"),
    }
}

/// Whether the line ends a sentence; a number or a short word before the full stop is a date's.
fn ends_a_sentence(line: &str) -> bool {
    let last = line.trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
    line.ends_with(['!', '?']) || line.ends_with('.') && last.chars().filter(|c| c.is_alphabetic()).count() > 4
}

/// Whether the next line that is not blank is quoted more deeply.
fn marks_follow(lines: &[Line<'_>], last: usize, depth: usize) -> bool {
    lines
        .iter()
        .skip(last + 1)
        .take(12)
        .find(|line| !line.is_blank() || line.depth > depth)
        .is_some_and(|line| line.depth > depth)
}

/// Whether a line ends as attributions do; cheap, because it is asked of every line.
fn may_end(line: &Line<'_>) -> bool {
    let text = line.plain().trim_end_matches(['*', '_', '-', ' ']);
    line.signs.has(Signs::AT)
        || line.signs.has(Signs::COLON.and(Signs::FOREIGN)) && ends_in_colon(text)
        || text.starts_with('[') && text.ends_with(']')
        || vocabulary::may_end_in_wrote(text) && vocabulary::ends_in_wrote(&shape::lower(text))
        || line.signs.has(Signs::DIGIT) && shape::is_gmail_date_line(text)
}

fn ends_in_colon(line: &str) -> bool {
    line.trim_end_matches(['*', '_', '-', ' ', '\u{A0}']).ends_with(COLONS)
}

/// What stands for a colon in any script.
const COLONS: [char; 8] = [':', '：', '︰', '؛', '፦', '፡', '៖', '՝'];

/// Signs that may stand before an attribution.
const MARKS: [char; 12] = ['-', '*', '_', '>', ' ', '=', '"', '\'', '~', '#', '[', '|'];

/// Whether `text`, which begins with `first_line`, is an attribution, and at which byte of that line it starts.
fn start_of(first_line: &str, text: &str, marks_follow: bool) -> Option<usize> {
    for at in glued_starts(first_line) {
        let tail = text.get(at..).unwrap_or_default();
        if is_attribution(&Said::new(tail), marks_follow) && shape::has_date(tail) {
            return Some(at);
        }
    }
    is_attribution(&Said::new(text.trim_start_matches(MARKS)), marks_follow).then_some(0)
}

/// Where in a line an attribution may be glued to the author's words: a capital "On" word with a date
/// right behind it.
fn glued_starts(line: &str) -> impl Iterator<Item = usize> {
    dates::capital_on(line).filter(move |at| {
        line.get(..*at).is_some_and(|before| before.contains(|c: char| c.is_alphanumeric() || !c.is_ascii()))
    })
}

fn is_attribution(said: &Said<'_>, marks_follow: bool) -> bool {
    if said.words == 0 || said.words > MOST_WORDS {
        false
    } else if marks_follow {
        said.colon && said.address || said.is_above_marks()
    } else {
        said.stands_alone()
    }
}

/// A candidate, and what is cheap to know about it.
struct Said<'t> {
    text: &'t str,
    lower: OnceCell<String>,
    words: usize,
    colon: bool,
    address: bool,
}

impl<'t> Said<'t> {
    fn new(text: &'t str) -> Self {
        let (words, colon) = (shape::word_count(text), ends_in_colon(text));
        Self { text, lower: OnceCell::new(), words, colon, address: shape::has_address(text) }
    }

    fn lower(&self) -> &str {
        self.lower.get_or_init(|| shape::lower(self.text))
    }

    fn wrote_last(&self) -> bool {
        vocabulary::may_end_in_wrote(self.text) && vocabulary::ends_in_wrote(self.lower())
    }

    fn opens_with_on(&self) -> bool {
        vocabulary::opens_with_on(self.lower()) && shape::has_number_early(self.text)
    }

    /// Right above quote marks the shape is enough.
    fn is_above_marks(&self) -> bool {
        let Self { text, lower: _, words, colon, address } = self;
        let wrote_last = self.wrote_last();
        let wrote = || wrote_last || vocabulary::says_wrote(self.lower());
        let date = shape::has_date(text);
        let named = || wrote() && *words <= 9 && (*colon || wrote_last && text.starts_with(char::is_uppercase));
        *address
            && *words <= 14
            && (date || shape::has_bracketed_address(text))
            && !text.ends_with(['.', '!', '?', ';'])
            || wrote_last && (*address || date)
            || date && text.ends_with(']') && shape::has_time(text)
            || *colon && date && (*words <= 9 || wrote() || self.opens_with_on() || shape::has_time(text))
            || *address && shape::opens_with_date(self.lower())
            || named() && !shape::is_first_person(self.lower())
    }

    /// Without marks below, words must support the shape, for all that follows is taken for quoted.
    fn stands_alone(&self) -> bool {
        let Self { text, lower: _, words, colon, address } = self;
        if shape::is_gmail_date_line(text) {
            return true;
        }
        let wrote_last = self.wrote_last();
        if !*colon && !wrote_last || self.lower().contains(" i wrote") {
            return false;
        }
        let has_year = shape::has_year(text);
        let has_time = shape::has_time(text);
        let dated = (has_time || has_year) && shape::has_date(text);
        let on = self.opens_with_on();
        let wrote = wrote_last || vocabulary::says_wrote(self.lower());
        let opens_with_date = || shape::opens_with_date(self.lower());
        let quotes = || *colon && *words <= 10 && vocabulary::opens_with_quoting(self.lower());
        *address && quotes() && shape::has_bracketed_address(text)
            || *colon && dated && *words <= 14 && self.lower().contains(" wrote on ")
            || wrote && *address && (dated || on || *words <= 12 && !shape::has_link(text))
            || wrote && dated && (on || has_time && *words <= 16 || opens_with_date())
            || wrote && on && has_year
            || *colon && *address && dated && *words <= 10 && opens_with_date()
            || *colon && *address && dated && (on || *words <= 16) && shape::has_bracketed_address(text)
    }
}
