//! A sound copy of the ledger in one file, taken while others go on writing. It is written under another name first,
//! so that under its own it is whole or not there.

use super::{Ledger, LedgerError, error::while_doing};
use rusqlite::Connection;
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

const COPY_INTO: &str = "VACUUM INTO ?1";

const DOING: &str = "make a copy of the ledger";

/// What the name of an unfinished copy ends with.
pub(super) const UNFINISHED: &str = ".unfinished";

impl Ledger {
    /// Writes a copy of the whole ledger to `path`, readable by its owner alone. Refuses to overwrite.
    pub fn copy_to(&self, path: &Path) -> Result<(), LedgerError> {
        copy_into(&self.conn, path)
    }
}

pub(super) fn copy_into(conn: &Connection, path: &Path) -> Result<(), LedgerError> {
    let unfinished = Unfinished::begin(path)?;
    pour(conn, &unfinished.path)?;
    unfinished.finish()
}

/// Fills the empty file at `path`, which so keeps its mode.
pub(super) fn pour(conn: &Connection, path: &Path) -> Result<(), LedgerError> {
    let Some(name) = path.to_str() else {
        let source = io::ErrorKind::InvalidFilename.into();
        return Err(LedgerError::File { doing: DOING, path: path.to_owned(), source });
    };
    conn.execute(COPY_INTO, [name]).map(|_| ()).map_err(while_doing(DOING))
}

/// A file on its way to its name. Dropped before it is finished, it leaves nothing behind; killed, it leaves a file
/// whose name says what it is, and which the next one replaces.
#[derive(Debug)]
pub(super) struct Unfinished {
    file: File,
    pub(super) path: PathBuf,
    target: PathBuf,
    /// Whether an earlier one was left behind by somebody who was cut off.
    pub(super) replaced: bool,
    finished: bool,
}

impl Unfinished {
    /// Makes an empty file that only its owner may read, for what is to be at `target`, where nothing may be yet.
    pub(super) fn begin(target: &Path) -> Result<Self, LedgerError> {
        let path = with_ending(target, UNFINISHED);
        let failed = |source| LedgerError::File { doing: DOING, path: path.clone(), source };
        let locked = |file: &File| match file.try_lock() {
            Ok(()) => Ok(()),
            Err(TryLockError::WouldBlock) => Err(failed(io::ErrorKind::ResourceBusy.into())),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        };
        // What is left of one that was cut off may be anybody's to read, so its file is not used again.
        let replaced = match File::open(&path) {
            Ok(left) => {
                locked(&left)?;
                fs::remove_file(&path).map_err(failed)?;
                true
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(source) => return Err(failed(source)),
        };
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
        locked(&file)?;
        // Somebody else may have taken it for a left-over between our making it and locking it.
        let (ours, there) = (file.metadata().map_err(failed)?, fs::metadata(&path).map_err(failed)?);
        if (ours.dev(), ours.ino()) != (there.dev(), there.ino()) {
            return Err(failed(io::ErrorKind::ResourceBusy.into()));
        }
        let unfinished = Self { file, path: path.clone(), target: target.to_owned(), replaced, finished: false };
        if target.exists() {
            return Err(LedgerError::File {
                doing: DOING,
                path: target.to_owned(),
                source: io::ErrorKind::AlreadyExists.into(),
            });
        }
        // A journal that was left behind would be played into the new file.
        remove_companions(&path).map_err(failed)?;
        Ok(unfinished)
    }

    /// Makes it last and gives it its name. No connection may have it open any more.
    pub(super) fn finish(mut self) -> Result<(), LedgerError> {
        let folder = match self.target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            Some(_) | None => Path::new("."),
        };
        let named = self.file.sync_all().and_then(|()| fs::rename(&self.path, &self.target));
        self.finished = named.is_ok();
        named.and_then(|()| File::open(folder)?.sync_all()).map_err(|source| LedgerError::File {
            doing: DOING,
            path: self.target.clone(),
            source,
        })
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.finished {
            fs::remove_file(&self.path).ok();
            remove_companions(&self.path).ok();
        }
    }
}

/// Removes what SQLite keeps beside a file that is not in use.
fn remove_companions(path: &Path) -> io::Result<()> {
    for ending in ["-journal", "-wal", "-shm"] {
        match fs::remove_file(with_ending(path, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Clocking;
    use std::os::unix::fs::PermissionsExt;

    fn names(dir: &Path) -> Vec<String> {
        let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_killed_copy_left_behind_is_replaced_with_its_journal() {
        let (dir, into) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let ledger = Ledger::create(dir.path(), Clocking::Running).unwrap();
        for left in ["copy.unfinished", "copy.unfinished-journal"] {
            fs::write(into.path().join(left), vec![7; 9000]).unwrap();
        }
        ledger.copy_to(&into.path().join("copy")).unwrap();
        assert_eq!(names(into.path()), ["copy"]);
        let about = fs::metadata(into.path().join("copy")).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_copy_takes_no_name_that_is_taken_and_leaves_nothing_when_it_fails() {
        let (dir, into) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let ledger = Ledger::create(dir.path(), Clocking::Running).unwrap();
        fs::write(into.path().join("copy"), "mine").unwrap();
        let error = ledger.copy_to(&into.path().join("copy")).unwrap_err();
        assert!(matches!(error, LedgerError::File { .. }), "{error}");
        assert_eq!(names(into.path()), ["copy"]);
        assert_eq!(fs::read_to_string(into.path().join("copy")).unwrap(), "mine");
    }

    #[test]
    fn of_two_copies_to_one_place_the_second_gives_way() {
        let into = tempfile::tempdir().unwrap();
        let first = Unfinished::begin(&into.path().join("copy")).unwrap();
        let error = Unfinished::begin(&into.path().join("copy")).unwrap_err();
        assert!(matches!(error, LedgerError::File { .. }), "{error}");
        first.finish().unwrap();
        assert_eq!(names(into.path()), ["copy"]);
    }
}
