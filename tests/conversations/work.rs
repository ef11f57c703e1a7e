//! Work on its way back: done, accepted, returned, in parts, declined, cancelled.

use crate::support::office::{Office, told};
use chrono::TimeDelta;
use handback::{
    cli::args::TaskAddArgs,
    domain::{id::TaskId, task::Stage},
};

const MONDAY: &str = "2026-03-02T09:00:00Z";
const SHEET: (&str, &[u8]) = ("august.csv", b"number,amount\n1,64.00\n");

/// A task of Ana's that is confirmed and two hours old.
fn in_work(office: &mut Office) -> TaskId {
    office.hire("Ana Silva", "Europe/Lisbon");
    let task = office.hand_over("August invoices");
    office.assistant_writes(task, "Understood, I will file every invoice by Friday.");
    assert_eq!(office.stage(task), Stage::Confirmed, "{:#?}", office.events());
    office.wait(TimeDelta::hours(2));
    task
}

fn hand_back(office: &mut Office, task: TaskId) {
    office.assistant_sends(task, "All 64 invoices are in the folder, the list is attached. It is done.", &[SHEET]);
    assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
}

#[test]
fn finished_work_reaches_the_owner_with_its_file_and_accepting_it_closes_the_task() {
    told(MONDAY, |office| {
        let task = in_work(office);
        hand_back(office, task);
        let back = office.letter("handed_back");
        let files: Vec<_> = back.mail.files().map(|(_, file)| (file.name.clone().unwrap(), file.size)).collect();
        assert_eq!(files, [("august.csv".to_owned(), u64::try_from(SHEET.1.len()).unwrap())]);
        assert!(back.text().contains("All 64 invoices are in the folder"), "{}", back.text());
        let accept = back.tap("ACCEPT");
        office.press(&back, &accept);
        assert_eq!(office.last_outcome(), "answered: carried out");
        assert_eq!(office.stage(task), Stage::Closed);
        assert_eq!(
            office.sent(),
            [
                "Mon 2 09:00 task to ana: [HB-1] August invoices",
                "Mon 2 11:00 handed_back to maya: [HB-1] August invoices",
                "Mon 2 11:00 accepted to ana: [HB-1] August invoices",
            ]
        );
        office.wait(TimeDelta::hours(72));
        assert_eq!(office.sent().len(), 3, "a closed task is quiet: {:#?}", office.sent());
    });
}

#[test]
fn returned_work_is_in_work_again_until_it_is_handed_back_once_more() {
    told(MONDAY, |office| {
        let task = in_work(office);
        hand_back(office, task);
        let back = office.letter("handed_back");
        let tap = back.tap("RETURN").filled(&["Number 17 is missing.", "Monday 9 March 2026, 12:00"]);
        office.press(&back, &tap);
        assert_eq!(office.last_outcome(), "answered: carried out");
        let now = office.task(task);
        assert_eq!(now.stage, Stage::Confirmed);
        assert_eq!(now.due.by.local.to_string(), "2026-03-09 12:00:00");
        let returned = office.letter("returned");
        assert!(returned.text().contains("Number 17 is missing."), "{}", returned.text());
        office.wait(TimeDelta::hours(24));
        assert!(!office.sent().iter().any(|line| line.contains("remind")), "{:#?}", office.sent());
        office.assistant_sends(task, "Number 17 is in now, all done.", &[SHEET]);
        assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
        office.owner_writes(task, "ACCEPT Thank you, that was quick.");
        assert_eq!(office.stage(task), Stage::Closed);
        assert!(office.letter("accepted").text().contains("that was quick"));
    });
}

#[test]
fn the_owner_who_says_neither_yes_nor_no_is_asked_which() {
    told(MONDAY, |office| {
        let task = in_work(office);
        hand_back(office, task);
        office.owner_writes(task, "Looks good, thanks, but the total seems off?");
        assert_eq!(office.stage(task), Stage::HandedBack);
        let failed = office.letter("command_failed");
        assert!(failed.text().contains("ACCEPT HB-1") && failed.text().contains("RETURN HB-1"), "{}", failed.text());
    });
}

