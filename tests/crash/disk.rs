//! A disk that is full or fails, and a ledger that cannot be used: a clear line, an exit code, never a new ledger.

use crate::{
    account::Account,
    points::one_intake,
    support::premises::Office,
    town::{Town, asked_for, run_once, run_tampered, tell, tracing_is_allowed},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

// ---- single calls that fail ----------------------------------------------------------------------------------

/// Lets each `step`-th call of `calls` fail with `error` until a run goes through; each run that fails has to say
/// so, and the next has to bring everything to its end.
fn check(calls: &str, error: &str, from_then_on: bool, step: usize) {
    if !tracing_is_allowed() {
        return;
    }
    let town = Town::built(2, 2);
    let mails = one_intake(&town);
    let home = tempfile::tempdir().unwrap();
    let calm = town.brought_to_an_end(&town.office(&home, &mails, false));
    let mut sum = Account::default();
    let mut failed = 0;
    for n in (1..).step_by(step) {
        let home = tempfile::tempdir().unwrap();
        let office = town.office(&home, &mails, false);
        let plus = if from_then_on { "+" } else { "" };
        let ended = run_tampered(&office, calls, &format!("error={error}:when={n}{plus}"));
        let said = said(&ended);
        assert_ne!(ended.status.code(), None, "{calls} {error} {n}: it did not end by itself: {said}");
        sum.add(town.brought_to_an_end(&office).account(&calm, &town.earlier));
        if ended.status.success() {
            break;
        }
        failed += 1;
        assert!(said.contains("handback: "), "{calls} {error} {n}: nothing was said but: {said}");
    }
    assert!(failed > 3, "too few calls of {calls} failed: {failed}");
    tell(&format!("{calls} failed with {error} {failed} times: {sum}"));
    sum.assert_nothing_lost_nothing_doubled();
}

#[test]
fn a_disk_that_is_full_from_some_write_on_loses_nothing() {
    check("pwrite64", "ENOSPC", true, asked_for("CRASH_EVERY_WRITE", 12) * 2);
}

#[test]
fn a_disk_that_fails_to_sync_loses_nothing() {
    check("fsync,fdatasync", "EIO", true, 1);
}

// ---- whole ledgers -------------------------------------------------------------------------------------------

fn said(ended: &Output) -> String {
    String::from_utf8_lossy(&ended.stderr).into_owned()
}

fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    // What SQLite and the lock leave beside the ledger is of no account.
    let kept = entries.filter(|path| !path.to_string_lossy().ends_with("-shm") && !path.ends_with("daemon.lock"));
    kept.map(|path| (path.clone(), fs::read(&path).unwrap())).filter(|(_, bytes)| !bytes.is_empty()).collect()
}

/// Runs handback on an office whose ledger was harmed: it has to fail with `code`, say `words`, and leave all alone.
#[track_caller]
fn check_harmed(harm: impl FnOnce(&Path), code: i32, words: &str) {
    let town = Town::built(1, 1);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &[], false);
    harm(&office.data_dir().join("ledger.sqlite"));
    let before = files(&office.data_dir());
    let ended = run_once(&office);
    assert_eq!(ended.status.code(), Some(code), "{}", said(&ended));
    assert!(said(&ended).contains(words), "{}", said(&ended));
    assert_eq!(said(&ended).lines().filter(|line| line.starts_with("handback: ")).count(), 1, "{}", said(&ended));
    assert!(files(&office.data_dir()) == before, "the harmed ledger was touched");
}

#[test]
fn a_ledger_that_is_gone_is_not_made_anew() {
    check_harmed(|ledger| fs::remove_file(ledger).unwrap(), 1, "`handback init` makes one");
}

#[test]
fn a_ledger_of_zeros_is_not_made_anew() {
    check_harmed(
        |ledger| fs::write(ledger, vec![0; fs::metadata(ledger).unwrap().len().try_into().unwrap()]).unwrap(),
        1,
        "it holds nothing but zeros",
    );
}

#[test]
fn a_ledger_that_is_empty_is_not_made_anew() {
    check_harmed(|ledger| fs::write(ledger, "").unwrap(), 1, "it is empty");
}

#[test]
fn a_ledger_that_is_half_gone_is_not_written_to() {
    check_harmed(
        |ledger| {
            let whole = fs::read(ledger).unwrap();
            fs::write(ledger, &whole[..whole.len() / 2]).unwrap();
        },
        1,
        "its end is missing",
    );
}

