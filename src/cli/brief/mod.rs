//! A task from a brief, a file with settings on top and words below, or from flags. One checker serves both.
//!
//! | file | knows |
//! |---|---|
//! | `file` | the settings between the `+++` lines |
//! | `body` | the headings and lists below them |
//! | `check` | what a brief needs, and what its times and names mean |
//! | `attach` | the files that go with it |

mod attach;
mod body;
mod check;
mod file;

pub use attach::AttachedFile;
pub use check::NewTask;

use crate::{
    cli::args::TaskAddArgs,
    config::{document::Given, example::Example, review::Review},
};
use std::{
    ops::Range,
    path::{Path, PathBuf},
};

/// The brief that `handback help brief` shows; every key is in it.
pub const EXAMPLE: Example =
    Example { name: "`handback help brief`", text: include_str!("../help/brief.example.md") };

/// A brief as it was written or typed, and what is already known to be wrong with it.
#[derive(Debug)]
pub struct Draft {
    input: BriefInput,
    review: Review,
}

/// The values of a brief, unchecked.
#[derive(Debug, Default)]
struct BriefInput {
    title: Option<Given>,
    assistant: Option<Given>,
    due: Option<Given>,
    /// The clock that times are on, instead of the assistant's.
    zone: Option<Given>,
    hard: bool,
    limit: Option<Given>,
    why: Option<Given>,
    done_means: Option<Given>,
    pay: Option<Given>,
    update: Option<UpdateInput>,
    steps: Vec<Given>,
    parts: Vec<PartInput>,
    files: Vec<Given>,
    /// The line that opens the settings of a file.
    fence: Option<Range<usize>>,
    /// Where the paths of files start.
    folder: PathBuf,
    names: Names,
}

#[derive(Debug)]
struct UpdateInput {
    header: Option<Range<usize>>,
    what: Option<Given>,
    by: Option<Given>,
}

#[derive(Debug)]
struct PartInput {
    header: Option<Range<usize>>,
    title: Option<Given>,
    due: Option<Given>,
}

/// What keys are called where a flag has another name than the key in a file.
#[derive(Debug, Clone, Copy)]
struct Names {
    steps: &'static str,
    parts: &'static str,
    part_title: &'static str,
    part_due: &'static str,
    files: &'static str,
    update_what: &'static str,
    update_by: &'static str,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            steps: "steps",
            parts: "parts",
            part_title: "title",
            part_due: "due",
            files: "files",
            update_what: "what",
            update_by: "by",
        }
    }
}

impl Draft {
    /// Takes the flags of `task add`. Paths start at `here`.
    pub fn from_flags(args: &TaskAddArgs, here: &Path) -> Self {
        let given = |text: &Option<String>| text.clone().map(Given::from);
        let all = |texts: &[String]| texts.iter().cloned().map(Given::from).collect();
        let update = args.update.is_some() || args.update_by.is_some();
        let input = BriefInput {
            title: given(&args.title),
            assistant: given(&args.assistant),
            due: given(&args.due),
            zone: given(&args.zone),
            hard: args.hard,
            limit: given(&args.limit),
            why: given(&args.why),
            done_means: given(&args.done_means),
            pay: given(&args.pay),
            update: update.then(|| UpdateInput {
                header: None,
                what: given(&args.update),
                by: given(&args.update_by),
            }),
            steps: all(&args.steps),
            parts: args.parts.iter().map(|part| PartInput::from_flag(part)).collect(),
            files: args.files.iter().map(|path| Given::from(path.display().to_string())).collect(),
            fence: None,
            folder: here.to_owned(),
            names: Names {
                steps: "step",
                parts: "part",
                part_title: "part",
                part_due: "part",
                files: "with",
                update_what: "update",
                update_by: "update_by",
            },
        };
        Self { input, review: Review::of_flags() }
    }
}

impl PartInput {
    /// `First ten rows by 2026-11-25 12:00`; what stands behind the last "by" counts where it begins like a date.
    fn from_flag(text: &str) -> Self {
        let (title, due) = match text.rsplit_once(" by ") {
            Some((title, due)) if due.trim_start().starts_with(|c: char| c.is_ascii_digit()) => (title, Some(due)),
            Some(_) | None => (text, None),
        };
        Self { header: None, title: Some(title.to_owned().into()), due: due.map(|due| due.to_owned().into()) }
    }
}
