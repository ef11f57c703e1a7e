//! Where things stand, folded from the events: in the tables as events are written, in memory to rebuild or verify.

use super::{
    Ledger, LedgerError,
    brake::{self, Brake},
    column::run,
    error::while_doing,
    event::{Events, each_stored},
    lesson,
    letter::{self, LetterRecord},
    meta,
    parsed::Parsed,
    person, task,
};
use crate::domain::{
    event::Fact,
    id::{LetterId, PersonId, TaskId},
    lesson::Lessons,
    person::Person,
    task::Task,
};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeMap;

/// Rows refer to each other, and all of them go and come within one transaction.
const CHECK_AT_COMMIT: &str = "PRAGMA defer_foreign_keys = ON";

/// Raised whenever the fold of a fact changes; a ledger folded by another version is folded anew when opened.
const FOLD: &str = "3";
const FOLDED_BY: &str = "folded_by";

/// A place that keeps what the events add up to.
trait Shelf {
    fn take_person(&mut self, id: PersonId) -> Result<Option<Person>, LedgerError>;
    fn keep_person(&mut self, person: Person) -> Result<(), LedgerError>;
    fn take_task(&mut self, id: TaskId) -> Result<Option<Task>, LedgerError>;
    fn keep_task(&mut self, task: Task) -> Result<(), LedgerError>;
    fn take_letter(&mut self, id: LetterId) -> Result<Option<LetterRecord>, LedgerError>;
    fn keep_letter(&mut self, letter: LetterRecord) -> Result<(), LedgerError>;
    fn take_lessons(&mut self, of: PersonId) -> Result<Lessons, LedgerError>;
    fn keep_lessons(&mut self, of: PersonId, lessons: Lessons) -> Result<(), LedgerError>;
    fn set_brake(&mut self, brake: Option<Brake>) -> Result<(), LedgerError>;
}

impl Ledger {
    /// Throws away what is folded from the events and folds them anew.
    pub fn rebuild(&mut self) -> Result<(), LedgerError> {
        rebuild(&mut self.conn)
    }
}

pub(super) fn is_outdated(conn: &Connection) -> Result<bool, LedgerError> {
    let folded_by = meta::get(conn, FOLDED_BY).map_err(while_doing("open the ledger"))?;
    Ok(folded_by.as_deref() != Some(FOLD))
}

pub(super) fn rebuild(conn: &mut Connection) -> Result<(), LedgerError> {
    let doing = while_doing("rebuild the ledger's tables");
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(doing)?;
    rebuild_within(&tx)?;
    tx.commit().map_err(doing)
}

/// Rebuilds inside a transaction that is open already.
pub(super) fn rebuild_within(conn: &Connection) -> Result<(), LedgerError> {
    let doing = while_doing("rebuild the ledger's tables");
    let standing = Standing::replayed(conn)?;
    conn.execute_batch(CHECK_AT_COMMIT).map_err(doing)?;
    for empty in [letter::EMPTY_TASKS, letter::EMPTY, lesson::EMPTY, task::EMPTY, person::EMPTY, brake::EMPTY] {
        run(conn, empty, []).map_err(doing)?;
    }
    let parsed = Parsed::default();
    let mut tables = Tables::of(conn, &parsed);
    for person in standing.people.into_values() {
        tables.keep_person(person)?;
    }
    for task in standing.tasks.into_values() {
        tables.keep_task(task)?;
    }
    for letter in standing.letters.into_values() {
        tables.keep_letter(letter)?;
    }
    for (person, lessons) in standing.lessons {
        tables.keep_lessons(person, lessons)?;
    }
    tables.put_back()?;
    tables.set_brake(standing.brake)?;
    meta::set(conn, FOLDED_BY, Some(FOLD)).map_err(doing)
}

/// All that the events add up to, in memory.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    people: BTreeMap<PersonId, Person>,
    tasks: BTreeMap<TaskId, Task>,
    letters: BTreeMap<LetterId, LetterRecord>,
    lessons: BTreeMap<PersonId, Lessons>,
    brake: Option<Brake>,
}

