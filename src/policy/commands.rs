//! What follows from a decision of the owner's, given by mail or at the command line.

use super::Step;
use crate::domain::{
    brief::Due,
    command::Order,
    event::{Fact, WhyMoved},
    notice::{Notice, NoticeKey, NoticeKind, Slot},
    person::Person,
    task::{Stage, Task},
    time::{Moment, WallTime},
    words::Words,
};
use chrono::{DateTime, TimeDelta, Utc};
use thiserror::Error;

/// A decision that cannot be carried out as it stands; says why and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("{task} is {stage} already, so nothing was changed", task = .0.id, stage = .0.stage.name())]
    Ended(Box<Task>),
    #[error("{task} has not been sent to the assistant yet (send it first, or CANCEL {task})", task = .0.id)]
    NotSent(Box<Task>),
    #[error(
        "{task} has not been handed back (use TELL {task} to write to the assistant, or CANCEL {task} to end it)",
        task = .0.id
    )]
    NotHandedBack(Box<Task>),
    #[error("the date {0} has passed (give one that is still to come)")]
    Past(String),
    #[error("{order} needs words after it, and there were none (write them below the first line)")]
    NoWords { order: &'static str },
    #[error("the mail that is meant is not at hand (name it: READ {task} DONE MAIL 17)", task = .0.id)]
    NoMail(Box<Task>),
}

/// Decides what `order` about `task` leads to. `assistant` is whoever has the task.
pub fn carry_out(order: &Order, task: &Task, assistant: &Person, now: DateTime<Utc>) -> Result<Step, Refusal> {
    still_possible(order, task)?;
    let mut step = Step::default();
    match order {
        Order::Answer { words } => {
            let words = needed(order, words)?;
            if task.questions.is_empty() && task.blocked.is_none() {
                tell(task, words, now, &mut step);
            } else {
                answer(task, assistant, words, now, &mut step);
            }
        }
        Order::Tell { words } => tell(task, needed(order, words)?, now, &mut step),
        Order::Accept { words } => {
            step.facts.push(Fact::TaskAccepted { task: task.id, words: words.clone() });
            step.notices.push(to_assistant(task, NoticeKind::Accepted, words.clone(), now));
        }
        Order::Return { words, due } => {
            let words = needed(order, words)?;
            let due = due.map(|date| still_to_come(date, task, assistant, now)).transpose()?;
            step.facts.push(Fact::TaskReturned { task: task.id, words: words.clone(), due });
            step.notices.push(to_assistant(task, NoticeKind::Returned, Some(words), now));
        }
        Order::Due { date } => {
            let due = still_to_come(*date, task, assistant, now)?;
            let why = match &task.proposal {
                Some(proposal) if proposal.date.map(|date| date.date()) == Some(date.date()) => WhyMoved::Agreed,
                Some(_) | None => WhyMoved::ByOwner,
            };
            step.facts.push(Fact::DueMoved { task: task.id, due, why });
            if task.stage != Stage::Draft {
                step.notices.push(to_assistant(task, NoticeKind::DueMoved, None, now));
            }
        }
        // What a mail said is put right where its record is at hand: see [`super::correction`].
        Order::Read { .. } => return Err(Refusal::NoMail(Box::new(task.clone()))),
        Order::Cancel { words } => {
            step.facts.push(Fact::TaskCancelled { task: task.id, words: words.clone() });
            if task.stage != Stage::Draft {
                step.notices.push(to_assistant(task, NoticeKind::Cancelled, words.clone(), now));
            }
        }
    }
    Ok(step)
}

fn still_possible(order: &Order, task: &Task) -> Result<(), Refusal> {
    let refused = || Box::new(task.clone());
    match (task.stage, order) {
        (Stage::Closed | Stage::Cancelled, _) => Err(Refusal::Ended(refused())),
        (Stage::Draft, Order::Cancel { .. } | Order::Due { .. }) => Ok(()),
        (Stage::Draft, _) => Err(Refusal::NotSent(refused())),
        // A "done" that could not be read for certain may be accepted or returned as well.
        (Stage::HandedOver | Stage::Confirmed | Stage::Declined, Order::Accept { .. } | Order::Return { .. })
            if task.doubts.is_empty() =>
        {
            Err(Refusal::NotHandedBack(refused()))
        }
        (Stage::HandedOver | Stage::Confirmed | Stage::Declined | Stage::HandedBack, _) => Ok(()),
    }
}

