//! People and tasks for the tests of this folder.

use super::{filing::Received, matching::Traces};
use crate::domain::{
    brief::{Brief, Due},
    calendar::{Calendar, Hours},
    event::Fact,
    id::{InboxId, PersonId, TaskId},
    person::{Hello, Level, Person, Profile, Role},
    task::Task,
    time::WallTime,
    understanding::Author,
};
use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;

pub(super) const ANA: PersonId = PersonId(2);
pub(super) const BEN: PersonId = PersonId(3);

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Monday to Friday, nine to six; letters from seven to eight.
pub(super) fn nine_to_six(zone: Tz) -> Calendar {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    use crate::domain::calendar::Day;
    Calendar {
        zone,
        days: [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri].into(),
        working: Hours { from: hour(9), to: hour(18) },
        letters: Hours { from: hour(7), to: hour(20) },
        holidays: Default::default(),
        absences: Vec::new(),
    }
}

pub(super) fn person(id: PersonId, role: Role, name: &str, address: &str, zone: Tz) -> Person {
    Person {
        id,
        role,
        profile: Profile {
            name: name.into(),
            address: address.into(),
            calendar: nine_to_six(zone),
            fallback: Some("phone +63 917 555 0100".into()),
        },
        hello: Hello::Skipped,
        added_at: at("2026-01-05T09:00:00Z"),
    }
}

pub(super) fn owner() -> Person {
    person(PersonId::OWNER, Role::Owner, "Maya Ellison", "maya@office.test", Tz::Europe__London)
}

pub(super) fn ana() -> Person {
    person(ANA, Role::Assistant, "Ana Silva", "ana@work.example.org", Tz::Europe__Lisbon)
}

/// A task handed over on Monday 2 March 2026 at nine, due on Friday at five, Lisbon time.
pub(super) fn handed_over(id: u32, assistant: PersonId) -> Task {
    let due = WallTime::new("2026-03-06T17:00:00".parse().unwrap(), Tz::Europe__Lisbon);
    let brief = Brief {
        title: "August invoices".into(),
        why: Some("The tax office asks for them.".into()),
        outcome: "every invoice is in the folder".into(),
        steps: Vec::new(),
        parts: Vec::new(),
        due: Due { by: due, hard: false },
        limit_minutes: Some(360),
        pay: None,
        update: None,
        files: Vec::new(),
    };
    let mut task = Task::drafted(TaskId(id), assistant, brief, at("2026-03-02T09:00:00Z"));
    task.apply(&Fact::TaskHandedOver { task: task.id }, at("2026-03-02T09:00:00Z"));
    task
}

/// `task` after `facts`, all of Tuesday noon.
pub(super) fn after(mut task: Task, facts: &[Fact]) -> Task {
    for fact in facts {
        task.apply(fact, at("2026-03-03T12:00:00Z"));
    }
    task
}

/// A mail of `sender`'s that answers a letter about HB-1.
pub(super) fn received(sender: Option<Person>, level: Level) -> Received {
    Received {
        inbox: InboxId(7),
        sender,
        level,
        ours: false,
        junk: false,
        partial: false,
        duplicate: false,
        reused_id: false,
        over_quota: false,
        author: Author::Human,
        machine_note: None,
        traces: Traces { by_token: vec![TaskId(1)], ..Traces::default() },
        files: Vec::new(),
    }
}
