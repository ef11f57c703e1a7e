//! What other tests use too.

#![allow(dead_code, unreachable_pub, reason = "this test binary uses its own share of it")]

#[path = "../support/premises.rs"]
pub mod premises;
