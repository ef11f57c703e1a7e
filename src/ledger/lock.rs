//! One daemon to a ledger: a lock file that the system frees when its holder ends, however it ends.

use super::LedgerError;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    thread,
    time::Duration,
};

const FILE: &str = "daemon.lock";

/// Somebody who asks for the daemon holds the lock for an instant, so it is tried this often.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(20);

/// Held for as long as the daemon lives.
#[derive(Debug)]
pub(super) struct DaemonLock {
    _file: File,
}

impl DaemonLock {
    /// Takes the lock and leaves the process id in its file.
    pub(super) fn take(dir: &Path) -> Result<Self, LedgerError> {
        let path = dir.join(FILE);
        let failed = |source| LedgerError::File { doing: "take the daemon's lock", path: path.clone(), source };
        let mut file = open(&path).map_err(failed)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => {
                    write_pid(&mut file).map_err(failed)?;
                    return Ok(Self { _file: file });
                }
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(source)) => return Err(failed(source)),
            }
        }
        Err(LedgerError::InUse { pid: read_pid(&mut file) })
    }
}

/// Whether a daemon holds the ledger in `dir`, and its process id where that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Daemon {
    Running { pid: Option<u32> },
    NotRunning,
}

/// Looks whether a daemon holds the ledger in `dir`.
pub fn daemon_of(dir: &Path) -> Result<Daemon, LedgerError> {
    let path = dir.join(FILE);
    let failed = |source| LedgerError::File { doing: "look at the daemon's lock", path: path.clone(), source };
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Daemon::NotRunning),
        Err(error) => return Err(failed(error)),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(Daemon::NotRunning),
        Err(TryLockError::WouldBlock) => Ok(Daemon::Running { pid: read_pid(&mut file) }),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
}

fn write_pid(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn read_pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
