//! The key that signs tokens: 32 random bytes in `token.key` beside the ledger.
//!
//! With another key no reply to an earlier letter would be recognised. So a key is made once, by whoever
//! makes the ledger, never replaced, and belongs to every backup.

use crate::{domain::token::TokenKey, remedy::Remedy};
use rand::{TryRngCore, rngs::OsRng};
use std::{
    fmt::Write as _,
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};
use thiserror::Error;
use zeroize::Zeroizing;

/// The key's file name in the data folder.
pub const FILE: &str = "token.key";

/// There is no key to work with.
#[derive(Debug, Error)]
pub enum KeyError {
    #[error(
        "{} is missing, and without it replies to the letters sent so far find no task; \
         cure: put it back from the backup, with mode 0600", .0.display()
    )]
    Missing(PathBuf),
    #[error("{} is there already, and a second key would orphan every letter the first one signed", .0.display())]
    Exists(PathBuf),
    #[error("{} may be read by others (its mode is {mode:04o}); cure: chmod 600 {}", .path.display(), .path.display())]
    Open { path: PathBuf, mode: u32 },
    #[error(
        "{} is damaged: it should be 64 hexadecimal digits and {fault}; cure: put it back from the backup",
        .path.display()
    )]
    Damaged { path: PathBuf, fault: String },
    #[error("could not {doing} {}", .path.display())]
    File { doing: &'static str, path: PathBuf, source: io::Error },
    #[error("the system gave no random bytes")]
    NoRandomness(#[source] rand::rand_core::OsError),
}

impl KeyError {
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Missing(_)
            | Self::Exists(_)
            | Self::Open { .. }
            | Self::Damaged { .. }
            | Self::File { .. }
            | Self::NoRandomness(_) => Remedy::Stop,
        }
    }
}

/// Makes the key of a new ledger in `data_dir`, safely on disk when this returns.
pub fn create(data_dir: &Path) -> Result<TokenKey, KeyError> {
    let path = data_dir.join(FILE);
    let mut key = Zeroizing::new([0; 32]);
    OsRng.try_fill_bytes(key.as_mut()).map_err(KeyError::NoRandomness)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(|source| {
        if source.kind() == io::ErrorKind::AlreadyExists {
            return KeyError::Exists(path.clone());
        }
        KeyError::File { doing: "make", path: path.clone(), source }
    })?;
    let mut digits = Zeroizing::new(String::with_capacity(65));
    for byte in key.iter() {
        write!(digits, "{byte:02x}").expect("a String takes everything");
    }
    digits.push('\n');
    let written = file.write_all(digits.as_bytes()).and_then(|()| file.sync_all());
    // The folder too, or a power cut could leave a ledger whose key is gone.
    let kept = written.and_then(|()| File::open(data_dir)?.sync_all());
    kept.map_err(|source| KeyError::File { doing: "write", path, source })?;
    Ok(TokenKey::new(*key))
}

/// Reads the key of the ledger in `data_dir`.
pub fn load(data_dir: &Path) -> Result<TokenKey, KeyError> {
    let path = data_dir.join(FILE);
    let unreadable = |source| KeyError::File { doing: "read", path: path.clone(), source };
    let file = File::open(&path).map_err(|source| {
        if source.kind() == io::ErrorKind::NotFound { KeyError::Missing(path.clone()) } else { unreadable(source) }
    })?;
    let mode = file.metadata().map_err(unreadable)?.mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(KeyError::Open { path, mode });
    }
    let mut digits = Zeroizing::new(Vec::new());
    file.take(1024).read_to_end(&mut digits).map_err(unreadable)?;
    let key = from_hex(digits.trim_ascii()).map_err(|fault| KeyError::Damaged { path, fault })?;
    Ok(TokenKey::new(*key))
}

fn from_hex(digits: &[u8]) -> Result<Zeroizing<[u8; 32]>, String> {
    if digits.len() != 64 {
        return Err(format!("has {}", digits.len()));
    }
    let value_of = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let mut key = Zeroizing::new([0; 32]);
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = pair
            .iter()
            .try_fold(0_u8, |sum, digit| Some(sum << 4 | value_of(*digit)?))
            .ok_or("has other characters")?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt};

    #[test]
    fn a_key_is_made_once_and_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let made = create(dir.path()).unwrap();
        assert_eq!(load(dir.path()).unwrap(), made);
        assert_ne!(made.bytes(), &[0; 32]);
        let about = fs::metadata(dir.path().join(FILE)).unwrap();
        assert_eq!((about.mode() & 0o7777, about.len()), (0o600, 65));
        assert!(matches!(create(dir.path()), Err(KeyError::Exists(_))), "a second key would orphan every letter");
        assert_eq!(load(dir.path()).unwrap(), made);
    }

    #[test]
    fn two_ledgers_have_two_keys() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        assert_ne!(create(one.path()).unwrap(), create(other.path()).unwrap());
    }

    #[track_caller]
    fn refused(content: &str, mode: u32, expected: &str) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let error = load(dir.path()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.remedy(), Remedy::Stop);
    }

    #[test]
    fn a_key_that_is_missing_open_or_damaged_says_how_to_cure_it() {
        let dir = tempfile::tempdir().unwrap();
        let missing = load(dir.path()).unwrap_err().to_string();
        assert!(missing.contains("from the backup"), "{missing}");
        refused(&"a".repeat(64), 0o644, "chmod 600");
        refused(&"a".repeat(63), 0o600, "has 63");
        refused(&"g".repeat(64), 0o600, "has other characters");
        refused("", 0o600, "has 0");
    }

    #[test]
    fn a_key_never_prints_itself() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(format!("{:?}", create(dir.path()).unwrap()), "TokenKey(not shown)");
    }
}
