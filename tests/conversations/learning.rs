//! The owner says what a mail really said: what follows, and what is learned from it.

use crate::support::office::{Office, told};
use chrono::TimeDelta;
use handback::domain::{
    event::Fact,
    id::TaskId,
    task::{OwnerDebt, Stage, Turn},
};

const MONDAY: &str = "2026-03-02T09:00:00Z";
/// Words that nothing in the reader knows as finished work.
const SIGNED_OFF: &str = "That one is off my desk.";

fn in_work(office: &mut Office) -> TaskId {
    office.hire("Ana Silva", "Europe/Lisbon");
    taken_on(office, "August invoices")
}

fn taken_on(office: &mut Office, title: &str) -> TaskId {
    let task = office.hand_over(title);
    office.assistant_writes(task, "Understood, I will file every invoice by Friday.");
    assert_eq!(office.stage(task), Stage::Confirmed, "{:#?}", office.events());
    office.wait(TimeDelta::hours(1));
    task
}

fn in_a_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The number of the last mail that came in.
fn last_mail(office: &mut Office) -> String {
    office.outcomes().len().to_string()
}

fn correct(office: &mut Office, arguments: &[&str]) {
    let mail = last_mail(office);
    office.command(&[&["mail", "correct", &mail], arguments].concat());
    office.round();
}

#[test]
fn a_wrong_done_that_is_taken_back_gives_the_task_back_to_the_assistant() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, "All 64 invoices are in the folder. It is done.");
        assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
        correct(office, &["--not", "done"]);
        let now = office.task(task);
        assert_eq!(now.stage, Stage::Confirmed, "{:#?}", office.events());
        assert!(matches!(now.turn(), Turn::Assistant { reminders: 0, .. }), "{:?}", now.turn());
        let mail = last_mail(office);
        let shown = office.command(&["mail", "show", &mail]);
        assert!(shown.contains("You said") && shown.contains("not done"), "{shown}");
        let story = office.command(&["task", "show", "HB-1"]);
        assert!(story.contains("the task is confirmed as before"), "{story}");
        assert!(story.contains(&format!("by `mail correct {mail}`")), "{story}");
        // The same words do not hand the task back again.
        office.assistant_writes(task, "All 64 invoices are in the folder. It is done.");
        assert_eq!(office.stage(task), Stage::Confirmed, "{:#?}", office.events());
    });
}

#[test]
fn a_missed_question_becomes_one() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, "The folder is called 2026-08. Half of them are filed, 50 %.");
        assert!(office.task(task).questions.is_empty(), "{:#?}", office.events());
        correct(office, &["--is", "question", "--words", "The folder is called 2026-08"]);
        let now = office.task(task);
        assert_eq!(now.questions.len(), 1, "{:#?}", office.events());
        assert_eq!(now.questions[0].words.as_str(), "The folder is called 2026-08.");
        assert!(now.progress.is_some(), "what was read right stays");
        assert!(matches!(now.turn(), Turn::Owner { owes: OwnerDebt::Answer, .. }));
        let letter = office.letter("question");
        assert!(letter.text().contains("The folder is called 2026-08"), "{}", letter.text());
        office.owner_writes(task, "Yes, that one.");
        assert!(office.task(task).questions.is_empty());
    });
}

#[test]
fn a_question_beside_finished_work_takes_the_finish_back() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, "All 64 invoices are in the folder. It is done. The cover sheet.");
        if office.stage(task) != Stage::HandedBack {
            correct(office, &["--is", "done", "--words", "It is done"]);
        }
        assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
        correct(office, &["--is", "question", "--words", "The cover sheet"]);
        let now = office.task(task);
        assert_eq!((now.stage, now.questions.len()), (Stage::Confirmed, 1), "{:#?}", office.events());
        assert!(now.progress.is_some(), "what was handed back is kept as progress");
    });
}

#[test]
fn words_that_were_explained_once_are_read_that_way_from_then_on() {
    told(MONDAY, |office| {
        let task = in_work(office);
        let other = taken_on(office, "September invoices");
        office.assistant_writes(task, SIGNED_OFF);
        assert_eq!(office.stage(task), Stage::Confirmed, "the reader does not know these words");
        correct(office, &["--is", "done"]);
        assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
        assert!(office.letter("handed_back").text().contains("off my desk"));
        office.assistant_writes(other, SIGNED_OFF);
        assert_eq!(office.stage(other), Stage::HandedBack, "{:#?}", office.events());
    });
}

