//! Takes away what we sent ourselves: we know every word of it.

use super::{
    attribution, header_block,
    line::{Fate, Hint, Line},
    shape,
};
use std::{
    collections::HashSet,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash},
};

/// So many words in a row are ours where they stand in our letter; fewer may be anybody's "Done, thanks".
const RUN: usize = 5;

/// Marks each line whose every word is part of a run that stands in the letter we sent. Runs go over the
/// ends of lines, so that it does not matter how a mail program wrapped or marked them.
/// Returns which lines those are.
pub(super) fn mark(lines: &mut [Line<'_>], sent: &str) -> Vec<bool> {
    let letter: HashSet<u64> = words(sent).collect::<Vec<_>>().windows(RUN).map(|run| hash(&run)).collect();
    if letter.is_empty() {
        return vec![false; lines.len()];
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
    let mut is_ours: Vec<bool> = ours.iter().zip(theirs).map(|(ours, theirs)| *ours > 0 && theirs == 0).collect();
    spare_the_answer(lines, &mut is_ours);
    for (line, _) in lines.iter_mut().zip(&is_ours).filter(|(_, is_ours)| **is_ours) {
        line.fate = Fate::Quoted;
    }
    is_ours
}

/// An answer in our own words, such as a button's "Yes, all of it is done", is an answer: the first line of a mail
/// is the writer's unless more of our letter stands below it, where no header says that it is quoted.
fn spare_the_answer(lines: &[Line<'_>], is_ours: &mut [bool]) {
    let Some(first) = lines.iter().position(|line| !line.is_blank()) else {
        return;
    };
    let is_bare = |at: &usize| lines.get(*at).is_some_and(|line| line.depth == 0 && line.hint == Hint::None);
    let is_quoted = |at: &usize| {
        !is_bare(at) || header_block::begins_at(lines, *at) || attribution::ending_at(lines, *at).is_some()
    };
    let ours = |at: usize| is_ours.get(at) == Some(&true);
    if !ours(first) || !is_bare(&first) || (first + 1..lines.len()).take_while(|at| !is_quoted(at)).any(ours) {
        return;
    }
    if let Some(ours) = is_ours.get_mut(first) {
        *ours = false;
    }
}

/// Gives back lines that were taken for quoted but stand between lines of ours and are none of them: Outlook
/// users answer inside the quoted letter, where no mark tells their words from ours.
pub(super) fn give_back_answers(lines: &mut [Line<'_>], is_ours: &[bool]) {
    let (Some(first), Some(last)) = (is_ours.iter().position(|ours| *ours), is_ours.iter().rposition(|ours| *ours))
    else {
        return;
    };
    // An older mail may follow below our letter, with older words of theirs between older words of ours.
    let opens_older = |at: &usize| {
        is_ours.get(*at).is_some_and(|ours| !ours)
            && (header_block::begins_at(lines, *at) || lines.get(*at).is_some_and(|line| names_writer(line.plain())))
    };
    let last = (first..last).find(opens_older).unwrap_or(last);
    let inside = || (first..last).filter(|at| lines.get(*at).is_some_and(|line| !line.is_blank()));
    let foreign = |at: &usize| is_ours.get(*at).is_some_and(|ours| !ours);
    let answers: Vec<usize> = inside().filter(foreign).collect();
    // Where little is ours the letter came back in another dress, and nothing can be told.
    if answers.len() * 2 > inside().count() {
        return;
    }
    for at in answers {
        if let Some(line) = lines.get_mut(at).filter(|line| line.fate == Fate::Quoted && line.depth == 0) {
            line.fate = Fate::Own;
        }
    }
}

fn names_writer(line: &str) -> bool {
    line.len() < 400 && shape::has_address(line) && shape::has_date(line)
}

/// The words of a text as they are compared: hashed, in lower case, without signs.
fn words(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| hash(&word.to_lowercase()))
}

fn hash<T: Hash>(value: &T) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}