#[test]
fn a_delivered_part_is_progress_and_closes_nothing() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over_with(TaskAddArgs {
            title: Some("Invoices of the year".into()),
            parts: vec!["First half by 2026-03-04 17:00".into(), "Second half by 2026-03-06 17:00".into()],
            ..TaskAddArgs::default()
        });
        office.assistant_writes(task, "Understood, I will file both halves by Friday.");
        office.assistant_sends(task, "I finished part 1, it is attached. Part 2 follows tomorrow.", &[SHEET]);
        let now = office.task(task);
        assert_eq!(now.stage, Stage::Confirmed, "{:#?}", office.events());
        assert_eq!(now.parts_delivered.into_iter().collect::<Vec<_>>(), [1], "{:#?}", office.events());
        assert_eq!(office.sent().len(), 1, "{:#?}", office.sent());
    });
}

#[test]
fn a_block_beats_done() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_sends(
            task,
            "The list is done and attached.\n\nBut I am blocked: the login to the bank does not work, so I cannot go on.",
            &[SHEET],
        );
        let now = office.task(task);
        assert_eq!(now.stage, Stage::Confirmed, "{:#?}", office.events());
        assert!(now.blocked.is_some(), "{:#?}", office.events());
        let told = office.letter("needs_owner");
        assert!(told.text().contains("login to the bank"), "{}", told.text());
        office.owner_writes(task, "ANSWER The new password is in the safe.");
        assert!(office.task(task).blocked.is_none());
        assert!(office.letter("answer").text().contains("in the safe"));
    });
}

#[test]
fn a_declined_task_is_the_owners_again() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.assistant_writes(task, "I am sorry, but I have to decline this task.");
        assert_eq!(office.stage(task), Stage::Declined, "{:#?}", office.events());
        let told = office.letter("needs_owner");
        assert!(told.text().contains("have to decline this task"), "{}", told.text());
        office.wait(TimeDelta::hours(48));
        assert_eq!(office.sent().len(), 2, "{:#?}", office.sent());
    });
}

#[test]
fn a_cancelled_task_is_told_and_then_quiet() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.command(&["task", "cancel", "HB-1", "The tax office moved the date."]);
        office.round();
        assert_eq!(office.stage(task), Stage::Cancelled);
        let cancelled = office.letter("cancelled");
        assert!(cancelled.text().contains("The tax office moved the date."), "{}", cancelled.text());
        office.assistant_writes(task, "I had finished half of it already.");
        assert_eq!(office.last_outcome(), "held: HB-1 is cancelled already");
        office.wait(TimeDelta::hours(48));
        assert_eq!(office.sent().len(), 2, "{:#?}", office.sent());
        let digest = office.letter("digest");
        assert!(digest.text().contains("HELD FOR YOU TO LOOK AT: 1"), "{}", digest.text());
    });
}

#[test]
fn a_task_cancelled_before_its_letter_left_never_leaves() {
    told("2026-03-02T22:00:00Z", |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        office.hand_over("August invoices");
        office.command(&["task", "cancel", "HB-1"]);
        office.wait_until("2026-03-03T10:00:00Z");
        assert_eq!(office.sent(), [""; 0]);
    });
}

#[test]
fn hours_that_are_reported_are_booked() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, "I am half way through, it took me 2.5 hours so far.");
        assert_eq!(office.task(task).minutes_used, 150, "{:#?}", office.events());
    });
}

#[test]
fn the_owner_writes_to_an_assistant_through_the_digest() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.wait_until("2026-03-03T08:00:00Z");
        let digest = office.letter("digest");
        office.answers(&digest, "TELL HB-1 Please use the new letterhead.", &[]);
        assert_eq!(office.last_outcome(), "answered: carried out");
        assert!(office.letter("told").text().contains("Please use the new letterhead"));
        office.answers(&digest, "Thanks, have a nice day", &[]);
        assert!(office.last_outcome().starts_with("held: "), "{}", office.last_outcome());
        assert_eq!(office.stage(task), Stage::Confirmed);
    });
}
