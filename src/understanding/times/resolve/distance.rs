//! Days and minutes by their distance from now or from another day.

use super::{
    Frame, Point,
    calendar::{later, shifted_months, working_days},
    clock::set_clock,
    resolve, set_zone,
};
use crate::{
    domain::time::instant,
    understanding::times::{
        grammar::{Amount, When, minutes_in},
        lexicon::Unit,
    },
};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use std::time::Duration;

pub(super) fn after(amount: Amount, base: Option<&When>, when: &When, frame: &Frame) -> Option<Point> {
    let weekday = when
        .weekday
        .filter(|_| amount.unit >= Unit::Week)
        .map(|weekday| When { weekday: Some(weekday), ..When::default() });
    let start = match base.or(weekday.as_ref()) {
        Some(base) => resolve(base, frame)?.date.and_time(NaiveTime::MIN),
        None if amount.more => frame
            .due
            .filter(|due| *due > frame.written.date())
            .map_or(frame.written, |due| due.and_time(frame.written.time())),
        None => frame.written,
    };
    let whole_days = whole_days(amount);
    let end = match whole_days {
        Some(_) => calendar_step(start.date(), amount)?.and_time(start.time()),
        None => {
            // Hours pass alike, though the clock on the wall may jump in between.
            let length = seconds(amount.count.abs() * minutes_in(amount.unit)? * 60.0)?;
            let from = instant(start, frame.zone);
            let to =
                if amount.count < 0.0 { from.checked_sub_signed(length)? } else { from.checked_add_signed(length)? };
            to.with_timezone(&frame.zone).naive_local()
        }
    };
    let mut point = Point {
        date: end.date(),
        time: whole_days.is_none().then_some(end.time()),
        sure: !amount.range,
        dated: true,
        half_known: true,
        rough: amount.rough,
        wide: false,
        midnight: false,
    };
    if let (Some(clock), Some(_)) = (when.clock, whole_days) {
        set_clock(&mut point, clock, when.part, frame)?;
        set_zone(&mut point, when.zone, frame);
    }
    Some(point)
}

/// How many whole days an amount is, where it is: "48 hours" are two, "3 weeks" 21, months are days too.
fn whole_days(amount: Amount) -> Option<f64> {
    match amount.unit {
        Unit::Second | Unit::Minute => None,
        Unit::Hour => Some(amount.count / 24.0).filter(|days| days.abs() >= 1.0 && days.fract() == 0.0),
        Unit::Day | Unit::Night | Unit::Week | Unit::Fortnight | Unit::Month | Unit::Quarter | Unit::Year => {
            Some(amount.count).filter(|count| count.fract() == 0.0 || amount.unit >= Unit::Week)
        }
    }
}

/// For halves of months.
const DAYS_OF_MONTH: f64 = 30.0;

fn calendar_step(date: NaiveDate, amount: Amount) -> Option<NaiveDate> {
    let count = seconds(amount.count.abs())?.num_seconds();
    let count = if amount.count < 0.0 { -count } else { count };
    match amount.unit {
        Unit::Day if amount.working => working_days(date, count),
        Unit::Day | Unit::Night => later(date, count),
        Unit::Hour => later(date, count / 24),
        Unit::Month => {
            let days = seconds(amount.count.abs().fract() * DAYS_OF_MONTH)?.num_seconds();
            later(shifted_months(date, count)?, if amount.count < 0.0 { -days } else { days })
        }
        Unit::Quarter => shifted_months(date, count.checked_mul(3)?),
        Unit::Year => {
            let months = seconds(amount.count.abs() * 12.0)?.num_seconds();
            shifted_months(date, if amount.count < 0.0 { -months } else { months })
        }
        Unit::Second | Unit::Minute | Unit::Week | Unit::Fortnight => {
            let days = seconds(amount.count.abs() * minutes_in(amount.unit)? * 60.0)?.num_days();
            later(date, if amount.count < 0.0 { -days } else { days })
        }
    }
}

fn seconds(count: f64) -> Option<TimeDelta> {
    let exact = Duration::try_from_secs_f64(count).ok()?;
    TimeDelta::from_std(Duration::from_secs(exact.as_secs() + u64::from(exact.subsec_millis() >= 500))).ok()
}
