//! What a letter says of a date, read again by our own reader on the same clock, is that date.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use handback::{
    domain::{
        calendar::Calendar,
        id::PersonId,
        person::{Hello, Person, Profile, Role},
        time::{DateRead, Moment, WallTime, instant},
        understanding::{Situation, TimeValue},
    },
    letters::echo,
    understanding::times,
};
use proptest::prelude::*;

const ZONES: [Tz; 8] = [
    Tz::Asia__Manila,
    Tz::Europe__London,
    Tz::America__New_York,
    Tz::Africa__Lagos,
    Tz::Asia__Kolkata,
    Tz::America__Sao_Paulo,
    Tz::Australia__Lord_Howe,
    Tz::Pacific__Apia,
];

fn person(id: u32, zone: Tz) -> Person {
    let profile = Profile {
        name: "Ana Silva".into(),
        address: "ana@work.example".into(),
        calendar: Calendar::usual(zone),
        fallback: None,
    };
    Person { id: PersonId(id), role: Role::Assistant, profile, hello: Hello::Skipped, added_at: DateTime::UNIX_EPOCH }
}

/// What the sentence says behind "as".
fn said(date: &DateRead, writer: &Person, reader: &Person, now: DateTime<Utc>) -> String {
    let sentence = echo(date, writer, reader, now);
    sentence.split_once("” as ").unwrap().1.to_owned()
}

#[track_caller]
fn check(read: Moment, reader_in: Tz, now: DateTime<Utc>) {
    let (writer, other) = (person(2, read.zone()), person(1, reader_in));
    let date = DateRead { words: "then".into(), read, until: None };
    for reader in [&writer, &other] {
        let zone = reader.profile.calendar.zone;
        let situation = Situation::new(now.with_timezone(&zone).naive_local(), zone);
        let text = said(&date, &writer, reader, now);
        let found = times::find(&text, &situation);
        let value = found.first().map(|found| found.value);
        match (read, value) {
            (Moment::Day { date, zone: theirs }, Some(TimeValue::Date(again))) if theirs == zone => {
                assert_eq!(again, date, "{text}");
            }
            (_, Some(TimeValue::DateTime(again))) => {
                let at = read.by(writer.profile.calendar.working.to).at;
                assert_eq!(instant(again, zone), at, "{text} in {zone} at {now}");
            }
            (_, other) => panic!("{text} is read as {other:?}"),
        }
    }
}

#[test]
fn both_nights_of_the_clock_change_and_the_years_end_are_ordinary() {
    for (day, time) in [
        ("2026-03-29", "01:30"),
        ("2026-03-29", "02:00"),
        ("2026-10-25", "01:30"),
        ("2026-12-31", "23:59"),
        ("2027-01-01", "00:00"),
        ("2028-02-29", "12:00"),
    ] {
        let date: NaiveDate = day.parse().unwrap();
        let time: NaiveTime = time.parse().unwrap();
        let now = date.and_hms_opt(9, 0, 0).unwrap().and_utc() - Duration::days(6);
        for zone in ZONES {
            check(Moment::Minute(WallTime::new(date.and_time(time), Tz::Europe__London)), zone, now);
            check(Moment::Day { date, zone: Tz::Europe__London }, zone, now);
        }
    }
}

proptest! {
    #[test]
    fn every_date_that_is_said_back_is_read_as_itself(
        day in 0_i64..2500, ahead in 2_i64..280, minute in 0_u32..1440, now in 0_u32..1440,
        writer in 0_usize..ZONES.len(), reader in 0_usize..ZONES.len(), whole_day: bool,
    ) {
        let today = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Duration::days(day);
        let time = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
        let date = today + Duration::days(ahead);
        let read = if whole_day {
            Moment::Day { date, zone: ZONES[writer] }
        } else {
            Moment::Minute(WallTime::new(date.and_time(time(minute)), ZONES[writer]))
        };
        check(read, ZONES[reader], today.and_time(time(now)).and_utc());
    }
}
