//! What can go wrong with the ledger, and what should be done about it.

use crate::{domain::id::EventId, remedy::Remedy};
use rusqlite::{ErrorCode, ffi};
use std::{io, path::PathBuf};
use thiserror::Error;

/// The ledger could not do what was asked.
#[derive(Debug, Error)]
pub enum LedgerError {
    #[error("there is no ledger at {} (`handback init` makes one, `handback demo` one to look at)", path.display())]
    Missing { path: PathBuf },
    #[error("a ledger is already at {} (it is never overwritten: move it away first)", path.display())]
    AlreadyThere { path: PathBuf },
    #[error("the ledger is in use by another handback{} (stop that one first)", process(*pid))]
    InUse { pid: Option<u32> },
    #[error("{} is not a ledger: {why} (put a backup in its place with `handback restore`)", path.display())]
    NotALedger { path: PathBuf, why: &'static str },
    #[error("{} is not a backup: {why}", path.display())]
    NotABackup { path: PathBuf, why: &'static str },
    #[error("the ledger is not sound: {what} (`handback ledger verify` tells more; keep the backups there are)")]
    NotSound { what: String },
    #[error(
        "the ledger has format {found}, which a newer handback wrote; this one knows formats up to {known} (install \
         the newer handback again)"
    )]
    Newer { found: u32, known: u32 },
    #[error("the ledger has the older format {found} (`handback run --once` brings it up to date and keeps a copy)")]
    Older { found: u32 },
    #[error("could not bring the ledger to format {to} (it is unchanged; install the handback that wrote it again)")]
    NotMigrated { to: u32, source: rusqlite::Error },
    #[error("could not {doing}: another program kept the ledger locked for too long")]
    Busy { doing: &'static str, source: rusqlite::Error },
    #[error("could not {doing}: the disk is full (free some space; nothing was lost)")]
    DiskFull { doing: &'static str, source: rusqlite::Error },
    #[error("could not {doing}: the ledger may not be written (check the owner and mode of its folder and file)")]
    NotWritable { doing: &'static str, source: rusqlite::Error },
    #[error("could not {doing}: the ledger's file is damaged (put a backup in its place with `handback restore`)")]
    Damaged { doing: &'static str, source: rusqlite::Error },
    #[error("could not {doing}: the disk would not do it (the system's log tells more; nothing was lost)")]
    Disk { doing: &'static str, source: rusqlite::Error },
    #[error("could not {doing}: the ledger refuses it")]
    Refused { doing: &'static str, source: rusqlite::Error },
    #[error("could not {doing} at {}", path.display())]
    File { doing: &'static str, path: PathBuf, source: io::Error },
    #[error("event {event} cannot be read (`handback ledger verify` tells more)")]
    Unreadable { event: EventId, source: serde_json::Error },
    #[error("a fact cannot be written as JSON")]
    Unwritable(#[source] serde_json::Error),
    #[error("there is no {0}")]
    NoSuch(String),
    #[error("{0} exists already, and numbers are never used again")]
    NumberTaken(String),
    #[error("{0} was used or dropped before")]
    Spent(String),
}

impl LedgerError {
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Busy { .. } | Self::DiskFull { .. } | Self::Disk { .. } | Self::File { .. } => Remedy::TryAgain,
            Self::Refused { .. } | Self::Unwritable(_) | Self::NoSuch(_) | Self::NumberTaken(_) | Self::Spent(_) => {
                Remedy::SetAside
            }
            Self::Missing { .. }
            | Self::AlreadyThere { .. }
            | Self::InUse { .. }
            | Self::NotALedger { .. }
            | Self::NotABackup { .. }
            | Self::NotSound { .. }
            | Self::Newer { .. }
            | Self::Older { .. }
            | Self::NotMigrated { .. }
            | Self::NotWritable { .. }
            | Self::Damaged { .. }
            | Self::Unreadable { .. } => Remedy::Stop,
        }
    }
}

fn process(pid: Option<u32>) -> String {
    pid.map_or(String::new(), |pid| format!(", process {pid}"))
}

/// Names what was being done when SQLite failed: `.map_err(while_doing("conclude a mail"))`.
pub(super) fn while_doing(doing: &'static str) -> impl Fn(rusqlite::Error) -> LedgerError + Copy {
    move |source| match kind(&source) {
        Kind::Busy => LedgerError::Busy { doing, source },
        Kind::Full => LedgerError::DiskFull { doing, source },
        Kind::NotWritable => LedgerError::NotWritable { doing, source },
        Kind::Damaged => LedgerError::Damaged { doing, source },
        Kind::Refused => LedgerError::Refused { doing, source },
        Kind::Disk => LedgerError::Disk { doing, source },
    }
}

enum Kind {
    Busy,
    Full,
    NotWritable,
    Damaged,
    Refused,
    /// Input, output and memory: it may pass.
    Disk,
}

fn kind(error: &rusqlite::Error) -> Kind {
    let Some(code) = error.sqlite_error_code() else {
        // A stored value that does not read as what its column holds.
        return Kind::Damaged;
    };
    if matches!(code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) {
        Kind::Busy
    } else if code == ErrorCode::DiskFull || error.sqlite_extended_error_code() == Some(ffi::SQLITE_IOERR_SHMSIZE) {
        // The second: there was no room for the log's index, which is made when a ledger is opened.
        Kind::Full
    } else if matches!(code, ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) {
        Kind::NotWritable
    } else if matches!(code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) {
        Kind::Damaged
    } else if matches!(code, ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory | ErrorCode::OperationInterrupted) {
        Kind::Disk
    } else {
        Kind::Refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[track_caller]
    fn check(code: i32, expected: &str, remedy: Remedy) {
        let source = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        let error = while_doing("conclude a mail")(source);
        assert!(error.to_string().starts_with(&format!("could not conclude a mail{expected}")), "{error}");
        assert_eq!(error.remedy(), remedy, "{error}");
    }

    #[test]
    fn what_sqlite_says_becomes_words_and_a_remedy() {
        check(ffi::SQLITE_BUSY, ": another program kept the ledger locked", Remedy::TryAgain);
        check(ffi::SQLITE_FULL, ": the disk is full", Remedy::TryAgain);
        check(ffi::SQLITE_IOERR_SHMSIZE, ": the disk is full", Remedy::TryAgain);
        check(ffi::SQLITE_IOERR_FSYNC, ": the disk would not do it", Remedy::TryAgain);
        check(ffi::SQLITE_READONLY, ": the ledger may not be written", Remedy::Stop);
        check(ffi::SQLITE_CORRUPT, ": the ledger's file is damaged", Remedy::Stop);
        check(ffi::SQLITE_CONSTRAINT_UNIQUE, ": the ledger refuses it", Remedy::SetAside);
    }
}
