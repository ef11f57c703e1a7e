//! `handback status`: whether all is well.

use super::{
    args::{Global, StatusArgs},
    desk::Desk,
    exit::{Exit, Trouble},
    print,
};
use crate::{
    config::Environment,
    domain::{letter::Fate, task::Turn},
    ledger::{Daemon, LedgerError, Opening, View, daemon_of},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// A mailbox that was not read to its end for this long wants somebody to look.
const DEAF_AFTER: TimeDelta = TimeDelta::minutes(30);

/// What can be told of the office at a glance.
struct Status {
    daemon: Option<u32>,
    read_to_end_at: Option<DateTime<Utc>>,
    held_since: Option<DateTime<Utc>>,
    /// Put back from a backup, and not resumed since.
    restored: bool,
    /// Since then a letter left that was not ours.
    another: bool,
    open: usize,
    need_owner: usize,
    held_mails: usize,
    waiting_mails: u32,
    letters: Vec<(&'static str, usize)>,
    troubles: Vec<String>,
}

/// Does what `handback status` says.
pub(super) fn run(args: StatusArgs, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let desk = Desk::open(global, environment, Opening::ReadOnly)?;
    let status = Status::of(&desk)?;
    print(&if global.json { status.as_json() } else { status.in_words(desk.now) })?;
    Ok(if args.check && !status.troubles.is_empty() { Exit::NotWell } else { Exit::Fine })
}

impl Status {
    fn of(desk: &Desk) -> Result<Self, Trouble> {
        let view = desk.ledger.view();
        let tasks = view.open_tasks()?;
        let daemon = match daemon_of(desk.ledger.dir())? {
            Daemon::Running { pid } => pid,
            Daemon::NotRunning => None,
        };
        let restored = view.restored()?;
        let marks = view.bookmarks()?;
        let ends: Option<Vec<DateTime<Utc>>> = marks.iter().map(|mark| mark.read_to_end_at).collect();
        let mut status = Self {
            daemon,
            read_to_end_at: ends.and_then(|ends| ends.into_iter().min()),
            held_since: view.sending_held()?.map(|brake| brake.since),
            restored: restored.is_some(),
            another: restored.is_some_and(|restored| restored.of_another().is_some()),
            open: tasks.len(),
            need_owner: tasks.iter().filter(|task| matches!(task.turn(), Turn::Owner { .. })).count(),
            held_mails: view.held_mails()?.len(),
            waiting_mails: view.waiting_mails()?,
            letters: letters(view)?,
            troubles: Vec::new(),
        };
        let frozen = desk.ledger.frozen_clock()?.is_some();
        status.troubles = status.troubles(desk.now, frozen);
        Ok(status)
    }

    fn troubles(&self, now: DateTime<Utc>, frozen: bool) -> Vec<String> {
        let mut troubles = Vec::new();
        if !frozen && self.daemon.is_none() {
            troubles.push("the daemon is not running".to_owned());
        }
        if self.another {
            troubles.push("another handback uses this mailbox".to_owned());
        }
        if self.restored {
            troubles.push("the ledger was put back from a backup: see `handback resume`".to_owned());
        } else if self.held_since.is_some() {
            troubles.push("all outgoing mail is held".to_owned());
        }
        match self.read_to_end_at {
            None => troubles.push("the mailbox was never read to its end".to_owned()),
            Some(at) if now - at > DEAF_AFTER => troubles.push("the mailbox was not read for a while".to_owned()),
            Some(_) => {}
        }
        for (fate, count) in &self.letters {
            if *fate != "planned" && *count > 0 {
                troubles.push(format!("{count} letters are {fate}"));
            }
        }
        troubles
    }

    fn in_words(&self, now: DateTime<Utc>) -> String {
        let daemon = match self.daemon {
            Some(pid) => format!("running, process {pid}"),
            None => "not running".to_owned(),
        };
        let read = match self.read_to_end_at {
            Some(at) => format!("read to its end {} min ago", (now - at).num_minutes().max(0)),
            None => "never read to its end".to_owned(),
        };
        let letters: Vec<String> = self
            .letters
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(fate, count)| format!("{count} {fate}"))
            .collect();
        let waiting = if letters.is_empty() { "none waiting".to_owned() } else { letters.join(", ") };
        let mut text = format!(
            "Daemon   {daemon}\nMailbox  {read}\nMails    {} held, {} not read yet\nTasks    {} open, {} need the owner\n\
             Letters  {waiting}\n",
            self.held_mails, self.waiting_mails, self.open, self.need_owner
        );
        for trouble in &self.troubles {
            text.push_str(&format!("Look at  {trouble}\n"));
        }
        text
    }

    fn as_json(&self) -> String {
        let letters: serde_json::Map<String, Value> =
            self.letters.iter().map(|(fate, count)| ((*fate).to_owned(), json!(count))).collect();
        let value = json!({
            "schema": 1,
            "daemon": self.daemon,
            "read_to_end_at": self.read_to_end_at,
            "held_since": self.held_since,
            "restored": self.restored,
            "tasks_open": self.open,
            "tasks_needing_owner": self.need_owner,
            "mails_held": self.held_mails,
            "mails_waiting": self.waiting_mails,
            "letters": letters,
            "troubles": self.troubles,
        });
        format!("{value}\n")
    }
}

fn letters(view: View<'_>) -> Result<Vec<(&'static str, usize)>, LedgerError> {
    [(Fate::Planned, "planned"), (Fate::Waiting, "waiting"), (Fate::InDoubt, "in doubt"), (Fate::Refused, "refused")]
        .into_iter()
        .map(|(fate, name)| Ok((name, view.letters_in(fate)?.len())))
        .collect()
}