#[test]
fn what_was_learned_of_one_person_says_nothing_of_another_and_nothing_of_other_words() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, SIGNED_OFF);
        correct(office, &["--is", "done"]);
        let other = taken_on(office, "September invoices");
        office.assistant_writes(other, "If the bank agrees, that one is off my desk.");
        assert_eq!(office.stage(other), Stage::Confirmed, "{:#?}", office.events());
        office.hire("Ben Okafor", "Africa/Lagos");
        let bens = office.hand_over_with(handback::cli::args::TaskAddArgs {
            title: Some("Newsletter".into()),
            assistant: Some("ben".into()),
            ..Default::default()
        });
        office.assistant_writes(bens, "Understood, the newsletter goes out on Friday.");
        office.assistant_writes(bens, SIGNED_OFF);
        assert_eq!(office.stage(bens), Stage::Confirmed, "{:#?}", office.events());
    });
}

#[test]
fn a_later_contrary_word_on_the_same_phrase_replaces_the_earlier() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, SIGNED_OFF);
        correct(office, &["--is", "done"]);
        let second = taken_on(office, "September invoices");
        office.assistant_writes(second, SIGNED_OFF);
        assert_eq!(office.stage(second), Stage::HandedBack);
        correct(office, &["--not", "done"]);
        assert_eq!(office.stage(second), Stage::Confirmed, "{:#?}", office.events());
        let third = taken_on(office, "October invoices");
        office.assistant_writes(third, SIGNED_OFF);
        assert_eq!(office.stage(third), Stage::Confirmed, "{:#?}", office.events());
    });
}

#[test]
fn a_correction_given_twice_changes_nothing_the_second_time() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, SIGNED_OFF);
        correct(office, &["--is", "done"]);
        let (events, sent) = (office.events(), office.sent());
        correct(office, &["--is", "done"]);
        assert_eq!((office.events(), office.sent()), (events, sent));
    });
}

#[test]
fn hours_that_were_never_worked_are_taken_off_the_account_and_booked_again_on_second_thoughts() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, "HOURS HB-1 2.5");
        assert_eq!(office.task(task).minutes_used, 150, "{:#?}", office.events());
        correct(office, &["--nothing"]);
        assert_eq!(office.task(task).minutes_used, 0, "{:#?}", office.events());
        correct(office, &["--is", "hours"]);
        assert_eq!(office.task(task).minutes_used, 150, "{:#?}", office.events());
        correct(office, &["--is", "hours"]);
        assert_eq!(office.task(task).minutes_used, 150);
    });
}

#[test]
fn a_block_that_a_wrong_report_had_lifted_stands_again() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, "I am blocked: the login to the bank does not work, so I cannot go on.");
        assert!(office.task(task).blocked.is_some(), "{:#?}", office.events());
        office.assistant_writes(task, "STATUS HB-1 60 %");
        assert!(office.task(task).blocked.is_none(), "{:#?}", office.events());
        correct(office, &["--nothing"]);
        let now = office.task(task);
        assert!(
            now.blocked.is_some_and(|blocked| blocked.words.as_str().contains("login")),
            "{:#?}",
            office.events()
        );
        assert_eq!(now.progress.and_then(|progress| progress.percent), None);
    });
}

#[test]
fn a_closed_task_stays_closed_and_the_lesson_is_learned_all_the_same() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, "All 64 invoices are in the folder. It is done.");
        office.owner_writes(task, "ACCEPT");
        assert_eq!(office.stage(task), Stage::Closed);
        office.command(&["mail", "correct", "2", "--not", "done"]);
        office.round();
        assert_eq!(office.stage(task), Stage::Closed);
        assert!(office.events().iter().any(|event| matches!(event.fact, Fact::ReadingCorrected { .. })));
    });
}

#[test]
fn nobody_but_the_proven_owner_puts_a_mail_right_by_mail() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, SIGNED_OFF);
        let mail = last_mail(office);
        office.assistant_writes(task, &format!("READ HB-1 DONE MAIL {mail}"));
        assert_eq!(office.stage(task), Stage::Confirmed, "{:#?}", office.events());
        let forged = format!(
            "From: Maya Ellison <maya@office.test>\nTo: tasks@office.test\nSubject: Re: [HB-1] August invoices\n\
             Date: Mon, 02 Mar 2026 11:00:00 +0000\nMessage-ID: <forged@else.test>\n\nREAD HB-1 DONE MAIL {mail}\n"
        );
        office.raw_mail(forged.as_bytes());
        assert!(office.last_outcome().starts_with("held: "), "{}", office.last_outcome());
        assert_eq!(office.stage(task), Stage::Confirmed);
        office.writes("maya@office.test", "Re: [HB-1] August invoices", &format!("READ HB-1 DONE MAIL {mail}"));
        assert_eq!(office.last_outcome(), "answered: carried out");
        assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
    });
}

