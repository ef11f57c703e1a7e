//! Wall times with their zone, and moments as precise as the words were.

use super::words::Words;
use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A time that a person named: the wall time they meant, their zone, and the instant it was then.
///
/// All three are kept, because a government may change the zone's rules before the time comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WallTime {
    pub local: NaiveDateTime,
    pub zone: Tz,
    pub at: DateTime<Utc>,
}

impl WallTime {
    /// Reads `local` in `zone`. A time that the clock skips becomes the first minute after the gap;
    /// one that it shows twice is the earlier.
    pub fn new(local: NaiveDateTime, zone: Tz) -> Self {
        Self { local, zone, at: instant(local, zone) }
    }

    pub fn from_instant(at: DateTime<Utc>, zone: Tz) -> Self {
        Self { local: at.with_timezone(&zone).naive_local(), zone, at }
    }
}

/// The instant at which the clocks of `zone` show `local`.
pub fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    // No zone has skipped more than a day at once, so the search ends within two.
    for minutes in 0..=2 * 24 * 60 {
        match zone.from_local_datetime(&(local + TimeDelta::minutes(minutes))) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => return at.with_timezone(&Utc),
            LocalResult::None => {}
        }
    }
    DateTime::from_naive_utc_and_offset(local, Utc)
}

/// A day, or a minute of a day, as precise as the words that named it. Always on the clock of `zone`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    Day { date: NaiveDate, zone: Tz },
    Minute(WallTime),
}

impl Moment {
    pub fn date(&self) -> NaiveDate {
        match self {
            Self::Day { date, .. } => *date,
            Self::Minute(wall) => wall.local.date(),
        }
    }

    pub fn zone(&self) -> Tz {
        match self {
            Self::Day { zone, .. } => *zone,
            Self::Minute(wall) => wall.zone,
        }
    }

    /// The wall time to hold someone to: a day without a clock time ends at `closing`.
    pub fn by(&self, closing: NaiveTime) -> WallTime {
        match self {
            Self::Day { date, zone } => WallTime::new(date.and_time(closing), *zone),
            Self::Minute(wall) => *wall,
        }
    }
}

/// A date in somebody's words, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateRead {
    /// The words that name it: "by next Friday".
    pub words: Words,
    pub read: Moment,
    /// The last day, both inclusive, where whole days were named: an absence.
    pub until: Option<NaiveDate>,
}

impl DateRead {
    /// Whether all of it has gone by at `now`.
    pub fn is_past(&self, now: DateTime<Utc>) -> bool {
        let today = now.with_timezone(&self.read.zone()).date_naive();
        match (self.until, self.read) {
            (Some(last), _) => last < today,
            (None, Moment::Day { date, .. }) => date < today,
            (None, Moment::Minute(wall)) => wall.at < now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(local: &str, zone: Tz, expected: &str) {
        let wall = WallTime::new(local.parse().unwrap(), zone);
        assert_eq!(wall.at.to_rfc3339(), expected);
    }

    #[test]
    fn a_skipped_time_is_the_first_after_the_gap_and_a_doubled_one_the_earlier() {
        check("2026-03-29T01:30:00", Tz::Europe__London, "2026-03-29T01:00:00+00:00");
        check("2026-10-25T01:30:00", Tz::Europe__London, "2026-10-25T00:30:00+00:00");
        check("2011-12-30T12:00:00", Tz::Pacific__Apia, "2011-12-30T10:00:00+00:00"); // a day that Samoa skipped
    }
}
