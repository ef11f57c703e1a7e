//! `handback task`: writing a task and deciding about it. `task_view` shows them.

use super::{
    args::{Global, TaskAddArgs, TaskCommand},
    brief::{Draft, NewTask},
    desk::{Desk, by_command},
    exit::{Exit, Trouble},
    print, table, task_view, tell_warnings,
};
use crate::{
    config::{
        Environment,
        value::{self, Named},
    },
    domain::{
        command::Order,
        event::{Fact, NewEvent},
        id::TaskId,
        person::Person,
        task::{Stage, Task},
        time::{Moment, WallTime},
        words::Words,
    },
    ledger::{Opening, Tx},
    policy::{
        Step,
        commands::{carry_out, task_letter},
    },
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// Does what `handback task …` says.
pub fn run(command: &TaskCommand, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let opening = match command {
        TaskCommand::List { .. } | TaskCommand::Show { .. } => Opening::ReadOnly,
        TaskCommand::Add(_)
        | TaskCommand::Send { .. }
        | TaskCommand::Answer { .. }
        | TaskCommand::Accept { .. }
        | TaskCommand::Return { .. }
        | TaskCommand::Move { .. }
        | TaskCommand::Cancel { .. }
        | TaskCommand::Tell { .. }
        | TaskCommand::Heard { .. } => Opening::Command,
    };
    let mut desk = Desk::open(global, environment, opening)?;
    match command {
        TaskCommand::Add(args) => add(&mut desk, args, global.json, environment),
        TaskCommand::List { all, assistant } => task_view::list(&desk, *all, assistant.as_deref(), global.json),
        TaskCommand::Show { task } => task_view::show(&desk, &desk.task(*task)?, global.json),
        TaskCommand::Send { task } => send(&mut desk, *task),
        TaskCommand::Answer { task, words } => {
            decide(&mut desk, *task, |_, _| Ok(Order::Answer { words: words.as_str().into() }))
        }
        TaskCommand::Accept { task, words } => {
            decide(&mut desk, *task, |_, _| Ok(Order::Accept { words: said(words) }))
        }
        TaskCommand::Return { task, words, due } => decide(&mut desk, *task, |_, assistant| {
            let due = due.as_deref().map(|due| moment(due, assistant)).transpose()?;
            Ok(Order::Return { words: words.as_str().into(), due })
        }),
        TaskCommand::Move { task, due } => {
            decide(&mut desk, *task, |_, assistant| Ok(Order::Due { date: moment(due, assistant)? }))
        }
        TaskCommand::Cancel { task, words } => {
            decide(&mut desk, *task, |_, _| Ok(Order::Cancel { words: said(words) }))
        }
        TaskCommand::Tell { task, words } => {
            decide(&mut desk, *task, |_, _| Ok(Order::Tell { words: words.as_str().into() }))
        }
        TaskCommand::Heard { task, words } => heard(&mut desk, *task, said(words)),
    }
}

fn said(words: &Option<String>) -> Option<Words> {
    words.as_deref().filter(|words| !words.trim().is_empty()).map(Words::from)
}

/// A due time as it is typed, on the assistant's clock.
fn moment(text: &str, assistant: &Person) -> Result<Moment, Trouble> {
    let zone = assistant.profile.calendar.zone;
    match value::day_or_minute(text) {
        Ok(Named::Day(date)) => Ok(Moment::Day { date, zone }),
        Ok(Named::Minute(local)) => Ok(Moment::Minute(WallTime::new(local, zone))),
        Err(fault) => {
            let help = fault.help.map(|help| format!(": {help}")).unwrap_or_default();
            Err(Trouble::new(Exit::Usage, format!("handback: {}{help}", fault.what)))
        }
    }
}

fn add(desk: &mut Desk, args: &TaskAddArgs, json: bool, environment: &Environment) -> Result<Exit, Trouble> {
    let draft = match &args.file {
        Some(file) => Draft::from_file(file).map_err(Trouble::in_file)?,
        None => Draft::from_flags(args, environment.here()),
    };
    let people = desk.ledger.view().people()?;
    let (new, warnings) =
        draft.check(&people, desk.now).map_err(|mistakes| Trouble::from_mistakes(Exit::Failed, &mistakes))?;
    tell_warnings(&warnings);
    let Some(assistant) = people.iter().find(|person| person.id == new.assistant) else {
        return Err(Trouble::new(Exit::Failed, "handback: the assistant is not in the ledger"));
    };
    let sending = match (args.draft, args.no_wait || assistant.may_be_given_work()) {
        (true, _) => Sending::Not,
        (false, true) => Sending::Now,
        (false, false) => Sending::AfterHello,
    };
    let now = desk.now;
    let task = desk.write(|tx| draft_task(tx, &new, sending, now))?;
    if json {
        print(&format!("{}\n", json!({ "schema": 1, "task": task.to_string() })))?;
    } else {
        print(&format!("{task}\n"))?;
    }
    eprintln!("{task} {}; {}", sending.in_words(assistant.first_name()), new.echo);
    Ok(Exit::Fine)
}

/// Whether a new task's letter goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    Not,
    Now,
    AfterHello,
}

