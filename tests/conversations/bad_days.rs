//! Days on which something fails: the mailbox, the post, the program itself.

use crate::support::office::{Office, told};
use chrono::TimeDelta;
use handback::{
    cli::args::TaskAddArgs,
    domain::{id::LetterId, letter::Fate, task::Stage},
    ledger::Backup,
    mailbox::{After, FolderMailbox, Mailbox},
};
use std::fs;

const MONDAY: &str = "2026-03-02T09:00:00Z";

/// A mailbox that cannot be read: a file lies where its folder was.
fn break_mailbox(office: &Office) {
    fs::rename(office.inbox(), office.path().join("inbox.away")).unwrap();
    fs::write(office.inbox(), "not a folder").unwrap();
}

fn mend_mailbox(office: &Office) {
    fs::remove_file(office.inbox()).unwrap();
    fs::rename(office.path().join("inbox.away"), office.inbox()).unwrap();
}

#[test]
fn nobody_is_reminded_while_the_mailbox_cannot_be_read_and_the_digest_says_so() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    let task = office.hand_over("August invoices");
    office.wait_until("2026-03-02T12:00:00Z");
    break_mailbox(&office);
    office.wait_until("2026-03-03T08:00:00Z");
    let digest = office.letter("digest");
    assert!(digest.text().contains("Mailbox cannot be read"), "{}", digest.text());
    // The owner heard of it after an hour, and again on the next day.
    let told = ["Mon 2 13:15 mailbox_trouble", "Tue 3 07:00 mailbox_trouble"];
    let sent = office.sent();
    assert_eq!(sent.len(), 3, "{sent:#?}");
    assert!(sent[1].starts_with(told[0]) && sent[2].starts_with(told[1]), "{sent:#?}");
    assert!(office.letter("mailbox_trouble").text().contains("mail folder"), "{sent:#?}");

    // Ana had answered in the meantime; nobody nags her.
    mend_mailbox(&office);
    let letter = office.letter("task");
    office.answers(&letter, "Understood, I will file every invoice by Friday.", &[]);
    office.wait(TimeDelta::hours(8));
    assert_eq!(office.stage(task), Stage::Confirmed);
    assert_eq!(office.sent().len(), 3, "{:#?}", office.sent());
}

#[test]
fn a_reminder_that_waited_for_the_mailbox_leaves_once_it_was_read() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    office.hand_over("August invoices");
    office.wait_until("2026-03-02T12:00:00Z");
    break_mailbox(&office);
    office.wait_until("2026-03-02T15:00:00Z");
    assert_eq!(office.sent().len(), 2);
    mend_mailbox(&office);
    office.wait(TimeDelta::minutes(15));
    assert_eq!(office.sent()[2..], ["Mon 2 15:15 remind_to_confirm to ana: [HB-1] August invoices"]);
}

#[test]
fn held_letters_leave_after_resume_and_mail_is_read_meanwhile() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.command(&["hold", "moving house"]);
        office.assistant_writes(task, "Which folder do you want them in?");
        office.wait_until("2026-03-03T09:00:00Z");
        assert_eq!(office.everything_sent().len(), 1, "{:#?}", office.sent());
        assert_eq!(office.task(task).questions.len(), 1);
        office.command(&["resume"]);
        office.round();
        assert_eq!(office.sent()[1..], ["Tue 3 09:00 question to maya: [HB-1] August invoices"]);
    });
}

#[test]
fn more_than_twenty_letters_at_once_hold_themselves_until_somebody_lets_them_go() {
    told("2026-03-02T22:00:00Z", |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        for number in 1..=21 {
            let title = format!("Invoices {number}");
            office.hand_over_with(TaskAddArgs { title: Some(title), ..TaskAddArgs::default() });
        }
        office.wait_until("2026-03-03T09:00:00Z");
        let sent = office.sent();
        assert_eq!(sent.len(), 1, "only word to the owner: {sent:#?}");
        let letter = office.letter("letters_held");
        assert_eq!(letter.at.to_string(), "2026-03-03 07:00:00 UTC");
        assert!(letter.text().contains("21 letters were planned at once"), "{}", letter.text());
        assert!(letter.text().contains("handback resume"), "{}", letter.text());
        office.command(&["resume"]);
        office.wait(TimeDelta::hours(1));
        assert_eq!(office.sent().len(), 22, "{:#?}", office.sent());
        assert_eq!(office.sent().iter().filter(|line| line.contains(" task to ana")).count(), 21);
    });
}

