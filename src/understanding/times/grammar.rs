//! From words to something said about time, not yet tied to a calendar.
//!
//! [`Reader`] offers one small rule a method; each takes the token to begin at and returns what it read and the
//! token after it. No rule looks further than a few dozen tokens, so reading is linear.

use super::{
    lexicon::{self, Glue, Language, Meaning, Meridiem, Note, Part, Unit, Which, Zone},
    tokens::{Kind, Token},
};
use chrono::Weekday;

/// What a rule read, and the token after it.
pub(crate) type Read<T> = Option<(T, usize)>;

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
    Nth {
        nth: u32,
        weekday: Weekday,
        month: u32,
        year: Option<i32>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: u32,
    pub(crate) minute: u32,
    pub(crate) meridiem: Option<Meridiem>,
    /// Written in a way that only a 24-hour clock has: "08:00", "17h00".
    pub(crate) exact: bool,
}

/// The small words that may stand before a time.
const LEADS: [Glue; 9] =
    [Glue::By, Glue::Until, Glue::On, Glue::At, Glue::From, Glue::About, Glue::Article, Glue::After, Glue::Since];

/// The small words that may stand between the pieces of a time.
const JOINTS: [Glue; 6] = [Glue::At, Glue::On, Glue::Of, Glue::Article, Glue::About, Glue::By];

/// Words between a number and its unit that change nothing: "10.5 billable hours".
const WHOLE: &[&str] = &["total", "billable", "man", "full", "actual", "whole", "solid", "straight", "paid", "long"];

/// Words that make a day one of many.
const EVERY: &[&str] = &[
    "every", "each", "cada", "todo", "toda", "todos", "todas", "jeden", "jede", "jedes", "chaque", "tous", "kada",
    "har", "każdy", "kazdy", "setiap", "kila", "moi",
];

/// The last of a month's four or five Mondays.
pub(crate) const LAST: u32 = 0;

/// Words that make a part of the day a greeting.
const GREETINGS: &[&str] = &[
    "good",
    "gd",
    "guten",
    "buenos",
    "buenas",
    "buen",
    "bom",
    "boa",
    "bonne",
    "magandang",
    "maganda",
    "selamat",
    "happy",
    "nice",
];

/// Words for "from" that do not count from the day they name: "3 days starting tomorrow".
const STARTING: &[&str] = &["starting", "beginning", "effective", "as", "ab", "a", "desde"];

/// Things that are numbered, so that "the 2nd" before them is no day.
const NUMBERED: &[&str] = &[
    "article",
    "batch",
    "blog",
    "box",
    "call",
    "chapter",
    "client",
    "column",
    "draft",
    "email",
    "episode",
    "file",
    "floor",
    "folder",
    "image",
    "invoice",
    "issue",
    "item",
    "line",
    "link",
    "list",
    "log",
    "milestone",
    "one",
    "option",
    "page",
    "part",
    "phase",
    "point",
    "post",
    "question",
    "reminder",
    "report",
    "round",
    "row",
    "section",
    "sheet",
    "step",
    "task",
    "version",
    "half",
];

/// What the small words before a number make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Comes {
    hour: bool,
    /// A day's number with its ordinal mark.
    day: bool,
    /// A day's number without one: after "el", "le", "am".
    plain_day: bool,
    /// Minutes before or after an hour: "at ten to five".
    minutes: bool,
}

