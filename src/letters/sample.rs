//! One letter of each kind, from made-up people.
//!
//! [`super::Templates::load`] composes them all, so that a broken template is found at start-up and not on the day
//! it is needed. The tests look at them too.

use super::{Composed, FileNote, House, Item, LetterError, Templates, compose, compose_digest, echo, sample_tasks};
use crate::domain::{
    calendar::Calendar,
    event::{Cause, Event, Fact, Outcome, WhyMoved},
    id::{Address, EventId, InboxId, LetterId, PersonId, TaskId},
    lesson::Lesson,
    letter::Fate,
    notice::NoticeKind,
    person::{Hello, Person, Profile, Role},
    statement::{Act, Confidence, Room, Said, Whole},
    task::{OwnerDebt, Task},
    time::{DateRead, Moment, WallTime},
    token::Token,
    understanding::Asked,
};
use crate::policy::digest::{Day, Head, Held, Mailbox, page};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// Composes a sample of every letter, the fullest and the barest of each, by a name of its own.
///
/// # Errors
/// The first template that fails.
pub fn every_letter(templates: &Templates) -> Result<Vec<(&'static str, Composed)>, LetterError> {
    let office = Office::new();
    let house = office.house();
    let [owner, jomar, ..] = &office.people;
    let mut letters = Vec::new();
    for (name, items) in [office.tasks_and_reminders(), office.decisions(), office.words_between()].concat() {
        let reader = items.first().and_then(|item| item.assistant).unwrap_or(jomar);
        letters.push((name, compose(templates, &house, reader, &items, TOKEN, office.now)?));
    }
    for (name, items) in [office.news(), office.needs(), office.troubles()].concat() {
        letters.push((name, compose(templates, &house, owner, &items, TOKEN, office.now)?));
    }
    letters.push(("digest", office.digest(templates, &office.tasks, false)?));
    letters.push(("digest_quiet", office.digest(templates, &[], false)?));
    letters.push(("digest_of_the_week", office.digest(templates, &[], true)?));
    Ok(letters)
}

const TOKEN: Token =
    Token { letter: LetterId(142), mac: [0x3b, 0x0c, 0x5a, 0x9d, 0xf1, 0x22, 0x87, 0x64, 0xe0, 0x18] };

/// A small business on Tuesday 24 November 2026, 07:30 in London.
struct Office {
    now: DateTime<Utc>,
    address: Address,
    people: [Person; 4],
    tasks: Vec<Task>,
    /// How dates were read, as Jomar, Ana and the owner are told.
    echoes: Echoes,
}

struct Echoes {
    jomars_own: Vec<String>,
    anas_own: Vec<String>,
    jomars: Vec<String>,
}

/// The name of a letter and what it says.
type Sample<'a> = (&'static str, Vec<Item<'a>>);

const ANSWER: Option<&str> = Some("List them with a phone number only.\nIf a shop has neither, leave it out.");

const MANY: &str = "34 letters were planned at once, more than limits.letters_in_one_round (20).";

const FILES: &[FileNote<'static>] = &[
    FileNote { name: "october-match.xlsx", size: 48_300, enclosed: true },
    FileNote { name: "scans.zip", size: 31_700_000, enclosed: false },
];

impl Office {
    fn new() -> Self {
        let now = instant(24, 7, 30);
        let friday = |zone| Moment::Minute(WallTime::from_instant(instant(27, 9, 0) + TimeDelta::days(7), zone));
        let people = [
            person(1, "Maya Ellison", Tz::Europe__London, Some("text +44 20 7946 0000")),
            person(2, "Jomar Reyes", Tz::Asia__Manila, Some("phone +63 2 5550 0100")),
            person(3, "Ana Silva", Tz::Europe__Lisbon, None),
            person(4, "Ravi Menon", Tz::Asia__Kolkata, Some("phone +91 22 5550 0100")),
        ];
        let [owner, jomar, ana, _] = &people;
        let told = |words: &str, writer: &Person, reader| {
            let read = friday(writer.profile.calendar.zone);
            vec![echo(&DateRead { words: words.into(), read, until: None }, writer, reader, now)]
        };
        let echoes = Echoes {
            jomars_own: told("next Friday, 5pm", jomar, jomar),
            anas_own: told("next Friday, 9am", ana, ana),
            jomars: told("next Friday, 5pm", jomar, owner),
        };
        let address = sound("tasks@harbour-pine.example");
        Self { now, address, people, tasks: sample_tasks::tasks(), echoes }
    }

