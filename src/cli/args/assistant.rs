//! `handback assistant …`

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum AssistantCommand {
    /// Add one
    Add(AssistantAddArgs),
    /// Add all of a file, see `handback help files`
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// All assistants, with their clocks
    List,
    /// One assistant, with open tasks
    Show {
        #[arg(value_name = "WHO")]
        who: String,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(after_long_help = "Example:
  handback assistant add --name 'Jomar Reyes' --address jomar@assistant.example --zone Asia/Manila \\
      --fallback 'phone +63 917 555 0100'

A short hello goes out, and the first task waits until it is answered; --no-hello leaves it out.")]
pub struct AssistantAddArgs {
    /// Their name, as letters show it
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Where they read mail and answer from
    #[arg(long, value_name = "ADDRESS")]
    pub address: Option<String>,
    /// Their time zone, such as Asia/Manila
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Working days, such as mon,tue,wed [default: mon to fri]
    #[arg(long, value_name = "DAYS", value_delimiter = ',')]
    pub days: Vec<String>,
    /// Working hours [default: 09:00-18:00]
    #[arg(long, value_name = "HOURS")]
    pub hours: Option<String>,
    /// Hours in which letters may arrive [default: 07:00-20:00]
    #[arg(long, value_name = "HOURS")]
    pub letters: Option<String>,
    /// Days off, such as 2026-12-25
    #[arg(long, value_name = "DATES", value_delimiter = ',')]
    pub holidays: Vec<String>,
    /// How to reach them when mail does not
    #[arg(long, value_name = "WORDS")]
    pub fallback: Option<String>,
    /// Send no hello; the first task goes out at once
    #[arg(long)]
    pub no_hello: bool,
}
