//! The owner and the assistants.

use super::{
    calendar::Calendar,
    event::Fact,
    id::{Address, PersonId},
    words::Words,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Assistant,
}

/// What is known of a person by heart; the part that commands and config.toml set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub name: Words,
    pub address: Words,
    pub calendar: Calendar,
    /// How to reach them when mail does not, in the owner's words: "phone +63 917 555 0100".
    pub fallback: Option<Words>,
}

/// How well we know that a mail is from whom it says, from 0 (nothing) to 4 (the owner, proven).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Anybody else, an unreadable From, or a failed proof: held, no answer.
    Stranger,
    /// The address is on file, but neither token nor proof.
    Claimed,
    /// The address is on file and the token is valid; no proof was to be had.
    Token,
    /// An assistant with strong proof.
    Proven,
    /// The owner with strong proof.
    Owner,
}

/// The first exchange with an assistant: who we are, just reply, keep this address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hello {
    /// Added with a greeting that has not been answered; the first task waits.
    Awaited,
    Answered {
        at: DateTime<Utc>,
        level: Level,
    },
    /// The owner chose to go on without.
    Skipped,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub role: Role,
    pub profile: Profile,
    pub hello: Hello,
    pub added_at: DateTime<Utc>,
}

impl Person {
    /// A person as adding them leaves them: greeted, or trusted without.
    pub fn added(id: PersonId, role: Role, profile: Profile, hello: bool, at: DateTime<Utc>) -> Self {
        let hello = if hello { Hello::Awaited } else { Hello::Skipped };
        Self { id, role, profile, hello, added_at: at }
    }

    /// Takes in one fact about this person; facts about anything else change nothing.
    pub fn apply(&mut self, fact: &Fact, at: DateTime<Utc>) {
        if let Fact::PersonChanged { profile, .. } = fact {
            self.profile = profile.clone();
        } else if let Fact::HelloAnswered { level, .. } = fact {
            self.hello = Hello::Answered { at, level: *level };
        }
    }

    /// The address that mail from and to this person carries; kept sound by whoever adds a person.
    pub fn address(&self) -> Option<Address> {
        self.profile.address.as_str().parse().ok()
    }

    pub fn name(&self) -> &str {
        self.profile.name.as_str()
    }

    /// What to call them in a letter: the first word of the name.
    pub fn first_name(&self) -> &str {
        self.name().split_whitespace().next().unwrap_or(self.name())
    }

    /// Whether a task letter may go out, or has to wait for the answer to the hello.
    pub fn may_be_given_work(&self) -> bool {
        !matches!(self.hello, Hello::Awaited)
    }
}
