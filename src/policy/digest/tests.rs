use super::*;
use crate::domain::{
    brief::{Brief, Due},
    event::Cause,
    id::EventId,
    person::{Hello, Profile, Role},
    statement::Room,
    time::WallTime,
};
use chrono_tz::Tz;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn person(id: u32, name: &str, zone: Tz) -> Person {
    let profile =
        Profile { name: name.into(), address: "x@y.example".into(), calendar: Calendar::usual(zone), fallback: None };
    let role = if id == 1 { Role::Owner } else { Role::Assistant };
    Person { id: PersonId(id), role, profile, hello: Hello::Skipped, added_at: at("2026-01-01T00:00:00Z") }
}

/// A task of six hours, due on Friday 27 November, that has gone through `facts`, one an hour.
fn task(id: u32, facts: &[Fact]) -> Task {
    let due = Due { by: WallTime::from_instant(at("2026-11-27T09:00:00Z"), Tz::Asia__Manila), hard: false };
    let brief = Brief {
        title: format!("Task {id}").into(),
        why: None,
        outcome: "done".into(),
        steps: Vec::new(),
        parts: Vec::new(),
        due,
        limit_minutes: Some(360),
        pay: None,
        update: None,
        files: Vec::new(),
    };
    let mut hour = at("2026-11-23T00:00:00Z");
    let mut task = Task::drafted(TaskId(id), PersonId(2), brief, hour);
    task.apply(&Fact::TaskHandedOver { task: TaskId(id) }, hour);
    for fact in facts {
        hour += chrono::TimeDelta::hours(1);
        task.apply(fact, hour);
    }
    task
}

fn confirmed(understood: bool) -> Fact {
    Fact::TaskConfirmed { task: TaskId(1), understood }
}

fn asked() -> Fact {
    Fact::QuestionAsked { task: TaskId(1), question: 1, words: "Which?".into(), holds_work: true }
}

fn handed_back() -> Fact {
    Fact::TaskHandedBack { task: TaskId(1), words: "Here".into(), files: Vec::new(), mail: None }
}

