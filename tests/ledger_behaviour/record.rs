//! The record: only ever added to, chained, verifiable, and forgetful about words alone.

use crate::support::*;
use handback::{
    domain::{
        event::{Cause, Fact, NewEvent, Outcome},
        id::{EventId, InboxId, LetterId, PersonId},
        notice::Notice,
        words::Words,
    },
    ledger::{Erased, Events, Ledger, LedgerError, Opening, Verdict},
    remedy::Remedy,
};
use std::{fs, path::Path};

fn question(words: &str) -> Fact {
    Fact::QuestionAsked { task: INVOICES, question: 1, words: words.into(), holds_work: true }
}

#[track_caller]
fn check_sound(ledger: &mut Ledger) {
    let verdict = ledger.verify(None).unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
}

#[test]
fn what_is_written_is_read_back_word_for_word() {
    let (_dir, mut ledger) = with_a_task();
    let asked = question("Which folder, \"A\" or {\"words\": \"B\"}? ありがとう \u{0} \r\n");
    append(&mut ledger, asked.clone());
    let events = ledger.view().events(Events::OfTask(INVOICES)).unwrap();
    assert_eq!(events.last().unwrap().fact, asked);
    assert_eq!(ledger.view().task(INVOICES).unwrap().unwrap().questions.len(), 1);
    check_sound(&mut ledger);
}

#[test]
fn a_fact_about_nothing_known_is_refused_and_leaves_no_trace() {
    let (_dir, mut ledger) = empty();
    let before = ledger.view().head().unwrap();
    let event = NewEvent { cause: Cause::Timer, fact: Fact::TaskHandedOver { task: INVOICES } };
    let error = ledger.write(minute(0), |tx| tx.append(&event)).unwrap_err();
    assert!(matches!(&error, LedgerError::NoSuch(what) if what == "task HB-1"), "{error}");
    assert_eq!(error.remedy(), Remedy::SetAside);
    assert_eq!(ledger.view().head().unwrap(), before);
}

#[test]
fn a_number_is_given_once() {
    let (_dir, mut ledger) = with_a_task();
    let again = NewEvent { cause: Cause::Timer, fact: maria() };
    let error = ledger.write(minute(0), |tx| tx.append(&again)).unwrap_err();
    assert!(matches!(&error, LedgerError::NumberTaken(what) if what == "person 2"), "{error}");
    let (task, person) =
        ledger.write(minute(0), |tx| Ok::<_, LedgerError>((tx.next_task_id()?, tx.next_person_id()?))).unwrap();
    assert_eq!((task.0, person.0), (2, 3));
    let undone: Result<LetterId, LedgerError> = ledger.write(minute(0), |tx| {
        tx.next_letter_id()?;
        Err(LedgerError::NoSuch("reason to go on".to_owned()))
    });
    assert!(undone.is_err());
    assert_eq!(ledger.write(minute(0), |tx| tx.next_letter_id()).unwrap(), LetterId(1));
}

#[test]
fn an_error_undoes_everything_of_its_transaction() {
    let (_dir, mut ledger) = with_a_task();
    let before = ledger.view().head().unwrap();
    let failed: Result<(), LedgerError> = ledger.write(minute(0), |tx| {
        tx.append(&NewEvent { cause: Cause::Timer, fact: question("Which folder?") })?;
        tx.plan(&reminder(0))?;
        tx.set_meta("last_round", Some("now"))?;
        Err(LedgerError::NoSuch("reason to go on".to_owned()))
    });
    assert!(failed.is_err());
    assert_eq!(ledger.view().head().unwrap(), before);
    assert_eq!(ledger.view().planned_notices(None).unwrap(), []);
    assert_eq!(ledger.view().meta("last_round").unwrap(), None);
    check_sound(&mut ledger);
}

