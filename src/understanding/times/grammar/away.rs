//! Days by their distance: "in 2 days", "3 weeks later", "2 weeks from Monday", "within the hour".

use super::{
    narrow::{unit_of, which_of},
    reader::{Read, Reader},
    said::{Amount, Day, Edge, When},
};
use crate::understanding::times::lexicon::{Glue, Language, Meaning, Unit, Which};

/// Words for "from" that do not count from the day they name: "3 days starting tomorrow".
const STARTING: &str = "starting|beginning|effective|as|ab|a|desde";

impl Reader<'_> {
    /// "in 2 working days", "3 weeks later", "an hour from now", "3 weeks from May 4", "1 more day".
    pub(super) fn amount_away(&self, at: usize) -> Read<Day> {
        if let Some((_, next)) = self.glue(at, &[Glue::Within]) {
            if let Some(found) = self.within_unit(next).or_else(|| self.within_one(next)) {
                return Some(found);
            }
            if let Some((amount, next)) = self.long_amount(next)
                && self.glue(next, &[Glue::Of]).is_none_or(|_| self.unit(next).is_none())
            {
                let next = self.word(next).filter(|word| *word == "time").map_or(next, |_| next + 1);
                let next = self.means(next, Meaning::Later).unwrap_or(next);
                return Some((Day::After { amount, base: None }, next));
            }
        }
        if let Some(next) = self.means(at, Meaning::AgoComes)
            && let Some((amount, end)) = self.long_amount(next)
        {
            return Some((Day::After { amount: Amount { count: -amount.count, ..amount }, base: None }, end));
        }
        if let Some((sign, next)) = self.any_mark(at, &['+', '-'])
            && let Some((amount, end)) = self.long_amount(next)
            && (at, end) == (0, self.tokens.len())
        {
            // "+15 minutes", and nothing else.
            let count = if sign == '-' { -amount.count } else { amount.count };
            return Some((Day::After { amount: Amount { count, ..amount }, base: None }, end));
        }
        let (amount, next) = self.long_amount(at)?;
        if let Some(end) = self.means(next, Meaning::Later) {
            return Some((Day::After { amount, base: None }, end));
        }
        if let Some(end) = self.means(next, Meaning::Ago) {
            return Some((Day::After { amount: Amount { count: -amount.count, ..amount }, base: None }, end));
        }
        if let Some((_, from)) = self.glue(next, &[Glue::After, Glue::From])
            && !self.is_one_of(next, STARTING)
            && let Some((base, end)) = self.base(from)
        {
            return Some((Day::After { amount, base: Some(Box::new(base)) }, end));
        }
        None
    }

    /// "within the hour", "within the day".
    pub(super) fn within_unit(&self, at: usize) -> Read<Day> {
        let named = self.glue(at, &[Glue::Article]).filter(|_| self.spelled(at).is_none());
        let next = named.map_or(at, |(_, next)| next);
        let this = self.pick(next, which_of).filter(|(which, _)| *which == Which::This);
        let in_the_next = at.checked_sub(1).is_some_and(|before| self.is_word(before, &["next"]));
        if named.is_none() && this.is_none() && !in_the_next {
            return None;
        }
        let next = this.map_or(next, |(_, after)| after);
        let (unit, end) = self.pick(next, unit_of)?;
        match unit {
            Unit::Hour => {
                let amount = Amount { count: 1.0, unit, working: false, rough: false, range: false, more: false };
                Some((Day::After { amount, base: None }, end))
            }
            Unit::Day => Some((Day::Away(0), end)),
            Unit::Week => Some((Day::Edge { edge: Edge::End, of: unit, which: Which::This }, end)),
            Unit::Second
            | Unit::Minute
            | Unit::Night
            | Unit::Fortnight
            | Unit::Month
            | Unit::Quarter
            | Unit::Year => None,
        }
    }

    /// "через час", "za tydzień": languages without an article count one by leaving it out.
    pub(super) fn within_one(&self, at: usize) -> Read<Day> {
        let ((unit, working), end) = self.unit(at).filter(|_| self.language == Language::Other)?;
        Some((
            Day::After {
                amount: Amount { count: 1.0, unit, working, rough: false, range: false, more: false },
                base: None,
            },
            end,
        ))
    }

    pub(super) fn base(&self, at: usize) -> Read<When> {
        if let Some((weekday, next)) = self.weekday(at) {
            return Some((When { weekday: Some(weekday), ..When::default() }, next));
        }
        let rules = [self.iso_date(at), self.day_then_month(at), self.month_then_day(at), self.day_words(at)];
        let (day, next) = rules.into_iter().flatten().max_by_key(|(_, next)| *next)?;
        Some((When { day: Some(day), ..When::default() }, next))
    }
}
