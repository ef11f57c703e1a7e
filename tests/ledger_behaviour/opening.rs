//! The file: made once, opened by one daemon and its commands, refused in words when it is not what it should be.

use crate::support::*;
use handback::{
    domain::event::{Cause, Fact, NewEvent},
    ledger::{Clocking, Daemon, Ledger, LedgerError, Opening, daemon_of},
    remedy::Remedy,
};
use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
    time::Duration,
};

fn open(dir: &Path, opening: Opening) -> Result<Ledger, LedgerError> {
    Ledger::open(dir, opening, minute(0))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_missing_ledger_is_never_made_by_opening_it() {
    let dir = tempfile::tempdir().unwrap();
    for opening in [Opening::Daemon, Opening::Command, Opening::ReadOnly] {
        let error = open(dir.path(), opening).unwrap_err();
        assert!(matches!(error, LedgerError::Missing { .. }), "{error}");
        assert!(error.to_string().contains("`handback init` makes one"), "{error}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_new_ledger_is_whole_private_and_never_made_over_another() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("var").join("handback");
    let ledger = Ledger::create(&home, Clocking::Running).unwrap();
    assert_eq!(ledger.frozen_clock().unwrap(), None);
    assert_eq!(mode(&home), 0o700);
    for entry in fs::read_dir(&home).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    let error = Ledger::create(&home, Clocking::Running).unwrap_err();
    assert!(matches!(error, LedgerError::AlreadyThere { .. }), "{error}");
}

#[test]
fn a_log_without_its_ledger_is_not_played_into_a_new_one() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("ledger.sqlite-wal"), "left over").unwrap();
    let error = Ledger::create(dir.path(), Clocking::Running).unwrap_err();
    assert!(matches!(error, LedgerError::AlreadyThere { .. }), "{error}");
}

#[test]
fn a_ledger_that_was_cut_off_while_it_was_made_does_not_stand_in_the_way() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("ledger.sqlite.new"), "half").unwrap();
    assert!(matches!(open(dir.path(), Opening::Command), Err(LedgerError::Missing { .. })));
    Ledger::create(dir.path(), Clocking::Running).unwrap();
}

#[test]
fn every_commit_is_on_the_disk_before_it_is_believed() {
    let (dir, ledger) = with_a_task();
    drop(ledger);
    for opening in [Opening::Daemon, Opening::Command] {
        let settings = open(dir.path(), opening).unwrap().settings().unwrap();
        assert_eq!(settings.journal_mode, "wal");
        assert_eq!(settings.synchronous, 2, "2 is FULL");
        assert!(settings.foreign_keys);
    }
}

#[test]
fn what_is_no_ledger_is_told_apart_in_words() {
    let check = |bytes: &[u8], why: &str| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("ledger.sqlite"), bytes).unwrap();
        let error = open(dir.path(), Opening::Command).unwrap_err();
        assert!(matches!(error, LedgerError::NotALedger { .. }), "{error}");
        assert!(error.to_string().contains(why), "{error}");
        assert!(error.to_string().contains("handback restore"), "{error}");
        assert_eq!(error.remedy(), Remedy::Stop);
    };
    let (dir, ledger) = with_a_task();
    drop(ledger);
    let whole = fs::read(dir.path().join("ledger.sqlite")).unwrap();
    check(b"", "it is empty");
    check(&[0; 8192], "nothing but zeros");
    check(b"From: maria\r\n\r\nnot a ledger", "no SQLite file");
    check(&whole[..whole.len() / 2], "its end is missing");
    check(&whole[..60], "within its first page");
    let other = tempfile::tempdir().unwrap();
    let file = other.path().join("other.sqlite");
    rusqlite::Connection::open(&file).unwrap().execute_batch("CREATE TABLE music (title TEXT)").unwrap();
    check(&fs::read(file).unwrap(), "another program's SQLite file");
}

#[test]
fn a_newer_format_is_refused_in_words() {
    let (dir, ledger) = with_a_task();
    drop(ledger);
    raw_hand(dir.path()).pragma_update(None, "user_version", 7).unwrap();
    let error = open(dir.path(), Opening::Command).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the ledger has format 7, which a newer handback wrote; this one knows formats up to 2 (install the newer \
         handback again)"
    );
    assert_eq!(error.remedy(), Remedy::Stop);
}

#[test]
fn a_second_daemon_is_refused_and_told_of_the_first() {
    let (dir, ledger) = with_a_task();
    drop(ledger);
    assert_eq!(daemon_of(dir.path()).unwrap(), Daemon::NotRunning);
    let first = open(dir.path(), Opening::Daemon).unwrap();
    let error = open(dir.path(), Opening::Daemon).unwrap_err();
    assert!(matches!(error, LedgerError::InUse { pid: Some(pid) } if pid == std::process::id()), "{error}");
    assert_eq!(error.remedy(), Remedy::Stop);
    assert_eq!(daemon_of(dir.path()).unwrap(), Daemon::Running { pid: Some(std::process::id()) });
    assert_eq!(mode(&dir.path().join("daemon.lock")), 0o600);
    drop(first);
    assert_eq!(daemon_of(dir.path()).unwrap(), Daemon::NotRunning);
    open(dir.path(), Opening::Daemon).unwrap();
}