#[test]
fn the_database_itself_refuses_to_change_or_remove_the_past() {
    let (dir, mut ledger) = with_a_task();
    let blob = ledger.write(minute(0), |tx| tx.store_blob(b"a file")).unwrap();
    let hand = raw_hand(dir.path());
    for (attempt, refusal) in [
        ("UPDATE event SET at = at + 1 WHERE id = 1", "an event is never changed"),
        ("DELETE FROM event WHERE id = 4", "an event is never removed"),
        ("UPDATE words SET text = 'nothing of the kind'", "words are never changed, only erased"),
        ("DELETE FROM words", "words are never removed, only erased"),
        ("UPDATE blob SET bytes = x'00'", "stored bytes are never changed"),
        ("DELETE FROM blob", "stored bytes are never removed without a reason on record"),
    ] {
        let error = hand.execute(attempt, []).unwrap_err().to_string();
        assert!(error.contains(refusal), "{attempt}: {error}");
    }
    assert!(ledger.write(minute(0), |tx| tx.drop_blob(&blob, "kept for 24 months")).unwrap());
    assert_eq!(ledger.view().blob(&blob).unwrap(), None);
    assert!(!ledger.write(minute(0), |tx| tx.drop_blob(&blob, "again")).unwrap());
    assert_eq!(ledger.write(minute(0), |tx| tx.store_blob(b"a file")).unwrap(), blob);
    assert_eq!(ledger.view().blob(&blob).unwrap().unwrap(), b"a file");
}

/// Does to the file what only somebody with the file in hand could, and expects `verify` to name the event.
#[track_caller]
fn check_tampering(how: &str, event: i64, why: &str) {
    let (dir, mut ledger) = with_a_task();
    append(&mut ledger, question("Which folder?"));
    let hand = raw_hand(dir.path());
    hand.execute_batch(
        "DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_removed;
        DROP TRIGGER words_are_only_erased; DROP TRIGGER words_are_never_removed; PRAGMA foreign_keys = OFF;",
    )
    .unwrap();
    assert!(hand.execute(how, []).unwrap() > 0, "{how}");
    let verdict = ledger.verify(None).unwrap();
    let Verdict::Broken { event: found, why: said } = verdict else { panic!("{how}: {verdict:?}") };
    assert_eq!(found, EventId(event), "{how}: {said}");
    assert!(said.contains(why), "{how}: {said}");
}

#[test]
fn verify_names_the_first_event_that_is_not_as_it_was_written() {
    check_tampering("UPDATE event SET at = at + 1 WHERE id = 2", 2, "content was changed");
    check_tampering(
        "UPDATE event SET payload = replace(payload, 'timer', 'Timer') WHERE id = 3",
        3,
        "content was changed",
    );
    check_tampering("UPDATE event SET hash = zeroblob(32) WHERE id = 3", 3, "content was changed");
    check_tampering("UPDATE event SET prev = zeroblob(32) WHERE id = 3", 3, "does not follow");
    check_tampering("DELETE FROM event WHERE id = 2", 2, "missing");
    check_tampering("UPDATE event SET task = 9 WHERE id = 4", 4, "filed under another task");
    check_tampering("UPDATE event SET mail = 9 WHERE id = 4", 4, "filed under another task or mail");
    check_tampering("UPDATE words SET text = 'Which disk?' WHERE text = 'Which folder?'", 5, "were changed");
    check_tampering("DELETE FROM words WHERE text = 'Which folder?'", 5, "changed or removed");
}

#[test]
fn a_past_that_was_cut_off_or_written_anew_lacks_the_head_that_somebody_kept() {
    let (dir, mut ledger) = with_a_task();
    let early = ledger.view().head().unwrap();
    append(&mut ledger, question("Which folder?"));
    let kept = ledger.view().head().unwrap();
    assert_eq!((early.count, kept.count), (4, 5));
    for (head, event) in [(early, 4), (kept, 5)] {
        let printed = head.to_string();
        assert_eq!(printed.len(), 14, "{printed}");
        for given in [printed.clone(), printed.to_uppercase(), printed.replace('-', "")] {
            let verdict = ledger.verify(Some(&given)).unwrap();
            assert!(
                matches!(verdict, Verdict::Sound { witnessed: Some(EventId(found)), .. } if found == event),
                "{given}: {verdict:?}"
            );
        }
    }
    for given in ["7f3a-91c2-0be4", "", "00", "not a hash at all"] {
        let verdict = ledger.verify(Some(given)).unwrap();
        assert!(matches!(verdict, Verdict::HeadUnknown { .. }), "{given}: {verdict:?}");
    }
    let hand = raw_hand(dir.path());
    hand.execute_batch(
        "DROP TRIGGER event_is_never_removed; DROP TRIGGER words_are_never_removed;
        DELETE FROM words WHERE event = 5; DELETE FROM event WHERE id = 5;",
    )
    .unwrap();
    ledger.rebuild().unwrap();
    check_sound(&mut ledger);
    assert!(matches!(ledger.verify(Some(&kept.to_string())).unwrap(), Verdict::HeadUnknown { .. }));
}

