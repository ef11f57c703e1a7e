//! Which minute of the day was named.

use super::{Frame, Point, calendar::later};
use crate::understanding::times::{
    grammar::Clock,
    lexicon::{Meridiem, Part},
};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta, Timelike};

pub(super) fn set_clock(point: &mut Point, clock: Clock, part: Option<Part>, frame: &Frame) -> Option<()> {
    let (mut time, known, days) = hour_of_day(clock, part)?;
    point.half_known = known;
    if days > 0 {
        point.date = later(point.date, days)?;
    }
    let passed = |time: NaiveTime| point.date == frame.written.date() && time <= frame.written.time();
    if !known && passed(time) {
        let other = time.overflowing_add_signed(TimeDelta::hours(12)).0;
        if !passed(other) && clock.hour < 12 {
            time = other;
        }
    }
    if !point.dated && days == 0 && passed(time) {
        point.date = later(point.date, 1)?;
        point.sure = false;
    }
    point.time = Some(time);
    Some(())
}

/// The time of day, whether its half is known, and by how many days it runs over midnight.
pub(super) fn hour_of_day(clock: Clock, part: Option<Part>) -> Option<(NaiveTime, bool, i64)> {
    let Clock { hour, minute, meridiem, exact } = clock;
    let (hour, known, days) = match (meridiem, part) {
        (Some(Meridiem::Am), _) => (hour % 12, true, i64::from(matches!(part, Some(Part::Night)))),
        (Some(Meridiem::Pm), _) => (hour % 12 + 12, true, 0),
        (None, _) if hour == 24 => (0, true, 1),
        (None, _) if hour > 12 || hour == 0 => (hour, true, 0),
        (None, Some(Part::Morning)) => (hour % 12, true, 0),
        (None, Some(Part::Noon)) if (10..12).contains(&hour) => (hour, true, 0),
        (None, Some(Part::Noon | Part::Afternoon)) => (hour % 12 + 12, true, 0),
        (None, Some(Part::Evening | Part::Night)) if hour == 12 => (0, true, 1),
        (None, Some(Part::Evening)) if hour > 3 => (hour + 12, true, 0),
        (None, Some(Part::Night)) if hour > 5 => (hour + 12, true, 0),
        (None, Some(Part::Evening | Part::Night | Part::Midnight)) => (hour, true, 1),
        (None, None) if exact || hour == 12 => (hour, true, 0),
        // Working hours: 7 to 12 before noon, 1 to 6 after.
        (None, None) => (if hour < 7 { hour + 12 } else { hour }, false, 0),
    };
    Some((NaiveTime::from_hms_opt(hour, minute, 0)?, known, days))
}

pub(super) fn set_midnight(point: &mut Point, frame: &Frame) {
    point.midnight = true;
    point.time = Some(NaiveTime::MIN);
    if !point.dated || point.date == frame.written.date() {
        point.date = point.date.succ_opt().unwrap_or(point.date);
    }
}

pub(super) fn is_over(part: Part, written: NaiveDateTime) -> bool {
    let end = match part {
        Part::Morning => 9,
        Part::Noon => 13,
        Part::Afternoon => 17,
        Part::Evening => 22,
        Part::Night | Part::Midnight => 24,
    };
    written.hour() >= end
}
