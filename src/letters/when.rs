//! Times as people say them: weekday, day, clock time, and the zone by its city.

use crate::domain::calendar::Day;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use std::collections::BTreeSet;

/// A time on somebody's clock, in the lengths that letters use. Another year than today's is written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct When {
    /// `Friday 27 November, 17:00`
    pub(super) long: String,
    /// `Fri 27 Nov, 17:00`
    pub(super) short: String,
    /// `Fri 27 Nov`
    pub(super) day: String,
    /// `17:00`
    pub(super) clock: String,
}

/// Says `at` on the clock of `zone`, to a reader whose day it is at `now`.
pub(super) fn when(at: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> When {
    let local = at.with_timezone(&zone).naive_local();
    let same_year = local.year() == now.with_timezone(&zone).year();
    When {
        long: format!("{}, {}", long_day(local.date(), same_year), local.format("%H:%M")),
        short: format!("{}, {}", short_day(local.date(), same_year), local.format("%H:%M")),
        day: short_day(local.date(), same_year),
        clock: local.format("%H:%M").to_string(),
    }
}

/// `Tuesday 24 November`
pub(super) fn long_day(date: NaiveDate, same_year: bool) -> String {
    date.format(if same_year { "%A %-d %B" } else { "%A %-d %B %Y" }).to_string()
}

/// `Tue 24 Nov`
pub(super) fn short_day(date: NaiveDate, same_year: bool) -> String {
    date.format(if same_year { "%a %-d %b" } else { "%a %-d %b %Y" }).to_string()
}

/// `Friday 4 December 2026, 17:00`, for a command that has to be read back without a doubt.
pub(super) fn in_full(local: NaiveDateTime) -> String {
    local.format("%A %-d %B %Y, %H:%M").to_string()
}

/// The city that a zone is called after, or its offset where it has no city. Never an abbreviation: Manila's
/// `PST` is California's too.
pub(super) fn city(zone: Tz, at: DateTime<Utc>) -> String {
    match zone.name().rsplit_once('/') {
        Some((region, city)) if region != "Etc" => city.replace('_', " "),
        Some(_) | None => offset(zone, at),
    }
}

/// `UTC+8`, `UTC-3:30`, `UTC`
pub(super) fn offset(zone: Tz, at: DateTime<Utc>) -> String {
    let minutes = zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

/// `Fri 27 Nov, 17:00 Manila is 09:00 London`, with the other day where it is one.
pub(super) fn both_clocks(at: DateTime<Utc>, first: Tz, second: Tz, now: DateTime<Utc>) -> String {
    let (here, there) = (when(at, first, now), when(at, second, now));
    let said = if here.day == there.day { &there.clock } else { &there.short };
    if first == second {
        format!("{} {}", here.short, city(first, at))
    } else {
        format!("{} {} is {said} {}", here.short, city(first, at), city(second, at))
    }
}

/// `20 minutes`, `26 hours`, `3 days`
pub(super) fn span(time: TimeDelta) -> String {
    let (number, unit) = match (time.num_minutes().max(0), time.num_hours(), time.num_days()) {
        (minutes, 0, _) => (minutes, "minute"),
        (_, hours, 0 | 1) => (hours, "hour"),
        (_, _, days) => (days, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// Minutes as hours: `7.5`, and `2:10` where quarters do not fit.
pub(super) fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (whole, 0) => whole.to_string(),
        (whole, 15) => format!("{whole}.25"),
        (whole, 30) => format!("{whole}.5"),
        (whole, 45) => format!("{whole}.75"),
        (whole, rest) => format!("{whole}:{rest:02}"),
    }
}

/// `6 hours`, `1 hour`, `45 minutes`
pub(super) fn hours_in_words(minutes: u32) -> String {
    match minutes {
        60 => "1 hour".to_owned(),
        0..60 => format!("{minutes} minutes"),
        _ => format!("{} hours", hours(minutes)),
    }
}

/// `Monday to Friday`, or the days one by one where they are not in a row.
pub(super) fn days(days: &BTreeSet<Day>) -> String {
    let names: Vec<&str> = days.iter().map(|day| weekday(*day)).collect();
    let in_a_row = WEEK.windows(names.len().max(1)).any(|week| week.iter().eq(days.iter()));
    match names.as_slice() {
        [] => "no day".to_owned(),
        [first, _, .., last] if in_a_row && names.len() > 2 => format!("{first} to {last}"),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

const WEEK: [Day; 7] = [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri, Day::Sat, Day::Sun];

fn weekday(day: Day) -> &'static str {
    match day {
        Day::Mon => "Monday",
        Day::Tue => "Tuesday",
        Day::Wed => "Wednesday",
        Day::Thu => "Thursday",
        Day::Fri => "Friday",
        Day::Sat => "Saturday",
        Day::Sun => "Sunday",
    }
}

/// `14 KB`, `2.3 MB`
pub(super) fn size(bytes: u64) -> String {
    match bytes.div_ceil(1024) {
        kilobytes @ 0..1024 => format!("{kilobytes} KB"),
        kilobytes => {
            let tenths = kilobytes.saturating_mul(10) / 1024;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// `1,284`
pub(super) fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (place, digit) in (1..=digits.len()).rev().zip(digits.chars()) {
        grouped.push(digit);
        if place > 1 && place % 3 == 1 {
            grouped.push(',');
        }
    }
    if number < 0 { format!("-{grouped}") } else { grouped }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Tz::{
        America__Argentina__Buenos_Aires, America__St_Johns, Asia__Manila, Europe__London, Pacific__Kiritimati,
    };

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    const NOW: &str = "2026-11-24T00:00:00Z";

    #[test]
    fn another_year_is_written_out() {
        assert_eq!(when(at("2026-11-27T09:00:00Z"), Asia__Manila, at(NOW)).long, "Friday 27 November, 17:00");
        assert_eq!(when(at("2027-01-08T09:00:00Z"), Asia__Manila, at(NOW)).short, "Fri 8 Jan 2027, 17:00");
    }

    #[test]
    fn zones_are_named_by_city_and_never_abbreviated() {
        let now = at(NOW);
        for (zone, expected) in [
            (Asia__Manila, "Manila"),
            (America__Argentina__Buenos_Aires, "Buenos Aires"),
            (Tz::UTC, "UTC"),
            (Tz::Etc__GMTPlus5, "UTC-5"),
            (Tz::EST, "UTC-5"),
            (Tz::EST5EDT, "UTC-5"),
        ] {
            assert_eq!(city(zone, now), expected);
        }
        assert_eq!(offset(America__St_Johns, now), "UTC-3:30");
        assert_eq!(offset(Pacific__Kiritimati, now), "UTC+14");
    }

    #[test]
    fn both_clocks_show_the_other_day_only_where_it_is_one() {
        let clocks = |instant, second| both_clocks(at(instant), Asia__Manila, second, at(NOW));
        assert_eq!(clocks("2026-11-27T09:00:00Z", Europe__London), "Fri 27 Nov, 17:00 Manila is 09:00 London");
        assert_eq!(
            clocks("2026-11-26T23:00:00Z", Europe__London),
            "Fri 27 Nov, 07:00 Manila is Thu 26 Nov, 23:00 London"
        );
        assert_eq!(clocks("2026-11-27T09:00:00Z", Asia__Manila), "Fri 27 Nov, 17:00 Manila");
    }

    #[test]
    fn spans_and_hours_are_said_as_people_say_them() {
        let spans = [(1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (26 * 60, "26 hours"), (72 * 60, "3 days")];
        for (minutes, expected) in spans {
            assert_eq!(span(TimeDelta::minutes(minutes)), expected);
        }
        for (minutes, expected) in [(0, "0"), (450, "7.5"), (15, "0.25"), (130, "2:10"), (1200, "20")] {
            assert_eq!(hours(minutes), expected);
        }
        assert_eq!([45, 60, 360].map(hours_in_words), ["45 minutes", "1 hour", "6 hours"]);
    }

    #[test]
    fn days_in_a_row_are_joined_and_others_listed() {
        use Day::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        for (written, expected) in [
            (vec![Mon, Tue, Wed, Thu, Fri], "Monday to Friday"),
            (vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun], "Monday to Sunday"),
            (vec![Mon, Tue, Thu], "Monday, Tuesday and Thursday"),
            (vec![Sat, Sun], "Saturday and Sunday"),
            (vec![Wed], "Wednesday"),
            (vec![], "no day"),
        ] {
            assert_eq!(days(&written.into_iter().collect()), expected);
        }
    }

    #[test]
    fn sizes_and_numbers_are_said_in_few_digits() {
        let sizes = [(0, "0 KB"), (1, "1 KB"), (14_000, "14 KB"), (2_411_724, "2.3 MB")];
        for (bytes, expected) in sizes {
            assert_eq!(size(bytes), expected);
        }
        for (number, expected) in [(0, "0"), (999, "999"), (1284, "1,284"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), expected);
        }
    }
}
