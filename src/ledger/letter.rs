//! The letters on record: to whom, about what, and how they ended. Their bytes are in the outbox.

use super::{
    LedgerError, Tx, View,
    column::{At, Named, all, one, run},
    error::while_doing,
};
use crate::domain::{
    id::{LetterId, MessageId, PersonId, TaskId},
    letter::Fate,
    notice::NoticeKind,
};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Params, Row};

pub(super) const EMPTY: &str = "DELETE FROM letter";
pub(super) const EMPTY_TASKS: &str = "DELETE FROM letter_task";
const ALL: &str = "
    SELECT id, kind, person, message_id, composed_at, fate, why, fate_since FROM letter ORDER BY id";
const BY_ID: &str = "
    SELECT id, kind, person, message_id, composed_at, fate, why, fate_since FROM letter WHERE id = ?1";
const BY_MESSAGE_ID: &str = "
    SELECT id, kind, person, message_id, composed_at, fate, why, fate_since FROM letter
    WHERE id = (SELECT min(id) FROM (
        SELECT id FROM letter WHERE message_id = ?1
        UNION ALL SELECT letter FROM letter_alias WHERE message_id = ?1))";
const OF_TASK: &str = "
    SELECT id, kind, person, message_id, composed_at, fate, why, fate_since FROM letter
    WHERE id IN (SELECT letter FROM letter_task WHERE task = ?1) ORDER BY id";
const TO_PERSON: &str = "
    SELECT id, kind, person, message_id, composed_at, fate, why, fate_since FROM letter
    WHERE person = ?1 AND composed_at >= ?2 ORDER BY id";
const LAST_SENT: &str = "
    SELECT max(letter.fate_since) FROM letter_task AS line CROSS JOIN letter ON letter.id = line.letter
    WHERE line.task = ?1 AND letter.person = ?2 AND letter.fate = 'sent'";
const TASKS: &str = "SELECT task FROM letter_task WHERE letter = ?1 ORDER BY line";
/// Letters about one task alone: one on several tasks opens no thread of any of them.
const THREAD: &str = "
    SELECT letter.message_id FROM letter_task AS line CROSS JOIN letter ON letter.id = line.letter
    WHERE line.task = ?1 AND letter.person = ?2
        AND NOT EXISTS (SELECT 1 FROM letter_task AS other WHERE other.letter = letter.id AND other.task <> ?1)
    ORDER BY letter.id";
const SAVE: &str = "
    INSERT INTO letter (id, kind, person, message_id, composed_at, fate, why, fate_since)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT (id) DO UPDATE SET fate = excluded.fate, why = excluded.why, fate_since = excluded.fate_since";
const SAVE_TASK: &str = "
    INSERT INTO letter_task (letter, line, task) VALUES (?1, ?2, ?3) ON CONFLICT (letter, line) DO NOTHING";
const ALIAS: &str = "
    INSERT INTO letter_alias (message_id, letter, seen_at) VALUES (?1, ?2, ?3) ON CONFLICT (message_id) DO NOTHING";

/// What the record says about one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRecord {
    pub id: LetterId,
    pub kind: NoticeKind,
    pub to: PersonId,
    /// In the order of the letter's numbered lines.
    pub tasks: Vec<TaskId>,
    pub message_id: MessageId,
    pub composed_at: DateTime<Utc>,
    /// Planned until it ends or is in doubt; the steps between are the outbox's.
    pub fate: Fate,
    pub why: String,
    pub fate_since: DateTime<Utc>,
}

impl LetterRecord {
    /// A letter as composing it leaves it.
    pub(super) fn composed(
        id: LetterId,
        kind: NoticeKind,
        to: PersonId,
        tasks: &[TaskId],
        message_id: &MessageId,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            kind,
            to,
            tasks: tasks.to_vec(),
            message_id: message_id.clone(),
            composed_at: at,
            fate: Fate::Planned,
            why: String::new(),
            fate_since: at,
        }
    }
}

