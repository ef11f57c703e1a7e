//! `handback task list` and `handback task show`.

use super::{
    desk::Desk,
    exit::{Exit, Trouble},
    print,
    table::{hours, listed, one, table, wall},
};
use crate::{
    domain::{
        event::{Cause, Event, Fact, TakenBack},
        id::InboxId,
        lesson::Lesson,
        person::Person,
        statement::Act,
        task::{OwnerDebt, Task, Turn},
        time::{DateRead, Moment},
        words::Words,
    },
    ledger::Events,
};
use serde_json::{Value, json};
use std::fmt::Write;

/// Prints the open tasks, or all, the soonest due first.
pub(super) fn list(desk: &Desk, all: bool, assistant: Option<&str>, json: bool) -> Result<Exit, Trouble> {
    let only = assistant.map(|typed| desk.assistant(typed)).transpose()?;
    print(&listed_tasks(desk, all, only.as_ref(), json)?)?;
    Ok(Exit::Fine)
}

/// The open tasks, or all, as a table or as JSON.
pub(super) fn listed_tasks(desk: &Desk, all: bool, only: Option<&Person>, json: bool) -> Result<String, Trouble> {
    let view = desk.ledger.view();
    let people = view.people()?;
    let mut tasks = view.tasks()?;
    tasks.retain(|task| all || task.is_open() || task.stage == crate::domain::task::Stage::Draft);
    tasks.retain(|task| only.is_none_or(|person| person.id == task.assistant));
    tasks.sort_by_key(|task| (task.due.by.at, task.id));
    let with: Vec<(&Task, Option<&Person>)> =
        tasks.iter().map(|task| (task, people.iter().find(|person| person.id == task.assistant))).collect();
    if json {
        return Ok(listed("tasks", with.iter().map(|(task, person)| as_json(task, *person)).collect()));
    }
    let rows = with.iter().map(|(task, person)| {
        [
            task.id.to_string(),
            task.brief.title.to_string(),
            person.map_or_else(String::new, |person| person.first_name().to_owned()),
            wall(task.due.by.at, task.due.by.zone),
            task.stage.name().to_owned(),
            used(task),
            turn(task, *person),
        ]
    });
    Ok(table(["Task", "Title", "Who", "Due", "Stage", "Hours", "Whose turn"], rows))
}

fn used(task: &Task) -> String {
    match task.brief.limit_minutes {
        Some(limit) => format!("{} of {}", hours(task.minutes_used).trim_end_matches(" h"), hours(limit)),
        None => hours(task.minutes_used),
    }
}

fn turn(task: &Task, person: Option<&Person>) -> String {
    match task.turn() {
        Turn::Assistant { .. } => {
            person.map_or_else(|| "assistant".to_owned(), |person| person.first_name().to_owned())
        }
        Turn::Owner { owes, .. } => format!("owner: {}", debt(owes)),
        Turn::Nobody if task.queued => "waits for the hello".to_owned(),
        Turn::Nobody => String::new(),
    }
}

fn debt(owes: OwnerDebt) -> &'static str {
    match owes {
        OwnerDebt::Answer => "an answer",
        OwnerDebt::Help => "help",
        OwnerDebt::Date => "a date",
        OwnerDebt::Reading => "a look at words",
        OwnerDebt::Look => "a look at the work",
        OwnerDebt::Reassign => "another assistant",
    }
}

fn as_json(task: &Task, person: Option<&Person>) -> Value {
    json!({
        "id": task.id.to_string(),
        "title": task.brief.title.as_str(),
        "assistant": person.map(Person::name),
        "stage": task.stage,
        "due": task.due.by.at,
        "hard": task.due.hard,
        "minutes_used": task.minutes_used,
        "limit_minutes": task.brief.limit_minutes,
        "turn": turn(task, person),
        "open_questions": task.questions.iter().map(|question| question.words.as_str()).collect::<Vec<_>>(),
        "proposed_due": task.proposal.as_ref().map(|proposal| proposal.date.map(|date| date.date())),
        "blocked": task.blocked.as_ref().map(|remark| remark.words.as_str()),
        "percent": task.progress.as_ref().and_then(|progress| progress.percent),
    })
}

