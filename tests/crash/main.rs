//! Nothing lost, nothing doubled: handback is killed from outside, its disk fails, its ledger is cut off, and what it
//! ends up with is compared with a run to which nothing happened.
//!
//! | file | knows |
//! |---|---|
//! | `points` | kills at every sync, write and send of one intake and one sending |
//! | `interrupted` | backup, restore, checkpoint, folding anew and reload, cut off at every write |
//! | `random` | kills at random while mail flows both ways |
//! | `log` | a ledger whose log is cut off at every frame, and within |
//! | `disk` | a full disk, reads and writes that fail, a ledger that cannot be used |
//! | `town`, `sink` | the servers and the office |
//! | `account` | lost, doubled, repeated, given up |
//!
//! CI does a share of each; `benches/crash` does them all.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

mod account;
mod disk;
#[path = "../support/fake_imap.rs"]
#[expect(dead_code, reason = "this test binary needs none of its faults")]
mod fake_imap;
mod interrupted;
mod log;
mod points;
mod random;
mod sink;
mod support;
mod town;
