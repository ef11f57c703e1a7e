//! When silence about a new task earns a reminder, and when it becomes the owner's business.

use crate::domain::{
    calendar::Calendar,
    task::{Stage, Task, Turn},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Working time that a person is left in peace, before each reminder and after the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patience {
    pub before_reminder: Vec<TimeDelta>,
    pub after_last: TimeDelta,
}

/// What one task asks of the daemon right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    Wait,
    /// Ask the assistant once more whether the task is understood; this is reminder number `rung`, from 0.
    RemindToConfirm {
        rung: u8,
    },
    /// Every reminder went unanswered; the owner should try the fallback contact.
    TellOwnerOfSilence,
}

/// Decides the next step for `task`, counting in the working time of the assistant's `calendar`.
///
/// `delivered_at` is when the last letter about the task left; a clock does not run for a letter that waits in
/// the outbox.
pub fn next_step(
    task: &Task,
    delivered_at: Option<DateTime<Utc>>,
    patience: &Patience,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> NextStep {
    if task.stage != Stage::HandedOver {
        return NextStep::Wait;
    }
    match (task.turn(), delivered_at) {
        (Turn::Assistant { since, reminders }, Some(delivered_at)) => {
            let asked_at = since.max(delivered_at).max(task.last_reminder_at.unwrap_or(since));
            after_asking(calendar.working_time(asked_at, now), reminders, patience)
        }
        (Turn::Assistant { .. }, None) | (Turn::Owner { .. } | Turn::Nobody, _) => NextStep::Wait,
    }
}

fn after_asking(waited: TimeDelta, reminders: u8, patience: &Patience) -> NextStep {
    match patience.before_reminder.get(usize::from(reminders)) {
        Some(wait) if waited >= *wait => NextStep::RemindToConfirm { rung: reminders },
        None if waited >= patience.after_last => NextStep::TellOwnerOfSilence,
        Some(_) | None => NextStep::Wait,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::event::Fact,
        policy::test_tasks::{ANA, after, at, handed_over, nine_to_six},
    };
    use chrono_tz::Tz;

    fn patience() -> Patience {
        Patience { before_reminder: vec![TimeDelta::hours(4), TimeDelta::hours(8)], after_last: TimeDelta::hours(8) }
    }

    #[track_caller]
    fn check_task(task: &Task, now: &str, expected: NextStep) {
        let delivered = Some(at("2026-03-02T09:00:00Z"));
        let calendar = nine_to_six(Tz::Europe__Lisbon);
        assert_eq!(next_step(task, delivered, &patience(), &calendar, at(now)), expected, "{now}");
    }

    /// `reminded` are the times of the reminders that went out.
    #[track_caller]
    fn check(now: &str, reminded: &[&str], expected: NextStep) {
        let mut task = handed_over(1, ANA);
        for (rung, when) in (0..).zip(reminded) {
            task.apply(&Fact::Reminded { task: task.id, rung }, at(when));
        }
        check_task(&task, now, expected);
    }

    #[test]
    fn four_quiet_working_hours_earn_the_first_reminder() {
        check("2026-03-02T12:59:00Z", &[], NextStep::Wait);
        check("2026-03-02T13:00:00Z", &[], NextStep::RemindToConfirm { rung: 0 });
    }

    #[test]
    fn the_second_reminder_counts_from_the_first_and_nights_do_not_count() {
        check("2026-03-03T11:59:00Z", &["2026-03-02T13:00:00Z"], NextStep::Wait);
        check("2026-03-03T12:00:00Z", &["2026-03-02T13:00:00Z"], NextStep::RemindToConfirm { rung: 1 });
    }

    #[test]
    fn silence_after_the_last_reminder_is_the_owners_business() {
        let reminded = ["2026-03-02T13:00:00Z", "2026-03-03T12:00:00Z"];
        check("2026-03-04T10:59:00Z", &reminded, NextStep::Wait);
        check("2026-03-04T11:00:00Z", &reminded, NextStep::TellOwnerOfSilence);
    }

    #[test]
    fn a_letter_that_has_not_left_earns_no_reminder() {
        let calendar = nine_to_six(Tz::Europe__Lisbon);
        let now = at("2026-03-05T12:00:00Z");
        assert_eq!(next_step(&handed_over(1, ANA), None, &patience(), &calendar, now), NextStep::Wait);
    }

    #[test]
    fn any_word_of_the_assistants_restarts_the_clock_and_a_question_stops_it() {
        let task = handed_over(1, ANA);
        let heard = after(task.clone(), &[Fact::WordReceived { task: task.id }]); // Tuesday noon
        check_task(&heard, "2026-03-03T15:59:00Z", NextStep::Wait);
        check_task(&heard, "2026-03-03T16:00:00Z", NextStep::RemindToConfirm { rung: 0 });
        let question =
            Fact::QuestionAsked { task: task.id, question: 1, words: "Which folder?".into(), holds_work: true };
        check_task(&after(task, &[question]), "2026-03-05T16:00:00Z", NextStep::Wait);
    }
}
