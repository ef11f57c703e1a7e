//! Plays the scenes: moves the clock, lets mail arrive, and does the daemon's rounds.

use super::{
    office,
    reply::{self, Answered},
    scenes::{Deed, SCENES, Scene, Writes, begins, ends},
    sent,
};
use crate::{
    cli::{
        desk::Desk,
        exit::{Exit, Trouble},
    },
    daemon::{Daemon, DaemonError},
    mailbox::{After, FolderMailbox, Mailbox},
    post::{FolderPost, Post},
};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Where mail arrives, as the folder mailbox has it.
const INBOX: &str = "mail/inbox";
pub(super) const MAIL: &str = "mail";
/// Where letters leave to.
pub(super) const LETTERS: &str = "letters";

/// How long the daemon sleeps where nothing happens.
const STEP: TimeDelta = TimeDelta::minutes(15);

/// Plays the whole week in `dir`.
pub(super) async fn play(dir: &Path) -> Result<(), Trouble> {
    let mut now = begins();
    let mut daemon = daemon(office::found(dir, now)?, dir)?;
    let mut scenes = SCENES.iter().peekable();
    fs::create_dir_all(dir.join(INBOX)).map_err(|error| cannot("make", &dir.join(INBOX), &error))?;
    daemon.start(now).map_err(|error| in_daemon(&error))?;
    // A mailbox is read from where it ended at first sight, and so is this one.
    daemon.round(now).await.map_err(|error| in_daemon(&error))?;
    loop {
        daemon.ledger.set_frozen_clock(now)?;
        while let Some(scene) = scenes.next_if(|scene| scene.at() <= now) {
            perform(scene, &mut daemon, dir, now)?;
        }
        daemon.round(now).await.map_err(|error| in_daemon(&error))?;
        if now >= ends() {
            return Ok(());
        }
        let next = scenes.peek().map_or(ends(), |scene| scene.at());
        now = next.min(full_step(now) + STEP).min(ends());
    }
}

fn full_step(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(STEP).unwrap_or(now)
}

fn daemon(desk: Desk, dir: &Path) -> Result<Daemon, Trouble> {
    let post = FolderPost::open(dir.join(LETTERS)).map_err(|error| Trouble::from_error(Exit::Failed, &error))?;
    let mailbox = Mailbox::Folder(FolderMailbox::new(dir.join(MAIL), After::Keep));
    let (key, templates) = (desk.key()?, desk.templates()?);
    Ok(Daemon::new(desk.ledger, mailbox, Post::Folder(post), desk.rules, key, templates, 0))
}

fn perform(scene: &Scene, daemon: &mut Daemon, dir: &Path, now: DateTime<Utc>) -> Result<(), Trouble> {
    match &scene.deed {
        Deed::AddsAssistants => office::add_assistants(&mut daemon.ledger, now),
        Deed::HandsOverTasks => office::hand_over_tasks(&mut daemon.ledger, now),
        Deed::Writes(writes) => {
            let letter = match writes.to {
                Some((kind, task)) => Some(sent::newest(&dir.join(LETTERS), scene.who.address(), kind, task)?),
                None => None,
            };
            arrive(dir, writes.name, &written(scene, writes, letter.as_ref())?)
        }
        Deed::Repeats(name) => {
            let first = arrived(dir, name);
            let again = fs::read(&first).map_err(|error| cannot("read", &first, &error))?;
            arrive(dir, &format!("{name}-again"), &again)
        }
    }
}

fn written(scene: &Scene, writes: &Writes, letter: Option<&crate::domain::mail::Mail>) -> Result<Vec<u8>, Trouble> {
    let pressed = match (&writes.press, letter) {
        (Some(press), Some(letter)) => Some(sent::press(letter, press)?),
        (None, _) | (_, None) => None,
    };
    let at = scene.at().with_timezone(&scene.who.zone()).fixed_offset();
    let id = format!("{}@mail.example", writes.name);
    Ok(reply::reply(writes.template, &Answered { letter, pressed, at, id: &id }))
}

fn arrived(dir: &Path, name: &str) -> PathBuf {
    dir.join(INBOX).join(format!("{name}.eml"))
}

fn arrive(dir: &Path, name: &str, mail: &[u8]) -> Result<(), Trouble> {
    let path = arrived(dir, name);
    fs::write(&path, mail).map_err(|error| cannot("write", &path, &error))
}

pub(super) fn cannot(doing: &str, path: &Path, error: &io::Error) -> Trouble {
    Trouble::new(Exit::Failed, format!("handback: could not {doing} {}\n  because: {error}", path.display()))
}

fn in_daemon(error: &DaemonError) -> Trouble {
    Trouble::from_error(Exit::Failed, error)
}
