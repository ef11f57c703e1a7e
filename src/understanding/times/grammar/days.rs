//! Days by name: weekdays, "tomorrow", "end of next week", "this weekend", feasts.

use super::{
    dates::date,
    narrow::{day_of, easter_of, edge_of, end_of, feast_of, month_of, nth_feast_of, unit_of, weekday_of, which_of},
    reader::{Read, Reader},
    said::{Day, Edge, LAST},
    when::Comes,
};
use crate::understanding::times::lexicon::{Glue, Language, Meaning, Unit, Which};
use chrono::Weekday;

impl Reader<'_> {
    /// Any way to name a day, the longest that fits. `led`: the words before make a bare number a day of the month.
    pub(crate) fn day(&self, at: usize, led: Comes, after_weekday: bool) -> Read<Day> {
        let rules = [
            self.iso_date(at),
            self.numeric_date(at, led.hour || led.day || after_weekday),
            self.day_then_month(at),
            self.month_then_day(at),
            self.day_of_month(at, led, after_weekday),
            self.nth_weekday(at),
            self.day_words(at),
            self.amount_away(at),
            self.edge(at),
            self.week(at),
        ];
        rules.into_iter().flatten().max_by_key(|(_, next)| *next)
    }

    pub(crate) fn weekday(&self, at: usize) -> Read<(Weekday, Option<Which>)> {
        let (before, from) = self.pick(at, which_of).map_or((None, at), |(which, next)| (Some(which), next));
        let (weekday, next) = self.pick(from, weekday_of)?;
        let next =
            self.mark(next, '.').filter(|dot| self.glued(next) && self.is_short(from) && *dot > 0).unwrap_or(next);
        if before.is_some() {
            return Some(((weekday, before), next));
        }
        match self.pick(next, which_of) {
            Some((which, after)) if self.language != Language::English || which == Which::WeekAfter => {
                Some(((weekday, Some(which)), after))
            }
            Some(_) | None => Some(((weekday, None), next)),
        }
    }

    pub(super) fn is_short(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.chars().count() <= 4)
    }

    /// "second Monday of May 2026".
    pub(super) fn nth_weekday(&self, at: usize) -> Read<Day> {
        let at = self.article(at);
        let last = self.pick(at, which_of).filter(|(which, _)| *which == Which::Last).map(|(_, next)| (LAST, next));
        let (nth, next) = last.or_else(|| self.ordinal(at).filter(|(nth, _)| *nth <= 5))?;
        let (weekday, next) = self.pick(next, weekday_of)?;
        let (_, next) = self.glue(next, &[Glue::Of])?;
        let (month, next) = self.pick(next, month_of)?;
        let (year, next) = self.year(next);
        Some((Day::Nth { nth, weekday, month, year }, next))
    }

    pub(super) fn day_words(&self, at: usize) -> Read<Day> {
        if let Some((day, next)) = self.pick(at, day_of) {
            return Some((day, next));
        }
        if let Some((days, next)) = self.pick(at, easter_of) {
            let (year, next) = self.year(next);
            return Some((Day::Easter { days, year }, next));
        }
        if let Some(((nth, weekday, month), next)) = self.pick(at, nth_feast_of) {
            let (year, next) = self.year(next);
            return Some((Day::Nth { nth, weekday, month, year }, next));
        }
        let ((month, day), next) = self.pick(at, feast_of)?;
        let (year, next) = self.year(next);
        date(day, month, year).map(|day| (day, next))
    }

    /// "EOW", "end of next week", "mid April", "first half of next month", "fin de mes".
    pub(super) fn edge(&self, at: usize) -> Read<Day> {
        let (said, end_at) = self.pick(at, which_of).map_or((None, at), |(which, next)| (Some(which), next));
        if let Some(((of, which), next)) = self.pick(end_at, end_of) {
            return Some((Day::Edge { edge: Edge::End, of, which: said.unwrap_or(which) }, next));
        }
        let (edge, next) = self.pick(at, edge_of)?;
        let next = self.mark(next, '-').unwrap_or(next);
        let next = self.glue(next, &[Glue::Of]).map_or(next, |(_, after)| after);
        let next = self.article(next);
        if let Some((month, end)) = self.pick(next, month_of) {
            let (year, end) = self.year(end);
            return Some((Day::EdgeOfMonth { edge, month, year }, end));
        }
        if let Some((quarter @ 1..=4, 1)) =
            self.digits(next + 1).filter(|_| self.is_word(next, &["q"]) && edge == Edge::End)
        {
            return Some((Day::EdgeOfMonth { edge, month: quarter * 3, year: None }, next + 2));
        }
        let (before, next) = self.pick(next, which_of).map_or((None, next), |(which, after)| (Some(which), after));
        let (of, next) = self
            .pick(next, unit_of)
            .filter(|(unit, _)| matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Quarter))?;
        let (which, next) = match (before, self.pick(next, which_of)) {
            (None, Some((which, after))) => (Some(which), after),
            (before, _) => (before, next),
        };
        Some((Day::Edge { edge, of, which: which.unwrap_or(Which::This) }, next))
    }

    /// "next week", "this weekend", "la semana que viene"; with a weekday, its day.
    pub(super) fn week(&self, at: usize) -> Read<Day> {
        let from = self.article(at);
        let (before, next) = self.pick(from, which_of).map_or((None, from), |(which, after)| (Some(which), after));
        let weekend = self.means(next, Meaning::Weekend);
        let next = match weekend {
            Some(next) => next,
            None => self.pick(next, unit_of).filter(|(unit, _)| *unit == Unit::Week).map(|(_, after)| after)?,
        };
        let (which, next) = match (before, self.pick(next, which_of)) {
            (Some(which), _) => (which, next),
            (None, Some((which, after))) => (which, after),
            (None, None)
                if weekend.is_some()
                    && (from > at
                        || self.follows_small_word(at)
                        || matches!(self.language, Language::Spanish | Language::Portuguese)) =>
            {
                (Which::This, next)
            }
            (None, None) => return None,
        };
        let weeks = match which {
            Which::This => 0,
            Which::Next => 1,
            Which::Coming => i64::from(weekend.is_none()),
            Which::WeekAfter => 2,
            Which::Last => -1,
        };
        Some((if weekend.is_some() { Day::Weekend(weeks) } else { Day::Week(weeks) }, next))
    }

    pub(super) fn follows_small_word(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.glue(before, &[Glue::Article, Glue::On, Glue::By]).is_some())
    }
}
