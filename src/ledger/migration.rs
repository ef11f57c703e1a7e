//! Brings an older ledger up to date, after a copy of it was put aside.

use super::{LedgerError, copy, error::while_doing};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};
use std::{fs, io, path::Path};

/// The steps from an empty file to the format of this handback, left as they are once released. The n-th of
/// them makes format n, which the file carries as its `user_version`.
pub(super) const MIGRATIONS: &[&str] =
    &[include_str!("migrations/0001_first.sql"), include_str!("migrations/0002_lessons.sql")];

/// What the name of a copy begins with that was put aside.
const COPY: &str = "ledger-before-";

const FORMAT: &str = "user_version";

/// The format that the file has; 0 while it is empty.
pub(super) fn format_of(conn: &Connection) -> Result<u32, LedgerError> {
    conn.pragma_query_value(None, FORMAT, |row| row.get(0)).map_err(while_doing("read the ledger's format"))
}

/// The newest format that `migrations` lead to.
pub(super) fn newest(migrations: &[&str]) -> u32 {
    u32::try_from(migrations.len()).unwrap_or(u32::MAX)
}

/// Puts a copy of the ledger beside it, named after the format it is about to get.
pub(super) fn copy_before(conn: &Connection, dir: &Path, to: u32, now: DateTime<Utc>) -> Result<(), LedgerError> {
    let path = dir.join(format!("{COPY}v{to}-{}.sqlite", now.format("%Y%m%dT%H%M%SZ")));
    remove_cut_off(dir).map_err(|source| LedgerError::File {
        doing: "tidy up after a copy that was cut off",
        path: dir.to_owned(),
        source,
    })?;
    // Whoever was killed right after the copy was made, and began anew within the second, has it already.
    if path.exists() { Ok(()) } else { copy::copy_into(conn, &path) }
}

/// Removes what killed migrations left of copies that they had not finished. The daemon's lock is held.
fn remove_cut_off(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(COPY) && name.contains(copy::UNFINISHED) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Runs the steps that are still missing, each in a transaction of its own.
pub(super) fn bring_up(conn: &mut Connection, migrations: &[&str]) -> Result<(), LedgerError> {
    let doing = while_doing("bring the ledger up to date");
    // A table that others refer to can only be replaced while nobody checks; each step is checked at its end.
    conn.pragma_update(None, "foreign_keys", false).map_err(doing)?;
    let found = format_of(conn)?;
    for (format, step) in (1_u32..).zip(migrations) {
        if format > found {
            take_step(conn, format, step).map_err(|source| LedgerError::NotMigrated { to: format, source })?;
        }
    }
    conn.pragma_update(None, "foreign_keys", true).map_err(doing)
}

fn take_step(conn: &mut Connection, format: u32, step: &str) -> rusqlite::Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(step)?;
    tx.pragma_update(None, FORMAT, format)?;
    let loose = tx.prepare("PRAGMA foreign_key_check")?.exists([])?;
    if loose {
        return Err(rusqlite::Error::ToSqlConversionFailure("rows are left that refer to nothing".into()));
    }
    tx.commit()
}

