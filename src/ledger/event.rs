//! The record: facts are written at its end, hashed as stored, and read in order.

use super::{
    LedgerError, Tx, View, chain,
    chain::{Hash, Head},
    column::{At, run},
    error::while_doing,
    projection, words,
    words::Found,
};
use crate::domain::{
    event::{Cause, Event, Fact, NewEvent},
    id::{EventId, InboxId, TaskId},
};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Params, Row};
use serde::{Deserialize, Serialize};
use serde_json::Value;

const APPEND: &str = "
    INSERT INTO event (id, at, task, mail, payload, prev, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const ALL: &str = "SELECT id, at, task, mail, payload, prev, hash FROM event ORDER BY id";
const FROM: &str = "SELECT id, at, task, mail, payload, prev, hash FROM event WHERE id >= ?1 ORDER BY id";
const SINCE: &str = "
    SELECT id, at, task, mail, payload, prev, hash FROM event INDEXED BY event_at WHERE at >= ?1 ORDER BY id";
const OF_TASK: &str = "SELECT id, at, task, mail, payload, prev, hash FROM event WHERE task = ?1 ORDER BY id";
const OF_MAIL: &str = "SELECT id, at, task, mail, payload, prev, hash FROM event WHERE mail = ?1 ORDER BY id";

/// The version of the payload's form. What a form once meant it means for ever.
const FORM: u32 = 1;

/// Which events to read; always the oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Events {
    All,
    /// The one named and all after it.
    From(EventId),
    /// Those written at that time or later.
    Since(DateTime<Utc>),
    OfTask(TaskId),
    /// What a received mail led to.
    OfMail(InboxId),
}

/// A payload as it is read.
#[derive(Deserialize)]
struct Envelope {
    v: u32,
    cause: Cause,
    fact: Fact,
}

/// A payload as it is written.
#[derive(Serialize)]
struct Sealed<'a> {
    v: u32,
    cause: &'a Cause,
    fact: &'a Fact,
}

impl Tx<'_> {
    /// Writes one fact at the end of the record and brings what stands on it up to date. A fact about a task or a
    /// person that does not exist is refused, and so is a number that is given twice.
    pub fn append(&self, event: &NewEvent) -> Result<EventId, LedgerError> {
        let mut tables = projection::Tables::of(self.conn, self.parsed);
        let head = self.append_after(self.head()?, event, &mut tables);
        tables.put_back()?;
        head.map(|head| EventId(head.count))
    }

    /// Writes facts one after the other, as [`Tx::append`] does each. A task that several of them are about is looked
    /// up and kept once. Where one is refused, those before it stand.
    pub fn append_all(&self, events: &[NewEvent]) -> Result<(), LedgerError> {
        if events.is_empty() {
            return Ok(());
        }
        let mut tables = projection::Tables::of(self.conn, self.parsed);
        let written = events.iter().try_fold(self.head()?, |head, event| self.append_after(head, event, &mut tables));
        tables.put_back()?;
        written.map(|_| ())
    }

    fn head(&self) -> Result<Head, LedgerError> {
        chain::head(self.conn).map_err(while_doing("write an event"))
    }

    /// Writes one fact behind `head` and returns the new head.
    fn append_after(
        &self,
        head: Head,
        event: &NewEvent,
        tables: &mut projection::Tables<'_>,
    ) -> Result<Head, LedgerError> {
        let doing = while_doing("write an event");
        let id = EventId(head.count.saturating_add(1));
        tables.follow(&event.fact, self.now)?;
        self.take_numbers(&event.fact)?;

        let sealed = Sealed { v: FORM, cause: &event.cause, fact: &event.fact };
        let mut payload = serde_json::to_value(sealed).map_err(LedgerError::Unwritable)?;
        let taken = words::take_out(self.conn, &mut payload).map_err(doing)?;
        let payload = payload.to_string();
        let hash = chain::link(&head.hash, id, self.now, &payload);
        let (task, mail) = (event.fact.task().map(|task| task.0), event.cause.mail().map(|mail| mail.0));
        run(self.conn, APPEND, (id.0, At(self.now), task, mail, payload, head.hash, hash)).map_err(doing)?;
        words::store(self.conn, id, &taken).map_err(doing)?;
        Ok(Head { count: id.0, hash })
    }
}

impl View<'_> {
    /// Hands each event to `see`, one at a time, so that a long record stays cheap. An error of `see` ends it.
    pub fn each_event<E: From<LedgerError>>(
        &self,
        which: Events,
        mut see: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        each_stored(self.conn, which, |stored| see(stored.read(self.conn, &mut |_, _| {})?))
    }

    /// The events as a list, for those of one task or mail or the last few.
    pub fn events(&self, which: Events) -> Result<Vec<Event>, LedgerError> {
        let mut events = Vec::new();
        self.each_event(which, |event| {
            events.push(event);
            Ok::<_, LedgerError>(())
        })?;
        Ok(events)
    }
}

/// An event as its row holds it.
pub(super) struct Stored {
    pub(super) id: EventId,
    pub(super) at: DateTime<Utc>,
    pub(super) task: Option<TaskId>,
    pub(super) mail: Option<InboxId>,
    pub(super) payload: String,
    pub(super) prev: Hash,
    pub(super) hash: Hash,
}

impl Stored {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: EventId(row.get("id")?),
            at: row.get::<_, At>("at")?.0,
            task: row.get::<_, Option<u32>>("task")?.map(TaskId),
            mail: row.get::<_, Option<i64>>("mail")?.map(InboxId),
            payload: row.get("payload")?,
            prev: row.get("prev")?,
            hash: row.get("hash")?,
        })
    }

    /// Puts the words back in; `see` is told what was found behind each reference.
    pub(super) fn read(self, conn: &Connection, see: &mut impl FnMut(i64, Found)) -> Result<Event, LedgerError> {
        let unreadable = |source| LedgerError::Unreadable { event: self.id, source };
        let mut value: Value = serde_json::from_str(&self.payload).map_err(unreadable)?;
        words::put_back(conn, &mut value, see).map_err(while_doing("read an event's words"))?;
        let Envelope { v, cause, fact } = serde_json::from_value(value).map_err(unreadable)?;
        if v != FORM {
            return Err(unreadable(serde::de::Error::custom(format!("its form {v} is not known"))));
        }
        Ok(Event { id: self.id, at: self.at, cause, fact })
    }
}

pub(super) fn each_stored<E: From<LedgerError>>(
    conn: &Connection,
    which: Events,
    see: impl FnMut(Stored) -> Result<(), E>,
) -> Result<(), E> {
    match which {
        Events::All => each(conn, ALL, [], see),
        Events::From(first) => each(conn, FROM, [first.0], see),
        Events::Since(at) => each(conn, SINCE, [At(at)], see),
        Events::OfTask(task) => each(conn, OF_TASK, [task.0], see),
        Events::OfMail(mail) => each(conn, OF_MAIL, [mail.0], see),
    }
}

fn each<E: From<LedgerError>>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    mut see: impl FnMut(Stored) -> Result<(), E>,
) -> Result<(), E> {
    let doing = while_doing("read the events");
    let mut statement = conn.prepare_cached(sql).map_err(doing)?;
    let mut rows = statement.query(params).map_err(doing)?;
    while let Some(row) = rows.next().map_err(doing)? {
        see(Stored::from_row(row).map_err(doing)?)?;
    }
    Ok(())
}
