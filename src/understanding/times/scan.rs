//! Everything about time in a text, the longest expressions first.

use super::{
    grammar::{Amount, Reader, When},
    lexicon::Glue,
};

/// Something about time, and the tokens that say it.
pub(crate) struct Said {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) saying: Saying,
}

pub(crate) enum Saying {
    When(When),
    Duration { minutes: f64, amount: Option<Amount> },
}

impl Said {
    pub(crate) fn span(&self, reader: &Reader<'_>) -> Option<std::ops::Range<usize>> {
        Some(reader.token(self.from)?.span.start..reader.token(self.to.checked_sub(1)?)?.span.end)
    }
}

/// Reads everything about time in a text, the longest first at each place.
pub(crate) fn said_times(reader: &Reader<'_>) -> Vec<Said> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        if !reader.may_begin(at) {
            at += 1;
            continue;
        }
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

/// The digits at `at` are the tail of something longer: "12–15 hours", "v2.5 h".
fn part_of_number(reader: &Reader<'_>, at: usize) -> bool {
    reader.digits(at).is_some() && reader.glued(at) && at > 0 && reader.mark(at - 1, ':').is_some()
}

impl Said {
    /// "Four of the five days", "between 2 and 3 hours": no length of time of its own.
    pub(crate) fn is_bound(&self, reader: &Reader<'_>) -> bool {
        let number = |end: usize| {
            (end.saturating_sub(3)..end).find(|at| reader.quantity(*at).is_some_and(|(_, next)| next == end))
        };
        let (Saying::Duration { .. }, Some(before)) = (&self.saying, self.from.checked_sub(1)) else { return false };
        let joint = if reader.is_one_of(before, "the|my|our|your|las|los|les|den|os|as") {
            before.saturating_sub(1)
        } else {
            before
        };
        if reader.is_one_of(joint, "of|de|von|sur") {
            let joint = if joint > 0 && reader.is_one_of(joint - 1, "out") { joint - 1 } else { joint };
            return number(joint).is_some();
        }
        let first = reader.glue(before, &[Glue::And]).and_then(|_| number(before));
        first.and_then(|first| first.checked_sub(1)).is_some_and(|at| reader.is_one_of(at, "between|entre|zwischen"))
    }
}

/// A clock time that nothing but its own words makes one: "2h15".
fn could_last(when: &When) -> bool {
    let clock_alone = when.day.is_none() && when.weekday.is_none() && when.part.is_none() && when.zone.is_none();
    clock_alone && when.lead.is_none() && when.clock.is_some_and(|clock| clock.meridiem.is_none() && !clock.exact)
}
