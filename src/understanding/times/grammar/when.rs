//! A point in time from its pieces: day, clock time, part of the day and zone, in any order.

use super::{
    narrow::{day_part_of, match_glue, part_of, unit_of, weekday_part_of, zone_of},
    reader::{Read, Reader},
    said::{Clock, Day, When, is_end},
};
use crate::understanding::times::lexicon::{Glue, Meaning, Note, Part, Unit, Which, Zone};
use chrono::Weekday;
use chrono_tz::Tz;

/// The small words that may stand before a time.
const LEADS: [Glue; 9] =
    [Glue::By, Glue::Until, Glue::On, Glue::At, Glue::From, Glue::About, Glue::Article, Glue::After, Glue::Since];

/// The small words that may stand between the pieces of a time.
const JOINTS: [Glue; 6] = [Glue::At, Glue::On, Glue::Of, Glue::Article, Glue::About, Glue::By];

/// Words that make a day one of many.
const EVERY: &str =
    "every|each|cada|todo|toda|todos|todas|jeden|jede|jedes|chaque|tous|kada|har|każdy|kazdy|setiap|kila|moi";

/// Words that make a part of the day a greeting.
const GREETINGS: &str = "good|gd|guten|buenos|buenas|buen|bom|boa|bonne|magandang|maganda|selamat|happy|nice";

/// What the small words before a number make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Comes {
    pub(super) hour: bool,
    /// A day's number with its ordinal mark.
    pub(super) day: bool,
    /// A day's number without one: after "el", "le", "am".
    pub(super) plain_day: bool,
    /// Minutes before or after an hour: "at ten to five".
    pub(super) minutes: bool,
    /// A day was named before: "vendredi 17h".
    pub(super) dated: bool,
}

