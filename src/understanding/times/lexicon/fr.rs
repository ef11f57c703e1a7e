//! .

use super::Meaning;

pub(super) const COMMON: &str = "";
pub(super) const ROWS: &[(Meaning, &str)] = &[];
