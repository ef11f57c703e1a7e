//! Killed at any line, handback goes on where it was: nothing lost, nothing twice.

use crate::support::*;
use handback::{
    domain::{
        event::{Cause, Fact, NewEvent, Outcome},
        id::InboxId,
        letter::Fate,
        notice::{Notice, NoticeKey, NoticeKind, Slot},
    },
    ledger::{Events, InboxRow, Ledger, LedgerError, MailFilter, MailState, Opening, Tx, Unconcluded, Verdict},
};
use std::{
    collections::BTreeMap,
    env,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// Set for the process that is going to be killed.
const WORK_IN: &str = "HANDBACK_TEST_WORK_IN";

fn answer(mail: InboxId) -> Notice {
    let key =
        NoticeKey { task: Some(INVOICES), kind: NoticeKind::NotUnderstood, person: MARIA, slot: Slot::Mail(mail) };
    Notice { key, words: None, mail: Some(mail), not_before: minute(0), drop_after: None }
}

fn file(tx: &Tx<'_>, row: &InboxRow) -> Result<(), Unconcluded> {
    let cause = Cause::Mail { inbox: row.id, from: 0, to: 2 };
    tx.append(&NewEvent { cause, fact: Fact::WordReceived { task: INVOICES } })?;
    tx.plan(&answer(row.id))?;
    tx.conclude(row.id, Outcome::Filed, "", Some(MARIA), &[INVOICES])?;
    Ok(())
}

/// A daemon in small: takes in mail, reads it, composes letters and sends them, for ever.
fn work(dir: &Path) -> Result<(), LedgerError> {
    let mut ledger = reopen(dir);
    ledger.doubt_cut_off_letters(minute(0))?;
    ledger.redo_unfinished(minute(0), file)?;
    loop {
        let last = ledger.view().bookmark("INBOX")?.map_or(0, |mark| mark.uid);
        ledger.take_window(&window(&[last + 1, last + 2, last + 3]), minute(0))?;
        let batch = ledger.begin_batch(10, minute(0))?;
        ledger.conclude_batch(&batch, minute(0), file)?;
        ledger.write(minute(0), |tx| {
            for due in tx.view().due_notices(None, minute(0))? {
                tx.compose(&letter(tx.next_letter_id()?, &[INVOICES]), b"bytes", "", &[due.id])?;
            }
            Ok::<_, LedgerError>(())
        })?;
        for row in ledger.view().letters_to_send(minute(0))? {
            ledger.claim(row.letter, minute(0))?;
            ledger.mark(row.letter, Fate::Sent, "250 ok", None, minute(0))?;
        }
    }
}

/// The process that is killed: this test alone, run once more with a folder to work in.
#[test]
fn one_that_is_going_to_be_killed() {
    if let Some(dir) = env::var_os(WORK_IN) {
        work(Path::new(&dir)).unwrap();
    }
}

/// Lets one work until it has taken in mail, and a little longer, and kills it in the midst of whatever it does.
fn run_and_kill(dir: &Path, after: Duration) {
    let read_to = || {
        let ledger = Ledger::open(dir, Opening::ReadOnly, minute(0)).unwrap();
        ledger.view().bookmark("INBOX").unwrap().map_or(0, |mark| mark.uid)
    };
    let before = read_to();
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "killed::one_that_is_going_to_be_killed"])
        .env(WORK_IN, dir)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while read_to() == before {
        assert_eq!(child.try_wait().unwrap(), None, "it ended by itself");
        thread::sleep(Duration::from_millis(2));
    }
    thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[track_caller]
fn check_nothing_lost_nothing_twice(ledger: &mut Ledger) {
    let verdict = ledger.verify(None).unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
    let mails = ledger.view().mails(&MailFilter::default()).unwrap();
    let last = ledger.view().bookmark("INBOX").unwrap().map_or(0, |mark| mark.uid);
    assert_eq!(mails.len(), usize::try_from(last).unwrap(), "every UID up to the bookmark is a row");

    let mut concluded = BTreeMap::new();
    for event in ledger.view().events(Events::All).unwrap() {
        if let Fact::MailConcluded { inbox, .. } = event.fact {
            *concluded.entry(inbox).or_insert(0) += 1;
        }
    }
    for mail in &mails {
        let (done, filed) = match &mail.state {
            MailState::Done(end) => (true, end.outcome == Outcome::Filed),
            MailState::Taken | MailState::InWork => (false, false),
        };
        assert_eq!(concluded.get(&mail.id).copied().unwrap_or(0), i32::from(done), "mail {}", mail.id);
        assert_eq!(ledger.view().notice_by_key(&answer(mail.id).key).unwrap().is_some(), filed, "mail {}", mail.id);
    }
}

#[test]
fn a_killed_handback_loses_nothing_and_does_nothing_twice() {
    let (dir, ledger) = with_a_task();
    drop(ledger);
    for kill in 0..12 {
        run_and_kill(dir.path(), Duration::from_micros(kill * 700));
        check_nothing_lost_nothing_twice(&mut reopen(dir.path()));
    }
}
