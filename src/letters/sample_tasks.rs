//! The made-up tasks that the samples speak of.

use super::sample::{day, instant};
use crate::domain::{
    brief::{Brief, Due, FileRef, Kept, Part, Update},
    event::Fact,
    id::{InboxId, PersonId, TaskId},
    statement::{Said, Whole},
    task::Task,
    time::{Moment, WallTime},
};
use chrono::TimeDelta;
use chrono_tz::Tz;

const JOMAR: PersonId = PersonId(2);
const ANA: PersonId = PersonId(3);
const RAVI: PersonId = PersonId(4);

/// Tasks in every state that a letter can speak of.
pub(super) fn tasks() -> Vec<Task> {
    [in_work(), for_the_owner(), ended(), vec![stockist_list(), in_parts(), fixed()]].concat()
}

fn in_work() -> Vec<Task> {
    let mut overdue =
        task(131, RAVI, "Update the price list on the shop pages", 23, vec![confirmed(), reminded(), reminded()]);
    overdue.brief.limit_minutes = Some(240);
    let mut unlimited = task(143, ANA, "Draft the January newsletter", 30, vec![]);
    unlimited.brief.limit_minutes = None;
    vec![
        overdue,
        unlimited,
        task(137, ANA, "Answer October reviews", 26, vec![confirmed(), hours(270), expected(None)]),
        task(
            140,
            JOMAR,
            "Write alt texts for 120 photos",
            25,
            vec![confirmed(), hours(210), expected(Some(friday()))],
        ),
        task(144, RAVI, "Book the courier slots", 27, vec![]),
        task(153, RAVI, "Proofread the returns page", 30, vec![acknowledged()]),
    ]
}

fn for_the_owner() -> Vec<Task> {
    let blocked = Fact::WorkBlocked { task: ANY, words: "The login does not work any more.".into() };
    let doubt = Fact::DoubtRaised {
        inbox: InboxId(5),
        task: ANY,
        said: Some(Said::Done { whole: Whole::Unsure }),
        words: "I suppose you could call it finished.".into(),
    };
    let declined = Fact::TaskDeclined { task: ANY, words: "No room".into() };
    let stockists =
        "Six good shops show no e-mail on their site. Shall I list them with a phone number only, or leave them out?";
    let spelling = asked("In British spelling?", false);
    vec![
        task(139, ANA, "Match the October invoices to the bank", 24, vec![confirmed(), hours(330), handed_back()]),
        task(141, JOMAR, "Find a printer for the spring catalogue", 27, vec![confirmed(), asked(stockists, true)]),
        task(147, JOMAR, "Sort the photo archive", 30, vec![acknowledged(), asked("Which year?", false)]),
        task(148, JOMAR, "Renew the shop's domain", 27, vec![confirmed(), blocked]),
        task(149, JOMAR, "Translate the size guide", 27, vec![confirmed(), proposed(Some(friday())), spelling]),
        task(150, JOMAR, "Tag the blog posts", 27, vec![confirmed(), proposed(None)]),
        task(151, ANA, "Clean the mailing list", 27, vec![confirmed(), doubt]),
        task(152, RAVI, "Call the three couriers", 27, vec![declined]),
    ]
}

fn ended() -> Vec<Task> {
    let accepted = Fact::TaskAccepted { task: ANY, words: None };
    let cancelled = Fact::TaskCancelled { task: ANY, words: None };
    vec![
        task(136, ANA, "Holiday notice", 25, vec![confirmed(), cancelled]),
        task(138, ANA, "Supplier phone list", 24, vec![confirmed(), hours(330), handed_back(), accepted]),
    ]
}

fn in_parts() -> Task {
    let mut task = task(145, ANA, "Move the customer list to the new address book", 30, vec![]);
    let thursday = WallTime::from_instant(instant(26, 12, 0), Tz::Europe__Lisbon);
    task.due.hard = true;
    task.brief.parts = vec![
        Part { number: 1, title: "Letters A to M".into(), due: Some(thursday) },
        Part { number: 2, title: "Letters N to Z".into(), due: None },
    ];
    task
}

fn fixed() -> Task {
    let mut task = task(146, JOMAR, "Check the VAT numbers", 27, vec![confirmed(), asked("Which year?", true)]);
    task.due.hard = true;
    task
}

/// Facts are applied to a task whatever task they name.
const ANY: TaskId = TaskId(0);

fn confirmed() -> Fact {
    Fact::TaskConfirmed { task: ANY, understood: true }
}

fn acknowledged() -> Fact {
    Fact::TaskConfirmed { task: ANY, understood: false }
}

fn reminded() -> Fact {
    Fact::Reminded { task: ANY, rung: 0 }
}

fn hours(minutes: u32) -> Fact {
    Fact::HoursBooked { task: ANY, minutes, words: "hours".into() }
}

fn asked(words: &str, holds_work: bool) -> Fact {
    Fact::QuestionAsked { task: ANY, question: 1, words: words.into(), holds_work }
}

fn proposed(date: Option<Moment>) -> Fact {
    let words = "Could I have until the 4th? My internet was down for two days.".into();
    Fact::DateProposed { task: ANY, date, words }
}

fn expected(eta: Option<Moment>) -> Fact {
    Fact::ProgressReported { task: ANY, percent: Some(70), eta, words: "70 %".into(), files: Vec::new() }
}

fn handed_back() -> Fact {
    let sheet = FileRef {
        name: "october-match.xlsx".into(),
        media_type: "application/vnd.ms-excel".to_owned(),
        size: 48_300,
        kept: Kept::Mail { inbox: InboxId(7), part: 2 },
    };
    let words = "All 64 matched. Two suppliers billed twice, marked yellow in the sheet.".into();
    Fact::TaskHandedBack { task: ANY, words, files: vec![sheet], mail: None }
}

fn friday() -> Moment {
    Moment::Day { date: day(27) + TimeDelta::days(7), zone: Tz::Asia__Manila }
}

/// The task with everything that a brief can hold.
fn stockist_list() -> Task {
    let mut task = task(142, JOMAR, "List 40 stockists for the spring catalogue", 27, vec![]);
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

/// A task of six hours, due at 09:00 on that day of November, that was handed over on Friday the 20th and has gone
/// through `facts`, one in two hours from Monday on.
fn task(number: u32, assistant: PersonId, title: &str, due: u32, facts: Vec<Fact>) -> Task {
    let by = WallTime::from_instant(instant(due, 9, 0), Tz::Asia__Manila);
    let brief = Brief {
        title: title.into(),
        why: None,
        outcome: "every entry is checked, and open points are listed at the end.".into(),
        steps: Vec::new(),
        parts: Vec::new(),
        due: Due { by, hard: false },
        limit_minutes: Some(360),
        pay: None,
        update: None,
        files: Vec::new(),
    };
    let mut at = instant(20, 9, 0);
    let mut task = Task::drafted(TaskId(number), assistant, brief, at);
    task.apply(&Fact::TaskHandedOver { task: task.id }, at);
    at = instant(23, 9, 0);
    for fact in facts {
        task.apply(&fact, at);
        at += TimeDelta::hours(2);
    }
    task
}
