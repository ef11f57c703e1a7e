//! One letter of each kind, from made-up people.
//!
//! [`super::Templates::load`] composes them all, so that a broken template is found at start-up and not on the day
//! it is needed. The tests look at them too.

use super::{Composed, FileNote, House, Item, LetterError, Templates, compose, compose_digest, echo};
use crate::domain::{
    brief::{Brief, Due, FileRef, Kept, Part, Update},
    calendar::Calendar,
    event::{Cause, Event, Fact, WhyMoved},
    id::{Address, EventId, InboxId, LetterId, PersonId, TaskId},
    letter::Fate,
    notice::NoticeKind,
    person::{Hello, Person, Profile, Role},
    statement::{Room, Said, Whole},
    task::{OwnerDebt, Task},
    time::{Moment, WallTime},
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
    let mut letters = Vec::new();
    for (name, reader, items) in office.items().iter().map(|(name, reader, items)| (*name, *reader, items)) {
        let house = office.house();
        letters.push((name, compose(templates, &house, reader, items, TOKEN, office.now)?));
    }
    letters.push(("digest", office.digest(templates, &office.tasks)?));
    letters.push(("digest_quiet", office.digest(templates, &[])?));
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
    echo: Vec<String>,
}

/// The name of a letter, who reads it, and what it says.
type Sample<'a> = (&'static str, &'a Person, Vec<Item<'a>>);

const FILES: &[FileNote<'static>] = &[
    FileNote { name: "october-match.xlsx", size: 48_300, enclosed: true },
    FileNote { name: "scans.zip", size: 31_700_000, enclosed: false },
];

impl Office {
    fn new() -> Self {
        let now = instant(24, 7, 30);
        let friday = Moment::Minute(WallTime::from_instant(instant(27, 9, 0) + TimeDelta::days(7), Tz::Asia__Manila));
        Self {
            now,
            address: sound("tasks@harbour-pine.example"),
            people: [
                person(1, "Maya Ellison", Tz::Europe__London, Some("text +44 20 7946 0000")),
                person(2, "Jomar Reyes", Tz::Asia__Manila, Some("phone +63 2 5550 0100")),
                person(3, "Ana Silva", Tz::Europe__Lisbon, None),
                person(4, "Ravi Menon", Tz::Asia__Kolkata, Some("phone +91 22 5550 0100")),
            ],
            tasks: tasks(),
            echo: vec![echo("next Friday, 5pm", &friday, now)],
        }
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

    fn items(&self) -> Vec<Sample<'_>> {
        let mut samples = self.to_assistant();
        samples.extend(self.to_owner());
        samples
    }

