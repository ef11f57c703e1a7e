//! The IMAP mailbox against a scripted server: what it does when all is well, and what when it is not.

mod bookmarks;
#[path = "../support/fake_imap.rs"]
mod fake_imap;
mod faults;
mod idle;
mod ledger;
mod parked;
mod well;
