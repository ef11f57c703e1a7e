//! How a date in somebody's words was read, said back: weekday, day, clock time and city, on the reader's own clock.

use super::{
    clean,
    when::{city, long_day, when},
};
use crate::domain::{
    person::Person,
    time::{DateRead, Moment},
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

/// In characters; whole sentences are quoted elsewhere.
const MOST_WORDS: usize = 80;

/// Says how `date` was read, which `writer` named, for the next letter to `reader`:
/// `I read “next Friday” as Friday 4 December, 17:00 Manila.`
pub fn echo(date: &DateRead, writer: &Person, reader: &Person, now: DateTime<Utc>) -> String {
    let words = clean::at_most(clean::line(date.words.as_str()), MOST_WORDS, "");
    let whose = if writer.id == reader.id {
        String::new()
    } else {
        format!("{}’s ", clean::at_most(clean::line(writer.first_name()), MOST_WORDS, ""))
    };
    let theirs = reader.profile.calendar.zone;
    let year = now.with_timezone(&theirs).year();
    let read = match (date.until, date.read) {
        (Some(last), first) => days(first.date(), last, first.zone(), year, now),
        (None, Moment::Minute(wall)) if wall.zone == theirs => minute(wall.at, theirs, now),
        (None, Moment::Minute(wall)) => {
            let (here, there) = (when(wall.at, theirs, now), when(wall.at, wall.zone, now));
            let there = if here.day == there.day { there.clock } else { there.short };
            format!("{} ({there} {})", minute(wall.at, theirs, now), city(wall.zone, now))
        }
        (None, Moment::Day { date, zone }) if zone == theirs => {
            format!("{}, end of day, {}", long_day(date, date.year() == year), city(zone, now))
        }
        (None, day @ Moment::Day { zone, .. }) => {
            let end = day.by(writer.profile.calendar.working.to).at;
            format!("{} (end of the working day in {})", minute(end, theirs, now), city(zone, now))
        }
    };
    format!("I read {whose}“{words}” as {read}.")
}

/// `Friday 4 December, 17:00 Manila`
fn minute(at: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> String {
    format!("{} {}", when(at, zone, now).long, city(zone, now))
}

/// `Friday 3 April to Sunday 5 April, Manila`
fn days(first: NaiveDate, last: NaiveDate, zone: Tz, year: i32, now: DateTime<Utc>) -> String {
    let day = |date: NaiveDate| long_day(date, date.year() == year);
    let to = if last == first { String::new() } else { format!(" to {}", day(last)) };
    format!("{}{to}, {}", day(first), city(zone, now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        calendar::Calendar,
        id::PersonId,
        person::{Hello, Profile, Role},
        time::WallTime,
    };

    fn person(id: u32, name: &str, zone: Tz) -> Person {
        let profile = Profile {
            name: name.into(),
            address: "somebody@work.example".into(),
            calendar: Calendar::usual(zone),
            fallback: None,
        };
        let added_at = "2026-01-05T09:00:00Z".parse().unwrap();
        Person { id: PersonId(id), role: Role::Assistant, profile, hello: Hello::Skipped, added_at }
    }

    /// What Liza in Manila and Maya in London read of Liza's words on 24 November 2026.
    #[track_caller]
    fn check(words: &str, read: Moment, until: Option<&str>, to_writer: &str, to_other: &str) {
        let (liza, maya) = (person(2, "Liza Cruz", Tz::Asia__Manila), person(1, "Maya Ellison", Tz::Europe__London));
        let date = DateRead { words: words.into(), read, until: until.map(|last| last.parse().unwrap()) };
        let now = "2026-11-24T00:00:00Z".parse().unwrap();
        assert_eq!(echo(&date, &liza, &liza, now), to_writer);
        assert_eq!(echo(&date, &liza, &maya, now), to_other);
    }

    fn minute_in_manila(local: &str) -> Moment {
        Moment::Minute(WallTime::new(local.parse().unwrap(), Tz::Asia__Manila))
    }

    fn day_in_manila(date: &str) -> Moment {
        Moment::Day { date: date.parse().unwrap(), zone: Tz::Asia__Manila }
    }

    #[test]
    fn a_clock_time_is_said_on_the_readers_clock_and_the_writers() {
        check(
            "next\r\nFriday",
            minute_in_manila("2026-12-04T17:00:00"),
            None,
            "I read “next Friday” as Friday 4 December, 17:00 Manila.",
            "I read Liza’s “next Friday” as Friday 4 December, 09:00 London (17:00 Manila).",
        );
        check(
            "Friday 6am",
            minute_in_manila("2026-12-04T06:00:00"),
            None,
            "I read “Friday 6am” as Friday 4 December, 06:00 Manila.",
            "I read Liza’s “Friday 6am” as Thursday 3 December, 22:00 London (Fri 4 Dec, 06:00 Manila).",
        );
    }

    #[test]
    fn a_day_ends_where_its_writer_lives() {
        let end = Calendar::usual(Tz::Asia__Manila).working.to;
        assert_eq!(end.to_string(), "18:00:00");
        check(
            "after New Year",
            day_in_manila("2027-01-04"),
            None,
            "I read “after New Year” as Monday 4 January 2027, end of day, Manila.",
            "I read Liza’s “after New Year” as Monday 4 January 2027, 10:00 London (end of the working day in Manila).",
        );
    }

    #[test]
    fn days_off_are_said_from_the_first_to_the_last() {
        let said = |whose: &str, days: &str| format!("I read {whose}“away” as {days}, Manila.");
        for (last, days) in
            [("2026-12-05", "Thursday 3 December to Saturday 5 December"), ("2026-12-03", "Thursday 3 December")]
        {
            check("away", day_in_manila("2026-12-03"), Some(last), &said("", days), &said("Liza’s ", days));
        }
    }
}
