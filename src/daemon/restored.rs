//! After a restore: the mailbox is read back to the time of the backup before the owner may let letters leave.
//!
//! New mail comes by the bookmark, as ever. What was put away since the backup is fetched once more, and Sent tells
//! which letters left that the ledger knows nothing of.

use super::{Daemon, DaemonError, digest::read_to_end_at};
use crate::{
    domain::mail::{Mail, Window},
    ledger::{LeftSince, ReadBack, Restored},
    mailbox::{MailboxError, Windows, mime},
};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use tracing::{error, warn};

/// How often the mailbox is read back while letters wait to be resumed.
const AGAIN: TimeDelta = TimeDelta::hours(1);

impl Daemon {
    /// Reads the mailbox back after a round has read all new mail, and again every hour until sending is resumed.
    pub(super) async fn read_back(&mut self, now: DateTime<Utc>) -> Result<(), DaemonError> {
        let Some(restored) = self.ledger.view().restored()? else { return Ok(()) };
        let all_new_is_here = read_to_end_at(self.ledger.view())?.is_some_and(|read| read >= restored.at);
        let is_known = restored.read_back.as_ref().is_some_and(|known| now - known.at < AGAIN);
        if is_known || !all_new_is_here || !self.health.mailbox.may_try(now) {
            return Ok(());
        }
        match self.told_by_mailbox(&restored, now).await? {
            Ok(read_back) => {
                let restored = Restored { read_back: Some(read_back.clone()), ..restored };
                if let Some(letter) = restored.of_another() {
                    error!(at = ?letter.at, "Another handback uses this mailbox: a letter left that is not ours.");
                }
                warn!(
                    left = read_back.left.len(),
                    "The mailbox was read back after a restore: {} letters left that the ledger does not know. \
                     `handback resume` shows what is to be seen.",
                    read_back.left.len()
                );
                self.ledger.note_read_back(read_back, now)?;
            }
            Err(error) => self.deaf(&error, now),
        }
        Ok(())
    }

    async fn told_by_mailbox(
        &mut self,
        restored: &Restored,
        now: DateTime<Utc>,
    ) -> Result<Result<ReadBack, MailboxError>, DaemonError> {
        let since = day_before(restored.backup_of);
        if let Some(folder) = self.mailbox.puts_away_into() {
            match all(self.mailbox.read_since(&folder, since)).await {
                Ok(windows) => {
                    for window in &windows {
                        self.ledger.take_again(window, now)?;
                    }
                    self.work_off(now)?;
                }
                // No mail was put away yet.
                Err(MailboxError::Refused { .. }) => {}
                Err(error) => return Ok(Err(error)),
            }
        }
        let sent = match self.mailbox.folders().await {
            Ok(folders) => folders.sent,
            Err(error) => return Ok(Err(error)),
        };
        let mut read_back = ReadBack { at: now, keeps_sent: sent.is_some(), left: Vec::new() };
        if let Some(sent) = sent {
            match all(self.mailbox.read_since(&sent, since)).await {
                Ok(windows) => {
                    for mail in windows.iter().flat_map(|window| &window.mails) {
                        read_back.left.extend(self.unknown(&mime::decode(&mail.raw))?);
                    }
                }
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(read_back))
    }

    /// A letter of ours of which the ledger knows nothing.
    fn unknown(&self, mail: &Mail) -> Result<Option<LeftSince>, DaemonError> {
        let Some(id) = mail.message_id.as_ref().filter(|id| id.0.starts_with("hb.")) else { return Ok(None) };
        if self.ledger.view().letter_by_message_id(id)?.is_some() {
            return Ok(None);
        }
        let to = mail.to.first().and_then(|party| party.address.as_ref()).map(ToString::to_string);
        let at = mail.date.map(|date| date.to_utc());
        Ok(Some(LeftSince { at, to: to.unwrap_or_default(), subject: mail.subject.clone() }))
    }
}

/// Servers count days in a zone of their own.
fn day_before(at: DateTime<Utc>) -> NaiveDate {
    let day = at.date_naive();
    day.checked_sub_days(Days::new(1)).unwrap_or(day)
}

async fn all(mut windows: Windows) -> Result<Vec<Window>, MailboxError> {
    let mut read = Vec::new();
    while let Some(window) = windows.next().await? {
        read.push(window);
    }
    Ok(read)
}
