//! How long to leave a mail server alone after it failed us.

use super::error::MailboxError;
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::time::Duration;

const FIRST_PAUSE_MS: u64 = 1_000;
const LONGEST_PAUSE_MS: u64 = 5 * 60 * 1_000;
/// After a refused login; providers lock an account that is tried too often.
const LOGIN_PAUSE: Duration = Duration::from_secs(20);
const LOGIN_TRIES: u32 = 3;
const LONG_LOGIN_PAUSE: Duration = Duration::from_secs(30 * 60);

/// The pauses between tries, for ever: doubling to five minutes, with jitter, so that many daemons do not
/// come back to a restarted server in the same second.
#[derive(Debug)]
pub struct Backoff {
    jitter: StdRng,
    failures: u32,
    refusals: u32,
}

impl Backoff {
    /// Starts fresh. The seed decides the jitter.
    pub fn seeded(seed: u64) -> Self {
        Self { jitter: StdRng::seed_from_u64(seed), failures: 0, refusals: 0 }
    }

    /// Returns the pause before the next try. A refused login is tried three times, then every half hour.
    pub fn pause_after(&mut self, error: &MailboxError) -> Duration {
        if matches!(error, MailboxError::LoginRefused { .. }) {
            self.refusals = self.refusals.saturating_add(1);
            return if self.refusals < LOGIN_TRIES { LOGIN_PAUSE } else { LONG_LOGIN_PAUSE };
        }
        let doubled = FIRST_PAUSE_MS.saturating_mul(1 << self.failures.min(20));
        self.failures = self.failures.saturating_add(1);
        let pause = doubled.min(LONGEST_PAUSE_MS);
        Duration::from_millis(self.jitter.random_range(pause / 2..=pause))
    }

    /// The server did what it was asked for.
    pub fn succeeded(&mut self) {
        self.failures = 0;
        self.refusals = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed() -> MailboxError {
        MailboxError::Closed { doing: "read mails" }
    }

    fn refused() -> MailboxError {
        MailboxError::LoginRefused { user: "desk@example.org".into(), server_says: "no".into() }
    }

    #[track_caller]
    fn check(pause: Duration, least_ms: u64, most_ms: u64) {
        assert!((least_ms..=most_ms).contains(&u64::try_from(pause.as_millis()).unwrap()), "{pause:?}");
    }

    #[test]
    fn pauses_double_to_five_minutes_and_never_end() {
        let mut backoff = Backoff::seeded(7);
        check(backoff.pause_after(&closed()), 500, 1_000);
        check(backoff.pause_after(&closed()), 1_000, 2_000);
        check(backoff.pause_after(&closed()), 2_000, 4_000);
        for _ in 0..100 {
            backoff.pause_after(&closed());
        }
        check(backoff.pause_after(&closed()), 150_000, 300_000);
    }

    #[test]
    fn a_success_starts_the_pauses_anew() {
        let mut backoff = Backoff::seeded(7);
        for _ in 0..9 {
            backoff.pause_after(&closed());
        }
        backoff.succeeded();
        check(backoff.pause_after(&closed()), 500, 1_000);
    }

    #[test]
    fn two_daemons_do_not_come_back_together() {
        let pause = |seed| Backoff::seeded(seed).pause_after(&closed());
        assert_ne!(pause(1), pause(2));
    }

    #[test]
    fn a_refused_login_is_tried_three_times_then_every_half_hour() {
        let mut backoff = Backoff::seeded(7);
        check(backoff.pause_after(&refused()), 20_000, 20_000);
        check(backoff.pause_after(&refused()), 20_000, 20_000);
        check(backoff.pause_after(&refused()), 1_800_000, 1_800_000);
        check(backoff.pause_after(&refused()), 1_800_000, 1_800_000);
        backoff.succeeded();
        check(backoff.pause_after(&refused()), 20_000, 20_000);
    }
}
