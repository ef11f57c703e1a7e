//! What a brief needs, and what its times and names mean.

use super::{AttachedFile, BriefInput, Draft, PartInput, UpdateInput, attach};
use crate::{
    config::{
        Mistakes,
        document::Given,
        mistake::Fault,
        nearest::nearest,
        review::Review,
        value::{self, Named},
        zone,
    },
    domain::{
        brief::{Brief, Due, Part, Update},
        calendar::Calendar,
        id::PersonId,
        person::{Person, Role},
        time::WallTime,
        words::Words,
    },
};
use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;

/// A task that may be drafted: checked, with the files to keep first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    pub assistant: PersonId,
    pub brief: Brief,
    pub files: Vec<AttachedFile>,
    /// How the due time was understood, for the one who wrote it.
    pub echo: String,
}

/// The clock that times without a zone are read on.
struct Clock<'a> {
    zone: Tz,
    /// The assistant's, where the assistant is known.
    calendar: Option<&'a Calendar>,
    now: DateTime<Utc>,
}

impl Draft {
    /// Checks a brief for one of `people`. Times are on the assistant's clock unless the brief names a zone.
    /// The second value holds warnings alone.
    pub fn check(self, people: &[Person], now: DateTime<Utc>) -> Result<(NewTask, Mistakes), Mistakes> {
        let Self { input, mut review } = self;
        let made = input.check(people, now, &mut review);
        review.finish(made)
    }
}

impl BriefInput {
    fn check(&self, people: &[Person], now: DateTime<Utc>, review: &mut Review) -> Option<NewTask> {
        review.enter("", self.fence.clone());
        let title =
            review.needed("title", self.title.as_ref(), "it is the subject of every letter about the task", title);
        let why_assistant = "somebody has to do it";
        let assistant =
            review.needed("assistant", self.assistant.as_ref(), why_assistant, |text| assistant(text, people));
        let own_zone = review.optional("zone", self.zone.as_ref(), zone);
        let calendar = assistant.map(|person| &person.profile.calendar);
        let clock = Clock { zone: own_zone.or(calendar.map(|known| known.zone)).unwrap_or(Tz::UTC), calendar, now };
        let why_due = "a task without a date is done never, or at once";
        let due = review.needed("due", self.due.as_ref(), why_due, |text| clock.read(text));
        let why_outcome = "both sides have to see alike that the work is finished";
        let outcome = review.needed("done_means", self.done_means.as_ref(), why_outcome, words);
        let why = review.optional("why", self.why.as_ref(), words);
        let limit_minutes = review.optional("limit", self.limit.as_ref(), minutes);
        self.warn_of_gaps(review);
        let steps =
            self.steps.iter().filter_map(|step| review.optional(self.names.steps, Some(step), words)).collect();
        let pay = review.optional("pay", self.pay.as_ref(), words);
        let files = attach::read_all(self.names.files, &self.files, &self.folder, review);
        let parts = self.parts(&clock, due.as_ref(), review);
        let update = self.update.as_ref().and_then(|update| self.update(update, &clock, due.as_ref(), review));
        let (assistant, due) = (assistant?, due?);
        let brief = Brief {
            title: title?,
            why,
            outcome: outcome?,
            steps,
            parts,
            due: Due { by: due, hard: self.hard },
            limit_minutes,
            pay,
            update,
            files: files.iter().map(|file| file.reference.clone()).collect(),
        };
        let echo = echo(&brief.due, assistant);
        Some(NewTask { assistant: assistant.id, brief, files, echo })
    }

    fn warn_of_gaps(&self, review: &mut Review) {
        let empty = |given: &Option<Given>| given.as_ref().is_none_or(|given| given.value.trim().is_empty());
        let gaps: Vec<_> = [("why", empty(&self.why)), ("limit", empty(&self.limit))]
            .into_iter()
            .filter(|(key, empty)| *empty && !review.is_broken(key))
            .map(|(key, _)| format!("`{}`", review.named(key)))
            .collect();
        if !gaps.is_empty() {
            let fault = Fault::new(format!("the brief comes without {}", gaps.join(" and without ")), "")
                .help("a reason makes for better guesses, and a limit for no bad surprise; it goes out as it is");
            review.warn("", None, fault);
        }
    }

    fn parts(&self, clock: &Clock<'_>, due: Option<&WallTime>, review: &mut Review) -> Vec<Part> {
        if let Some(beyond) = self.parts.get(usize::from(u8::MAX)) {
            let fault = Fault::new("a task has at most 255 parts", "one too many").help("make several tasks of it");
            review.refuse(self.names.parts, beyond.header.clone(), fault);
        }
        (1..=u8::MAX)
            .zip(&self.parts)
            .filter_map(|(number, part)| self.part(number, part, clock, due, review))
            .collect()
    }

    fn part(
        &self,
        number: u8,
        part: &PartInput,
        clock: &Clock<'_>,
        due: Option<&WallTime>,
        review: &mut Review,
    ) -> Option<Part> {
        review.enter("parts", part.header.clone());
        let title = review.needed(self.names.part_title, part.title.as_ref(), "a part is known by its title", words);
        let due = review.optional(self.names.part_due, part.due.as_ref(), |text| clock.read_before(text, due));
        Some(Part { number, title: title?, due })
    }

