//! Silence, reminders, letter hours, digests: what the passing of time does.

use crate::support::office::{OWNER, Office, Sent, told};
use chrono::TimeDelta;
use handback::{
    cli::args::{AssistantAddArgs, TaskAddArgs},
    domain::task::Stage,
};

const MONDAY: &str = "2026-03-02T09:00:00Z";

/// The days on which a digest left, on the owner's clock.
fn days(digests: &[Sent]) -> Vec<String> {
    digests.iter().map(|digest| digest.at.format("%a %-d %H:%M").to_string()).collect()
}

#[test]
fn silence_earns_two_reminders_in_working_time_and_then_a_place_in_the_digest() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        office.hand_over("August invoices");
        office.wait_until("2026-03-05T12:00:00Z");
        assert_eq!(
            office.sent(),
            [
                "Mon 2 09:00 task to ana: [HB-1] August invoices",
                "Mon 2 13:00 remind_to_confirm to ana: [HB-1] August invoices",
                "Tue 3 12:00 remind_to_confirm to ana: [HB-1] August invoices",
            ]
        );
        let digests = office.digests();
        assert_eq!(days(&digests), ["Tue 3 07:30", "Wed 4 07:30", "Thu 5 07:30"]);
        let silent = |digest: &Sent| digest.text().contains("phone +63 917 555 0100");
        assert_eq!(digests.iter().map(silent).collect::<Vec<_>>(), [false, false, true]);
        assert!(digests[2].text().contains("No word for"), "{}", digests[2].text());
        assert!(digests[2].text().contains("2 reminders went out"), "{}", digests[2].text());
    });
}

#[test]
fn any_word_restarts_the_clock_but_brings_no_new_reminders() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.wait_until("2026-03-02T12:00:00Z");
        office.assistant_writes(task, "I have sorted 12 of the 64 so far.");
        assert_eq!(office.last_outcome(), "filed: task found by token");
        office.wait_until("2026-03-06T12:00:00Z");
        let reminders = office.sent().iter().filter(|line| line.contains("remind")).count();
        assert!(reminders <= 2, "{:#?}", office.sent());
        assert!(!office.sent().iter().any(|line| line.starts_with("Mon 2 13:00")), "{:#?}", office.sent());
    });
}

#[test]
fn reminders_of_two_tasks_to_one_person_share_a_letter() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let first = office.hand_over("August invoices");
        let second = office.hand_over("September invoices");
        office.wait_until("2026-03-02T13:00:00Z");
        let letter = office.letter("remind_to_confirm");
        assert!(letter.text().contains("HB-1") && letter.text().contains("HB-2"), "{}", letter.text());
        assert_eq!(office.sent().len(), 3, "{:#?}", office.sent());
        office.answers(
            &letter,
            "1 yes, I will file all of August by Friday\n2 Which folder do you want them in?",
            &[],
        );
        assert_eq!(office.stage(first), Stage::Confirmed, "{:?}", office.outcomes());
        assert_eq!(office.task(second).questions.len(), 1, "{:#?}", office.events());
    });
}

#[test]
fn nobody_gets_a_letter_at_night_or_on_a_day_off() {
    told("2026-03-06T21:30:00Z", |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        office.hire("Jomar Reyes", "Asia/Manila");
        office.hand_over_with(TaskAddArgs {
            title: Some("August invoices".into()),
            due: Some("2026-03-13 17:00".into()),
            ..TaskAddArgs::default()
        });
        office.hand_over_with(TaskAddArgs {
            title: Some("List 40 stockists".into()),
            assistant: Some("jomar".into()),
            due: Some("2026-03-13 17:00".into()),
            ..TaskAddArgs::default()
        });
        office.wait_until("2026-03-09T09:00:00Z");
        // Monday begins in Manila nine hours before it does in Lisbon.
        assert_eq!(
            office.sent(),
            [
                "Sun 8 23:00 task to jomar: [HB-2] List 40 stockists",
                "Mon 9 05:00 remind_to_confirm to jomar: [HB-2] List 40 stockists",
                "Mon 9 07:00 task to ana: [HB-1] August invoices",
            ]
        );
    });
}

#[test]
fn the_owner_is_told_in_the_first_minute_of_their_letter_hours() {
    told("2026-03-02T19:00:00Z", |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.wait_until("2026-03-02T22:00:00Z");
        office.assistant_writes(task, "Which folder do you want them in?");
        office.wait_until("2026-03-03T08:00:00Z");
        assert_eq!(
            office.sent(),
            [
                "Mon 2 19:00 task to ana: [HB-1] August invoices",
                "Tue 3 07:00 question to maya: [HB-1] August invoices",
            ]
        );
    });
}

