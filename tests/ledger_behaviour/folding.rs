//! Whatever happens in whatever order, the tables say what the events add up to.

use crate::support::*;
use handback::{
    domain::{
        brief::{FileRef, Kept, Part},
        event::{Cause, Fact, NewEvent, Outcome, WhyMoved},
        id::{InboxId, LetterId, MessageId, PersonId, TaskId},
        letter::Fate,
        notice::NoticeKind,
        person::{Level, Role},
        statement::{Confidence, Money, Said, Whole},
        time::{DateRead, Moment},
        words::Words,
    },
    ledger::{LedgerError, LetterRecord, Verdict},
};
use proptest::{option, prelude::*};

fn some_words() -> impl Strategy<Value = Words> {
    prop_oneof![
        "\\PC{0,40}".prop_map(Words::from),
        Just(Words::from("{\"words\":\"no\"}")),
        Just(Words::from("")),
        Just(Words::from("\u{0}\r\n\u{fffd}")),
    ]
}

fn some_moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        (0_i64..40).prop_map(|days| Moment::Minute(due(days).by)),
        (0_i64..40).prop_map(|days| Moment::Day { date: due(days).by.local.date(), zone: due(days).by.zone }),
    ]
}

fn some_said() -> impl Strategy<Value = Said> {
    prop_oneof![
        any::<bool>().prop_map(|understood| Said::Confirm { understood }),
        option::of(some_moment()).prop_map(|eta| Said::Progress { percent: Some(40), eta }),
        Just(Said::Done { whole: Whole::Unsure }),
        Just(Said::Expense { amount: Some(Money { minor: -1250, currency: "USD".to_owned() }) }),
    ]
}

fn some_files() -> impl Strategy<Value = Vec<FileRef>> {
    let file = |name| FileRef {
        name,
        media_type: "application/pdf".to_owned(),
        size: u64::from(u32::MAX) * 3,
        kept: Kept::Mail { inbox: InboxId(1), part: 2 },
    };
    proptest::collection::vec(some_words().prop_map(file), 0..3)
}

/// Numbers from a small range, so that the facts meet the same things and many are refused.
fn some_task() -> impl Strategy<Value = TaskId> {
    (1_u32..4).prop_map(TaskId)
}

fn some_fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        3 => about_people(),
        4 => about_beginnings_and_ends(),
        6 => about_work(),
        2 => about_reading(),
        3 => about_letters(),
    ]
}

fn about_people() -> impl Strategy<Value = Fact> {
    let person = || (1_u32..4).prop_map(PersonId);
    prop_oneof![
        (person(), some_words(), any::<bool>()).prop_map(|(person, name, hello)| Fact::PersonAdded {
            person,
            role: if person == PersonId::OWNER { Role::Owner } else { Role::Assistant },
            profile: profile(name.as_str(), "maria@mail.example"),
            hello,
        }),
        (person(), some_words())
            .prop_map(|(person, name)| Fact::PersonChanged { person, profile: profile(name.as_str(), "no address") }),
        person().prop_map(|person| Fact::HelloAnswered { person, level: Level::Proven }),
    ]
}

fn about_beginnings_and_ends() -> impl Strategy<Value = Fact> {
    prop_oneof![
        (some_task(), 1_u32..4, some_words()).prop_map(|(task, assistant, title)| {
            let mut brief = brief(title.as_str());
            brief.parts.push(Part { number: 1, title, due: None });
            Fact::TaskDrafted { task, assistant: PersonId(assistant), brief }
        }),
        some_task().prop_map(|task| Fact::TaskHandedOver { task }),
        (some_task(), any::<bool>()).prop_map(|(task, understood)| Fact::TaskConfirmed { task, understood }),
        (some_task(), some_words()).prop_map(|(task, words)| Fact::TaskDeclined { task, words }),
        (some_task(), some_words(), some_files()).prop_map(|(task, words, files)| Fact::TaskHandedBack {
            task,
            words,
            files,
            mail: Some(InboxId(1)),
        }),
        (some_task(), option::of(some_words())).prop_map(|(task, words)| Fact::TaskAccepted { task, words }),
        (some_task(), some_words()).prop_map(|(task, words)| Fact::TaskReturned { task, words, due: Some(due(9)) }),
        (some_task(), option::of(some_words())).prop_map(|(task, words)| Fact::TaskCancelled { task, words }),
    ]
}

