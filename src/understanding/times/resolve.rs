//! From something said about time to the writer's calendar and wall clock.
//!
//! What was said is counted from the day it was written; where that leaves a choice, the future is meant.

use super::{
    grammar::{Amount, Clock, Day, Edge, LAST, When, minutes_in},
    lexicon::{Meridiem, Part, Unit, Which, Zone},
};
use crate::domain::time::instant;
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};
use chrono_tz::Tz;
use std::time::Duration;

/// After this hour, a weekday that is today means the next one.
const DAY_IS_OVER: u32 = 17;

/// When and where something was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) written: NaiveDateTime,
    pub(crate) zone: Tz,
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
        wide: matches!(when.day, Some(Day::Month { .. })),
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

/// A clock time of another zone without a day is the next one there.
fn on_other_clock(when: &When, frame: &Frame) -> Option<Point> {
    let Some(Zone::Named(named)) = when.zone else { return None };
    let named = at_home(named, frame.zone);
    if when.day.is_some() || when.weekday.is_some() || named == frame.zone {
        return None;
    }
    let now = instant(frame.written, frame.zone).with_timezone(&named).naive_local();
    let there = resolve(&When { zone: None, ..when.clone() }, &Frame { written: now, zone: named, ..*frame })?;
    let local = instant(there.date.and_time(there.time?), named).with_timezone(&frame.zone).naive_local();
    Some(Point { date: local.date(), time: Some(local.time()), sure: true, ..there })
}

// Days.

fn date_of(when: &When, frame: &Frame) -> Option<(NaiveDate, bool)> {
    let today = frame.written.date();
    let weekday = when.weekday.map(|(weekday, _)| weekday);
    match (&when.day, when.weekday) {
        (None, None) => Some((today, true)),
        (None, Some((weekday, which))) => on_weekday(weekday, which, when.clock, frame),
        (Some(Day::Away(days)), _) => {
            let date = later(today, *days)?;
            Some((date, agrees(date, weekday)))
        }
        (Some(Day::Now), _) => Some((today, true)),
        (Some(Day::Date { day, month, year }), _) => on_date(*day, *month, *year, weekday, today),
        (Some(Day::Numeric { first, second, year, dotted }), _) => {
            numeric(*first, *second, *year, *dotted, weekday, frame)
        }
        (Some(Day::OfMonth { day, which }), _) => of_month(*day, *which, weekday, today),
        (Some(Day::Nth { nth, weekday, month, year }), _) => {
            nth_weekday(*nth, *weekday, *month, *year, today).map(|date| (date, true))
        }
        (Some(Day::Month { month, year }), _) => first_of(*month, *year, today).map(|date| (date, false)),
        (Some(Day::Easter { days, year }), _) => after_easter(*days, *year, today).map(|date| (date, true)),
        (Some(Day::Week(weeks)), Some((weekday, _))) => in_week(today, *weeks, weekday).map(|date| (date, true)),
        (Some(Day::Week(_)), None) => None,
        (Some(Day::Weekend(weeks)), _) => in_week(today, *weeks, Weekday::Sun).map(|date| (date, false)),
        (Some(Day::Edge { edge, of, which }), _) => at_edge(*edge, *of, *which, today),
        (Some(Day::EdgeOfMonth { edge, month, year }), _) => {
            let first = first_of(*month, *year, today)?;
            edge_of_month(*edge, first).map(|date| (date, *edge == Edge::End))
        }
        (Some(Day::After { .. }), _) => None,
    }
}

pub(crate) fn later(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    date.checked_add_signed(TimeDelta::try_days(days)?)
}

fn agrees(date: NaiveDate, weekday: Option<Weekday>) -> bool {
    weekday.is_none_or(|weekday| date.weekday() == weekday)
}

fn monday_of(date: NaiveDate) -> Option<NaiveDate> {
    date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))
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

fn on_weekday(
    weekday: Weekday,
    which: Option<Which>,
    clock: Option<Clock>,
    frame: &Frame,
) -> Option<(NaiveDate, bool)> {
    let today = frame.written.date();
    let first = next_weekday(today, weekday)?;
    match which {
        None if today.weekday() == weekday => {
            let over = match clock.and_then(|clock| hour_of_day(clock, None)) {
                Some((time, ..)) => time <= frame.written.time(),
                None => frame.written.hour() >= DAY_IS_OVER,
            };
            Some((if over { first } else { today }, false))
        }
        None | Some(Which::Coming) => Some((first, true)),
        Some(Which::This) => {
            let date = in_week(today, 0, weekday)?;
            Some((if date < today { first } else { date }, true))
        }
        Some(Which::Next) => {
            let date = in_week(today, 1, weekday)?;
            Some((date, date == first || later(today, 1) == Some(first)))
        }
        Some(Which::WeekAfter) => Some((later(first, 7)?, true)),
        Some(Which::Last) => Some((later(first, if first == later(today, 7)? { -14 } else { -7 })?, true)),
    }
}

