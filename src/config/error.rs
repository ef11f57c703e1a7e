//! What can go wrong with a config, before a single mail is touched.

use super::mistake::Mistakes;
use crate::remedy::Remedy;
use std::{io, path::PathBuf};
use thiserror::Error;

/// There is no config to work with.
#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("there is no config.toml{}\nto begin: `handback init`, or copy config.example.toml to one of these places and set its five values", looked_at(.looked))]
    NotFound { looked: Vec<PathBuf> },
    #[error("{named_by} names {}, and there is no such file", .path.display())]
    Missing { path: PathBuf, named_by: &'static str },
    #[error("could not read {}", .path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} is not UTF-8 text", .path.display())]
    NotText { path: PathBuf },
    #[error("{0}")]
    Mistakes(Box<Mistakes>),
}

impl ConfigError {
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::NotFound { .. }
            | Self::Missing { .. }
            | Self::Unreadable { .. }
            | Self::NotText { .. }
            | Self::Mistakes(_) => Remedy::Stop,
        }
    }
}

impl From<Mistakes> for ConfigError {
    fn from(mistakes: Mistakes) -> Self {
        Self::Mistakes(Box::new(mistakes))
    }
}

fn looked_at(places: &[PathBuf]) -> String {
    places.iter().map(|place| format!("\n  looked at {}", place.display())).collect()
}
