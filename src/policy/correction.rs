//! What follows when the owner says what a mail really said: the same table as for any reading, with all that the
//! wrong reading had brought about taken back.

use super::{
    Step,
    consequences::{Report, follow},
};
use crate::domain::{
    brief::FileRef,
    event::{Event, Fact, TakenBack},
    id::{InboxId, PersonId, TaskId},
    lesson::{Lesson, Record},
    notice::Notice,
    person::Level,
    statement::{Said, Statement},
    task::{Stage, Task},
    understanding::Asked,
};
use chrono::{DateTime, Utc};

/// A mail with the reading that the owner vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub inbox: InboxId,
    pub task: TaskId,
    /// Who wrote it.
    pub person: PersonId,
    pub reader: u32,
    pub asked: Option<Asked>,
    pub lessons: Vec<Lesson>,
    pub statements: Vec<Statement>,
    pub own_words: String,
    pub files: Vec<FileRef>,
    /// All that is on record about the task, the oldest first.
    pub events: Vec<Event>,
}

/// Decides what follows from `correction` for `task`. None where the owner said the same before.
pub fn correct(correction: &Correction, task: &Task, now: DateTime<Utc>) -> Option<Step> {
    let (inbox, id) = (correction.inbox, task.id);
    if Record::of(inbox, id, &correction.events).lessons.as_ref() == Some(&correction.lessons) {
        return None;
    }
    let mut step = Step::default();
    step.facts.push(Fact::ReadingCorrected {
        inbox,
        task: id,
        person: correction.person,
        reader: correction.reader,
        asked: correction.asked,
        lessons: correction.lessons.clone(),
    });
    let without = without_mail(inbox, &correction.events).unwrap_or_else(|| task.clone());
    let standing = standing(inbox, &correction.events);
    let (follows, notices) = consequences(correction, &without, now);
    let (new, wrong) = difference(follows, &standing);
    let ended = matches!(task.stage, Stage::Closed | Stage::Cancelled);
    let may_change = |fact: &Fact| !ended || matches!(fact, Fact::HoursBooked { .. } | Fact::Noted { .. });
    let mut taken_back: Vec<TakenBack> = Vec::new();
    for what in wrong.iter().filter(|fact| may_change(fact)).filter_map(|fact| take_back(fact, task, &without)) {
        if !taken_back.contains(&what) || matches!(what, TakenBack::Hours { .. }) {
            taken_back.push(what);
        }
    }
    let went_on = |fact: &Fact| matches!(fact, Fact::ProgressReported { .. } | Fact::TaskHandedBack { .. });
    if !ended && wrong.iter().any(went_on) && task.blocked.is_none() && without.blocked.is_some() {
        taken_back.push(TakenBack::Blocked { before: without.blocked });
    }
    step.facts.extend(taken_back.into_iter().map(|what| Fact::TakenBack { task: id, what }));
    step.facts.extend(new.into_iter().filter(may_change));
    if !ended {
        step.notices = notices;
    }
    Some(step)
}

/// What of `follows` does not stand yet, and what stands and does not follow any more. The steps on the line of the
/// task's life stand or fall together: one cannot be taken from under another.
fn difference(follows: Vec<Fact>, standing: &[Fact]) -> (Vec<Fact>, Vec<Fact>) {
    let (mut new, mut wrong) = (Vec::new(), Vec::new());
    let (steps, mut others): (Vec<Fact>, Vec<Fact>) = follows.into_iter().partition(is_step);
    let (steps_before, others_before): (Vec<&Fact>, Vec<&Fact>) = standing.iter().partition(|fact| is_step(fact));
    let as_before =
        steps.len() == steps_before.len() && steps.iter().zip(&steps_before).all(|(one, other)| same(one, other));
    if !as_before {
        wrong.extend(steps_before.into_iter().cloned());
        new.extend(steps);
    }
    for fact in others_before {
        match others.iter().position(|other| same(fact, other)) {
            Some(place) => drop(others.remove(place)),
            None => wrong.push(fact.clone()),
        }
    }
    new.extend(others);
    // As in any reading: going on ends what blocked the work, but not what the same mail says blocks it.
    new.sort_by_key(|fact| matches!(fact, Fact::WorkBlocked { .. }));
    (new, wrong)
}

fn is_step(fact: &Fact) -> bool {
    matches!(fact, Fact::TaskConfirmed { .. } | Fact::TaskDeclined { .. } | Fact::TaskHandedBack { .. })
}

/// The facts that follow from the corrected reading, had the mail come to the task as it would be without it.
fn consequences(correction: &Correction, without: &Task, now: DateTime<Utc>) -> (Vec<Fact>, Vec<Notice>) {
    let statements: Vec<&Statement> = correction.statements.iter().collect();
    let report = Report {
        inbox: correction.inbox,
        person: correction.person,
        level: Level::Owner,
        statements: &statements,
        unexplained: None,
        own_words: &correction.own_words,
        files: &correction.files,
    };
    let (step, _) = follow(&report, &Task { asked_back: true, ..without.clone() }, now);
    let vouched = |said: &Said| {
        let same_act = |statement: &&Statement| statement.act() == said.act();
        correction.statements.iter().filter(same_act).all(|statement| statement.applied)
    };
    // What the assistant was asked about is theirs to answer.
    let asked_back = |said: &Said| {
        let about = |of: &Option<Said>| of.as_ref().is_some_and(|of| of.act() == said.act());
        correction.events.iter().any(|event| {
            matches!(&event.fact, Fact::AskedBack { inbox, said, .. } if *inbox == correction.inbox && about(said))
        })
    };
    let facts = step.facts.into_iter().filter_map(|fact| {
        if let Fact::DoubtRaised { said, words, task, .. } = &fact {
            // The owner has looked at it; what costs money stays on record.
            return match said {
                Some(said) if !vouched(said) => (!asked_back(said)).then_some(fact),
                Some(said @ Said::Expense { .. }) => {
                    let (said, words) = (said.clone(), words.clone());
                    Some(Fact::Noted { person: correction.person, task: Some(*task), said, words })
                }
                Some(_) | None => None,
            };
        }
        (!matches!(fact, Fact::WordReceived { .. })).then_some(fact)
    });
    (facts.collect(), step.notices)
}

