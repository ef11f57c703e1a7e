//! config.toml as it is meant: zones, addresses and durations, every default in its place.

use super::{provider::Provider, secret::SecretSource};
use crate::domain::{calendar::Calendar, id::Address, person::Profile};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use std::{fmt, path::PathBuf, time::Duration};

/// One machine's and one owner's settings, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub owner: Owner,
    pub mailbox: Mailbox,
    pub imap: Imap,
    pub smtp: Server,
    pub trust: Trust,
    pub reminders: Reminders,
    pub limits: Limits,
    /// Where the ledger and the token key are.
    pub data_dir: PathBuf,
    /// The owner's own templates, which take the place of those with the same name.
    pub templates_dir: Option<PathBuf>,
    pub log: LogLevel,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    pub name: String,
    pub address: Address,
    /// The name that letters are sent for, beside the owner's.
    pub business: Option<String>,
    pub fallback: Option<String>,
    pub calendar: Calendar,
    /// When the daily digest leaves, on the owner's clock and working days.
    pub digest_at: NaiveTime,
}

impl Owner {
    /// What the ledger keeps of the owner.
    pub fn profile(&self) -> Profile {
        Profile {
            name: self.name.as_str().into(),
            address: self.address.as_str().into(),
            calendar: self.calendar.clone(),
            fallback: self.fallback.as_deref().map(Into::into),
        }
    }
}

/// The mailbox that handback owns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub address: Address,
    pub after: After,
    /// Larger mails are not fetched whole, in bytes.
    pub size_cap: u64,
    /// The first start reads mail from this day on; none begins at the mailbox's present end.
    pub since: Option<NaiveDate>,
}

/// What becomes of a mail on the server once it is in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// It is left as it was.
    Keep,
    Seen,
    /// It is moved to the folder of this name.
    Move(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imap {
    pub server: Server,
    /// Whether to wait with IDLE where the server can.
    pub idle: bool,
    /// How often to look without IDLE.
    pub poll_every: Duration,
}

/// A mail server and the login there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub host_from: HostFrom,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    /// Certificate authorities to trust instead of the system's, in PEM.
    pub ca_file: Option<PathBuf>,
    pub secret: SecretSource,
}

/// How a host name was come by; a guess is the first suspect when nothing answers there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostFrom {
    Config,
    Provider(&'static Provider),
    /// Made of the mailbox's domain.
    Guess,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte (RFC 8314).
    Implicit,
    /// After a STARTTLS that the server must grant.
    StartTls,
    /// None; for servers on the same machine alone.
    None,
}

impl fmt::Display for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Implicit => "implicit",
            Self::StartTls => "starttls",
            Self::None => "none",
        })
    }
}

/// Whose word counts about where a mail comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trust {
    /// The receiving server whose Authentication-Results lines count (RFC 8601, section 2.5).
    pub authserv_id: Option<String>,
    /// The own server whose Received lines show an authenticated submission.
    pub own_server_received: Option<String>,
}

/// How long silence lasts before each step, in the assistant's working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminders {
    /// From handing over to the first reminder.
    pub first: TimeDelta,
    /// From the first reminder to the second.
    pub second: TimeDelta,
    /// From the second reminder to telling the owner.
    pub then_owner_after: TimeDelta,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Letters that handback starts by itself.
    pub letters_per_assistant_and_day: u32,
    pub letters_to_owner_and_day: u32,
    /// More letters than this planned in one round hold themselves.
    pub letters_in_one_round: u32,
    pub mails_per_sender_and_hour: u32,
    pub closings_per_person_in_ten_minutes: u32,
    /// Bytes of an assistant's files that "handed back" carries.
    pub forward_files_up_to: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    /// As `tracing` filters name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}
