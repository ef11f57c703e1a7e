//! Stories of owner, assistant and daemon, on a real ledger, with folders for mail and a clock that the test moves.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

#[path = "../support/mod.rs"]
mod support;

mod asking;
mod at_once;
mod bad_days;
mod clock;
mod dates;
mod learning;
mod work;
