//! Time spent, in minutes.
//!
//! Estimates, limits, rates and hours that are free are not time spent, and a range ("2-3 hours") is no number.

use super::times::{
    Saying,
    grammar::{Reader, unit_of},
    lexicon::{Glue, Unit},
    said_times, tokens,
};
use std::time::Duration;

/// Words that say that time went by in work.
const SPENT: &str = "spent|spend|worked|work|logged|log|took|taken|used|billed|clocked|tracked|did|done|invested|consumed|\
    utilized|total|time|hours|timesheet|trabaje|gaste|tarde|dedique|lleve|invertido|invertidas|gastei|trabalhei|\
    levei|gastado|gebraucht|gearbeitet|aufwand|aufgewendet|passe|travaille|mis|nagtrabaho|inabot|nagugol|\
    ginugol|laga|lage|kiya|kaam|потратила|потратил|витратила|витратив|przepracowalem";

/// Words that make the sum of what they stand beside.
const TOTAL: &str = "total|totals|totaling|totalling|overall|altogether|sum|insgesamt|gesamt|suma|totale|kabuuan|kul|grand|\
    totaal|итого|всего|загалом|razem|lacznie";

/// Words before an amount of time that make it a plan, a limit or a rate.
const NOT_YET: &str = "estimate|estimated|estimates|estimation|estimating|limit|cap|capped|budget|budgeted|max|maximum|per|every|\
    need|needs|require|requires|will|would|should|may|might|could|expect|expected|free|available|another|within|\
    remaining|left|ll|ill|itll|going|planned|agreed|approved|necesito|preciso|brauche|faltan|faltam|next";

/// Words by which time went by without work.
const IDLE: &str = "out|down|outage|brownout|blackout|offline|waited|waiting|wait|asleep|slept|delayed|stuck|traffic";

/// What an hour costs, before it: "8 dollars an hour".
const PAID: &str = "dollars|dollar|usd|bucks|pesos|peso|php|rupees|rs|inr|pkr|naira|ngn|euros|euro|eur|pounds|gbp|ksh|kes|reais|brl|\
    cop|taka|rand|uah|pln";

/// Words after an amount of time that do the same.
const NOT_OURS: &str = "left|remaining|free|available|per|estimated|estimate|estimation|late|delay|limit|cap|budget|needed|required|\
    behind|earlier|libres|disponibles|livres|frei|libre|each|every|daily|weekly|max|maximum|balance|ahead|\
    difference|apart|ago|tops|notice";

const HOURS_WORDS: &str = "hours|hrs|hour|hr|time|horas|hora|stunden|std|heures|oras|ghante|часов|часы|години|годин|godziny|zeit|\
    tiempo|tempo|temps|duration";

/// One amount of time in a clause.
struct Spell {
    from: usize,
    to: usize,
    minutes: f64,
}

/// The minutes that `clause` says were spent; none where it says none, or not how many.
pub fn spent(clause: &str) -> Option<u32> {
    let tokens = tokens::tokens(clause);
    let reader = Reader::new(&tokens);
    let mut spells = durations(&reader)?;
    spells.extend(labelled(&reader, &spells));
    spells.sort_by_key(|spell| spell.from);
    go_on(&reader, &mut spells);
    let minutes = match total(&reader, &spells) {
        Some(minutes) => minutes,
        None if spells.is_empty() => between_clocks(&reader)?,
        None => sum(&reader, &spells),
    };
    whole(minutes).filter(|minutes| *minutes > 0)
}

/// All amounts of hours and minutes that were spent; none where one of them is a range or a guess.
fn durations(reader: &Reader<'_>) -> Option<Vec<Spell>> {
    let mut spells = Vec::new();
    for said in said_times(reader) {
        let Saying::Duration { minutes, amount } = said.saying else { continue };
        if amount.is_some_and(|amount| amount.unit >= Unit::Day) {
            continue;
        }
        let spell = Spell { from: said.from, to: said.to, minutes };
        if is_limit_of(reader, &spell, spells.last()) {
            continue;
        }
        if let Some(used) = used_of(reader, &spell) {
            spells.push(used);
            continue;
        }
        if is_ours(reader, &spell, amount.is_some_and(|amount| amount.more)) {
            if amount.is_some_and(|amount| amount.rough) {
                return None;
            }
            spells.push(spell);
        }
    }
    Some(spells)
}

