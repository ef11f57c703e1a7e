//! What one clause shows the model: rows that hit, words and letters, and where it stands, as numbers of buckets.
//!
//! Everything is hashed (FNV-1a) into [`BUCKETS`] buckets, so that a word nobody has seen costs no memory. Whoever changes
//! what is hashed raises [`VERSION`]: weights learned for other buckets mean nothing.

use super::super::{
    clause::Outline,
    hits::Hits,
    lists::{ASKS, OBSTACLE, PARTIAL, TROUBLE},
    patterns::Says,
    phrase::Class,
    turns::Turns,
    weigh::{Heard, Voices},
};
use super::ideas::{self, Ideas};
use crate::domain::{statement::Act, understanding::Asked};

/// Of what is hashed here, as weights are kept for it.
pub const VERSION: u32 = 2;
/// A power of two.
pub const BUCKETS: usize = 1 << 16;
/// For what is learned of ideas and signs alone; a power of two as well.
pub const IDEA_BUCKETS: usize = 1 << 14;

/// One clause as buckets. Several kinds, for a clause of forty words shows more words than rows and each must count less.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features {
    /// Rows, marks and places.
    pub signs: Vec<u32>,
    /// Single words.
    pub single: Vec<u32>,
    /// Words and pairs of words; together they count as one.
    pub words: Vec<u32>,
    /// Three to five letters in a row; together they count as one.
    pub letters: Vec<u32>,
    /// Words of the clauses before and after.
    pub near: Vec<u32>,
    /// What the words mean, one by one and in twos and threes; together they count as one.
    pub ideas: Vec<u32>,
}

/// How many kinds of features there are that count in a way of their own.
pub const KINDS: usize = 5;

impl Features {
    /// The kinds, each with how much one of its buckets counts: signs in full, of the others all together.
    pub fn kinds(&self, counts: &[f32; KINDS]) -> [(&[u32], f32); KINDS] {
        let [signs, words, letters, near, ideas] = *counts;
        let shared = |count: f32, buckets: &[u32]| {
            let number = u16::try_from(buckets.len().max(1)).unwrap_or(u16::MAX);
            count / f32::from(number).sqrt()
        };
        [
            (&self.signs, signs),
            (&self.words, shared(words, &self.words)),
            (&self.letters, shared(letters, &self.letters)),
            (&self.near, shared(near, &self.near)),
            (&self.ideas, shared(ideas, &self.ideas)),
        ]
    }
}

/// Of `counts`, what remains where ideas and signs alone are heard.
pub fn of_ideas(counts: &[f32; KINDS]) -> [f32; KINDS] {
    let [signs, _, _, _, ideas] = *counts;
    [signs, 0.0, 0.0, 0.0, ideas]
}

/// What a clause is looked at with.
pub(in super::super) struct View<'a> {
    pub outline: &'a Outline,
    pub hits: &'a Hits,
    pub turns: &'a Turns,
    pub heard: &'a [Heard<'a>],
    pub voices: &'a [Voices],
    /// For each token, what it means.
    pub ideas: Vec<Ideas>,
    pub asked: Option<Asked>,
}

/// No clause shows more letters than this; a page without a full stop says no more by its end.
pub(super) const MOST_LETTERS: usize = 240;
/// And no more words.
pub(super) const MOST_WORDS: usize = 48;
/// The same for a message as a whole.
const MOST_LETTERS_OF_ALL: usize = 1200;
const MOST_WORDS_OF_ALL: usize = 240;

/// Shows one clause.
pub(in super::super) fn features(view: &View<'_>, number: usize) -> Features {
    let Some(clause) = view.outline.clauses.get(number) else { return Features::default() };
    let tokens = clause.tokens.clone().take(MOST_WORDS);
    let texts: Vec<&str> =
        tokens.filter_map(|token| view.outline.tokens.get(token)).map(|token| token.text.as_str()).collect();
    let mut features = Features { signs: signs(view, number, &texts), ..Features::default() };
    for (one, two) in texts.iter().zip(texts.iter().skip(1).map(Some).chain([None])) {
        let word = word_bucket(one);
        features.single.push(word);
        features.words.push(word);
        features.words.extend(two.map(|two| bucket(b'v', &[one, two])));
    }
    features.letters = letters(&texts, MOST_LETTERS);
    for (kind, other) in [(b'<', number.checked_sub(1)), (b'>', number.checked_add(1))] {
        let other = other.and_then(|other| view.outline.clauses.get(other));
        let words = other.map(|other| other.tokens.clone()).unwrap_or_default();
        let near = words.clone().filter_map(|token| view.ideas.get(token)?.first().copied()?);
        features.near.extend(near.take(MOST_WORDS / 3).map(|idea| bucket(kind, &["idea", idea])));
        let words = words.take(MOST_WORDS / 3).filter_map(|token| view.outline.tokens.get(token));
        features.near.extend(words.map(|word| bucket(kind, &[&word.text])));
    }
    let tokens = clause.tokens.clone();
    features.ideas = ideas_of(view.ideas.get(tokens).unwrap_or_default(), MOST_WORDS);
    features
}

