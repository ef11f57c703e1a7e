//! The one moment that a clause promises or asks for.

use super::{
    Said, Saying, frame,
    grammar::{Day, Reader, When},
    lexicon::{Glue, Part},
    resolve::{Point, is_end, resolve},
    said_times, tokens,
};
use crate::domain::{
    time::{Moment, WallTime},
    understanding::Situation,
};
use std::ops::Range;

/// The moment a clause is about, and the words that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    pub moment: Moment,
    /// False where the words allow another day.
    pub sure: bool,
    /// Byte range in the clause.
    pub span: Range<usize>,
}

/// The best time or due date in `clause`; none where it names no day, or only days gone by or ruled out.
pub fn deadline(clause: &str, situation: &Situation) -> Option<Moment> {
    deadline_found(clause, situation).map(|found| found.moment)
}

/// As [`deadline`], with the words it rests on.
pub fn deadline_found(clause: &str, situation: &Situation) -> Option<Deadline> {
    let tokens = tokens::tokens(clause);
    let reader = Reader::new(&tokens);
    let frame = frame(situation, reader.language);
    let mut best: Option<(u32, Deadline)> = None;
    for said in said_times(&reader) {
        let Saying::When(when) = &said.saying else { continue };
        if is_ruled_out(&reader, &said, when) {
            continue;
        }
        let Some(point) = resolve(when, &frame).filter(|point| point.date >= situation.written.date()) else {
            continue;
        };
        let rank = rank(&reader, &said, when, &point);
        let Some(span) = said.span(&reader) else { continue };
        let found = Deadline { moment: moment(when, &point, situation), sure: point.sure && !point.wide, span };
        if best.as_ref().is_none_or(|(highest, _)| rank >= *highest) {
            best = Some((rank, found));
        }
    }
    best.map(|(_, found)| found)
}

/// How likely an expression is the one meant; of equals the last counts.
fn rank(_reader: &Reader<'_>, _said: &Said, when: &When, point: &Point) -> u32 {
    let end = if is_end(when.lead) { 4 } else { 0 };
    let day = if point.dated && !point.wide { 2 } else { 0 };
    end + day
}

fn is_ruled_out(reader: &Reader<'_>, said: &Said, when: &When) -> bool {
    matches!(when.lead, Some(Glue::Since | Glue::After))
        || matches!(when.day, Some(Day::Now))
        || is_denied(reader, said.from)
}

/// "not by the 27th", "instead of Friday", "can't make Friday".
fn is_denied(reader: &Reader<'_>, at: usize) -> bool {
    for back in 1..=6 {
        let Some(before) = at.checked_sub(back) else { break };
        let Some(word) = reader.word(before) else { break };
        if matches!(
            word,
            "not"
                | "instead"
                | "cant"
                | "cannot"
                | "wont"
                | "couldnt"
                | "unable"
                | "rather"
                | "no"
                | "nicht"
                | "pas"
                | "nao"
                | "hindi"
                | "nahi"
        ) {
            return true;
        }
    }
    false
}

fn moment(when: &When, point: &Point, situation: &Situation) -> Moment {
    let zone = situation.zone;
    if point.midnight || matches!(when.part, Some(Part::Midnight)) {
        let date = if when.day.is_none() && when.weekday.is_none() { situation.written.date() } else { point.date };
        return Moment::Day { date, zone };
    }
    match point.time {
        Some(time) if !point.rough => Moment::Minute(WallTime::new(point.date.and_time(time), zone)),
        Some(_) | None => Moment::Day { date: point.date, zone },
    }
}
