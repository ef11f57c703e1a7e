//! Working hours, letter hours, holidays and absences of one person.

use super::time::instant;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A daily stretch of wall time. Where `to` is not after `from` it runs over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hours {
    pub from: NaiveTime,
    pub to: NaiveTime,
}

/// Days away, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Absence {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// When a person works, and when a letter may reach them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub zone: Tz,
    /// Working days; `Mon` to `Sun` when stored.
    pub days: BTreeSet<Day>,
    /// Working hours, which count time.
    pub working: Hours,
    /// Letter hours, which allow letters.
    pub letters: Hours,
    pub holidays: BTreeSet<NaiveDate>,
    pub absences: Vec<Absence>,
}

/// A calendar that shows no working minute in so many days has none.
const DRY_DAYS: u16 = 366;

impl Calendar {
    /// Monday to Friday, 09:00 to 18:00, with letters from 07:00 to 20:00.
    pub fn usual(zone: Tz) -> Self {
        let hour = |hour| NaiveTime::MIN + TimeDelta::hours(hour);
        Self {
            zone,
            days: BTreeSet::from([Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri]),
            working: Hours { from: hour(9), to: hour(18) },
            letters: Hours { from: hour(7), to: hour(20) },
            holidays: BTreeSet::new(),
            absences: Vec::new(),
        }
    }

    /// The date that this person's clock shows.
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }

    /// Whether this person works on `date`: one of their days, no holiday, and not away.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.days.contains(&date.weekday().into())
            && !self.holidays.contains(&date)
            && !self.absences.iter().any(|away| (away.from..=away.to).contains(&date))
    }

    /// Counts this person's working time between two instants. None has passed where `to` is before `from`.
    pub fn working_time(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        let last = self.today(to);
        self.dates(from)
            .take_while(|date| *date <= last)
            .filter_map(|date| self.stretch(date, self.working))
            .map(|(start, end)| (end.min(to) - start.max(from)).max(TimeDelta::zero()))
            .sum()
    }

    /// Returns the earliest instant by which `time` of working time has passed since `from`.
    ///
    /// None when the calendar goes on for 366 days without a working minute.
    pub fn after_working_time(&self, from: DateTime<Utc>, time: TimeDelta) -> Option<DateTime<Utc>> {
        let mut left = time;
        let mut dry_days = 0;
        if left <= TimeDelta::zero() {
            return Some(from);
        }
        for date in self.dates(from) {
            match self.stretch(date, self.working).filter(|(_, end)| *end > from) {
                Some((start, end)) => {
                    let start = start.max(from);
                    if end - start >= left {
                        return Some(start + left);
                    }
                    left -= end - start;
                    dry_days = 0;
                }
                None if dry_days > DRY_DAYS => return None,
                None => dry_days += 1,
            }
        }
        None
    }

    /// Returns `at` itself where a letter may arrive then, else the first minute from then on when one may.
    ///
    /// None when the calendar goes on for 366 days without such a minute.
    pub fn letter_time_at_or_after(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.dates(at)
            .take(usize::from(DRY_DAYS) + 2)
            .filter_map(|date| self.stretch(date, self.letters))
            .find(|(_, end)| *end > at)
            .map(|(start, _)| start.max(at))
    }

    /// Returns the next instant after `now` at which this person's clock shows `time`, once a day: a doubled
    /// time counts the first time, a skipped one is the first minute after the gap, a skipped day has none.
    pub fn next_local_time(&self, now: DateTime<Utc>, time: NaiveTime) -> DateTime<Utc> {
        self.dates(now)
            .map(|date| (date, instant(date.and_time(time), self.zone)))
            .find(|(date, at)| *at > now && self.today(*at) == *date)
            .map_or(now, |(_, at)| at)
    }

    /// The dates whose stretches may reach `from` or lie after it: from the day before, for those over midnight.
    fn dates(&self, from: DateTime<Utc>) -> impl Iterator<Item = NaiveDate> {
        let today = self.today(from);
        today.checked_sub_days(Days::new(1)).unwrap_or(today).iter_days()
    }

    /// The stretch of `hours` that begins on `date`, where this person works then and the clock does not skip it.
    fn stretch(&self, date: NaiveDate, hours: Hours) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let last = if hours.to > hours.from { Some(date) } else { date.succ_opt() };
        let start = instant(date.and_time(hours.from), self.zone);
        let end = instant(last?.and_time(hours.to), self.zone);
        (self.is_working_day(date) && start < end).then_some((start, end))
    }
}

