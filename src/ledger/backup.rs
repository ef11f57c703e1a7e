//! A backup: one file with the whole ledger, and the files without which it is of no use.
//!
//! It says of itself that it is none of our ledgers, so that nobody puts it in place by hand and sends yesterday's
//! letters once more: [`Backup::put_into`] marks the ledger as put back.

use super::{
    Ledger, LedgerError, Verdict, View,
    chain::Head,
    column::{one, run},
    copy::{self, UNFINISHED, Unfinished},
    error::while_doing,
    meta,
    migration::{self, MIGRATIONS},
    open::{self, APPLICATION_ID, BACKUP_ID, Opening},
    parsed::Parsed,
    projection,
    verify::verify,
};
use crate::domain::id::LetterId;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Files beside the ledger, under the names that they have there.
const MAKE_ROOM: &str = "
    CREATE TABLE beside (
        name  TEXT NOT NULL PRIMARY KEY,
        bytes BLOB NOT NULL
    ) STRICT, WITHOUT ROWID";
const PUT: &str = "INSERT INTO beside (name, bytes) VALUES (?1, ?2)";
const GET: &str = "SELECT bytes FROM beside WHERE name = ?1";
const TAKE_OUT: &str = "DROP TABLE beside";

/// The file is new, and is thrown away unless all of it was written: it needs no journal to go back by.
const NO_WAY_BACK: &str = "PRAGMA journal_mode = MEMORY";

const MADE_AT: &str = "backed_up_at";

/// What a backup holds, for the one who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    pub head: Head,
    /// Whether the file of a backup that was cut off was there, and was replaced.
    pub replaced_unfinished: bool,
}

impl Ledger {
    /// Writes the whole ledger and the files `beside` it into a new file at `path`, readable by its owner alone, while
    /// others go on writing. What is written is verified before it gets its name.
    pub fn back_up(
        &self,
        path: &Path,
        beside: &[(&str, &[u8])],
        now: DateTime<Utc>,
    ) -> Result<BackedUp, LedgerError> {
        let unfinished = Unfinished::begin(path)?;
        copy::pour(&self.conn, &unfinished.path)?;
        let head = seal(&unfinished.path, beside, now)?;
        let replaced_unfinished = unfinished.replaced;
        unfinished.finish()?;
        Ok(BackedUp { head, replaced_unfinished })
    }
}

fn seal(path: &Path, beside: &[(&str, &[u8])], now: DateTime<Utc>) -> Result<Head, LedgerError> {
    let doing = while_doing("write the backup");
    let conn = open::connect(path, Opening::Command)?;
    conn.pragma_update_and_check(None, "journal_mode", "memory", |_| Ok(())).map_err(doing)?;
    let head = sound(&conn)?;
    conn.execute_batch(MAKE_ROOM).map_err(doing)?;
    for file in beside {
        run(&conn, PUT, *file).map_err(doing)?;
    }
    meta::set(&conn, MADE_AT, Some(&now.to_rfc3339())).map_err(doing)?;
    conn.pragma_update(None, "application_id", BACKUP_ID).map_err(doing)?;
    conn.close().map_err(|(_, error)| doing(error))?;
    Ok(head)
}

fn sound(conn: &Connection) -> Result<Head, LedgerError> {
    match verify(conn, None)? {
        Verdict::Sound { head, .. } => Ok(head),
        Verdict::FileDamaged { what } | Verdict::TablesDiffer { what } => Err(LedgerError::NotSound { what }),
        Verdict::Broken { event, why } => Err(LedgerError::NotSound { what: format!("event {event}: {why}") }),
        Verdict::HeadUnknown { head } => Err(LedgerError::NotSound { what: format!("no event has the head {head}") }),
    }
}

/// A backup that was found to be whole.
#[derive(Debug)]
pub struct Backup {
    conn: Connection,
    pub made_at: DateTime<Utc>,
    pub head: Head,
}

impl Backup {
    /// Opens a backup and verifies all of it. Changes nothing.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let none = |why| LedgerError::NotABackup { path: path.to_owned(), why };
        if path.to_string_lossy().ends_with(UNFINISHED) {
            return Err(none("it was cut off while it was made (delete it; the one before it is whole)"));
        }
        if !path.is_file() {
            return Err(none("there is no such file"));
        }
        let doing = while_doing("open the backup");
        let conn = open::connect(path, Opening::ReadOnly)?;
        match conn.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0)) {
            Ok(BACKUP_ID) => {}
            Ok(APPLICATION_ID) => return Err(none("it is a ledger itself, of which `handback backup` makes one")),
            Ok(_) => return Err(none("it is another program's file")),
            Err(_) => return Err(none("it is no SQLite file, or a damaged one")),
        }
        let (found, known) = (migration::format_of(&conn)?, migration::newest(MIGRATIONS));
        if found > known {
            return Err(LedgerError::Newer { found, known });
        }
        let made_at = meta::get(&conn, MADE_AT).map_err(doing)?.and_then(|at| at.parse().ok());
        let made_at = made_at.ok_or_else(|| none("it does not say when it was made"))?;
        // The tables of an older handback are not what this one would have folded: they are brought up to date, and
        // verified, when they are put in place.
        let older = found < known || projection::is_outdated(&conn)?;
        let head = if older { View { conn: &conn, parsed: &Parsed::default() }.head()? } else { sound(&conn)? };
        Ok(Self { conn, made_at, head })
    }

    /// The file of that name that was beside the ledger.
    pub fn file(&self, name: &str) -> Result<Option<Vec<u8>>, LedgerError> {
        one(&self.conn, GET, [name], |row| row.get(0)).map_err(while_doing("read a file from the backup"))
    }

    /// Puts the ledger into `dir`, where none may be, marked as put back. Returns the letters that are in doubt now.
    pub fn put_into(&self, dir: &Path, now: DateTime<Utc>) -> Result<Vec<LetterId>, LedgerError> {
        open::put_in_place(dir, |path| {
            copy::pour(&self.conn, path)?;
            let conn = unsealed(path)?;
            open::write_ahead(&conn, path)?;
            let mut ledger = Ledger::of(conn, dir);
            let doubted = ledger.mark_restored(self.made_at, now)?;
            // Closing the last connection writes everything into the one file that is about to get its name.
            ledger.conn.close().map_err(|(_, error)| while_doing("put the ledger back")(error))?;
            Ok(doubted)
        })
    }
}

/// Turns a copy of a backup into a ledger of this handback's format.
fn unsealed(path: &Path) -> Result<Connection, LedgerError> {
    let doing = while_doing("put the ledger back");
    let mut conn = open::connect(path, Opening::Command)?;
    conn.execute_batch(NO_WAY_BACK).map_err(doing)?;
    conn.execute_batch(TAKE_OUT).map_err(doing)?;
    meta::set(&conn, MADE_AT, None).map_err(doing)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID).map_err(doing)?;
    migration::bring_up(&mut conn, MIGRATIONS)?;
    if projection::is_outdated(&conn)? {
        projection::rebuild(&mut conn)?;
    }
    sound(&conn)?;
    Ok(conn)
}

/// Where a backup goes that is asked for in a folder.
pub fn name_in(folder: &Path, now: DateTime<Utc>) -> PathBuf {
    folder.join(format!("handback-{}.backup", now.format("%Y%m%dT%H%M%SZ")))
}
