//! Reads mails of a batch ahead of their turn, on the processors that the ledger leaves free.
//!
//! Nothing is decided here. A mail is looked at together with its circumstances as they are now; when its turn comes
//! they are looked up again, and where they have changed it is read again. Only mails that are marked in work are
//! read, so that one which ends the whole process is known afterwards.

use super::{
    Rules,
    circumstances::{Circumstances, Letters},
    reading::{Ahead, Known},
};
use crate::{
    domain::{id::InboxId, mail::Mail, token::TokenKey},
    ledger::{InboxRow, LedgerError, View},
    mailbox::mime,
    understanding::machine,
};
use chrono::{DateTime, Utc};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    io,
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
};

/// Mails that are read ahead of the one whose turn it is.
const MAILS: usize = 32;

/// A larger mail, in bytes, is read in its turn: so many of them would fill the memory.
const LARGEST: u64 = 256 * 1024;

/// Helpers are worth their start from this many mails on.
const WORTH_IT: usize = 8;

/// The main thread's usual stack, in bytes: a mail nested deeply should not fare worse here.
const STACK: usize = 8 * 1024 * 1024;

/// The threads that read. They start with the first batch and stay: each keeps tables of its own for every pattern.
#[derive(Debug, Default)]
pub(super) struct Readers {
    table: Arc<Table>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    /// Lays out a batch, to be taken mail by mail in its order.
    pub(super) fn begin<'a>(&'a mut self, rows: &'a [InboxRow]) -> ReadAhead<'a> {
        let worth_it = rows.len() >= WORTH_IT;
        if worth_it && self.threads.is_empty() {
            let processors = thread::available_parallelism().map_or(1, NonZero::get);
            self.threads = (1..processors).map_while(|_| self.start().ok()).collect();
        }
        let rows = if worth_it && !self.threads.is_empty() { rows } else { &[] };
        // A batch that ended in an error may have left some.
        self.table.clear();
        ReadAhead { rows, table: &self.table, given: BTreeSet::new() }
    }

    fn start(&self) -> io::Result<JoinHandle<()>> {
        let table = Arc::clone(&self.table);
        thread::Builder::new().name("reader".to_owned()).stack_size(STACK).spawn(move || table.help())
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.table.close();
        // What a reader stumbled over is told in the mail's turn.
        self.threads.drain(..).for_each(|thread| drop(thread.join()));
    }
}

/// The batch, from the point of view of the ledger's thread.
pub(super) struct ReadAhead<'a> {
    /// Those that were not looked at yet.
    rows: &'a [InboxRow],
    table: &'a Table,
    given: BTreeSet<InboxId>,
}

/// What a mail's turn needs to know.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) content_hash: [u8; 32],
    pub(super) known: Known,
}

impl Parsed {
    /// A mail of which nothing is known but what it looks like by itself.
    pub(super) fn of(mail: Mail) -> Self {
        let verdict = machine::author(&mail);
        Self { content_hash: mime::content_hash(&mail), known: Known { mail, verdict, ahead: None } }
    }
}

impl ReadAhead<'_> {
    /// Hands out the next mails, and returns the one whose turn it is unless that has yet to be read.
    pub(super) fn turn(
        &mut self,
        id: InboxId,
        view: View<'_>,
        rules: &Rules,
        key: &TokenKey,
        now: DateTime<Utc>,
    ) -> Option<Parsed> {
        while self.given.len() < MAILS
            && let Some((row, rest)) = self.rows.split_first()
        {
            self.rows = rest;
            // What goes wrong here goes wrong again in the mail's turn, where it counts.
            if let Ok(Some(job)) = Job::about(row, view, rules, key, now) {
                self.given.insert(row.id);
                self.table.put(job);
            }
        }
        if self.given.remove(&id) { self.table.take(id) } else { None }
    }
}

/// A mail to read, with all that this takes.
#[derive(Debug)]
struct Job {
    id: InboxId,
    mail: Mail,
    /// None where nobody on file wrote it.
    circumstances: Option<Circumstances>,
    letter_words: Option<String>,
}