pub(crate) struct Reader<'a> {
    pub(crate) tokens: &'a [Token],
    notes: Vec<Vec<Note>>,
    pub(crate) language: Language,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(tokens: &'a [Token]) -> Self {
        let lexicon::Notes { at, language } = lexicon::notes(tokens);
        Self { tokens, notes: at, language }
    }

    // Looking at single tokens.

    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The first meaning at `at`, longest words first, for which `wanted` has an answer.
    pub(crate) fn pick<T>(&self, at: usize, wanted: impl Fn(Meaning) -> Option<T>) -> Read<T> {
        self.notes.get(at)?.iter().find_map(|note| wanted(note.meaning).map(|found| (found, note.next)))
    }

    pub(crate) fn means(&self, at: usize, wanted: Meaning) -> Option<usize> {
        self.pick(at, |meaning| (meaning == wanted).then_some(())).map(|(_, next)| next)
    }

    /// The word at `at` is one of `words`.
    pub(crate) fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    pub(crate) fn glue(&self, at: usize, wanted: &[Glue]) -> Read<Glue> {
        self.pick(at, |meaning| match_glue(meaning).filter(|glue| wanted.contains(glue)))
    }

    pub(crate) fn mark(&self, at: usize, wanted: char) -> Option<usize> {
        matches!(self.token(at)?.kind, Kind::Mark(mark) if mark == wanted).then_some(at + 1)
    }

    pub(crate) fn any_mark(&self, at: usize, wanted: &[char]) -> Read<char> {
        match self.token(at)?.kind {
            Kind::Mark(mark) if wanted.contains(&mark) => Some((mark, at + 1)),
            Kind::Mark(_) | Kind::Word(_) | Kind::Digits { .. } | Kind::LongDigits | Kind::LineEnd => None,
        }
    }

    pub(crate) fn digits(&self, at: usize) -> Option<(u32, usize)> {
        match self.token(at)?.kind {
            Kind::Digits { value, width } => Some((value, width)),
            Kind::Mark(_) | Kind::Word(_) | Kind::LongDigits | Kind::LineEnd => None,
        }
    }

    pub(crate) fn word(&self, at: usize) -> Option<&str> {
        match &self.token(at)?.kind {
            Kind::Word(word) => Some(word),
            Kind::Mark(_) | Kind::Digits { .. } | Kind::LongDigits | Kind::LineEnd => None,
        }
    }

    /// No space stands before `at`.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| !token.spaced)
    }

    fn is_weak(&self, at: usize, next: usize) -> bool {
        let capital = self.token(at).is_some_and(|token| token.capital);
        !capital && self.notes.get(at).is_some_and(|notes| notes.iter().any(|note| note.weak && note.next == next))
    }

    /// Whether a bare number may end before `at`: what follows does not say what was counted.
    fn number_ends(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return true };
        match &token.kind {
            Kind::LineEnd => true,
            Kind::Mark(mark) => {
                let joins = matches!(mark, '.' | ':' | '/' | '-' | ',' | '\'');
                let binds = joins && self.glued(at) && self.glued(at + 1) && self.digits(at + 1).is_some();
                !(binds || matches!(mark, '%' | '$' | '€' | '£' | '+' | '*' | '#' | '°'))
            }
            Kind::Word(word) => {
                let counts = self.pick(at, |meaning| counted(meaning).then_some(())).is_some();
                token.spaced && !counts && (self.has_note(at) || lexicon::is_common(word))
            }
            Kind::Digits { .. } => token.spaced,
            Kind::LongDigits => false,
        }
    }

    fn has_note(&self, at: usize) -> bool {
        self.notes.get(at).is_some_and(|notes| !notes.is_empty())
    }

    // Numbers.

    /// A whole number up to 99, in digits or words.
    pub(crate) fn integer(&self, at: usize) -> Read<u32> {
        if let Some((value, _)) = self.digits(at) {
            return Some((value, at + 1));
        }
        self.spelled(at)
    }

    /// A number in words: "twenty-one", "veinte y uno", "quatre-vingt-dix".
    pub(crate) fn spelled(&self, at: usize) -> Read<u32> {
        let (first, next) = self.pick(at, number_of)?;
        if first < 20 || first % 10 != 0 {
            return Some((first, next));
        }
        let joint = self.mark(next, '-').unwrap_or(next);
        let joint = self.glue(joint, &[Glue::And]).map_or(joint, |(_, after)| after);
        let joint = self.mark(joint, '-').unwrap_or(joint);
        let most = if matches!(first, 60 | 80) { 19 } else { 9 };
        match self.pick(joint, |meaning| number_of(meaning).filter(|ones| (1..=most).contains(ones))) {
            Some((ones, after)) if !self.is_article(joint) => Some((first + ones, after)),
            Some(_) | None => Some((first, next)),
        }
    }

    /// "a", which counts one and yet is no number beside another.
    fn is_article(&self, at: usize) -> bool {
        self.glue(at, &[Glue::Article]).is_some() && self.word(at).is_some_and(|word| matches!(word, "a" | "an"))
    }

    /// A day's number with its ordinal mark: "14th", "1er", "3º", "27.", "twenty second".
    pub(crate) fn ordinal(&self, at: usize) -> Read<u32> {
        if let Some((value, width)) = self.digits(at) {
            if width > 2 || !(1..=31).contains(&value) {
                return None;
            }
            if self.word(at + 1).is_some_and(|word| {
                matches!(
                    word,
                    "st" | "nd" | "rd" | "th" | "er" | "ro" | "do" | "e" | "eme" | "ero" | "ste" | "ten" | "й" | "го"
                )
            }) && (self.glued(at + 1)
                || self.word(at + 1).is_some_and(|word| matches!(word, "st" | "nd" | "rd" | "th")))
            {
                return Some((value, at + 2));
            }
            return self.any_mark(at + 1, &['º', '°', 'ª']).map(|(_, next)| (value, next));
        }
        if let Some(found) = self.pick(at, ordinal_of) {
            return Some(found);
        }
        let (tens, next) = self.pick(at, |meaning| number_of(meaning).filter(|tens| matches!(tens, 20 | 30)))?;
        let next = self.mark(next, '-').unwrap_or(next);
        let (ones, next) = self.pick(next, |meaning| ordinal_of(meaning).filter(|ones| *ones < 10))?;
        Some((tens + ones, next))
    }

    /// A number that may have a fraction: "6.5", "1,5", "2 and a half", "1½", "1/2", "anderthalb".
    pub(crate) fn quantity(&self, at: usize) -> Read<f64> {
        if let Some(found) = self.fraction(at) {
            return Some(found);
        }
        if let Some(after) = self.mark(at, '.').filter(|after| !self.glued(at) && self.glued(*after)) {
            let (value, width) = self.digits(after)?;
            return Some((decimal(value, width)?, after + 1));
        }
        if let Some((quarters, next)) = self.pick(at, quarters_of) {
            return Some((f64::from(quarters) / 4.0, next));
        }
        let (whole, next) = match self.digits(at) {
            Some((value, _)) => self.decimals(f64::from(value), at + 1),
            None => self.spelled(at).map(|(value, next)| (f64::from(value), next))?,
        };
        let joint = self.glue(next, &[Glue::And]).map_or(next, |(_, after)| after);
        let joint = self.mark(joint, '-').filter(|_| joint == next).unwrap_or(joint);
        match self.fraction(joint) {
            Some((part, after)) => Some((whole + part, after)),
            None => Some((whole, next)),
        }
    }

    fn decimals(&self, whole: f64, at: usize) -> (f64, usize) {
        if let Some((_, digits_at)) = self.any_mark(at, &['.', ','])
            && self.glued(at)
            && self.glued(digits_at)
            && let Some((value, width)) = self.digits(digits_at)
        {
            return (whole + decimal(value, width).unwrap_or(0.0), digits_at + 1);
        }
        (whole, at)
    }

    /// "half", "a quarter", "three quarters", "1/2", "¾".
    pub(crate) fn fraction(&self, at: usize) -> Read<f64> {
        if let Some((mark, next)) = self.any_mark(at, &['½', '¼', '¾']) {
            return Some((
                match mark {
                    '½' => 0.5,
                    '¼' => 0.25,
                    _ => 0.75,
                },
                next,
            ));
        }
        if let Some((top, 1)) = self.digits(at)
            && let Some(after) = self.mark(at + 1, '/').filter(|_| self.glued(at + 1) && self.glued(at + 2))
            && let Some((bottom @ (2..=4), 1)) = self.digits(after)
            && top < bottom
            && top > 0
            && self.mark(after + 1, '/').is_none()
        {
            return Some((f64::from(top) / f64::from(bottom), after + 1));
        }
        let (top, next) = match self.spelled(at).filter(|(value, _)| (1..=3).contains(value)) {
            Some((value, next)) => (f64::from(value), self.mark(next, '-').unwrap_or(next)),
            None => (1.0, at),
        };
        if top < 2.0
            && let Some(after) = self.means(next, Meaning::Half).or_else(|| self.means(at, Meaning::Half))
        {
            return Some((0.5, after));
        }
        if let Some(after) = self.means(next, Meaning::Quarter).or_else(|| self.means(at, Meaning::Quarter)) {
            return Some((top * 0.25, after));
        }
        self.means(next, Meaning::Third).filter(|_| next > at || top > 1.0).map(|after| (top / 3.0, after))
    }

    // Amounts of time.

    pub(crate) fn unit(&self, at: usize) -> Read<(Unit, bool)> {
        if let Some(next) = self.means(at, Meaning::WorkDay) {
            return Some(((Unit::Day, true), next));
        }
        let (working, at) = self.means(at, Meaning::Working).map_or((false, at), |next| (true, next));
        let (unit, next) = self.pick(at, unit_of)?;
        match self.means(next, Meaning::Working) {
            Some(after) if !working && self.language != Language::English => Some(((unit, true), after)),
            Some(_) | None => Some(((unit, working), next)),
        }
    }

    /// One number and one unit: "2 working days", "half an hour", "an hour", "a couple of hours", "hora y media".
    pub(crate) fn amount(&self, at: usize) -> Read<Amount> {
        let at = self.glue(at, &[Glue::About]).map_or(at, |(_, next)| next);
        if let Some((minutes, next)) = self.pick(self.article(at), span_of) {
            let count = f64::from(minutes);
            return Some((
                Amount { count, unit: Unit::Minute, working: false, rough: false, range: false, more: false },
                next,
            ));
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
        let next = self.glue(next, &[Glue::Of, Glue::Article]).map_or(next, |(_, after)| self.article(after));
        let next = self.mark(next, '\'').unwrap_or(next);
        let next = if self.is_word(next, WHOLE) { next + 1 } else { next };
        let ((unit, working), next) = self.unit(next)?;
        let (more, next) = match self.means(next, Meaning::More) {
            Some(after) if !more => (true, after),
            Some(_) | None => (more, next),
        };
        Some((Amount { count, unit, working, rough: rough || range, range, more }, next))
    }

    /// The "3" of "2-3 days" and "two or three hours".
    fn upper_end(&self, at: usize) -> Read<f64> {
        let dash = self.mark(at, '-').filter(|next| self.digits(*next).is_some());
        let next = dash.or_else(|| self.glue(at, &[Glue::To]).map(|(_, next)| next)).or_else(|| {
            self.is_word(at, &["or", "o", "ou", "oder", "a", "bis", "hanggang", "или", "або", "lub"])
                .then_some(at + 1)
        })?;
        self.quantity(next).filter(|(_, end)| self.unit(*end).is_some())
    }

    pub(crate) fn article(&self, at: usize) -> usize {
        self.glue(at, &[Glue::Article]).map_or(at, |(_, next)| next)
    }

    fn couple(&self, at: usize) -> Option<usize> {
        self.means(at, Meaning::Couple)
    }

    /// A duration in minutes: "2h15", "1 hour and 45 minutes", "an hour and a half", "2:45 h".
    pub(crate) fn duration(&self, at: usize) -> Read<f64> {
        if let Some(found) = self.clocklike_duration(at) {
            return Some(found);
        }
        if let Some(found) = self.unit_and_part(at) {
            return Some(found);
        }
        let (first, next) = self.amount(at)?;
        let mut total = first.count * minutes_in(first.unit)?;
        let mut smallest = first.unit;
        let mut end = next;
        for _ in 0..3 {
            let joint = self.mark(end, ',').unwrap_or(end);
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

    /// "hour and a half", "hora y media"
    fn unit_and_part(&self, at: usize) -> Read<f64> {
        let (_, next) = self.pick(at, unit_of).filter(|(unit, _)| *unit == Unit::Hour)?;
        let (_, joint) = self.glue(next, &[Glue::And])?;
        let (part, end) = self.fraction(joint)?;
        Some(((1.0 + part) * 60.0, end))
    }

    /// What may follow a unit without one of its own: "2h15", "1 hour thirty", "4 horas y media".
    fn rest_of_unit(&self, unit: Unit, at: usize) -> Read<f64> {
        let joint = self.glue(at, &[Glue::And]).map(|(_, after)| after);
        if let Some((part, after)) = self.fraction(joint.unwrap_or(at))
            && joint.is_some()
        {
            return Some((part * minutes_in(unit)?, after));
        }
        if unit != Unit::Hour {
            return None;
        }
        if let Some((value, 2)) = self.digits(at)
            && value < 60
            && self.number_ends(at + 1)
        {
            return Some((f64::from(value), at + 1));
        }
        let (value, after) = self.spelled(at).filter(|(value, _)| (10..60).contains(value))?;
        Some((f64::from(value), after))
    }

    /// "2:45 h", "02:45 hours".
    fn clocklike_duration(&self, at: usize) -> Read<f64> {
        let (hours, width) = self.digits(at)?;
        let colon = self.mark(at + 1, ':').filter(|_| self.glued(at + 1) && self.glued(at + 2))?;
        let (minutes, 2) = self.digits(colon)? else { return None };
        let (unit, next) = self.pick(colon + 1, unit_of)?;
        (width <= 3 && minutes < 60 && unit == Unit::Hour).then(|| (f64::from(hours * 60 + minutes), next))
    }

    // Clock times.

    /// A clock time. `led` says that the words before make a bare number an hour: "at 5".
    pub(crate) fn clock(&self, at: usize, led: bool) -> Read<Clock> {
        self.clock_after(at, Comes { hour: led, minutes: led, ..Comes::default() })
    }

    fn clock_after(&self, at: usize, comes: Comes) -> Read<Clock> {
        let led = comes.hour;
        let announced = self.means(at, Meaning::HourComes).map(|next| self.mark(next, '-').unwrap_or(next));
        let (led, at) = announced.map_or((led, at), |next| (true, next));
        let about = self.glue(at, &[Glue::About]).map_or(at, |(_, next)| next);
        self.spoken_minutes(about, comes.minutes || announced.is_some())
            .or_else(|| self.written_clock(about, led))
            .or_else(|| self.spelled_clock(about, led))
    }

    /// "half past 7", "quarter to 8", "20 minutes to 2pm", "halb acht", "viertel nach 3".
    fn spoken_minutes(&self, at: usize, led: bool) -> Read<Clock> {
        if let Some(next) = self.means(at, Meaning::HalfTo) {
            let (hour, after) = self.hour(next).filter(|(clock, _)| clock.hour <= 12)?;
            return Some((hour.shifted(-30), after));
        }
        let (minutes, next) = match self.fraction(at) {
            Some((part, next)) => (if part < 0.4 { 15 } else { 30 }, next),
            None => self.told_minutes(at, led)?,
        };
        let (sign, after) = match (self.means(next, Meaning::Past), self.means(next, Meaning::Before)) {
            (Some(after), _) => (1, after),
            (None, Some(after)) => (-1, after),
            (None, None) => return None,
        };
        let (hour, end) = self.hour(self.article(after)).filter(|(clock, _)| clock.hour <= 12)?;
        Some((hour.shifted(sign * minutes), end))
    }

    /// Minutes before or after an hour; a bare number of them only where an hour is due, since "9 to 5" is none.
    fn told_minutes(&self, at: usize, led: bool) -> Read<i64> {
        let (minutes, next) = self.integer(at).filter(|(value, _)| (1..60).contains(value))?;
        if let Some((_, after)) = self.pick(next, unit_of).filter(|(unit, _)| *unit == Unit::Minute) {
            return Some((i64::from(minutes), after));
        }
        let told = minutes % 5 == 0 && minutes <= 30 && (led || self.language == Language::German);
        told.then_some((i64::from(minutes), next))
    }

    /// An hour that other words have announced.
    fn hour(&self, at: usize) -> Read<Clock> {
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
    fn written_clock(&self, at: usize, led: bool) -> Read<Clock> {
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
        if let Some((minute, mark, next)) = self.minutes_after(at) {
            let exact = hour > 12 || (width == 2 && hour < 10) || hour == 0;
            let (clock, end) = self.with_meridiem(Clock { minute, exact, ..bare }, next)?;
            let oclock = self.means(end, Meaning::Oclock);
            let sure = mark == ':' || clock.meridiem.is_some() || oclock.is_some() || led || self.part_follows(end);
            return sure.then(|| (clock, oclock.unwrap_or(end)));
        }
        if let Some(found) = self.hour_letter(at, bare, led) {
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
        let tonight = self.pick(end, day_part_of).is_some();
        (hour > 0 && ((led && ends) || (of_part && joined) || tonight)).then_some((bare, end))
    }

    /// "4-5pm": the end, by which it will have been.
    fn end_of_span(&self, at: usize) -> Read<Clock> {
        let next = self.mark(at + 1, '-').filter(|_| self.glued(at + 1) && self.glued(at + 2))?;
        let (hour, 1 | 2) = self.digits(next).filter(|(hour, _)| *hour <= 12)? else { return None };
        let bare = Clock { hour, minute: 0, meridiem: None, exact: false };
        self.with_meridiem(bare, next + 1).filter(|(clock, _)| clock.meridiem.is_some())
    }

    /// "1700 hrs"
    fn four_digits(&self, at: usize) -> Read<Clock> {
        let (value, 4) = self.digits(at)? else { return None };
        let (hour, minute) = (value / 100, value % 100);
        let marked = self.is_word(at + 1, &["hrs", "h", "hours", "hr"]);
        (marked && hour < 24 && minute < 60).then_some((Clock { hour, minute, meridiem: None, exact: true }, at + 2))
    }

    /// The minutes of "17:00" or "8.30", with seconds passed over.
    fn minutes_after(&self, at: usize) -> Option<(u32, char, usize)> {
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

    /// "17h00", "18h", "9a": the French way and the shortest English one.
    fn hour_letter(&self, at: usize, bare: Clock, led: bool) -> Read<Clock> {
        let letter = self.word(at + 1)?;
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

    fn with_meridiem(&self, clock: Clock, at: usize) -> Read<Clock> {
        let found = self.pick(at, meridiem_of).or_else(|| self.dotted_meridiem(at));
        match found {
            Some((meridiem, next)) if clock.hour <= 12 => {
                Some((Clock { meridiem: Some(meridiem), exact: false, ..clock }, next))
            }
            Some((_, next)) if clock.hour < 24 => Some((clock, next)), // "17:00 pm"
            Some(_) | None => Some((clock, at)),
        }
    }

    /// "p.m."
    fn dotted_meridiem(&self, at: usize) -> Read<Meridiem> {
        let meridiem = match self.word(at)? {
            "a" => Meridiem::Am,
            "p" => Meridiem::Pm,
            _ => return None,
        };
        let next = self.mark(at + 1, '.')?;
        let next = (self.word(next) == Some("m")).then_some(next + 1)?;
        Some((meridiem, self.mark(next, '.').filter(|_| self.glued(next)).unwrap_or(next)))
    }

    fn part_follows(&self, at: usize) -> bool {
        let at = self.glue(at, &[Glue::Of, Glue::On, Glue::At]).map_or(at, |(_, next)| next);
        self.pick(self.article(at), part_of).is_some()
    }

    /// "three o'clock", "sept heures et dix", "las cinco y media", "twelve o three", "noon".
    fn spelled_clock(&self, at: usize, led: bool) -> Read<Clock> {
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
    fn spelled_minutes(&self, at: usize, led: bool) -> Read<i64> {
        let zero = self.means(at, Meaning::Number(0));
        let zero = zero.or_else(|| self.word(at).filter(|word| matches!(*word, "o" | "oh" | "ou")).map(|_| at + 1));
        if let Some(zero) = zero
            && let Some((minute, next)) = self.spelled(zero).filter(|(minute, _)| *minute < 10)
        {
            return Some((i64::from(minute), next));
        }
        if let Some(after) = self.means(at, Meaning::Before)
            && let Some((minute, next)) = self.minutes_or_quarter(self.article(after))
        {
            return Some((-minute, next));
        }
        if let Some((_, after)) = self.glue(at, &[Glue::And]).filter(|_| self.language != Language::English) {
            return self.minutes_or_quarter(self.article(after)).filter(|(minute, _)| led || *minute >= 10);
        }
        let (minute, next) = self.spelled(at).filter(|(minute, _)| (10..60).contains(minute))?;
        (led || self.number_ends(next)).then_some((i64::from(minute), next))
    }

    fn minutes_or_quarter(&self, at: usize) -> Read<i64> {
        if let Some((part, next)) = self.fraction(at) {
            return Some((if part < 0.4 { 15 } else { 30 }, next));
        }
        let (minute, next) = self.integer(at).filter(|(minute, _)| (1..60).contains(minute))?;
        let next =
            self.pick(next, unit_of).filter(|(unit, _)| *unit == Unit::Minute).map_or(next, |(_, after)| after);
        Some((i64::from(minute), next))
    }

    /// What may follow "8 Uhr" or "huit heures": "30", "et quart", "moins dix", "du soir".
    fn after_oclock(&self, clock: Clock, at: usize, led: bool) -> Read<Clock> {
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

    // Days.

    pub(crate) fn weekday(&self, at: usize) -> Read<(Weekday, Option<Which>)> {
        let (before, from) = self.pick(at, which_of).map_or((None, at), |(which, next)| (Some(which), next));
        let (weekday, next) = self.pick(from, weekday_of)?;
        let next =
            self.mark(next, '.').filter(|dot| self.glued(next) && self.is_short(from) && *dot > 0).unwrap_or(next);
        if before.is_some() {
            return Some(((weekday, before), next));
        }
        match self.pick(next, which_of) {
            Some((which, after)) if self.language != Language::English => Some(((weekday, Some(which)), after)),
            Some(_) | None => Some(((weekday, None), next)),
        }
    }

    fn is_short(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.chars().count() <= 4)
    }

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

    fn iso_date(&self, at: usize) -> Read<Day> {
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

    /// "24/3", "3/28", "16.03", "7.12.2014", "27. 11."
    fn numeric_date(&self, at: usize, led: bool) -> Read<Day> {
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
        let (year, end) = match year {
            Some((year, end)) => (i32::try_from(year).ok(), end),
            None => (None, if closed && !self.glued(next) { tail + 1 } else { tail }),
        };
        let plain = year.is_some()
            || led
            || match mark {
                '/' => true,
                '.' => {
                    width == 2 && second <= 12 && first <= 31 && self.digits(at).is_some_and(|(_, width)| width == 2)
                        || closed && !self.glued(next)
                }
                _ => false,
            };
        let always = (first, second, year) == (24, 7, None);
        let possible =
            !always && (1..=31).contains(&first) && (1..=31).contains(&second) && (first <= 12 || second <= 12);
        let follows = year.is_some() || (!self.counted_follows(end) && self.any_mark(end, &['%', '/']).is_none());
        (plain && possible && follows).then_some((Day::Numeric { first, second, year, dotted: mark == '.' }, end))
    }

    fn counted_follows(&self, at: usize) -> bool {
        self.pick(at, |meaning| counted(meaning).then_some(())).is_some()
    }

    /// "14 nov", "25th March", "10 de agosto de 2012", "third day of october", "23/Sep/2020", "1er mai".
    fn day_then_month(&self, at: usize) -> Read<Day> {
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

    /// "Oct 2", "February twenty second", "March, 6th 2016", "Feb13", "April 2 and 3" up to the first day.
    fn month_then_day(&self, at: usize) -> Read<Day> {
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
    fn short_year_mark(&self, at: usize, from: usize) -> bool {
        let mark = |mark: char| from.checked_sub(1).is_some_and(|before| self.mark(before, mark).is_some());
        let same = |wanted: char| {
            mark(wanted) && at.checked_sub(2).is_some_and(|before| self.mark(before, wanted).is_some())
        };
        from > at && self.glued(from) && (mark('\'') || same('/') || same('-'))
    }

    /// "the 14th", "dia 15", "el 24", "20th of this month"; after a weekday also "Friday 31".
    fn day_of_month(&self, at: usize, led: Comes, after_weekday: bool) -> Read<Day> {
        let bare = self.article(at);
        let named = self.means(bare, Meaning::DayWord);
        let from = named.unwrap_or(bare);
        let announced = named.is_some() || after_weekday;
        let (day, next) = match self.ordinal(from).filter(|_| announced || self.digits(from).is_some()) {
            Some(found) => found,
            None => match self.ordinal(from).filter(|(_, next)| self.of_month(*next).is_some()) {
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
    fn plain_day(&self, at: usize, announced: bool, led: bool) -> Read<u32> {
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
    fn day_number_ends(&self, at: usize) -> bool {
        let word_follows = self.token(at).is_some_and(|token| token.spaced) && self.word(at).is_some();
        let numbered = self.word(at).is_some_and(|word| NUMBERED.contains(&word));
        !numbered && (self.number_ends(at) || (word_follows && !self.counted_follows(at)))
    }

    /// "of this month", "of the current month".
    fn of_month(&self, at: usize) -> Read<Which> {
        let (_, next) = self.glue(at, &[Glue::Of])?;
        let (which, next) = self.pick(self.article(next), which_of)?;
        self.pick(next, unit_of).filter(|(unit, _)| *unit == Unit::Month).map(|(_, end)| (which, end))
    }

    /// "first wednesday of october 2014".
    fn nth_weekday(&self, at: usize) -> Read<Day> {
        let at = self.article(at);
        let last = self.pick(at, which_of).filter(|(which, _)| *which == Which::Last).map(|(_, next)| (LAST, next));
        let (nth, next) = last.or_else(|| self.ordinal(at).filter(|(nth, _)| *nth <= 5))?;
        let (weekday, next) = self.pick(next, weekday_of)?;
        let (_, next) = self.glue(next, &[Glue::Of])?;
        let (month, next) = self.pick(next, month_of)?;
        let (year, next) = self.year(next);
        Some((Day::Nth { nth, weekday, month, year }, next))
    }

    fn day_words(&self, at: usize) -> Read<Day> {
        if let Some((day, next)) = self.pick(at, day_of) {
            return Some((day, next));
        }
        if let Some((days, next)) = self.pick(at, easter_of) {
            let (year, next) = self.year(next);
            return Some((Day::Easter { days, year }, next));
        }
        let ((month, day), next) = self.pick(at, feast_of)?;
        let (year, next) = self.year(next);
        date(day, month, year).map(|day| (day, next))
    }

    /// "in 2 working days", "3 weeks later", "an hour from now", "2 weeks from January 15", "1 more day".
    fn amount_away(&self, at: usize) -> Read<Day> {
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
        let (amount, next) = self.long_amount(at)?;
        if let Some(end) = self.means(next, Meaning::Later) {
            return Some((Day::After { amount, base: None }, end));
        }
        if let Some(end) = self.means(next, Meaning::Ago) {
            return Some((Day::After { amount: Amount { count: -amount.count, ..amount }, base: None }, end));
        }
        if let Some((_, from)) = self.glue(next, &[Glue::After, Glue::From])
            && !self.is_word(next, STARTING)
            && let Some((base, end)) = self.base(from)
        {
            return Some((Day::After { amount, base: Some(Box::new(base)) }, end));
        }
        None
    }

    /// "within the hour", "within the day".
    fn within_unit(&self, at: usize) -> Read<Day> {
        let named = self.glue(at, &[Glue::Article]).filter(|_| self.spelled(at).is_none());
        let next = named.map_or(at, |(_, next)| next);
        let this = self.pick(next, which_of).filter(|(which, _)| *which == Which::This);
        if named.is_none() && this.is_none() {
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
    fn within_one(&self, at: usize) -> Read<Day> {
        let ((unit, working), end) = self.unit(at).filter(|_| self.language == Language::Other)?;
        Some((
            Day::After {
                amount: Amount { count: 1.0, unit, working, rough: false, range: false, more: false },
                base: None,
            },
            end,
        ))
    }

    /// An amount that may be put together of two units: "1 hour and 30 minutes".
    fn long_amount(&self, at: usize) -> Read<Amount> {
        let (amount, next) = self.amount(at)?;
        if amount.unit == Unit::Hour
            && let Some((minutes, end)) = self.duration(at)
            && end > next
        {
            return Some((Amount { count: minutes, unit: Unit::Minute, ..amount }, end));
        }
        Some((amount, next))
    }

    fn base(&self, at: usize) -> Read<When> {
        if let Some((weekday, next)) = self.weekday(at) {
            return Some((When { weekday: Some(weekday), ..When::default() }, next));
        }
        let rules = [self.iso_date(at), self.day_then_month(at), self.month_then_day(at), self.day_words(at)];
        let (day, next) = rules.into_iter().flatten().max_by_key(|(_, next)| *next)?;
        Some((When { day: Some(day), ..When::default() }, next))
    }

    /// "EOW", "end of next week", "mid April", "first half of next week", "fin de mes".
    fn edge(&self, at: usize) -> Read<Day> {
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
    fn week(&self, at: usize) -> Read<Day> {
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

    fn follows_small_word(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.glue(before, &[Glue::Article, Glue::On, Glue::By]).is_some())
    }

    // All together.

    /// A point in time that begins at `at`: day, clock time, part of the day and zone in any order.
    pub(crate) fn when(&self, at: usize) -> Read<When> {
        if at.checked_sub(1).is_some_and(|before| self.is_word(before, EVERY)) {
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
    fn lead(&self, at: usize, when: &mut When) -> (usize, Comes) {
        let mut next = at;
        let mut last = Comes::default();
        for _ in 0..4 {
            let Some((glue, after)) = self.glue(next, &LEADS) else { break };
            // "in 2 days", "a couple of days" and "a las 5": the small word belongs to what follows.
            if self.belongs_to_next(next) {
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
    fn comes_after(&self, at: usize) -> Comes {
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

    fn belongs_to_next(&self, at: usize) -> bool {
        let longer = |note: &Note| note.next > at + 1 && match_glue(note.meaning).is_none();
        self.notes.get(at).is_some_and(|notes| notes.iter().any(longer))
            || self.amount_away(at).is_some()
            || self.spelled_clock(at, false).is_some()
            || self.means(at, Meaning::HourComes).is_some()
            || (self.is_article(at) && self.amount(at).is_some())
    }

    fn next_piece(&self, at: usize, when: &When, last: Comes, joined: bool) -> Option<(usize, Piece, usize)> {
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
    fn piece(&self, at: usize, when: &When, last: Comes) -> Option<(Piece, usize)> {
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
            let room = when.clock.is_none() && !matches!(when.part, Some(Part::Noon | Part::Midnight));
            let found = reader.noon_and(at).or_else(|| reader.clock_after(at, last));
            found.filter(|_| room).map(|(clock, next)| (Piece::Clock(clock), next))
        };
        let day = |reader: &Self| {
            let found = reader.day(at, last, after_weekday).filter(|_| when.day.is_none());
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
        if when.weekday.is_some_and(|(_, which)| which.is_none()) && when.day.is_none() && last == Comes::default() {
            offer(self.bare_week(at).map(|next| (Piece::WeekLater, next)));
        }
        if when.part.is_none() {
            offer(
                self.day_part(at)
                    .filter(|_| when.day.is_none() && when.weekday.is_none())
                    .map(|(part, next)| (Piece::DayPart(part), next)),
            );
            let greeting = at.checked_sub(1).is_some_and(|before| self.is_word(before, GREETINGS));
            offer(self.pick(at, part_of).filter(|_| !greeting).map(|(part, next)| (Piece::Part(part), next)));
            offer(self.half_of_day(at).map(|(part, next)| (Piece::Part(part), next)));
        }
        if !when.close {
            offer(self.means(at, Meaning::Close).map(|next| (Piece::Close, next)));
        }
        if when.zone.is_none() && when.clock.is_some() {
            offer(self.pick(at, zone_of).map(|(zone, next)| (Piece::Zone(zone), next)));
        }
        found
    }

    /// "Friday week": the week after.
    fn bare_week(&self, at: usize) -> Option<usize> {
        self.pick(at, unit_of)
            .filter(|(unit, next)| *unit == Unit::Week && self.number_ends(*next))
            .map(|(_, next)| next)
    }

    fn day_part(&self, at: usize) -> Read<(i64, Part)> {
        self.pick(at, day_part_of)
    }

    /// "1st half", "2nd half": Indian English for before and after lunch.
    fn half_of_day(&self, at: usize) -> Read<Part> {
        let (half @ 1..=2, 1) = self.digits(at)? else { return None };
        let next = self.is_word(at + 1, &["st", "nd"]).then_some(at + 2)?;
        let end = self.means(next, Meaning::Half)?;
        Some((if half == 1 { Part::Morning } else { Part::Afternoon }, end))
    }

    /// "meio dia e meia".
    fn noon_and(&self, at: usize) -> Read<Clock> {
        let (_, next) = self.pick(at, |meaning| part_of(meaning).filter(|part| *part == Part::Noon))?;
        let (_, joint) = self.glue(next, &[Glue::And])?;
        let (minutes, end) = self.minutes_or_quarter(joint)?;
        Some((Clock { hour: 12, minute: 0, meridiem: None, exact: true }.shifted(minutes), end))
    }

    /// Whether words that could be about time really are.
    fn is_meant(&self, when: &When, start: usize, named_at: usize, next: usize) -> bool {
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
enum Piece {
    Clock(Clock),
    Day(Day),
    Weekday((Weekday, Option<Which>)),
    WeekLater,
    Part(Part),
    DayPart((i64, Part)),
    Close,
    Zone(Zone),
}

impl Piece {
    fn put(self, when: &mut When) {
        match self {
            Self::Clock(clock) => when.clock = Some(clock),
            Self::Day(day) => when.day = Some(day),
            Self::Weekday(weekday) => when.weekday = Some(weekday),
            Self::WeekLater => when.weekday = when.weekday.map(|(weekday, _)| (weekday, Some(Which::WeekAfter))),
            Self::Part(part) => when.part = Some(part),
            Self::DayPart((days, part)) => {
                when.day = Some(Day::Away(days));
                when.part = Some(part);
            }
            Self::Close => when.close = true,
            Self::Zone(zone) => when.zone = Some(zone),
        }
    }
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
    fn shifted(self, minutes: i64) -> Self {
        let total = (i64::from(self.hour * 60 + self.minute) + minutes).rem_euclid(24 * 60);
        let hour = u32::try_from(total / 60).unwrap_or(0);
        // "Quarter to one" is on the same half of the day as one o'clock itself.
        let hour = if hour == 0 && self.hour == 12 { 12 } else { hour };
        Self { hour, minute: u32::try_from(total % 60).unwrap_or(0), ..self }
    }
}

/// A weekday may follow to say again which day a date is.
fn takes_weekday(day: &Day) -> bool {
    matches!(day, Day::Date { .. } | Day::Numeric { .. } | Day::OfMonth { .. } | Day::Week(_) | Day::Away(_))
}

/// What `value` is worth as `width` decimal places.
fn decimal(value: u32, width: usize) -> Option<f64> {
    let scale = [1.0, 10.0, 100.0, 1000.0].get(width)?;
    Some(f64::from(value) / scale)
}

fn date(day: u32, month: u32, year: Option<impl TryInto<i32>>) -> Option<Day> {
    let year = year.and_then(|year| year.try_into().ok());
    let possible = (1..=12).contains(&month) && (1..=31).contains(&day);
    possible.then_some(Day::Date { day, month, year })
}

fn whole_year(year: u32, width: usize) -> u32 {
    if width == 2 { 2000 + year } else { year }
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

// One narrowing a meaning: what a rule asks the lexicon for.

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

fn day_part_of(meaning: Meaning) -> Option<(i64, Part)> {
    if let Meaning::DayPart(days, part) = meaning { Some((days, part)) } else { None }
}

fn feast_of(meaning: Meaning) -> Option<(u32, u32)> {
    if let Meaning::Feast(month, day) = meaning { Some((month, day)) } else { None }
}

fn span_of(meaning: Meaning) -> Option<u32> {
    if let Meaning::Span(minutes) = meaning { Some(minutes) } else { None }
}

fn easter_of(meaning: Meaning) -> Option<i64> {
    if let Meaning::Easter(days) = meaning { Some(days) } else { None }
}

fn end_of(meaning: Meaning) -> Option<(Unit, Which)> {
    if let Meaning::End(unit, which) = meaning { Some((unit, which)) } else { None }
}

fn day_of(meaning: Meaning) -> Option<Day> {
    if let Meaning::Day(days) = meaning {
        return Some(Day::Away(days));
    }
    (meaning == Meaning::Now).then_some(Day::Now)
}

fn edge_of(meaning: Meaning) -> Option<Edge> {
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
fn counted(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Unit(_) | Meaning::More | Meaning::Working | Meaning::Month(_))
}

/// Whether `lead` makes a point the latest time meant.
pub(crate) fn is_end(lead: Option<Glue>) -> bool {
    matches!(lead, Some(Glue::By | Glue::Until))
}
