//! One piece of work and where it stands: a fold over the events about it.

use super::{
    brief::{Brief, Due},
    event::{Fact, TakenBack},
    id::{InboxId, PersonId, TaskId},
    statement::Said,
    time::Moment,
    words::Words,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The line of a task's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Draft,
    HandedOver,
    Confirmed,
    HandedBack,
    Closed,
    Declined,
    Cancelled,
}

impl Stage {
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::HandedOver => "handed over",
            Self::Confirmed => "confirmed",
            Self::HandedBack => "handed back",
            Self::Closed => "closed",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Whose move it is; every clock runs for that person alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Last asked or heard from at `since`; `reminders` have gone out after that.
    Assistant { since: DateTime<Utc>, reminders: u8 },
    /// The assistant waits for an answer, a decision or a look, so reminders to them pause.
    Owner { owes: OwnerDebt, since: DateTime<Utc> },
    /// Not sent yet, closed or cancelled.
    Nobody,
}

/// What the owner owes on a task, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnerDebt {
    /// An open question.
    Answer,
    /// Work cannot go on.
    Help,
    /// Another date is asked for.
    Date,
    /// Words that handback could not read for certain.
    Reading,
    /// The finished work.
    Look,
    /// The task was declined and needs another assistant.
    Reassign,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenQuestion {
    pub number: u32,
    pub words: Words,
    pub asked_at: DateTime<Utc>,
    /// Work stands still until the answer is there, so a movable due date moves along.
    pub holds_work: bool,
}

/// Something said at some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub words: Words,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub date: Option<Moment>,
    pub words: Words,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub percent: Option<u8>,
    pub eta: Option<Moment>,
    pub words: Words,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    pub inbox: InboxId,
    pub said: Option<Said>,
    pub words: Words,
    pub at: DateTime<Utc>,
}

/// One piece of work, called `HB-142` for life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub id: TaskId,
    pub assistant: PersonId,
    pub brief: Brief,
    pub stage: Stage,
    pub stage_since: DateTime<Utc>,
    /// A draft that goes out as soon as the assistant has answered our hello.
    pub queued: bool,
    /// Confirmed in words about outcome, date or limit, and not with a bare "ok".
    pub understood: bool,
    /// The due date that counts; the first one asked for stays in the brief.
    pub due: Due,
    /// Counts the due dates the task has had, from 0.
    pub revision: u32,
    pub questions: Vec<OpenQuestion>,
    /// The number that the next question gets.
    pub next_question: u32,
    pub blocked: Option<Remark>,
    pub proposal: Option<Proposal>,
    pub doubts: Vec<Doubt>,
    /// One question back went to the assistant since the owner's last decision; there is no second.
    pub asked_back: bool,
    pub progress: Option<Progress>,
    pub parts_delivered: BTreeSet<u8>,
    pub minutes_used: u32,
    pub handed_back: Option<HandedBack>,
    /// When the assistant last wrote or was heard from.
    pub last_word_at: Option<DateTime<Utc>>,
    /// When the reminder clock last started anew.
    pub clock_since: DateTime<Utc>,
    /// Reminders since the owner last decided something; a word of the assistant's does not bring new ones.
    pub reminders: u8,
    pub last_reminder_at: Option<DateTime<Utc>>,
    /// How often the owner's word on the task changed something: answers, returns, moves.
    pub decisions: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedBack {
    pub words: Words,
    pub files: Vec<super::brief::FileRef>,
    pub mail: Option<InboxId>,
    pub at: DateTime<Utc>,
}

impl Task {
    /// A task as its draft leaves it.
    pub fn drafted(id: TaskId, assistant: PersonId, brief: Brief, at: DateTime<Utc>) -> Self {
        Self {
            id,
            assistant,
            due: brief.due,
            brief,
            stage: Stage::Draft,
            stage_since: at,
            queued: false,
            understood: false,
            revision: 0,
            questions: Vec::new(),
            next_question: 1,
            blocked: None,
            proposal: None,
            doubts: Vec::new(),
            asked_back: false,
            progress: None,
            parts_delivered: BTreeSet::new(),
            minutes_used: 0,
            handed_back: None,
            last_word_at: None,
            clock_since: at,
            reminders: 0,
            last_reminder_at: None,
            decisions: 0,
        }
    }

