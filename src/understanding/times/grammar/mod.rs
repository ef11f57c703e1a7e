//! From words to something said about time, not yet tied to a calendar.
//!
//! [`Reader`] offers one small rule a method; each takes the token to begin at and returns what it read and the
//! token after it. No rule looks further than a few dozen tokens, so reading is linear.
//!
//! - `said`: what a rule can find
//! - `reader`, `narrow`: single tokens and their meanings
//! - `numbers`, `durations`: numbers, amounts of time
//! - `clock`, `spelled_clock`: clock times
//! - `dates`, `days`, `away`: days by number, by name, by distance
//! - `when`: all together

mod away;
mod clock;
mod dates;
mod days;
mod durations;
mod narrow;
mod numbers;
mod reader;
mod said;
mod spelled_clock;
mod when;

pub(crate) use narrow::{month_of, unit_of, which_of};
pub(crate) use reader::Reader;
pub(crate) use said::{Amount, Clock, Day, Edge, InMonth, LAST, When, is_end, minutes_in};
