//! Every tap of every letter, sent back as mail, does what it says.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

#[path = "support/mod.rs"]
mod support;

use chrono::TimeDelta;
use handback::{
    domain::{
        command::Order,
        event::{Cause, Fact, NewEvent},
        id::InboxId,
        id::TaskId,
        notice::NoticeKind,
        statement::{Act, Confidence, Money, Room, Said, Whole},
        tap::{FirstWord, Prompt},
        task::{OwnerDebt, Stage, Turn},
        understanding::{OwnWords, Situation, Understanding},
    },
    letters::{Tap, Templates, sample},
    understanding::{
        own_words::from_text,
        owner::{Answered, read_owner},
        read_reply, thread,
    },
};
use std::collections::BTreeMap;
use support::{
    mail_program::taps as taps_in,
    office::{Office, Sent, told},
};

const MONDAY: &str = "2026-03-02T09:00:00Z";

// ---- every tap of every letter, by the reader alone ----

/// Every tap of the letters that are composed at start-up, with the name of its letter.
fn every_tap() -> Vec<(&'static str, Tap)> {
    let templates = Templates::load(&BTreeMap::new()).unwrap();
    let letters = sample::every_letter(&templates).unwrap();
    letters.into_iter().flat_map(|(name, letter)| letter.taps.into_iter().map(move |tap| (name, tap))).collect()
}

fn situation() -> Situation {
    Situation {
        lines: vec![TaskId(142)],
        ..Situation::new("2026-11-24T09:00:00".parse().unwrap(), chrono_tz::Europe::London)
    }
}

/// The tap's body with `answers` typed behind its prompts, in order.
fn filled(tap: &Tap, answers: &[&str]) -> String {
    let mut answers = answers.iter();
    let fill = |line: &str| match (line.ends_with(':'), line) {
        (true, line) => format!("{line} {}", answers.next().copied().unwrap_or_default()),
        (false, line) => line.to_owned(),
    };
    tap.body.lines().map(fill).collect::<Vec<_>>().join("\n")
}

fn assistant_says(body: &str) -> Understanding {
    read_reply(&from_text(body, None), &situation())
}

fn owner_orders(body: &str, subject: &str) -> Vec<Result<Order, String>> {
    let words: OwnWords = from_text(body, None);
    let answered = Answered { kind: Some(NoticeKind::Digest), situation: situation() };
    let read = read_owner(&words, subject, &answered);
    read.into_iter().map(|order| order.map(|command| command.order).map_err(|refusal| refusal.reason)).collect()
}

fn believed(read: &Understanding) -> Vec<Act> {
    read.statements.iter().filter(|statement| statement.applied).map(|statement| statement.act()).collect()
}

/// What an assistant's tap says that is sent as it is: this act, believed or, where it is too vague, to be looked at.
fn check_assistant_tap(letter: &str, tap: &Tap, act: Act, is_believed: bool) {
    let read = assistant_says(&tap.body);
    let found: Vec<(Act, bool)> = read.statements.iter().map(|said| (said.act(), said.applied)).collect();
    assert_eq!(found, [(act, is_believed)], "{letter}: {}", tap.body);
    assert!(read.unread.is_empty(), "{letter}: {:?}", read.unread);
}

#[test]
fn every_tap_that_is_sent_as_it_is_does_what_it_says() {
    for (letter, tap) in every_tap() {
        let body = &tap.body;
        let orders = || owner_orders(body, &tap.subject);
        match tap.word {
            FirstWord::Confirm => check_assistant_tap(letter, &tap, Act::Confirm, true),
            FirstWord::Question => check_assistant_tap(letter, &tap, Act::Question, true),
            FirstWord::Cannot => check_assistant_tap(letter, &tap, Act::Decline, false),
            FirstWord::Status => check_assistant_tap(letter, &tap, Act::Progress, true),
            FirstWord::Done => {
                check_assistant_tap(letter, &tap, Act::Done, true);
                let said = assistant_says(body).statements.remove(0).said;
                assert_eq!(said, Said::Done { whole: Whole::Yes }, "{letter}: {body}");
            }
            FirstWord::Hours => check_assistant_tap(letter, &tap, Act::Hours, true),
            FirstWord::Accept => assert_eq!(orders(), [Ok(Order::Accept { words: None })], "{letter}: {body}"),
            FirstWord::Cancel => assert_eq!(orders(), [Ok(Order::Cancel { words: None })], "{letter}: {body}"),
            FirstWord::Due if !body.trim_end().ends_with(':') => {
                assert!(matches!(orders().as_slice(), [Ok(Order::Due { .. })]), "{letter}: {body}: {:?}", orders());
            }
            FirstWord::Read => assert!(is_reading(&orders(), true), "{letter}: {body}: {:?}", orders()),
            // These are nothing without words: the owner is told so, and what to write.
            FirstWord::Answer | FirstWord::Return | FirstWord::Due | FirstWord::Tell => {
                let refused = orders();
                assert!(
                    matches!(refused.as_slice(), [Err(why)] if why.contains("missing; write ")),
                    "{letter}: {refused:?}"
                );
            }
        }
    }
}

