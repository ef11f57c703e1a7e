//! What the owner's one page a day has to tell, in the order of its urgency.

use crate::domain::{
    calendar::Calendar,
    event::{Event, Fact},
    id::{InboxId, PersonId, TaskId},
    letter::Fate,
    person::Person,
    statement::Said,
    task::{OwnerDebt, Stage, Task, Turn},
    time::Moment,
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::collections::BTreeMap;

/// All that the page is made from. `tasks` may hold closed ones; `events` reach back at least to `since` and to
/// the first of the month on the owner's clock.
#[derive(Debug, Clone, Copy)]
pub struct Day<'a> {
    pub now: DateTime<Utc>,
    /// When the last page was made.
    pub since: DateTime<Utc>,
    pub owner: &'a Person,
    pub people: &'a [Person],
    pub tasks: &'a [Task],
    pub events: &'a [Event],
    /// Tasks whose reminders all went unanswered.
    pub silent: &'a [TaskId],
    /// From this limit on, in minutes, a task's confirmation should be in the assistant's own words.
    pub own_words_from: u32,
    pub held: &'a [Held],
    pub mailbox: &'a Mailbox,
    pub ledger: &'a Head,
}

/// A mail kept for the owner to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub inbox: InboxId,
    pub at: DateTime<Utc>,
    /// As the From header has it; nothing about it is proven.
    pub from: String,
    pub subject: String,
    pub why: String,
}

/// How the mailbox is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// When it was last read to its end.
    pub read_at: Option<DateTime<Utc>>,
    /// What stands in the way of reading it now.
    pub trouble: Option<String>,
}

/// Where the ledger stands; the owner's mailbox is its witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub entries: i64,
    /// Lower-case hex of the last entry's hash.
    pub hash: String,
}

/// One page, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<'a> {
    /// The day on the owner's calendar.
    pub date: NaiveDate,
    pub since: DateTime<Utc>,
    /// One for each task that wants something of the owner, the most urgent first.
    pub needs: Vec<Need<'a>>,
    /// Every other open task, the soonest due first.
    pub rest: Vec<Line<'a>>,
    /// Closed or cancelled since the last page.
    pub ended: Vec<Ended<'a>>,
    /// Said since the last page, and on record, but with nothing to follow.
    pub notes: Vec<Note<'a>>,
    pub held: &'a [Held],
    /// Hours booked this month, by name.
    pub hours: Vec<Hours<'a>>,
    pub post: Post,
    pub mailbox: &'a Mailbox,
    pub ledger: &'a Head,
}

/// Why a task needs the owner, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Past its due time, and the assistant's turn.
    Overdue,
    /// Every reminder went unanswered.
    Silent,
    Owes(OwnerDebt),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need<'a> {
    pub why: Why,
    pub since: DateTime<Utc>,
    pub task: &'a Task,
    pub assistant: Option<&'a Person>,
    /// What else the owner owes on the same task.
    pub also: Vec<OwnerDebt>,
}

/// How a task stands that needs nothing of the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    ToConfirm,
    /// The assistant expects to be ready after the due time.
    Late(Moment),
    /// Confirmed, but not in their own words, though the task is large enough for some.
    NotInOwnWords,
    OnTrack,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    pub task: &'a Task,
    pub assistant: Option<&'a Person>,
    pub status: Status,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended<'a> {
    pub task: &'a Task,
    pub assistant: Option<&'a Person>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note<'a> {
    pub person: Option<&'a Person>,
    pub task: Option<TaskId>,
    pub said: &'a Said,
    pub words: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours<'a> {
    pub assistant: Option<&'a Person>,
    pub minutes: u32,
}

/// What became of letters and reminders since the last page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Post {
    pub sent: usize,
    pub refused: usize,
    /// Reminders that had become pointless before their hour came.
    pub dropped: usize,
}

impl Page<'_> {
    /// How many tasks wait for the assistant's first word.
    pub fn waiting(&self) -> usize {
        self.rest.iter().filter(|line| line.status == Status::ToConfirm).count()
    }

    /// How many tasks need nobody's attention.
    pub fn on_track(&self) -> usize {
        self.rest.len() - self.waiting()
    }
}

/// Makes the page of one day.
pub fn page<'a>(day: &Day<'a>) -> Page<'a> {
    let mut needs = Vec::new();
    let mut rest = Vec::new();
    for task in day.tasks.iter().filter(|task| task.is_open()) {
        let assistant = day.person(task.assistant);
        match need(day, task) {
            Some((why, since)) => needs.push(Need { why, since, task, assistant, also: also(task, why) }),
            None => rest.push(Line { task, assistant, status: status(day, task, assistant) }),
        }
    }
    needs.sort_by_key(|need| (need.why, need.since, need.task.id));
    rest.sort_by_key(|line| (line.task.due.by.at, line.task.id));
    let news = || day.events.iter().filter(|event| event.at > day.since);
    Page {
        date: day.owner.profile.calendar.today(day.now),
        since: day.since,
        needs,
        rest,
        ended: ended(day),
        notes: news().filter_map(|event| note(day, &event.fact)).collect(),
        held: day.held,
        hours: hours(day),
        post: post(news()),
        mailbox: day.mailbox,
        ledger: day.ledger,
    }
}

