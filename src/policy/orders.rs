//! What follows from the orders in one mail of the owner's.

use super::{
    Step,
    commands::carry_out,
    correction::{Correction, correct},
    echo,
    filing::{Filing, Office, Reading, Received},
};
use crate::domain::{
    command::{Order, OwnerCommand},
    event::{Cause, Event, NewEvent, Outcome},
    id::{EventId, InboxId, PersonId, TaskId},
    notice::{Notice, NoticeKey, NoticeKind, Slot},
    person::Person,
    task::Task,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// Carries out the orders one after the other; what cannot be done is told to the owner.
pub(super) fn file(received: &Received, reading: &Reading, office: Office<'_>, now: DateTime<Utc>) -> Filing {
    let mut filing = Filing::ended(Outcome::Answered, "carried out");
    let mut tasks = office.tasks.to_vec();
    let mut closings_left = office.closings_left;
    let mut corrections = office.corrections.iter();
    let mut put_right: BTreeSet<(InboxId, TaskId)> = BTreeSet::new();
    let mut failures: Vec<String> = Vec::new();
    for command in &reading.commands {
        let obeyed = command.clone().and_then(|command| {
            if let Order::Read { .. } = command.order {
                let correction = corrections.next().cloned().unwrap_or_else(|| Err("no mail is meant".to_owned()))?;
                if !put_right.insert((correction.inbox, correction.task)) {
                    return Err(format!("mail {} was put right twice (say it in one line)", correction.inbox));
                }
                let cause = Cause::Correction { inbox: correction.inbox, said_in: Some(received.inbox) };
                return Ok((command.task, cause, put_mail_right(&correction, &mut tasks, &filing, now)?));
            }
            let step = obey(&command, &mut tasks, office.people, &mut closings_left, now)?;
            Ok((command.task, Cause::Mail { inbox: received.inbox, from: 0, to: 0 }, step))
        });
        match obeyed {
            Ok((task, cause, step)) => {
                filing.tasks.push(task);
                filing.take_because(&cause, step);
            }
            Err(why) => failures.push(why),
        }
    }
    if reading.commands.is_empty() {
        failures.push("nothing in it was an order that handback knows".into());
    }
    if !failures.is_empty() {
        filing.outcome = if filing.tasks.is_empty() { Outcome::Held } else { Outcome::Answered };
        filing.why = failures.join("; ");
        let kind = NoticeKind::CommandFailed;
        let key = NoticeKey { task: None, kind, person: PersonId::OWNER, slot: Slot::Mail(received.inbox) };
        let words = Some(failures.join("\n").into());
        filing.notices.push(Notice { key, words, mail: Some(received.inbox), not_before: now, drop_after: None });
    }
    filing.tasks.dedup();
    filing
}

/// Puts a mail right and folds what follows into `tasks`. What the same mail of the owner's did before, in `filing`, is on
/// record by then. Said a second time it changes nothing.
fn put_mail_right(
    correction: &Correction,
    tasks: &mut [Task],
    filing: &Filing,
    now: DateTime<Utc>,
) -> Result<Step, String> {
    let no_task = || format!("there is no task {}", correction.task);
    let task = tasks.iter_mut().find(|task| task.id == correction.task).ok_or_else(no_task)?;
    let mut correction = correction.clone();
    let before = filing.events.iter().filter(|event| event.fact.task() == Some(task.id));
    let next = |number: usize| EventId(i64::try_from(number).unwrap_or(i64::MAX));
    let before = before.enumerate().map(|(number, NewEvent { cause, fact })| Event {
        id: next(number),
        at: now,
        cause: cause.clone(),
        fact: fact.clone(),
    });
    correction.events.extend(before);
    let step = correct(&correction, task, now).unwrap_or_default();
    for fact in &step.facts {
        task.apply(fact, now);
    }
    Ok(step)
}

/// Carries out one order and folds it into `tasks`, so that the next order of the same mail meets it.
fn obey(
    command: &OwnerCommand,
    tasks: &mut [Task],
    people: &[Person],
    closings_left: &mut usize,
    now: DateTime<Utc>,
) -> Result<Step, String> {
    let no_task = || format!("there is no task {}", command.task);
    let task = tasks.iter_mut().find(|task| task.id == command.task).ok_or_else(no_task)?;
    let assistant = people.iter().find(|person| person.id == task.assistant);
    let assistant = assistant.ok_or_else(|| format!("nobody has {}", command.task))?;
    let closes = matches!(command.order, Order::Accept { .. } | Order::Cancel { .. });
    if closes && *closings_left == 0 {
        return Err(format!("{} was left open: too many tasks were closed by mail within ten minutes", command.task));
    }
    let mut step = carry_out(&command.order, task, assistant, now).map_err(|refusal| refusal.to_string())?;
    step.facts.extend(echo::of_order(command, &step.facts));
    if closes {
        *closings_left -= 1;
    }
    for fact in &step.facts {
        task.apply(fact, now);
    }
    Ok(step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{event::Fact, person::Level},
        policy::test_tasks::{ANA, after, ana, at, handed_over, owner, received},
    };

    fn orders(orders: Vec<Result<OwnerCommand, String>>, tasks: &[Task], closings_left: usize) -> Filing {
        let reading = Reading { commands: orders, ..Reading::default() };
        let people = [owner(), ana()];
        let office = Office { people: &people, tasks, closings_left, corrections: &[] };
        file(&received(Some(owner()), Level::Owner), &reading, office, at("2026-03-03T12:00:00Z"))
    }

    fn accept(task: u32) -> Result<OwnerCommand, String> {
        Ok(OwnerCommand { task: TaskId(task), order: Order::Accept { words: None }, dates: Vec::new() })
    }

    fn handed_back(task: u32) -> Task {
        let done = Fact::TaskHandedBack { task: TaskId(task), words: "All.".into(), files: vec![], mail: None };
        after(handed_over(task, ANA), &[done])
    }

    #[test]
    fn the_orders_of_one_mail_meet_each_other() {
        let filing = orders(vec![accept(1), accept(1)], &[handed_back(1)], 10);
        assert_eq!(filing.outcome, Outcome::Answered);
        assert_eq!(filing.why, "HB-1 is closed already, so nothing was changed");
        let letters: Vec<NoticeKind> = filing.notices.iter().map(|notice| notice.key.kind).collect();
        assert_eq!(letters, [NoticeKind::Accepted, NoticeKind::CommandFailed]);
    }

    #[test]
    fn a_mail_without_an_order_is_held_and_the_owner_hears_why() {
        let filing = orders(vec![], &[handed_over(1, ANA)], 10);
        assert_eq!(filing.outcome, Outcome::Held);
        assert_eq!(filing.notices[0].key.kind, NoticeKind::CommandFailed);
        assert_eq!(orders(vec![accept(9)], &[], 10).why, "there is no task HB-9");
    }

    #[test]
    fn too_many_closings_at_once_are_left_open() {
        let filing = orders(vec![accept(1), accept(2)], &[handed_back(1), handed_back(2)], 1);
        assert_eq!(filing.tasks, [TaskId(1)]);
        assert_eq!(filing.why, "HB-2 was left open: too many tasks were closed by mail within ten minutes");
    }
}
