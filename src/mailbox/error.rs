//! What can go wrong between us and the mailbox, in sentences that name what, why and the cure.

use crate::remedy::Remedy;
use std::{io, path::PathBuf};
use thiserror::Error;

/// The mailbox could not be read or tidied.
#[derive(Debug, Error)]
pub enum MailboxError {
    #[error(
        "no address is known for the mail server {host}: check the spelling of the host name, then this machine's DNS"
    )]
    NoSuchHost {
        host: String,
        #[source]
        source: io::Error,
    },
    #[error("the mail server {host} does not answer on port {port}: check host and port, then firewall and network")]
    Unreachable {
        host: String,
        port: u16,
        #[source]
        source: io::Error,
    },
    #[error(
        "the certificate of the mail server {host} is not trusted: check that the host name is the one in the \
         certificate, or name the server's own CA in `ca_file`"
    )]
    NotTrusted {
        host: String,
        #[source]
        source: rustls::Error,
    },
    #[error("no TLS connection to {host} on port {port}: the port must speak TLS from the first byte (993, not 143)")]
    NoTls {
        host: String,
        port: u16,
        #[source]
        source: io::Error,
    },
    #[error(
        "the mail server {host} turned us away, saying \"{server_says}\": it is busy, or counts too many connections"
    )]
    TurnedAway { host: String, server_says: String },
    #[error(
        "the mail server {host} lets us in without asking for a password (PREAUTH), so we cannot tell whose mailbox \
         this is: use the server's ordinary port"
    )]
    NotAsked { host: String },
    #[error("what answers at {host} port {port} is not an IMAP server: check host and port")]
    NotImap { host: String, port: u16 },
    #[error(
        "the mail server does not accept the password of {user}, saying \"{server_says}\": set the mailbox's password \
         anew (with two-step login the provider wants an app password)"
    )]
    LoginRefused { user: String, server_says: String },
    #[error("the mail server refused to {doing}, saying \"{server_says}\"")]
    Refused { doing: &'static str, server_says: String, folder_missing: bool },
    #[error("the mail server ended the connection while we wanted to {doing}, saying \"{server_says}\"")]
    SaidGoodbye { doing: &'static str, server_says: String },
    #[error("the mail server closed the connection while we wanted to {doing}")]
    Closed { doing: &'static str },
    #[error("the connection to the mail server broke while we wanted to {doing}")]
    Cut {
        doing: &'static str,
        #[source]
        source: io::Error,
    },
    #[error("the mail server did not answer in time while we wanted to {doing}")]
    Late { doing: &'static str },
    #[error("the mail server's answer cannot be read while we wanted to {doing}")]
    Garbled { doing: &'static str },
    #[error("the mail server sends more than was asked for while we wanted to {doing} (a limit of {limit} bytes)")]
    Flood { doing: &'static str, limit: u64 },
    #[error("the mail server answered for {answered} of {asked} mails")]
    Unanswered { asked: usize, answered: usize },
    #[error(
        "the mail server gives folder {folder} no UIDVALIDITY, without which no mail can be told from another: this \
         server cannot be used"
    )]
    NoUidValidity { folder: String },
    #[error("folder {folder} was made anew while it was being read")]
    FolderRenewed { folder: String },
    #[error("reading the mailbox stopped without a word: this is a fault of handback")]
    ReaderStopped,
    #[error(
        "refusing to send a password to {host} without TLS: set `tls = \"implicit\"` (only this machine may go without)"
    )]
    NotEncrypted { host: String },
    #[error("the CA file {} cannot be used: it must hold certificates in PEM form", path.display())]
    CaFile {
        path: PathBuf,
        #[source]
        source: rustls::pki_types::pem::Error,
    },
    #[error("TLS cannot be set up: is the package ca-certificates installed?")]
    TlsSetup(#[source] rustls::Error),
    #[error("`{text}` cannot be said in an IMAP command: it holds a line break or a letter outside ASCII")]
    Unsayable { text: String },
    #[error("could not {doing} in the mail folder {}", path.display())]
    Directory {
        doing: &'static str,
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

impl MailboxError {
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::NoSuchHost { .. }
            | Self::Unreachable { .. }
            | Self::NotTrusted { .. }
            | Self::NoTls { .. }
            | Self::TurnedAway { .. }
            | Self::NotAsked { .. }
            | Self::NotImap { .. }
            | Self::LoginRefused { .. }
            | Self::Refused { .. }
            | Self::SaidGoodbye { .. }
            | Self::Closed { .. }
            | Self::Cut { .. }
            | Self::Late { .. }
            | Self::Garbled { .. }
            | Self::Flood { .. }
            | Self::Unanswered { .. }
            | Self::FolderRenewed { .. }
            | Self::ReaderStopped
            | Self::Directory { .. } => Remedy::TryAgain,
            Self::Unsayable { .. } => Remedy::SetAside,
            Self::NoUidValidity { .. } | Self::NotEncrypted { .. } | Self::CaFile { .. } | Self::TlsSetup(_) => {
                Remedy::Stop
            }
        }
    }
}
