//! Dates, times and durations in people's own words, read on the writer's calendar and wall clock.
//!
//! What was said is counted from the day it was written and lies in the future where that leaves a choice. The
//! order of 3/4 is that of the writer's country. Vague words ("a few days") are not read: no date is better than
//! a wrong one. Reading is linear in the length of the text.
//!
//! - `tokens`: words, digits and marks
//! - `lexicon`: what words mean, one table a language
//! - `grammar`: from words to something said about time
//! - `resolve`: from that to the calendar
//! - `deadline`: the one moment a clause promises or asks for
//! - `range`: days away

mod deadline;
pub(super) mod grammar;
pub(super) mod lexicon;
mod range;
pub(super) mod resolve;
pub(super) mod tokens;

pub use deadline::{Deadline, deadline, deadline_found};
pub use range::range;

use crate::domain::understanding::{Situation, TimeFound, TimeValue};
use grammar::{Amount, Day, Reader, When};
use lexicon::Language;
use resolve::{Frame, Point, resolve};

/// Finds the longest expressions in `text` that do not overlap, in order.
pub fn find(text: &str, situation: &Situation) -> Vec<TimeFound> {
    let tokens = tokens::tokens(text);
    let reader = Reader::new(&tokens);
    let frame = frame(situation, reader.language);
    let mut found = Vec::new();
    for said in said_times(&reader) {
        let (value, sure) = match &said.saying {
            Saying::Duration { minutes, amount } => {
                let range = amount.is_some_and(|amount| amount.range);
                (Some(TimeValue::Minutes(*minutes)).filter(|_| !range), true)
            }
            Saying::When(when) => {
                let point = resolve(when, &frame);
                (point.and_then(|point| value(when, &point)), point.is_some_and(|point| point.sure))
            }
        };
        let Some(value) = value else { continue };
        let Some(span) = said.span(&reader) else { continue };
        let words = text.get(span.clone()).unwrap_or_default().to_string();
        found.push(TimeFound { words, span, value, sure });
    }
    found
}

/// Something about time, and the tokens that say it.
pub(super) struct Said {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) saying: Saying,
}

pub(super) enum Saying {
    When(When),
    Duration { minutes: f64, amount: Option<Amount> },
}

impl Said {
    fn span(&self, reader: &Reader<'_>) -> Option<std::ops::Range<usize>> {
        Some(reader.token(self.from)?.span.start..reader.token(self.to.checked_sub(1)?)?.span.end)
    }
}

/// Reads everything about time in a text, the longest first at each place.
pub(super) fn said_times(reader: &Reader<'_>) -> Vec<Said> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        let when = reader.when(at);
        let duration = reader.duration(at).filter(|_| !part_of_number(reader, at));
        let (saying, to) = match (when, duration) {
            (Some((when, to)), Some((_, longer))) if to > longer || (to == longer && !could_last(&when)) => {
                (Saying::When(when), to)
            }
            (Some((when, to)), None) => (Saying::When(when), to),
            (_, Some((minutes, to))) => {
                let amount = reader.amount(at).map(|(amount, _)| amount);
                (Saying::Duration { minutes, amount }, to)
            }
            (None, None) => {
                at += 1;
                continue;
            }
        };
        found.push(Said { from: at, to, saying });
        at = to;
    }
    found
}

/// A clock time that nothing but its own words makes one: "2h15".
fn could_last(when: &When) -> bool {
    let clock_alone = when.day.is_none() && when.weekday.is_none() && when.part.is_none() && when.zone.is_none();
    clock_alone && when.lead.is_none() && when.clock.is_some_and(|clock| clock.meridiem.is_none() && !clock.exact)
}

/// The digits at `at` are the tail of something longer: "12–15 hours", "v2.5 h".
fn part_of_number(reader: &Reader<'_>, at: usize) -> bool {
    reader.digits(at).is_some() && reader.glued(at) && at > 0 && reader.mark(at - 1, ':').is_some()
}

fn value(when: &When, point: &Point) -> Option<TimeValue> {
    if matches!(when.day, Some(Day::Weekend(_))) && when.weekday.is_none() {
        return None;
    }
    Some(match point.time {
        None => TimeValue::Date(point.date),
        Some(time) if !point.dated && !point.half_known => TimeValue::Time(time),
        Some(time) => TimeValue::DateTime(point.date.and_time(time)),
    })
}

fn frame(situation: &Situation, language: Language) -> Frame {
    Frame {
        written: situation.written,
        zone: situation.zone,
        month_first: month_first(situation.zone, language),
        due: situation.due.map(|due| due.date()),
    }
}

/// Whether 3/4 is 4 March: so in the United States and the Philippines, and in English from nowhere in particular.
fn month_first(zone: chrono_tz::Tz, language: Language) -> bool {
    let name = zone.name();
    let unknown = !name.contains('/') || name.starts_with("Etc/");
    let american = name.starts_with("US/")
        || name.starts_with("America/Indiana/")
        || name.starts_with("America/Kentucky/")
        || name.starts_with("America/North_Dakota/")
        || matches!(
            name,
            "America/New_York"
                | "America/Chicago"
                | "America/Denver"
                | "America/Los_Angeles"
                | "America/Phoenix"
                | "America/Detroit"
                | "America/Boise"
                | "America/Anchorage"
                | "America/Juneau"
                | "Pacific/Honolulu"
                | "America/Puerto_Rico"
                | "Pacific/Guam"
                | "Asia/Manila"
                | "America/Panama"
        );
    match language {
        Language::English | Language::Filipino => american || unknown,
        Language::Spanish
        | Language::Portuguese
        | Language::German
        | Language::French
        | Language::Hindi
        | Language::Other => false,
    }
}
