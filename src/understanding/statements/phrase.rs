//! A small matcher for phrases over tokens.
//!
//! A phrase is words with blanks between them: `i|we have just|already? finished *2 @thing $`.
//!
//! | written | matches |
//! |---|---|
//! | `a\|b` | either word; `finish~` any word that begins so |
//! | `a\|b?` | the same, or nothing |
//! | `*3` | up to three words of any kind, but no word of negation and no end of a clause |
//! | `^` | nothing, at the start of a clause; `^^` at the start of the first clause that says something |
//! | `$` | nothing, at the end of a clause |
//! | `@when` | a day or a time of day; `@span` a length of time, `@hours` one that is not whole days; `@number`, `@percent`, `@money` |
//! | `@thing` | something that is handed back: file, sheet, report |
//! | `@name` | a word with a capital inside a sentence |

use super::{
    clause::Outline,
    tokens::{canonical, fold},
};
use std::{collections::HashMap, ops::Range};

/// Kinds of words that phrases can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    When,
    Span,
    Hours,
    Number,
    Percent,
    Money,
    Thing,
    Name,
}

const CLASSES: [(&str, Class); 8] = [
    ("@when", Class::When),
    ("@span", Class::Span),
    ("@hours", Class::Hours),
    ("@number", Class::Number),
    ("@percent", Class::Percent),
    ("@money", Class::Money),
    ("@thing", Class::Thing),
    ("@name", Class::Name),
];

/// Any one of these: whole words, words that begin so, kinds of words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Want {
    whole: Vec<String>,
    stems: Vec<String>,
    classes: Vec<Class>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Element {
    One { want: Want, optional: bool },
    Gap(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    row: usize,
    starts_clause: bool,
    opens_message: bool,
    ends_clause: bool,
    elements: Vec<Element>,
}

/// Many phrases, found by their first word.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    all: Vec<Phrase>,
    by_word: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
    by_class: Vec<(Class, usize)>,
}

/// One phrase found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The row given to [`Phrases::add`].
    pub row: usize,
    /// Which tokens.
    pub tokens: Range<usize>,
    /// It counts only where the message has said nothing before.
    pub opens_message: bool,
}

/// Stems are filed under their first letters, so none may be shorter.
const STEM_KEY: usize = 2;

impl Phrases {
    /// Adds one phrase that stands for `row`. The grammar is the module's; a phrase outside of it never matches.
    pub(super) fn add(&mut self, row: usize, written: &str) {
        let mut phrase =
            Phrase { row, starts_clause: false, opens_message: false, ends_clause: false, elements: Vec::new() };
        for part in written.split_whitespace() {
            match part {
                "^" => phrase.starts_clause = true,
                "^^" => (phrase.starts_clause, phrase.opens_message) = (true, true),
                "$" => phrase.ends_clause = true,
                _ => phrase.elements.push(element(part)),
            }
        }
        self.file(phrase);
    }

    /// Files a phrase under its first word; one that begins with an optional word is filed with and without it.
    fn file(&mut self, mut phrase: Phrase) {
        let Some(first) = phrase.elements.first_mut() else { return };
        if let Element::One { optional: optional @ true, .. } = first {
            *optional = false;
            let mut without = phrase.clone();
            without.elements.remove(0);
            self.file(without);
        }
        let place = self.all.len();
        let Some(Element::One { want, .. }) = phrase.elements.first() else { return };
        for word in &want.whole {
            self.by_word.entry(word.clone()).or_default().push(place);
        }
        for stem in &want.stems {
            let key: String = stem.chars().take(STEM_KEY).collect();
            self.by_stem.entry(key).or_default().push(place);
        }
        self.by_class.extend(want.classes.iter().map(|class| (*class, place)));
        self.all.push(phrase);
    }

    /// Finds every phrase in `text`, the longest of each row at each place.
    pub(super) fn find(&self, text: &Outline) -> Vec<Found> {
        let mut found = Vec::new();
        for (at, token) in text.tokens.iter().enumerate() {
            let start = found.len();
            let key: String = token.text.chars().take(STEM_KEY).collect();
            let by_word = self.by_word.get(token.text.as_str()).into_iter().flatten();
            let by_stem = self.by_stem.get(&key).into_iter().flatten();
            for place in by_word.chain(by_stem) {
                self.try_at(*place, text, at, &mut found);
            }
            for (class, place) in &self.by_class {
                if text.class_end(*class, at).is_some() {
                    self.try_at(*place, text, at, &mut found);
                }
            }
            keep_longest(&mut found, start);
        }
        found
    }

