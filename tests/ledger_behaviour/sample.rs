//! Ledgers of every format that was ever released open, verify and read as they did.

use crate::support::*;
use handback::{
    domain::{
        id::{InboxId, LetterId, MessageId, NoticeId},
        letter::Fate,
        statement::Act,
        understanding::Asked,
        words::Words,
    },
    ledger::{Events, NoticeState, Verdict},
};
use rusqlite::Connection;

/// What handback writes into the header of its files.
const APPLICATION_ID: i32 = 0x4842_4c31;

const FIRST: &str = include_str!("../../src/ledger/migrations/0001_first.sql");
const FIRST_SAMPLE: &str = include_str!("../migrations/v1.sql");
const SECOND: &str = include_str!("../../src/ledger/migrations/0002_lessons.sql");
const SECOND_SAMPLE: &str = include_str!("../migrations/v2.sql");

/// A ledger of the first format with a row or more in every table.
fn first_format() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let conn = raw_hand(dir.path());
    conn.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    conn.execute_batch(FIRST).unwrap();
    conn.execute_batch(&format!("BEGIN; {FIRST_SAMPLE} COMMIT;")).unwrap();
    conn.pragma_update(None, "user_version", 1).unwrap();
    dir
}

/// The same in the second format, with what it brought.
fn second_format() -> tempfile::TempDir {
    let dir = first_format();
    let conn = raw_hand(dir.path());
    conn.execute_batch(SECOND).unwrap();
    conn.execute_batch(&format!("BEGIN; {SECOND_SAMPLE} COMMIT;")).unwrap();
    conn.pragma_update(None, "user_version", 2).unwrap();
    dir
}

#[test]
fn the_samples_have_a_row_in_every_table() {
    let dir = second_format();
    let conn: Connection = raw_hand(dir.path());
    let mut statement = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(tables.len(), 18);
    for table in tables {
        let rows: u32 = conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert!(rows > 0, "{table}");
    }
}

#[test]
fn a_ledger_of_the_first_format_still_reads_as_it_did() {
    let dir = first_format();
    let mut ledger = reopen(dir.path());
    let verdict = ledger.verify(Some("1d59-74df-e9ae")).unwrap();
    assert!(matches!(verdict, Verdict::Sound { witnessed: Some(_), erased: 1, .. }), "{verdict:?}");

    let view = ledger.view();
    assert_eq!(view.events(Events::All).unwrap().len(), 13);
    assert_eq!(view.people().unwrap().len(), 2);
    let task = view.task(INVOICES).unwrap().unwrap();
    assert_eq!(task.questions[0].words, Words::from("Which folder?"));
    assert_eq!(task.minutes_used, 30);
    assert_eq!(view.mails(&Default::default()).unwrap().len(), 3);
    assert_eq!(view.tasks_of_mail(InboxId(1)).unwrap(), [INVOICES]);
    assert_eq!(view.raw_mail(InboxId(3)).unwrap().unwrap(), b"later");
    assert_eq!(view.bookmark("INBOX").unwrap().unwrap().read_to_end_at, Some(minute(30)));
    assert!(matches!(view.notice(NoticeId(3)).unwrap().unwrap().state, NoticeState::Dropped { .. }));
    let relayed = view.letter_by_message_id(&MessageId("0100@relay.example".to_owned())).unwrap().unwrap();
    assert_eq!((relayed.id, relayed.fate), (LetterId(1), Fate::Sent));
    assert_eq!(view.outbox_row(LetterId(1)).unwrap().unwrap().attempts, 1);
    assert_eq!(view.sending_held().unwrap().unwrap().why, "a holiday");
}

#[test]
fn a_ledger_of_the_second_format_still_reads_as_it_did() {
    let dir = second_format();
    let mut ledger = reopen(dir.path());
    let verdict = ledger.verify(None).unwrap();
    assert!(matches!(verdict, Verdict::Sound { erased: 1, .. }), "{verdict:?}");
    let before = ledger.view().lessons(MARIA).unwrap();
    let phrases: Vec<_> = before.phrases().map(|(lesson, asked)| (lesson.means.clone(), asked)).collect();
    assert_eq!(phrases, [(vec![Act::Question], Some(Asked::ToConfirm))]);
    ledger.rebuild().unwrap();
    assert_eq!(ledger.view().lessons(MARIA).unwrap(), before);
}

#[test]
fn what_was_learned_of_a_person_goes_when_their_words_are_erased() {
    let dir = second_format();
    let mut ledger = reopen(dir.path());
    ledger.erase_person(MARIA, "asked for it", minute(60)).unwrap();
    assert_eq!(ledger.view().lessons(MARIA).unwrap().phrases().count(), 0);
    assert!(matches!(ledger.verify(None).unwrap(), Verdict::Sound { .. }));
}

#[test]
fn numbers_given_before_an_update_are_not_given_again_after_it() {
    let dir = first_format();
    let mut ledger = reopen(dir.path());
    assert_eq!(ledger.write(minute(0), |tx| tx.next_task_id()).unwrap().0, 3);
    assert_eq!(ledger.write(minute(0), |tx| tx.next_letter_id()).unwrap(), LetterId(2));
}