#[test]
fn the_daemon_sees_what_commands_write_beside_it() {
    let (dir, ledger) = with_a_task();
    drop(ledger);
    let mut daemon = open(dir.path(), Opening::Daemon).unwrap();
    assert!(daemon.changed_elsewhere().unwrap(), "the first look is always worth a round");
    assert!(!daemon.changed_elsewhere().unwrap());
    append(&mut daemon, Fact::WordReceived { task: INVOICES });
    assert!(!daemon.changed_elsewhere().unwrap(), "its own writes are no news");
    let mut command = open(dir.path(), Opening::Command).unwrap();
    append(&mut command, Fact::TaskConfirmed { task: INVOICES, understood: true });
    assert!(daemon.changed_elsewhere().unwrap());
    append(&mut daemon, Fact::WordReceived { task: INVOICES });
    assert_eq!(daemon.view().head().unwrap().count, 7, "the chain goes on from the command's event");
    assert!(daemon.view().task(INVOICES).unwrap().unwrap().understood);
}

#[test]
fn commands_that_write_at_once_take_turns() {
    let (dir, mut ledger) = with_a_task();
    let writers: Vec<_> = (0..3)
        .map(|_| {
            let dir = dir.path().to_owned();
            std::thread::spawn(move || {
                for _ in 0..30 {
                    let mut ledger = reopen(&dir);
                    append(&mut ledger, Fact::HoursBooked { task: INVOICES, minutes: 1, words: "1 min".into() });
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(ledger.view().task(INVOICES).unwrap().unwrap().minutes_used, 90);
    let verdict = ledger.verify(None).unwrap();
    assert!(matches!(verdict, handback::ledger::Verdict::Sound { head, .. } if head.count == 94), "{verdict:?}");
}

#[test]
fn a_ledger_that_stays_locked_is_an_error_to_try_again() {
    let (dir, mut ledger) = with_a_task();
    let hand = raw_hand(dir.path());
    hand.execute_batch("BEGIN IMMEDIATE").unwrap();
    ledger.set_patience(Duration::from_millis(30)).unwrap();
    let event = NewEvent { cause: Cause::Timer, fact: Fact::WordReceived { task: INVOICES } };
    let error = ledger.write(minute(0), |tx| tx.append(&event)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "could not write to the ledger: another program kept the ledger locked for too long"
    );
    assert_eq!(error.remedy(), Remedy::TryAgain);
    assert_eq!(ledger.view().tasks().unwrap().len(), 1, "reading goes on");
    hand.execute_batch("ROLLBACK").unwrap();
    ledger.write(minute(0), |tx| tx.append(&event)).unwrap();
}

#[test]
fn reading_only_cannot_write() {
    let (dir, ledger) = with_a_task();
    drop(ledger);
    let mut ledger = open(dir.path(), Opening::ReadOnly).unwrap();
    assert_eq!(ledger.view().tasks().unwrap().len(), 1);
    let error = ledger.write(minute(0), |tx| tx.plan(&reminder(0))).unwrap_err();
    assert!(matches!(error, LedgerError::NotWritable { .. }), "{error}");
    assert_eq!(error.remedy(), Remedy::Stop);
}

#[test]
fn a_ledger_copied_with_a_wide_mode_is_made_private_again() {
    let (dir, ledger) = with_a_task();
    drop(ledger);
    let path = dir.path().join("ledger.sqlite");
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    open(dir.path(), Opening::Command).unwrap();
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn a_frozen_clock_stays_with_its_ledger() {
    let dir = tempfile::tempdir().unwrap();
    drop(Ledger::create(dir.path(), Clocking::Frozen(minute(0))).unwrap());
    let mut ledger = reopen(dir.path());
    assert_eq!(ledger.frozen_clock().unwrap(), Some(minute(0)));
    ledger.set_frozen_clock(minute(7)).unwrap();
    drop(ledger);
    assert_eq!(reopen(dir.path()).frozen_clock().unwrap(), Some(minute(7)));
    let (_dir, mut running) = empty();
    assert!(running.set_frozen_clock(minute(7)).is_err());
}

#[test]
fn a_copy_is_a_whole_private_ledger_and_overwrites_nothing() {
    let (dir, mut ledger) = with_a_task();
    let to = tempfile::tempdir().unwrap();
    let path = to.path().join("ledger.sqlite");
    ledger.copy_to(&path).unwrap();
    assert_eq!(mode(&path), 0o600);
    let head = ledger.view().head().unwrap();
    append(&mut ledger, Fact::WordReceived { task: INVOICES });
    let mut copy = reopen(to.path());
    assert_eq!(copy.view().head().unwrap(), head);
    assert!(matches!(copy.verify(None).unwrap(), handback::ledger::Verdict::Sound { .. }));
    assert_eq!(copy.settings().unwrap().journal_mode, "wal");
    assert!(matches!(ledger.copy_to(&path), Err(LedgerError::File { .. })));
    drop(dir);
}
