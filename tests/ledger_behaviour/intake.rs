//! Mail is taken once and concluded once, whatever is cut off in between.

use crate::support::*;
use handback::{
    domain::{
        event::{Cause, Fact, NewEvent, Outcome},
        id::{InboxId, MessageId},
        mail::Window,
    },
    ledger::{
        BatchEnd, Earlier, Events, InboxRow, Ledger, LedgerError, MailFilter, MailState, Taken, Tx, Unconcluded,
        Verdict,
    },
};
use std::cell::Cell;

fn file(tx: &Tx<'_>, row: &InboxRow) -> Result<(), Unconcluded> {
    tx.conclude(row.id, Outcome::Filed, "", Some(MARIA), &[INVOICES])?;
    Ok(())
}

fn outcome(ledger: &Ledger, id: i64) -> Option<Outcome> {
    match ledger.view().mail(InboxId(id)).unwrap().unwrap().state {
        MailState::Done(end) => Some(end.outcome),
        MailState::Taken | MailState::InWork => None,
    }
}

#[test]
fn a_window_taken_twice_changes_nothing_the_second_time() {
    let (_dir, mut ledger) = with_a_task();
    assert_eq!(ledger.take_window(&window(&[4, 5]), minute(1)).unwrap(), Taken { new: 2, known: 0 });
    assert_eq!(ledger.take_window(&window(&[4, 5, 6]), minute(2)).unwrap(), Taken { new: 1, known: 2 });
    let rows = ledger.view().mails(&MailFilter::default()).unwrap();
    assert_eq!(rows.iter().map(|row| row.uid).collect::<Vec<_>>(), [6, 5, 4]);
    assert_eq!(rows[2].taken_at, minute(1));
    assert_eq!(ledger.view().raw_mail(rows[0].id).unwrap().unwrap(), b"Subject: mail 6\r\n\r\nok\r\n");
    assert_eq!(ledger.view().waiting_mails().unwrap(), 3);
}

#[test]
fn the_same_bytes_under_another_uid_are_a_row_of_their_own_and_kept_once() {
    let (_dir, mut ledger) = with_a_task();
    let twice = Window { mails: vec![mail(1, "same"), mail(2, "same")], ..window(&[1, 2]) };
    assert_eq!(ledger.take_window(&twice, minute(1)).unwrap().new, 2);
    let rows = ledger.view().mails(&MailFilter::default()).unwrap();
    assert_eq!(rows[0].blob, rows[1].blob);
}

#[test]
fn the_bookmark_moves_with_the_mails_and_never_back() {
    let (_dir, mut ledger) = with_a_task();
    let bookmark = |ledger: &Ledger| {
        let mark = ledger.view().bookmark("INBOX").unwrap().unwrap();
        (mark.uid_validity, mark.uid, mark.read_to_end_at)
    };
    assert_eq!(ledger.view().bookmark("INBOX").unwrap(), None);
    ledger.take_window(&Window { read_to_end: false, ..window(&[7]) }, minute(1)).unwrap();
    assert_eq!(bookmark(&ledger), (1, 7, None));
    ledger.take_window(&window(&[]), minute(2)).unwrap();
    assert_eq!(bookmark(&ledger), (1, 7, Some(minute(2))));
    ledger.take_window(&Window { read_to_end: false, ..window(&[3]) }, minute(3)).unwrap();
    assert_eq!(bookmark(&ledger), (1, 7, Some(minute(2))));
    // A folder made anew counts from the beginning, and its UID 7 is another mail.
    let anew = Window { uid_validity: 2, upto: 4, read_to_end: false, mails: vec![mail(4, "new")], ..window(&[]) };
    assert_eq!(ledger.take_window(&anew, minute(4)).unwrap().new, 1);
    assert_eq!(bookmark(&ledger), (2, 4, Some(minute(2))));
    assert_eq!(ledger.view().bookmarks().unwrap().len(), 1);
}