    fn to_assistant(&self) -> Vec<Sample<'_>> {
        let [_, jomar, ana, _] = &self.people;
        let item = |kind, task| self.item(kind, task);
        let by = Some(instant(24, 12, 0));
        let words = Some("List them with a phone number only.\nIf a shop has neither, leave it out.");
        let before = Some(WallTime::from_instant(instant(26, 9, 0), Tz::Asia__Manila));
        vec![
            ("hello", jomar, vec![item(NoticeKind::Hello, 0)]),
            ("task", jomar, vec![Item { answer_by: by, files: FILES, ..item(NoticeKind::Task, 142) }]),
            ("task_bare", ana, vec![item(NoticeKind::Task, 143)]),
            ("task_in_parts", ana, vec![item(NoticeKind::Task, 145)]),
            ("remind_to_confirm", jomar, vec![Item { answer_by: by, ..item(NoticeKind::RemindToConfirm, 142) }]),
            ("remind_to_confirm_bare", ana, vec![item(NoticeKind::RemindToConfirm, 143)]),
            (
                "remind_to_confirm_several",
                ana,
                vec![
                    Item { answer_by: by, ..item(NoticeKind::RemindToConfirm, 143) },
                    Item { echo: &self.echo, ..item(NoticeKind::RemindToConfirm, 145) },
                ],
            ),
            (
                "answer",
                jomar,
                vec![Item {
                    words,
                    about: Some("Shall I list them or leave them out?"),
                    due_before: before,
                    echo: &self.echo,
                    ..item(NoticeKind::Answer, 140)
                }],
            ),
            ("answer_bare", jomar, vec![Item { words, answer_by: by, ..item(NoticeKind::Answer, 142) }]),
            ("accepted", ana, vec![Item { words: Some("Very tidy work."), ..item(NoticeKind::Accepted, 138) }]),
            ("accepted_bare", ana, vec![item(NoticeKind::Accepted, 138)]),
            (
                "returned",
                ana,
                vec![Item { words, due_before: before, files: FILES, ..item(NoticeKind::Returned, 137) }],
            ),
            ("returned_bare", ana, vec![Item { words, answer_by: by, ..item(NoticeKind::Returned, 137) }]),
            (
                "due_moved",
                ana,
                vec![Item {
                    words,
                    due_before: before,
                    why_moved: Some(WhyMoved::ByOwner),
                    ..item(NoticeKind::DueMoved, 137)
                }],
            ),
            (
                "due_moved_agreed",
                ana,
                vec![Item { why_moved: Some(WhyMoved::Agreed), ..item(NoticeKind::DueMoved, 137) }],
            ),
            (
                "due_moved_by_waiting",
                ana,
                vec![Item { why_moved: Some(WhyMoved::AnswerAwaited), ..item(NoticeKind::DueMoved, 137) }],
            ),
            (
                "cancelled",
                ana,
                vec![Item { words: Some("The supplier closed."), ..item(NoticeKind::Cancelled, 136) }],
            ),
            ("cancelled_bare", ana, vec![item(NoticeKind::Cancelled, 136)]),
            (
                "not_understood",
                ana,
                vec![Item {
                    words: Some("I think that should be everything for now"),
                    asked: Some(Asked::WhetherDone),
                    ..item(NoticeKind::NotUnderstood, 137)
                }],
            ),
            (
                "not_understood_whether_confirmed",
                jomar,
                vec![Item {
                    words: Some("Noted, will see"),
                    asked: Some(Asked::ToConfirm),
                    ..item(NoticeKind::NotUnderstood, 142)
                }],
            ),
            (
                "not_understood_status",
                jomar,
                vec![Item { asked: Some(Asked::ForStatus), ..item(NoticeKind::NotUnderstood, 140) }],
            ),
            ("told", jomar, vec![Item { words, due_before: before, files: FILES, ..item(NoticeKind::Told, 140) }]),
            ("told_bare", jomar, vec![Item { words, answer_by: by, ..item(NoticeKind::Told, 140) }]),
            (
                "news_several",
                ana,
                vec![
                    Item { words, ..item(NoticeKind::Told, 137) },
                    Item { words: Some("Thank you."), files: FILES, ..item(NoticeKind::Accepted, 138) },
                ],
            ),
        ]
    }

    fn to_owner(&self) -> Vec<Sample<'_>> {
        let [maya, ..] = &self.people;
        let item = |kind, task| self.item(kind, task);
        let by = Some(instant(24, 17, 0));
        let needs = |task| item(NoticeKind::NeedsOwner, task);
        let trouble = Item {
            words: Some("imap.example.org:993 says: NO [ALERT] Please log in via your web browser"),
            ..item(NoticeKind::MailboxTrouble, 0)
        };
        vec![
            (
                "question",
                maya,
                vec![Item { answer_by: by, files: FILES, echo: &self.echo, ..item(NoticeKind::Question, 141) }],
            ),
            (
                "question_on_a_fixed_date",
                maya,
                vec![Item { words: Some("Which year?"), answer_by: by, ..item(NoticeKind::Question, 146) }],
            ),
            ("question_bare", maya, vec![Item { words: Some("Which year?"), ..item(NoticeKind::Question, 147) }]),
            ("handed_back", maya, vec![Item { files: FILES, answer_by: by, ..item(NoticeKind::HandedBack, 139) }]),
            (
                "handed_back_bare",
                maya,
                vec![Item { words: Some("Here it is."), ..item(NoticeKind::HandedBack, 139) }],
            ),
            ("blocked", maya, vec![Item { answer_by: by, files: FILES, ..needs(148) }]),
            ("blocked_bare", maya, vec![needs(148)]),
            ("date_asked", maya, vec![Item { echo: &self.echo, ..needs(149) }]),
            ("date_asked_without_date", maya, vec![needs(150)]),
            ("please_look", maya, vec![needs(151)]),
            ("declined", maya, vec![Item { words: Some("Sorry, I have no room this month."), ..needs(152) }]),
            ("silent", maya, vec![needs(131)]),
            (
                "command_failed",
                maya,
                vec![Item {
                    about: Some("ACCEPT HB-142"),
                    words: Some(
                        "HB-142 has not been handed back yet, so there is nothing to accept. Jomar has not confirmed it either.",
                    ),
                    ..item(NoticeKind::CommandFailed, 142)
                }],
            ),
            (
                "command_failed_without_task",
                maya,
                vec![Item {
                    about: Some("ACCEPT HB-999"),
                    words: Some("There is no task HB-999."),
                    ..item(NoticeKind::CommandFailed, 0)
                }],
            ),
            ("mailbox_trouble", maya, vec![Item { since: Some(instant(24, 5, 12)), ..trouble }]),
            ("mailbox_trouble_bare", maya, vec![trouble]),
            (
                "several_to_owner",
                maya,
                vec![
                    Item { answer_by: by, ..item(NoticeKind::Question, 141) },
                    Item { files: FILES, ..item(NoticeKind::HandedBack, 139) },
                    Item { need: Some(OwnerDebt::Date), ..needs(149) },
                    trouble,
                ],
            ),
        ]
    }

    fn digest(&self, templates: &Templates, tasks: &[Task]) -> Result<Composed, LetterError> {
        let house = self.house();
        let held = [
            held(88, "jomar.r@webmail.example", "Re: [HB-142] List 40 stockists", "the address is not on file"),
            held(91, "parcel@courier.example", "Your delivery", "the sender is not known"),
        ];
        let busy = !tasks.is_empty();
        let events = if busy { events() } else { Vec::new() };
        let day = Day {
            now: self.now,
            since: self.now - TimeDelta::days(1),
            owner: house.owner,
            people: &self.people,
            tasks,
            events: &events,
            silent: &[TaskId(144)],
            own_words_from: 240,
            held: if busy { &held } else { &[] },
            mailbox: &Mailbox { read_at: Some(self.now - TimeDelta::minutes(1)), trouble: None },
            ledger: &Head { entries: 1284, hash: "7f3a91c20be455d1c0de".to_owned() },
        };
        compose_digest(templates, &house, &page(&day), TOKEN, self.now)
    }
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