    fn try_at(&self, place: usize, text: &Outline, at: usize, found: &mut Vec<Found>) {
        let Some(phrase) = self.all.get(place) else { return };
        if phrase.starts_clause && !text.starts_clause(at) {
            return;
        }
        let attempt = Attempt { text, from: at, to_end: phrase.ends_clause };
        if let Some(end) = attempt.longest(&phrase.elements, at) {
            found.push(Found { row: phrase.row, tokens: at..end, opens_message: phrase.opens_message });
        }
    }
}

/// Keeps, of the finds from `start` on, the longest of each row.
fn keep_longest(found: &mut Vec<Found>, start: usize) {
    if found.len() < start + 2 {
        return;
    }
    let mut fresh = found.split_off(start);
    fresh.sort_by_key(|find| (find.row, find.opens_message, std::cmp::Reverse(find.tokens.end)));
    fresh.dedup_by_key(|find| find.row);
    found.append(&mut fresh);
}

fn element(written: &str) -> Element {
    if let Some(words) = written.strip_prefix('*') {
        return Element::Gap(words.parse().unwrap_or(1));
    }
    let (words, optional) = match written.strip_suffix('?') {
        Some(words) => (words, true),
        None => (written, false),
    };
    let mut want = Want { whole: Vec::new(), stems: Vec::new(), classes: Vec::new() };
    for word in words.split('|') {
        match (CLASSES.iter().find(|(name, _)| *name == word), word.strip_suffix('~')) {
            (Some((_, class)), _) => want.classes.push(*class),
            (None, Some(stem)) => want.stems.push(fold(stem)),
            (None, None) => want.whole.push(canonical(word)),
        }
    }
    Element::One { want, optional }
}

/// One phrase held against one place.
struct Attempt<'a> {
    text: &'a Outline,
    from: usize,
    to_end: bool,
}

impl Attempt<'_> {
    /// Where the longest match of `elements` from token `at` ends.
    fn longest(&self, elements: &[Element], at: usize) -> Option<usize> {
        let Some((first, rest)) = elements.split_first() else {
            return (!self.to_end || at.checked_sub(1).is_some_and(|last| self.text.ends_clause(last))).then_some(at);
        };
        match first {
            Element::Gap(most) => self.over_gap(*most, rest, at),
            Element::One { want, optional } => {
                let taken = self.take(want, at).and_then(|end| self.longest(rest, end));
                if *optional { taken.max(self.longest(rest, at)) } else { taken }
            }
        }
    }

    fn over_gap(&self, most: usize, rest: &[Element], at: usize) -> Option<usize> {
        let mut best = self.longest(rest, at);
        for end in at..at + most {
            let ended = end.checked_sub(1).is_some_and(|last| self.text.ends_clause(last));
            if ended || self.text.tokens.get(end).is_none_or(|token| is_negation(&token.text)) {
                break;
            }
            best = best.max(self.longest(rest, end + 1));
        }
        best
    }

    /// Where the one word wanted at `at` ends. A phrase may run over a comma, but into no other sentence.
    fn take(&self, want: &Want, at: usize) -> Option<usize> {
        let token = self.text.tokens.get(at)?;
        let before = at.checked_sub(1).and_then(|last| self.text.tokens.get(last));
        if at > self.from && before.is_some_and(|before| before.after.ends_sentence()) {
            return None;
        }
        if want.whole.contains(&token.text) || want.stems.iter().any(|stem| token.text.starts_with(stem.as_str())) {
            return Some(at + 1);
        }
        want.classes.iter().filter_map(|class| self.text.class_end(*class, at)).max()
    }
}

/// Words over which no gap reaches, since they turn what follows.
fn is_negation(word: &str) -> bool {
    [
        "not", "no", "never", "nor", "without", "nao", "nunca", "nicht", "nie", "не", "nahi", "hindi", "di", "wala",
        "tidak", "belum", "pas", "but",
    ]
    .contains(&word)
}
