//! Migrations killed at each of their writes: from every released format by the released steps, and by one more.

use super::{MIGRATIONS, bring_up, format_of, newest};
use crate::ledger::{
    Ledger, Opening, Verdict,
    open::{APPLICATION_ID, FILE, connect, open_with, put_in_place, write_ahead},
};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use std::{
    env, fs,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::Command,
};

/// A row or more in every table of the first format.
const FIRST_SAMPLE: &str = include_str!("../../../tests/migrations/v1.sql");

/// Some hundred pages, so that a step has something to move.
const LARGE: &str = "
    WITH RECURSIVE number (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM number WHERE n < 59)
    INSERT INTO meta (key, value) SELECT 'sample ' || n, hex(zeroblob(2000)) FROM number";

/// A step as they really are: a column, a table made anew because a check on it changed, and rows that move.
const ONE_MORE: &str = "
    ALTER TABLE person ADD COLUMN nickname TEXT;
    CREATE TABLE inbox_task_new (
        inbox INTEGER NOT NULL REFERENCES inbox (id),
        task  INTEGER NOT NULL CHECK (task > 0),
        PRIMARY KEY (inbox, task)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO inbox_task_new (inbox, task) SELECT inbox, task FROM inbox_task;
    DROP TABLE inbox_task;
    ALTER TABLE inbox_task_new RENAME TO inbox_task;
    CREATE INDEX inbox_task_task ON inbox_task (task, inbox);
    UPDATE meta SET value = value || ' and moved' WHERE key LIKE 'sample %';
    INSERT INTO meta (key, value) SELECT 'copy of ' || key, value FROM meta WHERE key LIKE 'sample %'";

const WORK_IN: &str = "HANDBACK_MIGRATE_IN";

fn now() -> DateTime<Utc> {
    "2026-11-23T06:05:04Z".parse().unwrap()
}

fn and_one_more() -> Vec<&'static str> {
    MIGRATIONS.iter().copied().chain([ONE_MORE]).collect()
}

fn bring_all_up(dir: &Path) -> Ledger {
    open_with(dir, Opening::Daemon, now(), &and_one_more()).unwrap()
}

/// A ledger as the handback of that format left it.
fn of_format(format: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    put_in_place(dir.path(), |path| {
        let mut conn = connect(path, Opening::Command)?;
        conn.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        write_ahead(&conn, path)?;
        bring_up(&mut conn, &MIGRATIONS[..1])?;
        conn.execute_batch(FIRST_SAMPLE).unwrap();
        conn.execute_batch(LARGE).unwrap();
        bring_up(&mut conn, &MIGRATIONS[..format])?;
        conn.close().unwrap();
        Ok(())
    })
    .unwrap();
    dir
}

/// The process that is killed: this test alone, run once more with a folder to work in.
#[test]
fn one_that_is_going_to_be_killed() {
    if let Some(dir) = env::var_os(WORK_IN) {
        bring_all_up(&PathBuf::from(dir));
    }
}

/// The calls that fill a file, make it last or name it. strace counts each by itself.
const CALLS: [&str; 6] = ["pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink"];

/// Migrates in a process that is killed at the n-th `call`; false where it ended before. None where system calls cannot
/// be tampered with.
fn killed_at(n: usize, call: &str, dir: &Path) -> Option<bool> {
    let ended = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")])
        .args(["-e", &format!("inject={call}:signal=KILL:when={n}")])
        .arg(env::current_exe().unwrap())
        .args(["--exact", "ledger::migration::killed::one_that_is_going_to_be_killed"])
        .env(WORK_IN, dir)
        .output()
        .ok()?;
    let killed = ended.status.signal() == Some(9) || ended.status.code() == Some(137);
    (killed || ended.status.success()).then_some(killed)
}

fn copies(dir: &Path) -> Vec<String> {
    let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(super::COPY)).collect()
}

/// Every copy under a finished name is a whole ledger of the older format.
fn check_copies(dir: &Path) -> usize {
    let whole: Vec<String> = copies(dir).into_iter().filter(|name| name.ends_with(".sqlite")).collect();
    for name in &whole {
        let elsewhere = tempfile::tempdir().unwrap();
        fs::copy(dir.join(name), elsewhere.path().join(FILE)).unwrap();
        let mut copy = Ledger::open(elsewhere.path(), Opening::Command, now()).unwrap();
        assert!(matches!(copy.verify(None).unwrap(), Verdict::Sound { .. }));
        assert_eq!(copy.view().meta("sample 59").unwrap().unwrap(), "0".repeat(4000));
    }
    whole.len()
}

/// What a killed migration left, and what the next one makes of it.
#[track_caller]
fn check_left(dir: &Path, before: u32, n: usize) -> bool {
    let last = newest(MIGRATIONS) + 1;
    let copied = check_copies(dir);
    let format = format_of(&Connection::open(dir.join(FILE)).unwrap()).unwrap();
    assert!((before..=last).contains(&format), "{n}: format {format}");
    assert!(format == before || copied == 1, "{n}: changed before a copy was put aside");
    let mut ledger = bring_all_up(dir);
    assert!(matches!(ledger.verify(None).unwrap(), Verdict::Sound { .. }), "{n}");
    for number in 0..60 {
        let moved = ledger.view().meta(&format!("copy of sample {number}")).unwrap().unwrap();
        assert_eq!(moved, format!("{} and moved", "0".repeat(4000)), "{n}: a step was done twice or in part");
    }
    assert_eq!(check_copies(dir), copies(dir).len(), "{n}: something was left behind");
    format == before
}

#[test]
fn a_migration_killed_at_any_write_leaves_the_old_ledger_or_the_new_one_whole() {
    let step = env::var("CRASH_EVERY_WRITE").ok().and_then(|text| text.parse().ok()).unwrap_or(24);
    for format in 1..=MIGRATIONS.len() {
        let (mut kills, mut old, mut new) = (0, 0, 0);
        for call in CALLS {
            for n in (1..).step_by(step) {
                let dir = of_format(format);
                let Some(killed) = killed_at(n, call, dir.path()) else {
                    let line =
                        "NOT TESTED: a migration killed at its writes (strace is missing or may not trace here)";
                    assert!(env::var("CI").as_deref() != Ok("true"), "{line}");
                    eprintln!("{line}");
                    return;
                };
                let untouched = check_left(dir.path(), u32::try_from(format).unwrap(), n);
                if untouched {
                    old += 1
                } else {
                    new += 1
                }
                if !killed {
                    break;
                }
                kills += 1;
            }
        }
        println!(
            "migration from format {format} killed {kills} times: {old} times the ledger was as before, {new} times a \
             step or more further, always whole"
        );
        assert!(old > 2 && new > 0, "{old} {new}");
    }
}