impl Reader<'_> {
    /// A point in time that begins at `at`: day, clock time, part of the day and zone in any order.
    pub(crate) fn when(&self, at: usize) -> Read<When> {
        if at.checked_sub(1).is_some_and(|before| self.is_one_of(before, EVERY)) {
            return None;
        }
        // "Any day now" is no day.
        if self.is_word(at, &["now"]) && at > 0 && self.is_word(at - 1, &["day", "minute", "moment", "time", "week"])
        {
            return None;
        }
        let mut when = When::default();
        let (mut next, mut last) = self.lead(at, &mut when);
        let mut named_at = next;
        let mut read_any = false;
        for _ in 0..8 {
            let Some((from, step, end)) = self.next_piece(next, &when, std::mem::take(&mut last), read_any) else {
                break;
            };
            if !read_any {
                named_at = from;
            }
            step.put(&mut when);
            read_any = true;
            next = end;
        }
        let whole = read_any && self.is_meant(&when, at, named_at, next);
        whole.then_some((when, next))
    }

    /// Passes over the small words before a time; keeps the weightiest, and returns the last.
    pub(super) fn lead(&self, at: usize, when: &mut When) -> (usize, Comes) {
        let mut next = at;
        let mut last = Comes::default();
        for _ in 0..4 {
            let Some((glue, after)) = self.glue(next, &LEADS) else { break };
            // "in 2 days", "a couple of days" and "a las 5": the small word belongs to what follows.
            // The "A" of "A4" is no small word.
            let tied = self.glued(after) && self.digits(after).is_some() && self.word(next).is_some();
            if self.belongs_to_next(next) || tied {
                break;
            }
            let heavy = matches!(glue, Glue::By | Glue::Until | Glue::From | Glue::After | Glue::Since);
            if heavy || (when.lead.is_none() && !matches!(glue, Glue::Article | Glue::About)) {
                when.lead = Some(glue);
            }
            last = self.comes_after(next);
            next = after;
        }
        if let Some(after) = self.mark(next, '@') {
            when.lead = when.lead.or(Some(Glue::At));
            return (after, Comes { hour: true, ..Comes::default() });
        }
        (next, last)
    }

    /// What the small words at `at` announce, in any language they may be of.
    pub(super) fn comes_after(&self, at: usize) -> Comes {
        let notes = self.notes.get(at).map_or(&[][..], Vec::as_slice);
        let end = notes.iter().filter(|note| match_glue(note.meaning).is_some()).map(|note| note.next).max();
        let longest = notes.iter().filter(|note| Some(note.next) == end);
        let glues = longest.filter_map(|note| match_glue(note.meaning));
        let mut comes = Comes::default();
        let mut clock_alone = false;
        for glue in glues {
            clock_alone |= glue == Glue::At;
            comes.day |= matches!(glue, Glue::On | Glue::Article | Glue::From);
            comes.plain_day |= glue == Glue::On;
            comes.minutes |= matches!(glue, Glue::At | Glue::By | Glue::Until | Glue::About);
            comes.hour |= matches!(glue, Glue::At | Glue::By | Glue::Until | Glue::About | Glue::After);
        }
        // "bis zum 27.", "para el 24", "hasta las 6": the last word of several tells.
        if let Some(last) = end.and_then(|end| end.checked_sub(1)).filter(|last| *last > at) {
            comes.plain_day |= self.glue(last, &[Glue::On]).is_some();
            comes.day |= comes.plain_day || self.glue(last, &[Glue::Article]).is_some();
            clock_alone |= self.means(last, Meaning::HourComes).is_some();
        }
        comes.day &= !clock_alone;
        comes.plain_day &= !clock_alone;
        comes
    }

    pub(super) fn belongs_to_next(&self, at: usize) -> bool {
        let longer = |note: &Note| note.next > at + 1 && match_glue(note.meaning).is_none();
        self.notes.get(at).is_some_and(|notes| notes.iter().any(longer))
            || self.amount_away(at).is_some()
            || self.day_beside(at).is_some()
            || self.spelled_clock(at, false).is_some()
            || self.means(at, Meaning::HourComes).is_some()
            || (self.is_article(at) && self.amount(at).is_some())
    }

    pub(super) fn next_piece(
        &self,
        at: usize,
        when: &When,
        last: Comes,
        joined: bool,
    ) -> Option<(usize, Piece, usize)> {
        let mut from = at;
        let mut last = last;
        for _ in 0..4 {
            // A rule may need the small word that could also be passed over, so each place is tried.
            if let Some((piece, next)) = self.piece(from, when, last) {
                return Some((from, piece, next));
            }
            if let Some((_, next)) = self.glue(from, &JOINTS).filter(|_| joined) {
                last = self.comes_after(from);
                from = next;
            } else if joined && self.is_word(from, &["po", "opo"]) {
                // A Filipino word of courtesy may stand anywhere.
                from += 1;
            } else if joined && let Some((mark, next)) = self.any_mark(from, &[',', '(', '@', '-', ')']) {
                last = Comes { hour: mark == '@', ..Comes::default() };
                from = next;
            } else {
                return None;
            }
        }
        None
    }

    /// The longest piece at `at` for which there is still room.
    pub(super) fn piece(&self, at: usize, when: &When, last: Comes) -> Option<(Piece, usize)> {
        let after_weekday = when.weekday.is_some() && when.day.is_none();
        let open_day = when.day.is_none() || matches!(when.day, Some(Day::Week(_)));
        let mut found: Option<(Piece, usize)> = None;
        let mut offer = |piece: Option<(Piece, usize)>| {
            if let Some((piece, next)) = piece
                && found.as_ref().is_none_or(|(_, longest)| next > *longest)
            {
                found = Some((piece, next));
            }
        };
        let clock = |reader: &Self| {
            let room = when.clock.is_none() && when.part != Some(Part::Midnight);
            let at_noon = |clock: &Clock| when.part != Some(Part::Noon) || matches!(clock.hour, 11..=13);
            let dated = when.weekday.is_some() || when.day.is_some();
            let found = reader.noon_and(at).or_else(|| reader.clock_after(at, Comes { dated, ..last }));
            found.filter(|(clock, _)| room && at_noon(clock)).map(|(clock, next)| (Piece::Clock(clock), next))
        };
        let day = |reader: &Self| {
            // German "Montag Morgen" is a morning.
            let morning = after_weekday && reader.is_word(at, &["morgen"]);
            let found = reader.day(at, last, after_weekday).filter(|_| when.day.is_none() && !morning);
            found.map(|(day, next)| (Piece::Day(day), next))
        };
        // Of two readings of one number the small word before decides: "para el 24", "para las 5".
        if last.plain_day && self.means(at, Meaning::HourComes).is_none() {
            offer(day(self));
            offer(clock(self));
        } else {
            offer(clock(self));
            offer(day(self));
        }
        if when.weekday.is_none() && open_day
            || when.weekday.is_none() && when.day.as_ref().is_some_and(takes_weekday)
        {
            offer(self.weekday(at).map(|(weekday, next)| (Piece::Weekday(weekday), next)));
        }
        let bare_weekday = when.weekday.is_some_and(|(_, which)| which.is_none()) && when.day.is_none();
        let bare_day = when.weekday.is_none() && matches!(when.day, Some(Day::Away(0 | 1)));
        if (bare_weekday || bare_day) && last == Comes::default() {
            offer(self.bare_week(at).map(|next| (Piece::WeekLater, next)));
        }
        offer(self.later_still(at, when).map(|(day, next)| (Piece::Later(day), next)));
        if when.part.is_none() {
            offer(
                self.day_part(at)
                    .filter(|_| when.day.is_none() && when.weekday.is_none())
                    .map(|(part, next)| (Piece::DayPart(part), next)),
            );
            if when.weekday.is_none() && open_day {
                let found = self.pick(at, weekday_part_of);
                offer(found.map(|(both, next)| (Piece::WeekdayPart(both), next)));
            }
            let greeting = at.checked_sub(1).is_some_and(|before| self.is_one_of(before, GREETINGS));
            offer(self.pick(at, part_of).filter(|_| !greeting).map(|(part, next)| (Piece::Part(part), next)));
            offer(self.half_of_day(at).map(|(part, next)| (Piece::Part(part), next)));
        }
        if !when.close {
            offer(self.means(at, Meaning::Close).map(|next| (Piece::Close, next)));
        }
        if when.zone.is_none() && (when.clock.is_some() || when.close || when.part.is_some()) {
            offer(self.zone(at).map(|(zone, next)| (Piece::Zone(zone), next)));
        }
        found
    }

    /// "EST", "your time", "GMT+8".
    fn zone(&self, at: usize) -> Read<Zone> {
        let (zone, next) = self.pick(at, zone_of)?;
        let offset = self.any_mark(next, &['+', '-']).filter(|_| zone == Zone::Named(Tz::UTC) && self.glued(next));
        let Some((sign, hours_at)) = offset else { return Some((zone, next)) };
        let (hours, 1 | 2) = self.digits(hours_at)? else { return None };
        let minutes = self.mark(hours_at + 1, ':').and_then(|at| self.digits(at));
        let named = match (sign, hours, minutes) {
            ('+', 5, Some((30, _))) => Some(Tz::Asia__Kolkata),
            (_, _, Some(_)) => None,
            // Zones of this family are called after what has to be added to get to Greenwich.
            ('+', hours, None) => format!("Etc/GMT-{hours}").parse().ok(),
            (_, hours, None) => format!("Etc/GMT+{hours}").parse().ok(),
        };
        Some((Zone::Named(named?), if minutes.is_some() { hours_at + 3 } else { hours_at + 1 }))
    }

    /// "heute in einer Woche", "Friday + 2 days": so much later than the day named before.
    fn later_still(&self, at: usize, when: &When) -> Read<Day> {
        let base = Some(Box::new(When { weekday: when.weekday, day: when.day.clone(), ..When::default() }));
        if let Some(next) = self.mark(at, '+') {
            let (amount, end) = self.long_amount(next).filter(|(amount, _)| amount.unit >= Unit::Day)?;
            return (when.day.is_some() || when.weekday.is_some()).then_some((Day::After { amount, base }, end));
        }
        let (Some(Day::Away(_)), None) = (&when.day, when.weekday) else { return None };
        let (Day::After { amount, base: None }, end) = self.amount_away(at)? else { return None };
        (amount.unit >= Unit::Week && amount.count > 0.0).then_some((Day::After { amount, base }, end))
    }

    /// "Friday week": the week after.
    pub(super) fn bare_week(&self, at: usize) -> Option<usize> {
        self.pick(at, unit_of)
            .filter(|(unit, next)| *unit == Unit::Week && self.number_ends(*next))
            .map(|(_, next)| next)
    }

    pub(super) fn day_part(&self, at: usize) -> Read<(i64, Part)> {
        self.pick(at, day_part_of)
    }

    /// "1st half", "2nd half": Indian English for before and after lunch.
    pub(super) fn half_of_day(&self, at: usize) -> Read<Part> {
        let (half @ 1..=2, 1) = self.digits(at)? else { return None };
        let next = self.is_word(at + 1, &["st", "nd"]).then_some(at + 2)?;
        let end = self.means(next, Meaning::Half)?;
        Some((if half == 1 { Part::Morning } else { Part::Afternoon }, end))
    }

    /// Whether words that could be about time really are.
    pub(super) fn is_meant(&self, when: &When, start: usize, named_at: usize, next: usize) -> bool {
        let alone = start == 0 && next >= self.tokens.len();
        let led = when.lead.is_some();
        let named =
            [when.weekday.is_some(), when.day.is_some(), when.clock.is_some(), when.part.is_some(), when.close];
        if named.into_iter().filter(|named| *named).count() > 1 {
            return true;
        }
        if let Some(Day::Month { year, .. }) = when.day {
            return alone || year.is_some() || (led && !self.is_word(start, &["for", "on"]));
        }
        if when.weekday.is_some() {
            return led || alone || !self.is_weak(named_at, next);
        }
        match when.part {
            Some(Part::Noon | Part::Midnight) | None => true,
            Some(_) => is_end(when.lead) || (alone && led),
        }
    }
}

