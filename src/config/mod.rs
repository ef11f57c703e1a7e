//! config.toml as written, then as checked. Nothing starts on settings that hold a mistake, and all mistakes
//! of a file are told at once, each with its line, the reason and a cure.
//!
//! | file | knows |
//! |---|---|
//! | `find` | where config.toml is |
//! | `environment` | variables, as a value that tests can make |
//! | `raw` | the keys as they are written |
//! | `check` | from written keys to settings; `server`, `calendar`, `password`, `value`, `zone` read parts of it |
//! | `checked` | the settings |
//! | `provider` | the servers of well-known mail providers |
//! | `secret` | fetching a password without showing it |
//! | `key` | the key that signs tokens |
//! | `document` | a TOML text read to its end in spite of mistakes; `complaint` tells what was wrong, `mask` blanks secrets |
//! | `review` | collecting mistakes; `mistake` draws them; `nearest` and `example` know what was meant |
//! | `error` | there is no config to work with |
//!
//! Briefs and files of assistants are read with the same tools.

pub mod calendar;
mod check;
mod checked;
mod complaint;
pub mod document;
mod environment;
mod error;
pub mod example;
mod find;
pub mod key;
mod mask;
pub mod mistake;
pub mod nearest;
mod password;
mod provider;
mod raw;
pub mod review;
mod secret;
mod server;
pub mod value;
mod zone;

pub use checked::{After, Config, HostFrom, Imap, Limits, LogLevel, Mailbox, Owner, Reminders, Server, Tls, Trust};
pub use environment::Environment;
pub use error::ConfigError;
pub use find::find;
pub use mistake::Mistakes;
pub use provider::{Provider, provider_of};
pub use secret::{EnvironmentSecret, SecretError, SecretSource};
pub use zone::zone;

use check::Surroundings;
use document::{Document, read};
use example::Example;
use raw::RawConfig;
use review::Review;
use std::{fs, path::Path};

/// The example that shows every key with its default.
pub const EXAMPLE: Example = Example { name: "config.example.toml", text: include_str!("../../config.example.toml") };

/// Reads and checks the config at `path`. The second value holds warnings alone.
pub fn load(path: &Path, environment: &Environment) -> Result<(Config, Mistakes), ConfigError> {
    let bytes = fs::read(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
    let text = String::from_utf8(bytes).map_err(|_| ConfigError::NotText { path: path.to_owned() })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(parse(&path.display().to_string(), &text, folder, environment)?)
}

/// Checks the text of a config called `name` whose relative paths start at `folder`.
pub fn parse(
    name: &str,
    text: &str,
    folder: &Path,
    environment: &Environment,
) -> Result<(Config, Mistakes), Mistakes> {
    let (mut review, raw) = Review::of(Document::new(name, text), read::<RawConfig>(text, EXAMPLE), EXAMPLE);
    let config = raw.check(Surroundings { folder, environment }, &mut review);
    review.finish(config)
}