#[test]
fn a_mail_is_recognised_by_its_id_and_content() {
    let (_dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1, 2, 3, 4, 5, 6]), minute(1)).unwrap();
    let id = |text: &str| Some(MessageId(text.to_owned()));
    ledger
        .write(minute(2), |tx| {
            for (row, message_id, content) in [
                (1, id("a@x"), "aa"),
                (2, id("a@x"), "bb"),
                (3, id("a@x"), "aa"),
                (4, None, "aa"),
                (5, None, "aa"),
                (6, id("c@x"), "aa"),
            ] {
                tx.set_identity(InboxId(row), message_id.as_ref(), content)?;
            }
            Ok::<_, LedgerError>(())
        })
        .unwrap();
    let earlier = |row| ledger.view().duplicate_of(InboxId(row)).unwrap();
    assert_eq!(earlier(1), None);
    assert_eq!(earlier(2), Some(Earlier::SameIdOtherContent(InboxId(1))));
    assert_eq!(earlier(3), Some(Earlier::Same(InboxId(1))));
    assert_eq!(earlier(4), None, "without an id, only a mail without an id is the same");
    assert_eq!(earlier(5), Some(Earlier::Same(InboxId(4))));
    assert_eq!(earlier(6), None);
}

#[test]
fn one_bad_mail_does_not_take_its_batch_along_and_is_held_at_the_third_failure() {
    let (_dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1, 2, 3]), minute(1)).unwrap();
    let mut read = |tx: &Tx<'_>, row: &InboxRow| {
        file(tx, row)?;
        if row.uid == 2 { Err(Unconcluded::mail("a part without an end")) } else { Ok(()) }
    };
    let batch = ledger.begin_batch(10, minute(2)).unwrap();
    assert_eq!(ids(&batch), [InboxId(1), InboxId(2), InboxId(3)]);
    let why = "a part without an end".to_owned();
    let end = ledger.conclude_batch(&batch, minute(2), &mut read).unwrap();
    assert_eq!(end, BatchEnd { concluded: 2, again: vec![(InboxId(2), why.clone())], set_aside: vec![] });
    assert_eq!((outcome(&ledger, 1), outcome(&ledger, 2)), (Some(Outcome::Filed), None));
    assert_eq!(ledger.view().mail(InboxId(2)).unwrap().unwrap().trouble, why);

    let second = ledger.begin_batch(10, minute(3)).unwrap();
    assert_eq!(ids(&second), [InboxId(2)]);
    assert_eq!(ledger.conclude_batch(&second, minute(3), &mut read).unwrap().again.len(), 1);
    let third = ledger.begin_batch(10, minute(4)).unwrap();
    let end = ledger.conclude_batch(&third, minute(4), &mut read).unwrap();
    assert_eq!(end, BatchEnd { concluded: 0, again: vec![], set_aside: vec![(InboxId(2), why)] });

    let held = ledger.view().held_mails().unwrap();
    assert_eq!(ids(&held), [InboxId(2)]);
    let MailState::Done(end) = &held[0].state else { panic!("{held:?}") };
    assert_eq!(end.why, "could not be read: a part without an end");
    assert_eq!(ledger.begin_batch(10, minute(5)).unwrap(), []);
    assert!(matches!(ledger.verify(None).unwrap(), Verdict::Sound { .. }));
}

#[test]
fn a_mail_that_is_read_twice_because_another_failed_counts_once() {
    let (_dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1, 2, 3]), minute(1)).unwrap();
    let batch = ledger.begin_batch(10, minute(2)).unwrap();
    let before = ledger.view().head().unwrap().count;
    let mut readings = Vec::new();
    let end = ledger.conclude_batch(&batch, minute(2), |tx, row| {
        readings.push(row.uid);
        file(tx, row)?;
        if row.uid == 2 { Err(Unconcluded::mail("a part without an end")) } else { Ok(()) }
    });
    assert_eq!((end.unwrap().concluded, readings), (2, vec![1, 2, 1, 2, 3]));
    let of_mail = |id| ledger.view().events(Events::OfMail(InboxId(id))).unwrap().len();
    assert_eq!([of_mail(1), of_mail(2), of_mail(3)], [of_mail(3), 0, of_mail(3)]);
    let written = usize::try_from(ledger.view().head().unwrap().count - before).unwrap();
    assert_eq!(written, 2 * of_mail(3));
}

