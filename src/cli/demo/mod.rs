//! `handback demo`: a made-up week on embedded parts.
//!
//! Mail comes from a folder, letters go to a folder, and the clock is moved by hand. Everything between is the daemon
//! itself: its rounds, its ledger, its reader and its letters.
//!
//! | file | knows |
//! |---|---|
//! | `office` | Whitfield Ceramics, its people and its tasks, in `config.toml`, `assistants.toml` and `briefs/` |
//! | `scenes` | what they do in that week, and when |
//! | `week` | plays the scenes: moves the clock, lets mail arrive, does the daemon's rounds |
//! | `reply` | the mail that a mail program makes of a letter, from the templates in `mails/` |
//! | `sent` | the letters in the folder, and pressing their links |
//! | `told` | what is told at the end |

mod office;
mod reply;
mod scenes;
mod sent;
mod told;
mod week;

use super::{
    args::Global,
    exit::{Exit, Trouble},
};
use std::{
    fs::DirBuilder,
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

/// Plays the week in the folder of `--dir`, or in a new one, and tells what came of it.
pub fn run(global: &Global) -> Result<Exit, Trouble> {
    let dir = match &global.dir {
        Some(dir) => unused(dir)?,
        None => new_folder(&std::env::temp_dir())?,
    };
    eprintln!("Playing a week of an office in {} …", dir.display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Trouble::from_error(Exit::Failed, &error))?;
    runtime.block_on(week::play(&dir))?;
    super::print(&told::of(&dir)?)?;
    Ok(Exit::Fine)
}

/// The folder itself, where it may be filled: it is empty or not there yet.
fn unused(dir: &Path) -> Result<PathBuf, Trouble> {
    match dir.read_dir().map(|mut entries| entries.next()) {
        Ok(None) => Ok(dir.to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(dir.to_owned()),
        Ok(Some(_)) => {
            let words = format!(
                "handback: {} is not empty, and the demo overwrites nothing (name a folder that is not there yet)",
                dir.display()
            );
            Err(Trouble::new(Exit::Failed, words))
        }
        Err(error) => Err(week::cannot("look into", dir, &error)),
    }
}

/// Makes a folder that was not there before.
fn new_folder(parent: &Path) -> Result<PathBuf, Trouble> {
    for number in 1..=9_999 {
        let dir = parent.join(format!("handback-demo-{number}"));
        match DirBuilder::new().mode(0o700).create(&dir) {
            Ok(()) => return Ok(dir),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(week::cannot("make", &dir, &error)),
        }
    }
    let words = format!("handback: {} is full of demos (name another folder with --dir)", parent.display());
    Err(Trouble::new(Exit::Failed, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_never_touches_a_folder_that_holds_something() {
        let parent = tempfile::tempdir().unwrap();
        assert_eq!(unused(parent.path()).unwrap(), parent.path());
        assert_eq!(unused(&parent.path().join("new")).unwrap(), parent.path().join("new"));
        let first = new_folder(parent.path()).unwrap();
        assert_ne!(new_folder(parent.path()).unwrap(), first);
        let refused = unused(parent.path()).unwrap_err();
        assert!(refused.words.contains("is not empty"), "{}", refused.words);
        std::fs::write(first.join("file"), "x").unwrap();
        assert!(unused(&first.join("file")).unwrap_err().words.contains("could not look into"));
    }
}
