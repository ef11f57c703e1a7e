//! Dates, times and durations in people's own words, read on the writer's calendar and wall clock.
//!
//! What was said is counted from the day it was written and lies in the future where that leaves a choice. The
//! order of 3/4 is that of the writer's country. Vague words ("a few days") are not read: no date is better than
//! a wrong one. Reading is linear in the length of the text.
//!
//! - `tokens`: words, digits and marks
//! - `lexicon`: what words mean, one table a language
//! - `grammar`: from words to something said about time
//! - `resolve`: from that to the calendar
//! - `scan`: all of it in a text, the longest expressions first
//! - `deadline`: the one moment a clause promises or asks for
//! - `range`: days away
//! - `phrases`: expressions as people type them, with what they mean, for the tests

mod deadline;
pub(super) mod grammar;
pub(super) mod lexicon;
mod range;
pub(super) mod resolve;
mod scan;
pub(super) mod tokens;

#[cfg(test)]
mod phrases;

pub use deadline::{Deadline, dates_named, deadline, deadline_found};
pub use range::range;

use crate::domain::understanding::{Situation, TimeFound, TimeValue};
use grammar::{Day, Reader, When};
use lexicon::Language;
use resolve::{Frame, Point, resolve};
pub(super) use scan::{Said, Saying, said_times};

/// Finds the longest expressions in `text` that do not overlap, in order.
pub fn find(text: &str, situation: &Situation) -> Vec<TimeFound> {
    let tokens = tokens::tokens(text);
    let reader = Reader::new(&tokens);
    let frame = frame(situation, reader.language);
    let mut found = Vec::new();
    for said in said_times(&reader) {
        let (value, sure) = match &said.saying {
            Saying::Duration { minutes, amount } => {
                let range = amount.is_some_and(|amount| amount.range);
                (Some(TimeValue::Minutes(*minutes)).filter(|_| !range && !said.is_bound(&reader)), true)
            }
            Saying::When(when) => {
                let point = resolve(when, &frame);
                (point.and_then(|point| value(when, &point)), point.is_some_and(|point| point.sure))
            }
        };
        let Some(value) = value else { continue };
        let Some(span) = said.span(&reader) else { continue };
        let words = text.get(span.clone()).unwrap_or_default().to_string();
        found.push(TimeFound { words, span, value, sure });
    }
    found
}

fn value(when: &When, point: &Point) -> Option<TimeValue> {
    if matches!(when.day, Some(Day::Weekend(_))) && when.weekday.is_none() {
        return None;
    }
    Some(match point.time {
        None => TimeValue::Date(point.date),
        Some(time) if !point.dated && !point.half_known => TimeValue::Time(time),
        Some(time) => TimeValue::DateTime(point.date.and_time(time)),
    })
}

fn frame(situation: &Situation, language: Language) -> Frame {
    Frame {
        written: situation.written,
        zone: situation.zone,
        other: situation.other,
        month_first: month_first(situation.zone, language),
        due: situation.due.map(|due| due.date()),
    }
}

