//! Where letters leave: by SMTP, or into a folder to look at.
//!
//! Promises: a letter that [`Post::send`] reports as sent was accepted by the server's own 250; one that failed
//! before its final dot has certainly not left and may be tried again; one whose answer was lost after the dot
//! is [`PostError::InDoubt`] and nothing else. Every wait has a deadline, and a connection on which anything
//! went wrong is never used again.
//!
//! | file | knows |
//! |---|---|
//! | `mime` | a composed letter as the bytes that leave |
//! | `carried` | what every mail server and mail program carries unharmed |
//! | `settings` | where and how to reach the mail server |
//! | `smtp` | the connection that is kept between letters, and when to open another |
//! | `session` | one SMTP conversation: greeting, login, envelope, letter, answer |
//! | `dial` | the way to the server: addresses, `NODELAY`, STARTTLS, TLS |
//! | `trust` | whose certificates we believe |
//! | `folder` | letters written to a folder, for the demo, tests and dry runs |
//! | `backoff` | when to try a letter again that was refused for now |
//! | `error` | why a letter did not leave, and what to do about it |

pub mod backoff;
mod carried;
mod dial;
mod error;
mod folder;
pub mod mime;
mod session;
mod settings;
mod smtp;
mod trust;

pub use error::PostError;
pub use folder::FolderPost;
pub use settings::{Deadlines, Login, SmtpSettings, Tls};
pub use smtp::SmtpPost;

use crate::domain::id::Address;

/// Who a letter is from and to, as the mail server is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub from: Address,
    /// The addressee first. Others are copies to ourselves; a letter leaves without them when they are refused.
    pub to: Vec<Address>,
}

/// A letter was taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// The server's words after the final dot, often with its queue number; the file for a folder.
    pub server_says: String,
    /// Recipients after the first that the server refused.
    pub without: Vec<NotTaken>,
}

/// A recipient that the server refused while it took the letter for the addressee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTaken {
    pub address: Address,
    pub code: u16,
    pub server_says: String,
}

/// Where letters leave.
#[derive(Debug)]
pub enum Post {
    Smtp(Box<SmtpPost>),
    Folder(FolderPost),
}

impl Post {
    /// Sends one letter. `bytes` are a whole message as [`mime::encode`] makes it: CRLF line ends, ASCII.
    ///
    /// # Errors
    /// [`PostError::InDoubt`] where the letter may have left; any other error where it has not.
    pub async fn send(&mut self, envelope: &Envelope, bytes: &[u8]) -> Result<Receipt, PostError> {
        match self {
            Self::Smtp(smtp) => smtp.send(envelope, bytes).await,
            Self::Folder(folder) => folder.send(envelope, bytes),
        }
    }

    /// Says goodbye to the server, where a connection is open. The next letter opens another.
    pub async fn close(&mut self) {
        match self {
            Self::Smtp(smtp) => smtp.close().await,
            Self::Folder(_) => {}
        }
    }
}