/// Changes the tables behind the events' back, and expects `verify` to name the place and `rebuild` to mend it.
#[track_caller]
fn check_mended(how: &str, what: &str) {
    let (dir, mut ledger) = with_a_task();
    let (people, tasks) = (ledger.view().people().unwrap(), ledger.view().tasks().unwrap());
    assert!(raw_hand(dir.path()).execute(how, []).unwrap() > 0, "{how}");
    let verdict = ledger.verify(None).unwrap();
    assert!(matches!(&verdict, Verdict::TablesDiffer { what: said } if said.contains(what)), "{how}: {verdict:?}");
    ledger.rebuild().unwrap();
    check_sound(&mut ledger);
    assert_eq!((ledger.view().people().unwrap(), ledger.view().tasks().unwrap()), (people, tasks), "{how}");
}

#[test]
fn tables_that_say_something_else_than_the_events_are_named_and_rebuilt() {
    check_mended("UPDATE task SET state = replace(state, 'handed_over', 'closed')", "task HB-1");
    check_mended("UPDATE task SET stage = 'closed'", "task HB-1");
    check_mended("UPDATE task SET due_at = due_at + 1", "task HB-1");
    check_mended("DELETE FROM task", "task HB-1");
    check_mended("UPDATE task SET state = '{}'", "missing field");
    check_mended("UPDATE task SET stage = 'lost'", "unknown variant");
    check_mended("UPDATE person SET added_at = 0 WHERE id = 2", "person 2");
    check_mended("UPDATE person SET address = 'thief@mail.example' WHERE id = 2", "person 2");
    check_mended(
        "INSERT INTO brake (id, since, why, by_itself) VALUES (1, 0, 'nobody said so', 0)",
        "whether sending is held",
    );
    check_mended(
        "INSERT INTO letter (id, kind, person, message_id, composed_at, fate, why, fate_since)
        VALUES (7, 'task', 2, 'x', 0, 'sent', '', 0)",
        "letter 7",
    );
}

#[test]
fn a_page_of_rubbish_in_the_file_is_a_clear_verdict_or_error() {
    let (dir, mut ledger) = with_a_task();
    for number in 0..40 {
        append(&mut ledger, question(&format!("{number}: {}", "which folder? ".repeat(200))));
    }
    drop(ledger);
    let path = dir.path().join("ledger.sqlite");
    let mut bytes = fs::read(&path).unwrap();
    for page in 20..24 {
        bytes[page * 4096..][..4096].fill(0x5a);
    }
    fs::write(&path, bytes).unwrap();
    match Ledger::open(dir.path(), Opening::Command, minute(0)).and_then(|mut ledger| ledger.verify(None)) {
        Ok(Verdict::FileDamaged { .. } | Verdict::Broken { .. }) => {}
        Err(error) => assert_eq!(error.remedy(), Remedy::Stop, "{error}"),
        Ok(other) => panic!("{other:?}"),
    }
}

#[test]
fn erased_words_are_gone_everywhere_and_the_chain_still_holds() {
    let (dir, mut ledger) = with_a_task();
    append(&mut ledger, question("Is zanzibar-4711 the folder?"));
    let head = ledger.view().head().unwrap();
    let rows = ledger.view().words_of_event(EventId(5)).unwrap();
    assert_eq!(
        rows.iter().map(|row| row.text.as_deref()).collect::<Vec<_>>(),
        [Some("Is zanzibar-4711 the folder?")]
    );
    assert_eq!(ledger.write(minute(9), |tx| tx.erase_words(&[rows[0].id])).unwrap(), 1);
    assert_eq!(ledger.write(minute(9), |tx| tx.erase_words(&[rows[0].id])).unwrap(), 0);

    let task = ledger.view().task(INVOICES).unwrap().unwrap();
    assert_eq!(task.questions[0].words, Words::from(Words::ERASED));
    assert_eq!(ledger.view().events(Events::From(EventId(5))).unwrap()[0].fact, question(Words::ERASED));
    let verdict = ledger.verify(Some(&head.to_string())).unwrap();
    assert_eq!(verdict, Verdict::Sound { head, witnessed: Some(EventId(5)), erased: 1 });
    drop(ledger);
    check_nowhere(dir.path(), "zanzibar-4711");
}

