//! Days away: "3-5 April", "Monday and Tuesday", "this week", "back on Thursday".

use super::{
    Said, Saying, frame,
    grammar::{Amount, Day, Reader, When, month_of, which_of},
    lexicon::{Glue, Unit},
    resolve::{Frame, in_week, later, next_weekday, resolve, weekday_until},
    said_times, tokens,
};
use crate::domain::understanding::Situation;
use chrono::{NaiveDate, Weekday};

/// Words that make the day after them the first one back at work.
const BACK: &str = "back|return|returning|resume|resuming|online|regreso|vuelvo|regresare|volto|retorno|voltarei|zuruck|wieder|\
    retour|reviens|reprends|balik|babalik|wapas|wapis|вернусь|повернуся|wracam";

/// Words by which "until" names the first day back, where a leave would name its last day.
const OUT: &str = "out|away|offline|unavailable|ooo|unreachable|gone|afk";

/// Days in a row, both inclusive.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: NaiveDate,
    to: NaiveDate,
    /// Which token it begins at, and the one after it.
    tokens: (usize, usize),
    lead: Option<Glue>,
    /// A weekday and nothing else, which takes its week from its neighbours.
    weekday: Option<Weekday>,
    back: bool,
}

/// The first and the last day that `clause` is about, both inclusive.
pub fn range(clause: &str, situation: &Situation) -> Option<(NaiveDate, NaiveDate)> {
    let tokens = tokens::tokens(clause);
    let reader = Reader::new(&tokens);
    let frame = frame(situation, reader.language);
    if let Some(days) = (0..tokens.len()).find_map(|at| one_month(&reader, at, &frame)) {
        return Some(days);
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut days_off = None;
    for said in said_times(&reader) {
        match &said.saying {
            Saying::When(when) => stretches.extend(stretch(&reader, &said, when, &frame)),
            Saying::Duration { amount, .. } => {
                let amount = amount.filter(|_| !said.is_bound(&reader));
                days_off = days_off.or(amount.filter(|amount| matches!(amount.unit, Unit::Day | Unit::Week)));
            }
        }
    }
    settle_weekdays(&mut stretches);
    let today = situation.written.date();
    let back = stretches.iter().find(|stretch| stretch.back).copied();
    stretches.retain(|stretch| !stretch.back);
    let Some(first) = stretches.first().copied() else {
        return Some((today, back?.from.pred_opt()?)).filter(|(from, to)| from <= to);
    };
    let from = stretches.iter().map(|stretch| stretch.from).min()?;
    let to = stretches.iter().map(|stretch| stretch.to).max()?;
    if let ([only], None | Some(_)) = (stretches.as_slice(), back) {
        if is_open_start(&reader, only) {
            return Some((today.min(only.to), last_day_until(&reader, only, today)?));
        }
        if let Some(amount) = days_off.filter(|_| only.from == only.to) {
            return Some((first.from, later(first.from, (whole(days_in(amount))? - 1).max(0))?));
        }
        if let Some(back) = back.filter(|back| back.from > only.from && only.from == only.to) {
            return Some((from, back.from.pred_opt()?));
        }
    }
    Some((from, to))
}

fn stretch(reader: &Reader<'_>, said: &Said, when: &When, frame: &Frame) -> Option<Stretch> {
    let today = frame.written.date();
    if matches!(when.lead, Some(Glue::Since | Glue::After)) || when.day == Some(Day::Now) {
        return None;
    }
    let bare = when.weekday.filter(|_| when.day.is_none());
    let (from, to) = match (&when.day, when.weekday) {
        (Some(Day::Week(weeks)), None) => {
            (in_week(today, *weeks, Weekday::Mon)?.max(today), in_week(today, *weeks, Weekday::Fri)?)
        }
        (Some(Day::Weekend(weeks)), _) => {
            (in_week(today, *weeks, Weekday::Sat)?.max(today), in_week(today, *weeks, Weekday::Sun)?)
        }
        (Some(Day::After { amount, base: Some(base) }), _) if matches!(amount.unit, Unit::Day | Unit::Week) => {
            // "3 days from Thursday" off are Thursday to Saturday.
            let from = resolve(base, frame)?.date;
            (from, later(from, (whole(days_in(*amount))? - 1).max(0))?)
        }
        (_, _) => resolve(when, frame).map(|point| (point.date, point.date))?,
    };
    let before = said.from.saturating_sub(3)..said.from;
    let back = before.into_iter().any(|at| reader.is_one_of(at, BACK));
    let weekday = bare.filter(|(_, which)| which.is_none()).map(|(weekday, _)| weekday);
    Some(Stretch { from, to: to.max(from), tokens: (said.from, said.to), lead: when.lead, weekday, back })
}

/// "Tue-Thu next week": Tuesday is of that week too; "Monday and Tuesday" follow each other.
fn settle_weekdays(stretches: &mut [Stretch]) {
    for at in (1..stretches.len()).rev() {
        let Some([before, after]) = stretches.get_mut(at - 1..=at) else { continue };
        let near = after.tokens.0.saturating_sub(before.tokens.1) <= 2;
        if let (Some(weekday), None, true) = (before.weekday, after.weekday, near)
            && let Some(date) = weekday_until(after.from, weekday)
        {
            before.from = date;
            before.to = date;
            before.weekday = None;
        }
    }
    for at in 1..stretches.len() {
        let Some([before, after]) = stretches.get_mut(at - 1..=at) else { continue };
        if let Some(weekday) = after.weekday
            && let Some(date) = next_weekday(before.from, weekday)
        {
            after.from = date;
            after.to = date;
        }
    }
}

fn is_open_start(reader: &Reader<'_>, only: &Stretch) -> bool {
    let (from, _) = only.tokens;
    matches!(only.lead, Some(Glue::Until)) || reader.glue(from, &[Glue::Until, Glue::To]).is_some()
}

/// "On leave until Friday" has Friday off; "out until Monday" is back on Monday.
fn last_day_until(reader: &Reader<'_>, only: &Stretch, today: NaiveDate) -> Option<NaiveDate> {
    let (at, _) = only.tokens;
    let before = at.saturating_sub(8)..at;
    let out =
        before.into_iter().any(|at| reader.is_one_of(at, OUT)) || chrono::Datelike::weekday(&only.to) == Weekday::Mon;
    if out && only.to > today { only.to.pred_opt() } else { Some(only.to) }
}

/// Days of one month, which is named once: "3-5 April", "May 6 and 8", "from the 20th to the 23rd".
fn one_month(reader: &Reader<'_>, at: usize, frame: &Frame) -> Option<(NaiveDate, NaiveDate)> {
    if let Some((month, next)) = reader.pick(at, month_of) {
        let next = reader.mark(next, '.').unwrap_or(next);
        let (days, end) = several_days(reader, reader.article(next))?;
        let comma = reader.mark(end, ',').unwrap_or(end);
        let (year, _) = reader.year(comma);
        let follows = reader.pick(end, month_of).is_some();
        return (!follows && reader.day_ends(end)).then(|| dates(days, Some(month), year, frame)).flatten();
    }
    if at > 0 && reader.digits(at - 1).is_some() {
        return None;
    }
    let (days, next) = several_days(reader, at)?;
    let named = reader.glue(next, &[Glue::Of]).map_or(next, |(_, after)| after);
    if let Some((month, end)) = reader.pick(named, month_of) {
        let (year, _) = reader.year(end);
        return dates(days, Some(month), year, frame);
    }
    let ordinal = reader.ordinal(at).is_some() && reader.digits(at).is_some();
    let led = at > 0 && reader.glue(at - 1, &[Glue::From]).is_some() && reader.language != super::Language::English;
    let this_month = reader.pick(reader.article(named), which_of).is_some();
    (ordinal || led || this_month).then(|| dates(days, None, None, frame)).flatten()
}

/// Two or more days' numbers with "to", "and", commas or dashes between them: the first and the last.
fn several_days(reader: &Reader<'_>, at: usize) -> Option<((u32, u32), usize)> {
    let day = |at: usize| {
        let at = reader.article(at);
        let found = reader.ordinal(at).or_else(|| reader.integer(at))?;
        let dot = reader.mark(found.1, '.').filter(|after| {
            reader.language == super::Language::German
                || reader.mark(*after, '-').is_some()
                || reader.pick(*after, month_of).is_some()
        });
        Some((found.0, dot.unwrap_or(found.1))).filter(|(day, _)| (1..=31).contains(day))
    };
    let (first, mut end) = day(at)?;
    let mut last = None;
    for _ in 0..6 {
        let joint = reader.any_mark(end, &['-', ',', '&', '+', '/']).map(|(_, next)| next).unwrap_or(end);
        let joint = reader.glue(joint, &[Glue::To, Glue::And, Glue::Until]).map(|(_, next)| next).unwrap_or(joint);
        if joint == end {
            break;
        }
        let Some((day, next)) = day(joint) else { break };
        last = Some(day);
        end = next;
    }
    Some(((first, last?), end))
}

fn dates(days: (u32, u32), month: Option<u32>, year: Option<i32>, frame: &Frame) -> Option<(NaiveDate, NaiveDate)> {
    let (first, last) = days;
    let on = |day: u32| {
        let day = match month {
            Some(month) => Day::Date { day, month, year },
            None => Day::OfMonth { day, which: None },
        };
        resolve(&When { day: Some(day), ..When::default() }, frame).map(|point| point.date)
    };
    // The last day leads: of "24-28 March", said on the 26th, the first has gone by.
    let to = on(last)?;
    let from = to - chrono::TimeDelta::days(i64::from(last.checked_sub(first)?));
    (first < last).then_some((from, to))
}

fn days_in(amount: Amount) -> f64 {
    if amount.unit == Unit::Week { amount.count * 7.0 } else { amount.count }
}

fn whole(days: f64) -> Option<i64> {
    i64::try_from(std::time::Duration::try_from_secs_f64(days).ok()?.as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;

    /// Tuesday morning in Nairobi.
    #[track_caller]
    fn check(clause: &str, expected: Option<(&str, &str)>) {
        let situation = Situation::new("2026-03-10T10:00:00".parse().unwrap(), Tz::Africa__Nairobi);
        let expected = expected.map(|(from, to)| (from.parse().unwrap(), to.parse().unwrap()));
        assert_eq!(range(clause, &situation), expected, "{clause}");
    }

    #[test]
    fn days_of_one_month_share_its_name() {
        for clause in [
            "away 3-5 April",
            "from 3 to 5 April",
            "April 3 and 5",
            "du 3 au 5 avril",
            "vom 3. bis 5. April",
            "April 3, 4 & 5",
        ] {
            check(clause, Some(("2026-04-03", "2026-04-05")));
        }
        check("del 20 al 23", Some(("2026-03-20", "2026-03-23")));
        check("Dec 28 - Jan 3", Some(("2026-12-28", "2027-01-03")));
    }

    #[test]
    fn weekdays_follow_each_other_and_share_their_week() {
        check("out Monday and Tuesday", Some(("2026-03-16", "2026-03-17")));
        check("away Tue-Thu next week", Some(("2026-03-17", "2026-03-19")));
        check("from Thursday to Monday", Some(("2026-03-12", "2026-03-16")));
    }

    #[test]
    fn a_week_off_is_what_is_left_of_its_working_days() {
        check("out this week", Some(("2026-03-10", "2026-03-13")));
        check("nächste Woche", Some(("2026-03-16", "2026-03-20")));
        check("closed this weekend", Some(("2026-03-14", "2026-03-15")));
    }

    #[test]
    fn the_first_day_back_is_not_a_day_off() {
        check("off on Friday, back Monday", Some(("2026-03-13", "2026-03-15")));
        check("back on Thursday", Some(("2026-03-10", "2026-03-11")));
        check("out until Monday", Some(("2026-03-10", "2026-03-15")));
        check("on leave until Friday", Some(("2026-03-10", "2026-03-13")));
    }

    #[test]
    fn days_are_counted_from_the_first() {
        check("3 days leave from Thursday", Some(("2026-03-12", "2026-03-14")));
        check("on leave tomorrow", Some(("2026-03-11", "2026-03-11")));
        check("half a day off today", Some(("2026-03-10", "2026-03-10")));
    }

    #[test]
    fn no_day_is_no_range() {
        check("I had a cold", None);
        check("away for a few days", None);
    }
}
