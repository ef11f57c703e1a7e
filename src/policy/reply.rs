//! What follows from one reply of an assistant's: which tasks it is about, and what it says of each.

use super::{
    Step,
    commands::task_letter,
    consequences::{Report, follow},
    echo,
    filing::{Filing, Office, Reading, Received},
    matching::{Match, match_tasks},
};
use crate::domain::{
    event::{Cause, Fact, NewEvent, Outcome},
    id::{InboxId, TaskId},
    person::{Hello, Level, Person},
    statement::{Act, Confidence, Said, Statement},
    tap::Prompt,
    task::{Stage, Task},
};
use chrono::{DateTime, Utc};

/// Files a reply of `sender`, who may be believed.
pub(super) fn file(
    received: &Received,
    sender: &Person,
    reading: &Reading,
    office: Office<'_>,
    reader: u32,
    now: DateTime<Utc>,
) -> Filing {
    let mut filing = Filing::ended(Outcome::Filed, "");
    if sender.hello == Hello::Awaited {
        filing.take(received.inbox, greeted(sender, received.level, office.tasks, now));
    }
    let tasks = match match_tasks(sender.id, &received.traces, office.tasks) {
        Match::Tasks { tasks, by } => {
            filing.why = format!("task found by {}", by.name());
            tasks
        }
        Match::Nothing if sender.hello == Hello::Awaited => return answered_hello(filing, reading),
        Match::NotTheirs(task) => {
            return held(filing, &format!("it names {task}, which is not a task of the sender's"));
        }
        Match::Nothing => return held(filing, "nothing in it says which task is meant"),
    };
    let statements = believed_or_doubtful(reading, office, &tasks);
    let letter_names =
        if received.traces.by_token.is_empty() { &received.traces.by_thread } else { &received.traces.by_token };
    if tasks.len() > 1 && letter_names.len() > 1 && statements.iter().any(|statement| statement.task.is_none()) {
        return held(filing, "it answers a letter about several tasks and does not say which is meant");
    }
    let shown_already = statements.iter().any(|statement| !statement.applied);
    for (id, statements) in by_task(&tasks, &statements) {
        let Some(task) = office.tasks.iter().find(|task| task.id == id) else { continue };
        filing.tasks.push(id);
        read_events(received.inbox, id, &statements, reader, &mut filing);
        let ended = matches!(task.stage, Stage::Closed | Stage::Cancelled);
        if ended && !only_hours(&statements, reading) {
            filing.outcome = Outcome::Held;
            filing.why = format!("{id} is {} already", task.stage.name());
            continue;
        }
        let report = Report {
            inbox: received.inbox,
            person: sender.id,
            level: received.level,
            statements: &statements,
            unexplained: unexplained(reading, received.partial, shown_already).filter(|_| tasks.first() == Some(&id)),
            own_words: &reading.own_words.text,
            files: &received.files,
        };
        let (mut step, asked_back) = follow(&report, task, now);
        step.facts.extend(echo::of_reply(id, sender, &statements, &reading.understanding.times));
        filing.take(received.inbox, step);
        if asked_back {
            filing.outcome = Outcome::AskedBack;
        }
    }
    filing
}

/// Whether a reply does no more than tell the hours that went into the task; that may come after its end.
fn only_hours(statements: &[&Statement], reading: &Reading) -> bool {
    let hours = |said: &&Statement| said.applied && matches!(said.said, Said::Hours { minutes: Some(_) });
    !statements.is_empty() && statements.iter().all(hours) && !reading.understanding.review
}

/// From this confidence on, in thousandths, a weak "done" or "confirm" is worth a question back.
const WORTH_ASKING: Confidence = Confidence::permille(400);

/// What the reader believes; where it believes nothing, the likeliest "done" or "confirm", which one question back to
/// the assistant can settle.
fn believed_or_doubtful<'a>(reading: &'a Reading, office: Office<'_>, tasks: &[TaskId]) -> Vec<&'a Statement> {
    let understanding = &reading.understanding;
    if !understanding.statements.is_empty() {
        return understanding.statements.iter().collect();
    }
    let to_confirm = office.tasks.iter().any(|task| tasks.contains(&task.id) && task.stage == Stage::HandedOver);
    let worth_asking = |statement: &&Statement| {
        let open = statement.act() == Act::Done || statement.act() == Act::Confirm && to_confirm;
        open && statement.confidence >= WORTH_ASKING
    };
    understanding.maybe.iter().filter(worth_asking).max_by_key(|statement| statement.confidence).into_iter().collect()
}

/// The whole text, where the reader wants the owner to look at it. A statement that is not applied brings its own
/// words before the owner's or the assistant's eyes.
fn unexplained(reading: &Reading, partial: bool, shown_already: bool) -> Option<&str> {
    let look = reading.understanding.review || reading.own_words.doubt.is_some();
    (partial || look && !shown_already).then_some(reading.own_words.text.as_str())
}

/// An answer to our hello that asks something, or gives other working hours, is for the owner to look at: no task is
/// there to keep it on.
fn answered_hello(mut filing: Filing, reading: &Reading) -> Filing {
    let asks = reading.understanding.statements.iter().any(|statement| statement.act() == Act::Question);
    let hours = Prompt::WorkingHours.answer_in(&reading.own_words.text).is_some();
    match (asks, hours) {
        (true, _) => held(filing, "the answer to our hello, with a question in it"),
        (false, true) => held(filing, "the answer to our hello, with other working hours in it"),
        (false, false) => {
            filing.why = "the answer to our hello".into();
            filing
        }
    }
}

/// The answer to our hello: what we know of them now, and the tasks that waited for it.
fn greeted(sender: &Person, level: Level, tasks: &[Task], now: DateTime<Utc>) -> Step {
    let mut step = Step { facts: vec![Fact::HelloAnswered { person: sender.id, level }], notices: Vec::new() };
    for task in tasks.iter().filter(|task| task.assistant == sender.id && task.queued) {
        step.facts.push(Fact::TaskHandedOver { task: task.id });
        step.notices.push(task_letter(task, now));
    }
    step
}

/// Which statements are about which of the mail's tasks. One that names none is about the first.
fn by_task<'a>(tasks: &[TaskId], statements: &[&'a Statement]) -> Vec<(TaskId, Vec<&'a Statement>)> {
    tasks
        .iter()
        .map(|id| {
            let first = tasks.first() == Some(id);
            let about = |statement: &&Statement| match statement.task {
                Some(named) => named == *id || (first && !tasks.contains(&named)),
                None => first,
            };
            (*id, statements.iter().copied().filter(about).collect())
        })
        .collect()
}

/// One event for each statement as it was read, whatever follows from it.
fn read_events(inbox: InboxId, task: TaskId, statements: &[&Statement], reader: u32, filing: &mut Filing) {
    for statement in statements {
        let cause = Cause::Mail { inbox, from: statement.span.start, to: statement.span.end };
        let fact = Fact::StatementRead {
            inbox,
            task: Some(task),
            reader,
            said: statement.said.clone(),
            words: statement.words.as_str().into(),
            confidence: statement.confidence,
            applied: statement.applied,
        };
        filing.events.push(NewEvent { cause, fact });
    }
}

fn held(mut filing: Filing, why: &str) -> Filing {
    filing.outcome = Outcome::Held;
    filing.why = why.into();
    filing
}
