//! What people write, as data: named rows of phrases, each speaking for an act, against one, or about the words around.
//!
//! A row's name is what `explain` shows and what statistics over rows are kept under, so it stays once given. The grammar
//! of a phrase is in `phrase`. The strength of a row is how often, of a hundred mails with it and nothing
//! that speaks against, the act was meant; in thousandths.
//!
//! | file | rows |
//! |---|---|
//! | `context` | condition, denial, plan, doubt, other people: what turns the words after it |
//! | `talk` | greetings, thanks, closings: words that say nothing about a task |
//! | `done` | the work, or a named part of it, is delivered |
//! | `progress` | how far the work is, and by when it will be ready |
//! | `blocked` | the work cannot go on |
//! | `confirm` | the work is understood and taken |
//! | `decline` | the work is not taken |
//! | `question` | wanting an answer, a decision, information or access |
//! | `suggestion` | knowing a better way, or offering a better rate |
//! | `extension` | another due date |
//! | `pay` | time spent and money laid out |
//! | `presence` | days off, and room for more work |

mod blocked;
mod confirm;
mod context;
mod decline;
mod done;
mod extension;
mod pay;
mod presence;
mod progress;
mod question;
mod suggestion;
mod talk;

use super::phrase::Phrases;
use crate::domain::statement::Act;
use std::sync::LazyLock;

/// A named group of phrases.
pub(super) struct Row {
    pub name: &'static str,
    pub says: Says,
    pub phrases: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    For(Act, u16),
    /// The act is not meant in this clause, whatever else speaks for it.
    Against(Act),
    Context(Turn),
    /// Nothing about any task.
    Talk,
}

/// How words turn those that follow them in the clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Turn {
    Denied,
    /// Hangs on something that has not happened.
    Conditional,
    /// Planned or owed, not a fact yet.
    Future,
    Hedged,
    /// Somebody else did or said it.
    Reported,
}

impl Turn {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Denied => "turn.denied",
            Self::Conditional => "turn.conditional",
            Self::Future => "turn.future",
            Self::Hedged => "turn.hedged",
            Self::Reported => "turn.reported",
        }
    }
}

/// All rows in one order, which the numbers in [`Phrases`] follow.
pub(super) static ROWS: LazyLock<Vec<&'static Row>> = LazyLock::new(|| {
    [
        context::ROWS,
        talk::ROWS,
        done::ROWS,
        progress::ROWS,
        blocked::ROWS,
        confirm::ROWS,
        decline::ROWS,
        question::ROWS,
        suggestion::ROWS,
        extension::ROWS,
        pay::ROWS,
        presence::ROWS,
    ]
    .into_iter()
    .flatten()
    .collect()
});

/// The phrases of all rows, ready to be looked for.
pub(super) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    for (number, row) in ROWS.iter().enumerate() {
        for phrase in row.phrases {
            phrases.add(number, phrase);
        }
    }
    phrases
});

const fn row(name: &'static str, says: Says, phrases: &'static [&'static str]) -> Row {
    Row { name, says, phrases }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::statements::tokens::{canonical, tokens};
    use std::collections::BTreeSet;

    #[test]
    fn every_word_of_every_phrase_is_one_that_a_reply_can_hold() {
        let mut never = Vec::new();
        for row in ROWS.iter() {
            for phrase in row.phrases {
                for word in phrase.split_whitespace().flat_map(|part| part.trim_end_matches('?').split('|')) {
                    let plain = word.trim_end_matches('~');
                    let known = ["^", "^^", "$"].contains(&plain)
                        || plain.starts_with('@')
                        || plain.strip_prefix('*').is_some_and(|gap| gap.parse::<u8>().is_ok());
                    let read = tokens(plain);
                    let same = read.len() == 1 && (word.ends_with('~') || read[0].text == canonical(plain));
                    if !(known || same) {
                        never.push(format!("{}: `{word}` of `{phrase}`", row.name));
                    }
                }
            }
        }
        assert!(never.is_empty(), "these can never match:\n{}", never.join("\n"));
    }

    #[test]
    fn no_name_is_given_twice() {
        let names: BTreeSet<&str> = ROWS.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), ROWS.len());
    }
}