fn about_work() -> impl Strategy<Value = Fact> {
    prop_oneof![
        (some_task(), 0_u32..5, some_words(), any::<bool>()).prop_map(|(task, question, words, holds_work)| {
            Fact::QuestionAsked { task, question, words, holds_work }
        }),
        (some_task(), some_words()).prop_map(|(task, words)| Fact::QuestionsAnswered { task, words }),
        (some_task(), option::of(some_moment()), some_words(), some_files()).prop_map(|(task, eta, words, files)| {
            Fact::ProgressReported { task, percent: Some(30), eta, words, files }
        }),
        (some_task(), any::<u8>()).prop_map(|(task, part)| Fact::PartDelivered { task, part }),
        (some_task(), some_words()).prop_map(|(task, words)| Fact::WorkBlocked { task, words }),
        (some_task(), option::of(some_moment()), some_words()).prop_map(|(task, date, words)| Fact::DateProposed {
            task,
            date,
            words
        }),
        (some_task(), 0_i64..40).prop_map(|(task, days)| Fact::DueMoved {
            task,
            due: due(days),
            why: WhyMoved::AnswerAwaited
        }),
        (some_task(), any::<u32>(), some_words()).prop_map(|(task, minutes, words)| Fact::HoursBooked {
            task,
            minutes,
            words
        }),
        some_task().prop_map(|task| Fact::WordReceived { task }),
        (some_task(), option::of(some_words())).prop_map(|(task, words)| Fact::HeardElsewhere { task, words }),
        (some_task(), any::<u8>()).prop_map(|(task, rung)| Fact::Reminded { task, rung }),
    ]
}

fn about_reading() -> impl Strategy<Value = Fact> {
    prop_oneof![
        (some_task(), some_said(), some_words()).prop_map(|(task, said, words)| Fact::StatementRead {
            inbox: InboxId(3),
            task: Some(task),
            reader: 1,
            said,
            words,
            confidence: Confidence::permille(900),
            applied: true,
        }),
        (some_task(), option::of(some_said()), some_words()).prop_map(|(task, said, words)| Fact::DoubtRaised {
            inbox: InboxId(3),
            task,
            said,
            words,
        }),
        some_task().prop_map(|task| Fact::DoubtsSettled { task }),
        (some_task(), some_words()).prop_map(|(task, words)| {
            let read = Moment::Day { date: "2026-03-06".parse().unwrap(), zone: chrono_tz::Tz::Asia__Manila };
            Fact::DateRead { task, person: PersonId(2), date: DateRead { words, read, until: None } }
        }),
        some_task().prop_map(|task| Fact::DatesEchoed { task, to: PersonId(2) }),
        (some_said(), some_words()).prop_map(|(said, words)| Fact::Noted {
            person: PersonId(2),
            task: None,
            said,
            words
        }),
        Just(Fact::MailConcluded {
            inbox: InboxId(3),
            person: None,
            tasks: vec![TaskId(1)],
            outcome: Outcome::AskedBack,
            why: "unclear".to_owned(),
        }),
        Just(Fact::MailReleased { inbox: InboxId(3) }),
    ]
}

fn about_letters() -> impl Strategy<Value = Fact> {
    let letter = || (1_u32..4).prop_map(LetterId);
    let fate = prop_oneof![Just(Fate::Sent), Just(Fate::InDoubt), Just(Fate::Refused)];
    prop_oneof![
        (letter(), 1_u32..4, proptest::collection::vec(some_task(), 0..3)).prop_map(|(letter, to, tasks)| {
            Fact::LetterComposed {
                letter,
                kind: NoticeKind::Digest,
                to: PersonId(to),
                tasks,
                message_id: MessageId(format!("{letter}@shop.example")),
            }
        }),
        (letter(), fate).prop_map(|(letter, fate)| Fact::LetterEnded { letter, fate, why: "so".to_owned() }),
        Just(Fact::NoticeDropped { key: "HB-1/task/2/once".to_owned(), why: "stale".to_owned() }),
        Just(Fact::SendingHeld { why: "a holiday".to_owned(), by_brake: false }),
        Just(Fact::SendingResumed),
    ]
}