/// Puts the further lines of a value below its first.
const BELOW: &str = "\n             ";

/// Prints one task with its whole story.
pub(super) fn show(desk: &Desk, task: &Task, json: bool) -> Result<Exit, Trouble> {
    let view = desk.ledger.view();
    let person = view.person(task.assistant)?;
    let events = view.events(Events::OfTask(task.id))?;
    if json {
        let events = events
            .iter()
            .map(|event| json!({ "id": event.id, "at": event.at, "cause": event.cause, "fact": event.fact }))
            .collect();
        print(&one(as_json(task, person.as_ref()), [("events", events)]))?;
        return Ok(Exit::Fine);
    }
    let mut text = format!("{}  {}\n", task.id, task.brief.title);
    let zone = task.due.by.zone;
    let mut line = |name: &str, value: &str| {
        writeln!(text, "  {name:<10} {}", value.replace('\n', BELOW)).expect("a String takes everything")
    };
    line("For", person.as_ref().map_or("nobody", Person::name));
    line("Stage", &format!("{} since {}", task.stage.name(), wall(task.stage_since, zone)));
    line("Due", &format!("{}{}", wall(task.due.by.at, zone), if task.due.hard { ", hard" } else { "" }));
    line("Turn", &turn(task, person.as_ref()));
    line("Hours", &used(task));
    line("Done means", task.brief.outcome.as_str());
    if let Some(why) = &task.brief.why {
        line("Why", why.as_str());
    }
    for question in &task.questions {
        line("Asks", question.words.as_str());
    }
    if let Some(blocked) = &task.blocked {
        line("Blocked", blocked.words.as_str());
    }
    for doubt in &task.doubts {
        line("Look at", doubt.words.as_str());
    }
    text.push_str("\nStory\n");
    for event in &events {
        writeln!(text, "  {}  {}{}", wall(event.at, zone), story(&event.fact), origin(event))
            .expect("a String takes everything");
    }
    print(&text)?;
    Ok(Exit::Fine)
}

fn origin(event: &Event) -> String {
    match &event.cause {
        Cause::Mail { inbox, .. } => format!("  (mail {inbox})"),
        Cause::Command { name } => format!("  (by `{name}`)"),
        Cause::Correction { inbox, said_in: Some(said_in) } => format!("  (mail {said_in}, about mail {inbox})"),
        Cause::Correction { inbox, said_in: None } => format!("  (by `mail correct {inbox}`)"),
        Cause::Timer => String::new(),
    }
}

/// Characters of people's words that a line of the story has room for.
const MOST_WORDS: usize = 100;

