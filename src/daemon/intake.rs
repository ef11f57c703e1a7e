//! From the mailbox into the ledger: whole windows of raw mail together with the bookmark, before anything in them
//! is looked at. `work` does the second step.

use super::{Daemon, DaemonError};
use crate::{
    domain::{
        id::PersonId,
        mail::{Fetched, Window},
    },
    ledger::{self, LedgerError},
    mailbox::{Bookmark, MailboxError, NewMail, Overlap, Start, Windows},
    remedy::chain,
};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use std::collections::{BTreeMap, HashSet};
use tracing::{debug, warn};

/// How far back a folder is read again when the server gave all its mails new numbers, and how far back late mails
/// are looked for.
const OVERLAP: Days = Days::new(7);

/// How often late mails are looked for: those that turn up below the bookmark.
const LOOK_FOR_LATE: TimeDelta = TimeDelta::hours(1);

/// Mails of one folder that the ledger has now.
struct Stored {
    folder: String,
    uid_validity: u32,
    uids: Vec<u32>,
}

impl Daemon {
    /// Takes all new mail into the ledger and returns how many mails were new. Trouble with the mailbox is recorded
    /// and is no error: the next round tries again.
    pub(super) async fn take_in(&mut self, now: DateTime<Utc>) -> Result<usize, DaemonError> {
        if !self.health.mailbox.may_try(now) {
            return Ok(0);
        }
        let mut stored = Vec::new();
        let windows = self.mailbox.read(self.new_mail(now)?);
        let mut read = self.take_all(windows, &mut stored, now).await?;
        if self.looked_for_late_at.is_none_or(|at| now - at >= LOOK_FOR_LATE) {
            for mark in self.ledger.view().bookmarks()? {
                let overlap = self.overlap(&mark, now)?;
                let late = self.mailbox.read_late(overlap);
                read = read.and(self.take_all(late, &mut stored, now).await?);
            }
            self.looked_for_late_at = Some(now);
        }
        for done in &stored {
            read = read.and(self.mailbox.settle(&done.folder, done.uid_validity, &done.uids).await);
        }
        match read {
            Ok(()) => {
                self.health.mailbox.worked();
                self.retry.succeeded();
            }
            Err(error) => self.deaf(&error, now),
        }
        Ok(stored.iter().map(|stored| stored.uids.len()).sum())
    }

    /// Takes window after window; the next is on its way while the mails of this one are read.
    async fn take_all(
        &mut self,
        mut windows: Windows,
        stored: &mut Vec<Stored>,
        now: DateTime<Utc>,
    ) -> Result<Result<(), MailboxError>, DaemonError> {
        while !self.stopping.wanted() {
            match windows.next().await {
                Ok(Some(window)) => {
                    let window = with_unreadable(window);
                    let taken = self.ledger.take_window(&window, now)?;
                    debug!(new = taken.new, known = taken.known, "Took in {} mails.", window.mails.len());
                    self.work_off(now)?;
                    stored.push(Stored {
                        uids: window.mails.iter().map(|mail| mail.uid).collect(),
                        folder: window.folder,
                        uid_validity: window.uid_validity,
                    });
                }
                Ok(None) => return Ok(Ok(())),
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(()))
    }

    fn new_mail(&self, now: DateTime<Utc>) -> Result<NewMail, LedgerError> {
        let mut bookmarks = BTreeMap::new();
        for mark in self.ledger.view().bookmarks()? {
            bookmarks.insert(mark.folder, Bookmark { uid_validity: mark.uid_validity, last_uid: mark.uid });
        }
        let first = self.rules.since.map_or(Start::AtEnd, Start::Since);
        Ok(NewMail { bookmarks, first, again_since: self.some_days_back(now)? })
    }

    fn overlap(&self, mark: &ledger::Bookmark, now: DateTime<Utc>) -> Result<Overlap, LedgerError> {
        let known = self.ledger.view().uids_taken(&mark.folder, mark.uid_validity)?;
        Ok(Overlap {
            folder: mark.folder.clone(),
            bookmark: Bookmark { uid_validity: mark.uid_validity, last_uid: mark.uid },
            above: mark.began_uid,
            since: self.some_days_back(now)?,
            known: HashSet::from_iter(known),
        })
    }

    /// Some days back, but never before handback began: older mail is none of its business.
    fn some_days_back(&self, now: DateTime<Utc>) -> Result<NaiveDate, LedgerError> {
        let today = now.date_naive();
        let back = today.checked_sub_days(OVERLAP).unwrap_or(today);
        let owner = self.ledger.view().person(PersonId::OWNER)?;
        let began = owner.map_or(today, |owner| owner.added_at.date_naive());
        Ok(back.max(self.rules.since.map_or(began, |since| since.min(began))))
    }

    pub(super) fn deaf(&mut self, error: &MailboxError, now: DateTime<Utc>) {
        let pause = self.retry.pause_after(error);
        warn!("Could not read the mailbox: {}. Trying again in {} s.", chain(error), pause.as_secs());
        let pause = TimeDelta::from_std(pause).unwrap_or(TimeDelta::minutes(30));
        self.health.mailbox.failed(&chain(error), now, pause);
        if matches!(error, MailboxError::LoginRefused { .. }) {
            self.health.mailbox.refused_login();
        }
    }
}

/// A mail that the server will not hand out is a row too: it ends as held, and somebody looks.
fn with_unreadable(mut window: Window) -> Window {
    let unreadable = std::mem::take(&mut window.unreadable);
    let rows = unreadable.into_iter().map(|uid| Fetched { uid, raw: Vec::new(), size: 0, partial: true });
    window.mails.extend(rows);
    window
}
