//! Brings an older ledger up to date, after a copy of it was put aside.

use super::{LedgerError, copy, error::while_doing};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// The steps from an empty file to the format of this handback, left as they are once released. The n-th of
/// them makes format n, which the file carries as its `user_version`.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_first.sql")];

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
    let name = format!("ledger-before-v{to}-{}.sqlite", now.format("%Y%m%dT%H%M%SZ"));
    copy::copy_into(conn, &dir.join(name))
}

/// Runs the steps that are still missing, each in a transaction of its own.
pub(super) fn bring_up(conn: &mut Connection, migrations: &[&str]) -> Result<(), LedgerError> {
    let doing = while_doing("bring the ledger up to date");
    // A table that others refer to can only be replaced while nobody checks; each step is checked at its end.
    conn.pragma_update(None, "foreign_keys", false).map_err(doing)?;
    let found = format_of(conn)?;
    for (format, step) in (1_u32..).zip(migrations) {
        if format > found {
            take_step(conn, format, step).map_err(doing)?;
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