fn events() -> Vec<Event> {
    let noted = |said, words: &str| Fact::Noted { person: PersonId(2), task: None, said, words: words.into() };
    let booked = |task, minutes| Fact::HoursBooked { task: TaskId(task), minutes, words: "hours".into() };
    let ended = |fate| Fact::LetterEnded { letter: LetterId(9), fate, why: String::new() };
    let facts = vec![
        booked(139, 4_260),
        booked(142, 3_510),
        booked(131, 1_320),
        noted(Said::Capacity { state: Room::Room }, "I have ten hours free next week."),
        noted(Said::Suggestion, "The wholesaler's own list would save us two hours."),
        ended(Fate::Sent),
        ended(Fate::Sent),
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

/// Tasks in every state that a letter can speak of.
fn tasks() -> Vec<Task> {
    let id = TaskId(0);
    let confirmed = || Fact::TaskConfirmed { task: id, understood: true };
    let handed_back = || Fact::TaskHandedBack {
        task: id,
        words: "All 64 matched. Two suppliers billed twice, marked yellow in the sheet.".into(),
        files: vec![FileRef {
            name: "october-match.xlsx".into(),
            media_type: "application/vnd.ms-excel".to_owned(),
            size: 48_300,
            kept: Kept::Mail { inbox: InboxId(7), part: 2 },
        }],
        mail: None,
    };
    let asked =
        |words: &str, holds_work| Fact::QuestionAsked { task: id, question: 1, words: words.into(), holds_work };
    let proposed = |date| Fact::DateProposed {
        task: id,
        date,
        words: "Could I have until the 4th? My internet was down for two days.".into(),
    };
    let stockists =
        "Six good shops show no e-mail on their site. Shall I list them with a phone number only, or leave them out?";
    let friday = Moment::Day { date: day(27) + TimeDelta::days(7), zone: Tz::Asia__Manila };
    let expected =
        |eta| Fact::ProgressReported { task: id, percent: Some(70), eta, words: "70 %".into(), files: Vec::new() };
    let doubt = Fact::DoubtRaised {
        inbox: InboxId(5),
        task: id,
        said: Some(Said::Done { whole: Whole::Unsure }),
        words: "I suppose you could call it finished.".into(),
    };
    let reminded = || Fact::Reminded { task: id, rung: 0 };
    let mut overdue = task(
        131,
        4,
        "Update the price list on the shop pages",
        instant(23, 6, 30),
        vec![confirmed(), reminded(), reminded()],
    );
    overdue.brief.limit_minutes = Some(240);
    let mut parts = task(145, 3, "Move the customer list to the new address book", instant(30, 17, 0), vec![]);
    parts.brief.parts = vec![
        Part {
            number: 1,
            title: "Letters A to M".into(),
            due: Some(WallTime::from_instant(instant(26, 12, 0), Tz::Europe__Lisbon)),
        },
        Part { number: 2, title: "Letters N to Z".into(), due: None },
    ];
    parts.due.hard = true;
    let mut fixed =
        task(146, 2, "Check the VAT numbers", instant(27, 9, 0), vec![confirmed(), asked("Which year?", true)]);
    fixed.due.hard = true;
    let mut bare = task(143, 3, "Draft the January newsletter", instant(30, 12, 0), vec![]);
    bare.brief.limit_minutes = None;
    let hours = |minutes| Fact::HoursBooked { task: id, minutes, words: "hours".into() };
    vec![
        overdue,
        task(
            136,
            3,
            "Holiday notice",
            instant(25, 12, 0),
            vec![confirmed(), Fact::TaskCancelled { task: id, words: None }],
        ),
        task(137, 3, "Answer October reviews", instant(26, 15, 0), vec![confirmed(), hours(270), expected(None)]),
        task(
            138,
            3,
            "Supplier phone list",
            instant(24, 12, 0),
            vec![confirmed(), hours(330), handed_back(), Fact::TaskAccepted { task: id, words: None }],
        ),
        task(
            139,
            3,
            "Match the October invoices to the bank",
            instant(24, 17, 0),
            vec![confirmed(), hours(330), handed_back()],
        ),
        task(
            140,
            2,
            "Write alt texts for 120 photos",
            instant(25, 9, 0),
            vec![confirmed(), hours(210), expected(Some(friday))],
        ),
        task(
            141,
            2,
            "Find a printer for the spring catalogue",
            instant(27, 9, 0),
            vec![confirmed(), asked(stockists, true)],
        ),
        stockist_list(),
        bare,
        task(144, 4, "Book the courier slots", instant(27, 12, 0), vec![]),
        parts,
        fixed,
        task(
            147,
            2,
            "Sort the photo archive",
            instant(30, 9, 0),
            vec![Fact::TaskConfirmed { task: id, understood: false }, asked("Which year?", false)],
        ),
        task(
            148,
            2,
            "Renew the shop's domain",
            instant(27, 9, 0),
            vec![confirmed(), Fact::WorkBlocked { task: id, words: "The login does not work any more.".into() }],
        ),
        task(
            149,
            2,
            "Translate the size guide",
            instant(27, 9, 0),
            vec![confirmed(), proposed(Some(friday)), asked("In British spelling?", false)],
        ),
        task(150, 2, "Tag the blog posts", instant(27, 9, 0), vec![confirmed(), proposed(None)]),
        task(151, 3, "Clean the mailing list", instant(27, 9, 0), vec![confirmed(), doubt]),
        task(
            152,
            4,
            "Call the three couriers",
            instant(27, 9, 0),
            vec![Fact::TaskDeclined { task: id, words: "No room".into() }],
        ),
        task(
            153,
            4,
            "Proofread the returns page",
            instant(30, 9, 0),
            vec![Fact::TaskConfirmed { task: id, understood: false }],
        ),
    ]
}

/// The task with everything that a brief can hold.
fn stockist_list() -> Task {
    let mut task = task(142, 2, "List 40 stockists for the spring catalogue", instant(27, 9, 0), vec![]);
    let brief = &mut task.brief;
    brief.why = Some("The catalogue goes to print on 7 December. Every shop on your list gets a personal letter, so one wrong address is one lost order.".into());
    brief.outcome = "one spreadsheet with 40 rows, no empty e-mail field, no shop twice, no chain stores.".into();
    brief.steps = [
        "Shop name, town and web address",
        "Name of the buyer, e-mail and phone",
        "The page where you found the e-mail",
    ]
    .map(Into::into)
    .to_vec();
    brief.pay = Some("USD 8.00 an hour, USD 48.00 at most, under the agreement of 2 March 2026".into());
    let by = WallTime::from_instant(instant(25, 4, 0), Tz::Asia__Manila);
    brief.update = Some(Update { what: "send the first 5 rows. You get feedback the same day.".into(), by });
    task
}

/// A task of six hours that was handed over on Friday and has gone through `facts`, one in two hours from Monday.
fn task(number: u32, assistant: u32, title: &str, due: DateTime<Utc>, facts: Vec<Fact>) -> Task {
    let brief = Brief {
        title: title.into(),
        why: None,
        outcome: "every entry is checked, and open points are listed at the end.".into(),
        steps: Vec::new(),
        parts: Vec::new(),
        due: Due { by: WallTime::from_instant(due, Tz::Asia__Manila), hard: false },
        limit_minutes: Some(360),
        pay: None,
        update: None,
        files: Vec::new(),
    };
    let mut at = instant(20, 9, 0);
    let mut task = Task::drafted(TaskId(number), PersonId(assistant), brief, at);
    task.apply(&Fact::TaskHandedOver { task: task.id }, at);
    at = instant(23, 9, 0);
    for fact in facts {
        task.apply(&fact, at);
        at += TimeDelta::hours(2);
    }
    task
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default()
}

fn instant(day_of_month: u32, hour: i64, minute: i64) -> DateTime<Utc> {
    let midnight = day(day_of_month).and_time(NaiveTime::MIN).and_utc();
    midnight + TimeDelta::hours(hour) + TimeDelta::minutes(minute)
}

fn sound(address: &str) -> Address {
    address.parse().expect("a made-up address that is sound")
}