/// The next such date, today included; in the year given, where one is.
fn on_date(
    day: u32,
    month: u32,
    year: Option<i32>,
    weekday: Option<Weekday>,
    today: NaiveDate,
) -> Option<(NaiveDate, bool)> {
    let date = match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day)?,
        // 29 February may be eight years away.
        None => (0..=8).find_map(|years| {
            NaiveDate::from_ymd_opt(today.year() + years, month, day).filter(|date| *date >= today)
        })?,
    };
    Some((date, agrees(date, weekday)))
}

fn numeric(
    first: u32,
    second: u32,
    year: Option<i32>,
    dotted: bool,
    weekday: Option<Weekday>,
    frame: &Frame,
) -> Option<(NaiveDate, bool)> {
    let today = frame.written.date();
    let day_first = on_date(first, second, year, weekday, today);
    let month_first = on_date(second, first, year, weekday, today);
    let (liked, other) =
        if frame.month_first && !dotted { (month_first, day_first) } else { (day_first, month_first) };
    match (liked, other) {
        (Some((date, agrees)), None) => Some((date, agrees)),
        (None, found) => found,
        (Some((date, false)), Some((swapped, true))) => Some((if weekday.is_some() { swapped } else { date }, true)),
        (Some((date, agrees)), Some((swapped, _))) => {
            Some((date, agrees && (weekday.is_some() || dotted || date == swapped)))
        }
    }
}

/// The next such day of a month; where a weekday is named, the first of the next few on which it falls.
fn of_month(day: u32, which: Option<Which>, weekday: Option<Weekday>, today: NaiveDate) -> Option<(NaiveDate, bool)> {
    let this = today.with_day(1)?;
    let month = if which == Some(Which::Last) { shifted_months(this, -1)? } else { this };
    let skip = match which {
        Some(Which::Next | Which::Coming | Which::WeekAfter) => 1,
        Some(Which::This | Which::Last) | None => 0,
    };
    let mut dates = (skip..skip + 14)
        .filter_map(|months| month.checked_add_months(Months::new(months))?.with_day(day))
        .filter(|date| *date >= today || which.is_some());
    let first = dates.next()?;
    if agrees(first, weekday) {
        return Some((first, true));
    }
    let found = dates.take(4).find(|date| agrees(*date, weekday));
    Some((found.unwrap_or(first), false))
}

