//! Expressions as people type them, language by language, with what they mean on Tuesday 10 March 2026, 10:00.
//!
//! A row is the words and the value found: `03-13` a date of that year, `2027-01-04` of another, `03-13 12:00` a date with
//! a clock time, `15:30` a clock time, `90m` minutes, `-` nothing. Several values are parted by `;`.
//!
//! - `en`: English
//! - `europe`: German, French, and the commonest of Ukrainian, Russian, Polish
//! - `south`: Filipino, Hindi and Urdu, Spanish, Portuguese, and the commonest of Indonesian, Vietnamese, Swahili
//! - `promises`: when something will be ready
//! - `hours`: hours, percents and money

mod en;
mod europe;
mod hours;
mod promises;
mod south;

use super::*;
use chrono_tz::Tz;

pub(super) fn tuesday(zone: Tz) -> Situation {
    Situation::new("2026-03-10T10:00:00".parse().unwrap(), zone)
}

pub(super) fn shown(value: TimeValue) -> String {
    let day = |date: chrono::NaiveDate| date.to_string().trim_start_matches("2026-").to_owned();
    match value {
        TimeValue::Date(date) => day(date),
        TimeValue::DateTime(at) => format!("{} {}", day(at.date()), at.format("%H:%M")),
        TimeValue::Time(time) => time.format("%H:%M").to_string(),
        TimeValue::Minutes(minutes) => format!("{minutes}m"),
    }
}

/// Checks all rows before it complains, so that one run shows every one that is wrong.
#[track_caller]
pub(super) fn check(zone: Tz, rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(words, expected)| {
            let found: Vec<String> = find(words, &tuesday(zone)).iter().map(|found| shown(found.value)).collect();
            let found = if found.is_empty() { "-".to_owned() } else { found.join("; ") };
            (found != *expected).then(|| format!("{words}: {found} instead of {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows are read otherwise:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