    fn update(
        &self,
        update: &UpdateInput,
        clock: &Clock<'_>,
        due: Option<&WallTime>,
        review: &mut Review,
    ) -> Option<Update> {
        review.enter("update", update.header.clone());
        let what = review.needed(self.names.update_what, update.what.as_ref(), "it says what to send early", words);
        let by = review.needed(self.names.update_by, update.by.as_ref(), "it says by when to send it", |text| {
            clock.read_before(text, due)
        });
        Some(Update { what: what?, by: by? })
    }
}

impl Clock<'_> {
    /// Reads a time to come. A day alone ends with the assistant's working hours.
    fn read(&self, text: &str) -> Result<WallTime, Fault> {
        let local = match value::day_or_minute(text)? {
            Named::Minute(local) => local,
            Named::Day(day) => day.and_time(self.closing()),
        };
        let wall = WallTime::new(local, self.zone);
        if wall.at <= self.now {
            let now = WallTime::from_instant(self.now, self.zone).local.format("%Y-%m-%d %H:%M");
            return Err(Fault::new(format!("`{text}` is over"), "in the past")
                .help(format!("it is {now} now in {}", city(self.zone))));
        }
        Ok(wall)
    }

    fn read_before(&self, text: &str, due: Option<&WallTime>) -> Result<WallTime, Fault> {
        let wall = self.read(text)?;
        match due {
            Some(due) if wall.at > due.at => {
                Err(Fault::new(format!("`{text}` is after the task itself is due"), "too late")
                    .help(format!("the task is due {}", due.local.format("%Y-%m-%d %H:%M"))))
            }
            Some(_) | None => Ok(wall),
        }
    }

    fn closing(&self) -> NaiveTime {
        let last_minute = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default();
        match self.calendar.map(|calendar| calendar.working) {
            // Hours that run over midnight end on another day.
            Some(hours) if hours.to <= hours.from => last_minute,
            Some(hours) => hours.to,
            None => last_minute,
        }
    }
}

fn title(text: &str) -> Result<Words, Fault> {
    const LONGEST: usize = 100;
    let length = text.chars().count();
    if length > LONGEST {
        return Err(Fault::new(
            format!("has {length} characters, and a subject over {LONGEST} is cut off"),
            "too long",
        )
        .help("say it in a few words, and the rest under `why` or `steps`"));
    }
    Ok(value::line(text)?.into())
}

fn words(text: &str) -> Result<Words, Fault> {
    Ok(text.into())
}

fn minutes(text: &str) -> Result<u32, Fault> {
    let time = value::working_time(text)?;
    u32::try_from(time.num_minutes())
        .ok()
        .filter(|minutes| *minutes > 0)
        .ok_or_else(|| Fault::new(format!("`{text}` is less than a minute"), "too short"))
}

/// Finds an assistant by address, name, or a first name that only one has.
fn assistant<'a>(text: &str, people: &'a [Person]) -> Result<&'a Person, Fault> {
    let assistants = || people.iter().filter(|person| person.role == Role::Assistant);
    let wanted = text.to_lowercase();
    let exact = assistants().find(|person| {
        person.name().to_lowercase() == wanted || person.address().is_some_and(|address| address.as_str() == wanted)
    });
    if let Some(person) = exact {
        return Ok(person);
    }
    let mut first: Vec<_> = assistants().filter(|person| person.first_name().to_lowercase() == wanted).collect();
    match (first.pop(), first.is_empty()) {
        (Some(only), true) => return Ok(only),
        (Some(last), false) => {
            first.push(last);
            let names: Vec<_> = first.iter().map(|person| format!("`{}`", person.name())).collect();
            return Err(Fault::new(format!("several are called `{text}`: {}", names.join(", ")), "which one?")
                .help("write the whole name or the address"));
        }
        (None, _) => {}
    }
    let names = assistants().flat_map(|person| [person.name(), person.first_name()]);
    let what = match nearest(text, names) {
        Some(near) => format!("no assistant is called `{text}` (try `{near}`)"),
        None => format!("no assistant is called `{text}`"),
    };
    Err(Fault::new(what, "not on file")
        .help("`handback assistant list` shows all, `handback assistant add` adds one"))
}

/// `due Friday 27 November 2026, 17:00 Manila`, with the assistant's clock behind where it is another.
fn echo(due: &Due, assistant: &Person) -> String {
    let theirs = assistant.profile.calendar.zone;
    let hard = if due.hard { ", and does not move" } else { "" };
    let mut said = format!("due {}", spoken(&due.by));
    if due.by.zone != theirs {
        let there = WallTime::from_instant(due.by.at, theirs);
        said.push_str(&format!(", which is {} for {}", spoken(&there), assistant.first_name()));
    }
    format!("{said}{hard}")
}

fn spoken(wall: &WallTime) -> String {
    format!("{} {}", wall.local.format("%A %-d %B %Y, %H:%M"), city(wall.zone))
}

fn city(zone: Tz) -> String {
    let name = zone.name();
    name.rsplit('/').next().unwrap_or(name).replace('_', " ")
}
