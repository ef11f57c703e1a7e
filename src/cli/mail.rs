//! `handback mail`: received mail, what became of it, letting a held one count, and saying what one really said.

use super::{
    args::{CorrectArgs, Global, MailCommand},
    desk::{Desk, by_command},
    exit::{Exit, Trouble},
    print,
    table::{listed, one, table, wall},
    task_view::meaning,
};
use crate::{
    config::Environment,
    daemon::{correction, no_question_back},
    domain::{
        event::{Cause, Event, Fact, NewEvent, Outcome},
        id::{InboxId, PersonId, TaskId},
        lesson::{Lesson, Nothing, Wish},
        mail::Mail,
        task::{Task, Turn},
    },
    ledger::{Events, InboxRow, MailFilter, MailState, Opening},
    mailbox::mime,
    policy::correction::correct,
};
use chrono_tz::Tz;
use serde_json::{Value, json};
use std::{fmt::Write, fs, path::Path};

/// Does what `handback mail …` says.
pub(super) fn run(command: &MailCommand, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    match command {
        MailCommand::List { held } => list(&Desk::open(global, environment, Opening::ReadOnly)?, *held, global.json),
        MailCommand::Show { mail, save } => {
            show(&Desk::open(global, environment, Opening::ReadOnly)?, InboxId(*mail), save.as_deref(), global.json)
        }
        MailCommand::Release { mail } => {
            release(&mut Desk::open(global, environment, Opening::Command)?, InboxId(*mail))
        }
        MailCommand::Correct(args) => {
            correct_mail(&mut Desk::open(global, environment, Opening::Command)?, args, global.json)
        }
    }
}

/// One mail as the lists show it.
pub(super) struct Line {
    row: InboxRow,
    pub(super) mail: Mail,
}

impl Line {
    pub(super) fn of(desk: &Desk, row: InboxRow) -> Result<Self, Trouble> {
        let raw = desk.ledger.view().raw_mail(row.id)?;
        Ok(Self { mail: raw.map(|raw| mime::decode(&raw)).unwrap_or_default(), row })
    }

    pub(super) fn from(&self) -> String {
        let Some(party) = self.mail.from.first() else { return "no sender".into() };
        party.address.as_ref().map_or_else(|| party.name.clone(), ToString::to_string)
    }

    pub(super) fn outcome(&self) -> (String, String) {
        match &self.row.state {
            MailState::Taken | MailState::InWork => ("waiting".into(), self.row.trouble.clone()),
            MailState::Done(end) => (end.outcome.to_string(), end.why.clone()),
        }
    }

    fn as_json(&self) -> Value {
        let (outcome, why) = self.outcome();
        json!({
            "id": self.row.id,
            "taken_at": self.row.taken_at,
            "from": self.from(),
            "subject": self.mail.subject,
            "outcome": outcome,
            "why": why,
        })
    }
}

fn owner_zone(desk: &Desk) -> Result<Tz, Trouble> {
    Ok(desk.ledger.view().person(PersonId::OWNER)?.map_or(Tz::UTC, |owner| owner.profile.calendar.zone))
}

fn list(desk: &Desk, held: bool, json: bool) -> Result<Exit, Trouble> {
    let filter = MailFilter { outcome: held.then_some(Outcome::Held), limit: Some(500), ..MailFilter::default() };
    let rows = desk.ledger.view().mails(&filter)?;
    let lines: Vec<Line> = rows.into_iter().map(|row| Line::of(desk, row)).collect::<Result<_, _>>()?;
    if json {
        print(&listed("mails", lines.iter().map(Line::as_json).collect()))?;
        return Ok(Exit::Fine);
    }
    let zone = owner_zone(desk)?;
    let rows = lines.iter().map(|line| {
        let (outcome, why) = line.outcome();
        [line.row.id.to_string(), wall(line.row.taken_at, zone), line.from(), line.mail.subject.clone(), outcome, why]
    });
    print(&table(["Mail", "Taken in", "From", "Subject", "Outcome", "Why"], rows))?;
    Ok(Exit::Fine)
}

