//! What can be typed behind `handback`; `task` and `assistant` have a file of their own.

mod assistant;
mod task;

pub use assistant::{AssistantAddArgs, AssistantCommand};
pub use task::{TaskAddArgs, TaskCommand};

use crate::domain::{id::TaskId, statement::Act};
use chrono::NaiveDate;
use clap::{ArgGroup, Args, Parser, Subcommand};
use std::path::PathBuf;

/// The daemon between owners and remote assistants: tasks go out by email, ordinary replies come back, and
/// the ledger knows what was said and agreed.
#[derive(Debug, Parser)]
#[command(name = "handback", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "Begin with `handback help start`. What a command prints is on stdout, talk is on stderr.")]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct Global {
    /// The config to use, instead of the first one found
    ///
    /// Without it: $HANDBACK_CONFIG, ./config.toml, ~/.config/handback/config.toml, /etc/handback/config.toml.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Look at the ledger in this folder, without any config
    ///
    /// For the folder that `handback demo` leaves, or a copy of a real one.
    #[arg(long, global = true, value_name = "DIR", conflicts_with = "config")]
    pub dir: Option<PathBuf>,
    /// Print data as JSON, with "schema": 1
    #[arg(long, global = true)]
    pub json: bool,
    /// Say more; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a config, a ledger and its token key
    ///
    /// Without flags: make the ledger and the key for a config.toml that is there already.
    Init {
        #[command(flatten)]
        settings: Option<InitArgs>,
    },
    /// Tell every mistake in config.toml, each with its line and a cure
    Check,
    /// Read mail, remind, send letters: the daemon
    Run(RunArgs),
    /// Play a week of an office on embedded parts, without any server
    ///
    /// The ledger is left in the folder of --dir, where it can be looked at afterwards.
    #[command(after_long_help = "Example:
  handback demo --dir /tmp/week
  handback --dir /tmp/week task list
  handback --dir /tmp/week digest --print")]
    Demo,
    /// Tasks: write, hand over, answer, accept
    #[command(subcommand)]
    Task(TaskCommand),
    /// Assistants: add, list
    #[command(subcommand)]
    Assistant(AssistantCommand),
    /// Received mail: list, look at, release what is held, correct how it was read
    #[command(subcommand)]
    Mail(MailCommand),
    /// The owner's page of the day
    Digest(DigestArgs),
    /// Show how a mail would be read, touching nothing
    Explain(ExplainArgs),
    /// The ledger itself: verify, rebuild
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Whether all is well
    Status(StatusArgs),
    /// Stop all outgoing mail until `handback resume`
    Hold {
        /// Why, for the ledger and the owner's digest
        #[arg(value_name = "WHY")]
        why: Option<String>,
    },
    /// Let outgoing mail leave again
    Resume {
        /// After a restore: what would leave has been seen
        #[arg(long)]
        seen: bool,
    },
    /// Write the ledger, its key and config.toml into one file, beside a running daemon or without one
    ///
    /// The file holds people's words and the key that signs letters, so only its owner may read it (mode 0600). The
    /// mailbox's password is not in it. A backup that is cut off leaves a file that ends in `.unfinished`: the next one
    /// to the same place replaces it, or it can be deleted.
    #[command(after_long_help = "Examples:
  handback backup /var/backups/handback       a new file in that folder, named after the time
  handback backup before-the-move.backup      this file, which may not be there yet")]
    Backup {
        /// A folder, or the name of a new file
        #[arg(value_name = "FILE|DIR")]
        to: PathBuf,
    },
    /// Put a backup in place, where no ledger is
    ///
    /// The ledger is put where config.toml says, or into --dir to look at it; without a config.toml, the one in the
    /// backup is put where `init` would. Nothing that is there is replaced. Nothing leaves before the mailbox and Sent
    /// were read back to the day of the backup, and `handback resume` has shown what would leave.
    Restore {
        #[arg(value_name = "FILE")]
        from: PathBuf,
    },
    /// Read about a topic
    Help {
        /// Which one; without it, the list
        #[arg(value_name = "TOPIC")]
        topic: Option<String>,
    },
}

/// Nothing is asked: every value is a flag, so that a script can do it.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_long_help = "Example:
  handback init --owner-name 'Maya Ellison' --owner-address maya@harbour-pine.example \\
      --zone Europe/London --mailbox tasks@harbour-pine.example \\
      --password-file ~/.config/handback/mailbox.password