#[test]
fn a_doubled_mail_counts_once() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.assistant_writes(task, "Which folder do you want them in?");
        let bytes = fs::read(office.inbox().join("00001.eml")).unwrap();
        office.raw_mail(&bytes);
        assert_eq!(office.last_outcome(), "duplicate: came before with the same content");
        // The second way round: a relay stamped it on its way.
        let mut stamped = b"Received: from relay.test by mx.office.test; Mon, 2 Mar 2026 09:00:09 +0000\r\n".to_vec();
        stamped.extend_from_slice(&bytes);
        office.raw_mail(&stamped);
        assert_eq!(office.last_outcome(), "duplicate: came before with the same content");
        assert_eq!(office.task(task).questions.len(), 1);
        assert_eq!(office.sent().len(), 2, "{:#?}", office.sent());
    });
}

#[test]
fn the_same_message_id_with_other_content_is_filed_and_flagged() {
    told(MONDAY, |office| {
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        office.assistant_writes(task, "Which folder do you want them in?");
        let bytes = fs::read_to_string(office.inbox().join("00001.eml")).unwrap();
        office.raw_mail(bytes.replace("Which folder", "Which cupboard").as_bytes());
        let flagged = "filed: task found by token; its Message-ID came before with other content";
        assert_eq!(office.last_outcome(), flagged);
        assert_eq!(office.task(task).questions.len(), 2);
    });
}

#[test]
fn mails_that_are_in_the_ledger_go_where_the_settings_say() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    let task = office.hand_over("August invoices");
    let mail = office.path().join("mail");
    office.daemon().mailbox = Mailbox::Folder(FolderMailbox::new(&mail, After::Move("filed".into())));
    office.assistant_writes(task, "Which folder do you want them in?");
    let letters = |folder: &str| {
        let names = fs::read_dir(mail.join(folder)).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().ends_with(".eml")).count()
    };
    assert_eq!((letters("inbox"), letters("filed")), (0, 1));
    office.wait(TimeDelta::hours(1));
    assert_eq!(office.outcomes().len(), 1);
}

#[test]
fn a_mail_that_was_put_away_since_the_backup_counts_again_after_a_restore() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    let task = office.hand_over("August invoices");
    let mail = office.path().join("mail");
    let puts_away = || Mailbox::Folder(FolderMailbox::new(&mail, After::Move("filed".into())));
    let (backup, ledger) = (office.path().join("backup"), office.path().join("ledger.sqlite"));
    let now = office.now;
    office.daemon().ledger.back_up(&backup, &[], now).unwrap();
    office.daemon().mailbox = puts_away();
    office.assistant_writes(task, "Which folder do you want them in?");
    let read_back = |office: &mut Office| {
        let restored = office.daemon().ledger.view().restored().unwrap();
        restored.map(|restored| restored.read_back.map(|read_back| read_back.left.len()))
    };
    assert_eq!(read_back(&mut office), None);

    office.stop();
    fs::remove_file(&ledger).unwrap();
    Backup::open(&backup).unwrap().put_into(office.path(), now).unwrap();
    office.daemon().mailbox = puts_away();
    assert_eq!(read_back(&mut office), Some(None));
    office.wait(TimeDelta::minutes(30));
    assert_eq!(read_back(&mut office), Some(Some(1)), "the owner was told of the question");
    assert_eq!(office.outcomes().len(), 1, "{:?}", office.outcomes());
    assert_eq!(office.task(task).questions.len(), 1);
    assert_eq!(office.sent().len(), 2, "nothing left: {:#?}", office.sent());
    // The folder that was looked at once does not count as one that is never read to its end.
    let held = office.command(&["resume", "--seen"]);
    office.wait(TimeDelta::days(1));
    assert!(office.sent().len() > 2, "{held} {:#?}", office.sent());
}

#[test]
fn after_a_restore_a_second_handback_on_the_mailbox_is_noticed() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    office.hand_over("August invoices");
    let backup = office.path().join("backup");
    let now = office.now;
    office.daemon().ledger.back_up(&backup, &[], now).unwrap();
    office.stop();
    fs::remove_file(office.path().join("ledger.sqlite")).unwrap();
    Backup::open(&backup).unwrap().put_into(office.path(), now).unwrap();
    office.wait(TimeDelta::minutes(30));
    let another = |office: &mut Office| {
        let restored = office.daemon().ledger.view().restored().unwrap().unwrap();
        restored.of_another().map(|letter| letter.to.clone())
    };
    assert_eq!(another(&mut office), None, "what left before the ledger was lost is no sign of it");

    // The machine that was thought dead goes on.
    let letter = "Message-ID: <hb.3-7K3MQ9XWT2HC5VRN@desk.test>\r\nFrom: desk@desk.test\r\nTo: ana@work.test\r\n\
                  Date: Mon, 2 Mar 2026 09:40:00 +0000\r\nX-Handback-Letter: task\r\nSubject: [HB-1] August invoices\r\n\r\nAna?\r\n";
    fs::write(office.path().join("mail/sent/other.eml"), letter).unwrap();
    office.wait(TimeDelta::hours(2));
    assert_eq!(another(&mut office).as_deref(), Some("ana@work.test"));
    assert!(office.command(&["status"]).contains("another handback uses this mailbox"));
}