#[test]
fn every_tap_whose_prompts_are_filled_says_what_was_filled_in() {
    for (letter, tap) in every_tap() {
        let says = |answers: &[&str]| assistant_says(&filled(&tap, answers));
        let orders = |answers: &[&str]| owner_orders(&filled(&tap, answers), &tap.subject);
        match tap.word {
            FirstWord::Confirm if tap.body.contains(Prompt::WorkingHours.as_str()) => {
                assert!(believed(&says(&["Monday to Thursday, 10:00 to 19:00"])).contains(&Act::Confirm), "{letter}");
            }
            FirstWord::Confirm => {
                let read = says(&["40 shops with phone numbers, in the sheet, by Friday", "Wednesday"]);
                assert_eq!(believed(&read), [Act::Confirm], "{letter}: {:#?}", read.statements);
                assert_eq!(read.statements[0].said, Said::Confirm { understood: true }, "{letter}");
            }
            FirstWord::Question => {
                let read = says(&["Which year do you mean?"]);
                assert_eq!(believed(&read), [Act::Question], "{letter}: {:#?}", read.statements);
                assert!(read.statements[0].words.contains("Which year do you mean"), "{:#?}", read.statements);
            }
            FirstWord::Cannot => {
                let read = says(&["I am ill until Thursday", "Monday 7 December, 17:00"]);
                assert!(believed(&read).contains(&Act::Extension), "{letter}: {:#?}", read.statements);
                assert!(!believed(&read).contains(&Act::Decline), "{letter}: {:#?}", read.statements);
            }
            FirstWord::Status => {
                let read = says(&["60 %", "Friday 27 November, 12:00"]);
                assert!(!believed(&read).is_empty(), "{letter}");
                assert!(believed(&read).iter().all(|act| *act == Act::Progress), "{letter}: {:#?}", read.statements);
                let percents =
                    read.statements.iter().any(|said| matches!(said.said, Said::Progress { percent: Some(60), .. }));
                let etas =
                    read.statements.iter().any(|said| matches!(said.said, Said::Progress { eta: Some(_), .. }));
                assert!(percents && etas, "{letter}: {:#?}", read.statements);
            }
            FirstWord::Done => {
                let read = says(&["the sheet with all 40 shops", "5.5"]);
                assert!(believed(&read).contains(&Act::Done), "{letter}: {:#?}", read.statements);
                let hours = read
                    .statements
                    .iter()
                    .any(|said| said.said == Said::Hours { minutes: Some(330) } && said.applied);
                assert!(hours, "{letter}: {:#?}", read.statements);
            }
            FirstWord::Hours => {
                let read = says(&["5.5"]);
                assert_eq!(believed(&read), [Act::Hours], "{letter}: {:#?}", read.statements);
                assert_eq!(read.statements[0].said, Said::Hours { minutes: Some(330) }, "{letter}");
                for typed in ["HOURS HB-142 5.5", "HOURS 5.5", "hours hb-142 5h30"] {
                    assert_eq!(
                        assistant_says(typed).statements[0].said,
                        Said::Hours { minutes: Some(330) },
                        "{typed}"
                    );
                }
            }
            FirstWord::Answer => {
                let body = format!("{}Leave them out.", tap.body);
                assert_eq!(
                    owner_orders(&body, &tap.subject),
                    [Ok(Order::Answer { words: "Leave them out.".into() })],
                    "{letter}"
                );
            }
            FirstWord::Tell => {
                let body = format!("{}Leave them out.", tap.body);
                assert_eq!(
                    owner_orders(&body, &tap.subject),
                    [Ok(Order::Tell { words: "Leave them out.".into() })],
                    "{letter}"
                );
            }
            FirstWord::Accept => assert_eq!(
                orders(&["Lovely work."]),
                [Ok(Order::Accept { words: Some("Lovely work.".into()) })],
                "{letter}"
            ),
            FirstWord::Cancel => assert_eq!(
                orders(&["The shop has closed."]),
                [Ok(Order::Cancel { words: Some("The shop has closed.".into()) })],
                "{letter}"
            ),
            FirstWord::Return => {
                let read = orders(&["The totals are missing.", "Friday 27 November, 12:00"]);
                assert!(
                    matches!(read.as_slice(), [Ok(Order::Return { words, due: Some(_) })] if words.as_str() == "The totals are missing."),
                    "{letter}: {read:?}"
                );
            }
            // There is nothing to fill in.
            FirstWord::Read => assert!(is_reading(&orders(&[]), true), "{letter}: {:?}", orders(&[])),
            FirstWord::Due => {
                let body = format!("DUE HB-142\n\n{} Friday 27 November, 12:00\n", Prompt::NewDateAndTime.as_str());
                let read = owner_orders(&body, &tap.subject);
                assert!(matches!(read.as_slice(), [Ok(Order::Due { .. })]), "{letter}: {read:?}");
            }
        }
    }
}