#[test]
fn a_mail_left_without_an_outcome_counts_as_failed() {
    let (_dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1]), minute(1)).unwrap();
    let batch = ledger.begin_batch(10, minute(2)).unwrap();
    let end = ledger.conclude_batch(&batch, minute(2), |_, _| Ok(())).unwrap();
    assert_eq!(end.again, [(InboxId(1), "it was left without an outcome".to_owned())]);
}

#[test]
fn a_refusal_of_the_ledger_is_the_mails_own_failure() {
    let (_dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1, 2]), minute(1)).unwrap();
    let batch = ledger.begin_batch(10, minute(2)).unwrap();
    let end = ledger
        .conclude_batch(&batch, minute(2), |tx, row| {
            if row.uid == 1 {
                let fact = Fact::WordReceived { task: handback::domain::id::TaskId(99) };
                tx.append(&NewEvent { cause: Cause::Timer, fact })?;
            }
            file(tx, row)
        })
        .unwrap();
    assert_eq!((end.concluded, end.again), (1, vec![(InboxId(1), "there is no task HB-99".to_owned())]));
}

#[test]
fn where_the_ledger_itself_fails_the_whole_batch_is_undone() {
    let (dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1, 2]), minute(1)).unwrap();
    let batch = ledger.begin_batch(10, minute(2)).unwrap();
    let error = ledger
        .conclude_batch(&batch, minute(2), |tx, row| {
            file(tx, row)?;
            match row.uid {
                1 => Ok(()),
                _ => Err(LedgerError::Missing { path: dir.path().to_owned() }.into()),
            }
        })
        .unwrap_err();
    assert!(matches!(error, LedgerError::Missing { .. }));
    assert_eq!(outcome(&ledger, 1), None);
    assert_eq!(ids(&ledger.view().unfinished_batch().unwrap()), [InboxId(1), InboxId(2)]);
}

#[test]
fn a_batch_that_was_cut_off_is_read_one_by_one() {
    let (dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1, 2]), minute(1)).unwrap();
    ledger.begin_batch(10, minute(2)).unwrap();
    drop(ledger);

    let mut ledger = reopen(dir.path());
    assert_eq!(ledger.begin_batch(10, minute(3)).unwrap(), [], "what is in work is not begun again by itself");
    let end = ledger.redo_unfinished(minute(3), file).unwrap();
    assert_eq!(
        (end.concluded, outcome(&ledger, 1), outcome(&ledger, 2)),
        (2, Some(Outcome::Filed), Some(Outcome::Filed))
    );
    assert_eq!(ledger.view().mail(InboxId(1)).unwrap().unwrap().attempts, 1, "it was not its fault");
    assert_eq!(ledger.redo_unfinished(minute(4), file).unwrap(), BatchEnd::default());
}

#[test]
fn a_mail_whose_reading_ends_the_program_is_held_after_the_third_time() {
    let (dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1, 2]), minute(1)).unwrap();
    let batch = ledger.begin_batch(10, minute(2)).unwrap();
    let deadly = |tx: &Tx<'_>, row: &InboxRow| if row.uid == 1 { panic!("out of memory") } else { file(tx, row) };
    let mut deaths = 0;
    let mut die = |work: &mut dyn FnMut()| {
        deaths += usize::from(std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).is_err());
    };
    die(&mut || drop(ledger.conclude_batch(&batch, minute(2), deadly)));
    drop(ledger);
    for _ in 0..4 {
        let mut ledger = reopen(dir.path());
        die(&mut || drop(ledger.redo_unfinished(minute(3), deadly)));
    }
    assert_eq!(deaths, 3);
    let ledger = reopen(dir.path());
    assert_eq!((outcome(&ledger, 1), outcome(&ledger, 2)), (Some(Outcome::Held), Some(Outcome::Filed)));
}

