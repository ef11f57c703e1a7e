//! Everything about time in a text, the longest expressions first.

use super::grammar::{Amount, Reader, When};

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

/// A clock time that nothing but its own words makes one: "2h15".
fn could_last(when: &When) -> bool {
    let clock_alone = when.day.is_none() && when.weekday.is_none() && when.part.is_none() && when.zone.is_none();
    clock_alone && when.lead.is_none() && when.clock.is_some_and(|clock| clock.meridiem.is_none() && !clock.exact)
}