impl Standing {
    /// What the events add up to.
    fn replayed(conn: &Connection) -> Result<Self, LedgerError> {
        let mut standing = Self::default();
        each_stored(conn, Events::All, |stored| {
            let event = stored.read(conn, &mut |_, _| {})?;
            standing.follow(&event.fact, event.at)
        })?;
        Ok(standing)
    }

    /// What the tables hold.
    pub(super) fn stored(conn: &Connection) -> Result<Self, LedgerError> {
        let doing = while_doing("read the ledger's tables");
        Ok(Self {
            people: person::all_of(conn, &Parsed::default())
                .map_err(doing)?
                .into_iter()
                .map(|person| (person.id, person))
                .collect(),
            tasks: task::all_of(conn).map_err(doing)?.into_iter().map(|task| (task.id, task)).collect(),
            letters: letter::all_of(conn).map_err(doing)?.into_iter().map(|letter| (letter.id, letter)).collect(),
            lessons: lesson::all_of(conn).map_err(doing)?.into_iter().collect(),
            brake: brake::load(conn).map_err(doing)?,
        })
    }

    pub(super) fn follow(&mut self, fact: &Fact, at: DateTime<Utc>) -> Result<(), LedgerError> {
        fold(self, fact, at)
    }

    /// Names the first row whose columns say something else than the value beside them.
    pub(super) fn drifted(conn: &Connection) -> Result<Option<String>, LedgerError> {
        let doing = while_doing("read the ledger's tables");
        let person = person::drifted(conn, &Parsed::default()).map_err(doing)?.map(|id| format!("person {id}"));
        Ok(person.or(task::drifted(conn).map_err(doing)?.map(|id| format!("task {id}"))))
    }

    /// Names the first thing in which `other` differs.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        differing(&self.people, &other.people)
            .map(|id| format!("person {id}"))
            .or_else(|| differing(&self.tasks, &other.tasks).map(|id| format!("task {id}")))
            .or_else(|| differing(&self.letters, &other.letters).map(|id| format!("letter {id}")))
            .or_else(|| differing(&self.lessons, &other.lessons).map(|id| format!("what was learned of person {id}")))
            .or_else(|| (self.brake != other.brake).then(|| "whether sending is held".to_owned()))
    }
}

fn differing<K: Ord + Copy, V: PartialEq>(one: &BTreeMap<K, V>, other: &BTreeMap<K, V>) -> Option<K> {
    let keys = one.keys().chain(other.keys());
    keys.copied().filter(|key| one.get(key) != other.get(key)).min()
}

