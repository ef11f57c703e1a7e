//! What people ought to hear. A key can be planned once, so a doubled reminder is impossible here, not by care.

use super::{
    LedgerError, Tx, View,
    column::{At, Json, Named, all, one, run},
    error::while_doing,
};
use crate::domain::{
    event::{Cause, Fact, NewEvent},
    id::{InboxId, LetterId, NoticeId, PersonId, TaskId},
    notice::{Notice, NoticeKey},
    words::Words,
};
use chrono::{DateTime, Utc};
use rusqlite::Row;

const PLAN: &str = "
    INSERT INTO notice
        (id, key, task, kind, person, slot, words, mail, not_before, drop_after, planned_at, state, why)
    VALUES
        ((SELECT coalesce(max(id), 0) + 1 FROM notice), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'planned', '')
    ON CONFLICT (key) DO NOTHING";
const BY_ID: &str = "
    SELECT id, task, kind, person, slot, words, mail, not_before, drop_after, planned_at, state, letter, why, ended_at
    FROM notice WHERE id = ?1";
const BY_KEY: &str = "
    SELECT id, task, kind, person, slot, words, mail, not_before, drop_after, planned_at, state, letter, why, ended_at
    FROM notice WHERE key = ?1";
const PLANNED: &str = "
    SELECT id, task, kind, person, slot, words, mail, not_before, drop_after, planned_at, state, letter, why, ended_at
    FROM notice
    WHERE state = 'planned' AND (?1 IS NULL OR person = ?1) AND (?2 IS NULL OR not_before <= ?2)
    ORDER BY not_before, id";
const OF_TASK: &str = "
    SELECT id, task, kind, person, slot, words, mail, not_before, drop_after, planned_at, state, letter, why, ended_at
    FROM notice WHERE task = ?1 ORDER BY id";
const OF_LETTER: &str = "
    SELECT id, task, kind, person, slot, words, mail, not_before, drop_after, planned_at, state, letter, why, ended_at
    FROM notice WHERE letter = ?1 ORDER BY id";
const ENDED_SINCE: &str = "
    SELECT id, task, kind, person, slot, words, mail, not_before, drop_after, planned_at, state, letter, why, ended_at
    FROM notice WHERE state = 'dropped' AND ended_at >= ?1 ORDER BY id";
const NEXT: &str = "SELECT min(not_before) FROM notice WHERE state = 'planned'";
const USE: &str = "
    UPDATE notice SET state = 'used', letter = ?2, ended_at = ?3 WHERE id = ?1 AND state = 'planned'";
const DROP: &str = "
    UPDATE notice SET state = 'dropped', why = ?2, ended_at = ?3 WHERE id = ?1 AND state = 'planned' RETURNING key";
const PUT_OFF: &str = "UPDATE notice SET not_before = ?2 WHERE id = ?1 AND state = 'planned'";

/// A notice with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    pub id: NoticeId,
    pub notice: Notice,
    pub planned_at: DateTime<Utc>,
    pub state: NoticeState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeState {
    Planned,
    /// It became part of a letter.
    Used {
        letter: LetterId,
        at: DateTime<Utc>,
    },
    /// It became stale before its hour.
    Dropped {
        why: String,
        at: DateTime<Utc>,
    },
}

impl View<'_> {
    pub fn notice(&self, id: NoticeId) -> Result<Option<NoticeRow>, LedgerError> {
        one(self.conn, BY_ID, [id.0], read).map_err(while_doing("look up a notice"))
    }

    pub fn notice_by_key(&self, key: &NoticeKey) -> Result<Option<NoticeRow>, LedgerError> {
        one(self.conn, BY_KEY, [key.to_string()], read).map_err(while_doing("look up a notice"))
    }

    /// The planned notices whose hour has come, stale ones included, for one person or for all, in the order of
    /// their hours.
    pub fn due_notices(&self, person: Option<PersonId>, now: DateTime<Utc>) -> Result<Vec<NoticeRow>, LedgerError> {
        all(self.conn, PLANNED, (person.map(|person| person.0), Some(At(now))), read)
            .map_err(while_doing("list the notices that are due"))
    }

    /// All planned notices, in the order of their hours.
    pub fn planned_notices(&self, person: Option<PersonId>) -> Result<Vec<NoticeRow>, LedgerError> {
        all(self.conn, PLANNED, (person.map(|person| person.0), None::<At>), read)
            .map_err(while_doing("list the planned notices"))
    }

    /// Every notice about a task, whatever became of it.
    pub fn notices_of(&self, task: TaskId) -> Result<Vec<NoticeRow>, LedgerError> {
        all(self.conn, OF_TASK, [task.0], read).map_err(while_doing("list a task's notices"))
    }

    /// The notices that a letter was composed from.
    pub fn notices_in(&self, letter: LetterId) -> Result<Vec<NoticeRow>, LedgerError> {
        all(self.conn, OF_LETTER, [letter.0], read).map_err(while_doing("list a letter's notices"))
    }

    /// The notices dropped at `since` or later, for the digest to list.
    pub fn notices_dropped(&self, since: DateTime<Utc>) -> Result<Vec<NoticeRow>, LedgerError> {
        all(self.conn, ENDED_SINCE, [At(since)], read).map_err(while_doing("list the dropped notices"))
    }

    /// When the hour of the next notice comes.
    pub fn next_notice_at(&self) -> Result<Option<DateTime<Utc>>, LedgerError> {
        let next = one(self.conn, NEXT, [], |row| row.get::<_, Option<At>>(0))
            .map_err(while_doing("look up the next notice"))?;
        Ok(next.flatten().map(|at| at.0))
    }
}

