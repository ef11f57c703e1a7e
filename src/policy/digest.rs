//! What the owner's one page a day has to tell, in the order of its urgency.

use super::{
    echo::{Untold, untold},
    week::{Week, week},
};
use crate::domain::{
    calendar::Calendar,
    event::{Event, Fact, TakenBack},
    id::{InboxId, PersonId, TaskId},
    letter::Fate,
    person::Person,
    statement::Said,
    task::{OwnerDebt, Stage, Task, Turn},
    time::{DateRead, Moment},
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
    /// Whether this is the first page of the week, which tells of the week before; `events` then reach back that far.
    pub weekly: bool,
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
    /// The week before, on the first page of a week.
    pub week: Option<Week>,
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
    /// The assistant expects to be ready after the due time.
    Late,
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
    /// Dates named on the task that the owner has not been told of.
    pub dates: Vec<Dated<'a>>,
}

/// A date in somebody's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated<'a> {
    pub writer: &'a Person,
    pub date: &'a DateRead,
}

/// How a task stands that needs nothing of the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    ToConfirm,
    /// Written, and not sent before the assistant has answered our hello.
    AwaitsHello,
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
    pub dates: Vec<Dated<'a>>,
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
        self.rest.iter().filter(|line| matches!(line.status, Status::ToConfirm | Status::AwaitsHello)).count()
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
    for task in day.tasks.iter().filter(|task| task.is_open() || task.queued) {
        let assistant = day.person(task.assistant);
        let dates = dates(day, task);
        match need(day, task) {
            Some((why, since)) => needs.push(Need { why, since, task, assistant, also: also(task, why), dates }),
            None => rest.push(Line { task, assistant, status: status(day, task, assistant), dates }),
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
        notes: news().filter(|event| !taken_back(day, event)).filter_map(|event| note(day, &event.fact)).collect(),
        held: day.held,
        hours: hours(day),
        week: day.weekly.then(|| week(day.events, &day.owner.profile.calendar, day.now)).flatten(),
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

fn dates<'a>(day: &Day<'a>, task: &Task) -> Vec<Dated<'a>> {
    let told = |one: Untold<'a>| Some(Dated { writer: day.person(one.writer)?, date: one.date });
    untold(day.events, task.id, day.owner.id, day.now).into_iter().filter_map(told).collect()
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
    if task.queued {
        return Status::AwaitsHello;
    }
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

/// Whether the owner said since then that the mail does not say so.
fn taken_back(day: &Day<'_>, noted: &Event) -> bool {
    let Fact::Noted { said, .. } = &noted.fact else { return false };
    let later = day.events.iter().filter(|event| event.id > noted.id && event.cause.mail() == noted.cause.mail());
    later.into_iter().any(
        |event| matches!(&event.fact, Fact::TakenBack { what: TakenBack::Note { said: taken }, .. } if taken == said),
    )
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
        } else if let Fact::TakenBack { task, what: TakenBack::Hours { minutes } } = &event.fact
            && let Some(assistant) = assistant_of.get(task)
        {
            let sum = minutes_of.entry(*assistant).or_default();
            *sum = sum.saturating_sub(*minutes);
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
mod tests;