/// A weekday that sorts from Monday on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl From<Weekday> for Day {
    fn from(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Mon => Self::Mon,
            Weekday::Tue => Self::Tue,
            Weekday::Wed => Self::Wed,
            Weekday::Thu => Self::Thu,
            Weekday::Fri => Self::Fri,
            Weekday::Sat => Self::Sat,
            Weekday::Sun => Self::Sun,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz::{
        America__New_York, Asia__Kathmandu, Asia__Manila, Australia__Lord_Howe, Europe__London, Pacific__Apia,
        Pacific__Kiritimati,
    };
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    fn hours(from: &str, to: &str) -> Hours {
        Hours { from: time(from), to: time(to) }
    }

    fn every_day(zone: Tz, working: Hours) -> Calendar {
        let days = [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri, Day::Sat, Day::Sun];
        Calendar { days: days.into(), working, letters: working, ..Calendar::usual(zone) }
    }

    #[track_caller]
    fn check_worked(calendar: &Calendar, from: &str, to: &str, minutes: i64) {
        assert_eq!(calendar.working_time(at(from), at(to)).num_minutes(), minutes);
    }

    #[track_caller]
    fn check_after(calendar: &Calendar, from: &str, minutes: i64, expected: &str) {
        assert_eq!(calendar.after_working_time(at(from), TimeDelta::minutes(minutes)), Some(at(expected)));
    }

    #[track_caller]
    fn check_letter(calendar: &Calendar, from: &str, expected: &str) {
        assert_eq!(calendar.letter_time_at_or_after(at(from)), Some(at(expected)));
    }

    #[track_caller]
    fn check_next(calendar: &Calendar, now: &str, local: &str, expected: &str) {
        assert_eq!(calendar.next_local_time(at(now), time(local)), at(expected));
    }

    #[test]
    fn nights_and_weekends_do_not_count() {
        let manila = Calendar::usual(Asia__Manila);
        check_worked(&manila, "2026-11-27T08:00:00Z", "2026-11-30T02:00:00Z", 120 + 60); // Fri 16:00 to Mon 10:00
        check_worked(&manila, "2026-11-28T00:00:00Z", "2026-11-29T00:00:00Z", 0);
        check_worked(&manila, "2026-11-27T08:00:00Z", "2026-11-27T07:00:00Z", 0);
        check_after(&manila, "2026-11-27T08:00:00Z", 180, "2026-11-30T02:00:00Z");
        check_after(&manila, "2026-11-27T08:00:00Z", 120, "2026-11-27T10:00:00Z"); // the end of a day, not the next
        check_after(&manila, "2026-11-28T00:00:00Z", 0, "2026-11-28T00:00:00Z");
    }

    #[test]
    fn holidays_and_absences_are_skipped() {
        let mut manila = Calendar::usual(Asia__Manila);
        manila.holidays.insert("2026-11-30".parse().unwrap());
        manila.absences.push(Absence { from: "2026-12-01".parse().unwrap(), to: "2026-12-02".parse().unwrap() });
        check_worked(&manila, "2026-11-27T10:00:00Z", "2026-12-03T02:00:00Z", 60);
        check_after(&manila, "2026-11-27T10:00:00Z", 60, "2026-12-03T02:00:00Z");
        check_letter(&manila, "2026-11-27T12:00:00Z", "2026-12-02T23:00:00Z"); // Thu 07:00 in Manila
    }

    #[test]
    fn a_letter_may_arrive_at_once_within_letter_hours_and_else_in_their_first_minute() {
        let london = Calendar::usual(Europe__London);
        check_letter(&london, "2026-11-24T12:34:56Z", "2026-11-24T12:34:56Z");
        check_letter(&london, "2026-11-24T06:59:59Z", "2026-11-24T07:00:00Z");
        check_letter(&london, "2026-11-24T20:00:00Z", "2026-11-25T07:00:00Z");
        check_letter(&london, "2026-11-27T20:00:00Z", "2026-11-30T07:00:00Z");
    }

    #[test]
    fn work_over_midnight_belongs_to_the_day_it_begins_on() {
        let mut nights = Calendar { working: hours("22:00:00", "06:00:00"), ..Calendar::usual(Asia__Manila) };
        // Friday's night ends on Saturday morning; Saturday's and Sunday's do not take place.
        check_worked(&nights, "2026-11-27T13:00:00Z", "2026-11-30T13:00:00Z", 8 * 60);
        check_worked(&nights, "2026-11-27T20:00:00Z", "2026-11-28T20:00:00Z", 2 * 60); // Saturday 04:00 on
        check_after(&nights, "2026-11-27T20:00:00Z", 180, "2026-11-30T15:00:00Z");
        nights.holidays.insert("2026-11-28".parse().unwrap());
        check_worked(&nights, "2026-11-27T20:00:00Z", "2026-11-28T20:00:00Z", 2 * 60);
    }

    #[test]
    fn equal_ends_are_a_whole_day() {
        let always = every_day(Asia__Manila, hours("00:00:00", "00:00:00"));
        check_worked(&always, "2026-11-27T13:10:00Z", "2026-11-30T13:10:00Z", 3 * 24 * 60);
    }

    #[test]
    fn the_night_that_loses_an_hour_is_shorter_and_the_one_that_gains_it_longer() {
        let nights = every_day(Europe__London, hours("22:00:00", "06:00:00"));
        check_worked(&nights, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", 7 * 60);
        check_worked(&nights, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", 9 * 60);
        check_after(&nights, "2026-03-28T12:00:00Z", 7 * 60, "2026-03-29T05:00:00Z");
        check_after(&nights, "2026-10-24T12:00:00Z", 9 * 60, "2026-10-25T06:00:00Z");
    }

    #[test]
    fn a_daily_time_comes_once_on_both_nights_of_the_clock_change() {
        let london = Calendar::usual(Europe__London);
        check_next(&london, "2026-03-28T12:00:00Z", "01:30:00", "2026-03-29T01:00:00Z");
        check_next(&london, "2026-10-24T12:00:00Z", "01:30:00", "2026-10-25T00:30:00Z");
        check_next(&london, "2026-10-25T00:30:00Z", "01:30:00", "2026-10-26T01:30:00Z");
    }

    #[test]
    fn a_daily_time_that_has_come_is_next_tomorrow() {
        let london = Calendar::usual(Europe__London);
        check_next(&london, "2026-11-24T07:29:59Z", "07:30:00", "2026-11-24T07:30:00Z");
        check_next(&london, "2026-11-24T07:30:00Z", "07:30:00", "2026-11-25T07:30:00Z");
    }

    #[test]
    fn the_first_zone_of_the_earth_is_a_day_ahead() {
        let kiribati = Calendar::usual(Pacific__Kiritimati);
        assert_eq!(kiribati.today(at("2026-11-24T10:00:00Z")), "2026-11-25".parse().unwrap());
        check_letter(&kiribati, "2026-11-29T16:00:00Z", "2026-11-29T17:00:00Z"); // Monday 07:00 there
        check_worked(&kiribati, "2026-11-29T00:00:00Z", "2026-11-30T00:00:00Z", 5 * 60);
        check_next(&kiribati, "2026-11-24T10:00:00Z", "07:30:00", "2026-11-24T17:30:00Z");
    }

    #[test]
    fn a_leap_day_is_an_ordinary_day() {
        let lagos = Calendar::usual(Tz::Africa__Lagos);
        assert!(lagos.is_working_day("2028-02-29".parse().unwrap()));
        check_worked(&lagos, "2028-02-28T16:00:00Z", "2028-03-01T09:00:00Z", 60 + 9 * 60 + 60);
    }

    #[test]
    fn the_friday_that_samoa_skipped_held_no_work_and_no_digest() {
        let apia = Calendar::usual(Pacific__Apia);
        // Thursday 29 December ends where Saturday the 31st begins, at 10:00 UTC on the 30th.
        check_worked(&apia, "2011-12-29T19:00:00Z", "2012-01-01T19:00:00Z", 9 * 60);
        check_letter(&apia, "2011-12-30T08:00:00Z", "2012-01-01T17:00:00Z");
        check_next(&apia, "2011-12-30T08:00:00Z", "07:30:00", "2011-12-30T17:30:00Z");
    }

    #[test]
    fn a_calendar_without_a_working_minute_has_no_next_one() {
        let mut never = Calendar::usual(Europe__London);
        never.absences.push(Absence { from: "2026-01-01".parse().unwrap(), to: "2028-01-01".parse().unwrap() });
        let from = at("2026-11-24T12:00:00Z");
        assert_eq!(never.after_working_time(from, TimeDelta::minutes(1)), None);
        assert_eq!(never.letter_time_at_or_after(from), None);
        never.absences.clear();
        never.days.clear();
        assert_eq!(never.after_working_time(from, TimeDelta::minutes(1)), None);
        assert_eq!(never.working_time(from, from + TimeDelta::days(400)), TimeDelta::zero());
    }

    #[test]
    fn a_working_minute_after_a_year_away_is_still_found() {
        let mut away = Calendar::usual(Europe__London);
        away.absences.push(Absence { from: "2026-11-24".parse().unwrap(), to: "2027-11-23".parse().unwrap() });
        check_letter(&away, "2026-11-24T12:00:00Z", "2027-11-24T07:00:00Z");
        check_after(&away, "2026-11-24T12:00:00Z", 1, "2027-11-24T09:01:00Z");
    }

    prop_compose! {
        fn a_calendar()(
            zone in prop::sample::select(vec![
                America__New_York, Asia__Kathmandu, Asia__Manila, Australia__Lord_Howe, Europe__London, Pacific__Apia,
                Pacific__Kiritimati,
            ]),
            days in prop::collection::btree_set(0_u8..7, 1..7),
            from in 0_u32..1440,
            to in 0_u32..1440,
            away in 0_u64..9_000,
            length in 0_u64..40,
        ) -> Calendar {
            let minute = |minute: u32| NaiveTime::MIN + TimeDelta::minutes(minute.into());
            let first = NaiveDate::default() + Days::new(14_000 + away);
            Calendar {
                days: days.into_iter().map(|day| Weekday::try_from(day).unwrap().into()).collect(),
                working: Hours { from: minute(from), to: minute(to) },
                holidays: BTreeSet::from([first + Days::new(50)]),
                absences: vec![Absence { from: first, to: first + Days::new(length) }],
                ..Calendar::usual(zone)
            }
        }
    }

    prop_compose! {
        /// From 2008 to 2032, with Samoa's skipped day and some fifty clock changes between.
        fn an_instant()(seconds in 1_199_145_600_i64..1_956_528_000) -> DateTime<Utc> {
            DateTime::from_timestamp(seconds, 0).unwrap()
        }
    }

    proptest! {
        #[test]
        fn working_time_is_additive(calendar in a_calendar(), from in an_instant(), a in 0_i64..90_000, b in 0_i64..90_000) {
            let (middle, to) = (from + TimeDelta::minutes(a), from + TimeDelta::minutes(a + b));
            prop_assert_eq!(
                calendar.working_time(from, middle) + calendar.working_time(middle, to),
                calendar.working_time(from, to)
            );
        }

        #[test]
        fn working_time_is_never_more_than_the_time_itself(calendar in a_calendar(), from in an_instant(), a in 0_i64..90_000) {
            let to = from + TimeDelta::minutes(a);
            prop_assert!(calendar.working_time(from, to) <= to - from);
        }

        #[test]
        fn after_working_time_inverts_working_time(calendar in a_calendar(), from in an_instant(), seconds in 1_i64..400_000) {
            let time = TimeDelta::seconds(seconds);
            let after = calendar.after_working_time(from, time).unwrap();
            prop_assert_eq!(calendar.working_time(from, after), time);
            prop_assert!(calendar.working_time(from, after - TimeDelta::seconds(1)) < time);
        }

        #[test]
        fn a_letter_time_is_within_letter_hours_and_none_lies_between(calendar in a_calendar(), from in an_instant()) {
            let letters = Calendar { working: calendar.letters, ..calendar.clone() };
            let found = calendar.letter_time_at_or_after(from).unwrap();
            prop_assert_eq!(letters.working_time(from, found), TimeDelta::zero());
            prop_assert_eq!(letters.working_time(found, found + TimeDelta::seconds(1)), TimeDelta::seconds(1));
        }

        #[test]
        fn the_next_local_time_comes_within_two_days(calendar in a_calendar(), now in an_instant(), minute in 0_i64..1440) {
            let time = NaiveTime::MIN + TimeDelta::minutes(minute);
            let next = calendar.next_local_time(now, time);
            prop_assert!(next > now && next - now <= TimeDelta::hours(25));
        }
    }
}