/// What the mail brought about and was not taken back.
fn standing(inbox: InboxId, events: &[Event]) -> Vec<Fact> {
    let mut standing: Vec<Fact> = Vec::new();
    for event in events.iter().filter(|event| event.cause.mail() == Some(inbox)) {
        if let Fact::TakenBack { what, .. } = &event.fact {
            if let TakenBack::Stage { .. } = what {
                standing.retain(|fact| !is_step(fact));
            } else if let Some(place) = standing.iter().position(|fact| undoes(what, fact)) {
                standing.remove(place);
            }
        } else if has_effect(&event.fact) {
            standing.push(event.fact.clone());
        }
    }
    standing
}

/// The task as it would be had the mail said nothing.
fn without_mail(inbox: InboxId, events: &[Event]) -> Option<Task> {
    let mut task: Option<Task> = None;
    for event in events {
        if let Fact::TaskDrafted { task: id, assistant, brief } = &event.fact {
            task = Some(Task::drafted(*id, *assistant, brief.clone(), event.at));
        }
        let of_it = event.cause.mail() == Some(inbox);
        let says = has_effect(&event.fact)
            || matches!(event.fact, Fact::DoubtRaised { .. } | Fact::AskedBack { .. } | Fact::TakenBack { .. });
        if let (Some(task), false) = (&mut task, of_it && says) {
            task.apply(&event.fact, event.at);
        }
    }
    task
}

/// Whether a statement of a mail's brings such a fact about.
fn has_effect(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::TaskConfirmed { .. }
            | Fact::TaskDeclined { .. }
            | Fact::TaskHandedBack { .. }
            | Fact::QuestionAsked { .. }
            | Fact::ProgressReported { .. }
            | Fact::PartDelivered { .. }
            | Fact::WorkBlocked { .. }
            | Fact::DateProposed { .. }
            | Fact::HoursBooked { .. }
            | Fact::Noted { .. }
    )
}

/// Whether two facts say the same, whatever number a question has.
fn same(one: &Fact, other: &Fact) -> bool {
    match (one, other) {
        (Fact::QuestionAsked { words: one, .. }, Fact::QuestionAsked { words: other, .. }) => one == other,
        (Fact::TaskConfirmed { .. }, Fact::TaskConfirmed { .. })
        | (Fact::TaskHandedBack { .. }, Fact::TaskHandedBack { .. }) => true,
        (Fact::Noted { said: one, .. }, Fact::Noted { said: other, .. }) => one.act() == other.act(),
        (one, other) => one == other,
    }
}

/// What has to be taken back of `fact`, where something of it still stands on `task`. `without` is the task as it
/// would be without the mail.
fn take_back(fact: &Fact, task: &Task, without: &Task) -> Option<TakenBack> {
    let stage = || {
        let what = TakenBack::Stage { stage: without.stage, understood: without.understood };
        (task.stage != without.stage || task.understood != without.understood).then_some(what)
    };
    if let Fact::QuestionAsked { question, .. } = fact {
        let open = task.questions.iter().any(|open| open.number == *question);
        return open.then_some(TakenBack::Question { question: *question });
    }
    if let Fact::ProgressReported { words, .. } = fact {
        let shown = task.progress.as_ref().is_some_and(|progress| progress.words == *words);
        return shown.then(|| TakenBack::Progress { before: without.progress.clone() });
    }
    if let Fact::DateProposed { .. } = fact {
        let open = task.proposal.is_some() && task.proposal != without.proposal;
        return open.then(|| TakenBack::Date { before: without.proposal.clone() });
    }
    if let Fact::WorkBlocked { .. } = fact {
        let stands = task.blocked.is_some() && task.blocked != without.blocked;
        return stands.then(|| TakenBack::Blocked { before: without.blocked.clone() });
    }
    if let Fact::PartDelivered { part, .. } = fact {
        return (!without.parts_delivered.contains(part)).then_some(TakenBack::Part { part: *part });
    }
    if let Fact::HoursBooked { minutes, .. } = fact {
        return Some(TakenBack::Hours { minutes: *minutes });
    }
    if let Fact::Noted { said, .. } = fact {
        return Some(TakenBack::Note { said: said.clone() });
    }
    if is_step(fact) { stage() } else { None }
}

/// Whether `what` took back `fact`.
fn undoes(what: &TakenBack, fact: &Fact) -> bool {
    match (what, fact) {
        (TakenBack::Question { question: number }, Fact::QuestionAsked { question, .. }) => number == question,
        (TakenBack::Part { part: taken }, Fact::PartDelivered { part, .. }) => taken == part,
        (TakenBack::Hours { minutes: taken }, Fact::HoursBooked { minutes, .. }) => taken == minutes,
        (TakenBack::Note { said: taken }, Fact::Noted { said, .. }) => taken == said,
        (TakenBack::Blocked { .. }, Fact::WorkBlocked { .. })
        | (TakenBack::Date { .. }, Fact::DateProposed { .. })
        | (TakenBack::Progress { .. }, Fact::ProgressReported { .. }) => true,
        _ => false,
    }
}
