//! Where and how to reach the mail server.

use crate::secret::Secret;
use std::{net::IpAddr, path::PathBuf, time::Duration};

/// Where and how to reach the mail server.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// A name or an IP address.
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// None for a relay that asks for no login.
    pub login: Option<Login>,
    /// A PEM file whose certificates are believed instead of the system's.
    pub ca_file: Option<PathBuf>,
    /// The name to greet the server with; the address of this end where none is given.
    pub hello: Option<String>,
    pub deadlines: Deadlines,
}

/// How the line is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tls {
    /// From the first byte; port 465.
    Implicit,
    /// Asked for in plain text, then required; port 587.
    StartTls,
    /// Not at all, which is for a server on the same machine only.
    Off,
}

#[derive(Debug, Clone)]
pub struct Login {
    pub user: String,
    pub password: Secret,
}

/// How long each wait may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// For each address of the host.
    pub connect: Duration,
    /// For the TLS handshake, and for the answer to each command.
    pub answer: Duration,
    /// For the letter's bytes to leave; another second is allowed for every 20 kB.
    pub letter: Duration,
    /// For the answer to the final dot. RFC 5321 section 4.5.3.2.6 wants it long, since servers look through a
    /// mail before they answer, and a letter given up here is in doubt.
    pub verdict: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            answer: Duration::from_secs(60),
            letter: Duration::from_secs(60),
            verdict: Duration::from_secs(300),
        }
    }
}

impl Deadlines {
    /// The time that a letter of `size` bytes may take to leave.
    pub(super) fn for_letter(&self, size: usize) -> Duration {
        self.letter + Duration::from_secs(u64::try_from(size / 20_000).unwrap_or(u64::MAX))
    }
}

impl SmtpSettings {
    /// Whether the host can only be this machine.
    pub(super) fn is_loopback(&self) -> bool {
        match self.host.parse::<IpAddr>() {
            Ok(address) => address.is_loopback(),
            Err(_) => self.host.eq_ignore_ascii_case("localhost"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_prints_itself() {
        let login = Login { user: "office".to_owned(), password: Secret::new("hunter2") };
        let printed = format!("{login:?}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }

    #[test]
    fn a_large_letter_gets_more_time_to_leave() {
        let deadlines = Deadlines::default();
        assert_eq!(deadlines.for_letter(2_500), Duration::from_secs(60));
        assert_eq!(deadlines.for_letter(20_000_000), Duration::from_secs(1060));
    }

    #[test]
    fn only_the_own_machine_is_loopback() {
        let at = |host: &str| SmtpSettings {
            host: host.to_owned(),
            port: 25,
            tls: Tls::Off,
            login: None,
            ca_file: None,
            hello: None,
            deadlines: Deadlines::default(),
        };
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1"] {
            assert!(at(host).is_loopback(), "{host}");
        }
        for host in ["mail.example.test", "10.0.0.1", "localhost.example.test", "::2", ""] {
            assert!(!at(host).is_loopback(), "{host}");
        }
    }
}
