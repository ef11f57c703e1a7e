//! handback: the daemon between owners and remote assistants.
//!
//! Tasks go out as letters, ordinary replies come back, the ledger knows what was said and agreed.
//!
//! ```text
//! domain/         what exists: people, tasks, events, statements, letters, calendars     core
//! understanding/  from a person's words to statements and commands                       core
//! policy/         from a task and the time to the next step                              core
//! letters/        from what there is to say to the words we send                         core
//! ledger/         SQLite: events, projections, inbox, notices, outbox                    shell
//! mailbox/        IMAP, or a folder; MIME to a decoded mail                              shell
//! post/           SMTP, or a folder; a letter to MIME                                    shell
//! config/         config.toml as written, then as checked                                shell
//! daemon/         one round: intake, rounds, dispatch; and the loop around it            shell
//! cli/            one file a command                                                     shell
//! clock.rs remedy.rs secret.rs telemetry.rs   the time, what to do about an error, passwords, the log
//! ```
//!
//! The core takes values and returns values. Use goes inwards only: the shell uses the core, the core uses
//! `domain`. `tests/architecture.rs` keeps this map and that rule true.

pub mod cli;
pub mod clock;
pub mod config;
pub mod daemon;
pub mod domain;
pub mod ledger;
pub mod letters;
pub mod mailbox;
pub mod policy;
pub mod post;
pub mod remedy;
pub mod secret;
pub mod telemetry;
pub mod understanding;
