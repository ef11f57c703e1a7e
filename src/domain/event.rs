//! The facts of the ledger. The past is only ever added to.
//!
//! A fact is stored as JSON and has to be readable for ever: fields may be added with a default, but none is
//! ever renamed, removed or given another meaning.

use super::{
    brief::{Brief, Due, FileRef},
    id::{EventId, InboxId, LetterId, MessageId, PersonId, TaskId},
    lesson::Lesson,
    letter::Fate,
    notice::NoticeKind,
    person::{Level, Profile, Role},
    statement::{Confidence, Said},
    task::{Progress, Proposal, Remark, Stage},
    time::{DateRead, Moment},
    understanding::Asked,
    words::Words,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One fact in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: EventId,
    pub at: DateTime<Utc>,
    pub cause: Cause,
    pub fact: Fact,
}

/// A fact that is about to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    pub cause: Cause,
    pub fact: Fact,
}

/// What brought a fact about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Cause {
    /// A received mail; `from..to` is the byte range of the sender's own words that said it.
    Mail { inbox: InboxId, from: usize, to: usize },
    /// The daemon, because of the time.
    Timer,
    /// Somebody at the command line.
    Command { name: String },
    /// The owner's word on what the received mail `inbox` says: in their own mail `said_in`, or at the command line.
    Correction { inbox: InboxId, said_in: Option<InboxId> },
}

impl Cause {
    /// The received mail whose words brought it about, rightly read or put right.
    pub fn mail(&self) -> Option<InboxId> {
        match self {
            Self::Mail { inbox, .. } | Self::Correction { inbox, .. } => Some(*inbox),
            Self::Timer | Self::Command { .. } => None,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    // People.
    PersonAdded {
        person: PersonId,
        role: Role,
        profile: Profile,
        hello: bool,
    },
    PersonChanged {
        person: PersonId,
        profile: Profile,
    },
    HelloAnswered {
        person: PersonId,
        level: Level,
    },

    // The line of a task's life.
    TaskDrafted {
        task: TaskId,
        assistant: PersonId,
        brief: Brief,
    },
    /// The owner wants it sent; it waits for the assistant's answer to our hello.
    TaskQueued {
        task: TaskId,
    },
    TaskHandedOver {
        task: TaskId,
    },
    TaskConfirmed {
        task: TaskId,
        understood: bool,
    },
    TaskDeclined {
        task: TaskId,
        words: Words,
    },
    TaskHandedBack {
        task: TaskId,
        words: Words,
        files: Vec<FileRef>,
        mail: Option<InboxId>,
    },
    TaskAccepted {
        task: TaskId,
        words: Option<Words>,
    },
    TaskReturned {
        task: TaskId,
        words: Words,
        due: Option<Due>,
    },
    TaskCancelled {
        task: TaskId,
        words: Option<Words>,
    },

    // What stands beside that line.
    QuestionAsked {
        task: TaskId,
        question: u32,
        words: Words,
        holds_work: bool,
    },
    /// Answers all questions that are open on the task.
    QuestionsAnswered {
        task: TaskId,
        words: Words,
    },
    /// The owner wrote to the assistant, answering nothing in particular.
    OwnerTold {
        task: TaskId,
        words: Words,
    },
    ProgressReported {
        task: TaskId,
        percent: Option<u8>,
        eta: Option<Moment>,
        words: Words,
        files: Vec<FileRef>,
    },
    PartDelivered {
        task: TaskId,
        part: u8,
    },
    WorkBlocked {
        task: TaskId,
        words: Words,
    },
    DateProposed {
        task: TaskId,
        date: Option<Moment>,
        words: Words,
    },
    DueMoved {
        task: TaskId,
        due: Due,
        why: WhyMoved,
    },
    HoursBooked {
        task: TaskId,
        minutes: u32,
        words: Words,
    },
    /// Recorded and shown, but nothing follows from it: a suggestion, an expense, an absence, spare capacity.
    Noted {
        person: PersonId,
        task: Option<TaskId>,
        said: Said,
        words: Words,
    },
    /// The assistant gave some sign of life on the task; restarts its reminder clock.
    WordReceived {
        task: TaskId,
    },
    /// The owner heard from the assistant by another way than mail.
    HeardElsewhere {
        task: TaskId,
        words: Option<Words>,
    },

    // Reading.
    /// One statement as the reader of version `reader` found it.
    StatementRead {
        inbox: InboxId,
        task: Option<TaskId>,
        reader: u32,
        said: Said,
        words: Words,
        confidence: Confidence,
        applied: bool,
    },
    /// A date that `person` named on the task. Both sides are told how it was read, once each.
    DateRead {
        task: TaskId,
        person: PersonId,
        date: DateRead,
    },
    /// A letter told `to` how the dates named on the task so far were read.
    DatesEchoed {
        task: TaskId,
        to: PersonId,
    },
    /// Words that the owner should look at before they count.
    DoubtRaised {
        inbox: InboxId,
        task: TaskId,
        said: Option<Said>,
        words: Words,
    },
    DoubtsSettled {
        task: TaskId,
    },
    /// The assistant was asked one specific question about words that were in doubt.
    AskedBack {
        inbox: InboxId,
        task: TaskId,
        said: Option<Said>,
        words: Words,
    },
    /// The owner's word on what a mail of `person` says about the task. The last word on a mail counts.
    ReadingCorrected {
        inbox: InboxId,
        task: TaskId,
        person: PersonId,
        /// The version of the reader that was corrected.
        reader: u32,
        /// What we had asked before the mail was written.
        asked: Option<Asked>,
        lessons: Vec<Lesson>,
    },
    /// Something that a wrongly read mail had brought about is no more.
    TakenBack {
        task: TaskId,
        what: TakenBack,
    },
    /// A received mail came to its named end.
    MailConcluded {
        inbox: InboxId,
        person: Option<PersonId>,
        tasks: Vec<TaskId>,
        outcome: Outcome,
        why: String,
    },
    MailReleased {
        inbox: InboxId,
    },

    // Letters.
    LetterComposed {
        letter: LetterId,
        kind: NoticeKind,
        to: PersonId,
        tasks: Vec<TaskId>,
        message_id: MessageId,
    },
    LetterEnded {
        letter: LetterId,
        fate: Fate,
        why: String,
    },
    /// A reminder on the `rung`-th rung was put into a letter.
    Reminded {
        task: TaskId,
        rung: u8,
    },
    NoticeDropped {
        key: String,
        why: String,
    },

    // The brake.
    SendingHeld {
        why: String,
        /// True where handback stopped itself; the owner may still be told.
        #[serde(default)]
        by_brake: bool,
    },
    SendingResumed,
}

/// What is taken back, and how it was without the mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum TakenBack {
    /// A step on the line of the task's life.
    Stage {
        stage: Stage,
        understood: bool,
    },
    Question {
        question: u32,
    },
    Blocked {
        before: Option<Remark>,
    },
    Date {
        before: Option<Proposal>,
    },
    Progress {
        before: Option<Progress>,
    },
    Part {
        part: u8,
    },
    Hours {
        minutes: u32,
    },
    /// Something that was only noted.
    Note {
        said: Said,
    },
}

/// Why a due date is another one now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyMoved {
    /// The owner set it.
    ByOwner,
    /// The owner agreed to the date that the assistant proposed.
    Agreed,
    /// It moved by the working time that the assistant waited for an answer.
    AnswerAwaited,
}

