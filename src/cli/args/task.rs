//! `handback task …`

use crate::domain::id::TaskId;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum TaskCommand {
    /// Write a task, from a brief or from flags, and hand it over
    Add(Box<TaskAddArgs>),
    /// All open tasks
    List {
        /// Closed and cancelled ones too
        #[arg(long)]
        all: bool,
        /// Of one assistant only, by name or address
        #[arg(long, value_name = "WHO")]
        assistant: Option<String>,
    },
    /// One task with its whole story
    Show { task: TaskId },
    /// Hand a drafted task over: its letter goes out
    Send { task: TaskId },
    /// Answer the assistant's open questions
    Answer {
        task: TaskId,
        #[arg(value_name = "WORDS")]
        words: String,
    },
    /// Accept what was handed back, and close the task
    Accept {
        task: TaskId,
        /// A word of feedback for the assistant
        #[arg(value_name = "WORDS")]
        words: Option<String>,
    },
    /// Ask for changes to what was handed back
    Return {
        task: TaskId,
        #[arg(value_name = "WORDS")]
        words: String,
        /// By when, on the assistant's clock [default: the date that stands]
        #[arg(long, value_name = "TIME")]
        due: Option<String>,
    },
    /// Move a task's due date
    Move {
        task: TaskId,
        /// Such as "2026-11-27 17:00", on the assistant's clock
        #[arg(value_name = "TIME")]
        due: String,
    },
    /// Write to the assistant about a task
    Tell {
        task: TaskId,
        #[arg(value_name = "WORDS")]
        words: String,
    },
    /// Cancel a task and tell the assistant
    Cancel {
        task: TaskId,
        /// Why, for the assistant
        #[arg(value_name = "WORDS")]
        words: Option<String>,
    },
    /// Note that the assistant was heard by another way than mail
    Heard {
        task: TaskId,
        /// What they said
        #[arg(value_name = "WORDS")]
        words: Option<String>,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(after_long_help = "Examples:
  handback task add --file brief.md
  handback task add --title 'List 40 stockists' --assistant Jomar --due '2026-11-27 17:00' \\
      --limit 6h --why 'The catalogue goes to print on 7 December' \\
      --done-means '40 rows, no empty email field'

A due time is on the assistant's clock unless --zone names another. `handback help brief` tells all about
briefs and shows one.")]
pub struct TaskAddArgs {
    /// A brief with its settings on top, see `handback help brief`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["title", "assistant", "due", "zone", "hard", "limit", "why",
        "done_means", "pay", "update", "update_by", "steps", "parts", "files"])]
    pub file: Option<PathBuf>,
    /// What it is, in a few words: the subject of every letter about it
    #[arg(long, value_name = "WORDS")]
    pub title: Option<String>,
    /// Who it is for, by name or address
    #[arg(long, value_name = "WHO")]
    pub assistant: Option<String>,
    /// By when, such as "2026-11-27 17:00", on the assistant's clock
    #[arg(long, value_name = "TIME")]
    pub due: Option<String>,
    /// The clock that the times are on, instead of the assistant's
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// The due date does not move with unanswered questions
    #[arg(long)]
    pub hard: bool,
    /// Most working time it may take, such as 6h
    #[arg(long, value_name = "TIME")]
    pub limit: Option<String>,
    /// Why it matters
    #[arg(long, value_name = "WORDS")]
    pub why: Option<String>,
    /// How both sides see that it is finished
    #[arg(long, value_name = "WORDS")]
    pub done_means: Option<String>,
    /// What is paid for it
    #[arg(long, value_name = "WORDS")]
    pub pay: Option<String>,
    /// What to send for an early look
    #[arg(long, value_name = "WORDS", requires = "update_by")]
    pub update: Option<String>,
    /// By when to send it
    #[arg(long, value_name = "TIME", requires = "update")]
    pub update_by: Option<String>,
    /// One thing to hand back; once for each
    #[arg(long = "step", value_name = "WORDS")]
    pub steps: Vec<String>,
    /// A part of a large task, with " by TIME" behind it where it has its own date; once for each
    #[arg(long = "part", value_name = "WORDS")]
    pub parts: Vec<String>,
    /// A file to go with it; once for each
    #[arg(long = "with", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only write it down; `handback task send` hands it over later
    #[arg(long)]
    pub draft: bool,
    /// Do not wait for the assistant's answer to the hello
    #[arg(long, conflicts_with = "draft")]
    pub no_wait: bool,
}