fn some_cause() -> impl Strategy<Value = Cause> {
    prop_oneof![
        Just(Cause::Timer),
        (1_i64..5).prop_map(|inbox| Cause::Mail { inbox: InboxId(inbox), from: 0, to: 9 }),
        Just(Cause::Command { name: "task add".to_owned() }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rebuilt_tables_are_the_ones_that_were_kept_up_to_date(
        facts in proptest::collection::vec((some_fact(), some_cause()), 1..90)
    ) {
        let (_dir, mut ledger) = with_a_task();
        let count = ledger.write(minute(5), |tx| {
            let mut written = 4;
            for (fact, cause) in facts {
                match tx.append(&NewEvent { fact, cause }) {
                    Ok(_) => written += 1,
                    // Refused for what it names, in the midst of a transaction that goes on.
                    Err(LedgerError::NoSuch(_) | LedgerError::NumberTaken(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(written)
        }).unwrap();

        let verdict = ledger.verify(None).unwrap();
        prop_assert!(
            matches!(verdict, Verdict::Sound { head, .. } if head.count == count),
            "{count} events, {verdict:?}"
        );
        let kept = everything(&ledger);
        ledger.rebuild().unwrap();
        prop_assert_eq!(everything(&ledger), kept);
    }
}

type Everything = (
    Vec<handback::domain::person::Person>,
    Vec<handback::domain::task::Task>,
    Vec<Option<LetterRecord>>,
    Option<handback::ledger::Brake>,
);

fn everything(ledger: &handback::ledger::Ledger) -> Everything {
    let view = ledger.view();
    let letters = (1..4).map(|letter| view.letter(LetterId(letter)).unwrap()).collect();
    (view.people().unwrap(), view.tasks().unwrap(), letters, view.sending_held().unwrap())
}

#[test]
fn the_open_tasks_are_those_that_want_something() {
    let (_dir, mut ledger) = with_a_task();
    for (number, fact) in [
        (2, None),
        (3, Some(Fact::TaskHandedOver { task: TaskId(3) })),
        (4, Some(Fact::TaskConfirmed { task: TaskId(4), understood: true })),
        (5, Some(Fact::TaskDeclined { task: TaskId(5), words: "no room".into() })),
        (6, Some(Fact::TaskHandedBack { task: TaskId(6), words: "done".into(), files: Vec::new(), mail: None })),
        (7, Some(Fact::TaskAccepted { task: TaskId(7), words: None })),
        (8, Some(Fact::TaskCancelled { task: TaskId(8), words: None })),
    ] {
        append(&mut ledger, Fact::TaskDrafted { task: TaskId(number), assistant: MARIA, brief: brief("one more") });
        fact.into_iter().for_each(|fact| append(&mut ledger, fact));
    }
    let view = ledger.view();
    let open: Vec<_> = view.open_tasks().unwrap().into_iter().map(|task| task.id).collect();
    let expected: Vec<_> =
        view.tasks().unwrap().into_iter().filter(|task| task.is_open()).map(|task| task.id).collect();
    assert_eq!(open, expected);
    assert_eq!(open.len(), 5);
    assert_eq!(view.tasks_of(MARIA).unwrap().len(), 8);
    assert_eq!(view.tasks_of(PersonId::OWNER).unwrap().len(), 0);
}

#[test]
fn people_are_found_by_the_address_they_have_today() {
    let (_dir, mut ledger) = with_a_task();
    let find = |ledger: &handback::ledger::Ledger, address: &str| {
        ledger.view().person_by_address(&address.parse().unwrap()).unwrap().map(|person| person.id)
    };
    assert_eq!(find(&ledger, "MARIA@mail.Example"), Some(MARIA));
    append(&mut ledger, Fact::PersonChanged { person: MARIA, profile: profile("Maria Santos", "new@mail.example") });
    assert_eq!(find(&ledger, "maria@mail.example"), None);
    assert_eq!(find(&ledger, "new@mail.example"), Some(MARIA));
    append(&mut ledger, Fact::HelloAnswered { person: MARIA, level: Level::Proven });
    assert!(ledger.view().person(MARIA).unwrap().unwrap().may_be_given_work());
}
