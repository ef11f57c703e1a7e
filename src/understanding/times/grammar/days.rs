//! Days by name: weekdays, "tomorrow", "end of next week", "this weekend", feasts.

use super::{
    dates::date,
    narrow::{day_of, easter_of, edge_of, end_of, feast_of, month_of, nth_feast_of, unit_of, weekday_of, which_of},
    reader::{Read, Reader},
    said::{Amount, Day, Edge, InMonth, LAST, When},
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
            self.spaced_date(at).filter(|_| led.plain_day),
            self.day_then_month(at),
            self.month_then_day(at),
            self.day_of_month(at, led, after_weekday),
            self.nth_weekday(at),
            self.weekdays_away(at),
            self.week_of_month(at),
            self.day_words(at),
            self.day_beside(at),
            self.amount_away(at),
            self.edge(at),
            self.quarter(at),
            self.span(at),
            self.week(at),
        ];
        rules.into_iter().flatten().max_by_key(|(_, next)| *next)
    }

    pub(crate) fn weekday(&self, at: usize) -> Read<(Weekday, Option<Which>)> {
        let (before, from) = self.pick(at, which_of).map_or((None, at), |(which, next)| (Some(which), next));
        let (weekday, next) = self.numbered_weekday(from).or_else(|| self.pick(from, weekday_of))?;
        let next =
            self.mark(next, '.').filter(|dot| self.glued(next) && self.is_short(from) && *dot > 0).unwrap_or(next);
        if self.is_word(next, &["before"]) && self.is_word(next + 1, &["last"]) {
            return None;
        }
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

    /// "4ª feira", "2a-feira": Portuguese weekdays by number.
    fn numbered_weekday(&self, at: usize) -> Read<Weekday> {
        let (number, 1) = self.digits(at)? else { return None };
        let next = self.any_mark(at + 1, &['ª', 'º', '°']).map(|(_, next)| next);
        let next = next.or_else(|| self.is_word(at + 1, &["a"]).then_some(at + 2))?;
        let next = self.any_mark(next, &['-', '.']).map_or(next, |(_, after)| after);
        let weekday = match number {
            2 => Weekday::Mon,
            3 => Weekday::Tue,
            4 => Weekday::Wed,
            5 => Weekday::Thu,
            6 => Weekday::Fri,
            _ => return None,
        };
        self.is_word(next, &["feira"]).then_some((weekday, next + 1))
    }

    /// "second Monday of May 2026", "the last Friday of the month", "first working day of April".
    pub(super) fn nth_weekday(&self, at: usize) -> Read<Day> {
        let (nth, next) = self.nth(self.article(at))?;
        let (weekday, next) = match self.pick(next, weekday_of) {
            Some((weekday, next)) => (Some(weekday), next),
            None => (None, self.unit(next).filter(|((unit, working), _)| *unit == Unit::Day && *working)?.1),
        };
        let (month, next) = self.in_month(next)?;
        Some((Day::Nth { nth, weekday, month }, next))
    }

    /// "first week of April", "the last week of the month"
    fn week_of_month(&self, at: usize) -> Read<Day> {
        let (nth, next) = self.nth(self.article(at))?;
        let (_, next) = self.pick(next, unit_of).filter(|(unit, _)| *unit == Unit::Week)?;
        let (month, next) = self.in_month(next)?;
        Some((Day::WeekOfMonth { nth, month }, next))
    }

    fn nth(&self, at: usize) -> Read<u32> {
        let last = self.pick(at, which_of).filter(|(which, _)| *which == Which::Last).map(|(_, next)| (LAST, next));
        last.or_else(|| self.ordinal(at).filter(|(nth, _)| *nth <= 5))
    }

    /// "of May 2026", "in April", "of the month", "of next month"
    fn in_month(&self, at: usize) -> Read<InMonth> {
        let (_, next) = self.glue(at, &[Glue::Of])?;
        if let Some((month, next)) = self.pick(next, month_of) {
            let (year, next) = self.year(next);
            return Some((InMonth::Named { month, year }, next));
        }
        let next = self.article(next);
        let (before, next) = self.pick(next, which_of).map_or((None, next), |(which, after)| (Some(which), after));
        let (_, next) = self.pick(next, unit_of).filter(|(unit, _)| *unit == Unit::Month)?;
        let (after, next) = match self.pick(next, which_of).filter(|_| before.is_none()) {
            Some((which, after)) => (Some(which), after),
            None => (None, next),
        };
        Some((InMonth::Which(before.or(after).unwrap_or(Which::This)), next))
    }

    /// "two Fridays from now"
    fn weekdays_away(&self, at: usize) -> Read<Day> {
        const PLURALS: [(&str, Weekday); 7] = [
            ("mondays", Weekday::Mon),
            ("tuesdays", Weekday::Tue),
            ("wednesdays", Weekday::Wed),
            ("thursdays", Weekday::Thu),
            ("fridays", Weekday::Fri),
            ("saturdays", Weekday::Sat),
            ("sundays", Weekday::Sun),
        ];
        let (count, next) = self.integer(at).filter(|(count, _)| (2..=20).contains(count))?;
        let plural = self.word(next)?;
        let (_, weekday) = PLURALS.iter().find(|(name, _)| *name == plural)?;
        let end = self.means(next + 1, Meaning::Later)?;
        let base = When { weekday: Some((*weekday, None)), ..When::default() };
        Some((Day::After { amount: Amount::of(count - 1, Unit::Week), base: Some(Box::new(base)) }, end))
    }

    /// "the day after Friday", "the week before Easter": one unit beside a day.
    pub(super) fn day_beside(&self, at: usize) -> Read<Day> {
        const BEFORE: &str = "before|vor|antes|avant";
        const AFTER: &str = "after|nach|despues|depois|apres|following";
        let named = self.glue(at, &[Glue::Article]).map(|(_, next)| next)?;
        let (unit, next) = self.pick(named, unit_of).filter(|(unit, _)| matches!(unit, Unit::Day | Unit::Week))?;
        let before = self.is_one_of(next, BEFORE);
        if !(before || self.is_one_of(next, AFTER)) {
            return None;
        }
        let next = self.glue(next, &[Glue::By, Glue::After]).map_or(next + 1, |(_, after)| after);
        let (base, end) = self.base(self.article(next))?;
        let amount = Amount::of(1, unit);
        let amount = if before { amount.back() } else { amount };
        Some((Day::After { amount, base: Some(Box::new(base)) }, end))
    }

    /// "by Q2": as a limit a quarter is its last day.
    fn quarter(&self, at: usize) -> Read<Day> {
        let (quarter @ 1..=4, 1) = self.digits(at + 1).filter(|_| self.is_word(at, &["q"]) && self.glued(at + 1))?
        else {
            return None;
        };
        let limit = at.checked_sub(1).is_some_and(|before| self.glue(before, &[Glue::By, Glue::Until]).is_some());
        let (year, next) = self.year(at + 2);
        limit.then_some((Day::EdgeOfMonth { edge: Edge::End, month: quarter * 3, year }, next))
    }

    /// "next month", "le mois prochain", "last year".
    fn span(&self, at: usize) -> Read<Day> {
        let from = self.article(at);
        let (before, next) = self.pick(from, which_of).map_or((None, from), |(which, after)| (Some(which), after));
        let (of, next) =
            self.pick(next, unit_of).filter(|(unit, _)| matches!(unit, Unit::Month | Unit::Quarter | Unit::Year))?;
        let (which, next) = match (before, self.pick(next, which_of)) {
            (Some(which), _) => (which, next),
            (None, Some((which, after))) if self.language != Language::English => (which, after),
            (None, _) => return None,
        };
        (which != Which::This).then_some((Day::Span { of, which }, next))
    }

    pub(super) fn day_words(&self, at: usize) -> Read<Day> {
        if let Some((day, next)) = self.pick(at, day_of) {
            return Some((self.by_tense(day, at), next));
        }
        if let Some((days, next)) = self.pick(at, easter_of) {
            let (year, next) = self.year(next);
            return Some((Day::Easter { days, year }, next));
        }
        if let Some(((nth, weekday, month), next)) = self.pick(at, nth_feast_of) {
            let (year, next) = self.year(next);
            let month = InMonth::Named { month, year };
            return Some((Day::Nth { nth, weekday: Some(weekday), month }, next));
        }
        let ((month, day), next) = self.pick(at, feast_of)?;
        let (year, next) = self.year(next);
        date(day, month, year).map(|day| (day, next))
    }

    /// Hindi "kal" is tomorrow or yesterday, "parso" the day after or before it, by the tense of the verb.
    fn by_tense(&self, day: Day, at: usize) -> Day {
        const PAST: &str = "tha|thi|thay|bheja|bheji|bheje|kiya|kari|diya|diye|gaya|gayi|gaye|hua|hui|mila|mili|aaya|aya|aayi|ayi|\
            chuka|chuki|chuke|raha tha|dekha|banaya|likha";
        const FUTURE: &str = "ga|gi|ge|hoga|hogi|honge|jayega|jaega|jayegi|jaegi|dunga|dungi|denge|doonga|doongi|karunga|\
            karungi|karenge|lunga|lungi|lenge|bhejunga|bhejungi|milega|milegi|aayega|ayega|rahega|paunga|paungi";
        let Day::Away(days @ 1..) = day else { return day };
        let two_ways = self.is_one_of(at, "kal|parso|parson|parsu|prso|narso|tarso");
        let near = |words: &str| (at.saturating_sub(6)..at + 8).any(|near| self.is_one_of(near, words));
        if two_ways && near(PAST) && !near(FUTURE) { Day::Away(-days) } else { day }
    }

    /// "EOW", "end of next week", "mid April", "first half of next month", "fin de mes".
    pub(super) fn edge(&self, at: usize) -> Read<Day> {
        let (said, end_at) = self.pick(at, which_of).map_or((None, at), |(which, next)| (Some(which), next));
        if let Some(((of, which), next)) = self.pick(end_at, end_of) {
            let after = self.pick(next, which_of).filter(|_| said.is_none() && self.language != Language::English);
            let (after, next) = after.map_or((None, next), |(which, end)| (Some(which), end));
            return Some((Day::Edge { edge: Edge::End, of, which: said.or(after).unwrap_or(which) }, next));
        }
        if self.is_word(at, &["midweek"]) {
            return Some((Day::Edge { edge: Edge::Middle, of: Unit::Week, which: Which::This }, at + 1));
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
