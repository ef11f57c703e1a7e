//! The dates that people name: what is noted of them, and who has yet to hear how they were read.
//!
//! A date is noted when its mail is filed, and told by the next letter about the task to each side. That letter notes
//! that it was told, so nobody hears it twice.

use crate::domain::{
    command::OwnerCommand,
    event::{Event, Fact},
    id::{PersonId, TaskId},
    person::Person,
    statement::{Said, Statement},
    time::{DateRead, Moment},
    understanding::{TimeFound, TimeValue},
};
use chrono::{DateTime, NaiveDate, Utc};

/// The most dates of one task that a letter tells of; the latest count.
const MOST_TOLD: usize = 4;

/// Notes the dates in the believed statements of one reply of `sender`'s about `task`. `times` are all that the reply
/// names.
pub(super) fn of_reply(task: TaskId, sender: &Person, statements: &[&Statement], times: &[TimeFound]) -> Vec<Fact> {
    let mut dates: Vec<DateRead> = Vec::new();
    for statement in statements.iter().filter(|statement| statement.applied) {
        let zone = sender.profile.calendar.zone;
        let named = match &statement.said {
            Said::Progress { eta: Some(read), .. } | Said::Extension { date: Some(read) } => Some((*read, None)),
            Said::Absence { from: Some(first), to: last } => {
                Some((Moment::Day { date: *first, zone }, Some(last.unwrap_or(*first))))
            }
            Said::Absence { from: None, .. }
            | Said::Progress { eta: None, .. }
            | Said::Extension { date: None }
            | Said::Confirm { .. }
            | Said::Decline
            | Said::Question
            | Said::Done { .. }
            | Said::Blocked
            | Said::Hours { .. }
            | Said::Expense { .. }
            | Said::Suggestion
            | Said::Capacity { .. } => None,
        };
        let Some((read, until)) = named else { continue };
        if dates.iter().all(|known| (known.read, known.until) != (read, until)) {
            dates.push(DateRead { words: words_of(statement, read, until, times).into(), read, until });
        }
    }
    dates.into_iter().map(|date| Fact::DateRead { task, person: sender.id, date }).collect()
}

/// The words of `statement` that name the date; all of them where it is not clear which do.
fn words_of<'a>(statement: &'a Statement, read: Moment, until: Option<NaiveDate>, times: &'a [TimeFound]) -> &'a str {
    let within = |time: &&TimeFound| time.span.start >= statement.span.start && time.span.end <= statement.span.end;
    let names = |time: &&TimeFound| match (time.value, read) {
        (TimeValue::Date(date), _) => date == read.date(),
        (TimeValue::DateTime(at), Moment::Minute(wall)) => at == wall.local,
        (TimeValue::DateTime(at), Moment::Day { date, .. }) => at.date() == date,
        (TimeValue::Time(time), Moment::Minute(wall)) => time == wall.local.time(),
        (TimeValue::Time(_), Moment::Day { .. }) | (TimeValue::Minutes(_), _) => false,
    };
    if until.is_some_and(|last| last != read.date()) {
        return &statement.words;
    }
    let said = times.iter().filter(within).find(names).or_else(|| times.iter().find(names));
    said.map_or(&statement.words, |time| &time.words)
}

/// Notes the dates in an order of the owner's, whose `facts` say what became of the due date.
pub(super) fn of_order(command: &OwnerCommand, facts: &[Fact]) -> Vec<Fact> {
    let due = facts.iter().find_map(|fact| {
        let (Fact::DueMoved { due, .. } | Fact::TaskReturned { due: Some(due), .. }) = fact else { return None };
        Some(due.by)
    });
    let as_set = |mut date: DateRead| {
        if let Some(due) = due.filter(|due| due.local.date() == date.read.date()) {
            date.read = Moment::Minute(due);
        }
        date
    };
    let dates = command.dates.iter().cloned().map(as_set).filter(|date| !is_written_out(date));
    dates.map(|date| Fact::DateRead { task: command.task, person: PersonId::OWNER, date }).collect()
}

/// Whether the words leave nothing to read into them, as those that our own taps bring do.
fn is_written_out(date: &DateRead) -> bool {
    match date.read {
        Moment::Minute(wall) => date.words.as_str().contains(&wall.local.format("%A %-d %B %Y, %H:%M").to_string()),
        Moment::Day { .. } => false,
    }
}

/// A date that somebody has yet to hear about, and who named it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Untold<'a> {
    pub writer: PersonId,
    pub date: &'a DateRead,
}

