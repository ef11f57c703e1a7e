//! The UIDs of one directory of .eml files, in a file `.uids` beside them.
//!
//! ```text
//! uidvalidity 3735928559
//! 1 first.eml
//! 2 second.eml
//! ```
//!
//! Files are numbered in the order in which they were seen, by name where several arrived together. A line stays
//! when its file goes, so no UID is used twice. Where the index itself is lost, the UIDVALIDITY changes with it.

use super::{super::error::MailboxError, failed};
use sha2::{Digest, Sha256};
use std::{collections::HashSet, fmt::Write, fs, io, path::Path};

const FILE: &str = ".uids";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Index {
    pub(super) uid_validity: u32,
    /// The file with UID 1 first.
    names: Vec<String>,
    present: HashSet<String>,
}

impl Index {
    /// Reads the index of `dir` and numbers the files that arrived since. Makes `dir` where it is missing.
    pub(super) fn of(dir: &Path) -> Result<Self, MailboxError> {
        fs::create_dir_all(dir).map_err(failed("make room for mail", dir))?;
        let files = mail_files(dir)?;
        let before = Self::load(dir, &files)?;
        let numbered: HashSet<&String> = before.names.iter().collect();
        let arrived: Vec<String> = files.iter().filter(|name| !numbered.contains(name)).cloned().collect();
        let is_old = arrived.is_empty() && dir.join(FILE).exists();
        let mut index = before;
        index.names.extend(arrived);
        index.present = files.into_iter().collect();
        if !is_old {
            index.save(dir)?;
        }
        Ok(index)
    }

    /// Whether `dir` holds files without a UID.
    pub(super) fn has_news(dir: &Path) -> Result<bool, MailboxError> {
        let files = mail_files(dir)?;
        let numbered: HashSet<String> = Self::load(dir, &files)?.names.into_iter().collect();
        Ok(files.iter().any(|name| !numbered.contains(name)))
    }

    /// UIDs of the files that are there, in order.
    pub(super) fn present(&self) -> impl Iterator<Item = u32> {
        (1..).zip(&self.names).filter(|(_, name)| self.present.contains(*name)).map(|(uid, _)| uid)
    }

    pub(super) fn name(&self, uid: u32) -> Option<&str> {
        let place = usize::try_from(uid.checked_sub(1)?).ok()?;
        self.names.get(place).map(String::as_str)
    }

    /// The highest UID ever given.
    pub(super) fn last_uid(&self) -> u32 {
        u32::try_from(self.names.len()).unwrap_or(u32::MAX)
    }

    fn load(dir: &Path, files: &[String]) -> Result<Self, MailboxError> {
        let fresh = || Self { uid_validity: validity(files), names: Vec::new(), present: HashSet::new() };
        match fs::read_to_string(dir.join(FILE)) {
            Ok(text) => Ok(parse(&text).unwrap_or_else(fresh)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(fresh()),
            Err(error) => Err(failed("read the UIDs", dir)(error)),
        }
    }

    /// Writes a new file and puts it in place of the old, so that a crash leaves one or the other.
    fn save(&self, dir: &Path) -> Result<(), MailboxError> {
        let mut text = format!("uidvalidity {}\n", self.uid_validity);
        for (uid, name) in (1_u32..).zip(&self.names) {
            writeln!(text, "{uid} {name}").expect("writing to a String cannot fail");
        }
        let fresh = dir.join(".uids.new");
        fs::write(&fresh, text)
            .and_then(|()| fs::rename(&fresh, dir.join(FILE)))
            .map_err(failed("write the UIDs", dir))
    }
}

fn parse(text: &str) -> Option<Index> {
    let mut lines = text.lines();
    let uid_validity = lines.next()?.strip_prefix("uidvalidity ")?.parse().ok()?;
    let names = (1_u32..).zip(lines).map(|(uid, line)| {
        let (number, name) = line.split_once(' ')?;
        (number.parse() == Ok(uid)).then(|| name.to_owned())
    });
    Some(Index { uid_validity, names: names.collect::<Option<_>>()?, present: HashSet::new() })
}

/// A number that differs between an index begun on an empty directory and one begun again on these files.
fn validity(files: &[String]) -> u32 {
    let mut hash = Sha256::new();
    files.iter().for_each(|name| hash.update(name));
    let digest = hash.finalize();
    let number = digest.iter().take(4).fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
    number.max(1)
}

/// Names of the .eml files of `dir`, in order; none where there is no such directory.
pub(super) fn mail_files(dir: &Path) -> Result<Vec<String>, MailboxError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed("list the mails", dir)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed("list the mails", dir))?;
        let is_mail = entry.path().extension().is_some_and(|extension| extension.eq_ignore_ascii_case("eml"));
        if is_mail && let Ok(name) = entry.file_name().into_string() {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(dir: &Path, name: &str) {
        fs::write(dir.join(name), "Subject: x\n\nhello\n").unwrap();
    }

    #[test]
    fn uids_follow_arrival_and_survive_a_new_start() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "m.eml");
        let first = Index::of(dir.path()).unwrap();
        put(dir.path(), "a.eml");
        let second = Index::of(dir.path()).unwrap();
        assert_eq!((second.name(1), second.name(2)), (Some("m.eml"), Some("a.eml")));
        assert_eq!(first.uid_validity, second.uid_validity);
    }

    #[test]
    fn the_uid_of_a_file_that_went_is_not_given_again() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "a.eml");
        Index::of(dir.path()).unwrap();
        fs::remove_file(dir.path().join("a.eml")).unwrap();
        put(dir.path(), "b.eml");
        let index = Index::of(dir.path()).unwrap();
        assert_eq!(index.present().collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_lost_or_broken_index_shows_as_another_uidvalidity() {
        let dir = tempfile::tempdir().unwrap();
        let before = Index::of(dir.path()).unwrap().uid_validity;
        put(dir.path(), "a.eml");
        Index::of(dir.path()).unwrap();
        fs::write(dir.path().join(FILE), "uidvalidity 5\n1 a.eml\n3 c.eml\n").unwrap();
        assert_ne!(Index::of(dir.path()).unwrap().uid_validity, 5);
        fs::remove_file(dir.path().join(FILE)).unwrap();
        assert_ne!(Index::of(dir.path()).unwrap().uid_validity, before);
    }

    #[test]
    fn only_eml_files_are_mail() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.eml", "B.EML", "c.txt", ".uids.new"] {
            put(dir.path(), name);
        }
        assert_eq!(mail_files(dir.path()).unwrap(), ["B.EML", "a.eml"]);
    }
}
