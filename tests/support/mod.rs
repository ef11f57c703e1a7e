//! What the tests with real or scripted servers share.
//!
//! | file | knows |
//! |---|---|
//! | `stack` | a real Dovecot and Postfix on loopback, and the mail of their people |
//! | `fake_smtp` | an SMTP server that answers by script, for what real ones do only on bad days |
//! | `office` | an office on a real ledger with folders for mail and a clock that the test moves |
//! | `mail_program` | what people's mail programs do |
//! | `posting` | a post whose server is that one, and its outcome in one line |

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own share of this")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

pub mod fake_smtp;
pub mod mail_program;
pub mod office;
pub mod posting;
pub mod stack;
