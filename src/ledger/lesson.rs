//! What was learned about each person's way of writing.

use super::{
    LedgerError, View,
    column::{Json, all, one, run},
    error::while_doing,
};
use crate::domain::{id::PersonId, lesson::Lessons};
use rusqlite::Connection;

pub(super) const EMPTY: &str = "DELETE FROM lesson";
const ALL: &str = "SELECT person, taught FROM lesson ORDER BY person";
const LOAD: &str = "SELECT taught FROM lesson WHERE person = ?1";
const SAVE: &str = "
    INSERT INTO lesson (person, taught) VALUES (?1, ?2)
    ON CONFLICT (person) DO UPDATE SET taught = excluded.taught";

impl View<'_> {
    /// What the owner's corrections taught about how `person` writes; nothing, for most.
    pub fn lessons(&self, person: PersonId) -> Result<Lessons, LedgerError> {
        load(self.conn, person).map_err(while_doing("look up what was learned of a person"))
    }
}

pub(super) fn all_of(conn: &Connection) -> rusqlite::Result<Vec<(PersonId, Lessons)>> {
    all(conn, ALL, [], |row| Ok((PersonId(row.get("person")?), row.get::<_, Json<_>>("taught")?.0)))
}

pub(super) fn load(conn: &Connection, person: PersonId) -> rusqlite::Result<Lessons> {
    let taught = one(conn, LOAD, [person.0], |row| row.get::<_, Json<_>>("taught"))?;
    Ok(taught.map(|taught| taught.0).unwrap_or_default())
}

pub(super) fn save(conn: &Connection, person: PersonId, lessons: &Lessons) -> rusqlite::Result<()> {
    run(conn, SAVE, (person.0, Json(lessons))).map(|_| ())
}
