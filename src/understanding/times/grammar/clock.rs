//! Clock times: "17:00", "half past 7", "las seis y cuarto".

use super::{
    narrow::{day_of, day_part_of, meridiem_of, part_of, quarters_more_of, quarters_of, unit_of, weekday_of},
    reader::{Read, Reader},
    said::Clock,
    when::Comes,
};
use crate::understanding::times::lexicon::{Glue, Language, Meaning, Meridiem, Part, Unit};

impl Reader<'_> {
    /// A clock time. `led` says that the words before make a bare number an hour: "at 5".
    pub(crate) fn clock(&self, at: usize, led: bool) -> Read<Clock> {
        self.clock_after(at, Comes { hour: led, minutes: led, ..Comes::default() })
    }

    pub(super) fn clock_after(&self, at: usize, comes: Comes) -> Read<Clock> {
        let led = comes.hour;
        let announced = self.means(at, Meaning::HourComes).map(|next| self.mark(next, '-').unwrap_or(next));
        let (led, at) = announced.map_or((led, at), |next| (true, next));
        let about = self.glue(at, &[Glue::About]).map_or(at, |(_, next)| next);
        self.spoken_minutes(about, comes.minutes || announced.is_some())
            .or_else(|| self.written_clock(about, led))
            .or_else(|| self.hour_of_day_named(about).filter(|_| comes.dated))
            .or_else(|| self.spelled_clock(about, led))
    }

    /// "half past 7", "quarter to 8", "10 minutes to 4pm", "halb acht", "viertel nach 3".
    pub(super) fn spoken_minutes(&self, at: usize, led: bool) -> Read<Clock> {
        if let Some(next) = self.means(at, Meaning::HalfTo) {
            let (hour, after) = self.hour(next).filter(|(clock, _)| clock.hour <= 12)?;
            return Some((hour.shifted(-30), after));
        }
        if let Some(found) = self.half_hour(at, led) {
            return Some(found);
        }
        if let Some(found) = self.quarters_of_hour(at) {
            return Some(found);
        }
        let (minutes, told, next) = match self.fraction(at) {
            Some((part, next)) => (if part < 0.4 { 15 } else { 30 }, true, next),
            None => self.told_minutes(at, led)?,
        };
        let (sign, after) = match (self.means(next, Meaning::Past), self.means(next, Meaning::Before)) {
            (Some(after), _) => (1, after),
            (None, Some(after)) => (-1, after),
            (None, None) => return None,
        };
        let (hour, end) = self.hour(self.article(after)).filter(|(clock, _)| clock.hour <= 12)?;
        // "9 to 5" is none, "ten to six tonight" is one.
        let of_day = hour.meridiem.is_some() || self.part_follows(end) || self.pick(end, day_part_of).is_some();
        (told || of_day).then_some((hour.shifted(sign * minutes), end))
    }

    /// German "dreiviertel fünf" is 4:45, Hindi "saade paanch" 5:30, "sawa paanch" 5:15, "paune paanch" 4:45.
    fn quarters_of_hour(&self, at: usize) -> Read<Clock> {
        if let Some((quarters, next)) = self.pick(at, quarters_more_of) {
            let (hour, end) = self.hour(next).filter(|(clock, _)| clock.hour <= 12)?;
            return self.means(end - 1, Meaning::Oclock).map(|_| (hour.shifted(i64::from(quarters) * 15), end));
        }
        if self.language != Language::German {
            return None;
        }
        let (part, next) = self
            .fraction(at)
            .or_else(|| self.pick(at, quarters_of).map(|(quarters, next)| (f64::from(quarters) / 4.0, next)))?;
        let (hour, end) = self.hour(next).filter(|(clock, _)| part > 0.7 && part < 0.8 && clock.hour <= 12)?;
        Some((hour.shifted(-15), end))
    }

    /// "17h" behind a day, which alone would be a length of time.
    fn hour_of_day_named(&self, at: usize) -> Read<Clock> {
        let (hour @ 13..24, 2) = self.digits(at)? else { return None };
        let clock = Clock { hour, minute: 0, meridiem: None, exact: true };
        (self.is_word(at + 1, &["h"]) && self.glued(at + 1) && self.number_ends(at + 2)).then_some((clock, at + 2))
    }

    /// "at half three", the British way.
    fn half_hour(&self, at: usize, led: bool) -> Read<Clock> {
        let next =
            self.means(at, Meaning::Half).filter(|_| self.language == Language::English && (led || at == 0))?;
        let (hour, end) =
            self.spelled(next).filter(|(hour, end)| (1..=12).contains(hour) && self.number_ends(*end))?;
        let clock = Clock { hour, minute: 30, meridiem: None, exact: false };
        (!self.is_article(next)).then_some((clock, end))
    }

    /// Minutes before or after an hour, and whether they can be nothing else, as "9 to 5" can.
    pub(super) fn told_minutes(&self, at: usize, led: bool) -> Option<(i64, bool, usize)> {
        let (minutes, next) = self.integer(at).filter(|(value, _)| (1..60).contains(value))?;
        if let Some((_, after)) = self.pick(next, unit_of).filter(|(unit, _)| *unit == Unit::Minute) {
            return Some((i64::from(minutes), true, after));
        }
        let past = self.means(next, Meaning::Past).is_some() && !self.is_word(next, &["after"]);
        let spoken = led || past || self.language == Language::German || self.is_word(next, &["para", "pras"]);
        (minutes % 5 == 0 && minutes <= 30).then_some((i64::from(minutes), spoken, next))
    }

    /// An hour that other words have announced.
    pub(super) fn hour(&self, at: usize) -> Read<Clock> {
        if let Some(after) = self.means(at, Meaning::HalfTo) {
            let (hour, next) = self.integer(after).filter(|(hour, _)| (1..=12).contains(hour))?;
            return Some((Clock { hour, minute: 0, meridiem: None, exact: false }.shifted(-30), next));
        }
        if let Some((Part::Noon, next)) = self.pick(at, part_of) {
            return Some((Clock { hour: 12, minute: 0, meridiem: None, exact: true }, next));
        }
        let (hour, next) = self.integer(at).filter(|(hour, _)| *hour <= 24)?;
        let next = self.means(next, Meaning::Oclock).unwrap_or(next);
        self.with_meridiem(Clock { hour, minute: 0, meridiem: None, exact: hour > 12 }, next)
    }

    /// "17:00", "8.30 pm", "17h00", "5pm", "14 Uhr 30", "at 5".
    pub(super) fn written_clock(&self, at: usize, led: bool) -> Read<Clock> {
        if let Some(found) = self.four_digits(at) {
            return Some(found);
        }
        let (hour, width) = self.digits(at).filter(|(hour, width)| *hour <= 24 && *width <= 2)?;
        if at > 0
            && self.glued(at)
            && self.any_mark(at - 1, &['.', '/', ':', '$', '€', '+']).is_some()
            && at > 1
            && self.glued(at - 1)
        {
            return None;
        }
        if let Some(found) = self.end_of_span(at) {
            return Some(found);
        }
        let bare = Clock { hour, minute: 0, meridiem: None, exact: hour > 12 };
        if let Some((minute, mark, next)) = self.minutes_after(at).or_else(|| self.dashed_minutes(at, led)) {
            let exact = hour > 12 || width == 2 || hour == 0;
            let (clock, end) = self.with_meridiem(Clock { minute, exact, ..bare }, next)?;
            let oclock = self.means(end, Meaning::Oclock);
            // No day and no count goes up to "17.30", so a day beside it settles that.
            let dated = hour > 12 && (self.pick(end, day_of).is_some() || self.pick(end, weekday_of).is_some());
            let marked = mark == ':' || clock.meridiem.is_some() || oclock.is_some();
            let sure = marked || led || dated || self.part_follows(end);
            return sure.then(|| (clock, oclock.unwrap_or(end)));
        }
        if let Some(found) = self.hour_letter(at, bare, led).or_else(|| self.spaced_minutes(at, bare)) {
            return Some(found);
        }
        let (clock, end) = self.with_meridiem(bare, at + 1)?;
        if clock.meridiem.is_some() {
            return Some((clock, end));
        }
        if let Some(next) = self.means(at + 1, Meaning::Oclock) {
            return self.after_oclock(bare, next, led);
        }
        if led
            && self.language != Language::English
            && let Some((minute, next)) = self.spelled_minutes(at + 1, false)
        {
            return Some((bare.shifted(minute), next));
        }
        let end = if self.is_word(at + 1, &["ish"]) && self.glued(at + 1) { at + 2 } else { at + 1 };
        let of_part = self.part_follows(end);
        let ends = self.number_ends(end) || of_part;
        let joined = self.glue(end, &[Glue::Of, Glue::On, Glue::At]).is_some();
        let tonight = self.pick(end, day_part_of).is_some() || (end > at + 1 && self.pick(end, day_of).is_some());
        (hour > 0 && ((led && ends) || (of_part && joined) || tonight)).then_some((bare, end))
    }

    /// "4-5pm": the end, by which it will have been.
    pub(super) fn end_of_span(&self, at: usize) -> Read<Clock> {
        let next = self.mark(at + 1, '-').filter(|_| self.glued(at + 1) && self.glued(at + 2))?;
        let (hour, 1 | 2) = self.digits(next).filter(|(hour, _)| *hour <= 12)? else { return None };
        let bare = Clock { hour, minute: 0, meridiem: None, exact: false };
        self.with_meridiem(bare, next + 1).filter(|(clock, _)| clock.meridiem.is_some())
    }

    /// "1700 hrs", "930am"
    pub(super) fn four_digits(&self, at: usize) -> Read<Clock> {
        let (value, 3 | 4) = self.digits(at)? else { return None };
        let (hour, minute) = (value / 100, value % 100);
        if (1..=12).contains(&hour)
            && minute < 60
            && let Some(found) = self
                .with_meridiem(Clock { hour, minute, meridiem: None, exact: false }, at + 1)
                .filter(|(clock, _)| clock.meridiem.is_some())
        {
            return Some(found);
        }
        let marked = self.is_word(at + 1, &["hrs", "h", "hours", "hr"]);
        (marked && value > 99 && hour < 24 && minute < 60 && self.digits(at).is_some_and(|(_, width)| width == 4))
            .then_some((Clock { hour, minute, meridiem: None, exact: true }, at + 2))
    }

    /// "till 18-00", as Slavic writers put it.
    fn dashed_minutes(&self, at: usize, led: bool) -> Option<(u32, char, usize)> {
        let next = self.mark(at + 1, '-').filter(|_| led && self.glued(at + 1) && self.glued(at + 2))?;
        let (minute @ (0 | 30), 2) = self.digits(next)? else { return None };
        Some((minute, '-', next + 1)).filter(|_| self.number_ends(next + 1))
    }

    /// The minutes of "17:00" or "8.30", with seconds passed over.
    pub(super) fn minutes_after(&self, at: usize) -> Option<(u32, char, usize)> {
        let (mark, next) = self.any_mark(at + 1, &[':', '.']).filter(|_| self.glued(at + 1) && self.glued(at + 2))?;
        let (minute, 2) = self.digits(next)? else { return None };
        if minute > 59 {
            return None;
        }
        let mut end = next + 1;
        if let Some((_, seconds)) = self.any_mark(end, &[':']).filter(|_| self.glued(end) && self.glued(end + 1))
            && let Some((value, 2)) = self.digits(seconds)
            && value < 60
        {
            end = seconds + 1;
        }
        let goes_on = self.any_mark(end, &['.', '/', ':']).is_some()
            && self.glued(end)
            && self.glued(end + 1)
            && self.digits(end + 1).is_some();
        (!goes_on).then_some((minute, mark, end))
    }

    /// "3 30 pm"
    fn spaced_minutes(&self, at: usize, bare: Clock) -> Read<Clock> {
        let (minute @ 0..60, 2) = self.digits(at + 1)? else { return None };
        self.with_meridiem(Clock { minute, ..bare }, at + 2).filter(|(clock, _)| clock.meridiem.is_some())
    }

    /// "17h00", "18h", "9a": the French way and the shortest English one.
    pub(super) fn hour_letter(&self, at: usize, bare: Clock, led: bool) -> Read<Clock> {
        let letter = self.word(at + 1)?;
        if let Some((minute, 2)) = self.digits(at + 2).filter(|_| letter == "h" && self.part_follows(at + 3))
            && minute < 60
        {
            return Some((Clock { minute, ..bare }, at + 3));
        }
        if letter == "h" && self.part_follows(at + 2) {
            return Some((bare, at + 2));
        }
        if letter == "h" && (led || bare.hour > 12) {
            let exact = Clock { exact: true, ..bare };
            return match self.digits(at + 2) {
                Some((minute, 2)) if minute < 60 && (self.glued(at + 2) || self.number_ends(at + 3)) => {
                    Some((Clock { minute, ..exact }, at + 3))
                }
                Some(_) | None if led => Some((exact, at + 2)),
                Some(_) | None => None,
            };
        }
        let glued = self.glued(at + 1) && self.number_ends(at + 2);
        match letter {
            "a" if glued && led => Some((Clock { meridiem: Some(Meridiem::Am), ..bare }, at + 2)),
            "p" if glued && led => Some((Clock { meridiem: Some(Meridiem::Pm), ..bare }, at + 2)),
            _ => None,
        }
    }

    pub(super) fn with_meridiem(&self, clock: Clock, at: usize) -> Read<Clock> {
        let found = self.pick(at, meridiem_of).or_else(|| self.dotted_meridiem(at));
        let found = found.filter(|_| !self.is_other_am(at));
        match found {
            Some((meridiem, next)) if clock.hour <= 12 => {
                Some((Clock { meridiem: Some(meridiem), exact: false, ..clock }, next))
            }
            Some((_, next)) if clock.hour < 24 => Some((clock, next)), // "17:00 pm"
            Some(_) | None => Some((clock, at)),
        }
    }

    /// "Item 5 am I right", "um vier am Nachmittag".
    fn is_other_am(&self, at: usize) -> bool {
        let german = self.language == Language::German && self.pick(at + 1, part_of).is_some();
        self.is_word(at, &["am"]) && (self.is_word(at + 1, &["i", "not"]) || german)
    }

    /// "p.m."
    pub(super) fn dotted_meridiem(&self, at: usize) -> Read<Meridiem> {
        let meridiem = match self.word(at)? {
            "a" => Meridiem::Am,
            "p" => Meridiem::Pm,
            _ => return None,
        };
        let next = self.mark(at + 1, '.')?;
        let next = (self.word(next) == Some("m")).then_some(next + 1)?;
        Some((meridiem, self.mark(next, '.').filter(|_| self.glued(next)).unwrap_or(next)))
    }
}