/// The beginning of some words, on one line.
fn in_a_line(words: &Words) -> String {
    let line = words.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_WORDS) {
        Some((end, _)) => format!("{} …", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// A date on the clock of whoever named it.
fn as_read(date: &DateRead) -> String {
    match (date.until, date.read) {
        (Some(last), first) => format!("{} to {last}", first.date()),
        (None, Moment::Day { date, .. }) => date.to_string(),
        (None, Moment::Minute(at)) => wall(at.at, at.zone),
    }
}

/// One fact of a task's story in a line.
pub(super) fn story(fact: &Fact) -> String {
    match fact {
        Fact::TaskDrafted { .. } => "written".into(),
        Fact::TaskQueued { .. } => "waits for the answer to the hello".into(),
        Fact::TaskHandedOver { .. } => "handed over".into(),
        Fact::TaskConfirmed { understood: true, .. } => "confirmed in their own words".into(),
        Fact::TaskConfirmed { understood: false, .. } => "confirmed".into(),
        Fact::TaskDeclined { words, .. } => format!("declined: “{}”", in_a_line(words)),
        Fact::TaskHandedBack { words, files, .. } => {
            let files = match files.len() {
                0 => String::new(),
                1 => ", with a file".to_owned(),
                many => format!(", with {many} files"),
            };
            format!("handed back: “{}”{files}", in_a_line(words))
        }
        Fact::TaskAccepted { .. } => "accepted".into(),
        Fact::TaskReturned { words, .. } => format!("returned: “{}”", in_a_line(words)),
        Fact::TaskCancelled { .. } => "cancelled".into(),
        Fact::QuestionAsked { words, .. } => format!("question: “{}”", in_a_line(words)),
        Fact::QuestionsAnswered { words, .. } => format!("answered: “{}”", in_a_line(words)),
        Fact::OwnerTold { words, .. } => format!("told: “{}”", in_a_line(words)),
        Fact::ProgressReported { words, .. } => format!("progress: “{}”", in_a_line(words)),
        Fact::PartDelivered { part, .. } => format!("part {part} delivered"),
        Fact::WorkBlocked { words, .. } => format!("blocked: “{}”", in_a_line(words)),
        Fact::DateProposed { words, .. } => format!("wants another date: “{}”", in_a_line(words)),
        Fact::DueMoved { due, .. } => format!("due moved to {}", wall(due.by.at, due.by.zone)),
        Fact::HoursBooked { minutes, .. } => format!("{} booked", hours(*minutes)),
        Fact::Noted { said, words, .. } => format!("{}: “{}”", said.act(), in_a_line(words)),
        Fact::WordReceived { .. } => "wrote".into(),
        Fact::HeardElsewhere { .. } => "heard by another way".into(),
        Fact::StatementRead { said, words, confidence, applied, .. } => format!(
            "read {} at {:.2}{}: “{}”",
            said.act(),
            confidence.as_fraction(),
            if *applied { "" } else { ", not believed" },
            in_a_line(words)
        ),
        Fact::DateRead { date, .. } => format!("“{}” read as {}", in_a_line(&date.words), as_read(date)),
        Fact::DatesEchoed { .. } => "told how dates were read".into(),
        Fact::DoubtRaised { words, .. } => format!("for the owner to look at: “{}”", in_a_line(words)),
        Fact::DoubtsSettled { .. } => "doubts settled".into(),
        Fact::AskedBack { words, .. } => format!("asked back about “{}”", in_a_line(words)),
        Fact::ReadingCorrected { inbox, lessons, .. } => corrected(*inbox, lessons),
        Fact::TakenBack { what, .. } => format!("taken back: {}", taken_back(what)),
        Fact::Reminded { rung, .. } => format!("reminder {}", rung.saturating_add(1)),
        Fact::PersonAdded { .. }
        | Fact::PersonChanged { .. }
        | Fact::HelloAnswered { .. }
        | Fact::MailConcluded { .. }
        | Fact::MailReleased { .. }
        | Fact::LetterComposed { .. }
        | Fact::LetterEnded { .. }
        | Fact::NoticeDropped { .. }
        | Fact::SendingHeld { .. }
        | Fact::SendingResumed => "something about the office".into(),
    }
}

fn corrected(inbox: InboxId, lessons: &[Lesson]) -> String {
    if lessons.is_empty() {
        return format!("mail {inbox} put right: nothing in it was in need of an answer");
    }
    let lines: Vec<String> = lessons.iter().map(meaning).collect();
    format!("mail {inbox} put right: {}", lines.join("; "))
}

/// What the owner says some words mean: `“all sorted” means done, and not confirm`.
pub(super) fn meaning(lesson: &Lesson) -> String {
    let named = |acts: Vec<Act>| acts.iter().map(Act::to_string).collect::<Vec<_>>().join(" and ");
    let wrong: Vec<Act> = lesson.wrong().collect();
    let not = if wrong.is_empty() { String::new() } else { format!(", and not {}", named(wrong)) };
    let means = if lesson.means.is_empty() { "nothing to act on".to_owned() } else { named(lesson.means.clone()) };
    format!("“{}” means {means}{not}", in_a_line(&lesson.words))
}

fn taken_back(what: &TakenBack) -> String {
    match what {
        TakenBack::Stage { stage, .. } => format!("the task is {} as before", stage.name()),
        TakenBack::Question { question } => format!("question {question}"),
        TakenBack::Blocked { .. } => "whether work goes on".into(),
        TakenBack::Date { .. } => "another date".into(),
        TakenBack::Progress { .. } => "progress".into(),
        TakenBack::Part { part } => format!("part {part}"),
        TakenBack::Hours { minutes } => hours(*minutes),
        TakenBack::Note { said } => said.act().to_string(),
    }
}