fn show(desk: &Desk, id: InboxId, save: Option<&Path>, json: bool) -> Result<Exit, Trouble> {
    let view = desk.ledger.view();
    let unknown =
        || Trouble::new(Exit::Failed, format!("handback: there is no mail {id} (see `handback mail list`)"));
    let line = Line::of(desk, view.mail(id)?.ok_or_else(unknown)?)?;
    if let Some(folder) = save {
        let raw = view.raw_mail(id)?.unwrap_or_default();
        save_all(folder, id, &raw, &line.mail)?;
    }
    let events = view.events(Events::OfMail(id))?;
    if json {
        let tasks = view.tasks_of_mail(id)?.iter().map(ToString::to_string).collect();
        let events = events.iter().map(|event| json!({ "id": event.id, "fact": event.fact })).collect();
        print(&one(line.as_json(), [("tasks", tasks), ("events", events)]))?;
        return Ok(Exit::Fine);
    }
    let (outcome, why) = line.outcome();
    let mut text = format!(
        "Mail {id}, taken in {}\n  From     {}\n  Subject  {}\n  Outcome  {outcome}: {why}\n",
        wall(line.row.taken_at, owner_zone(desk)?),
        line.from(),
        line.mail.subject,
    );
    for (_, file) in line.mail.files() {
        let name = file.name.as_deref().unwrap_or("without a name");
        writeln!(text, "  File     {name}, {} bytes", file.size).expect("a String takes everything");
    }
    for statement in events.iter().filter_map(in_words) {
        writeln!(text, "  Says     {statement}").expect("a String takes everything");
    }
    for lesson in explained(&events) {
        writeln!(text, "  You said {}", meaning(lesson)).expect("a String takes everything");
    }
    let body = line.mail.text.as_deref().or(line.mail.html.as_deref()).unwrap_or("(no text)");
    writeln!(text, "\n{}", body.trim_end()).expect("a String takes everything");
    print(&text)?;
    Ok(Exit::Fine)
}

fn in_words(event: &Event) -> Option<String> {
    let Fact::StatementRead { said, words, confidence, applied, .. } = &event.fact else { return None };
    let believed = if *applied { "" } else { ", not believed" };
    Some(format!("{} at {:.2}{believed}: “{words}”", said.act(), confidence.as_fraction()))
}

/// What the owner said of a mail, on each task of it the last word.
fn explained(events: &[Event]) -> Vec<&Lesson> {
    let mut last: Vec<(TaskId, &[Lesson])> = Vec::new();
    for event in events {
        if let Fact::ReadingCorrected { task, lessons, .. } = &event.fact {
            last.retain(|(known, _)| known != task);
            last.push((*task, lessons));
        }
    }
    last.into_iter().flat_map(|(_, lessons)| lessons).collect()
}

/// Writes the whole mail and its files. A name from a mail never leads out of the folder.
fn save_all(folder: &Path, id: InboxId, raw: &[u8], mail: &Mail) -> Result<(), Trouble> {
    let failed = |path: &Path, error: std::io::Error| {
        Trouble::new(Exit::Failed, format!("handback: could not write {}: {error}", path.display()))
    };
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let whole = folder.join(format!("mail-{id}.eml"));
    fs::write(&whole, raw).map_err(|error| failed(&whole, error))?;
    eprintln!("Wrote {}", whole.display());
    for (part, file) in mail.files() {
        let bytes = usize::try_from(part).ok().and_then(|part| mime::part_bytes(raw, part));
        let Some(bytes) = bytes else { continue };
        let path = folder.join(format!("mail-{id}-{part}-{}", harmless(file.name.as_deref().unwrap_or("file"))));
        fs::write(&path, bytes).map_err(|error| failed(&path, error))?;
        eprintln!("Wrote {}", path.display());
    }
    Ok(())
}

/// A file name of letters, digits, dots and dashes alone.
fn harmless(name: &str) -> String {
    let kept: String =
        name.chars().map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect();
    kept.trim_start_matches('.').chars().take(100).collect()
}

fn release(desk: &mut Desk, id: InboxId) -> Result<Exit, Trouble> {
    let released = desk.write(|tx| Ok(tx.release(id, by_command("mail release"))?))?;
    if !released {
        let words = format!("handback: mail {id} is not held (see `handback mail list --held`)");
        return Err(Trouble::new(Exit::Failed, words));
    }
    eprintln!("Mail {id} is read again in the next round, as if its sender were proven.");
    Ok(Exit::Fine)
}

