//! What is wrong with the mailbox or the post, since when, and when it is tried again.

use crate::{post::PostError, remedy::Remedy};
use chrono::{DateTime, TimeDelta, Utc};

/// How one of the two lines to the outside is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    trouble: Option<Trouble>,
    login_refused: bool,
    not_before: Option<DateTime<Utc>>,
}

/// One thing that does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub since: DateTime<Utc>,
    /// What stands in the way, in words with the cure.
    pub why: String,
}

/// What works and what does not. Nothing here is needed after a restart: the next round finds out again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    pub mailbox: Line,
    pub post: Line,
}

impl Line {
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// When it is tried again, where it has to rest.
    pub fn not_before(&self) -> Option<DateTime<Utc>> {
        self.not_before
    }

    pub(super) fn may_try(&self, now: DateTime<Utc>) -> bool {
        self.not_before.is_none_or(|not_before| not_before <= now)
    }

    pub(super) fn worked(&mut self) {
        *self = Self::default();
    }

    /// Whether the last trouble was a refused login, which only a person can mend.
    pub fn login_refused(&self) -> bool {
        self.login_refused
    }

    pub(super) fn refused_login(&mut self) {
        self.login_refused = true;
    }

    pub(super) fn failed(&mut self, why: &str, now: DateTime<Utc>, pause: TimeDelta) {
        self.login_refused = false;
        let since = self.trouble.as_ref().map_or(now, |trouble| trouble.since);
        self.trouble = Some(Trouble { since, why: why.to_owned() });
        self.not_before = Some(now + pause);
    }
}

/// How long to leave the post alone. What only a person can mend is not tried often, since providers lock an
/// account that is tried too often.
pub(super) fn pause_after_post(error: &PostError) -> TimeDelta {
    match error.remedy() {
        Remedy::TryAgain | Remedy::SetAside => TimeDelta::minutes(1),
        Remedy::Stop => TimeDelta::minutes(30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_keeps_its_beginning_and_rests_before_the_next_try() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let mut line = Line::default();
        line.failed("no answer", at("2026-03-02T09:00:00Z"), TimeDelta::minutes(1));
        line.failed("refused", at("2026-03-02T09:05:00Z"), TimeDelta::minutes(1));
        assert_eq!(line.trouble(), Some(&Trouble { since: at("2026-03-02T09:00:00Z"), why: "refused".into() }));
        assert!(!line.may_try(at("2026-03-02T09:05:59Z")));
        assert!(line.may_try(at("2026-03-02T09:06:00Z")));
        line.worked();
        assert_eq!(line, Line::default());
    }
}
