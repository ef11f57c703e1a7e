//! The lines that our taps put below a first word. They are ours; what is filled in behind them is the assistant's.

use crate::domain::{statement::Act, tap::Prompt};
use std::{borrow::Cow, ops::Range};

/// What is filled in behind a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filled {
    Says(Act, &'static str),
    /// It says nothing by itself that a reader must know.
    Aside,
    /// Its words are read like any others.
    Words,
}

fn filled(prompt: Prompt) -> Filled {
    match prompt {
        Prompt::Understood => Filled::Says(Act::Confirm, "prompt.understood"),
        Prompt::StartOn => Filled::Aside,
        Prompt::Question => Filled::Says(Act::Question, "prompt.question"),
        Prompt::DateOffered => Filled::Says(Act::Extension, "prompt.date"),
        Prompt::HowFar => Filled::Says(Act::Progress, "prompt.how_far"),
        Prompt::ReadyBy => Filled::Says(Act::Progress, "prompt.ready"),
        Prompt::HoursTaken | Prompt::HoursSpent => Filled::Says(Act::Hours, "prompt.hours"),
        Prompt::InTheWay
        | Prompt::HandedBack
        | Prompt::WorkingHours
        | Prompt::WordWithIt
        | Prompt::WhatToChange
        | Prompt::NewDate
        | Prompt::NewDateAndTime
        | Prompt::Reason => Filled::Words,
    }
}

/// `text` with the prompts blanked out, byte for byte, and where what stands behind each lies.
pub(super) fn blank(text: &str) -> (Cow<'_, str>, Vec<(Filled, Range<usize>)>) {
    let mut blanked = Cow::Borrowed(text);
    let mut fields: Vec<(Filled, Range<usize>)> = Vec::new();
    for known in Prompt::ALL {
        let (prompt, filled) = (known.as_str(), filled(known));
        for (at, _) in text.match_indices(prompt) {
            let line_start = text
                .get(..at)
                .is_some_and(|before| before.trim_end_matches(' ').ends_with('\n') || before.trim().is_empty());
            if line_start {
                blanked.to_mut().replace_range(at..at + prompt.len(), &" ".repeat(prompt.len()));
                fields.push((filled, at..at + prompt.len()));
            }
        }
    }
    fields.sort_by_key(|(_, prompt)| prompt.start);
    let starts: Vec<usize> = fields.iter().skip(1).map(|(_, prompt)| prompt.start).chain([text.len()]).collect();
    let fields = fields.into_iter().zip(starts).map(|((filled, prompt), end)| (filled, prompt.end..end)).collect();
    (blanked, fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_blanked_and_what_stands_behind_them_is_kept() {
        let text = "STATUS HB-1\n\nHow far it is: 80 %\n\nIt will be ready by:\n";
        let (blanked, fields) = blank(text);
        assert_eq!(blanked.len(), text.len());
        assert!(!blanked.contains("How far"));
        let said: Vec<&str> = fields.iter().map(|(_, range)| text.get(range.clone()).unwrap().trim()).collect();
        assert_eq!(said, ["80 %", ""]);
    }

    #[test]
    fn a_prompt_inside_a_sentence_is_the_writers_own() {
        assert_eq!(blank("Tell me: My question: why").1, []);
    }
}
