//! What a task asks.

use super::{id::InboxId, time::WallTime, words::Words};
use serde::{Deserialize, Serialize};

/// What a task asks. The title, the outcome and the due time are never missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    pub title: Words,
    pub why: Option<Words>,
    /// "Done means": how both sides see that the work is finished.
    pub outcome: Words,
    /// What to hand back, point by point.
    pub steps: Vec<Words>,
    pub parts: Vec<Part>,
    pub due: Due,
    /// Most minutes that the task may take; time beyond is unpaid unless approved beforehand.
    pub limit_minutes: Option<u32>,
    pub pay: Option<Words>,
    /// An early look: what to send and by when.
    pub update: Option<Update>,
    pub files: Vec<FileRef>,
}

/// A numbered piece of a large task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub number: u8,
    pub title: Words,
    pub due: Option<WallTime>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub by: WallTime,
    /// A hard date does not move with unanswered questions.
    pub hard: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    pub what: Words,
    pub by: WallTime,
}

/// A file that goes with a brief or came with a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    pub name: Words,
    pub media_type: String,
    /// Decoded size in bytes.
    pub size: u64,
    pub kept: Kept,
}

/// Where a file's bytes are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// In the ledger, under the SHA-256 of its content in lower-case hex.
    Blob(String),
    /// The `part`-th leaf part of a received mail, from 0.
    Mail { inbox: InboxId, part: u32 },
}
