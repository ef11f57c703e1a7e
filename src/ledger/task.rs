//! Tasks, as their events leave them. What is asked for often has a column; the whole stands beside as JSON.

use super::{
    LedgerError, View,
    column::{At, Json, Named, all, one, run, to_stored_precision},
    error::while_doing,
    parsed::Parsed,
};
use crate::domain::{
    id::{PersonId, TaskId},
    task::{Stage, Task},
};
use rusqlite::{Connection, Error, Row};

pub(super) const EMPTY: &str = "DELETE FROM task";
const ALL: &str = "SELECT state FROM task ORDER BY id";
const ANY: &str = "SELECT 1 FROM task LIMIT 1";
const COLUMNS: &str = "SELECT assistant, stage, due_at, stage_since, state FROM task ORDER BY id";
const BY_ID: &str = "SELECT state FROM task WHERE id = ?1";
/// The stages that `Task::is_open` names.
const OPEN: &str = "
    SELECT state FROM task WHERE stage IN ('handed_over', 'confirmed', 'handed_back', 'declined') ORDER BY id";
const OF_PERSON: &str = "SELECT state FROM task WHERE assistant = ?1 ORDER BY id";
/// Most facts leave assistant and stage as they are, and so the indexes over them.
const SAVE_WITHIN_STAGE: &str = "
    UPDATE task SET due_at = ?4, stage_since = ?5, state = ?6 WHERE id = ?1 AND assistant = ?2 AND stage = ?3";
const SAVE: &str = "
    INSERT INTO task (id, assistant, stage, due_at, stage_since, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (id) DO UPDATE SET
        assistant = excluded.assistant, stage = excluded.stage, due_at = excluded.due_at,
        stage_since = excluded.stage_since, state = excluded.state";

impl View<'_> {
    pub fn task(&self, id: TaskId) -> Result<Option<Task>, LedgerError> {
        load(self.conn, self.parsed, id).map_err(while_doing("look up a task"))
    }

    pub fn tasks(&self) -> Result<Vec<Task>, LedgerError> {
        all_of(self.conn).map_err(while_doing("list the tasks"))
    }

    /// Whether there ever was a task.
    pub fn has_tasks(&self) -> Result<bool, LedgerError> {
        one(self.conn, ANY, [], |_| Ok(())).map(|any| any.is_some()).map_err(while_doing("look for tasks"))
    }

    /// The tasks that still want something of somebody.
    pub fn open_tasks(&self) -> Result<Vec<Task>, LedgerError> {
        all(self.conn, OPEN, [], read).map_err(while_doing("list the open tasks"))
    }

    /// The tasks of one assistant, whatever their stage.
    pub fn tasks_of(&self, person: PersonId) -> Result<Vec<Task>, LedgerError> {
        all(self.conn, OF_PERSON, [person.0], read).map_err(while_doing("list a person's tasks"))
    }
}

pub(super) fn all_of(conn: &Connection) -> rusqlite::Result<Vec<Task>> {
    all(conn, ALL, [], read)
}

/// The first task whose columns say something else than its state.
pub(super) fn drifted(conn: &Connection) -> rusqlite::Result<Option<TaskId>> {
    let rows = all(conn, COLUMNS, [], |row| {
        let stage: Named<Stage> = row.get("stage")?;
        let (due_at, stage_since): (At, At) = (row.get("due_at")?, row.get("stage_since")?);
        Ok((read(row)?, (row.get("assistant").map(PersonId)?, stage.0, due_at.0, stage_since.0)))
    })?;
    let strays = rows.into_iter().filter(|(task, columns)| {
        let Task { assistant, stage, due, stage_since, .. } = task;
        *columns != (*assistant, *stage, to_stored_precision(due.by.at), to_stored_precision(*stage_since))
    });
    Ok(strays.map(|(task, _)| task.id).next())
}

pub(super) fn load(conn: &Connection, parsed: &Parsed, id: TaskId) -> rusqlite::Result<Option<Task>> {
    one(conn, BY_ID, [id.0], |row| Ok(parsed.tasks.value(id, row.get_ref("state")?.as_str()?)?))
}

pub(super) fn save(conn: &Connection, task: &Task) -> rusqlite::Result<()> {
    let state = serde_json::to_string(task).map_err(|error| Error::ToSqlConversionFailure(error.into()))?;
    let row = || {
        let (due_at, stage_since) = (At(task.due.by.at), At(task.stage_since));
        (task.id.0, task.assistant.0, Named(task.stage), due_at, stage_since, &state)
    };
    if run(conn, SAVE_WITHIN_STAGE, row())? == 0 {
        run(conn, SAVE, row())?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Task> {
    Ok(row.get::<_, Json<_>>("state")?.0)
}
