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
use crate::understanding::word_table::WordMap;
use std::ops::Range;

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

impl Class {
    pub(super) const ALL: [Self; 8] =
        [Self::When, Self::Span, Self::Hours, Self::Number, Self::Percent, Self::Money, Self::Thing, Self::Name];

    /// The one of eight that belongs to this class, in the order of [`Class::ALL`].
    pub(super) fn of<T>(self, values: &[T; 8]) -> &T {
        let [when, span, hours, number, percent, money, thing, name] = values;
        match self {
            Self::When => when,
            Self::Span => span,
            Self::Hours => hours,
            Self::Number => number,
            Self::Percent => percent,
            Self::Money => money,
            Self::Thing => thing,
            Self::Name => name,
        }
    }
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

/// A word that some phrase asks for, by its number in [`Phrases::words`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Word(usize);

impl Word {
    fn bit(self) -> u64 {
        1 << (self.0 % 64)
    }
}

/// Any one of these: whole words, words that begin so, kinds of words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Want {
    whole: Vec<Word>,
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
    words: WordMap<String, Word>,
    /// For each word, the phrases that begin with it.
    by_word: Vec<Vec<Opening>>,
    by_stem: WordMap<String, Vec<usize>>,
    by_class: Vec<(Class, usize)>,
}

/// A phrase under its first word.
#[derive(Debug)]
struct Opening {
    place: usize,
    second: Seconds,
}

/// The words that may come second, as a set of 64 bits that has some words too many. Most phrases that begin with "I"
/// are told from the one that was written without a look at them.
#[derive(Debug, Clone, Copy)]
struct Seconds(u64);

impl Seconds {
    const ANY: Self = Self(u64::MAX);

    fn of(phrase: &Phrase) -> Self {
        match phrase.elements.get(1) {
            Some(Element::One { want, optional: false }) if want.stems.is_empty() && want.classes.is_empty() => {
                Self(want.whole.iter().fold(0, |words, word| words | word.bit()))
            }
            Some(Element::One { .. } | Element::Gap(_)) | None => Self::ANY,
        }
    }

    /// Whether `word` may be one of them; none is a word that no phrase asks for.
    fn may_be(self, word: Option<Word>) -> bool {
        match word {
            Some(word) => self.0 & word.bit() != 0,
            None => self.0 == Self::ANY.0,
        }
    }
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
                _ => phrase.elements.push(self.element(part)),
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
        let second = Seconds::of(&phrase);
        for Word(word) in &want.whole {
            self.by_word.get_mut(*word).into_iter().for_each(|phrases| phrases.push(Opening { place, second }));
        }
        for stem in &want.stems {
            self.by_stem.entry(stem_key(stem).to_owned()).or_default().push(place);
        }
        self.by_class.extend(want.classes.iter().map(|class| (*class, place)));
        self.all.push(phrase);
    }

    /// Finds every phrase in `text`, the longest of each row at each place.
    pub(super) fn find(&self, text: &Outline) -> Vec<Found> {
        let words: Vec<Option<Word>> =
            text.tokens.iter().map(|token| self.words.get(token.text.as_str()).copied()).collect();
        let mut found = Vec::new();
        for (at, (token, word)) in text.tokens.iter().zip(&words).enumerate() {
            let start = found.len();
            let starts_clause = text.starts_clause(at);
            let mut attempt = |place: &usize| self.try_at(*place, text, &words, at, starts_clause, &mut found);
            let by_word = word.and_then(|Word(word)| self.by_word.get(word)).into_iter().flatten();
            let next = words.get(at + 1).copied().flatten();
            by_word.filter(|opening| opening.second.may_be(next)).for_each(|opening| attempt(&opening.place));
            self.by_stem.get(stem_key(&token.text)).into_iter().flatten().for_each(&mut attempt);
            let of_class = self.by_class.iter().filter(|(class, _)| text.class_end(*class, at).is_some());
            of_class.for_each(|(_, place)| attempt(place));
            keep_longest(&mut found, start);
        }
        found
    }

    fn element(&mut self, written: &str) -> Element {
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
                (None, None) => want.whole.push(self.word(canonical(word))),
            }
        }
        Element::One { want, optional }
    }

    fn word(&mut self, word: String) -> Word {
        let next = Word(self.by_word.len());
        let word = *self.words.entry(word).or_insert(next);
        if word == next {
            self.by_word.push(Vec::new());
        }
        word
    }

    fn try_at(
        &self,
        place: usize,
        text: &Outline,
        words: &[Option<Word>],
        at: usize,
        starts_clause: bool,
        found: &mut Vec<Found>,
    ) {
        let Some(phrase) = self.all.get(place) else { return };
        if phrase.starts_clause && !starts_clause {
            return;
        }
        let attempt = Attempt { text, words, from: at, to_end: phrase.ends_clause };
        if let Some(end) = attempt.longest(&phrase.elements, at) {
            found.push(Found { row: phrase.row, tokens: at..end, opens_message: phrase.opens_message });
        }
    }
}

/// The first letters of `word`, under which stems are filed.
fn stem_key(word: &str) -> &str {
    let end = word.char_indices().nth(STEM_KEY).map_or(word.len(), |(end, _)| end);
    word.get(..end).unwrap_or(word)
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

/// One phrase held against one place.
struct Attempt<'a> {
    text: &'a Outline,
    /// Which words the tokens are.
    words: &'a [Option<Word>],
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
        let word = self.words.get(at).copied().flatten();
        if word.is_some_and(|word| want.whole.contains(&word))
            || want.stems.iter().any(|stem| token.text.starts_with(stem.as_str()))
        {
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