#[track_caller]
fn check_nowhere(dir: &Path, needle: &str) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(needle.len()).any(|window| window == needle.as_bytes()), "{}", path.display());
    }
}

#[test]
fn a_person_can_be_forgotten() {
    let (dir, mut ledger) = with_a_task();
    ledger.take_window(&window_of("From: maria-4711\r\n\r\nmy words\r\n"), minute(0)).unwrap();
    ledger
        .write(minute(1), |tx| {
            let cause = Cause::Mail { inbox: InboxId(1), from: 0, to: 8 };
            tx.append(&NewEvent { cause, fact: question("maria-4711 asks") })?;
            tx.conclude(InboxId(1), Outcome::Filed, "", Some(MARIA), &[INVOICES])?;
            let told = Notice { words: Some("maria-4711 was told".into()), ..reminder(0) };
            let notice = plan(tx, &told)?;
            let letter = letter(tx.next_letter_id()?, &[INVOICES]);
            tx.compose(&letter, b"To: maria-4711", "maria-4711, hello", &[notice])
        })
        .unwrap();
    let head = ledger.view().head().unwrap();
    let erased = ledger.erase_person(MARIA, "she asked for it", minute(9)).unwrap();
    // Her name and address, and what she asked.
    assert_eq!(erased, Erased { words: 3, mails: 1, letters: 1 });

    // Looked for while the ledger is open: not even its log has them.
    check_nowhere(dir.path(), "maria-4711");
    check_nowhere(dir.path(), "Maria Santos");
    let maria = ledger.view().person(MARIA).unwrap().unwrap();
    assert_eq!((maria.name(), maria.address()), (Words::ERASED, None));
    assert_eq!(ledger.view().raw_mail(InboxId(1)).unwrap(), None);
    assert_eq!(ledger.view().letter_words(LetterId(1)).unwrap().as_deref(), Some(""));
    assert_eq!(ledger.view().head().unwrap(), head);
    check_sound(&mut ledger);
    assert_eq!(ledger.view().person(PersonId::OWNER).unwrap().unwrap().name(), "Olu Owner");
}

fn window_of(raw: &str) -> handback::domain::mail::Window {
    handback::domain::mail::Window { mails: vec![mail(1, raw)], ..window(&[]) }
}

#[test]
fn two_thousand_events_stay_cheap_to_open_and_to_verify() {
    let (dir, mut ledger) = with_a_task();
    ledger
        .write(minute(0), |tx| {
            for number in 0..2000 {
                let words = format!("half of part {number} is done").into();
                let fact =
                    Fact::ProgressReported { task: INVOICES, percent: Some(50), eta: None, words, files: Vec::new() };
                tx.append(&NewEvent { cause: Cause::Timer, fact })?;
            }
            Ok::<_, LedgerError>(())
        })
        .unwrap();
    drop(ledger);
    let begun = std::time::Instant::now();
    let mut ledger = reopen(dir.path());
    let opened = begun.elapsed();
    check_sound(&mut ledger);
    let verified = begun.elapsed() - opened;
    // Fixed limits of behaviour, with much room: a hundred thousand events may take 0.1 s to open and 1 s to verify.
    assert!(opened.as_millis() < 500, "{opened:?}");
    assert!(verified.as_millis() < 1000, "{verified:?}");
    let mut seen = 0;
    ledger
        .view()
        .each_event(Events::All, |_| {
            seen += 1;
            Ok::<_, LedgerError>(())
        })
        .unwrap();
    assert_eq!(seen, 2004);
}