fn correct_mail(desk: &mut Desk, args: &CorrectArgs, json: bool) -> Result<Exit, Trouble> {
    let failed = |why: String| Trouble::new(Exit::Failed, format!("handback: {why}"));
    let inbox = InboxId(args.mail);
    if let Some(act) = args.is.iter().find(|act| args.not.contains(act)) {
        return Err(Trouble::new(Exit::Usage, format!("handback: --is {act} and --not {act} cannot both be true")));
    }
    let task = match (args.task, desk.ledger.view().tasks_of_mail(inbox)?.as_slice()) {
        (Some(task), _) => desk.task(task)?,
        (None, [only]) => desk.task(*only)?,
        (None, []) => return Err(failed(no_task(desk, inbox)?)),
        (None, several) => {
            let named: Vec<String> = several.iter().map(TaskId::to_string).collect();
            let why =
                format!("mail {inbox} is about {}; say which with --task {}", named.join(" and "), named.join("|"));
            return Err(failed(why));
        }
    };
    let wish = Wish {
        is: args.is.clone(),
        not: args.not.clone(),
        nothing: if args.nothing { Nothing::AtAll } else { Nothing::No },
        words: args.words.clone(),
    };
    let key = desk.key()?;
    let correction = correction(desk.ledger.view(), inbox, task.id, &wish, &key)?.map_err(failed)?;
    let step = correct(&correction, &task, desk.now);
    if let Some(step) = &step {
        desk.write(|tx| {
            let cause = Cause::Correction { inbox, said_in: None };
            let facts = step.facts.iter().cloned();
            let events: Vec<NewEvent> = facts.map(|fact| NewEvent { cause: cause.clone(), fact }).collect();
            tx.append_all(&events)?;
            for notice in &step.notices {
                tx.plan(notice)?;
            }
            no_question_back(tx, &correction)?;
            Ok(())
        })?;
    }
    let after = desk.task(task.id)?;
    if json {
        let lessons: Vec<Value> = correction
            .lessons
            .iter()
            .map(|lesson| json!({ "words": lesson.words.as_str(), "means": lesson.means, "not": lesson.wrong().collect::<Vec<_>>() }))
            .collect();
        let changed =
            json!({ "mail": inbox, "task": after.id.to_string(), "changed": step.is_some(), "stage": after.stage });
        print(&one(changed, [("lessons", lessons.into())]))?;
        return Ok(Exit::Fine);
    }
    match step {
        None => eprintln!("Mail {inbox} was put right so before; nothing has changed."),
        Some(_) => {
            for lesson in &correction.lessons {
                eprintln!("Mail {inbox} on {}: {}.", after.id, meaning(lesson));
            }
            eprintln!("{} is {}, {}.", after.id, after.stage.name(), whose_turn(&after));
        }
    }
    Ok(Exit::Fine)
}

fn whose_turn(task: &Task) -> &'static str {
    match task.turn() {
        Turn::Assistant { .. } => "and it is the assistant's turn",
        Turn::Owner { .. } => "and it is your turn",
        Turn::Nobody => "and nobody has anything to do",
    }
}

/// Why a mail belongs to no task.
fn no_task(desk: &Desk, inbox: InboxId) -> Result<String, Trouble> {
    let why = match desk.ledger.view().mail(inbox)? {
        None => format!("there is no mail {inbox} (see `handback mail list`)"),
        Some(row) => match row.state {
            MailState::Taken | MailState::InWork => {
                format!("mail {inbox} was not read yet (it is in the next round)")
            }
            MailState::Done(end) if end.outcome == Outcome::Held => format!(
                "mail {inbox} is held and was not read: {} (let it count with `handback mail release {inbox}`)",
                end.why
            ),
            MailState::Done(end) => {
                format!("mail {inbox} ended as {}, on no task, so nothing was read in it", end.outcome)
            }
        },
    };
    Ok(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_a_mail_never_leads_out_of_the_folder() {
        assert_eq!(harmless("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(harmless(".bashrc"), "bashrc");
        assert_eq!(harmless("October – match.xlsx"), "October___match.xlsx");
    }
}
