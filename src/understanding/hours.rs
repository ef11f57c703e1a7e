//! Time spent, in minutes.

use super::times::{grammar::Reader, said_times_in, tokens};

/// The minutes that `clause` says were spent.
pub fn spent(clause: &str) -> Option<u32> {
    let tokens = tokens::tokens(clause);
    let reader = Reader::new(&tokens);
    let total: f64 = said_times_in(&reader);
    whole(total).filter(|minutes| *minutes > 0)
}

/// The nearest whole number.
fn whole(value: f64) -> Option<u32> {
    let rounded = std::time::Duration::try_from_secs_f64(value + 0.5).ok()?;
    u32::try_from(rounded.as_secs()).ok()
}
