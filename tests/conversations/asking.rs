//! Questions, doubts, dates: what waits for whom, and what moves.

use crate::support::office::{Office, told};
use chrono::TimeDelta;
use handback::{
    cli::args::{AssistantAddArgs, TaskAddArgs},
    domain::{
        id::TaskId,
        task::{OwnerDebt, Stage, Turn},
    },
};

const MONDAY: &str = "2026-03-02T09:00:00Z";

fn due(office: &mut Office, task: TaskId) -> String {
    office.task(task).due.by.local.format("%a %-d %H:%M").to_string()
}

fn hard(title: &str) -> TaskAddArgs {
    TaskAddArgs { title: Some(title.into()), hard: true, ..TaskAddArgs::default() }
}

#[test]
fn a_question_pauses_reminders_until_the_owner_answers_and_moves_a_movable_date() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.wait_until("2026-03-02T11:00:00Z");
        office.assistant_writes(task, "Which folder do you want them in?");
        office.wait_until("2026-03-03T11:00:00Z");
        assert_eq!(
            office.sent(),
            [
                "Mon 2 09:00 task to ana: [HB-1] August invoices",
                "Mon 2 11:00 question to maya: [HB-1] August invoices",
            ]
        );
        let letter = office.letter("question");
        assert!(letter.text().contains("Which folder do you want them in"), "{}", letter.text());
        assert_eq!(due(office, task), "Fri 6 17:00");

        office.owner_writes(task, "The one called 2026-08, please.");
        assert_eq!(office.last_outcome(), "answered: carried out");
        let answer = office.letter("answer");
        assert!(answer.text().contains("The one called 2026-08, please."), "{}", answer.text());
        assert!(answer.text().contains("Which folder do you want them in"), "{}", answer.text());
        // Seven hours of Monday and two of Tuesday: one working day.
        assert_eq!(due(office, task), "Mon 9 17:00");
        office.wait_until("2026-03-03T15:00:00Z");
        assert_eq!(
            office.sent()[2..],
            [
                "Tue 3 11:00 answer to ana: [HB-1] August invoices",
                "Tue 3 15:00 remind_to_confirm to ana: [HB-1] August invoices",
            ]
        );
    });
}

#[test]
fn a_hard_date_stays_and_the_owner_hears_so() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over_with(hard("August invoices"));
        office.assistant_writes(task, "Which folder do you want them in?");
        let letter = office.letter("question");
        assert!(
            letter.text().to_lowercase().contains("fixed") || letter.text().contains("stays"),
            "{}",
            letter.text()
        );
        office.wait(TimeDelta::hours(24));
        office.owner_writes(task, "The one called 2026-08, please.");
        assert_eq!(due(office, task), "Fri 6 17:00");
    });
}

#[test]
fn the_buttons_of_our_letter_that_outlook_quotes_are_no_words_of_the_writers() {
    told(MONDAY, |office| {
        let newcomer = office.newcomer("Ana Silva", "Europe/Lisbon");
        office.hire_with(AssistantAddArgs { no_hello: false, ..newcomer });
        let task = office.hand_over("August invoices");
        let hello = office.letter("hello");
        office.answers_with_outlook(&hello, "Good morning Maya, it reached me. The hours are right.");
        assert_eq!(office.last_outcome(), "filed: the answer to our hello");
        let letter = office.letter("task");
        office.answers_with_outlook(&letter, "Understood, I will file every invoice in the folder by Friday.");
        let now = office.task(task);
        assert_eq!((now.stage, now.questions.len(), now.doubts.len()), (Stage::Confirmed, 0, 0), "{now:#?}");
        assert!(now.proposal.is_none());
        office.answers_with_outlook(&letter, "Which folder do you want them in?");
        let questions = office.task(task).questions;
        assert_eq!(questions.len(), 1, "{questions:#?}");
        assert_eq!(questions[0].words.as_str(), "Which folder do you want them in?");
        let asked = office.letter("question");
        office.answers_with_outlook(&asked, "The one called 2026-08.");
        assert_eq!(office.last_outcome(), "answered: carried out");
        let answer = office.letter("answer");
        assert!(answer.text().contains("“The one called 2026-08.”"), "{}", answer.text());
    });
}

#[test]
fn an_answer_at_the_keyboard_leaves_like_one_by_mail() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.assistant_writes(task, "Which folder do you want them in?");
        office.wait(TimeDelta::hours(1));
        office.command(&["task", "answer", "HB-1", "The one called 2026-08."]);
        office.round();
        assert!(office.letter("answer").text().contains("The one called 2026-08."));
        assert!(office.task(task).questions.is_empty());
    });
}

#[test]
fn a_question_answered_in_the_night_before_its_letter_left_is_not_asked_any_more() {
    told("2026-03-02T19:00:00Z", |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.wait_until("2026-03-02T22:00:00Z");
        office.assistant_writes(task, "Which folder do you want them in?");
        office.command(&["task", "answer", "HB-1", "The one called 2026-08."]);
        office.wait_until("2026-03-03T08:00:00Z");
        assert_eq!(office.sent()[1..], ["Tue 3 07:00 answer to ana: [HB-1] August invoices"]);
    });
}

