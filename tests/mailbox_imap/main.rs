//! The IMAP mailbox against a scripted server: what it does when all is well, and what when it is not.

#[path = "../support/fake_imap.rs"]
mod fake_imap;
mod faults;
mod well;
