//! Clock times in words: "four o'clock", "neuf heures et vingt", "meio-dia e um quarto".

use super::{
    narrow::{day_of, meridiem_of, part_of, unit_of, weekday_of},
    reader::{Read, Reader},
    said::Clock,
};
use crate::understanding::times::lexicon::{Glue, Language, Meaning, Part, Unit};

impl Reader<'_> {
    /// "three o'clock", "neuf heures et vingt", "las seis y cuarto", "nine oh five", "noon".
    pub(super) fn spelled_clock(&self, at: usize, led: bool) -> Read<Clock> {
        let (hour, next) = self.spelled(at).filter(|(hour, _)| (1..=24).contains(hour))?;
        let bare = Clock { hour, minute: 0, meridiem: None, exact: hour > 12 };
        let (clock, end) = self.with_meridiem(bare, next)?;
        if clock.meridiem.is_some() {
            return Some((clock, end));
        }
        if let Some(after) = self.means(next, Meaning::Oclock) {
            return self.after_oclock(bare, after, led);
        }
        if let Some((minute, end)) = self.spelled_minutes(next, led) {
            return self.with_meridiem(bare.shifted(minute), end);
        }
        let of_part = self.part_follows(next) && self.glue(next, &[Glue::Of, Glue::On, Glue::At]).is_some();
        let ends = led && (self.number_ends(next) || self.part_follows(next));
        (!self.is_article(at) && (ends || of_part)).then_some((bare, next))
    }

    /// Minutes in words after an hour in words.
    pub(super) fn spelled_minutes(&self, at: usize, led: bool) -> Read<i64> {
        let zero = self.means(at, Meaning::Number(0));
        let zero = zero.or_else(|| self.word(at).filter(|word| matches!(*word, "o" | "oh" | "ou")).map(|_| at + 1));
        if let Some(zero) = zero
            && let Some((minute, next)) = self.spelled(zero).filter(|(minute, _)| *minute < 10)
        {
            return Some((i64::from(minute), next));
        }
        if self.language != Language::English
            && let Some(after) = self.means(at, Meaning::Before).filter(|_| self.is_one_of(at, "menos|moins"))
            && let Some((minute, next)) = self.minutes_or_quarter(self.article(after))
        {
            return Some((-minute, next));
        }
        if let Some((_, after)) = self.glue(at, &[Glue::And]).filter(|_| self.language != Language::English) {
            return self.minutes_or_quarter(self.article(after)).filter(|(minute, _)| led || *minute >= 10);
        }
        let (minute, next) = self.spelled(at).filter(|(minute, _)| (10..60).contains(minute))?;
        let half_follows = self.pick(next, meridiem_of).is_some() || self.dotted_meridiem(next).is_some();
        (led || half_follows || self.number_ends(next)).then_some((i64::from(minute), next))
    }

    pub(super) fn minutes_or_quarter(&self, at: usize) -> Read<i64> {
        if let Some((part, next)) = self.fraction(at) {
            return Some((if part < 0.4 { 15 } else { 30 }, next));
        }
        let (minute, next) = self.integer(at).filter(|(minute, _)| (1..60).contains(minute))?;
        let next =
            self.pick(next, unit_of).filter(|(unit, _)| *unit == Unit::Minute).map_or(next, |(_, after)| after);
        Some((i64::from(minute), next))
    }

    /// What may follow "8 Uhr" or "neuf heures": "30", "et quart", "moins dix", "du soir".
    pub(super) fn after_oclock(&self, clock: Clock, at: usize, led: bool) -> Read<Clock> {
        let (found, end) = self.with_meridiem(clock, at)?;
        if found.meridiem.is_some() {
            return Some((found, end));
        }
        if let Some((minute, 2)) = self.digits(at)
            && minute < 60
            && self.number_ends(at + 1)
        {
            return Some((clock.shifted(i64::from(minute)), at + 1));
        }
        let hours_of_work = self.pick(at - 1, unit_of).is_some();
        // "Quatre heures et demie" is as much a duration, which only the words before could tell.
        let unsure = hours_of_work
            && !led
            && self.glue(at, &[Glue::And]).is_some_and(|(_, next)| self.fraction(next).is_some());
        if let Some((minute, end)) = self.spelled_minutes(at, led).filter(|_| !unsure) {
            return Some((clock.shifted(minute), end));
        }
        let day_follows = self.pick(at, weekday_of).is_some() || self.pick(at, day_of).is_some();
        (led || !hours_of_work || day_follows || self.part_follows(at)).then_some((clock, at))
    }

    /// "meio-dia e um quarto", "midi moins dix", "minuit et quart"
    pub(super) fn noon_and(&self, at: usize) -> Read<Clock> {
        let (part, next) = self.pick(at, part_of).filter(|(part, _)| matches!(part, Part::Noon | Part::Midnight))?;
        let (sign, joint) = match (self.glue(next, &[Glue::And]), self.means(next, Meaning::Before)) {
            (Some((_, joint)), _) => (1, joint),
            (None, Some(joint)) if self.language != Language::English => (-1, joint),
            (None, _) => return None,
        };
        let (minutes, end) = self.minutes_or_quarter(self.article(joint))?;
        let hour = if part == Part::Noon { 12 } else { 0 };
        Some((Clock { hour, minute: 0, meridiem: None, exact: true }.shifted(sign * minutes), end))
    }
}
