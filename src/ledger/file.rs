//! What is wrong with a file that is no ledger, in better words than SQLite's, which are the same for all of these.

use super::{LedgerError, Opening};
use std::{
    fs::{self, File, Permissions},
    io::{self, Read},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// The length of a SQLite file's header.
const HEADER: u64 = 100;

/// Refuses what is not there or empty, and makes what is there private.
///
/// The file itself is not opened here. SQLite's locks belong to the whole process, and closing the file would let go
/// of those that another connection of this process holds.
pub(super) fn check(path: &Path, opening: Opening) -> Result<(), LedgerError> {
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        Err(source) => return Err(LedgerError::File { doing: "open the ledger", path: path.to_owned(), source }),
    };
    if about.len() == 0 {
        return Err(LedgerError::NotALedger { path: path.to_owned(), why: "it is empty" });
    }
    if opening != Opening::ReadOnly && about.permissions().mode() & 0o077 != 0 {
        // Copied with a wider mode. It holds people's words, so it is narrowed; only its owner can, though.
        fs::set_permissions(path, Permissions::from_mode(0o600)).ok();
    }
    Ok(())
}

/// Says in words what is wrong with a file that SQLite called damaged, where its first bytes or its length tell.
pub(super) fn explain(path: &Path, error: LedgerError) -> LedgerError {
    if !matches!(error, LedgerError::Damaged { .. }) {
        return error;
    }
    match examine(path) {
        Ok(Some(why)) => LedgerError::NotALedger { path: path.to_owned(), why },
        // Nothing to see from outside, or no look to be had: SQLite's own words stand.
        Ok(None) | Err(_) => error,
    }
}

fn examine(path: &Path) -> io::Result<Option<&'static str>> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    file.by_ref().take(HEADER).read_to_end(&mut head)?;
    Ok(flaw(&head, file.metadata()?.len(), log_is_empty(path)))
}

fn flaw(head: &[u8], length: u64, log_is_empty: bool) -> Option<&'static str> {
    if head.iter().all(|byte| *byte == 0) {
        return Some("it holds nothing but zeros");
    }
    if !head.starts_with(b"SQLite format 3\0") {
        return Some("it is no SQLite file");
    }
    match length_by(head) {
        // While the log holds pages, the file itself may still be shorter than it says.
        Some(said) if said > length && log_is_empty => Some("its end is missing"),
        Some(_) => None,
        None => Some("it ends within its first page"),
    }
}

/// The length that the header itself gives: page size (bytes 16 and 17) times pages (bytes 28 to 31).
fn length_by(head: &[u8]) -> Option<u64> {
    let size: [u8; 2] = head.get(16..18)?.try_into().ok()?;
    let pages: [u8; 4] = head.get(28..32)?.try_into().ok()?;
    let size = match u16::from_be_bytes(size) {
        1 => 65536,
        size => u64::from(size),
    };
    (u64::try_from(head.len()).ok()? == HEADER).then(|| size * u64::from(u32::from_be_bytes(pages)))
}

fn log_is_empty(path: &Path) -> bool {
    fs::metadata(log_of(path)).map_or(true, |about| about.len() == 0)
}

/// Where SQLite keeps what is not in the file yet.
pub(super) fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    PathBuf::from(log)
}
