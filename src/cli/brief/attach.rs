//! The files that go with a brief: there, readable, and small enough for mail.

use crate::{
    config::{document::Given, mistake::Fault, review::Review, value},
    domain::brief::{FileRef, Kept},
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::{self, Read},
    path::Path,
};

/// A file to keep in the ledger under the hash that its reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    pub reference: FileRef,
    pub bytes: Vec<u8>,
}

/// All files of one letter together; many servers refuse mails over 25 MB, and base64 adds a third.
const MOST: u64 = 15_000_000;

/// Media types by the end of a file's name; any other is sent as bytes.
const TYPES: &[(&str, &str)] = &[
    ("csv", "text/csv"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("gif", "image/gif"),
    ("html", "text/html"),
    ("ics", "text/calendar"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json"),
    ("md", "text/markdown"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain"),
    ("webp", "image/webp"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("zip", "application/zip"),
];

/// Reads every file; paths start at `folder`.
pub(super) fn read_all(key: &str, given: &[Given], folder: &Path, review: &mut Review) -> Vec<AttachedFile> {
    let mut left = MOST;
    let mut files = Vec::new();
    for one in given {
        let read = read(&folder.join(&one.value), &one.value, left);
        if let Some(file) = review.take(key, one.at.as_ref(), read) {
            left = left.saturating_sub(file.reference.size);
            files.push(file);
        }
    }
    files
}

fn read(path: &Path, written: &str, left: u64) -> Result<AttachedFile, Fault> {
    let unreadable = |error: io::Error| {
        if error.kind() == io::ErrorKind::NotFound {
            return Fault::new(format!("there is no file `{written}`"), "no such file")
                .help(format!("looked for {}", path.display()));
        }
        Fault::new(format!("`{written}` could not be read"), "not readable").help(error.to_string())
    };
    let file = fs::File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(Fault::new(format!("`{written}` is a folder"), "no file").help("name its files one by one"));
    }
    let mut bytes = Vec::new();
    file.take(left + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > left {
        let what = format!("with `{written}` the files are over {} MB together", MOST / 1_000_000);
        return Err(Fault::new(what, "too much for a mail").help("put it where it can be fetched, and give the link"));
    }
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .ok_or_else(|| Fault::new(format!("`{written}` has no name that can be written into a mail"), "no name"))?;
    let name = value::line(name)?;
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let reference =
        FileRef { media_type: media_type(&name).to_owned(), name: name.into(), size, kept: Kept::Blob(hash) };
    Ok(AttachedFile { reference, bytes })
}

fn media_type(name: &str) -> &'static str {
    let end = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_ascii_lowercase());
    TYPES.iter().find(|(known, _)| *known == end).map_or("application/octet-stream", |(_, media_type)| media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_with_its_hash_and_type() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Shops.CSV");
        fs::write(&path, "abc").unwrap();
        let file = read(&path, "Shops.CSV", 3).unwrap();
        assert_eq!(file.reference.media_type, "text/csv");
        assert_eq!(file.reference.size, 3);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, appendix B.1
        assert_eq!(file.reference.kept, Kept::Blob(abc.to_owned()));
    }

    #[test]
    fn what_cannot_go_with_a_mail_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("large"), "abcd").unwrap();
        let refused = |name: &str| read(&dir.path().join(name), name, 3).unwrap_err().what;
        assert_eq!(refused("large"), "with `large` the files are over 15 MB together");
        assert_eq!(refused("nowhere"), "there is no file `nowhere`");
        assert_eq!(refused("."), "`.` is a folder");
    }
}
