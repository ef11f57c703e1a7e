//! Days by their distance: "in 2 days", "3 weeks later", "2 weeks from Monday", "within the hour".

use super::{
    narrow::{day_of, unit_of, which_of},
    reader::{Read, Reader},
    said::{Amount, Day, Edge, When},
};
use crate::understanding::times::lexicon::{Glue, Language, Meaning, Unit, Which};

/// Words for "from" that do not count from the day they name: "3 days starting tomorrow".
const STARTING: &str = "starting|beginning|effective|as|ab|a|desde";

impl Reader<'_> {
    /// "in 2 working days", "3 weeks later", "an hour from now", "3 weeks from May 4", "1 more day".
    pub(super) fn amount_away(&self, at: usize) -> Read<Day> {
        // "I put in 2 hours" is no "in 2 hours".
        let put_in = self.is_word(at, &["in"])
            && at.checked_sub(1).is_some_and(|before| self.is_word(before, &["put", "puts", "putting"]));
        if put_in {
            return None;
        }
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
            return Some((Day::After { amount: amount.back(), base: None }, end));
        }
        if let Some((sign, next)) = self.any_mark(at, &['+', '-'])
            && let Some((amount, end)) = self.long_amount(next)
            && (at, end) == (0, self.tokens.len())
        {
            // "+15 minutes", and nothing else.
            let amount = if sign == '-' { amount.back() } else { amount };
            return Some((Day::After { amount, base: None }, end));
        }
        let (amount, next) = self.long_amount(at)?;
        if let Some(end) = self.means(next, Meaning::Later) {
            return Some((Day::After { amount, base: None }, end));
        }
        if let Some(end) = self.means(next, Meaning::Ago) {
            let end = if self.is_word(end, &["today"]) { end + 1 } else { end };
            return Some((Day::After { amount: amount.back(), base: None }, end));
        }
        if let Some(found) = self.weeks_on(amount, next).or_else(|| self.amount_before(amount, next)) {
            return Some(found);
        }
        if let Some((_, from)) = self.glue(next, &[Glue::After, Glue::From])
            && !self.is_one_of(next, STARTING)
            && let Some((base, end)) = self.base(from)
        {
            return Some((Day::After { amount, base: Some(Box::new(base)) }, end));
        }
        None
    }

    /// "a week today", "a fortnight tomorrow", "two weeks on Friday".
    fn weeks_on(&self, amount: Amount, at: usize) -> Read<Day> {
        if !matches!(amount.unit, Unit::Week | Unit::Fortnight) || self.language != Language::English {
            return None;
        }
        let (base, end) = match self.glue(at, &[Glue::On]) {
            Some((_, next)) => {
                let (weekday, end) = self.weekday(next)?;
                (When { weekday: Some(weekday), ..When::default() }, end)
            }
            None => {
                let (day, end) = self.pick(at, day_of).filter(|(day, _)| matches!(day, Day::Away(0 | 1)))?;
                (When { day: Some(day), ..When::default() }, end)
            }
        };
        Some((Day::After { amount, base: Some(Box::new(base)) }, end))
    }

    /// "2 days before Friday"
    fn amount_before(&self, amount: Amount, at: usize) -> Read<Day> {
        if amount.unit < Unit::Day || !self.is_one_of(at, "before|vor|antes|avant|ahead") {
            return None;
        }
        let (_, next) =
            self.glue(at, &[Glue::By]).or_else(|| self.is_word(at, &["ahead"]).then_some((Glue::By, at + 2)))?;
        let (base, end) = self.base(self.article(next))?;
        Some((Day::After { amount: amount.back(), base: Some(Box::new(base)) }, end))
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
            Unit::Hour => Some((Day::After { amount: Amount::of(1, unit), base: None }, end)),
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
        Some((Day::After { amount: Amount { working, ..Amount::of(1, unit) }, base: None }, end))
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
