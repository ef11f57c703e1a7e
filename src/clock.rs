//! The one place that reads the time. The shell reads it once at the start of a pass and hands `now` inwards.

use chrono::{DateTime, Utc};

/// Where a pass takes its time from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is set: the demo's and the tests'.
    Frozen(DateTime<Utc>),
}

impl Clock {
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the place that reads the clock")]
            Self::System => Utc::now(),
            Self::Frozen(at) => *at,
        }
    }
}
