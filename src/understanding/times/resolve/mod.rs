//! From something said about time to the writer's calendar and wall clock.
//!
//! What was said is counted from the day it was written; where that leaves a choice, the future is meant.
//!
//! - `days`: which day
//! - `distance`: days and minutes by their distance
//! - `clock`: which minute of the day
//! - `calendar`: sums with dates

mod calendar;
mod clock;
mod days;
mod distance;

pub(super) use calendar::{in_week, later, next_weekday, weekday_until};

use super::{
    grammar::{Day, When, is_end},
    lexicon::{Part, Zone},
};
use crate::domain::time::instant;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use clock::{is_over, set_clock, set_midnight};
use days::date_of;
use distance::after;
use std::ops::RangeInclusive;

/// Nobody speaks of other years, but numbers can be of any size.
const YEARS: RangeInclusive<i32> = 1900..=2200;

/// When and where something was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) written: NaiveDateTime,
    pub(crate) zone: Tz,
    /// Whose clock "your time" is on.
    pub(crate) other: Option<Tz>,
    /// In 3/4 the month comes first.
    pub(crate) month_first: bool,
    /// What "one more day" is counted from.
    pub(crate) due: Option<NaiveDate>,
}

/// A point in time on the writer's wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) date: NaiveDate,
    pub(crate) time: Option<NaiveTime>,
    pub(crate) sure: bool,
    /// The date was named, rather than taken from a clock time alone.
    pub(crate) dated: bool,
    /// Morning or afternoon was named or follows from the hour.
    pub(crate) half_known: bool,
    /// The clock time is only as good as "a couple of hours".
    pub(crate) rough: bool,
    /// A whole month or week, of which the date is the first day.
    pub(crate) wide: bool,
    /// Midnight, which may be either end of the date.
    pub(crate) midnight: bool,
}

/// Finds the day, and the minute where one was given. None for what names no single day.
pub(crate) fn resolve(when: &When, frame: &Frame) -> Option<Point> {
    point(when, frame).filter(|point| YEARS.contains(&point.date.year()))
}

fn point(when: &When, frame: &Frame) -> Option<Point> {
    if let Some(point) = on_other_clock(when, frame) {
        return Some(point);
    }
    let today = frame.written.date();
    let mut point = Point {
        date: today,
        time: None,
        sure: true,
        dated: when.day.is_some() || when.weekday.is_some(),
        half_known: true,
        rough: false,
        wide: is_wide(when),
        midnight: false,
    };
    if let Some(Day::After { amount, base }) = &when.day {
        return after(*amount, base.as_deref(), when, frame);
    }
    let (date, sure) = date_of(when, frame)?;
    point.date = date;
    point.sure = sure;
    if when.day == Some(Day::Now) {
        point.time = Some(frame.written.time());
        return Some(point);
    }
    match (when.clock, when.part) {
        (Some(clock), part) => set_clock(&mut point, clock, part, frame)?,
        (None, Some(Part::Noon)) if !when.close => point.time = NaiveTime::from_hms_opt(12, 0, 0),
        (None, Some(Part::Midnight)) => set_midnight(&mut point, frame),
        (None, Some(part)) if !point.dated && is_over(part, frame.written) => point.date = later(point.date, 1)?,
        (None, Some(_) | None) => {}
    }
    if !point.dated
        && !point.midnight
        && when.clock.is_none()
        && point.time.is_some_and(|time| time < frame.written.time())
    {
        point.date = later(point.date, 1)?;
    }
    set_zone(&mut point, when.zone, frame);
    Some(point)
}

/// Whether a whole month or week was named, and no end of it.
fn is_wide(when: &When) -> bool {
    match when.day {
        Some(Day::Month { .. } | Day::Span { .. }) => true,
        Some(Day::WeekOfMonth { .. }) => !is_end(when.lead),
        Some(_) | None => false,
    }
}

/// A clock time of another zone without a day is the next one there.
fn on_other_clock(when: &When, frame: &Frame) -> Option<Point> {
    let named = clock_of(when.zone?, frame)?;
    if when.day.is_some() || when.weekday.is_some() || named == frame.zone {
        return None;
    }
    let now = instant(frame.written, frame.zone).with_timezone(&named).naive_local();
    let there = resolve(&When { zone: None, ..when.clone() }, &Frame { written: now, zone: named, ..*frame })?;
    let local = instant(there.date.and_time(there.time?), named).with_timezone(&frame.zone).naive_local();
    Some(Point { date: local.date(), time: Some(local.time()), sure: true, ..there })
}

/// Moves a clock time of another zone to the writer's clock.
fn set_zone(point: &mut Point, zone: Option<Zone>, frame: &Frame) {
    let Some(time) = point.time else { return };
    let Some(zone) = zone else { return };
    match clock_of(zone, frame) {
        Some(named) => {
            let local = instant(point.date.and_time(time), named).with_timezone(&frame.zone).naive_local();
            point.date = local.date();
            point.time = Some(local.time());
        }
        None => {
            // Whose clock that is cannot be known here; the day is as near as it gets.
            point.time = None;
            point.sure = false;
        }
    }
}

/// The clock that a zone in somebody's words stands for.
fn clock_of(zone: Zone, frame: &Frame) -> Option<Tz> {
    match zone {
        Zone::Named(named) => Some(at_home(named, frame.zone)),
        Zone::Mine => Some(frame.zone),
        Zone::Yours => frame.other,
    }
}

/// Abbreviations that mean another zone where the writer lives: BST is Bangladesh's too.
fn at_home(named: Tz, home: Tz) -> Tz {
    match (named, home) {
        (Tz::Europe__London, Tz::Asia__Dhaka) | (Tz::America__Chicago, Tz::Asia__Shanghai | Tz::America__Havana) => {
            home
        }
        (named, _) => named,
    }
}
