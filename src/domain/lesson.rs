//! What the owner said that somebody's words mean, and what is learned from that about their later mails.

use super::{
    event::{Cause, Event, Fact},
    id::{InboxId, TaskId},
    statement::{Act, Confidence, Statement},
    understanding::Asked,
    words::Words,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Some words of a mail: what the reader took them for, and what the owner says they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    pub words: Words,
    /// Byte range of the words in the writer's own words.
    pub from: usize,
    pub to: usize,
    /// The words end in a question.
    pub asks: bool,
    /// What the reader believed.
    pub read: Vec<Act>,
    /// What it named and did not believe.
    pub doubted: Vec<Act>,
    pub means: Vec<Act>,
    /// Names of the patterns that the reading rested on.
    pub because: Vec<String>,
}

impl Lesson {
    /// Acts that the reader missed, or did not believe.
    pub fn missed(&self) -> impl Iterator<Item = Act> {
        self.means.iter().copied().filter(|act| !self.read.contains(act))
    }

    /// Acts that the reader saw where there were none.
    pub fn wrong(&self) -> impl Iterator<Item = Act> {
        self.read.iter().chain(&self.doubted).copied().filter(|act| !self.means.contains(act))
    }
}

/// What somebody says of a reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    pub is: Vec<Act>,
    pub not: Vec<Act>,
    pub nothing: Nothing,
    /// The words that are meant, where they were named.
    pub words: Option<String>,
}

/// Whether words are said to say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nothing {
    #[default]
    No,
    /// What was in doubt says nothing; what was believed stands.
    InDoubt,
    /// Nothing that was read is true.
    AtAll,
}

/// How one mail was read about one task, as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// As the reader found it, in the order it was written.
    pub statements: Vec<Statement>,
    /// The owner's last word on it.
    pub lessons: Option<Vec<Lesson>>,
}

impl Record {
    /// Finds in the events of `task` how the mail `inbox` was read.
    pub fn of(inbox: InboxId, task: TaskId, events: &[Event]) -> Self {
        let mut record = Self::default();
        for event in events {
            if let (
                Fact::StatementRead { inbox: of, said, words, confidence, applied, .. },
                Cause::Mail { from, to, .. },
            ) = (&event.fact, &event.cause)
                && *of == inbox
            {
                record.statements.push(Statement {
                    said: said.clone(),
                    words: words.as_str().to_owned(),
                    span: *from..*to,
                    confidence: *confidence,
                    applied: *applied,
                    task: Some(task),
                    parts: Vec::new(),
                    because: Vec::new(),
                });
            } else if let Fact::ReadingCorrected { inbox: of, lessons, .. } = &event.fact
                && *of == inbox
            {
                record.lessons = Some(lessons.clone());
            }
        }
        record
    }
}

/// What one correction taught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Taught {
    inbox: InboxId,
    task: TaskId,
    asked: Option<Asked>,
    lessons: Vec<Lesson>,
}

/// All that was learned about one person's way of writing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lessons {
    /// The newest last.
    taught: Vec<Taught>,
}

/// Corrections of one person that are remembered: the newest.
const MOST: usize = 200;

/// So many more corrections one way than the other teach nothing yet: anybody presses the wrong tap now and then.
const CHANCE: i32 = 2;
/// By how much each further one moves an act, and how far all together may, in log-odds.
const EACH: f64 = 1.0 / 6.0;
const FARTHEST: f64 = 1.0;

impl Lessons {
    pub fn is_empty(&self) -> bool {
        self.taught.is_empty()
    }

    /// Takes in one fact about this person. The last word on a mail and task replaces those before it.
    pub fn apply(&mut self, fact: &Fact) {
        let Fact::ReadingCorrected { inbox, task, asked, lessons, .. } = fact else { return };
        self.taught.retain(|taught| (taught.inbox, taught.task) != (*inbox, *task));
        self.taught.push(Taught { inbox: *inbox, task: *task, asked: *asked, lessons: lessons.clone() });
        let surplus = self.taught.len().saturating_sub(MOST);
        self.taught.drain(..surplus);
    }

    /// The phrases that the owner explained, with what we had asked before; the newest first.
    pub fn phrases(&self) -> impl Iterator<Item = (&Lesson, Option<Asked>)> {
        let newest_first = self.taught.iter().rev();
        let phrases =
            newest_first.flat_map(|taught| taught.lessons.iter().rev().map(|lesson| (lesson, taught.asked)));
        phrases.filter(|(lesson, _)| lesson.words.as_str() != Words::ERASED)
    }

