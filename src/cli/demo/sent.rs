//! The letters in the folder, as their readers' mail programs find them and press their links.

use super::{
    reply::{Press, Pressed, taps},
    week::cannot,
};
use crate::{
    cli::exit::{Exit, Trouble},
    domain::{mail::Mail, notice::NoticeKind},
    mailbox::mime,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files of all letters in `folder` with this ending, the oldest first.
pub(super) fn all(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Trouble> {
    let unreadable = |error| cannot("read", folder, &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|found| found == ending) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The newest letter of this kind to `address`, about `task` where one is named.
pub(super) fn newest(folder: &Path, address: &str, kind: NoticeKind, task: &str) -> Result<Mail, Trouble> {
    let end = format!("-{}-{address}.eml", kind.name());
    for path in all(folder, "eml")?.iter().rev().filter(|path| path.to_string_lossy().ends_with(&end)) {
        let letter = mime::decode(&fs::read(path).map_err(|error| cannot("read", path, &error))?);
        if task.is_empty() || letter.subject.starts_with(&format!("[{task}]")) {
            return Ok(letter);
        }
    }
    let words =
        format!("handback: the demo waits for a letter ({}, {task}) to {address}, and none came", kind.name());
    Err(Trouble::new(Exit::Failed, words))
}

/// Presses the tap of `letter` that begins with the word, and fills in its prompts.
pub(super) fn press(letter: &Mail, press: &Press) -> Result<Pressed, Trouble> {
    let word = press.word.as_str();
    let found = taps(letter.html.as_deref().unwrap_or_default()).into_iter().find(|tap| tap.body.starts_with(word));
    let mut pressed = found.ok_or_else(|| {
        Trouble::new(Exit::Failed, format!("handback: the letter `{}` offers no {word}", letter.subject))
    })?;
    for (prompt, typed) in press.filled {
        pressed.body = pressed.body.replace(prompt, &format!("{prompt} {typed}"));
    }
    Ok(pressed)
}