#[test]
fn what_a_text_letter_shows_to_type_is_read_in_any_case() {
    for (letter, tap) in every_tap() {
        let typed = tap.typed.replace("your words", "Leave them out.").replace("Wed 17:00", "Wed 25 Nov 17:00");
        for typed in [typed.clone(), typed.to_lowercase(), capitalised(&typed)] {
            let acts = || {
                let read = assistant_says(&typed);
                read.statements.iter().map(|said| said.act()).collect::<Vec<_>>()
            };
            let order = || owner_orders(&typed, &tap.subject);
            match tap.word {
                FirstWord::Confirm => assert_eq!(acts(), [Act::Confirm], "{letter}: {typed}"),
                FirstWord::Question => assert_eq!(acts(), [Act::Question], "{letter}: {typed}"),
                FirstWord::Cannot => assert_eq!(acts(), [Act::Decline], "{letter}: {typed}"),
                FirstWord::Status => assert_eq!(acts(), [Act::Progress], "{letter}: {typed}"),
                FirstWord::Done => assert_eq!(acts(), [Act::Done], "{letter}: {typed}"),
                FirstWord::Hours => assert_eq!(acts(), [Act::Hours], "{letter}: {typed}"),
                FirstWord::Answer => assert!(matches!(order()[..], [Ok(Order::Answer { .. })]), "{letter}: {typed}"),
                FirstWord::Accept => assert!(matches!(order()[..], [Ok(Order::Accept { .. })]), "{letter}: {typed}"),
                FirstWord::Return => assert!(matches!(order()[..], [Ok(Order::Return { .. })]), "{letter}: {typed}"),
                FirstWord::Due => {
                    assert!(matches!(order()[..], [Ok(Order::Due { .. })]), "{letter}: {typed}: {:?}", order());
                }
                FirstWord::Tell => assert!(matches!(order()[..], [Ok(Order::Tell { .. })]), "{letter}: {typed}"),
                FirstWord::Read => assert!(is_reading(&order(), false), "{letter}: {typed}: {:?}", order()),
                FirstWord::Cancel => assert!(matches!(order()[..], [Ok(Order::Cancel { .. })]), "{letter}: {typed}"),
            }
        }
    }
}

/// Whether the only order says what a mail means, and whether it names the mail.
fn is_reading(orders: &[Result<Order, String>], named: bool) -> bool {
    matches!(orders, [Ok(Order::Read { mail, .. })] if mail.is_some() == named)
}

fn capitalised(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    format!("{first}{}", rest.to_lowercase())
}

#[test]
fn every_tap_names_its_task_and_carries_the_ref() {
    for (letter, tap) in every_tap() {
        assert!(tap.subject.contains("(ref 142-"), "{letter}: {}", tap.subject);
        let named = thread::subject_tasks(&tap.subject);
        let in_body = thread::named_tasks(&tap.body);
        assert_eq!(named, in_body, "{letter}: {} / {}", tap.subject, tap.body);
        assert!(named.len() == 1 || letter == "hello", "{letter}: {}", tap.subject);
    }
}

// ---- pressed in an office ----

fn opened(office: &mut Office) -> (TaskId, Sent) {
    office.hire("Ana Silva", "Europe/Lisbon");
    let task = office.hand_over("August invoices");
    (task, office.letter("task"))
}

