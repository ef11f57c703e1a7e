//! A person's own words, which alone may be erased from the ledger.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Text that a person wrote or that names a person.
///
/// Events carry it as `{"words": "…"}`. The ledger replaces that object by a reference and a salted
/// hash before it stores the event, so that the words can be erased and the chain still holds. Erased
/// words are read back as [`Words::ERASED`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Words {
    words: String,
}

impl Words {
    /// What stands where words were erased.
    pub const ERASED: &str = "(erased)";

    pub fn as_str(&self) -> &str {
        &self.words
    }
}

impl<T: Into<String>> From<T> for Words {
    fn from(text: T) -> Self {
        Self { words: text.into() }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}
