//! The numbers and names that things keep for life. None is ever used again.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! number {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);
    };
}

number! {
    /// A task's number, shown as `HB-142`.
    TaskId(u32)
}
number! {
    /// A person's number. The owner is always [`PersonId::OWNER`].
    PersonId(u32)
}
number! {
    /// A letter's number, the one that its token signs.
    LetterId(u32)
}
number! {
    /// The row of one received mail.
    InboxId(i64)
}
number! {
    /// The row of one notice.
    NoticeId(i64)
}
number! {
    /// An event's place in the ledger, from 1 without gaps.
    EventId(i64)
}

impl PersonId {
    /// The owner, who is described in config.toml and mirrored into the ledger.
    pub const OWNER: Self = Self(1);
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HB-{}", self.0)
    }
}

macro_rules! shown_as_number {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    )*};
}
shown_as_number!(PersonId LetterId InboxId NoticeId EventId);

/// The text is not a task's number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a task number (try `HB-1`)")]
pub struct NotATask(String);

impl FromStr for TaskId {
    type Err = NotATask;

    /// Reads `HB-142`, `hb 142`, `HB142` and a bare `142`.
    fn from_str(text: &str) -> Result<Self, NotATask> {
        let refused = || NotATask(text.to_owned());
        let trimmed = text.trim();
        let digits = match trimmed.get(..2) {
            Some(prefix) if prefix.eq_ignore_ascii_case("hb") => trimmed
                .get(2..)
                .unwrap_or_default()
                .trim_start_matches(['-', ' ', '\u{2010}', '\u{2011}', '\u{2013}']),
            Some(_) | None => trimmed,
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refused());
        }
        match digits.parse() {
            Ok(0) | Err(_) => Err(refused()),
            Ok(number) => Ok(Self(number)),
        }
    }
}

/// An RFC 5322 Message-ID without its angle brackets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub String);

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)
    }
}

/// An email address as people compare it: trimmed and in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Address(String);

/// The text is not an email address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an email address (it needs one `@` with a name before and a domain after it)")]
pub struct NotAnAddress(String);

impl Address {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let address = text.trim().to_lowercase();
        let sound = address.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && !domain.is_empty()
                && !domain.contains('@')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
        }) && !address.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"()".contains(c));
        if sound { Ok(Self(address)) } else { Err(NotAnAddress(text.to_owned())) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_number_is_read_however_people_write_it() {
        for written in ["HB-142", "hb-142", "HB142", "hb 142", " 142 ", "HB\u{2011}142"] {
            assert_eq!(written.parse(), Ok(TaskId(142)), "{written}");
        }
        for written in ["", "HB-", "HB-0", "HB-12a", "HX-12", "-12", "99999999999"] {
            assert!(written.parse::<TaskId>().is_err(), "{written}");
        }
    }

    #[test]
    fn an_address_is_compared_in_lower_case_and_refused_when_broken() {
        assert_eq!("  Ana@Example.ORG ".parse::<Address>().unwrap().as_str(), "ana@example.org");
        for written in ["", "ana", "@x.org", "ana@", "a@b@c", "a b@c.org", "a@.org", "a@b\r\nBcc: c@d.org"] {
            assert!(written.parse::<Address>().is_err(), "{written}");
        }
    }
}
