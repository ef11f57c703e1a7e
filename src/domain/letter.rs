//! A message that handback sends.

use super::{
    id::{Address, LetterId, MessageId, PersonId, TaskId},
    notice::NoticeKind,
    token::Token,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A composed letter. Nothing about it changes any more; `post::mime` turns it into bytes once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub id: LetterId,
    pub kind: NoticeKind,
    pub to: PersonId,
    /// The tasks it is about, in the order of its numbered lines.
    pub tasks: Vec<TaskId>,
    pub token: Token,
    pub from_name: String,
    pub from_address: Address,
    pub to_name: String,
    pub to_address: Address,
    pub subject: String,
    pub date: DateTime<Utc>,
    pub message_id: MessageId,
    pub in_reply_to: Option<MessageId>,
    pub references: Vec<MessageId>,
    pub text: String,
    pub html: String,
    pub files: Vec<LetterFile>,
}

/// A file that leaves with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterFile {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Where a letter stands on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Composed; leaves when the post is free.
    Planned,
    /// Handed to the mail server, whose answer is awaited.
    Sending,
    Sent,
    /// Cut off between the final dot and the answer: it may have left or not.
    InDoubt,
    /// Refused for now; tried again later.
    Waiting,
    /// Refused for good.
    Refused,
    /// Not sent, on purpose: stale, or a reminder in doubt.
    GivenUp,
}
