//! Amounts of time: "2h15", "an hour and a half", "2 working days".

use super::{
    narrow::{span_of, unit_of},
    reader::{Read, Reader},
    said::{Amount, minutes_in},
};
use crate::understanding::times::lexicon::{Glue, Language, Meaning, Unit};

/// Words between a number and its unit that change nothing: "10.5 billable hours".
const WHOLE: &str = "total|billable|man|full|actual|whole|solid|straight|paid|long";

/// Words by which one unit is meant from end to end.
pub(super) const ALL: &str = "all|whole|entire|full|ganze|ganzen|todo|toda|tout|toute|toutes|buong|inteiro|pura";

/// Letters that are a unit right behind a number: "1d".
const UNIT_LETTERS: [(&str, Unit); 3] = [("d", Unit::Day), ("w", Unit::Week), ("y", Unit::Year)];

impl Reader<'_> {
    /// A duration in minutes: "2h15", "1 hour and 45 minutes", "an hour and a half", "2:45 h".
    pub(crate) fn duration(&self, at: usize) -> Read<f64> {
        if let Some(found) = self.clocklike_duration(at) {
            return Some(found);
        }
        if let Some(found) = self.unit_and_part(at).or_else(|| self.whole_unit(at)) {
            return Some(found);
        }
        let (first, next) = self.amount(at)?;
        let mut total = first.count * minutes_in(first.unit)?;
        let mut smallest = first.unit;
        let mut end = next;
        for _ in 0..3 {
            let dot = self.mark(end, '.').filter(|_| self.glued(end) && end > 0 && self.is_short(end - 1));
            let joint = self.mark(end, ',').or(dot).unwrap_or(end);
            let joint = self.glue(joint, &[Glue::And]).map_or(joint, |(_, after)| after);
            if let Some((amount, after)) = self.amount(joint)
                && amount.unit < smallest
                && let Some(minutes) = minutes_in(amount.unit)
            {
                total += amount.count * minutes;
                smallest = amount.unit;
                end = after;
                continue;
            }
            break;
        }
        if smallest == first.unit
            && let Some((rest, after)) = self.rest_of_unit(first.unit, end)
        {
            return Some((total + rest, after));
        }
        Some((total, end))
    }

    /// One number and one unit: "2 working days", "half an hour", "an hour", "a couple of hours", "hora y media".
    pub(crate) fn amount(&self, at: usize) -> Read<Amount> {
        let at = self.glue(at, &[Glue::About]).map_or(at, |(_, next)| next);
        if let Some((minutes, next)) = self.pick(self.article(at), span_of) {
            return Some((Amount::of(minutes, Unit::Minute), next));
        }
        if let Some(found) = self.unit_then_number(at) {
            return Some(found);
        }
        let mark = self.mark(at, '~').unwrap_or(at);
        let mark_at = mark;
        let another = self.means(mark, Meaning::More);
        let mark = another.unwrap_or(mark);
        let (count, rough, next) = match (self.couple(mark), self.quantity(mark)) {
            (Some(next), _) => (2.0, true, next),
            (None, Some((count, next))) => (count, false, next),
            // "another day" is one; "more days" are too vague to count.
            (None, None) => (1.0, false, another.filter(|_| self.spelled(mark_at).is_some())?),
        };
        let upper = self.upper_end(next);
        let (count, next) = upper.unwrap_or((count, next));
        let range = upper.is_some();
        let (more, next) = self.means(next, Meaning::More).map_or((another.is_some(), next), |after| (true, after));
        let next = self.mark(next, '-').unwrap_or(next);
        let joint = self.glue(next, &[Glue::Of, Glue::Article]).filter(|_| self.unit(next).is_none());
        let next = joint.map_or(next, |(_, after)| self.article(after));
        let next = self.mark(next, '\'').unwrap_or(next);
        let next = if self.is_one_of(next, WHOLE) { next + 1 } else { next };
        let ((unit, working), next) = self.unit(next)?;
        // "A second look", "just a second".
        if unit == Unit::Second && count <= 1.0 && self.digits(mark).is_none() {
            return None;
        }
        let (more, next) = match self.means(next, Meaning::More) {
            Some(after) if !more => (true, after),
            Some(_) | None => (more, next),
        };
        Some((Amount { count, unit, working, rough: rough || range, range, more }, next))
    }

    /// "siku mbili": Swahili counts behind the unit.
    fn unit_then_number(&self, at: usize) -> Read<Amount> {
        let (unit, next) =
            self.pick(at, unit_of).filter(|_| self.is_one_of(at, "siku|masaa|wiki|miezi|miaka|dakika"))?;
        let (count, end) = self.integer(next).filter(|(_, end)| self.unit(*end).is_none())?;
        Some((Amount::of(count, unit), end))
    }

    pub(crate) fn unit(&self, at: usize) -> Read<(Unit, bool)> {
        if let Some(next) = self.means(at, Meaning::WorkDay) {
            return Some(((Unit::Day, true), next));
        }
        let counted = at.checked_sub(1).is_some_and(|before| self.digits(before).is_some());
        if let (true, Some(letter)) = (counted && self.glued(at), self.word(at))
            && let Some(unit) = UNIT_LETTERS.iter().find(|(known, _)| *known == letter)
        {
            return Some(((unit.1, false), at + 1));
        }
        let (working, at) = self.means(at, Meaning::Working).map_or((false, at), |next| (true, next));
        let (unit, next) = self.pick(at, unit_of)?;
        match self.means(next, Meaning::Working) {
            Some(after) if !working && self.language != Language::English => Some(((unit, true), after)),
            Some(_) | None => Some(((unit, working), next)),
        }
    }

    /// The "3" of "2-3 days" and "two or three hours".
    pub(super) fn upper_end(&self, at: usize) -> Read<f64> {
        let dash = self.mark(at, '-').filter(|next| self.digits(*next).is_some());
        let next = dash.or_else(|| self.glue(at, &[Glue::To]).map(|(_, next)| next)).or_else(|| {
            self.is_word(at, &["or", "o", "ou", "oder", "a", "bis", "hanggang", "или", "або", "lub"])
                .then_some(at + 1)
        })?;
        self.quantity(next).filter(|(_, end)| self.unit(*end).is_some())
    }

    pub(super) fn couple(&self, at: usize) -> Option<usize> {
        self.means(at, Meaning::Couple)
    }

    /// "all day", "the whole week"
    fn whole_unit(&self, at: usize) -> Read<f64> {
        let at = self.article(at);
        if !self.is_one_of(at, ALL) {
            return None;
        }
        let (unit, next) = self.pick(self.article(at + 1), unit_of).filter(|(unit, _)| *unit >= Unit::Day)?;
        Some((minutes_in(unit)?, next))
    }

    /// "hour and a half", "hora y media"
    pub(super) fn unit_and_part(&self, at: usize) -> Read<f64> {
        let (unit, next) = self.pick(at, unit_of).filter(|(unit, _)| *unit >= Unit::Hour)?;
        let (_, joint) = self.glue(next, &[Glue::And])?;
        let (part, end) = self.fraction(joint)?;
        Some(((1.0 + part) * minutes_in(unit)?, end))
    }

    /// What may follow a unit without one of its own: "2h15", "3 hours twenty", "5 horas y cuarto".
    pub(super) fn rest_of_unit(&self, unit: Unit, at: usize) -> Read<f64> {
        let joint = self.glue(at, &[Glue::And]).map(|(_, after)| after);
        if let Some((part, after)) = self.fraction(joint.unwrap_or(at))
            && joint.is_some()
        {
            return Some((part * minutes_in(unit)?, after));
        }
        if unit != Unit::Hour {
            return None;
        }
        if let Some((value, width @ 1..=2)) = self.digits(at)
            && (width == 2 || self.glued(at))
            && value < 60
            && self.number_ends(at + 1)
        {
            return Some((f64::from(value), at + 1));
        }
        let (value, after) = self.spelled(at).filter(|(value, _)| (10..60).contains(value))?;
        Some((f64::from(value), after))
    }

    /// "2:45 h", "02:45 hours".
    pub(super) fn clocklike_duration(&self, at: usize) -> Read<f64> {
        let (hours, width) = self.digits(at)?;
        let colon = self.mark(at + 1, ':').filter(|_| self.glued(at + 1) && self.glued(at + 2))?;
        let (minutes, 2) = self.digits(colon)? else { return None };
        let (unit, next) = self.pick(colon + 1, unit_of)?;
        (width <= 3 && minutes < 60 && unit == Unit::Hour).then(|| (f64::from(hours * 60 + minutes), next))
    }

    /// An amount that may be put together of two units: "1 hour and 30 minutes".
    pub(super) fn long_amount(&self, at: usize) -> Read<Amount> {
        let (amount, next) = self.amount(at)?;
        if amount.unit == Unit::Hour
            && let Some((minutes, end)) = self.duration(at)
            && end > next
        {
            return Some((Amount { count: minutes, unit: Unit::Minute, ..amount }, end));
        }
        Some((amount, next))
    }
}
