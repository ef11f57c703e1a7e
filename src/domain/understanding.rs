//! What was found in one reply.

use super::{id::TaskId, lesson::Lessons, statement::Statement, time::Moment};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Who or what wrote a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Author {
    Human,
    Bounce,
    AutoReply,
    List,
    Robot,
}

impl Author {
    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Bounce => "bounce",
            Self::AutoReply => "auto-reply",
            Self::List => "list",
            Self::Robot => "robot",
        }
    }
}

/// What a sender newly typed, cut out of their mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnWords {
    /// Without quotes, headers of quotes, signature, footers and disclaimers. May be empty.
    pub text: String,
    /// Answers that stand between quoted lines, each tied to the line it answers.
    pub inline: Vec<InlineAnswer>,
    /// Where the cut is unsure, why: the owner should look.
    pub doubt: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineAnswer {
    /// The quoted line right above, without its quote marks.
    pub answers: String,
    /// Byte range of the answer in [`OwnWords::text`].
    pub span: Range<usize>,
}

/// Everything found in one reply.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Understanding {
    /// What reaches its act's cut, in the order it was written.
    pub statements: Vec<Statement>,
    /// Weaker candidates.
    pub maybe: Vec<Statement>,
    /// Words that fit no rule; the digest quotes them to the owner.
    pub unread: Vec<String>,
    /// The owner has to look before this mail can count as handled.
    pub review: bool,
    /// Tasks that the words name.
    pub named_tasks: Vec<TaskId>,
    pub times: Vec<TimeFound>,
}

/// A date, time or duration in somebody's words, on the writer's wall clock.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeFound {
    pub words: String,
    pub span: Range<usize>,
    pub value: TimeValue,
    /// False where weekday and number disagree or day and month could be swapped.
    pub sure: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TimeValue {
    Date(NaiveDate),
    DateTime(NaiveDateTime),
    Time(NaiveTime),
    Minutes(f64),
}

/// What the reader may know besides the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// When it was written, on the writer's wall clock.
    pub written: NaiveDateTime,
    pub zone: chrono_tz::Tz,
    /// The clock of whoever it was written to, for "your time".
    pub other: Option<chrono_tz::Tz>,
    /// What handback last asked this person on the task, where it asked anything.
    pub asked: Option<Asked>,
    /// The tasks that the letter's numbered lines stand for, line 1 first.
    pub lines: Vec<TaskId>,
    /// When the task is due, for "on time" and "the same day".
    pub due: Option<Moment>,
    /// What the owner taught about this person's way of writing.
    pub lessons: Lessons,
}

impl Situation {
    /// Words of which no more is known than when and where they were written.
    pub fn new(written: NaiveDateTime, zone: chrono_tz::Tz) -> Self {
        Self { written, zone, other: None, asked: None, lines: Vec::new(), due: None, lessons: Lessons::default() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    ToConfirm,
    ForStatus,
    WhetherDone,
}
