//! A mailbox that is a directory of .eml files: the demo's and the tests'.
//!
//! ```text
//! inbox/*.eml     mail that arrived            junk/*.eml     read too, where it exists
//! inbox/.uids     its UIDs, see [`index`]      sent/*.eml     where our letters are looked for
//! ```

mod index;

use self::index::Index;
use super::{
    error::MailboxError,
    reading::{Bookmark, Folders, Found, NewMail, Overlap, PART_BYTES, Start, WINDOW_MAILS, Waited, Windows},
    settings::After,
};
use crate::domain::{
    id::MessageId,
    mail::{Fetched, Window},
};
use chrono::{DateTime, NaiveDate, Utc};
use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::time::{Instant, sleep, sleep_until};

const INBOX: &str = "inbox";
const JUNK: &str = "junk";
const SENT: &str = "sent";

const LOOK_EVERY: Duration = Duration::from_millis(200);

/// A directory of .eml files, read as a mailbox. Its files are small and local, so it reads them at once.
#[derive(Debug, Clone)]
pub struct FolderMailbox {
    root: PathBuf,
    size_cap: u64,
    after: After,
}

impl FolderMailbox {
    /// A mailbox in `root`, which is made when the first mail is looked for.
    pub fn new(root: impl Into<PathBuf>, after: After) -> Self {
        Self { root: root.into(), size_cap: 25 * 1024 * 1024, after }
    }

    /// Reads mails of more than `bytes` in part.
    #[must_use]
    pub fn with_size_cap(self, bytes: u64) -> Self {
        Self { size_cap: bytes, ..self }
    }

    pub fn folders(&self) -> Folders {
        let existing = |name: &str| self.root.join(name).is_dir().then(|| name.to_owned());
        Folders {
            read: [Some(INBOX.to_owned()), existing(JUNK)].into_iter().flatten().collect(),
            sent: existing(SENT),
        }
    }

    pub fn read(&self, asked: &NewMail) -> Windows {
        let folders = self.folders().read;
        Windows::read(folders.iter().flat_map(|folder| self.each_or_error(self.read_new(folder, asked))))
    }

    pub fn read_since(&self, folder: &str, since: NaiveDate) -> Windows {
        let windows = self.index(folder).and_then(|index| {
            let wanted = self.arrived_since(folder, &index, since)?;
            self.windows(folder, &index, &wanted, Upto::Moves)
        });
        Windows::read(self.each_or_error(windows))
    }

    pub fn read_late(&self, overlap: &Overlap) -> Windows {
        let folder = overlap.folder.as_str();
        let windows = self.index(folder).and_then(|index| {
            if index.uid_validity != overlap.bookmark.uid_validity {
                return Err(MailboxError::FolderRenewed { folder: folder.to_owned() });
            }
            let last_uid = overlap.bookmark.last_uid;
            let mut wanted = self.arrived_since(folder, &index, overlap.since)?;
            wanted.retain(|uid| *uid > overlap.above && *uid <= last_uid && !overlap.known.contains(uid));
            self.windows(folder, &index, &wanted, Upto::Stays(last_uid))
        });
        Windows::read(self.each_or_error(windows))
    }

    /// Waits until a file arrives in the inbox, or for `at_most`.
    pub async fn wait(&self, at_most: Duration) -> Result<Waited, MailboxError> {
        let until = Instant::now() + at_most;
        while Instant::now() + LOOK_EVERY < until {
            if Index::has_news(&self.root.join(INBOX))? {
                return Ok(Waited::News);
            }
            sleep(LOOK_EVERY).await;
        }
        sleep_until(until).await;
        Ok(Waited::TimeUp)
    }

    /// Looks for a letter of ours by its Message-ID.
    pub fn find(&self, id: &MessageId) -> Result<Found, MailboxError> {
        for (folder, found) in [(SENT, Found::InSent), (INBOX, Found::InInbox)] {
            let dir = self.root.join(folder);
            for name in index::mail_files(&dir)? {
                let raw = fs::read(dir.join(name)).map_err(failed("read a mail", &dir))?;
                if has_message_id(&raw, id) {
                    return Ok(found);
                }
            }
        }
        Ok(Found::Nowhere)
    }

    pub fn puts_away_into(&self) -> Option<String> {
        match &self.after {
            After::Move(folder) => Some(folder.clone()),
            After::Keep | After::Seen => None,
        }
    }

