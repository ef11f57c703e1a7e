//! Sums with dates.

use crate::understanding::times::grammar::{Edge, LAST};
use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta, Weekday};

pub(crate) fn later(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    date.checked_add_signed(TimeDelta::try_days(days)?)
}

pub(crate) fn in_week(today: NaiveDate, weeks: i64, weekday: Weekday) -> Option<NaiveDate> {
    later(monday_of(today)?, weeks * 7 + i64::from(weekday.num_days_from_monday()))
}

/// The first such weekday after `date`.
pub(crate) fn next_weekday(date: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let days = i64::from(weekday.days_since(date.weekday()));
    later(date, if days == 0 { 7 } else { days })
}

/// The last such weekday before `date`, or `date` itself.
pub(crate) fn weekday_until(date: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    later(date, -i64::from(date.weekday().days_since(weekday)))
}

pub(super) fn monday_of(date: NaiveDate) -> Option<NaiveDate> {
    date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))
}

pub(super) fn shifted_months(date: NaiveDate, months: i64) -> Option<NaiveDate> {
    let size = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { date.checked_sub_months(size) } else { date.checked_add_months(size) }
}

/// Counts Monday to Friday.
pub(super) fn working_days(date: NaiveDate, count: i64) -> Option<NaiveDate> {
    let mut left = count.clamp(0, 1000);
    let mut at = date;
    while left > 0 {
        at = at.succ_opt()?;
        if !matches!(at.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    Some(at)
}

pub(super) fn edge_of_month(edge: Edge, first: NaiveDate) -> Option<NaiveDate> {
    match edge {
        Edge::Start => Some(first),
        Edge::FirstHalf | Edge::Middle => first.with_day(15),
        Edge::End => first.checked_add_months(Months::new(1))?.pred_opt(),
    }
}

pub(super) fn first_of(month: u32, year: Option<i32>, today: NaiveDate) -> Option<NaiveDate> {
    let year = year.unwrap_or(if month < today.month() { today.year() + 1 } else { today.year() });
    NaiveDate::from_ymd_opt(year, month, 1)
}

pub(super) fn nth_weekday(
    nth: u32,
    weekday: Weekday,
    month: u32,
    year: Option<i32>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let on = |year: i32| {
        if nth == LAST {
            return weekday_until(edge_of_month(Edge::End, NaiveDate::from_ymd_opt(year, month, 1)?)?, weekday);
        }
        NaiveDate::from_weekday_of_month_opt(year, month, weekday, u8::try_from(nth).ok()?)
    };
    match year {
        Some(year) => on(year),
        None => (0..=1).find_map(|years| on(today.year() + years).filter(|date| *date >= today)),
    }
}

pub(super) fn after_easter(days: i64, year: Option<i32>, today: NaiveDate) -> Option<NaiveDate> {
    match year {
        Some(year) => later(easter(year)?, days),
        None => (0..=1).find_map(|years| later(easter(today.year() + years)?, days).filter(|date| *date >= today)),
    }
}

/// Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher).
pub(super) fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}