    /// Draft, closed and cancelled tasks want nothing of anybody.
    pub fn is_open(&self) -> bool {
        match self.stage {
            Stage::HandedOver | Stage::Confirmed | Stage::HandedBack | Stage::Declined => true,
            Stage::Draft | Stage::Closed | Stage::Cancelled => false,
        }
    }

    /// Whose move it is. What the owner owes comes first, since the assistant waits for it.
    pub fn turn(&self) -> Turn {
        if !self.is_open() {
            return Turn::Nobody;
        }
        match self.owner_debts().into_iter().min_by_key(|(owes, _)| *owes) {
            Some((owes, since)) => Turn::Owner { owes, since },
            None => Turn::Assistant { since: self.clock_since, reminders: self.reminders },
        }
    }

    /// All that the owner owes on this task, each with its since-when.
    pub fn owner_debts(&self) -> Vec<(OwnerDebt, DateTime<Utc>)> {
        let mut debts = Vec::new();
        if let Some(first) = self.questions.first() {
            debts.push((OwnerDebt::Answer, first.asked_at));
        }
        if let Some(blocked) = &self.blocked {
            debts.push((OwnerDebt::Help, blocked.at));
        }
        if let Some(proposal) = &self.proposal {
            debts.push((OwnerDebt::Date, proposal.at));
        }
        if let Some(doubt) = self.doubts.first() {
            debts.push((OwnerDebt::Reading, doubt.at));
        }
        match self.stage {
            Stage::HandedBack => debts.push((OwnerDebt::Look, self.stage_since)),
            Stage::Declined => debts.push((OwnerDebt::Reassign, self.stage_since)),
            Stage::Draft | Stage::HandedOver | Stage::Confirmed | Stage::Closed | Stage::Cancelled => {}
        }
        debts
    }

    /// Whether work that is ready at `eta` is late. A day without a clock time is held to the due time's clock time.
    pub fn is_late(&self, eta: Moment) -> bool {
        eta.by(self.due.by.local.time()).at > self.due.by.at
    }

    /// When the assistant last expected to be ready, where that is too late.
    pub fn late_eta(&self) -> Option<Moment> {
        self.progress.as_ref()?.eta.filter(|eta| self.is_late(*eta))
    }