/// Whether 3/4 is 4 March: so in the United States and the Philippines, and in English from nowhere in particular.
fn month_first(zone: chrono_tz::Tz, language: Language) -> bool {
    let name = zone.name();
    let unknown = !name.contains('/') || name.starts_with("Etc/");
    let american = name.starts_with("US/")
        || name.starts_with("America/Indiana/")
        || name.starts_with("America/Kentucky/")
        || name.starts_with("America/North_Dakota/")
        || matches!(
            name,
            "America/New_York"
                | "America/Chicago"
                | "America/Denver"
                | "America/Los_Angeles"
                | "America/Phoenix"
                | "America/Detroit"
                | "America/Boise"
                | "America/Anchorage"
                | "America/Juneau"
                | "Pacific/Honolulu"
                | "America/Puerto_Rico"
                | "Pacific/Guam"
                | "Asia/Manila"
                | "America/Panama"
        );
    match language {
        Language::English | Language::Filipino => american || unknown,
        Language::Spanish
        | Language::Portuguese
        | Language::German
        | Language::French
        | Language::Hindi
        | Language::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
    use chrono_tz::Tz;
    use proptest::prelude::*;

    fn at(written: &str, zone: Tz) -> Situation {
        Situation::new(written.parse().unwrap(), zone)
    }

    /// Tuesday morning in Manila.
    fn manila() -> Situation {
        at("2026-03-10T10:00:00", Tz::Asia__Manila)
    }

    fn written_out(found: &[TimeFound]) -> Vec<String> {
        let value = |value: TimeValue| match value {
            TimeValue::Date(date) => date.to_string(),
            TimeValue::DateTime(at) => at.format("%Y-%m-%dT%H:%M").to_string(),
            TimeValue::Time(time) => time.format("%H:%M").to_string(),
            TimeValue::Minutes(minutes) => format!("{minutes} min"),
        };
        found.iter().map(|found| format!("{} = {}", found.words, value(found.value))).collect()
    }

    #[track_caller]
    fn check_in(situation: &Situation, text: &str, expected: &[&str]) {
        assert_eq!(written_out(&find(text, situation)), expected, "{text}");
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_in(&manila(), text, expected);
    }

    #[test]
    fn the_longest_words_are_found_in_order() {
        check(
            "Half of it is with you tomorrow at 3pm, the rest by Friday noon; 2h15 so far.",
            &["tomorrow at 3pm = 2026-03-11T15:00", "by Friday noon = 2026-03-13T12:00", "2h15 = 135 min"],
        );
    }

    #[test]
    fn a_day_is_read_in_seven_languages() {
        for text in
            ["tomorrow", "bukas", "kal", "mañana", "amanhã", "morgen", "demain", "завтра", "jutro", "besok", "kesho"]
        {
            check(text, &[&format!("{text} = 2026-03-11")]);
        }
        for text in
            ["Friday", "Biyernes", "jumma", "viernes", "sexta-feira", "Freitag", "vendredi", "пятница", "piątek"]
        {
            check(text, &[&format!("{text} = 2026-03-13")]);
        }
    }

    #[test]
    fn a_clock_time_is_read_in_seven_languages() {
        for (text, time) in [
            ("tomorrow at half past 3", "15:30"),
            ("bukas ng alas-singko ng hapon", "17:00"),
            ("kal shaam 5 baje", "17:00"),
            ("mañana a las tres y media", "15:30"),
            ("amanhã às 15h30", "15:30"),
            ("morgen um halb acht Uhr abends", "19:30"),
            ("demain à neuf heures moins le quart", "08:45"),
        ] {
            let found = find(text, &manila());
            let expected = TimeValue::DateTime(format!("2026-03-11T{time}:00").parse().unwrap());
            assert_eq!(found.iter().map(|found| found.value).collect::<Vec<_>>(), [expected], "{text}");
        }
    }

    #[test]
    fn a_duration_is_read_in_seven_languages() {
        for text in ["an hour and a half", "1h30", "1.5 hrs", "isang oras at kalahati", "dedh ghanta", "hora y media"]
        {
            check(text, &[&format!("{text} = 90 min")]);
        }
        for text in [
            "uma hora e meia",
            "anderthalb Stunden",
            "1,5 Stunden",
            "une heure et demie",
            "1½ hours",
            "ninety minutes",
        ] {
            check(text, &[&format!("{text} = 90 min")]);
        }
    }

    #[test]
    fn vague_words_give_no_number() {
        for text in [
            "in a few days",
            "some hours",
            "soon",
            "more days please",
            "2-3 hours",
            "en unos días",
            "in ein paar Tagen",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn numbers_that_are_no_times_stay_out() {
        for text in [
            "row 61",
            "version 2.15.3",
            "+63 917 555 0100",
            "404 error",
            "24/7",
            "page 12 of 30",
            "the 2nd draft",
            "at 3 places",
            "16:9",
            "99/99",
            "31/2",
            "12345678901234567890",
            "the March report",
            "I may be late",
            "Hi Tom",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn the_writers_country_orders_day_and_month() {
        check_in(&at("2026-03-10T10:00:00", Tz::America__Chicago), "4/5", &["4/5 = 2026-04-05"]);
        check_in(&at("2026-03-10T10:00:00", Tz::Africa__Nairobi), "4/5", &["4/5 = 2026-05-04"]);
        assert!(!find("4/5", &manila())[0].sure, "day and month could be swapped");
        assert!(find("25/4", &manila())[0].sure);
    }

    #[test]
    fn a_weekday_that_is_not_that_days_is_unsure() {
        assert!(find("Friday 13 March", &manila())[0].sure);
        assert!(!find("Thursday 13 March", &manila())[0].sure);
    }

    #[test]
    fn a_time_of_another_zone_moves_to_the_writers_clock() {
        check("by 5pm EST", &["by 5pm EST = 2026-03-11T05:00"]);
        check("9am PST", &["9am PST = 2026-03-11T00:00"]);
        check("17:00 UTC tomorrow", &["17:00 UTC tomorrow = 2026-03-12T01:00"]);
        check("5pm my time", &["5pm my time = 2026-03-10T17:00"]);
    }

    #[test]
    fn hours_pass_alike_in_the_night_of_the_clock_change() {
        check_in(&at("2026-03-28T23:30:00", Tz::Europe__London), "in 3 hours", &["in 3 hours = 2026-03-29T03:30"]);
        check_in(&at("2026-10-24T23:30:00", Tz::Europe__London), "in 3 hours", &["in 3 hours = 2026-10-25T01:30"]);
    }

    #[test]
    fn feasts_move_with_easter() {
        check("Good Friday", &["Good Friday = 2026-04-03"]);
        check("Ostermontag 2027", &["Ostermontag 2027 = 2027-03-29"]);
    }

    const ZONES: [Tz; 6] = [
        Tz::Asia__Manila,
        Tz::Europe__London,
        Tz::America__New_York,
        Tz::Africa__Lagos,
        Tz::Australia__Lord_Howe,
        Tz::Pacific__Apia,
    ];

    fn reads_back(date: NaiveDate, time: NaiveTime, written: NaiveDateTime, zone: Tz) {
        let situation = Situation::new(written, zone);
        let local = date.and_time(time);
        for form in ["%A %-d %B, %H:%M", "%a %-d %b, %H:%M"] {
            let text = local.format(form).to_string();
            let values: Vec<_> = find(&text, &situation).iter().map(|found| (found.value, found.sure)).collect();
            assert_eq!(values, [(TimeValue::DateTime(local), true)], "{text} at {written}");
            let in_letter = format!("I will hand it back by {text} in the end.");
            assert_eq!(
                deadline(&in_letter, &situation),
                Some(crate::domain::time::Moment::Minute(crate::domain::time::WallTime::new(local, zone))),
                "{in_letter}"
            );
        }
        for form in ["%A %-d %B", "%a %-d %b"] {
            let text = date.format(form).to_string();
            let values: Vec<_> = find(&text, &situation).iter().map(|found| (found.value, found.sure)).collect();
            assert_eq!(values, [(TimeValue::Date(date), true)], "{text} at {written}");
        }
    }

    #[test]
    fn both_nights_of_the_clock_change_and_the_years_end_are_ordinary() {
        for (day, time) in
            [("2026-03-29", "01:30"), ("2026-10-25", "01:30"), ("2026-12-31", "23:59"), ("2027-01-01", "00:00")]
        {
            let date: NaiveDate = day.parse().unwrap();
            let written = (date - Duration::days(5)).and_hms_opt(18, 45, 0).unwrap();
            reads_back(date, time.parse().unwrap(), written, Tz::Europe__London);
        }
        let today: NaiveDate = "2024-01-01".parse().unwrap();
        reads_back(today, "10:00".parse().unwrap(), "2024-01-01T11:00:00".parse().unwrap(), Tz::Asia__Manila);
        check_in(
            &at("2026-12-30T23:00:00", Tz::Europe__London),
            "by Friday 1 January",
            &["by Friday 1 January = 2027-01-01"],
        );
    }

    proptest! {
        #[test]
        fn every_date_in_a_letter_is_read_back(
            day in 0_i64..3000, ahead in 0_i64..290, minute in 0_u32..1440, now in 0_u32..1440, zone in 0_usize..ZONES.len()
        ) {
            let today = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Duration::days(day);
            let time = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
            reads_back(today + Duration::days(ahead), time(minute), today.and_time(time(now)), ZONES[zone]);
        }

        #[test]
        fn any_text_is_survived(text in ".{0,200}") {
            for found in find(&text, &manila()) {
                prop_assert_eq!(text.get(found.span.clone()), Some(found.words.as_str()));
            }
            deadline(&text, &manila());
            range(&text, &manila());
        }

        #[test]
        fn any_words_about_time_are_survived(
            words in proptest::collection::vec(prop::sample::select(vec![
                "in", "by", "half", "past", "to", "5", "31", "29", "/", ".", "-", ":", "2", "am", "h", "monday", "may", "next", "last",
                "week", "weeks", "end of", "day", "days", "99999999", "4294967295", "0", "12", "tomorrow", "year", "years", "ago", "and",
                "quarter", "un", "quart", "vor", "the", "th", "from", "working", "months", "est", "hours", "%", "$", "of", "20260230",
            ]), 0..12)
        ) {
            let text = words.join(" ");
            find(&text, &manila());
            deadline(&text, &manila());
            range(&text, &manila());
            find(&words.concat(), &manila());
        }
    }

    #[test]
    fn a_long_text_is_read_in_one_pass() {
        for piece in [
            "1",
            "1 ",
            "1-",
            "half ",
            "a ",
            "in ",
            "5 to ",
            "next ",
            "end of ",
            "2 h ",
            "1/",
            "monday ",
            "a las ",
            "mid-",
            "the day before ",
            "of the 2 days ",
            "friday + 2 days ",
            "first week of ",
            "between 2 and 3 ",
            "kal tha ",
            "saade 5 ",
            "a week on ",
        ] {
            let text = piece.repeat(200_000 / piece.len());
            find(&text, &manila());
            deadline(&text, &manila());
        }
    }
}
