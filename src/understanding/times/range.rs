//! Days away: "3-5 April", "Monday and Tuesday", "this week".

use super::{
    Saying, frame,
    grammar::{Day, Reader},
    resolve::{in_week, resolve},
    said_times, tokens,
};
use crate::domain::understanding::Situation;
use chrono::{NaiveDate, Weekday};

/// The first and the last day that `clause` is about, both inclusive.
pub fn range(clause: &str, situation: &Situation) -> Option<(NaiveDate, NaiveDate)> {
    let tokens = tokens::tokens(clause);
    let reader = Reader::new(&tokens);
    let frame = frame(situation, reader.language);
    let mut days = Vec::new();
    for said in said_times(&reader) {
        let Saying::When(when) = &said.saying else { continue };
        if let (Some(Day::Week(weeks)), None) = (&when.day, when.weekday) {
            days.push(in_week(situation.written.date(), *weeks, Weekday::Mon)?);
            days.push(in_week(situation.written.date(), *weeks, Weekday::Sun)?);
        } else if let Some(point) = resolve(when, &frame) {
            days.push(point.date);
        }
    }
    Some((*days.iter().min()?, *days.iter().max()?))
}
