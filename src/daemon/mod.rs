//! One round of work, and the loop around it.
//!
//! A round takes the time once and then: takes in new mail, works it off, looks what the time calls for, composes
//! the letters whose hour has come, and sends them. Everything it decides is decided by the core; everything it
//! learns is in the ledger before the next step begins, so a round may be cut off at any line.
//!
//! | file | does |
//! |---|---|
//! | `rules` | the settings that a round goes by |
//! | `intake` | from the mailbox into the ledger |
//! | `work` | from raw mail to how it ended |
//! | `reading` | from one raw mail to what it says and how far it can be trusted |
//! | `circumstances` | all that a reading rests on besides the mail's bytes |
//! | `correcting` | looks up and reads again a mail that somebody puts right |
//! | `rehearsal` | how a mail would end if it came in now |
//! | `ahead` | reads mails of a batch ahead of their turn, on the other processors |
//! | `restored` | reads the mailbox back after a restore |
//! | `rounds` | plans what the passing of time calls for |
//! | `dispatch` | from due notices to composed letters |
//! | `digest` | gathers the owner's page of the day |
//! | `sending` | from composed letters to sent ones, those in doubt included |
//! | `history` | what letters tell of a task's past |
//! | `health` | what is wrong with the mailbox or the post, and since when |
//! | `run` | the outer loop, the only place that sleeps |

mod ahead;
mod circumstances;
mod correcting;
mod digest;
mod dispatch;
mod health;
mod history;
mod intake;
mod reading;
mod rehearsal;
mod restored;
mod rounds;
pub mod rules;
pub mod run;
mod sending;
mod work;

pub use correcting::{correction, no_question_back};
pub use reading::{Opened, open_mail};
pub use rehearsal::{Rehearsal, rehearse};
pub use rules::Rules;
pub use run::Stopping;

use crate::{
    domain::token::TokenKey,
    ledger::{Ledger, LedgerError},
    letters::{LetterError, Templates},
    mailbox::{Mailbox, retry::Backoff},
    post::{Post, mime::MimeError},
};
use ahead::Readers;
use chrono::{DateTime, Utc};
pub use digest::preview_digest;
pub use health::{Health, Line, Trouble};
use thiserror::Error;

/// A round could not be finished. What it had done so far is in the ledger.
#[derive(Debug, Error)]
pub enum DaemonError {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("could not compose a letter")]
    Letter(#[from] LetterError),
    #[error("could not put a letter into a mail")]
    Mime(#[from] MimeError),
}

/// The daemon with all it needs for a round.
pub struct Daemon {
    pub ledger: Ledger,
    pub mailbox: Mailbox,
    pub post: Post,
    pub rules: Rules,
    pub key: TokenKey,
    pub templates: Templates,
    pub health: Health,
    readers: Readers,
    /// How long to leave the mailbox alone after it failed.
    retry: Backoff,
    /// When mails that turned up late were last looked for.
    looked_for_late_at: Option<DateTime<Utc>>,
    /// Set when the daemon is to end: the round then stops before the next window or letter, never within one.
    pub stopping: Stopping,
}

/// What a round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Mails that were new.
    pub taken: usize,
    /// Mails that came to their end.
    pub concluded: usize,
    /// Letters composed.
    pub composed: usize,
    /// Letters that the post took.
    pub sent: usize,
}

impl Daemon {
    /// A daemon that has not looked at anything yet. `seed` decides the jitter of its pauses.
    pub fn new(
        ledger: Ledger,
        mailbox: Mailbox,
        post: Post,
        rules: Rules,
        key: TokenKey,
        templates: Templates,
        seed: u64,
    ) -> Self {
        Self {
            ledger,
            mailbox,
            post,
            rules,
            key,
            templates,
            health: Health::default(),
            readers: Readers::default(),
            retry: Backoff::seeded(seed),
            looked_for_late_at: None,
            stopping: Stopping::default(),
        }
    }

    /// Does one full round as of `now`. Trouble with the mailbox or the post is recorded and does not end it.
    ///
    /// # Errors
    /// Where the ledger fails, or a letter cannot be composed at all.
    pub async fn round(&mut self, now: DateTime<Utc>) -> Result<Round, DaemonError> {
        let mut round = Round::default();
        self.redo_unfinished(now)?;
        round.taken = self.take_in(now).await?;
        round.concluded = self.work_off(now)?;
        self.read_back(now).await?;
        self.settle_doubts(now).await?;
        self.plan(now)?;
        round.composed = self.compose_due(now)?;
        if round.composed > 0 {
            self.templates.put_away();
        }
        round.sent = self.send_planned(now).await?;
        Ok(round)
    }
}
