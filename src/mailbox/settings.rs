//! What the mailbox has to be told: where it is, who we are, how long to wait, how much to read.

use crate::secret::Secret;
use std::{net::IpAddr, path::PathBuf, time::Duration};

/// A mailbox on an IMAP server.
#[derive(Debug, Clone)]
pub struct ImapSettings {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    pub password: Secret,
    /// A PEM file with the only CAs to trust, instead of those of the system.
    pub ca_file: Option<PathBuf>,
    /// Whether to wait for news with IDLE where the server offers it.
    pub idle: bool,
    /// The longest single IDLE. Lines die unseen, so it ends by time; never more than nine minutes are used.
    pub idle_at_most: Duration,
    pub deadlines: Deadlines,
    /// Mails of more bytes are read in part.
    pub size_cap: u64,
    /// Bytes of mail in one window; a single mail may exceed them.
    pub window_bytes: u64,
    pub after: After,
}

impl ImapSettings {
    /// The settings of an ordinary mailbox: port 993, TLS, IDLE for up to five minutes, mails of 25 MiB.
    pub fn new(host: impl Into<String>, user: impl Into<String>, password: Secret) -> Self {
        Self {
            host: host.into(),
            port: 993,
            tls: Tls::Implicit,
            user: user.into(),
            password,
            ca_file: None,
            idle: true,
            idle_at_most: Duration::from_secs(5 * 60),
            deadlines: Deadlines::default(),
            size_cap: 25 * 1024 * 1024,
            window_bytes: 16 * 1024 * 1024,
            after: After::Keep,
        }
    }

    /// Whether the host is this machine, where a password may travel without TLS.
    pub fn is_loopback(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost") || self.host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte.
    Implicit,
    /// Accepted for this machine alone.
    None,
}

/// How long a silent server is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// Name lookup, TCP and TLS together.
    pub connect: Duration,
    /// One read or write on the socket.
    pub answer: Duration,
    /// The answer to the DONE that ends an IDLE.
    pub done: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { connect: Duration::from_secs(30), answer: Duration::from_secs(60), done: Duration::from_secs(15) }
    }
}

/// What becomes of a mail in the mailbox once the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// It stays as it is.
    Keep,
    /// It is marked as seen.
    Seen,
    /// It moves to this folder, which is made when it is missing.
    Move(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_printed_with_its_settings() {
        let settings = ImapSettings::new("mail.example.org", "desk@example.org", Secret::new("tr0ub4dor"));
        assert!(!format!("{settings:?}").contains("tr0ub4dor"));
    }

    #[test]
    fn only_this_machine_counts_as_loopback() {
        for (host, expected) in [
            ("localhost", true),
            ("127.0.0.1", true),
            ("::1", true),
            ("10.0.0.1", false),
            ("localhost.example.org", false),
        ] {
            let settings = ImapSettings::new(host, "desk", Secret::new("x"));
            assert_eq!(settings.is_loopback(), expected, "{host}");
        }
    }
}