    /// Takes in one fact about this task.
    pub fn apply(&mut self, fact: &Fact, at: DateTime<Utc>) {
        match fact {
            Fact::TaskQueued { .. } => self.queued = true,
            Fact::TaskHandedOver { .. } => self.enter(Stage::HandedOver, at),
            Fact::TaskConfirmed { understood, .. } => {
                self.understood |= understood;
                self.enter(Stage::Confirmed, at);
            }
            Fact::TaskDeclined { .. } => self.enter(Stage::Declined, at),
            Fact::TaskHandedBack { words, files, mail, .. } => {
                self.handed_back = Some(HandedBack { words: words.clone(), files: files.clone(), mail: *mail, at });
                self.blocked = None;
                self.enter(Stage::HandedBack, at);
            }
            Fact::TaskAccepted { .. } => self.settle(Stage::Closed, at),
            Fact::TaskCancelled { .. } => self.settle(Stage::Cancelled, at),
            Fact::TaskReturned { due, .. } => {
                if let Some(due) = due {
                    self.move_due(*due);
                }
                self.settle(Stage::Confirmed, at);
            }
            Fact::QuestionAsked { question, words, holds_work, .. } => {
                self.next_question = self.next_question.max(question.saturating_add(1));
                self.questions.push(OpenQuestion {
                    number: *question,
                    words: words.clone(),
                    asked_at: at,
                    holds_work: *holds_work,
                });
            }
            Fact::QuestionsAnswered { .. } => {
                self.questions.clear();
                self.blocked = None;
                self.decided(at);
            }
            Fact::OwnerTold { .. } => self.decided(at),
            Fact::ProgressReported { percent, eta, words, .. } => {
                self.progress = Some(Progress { percent: *percent, eta: *eta, words: words.clone(), at });
                self.blocked = None;
            }
            Fact::PartDelivered { part, .. } => {
                self.parts_delivered.insert(*part);
            }
            Fact::WorkBlocked { words, .. } => self.blocked = Some(Remark { words: words.clone(), at }),
            Fact::DateProposed { date, words, .. } => {
                self.proposal = Some(Proposal { date: *date, words: words.clone(), at });
            }
            Fact::DueMoved { due, .. } => {
                self.move_due(*due);
                self.proposal = None;
                self.decided(at);
            }
            Fact::HoursBooked { minutes, .. } => self.minutes_used = self.minutes_used.saturating_add(*minutes),
            Fact::WordReceived { .. } | Fact::HeardElsewhere { .. } => {
                self.last_word_at = Some(at);
                self.clock_since = at;
            }
            Fact::DoubtRaised { inbox, said, words, .. } => {
                self.doubts.push(Doubt { inbox: *inbox, said: said.clone(), words: words.clone(), at });
            }
            Fact::DoubtsSettled { .. } => {
                self.doubts.clear();
                self.decided(at);
            }
            Fact::AskedBack { .. } => self.asked_back = true,
            Fact::ReadingCorrected { inbox, .. } => {
                self.doubts.retain(|doubt| doubt.inbox != *inbox);
                self.decided(at);
            }
            Fact::TakenBack { what, .. } => self.take_back(what, at),
            Fact::Reminded { .. } => {
                self.reminders = self.reminders.saturating_add(1);
                self.last_reminder_at = Some(at);
            }
            Fact::TaskDrafted { .. }
            | Fact::PersonAdded { .. }
            | Fact::PersonChanged { .. }
            | Fact::HelloAnswered { .. }
            | Fact::Noted { .. }
            | Fact::StatementRead { .. }
            | Fact::DateRead { .. }
            | Fact::DatesEchoed { .. }
            | Fact::MailConcluded { .. }
            | Fact::MailReleased { .. }
            | Fact::LetterComposed { .. }
            | Fact::LetterEnded { .. }
            | Fact::NoticeDropped { .. }
            | Fact::SendingHeld { .. }
            | Fact::SendingResumed => {}
        }
    }

    fn take_back(&mut self, what: &TakenBack, at: DateTime<Utc>) {
        match what {
            TakenBack::Stage { stage, understood } => {
                self.understood = *understood;
                self.enter(*stage, at);
            }
            TakenBack::Question { question } => self.questions.retain(|open| open.number != *question),
            TakenBack::Blocked { before } => self.blocked = before.clone(),
            TakenBack::Date { before } => self.proposal = before.clone(),
            TakenBack::Progress { before } => self.progress = before.clone(),
            TakenBack::Part { part } => {
                self.parts_delivered.remove(part);
            }
            TakenBack::Hours { minutes } => self.minutes_used = self.minutes_used.saturating_sub(*minutes),
            TakenBack::Note { .. } => {}
        }
    }

    fn enter(&mut self, stage: Stage, at: DateTime<Utc>) {
        self.queued = false;
        self.stage = stage;
        self.stage_since = at;
        self.restart_clock(at);
    }

    /// Enters a stage by the owner's decision, which leaves nothing open.
    fn settle(&mut self, stage: Stage, at: DateTime<Utc>) {
        self.questions.clear();
        self.blocked = None;
        self.proposal = None;
        self.doubts.clear();
        self.decided(at);
        self.enter(stage, at);
    }

    fn decided(&mut self, at: DateTime<Utc>) {
        self.decisions = self.decisions.saturating_add(1);
        self.asked_back = false;
        self.restart_clock(at);
    }

    fn restart_clock(&mut self, at: DateTime<Utc>) {
        self.clock_since = at;
        self.reminders = 0;
    }

    fn move_due(&mut self, due: Due) {
        self.due = due;
        self.revision = self.revision.saturating_add(1);
    }
}