fn fold(shelf: &mut impl Shelf, fact: &Fact, at: DateTime<Utc>) -> Result<(), LedgerError> {
    match fact {
        Fact::PersonAdded { person, role, profile, hello } => {
            add_person(shelf, Person::added(*person, *role, profile.clone(), *hello, at))
        }
        Fact::PersonChanged { person, .. } | Fact::HelloAnswered { person, .. } => {
            let mut known = take_person(shelf, *person)?;
            known.apply(fact, at);
            shelf.keep_person(known)
        }
        Fact::TaskDrafted { task, assistant, brief } => {
            add_task(shelf, Task::drafted(*task, *assistant, brief.clone(), at))
        }
        Fact::TaskQueued { task }
        | Fact::TaskHandedOver { task }
        | Fact::TaskConfirmed { task, .. }
        | Fact::TaskDeclined { task, .. }
        | Fact::TaskHandedBack { task, .. }
        | Fact::TaskAccepted { task, .. }
        | Fact::TaskReturned { task, .. }
        | Fact::TaskCancelled { task, .. }
        | Fact::QuestionAsked { task, .. }
        | Fact::QuestionsAnswered { task, .. }
        | Fact::OwnerTold { task, .. }
        | Fact::ProgressReported { task, .. }
        | Fact::PartDelivered { task, .. }
        | Fact::WorkBlocked { task, .. }
        | Fact::DateProposed { task, .. }
        | Fact::DueMoved { task, .. }
        | Fact::HoursBooked { task, .. }
        | Fact::WordReceived { task }
        | Fact::HeardElsewhere { task, .. }
        | Fact::DoubtRaised { task, .. }
        | Fact::DoubtsSettled { task }
        | Fact::AskedBack { task, .. }
        | Fact::TakenBack { task, .. }
        | Fact::Reminded { task, .. } => fold_task(shelf, *task, fact, at),
        Fact::ReadingCorrected { task, person, .. } => {
            let writer = take_person(shelf, *person)?;
            shelf.keep_person(writer)?;
            let mut lessons = shelf.take_lessons(*person)?;
            lessons.apply(fact);
            shelf.keep_lessons(*person, lessons)?;
            fold_task(shelf, *task, fact, at)
        }
        Fact::LetterComposed { letter, kind, to, tasks, message_id } => {
            add_letter(shelf, LetterRecord::composed(*letter, *kind, *to, tasks, message_id, at))
        }
        Fact::LetterEnded { letter, fate, why } => {
            let known = shelf.take_letter(*letter)?;
            let known = known.ok_or_else(|| LedgerError::NoSuch(format!("letter {letter}")))?;
            shelf.keep_letter(LetterRecord { fate: *fate, why: why.clone(), fate_since: at, ..known })
        }
        Fact::SendingHeld { why, by_brake } => {
            shelf.set_brake(Some(Brake { since: at, why: why.clone(), by_itself: *by_brake }))
        }
        Fact::SendingResumed => shelf.set_brake(None),
        Fact::Noted { .. }
        | Fact::StatementRead { .. }
        | Fact::DateRead { .. }
        | Fact::DatesEchoed { .. }
        | Fact::MailConcluded { .. }
        | Fact::MailReleased { .. }
        | Fact::NoticeDropped { .. } => Ok(()),
    }
}

fn fold_task(shelf: &mut impl Shelf, task: TaskId, fact: &Fact, at: DateTime<Utc>) -> Result<(), LedgerError> {
    let mut known = take_task(shelf, task)?;
    known.apply(fact, at);
    shelf.keep_task(known)
}

fn add_person(shelf: &mut impl Shelf, person: Person) -> Result<(), LedgerError> {
    match shelf.take_person(person.id)? {
        Some(known) => Err(LedgerError::NumberTaken(format!("person {}", known.id))),
        None => shelf.keep_person(person),
    }
}

fn add_task(shelf: &mut impl Shelf, task: Task) -> Result<(), LedgerError> {
    if shelf.take_task(task.id)?.is_some() {
        return Err(LedgerError::NumberTaken(format!("task {}", task.id)));
    }
    let assistant = take_person(shelf, task.assistant)?;
    shelf.keep_person(assistant)?;
    shelf.keep_task(task)
}

fn add_letter(shelf: &mut impl Shelf, letter: LetterRecord) -> Result<(), LedgerError> {
    if shelf.take_letter(letter.id)?.is_some() {
        return Err(LedgerError::NumberTaken(format!("letter {}", letter.id)));
    }
    let person = take_person(shelf, letter.to)?;
    shelf.keep_person(person)?;
    for task in &letter.tasks {
        let task = take_task(shelf, *task)?;
        shelf.keep_task(task)?;
    }
    shelf.keep_letter(letter)
}

fn take_person(shelf: &mut impl Shelf, id: PersonId) -> Result<Person, LedgerError> {
    shelf.take_person(id)?.ok_or_else(|| LedgerError::NoSuch(format!("person {id}")))
}

fn take_task(shelf: &mut impl Shelf, id: TaskId) -> Result<Task, LedgerError> {
    shelf.take_task(id)?.ok_or_else(|| LedgerError::NoSuch(format!("task {id}")))
}

/// The tables themselves. Tasks lie open, to be read once and written once however many facts are about them, until
/// they are put back.
pub(super) struct Tables<'a> {
    conn: &'a Connection,
    parsed: &'a Parsed,
    open_tasks: BTreeMap<TaskId, Task>,
}

