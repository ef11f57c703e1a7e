//! Where mail comes from: an IMAP server, or a folder of .eml files.
//!
//! A mailbox hands out windows of mail behind a bookmark, waits for news, finds our own letters again and tidies
//! up. Reading changes nothing in the mailbox. What was handed out may come again; nothing is passed over.
//!
//! | file | knows |
//! |---|---|
//! | `settings` | what the mailbox has to be told |
//! | `reading` | what is asked of a mailbox and what comes back |
//! | `imap/` | a mailbox on an IMAP server |
//! | `mime` | from a message's bytes to a decoded mail |
//! | `folder` | a mailbox that is a directory of .eml files |
//! | `retry` | how long to leave a server alone after it failed us |
//! | `error` | what can go wrong, and the cure |

mod error;
mod folder;
mod imap;
pub mod mime;
mod reading;
pub mod retry;
mod settings;

pub use self::{
    error::MailboxError,
    folder::FolderMailbox,
    imap::ImapMailbox,
    reading::{Bookmark, Folders, Found, NewMail, Overlap, Start, Waited, Windows},
    settings::{After, Deadlines, ImapSettings, Tls},
};

use crate::domain::id::MessageId;
use chrono::NaiveDate;
use std::time::Duration;

/// Where mail comes from.
#[derive(Debug, Clone)]
pub enum Mailbox {
    Imap(ImapMailbox),
    Folder(FolderMailbox),
}

impl Mailbox {
    /// Lists the folders that concern us.
    pub async fn folders(&self) -> Result<Folders, MailboxError> {
        match self {
            Self::Imap(imap) => imap.folders().await,
            Self::Folder(folder) => Ok(folder.folders()),
        }
    }

    /// Reads the mail behind the bookmarks, the inbox first. Each folder ends with a window that says so, even
    /// where there is no mail in it.
    pub fn read(&self, asked: NewMail) -> Windows {
        match self {
            Self::Imap(imap) => imap.read(asked),
            Self::Folder(folder) => folder.read(&asked),
        }
    }

    /// Reads all mails of `folder` that arrived on `since` or later.
    pub fn read_since(&self, folder: &str, since: NaiveDate) -> Windows {
        match self {
            Self::Imap(imap) => imap.read_since(folder, since),
            Self::Folder(mailbox) => mailbox.read_since(folder, since),
        }
    }

    /// Reads the mails that turned up below a bookmark. Their windows leave the bookmark where it is.
    pub fn read_late(&self, overlap: Overlap) -> Windows {
        match self {
            Self::Imap(imap) => imap.read_late(overlap),
            Self::Folder(folder) => folder.read_late(&overlap),
        }
    }

    /// Waits until the inbox grows, or for `at_most`. May be cancelled.
    pub async fn wait(&self, at_most: Duration) -> Result<Waited, MailboxError> {
        match self {
            Self::Imap(imap) => imap.wait(at_most).await,
            Self::Folder(folder) => folder.wait(at_most).await,
        }
    }

    /// Looks for a letter of ours: among sent mail, then in our own inbox.
    pub async fn find(&self, id: &MessageId) -> Result<Found, MailboxError> {
        match self {
            Self::Imap(imap) => imap.find(id).await,
            Self::Folder(folder) => folder.find(id),
        }
    }

    /// Does with mails that the ledger has as the settings say: keeps them, marks them as seen, or moves them.
    pub async fn settle(&self, folder: &str, uid_validity: u32, uids: &[u32]) -> Result<(), MailboxError> {
        match self {
            Self::Imap(imap) => imap.settle(folder, uid_validity, uids).await,
            Self::Folder(mailbox) => mailbox.settle(folder, uid_validity, uids),
        }
    }

    /// The folder that mails are moved into once the ledger has them, as the server spells it.
    pub fn puts_away_into(&self) -> Option<String> {
        match self {
            Self::Imap(imap) => imap.puts_away_into(),
            Self::Folder(folder) => folder.puts_away_into(),
        }
    }

    /// Says goodbye, where there is somebody to say it to.
    pub async fn close(&self) {
        match self {
            Self::Imap(imap) => imap.close().await,
            Self::Folder(_) => {}
        }
    }
}
