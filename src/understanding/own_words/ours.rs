//! Takes away what we sent ourselves: we know every word of it.

use super::line::{Fate, Line};
use std::{
    collections::HashSet,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash},
};

/// So many words in a row are ours where they stand in our letter; fewer may be anybody's "Done, thanks".
const RUN: usize = 5;

/// Marks each line whose every word is part of a run that stands in the letter we sent. Runs go over the
/// ends of lines, so that it does not matter how a mail program wrapped or marked them.
pub(super) fn mark(lines: &mut [Line<'_>], sent: &str) {
    let letter: HashSet<u64> = words(sent).collect::<Vec<_>>().windows(RUN).map(|run| hash(&run)).collect();
    if letter.is_empty() {
        return;
    }
    let body: Vec<(usize, u64)> =
        lines.iter().enumerate().flat_map(|(at, line)| words(line.plain()).map(move |word| (at, word))).collect();
    let is_ours = |start: usize| {
        let run: Vec<u64> = body.iter().skip(start).take(RUN).map(|(_, word)| *word).collect();
        run.len() == RUN && letter.contains(&hash(&run.as_slice()))
    };
    let mut ours = vec![0_usize; lines.len()];
    let mut theirs = vec![0_usize; lines.len()];
    let mut covered_to = 0;
    for (index, (line, _)) in body.iter().enumerate() {
        if is_ours(index) {
            covered_to = index + RUN;
        }
        let count = if index < covered_to { &mut ours } else { &mut theirs };
        if let Some(count) = count.get_mut(*line) {
            *count += 1;
        }
    }
    for ((line, ours), theirs) in lines.iter_mut().zip(ours).zip(theirs) {
        if ours > 0 && theirs == 0 {
            line.fate = Fate::Quoted;
        }
    }
}

/// The words of a text as they are compared: hashed, in lower case, without signs.
fn words(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| hash(&word.to_lowercase()))
}

fn hash<T: Hash>(value: &T) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}
