//! Percents, counts and money.

use crate::domain::statement::Money;
use chrono_tz::Tz;

/// How far the work is, 0 to 100.
pub fn percent(clause: &str) -> Option<u8> {
    let (before, _) = clause.split_once('%')?;
    before
        .trim_end()
        .rsplit(|letter: char| !letter.is_ascii_digit())
        .next()?
        .parse()
        .ok()
        .filter(|value| *value <= 100)
}

/// Money laid out.
pub fn money(_clause: &str, _zone: Tz) -> Option<Money> {
    None
}
