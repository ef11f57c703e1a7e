//! Making and opening the ledger's file. What is not a sound ledger of a known format is refused in words.

use super::{
    LedgerError, error::while_doing, file, lock::DaemonLock, meta, migration, migration::MIGRATIONS, parsed::Parsed,
    projection,
};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    cell::Cell,
    fs::{self, DirBuilder, File, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

/// The ledger's file in its folder.
pub const FILE: &str = "ledger.sqlite";
const UNFINISHED: &str = "ledger.sqlite.new";

/// What the file says it is, in its header: `HBL1`.
pub(super) const APPLICATION_ID: i32 = 0x4842_4c31;

/// What a backup says it is: `HBB1`.
pub(super) const BACKUP_ID: i32 = 0x4842_4231;

/// How long a write waits for another program's write.
const PATIENCE: Duration = Duration::from_secs(5);

/// Statements that are kept ready; more than there are.
const STATEMENTS: usize = 200;

const DURABLE: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA journal_size_limit = 16777216;";

/// What undoes one mail of a batch, or one statement, is of no use to another process: it need not be in a file. And
/// the log is moved into the ledger when it holds 12 MiB and not 4: a page written three times meanwhile moves once.
/// The pages of the indexes over ten thousand mails stay in memory; SQLite's 2 MiB are too few for them.
const LIGHT: &str = "
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -6144;
    PRAGMA wal_autocheckpoint = 3000;";

/// Everything that handback knows, in one SQLite file.
#[derive(Debug)]
pub struct Ledger {
    // Closed before the lock is let go: fields are dropped in this order.
    pub(super) conn: Connection,
    pub(super) seen: Cell<i64>,
    pub(super) parsed: Parsed,
    dir: PathBuf,
    _lock: Option<DaemonLock>,
}

/// What a ledger is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// The one daemon; a second is refused.
    Daemon,
    /// A command that writes, beside the daemon or without one.
    Command,
    /// A command that only looks. It changes nothing, not even an older format.
    ReadOnly,
}

/// The clock that a new ledger lives by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clocking {
    /// The machine's.
    Running,
    /// One that stands still until it is moved: the demo's.
    Frozen(DateTime<Utc>),
}

/// How SQLite keeps the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Ought to be `wal`.
    pub journal_mode: String,
    /// Ought to be 2, which is FULL: a commit is on the disk before it is believed.
    pub synchronous: u8,
    pub foreign_keys: bool,
}

impl Ledger {
    /// Makes a new ledger in `dir`, and the folder too where it is missing. Never touches one that is there.
    pub fn create(dir: &Path, clocking: Clocking) -> Result<Self, LedgerError> {
        put_in_place(dir, |unfinished| fill(unfinished, clocking))?;
        let path = dir.join(FILE);
        let conn = connect(&path, Opening::Command)?;
        Ok(Self::of(conn, dir))
    }

    /// A ledger without the daemon's lock.
    pub(super) fn of(conn: Connection, dir: &Path) -> Self {
        Self { conn, seen: Cell::new(0), parsed: Parsed::default(), dir: dir.to_owned(), _lock: None }
    }

    /// Opens the ledger in `dir`. An older format is brought up to date after a copy was made, which is named
    /// after `now`.
    pub fn open(dir: &Path, opening: Opening, now: DateTime<Utc>) -> Result<Self, LedgerError> {
        open_with(dir, opening, now, MIGRATIONS)
    }

    /// Sets how long a write waits for another program's, which is five seconds otherwise.
    pub fn set_patience(&self, patience: Duration) -> Result<(), LedgerError> {
        self.conn.busy_timeout(patience).map_err(while_doing("set the ledger's patience"))
    }

    /// Reads back how SQLite really keeps the file, for `doctor`.
    pub fn settings(&self) -> Result<Settings, LedgerError> {
        let doing = while_doing("read the ledger's settings");
        Ok(Settings {
            journal_mode: self.conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).map_err(doing)?,
            synchronous: self.conn.pragma_query_value(None, "synchronous", |row| row.get(0)).map_err(doing)?,
            foreign_keys: self.conn.pragma_query_value(None, "foreign_keys", |row| row.get(0)).map_err(doing)?,
        })
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }
}

