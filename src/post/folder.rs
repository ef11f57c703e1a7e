//! Letters written to a folder, for the demo, tests and dry runs.
//!
//! Each letter is `NNNN-kind-to.eml`, with its text and HTML beside it to be looked at. The `.eml` comes last and
//! in one step, so whoever sees it finds the whole letter.

use super::{Envelope, Receipt, error::PostError, mime::KIND_HEADER};
use mail_parser::MessageParser;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Writes letters into one folder, numbered from where the last run left off.
#[derive(Debug)]
pub struct FolderPost {
    folder: PathBuf,
    next: u32,
}

impl FolderPost {
    /// Opens `folder`, and makes it where it is missing.
    ///
    /// # Errors
    /// [`PostError::Folder`] where it can be neither made nor read.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, PostError> {
        let folder = folder.into();
        match last_number(&folder) {
            Ok(last) => Ok(Self { folder, next: last.saturating_add(1) }),
            Err(source) => Err(PostError::Folder { folder, source }),
        }
    }

    /// Writes one letter. Its envelope shows in the name only; the file is the letter as it would leave.
    ///
    /// # Errors
    /// [`PostError::Folder`] where it cannot be written; nothing that looks like a letter is left then.
    pub fn send(&mut self, envelope: &Envelope, bytes: &[u8]) -> Result<Receipt, PostError> {
        let stem = format!("{:04}-{}", self.next, name_for(envelope, bytes));
        match self.write(&stem, bytes) {
            Ok(path) => {
                self.next = self.next.saturating_add(1);
                Ok(Receipt { server_says: path.display().to_string(), without: Vec::new() })
            }
            Err(source) => Err(PostError::Folder { folder: self.folder.clone(), source }),
        }
    }

    fn write(&self, stem: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let file = |ending: &str| self.folder.join(format!("{stem}.{ending}"));
        if let Some(message) = MessageParser::new().parse(bytes) {
            if let Some(text) = message.body_text(0) {
                fs::write(file("txt"), text.as_bytes())?;
            }
            if let Some(html) = message.body_html(0) {
                fs::write(file("html"), html.as_bytes())?;
            }
        }
        fs::write(file("part"), bytes)?;
        fs::rename(file("part"), file("eml"))?;
        Ok(file("eml"))
    }
}

fn last_number(folder: &Path) -> io::Result<u32> {
    fs::create_dir_all(folder)?;
    let mut last = 0;
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let number = name.to_str().and_then(|name| name.split_once('-')).and_then(|(number, _)| number.parse().ok());
        last = last.max(number.unwrap_or(0));
    }
    Ok(last)
}

/// `task-ana@example.test`: what it is and to whom, in characters that every file system takes.
fn name_for(envelope: &Envelope, bytes: &[u8]) -> String {
    let kind = MessageParser::new()
        .parse_headers(bytes)
        .and_then(|message| message.header(KIND_HEADER).and_then(|value| value.as_text().map(str::to_owned)))
        .unwrap_or_else(|| "letter".to_owned());
    let to = envelope.to.first().map(|address| address.as_str()).unwrap_or("nobody");
    let tame = |c: char| if c.is_alphanumeric() || "@._+-".contains(c) { c } else { '_' };
    format!("{kind}-{to}").chars().map(tame).take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(to: &str) -> Envelope {
        Envelope { from: "office@example.test".parse().unwrap(), to: vec![to.parse().unwrap()] }
    }

    const LETTER: &[u8] = b"X-Handback-Letter: task\r\nSubject: [HB-1] Invoices\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/alternative; boundary=\"=_x\"\r\n\r\n\
        --=_x\r\nContent-Type: text/plain\r\n\r\nPlease sort them.\r\n\
        --=_x\r\nContent-Type: text/html\r\n\r\n<p>Please sort them.</p>\r\n--=_x--\r\n";

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_letter_lies_in_the_folder_with_its_text_and_html_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut post = FolderPost::open(folder.path().join("out")).unwrap();
        post.send(&envelope("ana@example.test"), LETTER).unwrap();
        let out = folder.path().join("out");
        assert_eq!(
            names(&out),
            ["0001-task-ana@example.test.eml", "0001-task-ana@example.test.html", "0001-task-ana@example.test.txt"]
        );
        assert_eq!(fs::read(out.join("0001-task-ana@example.test.eml")).unwrap(), LETTER);
        assert_eq!(
            fs::read_to_string(out.join("0001-task-ana@example.test.txt")).unwrap().trim(),
            "Please sort them."
        );
        assert!(fs::read_to_string(out.join("0001-task-ana@example.test.html")).unwrap().contains("<p>Please"));
    }

    #[test]
    fn numbers_go_on_where_the_last_run_left_off() {
        let folder = tempfile::tempdir().unwrap();
        for run in 1..=2 {
            let mut post = FolderPost::open(folder.path()).unwrap();
            post.send(&envelope("ana@example.test"), LETTER).unwrap();
            post.send(&envelope("ben@example.test"), LETTER).unwrap();
            assert_eq!(names(folder.path()).len(), run * 6);
        }
        assert!(folder.path().join("0004-task-ben@example.test.eml").exists());
    }

    #[test]
    fn an_address_cannot_lead_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut post = FolderPost::open(folder.path()).unwrap();
        post.send(&envelope("../../x/y@example.test"), b"Subject: x\r\n\r\nHello.\r\n").unwrap();
        assert!(names(folder.path()).contains(&"0001-letter-.._.._x_y@example.test.eml".to_owned()));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("a-file");
        fs::write(&taken, "x").unwrap();
        let error = FolderPost::open(&taken).unwrap_err();
        assert!(error.to_string().contains("a-file"), "{error}");
        assert_eq!(error.remedy(), crate::remedy::Remedy::TryAgain);

        let mut post = FolderPost::open(folder.path().join("out")).unwrap();
        fs::remove_dir_all(folder.path().join("out")).unwrap();
        let error = post.send(&envelope("ana@example.test"), LETTER).unwrap_err();
        assert!(matches!(error, PostError::Folder { .. }));
    }
}