    /// How much likelier `act` is with this person than with others, in log-odds. One correction more or less moves it by
    /// a sixth at most, and the first two by nothing; a phrase counts once, however often it was explained.
    pub fn shift(&self, act: Act) -> f64 {
        let mut seen = BTreeSet::new();
        let mut votes = BTreeMap::from([(true, 0_i32), (false, 0_i32)]);
        for (lesson, _) in self.phrases() {
            if !seen.insert(lesson.words.as_str().trim().to_lowercase()) {
                continue;
            }
            let missed = lesson.missed().any(|missed| missed == act);
            let wrong = lesson.wrong().any(|wrong| wrong == act);
            if missed != wrong {
                votes.entry(missed).and_modify(|count| *count += 1);
            }
        }
        let more = votes.get(&true).unwrap_or(&0) - votes.get(&false).unwrap_or(&0);
        let beyond_chance = (more.abs() - CHANCE).max(0);
        (f64::from(beyond_chance) * EACH).min(FARTHEST).copysign(f64::from(more))
    }
}

/// Of what somebody vouches for, as sure as words can be.
pub const VOUCHED: Confidence = Confidence::permille(990);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::PersonId;

    fn lesson(words: &str, read: &[Act], means: &[Act]) -> Lesson {
        Lesson {
            words: words.into(),
            from: 0,
            to: words.len(),
            asks: false,
            read: read.to_vec(),
            doubted: Vec::new(),
            means: means.to_vec(),
            because: Vec::new(),
        }
    }

    fn corrected(mail: i64, lesson: Lesson) -> Fact {
        Fact::ReadingCorrected {
            inbox: InboxId(mail),
            task: TaskId(1),
            person: PersonId(2),
            reader: 1,
            asked: None,
            lessons: vec![lesson],
        }
    }

    fn learned(facts: &[Fact]) -> Lessons {
        let mut lessons = Lessons::default();
        facts.iter().for_each(|fact| lessons.apply(fact));
        lessons
    }

    #[test]
    fn the_last_word_on_a_mail_replaces_those_before_it() {
        let lessons = learned(&[
            corrected(1, lesson("all sorted", &[Act::Confirm], &[Act::Done])),
            corrected(1, lesson("all sorted", &[Act::Confirm], &[])),
        ]);
        let phrases: Vec<_> = lessons.phrases().map(|(lesson, _)| lesson.means.clone()).collect();
        assert_eq!(phrases, [Vec::new()]);
    }

    #[test]
    fn no_single_correction_moves_an_act_by_more_than_a_sixth_and_all_together_by_no_more_than_one() {
        let facts: Vec<Fact> =
            (0..20).map(|mail| corrected(mail, lesson(&format!("phrase {mail}"), &[Act::Done], &[]))).collect();
        let shifts: Vec<f64> = (0..=20).map(|count| learned(&facts[..count]).shift(Act::Done)).collect();
        assert_eq!(&shifts[..3], [0.0, 0.0, 0.0]);
        assert!(shifts[3] < 0.0);
        assert!(shifts.windows(2).all(|pair| (pair[1] - pair[0]).abs() <= EACH + 1e-9), "{shifts:?}");
        assert_eq!(shifts[20], -FARTHEST);
        assert_eq!(learned(&facts).shift(Act::Confirm), 0.0);
    }

    #[test]
    fn the_same_phrase_counts_once_however_often_it_was_explained() {
        let facts: Vec<Fact> = (0..9).map(|mail| corrected(mail, lesson("Sorted!", &[Act::Done], &[]))).collect();
        assert_eq!(learned(&facts).shift(Act::Done), 0.0);
    }

    #[test]
    fn erased_words_teach_nothing() {
        let lessons = learned(&[corrected(1, lesson(Words::ERASED, &[], &[Act::Done]))]);
        assert_eq!(lessons.phrases().count(), 0);
    }

    #[test]
    fn only_the_newest_corrections_of_a_person_are_remembered() {
        let facts: Vec<Fact> =
            (0..250).map(|mail| corrected(mail, lesson(&format!("phrase {mail}"), &[], &[Act::Done]))).collect();
        let lessons = learned(&facts);
        assert_eq!(lessons.phrases().count(), MOST);
        assert_eq!(lessons.phrases().next().map(|(lesson, _)| lesson.words.as_str()), Some("phrase 249"));
    }
}