    fn house(&self) -> House<'_> {
        let [owner, ..] = &self.people;
        House {
            business: "Harbour & Pine",
            owner,
            address: &self.address,
            reply_to: &self.address,
            digest_at: NaiveTime::MIN + TimeDelta::minutes(450),
        }
    }

    fn item(&self, kind: NoticeKind, task: u32) -> Item<'_> {
        let task = self.tasks.iter().find(|known| known.id == TaskId(task));
        let assistant = task.and_then(|task| self.people.iter().find(|person| person.id == task.assistant));
        Item { task, assistant, ..Item::new(kind) }
    }

    fn tasks_and_reminders(&self) -> Vec<Sample<'_>> {
        let item = |kind, task| self.item(kind, task);
        let reminder = |task| item(NoticeKind::RemindToConfirm, task);
        let by = Some(instant(24, 12, 0));
        vec![
            ("hello", vec![item(NoticeKind::Hello, 0)]),
            ("task", vec![Item { answer_by: by, files: FILES, ..item(NoticeKind::Task, 142) }]),
            ("task_bare", vec![item(NoticeKind::Task, 143)]),
            ("task_in_parts", vec![item(NoticeKind::Task, 145)]),
            ("remind_to_confirm", vec![Item { answer_by: by, ..reminder(142) }]),
            ("remind_to_confirm_bare", vec![reminder(143)]),
            (
                "remind_to_confirm_several",
                vec![Item { answer_by: by, ..reminder(143) }, Item { echo: &self.echoes.anas_own, ..reminder(145) }],
            ),
        ]
    }

    fn decisions(&self) -> Vec<Sample<'_>> {
        let by = Some(instant(24, 12, 0));
        let before = Some(WallTime::from_instant(instant(26, 9, 0), Tz::Asia__Manila));
        let moved = |why| Item { why_moved: Some(why), ..self.item(NoticeKind::DueMoved, 137) };
        let accepted = self.item(NoticeKind::Accepted, 138);
        let cancelled = self.item(NoticeKind::Cancelled, 136);
        let returned = Item { words: ANSWER, ..self.item(NoticeKind::Returned, 137) };
        vec![
            ("accepted", vec![Item { words: Some("Very tidy work."), ..accepted }]),
            ("accepted_bare", vec![accepted]),
            ("returned", vec![Item { due_before: before, files: FILES, ..returned }]),
            ("returned_bare", vec![Item { answer_by: by, ..returned }]),
            ("due_moved", vec![Item { words: ANSWER, due_before: before, ..moved(WhyMoved::ByOwner) }]),
            ("due_moved_agreed", vec![moved(WhyMoved::Agreed)]),
            ("due_moved_by_waiting", vec![moved(WhyMoved::AnswerAwaited)]),
            ("cancelled", vec![Item { words: Some("The supplier closed."), ..cancelled }]),
            ("cancelled_bare", vec![cancelled]),
        ]
    }

    fn words_between(&self) -> Vec<Sample<'_>> {
        let by = Some(instant(24, 12, 0));
        let before = Some(WallTime::from_instant(instant(26, 9, 0), Tz::Asia__Manila));
        let asked = Some("Shall I list them or leave them out?");
        let answer = |task| Item { words: ANSWER, ..self.item(NoticeKind::Answer, task) };
        let told = |task| Item { words: ANSWER, ..self.item(NoticeKind::Told, task) };
        let unsure =
            |task, words, asked| Item { words, asked: Some(asked), ..self.item(NoticeKind::NotUnderstood, task) };
        let whole = Some("I think that should be everything for now");
        let accepted = Item { words: Some("Thank you."), files: FILES, ..self.item(NoticeKind::Accepted, 138) };
        vec![
            ("answer", vec![Item { about: asked, due_before: before, echo: &self.echoes.jomars_own, ..answer(140) }]),
            ("answer_bare", vec![Item { answer_by: by, ..answer(142) }]),
            ("not_understood", vec![unsure(137, whole, Asked::WhetherDone)]),
            ("not_understood_whether_confirmed", vec![unsure(142, Some("Noted, will see"), Asked::ToConfirm)]),
            ("not_understood_status", vec![unsure(140, None, Asked::ForStatus)]),
            ("told", vec![Item { due_before: before, files: FILES, ..told(140) }]),
            ("told_bare", vec![Item { answer_by: by, ..told(140) }]),
            ("news_several", vec![told(137), accepted]),
        ]
    }

    fn news(&self) -> Vec<Sample<'_>> {
        let by = Some(instant(24, 17, 0));
        let question = |task| self.item(NoticeKind::Question, task);
        let year = Some("Which year?");
        let handed_back = self.item(NoticeKind::HandedBack, 139);
        vec![
            ("question", vec![Item { answer_by: by, files: FILES, echo: &self.echoes.jomars, ..question(141) }]),
            ("question_on_a_fixed_date", vec![Item { words: year, answer_by: by, ..question(146) }]),
            ("question_bare", vec![Item { words: year, ..question(147) }]),
            ("handed_back", vec![Item { files: FILES, answer_by: by, ..handed_back }]),
            ("handed_back_bare", vec![Item { words: Some("Here it is."), ..handed_back }]),
            (
                "several_to_owner",
                vec![
                    Item { answer_by: by, ..question(141) },
                    Item { files: FILES, ..handed_back },
                    Item { need: Some(OwnerDebt::Date), ..self.item(NoticeKind::NeedsOwner, 149) },
                    trouble(),
                ],
            ),
        ]
    }

    fn needs(&self) -> Vec<Sample<'_>> {
        let needs = |task| self.item(NoticeKind::NeedsOwner, task);
        let by = Some(instant(24, 17, 0));
        vec![
            ("blocked", vec![Item { answer_by: by, files: FILES, ..needs(148) }]),
            ("blocked_bare", vec![needs(148)]),
            ("date_asked", vec![Item { echo: &self.echoes.jomars, ..needs(149) }]),
            ("date_asked_without_date", vec![needs(150)]),
            ("please_look", vec![needs(151)]),
            ("declined", vec![Item { words: Some("Sorry, I have no room this month."), ..needs(152) }]),
            ("silent", vec![needs(131)]),
        ]
    }

    fn troubles(&self) -> Vec<Sample<'_>> {
        let failed = |task, about, words| Item {
            about: Some(about),
            words: Some(words),
            ..self.item(NoticeKind::CommandFailed, task)
        };
        let early = "HB-142 has not been handed back yet, so there is nothing to accept.";
        vec![
            ("command_failed", vec![failed(142, "ACCEPT HB-142", early)]),
            ("command_failed_without_task", vec![failed(0, "ACCEPT HB-999", "There is no task HB-999.")]),
            ("mailbox_trouble", vec![Item { since: Some(instant(24, 5, 12)), ..trouble() }]),
            ("mailbox_trouble_bare", vec![trouble()]),
            ("letters_held", vec![Item { words: Some(MANY), ..Item::new(NoticeKind::LettersHeld) }]),
        ]
    }

    fn digest(&self, templates: &Templates, tasks: &[Task], weekly: bool) -> Result<Composed, LetterError> {
        let house = self.house();
        let held = [
            held(88, "jomar.r@webmail.example", "Re: [HB-142] List 40 stockists", "the address is not on file"),
            held(91, "parcel@courier.example", "Your delivery", "the sender is not known"),
        ];
        let busy = !tasks.is_empty();
        let mut events = if weekly { last_week() } else { Vec::new() };
        events.extend(if busy { events_of_the_day() } else { Vec::new() });
        let day = Day {
            now: self.now,
            since: self.now - TimeDelta::days(1),
            owner: house.owner,
            people: &self.people,
            tasks,
            events: &events,
            silent: &[TaskId(144)],
            weekly,
            own_words_from: 240,
            held: if busy { &held } else { &[] },
            mailbox: &Mailbox { read_at: Some(self.now - TimeDelta::minutes(1)), trouble: None },
            ledger: &Head { entries: 1284, hash: "7f3a91c20be455d1c0de".to_owned() },
        };
        compose_digest(templates, &house, &page(&day), TOKEN, self.now)
    }
}