/// "5h of 8h": the second is the limit of the first.
fn is_limit_of(reader: &Reader<'_>, spell: &Spell, used: Option<&Spell>) -> bool {
    used.is_some_and(|used| {
        let joint = if reader.is_one_of(used.to, "out") { used.to + 1 } else { used.to };
        let after = joint + 1;
        let after = if reader.is_one_of(after, "the|my|our|your") { after + 1 } else { after };
        reader.is_one_of(joint, "of|de|von|sur") && after == spell.from && used.minutes <= spell.minutes
    })
}

/// "4 of the 6 hours", "4/6 hours": what was used of a limit.
fn used_of(reader: &Reader<'_>, limit: &Spell) -> Option<Spell> {
    let before = limit.from.checked_sub(1)?;
    let joint = if reader.is_word(before, &["the", "my", "our", "your", "las", "les"]) {
        before.checked_sub(1)?
    } else {
        before
    };
    let joint = if reader.is_word(joint, &["of", "de", "von", "sur", "das"]) || reader.mark(joint, '/').is_some() {
        joint
    } else {
        return None;
    };
    let joint = if joint > 0 && reader.is_word(joint - 1, &["out"]) { joint - 1 } else { joint };
    let from =
        (joint.saturating_sub(3)..joint).find(|at| reader.quantity(*at).is_some_and(|(_, next)| next == joint))?;
    let (hours, _) = reader.quantity(from)?;
    Some(Spell { from, to: limit.to, minutes: hours * 60.0 }).filter(|used| used.minutes <= limit.minutes)
}

fn is_ours(reader: &Reader<'_>, spell: &Spell, more: bool) -> bool {
    let spent = phrase_before(reader, spell.from).any(|at| reader.is_one_of(at, SPENT));
    let planned = phrase_before(reader, spell.from).take(4).any(|at| reader.is_one_of(at, NOT_YET));
    let after =
        (spell.to..spell.to + 2).take_while(|at| reader.word(*at).is_some()).any(|at| reader.is_one_of(at, NOT_OURS));
    // "8 hours a day", "$40 an hour", "5/hr" are rates.
    let each = reader.mark(spell.to, '/').is_some()
        || (reader.is_word(spell.to, &["a", "an", "al", "pro", "par", "por"])
            && reader.pick(spell.to + 1, unit_of).is_some());
    let priced = spell.from.checked_sub(1).is_some_and(|at| {
        reader.digits(at).is_some()
            || reader.is_one_of(at, PAID)
            || reader.any_mark(at, &['$', '€', '£', '₱', '₹', '₦', '/']).is_some()
    });
    let since = spell.from.checked_sub(1).is_some_and(|at| reader.glue(at, &[Glue::Since]).is_some());
    let idle = phrase_before(reader, spell.from).take(4).any(|at| reader.is_one_of(at, IDLE));
    !(after || each || priced || since || idle || (planned && !spent) || (more && !spent))
}

/// "4 hrs yesterday + 2 today", "1.25 h + 0.5", "2 hours on Monday and 3 on Tuesday": a number that takes the unit of the
/// one before.
fn go_on(reader: &Reader<'_>, spells: &mut Vec<Spell>) {
    let mut found = Vec::new();
    for (index, spell) in spells.iter().enumerate() {
        let next_from = spells.get(index + 1).map_or(reader.tokens.len(), |next| next.from);
        let mut at = spell.to;
        for _ in 0..8 {
            let Some((minutes, to)) = more_hours(reader, at).filter(|(_, to)| *to <= next_from) else { break };
            found.push(Spell { from: at, to, minutes });
            at = to;
        }
    }
    spells.extend(found);
    spells.sort_by_key(|spell| spell.from);
}

fn more_hours(reader: &Reader<'_>, at: usize) -> Option<(f64, usize)> {
    let at = after_day(reader, at).unwrap_or(at);
    let added = reader.mark(at, '+');
    let listed = || reader.mark(at, ',').or_else(|| reader.glue(at, &[Glue::And]).map(|(_, next)| next));
    let (value, next) = reader.quantity(added.or_else(listed)?).filter(|(value, _)| *value <= 24.0)?;
    let ends = reader.token(next).is_none() || reader.any_mark(next, &['.', ')', '+', '=', ',', ';']).is_some();
    let day = after_day(reader, next);
    let counts = reader.any_mark(next, &['%', '/', ':']).is_some() || reader.pick(next, unit_of).is_some();
    // After a comma or "and" only a day shows that hours are meant.
    (!counts && (day.is_some() || (added.is_some() && ends))).then_some((value * 60.0, day.unwrap_or(next)))
}

