//! What is asked of a mailbox and what comes back; the words that both kinds of mailbox share.

use super::error::MailboxError;
use crate::domain::mail::Window;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashSet, VecDeque};
use tokio::sync::mpsc;

/// UIDs asked for at once. One by one costs a round trip a mail; 200 in a window cost it once.
pub(super) const WINDOW_MAILS: usize = 200;

/// How much is read of a mail that is larger than the cap: its header and, as a rule, its first text.
pub(super) const PART_BYTES: u64 = 256 * 1024;

/// How far a folder was read. It holds as long as the folder keeps its UIDVALIDITY (RFC 3501 section 2.3.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bookmark {
    pub uid_validity: u32,
    pub last_uid: u32,
}

/// Where the very first reading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Behind the last mail there is: only what comes from now on is read.
    AtEnd,
    /// With the mails that arrived on this day or later.
    Since(NaiveDate),
}

/// Asks for all mail behind the bookmarks.
#[derive(Debug, Clone)]
pub struct NewMail {
    /// By folder, as the ledger took them from earlier windows.
    pub bookmarks: BTreeMap<String, Bookmark>,
    /// What holds when there is no bookmark at all.
    pub first: Start,
    /// Where a folder is read again from when its UIDVALIDITY changed, and where a folder begins that appears
    /// later than the others: some days back, and not before the first start.
    pub again_since: NaiveDate,
}

/// Asks for mails that turned up behind our back, below the bookmark.
#[derive(Debug, Clone)]
pub struct Overlap {
    pub folder: String,
    pub bookmark: Bookmark,
    /// Where reading of this folder once began; mails up to this UID are none of our business.
    pub above: u32,
    pub since: NaiveDate,
    /// UIDs that the ledger has.
    pub known: HashSet<u32>,
}

/// The folders of a mailbox that concern us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// INBOX and, where there is one, the junk folder.
    pub read: Vec<String>,
    /// Where the provider or the owner's mail app keeps sent mail.
    pub sent: Option<String>,
}

/// Where one of our letters was seen again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    InSent,
    InInbox,
    Nowhere,
}

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waited {
    /// The inbox has grown.
    News,
    /// Nothing was heard; reading is due all the same.
    TimeUp,
}

/// Windows one after the other, the next being read while this one is worked on.
#[derive(Debug)]
pub struct Windows(Source);

#[derive(Debug)]
enum Source {
    Read(VecDeque<Result<Window, MailboxError>>),
    Reading(mpsc::Receiver<Item>),
    Ended,
}

/// What a reader in the background sends.
#[derive(Debug)]
pub(super) enum Item {
    Window(Window),
    Broken(MailboxError),
    /// Sent last, so that a reader that died is not taken for one that finished.
    End,
}

impl Windows {
    pub(super) fn read(windows: impl IntoIterator<Item = Result<Window, MailboxError>>) -> Self {
        Self(Source::Read(windows.into_iter().collect()))
    }

    pub(super) fn reading(items: mpsc::Receiver<Item>) -> Self {
        Self(Source::Reading(items))
    }

    /// Returns the next window; none when everything asked for was read.
    ///
    /// # Errors
    ///
    /// Whatever stopped the reading. Windows given out before stay good; read again from their bookmarks.
    pub async fn next(&mut self) -> Result<Option<Window>, MailboxError> {
        let item = match &mut self.0 {
            Source::Ended => return Ok(None),
            Source::Read(windows) => match windows.pop_front() {
                Some(Ok(window)) => Item::Window(window),
                Some(Err(error)) => Item::Broken(error),
                None => Item::End,
            },
            Source::Reading(items) => items.recv().await.unwrap_or(Item::Broken(MailboxError::ReaderStopped)),
        };
        match item {
            Item::Window(window) => Ok(Some(window)),
            Item::Broken(error) => {
                self.0 = Source::Ended;
                Err(error)
            }
            Item::End => {
                self.0 = Source::Ended;
                Ok(None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reader_that_died_is_an_error_and_not_the_end_of_the_mail() {
        let (sender, receiver) = mpsc::channel(1);
        drop(sender);
        let mut windows = Windows::reading(receiver);
        assert!(matches!(windows.next().await, Err(MailboxError::ReaderStopped)));
        assert!(windows.next().await.unwrap().is_none());
    }
}