fn press(office: &mut Office, letter: &Sent, word: &str) {
    let tap = letter.tap(word);
    office.press(letter, &tap);
}

fn fill(office: &mut Office, letter: &Sent, word: &str, answers: &[&str]) {
    let tap = letter.tap(word).filled(answers);
    office.press(letter, &tap);
}

#[test]
fn the_task_letters_taps_confirm_ask_and_offer_another_date() {
    told(MONDAY, |office| {
        let (task, letter) = opened(office);
        fill(office, &letter, "QUESTION", &["Which folder do you want them in?"]);
        assert_eq!(office.last_outcome(), "filed: task found by token");
        assert_eq!(office.task(task).questions[0].words.as_str(), "Which folder do you want them in?");
        let question = office.letter("question");
        fill(office, &question, "ANSWER", &["The one called 2026-08."]);
        assert_eq!(office.last_outcome(), "answered: carried out");
        assert!(office.letter("answer").text().contains("The one called 2026-08."));
        let answer = office.letter("answer");
        fill(office, &answer, "CONFIRM", &["All 64 invoices in the folder 2026-08 by Friday", "today"]);
        let now = office.task(task);
        assert_eq!((now.stage, now.understood), (Stage::Confirmed, true), "{:#?}", office.events());
    });
    told(MONDAY, |office| {
        let (task, letter) = opened(office);
        press(office, &letter, "CONFIRM");
        let now = office.task(task);
        assert_eq!((now.stage, now.understood), (Stage::Confirmed, false));
    });
    told(MONDAY, |office| {
        let (task, letter) = opened(office);
        press(office, &letter, "CANNOT");
        assert_eq!(office.stage(task), Stage::HandedOver);
        assert!(matches!(office.task(task).turn(), Turn::Owner { owes: OwnerDebt::Reading, .. }));
    });
    told(MONDAY, |office| {
        let (task, letter) = opened(office);
        fill(office, &letter, "CANNOT", &["My laptop is at the repair shop", "Tuesday 10 March, 17:00"]);
        let proposal = office.task(task).proposal.expect("another date");
        assert_eq!(proposal.date.map(|date| date.date().to_string()).as_deref(), Some("2026-03-10"));
        let asked = office.letter("needs_owner");
        press(office, &asked, "DUE");
        assert_eq!(office.task(task).due.by.local.to_string(), "2026-03-10 17:00:00");
        assert!(office.letter("due_moved").text().contains("Tuesday 10 March"));
    });
}

#[test]
fn taps_of_work_under_way_report_and_hand_back() {
    told(MONDAY, |office| {
        let (task, letter) = opened(office);
        press(office, &letter, "CONFIRM");
        office.wait(TimeDelta::hours(1));
        office.command(&["task", "tell", "HB-1", "Please use the new letterhead."]);
        office.round();
        let told = office.letter("told");
        fill(office, &told, "STATUS", &["60 %", "Thursday 5 March, 12:00"]);
        let progress = office.task(task).progress.expect("progress");
        assert!(progress.percent == Some(60) || progress.eta.is_some(), "{progress:?}");
        fill(office, &told, "DONE", &["the folder with all 64", "5.5"]);
        let now = office.task(task);
        assert_eq!((now.stage, now.minutes_used), (Stage::HandedBack, 330), "{:#?}", office.events());
        let back = office.letter("handed_back");
        fill(office, &back, "RETURN", &["Number 17 is missing.", ""]);
        assert_eq!(office.stage(task), Stage::Confirmed);
        let returned = office.letter("returned");
        press(office, &returned, "CONFIRM");
        assert_eq!(office.last_outcome(), "filed: task found by token");
        let told = office.letter("told");
        press(office, &told, "DONE");
        assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
        let back = office.letter("handed_back");
        fill(office, &back, "ACCEPT", &["Thank you."]);
        assert_eq!(office.stage(task), Stage::Closed);
        let accepted = office.letter("accepted");
        assert!(accepted.text().contains("Thank you."));
        fill(office, &accepted, "HOURS", &["6"]);
        assert_eq!(office.last_outcome(), "filed: task found by token");
        assert_eq!(office.task(task).minutes_used, 330 + 360, "{:#?}", office.events());
    });
}

