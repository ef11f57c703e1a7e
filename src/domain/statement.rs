//! The things a reply can say.

use super::{id::TaskId, time::Moment};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The kinds of statement, without their slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Confirm,
    Decline,
    Question,
    Progress,
    Done,
    Blocked,
    Extension,
    Hours,
    Expense,
    Suggestion,
    Absence,
    Capacity,
}

impl Act {
    pub const ALL: [Self; 12] = [
        Self::Confirm,
        Self::Decline,
        Self::Question,
        Self::Progress,
        Self::Done,
        Self::Blocked,
        Self::Extension,
        Self::Hours,
        Self::Expense,
        Self::Suggestion,
        Self::Absence,
        Self::Capacity,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Decline => "decline",
            Self::Question => "question",
            Self::Progress => "progress",
            Self::Done => "done",
            Self::Blocked => "blocked",
            Self::Extension => "extension",
            Self::Hours => "hours",
            Self::Expense => "expense",
            Self::Suggestion => "suggestion",
            Self::Absence => "absence",
            Self::Capacity => "capacity",
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing said, with its slots. Dates are in the writer's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Said {
    Confirm {
        /// A line in their own words about outcome, date or limit, more than "ok".
        understood: bool,
    },
    Decline,
    Question,
    Progress {
        percent: Option<u8>,
        eta: Option<Moment>,
    },
    Done {
        whole: Whole,
    },
    Blocked,
    Extension {
        date: Option<Moment>,
    },
    Hours {
        /// Time already spent; none when the words were too vague for a number.
        minutes: Option<u32>,
    },
    Expense {
        amount: Option<Money>,
    },
    Suggestion,
    Absence {
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    },
    Capacity {
        state: Room,
    },
}

impl Said {
    pub fn act(&self) -> Act {
        match self {
            Self::Confirm { .. } => Act::Confirm,
            Self::Decline => Act::Decline,
            Self::Question => Act::Question,
            Self::Progress { .. } => Act::Progress,
            Self::Done { .. } => Act::Done,
            Self::Blocked => Act::Blocked,
            Self::Extension { .. } => Act::Extension,
            Self::Hours { .. } => Act::Hours,
            Self::Expense { .. } => Act::Expense,
            Self::Suggestion => Act::Suggestion,
            Self::Absence { .. } => Act::Absence,
            Self::Capacity { .. } => Act::Capacity,
        }
    }
}

/// Whether `done` means the whole task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whole {
    Yes,
    No,
    Unsure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Room {
    Room,
    Full,
}

/// An amount in the currency's smallest unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Cents for USD, whole yen for JPY.
    pub minor: i64,
    /// ISO 4217, three capitals.
    pub currency: String,
}

/// How sure the reader is, in thousandths. Of statements at 900, nine in ten should be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confidence(u16);

impl Confidence {
    pub const CERTAIN: Self = Self(1000);

    /// Takes thousandths; more than 1000 counts as 1000.
    pub const fn permille(value: u16) -> Self {
        Self(if value > 1000 { 1000 } else { value })
    }

    pub fn as_permille(self) -> u16 {
        self.0
    }

    pub fn as_fraction(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

/// One statement of a reply, with the words it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub said: Said,
    /// The words themselves, cut from the writer's own words.
    pub words: String,
    /// Byte range of `words` in the writer's own words.
    pub span: std::ops::Range<usize>,
    pub confidence: Confidence,
    /// Believed firmly enough to act on without asking anybody.
    pub applied: bool,
    /// The task these words name, where they name one; otherwise the mail's task is meant.
    pub task: Option<TaskId>,
    /// Numbered parts or lines that the words name.
    pub parts: Vec<u8>,
    /// Names of the patterns that spoke for it, for `explain`.
    pub because: Vec<&'static str>,
}

impl Statement {
    pub fn act(&self) -> Act {
        self.said.act()
    }
}
