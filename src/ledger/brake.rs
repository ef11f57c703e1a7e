//! Whether all sending is held.

use super::{
    LedgerError, View,
    column::{At, one, run},
    error::while_doing,
};
use chrono::{DateTime, Utc};
use rusqlite::Connection;

pub(super) const EMPTY: &str = "DELETE FROM brake";
const LOAD: &str = "SELECT since, why, by_itself FROM brake";
const SAVE: &str = "
    INSERT INTO brake (id, since, why, by_itself) VALUES (1, ?1, ?2, ?3)
    ON CONFLICT (id) DO UPDATE SET since = excluded.since, why = excluded.why, by_itself = excluded.by_itself";

/// Nothing leaves while this stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brake {
    pub since: DateTime<Utc>,
    pub why: String,
    /// handback stopped itself; the owner may still be told.
    pub by_itself: bool,
}

impl View<'_> {
    /// Since when and why sending is held, while it is.
    pub fn sending_held(&self) -> Result<Option<Brake>, LedgerError> {
        load(self.conn).map_err(while_doing("look whether sending is held"))
    }
}

pub(super) fn load(conn: &Connection) -> rusqlite::Result<Option<Brake>> {
    one(conn, LOAD, [], |row| {
        Ok(Brake { since: row.get::<_, At>("since")?.0, why: row.get("why")?, by_itself: row.get("by_itself")? })
    })
}

pub(super) fn save(conn: &Connection, brake: Option<&Brake>) -> rusqlite::Result<()> {
    match brake {
        Some(Brake { since, why, by_itself }) => run(conn, SAVE, (At(*since), why, by_itself)),
        None => run(conn, EMPTY, []),
    }
    .map(|_| ())
}