/// Passes over "today", "on Monday".
fn after_day(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let next = reader.glue(at, &[Glue::On]).map_or(at, |(_, next)| next);
    let (_, end) = reader.weekday(next).map(|(_, end)| ((), end)).or_else(|| {
        reader
            .is_one_of(next, "today|yesterday|heute|gestern|hoy|ayer|hoje|ontem|hier|kahapon|kanina|aaj|kal")
            .then_some(((), next + 1))
    })?;
    Some(end)
}

/// "Hours: 5", "hours logged today = 6.5", "Logged 1:50": numbers whose unit stands before them.
fn labelled(reader: &Reader<'_>, known: &[Spell]) -> Vec<Spell> {
    let mut found: Vec<Spell> = Vec::new();
    let mut known = known.iter().peekable();
    let mut free_from = 0;
    for at in 0..reader.tokens.len() {
        while let Some(spell) = known.next_if(|spell| spell.from <= at) {
            free_from = free_from.max(spell.to);
        }
        let after_number = at.checked_sub(1).is_some_and(|before| reader.digits(before).is_some());
        let named = reader.is_one_of(at, HOURS_WORDS) && !after_number;
        if at < free_from || !(named || reader.is_one_of(at, SPENT)) {
            continue;
        }
        let mut next = at + 1;
        let passed = |next: usize| [SPENT, TOTAL, FILLERS].iter().any(|words| reader.is_one_of(next, words));
        while next < at + 5 && passed(next) {
            next += 1;
        }
        let value = reader.any_mark(next, &[':', '=', '-']).map_or(next, |(_, after)| after);
        let Some((minutes, to)) = written_hours(reader, value, named) else { continue };
        if known.peek().is_none_or(|spell| to <= spell.from) {
            found.push(Spell { from: at, to, minutes });
            free_from = to;
        }
    }
    found
}

const FILLERS: &str = "today|for|this|week|is|are|was|were|so|far|about|of|ko|po|ng|only";

/// "2:45" as hours and minutes, or a bare number of hours.
fn written_hours(reader: &Reader<'_>, at: usize, bare: bool) -> Option<(f64, usize)> {
    let (hours, _) = reader.digits(at)?;
    if let Some(after) = reader.mark(at + 1, ':').filter(|_| reader.glued(at + 1) && reader.glued(at + 2))
        && let Some((minutes @ 0..60, 2)) = reader.digits(after)
    {
        let span =
            reader.mark(after + 1, '-').is_some() || reader.glue(after + 1, &[Glue::To, Glue::Until]).is_some();
        let clock = span || reader.clock(at, false).is_some_and(|(clock, _)| clock.meridiem.is_some());
        return (!clock && hours < 100).then(|| (f64::from(hours * 60 + minutes), after + 1));
    }
    let (value, next) = reader.quantity(at)?;
    let ends = reader.any_mark(next, &['%', '/', '-', ':']).is_none() && reader.pick(next, unit_of).is_none();
    (bare && ends && value <= 200.0).then_some((value * 60.0, next))
}

/// The amount beside a word for the total.
fn total(reader: &Reader<'_>, spells: &[Spell]) -> Option<f64> {
    let beside = |spell: &&Spell| {
        words_before(spell.from, 3).chain(spell.from..spell.to + 2).any(|at| reader.is_one_of(at, TOTAL))
            || words_before(spell.from, 2)
                .any(|at| reader.is_word(at, &["yung"]) && reader.is_word(at + 1, &["total"]))
    };
    spells.iter().rev().find(beside).map(|spell| spell.minutes)
}

/// Adds up, unless the first or the last is already the sum of the others, and marked as such.
fn sum(reader: &Reader<'_>, spells: &[Spell]) -> f64 {
    let all: f64 = spells.iter().map(|spell| spell.minutes).sum();
    let is_sum = |spell: &&Spell| spells.len() > 1 && (spell.minutes * 2.0 - all).abs() < 0.5;
    let marked = |mut near: std::ops::Range<usize>| near.any(|at| reader.any_mark(at, &['(', ':', '=']).is_some());
    let first = spells.first().filter(is_sum).filter(|first| marked(first.to..first.to + 4));
    let last = spells.last().filter(is_sum).filter(|last| marked(words_before(last.from, 2)));
    first.or(last).map_or(all, |spell| spell.minutes)
}

