//! A notice is planned once, a letter is claimed once, and what was sent stays sent.

use crate::support::*;
use handback::{
    domain::{
        event::Fact,
        id::{LetterId, MessageId, NoticeId, PersonId, TaskId},
        letter::Fate,
    },
    ledger::{Events, Ledger, LedgerError, NoticeState, Restored, Verdict},
};

/// A ledger with letter 1 composed from one reminder.
fn with_a_letter() -> (tempfile::TempDir, Ledger) {
    let (dir, mut ledger) = with_a_task();
    compose(&mut ledger, reminder_and_letter).unwrap();
    (dir, ledger)
}

type Composing = fn(&handback::ledger::Tx<'_>) -> Result<(), LedgerError>;

fn compose(ledger: &mut Ledger, composing: Composing) -> Result<(), LedgerError> {
    ledger.write(minute(60), composing)
}

fn reminder_and_letter(tx: &handback::ledger::Tx<'_>) -> Result<(), LedgerError> {
    let notice = plan(tx, &reminder(0))?;
    tx.compose(&letter(tx.next_letter_id()?, &[INVOICES]), b"the bytes", "Maria, is the task clear?", &[notice])
}

fn fate(ledger: &Ledger) -> Fate {
    ledger.view().outbox_row(LetterId(1)).unwrap().unwrap().fate
}

#[test]
fn a_notice_is_planned_once_whatever_became_of_it() {
    let (_dir, mut ledger) = with_a_task();
    let plan = |ledger: &mut Ledger| ledger.write(minute(0), |tx| tx.plan(&reminder(0))).unwrap();
    assert!(plan(&mut ledger));
    assert!(!plan(&mut ledger));
    assert!(ledger.write(minute(1), |tx| tx.drop_notice(NoticeId(1), "answered meanwhile")).unwrap());
    assert!(!plan(&mut ledger), "a dropped one is not planned again either");
    assert!(!ledger.write(minute(2), |tx| tx.drop_notice(NoticeId(1), "again")).unwrap());

    let row = ledger.view().notice(NoticeId(1)).unwrap().unwrap();
    assert_eq!(row.notice, reminder(0));
    assert_eq!(row.state, NoticeState::Dropped { why: "answered meanwhile".to_owned(), at: minute(1) });
    let dropped = Fact::NoticeDropped {
        key: "HB-1/remind_to_confirm/2/rung-0-0".to_owned(),
        why: "answered meanwhile".to_owned(),
    };
    assert_eq!(ledger.view().events(Events::All).unwrap().last().unwrap().fact, dropped);
    assert_eq!(ledger.view().notices_dropped(minute(1)).unwrap(), [row]);
    assert_eq!(ledger.view().notices_dropped(minute(2)).unwrap(), []);
}

#[test]
fn notices_wait_for_their_hour_and_their_person() {
    let (_dir, mut ledger) = with_a_task();
    ledger
        .write(minute(0), |tx| {
            plan(tx, &reminder(0))?;
            let mut later = reminder(1);
            later.not_before = minute(90);
            plan(tx, &later)
        })
        .unwrap();
    let due = |ledger: &Ledger, person, now| {
        let rows = ledger.view().due_notices(person, minute(now)).unwrap();
        rows.into_iter().map(|row| row.id.0).collect::<Vec<_>>()
    };
    assert_eq!(due(&ledger, None, 59), [0_i64; 0]);
    assert_eq!(due(&ledger, Some(MARIA), 60), [1]);
    assert_eq!(due(&ledger, Some(MARIA), 9999), [1, 2], "stale ones too: whoever dispatches drops them");
    assert_eq!(due(&ledger, Some(PersonId::OWNER), 9999), [0_i64; 0]);
    assert_eq!(ledger.view().next_notice_at().unwrap(), Some(minute(60)));
    assert!(ledger.write(minute(60), |tx| tx.put_off(NoticeId(1), minute(120))).unwrap());
    assert_eq!(ledger.view().next_notice_at().unwrap(), Some(minute(90)));
    assert_eq!(ledger.view().planned_notices(Some(MARIA)).unwrap().len(), 2);
    assert_eq!(ledger.view().notices_of(INVOICES).unwrap().len(), 2);
}

#[test]
fn a_letter_is_composed_with_its_notices_or_not_at_all() {
    let (_dir, mut ledger) = with_a_letter();
    let view = ledger.view();
    let record = view.letter(LetterId(1)).unwrap().unwrap();
    assert_eq!((record.to, record.tasks.as_slice(), record.fate), (MARIA, [INVOICES].as_slice(), Fate::Planned));
    assert_eq!(view.letter_bytes(LetterId(1)).unwrap().unwrap(), b"the bytes");
    assert_eq!(view.letter_words(LetterId(1)).unwrap().unwrap(), "Maria, is the task clear?");
    assert_eq!(view.notices_in(LetterId(1)).unwrap()[0].id, NoticeId(1));
    let used = NoticeState::Used { letter: LetterId(1), at: minute(60) };
    assert_eq!(view.notice(NoticeId(1)).unwrap().unwrap().state, used);
    assert_eq!(view.next_notice_at().unwrap(), None);

    let error = compose(&mut ledger, |tx| tx.compose(&letter(LetterId(2), &[INVOICES]), b"", "", &[NoticeId(1)]));
    assert!(matches!(&error, Err(LedgerError::Spent(what)) if what == "notice 1"), "{error:?}");
    assert_eq!(ledger.view().letter(LetterId(2)).unwrap(), None);
    assert!(matches!(ledger.verify(None).unwrap(), Verdict::Sound { .. }));
}

#[test]
fn a_letter_is_claimed_by_one_alone() {
    let (dir, mut ledger) = with_a_letter();
    let mut other = reopen(dir.path());
    assert!(ledger.claim(LetterId(1), minute(61)).unwrap());
    assert!(!other.claim(LetterId(1), minute(61)).unwrap());
    let row = other.view().outbox_row(LetterId(1)).unwrap().unwrap();
    assert_eq!((row.fate, row.attempts, row.fate_since), (Fate::Sending, 1, minute(61)));
    assert!(!ledger.claim(LetterId(9), minute(61)).unwrap());
}

#[test]
fn nothing_is_claimed_while_sending_is_held() {
    let (_dir, mut ledger) = with_a_letter();
    append(&mut ledger, Fact::SendingHeld { why: "more than 20 letters in one round".to_owned(), by_brake: true });
    let brake = ledger.view().sending_held().unwrap().unwrap();
    assert_eq!((brake.since, brake.why.as_str()), (minute(0), "more than 20 letters in one round"));
    assert!(!ledger.claim(LetterId(1), minute(61)).unwrap());
    append(&mut ledger, Fact::SendingResumed);
    assert_eq!(ledger.view().sending_held().unwrap(), None);
    assert!(ledger.claim(LetterId(1), minute(61)).unwrap());
}

#[test]
fn a_letter_that_was_refused_for_now_waits_for_its_time() {
    let (_dir, mut ledger) = with_a_letter();
    ledger.claim(LetterId(1), minute(61)).unwrap();
    assert!(ledger.mark(LetterId(1), Fate::Waiting, "451 later", Some(minute(70)), minute(62)).unwrap());
    assert_eq!(ledger.view().letters_to_send(minute(69)).unwrap(), []);
    assert_eq!(ledger.view().next_retry_at().unwrap(), Some(minute(70)));
    let due = ledger.view().letters_to_send(minute(70)).unwrap();
    assert_eq!((due[0].letter, due[0].why.as_str()), (LetterId(1), "451 later"));
    assert!(ledger.claim(LetterId(1), minute(70)).unwrap());
    assert_eq!(ledger.view().next_retry_at().unwrap(), None);
}

#[test]
fn a_sent_letter_stays_sent() {
    let (_dir, mut ledger) = with_a_letter();
    ledger.claim(LetterId(1), minute(61)).unwrap();
    assert!(ledger.mark(LetterId(1), Fate::Sent, "250 ok", None, minute(62)).unwrap());
    assert!(!ledger.mark(LetterId(1), Fate::Waiting, "", None, minute(63)).unwrap());
    assert!(!ledger.claim(LetterId(1), minute(63)).unwrap());
    assert_eq!(fate(&ledger), Fate::Sent);
    let record = ledger.view().letter(LetterId(1)).unwrap().unwrap();
    assert_eq!((record.fate, record.why.as_str(), record.fate_since), (Fate::Sent, "250 ok", minute(62)));
    assert!(matches!(ledger.mark(LetterId(9), Fate::Sent, "", None, minute(62)), Err(LedgerError::NoSuch(_))));
}

#[test]
fn a_letter_that_was_being_sent_at_the_end_is_in_doubt_at_the_start() {
    let (dir, mut ledger) = with_a_letter();
    ledger.claim(LetterId(1), minute(61)).unwrap();
    drop(ledger);
    let mut ledger = reopen(dir.path());
    assert_eq!(ledger.doubt_cut_off_letters(minute(70)).unwrap(), [LetterId(1)]);
    assert_eq!(ledger.doubt_cut_off_letters(minute(71)).unwrap(), []);
    assert_eq!(fate(&ledger), Fate::InDoubt);
    assert_eq!(ledger.view().letter(LetterId(1)).unwrap().unwrap().fate, Fate::InDoubt);
    assert_eq!(ledger.view().letters_in(Fate::InDoubt).unwrap().len(), 1);
    assert!(!ledger.claim(LetterId(1), minute(71)).unwrap(), "a doubt is settled before it is sent again");
    // Not found in Sent: a task letter goes once more, under the same Message-ID.
    ledger.mark(LetterId(1), Fate::Waiting, "not found in Sent", None, minute(72)).unwrap();
    assert!(ledger.claim(LetterId(1), minute(72)).unwrap());
}

#[test]
fn a_letter_is_found_by_its_message_id_and_by_the_one_a_relay_gave_it() {
    let (_dir, mut ledger) = with_a_letter();
    let find = |ledger: &Ledger, id: &str| {
        ledger.view().letter_by_message_id(&MessageId(id.to_owned())).unwrap().map(|letter| letter.id)
    };
    assert_eq!(find(&ledger, "1.token@shop.example"), Some(LetterId(1)));
    assert_eq!(find(&ledger, "0100@relay.example"), None);
    for _ in 0..2 {
        ledger.write(minute(65), |tx| tx.alias(LetterId(1), &MessageId("0100@relay.example".to_owned()))).unwrap();
    }
    assert_eq!(find(&ledger, "0100@relay.example"), Some(LetterId(1)));
    assert!(ledger.write(minute(65), |tx| tx.alias(LetterId(9), &MessageId("x".to_owned()))).is_err());
}

#[test]
fn a_thread_is_made_of_the_letters_on_one_task_to_one_person() {
    let (_dir, mut ledger) = with_a_letter();
    append(&mut ledger, Fact::TaskDrafted { task: TaskId(2), assistant: MARIA, brief: brief("the blog") });
    compose(&mut ledger, |tx| {
        tx.compose(&letter(LetterId(2), &[TaskId(2), INVOICES]), b"", "", &[])?;
        tx.compose(&letter(LetterId(3), &[INVOICES]), b"", "", &[])
    })
    .unwrap();
    let view = ledger.view();
    let thread: Vec<_> = view.thread(INVOICES, MARIA).unwrap().into_iter().map(|id| id.0).collect();
    assert_eq!(thread, ["1.token@shop.example", "3.token@shop.example"]);
    assert_eq!(view.thread(INVOICES, PersonId::OWNER).unwrap(), []);
    assert_eq!(view.letters_of(INVOICES).unwrap().len(), 3);
    assert_eq!(view.letter(LetterId(2)).unwrap().unwrap().tasks, [TaskId(2), INVOICES], "in the order of its lines");
    assert_eq!(view.letters_to(MARIA, minute(60)).unwrap().len(), 3);
    assert_eq!(view.letters_to(MARIA, minute(61)).unwrap().len(), 0);
}

#[test]
fn after_a_restore_nothing_leaves_and_no_number_is_given_twice() {
    let (dir, mut ledger) = with_a_letter();
    let backup = tempfile::tempdir().unwrap();
    ledger.copy_to(&backup.path().join("ledger.sqlite")).unwrap();
    ledger.claim(LetterId(1), minute(61)).unwrap();
    ledger.mark(LetterId(1), Fate::Sent, "250 ok", None, minute(61)).unwrap();
    let later = ledger.write(minute(62), |tx| tx.next_letter_id()).unwrap();
    drop(dir);

    let mut ledger = reopen(backup.path());
    assert_eq!(ledger.view().restored().unwrap(), None);
    assert_eq!(ledger.mark_restored(minute(60), minute(90)).unwrap(), [LetterId(1)]);
    let restored = Restored { at: minute(90), backup_of: minute(60), read_back: None };
    assert_eq!(ledger.view().restored().unwrap(), Some(restored));
    assert_eq!(fate(&ledger), Fate::InDoubt);
    ledger.mark(LetterId(1), Fate::Waiting, "not found in Sent", None, minute(91)).unwrap();
    assert!(!ledger.claim(LetterId(1), minute(91)).unwrap());
    assert!(ledger.write(minute(91), |tx| tx.next_letter_id()).unwrap() > later);
    ledger.write(minute(92), |tx| tx.end_restore()).unwrap();
    assert_eq!(ledger.view().restored().unwrap(), None);
    assert!(ledger.view().sending_held().unwrap().is_some());
}