impl Job {
    fn about(
        row: &InboxRow,
        view: View<'_>,
        rules: &Rules,
        key: &TokenKey,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, LedgerError> {
        if row.size > LARGEST {
            return Ok(None);
        }
        let Some(raw) = view.raw_mail(row.id)?.filter(|raw| !raw.is_empty()) else { return Ok(None) };
        let mail = mime::decode(&raw);
        let (mut circumstances, mut letter_words) = (None, None);
        if let Some(address) = mail.sender().filter(|address| **address != rules.address)
            && let Some(sender) = view.person_by_address(address)?
        {
            let letters = Letters::named_by(&mail, Some(&sender), view, key)?;
            let found = Circumstances::of(&mail, &sender, letters.answered(), view, now)?;
            letter_words = found.letter_words(view)?;
            circumstances = Some(found);
        }
        Ok(Some(Self { id: row.id, mail, circumstances, letter_words }))
    }

    fn read(self) -> Parsed {
        let mut parsed = Parsed::of(self.mail);
        if let Some(circumstances) = self.circumstances {
            let Known { mail, verdict, ahead } = &mut parsed.known;
            let reading = circumstances.read(mail, verdict, self.letter_words.as_deref());
            *ahead = Some(Ahead { circumstances, reading });
        }
        parsed
    }
}

/// Where mails lie to be read, and those that were.
#[derive(Debug, Default)]
struct Table {
    piles: Mutex<Piles>,
    news: Condvar,
}

#[derive(Debug, Default)]
struct Piles {
    unread: VecDeque<Job>,
    /// None where the reader stumbled: the mail is read again in its turn, and whoever stumbles then is blamed.
    read: BTreeMap<InboxId, Option<Parsed>>,
    closed: bool,
}

impl Table {
    fn piles(&self) -> MutexGuard<'_, Piles> {
        self.piles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clear(&self) {
        let mut piles = self.piles();
        piles.unread.clear();
        piles.read.clear();
    }

    fn close(&self) {
        self.piles().closed = true;
        self.news.notify_all();
    }

    fn put(&self, job: Job) {
        self.piles().unread.push_back(job);
        self.news.notify_all();
    }

    /// Takes a mail that was put here, and reads others while somebody still reads that one.
    fn take(&self, id: InboxId) -> Option<Parsed> {
        let mut piles = self.piles();
        loop {
            if let Some(parsed) = piles.read.remove(&id) {
                return parsed;
            }
            piles = match piles.unread.pop_front() {
                Some(job) => self.read(job, piles),
                None => self.wait(piles),
            };
        }
    }

    /// Reads what there is to read until the table is closed.
    fn help(&self) {
        let mut piles = self.piles();
        while !piles.closed {
            piles = match piles.unread.pop_front() {
                Some(job) => self.read(job, piles),
                None => self.wait(piles),
            };
        }
    }

    fn read<'a>(&'a self, job: Job, piles: MutexGuard<'a, Piles>) -> MutexGuard<'a, Piles> {
        self.enter(job.id, || job.read(), piles)
    }

    fn enter<'a>(
        &'a self,
        id: InboxId,
        read: impl FnOnce() -> Parsed,
        piles: MutexGuard<'a, Piles>,
    ) -> MutexGuard<'a, Piles> {
        drop(piles);
        let parsed = catch_unwind(AssertUnwindSafe(read)).ok();
        let mut piles = self.piles();
        piles.read.insert(id, parsed);
        self.news.notify_all();
        piles
    }

    fn wait<'a>(&self, piles: MutexGuard<'a, Piles>) -> MutexGuard<'a, Piles> {
        self.news.wait(piles).unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::MailState;

    fn job(id: i64) -> Job {
        let mail = Mail { subject: id.to_string(), ..Mail::default() };
        Job { id: InboxId(id), mail, circumstances: None, letter_words: None }
    }

    fn row(id: i64) -> InboxRow {
        InboxRow {
            id: InboxId(id),
            folder: "INBOX".to_owned(),
            uid_validity: 1,
            uid: 1,
            blob: String::new(),
            size: 0,
            partial: false,
            taken_at: DateTime::UNIX_EPOCH,
            state: MailState::InWork,
            attempts: 1,
            trouble: String::new(),
            message_id: None,
            content_hash: None,
            released_at: None,
        }
    }

    fn subject(parsed: Option<Parsed>) -> Option<String> {
        parsed.map(|parsed| parsed.known.mail.subject)
    }

    #[test]
    fn whoever_wants_a_mail_that_nobody_has_read_reads_it() {
        let table = Table::default();
        (1..=3).for_each(|id| table.put(job(id)));
        assert_eq!(subject(table.take(InboxId(3))).as_deref(), Some("3"));
        assert_eq!(subject(table.take(InboxId(1))).as_deref(), Some("1"));
    }

    #[test]
    fn a_mail_that_a_reader_stumbles_over_is_left_for_its_turn() {
        let table = Table::default();
        drop(table.enter(InboxId(1), || panic!("stumbled"), table.piles()));
        assert!(table.take(InboxId(1)).is_none());
    }

    #[test]
    fn readers_read_each_mail_once_and_end_with_their_owner() {
        let mut readers = Readers::default();
        let rows: Vec<InboxRow> = (1..=8).map(row).collect();
        for _ in 0..3 {
            let ahead = readers.begin(&rows);
            (1..=8).for_each(|id| ahead.table.put(job(id)));
            (1..=8).for_each(|id| assert_eq!(subject(ahead.table.take(InboxId(id))), Some(id.to_string())));
        }
        drop(readers);
    }
}
