//! What can be said about a point in time.

use crate::understanding::times::lexicon::{Glue, Meridiem, Part, Unit, Which, Zone};
use chrono::Weekday;

/// A point in time, as said.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct When {
    pub(crate) weekday: Option<(Weekday, Option<Which>)>,
    pub(crate) day: Option<Day>,
    pub(crate) clock: Option<Clock>,
    pub(crate) part: Option<Part>,
    /// At the end of the working day.
    pub(crate) close: bool,
    pub(crate) zone: Option<Zone>,
    /// The small word before it, which says whether it is an end or a beginning.
    pub(crate) lead: Option<Glue>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Day {
    /// Days from today.
    Away(i64),
    Date {
        day: u32,
        month: u32,
        year: Option<i32>,
    },
    /// Numbers whose order is the writer's country's.
    Numeric {
        first: u32,
        second: u32,
        year: Option<i32>,
        dotted: bool,
    },
    OfMonth {
        day: u32,
        which: Option<Which>,
    },
    /// "The last Friday of May", "the first working day of next month".
    Nth {
        nth: u32,
        /// None for working days.
        weekday: Option<Weekday>,
        month: InMonth,
    },
    /// "The first week of April"; as a limit, its Friday.
    WeekOfMonth {
        nth: u32,
        month: InMonth,
    },
    /// A month, quarter or year as a whole: "next month".
    Span {
        of: Unit,
        which: Which,
    },
    Month {
        month: u32,
        year: Option<i32>,
    },
    /// So many days after Easter Sunday.
    Easter {
        days: i64,
        year: Option<i32>,
    },
    /// A week as a whole, so many weeks from this one.
    Week(i64),
    /// Saturday and Sunday, so many weeks from this one.
    Weekend(i64),
    Edge {
        edge: Edge,
        of: Unit,
        which: Which,
    },
    EdgeOfMonth {
        edge: Edge,
        month: u32,
        year: Option<i32>,
    },
    /// An amount of time from now, or from another day.
    After {
        amount: Amount,
        base: Option<Box<When>>,
    },
    Now,
}

/// Which month a day is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InMonth {
    Named { month: u32, year: Option<i32> },
    Which(Which),
}

/// The last of a month's four or five Mondays.
pub(crate) const LAST: u32 = 0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    Start,
    FirstHalf,
    Middle,
    End,
}

/// An amount of time in one unit; negative before now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Amount {
    pub(crate) count: f64,
    pub(crate) unit: Unit,
    pub(crate) working: bool,
    /// "a couple of", "about": not to the minute.
    pub(crate) rough: bool,
    /// "2-3 days": `count` is the upper end.
    pub(crate) range: bool,
    /// "one more day": counted from what was agreed.
    pub(crate) more: bool,
}

impl Amount {
    /// So many of `unit`, exactly.
    pub(super) fn of(count: u32, unit: Unit) -> Self {
        Self { count: f64::from(count), unit, working: false, rough: false, range: false, more: false }
    }

    /// The same amount, before rather than after.
    pub(super) fn back(self) -> Self {
        Self { count: -self.count, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: u32,
    pub(crate) minute: u32,
    pub(crate) meridiem: Option<Meridiem>,
    /// Written in a way that only a 24-hour clock has: "08:00", "17h00".
    pub(crate) exact: bool,
}

impl Clock {
    /// Minutes since midnight, taking a bare hour for what it says.
    pub(crate) fn minute_of_day(self) -> u32 {
        let hour = match self.meridiem {
            Some(Meridiem::Am) => self.hour % 12,
            Some(Meridiem::Pm) => self.hour % 12 + 12,
            None => self.hour,
        };
        hour * 60 + self.minute
    }

    /// The time so many minutes later on the clock's face.
    pub(super) fn shifted(self, minutes: i64) -> Self {
        let total = (i64::from(self.hour * 60 + self.minute) + minutes).rem_euclid(24 * 60);
        let hour = u32::try_from(total / 60).unwrap_or(0);
        // "Quarter to one" is on the same half of the day as one o'clock itself.
        let hour = if hour == 0 && self.hour == 12 { 12 } else { hour };
        Self { hour, minute: u32::try_from(total % 60).unwrap_or(0), ..self }
    }
}

/// Minutes in one of a unit; none for spans of no fixed use.
pub(crate) fn minutes_in(unit: Unit) -> Option<f64> {
    match unit {
        Unit::Second => Some(1.0 / 60.0),
        Unit::Minute => Some(1.0),
        Unit::Hour => Some(60.0),
        Unit::Day | Unit::Night => Some(1440.0),
        Unit::Week => Some(10_080.0),
        Unit::Fortnight => Some(20_160.0),
        Unit::Month => Some(43_200.0),
        Unit::Quarter => None,
        Unit::Year => Some(525_600.0),
    }
}

/// Whether `lead` makes a point the latest time meant.
pub(crate) fn is_end(lead: Option<Glue>) -> bool {
    matches!(lead, Some(Glue::By | Glue::Until))
}
