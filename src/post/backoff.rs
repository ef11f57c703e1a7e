//! When to try a letter again that was refused for now.
//!
//! The first tries come quickly, since most 4xx answers are greylisting or a server that is being restarted;
//! later ones come every four hours, for the five days that RFC 5321 section 4.5.4.1 asks for.

use chrono::{DateTime, TimeDelta, Utc};

const FIRST_WAIT: TimeDelta = TimeDelta::minutes(5);
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(4);
const PATIENCE: TimeDelta = TimeDelta::days(5);

/// Returns when a letter is tried next, which was first refused at `first_refused_at` and now, at `now`, for
/// the `refusals`-th time (from 1). None when five days have passed: it is refused for good.
pub fn next_try(first_refused_at: DateTime<Utc>, refusals: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let give_up_at = first_refused_at + PATIENCE;
    (now < give_up_at).then(|| (now + wait_after(refusals)).min(give_up_at))
}

/// Five minutes, then twice as long each time, four hours at most.
fn wait_after(refusals: u32) -> TimeDelta {
    let doubled = 1_i32.checked_shl(refusals.saturating_sub(1)).filter(|factor| *factor > 0);
    doubled.map_or(LONGEST_WAIT, |factor| (FIRST_WAIT * factor).min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(refusals: u32, now: &str, expected: Option<&str>) {
        assert_eq!(next_try(at("2026-03-02T09:00:00Z"), refusals, at(now)), expected.map(at));
    }

    #[test]
    fn the_first_refusal_waits_five_minutes_and_later_ones_up_to_four_hours() {
        check(1, "2026-03-02T09:00:00Z", Some("2026-03-02T09:05:00Z"));
        check(2, "2026-03-02T09:05:00Z", Some("2026-03-02T09:15:00Z"));
        check(6, "2026-03-02T11:35:00Z", Some("2026-03-02T14:15:00Z"));
        check(7, "2026-03-02T14:15:00Z", Some("2026-03-02T18:15:00Z"));
        for refusals in [31, 32, 33, 64, u32::MAX] {
            check(refusals, "2026-03-05T09:00:00Z", Some("2026-03-05T13:00:00Z"));
        }
    }

    #[test]
    fn the_last_try_is_at_five_days_and_then_it_is_over() {
        check(30, "2026-03-07T08:00:00Z", Some("2026-03-07T09:00:00Z"));
        check(31, "2026-03-07T09:00:00Z", None);
        check(32, "2026-04-01T09:00:00Z", None);
    }

    #[test]
    fn five_days_hold_about_three_dozen_tries() {
        let first = at("2026-03-02T09:00:00Z");
        let mut now = first;
        let mut refusals = 1;
        while let Some(next) = next_try(first, refusals, now) {
            assert!(next > now);
            now = next;
            refusals += 1;
        }
        assert_eq!(refusals, 36);
    }
}
