//! One narrowing a meaning: what a rule asks the lexicon for.

use super::said::{Day, Edge};
use crate::understanding::times::lexicon::{Glue, Meaning, Meridiem, Part, Unit, Which, Zone};
use chrono::Weekday;

pub(crate) fn match_glue(meaning: Meaning) -> Option<Glue> {
    if let Meaning::Glue(found) = meaning { Some(found) } else { None }
}

pub(crate) fn number_of(meaning: Meaning) -> Option<u32> {
    if let Meaning::Number(found) = meaning { Some(found) } else { None }
}

pub(crate) fn ordinal_of(meaning: Meaning) -> Option<u32> {
    if let Meaning::Ordinal(found) = meaning { Some(found) } else { None }
}

pub(crate) fn quarters_of(meaning: Meaning) -> Option<u32> {
    if let Meaning::Quarters(found) = meaning { Some(found) } else { None }
}

/// How many quarters to add to the number that follows.
pub(super) fn quarters_more_of(meaning: Meaning) -> Option<i32> {
    if let Meaning::QuartersMore(found) = meaning { Some(found) } else { None }
}

pub(crate) fn unit_of(meaning: Meaning) -> Option<Unit> {
    if let Meaning::Unit(found) = meaning { Some(found) } else { None }
}

pub(crate) fn part_of(meaning: Meaning) -> Option<Part> {
    if let Meaning::Part(found) = meaning { Some(found) } else { None }
}

pub(crate) fn meridiem_of(meaning: Meaning) -> Option<Meridiem> {
    if let Meaning::Meridiem(found) = meaning { Some(found) } else { None }
}

pub(crate) fn weekday_of(meaning: Meaning) -> Option<Weekday> {
    if let Meaning::Weekday(found) = meaning { Some(found) } else { None }
}

pub(crate) fn month_of(meaning: Meaning) -> Option<u32> {
    if let Meaning::Month(found) = meaning { Some(found) } else { None }
}

pub(crate) fn which_of(meaning: Meaning) -> Option<Which> {
    if let Meaning::Which(found) = meaning { Some(found) } else { None }
}

pub(crate) fn zone_of(meaning: Meaning) -> Option<Zone> {
    if let Meaning::Zone(found) = meaning { Some(found) } else { None }
}

pub(super) fn day_part_of(meaning: Meaning) -> Option<(i64, Part)> {
    if let Meaning::DayPart(days, part) = meaning { Some((days, part)) } else { None }
}

pub(super) fn nth_feast_of(meaning: Meaning) -> Option<(u32, Weekday, u32)> {
    if let Meaning::NthFeast(nth, weekday, month) = meaning { Some((nth, weekday, month)) } else { None }
}

pub(super) fn weekday_part_of(meaning: Meaning) -> Option<(Weekday, Part)> {
    if let Meaning::WeekdayPart(weekday, part) = meaning { Some((weekday, part)) } else { None }
}

pub(super) fn feast_of(meaning: Meaning) -> Option<(u32, u32)> {
    if let Meaning::Feast(month, day) = meaning { Some((month, day)) } else { None }
}

pub(super) fn span_of(meaning: Meaning) -> Option<u32> {
    if let Meaning::Span(minutes) = meaning { Some(minutes) } else { None }
}

pub(super) fn easter_of(meaning: Meaning) -> Option<i64> {
    if let Meaning::Easter(days) = meaning { Some(days) } else { None }
}

pub(super) fn end_of(meaning: Meaning) -> Option<(Unit, Which)> {
    if let Meaning::End(unit, which) = meaning { Some((unit, which)) } else { None }
}

pub(super) fn day_of(meaning: Meaning) -> Option<Day> {
    if let Meaning::Day(days) = meaning {
        return Some(Day::Away(days));
    }
    (meaning == Meaning::Now).then_some(Day::Now)
}

pub(super) fn edge_of(meaning: Meaning) -> Option<Edge> {
    if meaning == Meaning::EndOf {
        Some(Edge::End)
    } else if meaning == Meaning::StartOf {
        Some(Edge::Start)
    } else if meaning == Meaning::MiddleOf {
        Some(Edge::Middle)
    } else if meaning == Meaning::FirstHalf {
        Some(Edge::FirstHalf)
    } else {
        None
    }
}

/// What a number before it counts: "3 days", "2 more", so that the number is no date or hour of its own.
pub(super) fn counted(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Unit(_) | Meaning::More | Meaning::Working | Meaning::Month(_))
}