impl<'a> Tables<'a> {
    pub(super) fn of(conn: &'a Connection, parsed: &'a Parsed) -> Self {
        Self { conn, parsed, open_tasks: BTreeMap::new() }
    }

    /// Folds one fact into the tables.
    pub(super) fn follow(&mut self, fact: &Fact, at: DateTime<Utc>) -> Result<(), LedgerError> {
        fold(self, fact, at)
    }

    /// Writes the tasks that lie open. To be called at the end, also after an error.
    pub(super) fn put_back(&mut self) -> Result<(), LedgerError> {
        let open = std::mem::take(&mut self.open_tasks);
        open.values().try_for_each(|task| task::save(self.conn, task)).map_err(while_doing("keep a task"))
    }
}

impl Shelf for Tables<'_> {
    fn take_person(&mut self, id: PersonId) -> Result<Option<Person>, LedgerError> {
        person::load(self.conn, self.parsed, id).map_err(while_doing("look up a person"))
    }

    fn keep_person(&mut self, person: Person) -> Result<(), LedgerError> {
        person::save(self.conn, &person).map_err(while_doing("keep a person"))
    }

    fn take_task(&mut self, id: TaskId) -> Result<Option<Task>, LedgerError> {
        match self.open_tasks.remove(&id) {
            Some(task) => Ok(Some(task)),
            None => task::load(self.conn, self.parsed, id).map_err(while_doing("look up a task")),
        }
    }

    fn keep_task(&mut self, task: Task) -> Result<(), LedgerError> {
        self.open_tasks.insert(task.id, task);
        Ok(())
    }

    fn take_letter(&mut self, id: LetterId) -> Result<Option<LetterRecord>, LedgerError> {
        letter::load(self.conn, id).map_err(while_doing("look up a letter"))
    }

    fn keep_letter(&mut self, letter: LetterRecord) -> Result<(), LedgerError> {
        letter::save(self.conn, &letter).map_err(while_doing("keep a letter"))
    }

    fn take_lessons(&mut self, of: PersonId) -> Result<Lessons, LedgerError> {
        lesson::load(self.conn, of).map_err(while_doing("look up what was learned of a person"))
    }

    fn keep_lessons(&mut self, of: PersonId, lessons: Lessons) -> Result<(), LedgerError> {
        lesson::save(self.conn, of, &lessons).map_err(while_doing("keep what was learned of a person"))
    }

    fn set_brake(&mut self, brake: Option<Brake>) -> Result<(), LedgerError> {
        brake::save(self.conn, brake.as_ref()).map_err(while_doing("keep whether sending is held"))
    }
}

impl Shelf for Standing {
    fn take_person(&mut self, id: PersonId) -> Result<Option<Person>, LedgerError> {
        Ok(self.people.remove(&id))
    }

    fn keep_person(&mut self, person: Person) -> Result<(), LedgerError> {
        self.people.insert(person.id, person);
        Ok(())
    }

    fn take_task(&mut self, id: TaskId) -> Result<Option<Task>, LedgerError> {
        Ok(self.tasks.remove(&id))
    }

    fn keep_task(&mut self, task: Task) -> Result<(), LedgerError> {
        self.tasks.insert(task.id, task);
        Ok(())
    }

    fn take_letter(&mut self, id: LetterId) -> Result<Option<LetterRecord>, LedgerError> {
        Ok(self.letters.remove(&id))
    }

    fn keep_letter(&mut self, letter: LetterRecord) -> Result<(), LedgerError> {
        self.letters.insert(letter.id, letter);
        Ok(())
    }

    fn take_lessons(&mut self, of: PersonId) -> Result<Lessons, LedgerError> {
        Ok(self.lessons.remove(&of).unwrap_or_default())
    }

    fn keep_lessons(&mut self, of: PersonId, lessons: Lessons) -> Result<(), LedgerError> {
        self.lessons.insert(of, lessons);
        Ok(())
    }

    fn set_brake(&mut self, brake: Option<Brake>) -> Result<(), LedgerError> {
        self.brake = brake;
        Ok(())
    }
}