impl<'a> Day<'a> {
    fn person(&self, id: PersonId) -> Option<&'a Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

fn need(day: &Day<'_>, task: &Task) -> Option<(Why, DateTime<Utc>)> {
    match task.turn() {
        Turn::Owner { owes, since } => Some((Why::Owes(owes), since)),
        Turn::Assistant { .. } if task.due.by.at < day.now => Some((Why::Overdue, task.due.by.at)),
        Turn::Assistant { since, .. } if day.silent.contains(&task.id) => Some((Why::Silent, since)),
        Turn::Assistant { .. } | Turn::Nobody => None,
    }
}

fn also(task: &Task, why: Why) -> Vec<OwnerDebt> {
    task.owner_debts().into_iter().map(|(owes, _)| owes).filter(|owes| Why::Owes(*owes) != why).collect()
}

fn status(day: &Day<'_>, task: &Task, assistant: Option<&Person>) -> Status {
    let calendar = assistant.map(|assistant| &assistant.profile.calendar);
    if task.stage == Stage::HandedOver {
        return Status::ToConfirm;
    }
    match task.progress.as_ref().and_then(|progress| progress.eta) {
        Some(eta) if ready_after_due(task, eta, calendar) => Status::Late(eta),
        Some(_) | None if !task.understood && task.brief.limit_minutes >= Some(day.own_words_from) => {
            Status::NotInOwnWords
        }
        Some(_) | None => Status::OnTrack,
    }
}

/// A day without a clock time is only late when it is a later day.
fn ready_after_due(task: &Task, eta: Moment, calendar: Option<&Calendar>) -> bool {
    match eta {
        Moment::Minute(wall) => wall.at > task.due.by.at,
        Moment::Day { date, zone } => {
            date > calendar.map_or(task.due.by.at.with_timezone(&zone).date_naive(), |own| own.today(task.due.by.at))
        }
    }
}

fn ended<'a>(day: &Day<'a>) -> Vec<Ended<'a>> {
    let over = |task: &&Task| matches!(task.stage, Stage::Closed | Stage::Cancelled) && task.stage_since > day.since;
    let mut ended: Vec<_> =
        (day.tasks.iter().filter(over)).map(|task| Ended { task, assistant: day.person(task.assistant) }).collect();
    ended.sort_by_key(|ended| (ended.task.stage_since, ended.task.id));
    ended
}

fn note<'a>(day: &Day<'a>, fact: &'a Fact) -> Option<Note<'a>> {
    if let Fact::Noted { person, task, said, words } = fact {
        Some(Note { person: day.person(*person), task: *task, said, words: words.as_str() })
    } else {
        None
    }
}

fn hours<'a>(day: &Day<'a>) -> Vec<Hours<'a>> {
    let calendar = &day.owner.profile.calendar;
    let month = |at| {
        let date = calendar.today(at);
        (date.year(), date.month())
    };
    let assistant_of: BTreeMap<TaskId, PersonId> = day.tasks.iter().map(|task| (task.id, task.assistant)).collect();
    let mut minutes_of = BTreeMap::<PersonId, u32>::new();
    for event in day.events.iter().filter(|event| month(event.at) == month(day.now)) {
        if let Fact::HoursBooked { task, minutes, .. } = &event.fact
            && let Some(assistant) = assistant_of.get(task)
        {
            let sum = minutes_of.entry(*assistant).or_default();
            *sum = sum.saturating_add(*minutes);
        }
    }
    let mut hours: Vec<_> = (minutes_of.into_iter())
        .map(|(assistant, minutes)| Hours { assistant: day.person(assistant), minutes })
        .collect();
    hours.sort_by_key(|hours| hours.assistant.map(|assistant| assistant.name().to_lowercase()));
    hours
}

fn post<'a>(news: impl Iterator<Item = &'a Event>) -> Post {
    let mut post = Post::default();
    for event in news {
        if let Fact::LetterEnded { fate, .. } = &event.fact {
            match fate {
                Fate::Sent => post.sent += 1,
                Fate::Refused => post.refused += 1,
                Fate::Planned | Fate::Sending | Fate::InDoubt | Fate::Waiting | Fate::GivenUp => {}
            }
        } else if matches!(event.fact, Fact::NoticeDropped { .. }) {
            post.dropped += 1;
        }
    }
    post
}

#[cfg(test)]
mod tests {
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
        let profile = Profile {
            name: name.into(),
            address: "x@y.example".into(),
            calendar: Calendar::usual(zone),
            fallback: None,
        };
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
                    Fact::ProgressReported {
                        task: TaskId(1),
                        percent: None,
                        eta: Some(eta),
                        words,
                        files: Vec::new(),
                    },
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
        let booked =
            |when: &str| event(when, Fact::HoursBooked { task: TaskId(1), minutes: 60, words: "1 h".into() });
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
}
