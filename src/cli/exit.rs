//! How a command ends: its exit code, and what it says on the way out.

use crate::{
    config::{ConfigError, Mistakes, SecretError, key::KeyError, mistake::WIDTH},
    ledger::LedgerError,
};
use std::{error::Error, fmt::Write as _, io::IsTerminal, process::ExitCode};

/// The exit codes that scripts and systemd units may rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Fine,
    Failed,
    Usage,
    /// `status --check` found something that wants a person.
    NotWell,
    /// Another handback works on this ledger (EX_CANTCREAT of sysexits.h).
    LedgerInUse,
    /// A mail server did not take the login (EX_NOPERM).
    LoginRefused,
    /// config.toml or the token key is wrong or missing (EX_CONFIG).
    Config,
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotWell => 3,
            Self::LedgerInUse => 73,
            Self::LoginRefused => 77,
            Self::Config => 78,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// A command that did not come to a good end, with everything there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub exit: Exit,
    /// For people, on stderr; several lines where a picture helps.
    pub words: String,
}

impl Trouble {
    pub fn new(exit: Exit, words: impl Into<String>) -> Self {
        Self { exit, words: words.into() }
    }

    /// Takes an error with the chain of its causes.
    pub fn from_error(exit: Exit, error: &dyn Error) -> Self {
        let mut words = format!("handback: {error}");
        let mut cause = error.source();
        while let Some(deeper) = cause {
            write!(words, "\n  because: {deeper}").expect("a String takes everything");
            cause = deeper.source();
        }
        Self { exit, words }
    }
}

impl Trouble {
    /// Draws what is wrong in a file, or names the flags that are wrong.
    pub fn from_mistakes(exit: Exit, mistakes: &Mistakes) -> Self {
        Self::new(exit, mistakes.picture(colours(), WIDTH))
    }

    /// For a file that is no config: a brief, or one with assistants.
    pub fn in_file(error: ConfigError) -> Self {
        Self { exit: Exit::Failed, ..Self::from(error) }
    }
}

impl From<ConfigError> for Trouble {
    fn from(error: ConfigError) -> Self {
        match &error {
            ConfigError::Mistakes(mistakes) => Self::from_mistakes(Exit::Config, mistakes),
            ConfigError::NotFound { .. }
            | ConfigError::Missing { .. }
            | ConfigError::Unreadable { .. }
            | ConfigError::NotText { .. } => Self::from_error(Exit::Config, &error),
        }
    }
}

impl From<LedgerError> for Trouble {
    fn from(error: LedgerError) -> Self {
        let in_use = matches!(error, LedgerError::InUse { .. });
        let exit = if in_use { Exit::LedgerInUse } else { Exit::Failed };
        Self::from_error(exit, &error)
    }
}

impl From<SecretError> for Trouble {
    fn from(error: SecretError) -> Self {
        Self::from_error(Exit::Config, &error)
    }
}

impl From<KeyError> for Trouble {
    fn from(error: KeyError) -> Self {
        Self::from_error(Exit::Config, &error)
    }
}

/// Whether stderr may be coloured (<https://no-color.org>).
pub fn colours() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