#[test]
fn a_concluded_mail_is_not_concluded_again() {
    let (_dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1]), minute(1)).unwrap();
    let first = ledger.write(minute(2), |tx| tx.conclude(InboxId(1), Outcome::Filed, "", None, &[])).unwrap();
    let head = ledger.view().head().unwrap();
    let second = ledger.write(minute(3), |tx| tx.conclude(InboxId(1), Outcome::Held, "", None, &[])).unwrap();
    assert_eq!((first, second, outcome(&ledger, 1)), (true, false, Some(Outcome::Filed)));
    assert_eq!(ledger.view().head().unwrap(), head);
    let nobody = ledger.write(minute(3), |tx| tx.conclude(InboxId(9), Outcome::Held, "", None, &[]));
    assert!(matches!(nobody.unwrap_err(), LedgerError::NoSuch(_)));
}

#[test]
fn a_released_mail_is_read_again_and_known_as_released() {
    let (_dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1]), minute(1)).unwrap();
    let release = |ledger: &mut Ledger| {
        let cause = Cause::Command { name: "mail release".to_owned() };
        ledger.write(minute(3), |tx| tx.release(InboxId(1), cause)).unwrap()
    };
    assert!(!release(&mut ledger), "it is not held yet");
    ledger.write(minute(2), |tx| tx.conclude(InboxId(1), Outcome::Held, "why", None, &[INVOICES])).unwrap();
    assert_eq!(ledger.view().tasks_of_mail(InboxId(1)).unwrap(), [INVOICES]);
    assert!(release(&mut ledger));
    let batch = ledger.begin_batch(10, minute(4)).unwrap();
    assert_eq!((batch.len(), batch[0].released_at, batch[0].attempts), (1, Some(minute(3)), 1));
    ledger.conclude_batch(&batch, minute(4), file).unwrap();
    assert_eq!(outcome(&ledger, 1), Some(Outcome::Filed));
}

#[test]
fn mails_are_listed_by_outcome_person_task_and_time() {
    let (_dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1, 2]), minute(1)).unwrap();
    ledger.take_window(&window(&[3]), minute(5)).unwrap();
    ledger
        .write(minute(6), |tx| {
            tx.conclude(InboxId(1), Outcome::Filed, "", Some(MARIA), &[INVOICES])?;
            tx.conclude(InboxId(2), Outcome::Held, "", None, &[])
        })
        .unwrap();
    let list = |filter: MailFilter| ids(&ledger.view().mails(&filter).unwrap());
    let any = MailFilter::default();
    assert_eq!(list(any), [InboxId(3), InboxId(2), InboxId(1)]);
    assert_eq!(list(MailFilter { outcome: Some(Outcome::Held), ..any }), [InboxId(2)]);
    assert_eq!(list(MailFilter { person: Some(MARIA), ..any }), [InboxId(1)]);
    assert_eq!(list(MailFilter { task: Some(INVOICES), ..any }), [InboxId(1)]);
    assert_eq!(list(MailFilter { taken_since: Some(minute(5)), ..any }), [InboxId(3)]);
    assert_eq!(list(MailFilter { limit: Some(1), ..any }), [InboxId(3)]);
}

#[test]
fn a_large_batch_is_begun_in_the_order_it_came() {
    let (_dir, mut ledger) = with_a_task();
    let uids: Vec<u32> = (1..=120).collect();
    ledger.take_window(&window(&uids), minute(1)).unwrap();
    let read = Cell::new(0);
    loop {
        let batch = ledger.begin_batch(50, minute(2)).unwrap();
        if batch.is_empty() {
            break;
        }
        ledger
            .conclude_batch(&batch, minute(2), |tx, row| {
                assert_eq!(row.uid, read.replace(row.uid) + 1);
                file(tx, row)
            })
            .unwrap();
    }
    assert_eq!(read.get(), 120);
}