#[test]
fn the_digest_comes_once_a_working_day_and_not_on_weekends() {
    told("2026-03-05T09:00:00Z", |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        office.hand_over_with(TaskAddArgs {
            title: Some("August invoices".into()),
            due: Some("2026-03-13 17:00".into()),
            ..TaskAddArgs::default()
        });
        office.wait_until("2026-03-10T12:00:00Z");
        // The office opened after the digest's hour, so the first page comes on the day after.
        assert_eq!(days(&office.digests()), ["Fri 6 07:30", "Mon 9 07:30", "Tue 10 07:30"]);
        assert!(office.digests().iter().all(|digest| digest.to == OWNER));
    });
}

#[test]
fn the_digest_comes_once_on_the_nights_of_the_clock_change() {
    told("2026-03-27T12:00:00Z", |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        office.hand_over_with(TaskAddArgs {
            title: Some("August invoices".into()),
            due: Some("2026-04-10 17:00".into()),
            ..TaskAddArgs::default()
        });
        office.wait_until("2026-03-31T12:00:00Z");
        assert_eq!(days(&office.digests()), ["Mon 30 06:30", "Tue 31 06:30"]);
    });
}

#[test]
fn a_digest_that_is_late_waits_for_letter_hours() {
    let mut office = Office::open("2026-03-01T12:00:00Z");
    office.hire("Ana Silva", "Europe/Lisbon");
    office.hand_over("August invoices");
    office.sleep_until("2026-03-02T21:00:00Z");
    office.round();
    assert_eq!(office.digests().len(), 0);
    office.wait_until("2026-03-03T08:00:00Z");
    assert_eq!(days(&office.digests()), ["Tue 3 07:30"]);
}

#[test]
fn an_office_without_work_gets_no_digest() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        office.wait(TimeDelta::hours(48));
        assert!(office.everything_sent().is_empty());
    });
}

#[test]
fn the_first_task_waits_for_the_answer_to_our_hello() {
    told(MONDAY, |office| {
        let newcomer = office.newcomer("Ana Silva", "Europe/Lisbon");
        office.hire_with(AssistantAddArgs { no_hello: false, ..newcomer });
        let task = office.hand_over("August invoices");
        office.wait_until("2026-03-03T10:00:00Z");
        assert_eq!(office.sent(), ["Mon 2 09:00 hello to ana: Hello from Harbour & Pine"]);
        assert_eq!(office.stage(task), Stage::Draft);
        let hello = office.letter("hello");
        office.answers(&hello, "Hi Maya, it reached me. Looking forward to it.", &[]);
        assert_eq!(office.last_outcome(), "filed: the answer to our hello");
        assert_eq!(office.sent()[1..], ["Tue 3 10:00 task to ana: [HB-1] August invoices"]);
        assert_eq!(office.stage(task), Stage::HandedOver);
        office.wait_until("2026-03-03T14:00:00Z");
        assert_eq!(office.sent()[2..], ["Tue 3 14:00 remind_to_confirm to ana: [HB-1] August invoices"]);
    });
}

#[test]
fn after_a_long_stop_the_state_is_looked_at_afresh() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    let task = office.hand_over("August invoices");
    office.sleep_until("2026-03-05T10:00:00Z");
    office.round();
    // One reminder, not the two that would have gone out, and one digest, not three.
    assert_eq!(office.sent()[1..], ["Thu 5 10:00 remind_to_confirm to ana: [HB-1] August invoices"]);
    assert_eq!(days(&office.digests()), ["Thu 5 10:00"]);
    assert_eq!(office.task(task).reminders, 1);
}

#[test]
fn seven_days_of_mail_that_waited_count_once_each_and_nobody_is_nagged() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    let task = office.hand_over("August invoices");
    let letter = office.letter("task");
    for day in 3..=9 {
        office.sleep_until(&format!("2026-03-{day:02}T10:00:00Z"));
        for part in 1..=8 {
            office.answer_arrives(&letter, &format!("I spent 3 minutes on page {part}."));
        }
    }
    office.sleep_until("2026-03-09T18:00:00Z");
    office.round();
    let filed = office.outcomes().iter().filter(|outcome| outcome.starts_with("filed")).count();
    assert_eq!(filed, 7 * 8, "{:#?}", office.outcomes());
    assert_eq!(office.task(task).minutes_used, 7 * 8 * 3);
    assert_eq!(office.task(task).reminders, 0);
    assert_eq!(office.sent().len(), 1, "nobody hears of the past: {:#?}", office.sent());
    assert_eq!(days(&office.digests()), ["Mon 9 18:00"], "one page, not seven");
}

#[test]
fn an_answer_that_waited_in_the_mailbox_stops_the_reminder_that_fell_due_meanwhile() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    let task = office.hand_over("August invoices");
    office.wait_until("2026-03-02T12:45:00Z");
    office.sleep_until("2026-03-02T16:00:00Z");
    office.assistant_writes(task, "Understood, I will file every invoice by Friday.");
    assert_eq!(office.stage(task), Stage::Confirmed);
    assert_eq!(office.sent().len(), 1, "{:#?}", office.sent());
}