    /// Moves mails that the ledger has, where the settings say so. Files cannot be marked as seen.
    pub fn settle(&self, folder: &str, uid_validity: u32, uids: &[u32]) -> Result<(), MailboxError> {
        let After::Move(target) = &self.after else { return Ok(()) };
        let index = self.index(folder)?;
        if index.uid_validity != uid_validity {
            return Ok(());
        }
        let (dir, target) = (self.root.join(folder), self.root.join(target));
        let cannot = failed("move a mail", &target);
        fs::create_dir_all(&target).map_err(&cannot)?;
        for name in uids.iter().filter_map(|uid| index.name(*uid)) {
            match fs::rename(dir.join(name), target.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(cannot(error)),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }

    fn index(&self, folder: &str) -> Result<Index, MailboxError> {
        Index::of(&self.root.join(folder))
    }

    fn read_new(&self, folder: &str, asked: &NewMail) -> Result<Vec<Window>, MailboxError> {
        let index = self.index(folder)?;
        let wanted = match asked.bookmarks.get(folder) {
            Some(Bookmark { uid_validity, last_uid }) if *uid_validity == index.uid_validity => {
                index.present().filter(|uid| uid > last_uid).collect()
            }
            Some(_) => self.arrived_since(folder, &index, asked.again_since)?,
            None if !asked.bookmarks.is_empty() => self.arrived_since(folder, &index, asked.again_since)?,
            None => match asked.first {
                Start::AtEnd => Vec::new(),
                Start::Since(since) => self.arrived_since(folder, &index, since)?,
            },
        };
        self.windows(folder, &index, &wanted, Upto::Moves)
    }

    /// UIDs of the files that were written on `since` or later.
    fn arrived_since(&self, folder: &str, index: &Index, since: NaiveDate) -> Result<Vec<u32>, MailboxError> {
        let dir = self.root.join(folder);
        let mut wanted = Vec::new();
        for uid in index.present() {
            let Some(name) = index.name(uid) else { continue };
            let written = fs::metadata(dir.join(name)).and_then(|file| file.modified());
            let written = DateTime::<Utc>::from(written.map_err(failed("look at a mail", &dir))?);
            if written.date_naive() >= since {
                wanted.push(uid);
            }
        }
        Ok(wanted)
    }

    fn windows(&self, folder: &str, index: &Index, uids: &[u32], upto: Upto) -> Result<Vec<Window>, MailboxError> {
        let mut chunks = uids.chunks(WINDOW_MAILS).peekable();
        let mut windows = Vec::new();
        loop {
            let some = chunks.next().unwrap_or_default();
            let to_end = chunks.peek().is_none();
            let mut mails = Vec::new();
            for uid in some.iter().copied() {
                mails.extend(self.mail(folder, index, uid)?);
            }
            let last = some.last().copied().unwrap_or_default();
            let (upto, read_to_end) = match upto {
                Upto::Moves => (if to_end { index.last_uid() } else { last }, to_end),
                Upto::Stays(at) => (at, false),
            };
            let (folder, uid_validity) = (folder.to_owned(), index.uid_validity);
            windows.push(Window { folder, uid_validity, mails, unreadable: Vec::new(), upto, read_to_end });
            if to_end {
                return Ok(windows);
            }
        }
    }

    /// None where somebody removed the file in the meantime.
    fn mail(&self, folder: &str, index: &Index, uid: u32) -> Result<Option<Fetched>, MailboxError> {
        let Some(name) = index.name(uid) else { return Ok(None) };
        let path = self.root.join(folder).join(name);
        let read = || -> io::Result<Fetched> {
            let file = fs::File::open(&path)?;
            let size = file.metadata()?.len();
            let partial = size > self.size_cap;
            let mut raw = Vec::new();
            file.take(if partial { PART_BYTES } else { size }).read_to_end(&mut raw)?;
            Ok(Fetched { uid, raw, size, partial })
        };
        match read() {
            Ok(mail) => Ok(Some(mail)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("read a mail", &path)(error)),
        }
    }

    fn each_or_error(
        &self,
        windows: Result<Vec<Window>, MailboxError>,
    ) -> impl Iterator<Item = Result<Window, MailboxError>> + use<> {
        let (windows, error) = match windows {
            Ok(windows) => (windows, None),
            Err(error) => (Vec::new(), Some(Err(error))),
        };
        windows.into_iter().map(Ok).chain(error)
    }
}

/// What windows say about the bookmark.
#[derive(Debug, Clone, Copy)]
enum Upto {
    Moves,
    Stays(u32),
}

fn failed(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> MailboxError {
    move |source| MailboxError::Directory { doing, path: path.to_owned(), source }
}

/// Whether the header of a mail carries this Message-ID; its value may stand on a folded line.
fn has_message_id(raw: &[u8], id: &MessageId) -> bool {
    let wanted = id.to_string();
    let text = String::from_utf8_lossy(raw);
    let mut inside = false;
    for line in text.lines().take_while(|line| !line.is_empty()) {
        if !line.starts_with([' ', '\t']) {
            let name = line.split_once(':').map_or("", |(name, _)| name);
            inside = name.trim_end().eq_ignore_ascii_case("message-id");
        }
        if inside && line.contains(&wanted) {
            return true;
        }
    }
    false
}