#[test]
fn taps_of_the_digest_write_move_and_cancel() {
    told(MONDAY, |office| {
        let (task, _) = opened(office);
        office.wait_until("2026-03-05T08:00:00Z");
        let digest = office.letter("digest");
        let tell = digest.tap("TELL");
        assert!(tell.body.starts_with("TELL HB-1"), "{}", tell.body);
        press(office, &digest, "TELL");
        assert!(office.last_outcome().contains("the words are missing"), "{}", office.last_outcome());
        assert_eq!(office.letter("command_failed").to, "maya@office.test");
        fill(office, &digest, "TELL", &["Are you well?"]);
        assert!(office.letter("told").text().contains("Are you well?"));
        fill(office, &digest, "DUE", &["Monday 9 March 2026, 17:00"]);
        assert_eq!(office.task(task).due.by.local.to_string(), "2026-03-09 17:00:00");
        press(office, &digest, "CANCEL");
        assert_eq!(office.stage(task), Stage::Cancelled);
        assert!(office.sent().last().unwrap().contains("cancelled to ana"), "{:#?}", office.sent());
    });
}

#[test]
fn the_hellos_taps_answer_it_and_what_is_filled_in_waits_for_the_owner() {
    let hello = |press: &dyn Fn(&mut Office, &Sent)| {
        let mut office = Office::open(MONDAY);
        let newcomer = office.newcomer("Ana Silva", "Europe/Lisbon");
        office.hire_with(handback::cli::args::AssistantAddArgs { no_hello: false, ..newcomer });
        let task = office.hand_over("August invoices");
        let letter = office.letter("hello");
        press(&mut office, &letter);
        assert_eq!(office.stage(task), Stage::HandedOver, "the task that waited is on its way");
        office.last_outcome()
    };
    assert_eq!(hello(&|office, letter| press(office, letter, "CONFIRM")), "filed: the answer to our hello");
    assert_eq!(
        hello(&|office, letter| fill(office, letter, "CONFIRM", &["Monday to Thursday, 10:00 to 19:00"])),
        "held: the answer to our hello, with other working hours in it"
    );
    assert_eq!(
        hello(&|office, letter| fill(office, letter, "QUESTION", &["How do you pay?"])),
        "held: the answer to our hello, with a question in it"
    );
}

/// What a doubt of each act looks like, and a mail whose words it may rest on.
fn doubts() -> Vec<(Option<Said>, &'static str)> {
    let dollars = Money { minor: 1250, currency: "USD".to_owned() };
    vec![
        (None, "Zebra umbrella marmalade."),
        (Some(Said::Confirm { understood: false }), "Zebra umbrella."),
        (Some(Said::Decline), "Zebra umbrella marmalade."),
        (Some(Said::Question), "Zebra umbrella marmalade."),
        (Some(Said::Progress { percent: None, eta: None }), "Zebra umbrella marmalade."),
        (Some(Said::Done { whole: Whole::Unsure }), "Zebra umbrella marmalade."),
        (Some(Said::Blocked), "Zebra umbrella marmalade."),
        (Some(Said::Extension { date: None }), "Zebra umbrella marmalade."),
        (Some(Said::Hours { minutes: Some(90) }), "Zebra umbrella marmalade."),
        (Some(Said::Hours { minutes: None }), "Zebra umbrella marmalade."),
        (Some(Said::Expense { amount: Some(dollars) }), "Zebra umbrella marmalade."),
        (Some(Said::Expense { amount: None }), "Zebra umbrella marmalade."),
        (Some(Said::Suggestion), "Zebra umbrella marmalade."),
        (Some(Said::Absence { from: None, to: None }), "Zebra umbrella marmalade."),
        (Some(Said::Capacity { state: Room::Room }), "Zebra umbrella marmalade."),
    ]
}

/// An office whose owner has one doubt to settle, and the digest that shows it.
fn in_doubt(said: Option<&Said>, words: &str) -> (Office, TaskId, Sent) {
    let mut office = Office::open(MONDAY);
    let (task, letter) = opened(&mut office);
    if !matches!(said, Some(Said::Confirm { .. })) {
        press(&mut office, &letter, "CONFIRM");
    }
    office.answers(&letter, words, &[]);
    let mail = InboxId(i64::try_from(office.outcomes().len()).unwrap());
    let (now, doubt) = (office.now, said.cloned());
    if let Some(said) = said {
        let read = Fact::StatementRead {
            inbox: mail,
            task: Some(task),
            reader: 1,
            said: said.clone(),
            words: words.trim_end_matches('.').into(),
            confidence: Confidence::permille(600),
            applied: false,
        };
        let raised = Fact::DoubtRaised { inbox: mail, task, said: doubt, words: words.into() };
        let cause = Cause::Mail { inbox: mail, from: 0, to: words.len() - 1 };
        let ledger = &mut office.daemon().ledger;
        let settled = NewEvent { cause: Cause::Timer, fact: Fact::DoubtsSettled { task } };
        let events = [settled, NewEvent { cause: cause.clone(), fact: read }, NewEvent { cause, fact: raised }];
        ledger.write(now, |tx| tx.append_all(&events)).unwrap();
    }
    assert_eq!(office.task(task).doubts.len(), 1, "{:#?}", office.events());
    office.wait_until("2026-03-03T08:00:00Z");
    let digest = office.digests().pop().unwrap();
    (office, task, digest)
}