impl Sending {
    fn in_words(self, name: &str) -> String {
        match self {
            Self::Not => "is a draft; `handback task send` hands it over".to_owned(),
            Self::Now => format!("goes to {name} in {name}'s letter hours"),
            Self::AfterHello => format!("goes to {name} once {name} has answered the hello"),
        }
    }
}

/// Writes a new task into the ledger, its files too, and hands it over as `sending` says.
pub fn draft_task(tx: &Tx<'_>, new: &NewTask, sending: Sending, now: DateTime<Utc>) -> Result<TaskId, Trouble> {
    let task = tx.next_task_id()?;
    for file in &new.files {
        tx.store_blob(&file.bytes)?;
    }
    let record = |fact| tx.append(&NewEvent { cause: by_command("task add"), fact });
    record(Fact::TaskDrafted { task, assistant: new.assistant, brief: new.brief.clone() })?;
    match sending {
        Sending::Not => {}
        Sending::AfterHello => {
            record(Fact::TaskQueued { task })?;
        }
        Sending::Now => {
            record(Fact::TaskHandedOver { task })?;
            let drafted = Task::drafted(task, new.assistant, new.brief.clone(), now);
            tx.plan(&task_letter(&drafted, now))?;
        }
    }
    Ok(task)
}

fn send(desk: &mut Desk, typed: TaskId) -> Result<Exit, Trouble> {
    let task = desk.task(typed)?;
    if task.stage != Stage::Draft {
        let words = format!("handback: {} is {} already", task.id, task.stage.name());
        return Err(Trouble::new(Exit::Failed, words));
    }
    let now = desk.now;
    desk.write(|tx| {
        let fact = Fact::TaskHandedOver { task: task.id };
        tx.append(&NewEvent { cause: by_command("task send"), fact })?;
        tx.plan(&task_letter(&task, now))?;
        Ok(())
    })?;
    eprintln!("{} is handed over; its letter leaves in the assistant's letter hours.", task.id);
    Ok(Exit::Fine)
}

fn decide(
    desk: &mut Desk,
    typed: TaskId,
    order: impl FnOnce(&Task, &Person) -> Result<Order, Trouble>,
) -> Result<Exit, Trouble> {
    let task = desk.task(typed)?;
    let nobody = || Trouble::new(Exit::Failed, format!("handback: nobody has {}", task.id));
    let assistant = desk.ledger.view().person(task.assistant)?.ok_or_else(nobody)?;
    let order = order(&task, &assistant)?;
    let refused = |refusal| Trouble::from_error(Exit::Failed, &refusal);
    let step = carry_out(&order, &task, &assistant, desk.now).map_err(refused)?;
    desk.write(|tx| record(tx, &step, &order))?;
    let after = desk.task(typed)?;
    let zone = assistant.profile.calendar.zone;
    eprintln!("{} is {}, due {}.", after.id, after.stage.name(), table::wall(after.due.by.at, zone));
    Ok(Exit::Fine)
}

fn record(tx: &Tx<'_>, step: &Step, order: &Order) -> Result<(), Trouble> {
    let name = format!("task {}", order.name().to_lowercase());
    for fact in &step.facts {
        tx.append(&NewEvent { cause: by_command(&name), fact: fact.clone() })?;
    }
    for notice in &step.notices {
        tx.plan(notice)?;
    }
    Ok(())
}

fn heard(desk: &mut Desk, typed: TaskId, words: Option<Words>) -> Result<Exit, Trouble> {
    let task = desk.task(typed)?;
    if !task.is_open() {
        let words = format!("handback: {} is {}, so there is nothing to wait for", task.id, task.stage.name());
        return Err(Trouble::new(Exit::Failed, words));
    }
    let fact = Fact::HeardElsewhere { task: task.id, words };
    desk.write(|tx| Ok(tx.append(&NewEvent { cause: by_command("task heard"), fact })?))?;
    eprintln!("Noted. Reminders about {} count from now on.", task.id);
    Ok(Exit::Fine)
}