/// Shows a message as a whole, so that what no clause says by itself is still heard.
pub(in super::super) fn whole(view: &View<'_>) -> Features {
    let outline = view.outline;
    let tokens = outline.tokens.iter().filter(|token| !token.quoted).take(MOST_WORDS_OF_ALL);
    let texts: Vec<&str> = tokens.map(|token| token.text.as_str()).collect();
    let mut features = Features::default();
    features.signs.push(bucket(b'1', &[]));
    features.signs.push(bucket(b'c', &[size(texts.len())]));
    if let Some(asked) = view.asked {
        features.signs.push(bucket(b'a', &[asked_name(asked)]));
    }
    for (one, two) in texts.iter().zip(texts.iter().skip(1).map(Some).chain([None])) {
        features.words.push(word_bucket(one));
        features.words.extend(two.map(|two| bucket(b'v', &[one, two])));
    }
    features.letters = letters(&texts, MOST_LETTERS_OF_ALL);
    features.ideas = ideas_of(&view.ideas, MOST_WORDS_OF_ALL);
    features
}

/// The bucket of a single word.
pub(super) fn word_bucket(word: &str) -> u32 {
    bucket(b'w', &[word])
}

/// What the words mean, by themselves and as it follows each other.
fn ideas_of(tokens: &[Ideas], most: usize) -> Vec<u32> {
    let mut found = Vec::new();
    ideas::each(tokens.iter().take(most), &mut |kind, parts| found.push(bucket(kind, parts)));
    found
}

/// Rows, marks and places.
fn signs(view: &View<'_>, number: usize, texts: &[&str]) -> Vec<u32> {
    let mut signs = vec![bucket(b'1', &[])];
    each_sign(view, number, texts, &mut |kind, parts| signs.push(bucket(kind, parts)));
    signs
}

/// Names every sign by its kind and what it is made of.
pub(super) fn each_sign(view: &View<'_>, number: usize, texts: &[&str], sign: &mut impl FnMut(u8, &[&str])) {
    let outline = view.outline;
    for hit in view.heard.get(number).into_iter().flat_map(|heard| &heard.hits) {
        sign(b'h', &[hit.name]);
        if matches!(hit.says, Says::For(..)) && !view.hits.is_courtesy(&hit.tokens) {
            for turn in view.turns.over(number, &hit.tokens) {
                sign(b't', &[hit.name, turn.name()]);
            }
        }
    }
    for (act, level) in levels(view.voices.get(number)) {
        sign(b'r', &[act.name(), level]);
    }
    let clause = outline.clauses.get(number);
    let sentence = |other: usize| outline.clauses.get(other).map(|clause| clause.sentence);
    for (kind, other) in [(b'p', number.checked_sub(1)), (b'n', number.checked_add(1))] {
        let Some(other) = other.filter(|other| *other < outline.clauses.len()) else {
            sign(kind, &["edge"]);
            continue;
        };
        let near = if sentence(other) == sentence(number) { "same" } else { "other" };
        for (act, level) in levels(view.voices.get(other)).filter(|(_, level)| *level == "half") {
            sign(kind, &[act.name(), level, near]);
        }
    }
    sign(b'f', texts.get(..1).unwrap_or_default());
    sign(b'g', texts.get(..2).unwrap_or_default());
    sign(b'l', texts.last().map(std::slice::from_ref).unwrap_or_default());
    for (class, name) in CLASSES {
        let marked = clause.is_some_and(|clause| {
            clause.tokens.clone().take(MOST_WORDS).any(|token| outline.class_end(class, token).is_some())
        });
        if marked {
            sign(b'k', &[name]);
        }
    }
    for (list, name) in [(&OBSTACLE, "obstacle"), (&TROUBLE, "trouble"), (&PARTIAL, "partial"), (&ASKS, "asking")] {
        let place = texts.iter().position(|text| list.has(text));
        if let Some(place) = place {
            sign(b'o', &[name]);
            sign(b'o', &[name, if place == 0 { "first" } else { "later" }]);
        }
    }
    place(view, number, texts, sign);
}

