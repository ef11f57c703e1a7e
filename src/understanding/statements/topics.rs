//! Which task, and which numbered line or part, each clause is about.

use super::clause::Outline;
use crate::{
    domain::{id::TaskId, understanding::OwnWords},
    understanding::thread,
};
use std::{collections::BTreeSet, ops::Range};

/// What a clause is about. `None` for the task means the mail's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Topic {
    pub task: Option<TaskId>,
    pub parts: Vec<u8>,
}

/// The topics of every clause, by clause number; never empty for a clause.
#[derive(Debug)]
pub(super) struct Topics(Vec<Vec<Topic>>);

/// No clause is about more tasks than this.
const MOST_TASKS: usize = 100;

impl Topics {
    pub(super) fn new(outline: &Outline, text: &str, own_words: &OwnWords, lines: &[TaskId]) -> Self {
        let mentions: Vec<(TaskId, Range<usize>)> = thread::mentions(text).collect();
        let mut topics = Vec::with_capacity(outline.clauses.len());
        let mut tasks: Vec<TaskId> = Vec::new();
        let several = mentions.iter().any(|(task, _)| mentions.first().is_some_and(|(first, _)| first != task));
        let mut line_end = None;
        for (number, clause) in outline.clauses.iter().enumerate() {
            let bytes = outline.bytes(&clause.tokens);
            let first = mentions.partition_point(|(_, span)| span.start < bytes.start);
            let here = mentions.iter().skip(first).take_while(|(_, span)| span.start < bytes.end);
            let mut here: Vec<TaskId> = here.map(|(task, _)| *task).take(MOST_TASKS).collect();
            let mut named = BTreeSet::new();
            here.retain(|task| named.insert(*task));
            let line = outline.list_number(number);
            let mut parts: Vec<u8> = line.into_iter().collect();
            if !here.is_empty() {
                tasks = here;
            } else if let Some(task) = line.and_then(|line| lines.get(usize::from(line).checked_sub(1)?)) {
                tasks = vec![*task];
                parts.clear();
            } else if several && line_end.is_some_and(|end| blank_line(text, end, bytes.start)) {
                tasks.clear();
            }
            line_end = Some(bytes.end);
            let quoted = own_words.inline.iter().find(|answer| answer.span.contains(&bytes.start));
            let quoted = quoted.and_then(|answer| answered_task(&answer.answers, lines));
            parts.extend(named_parts(outline, &clause.tokens));
            topics.push(match (quoted, tasks.as_slice()) {
                (Some(task), []) => vec![Topic { task: Some(task), parts }],
                (None, []) => vec![Topic { task: None, parts }],
                (_, tasks) => tasks.iter().map(|task| Topic { task: Some(*task), parts: parts.clone() }).collect(),
            });
        }
        Self(topics)
    }

    pub(super) fn of(&self, clause: usize) -> impl Iterator<Item = &Topic> {
        self.0.get(clause).into_iter().flatten()
    }
}

/// A paragraph of its own no longer speaks of the task that the one before named.
fn blank_line(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| between.matches('\n').count() > 1)
}

/// The task that a quoted line of ours is about: by its name, or by its number in the letter's list.
fn answered_task(quoted: &str, lines: &[TaskId]) -> Option<TaskId> {
    if let Some((task, _)) = thread::mentions(quoted).next() {
        return Some(task);
    }
    let digits: String = quoted.trim_start().chars().take_while(char::is_ascii_digit).collect();
    lines.get(digits.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

/// "part 2", "steps 1 to 3", "items 1 and 4".
fn named_parts(outline: &Outline, tokens: &Range<usize>) -> Vec<u8> {
    const NAMES: [&str; 19] = [
        "part",
        "parts",
        "step",
        "steps",
        "item",
        "items",
        "point",
        "points",
        "phase",
        "milestone",
        "parte",
        "partes",
        "partie",
        "teil",
        "частина",
        "часть",
        "czesc",
        "bagian",
        "section",
    ];
    let word = |at: usize| tokens.contains(&at).then(|| outline.tokens.get(at)).flatten();
    let number = |at: usize| word(at)?.text.parse::<u8>().ok();
    let mut parts = Vec::new();
    for start in tokens.clone().filter(|at| word(*at).is_some_and(|word| NAMES.contains(&word.text.as_str()))) {
        let mut at = start + 1;
        while let Some(next) = number(at) {
            let to =
                word(at + 1).is_some_and(|word| ["to", "through", "a", "до", "do"].contains(&word.text.as_str()));
            match number(at + 2).filter(|_| to) {
                Some(last) => parts.extend(next..=last.min(next.saturating_add(50))),
                None => parts.push(next),
            }
            at += if to { 3 } else { 1 };
            at += usize::from(
                word(at).is_some_and(|word| ["and", "y", "e", "et", "und", "і", "и"].contains(&word.text.as_str())),
            );
        }
    }
    parts.sort_unstable();
    parts.dedup();
    parts
}
