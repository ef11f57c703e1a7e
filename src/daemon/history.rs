//! What letters tell of a task's past: what was asked before an answer, and what the date was before it moved.

use crate::domain::{
    event::{Event, Fact, WhyMoved},
    id::InboxId,
    statement::Act,
    time::WallTime,
    understanding::Asked,
};

/// The date before the last move, and why it moved.
pub(super) fn last_move(first: WallTime, events: &[Event]) -> Option<(WallTime, WhyMoved)> {
    let mut due = first;
    let mut last = None;
    for event in events {
        if let Fact::DueMoved { due: moved, why, .. } = &event.fact {
            last = Some((due, *why));
            due = moved.by;
        } else if let Fact::TaskReturned { due: Some(moved), .. } = &event.fact {
            due = moved.by;
        }
    }
    last
}

/// The questions that the last answer answered, in the assistant's words.
pub(super) fn answered_questions(events: &[Event]) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut answered = Vec::new();
    for event in events {
        if let Fact::QuestionAsked { words, .. } | Fact::WorkBlocked { words, .. } = &event.fact {
            open.push(words.as_str());
        } else if let Fact::QuestionsAnswered { .. } = &event.fact {
            answered = std::mem::take(&mut open);
        }
    }
    (!answered.is_empty()).then(|| answered.join("\n\n"))
}

/// What went back to the assistant as a question, about the words of `mail`.
pub(super) fn asked_back(mail: InboxId, events: &[Event]) -> Option<Asked> {
    events.iter().rev().find_map(|event| {
        let Fact::AskedBack { inbox, said, .. } = &event.fact else { return None };
        let confirm = said.as_ref().is_some_and(|said| said.act() == Act::Confirm);
        let asked = if confirm { Asked::ToConfirm } else { Asked::WhetherDone };
        (*inbox == mail).then_some(asked)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        brief::Due,
        event::Cause,
        id::{EventId, TaskId},
    };
    use chrono_tz::Tz;

    const TASK: TaskId = TaskId(1);

    fn events(facts: Vec<Fact>) -> Vec<Event> {
        let at = "2026-03-02T09:00:00Z".parse().unwrap();
        (1..).zip(facts).map(|(id, fact)| Event { id: EventId(id), at, cause: Cause::Timer, fact }).collect()
    }

    fn wall(local: &str) -> WallTime {
        WallTime::new(local.parse().unwrap(), Tz::Asia__Manila)
    }

    fn question(words: &str) -> Fact {
        Fact::QuestionAsked { task: TASK, question: 1, words: words.into(), holds_work: true }
    }

    #[test]
    fn the_date_before_the_last_move_is_the_one_that_stood_then() {
        let moved = |local: &str, why| Fact::DueMoved { task: TASK, due: Due { by: wall(local), hard: false }, why };
        let history = events(vec![
            moved("2026-03-09T17:00:00", WhyMoved::AnswerAwaited),
            moved("2026-03-10T17:00:00", WhyMoved::ByOwner),
        ]);
        let first = wall("2026-03-06T17:00:00");
        assert_eq!(last_move(first, &history), Some((wall("2026-03-09T17:00:00"), WhyMoved::ByOwner)));
        assert_eq!(last_move(first, &[]), None);
    }

    #[test]
    fn an_answer_names_the_questions_since_the_answer_before() {
        let answer = || Fact::QuestionsAnswered { task: TASK, words: "Yes.".into() };
        let history = events(vec![question("Old?"), answer(), question("Which?"), question("How?"), answer()]);
        assert_eq!(answered_questions(&history).as_deref(), Some("Which?\n\nHow?"));
        assert_eq!(answered_questions(&events(vec![question("Open?")])), None);
    }

    #[test]
    fn what_went_back_is_found_by_its_mail() {
        let back = |inbox, said| Fact::AskedBack { inbox: InboxId(inbox), task: TASK, said, words: "ok".into() };
        let history =
            events(vec![back(7, Some(crate::domain::statement::Said::Confirm { understood: false })), back(8, None)]);
        assert_eq!(asked_back(InboxId(7), &history), Some(Asked::ToConfirm));
        assert_eq!(asked_back(InboxId(8), &history), Some(Asked::WhetherDone));
        assert_eq!(asked_back(InboxId(9), &history), None);
    }
}