impl Tx<'_> {
    /// Plans a notice. False where its key was planned before, whatever became of it.
    pub fn plan(&self, notice: &Notice) -> Result<bool, LedgerError> {
        let Notice { key, words, mail, not_before, drop_after } = notice;
        let row = (
            key.to_string(),
            key.task.map(|task| task.0),
            Named(key.kind),
            key.person.0,
            Json(&key.slot),
            words.as_ref().map(Words::as_str),
            mail.map(|mail| mail.0),
            At(*not_before),
            drop_after.map(At),
            At(self.now),
        );
        run(self.conn, PLAN, row).map(|planned| planned > 0).map_err(while_doing("plan a notice"))
    }

    /// Drops a planned notice and records why. False where it was used or dropped before.
    pub fn drop_notice(&self, id: NoticeId, why: &str) -> Result<bool, LedgerError> {
        let dropped: Option<String> = one(self.conn, DROP, (id.0, why, At(self.now)), |row| row.get(0))
            .map_err(while_doing("drop a notice"))?;
        let Some(key) = dropped else { return Ok(false) };
        let fact = Fact::NoticeDropped { key, why: why.to_owned() };
        self.append(&NewEvent { cause: Cause::Timer, fact })?;
        Ok(true)
    }

    /// Lets a planned notice wait for another hour. False where it was used or dropped before.
    pub fn put_off(&self, id: NoticeId, not_before: DateTime<Utc>) -> Result<bool, LedgerError> {
        run(self.conn, PUT_OFF, (id.0, At(not_before)))
            .map(|moved| moved > 0)
            .map_err(while_doing("put off a notice"))
    }

    /// Marks a planned notice as part of a letter.
    pub(super) fn use_notice(&self, id: NoticeId, letter: LetterId) -> Result<(), LedgerError> {
        match run(self.conn, USE, (id.0, letter.0, At(self.now))).map_err(while_doing("use a notice"))? {
            0 => Err(LedgerError::Spent(format!("notice {id}"))),
            _ => Ok(()),
        }
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<NoticeRow> {
    Ok(NoticeRow {
        id: NoticeId(row.get("id")?),
        notice: Notice {
            key: NoticeKey {
                task: row.get::<_, Option<u32>>("task")?.map(TaskId),
                kind: row.get::<_, Named<_>>("kind")?.0,
                person: PersonId(row.get("person")?),
                slot: row.get::<_, Json<_>>("slot")?.0,
            },
            words: row.get::<_, Option<String>>("words")?.map(Words::from),
            mail: row.get::<_, Option<i64>>("mail")?.map(InboxId),
            not_before: row.get::<_, At>("not_before")?.0,
            drop_after: row.get::<_, Option<At>>("drop_after")?.map(|at| at.0),
        },
        planned_at: row.get::<_, At>("planned_at")?.0,
        state: read_state(row)?,
    })
}

fn read_state(row: &Row<'_>) -> rusqlite::Result<NoticeState> {
    let (letter, ended): (Option<u32>, Option<At>) = (row.get("letter")?, row.get("ended_at")?);
    Ok(match (letter, ended) {
        (Some(letter), Some(at)) => NoticeState::Used { letter: LetterId(letter), at: at.0 },
        (None, Some(at)) => NoticeState::Dropped { why: row.get("why")?, at: at.0 },
        (_, None) => NoticeState::Planned,
    })
}
