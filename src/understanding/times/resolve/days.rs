//! Which day was named.

use super::{
    Frame,
    calendar::{
        after_easter, edge_of_month, first_of, in_month, in_week, later, next_weekday, nth_day, nth_week,
        shifted_months,
    },
    clock::hour_of_day,
};
use crate::understanding::times::{
    grammar::{Clock, Day, Edge, When, is_end},
    lexicon::{Unit, Which},
};
use chrono::{Datelike, Months, NaiveDate, Timelike, Weekday};

/// After this hour, a weekday that is today means the next one.
const DAY_IS_OVER: u32 = 17;

pub(super) fn date_of(when: &When, frame: &Frame) -> Option<(NaiveDate, bool)> {
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
        (Some(Day::Nth { nth, weekday, month }), _) => {
            in_month(*month, today, |first| nth_day(*nth, *weekday, first)).map(|date| (date, true))
        }
        (Some(Day::WeekOfMonth { nth, month }), _) => {
            let limit = is_end(when.lead);
            in_month(*month, today, |first| nth_week(*nth, limit, first)).map(|date| (date, limit))
        }
        (Some(Day::Span { of, which }), _) => first_of_span(*of, *which, today).map(|date| (date, false)),
        (Some(Day::Month { month, year }), _) => first_of(*month, *year, today).map(|date| (date, false)),
        (Some(Day::Easter { days, year }), _) => after_easter(*days, *year, today).map(|date| (date, true)),
        (Some(Day::Week(weeks)), Some((weekday, _))) => in_week(today, *weeks, weekday).map(|date| (date, true)),
        (Some(Day::Week(_)), None) => None,
        (Some(Day::Weekend(weeks)), _) => {
            // "Before the weekend" is Friday, "over the weekend" Sunday.
            let friday = in_week(today, *weeks, Weekday::Fri).filter(|friday| is_end(when.lead) && *friday >= today);
            friday.or_else(|| in_week(today, *weeks, Weekday::Sun)).map(|date| (date, false))
        }
        (Some(Day::Edge { edge, of, which }), _) => at_edge(*edge, *of, *which, today),
        (Some(Day::EdgeOfMonth { edge, month, year }), _) => {
            let first = first_of(*month, *year, today)?;
            edge_of_month(*edge, first).map(|date| (date, *edge == Edge::End))
        }
        (Some(Day::After { .. }), _) => None,
    }
}

fn agrees(date: NaiveDate, weekday: Option<Weekday>) -> bool {
    weekday.is_none_or(|weekday| date.weekday() == weekday)
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
    let found = dates.take(2).find(|date| agrees(*date, weekday));
    Some((found.unwrap_or(first), false))
}

/// The first day of a month, quarter or year beside this one.
fn first_of_span(of: Unit, which: Which, today: NaiveDate) -> Option<NaiveDate> {
    let steps = steps(which);
    match of {
        Unit::Month => shifted_months(today.with_day(1)?, steps),
        Unit::Quarter => shifted_months(today.with_day(1)?.with_month0(today.month0() / 3 * 3)?, steps * 3),
        Unit::Year => NaiveDate::from_ymd_opt(today.year() + i32::try_from(steps).ok()?, 1, 1),
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night | Unit::Week | Unit::Fortnight => None,
    }
}

/// How many spans from the present one.
fn steps(which: Which) -> i64 {
    match which {
        Which::This => 0,
        Which::Next | Which::Coming => 1,
        Which::WeekAfter => 2,
        Which::Last => -1,
    }
}

fn at_edge(edge: Edge, of: Unit, which: Which, today: NaiveDate) -> Option<(NaiveDate, bool)> {
    let steps = steps(which);
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