#[test]
fn every_doubt_of_the_digest_offers_what_it_may_mean_and_each_tap_makes_it_so() {
    let mut pressed = 0;
    for (said, words) in doubts() {
        let name = said.as_ref().map_or("unexplained", |said| said.act().name());
        let (_office, _, digest) = in_doubt(said.as_ref(), words);
        let taps: Vec<_> = taps_of(&digest).into_iter().filter(|tap| tap.word() == "READ").collect();
        assert!(taps.iter().any(|tap| tap.body.contains("NOTHING")) || name == "done", "{name}: {taps:?}");
        assert!(!taps.is_empty(), "{name}: {}", digest.text());
        for tap in taps {
            let (mut office, task, digest) = in_doubt(said.as_ref(), words);
            let before = office.task(task);
            office.press(&digest, &tap);
            assert_eq!(office.last_outcome(), "answered: carried out", "{name}: {}", tap.body);
            let now = office.task(task);
            assert!(now.doubts.is_empty(), "{name}: {}: {now:#?}", tap.body);
            let meant = tap.body.split_whitespace().nth(2).unwrap();
            let mut noted = |act: Act| office_notes(&mut office).iter().any(|said| said.act() == act);
            let came_true = match meant {
                "NOTHING" => now.stage == before.stage && matches!(now.turn(), Turn::Assistant { .. }),
                "CONFIRM" => now.stage == Stage::Confirmed,
                "DECLINE" => now.stage == Stage::Declined,
                "QUESTION" => now.questions.len() == 1,
                "PROGRESS" => now.progress.is_some_and(|progress| progress.words.as_str().contains("Zebra")),
                "DONE" => now.stage == Stage::HandedBack,
                "BLOCKED" => now.blocked.is_some(),
                "EXTENSION" => now.proposal.is_some(),
                "HOURS" => now.minutes_used == 90,
                "EXPENSE" => noted(Act::Expense),
                "SUGGESTION" => noted(Act::Suggestion),
                "ABSENCE" => noted(Act::Absence),
                "CAPACITY" => noted(Act::Capacity),
                other => panic!("{other}"),
            };
            assert!(came_true, "{name}: {}: {:#?}", tap.body, office.events());
            let (events, sent) = (office.events().len(), office.sent());
            office.press(&digest, &tap);
            assert_eq!(office.sent(), sent, "{name}: pressed twice, {} sends nothing more", tap.body);
            let facts = office.events();
            let twice = facts[events..].iter().any(|event| matches!(event.fact, Fact::ReadingCorrected { .. }));
            assert!(!twice, "{name}: {}", tap.body);
            pressed += 1;
        }
    }
    assert!(pressed >= 28, "{pressed}");
}

/// The taps of a letter as its reader's mail program shows them.
fn taps_of(letter: &Sent) -> Vec<support::mail_program::Tap> {
    taps_in(&letter.mail)
}

fn office_notes(office: &mut Office) -> Vec<Said> {
    let noted = |fact: Fact| if let Fact::Noted { said, .. } = fact { Some(said) } else { None };
    office.events().into_iter().filter_map(|event| noted(event.fact)).collect()
}

#[test]
fn another_tap_on_the_same_doubt_means_that_the_owner_thought_again() {
    let (mut office, task, digest) = in_doubt(None, "Zebra umbrella marmalade.");
    let tap = |meant: &str| taps_of(&digest).into_iter().find(|tap| tap.body.contains(meant)).unwrap();
    office.press(&digest, &tap("DONE"));
    assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
    office.press(&digest, &tap("NOTHING"));
    assert_eq!(office.stage(task), Stage::Confirmed, "{:#?}", office.events());
    office.press(&digest, &tap("DONE"));
    assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
}
