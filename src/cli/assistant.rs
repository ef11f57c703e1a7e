//! `handback assistant`: add, import, list, show.

use super::{
    args::{AssistantAddArgs, AssistantCommand, Global},
    assistant_file::{NewAssistant, from_file, from_flags},
    desk::{Desk, by_command},
    exit::{Exit, Trouble},
    print,
    table::{listed, one, table},
    tell_warnings,
};
use crate::{
    config::Environment,
    domain::{
        event::{Fact, NewEvent},
        id::Address,
        notice::{Notice, NoticeKey, NoticeKind, Slot},
        person::{Hello, Person, Role},
    },
    ledger::{LedgerError, Opening, Tx},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::path::Path;

/// Does what `handback assistant …` says.
pub fn run(command: &AssistantCommand, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    match command {
        AssistantCommand::Add(args) => add_one(&mut Desk::open(global, environment, Opening::Command)?, args),
        AssistantCommand::Import { file } => import(&mut Desk::open(global, environment, Opening::Command)?, file),
        AssistantCommand::List => list(&Desk::open(global, environment, Opening::ReadOnly)?, global.json),
        AssistantCommand::Show { who } => {
            show(&Desk::open(global, environment, Opening::ReadOnly)?, who, global.json)
        }
    }
}

fn add_one(desk: &mut Desk, args: &AssistantAddArgs) -> Result<Exit, Trouble> {
    let (newcomer, warnings) = from_flags(args, |address| taken(desk, address))
        .map_err(|mistakes| Trouble::from_mistakes(Exit::Failed, &mistakes))?;
    tell_warnings(&warnings);
    add_all(desk, &[newcomer])
}

fn import(desk: &mut Desk, file: &Path) -> Result<Exit, Trouble> {
    let (newcomers, warnings) = from_file(file, |address| taken(desk, address)).map_err(Trouble::in_file)?;
    tell_warnings(&warnings);
    add_all(desk, &newcomers)
}

/// Whose `address` is already.
fn taken(desk: &Desk, address: &Address) -> Option<String> {
    if *address == desk.rules.address {
        return Some("handback's own mailbox".to_owned());
    }
    let known = desk.ledger.view().person_by_address(address).ok().flatten();
    known.map(|person| person.name().to_owned())
}

fn add_all(desk: &mut Desk, newcomers: &[NewAssistant]) -> Result<Exit, Trouble> {
    let now = desk.now;
    let talk: Vec<String> = desk.write(|tx| {
        let added = newcomers.iter().map(|newcomer| Ok(add(tx, newcomer, "assistant add", now)?));
        added.collect::<Result<_, Trouble>>()
    })?;
    for line in talk {
        eprintln!("{line}");
    }
    Ok(Exit::Fine)
}

/// Adds one assistant, and plans the hello where one goes out. Returns what to tell.
pub fn add(tx: &Tx<'_>, newcomer: &NewAssistant, command: &str, now: DateTime<Utc>) -> Result<String, LedgerError> {
    let person = tx.next_person_id()?;
    let (profile, hello) = (newcomer.profile.clone(), newcomer.hello);
    let fact = Fact::PersonAdded { person, role: Role::Assistant, profile, hello };
    tx.append(&NewEvent { cause: by_command(command), fact })?;
    let name = newcomer.profile.name.as_str();
    if !hello {
        return Ok(format!("Added {name}. Tasks go out at once."));
    }
    let key = NoticeKey { task: None, kind: NoticeKind::Hello, person, slot: Slot::Once };
    tx.plan(&Notice { key, words: None, mail: None, not_before: now, drop_after: None })?;
    Ok(format!("Added {name}. A hello goes out in {name}'s letter hours; the first task waits for the answer."))
}

fn list(desk: &Desk, json: bool) -> Result<Exit, Trouble> {
    let view = desk.ledger.view();
    let people: Vec<Person> = view.people()?.into_iter().filter(|person| person.role == Role::Assistant).collect();
    if json {
        print(&listed("assistants", people.iter().map(as_json).collect()))?;
        return Ok(Exit::Fine);
    }
    let mut rows = Vec::new();
    for person in &people {
        let open = view.tasks_of(person.id)?.iter().filter(|task| task.is_open()).count();
        let calendar = &person.profile.calendar;
        rows.push([
            person.name().to_owned(),
            person.profile.address.as_str().to_owned(),
            desk.now.with_timezone(&calendar.zone).format("%a %H:%M").to_string(),
            calendar.zone.name().to_owned(),
            open.to_string(),
            hello_in_words(person).to_owned(),
        ]);
    }
    print(&table(["Name", "Address", "Clock", "Zone", "Open", "Hello"], rows))?;
    Ok(Exit::Fine)
}

fn hello_in_words(person: &Person) -> &'static str {
    match person.hello {
        Hello::Awaited => "not answered yet",
        Hello::Answered { .. } => "answered",
        Hello::Skipped => "left out",
    }
}

fn show(desk: &Desk, who: &str, json: bool) -> Result<Exit, Trouble> {
    let person = desk.assistant(who)?;
    let tasks = desk.ledger.view().tasks_of(person.id)?;
    if json {
        let open = tasks.iter().filter(|task| task.is_open()).map(|task| task.id.to_string()).collect();
        print(&one(as_json(&person), [("open_tasks", open)]))?;
        return Ok(Exit::Fine);
    }
    let calendar = &person.profile.calendar;
    let days: Vec<String> = calendar.days.iter().map(|day| format!("{day:?}")).collect();
    let mut text = format!(
        "{}\n  Address   {}\n  Zone      {}, now {}\n  Works     {} {}-{}\n  Letters   {}-{}\n  Hello     {}\n",
        person.name(),
        person.profile.address,
        calendar.zone.name(),
        desk.now.with_timezone(&calendar.zone).format("%A %H:%M"),
        days.join(" "),
        calendar.working.from.format("%H:%M"),
        calendar.working.to.format("%H:%M"),
        calendar.letters.from.format("%H:%M"),
        calendar.letters.to.format("%H:%M"),
        hello_in_words(&person),
    );
    if let Some(fallback) = &person.profile.fallback {
        text.push_str(&format!("  Fallback  {fallback}\n"));
    }
    for task in tasks.iter().filter(|task| task.is_open()) {
        text.push_str(&format!("  {}  {} ({})\n", task.id, task.brief.title, task.stage.name()));
    }
    print(&text)?;
    Ok(Exit::Fine)
}

fn as_json(person: &Person) -> Value {
    json!({
        "id": person.id,
        "name": person.name(),
        "address": person.profile.address.as_str(),
        "zone": person.profile.calendar.zone.name(),
        "hello": hello_in_words(person),
        "fallback": person.profile.fallback.as_ref().map(|words| words.as_str()),
    })
}