/// The dates named on `task` that `reader` has not been told of and that are still to come, the first named first.
pub fn untold<'a>(events: &'a [Event], task: TaskId, reader: PersonId, now: DateTime<Utc>) -> Vec<Untold<'a>> {
    let mut waiting: Vec<Untold<'a>> = Vec::new();
    for event in events.iter().filter(|event| event.fact.task() == Some(task)) {
        if let Fact::DateRead { person, date, .. } = &event.fact {
            waiting.retain(|known| known.date != date);
            waiting.push(Untold { writer: *person, date });
        } else if let Fact::DatesEchoed { to, .. } = &event.fact {
            if *to == reader {
                waiting.clear();
            }
        } else if matches!(event.fact, Fact::TaskAccepted { .. } | Fact::TaskCancelled { .. }) {
            // Only days off still matter then.
            waiting.retain(|known| known.date.until.is_some());
        }
    }
    waiting.retain(|known| !known.date.is_past(now));
    waiting.split_off(waiting.len().saturating_sub(MOST_TOLD))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            brief::Due,
            command::Order,
            event::{Cause, WhyMoved},
            id::EventId,
            statement::Confidence,
            time::WallTime,
        },
        policy::test_tasks::{ANA, ana, at},
    };
    use chrono_tz::Tz;

    const TASK: TaskId = TaskId(1);

    fn friday(hour: u32) -> WallTime {
        let date: NaiveDate = "2026-03-06".parse().unwrap();
        WallTime::new(date.and_hms_opt(hour, 0, 0).unwrap(), Tz::Europe__Lisbon)
    }

    fn statement(said: Said, words: &str, applied: bool) -> Statement {
        let confidence = Confidence::permille(970);
        let span = 0..words.len();
        Statement { said, words: words.into(), span, confidence, applied, task: None, parts: vec![], because: vec![] }
    }

    fn named(fact: &Fact) -> (String, Moment) {
        let Fact::DateRead { date, .. } = fact else { panic!("{fact:?}") };
        (date.words.to_string(), date.read)
    }

    fn read(words: &str, wall: WallTime) -> Fact {
        let date = DateRead { words: words.into(), read: Moment::Minute(wall), until: None };
        Fact::DateRead { task: TASK, person: ANA, date }
    }

    #[track_caller]
    fn check(facts: Vec<Fact>, now: &str, expected: &[&str]) {
        let cause = || Cause::Timer;
        let events: Vec<Event> =
            (1..).zip(facts).map(|(id, fact)| Event { id: EventId(id), at: at(now), cause: cause(), fact }).collect();
        let told: Vec<String> =
            untold(&events, TASK, ANA, at(now)).iter().map(|one| one.date.words.to_string()).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn the_words_that_name_the_date_are_noted_and_no_others() {
        let text = "It will be with you by Friday noon, I think";
        let noon = Moment::Minute(friday(12));
        let eta = Some(noon);
        let said = statement(Said::Progress { percent: None, eta }, text, true);
        let time = TimeFound {
            words: "by Friday noon".into(),
            span: 20..34,
            value: TimeValue::DateTime(friday(12).local),
            sure: true,
        };
        let facts = of_reply(TASK, &ana(), &[&said, &said], &[time]);
        assert_eq!(facts.iter().map(named).collect::<Vec<_>>(), [("by Friday noon".into(), noon)]);
        let doubted = statement(Said::Progress { percent: None, eta }, text, false);
        assert_eq!(of_reply(TASK, &ana(), &[&doubted], &[]), []);
    }

    #[test]
    fn days_off_are_noted_from_the_first_to_the_last() {
        let (from, to) = ("2026-03-09".parse().ok(), "2026-03-11".parse().ok());
        let said = statement(Said::Absence { from, to }, "away 9 to 11 March", true);
        let facts = of_reply(TASK, &ana(), &[&said], &[]);
        match &facts[..] {
            [Fact::DateRead { date, .. }] => {
                assert_eq!((date.words.as_str(), date.until), ("away 9 to 11 March", to))
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_date_of_the_owners_is_noted_as_it_was_set_unless_it_is_written_out() {
        let due = Due { by: friday(18), hard: false };
        let moved = [Fact::DueMoved { task: TASK, due, why: WhyMoved::ByOwner }];
        let day = Moment::Day { date: friday(18).local.date(), zone: Tz::Europe__Lisbon };
        let command = |words: &str, read| OwnerCommand {
            task: TASK,
            order: Order::Due { date: read },
            dates: vec![DateRead { words: words.into(), read, until: None }],
        };
        let facts = of_order(&command("Friday", day), &moved);
        assert_eq!(facts.iter().map(named).collect::<Vec<_>>(), [("Friday".into(), Moment::Minute(friday(18)))]);
        let tapped = command("Friday 6 March 2026, 18:00", Moment::Minute(friday(18)));
        assert_eq!(of_order(&tapped, &moved), []);
    }

    #[test]
    fn each_date_is_told_once_to_each_side_while_it_is_still_to_come() {
        const BEFORE: &str = "2026-03-04T09:00:00Z";
        let told = |to| Fact::DatesEchoed { task: TASK, to };
        check(vec![read("Friday", friday(17))], BEFORE, &["Friday"]);
        check(vec![read("Friday", friday(17)), told(PersonId::OWNER)], BEFORE, &["Friday"]);
        check(vec![read("Friday", friday(17)), told(ANA), read("by noon", friday(12))], BEFORE, &["by noon"]);
        check(vec![read("Friday", friday(17))], "2026-03-06T17:00:01Z", &[]);
        check(vec![read("Friday", friday(17)), Fact::TaskAccepted { task: TASK, words: None }], BEFORE, &[]);
    }
}
