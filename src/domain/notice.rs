//! Something a person ought to hear. It waits until its hour and may be dropped as stale.

use super::{
    id::{InboxId, PersonId, TaskId},
    words::Words,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a notice is about, and so which letter it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    // to an assistant
    Hello,
    Task,
    RemindToConfirm,
    Answer,
    Accepted,
    Returned,
    DueMoved,
    Cancelled,
    /// One specific question back, where a "done" or "confirm" was in doubt.
    NotUnderstood,
    /// The owner's own words, sent on.
    Told,
    // to the owner
    Question,
    HandedBack,
    /// Blocked, declined or a later date asked for.
    NeedsOwner,
    /// A command of the owner's that could not be carried out, and why.
    CommandFailed,
    MailboxTrouble,
    /// Too many letters were planned at once, so all wait.
    LettersHeld,
    Digest,
}

impl NoticeKind {
    /// Letters that the owner or an event called for go at least once; what handback starts by itself goes at
    /// most once, since a doubled reminder is worse than a missing one.
    pub fn at_most_once(self) -> bool {
        match self {
            Self::RemindToConfirm | Self::Digest | Self::MailboxTrouble | Self::LettersHeld => true,
            Self::Hello
            | Self::Task
            | Self::Answer
            | Self::Accepted
            | Self::Returned
            | Self::DueMoved
            | Self::Cancelled
            | Self::NotUnderstood
            | Self::Told
            | Self::Question
            | Self::HandedBack
            | Self::NeedsOwner
            | Self::CommandFailed => false,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Hello => "hello",
            Self::Task => "task",
            Self::RemindToConfirm => "remind_to_confirm",
            Self::Answer => "answer",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::DueMoved => "due_moved",
            Self::Cancelled => "cancelled",
            Self::NotUnderstood => "not_understood",
            Self::Told => "told",
            Self::Question => "question",
            Self::HandedBack => "handed_back",
            Self::NeedsOwner => "needs_owner",
            Self::CommandFailed => "command_failed",
            Self::MailboxTrouble => "mailbox_trouble",
            Self::LettersHeld => "letters_held",
            Self::Digest => "digest",
        }
    }
}

/// What makes a second notice of the same kind a different one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// There is only ever one.
    Once,
    /// The `rung`-th reminder after the owner's `revision`-th decision on the task.
    Rung { revision: u32, rung: u8 },
    /// What one received mail led to.
    Mail(InboxId),
    /// One for each change of the thing, counted.
    Count(u32),
    /// One a day, on the person's own calendar.
    Day(NaiveDate),
}

/// The unique key of a notice: the database refuses a second one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NoticeKey {
    pub task: Option<TaskId>,
    pub kind: NoticeKind,
    pub person: PersonId,
    pub slot: Slot,
}

impl fmt::Display for NoticeKey {
    /// Writes the key as the ledger stores it: `HB-142/remind_to_confirm/3/rung-1-0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.task {
            Some(task) => write!(f, "{task}")?,
            None => f.write_str("-")?,
        }
        write!(f, "/{}/{}/", self.kind.name(), self.person)?;
        match &self.slot {
            Slot::Once => f.write_str("once"),
            Slot::Rung { revision, rung } => write!(f, "rung-{revision}-{rung}"),
            Slot::Mail(inbox) => write!(f, "mail-{inbox}"),
            Slot::Count(count) => write!(f, "count-{count}"),
            Slot::Day(date) => write!(f, "{date}"),
        }
    }
}

/// Something a person ought to hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub key: NoticeKey,
    /// Words that the letter has to carry: the question, the answer, the reason.
    pub words: Option<Words>,
    /// The mail that led to it, whose files may go along.
    pub mail: Option<InboxId>,
    pub not_before: DateTime<Utc>,
    /// After this it is stale and is dropped, with the reason on record.
    pub drop_after: Option<DateTime<Utc>>,
}