fn trouble() -> Item<'static> {
    let words = Some("imap.example.org:993 says: NO [ALERT] Please log in via your web browser");
    Item { words, ..Item::new(NoticeKind::MailboxTrouble) }
}

fn held(inbox: i64, from: &str, subject: &str, why: &str) -> Held {
    Held {
        inbox: InboxId(inbox),
        at: instant(23, 12, 0),
        from: from.to_owned(),
        subject: subject.to_owned(),
        why: why.to_owned(),
    }
}

/// A week in which a few tasks came and went, and the owner put two readings right.
fn last_week() -> Vec<Event> {
    let read = |mail, said: Said, applied| Fact::StatementRead {
        inbox: InboxId(mail),
        task: Some(TaskId(139)),
        reader: 1,
        said,
        words: "words".into(),
        confidence: Confidence::permille(if applied { 970 } else { 700 }),
        applied,
    };
    let corrected = |mail, read: &[Act], means: &[Act]| Fact::ReadingCorrected {
        inbox: InboxId(mail),
        task: TaskId(139),
        person: PersonId(2),
        reader: 1,
        asked: None,
        lessons: vec![Lesson {
            words: "words".into(),
            from: 0,
            to: 5,
            asks: false,
            read: read.to_vec(),
            doubted: Vec::new(),
            means: means.to_vec(),
            because: Vec::new(),
        }],
    };
    let filed = |mail| Fact::MailConcluded {
        inbox: InboxId(mail),
        person: Some(PersonId(2)),
        tasks: vec![TaskId(139)],
        outcome: Outcome::Filed,
        why: String::new(),
    };
    let handed_over = [139, 142, 131].map(|task| Fact::TaskHandedOver { task: TaskId(task) });
    let handed_back = Fact::TaskHandedBack { task: TaskId(138), words: "All.".into(), files: vec![], mail: None };
    let confirms = (1..=11).map(|mail| read(mail, Said::Confirm { understood: true }, true));
    let reports = (12..=19).map(|mail| read(mail, Said::Progress { percent: None, eta: None }, true));
    let mut facts: Vec<Fact> = handed_over.into();
    facts.extend([handed_back, Fact::TaskAccepted { task: TaskId(138), words: None }]);
    facts.extend(confirms.chain(reports));
    facts.extend([
        read(20, Said::Done { whole: Whole::Yes }, true),
        read(21, Said::Done { whole: Whole::Yes }, true),
        read(22, Said::Question, true),
        read(23, Said::Question, false),
    ]);
    facts.extend((1..=23).map(filed));
    facts.extend([corrected(21, &[Act::Done], &[Act::Progress]), corrected(22, &[Act::Question], &[Act::Question])]);
    facts.push(corrected(5, &[Act::Confirm], &[Act::Confirm, Act::Question]));
    let at = instant(18, 12, 0);
    (1..).zip(facts).map(|(id, fact)| Event { id: EventId(id), at, cause: Cause::Timer, fact }).collect()
}

