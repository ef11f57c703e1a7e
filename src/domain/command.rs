//! What the owner decides, by mail or at the command line.

use super::{
    id::{InboxId, TaskId},
    lesson::Wish,
    time::{DateRead, Moment},
    words::Words,
};

/// One decision of the owner's about one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerCommand {
    pub task: TaskId,
    pub order: Order,
    /// The dates that its words name, as they were read.
    pub dates: Vec<DateRead>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Answers the open questions.
    Answer {
        words: Words,
    },
    Accept {
        words: Option<Words>,
    },
    /// Asks for changes, by the date given or the one that stands.
    Return {
        words: Words,
        due: Option<Moment>,
    },
    /// Sets the due date.
    Due {
        date: Moment,
    },
    Cancel {
        words: Option<Words>,
    },
    /// Sends words to the assistant that answer nothing in particular.
    Tell {
        words: Words,
    },
    /// Says what a mail really said: the one named, or the one whose words have been in doubt the longest.
    Read {
        mail: Option<InboxId>,
        wish: Wish,
    },
}

impl Order {
    /// The first word of a mail that gives this order.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "ANSWER",
            Self::Accept { .. } => "ACCEPT",
            Self::Return { .. } => "RETURN",
            Self::Due { .. } => "DUE",
            Self::Cancel { .. } => "CANCEL",
            Self::Tell { .. } => "TELL",
            Self::Read { .. } => "READ",
        }
    }
}