#[test]
fn a_block_that_the_owner_lifted_in_the_night_is_not_told_any_more() {
    told("2026-03-02T19:00:00Z", |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.wait_until("2026-03-02T22:00:00Z");
        office.assistant_writes(task, "I am blocked: the login to the bank does not work, so I cannot go on.");
        assert!(office.task(task).blocked.is_some(), "{:#?}", office.events());
        office.command(&["task", "answer", "HB-1", "The new password is in the safe."]);
        office.wait_until("2026-03-03T08:00:00Z");
        assert_eq!(office.sent()[1..], ["Tue 3 07:00 answer to ana: [HB-1] August invoices"]);
    });
}

#[test]
fn a_bare_ok_confirms_and_own_words_show_understanding() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let bare = office.hand_over_with(TaskAddArgs {
            title: Some("August invoices".into()),
            limit: Some("6h".into()),
            ..TaskAddArgs::default()
        });
        let own = office.hand_over_with(TaskAddArgs {
            title: Some("September invoices".into()),
            limit: Some("6h".into()),
            ..TaskAddArgs::default()
        });
        office.assistant_writes(bare, "ok");
        office.assistant_writes(
            own,
            "Understood. I will file every invoice of September in the folder by Friday 17:00, six hours at most.",
        );
        let (bare, own) = (office.task(bare), office.task(own));
        assert_eq!((bare.stage, bare.understood), (Stage::Confirmed, false));
        assert_eq!((own.stage, own.understood), (Stage::Confirmed, true));
        office.wait_until("2026-03-03T09:00:00Z");
        assert_eq!(office.sent().len(), 2, "confirmed tasks earn no reminder: {:#?}", office.sent());
        let digest = office.letter("digest");
        assert_eq!(digest.text().matches("not in own words").count(), 1, "{}", digest.text());
    });
}

#[test]
fn a_doubtful_done_asks_the_assistant_one_question() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.assistant_writes(task, "Understood, I will file every invoice by Friday.");
        office.assistant_writes(task, DOUBTFUL);
        assert_eq!(office.last_outcome(), "asked_back: task found by token", "{:#?}", office.events());
        let back = office.letter("not_understood");
        assert_eq!(back.to, "ana@work.test");
        assert_eq!(office.stage(task), Stage::Confirmed);
    });
}

#[test]
fn a_second_doubt_is_for_the_owner() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.assistant_writes(task, "Understood, I will file every invoice by Friday.");
        office.assistant_writes(task, DOUBTFUL);
        office.assistant_writes(task, "I think it is done");
        assert_eq!(office.sent().iter().filter(|line| line.contains("not_understood")).count(), 1);
        let turn = office.task(task).turn();
        assert!(matches!(turn, Turn::Owner { owes: OwnerDebt::Reading, .. }), "{turn:?} {:#?}", office.events());
        office.wait_until("2026-03-03T08:00:00Z");
        let digest = office.letter("digest");
        assert!(digest.text().contains("not sure how to read"), "{}", digest.text());
    });
}

/// Done, but is it all of it?
const DOUBTFUL: &str = "Sent you everything I have";

#[test]
fn yes_to_the_question_whether_it_is_done_hands_the_task_back() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.assistant_writes(task, "Understood, I will file every invoice by Friday.");
        office.assistant_writes(task, DOUBTFUL);
        office.assistant_writes(task, "Yes, all of it is done.");
        assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
    });
}

#[test]
fn yes_to_the_question_whether_it_is_confirmed_is_no_done() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.assistant_writes(task, UNSURE_OK);
        assert_eq!(office.last_outcome(), "asked_back: task found by token", "{:#?}", office.events());
        office.assistant_writes(task, "Yes");
        assert_eq!(office.stage(task), Stage::Confirmed, "{:#?}", office.events());
    });
}

const UNSURE_OK: &str = "I think it is clear";

#[test]
fn another_date_is_asked_for_agreed_by_tap_and_told_in_a_letter() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.assistant_writes(task, "Understood, I will file every invoice.");
        office.wait(TimeDelta::hours(2));
        office.assistant_writes(task, "I need more time for this. Could I have until Tuesday 10 March, 17:00?");
        assert!(office.task(task).proposal.is_some(), "{:#?}", office.events());
        let asked = office.letter("needs_owner");
        let tap = asked.tap("DUE");
        assert!(tap.body.contains("Tuesday 10 March 2026, 17:00"), "{}", tap.body);
        office.press(&asked, &tap);
        assert_eq!(office.last_outcome(), "answered: carried out");
        assert_eq!(due(office, task), "Tue 10 17:00");
        let moved = office.letter("due_moved");
        assert!(moved.to == "ana@work.test" && moved.text().contains("Tuesday 10 March"), "{}", moved.text());
        assert!(office.task(task).proposal.is_none());
    });
}

#[test]
fn progress_that_will_be_late_tells_the_owner_what_was_said() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.assistant_writes(task, "Understood, I will file every invoice.");
        office.wait(TimeDelta::hours(2));
        office.assistant_writes(task, "I am at 60 %. It will be ready on Tuesday 10 March.");
        let told = office.letter("needs_owner");
        assert!(told.text().contains("Tuesday 10 March"), "{}", told.text());
        assert!(!told.text().contains("no word from"), "{}", told.text());
        assert!(!told.text().contains("another way"), "{}", told.text());
        assert_eq!(office.task(task).progress.and_then(|progress| progress.percent), Some(60));
    });
}