fn nth_weekday(nth: u32, weekday: Weekday, month: u32, year: Option<i32>, today: NaiveDate) -> Option<NaiveDate> {
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

fn after_easter(days: i64, year: Option<i32>, today: NaiveDate) -> Option<NaiveDate> {
    match year {
        Some(year) => later(easter(year)?, days),
        None => (0..=1).find_map(|years| later(easter(today.year() + years)?, days).filter(|date| *date >= today)),
    }
}

/// Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

fn first_of(month: u32, year: Option<i32>, today: NaiveDate) -> Option<NaiveDate> {
    let year = year.unwrap_or(if month < today.month() { today.year() + 1 } else { today.year() });
    NaiveDate::from_ymd_opt(year, month, 1)
}

fn edge_of_month(edge: Edge, first: NaiveDate) -> Option<NaiveDate> {
    match edge {
        Edge::Start => Some(first),
        Edge::FirstHalf | Edge::Middle => first.with_day(15),
        Edge::End => first.checked_add_months(Months::new(1))?.pred_opt(),
    }
}

fn at_edge(edge: Edge, of: Unit, which: Which, today: NaiveDate) -> Option<(NaiveDate, bool)> {
    let steps = match which {
        Which::This => 0,
        Which::Next | Which::Coming => 1,
        Which::WeekAfter => 2,
        Which::Last => -1,
    };
    match of {
        Unit::Week => edge_of_week(edge, steps, today).map(|date| (date, edge == Edge::End)),
        Unit::Month => {
            let first = shifted_months(today.with_day(1)?, steps)?;
            let date = edge_of_month(edge, first)?;
            let date =
                if date < today && steps == 0 { edge_of_month(edge, shifted_months(first, 1)?)? } else { date };
            Some((date, edge == Edge::End))
        }
        Unit::Quarter => {
            let first = today.with_day(1)?.with_month0(today.month0() / 3 * 3)?;
            edge_of_month(Edge::End, shifted_months(first, steps * 3 + 2)?).map(|date| (date, true))
        }
        Unit::Year => {
            let year = today.year() + i32::try_from(steps).ok()?;
            let (month, day) = if edge == Edge::End { (12, 31) } else { (1, 1) };
            NaiveDate::from_ymd_opt(year, month, day).map(|date| (date, edge == Edge::End))
        }
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night | Unit::Fortnight => None,
    }
}

/// The working week ends on Friday, unless it is over.
fn edge_of_week(edge: Edge, weeks: i64, today: NaiveDate) -> Option<NaiveDate> {
    let weekday = match edge {
        Edge::Start => Weekday::Mon,
        Edge::FirstHalf | Edge::Middle => Weekday::Wed,
        Edge::End => Weekday::Fri,
    };
    let date = in_week(today, weeks, weekday)?;
    if date >= today || weeks != 0 {
        return Some(date);
    }
    if edge == Edge::End { in_week(today, 0, Weekday::Sun) } else { in_week(today, 1, weekday) }
}

fn shifted_months(date: NaiveDate, months: i64) -> Option<NaiveDate> {
    let size = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { date.checked_sub_months(size) } else { date.checked_add_months(size) }
}

// Amounts of time.

fn after(amount: Amount, base: Option<&When>, when: &When, frame: &Frame) -> Option<Point> {
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

fn calendar_step(date: NaiveDate, amount: Amount) -> Option<NaiveDate> {
    let count = seconds(amount.count.abs())?.num_seconds();
    let count = if amount.count < 0.0 { -count } else { count };
    match amount.unit {
        Unit::Day if amount.working => working_days(date, count),
        Unit::Day | Unit::Night => later(date, count),
        Unit::Hour => later(date, count / 24),
        Unit::Month => shifted_months(date, count),
        Unit::Quarter => shifted_months(date, count.checked_mul(3)?),
        Unit::Year => shifted_months(date, count.checked_mul(12)?),
        Unit::Second | Unit::Minute | Unit::Week | Unit::Fortnight => {
            let days = seconds(amount.count.abs() * minutes_in(amount.unit)? * 60.0)?.num_days();
            later(date, if amount.count < 0.0 { -days } else { days })
        }
    }
}

/// Counts Monday to Friday.
fn working_days(date: NaiveDate, count: i64) -> Option<NaiveDate> {
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

fn seconds(count: f64) -> Option<TimeDelta> {
    let exact = Duration::try_from_secs_f64(count).ok()?;
    TimeDelta::from_std(Duration::from_secs(exact.as_secs() + u64::from(exact.subsec_millis() >= 500))).ok()
}

// Clock times.

fn set_clock(point: &mut Point, clock: Clock, part: Option<Part>, frame: &Frame) -> Option<()> {
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
fn hour_of_day(clock: Clock, part: Option<Part>) -> Option<(NaiveTime, bool, i64)> {
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

fn set_midnight(point: &mut Point, frame: &Frame) {
    point.midnight = true;
    point.time = Some(NaiveTime::MIN);
    if !point.dated || point.date == frame.written.date() {
        point.date = point.date.succ_opt().unwrap_or(point.date);
    }
}

fn is_over(part: Part, written: NaiveDateTime) -> bool {
    let end = match part {
        Part::Morning => 9,
        Part::Noon => 13,
        Part::Afternoon => 17,
        Part::Evening => 22,
        Part::Night | Part::Midnight => 24,
    };
    written.hour() >= end
}

/// Moves a clock time of another zone to the writer's clock.
fn set_zone(point: &mut Point, zone: Option<Zone>, frame: &Frame) {
    let Some(time) = point.time else { return };
    match zone {
        None | Some(Zone::Mine) => {}
        Some(Zone::Yours) => {
            // Whose clock that is cannot be known here; the day is as near as it gets.
            point.time = None;
            point.sure = false;
        }
        Some(Zone::Named(named)) => {
            let named = at_home(named, frame.zone);
            let local = instant(point.date.and_time(time), named).with_timezone(&frame.zone).naive_local();
            point.date = local.date();
            point.time = Some(local.time());
        }
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