#[cfg(test)]
mod killed;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::id::InboxId,
        ledger::{
            Clocking, Ledger, Opening, Verdict,
            open::{FILE, open_with},
        },
        remedy::Remedy,
    };
    use std::os::unix::fs::PermissionsExt;

    const NEXT: &str = "ALTER TABLE person ADD COLUMN nickname TEXT";

    /// All steps there are, and one more.
    fn and_then(next: &'static str) -> Vec<&'static str> {
        MIGRATIONS.iter().copied().chain([next]).collect()
    }

    fn now() -> DateTime<Utc> {
        "2026-11-23T06:05:04Z".parse().unwrap()
    }

    fn of_today() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(dir.path(), Clocking::Running).unwrap();
        ledger.write(now(), |tx| tx.set_meta("sample", Some("kept"))).unwrap();
        dir
    }

    fn format(path: &Path) -> u32 {
        format_of(&Connection::open(path).unwrap()).unwrap()
    }

    fn copies(dir: &Path) -> Vec<String> {
        let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("ledger-before")).collect()
    }

    #[test]
    fn an_older_ledger_is_brought_up_to_date_after_a_private_copy_was_put_aside() {
        let dir = of_today();
        let mut ledger = open_with(dir.path(), Opening::Daemon, now(), &and_then(NEXT)).unwrap();
        assert_eq!(ledger.view().meta("sample").unwrap().as_deref(), Some("kept"));
        assert!(matches!(ledger.verify(None).unwrap(), Verdict::Sound { .. }));
        assert_eq!(format(&dir.path().join(FILE)), 3);
        assert_eq!(copies(dir.path()), ["ledger-before-v3-20261123T060504Z.sqlite"]);
        let copy = dir.path().join("ledger-before-v3-20261123T060504Z.sqlite");
        assert_eq!(format(&copy), 2);
        assert_eq!(fs::metadata(copy).unwrap().permissions().mode() & 0o777, 0o600);
        drop(ledger);
        open_with(dir.path(), Opening::Command, now(), &and_then(NEXT)).unwrap();
        assert_eq!(copies(dir.path()).len(), 1, "a second opening finds nothing to do");
    }

    #[test]
    fn whoever_only_looks_leaves_an_older_ledger_as_it_is() {
        let dir = of_today();
        let error = open_with(dir.path(), Opening::ReadOnly, now(), &and_then(NEXT)).unwrap_err();
        assert!(matches!(error, LedgerError::Older { found: 2 }), "{error}");
        assert_eq!((format(&dir.path().join(FILE)), copies(dir.path()).len()), (2, 0));
    }

    #[test]
    fn a_command_does_not_change_the_format_under_a_running_daemon() {
        let dir = of_today();
        let _daemon = Ledger::open(dir.path(), Opening::Daemon, now()).unwrap();
        let error = open_with(dir.path(), Opening::Command, now(), &and_then(NEXT)).unwrap_err();
        assert!(matches!(error, LedgerError::InUse { .. }), "{error}");
        assert_eq!(format(&dir.path().join(FILE)), 2);
    }

    #[test]
    fn a_step_that_fails_leaves_the_older_ledger_whole() {
        for step in [
            "ALTER TABLE person ADD COLUMN nickname TEXT; ALTER TABLE nobody ADD COLUMN x TEXT",
            "ALTER TABLE person ADD COLUMN nickname TEXT; INSERT INTO inbox_task (inbox, task) VALUES (99, 1)",
        ] {
            let dir = of_today();
            let error = open_with(dir.path(), Opening::Command, now(), &and_then(step)).unwrap_err();
            assert!(matches!(error, LedgerError::NotMigrated { to: 3, .. }), "{error}");
            assert_eq!(error.remedy(), Remedy::Stop);
            let ledger = Ledger::open(dir.path(), Opening::Command, now()).unwrap();
            assert_eq!(ledger.view().tasks_of_mail(InboxId(99)).unwrap(), []);
            assert!(ledger.conn.prepare("SELECT nickname FROM person").is_err(), "{step}");
        }
    }

    #[test]
    fn tables_folded_by_another_version_are_folded_anew() {
        let dir = of_today();
        let mut ledger = Ledger::open(dir.path(), Opening::Command, now()).unwrap();
        ledger.write(now(), |tx| tx.set_meta("folded_by", Some("0"))).unwrap();
        ledger
            .conn
            .execute("INSERT INTO brake (id, since, why, by_itself) VALUES (1, 0, 'folded wrongly', 0)", [])
            .unwrap();
        drop(ledger);
        assert!(matches!(Ledger::open(dir.path(), Opening::ReadOnly, now()), Err(LedgerError::Older { .. })));
        let ledger = Ledger::open(dir.path(), Opening::Command, now()).unwrap();
        assert_eq!(ledger.view().sending_held().unwrap(), None);
        assert_eq!(copies(dir.path()).len(), 0);
    }
}