#[test]
fn a_mail_taken_in_before_a_crash_is_read_after_it() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    let task = office.hand_over("August invoices");
    let now = office.now;
    let ledger = &mut office.daemon().ledger;
    assert!(ledger.begin_batch(10, now).unwrap().is_empty());
    office.stop();
    office.assistant_writes(task, "Which folder do you want them in?");
    assert_eq!(office.task(task).questions.len(), 1);
}

/// Lets the power go while the letter that falls due at `at` is being sent: the post has it already, or not yet.
fn cut_off(office: &mut Office, at: &str, taken: bool) -> LetterId {
    let sent = office.path().join("mail/sent");
    let away = office.path().join("sent.away");
    fs::rename(&sent, &away).unwrap();
    fs::write(&sent, "not a folder").unwrap();
    office.wait_until(at);
    let now = office.now;
    let ledger = &mut office.daemon().ledger;
    let planned = ledger.view().letters_in(Fate::Planned).unwrap();
    assert_eq!(planned.len(), 1, "{planned:#?}");
    let letter = planned[0].letter;
    assert!(ledger.claim(letter, now).unwrap());
    let bytes = ledger.view().letter_bytes(letter).unwrap().unwrap();
    office.stop();
    fs::remove_file(&sent).unwrap();
    fs::rename(&away, &sent).unwrap();
    if taken {
        fs::write(sent.join("0099-taken.eml"), bytes).unwrap();
    }
    letter
}

fn fate(office: &mut Office, letter: LetterId) -> Fate {
    office.daemon().ledger.view().outbox_row(letter).unwrap().unwrap().fate
}

#[test]
fn a_letter_cut_off_after_the_post_had_it_is_found_and_not_sent_again() {
    let mut office = Office::open("2026-03-02T22:00:00Z");
    office.hire("Ana Silva", "Europe/Lisbon");
    office.hand_over("August invoices");
    let letter = cut_off(&mut office, "2026-03-03T07:00:00Z", true);
    office.round();
    assert_eq!(fate(&mut office, letter), Fate::InDoubt);
    office.wait(TimeDelta::minutes(15));
    assert_eq!(fate(&mut office, letter), Fate::Sent);
    assert_eq!(office.sent(), ["Tue 3 07:00 task to ana: [HB-1] August invoices"]);
}

#[test]
fn a_letter_cut_off_before_the_post_had_it_goes_again_under_the_same_message_id() {
    let mut office = Office::open("2026-03-02T22:00:00Z");
    office.hire("Ana Silva", "Europe/Lisbon");
    office.hand_over("August invoices");
    let letter = cut_off(&mut office, "2026-03-03T07:00:00Z", false);
    office.round();
    assert_eq!(fate(&mut office, letter), Fate::InDoubt);
    let row = office.daemon().ledger.view().outbox_row(letter).unwrap().unwrap();
    assert!(office.sent().is_empty());
    office.wait(TimeDelta::minutes(15));
    assert_eq!(fate(&mut office, letter), Fate::Sent);
    assert_eq!(office.letter("task").mail.message_id, Some(row.message_id));
}

#[test]
fn a_reminder_that_may_have_left_is_given_up_rather_than_doubled() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    office.hand_over("August invoices");
    office.wait_until("2026-03-02T12:00:00Z");
    let letter = cut_off(&mut office, "2026-03-02T13:00:00Z", false);
    office.wait(TimeDelta::minutes(30));
    assert_eq!(fate(&mut office, letter), Fate::GivenUp);
    assert_eq!(office.sent().len(), 1, "{:#?}", office.sent());
}

#[test]
fn letters_wait_while_the_post_does_not_work_and_leave_once_each() {
    let mut office = Office::open(MONDAY);
    office.hire("Ana Silva", "Europe/Lisbon");
    let sent = office.path().join("mail/sent");
    fs::remove_dir_all(&sent).unwrap();
    fs::write(&sent, "not a folder").unwrap();
    let task = office.hand_over("August invoices");
    office.wait(TimeDelta::hours(8));
    assert_eq!(office.task(task).reminders, 0, "no clock runs for a letter that has not left");
    fs::remove_file(&sent).unwrap();
    fs::create_dir(&sent).unwrap();
    office.wait(TimeDelta::minutes(45));
    assert_eq!(office.sent(), ["Mon 2 09:00 task to ana: [HB-1] August invoices"]);
}
