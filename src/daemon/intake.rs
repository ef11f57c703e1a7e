//! From the mailbox into the ledger, then from raw mail to how it ended.
//!
//! Two steps, two transactions. The first takes a whole window of raw mail together with the bookmark, before
//! anything in it is looked at. The second reads each mail and writes down how it ended; doing it again is
//! harmless, because it depends on the row, the ledger and the clock alone.

use super::{Daemon, DaemonError, Rules, reading::open_mail};
use crate::{
    domain::{
        event::Outcome,
        id::PersonId,
        mail::{Fetched, Mail, Window},
        person::{Person, Role},
        task::Task,
    },
    ledger::{InboxRow, LedgerError, Tx, Unconcluded, View},
    mailbox::{Bookmark, MailboxError, NewMail, Start, mime},
    policy::{
        filing::{Office, file},
        token::TokenKey,
    },
    remedy::chain,
};
use chrono::{DateTime, Days, TimeDelta, Utc};
use std::collections::BTreeMap;
use tracing::{debug, info, warn};

/// Mails that are read and concluded in one commit.
const BATCH: u32 = 200;

/// How far back a folder is read again when the server gave all its mails new numbers.
const OVERLAP: Days = Days::new(7);

/// Counts the versions of the reader, so that a statement on record can be told from one read today.
const READER: u32 = 1;

impl Daemon {
    /// Takes all new mail into the ledger and returns how many mails were new. Trouble with the mailbox is recorded
    /// and is no error: the next round tries again.
    pub(super) async fn take_in(&mut self, now: DateTime<Utc>) -> Result<usize, DaemonError> {
        if !self.health.mailbox.may_try(now) {
            return Ok(0);
        }
        let mut windows = self.mailbox.read(self.new_mail(now)?);
        let mut new = 0;
        loop {
            match windows.next().await {
                Ok(Some(window)) => {
                    new += self.take_window(window, now)?;
                    // The next window is on its way while this one is read.
                    self.work_off(now)?;
                }
                Ok(None) => break,
                Err(error) => {
                    self.deaf(&error, now);
                    return Ok(new);
                }
            }
        }
        self.health.mailbox.worked();
        self.retry.succeeded();
        Ok(new)
    }

    /// Takes one window, and what the rules say becomes of its mails in the mailbox.
    fn take_window(&mut self, mut window: Window, now: DateTime<Utc>) -> Result<usize, LedgerError> {
        // A mail that the server will not hand out is a row too: it ends as held, and somebody looks.
        let unreadable = std::mem::take(&mut window.unreadable);
        window.mails.extend(unreadable.into_iter().map(|uid| Fetched {
            uid,
            raw: Vec::new(),
            size: 0,
            partial: true,
        }));
        let taken = self.ledger.take_window(&window, now)?;
        debug!(new = taken.new, known = taken.known, "Took in a window of {} mails.", window.mails.len());
        Ok(taken.new)
    }

    fn new_mail(&self, now: DateTime<Utc>) -> Result<NewMail, LedgerError> {
        let mut bookmarks = BTreeMap::new();
        for mark in self.ledger.view().bookmarks()? {
            bookmarks.insert(mark.folder, Bookmark { uid_validity: mark.uid_validity, last_uid: mark.uid });
        }
        let today = now.date_naive();
        Ok(NewMail {
            bookmarks,
            first: self.rules.since.map_or(Start::AtEnd, Start::Since),
            again_since: today.checked_sub_days(OVERLAP).unwrap_or(today),
        })
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

    /// Reads the mails of a batch that was cut off, one by one.
    pub(super) fn redo_unfinished(&mut self, now: DateTime<Utc>) -> Result<(), DaemonError> {
        let Self { ledger, rules, key, .. } = self;
        let end = ledger.redo_unfinished(now, |tx, row| conclude(tx, row, rules, key, now))?;
        for (mail, why) in end.again.iter().chain(&end.set_aside) {
            warn!(mail = %mail, "Mail {mail} could not be read: {why}.");
        }
        Ok(())
    }

    /// Reads all waiting mails, batch by batch, and returns how many came to their end.
    pub(super) fn work_off(&mut self, now: DateTime<Utc>) -> Result<usize, DaemonError> {
        let mut concluded = 0;
        loop {
            let rows = self.ledger.begin_batch(BATCH, now)?;
            if rows.is_empty() {
                return Ok(concluded);
            }
            let Self { ledger, rules, key, .. } = self;
            let end = ledger.conclude_batch(&rows, now, |tx, row| conclude(tx, row, rules, key, now))?;
            for (mail, why) in end.again.iter().chain(&end.set_aside) {
                warn!(mail = %mail, "Mail {mail} could not be read: {why}.");
            }
            concluded += end.concluded;
        }
    }
}

/// Reads one mail and writes down how it ended and what follows.
fn conclude(
    tx: &Tx<'_>,
    row: &InboxRow,
    rules: &Rules,
    key: &TokenKey,
    now: DateTime<Utc>,
) -> Result<(), Unconcluded> {
    let raw = tx.view().raw_mail(row.id)?.ok_or_else(|| Unconcluded::mail("its bytes are gone"))?;
    if raw.is_empty() {
        let why = "empty, or the mail server would not hand it out";
        tx.conclude(row.id, Outcome::Held, why, None, &[])?;
        return Ok(());
    }
    let mail = mime::decode(&raw);
    tx.set_identity(row.id, mail.message_id.as_ref(), &content_hash_in_hex(&mail))?;
    let opened = open_mail(tx.view(), row, mail, rules, key, now)?;
    let people = tx.view().people()?;
    let tasks = tasks_in_reach(tx.view(), opened.received.sender.as_ref())?;
    let office = Office { people: &people, tasks: &tasks };
    let filing = file(&opened.received, &opened.reading, office, READER, now);
    for event in &filing.events {
        tx.append(event)?;
    }
    for notice in &filing.notices {
        tx.plan(notice)?;
    }
    let sender: Option<PersonId> = opened.received.sender.as_ref().map(|person| person.id);
    tx.conclude(row.id, filing.outcome, &filing.why, sender, &filing.tasks)?;
    info!(mail = %row.id, outcome = %filing.outcome, "Mail {} ended as {}: {}.", row.id, filing.outcome, filing.why);
    Ok(())
}

fn content_hash_in_hex(mail: &Mail) -> String {
    mime::content_hash(mail).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The owner's mail may touch every task, an assistant's only their own.
fn tasks_in_reach(view: View<'_>, sender: Option<&Person>) -> Result<Vec<Task>, LedgerError> {
    match sender {
        Some(Person { role: Role::Owner, .. }) => view.tasks(),
        Some(assistant) => view.tasks_of(assistant.id),
        None => Ok(Vec::new()),
    }
}