/// One piece of a [`When`].
pub(super) enum Piece {
    Clock(Clock),
    Day(Day),
    Weekday((Weekday, Option<Which>)),
    WeekLater,
    /// The day, counted from the one named before.
    Later(Day),
    Part(Part),
    DayPart((i64, Part)),
    WeekdayPart((Weekday, Part)),
    Close,
    Zone(Zone),
}

impl Piece {
    pub(super) fn put(self, when: &mut When) {
        match self {
            Self::Clock(clock) => when.clock = Some(clock),
            Self::Day(day) => when.day = Some(day),
            Self::Weekday(weekday) => when.weekday = Some(weekday),
            Self::WeekLater => match when.day {
                Some(Day::Away(days)) => when.day = Some(Day::Away(days + 7)),
                Some(_) | None => {
                    when.weekday = when.weekday.map(|(weekday, _)| (weekday, Some(Which::WeekAfter)));
                }
            },
            Self::Later(day) => {
                when.day = Some(day);
                when.weekday = None;
            }
            Self::Part(part) => when.part = Some(part),
            Self::DayPart((days, part)) => {
                when.day = Some(Day::Away(days));
                when.part = Some(part);
            }
            Self::WeekdayPart((weekday, part)) => {
                when.weekday = Some((weekday, None));
                when.part = Some(part);
            }
            Self::Close => when.close = true,
            Self::Zone(zone) => when.zone = Some(zone),
        }
    }
}

/// A weekday may follow to say again which day a date is.
fn takes_weekday(day: &Day) -> bool {
    matches!(day, Day::Date { .. } | Day::Numeric { .. } | Day::OfMonth { .. } | Day::Week(_) | Day::Away(_))
}
