//! From composed letters to sent ones, those in doubt included.
//!
//! A letter is claimed before the first byte leaves and marked after the server's answer. What is cut off between
//! the final dot and the mark is in doubt: from two minutes on it is looked for by its Message-ID. After ten
//! minutes its kind decides: what an event called for is sent again under the same Message-ID, a reminder is given
//! up.

use super::{Daemon, DaemonError, health::pause_after_post};
use crate::{
    domain::{letter::Fate, notice::NoticeKind},
    ledger::OutboxRow,
    mailbox::Found,
    post::{Envelope, PostError, backoff},
    remedy::chain,
};
use chrono::{DateTime, TimeDelta, Utc};
use tracing::{info, warn};

/// A mail server may take this long to show a letter in Sent.
const FIRST_LOOK: TimeDelta = TimeDelta::minutes(2);
const LAST_LOOK: TimeDelta = TimeDelta::minutes(10);

/// What became of one letter.
enum Sending {
    Taken,
    NotTaken,
    /// The mail server cannot be used at all now; the other letters wait as well.
    NoPost,
}

impl Daemon {
    /// Sends every letter that is planned or whose wait is over; returns how many the post took.
    pub(super) async fn send_planned(&mut self, now: DateTime<Utc>) -> Result<usize, DaemonError> {
        if !self.health.post.may_try(now) {
            return Ok(0);
        }
        let brake = self.ledger.view().sending_held()?;
        let mut sent = 0;
        for row in self.ledger.view().letters_to_send(now)? {
            if self.stopping.wanted() {
                break;
            }
            if brake.is_some() && row.kind != NoticeKind::LettersHeld {
                continue;
            }
            match self.send(&row, now).await? {
                Sending::Taken => sent += 1,
                Sending::NotTaken => {}
                Sending::NoPost => break,
            }
        }
        Ok(sent)
    }

    async fn send(&mut self, row: &OutboxRow, now: DateTime<Utc>) -> Result<Sending, DaemonError> {
        let Some(bytes) = self.ledger.view().letter_bytes(row.letter)? else { return Ok(Sending::NotTaken) };
        if !self.ledger.claim(row.letter, now)? {
            return Ok(Sending::NotTaken);
        }
        let envelope = Envelope { from: row.from_address.clone(), to: vec![row.to_address.clone()] };
        match self.post.send(&envelope, &bytes).await {
            Ok(_) => {
                self.health.post.worked();
                self.ledger.mark(row.letter, Fate::Sent, "taken by the mail server", None, now)?;
                info!(letter = %row.letter, kind = row.kind.name(), "Sent letter {}.", row.letter);
                Ok(Sending::Taken)
            }
            Err(error) => self.not_taken(row, &error, now),
        }
    }

    fn not_taken(&mut self, row: &OutboxRow, error: &PostError, now: DateTime<Utc>) -> Result<Sending, DaemonError> {
        let why = chain(error);
        warn!(letter = %row.letter, "Letter {} did not leave: {why}.", row.letter);
        match error.fate() {
            Fate::Planned => {
                self.ledger.mark(row.letter, Fate::Planned, &why, None, now)?;
                self.health.post.failed(&why, now, pause_after_post(error));
                if matches!(error, PostError::LoginRefused { .. }) {
                    self.health.post.refused_login();
                }
                return Ok(Sending::NoPost);
            }
            Fate::Waiting => match backoff::next_try(row.composed_at, row.attempts.saturating_add(1), now) {
                Some(at) => self.ledger.mark(row.letter, Fate::Waiting, &why, Some(at), now)?,
                None => {
                    let why = format!("refused for five days: {why}");
                    self.ledger.mark(row.letter, Fate::Refused, &why, None, now)?
                }
            },
            fate @ (Fate::InDoubt | Fate::Refused | Fate::GivenUp | Fate::Sent | Fate::Sending) => {
                self.ledger.mark(row.letter, fate, &why, None, now)?
            }
        };
        Ok(Sending::NotTaken)
    }

    /// Looks for letters in doubt, and lets their kind decide when they are not found.
    pub(super) async fn settle_doubts(&mut self, now: DateTime<Utc>) -> Result<(), DaemonError> {
        for row in self.ledger.view().letters_in(Fate::InDoubt)? {
            let in_doubt_for = now - row.fate_since;
            if in_doubt_for < FIRST_LOOK || !self.health.mailbox.may_try(now) {
                continue;
            }
            match self.mailbox.find(&row.message_id).await {
                Ok(Found::InSent | Found::InInbox) => {
                    self.ledger.mark(row.letter, Fate::Sent, "found by its Message-ID", None, now)?;
                }
                Ok(Found::Nowhere) if in_doubt_for >= LAST_LOOK => self.not_found(&row, now)?,
                Ok(Found::Nowhere) => {}
                Err(error) => {
                    warn!(letter = %row.letter, "Could not look for letter {}: {}.", row.letter, chain(&error))
                }
            }
        }
        Ok(())
    }

    fn not_found(&mut self, row: &OutboxRow, now: DateTime<Utc>) -> Result<(), DaemonError> {
        let (fate, why, again) = if row.kind.at_most_once() {
            (Fate::GivenUp, "in doubt and not found; a doubled one would be worse", None)
        } else {
            (Fate::Waiting, "in doubt and not found; goes again under the same Message-ID", Some(now))
        };
        warn!(letter = %row.letter, "Letter {} is {why}.", row.letter);
        self.ledger.mark(row.letter, fate, why, again, now)?;
        Ok(())
    }
}
