//! Small things under a name, and the numbers that were given last.

use super::{
    Ledger, LedgerError, Tx, View,
    column::{one, run},
    error::while_doing,
};
use crate::domain::{
    event::Fact,
    id::{LetterId, PersonId, TaskId},
};
use chrono::{DateTime, Utc};
use rusqlite::Connection;

const GET: &str = "SELECT value FROM meta WHERE key = ?1";
const SET: &str = "
    INSERT INTO meta (key, value) VALUES (?1, ?2)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value";
const UNSET: &str = "DELETE FROM meta WHERE key = ?1";
const NEXT_NUMBER: &str = "UPDATE counter SET last = last + 1 WHERE name = ?1 RETURNING last";
const RAISE_NUMBER: &str = "UPDATE counter SET last = max(last, ?2) WHERE name = ?1";

const FROZEN_CLOCK: &str = "frozen_clock";

impl View<'_> {
    /// What is kept under `key`: the daemon's last round, since when the mailbox is in trouble.
    pub fn meta(&self, key: &str) -> Result<Option<String>, LedgerError> {
        get(self.conn, key).map_err(while_doing("read a setting of the ledger"))
    }
}

impl Tx<'_> {
    /// Keeps `value` under `key`, or nothing any more.
    pub fn set_meta(&self, key: &str, value: Option<&str>) -> Result<(), LedgerError> {
        set(self.conn, key, value).map_err(while_doing("change a setting of the ledger"))
    }

    /// A number that no task had before.
    pub fn next_task_id(&self) -> Result<TaskId, LedgerError> {
        self.next("task").map(TaskId)
    }

    /// A number that nobody had before; never the owner's.
    pub fn next_person_id(&self) -> Result<PersonId, LedgerError> {
        self.next("person").map(PersonId)
    }

    /// A number that no letter had before.
    pub fn next_letter_id(&self) -> Result<LetterId, LedgerError> {
        self.next("letter").map(LetterId)
    }

    /// Sees to it that no number that `fact` gives is given a second time.
    pub(super) fn take_numbers(&self, fact: &Fact) -> Result<(), LedgerError> {
        let taken = if let Fact::TaskDrafted { task, .. } = fact {
            ("task", task.0)
        } else if let Fact::PersonAdded { person, .. } = fact {
            ("person", person.0)
        } else if let Fact::LetterComposed { letter, .. } = fact {
            ("letter", letter.0)
        } else {
            return Ok(());
        };
        run(self.conn, RAISE_NUMBER, taken).map(|_| ()).map_err(while_doing("take a number"))
    }

    fn next(&self, name: &str) -> Result<u32, LedgerError> {
        one(self.conn, NEXT_NUMBER, [name], |row| row.get(0))
            .map_err(while_doing("take a number"))?
            .ok_or_else(|| LedgerError::NoSuch(format!("counter for the next {name}")))
    }
}

impl Ledger {
    /// The clock that this ledger lives by where it does not live by the machine's.
    pub fn frozen_clock(&self) -> Result<Option<DateTime<Utc>>, LedgerError> {
        let text = self.view().meta(FROZEN_CLOCK)?;
        Ok(text.and_then(|text| text.parse().ok()))
    }

    /// Moves the frozen clock. A ledger that lives by the machine's clock is left alone and says so.
    pub fn set_frozen_clock(&mut self, at: DateTime<Utc>) -> Result<(), LedgerError> {
        self.write(at, |tx| match get(tx.conn, FROZEN_CLOCK).map_err(while_doing("read the ledger's clock"))? {
            Some(_) => freeze(tx.conn, at).map_err(while_doing("move the ledger's clock")),
            None => Err(LedgerError::NoSuch("frozen clock in this ledger, which is not a demo's".to_owned())),
        })
    }
}

pub(super) fn freeze(conn: &Connection, at: DateTime<Utc>) -> rusqlite::Result<()> {
    set(conn, FROZEN_CLOCK, Some(&at.to_rfc3339()))
}

pub(super) fn get(conn: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    one(conn, GET, [key], |row| row.get(0))
}

pub(super) fn set(conn: &Connection, key: &str, value: Option<&str>) -> rusqlite::Result<()> {
    match value {
        Some(value) => run(conn, SET, (key, value)),
        None => run(conn, UNSET, [key]),
    }
    .map(|_| ())
}
