//! Working days, working hours, letter hours and holidays, as config.toml and an assistant's file write them.

use super::{
    document::{Given, GivenList},
    mistake::Fault,
    review::Review,
    value,
};
use crate::domain::calendar::{Calendar, Day, Hours};
use chrono::NaiveTime;
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// The four keys as written.
#[derive(Debug, Clone, Copy)]
pub struct RawCalendar<'a> {
    pub days: Option<&'a GivenList>,
    pub hours: Option<&'a Given>,
    pub letters: Option<&'a Given>,
    pub holidays: Option<&'a GivenList>,
}

/// Reads a calendar in `zone`: Monday to Friday, work 09:00-18:00, letters 07:00-20:00 unless set.
pub fn calendar(raw: RawCalendar<'_>, zone: Tz, review: &mut Review) -> Calendar {
    Calendar {
        zone,
        days: raw.days.map_or_else(weekdays, |days| working_days(days, review)),
        working: review.or("hours", raw.hours, span(9, 18), value::hours),
        letters: review.or("letters", raw.letters, span(7, 20), value::hours),
        holidays: raw.holidays.into_iter().flat_map(|list| each(list, "holidays", review, value::date)).collect(),
        absences: vec![],
    }
}

pub fn weekdays() -> BTreeSet<Day> {
    BTreeSet::from([Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri])
}

fn working_days(list: &GivenList, review: &mut Review) -> BTreeSet<Day> {
    if list.get_ref().is_empty() {
        let fault = Fault::new("has no day in it, so no time would ever count", "no day")
            .help("list the days: [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]");
        review.refuse("days", Some(list.span()), fault);
    }
    each(list, "days", review, value::day).into_iter().collect()
}

fn each<T>(list: &GivenList, key: &str, review: &mut Review, read: fn(&str) -> Result<T, Fault>) -> Vec<T> {
    list.get_ref().iter().filter_map(|given| review.take(key, given.at.as_ref(), read(&given.value))).collect()
}

fn span(from: u32, to: u32) -> Hours {
    let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    Hours { from: clock(from), to: clock(to) }
}