fn tell(task: &Task, words: Words, now: DateTime<Utc>, step: &mut Step) {
    step.facts.push(Fact::OwnerTold { task: task.id, words: words.clone() });
    settle_doubts(task, step);
    step.notices.push(to_assistant(task, NoticeKind::Told, Some(words), now));
}

/// Words of the owner's settle what only waited for a look.
fn settle_doubts(task: &Task, step: &mut Step) {
    if !task.doubts.is_empty() {
        step.facts.push(Fact::DoubtsSettled { task: task.id });
    }
}

/// Answers what is open. Where the question kept the work from going on, a movable due date moves by the
/// assistant's working time between question and answer.
fn answer(task: &Task, assistant: &Person, words: Words, now: DateTime<Utc>, step: &mut Step) {
    step.facts.push(Fact::QuestionsAnswered { task: task.id, words: words.clone() });
    settle_doubts(task, step);
    let waited_since = task.questions.iter().filter(|question| question.holds_work).map(|question| question.asked_at);
    if let Some(due) = waited_since.min().and_then(|since| moved_along(task, assistant, since, now)) {
        step.facts.push(Fact::DueMoved { task: task.id, due, why: WhyMoved::AnswerAwaited });
    }
    step.notices.push(to_assistant(task, NoticeKind::Answer, Some(words), now));
}

fn moved_along(task: &Task, assistant: &Person, since: DateTime<Utc>, now: DateTime<Utc>) -> Option<Due> {
    let calendar = &assistant.profile.calendar;
    let waited = calendar.working_time(since, now);
    if task.due.hard || waited <= TimeDelta::zero() {
        return None;
    }
    let at = calendar.after_working_time(task.due.by.at, waited)?;
    Some(Due { by: WallTime::from_instant(at, task.due.by.zone), hard: false })
}

/// A date without a clock time means the end of the assistant's working day.
fn still_to_come(date: Moment, task: &Task, assistant: &Person, now: DateTime<Utc>) -> Result<Due, Refusal> {
    let by = date.by(assistant.profile.calendar.working.to);
    if by.at <= now {
        return Err(Refusal::Past(by.local.format("%A %-d %B %Y, %H:%M").to_string()));
    }
    Ok(Due { by, hard: task.due.hard })
}

fn needed(order: &Order, words: &Words) -> Result<Words, Refusal> {
    if words.as_str().trim().is_empty() {
        return Err(Refusal::NoWords { order: order.name() });
    }
    Ok(words.clone())
}

/// The count of the owner's decisions so far tells this notice from the last one of its kind.
fn to_assistant(task: &Task, kind: NoticeKind, words: Option<Words>, now: DateTime<Utc>) -> Notice {
    let key = NoticeKey { task: Some(task.id), kind, person: task.assistant, slot: Slot::Count(task.decisions) };
    Notice { key, words, mail: None, not_before: now, drop_after: None }
}