#[track_caller]
fn check<T>(tasks: &[Task], events: &[Event], silent: &[TaskId], now: &str, look: impl Fn(&Page<'_>) -> T) -> T {
    let people = [person(1, "Maya Ellison", Tz::Europe__London), person(2, "Jomar Reyes", Tz::Asia__Manila)];
    let day = Day {
        now: at(now),
        since: at("2026-11-23T07:30:00Z"),
        owner: &people[0],
        people: &people,
        tasks,
        events,
        silent,
        weekly: false,
        own_words_from: 240,
        held: &[],
        mailbox: &Mailbox { read_at: None, trouble: None },
        ledger: &Head { entries: 0, hash: String::new() },
    };
    look(&page(&day))
}

fn reasons(page: &Page<'_>) -> Vec<(u32, Why)> {
    page.needs.iter().map(|need| (need.task.id.0, need.why)).collect()
}

fn states(page: &Page<'_>) -> Vec<(u32, Status)> {
    page.rest.iter().map(|line| (line.task.id.0, line.status)).collect()
}

fn event(when: &str, fact: Fact) -> Event {
    Event { id: EventId(1), at: at(when), cause: Cause::Timer, fact }
}

const TUESDAY: &str = "2026-11-24T07:30:00Z";

#[test]
fn what_the_owner_owes_comes_in_order_of_urgency() {
    let tasks = [
        task(1, &[Fact::TaskDeclined { task: TaskId(1), words: "No".into() }]),
        task(2, &[confirmed(true), handed_back()]),
        task(3, &[confirmed(true), Fact::WorkBlocked { task: TaskId(3), words: "No login".into() }]),
        task(4, &[confirmed(true), asked()]),
        task(5, &[asked()]),
        task(6, &[confirmed(true)]),
    ];
    let needs = check(&tasks, &[], &[TaskId(6)], TUESDAY, reasons);
    let owes = Why::Owes;
    let expected = [
        (6, Why::Silent),
        (5, owes(OwnerDebt::Answer)), // asked an hour before the one on HB-4
        (4, owes(OwnerDebt::Answer)),
        (3, owes(OwnerDebt::Help)),
        (2, owes(OwnerDebt::Look)),
        (1, owes(OwnerDebt::Reassign)),
    ];
    assert_eq!(needs, expected);
}

#[test]
fn an_overdue_task_needs_the_owner_unless_the_assistant_waits_for_them() {
    let tasks = [task(1, &[confirmed(true)]), task(2, &[asked()])];
    assert_eq!(
        check(&tasks, &[], &[], "2026-11-27T09:00:01Z", reasons),
        [(1, Why::Overdue), (2, Why::Owes(OwnerDebt::Answer))]
    );
    assert_eq!(check(&tasks, &[], &[], "2026-11-27T09:00:00Z", reasons), [(2, Why::Owes(OwnerDebt::Answer))]);
}

#[test]
fn one_task_makes_one_card_that_names_its_other_debts() {
    let proposed = Fact::DateProposed { task: TaskId(1), date: None, words: "Monday?".into() };
    let tasks = [task(1, &[confirmed(true), proposed, asked()])];
    let also = check(&tasks, &[], &[], TUESDAY, |page| page.needs[0].also.clone());
    assert_eq!(also, [OwnerDebt::Date]);
}

#[test]
fn tasks_that_need_nobody_are_counted_as_waiting_or_on_track() {
    let tasks = [task(1, &[]), task(2, &[confirmed(true)]), task(3, &[confirmed(false)])];
    let expected = [(1, Status::ToConfirm), (2, Status::OnTrack), (3, Status::NotInOwnWords)];
    assert_eq!(check(&tasks, &[], &[], TUESDAY, states), expected);
    assert_eq!(check(&tasks, &[], &[], TUESDAY, |page| (page.waiting(), page.on_track())), (1, 2));
}

#[test]
fn a_small_task_needs_no_confirmation_in_own_words() {
    let mut small = task(1, &[confirmed(false)]);
    small.brief.limit_minutes = Some(239);
    let mut unlimited = task(2, &[confirmed(false)]);
    unlimited.brief.limit_minutes = None;
    let expected = [(1, Status::OnTrack), (2, Status::OnTrack)];
    assert_eq!(check(&[small, unlimited], &[], &[], TUESDAY, states), expected);
}

#[test]
fn an_expected_day_is_late_only_when_it_is_after_the_day_due() {
    let expecting = |date: &str| {
        let eta = Moment::Day { date: date.parse().unwrap(), zone: Tz::Asia__Manila };
        let words = "soon".into();
        task(
            1,
            &[
                confirmed(true),
                Fact::ProgressReported { task: TaskId(1), percent: None, eta: Some(eta), words, files: Vec::new() },
            ],
        )
    };
    assert_eq!(check(&[expecting("2026-11-27")], &[], &[], TUESDAY, states), [(1, Status::OnTrack)]);
    let late = check(&[expecting("2026-11-28")], &[], &[], TUESDAY, states);
    assert!(matches!(late[..], [(1, Status::Late(_))]), "{late:?}");
}

#[test]
fn drafts_are_not_shown_and_ended_tasks_once() {
    let mut draft = task(1, &[]);
    draft.stage = Stage::Draft;
    let mut before = task(2, &[]);
    before.apply(&Fact::TaskAccepted { task: TaskId(2), words: None }, at("2026-11-23T07:29:00Z"));
    let mut after = task(3, &[]);
    after.apply(&Fact::TaskAccepted { task: TaskId(3), words: None }, at("2026-11-23T07:31:00Z"));
    check(&[draft, before, after], &[], &[], TUESDAY, |page| {
        assert!(page.needs.is_empty() && page.rest.is_empty());
        assert_eq!(page.ended.iter().map(|ended| ended.task.id).collect::<Vec<_>>(), [TaskId(3)]);
    });
}

#[test]
fn hours_are_those_of_the_month_on_the_owners_calendar() {
    let booked = |when: &str| event(when, Fact::HoursBooked { task: TaskId(1), minutes: 60, words: "1 h".into() });
    let events = [booked("2026-10-31T23:59:00Z"), booked("2026-11-01T00:00:00Z"), booked("2026-11-20T00:00:00Z")];
    check(&[task(1, &[])], &events, &[], TUESDAY, |page| {
        assert_eq!(page.hours.iter().map(|hours| hours.minutes).collect::<Vec<_>>(), [120]);
    });
}

#[test]
fn news_are_counted_from_the_last_page_on() {
    let ended = |fate| Fact::LetterEnded { letter: crate::domain::id::LetterId(1), fate, why: String::new() };
    let said = Said::Capacity { state: Room::Room };
    let noted = Fact::Noted { person: PersonId(2), task: None, said, words: "I have room".into() };
    let events = [
        event("2026-11-23T07:00:00Z", ended(Fate::Sent)),
        event("2026-11-23T08:00:00Z", ended(Fate::Sent)),
        event("2026-11-23T08:00:00Z", ended(Fate::Refused)),
        event("2026-11-23T08:00:00Z", ended(Fate::Waiting)),
        event("2026-11-23T08:00:00Z", Fact::NoticeDropped { key: "k".into(), why: "stale".into() }),
        event("2026-11-23T08:00:00Z", noted.clone()),
        event("2026-11-23T07:00:00Z", noted),
    ];
    check(&[], &events, &[], TUESDAY, |page| {
        assert_eq!(page.post, Post { sent: 1, refused: 1, dropped: 1 });
        assert_eq!(page.notes.iter().map(|note| note.words).collect::<Vec<_>>(), ["I have room"]);
    });
}

#[test]
fn a_task_that_waits_for_the_hello_is_shown_as_waiting() {
    let mut waiting = task(1, &[]);
    waiting.stage = Stage::Draft;
    waiting.apply(&Fact::TaskQueued { task: TaskId(1) }, at("2026-11-23T00:00:00Z"));
    let shown = check(&[waiting], &[], &[], "2026-11-24T07:30:00Z", |page| (page.waiting(), page.rest[0].status));
    assert_eq!(shown, (1, Status::AwaitsHello));
}
