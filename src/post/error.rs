//! Why a letter did not leave, and what to do about it.

use crate::{domain::letter::Fate, remedy::Remedy};
use lettre::transport::smtp::response::Response;
use std::path::PathBuf;
use thiserror::Error;

pub(super) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A letter did not leave, or nobody can say whether it did.
#[derive(Debug, Error)]
pub enum PostError {
    /// No connection, or one that broke before the letter's final dot: the letter has not left.
    #[error("could not reach the mail server {host}:{port} (check host, port and the network)")]
    Unreachable {
        host: String,
        port: u16,
        #[source]
        source: BoxError,
    },
    #[error(
        "the certificate of the mail server {host} is not trusted (check the host name, this machine's clock, \
         and name a `ca_file` where the server has its own authority)"
    )]
    CertificateNotTrusted {
        host: String,
        #[source]
        source: BoxError,
    },
    #[error("the mail server {host}:{port} offers no TLS the way we asked ({why})")]
    NoTls { host: String, port: u16, why: &'static str },
    /// The server was there and wanted no conversation; this says nothing about the letter.
    #[error("the mail server turned us away: {code} {server_says}")]
    TurnedAway { code: u16, server_says: String },
    #[error(
        "the mail server refused the login: {server_says} (check user name and secret; providers with two-step \
         login want an app password)"
    )]
    LoginRefused { server_says: String },
    /// A 4xx answer.
    #[error("the mail server refused the letter for now: {code} {server_says}")]
    RefusedForNow { code: u16, server_says: String },
    /// A 5xx answer.
    #[error("the mail server refused the letter: {code} {server_says}")]
    Refused { code: u16, server_says: String },
    #[error("the mail server refused the recipient: {code} {server_says} (check the person's address)")]
    RecipientRefused { code: u16, server_says: String },
    #[error("the letter of {size} bytes is too large for the mail server{}", at_most(*.limit))]
    TooLarge { size: u64, limit: Option<u64> },
    /// The connection broke, or the deadline passed, between the final dot and its answer.
    #[error("the mail server took the letter but its answer was lost, so it may have left or not")]
    InDoubt(#[source] BoxError),
    #[error("the letter's bytes cannot be sent safely: {0}")]
    Unsendable(&'static str),
    #[error("the address has letters that this mail server cannot carry (ask the person for a plain one)")]
    AddressNotCarried(#[source] BoxError),
    #[error("will not send without TLS to {host}, which is another machine (set `tls`)")]
    CleartextToOthers { host: String },
    #[error("`{host}` is no host name")]
    BadHost {
        host: String,
        #[source]
        source: BoxError,
    },
    #[error("could not read the certificates to trust{} (check that it is a readable PEM file)", in_file(.path))]
    NoAuthorities {
        path: Option<PathBuf>,
        #[source]
        source: BoxError,
    },
    #[error("could not write a letter into the folder {folder} (check that it can be written and is not full)")]
    Folder {
        folder: PathBuf,
        #[source]
        source: std::io::Error,
    },
}

fn at_most(limit: Option<u64>) -> String {
    limit.map(|limit| format!(", which takes {limit}")).unwrap_or_default()
}

fn in_file(path: &Option<PathBuf>) -> String {
    path.as_ref().map(|path| format!(" from {}", path.display())).unwrap_or_default()
}

impl PostError {
    /// What should be done about it. A letter in doubt must not be tried again blindly, so it is set aside for
    /// the search by its Message-ID.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Unreachable { .. }
            | Self::CertificateNotTrusted { .. }
            | Self::NoTls { .. }
            | Self::TurnedAway { .. }
            | Self::RefusedForNow { .. }
            | Self::Folder { .. } => Remedy::TryAgain,
            Self::Refused { .. }
            | Self::RecipientRefused { .. }
            | Self::TooLarge { .. }
            | Self::InDoubt(_)
            | Self::Unsendable(_)
            | Self::AddressNotCarried(_) => Remedy::SetAside,
            Self::LoginRefused { .. }
            | Self::CleartextToOthers { .. }
            | Self::BadHost { .. }
            | Self::NoAuthorities { .. } => Remedy::Stop,
        }
    }

    /// Where the letter stands now. [`Fate::Planned`] where the trouble is with the server or the settings and the
    /// letter itself was never judged: the whole post should pause then, and no try counts against the letter.
    pub fn fate(&self) -> Fate {
        match self {
            Self::InDoubt(_) => Fate::InDoubt,
            Self::RefusedForNow { .. } => Fate::Waiting,
            Self::Refused { .. }
            | Self::RecipientRefused { .. }
            | Self::TooLarge { .. }
            | Self::Unsendable(_)
            | Self::AddressNotCarried(_) => Fate::Refused,
            Self::Unreachable { .. }
            | Self::CertificateNotTrusted { .. }
            | Self::NoTls { .. }
            | Self::TurnedAway { .. }
            | Self::LoginRefused { .. }
            | Self::CleartextToOthers { .. }
            | Self::BadHost { .. }
            | Self::NoAuthorities { .. }
            | Self::Folder { .. } => Fate::Planned,
        }
    }
}

/// What a server said besides its code.
pub(super) fn words_of(response: &Response) -> String {
    printable(&response.message().collect::<Vec<_>>().join(" "))
}

/// A server's words, cut to a length and an alphabet that suit a log line.
pub(super) fn printable(words: &str) -> String {
    words.trim().chars().filter(|c| !c.is_control()).take(400).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_are_cut_and_cleaned_for_the_log() {
        assert_eq!(printable(" 5.1.1 no\u{1b}[31m such\tuser\r\n"), "5.1.1 no[31m suchuser");
        assert_eq!(printable(&"x".repeat(5000)).len(), 400);
    }
}
