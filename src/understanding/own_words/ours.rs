//! Takes away what we sent ourselves: we know every word of it.

use super::line::{Fate, Line};
use std::{
    collections::HashSet,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
};

/// A line of ours counts alone from this many words on; a shorter one only beside the line that stands
/// beside it in our letter, for anybody may type "Done".
const TELLING_WORDS: usize = 5;

/// Marks each line of `lines` that stands in the letter we sent, however it was wrapped or quoted.
pub(super) fn mark(lines: &mut [Line<'_>], sent: &str) {
    let ours = Sent::read(sent);
    if ours.lines.is_empty() {
        return;
    }
    let keys: Vec<Key> = lines.iter().map(|line| Key::of(line.plain())).collect();
    for (line, key) in lines.iter_mut().zip(&keys) {
        if ours.is_telling(key) {
            line.fate = Fate::Quoted;
        }
    }
    let mut above = None;
    for (line, key) in lines.iter_mut().zip(&keys).filter(|(_, key)| !key.is_blank()) {
        if above.is_some_and(|above| ours.pairs.contains(&(above, key.whole))) {
            line.fate = Fate::Quoted;
        }
        above = (line.fate == Fate::Quoted).then_some(key.whole);
    }
    let mut below = None;
    for (line, key) in lines.iter_mut().zip(&keys).rev().filter(|(_, key)| !key.is_blank()) {
        if below.is_some_and(|below| ours.pairs.contains(&(key.whole, below))) {
            line.fate = Fate::Quoted;
        }
        below = (line.fate == Fate::Quoted).then_some(key.whole);
    }
}

/// The letter we sent, as hashes of its lines, of neighbouring lines and of runs of words.
struct Sent {
    lines: HashSet<u64>,
    pairs: HashSet<(u64, u64)>,
    /// Every run of five words, so that a line wrapped elsewhere is still found.
    runs: HashSet<u64>,
}

impl Sent {
    fn read(sent: &str) -> Self {
        let keys: Vec<Key> = sent.lines().map(Key::of).filter(|key| !key.is_blank()).collect();
        let pairs = keys.iter().zip(keys.iter().skip(1)).map(|(one, next)| (one.whole, next.whole)).collect();
        let whole = Key::of(sent);
        Self { lines: keys.iter().map(|key| key.whole).collect(), pairs, runs: whole.runs().collect() }
    }

    fn is_telling(&self, key: &Key) -> bool {
        key.words.len() >= TELLING_WORDS
            && (self.lines.contains(&key.whole) || key.runs().all(|run| self.runs.contains(&run)))
    }
}

/// A line as it is compared: its words alone, in lower case.
struct Key {
    words: Vec<u64>,
    whole: u64,
}

impl Key {
    fn of(text: &str) -> Self {
        let words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| hash(&word.to_lowercase()))
            .collect();
        let whole = hash(&words);
        Self { words, whole }
    }

    fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    fn runs(&self) -> impl Iterator<Item = u64> {
        self.words.windows(TELLING_WORDS).map(|run| hash(&run))
    }
}

fn hash<T: std::hash::Hash>(value: &T) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}
