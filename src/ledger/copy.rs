//! A sound copy of the ledger in one file, taken while others go on writing.

use super::{Ledger, LedgerError, error::while_doing};
use rusqlite::Connection;
use std::{fs, fs::OpenOptions, os::unix::fs::OpenOptionsExt, path::Path};

const COPY_INTO: &str = "VACUUM INTO ?1";

impl Ledger {
    /// Writes a copy of the whole ledger to `path`, readable by its owner alone. Refuses to overwrite.
    pub fn copy_to(&self, path: &Path) -> Result<(), LedgerError> {
        copy_into(&self.conn, path)
    }
}

pub(super) fn copy_into(conn: &Connection, path: &Path) -> Result<(), LedgerError> {
    let failed = |source| LedgerError::File { doing: "make a copy of the ledger", path: path.to_owned(), source };
    // SQLite fills an empty file that is there already, and so keeps its mode.
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    let Some(name) = path.to_str() else {
        return Err(failed(std::io::ErrorKind::InvalidFilename.into()));
    };
    if let Err(error) = conn.execute(COPY_INTO, [name]) {
        fs::remove_file(path).ok();
        return Err(while_doing("make a copy of the ledger")(error));
    }
    file.sync_all().map_err(failed)
}
