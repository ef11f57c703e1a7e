//! What templates see: everything already cleaned and said on the reader's clock.

use super::{
    choices, clean,
    item::{FileNote, House, Item},
    need::{said_on, why, why_name},
    tap::{Tap, Taps},
    task_view::TaskView,
    when::{self, When},
};
use crate::domain::{
    event::WhyMoved, person::Person, task::Task, time::WallTime, token::Token, understanding::Asked,
};
use crate::policy::digest::Why;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::Serialize;

/// Longest words from a mail that a letter quotes, in characters; the whole mail is kept.
const MOST_QUOTED: usize = 4_000;
/// Longest title, in characters: in a letter's subject, and in the many links of one letter.
const MOST_TITLE: usize = 140;
const MOST_TITLE_IN_LINK: usize = 60;
const MOST_NAME: usize = 60;

/// Who reads a letter, and when and by whom it is written.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) house: &'a House<'a>,
    pub(super) reader: &'a Person,
    pub(super) token: Token,
    pub(super) now: DateTime<Utc>,
}

/// What every letter has.
#[derive(Debug, Serialize)]
pub(super) struct Sheet {
    business: String,
    address: String,
    owner: Name,
    reader: Name,
    to_owner: bool,
    pub(super) city: String,
    offset: String,
    today: String,
    now: When,
    digest_at: String,
    hours: HoursView,
    /// Each due time on both clocks.
    clocks: Vec<String>,
    /// Whom to reach how, when mail fails.
    fallbacks: Vec<Fallback>,
    #[serde(rename = "ref")]
    token: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Name {
    pub(super) full: String,
    pub(super) first: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Fallback {
    name: String,
    how: String,
    tag: String,
}

/// The reader's calendar in words.
#[derive(Debug, Serialize)]
struct HoursView {
    days: String,
    working: String,
    letters: String,
}

/// One thing a letter says.
#[derive(Debug, Serialize)]
pub(super) struct ItemView {
    pub(super) number: usize,
    pub(super) task: Option<TaskView>,
    assistant: Name,
    words: String,
    about: String,
    files: Vec<FileView>,
    echo: Vec<String>,
    answer_by: Option<When>,
    due_before: Option<When>,
    why_moved: &'static str,
    asked: &'static str,
    pub(super) why: &'static str,
    since: Option<When>,
    pub(super) taps: Vec<TapView>,
}

#[derive(Debug, Serialize)]
pub(super) struct FileView {
    name: String,
    size: String,
    enclosed: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct TapView {
    label: String,
    typed: String,
    meaning: String,
    href: String,
}

impl<'a> Desk<'a> {
    pub(super) fn zone(&self) -> Tz {
        self.reader.profile.calendar.zone
    }

    pub(super) fn for_owner(&self) -> bool {
        self.reader.id == self.house.owner.id
    }

    pub(super) fn when(&self, at: DateTime<Utc>) -> When {
        when::when(at, self.zone(), self.now)
    }

    /// The person on the other end of an item: its assistant for the owner, the reader for themselves.
    fn assistant_of(&self, item: &Item<'a>) -> Option<&'a Person> {
        if self.for_owner() { item.assistant } else { Some(self.reader) }
    }

    /// The frame of a letter about these tasks and the assistants they are with.
    pub(super) fn sheet(&self, about: &[(&Task, Option<&Person>)]) -> Sheet {
        let house = self.house;
        let zone = self.zone();
        let other = |assistant: Option<&Person>| {
            if self.for_owner() {
                assistant.map(|person| person.profile.calendar.zone)
            } else {
                Some(house.owner.profile.calendar.zone)
            }
        };
        let mut clocks = Vec::new();
        for (task, assistant) in about.iter().filter(|(task, _)| task.is_open()) {
            let clock = when::both_clocks(task.due.by.at, zone, other(*assistant).unwrap_or(zone), self.now);
            if !clocks.contains(&clock) {
                clocks.push(clock);
            }
        }
        Sheet {
            business: clean::line(house.business),
            address: house.address.to_string(),
            owner: Name::of(house.owner),
            reader: Name::of(self.reader),
            to_owner: self.for_owner(),
            city: when::city(zone, self.now),
            offset: when::offset(zone, self.now),
            today: when::long_day(self.reader.profile.calendar.today(self.now), true),
            now: self.when(self.now),
            digest_at: house.digest_at.format("%H:%M").to_string(),
            hours: HoursView::of(self.reader),
            clocks,
            fallbacks: self.fallbacks(about),
            token: self.token.to_string(),
        }
    }

    fn fallbacks(&self, about: &[(&Task, Option<&Person>)]) -> Vec<Fallback> {
        let tag = |task: Option<&Task>| task.map(|task| task.id.to_string()).unwrap_or_default();
        let mut people: Vec<(&Person, String)> = Vec::new();
        if self.for_owner() {
            for (task, assistant) in about {
                if let Some(person) = assistant.filter(|person| people.iter().all(|(known, _)| known.id != person.id))
                {
                    people.push((person, tag(Some(task))));
                }
            }
        } else {
            people.push((self.house.owner, tag(about.first().map(|(task, _)| *task))));
        }
        let how = |person: &Person| person.profile.fallback.as_ref().map(|how| clean::line(how.as_str()));
        (people.into_iter())
            .filter_map(|(person, tag)| Some(Fallback { name: Name::of(person).first, how: how(person)?, tag }))
            .filter(|fallback| !fallback.how.is_empty())
            .collect()
    }

    /// The subject that the letters about `task` carry for life.
    pub(super) fn subject(task: &Task) -> String {
        format!("[{}] {}", task.id, title(task, MOST_TITLE))
    }

    /// The taps that `item` offers. `thread` is the subject of a letter without a task.
    pub(super) fn taps(&self, item: &Item<'a>, thread: &str, several: bool) -> Vec<Tap> {
        match item.task {
            Some(task) if self.for_owner() => self.taps_to_owner(task, item.assistant, why(item, task)),
            Some(task) => choices::to_assistant(item, &self.begin(Some(task), &link_subject(task), several)),
            None if self.for_owner() => Vec::new(),
            None => choices::to_assistant(item, &self.begin(None, thread, several)),
        }
    }

    /// The taps to the owner about `task` and why it needs them.
    pub(super) fn taps_to_owner(&self, task: &Task, assistant: Option<&Person>, why: Why) -> Vec<Tap> {
        let name = assistant.map_or_else(Name::default, Name::of).first;
        choices::to_owner(task, why, &name, self.zone(), &self.begin(Some(task), &link_subject(task), true))
    }

    fn begin<'t>(&'t self, task: Option<&Task>, subject: &'t str, name_task: bool) -> Taps<'t> {
        Taps { to: self.house.reply_to, task: task.map(|task| task.id), subject, token: self.token, name_task }
    }

    pub(super) fn item(&self, item: &Item<'a>, number: usize, taps: &[Tap]) -> ItemView {
        let quoted = |text: Option<&str>| self.quoted(text.unwrap_or_default());
        ItemView {
            number,
            task: item.task.map(|task| self.task(task)),
            assistant: self.assistant_of(item).map_or_else(Name::default, Name::of),
            words: match (item.words, item.task) {
                (None, Some(task)) if self.for_owner() => self.quoted(&said_on(task, why(item, task))),
                (words, _) => quoted(words),
            },
            about: quoted(item.about),
            files: item.files.iter().map(FileView::of).collect(),
            echo: item.echo.iter().map(|line| clean::line(line)).collect(),
            answer_by: item.answer_by.map(|at| self.when(at)),
            due_before: item.due_before.map(|wall: WallTime| self.when(wall.at)),
            why_moved: match item.why_moved {
                Some(WhyMoved::ByOwner) => "by_owner",
                Some(WhyMoved::Agreed) => "agreed",
                Some(WhyMoved::AnswerAwaited) => "answer_awaited",
                None => "",
            },
            asked: match item.asked {
                Some(Asked::WhetherDone) => "whether_done",
                Some(Asked::ForStatus) => "for_status",
                Some(Asked::ToConfirm) | None => "to_confirm",
            },
            why: item.task.map_or("", |task| why_name(why(item, task))),
            since: item.since.map(|at| self.when(at)),
            taps: taps.iter().map(TapView::of).collect(),
        }
    }

    pub(super) fn quoted(&self, text: &str) -> String {
        let note = if self.for_owner() { " (cut here; the whole mail is kept)" } else { " (cut here)" };
        clean::at_most(clean::prose(text), MOST_QUOTED, note)
    }
}

fn title(task: &Task, most: usize) -> String {
    clean::at_most(clean::line(task.brief.title.as_str()), most, "")
}

fn link_subject(task: &Task) -> String {
    format!("[{}] {}", task.id, title(task, MOST_TITLE_IN_LINK))
}

impl Name {
    pub(super) fn of(person: &Person) -> Self {
        let full = clean::at_most(clean::line(person.name()), MOST_NAME, "");
        Self { first: full.split(' ').next().unwrap_or_default().to_owned(), full }
    }
}

impl Default for Name {
    fn default() -> Self {
        Self { full: "the assistant".to_owned(), first: "the assistant".to_owned() }
    }
}

impl HoursView {
    fn of(person: &Person) -> Self {
        let calendar = &person.profile.calendar;
        let hours = |hours: crate::domain::calendar::Hours| {
            format!("{} to {}", hours.from.format("%H:%M"), hours.to.format("%H:%M"))
        };
        Self { days: when::days(&calendar.days), working: hours(calendar.working), letters: hours(calendar.letters) }
    }
}

impl FileView {
    pub(super) fn of(file: &FileNote<'_>) -> Self {
        Self { name: clean::line(file.name), size: when::size(file.size), enclosed: file.enclosed }
    }
}

impl TapView {
    pub(super) fn of(tap: &Tap) -> Self {
        Self { label: tap.label.clone(), typed: tap.typed.clone(), meaning: tap.meaning.clone(), href: tap.href() }
    }
}

pub(super) fn share(part: u32, whole: u32) -> u32 {
    u32::try_from(u64::from(part) * 100 / u64::from(whole.max(1))).unwrap_or(u32::MAX)
}

/// How long ago, for a card of the digest.
pub(super) fn ago(since: DateTime<Utc>, now: DateTime<Utc>) -> String {
    when::span((now - since).max(TimeDelta::zero()))
}
