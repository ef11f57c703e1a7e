//! Dates by number and month: "24/3", "9 nov", "the 27th", "2026-03-12".

use super::{
    narrow::{meridiem_of, month_of, unit_of, which_of},
    reader::{Read, Reader},
    said::Day,
    when::Comes,
};
use crate::understanding::times::lexicon::{Glue, Language, Meaning, Unit, Which};

/// Things that are numbered, so that "the 2nd" before them is no day.
const NUMBERED: &str = "article|batch|blog|box|call|chapter|client|column|draft|email|episode|file|floor|folder|image|invoice|issue|\
    item|line|link|list|log|milestone|one|option|page|part|phase|point|post|question|reminder|report|round|row|\
    section|sheet|step|task|version|half";

impl Reader<'_> {
    pub(super) fn iso_date(&self, at: usize) -> Read<Day> {
        let (year, width) = self.digits(at)?;
        if width == 8 {
            let (year, month, day) = (year / 10_000, year / 100 % 100, year % 100);
            return date(day, month, Some(year)).map(|day| (day, at + 1));
        }
        if width != 4 {
            return None;
        }
        let (mark, next) =
            self.any_mark(at + 1, &['-', '/', '.']).filter(|_| self.glued(at + 1) && self.glued(at + 2))?;
        let (month, _) = self.digits(next)?;
        let after = self.mark(next + 1, mark)?;
        let (day, _) = self.digits(after)?;
        let end = if self.word(after + 1) == Some("t") && self.glued(after + 1) { after + 2 } else { after + 1 };
        date(day, month, Some(year)).map(|day| (day, end))
    }

    /// "24/3", "3/28", "16.03", "5.9.2026", "5. 9."
    pub(super) fn numeric_date(&self, at: usize, led: bool) -> Read<Day> {
        let (first, 1 | 2) = self.digits(at)? else { return None };
        if at > 0 && self.glued(at) && self.any_mark(at - 1, &['.', '/', '$', '€', ',', ':']).is_some() {
            return None;
        }
        let (mark, next) = self.any_mark(at + 1, &['/', '.', '-']).filter(|_| self.glued(at + 1))?;
        if !self.glued(next) && mark != '.' {
            return None;
        }
        let (second, width @ (1 | 2)) = self.digits(next)? else { return None };
        let tail = next + 1;
        let year = match self.mark(tail, mark).filter(|_| self.glued(tail)) {
            Some(after) if self.glued(after) || mark == '.' => match self.digits(after) {
                Some((year, width @ (2 | 4))) => Some((whole_year(year, width), after + 1)),
                Some(_) => return None,
                None => None,
            },
            Some(_) | None => None,
        };
        let closed = mark == '.' && self.mark(tail, '.').is_some_and(|_| self.glued(tail));
        let alone = at == 0 && tail + 1 >= self.tokens.len();
        let (year, end) = match year {
            Some((year, end)) => (i32::try_from(year).ok(), end),
            None if closed && (alone || !self.glued(next) || self.language == Language::German) => (None, tail + 1),
            None => (None, tail),
        };
        let plain = year.is_some()
            || led
            || match mark {
                '/' => true,
                '.' => {
                    width == 2 && second <= 12 && first <= 31 && self.digits(at).is_some_and(|(_, width)| width == 2)
                        || closed && (alone || !self.glued(next) || self.language == Language::German)
                }
                _ => false,
            };
        let always = (first, second, year) == (24, 7, None);
        let possible =
            !always && (1..=31).contains(&first) && (1..=31).contains(&second) && (first <= 12 || second <= 12);
        let follows = year.is_some() || (!self.counted_follows(end) && self.any_mark(end, &['%', '/']).is_none());
        (plain && possible && follows).then_some((Day::Numeric { first, second, year, dotted: mark == '.' }, end))
    }

    /// "le 31 10"
    pub(super) fn spaced_date(&self, at: usize) -> Read<Day> {
        let (day, 1 | 2) = self.digits(at)? else { return None };
        let (month @ 1..=12, 2) = self.digits(at + 1)? else { return None };
        (self.language == Language::French && self.number_ends(at + 2))
            .then(|| date(day, month, None::<i32>))?
            .map(|day| (day, at + 2))
    }

    /// "9 nov", "21st March", "7 de julio de 2026", "second day of June", "4/Nov/2026", "1er mai".
    pub(super) fn day_then_month(&self, at: usize) -> Read<Day> {
        let from = self.means(self.article(at), Meaning::DayWord).unwrap_or(at);
        let (day, next) = self.ordinal(from).or_else(|| self.integer(from))?;
        let next = self.means(next, Meaning::DayWord).unwrap_or(next);
        let next = self.unit(next).filter(|((unit, _), _)| *unit == Unit::Day).map_or(next, |(_, after)| after);
        let next = self.any_mark(next, &['/', '-', '.']).map_or(next, |(_, after)| after);
        let next = self.means(next, Meaning::DateWord).unwrap_or(next);
        let next = self.glue(next, &[Glue::Of]).map_or(next, |(_, after)| self.article(after));
        let (month, next) = self.pick(next, month_of)?;
        let (year, next) = self.year(next);
        date(day, month, year).map(|day| (day, next))
    }

    /// "Oct 8", "April twenty first", "June, 9th 2026", "Nov7", "May 6 and 8" up to the first day.
    pub(super) fn month_then_day(&self, at: usize) -> Read<Day> {
        let (month, next) = self.pick(at, month_of)?;
        let weak = self.is_weak(at, next);
        let joint = self.any_mark(next, &['.', ',', '/', '-']).map_or(next, |(_, after)| after);
        let joint = if self.means(joint, Meaning::HourComes).is_some() { joint } else { self.article(joint) };
        let found = self.ordinal(joint).or_else(|| self.integer(joint).filter(|(_, after)| self.day_ends(*after)));
        if let Some((day, after)) = found
            && (1..=31).contains(&day)
            && !self.glue(joint, &[Glue::Article]).is_some_and(|_| self.is_article(joint))
        {
            if weak && !self.number_ends(after) {
                return None;
            }
            let comma = self.mark(after, ',').unwrap_or(after);
            let (year, end) = self.year(comma);
            let end = if year.is_some() { end } else { after };
            return date(day, month, year).map(|day| (day, end));
        }
        let (year, end) = self.year(joint);
        let end = if year.is_some() { end } else { next };
        (!weak || year.is_some()).then_some((Day::Month { month, year }, end))
    }

    /// A day's number after a month is not the hour of "May 5pm".
    pub(crate) fn day_ends(&self, at: usize) -> bool {
        let time = self.mark(at, ':').is_some() && self.glued(at);
        !time && self.pick(at, meridiem_of).is_none() && self.mark(at, '%').is_none()
    }

    pub(crate) fn year(&self, at: usize) -> (Option<i32>, usize) {
        let from = self.any_mark(at, &['.', '/', '-', '\'']).map_or(at, |(_, next)| next);
        let from = self.mark(from, ',').unwrap_or(from);
        let from = self.glue(from, &[Glue::Of]).map_or(from, |(_, next)| next);
        let from = self.mark(from, '\'').unwrap_or(from);
        match self.digits(from) {
            Some((year @ 1900..=2199, 4)) => (i32::try_from(year).ok(), from + 1),
            Some((year, 2)) if self.short_year_mark(at, from) => (i32::try_from(whole_year(year, 2)).ok(), from + 1),
            Some(_) | None => (None, at),
        }
    }

    /// A year of two digits needs an apostrophe, or the mark that parts day and month: "Sep '26", "23/Sep/26".
    pub(super) fn short_year_mark(&self, at: usize, from: usize) -> bool {
        let mark = |mark: char| from.checked_sub(1).is_some_and(|before| self.mark(before, mark).is_some());
        let same = |wanted: char| {
            mark(wanted) && at.checked_sub(2).is_some_and(|before| self.mark(before, wanted).is_some())
        };
        from > at && self.glued(from) && (mark('\'') || same('/') || same('-'))
    }

    /// "the 14th", "dia 7", "el 19", "8th of this month"; after a weekday also "Monday 30".
    pub(super) fn day_of_month(&self, at: usize, led: Comes, after_weekday: bool) -> Read<Day> {
        let bare = self.article(at);
        let named = self.means(bare, Meaning::DayWord);
        let from = named.unwrap_or(bare);
        let announced = named.is_some() || after_weekday;
        let (day, next) = match self.ordinal(from).filter(|_| announced || self.digits(from).is_some()) {
            Some(found) => found,
            None => match self.ordinal(from).filter(|(day, next)| {
                // "The first" and "the second" may be anything, "the twenty-fifth" is a day.
                self.of_month(*next).is_some() || ((bare > at || led.day) && *day > 10)
            }) {
                Some(found) => found,
                None => self.plain_day(
                    from,
                    announced,
                    led.plain_day || (bare > at && self.glue(at, &[Glue::On]).is_some()),
                )?,
            },
        };
        if !(1..=31).contains(&day) {
            return None;
        }
        if let Some(end) = self.means(next, Meaning::DateWord) {
            return Some((Day::OfMonth { day, which: None }, end));
        }
        if let Some((which, end)) = self.of_month(next) {
            return Some((Day::OfMonth { day, which: Some(which) }, end));
        }
        let alone = at == 0 && next == self.tokens.len();
        let meant = led.hour || led.day || announced || from > at || alone;
        (meant && self.day_number_ends(next)).then_some((Day::OfMonth { day, which: None }, next))
    }

    /// A day's number without any mark: "martes 11", "el 24", "am 27.".
    pub(super) fn plain_day(&self, at: usize, announced: bool, led: bool) -> Read<u32> {
        let english = matches!(self.language, Language::English | Language::Filipino | Language::Hindi);
        let (day, next) = self.integer(at)?;
        let dated = self.means(next, Meaning::DateWord).is_some();
        if !(announced || dated || (led && !english)) || self.is_article(at) {
            return None;
        }
        let dot = self.mark(next, '.').filter(|_| self.language == Language::German);
        Some((day, dot.unwrap_or(next)))
    }

    /// Whether the words at `at` leave the number before them a day's: not in "the 2nd draft".
    pub(super) fn day_number_ends(&self, at: usize) -> bool {
        let word_follows = self.token(at).is_some_and(|token| token.spaced) && self.word(at).is_some();
        let numbered = self.is_one_of(at, NUMBERED);
        !numbered && (self.number_ends(at) || (word_follows && !self.counted_follows(at)))
    }

    /// "of this month", "of the current month".
    pub(super) fn of_month(&self, at: usize) -> Read<Which> {
        let (_, next) = self.glue(at, &[Glue::Of])?;
        let (which, next) = self.pick(self.article(next), which_of)?;
        self.pick(next, unit_of).filter(|(unit, _)| *unit == Unit::Month).map(|(_, end)| (which, end))
    }
}

pub(super) fn date(day: u32, month: u32, year: Option<impl TryInto<i32>>) -> Option<Day> {
    let year = year.and_then(|year| year.try_into().ok());
    let possible = (1..=12).contains(&month) && (1..=31).contains(&day);
    possible.then_some(Day::Date { day, month, year })
}

fn whole_year(year: u32, width: usize) -> u32 {
    if width == 2 { 2000 + year } else { year }
}