#[test]
fn a_ledger_that_another_program_keeps_locked_is_a_clear_error_and_nothing_is_lost() {
    let town = Town::built(2, 2);
    let mails = one_intake(&town);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &mails, false);
    let other = rusqlite::Connection::open(office.data_dir().join("ledger.sqlite")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ended = run_once(&office);
    assert_eq!(ended.status.code(), Some(1), "{}", said(&ended));
    assert!(said(&ended).contains("handback: "), "{}", said(&ended));
    assert!(said(&ended).contains("lock") || said(&ended).contains("busy"), "{}", said(&ended));
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    let calm_home = tempfile::tempdir().unwrap();
    let outcome = town.brought_to_an_end(&office);
    let calm = town.brought_to_an_end(&town.office(&calm_home, &mails, false));
    outcome.account(&calm, &town.earlier).assert_nothing_lost_nothing_doubled();
}

// ---- a small disk of its own ---------------------------------------------------------------------------------

/// A file system in memory, which can be full and can be write-protected.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// None, which is said in one loud line, where file systems may not be mounted. CI must be able to.
    fn of(kibibytes: u64) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let size = format!("size={kibibytes}k");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "none"]).arg(dir.path()).output();
        if mounted.is_ok_and(|ended| ended.status.success()) {
            return Some(Self(dir));
        }
        let line = "NOT TESTED: a disk that is really full or write-protected (mounting one needs root)";
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{line}");
        tell(line);
        None
    }

    fn remount(&self, options: &str) {
        let ended = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(self.0.path()).status();
        assert!(ended.unwrap().success(), "remount,{options}");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, since a panicking test may still hold files open.
        Command::new("umount").arg("-l").arg(self.0.path()).status().unwrap();
    }
}

/// The office, moved to the small disk.
fn on(disk: &SmallDisk, office: &Office) -> Office {
    office.copied_to(disk.0.path())
}

#[test]
fn a_full_disk_is_a_clear_error_and_with_room_again_nothing_is_lost() {
    let Some(disk) = SmallDisk::of(16 * 1024) else { return };
    let town = Town::built(2, 2);
    let mails = one_intake(&town);
    let home = tempfile::tempdir().unwrap();
    let office = on(&disk, &town.office(&home, &mails, false));
    let ballast = disk.0.path().join("ballast");
    // Room for the log's index and some pages, so that it is full in the midst of work.
    for room in [0, 64, 128, 256, 512] {
        let free = free_kibibytes(disk.0.path());
        fs::write(&ballast, vec![1; usize::try_from(free.saturating_sub(room) * 1024).unwrap()]).unwrap();
        let ended = run_once(&office);
        if !ended.status.success() {
            assert!(said(&ended).contains("handback: "), "{room} KiB: {}", said(&ended));
            assert!(said(&ended).contains("full"), "{room} KiB: {}", said(&ended));
        }
        fs::remove_file(&ballast).unwrap();
    }
    let outcome = town.brought_to_an_end(&office);
    let calm_home = tempfile::tempdir().unwrap();
    let calm = town.brought_to_an_end(&town.office(&calm_home, &mails, false));
    outcome.account(&calm, &town.earlier).assert_nothing_lost_nothing_doubled();
}

fn free_kibibytes(dir: &Path) -> u64 {
    let ended = Command::new("df").args(["-k", "--output=avail"]).arg(dir).output().unwrap();
    String::from_utf8(ended.stdout).unwrap().lines().last().unwrap().trim().parse().unwrap()
}

#[test]
fn a_write_protected_disk_is_a_clear_error_and_nothing_is_lost() {
    let Some(disk) = SmallDisk::of(16 * 1024) else { return };
    let town = Town::built(2, 2);
    let mails = one_intake(&town);
    let home = tempfile::tempdir().unwrap();
    let office = on(&disk, &town.office(&home, &mails, false));
    disk.remount("ro");
    let ended = run_once(&office);
    assert!(!ended.status.success(), "{}", said(&ended));
    assert!(said(&ended).contains("handback: "), "{}", said(&ended));
    disk.remount("rw");
    let outcome = town.brought_to_an_end(&office);
    let calm_home = tempfile::tempdir().unwrap();
    let calm = town.brought_to_an_end(&town.office(&calm_home, &mails, false));
    outcome.account(&calm, &town.earlier).assert_nothing_lost_nothing_doubled();
}