/// The notice that becomes the task's letter.
pub fn task_letter(task: &Task, now: DateTime<Utc>) -> Notice {
    let key = NoticeKey { task: Some(task.id), kind: NoticeKind::Task, person: task.assistant, slot: Slot::Once };
    Notice { key, words: None, mail: None, not_before: now, drop_after: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::test_tasks::{ANA, after, ana, at, handed_over};
    use chrono_tz::Tz;

    fn words(text: &str) -> Words {
        text.into()
    }

    fn handed_back() -> Task {
        let task = handed_over(1, ANA);
        let fact = Fact::TaskHandedBack { task: task.id, words: "All done.".into(), files: Vec::new(), mail: None };
        after(task, &[fact])
    }

    fn asking(holds_work: bool, hard: bool) -> Task {
        let mut task = handed_over(1, ANA);
        task.due.hard = hard;
        after(task.clone(), &[Fact::QuestionAsked { task: task.id, question: 1, words: words("Which?"), holds_work }])
    }

    fn kinds(step: &Step) -> Vec<NoticeKind> {
        step.notices.iter().map(|notice| notice.key.kind).collect()
    }

    fn decide(order: &Order, task: &Task, now: &str) -> Result<Step, Refusal> {
        carry_out(order, task, &ana(), at(now))
    }

    #[test]
    fn an_answer_moves_a_movable_date_by_the_working_time_that_was_waited() {
        let order = Order::Answer { words: words("The green one.") };
        // Asked on Tuesday at noon, answered on Wednesday at ten: seven working hours.
        let step = decide(&order, &asking(true, false), "2026-03-04T10:00:00Z").unwrap();
        let task = after(asking(true, false), &step.facts);
        assert_eq!((task.due.by.local.to_string().as_str(), task.revision), ("2026-03-09 15:00:00", 1));
        assert_eq!(kinds(&step), [NoticeKind::Answer]);
    }

    #[test]
    fn an_answer_moves_no_hard_date_and_none_that_the_question_did_not_hold() {
        let order = Order::Answer { words: words("The green one.") };
        for task in [asking(true, true), asking(false, false)] {
            let step = decide(&order, &task, "2026-03-04T10:00:00Z").unwrap();
            assert_eq!(step.facts.len(), 1, "{:?}", step.facts);
        }
    }

    #[test]
    fn an_answer_without_a_question_is_sent_on_as_it_is() {
        let order = Order::Answer { words: words("By the way, use the new logo.") };
        let step = decide(&order, &handed_over(1, ANA), "2026-03-04T10:00:00Z").unwrap();
        assert_eq!(kinds(&step), [NoticeKind::Told]);
    }

    #[test]
    fn two_letters_of_the_same_kind_have_two_keys() {
        let order = Order::Tell { words: words("One more thing.") };
        let mut task = handed_over(1, ANA);
        let first = decide(&order, &task, "2026-03-04T10:00:00Z").unwrap();
        task = after(task, &first.facts);
        let second = decide(&order, &task, "2026-03-04T10:00:01Z").unwrap();
        assert_ne!(first.notices[0].key, second.notices[0].key);
    }

    #[test]
    fn only_handed_back_work_or_a_doubt_can_be_accepted() {
        let accept = Order::Accept { words: None };
        assert_eq!(kinds(&decide(&accept, &handed_back(), "2026-03-04T10:00:00Z").unwrap()), [NoticeKind::Accepted]);
        let early = decide(&accept, &handed_over(1, ANA), "2026-03-04T10:00:00Z").unwrap_err().to_string();
        assert!(early.contains("HB-1 has not been handed back (use TELL HB-1"), "{early}");
        let doubt = Fact::DoubtRaised {
            inbox: crate::domain::id::InboxId(1),
            task: crate::domain::id::TaskId(1),
            said: None,
            words: words("should be all"),
        };
        assert!(decide(&accept, &after(handed_over(1, ANA), &[doubt]), "2026-03-04T10:00:00Z").is_ok());
    }

    #[test]
    fn a_closed_task_is_left_alone() {
        let task = after(handed_back(), &[Fact::TaskAccepted { task: handed_back().id, words: None }]);
        for order in [Order::Accept { words: None }, Order::Cancel { words: None }, Order::Tell { words: words("x") }]
        {
            let refused = decide(&order, &task, "2026-03-04T10:00:00Z").unwrap_err().to_string();
            assert_eq!(refused, "HB-1 is closed already, so nothing was changed");
        }
    }

    #[test]
    fn a_date_that_has_passed_is_refused_and_a_day_ends_with_the_working_day() {
        let day =
            |date: &str| Order::Due { date: Moment::Day { date: date.parse().unwrap(), zone: Tz::Europe__Lisbon } };
        let passed = decide(&day("2026-03-02"), &handed_over(1, ANA), "2026-03-04T10:00:00Z").unwrap_err();
        assert_eq!(
            passed.to_string(),
            "the date Monday 2 March 2026, 18:00 has passed (give one that is still to come)"
        );
        let step = decide(&day("2026-03-10"), &handed_over(1, ANA), "2026-03-04T10:00:00Z").unwrap();
        match &step.facts[..] {
            [Fact::DueMoved { due, why: WhyMoved::ByOwner, .. }] => {
                assert_eq!(due.by.local.to_string(), "2026-03-10 18:00:00");
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_return_without_words_is_refused() {
        let order = Order::Return { words: words("  "), due: None };
        let refused = decide(&order, &handed_back(), "2026-03-04T10:00:00Z").unwrap_err().to_string();
        assert_eq!(refused, "RETURN needs words after it, and there were none (write them below the first line)");
    }
}