fn events_of_the_day() -> Vec<Event> {
    let noted = |said, words: &str| Fact::Noted { person: PersonId(2), task: None, said, words: words.into() };
    let booked = |task, minutes| Fact::HoursBooked { task: TaskId(task), minutes, words: "hours".into() };
    let named = |task, person, words: &str, read| Fact::DateRead {
        task: TaskId(task),
        person: PersonId(person),
        date: DateRead { words: words.into(), read, until: None },
    };
    let ended = |fate| Fact::LetterEnded { letter: LetterId(9), fate, why: String::new() };
    let facts = vec![
        booked(139, 4_260),
        booked(142, 3_510),
        booked(131, 1_320),
        noted(Said::Capacity { state: Room::Room }, "I have ten hours free next week."),
        noted(Said::Suggestion, "The wholesaler's own list would save us two hours."),
        ended(Fate::Sent),
        ended(Fate::Sent),
        named(
            149,
            2,
            "next Friday, 5pm",
            Moment::Minute(WallTime::from_instant(instant(27, 9, 0) + TimeDelta::days(7), Tz::Asia__Manila)),
        ),
        named(137, 3, "by Thursday", Moment::Day { date: day(26), zone: Tz::Europe__Lisbon }),
        Fact::NoticeDropped { key: "HB-140/remind_to_confirm/2/rung-0-0".to_owned(), why: "confirmed".to_owned() },
    ];
    let at = instant(23, 12, 0);
    (1..).zip(facts).map(|(id, fact)| Event { id: EventId(id), at, cause: Cause::Timer, fact }).collect()
}

fn person(id: u32, name: &str, zone: Tz, fallback: Option<&str>) -> Person {
    let address = format!("{}@assistant.example", name.split(' ').next().unwrap_or_default().to_lowercase());
    Person {
        id: PersonId(id),
        role: if id == 1 { Role::Owner } else { Role::Assistant },
        profile: Profile {
            name: name.into(),
            address: address.into(),
            calendar: Calendar::usual(zone),
            fallback: fallback.map(Into::into),
        },
        hello: Hello::Skipped,
        added_at: instant(1, 9, 0),
    }
}

pub(super) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default()
}

pub(super) fn instant(day_of_month: u32, hour: i64, minute: i64) -> DateTime<Utc> {
    let midnight = day(day_of_month).and_time(NaiveTime::MIN).and_utc();
    midnight + TimeDelta::hours(hour) + TimeDelta::minutes(minute)
}

fn sound(address: &str) -> Address {
    address.parse().expect("a made-up address that is sound")
}
