//! What a letter is made from.

use crate::domain::{
    event::WhyMoved,
    id::Address,
    notice::NoticeKind,
    person::Person,
    task::{OwnerDebt, Task},
    time::WallTime,
    understanding::Asked,
};
use chrono::{DateTime, NaiveTime, Utc};

/// Whose letters these are.
#[derive(Debug, Clone, Copy)]
pub struct House<'a> {
    pub business: &'a str,
    pub owner: &'a Person,
    /// The mailbox's own address, the one to keep in an address book.
    pub address: &'a Address,
    /// Where taps send replies: `address`, or this letter's plus-address where those are known to arrive.
    pub reply_to: &'a Address,
    /// When the owner's digest comes, on the owner's clock.
    pub digest_at: NaiveTime,
}

/// One thing that a letter says, a notice with all it refers to. Begin with [`Item::new`] and set what there is.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    pub kind: NoticeKind,
    /// As it stands after the event that led here.
    pub task: Option<&'a Task>,
    /// Who it is about, in a letter to the owner.
    pub assistant: Option<&'a Person>,
    /// What the letter hands on: the question, the answer, the reason, the server's words.
    pub words: Option<&'a str>,
    /// What `words` is about: the question that was answered, the reply or command that could not be read.
    pub about: Option<&'a str>,
    /// The files of the brief, or those that came back.
    pub files: &'a [FileNote<'a>],
    /// Whole sentences about how dates were understood; see [`super::echo`].
    pub echo: &'a [String],
    /// By when the reader is asked to act.
    pub answer_by: Option<DateTime<Utc>>,
    /// The due time that stood before, where it moved.
    pub due_before: Option<WallTime>,
    pub why_moved: Option<WhyMoved>,
    /// Which question goes back, for [`NoticeKind::NotUnderstood`].
    pub asked: Option<Asked>,
    /// What the owner is needed for, for [`NoticeKind::NeedsOwner`]; the task's most pressing debt if not given.
    pub need: Option<OwnerDebt>,
    /// Since when things are as they are, for [`NoticeKind::MailboxTrouble`].
    pub since: Option<DateTime<Utc>>,
}

/// A file as a letter names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileNote<'a> {
    pub name: &'a str,
    /// In bytes.
    pub size: u64,
    /// Whether it comes with the letter; otherwise it is over the size that letters carry.
    pub enclosed: bool,
}

impl Item<'_> {
    pub fn new(kind: NoticeKind) -> Self {
        Self {
            kind,
            task: None,
            assistant: None,
            words: None,
            about: None,
            files: &[],
            echo: &[],
            answer_by: None,
            due_before: None,
            why_moved: None,
            asked: None,
            need: None,
            since: None,
        }
    }
}