/// "worked from 9am to 1pm", "9:00-12:30".
fn between_clocks(reader: &Reader<'_>) -> Option<f64> {
    if !(0..reader.tokens.len()).any(|at| reader.is_one_of(at, SPENT)) {
        return None;
    }
    (0..reader.tokens.len()).find_map(|at| {
        let said = at.checked_sub(1).is_some_and(|before| reader.glue(before, &[Glue::From]).is_some());
        let (from, next) = reader.clock(at, said)?;
        let joint =
            reader.mark(next, '-').or_else(|| reader.glue(next, &[Glue::To, Glue::Until]).map(|(_, after)| after))?;
        let (to, _) = reader.clock(joint, said)?;
        let half_known = from.meridiem.is_some() || to.meridiem.is_some() || from.exact || to.exact;
        let (from, to) = (from.minute_of_day(), to.minute_of_day());
        // "From 9 to 5" ends in the afternoon.
        let round = if half_known { 24 * 60 } else { 12 * 60 };
        (to > from).then(|| to - from).or_else(|| (to + round).checked_sub(from)).map(f64::from)
    })
}

/// The words before `at` in its own part of the sentence, nearest first.
fn phrase_before<'a>(reader: &'a Reader<'_>, at: usize) -> impl Iterator<Item = usize> + 'a {
    words_before(at, 6).rev().take_while(|at| reader.any_mark(*at, &[',', ';', '.', '(']).is_none())
}

fn words_before(at: usize, count: usize) -> std::ops::Range<usize> {
    at.saturating_sub(count)..at
}

/// The nearest whole number.
fn whole(value: f64) -> Option<u32> {
    u32::try_from(Duration::try_from_secs_f64(value + 0.5).ok()?.as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(clause: &str, expected: Option<u32>) {
        assert_eq!(spent(clause), expected, "{clause}");
    }

    #[test]
    fn the_usual_spellings_of_hours_are_read() {
        for clause in [
            "took me 2h30",
            "2.5 hrs",
            "2,5 Std.",
            "150 mins",
            "two and a half hours",
            "Logged 2:30 today",
            "Hours: 2.5",
        ] {
            check(clause, Some(150));
        }
        for clause in [
            "Me tardé 2 horas y media",
            "levei 2h30",
            "j'ai passé 2 heures 30",
            "2 oras at kalahati",
            "dhai ghante lage",
        ] {
            check(clause, Some(150));
        }
    }

    #[test]
    fn several_are_added_up_unless_one_is_their_total() {
        check("sourcing 1.25h, calls 50m, filing 25m", Some(150));
        check("research 2h, writing 3h, total 5h", Some(300));
        check("3 hours (2h on logos, 1h on banner)", Some(180));
        check("that is 9 of my 11 hours", Some(540));
        check("worked from 9am to 1pm", Some(240));
    }

    #[test]
    fn hours_that_were_not_spent_stay_out() {
        for clause in [
            "12-15 hours estimated",
            "it will take 5 hours",
            "$5/hr",
            "at $5 per hour",
            "8 hours a day",
            "I have 10 hours free",
            "5 hours left",
            "I need 2 more hours",
            "within 3 hours",
            "2 days",
        ] {
            check(clause, None);
        }
        check("spent 3 hours, estimate 2 more hours", Some(180));
    }

    #[test]
    fn vague_amounts_are_no_number() {
        for clause in ["took me most of the afternoon", "a few hours", "a couple of hours", "2-3 hours", "half a day"]
        {
            check(clause, None);
        }
    }

    #[test]
    fn a_long_text_is_read_in_one_pass() {
        for piece in
            ["hours 5 ", "2h ", "1 of 2 hours ", "total 1:30 ", "2h + 1 + ", "2h of 3h ", "2h on monday and 3 on "]
        {
            spent(&piece.repeat(200_000 / piece.len()));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in ".{0,200}") {
            spent(&text);
        }

        #[test]
        fn hours_and_minutes_are_read_back(hours in 0_u32..60, minutes in 1_u32..60) {
            prop_assert_eq!(spent(&format!("spent {hours}h {minutes:02}m on it")), Some(hours * 60 + minutes));
        }
    }
}
