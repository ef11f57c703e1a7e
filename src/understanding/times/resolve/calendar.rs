//! Sums with dates.

use crate::understanding::times::{
    grammar::{Edge, InMonth, LAST},
    lexicon::Which,
};
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
        if is_working_day(&at) {
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

/// What `on` finds in the month meant; where no year is named, the next that is not over.
pub(super) fn in_month(
    month: InMonth,
    today: NaiveDate,
    on: impl Fn(NaiveDate) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    let this = today.with_day(1)?;
    let ahead = |date: &NaiveDate| *date >= today;
    match month {
        InMonth::Named { month, year: Some(year) } => on(NaiveDate::from_ymd_opt(year, month, 1)?),
        InMonth::Named { month, year: None } => {
            (0..=1).find_map(|years| on(NaiveDate::from_ymd_opt(today.year() + years, month, 1)?).filter(ahead))
        }
        InMonth::Which(Which::Last) => on(shifted_months(this, -1)?),
        InMonth::Which(Which::This) => on(this).filter(ahead).or_else(|| on(shifted_months(this, 1)?)),
        InMonth::Which(Which::Next | Which::Coming) => on(shifted_months(this, 1)?),
        InMonth::Which(Which::WeekAfter) => on(shifted_months(this, 2)?),
    }
}

/// The nth such weekday of the month that begins at `first`; the nth working day where none is given.
pub(super) fn nth_day(nth: u32, weekday: Option<Weekday>, first: NaiveDate) -> Option<NaiveDate> {
    let last = edge_of_month(Edge::End, first)?;
    match (weekday, nth) {
        (Some(weekday), LAST) => weekday_until(last, weekday),
        (Some(weekday), nth) => {
            NaiveDate::from_weekday_of_month_opt(first.year(), first.month(), weekday, u8::try_from(nth).ok()?)
        }
        (None, LAST) => last.iter_days().rev().find(is_working_day),
        (None, nth) => working_days(first.pred_opt()?, i64::from(nth)),
    }
}

/// The first day of a month's nth seven days, or as a limit their Friday.
pub(super) fn nth_week(nth: u32, limit: bool, first: NaiveDate) -> Option<NaiveDate> {
    let begins = match nth {
        LAST => later(edge_of_month(Edge::End, first)?, -6)?,
        nth => later(first, i64::from(nth - 1) * 7)?,
    };
    if limit { weekday_until(later(begins, 6)?, Weekday::Fri) } else { Some(begins) }
}

fn is_working_day(date: &NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
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