#[test]
fn what_cannot_be_put_right_is_told_to_the_owner_with_a_cure() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.writes("maya@office.test", "Re: [HB-1] August invoices", "READ HB-1 DONE");
        let failed = office.letter("command_failed");
        assert!(in_a_line(failed.text()).contains("READ HB-1 DONE MAIL 17"), "{}", failed.text());
        office.writes("maya@office.test", "Re: [HB-1] August invoices", "READ HB-1 NOT BLOCKED MAIL 1");
        let failed = office.letter("command_failed");
        assert!(in_a_line(failed.text()).contains("it was not read as blocked"), "{}", failed.text());
        assert_eq!(office.stage(task), Stage::Confirmed);
    });
}

#[test]
fn a_lesson_in_the_midst_of_a_batch_counts_for_the_mails_behind_it() {
    let play = |at_once: bool| {
        let mut office = Office::open(MONDAY);
        let task = in_work(&mut office);
        let other = taken_on(&mut office, "September invoices");
        let letters: Vec<_> = office.everything_sent().into_iter().filter(|sent| sent.kind == "task").collect();
        office.assistant_writes(task, SIGNED_OFF);
        let mail = last_mail(&mut office);
        office.command(&["mail", "correct", &mail, "--nothing"]);
        office.assistant_writes(task, "Which year do you want?");
        let question = office.letter("question");
        office.command(&["hold"]);
        let read = format!("READ HB-1 DONE MAIL {mail}");
        let mut mails = vec![(&letters[0], "Half of it is done, 2 hours so far."); 9];
        mails.extend([(&question, read.as_str()), (&letters[1], SIGNED_OFF), (&letters[1], "It took 3 hours.")]);
        for (letter, words) in mails {
            office.answer_arrives(letter, words);
            if !at_once {
                office.round();
            }
        }
        office.round();
        assert_eq!(office.stage(other), Stage::HandedBack, "{:#?}", office.outcomes());
        (office.outcomes(), office.tasks(), office.events())
    };
    let (one_by_one, at_once) = (play(false), play(true));
    assert_eq!(at_once.0, one_by_one.0);
    assert_eq!(at_once.1, one_by_one.1);
    assert_eq!(at_once.2, one_by_one.2);
}

#[test]
fn a_question_back_that_has_not_left_is_dropped_when_the_owner_says_what_was_meant() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.wait_until("2026-03-02T23:00:00Z"); // Ana's letter hours are over.
        office.assistant_writes(task, "Sent you everything I have");
        let asked = office.events().iter().any(|event| matches!(event.fact, Fact::AskedBack { .. }));
        assert!(asked, "{:#?}", office.events());
        correct(office, &["--is", "done"]);
        assert_eq!(office.stage(task), Stage::HandedBack, "{:#?}", office.events());
        office.wait_until("2026-03-03T12:00:00Z");
        assert!(!office.sent().iter().any(|line| line.contains("not_understood")), "{:#?}", office.sent());
    });
}

#[test]
fn the_first_digest_of_a_week_tells_how_replies_were_read_in_the_week_before() {
    told(MONDAY, |office| {
        let task = in_work(office);
        office.assistant_writes(task, "All 64 invoices are in the folder. It is done.");
        correct(office, &["--not", "done"]);
        office.sleep_until("2026-03-09T07:15:00Z");
        office.wait_until("2026-03-09T08:00:00Z");
        let monday = in_a_line(office.letter("digest").text());
        assert!(monday.contains("LAST WEEK, 2 TO 8 MARCH"), "{monday}");
        assert!(monday.contains("1 task handed over, 0 handed back, 0 closed."), "{monday}");
        assert!(monday.contains("finished work 2 2 0"), "{monday}");
        assert!(monday.contains("confirmations 1 0 0"), "{monday}");
        office.sleep_until("2026-03-10T07:15:00Z");
        office.wait_until("2026-03-10T08:00:00Z");
        let tuesday = office.digests().pop().unwrap();
        assert!(tuesday.mail.subject.starts_with("Tue 10"), "{}", tuesday.mail.subject);
        assert!(!tuesday.text().contains("LAST WEEK"), "{}", tuesday.text());
    });
}