impl View<'_> {
    pub fn letter(&self, id: LetterId) -> Result<Option<LetterRecord>, LedgerError> {
        load(self.conn, id).map_err(while_doing("look up a letter"))
    }

    /// The letter that was sent under this Message-ID, or is known to have been given it on its way.
    pub fn letter_by_message_id(&self, id: &MessageId) -> Result<Option<LetterRecord>, LedgerError> {
        let found = some_of(self.conn, BY_MESSAGE_ID, [&id.0]).map_err(while_doing("look up a Message-ID"))?;
        Ok(found.into_iter().next())
    }

    pub fn letters_of(&self, task: TaskId) -> Result<Vec<LetterRecord>, LedgerError> {
        some_of(self.conn, OF_TASK, [task.0]).map_err(while_doing("list a task's letters"))
    }

    /// When the last letter about a task left for a person.
    pub fn last_sent(&self, task: TaskId, person: PersonId) -> Result<Option<DateTime<Utc>>, LedgerError> {
        let last = one(self.conn, LAST_SENT, (task.0, person.0), |row| row.get::<_, Option<At>>(0))
            .map_err(while_doing("look up a task's last letter"))?;
        Ok(last.flatten().map(|at| at.0))
    }

    /// The letters composed for a person at `since` or later, for counting against hours and days.
    pub fn letters_to(&self, person: PersonId, since: DateTime<Utc>) -> Result<Vec<LetterRecord>, LedgerError> {
        some_of(self.conn, TO_PERSON, (person.0, At(since))).map_err(while_doing("list a person's letters"))
    }

    /// The Message-IDs of all letters to a person on this task alone, the first first: what the next one refers to.
    pub fn thread(&self, task: TaskId, person: PersonId) -> Result<Vec<MessageId>, LedgerError> {
        all(self.conn, THREAD, (task.0, person.0), |row| row.get(0).map(MessageId))
            .map_err(while_doing("look up a thread"))
    }
}

impl Tx<'_> {
    /// Records that a letter is also known under another Message-ID, which a relay gave it.
    pub fn alias(&self, letter: LetterId, other: &MessageId) -> Result<(), LedgerError> {
        run(self.conn, ALIAS, (&other.0, letter.0, At(self.now)))
            .map(|_| ())
            .map_err(while_doing("keep another Message-ID of a letter"))
    }
}

pub(super) fn all_of(conn: &Connection) -> rusqlite::Result<Vec<LetterRecord>> {
    some_of(conn, ALL, [])
}

pub(super) fn load(conn: &Connection, id: LetterId) -> rusqlite::Result<Option<LetterRecord>> {
    Ok(some_of(conn, BY_ID, [id.0])?.into_iter().next())
}

pub(super) fn save(conn: &Connection, letter: &LetterRecord) -> rusqlite::Result<()> {
    let LetterRecord { id, kind, to, tasks, message_id, composed_at, fate, why, fate_since } = letter;
    let (composed_at, fate_since) = (At(*composed_at), At(*fate_since));
    run(conn, SAVE, (id.0, Named(kind), to.0, &message_id.0, composed_at, Named(fate), why, fate_since))?;
    for (line, task) in (1_i64..).zip(tasks) {
        run(conn, SAVE_TASK, (id.0, line, task.0))?;
    }
    Ok(())
}

fn some_of(conn: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<Vec<LetterRecord>> {
    let mut letters = all(conn, sql, params, read)?;
    for letter in &mut letters {
        letter.tasks = all(conn, TASKS, [letter.id.0], |row| row.get(0).map(TaskId))?;
    }
    Ok(letters)
}

fn read(row: &Row<'_>) -> rusqlite::Result<LetterRecord> {
    Ok(LetterRecord {
        id: LetterId(row.get("id")?),
        kind: row.get::<_, Named<_>>("kind")?.0,
        to: PersonId(row.get("person")?),
        tasks: Vec::new(),
        message_id: MessageId(row.get("message_id")?),
        composed_at: row.get::<_, At>("composed_at")?.0,
        fate: row.get::<_, Named<_>>("fate")?.0,
        why: row.get("why")?,
        fate_since: row.get::<_, At>("fate_since")?.0,
    })
}