/// Lets `fill` write a ledger under another name first, so that it is whole or not there. Never touches one that is
/// there.
pub(super) fn put_in_place<T>(
    dir: &Path,
    fill: impl FnOnce(&Path) -> Result<T, LedgerError>,
) -> Result<T, LedgerError> {
    let path = dir.join(FILE);
    // A log that outlived its ledger would be played into the new one.
    for path in [path.clone(), file::log_of(&path)] {
        if path.exists() {
            return Err(LedgerError::AlreadyThere { path });
        }
    }
    let unfinished = dir.join(UNFINISHED);
    let failed = |path: &Path, source| LedgerError::File { doing: "make the ledger", path: path.to_owned(), source };
    prepare(dir, &unfinished).map_err(|source| failed(&unfinished, source))?;
    let filled = fill(&unfinished)?;
    rename(dir, &unfinished, &path).map_err(|source| failed(&path, source))?;
    Ok(filled)
}

pub(super) fn open_with(
    dir: &Path,
    opening: Opening,
    now: DateTime<Utc>,
    migrations: &[&str],
) -> Result<Ledger, LedgerError> {
    let path = dir.join(FILE);
    file::check(&path, opening)?;
    let lock = match opening {
        Opening::Daemon => Some(DaemonLock::take(dir)?),
        Opening::Command | Opening::ReadOnly => None,
    };
    let mut conn = connect(&path, opening)
        .and_then(|conn| check_application(&conn, &path).map(|()| conn))
        .map_err(|error| file::explain(&path, error))?;
    let (found, known) = (migration::format_of(&conn)?, migration::newest(migrations));
    if found > known {
        return Err(LedgerError::Newer { found, known });
    }
    if opening != Opening::ReadOnly {
        write_ahead(&conn, &path)?;
    }
    if found < known || projection::is_outdated(&conn)? {
        if opening == Opening::ReadOnly {
            return Err(LedgerError::Older { found });
        }
        // A daemon of the older handback must not go on writing what it knows.
        let _held = if lock.is_none() { Some(DaemonLock::take(dir)?) } else { None };
        if found < known {
            migration::copy_before(&conn, dir, known, now)?;
            migration::bring_up(&mut conn, migrations)?;
        }
        projection::rebuild(&mut conn)?;
    }
    Ok(Ledger { conn, seen: Cell::new(0), parsed: Parsed::default(), dir: dir.to_owned(), _lock: lock })
}

pub(super) fn connect(path: &Path, opening: Opening) -> Result<Connection, LedgerError> {
    let doing = while_doing("open the ledger");
    let access = match opening {
        Opening::Daemon | Opening::Command => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Opening::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let conn = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(doing)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    // Without this SQLite prepares a statement anew for almost every value bound to it, hoping for a better plan.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(doing)?;
    conn.busy_timeout(PATIENCE).map_err(doing)?;
    conn.execute_batch(DURABLE).map_err(doing)?;
    conn.execute_batch(LIGHT).map_err(doing)?;
    Ok(conn)
}

fn check_application(conn: &Connection, path: &Path) -> Result<(), LedgerError> {
    let doing = while_doing("open the ledger");
    let id: i32 = conn.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(doing)?;
    let why = match id {
        APPLICATION_ID => return Ok(()),
        BACKUP_ID => "it is a backup of one, and yesterday's letters would leave once more",
        _ => "it is another program's SQLite file",
    };
    Err(LedgerError::NotALedger { path: path.to_owned(), why })
}

/// Lets readers and one writer work side by side. A copy or a backup comes without this setting.
pub(super) fn write_ahead(conn: &Connection, path: &Path) -> Result<(), LedgerError> {
    let mode: String = conn
        .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))
        .map_err(while_doing("open the ledger"))?;
    if mode == "wal" {
        return Ok(());
    }
    Err(LedgerError::NotALedger {
        path: path.to_owned(),
        why: "its folder is on a file system that programs cannot share a SQLite file on (use a local disk)",
    })
}

fn prepare(dir: &Path, unfinished: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    for left_over in [UNFINISHED, "ledger.sqlite.new-journal", "ledger.sqlite.new-wal", "ledger.sqlite.new-shm"] {
        match fs::remove_file(dir.join(left_over)) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(unfinished)?;
    Ok(())
}

fn fill(path: &Path, clocking: Clocking) -> Result<(), LedgerError> {
    let doing = while_doing("make the ledger");
    let mut conn = connect(path, Opening::Command)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID).map_err(doing)?;
    write_ahead(&conn, path)?;
    migration::bring_up(&mut conn, MIGRATIONS)?;
    projection::rebuild(&mut conn)?;
    if let Clocking::Frozen(at) = clocking {
        meta::freeze(&conn, at).map_err(doing)?;
    }
    // Closing the last connection writes everything into the one file that is about to be renamed.
    conn.close().map_err(|(_, error)| doing(error))
}

fn rename(dir: &Path, from: &Path, to: &Path) -> io::Result<()> {
    File::open(from)?.sync_all()?;
    fs::rename(from, to)?;
    File::open(dir)?.sync_all()
}
