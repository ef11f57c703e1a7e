//! What the tests use too.

#![allow(dead_code, unreachable_pub, reason = "the benchmarks use their own share of it")]

#[path = "../../tests/support/premises.rs"]
pub mod premises;
#[path = "../../tests/support/stack.rs"]
pub mod stack;

use std::time::Instant;

/// Seconds that `work` takes.
pub fn seconds(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64()
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