/// How a received mail ended. None is ever dropped in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Read, and on the record of its task.
    Filed,
    /// A command of the owner's, carried out.
    Answered,
    /// One question went back to the sender.
    AskedBack,
    /// Kept for the owner to look at.
    Held,
    /// Came before, with the same content.
    Duplicate,
    /// A machine wrote it.
    Automatic,
    /// One of our own letters.
    Ours,
}

impl Outcome {
    pub fn name(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Answered => "answered",
            Self::AskedBack => "asked_back",
            Self::Held => "held",
            Self::Duplicate => "duplicate",
            Self::Automatic => "automatic",
            Self::Ours => "ours",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AskedBack => "asked back",
            Self::Filed | Self::Answered | Self::Held | Self::Duplicate | Self::Automatic | Self::Ours => self.name(),
        })
    }
}

impl Fact {
    /// The task that the fact is about, where it is about one.
    pub fn task(&self) -> Option<TaskId> {
        match self {
            Self::TaskDrafted { task, .. }
            | Self::TaskQueued { task }
            | Self::TaskHandedOver { task }
            | Self::TaskConfirmed { task, .. }
            | Self::TaskDeclined { task, .. }
            | Self::TaskHandedBack { task, .. }
            | Self::TaskAccepted { task, .. }
            | Self::TaskReturned { task, .. }
            | Self::TaskCancelled { task, .. }
            | Self::QuestionAsked { task, .. }
            | Self::QuestionsAnswered { task, .. }
            | Self::OwnerTold { task, .. }
            | Self::ProgressReported { task, .. }
            | Self::PartDelivered { task, .. }
            | Self::WorkBlocked { task, .. }
            | Self::DateProposed { task, .. }
            | Self::DueMoved { task, .. }
            | Self::HoursBooked { task, .. }
            | Self::WordReceived { task }
            | Self::HeardElsewhere { task, .. }
            | Self::DateRead { task, .. }
            | Self::DatesEchoed { task, .. }
            | Self::DoubtRaised { task, .. }
            | Self::DoubtsSettled { task }
            | Self::AskedBack { task, .. }
            | Self::ReadingCorrected { task, .. }
            | Self::TakenBack { task, .. }
            | Self::Reminded { task, .. } => Some(*task),
            Self::Noted { task, .. } | Self::StatementRead { task, .. } => *task,
            Self::PersonAdded { .. }
            | Self::PersonChanged { .. }
            | Self::HelloAnswered { .. }
            | Self::MailConcluded { .. }
            | Self::MailReleased { .. }
            | Self::LetterComposed { .. }
            | Self::LetterEnded { .. }
            | Self::NoticeDropped { .. }
            | Self::SendingHeld { .. }
            | Self::SendingResumed => None,
        }
    }
}