const CLASSES: [(Class, &str); 8] = [
    (Class::When, "when"),
    (Class::Span, "span"),
    (Class::Hours, "hours"),
    (Class::Number, "number"),
    (Class::Percent, "percent"),
    (Class::Money, "money"),
    (Class::Thing, "thing"),
    (Class::Name, "name"),
];

/// Where the clause stands and what was asked.
fn place(view: &View<'_>, number: usize, texts: &[&str], sign: &mut impl FnMut(u8, &[&str])) {
    let outline = view.outline;
    let Some(clause) = outline.clauses.get(number) else { return };
    let last = clause.tokens.end.checked_sub(1).and_then(|last| outline.tokens.get(last));
    let after = last.map(|last| last.after).unwrap_or_default();
    let length = size(clause.tokens.len());
    for (holds, name) in [
        (clause.asks, "asks"),
        (clause.contrasts, "contrasts"),
        (number == 0, "first"),
        (number + 1 == outline.clauses.len(), "last"),
        (outline.opens_line(number), "opens line"),
        (outline.list_number(number).is_some(), "listed"),
        (outline.is_english(number), "english"),
        (texts.iter().any(|text| text.chars().any(|c| ('а'..='я').contains(&c))), "cyrillic"),
        (last.is_some_and(|last| last.quoted), "quoted"),
        (after.question, "question"),
        (after.comma, "comma"),
        (after.pause, "pause"),
        (after.stop, "stop"),
        (
            view.turns
                .over(number, &(clause.tokens.end..clause.tokens.end))
                .contains(&super::super::patterns::Turn::Conditional),
            "conditional",
        ),
    ] {
        if holds {
            sign(b'm', &[name]);
        }
    }
    sign(b's', &[length]);
    sign(b'c', &[size(outline.clauses.len())]);
    if let Some(asked) = view.asked {
        let asked = asked_name(asked);
        sign(b'a', &[asked]);
        sign(b'a', &[asked, length]);
        sign(b'a', &[asked, "first", texts.first().copied().unwrap_or_default()]);
    }
}

fn asked_name(asked: Asked) -> &'static str {
    match asked {
        Asked::ToConfirm => "confirm",
        Asked::ForStatus => "status",
        Asked::WhetherDone => "done",
    }
}

fn size(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=6 => "4",
        7..=12 => "7",
        13..=24 => "13",
        _ => "25",
    }
}

/// How strongly the rows of a clause speak, each level that is reached.
fn levels(voices: Option<&Voices>) -> impl Iterator<Item = (Act, &'static str)> {
    const LEVELS: [(f64, &str); 5] = [(0.05, "said"), (0.3, "third"), (0.5, "half"), (0.75, "strong"), (0.9, "sure")];
    voices.into_iter().flat_map(|voices| Act::ALL.into_iter().zip(voices)).flat_map(|(act, voice)| {
        let weight = voice.as_ref().map_or(0.0, |voice| voice.weight);
        LEVELS.into_iter().filter(move |(level, _)| weight >= *level).map(move |(_, name)| (act, name))
    })
}

/// Three to five letters in a row, a blank standing for each gap between words.
fn letters(texts: &[&str], most: usize) -> Vec<u32> {
    let mut found = Vec::with_capacity(most.min(texts.len() * 8) * 3);
    each_letters(texts, most, &mut |_, bucket| found.push(bucket));
    found
}

/// Names every few letters by the place of the first of them, where the blank before the words is 0.
pub(super) fn each_letters(texts: &[&str], most: usize, see: &mut impl FnMut(usize, u32)) {
    let mut row: Vec<char> = vec![' '];
    for c in texts.iter().flat_map(|text| text.chars().chain([' '])) {
        row.push(if c.is_ascii_digit() { '0' } else { c });
        if row.len() > most {
            break;
        }
    }
    for start in 0..row.len() {
        let mut hash = step(SEED, b'x');
        for (length, c) in row.iter().skip(start).take(5).enumerate() {
            hash = u32::from(*c).to_le_bytes().iter().fold(hash, |hash, byte| step(hash, *byte));
            if length >= 2 {
                see(start, fold(hash));
            }
        }
    }
}

pub(super) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

pub(super) fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The bucket of a sign of one kind; digits count as zeros.
pub(super) fn bucket(kind: u8, parts: &[&str]) -> u32 {
    let mut hash = step(SEED, kind);
    for part in parts {
        for byte in part.bytes() {
            hash = step(hash, if byte.is_ascii_digit() { b'0' } else { byte });
        }
        hash = step(hash, 0xff);
    }
    fold(hash)
}

fn fold(hash: u64) -> u32 {
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    u32::try_from(mixed >> 48).unwrap_or_default()
}