Writes config.toml, a new ledger and token.key. A file that is there already is never replaced.")]
pub struct InitArgs {
    /// The owner's name, as letters show it
    #[arg(long, value_name = "NAME", required = false, requires_all = ["owner_address", "zone", "mailbox"])]
    pub owner_name: String,
    /// Where the owner reads mail
    #[arg(long, value_name = "ADDRESS", required = false, requires = "owner_name")]
    pub owner_address: String,
    /// The owner's time zone, such as Europe/London
    #[arg(long, value_name = "ZONE", required = false, requires = "owner_name")]
    pub zone: String,
    /// The address of the mailbox that handback owns
    #[arg(long, value_name = "ADDRESS", required = false, requires = "owner_name")]
    pub mailbox: String,
    /// The file with the mailbox's password, mode 0600 [default: mailbox.password beside config.toml]
    #[arg(long, value_name = "FILE", requires = "owner_name")]
    pub password_file: Option<PathBuf>,
    /// Read the password from stdin and write that file
    #[arg(long, requires = "owner_name")]
    pub password_stdin: bool,
    /// Where the ledger goes [default: the usual place]
    #[arg(long, value_name = "DIR", requires = "owner_name")]
    pub data_dir: Option<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_long_help = "Examples:
  handback run                       until it is told to stop; SIGHUP lets it read the config anew
  handback run --once                one round, for cron
  handback run --once --dry-run      letters go to a folder, nobody gets mail")]
pub struct RunArgs {
    /// Do one round and end
    #[arg(long)]
    pub once: bool,
    /// Put letters into a folder of the data directory instead of sending them
    #[arg(long)]
    pub dry_run: bool,
    /// On the first start, read mail from this day on, such as 2026-11-01
    #[arg(long, value_name = "DATE")]
    pub since: Option<NaiveDate>,
}

#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Received mails and what became of them
    List {
        /// Only those that wait for the owner
        #[arg(long)]
        held: bool,
    },
    /// One mail, as it was read
    Show {
        #[arg(value_name = "MAIL")]
        mail: i64,
        /// Write the whole mail and its files into this folder
        #[arg(long, value_name = "DIR")]
        save: Option<PathBuf>,
    },
    /// Let a held mail count
    Release {
        #[arg(value_name = "MAIL")]
        mail: i64,
    },
    /// Say what a mail really said
    ///
    /// What followed from the wrong reading is taken back, what follows from the right one is done, and the same words
    /// of the same person are read your way from then on.
    Correct(CorrectArgs),
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(after_long_help = "Examples:
  handback mail correct 17 --is done --not confirm
  handback mail correct 17 --is question --words 'and the scans'
  handback mail correct 17 --nothing

An ACT is one of: confirm, decline, question, progress, done, blocked, extension, hours, expense,
suggestion, absence, capacity (see `handback help replies`). What was read and is not named stays.")]
#[command(group = ArgGroup::new("meaning").args(["is", "not", "nothing"]).required(true).multiple(true))]
pub struct CorrectArgs {
    #[arg(value_name = "MAIL")]
    pub mail: i64,
    /// The task that is meant, where the mail is about several
    #[arg(long, value_name = "TASK")]
    pub task: Option<TaskId>,
    /// It says this; may be given several times
    #[arg(long, value_name = "ACT", value_delimiter = ',', value_parser = act)]
    pub is: Vec<Act>,
    /// It does not say this, though it was read so
    #[arg(long, value_name = "ACT", value_delimiter = ',', value_parser = act)]
    pub not: Vec<Act>,
    /// It says nothing that anybody has to act on
    #[arg(long, conflicts_with_all = ["is", "not"])]
    pub nothing: bool,
    /// The words that say it, where the mail has several sentences
    #[arg(long, value_name = "WORDS")]
    pub words: Option<String>,
}

/// The act of that name.
fn act(typed: &str) -> Result<Act, String> {
    let wanted = typed.trim().to_lowercase();
    let known = || Act::ALL.map(Act::name).join(", ");
    Act::ALL
        .into_iter()
        .find(|act| act.name() == wanted)
        .ok_or_else(|| format!("there is no act of that name; use one of {}", known()))
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[group(id = "how", multiple = false)]
pub struct DigestArgs {
    /// Print it as text (this is the default)
    #[arg(long)]
    pub print: bool,
    /// Write it as a web page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Send it to the owner now
    #[arg(long)]
    pub send: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(after_long_help = "Examples:
  handback explain reply.eml
  handback --dir week explain reply.eml      with the people and tasks of that ledger
  handback explain --jsonl < replies.jsonl

A weight is in log-odds: above 0 it spoke for the act. Those of one statement add up to its sum.")]
pub struct ExplainArgs {
    /// Mails as files
    #[arg(value_name = "FILE", required_unless_present = "jsonl")]
    pub files: Vec<PathBuf>,
    /// Read JSON Lines on stdin, and write one line for each
    #[arg(long, conflicts_with = "files")]
    pub jsonl: bool,
}

#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Follow the chain of events from the first to the last
    Verify {
        /// The head that a digest showed, such as 7f3a-91c2-0be4
        #[arg(long, value_name = "HEAD")]
        head: Option<String>,
    },
    /// Make the tables of state anew, from the events alone
    Rebuild,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Args)]
pub struct StatusArgs {
    /// Exit with 3 when something wants a person
    #[arg(long)]
    pub check: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_says_what_it_is_for() {
        fn look(command: &clap::Command) {
            for below in command.get_subcommands() {
                assert!(below.get_about().is_some(), "{}", below.get_name());
                look(below);
            }
        }
        look(&Cli::command());
    }
}
