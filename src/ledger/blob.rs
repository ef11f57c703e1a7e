//! Raw mails and files, each under the SHA-256 of its content, kept once however often they come.

use super::{
    LedgerError, Tx, View,
    chain::hex,
    column::{At, one, run, signed},
    error::while_doing,
};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

const STORE: &str = "
    INSERT INTO blob (hash, size, taken_at, bytes) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (hash) DO NOTHING";
/// What came once more after it was dropped is there again.
const UNDROP: &str = "DELETE FROM dropped_blob WHERE hash = ?1";
const READ: &str = "SELECT bytes FROM blob WHERE hash = ?1";
const TELL_DROPPED: &str = "
    INSERT INTO dropped_blob (hash, at, why) SELECT hash, ?2, ?3 FROM blob WHERE hash = ?1";
const DROP: &str = "DELETE FROM blob WHERE hash = ?1";

impl View<'_> {
    /// The bytes under a hash; none where they were never stored or have been dropped.
    pub fn blob(&self, hash: &str) -> Result<Option<Vec<u8>>, LedgerError> {
        one(self.conn, READ, [hash], |row| row.get(0)).map_err(while_doing("read stored bytes"))
    }
}

impl Tx<'_> {
    /// Stores bytes and returns their SHA-256 in lower-case hex.
    pub fn store_blob(&self, bytes: &[u8]) -> Result<String, LedgerError> {
        store(self.conn, bytes, self.now).map_err(while_doing("store bytes"))
    }

    /// Drops bytes whose time is over and keeps the reason. False where there were none.
    pub fn drop_blob(&self, hash: &str, why: &str) -> Result<bool, LedgerError> {
        let doing = while_doing("drop stored bytes");
        if run(self.conn, TELL_DROPPED, (hash, At(self.now), why)).map_err(doing)? == 0 {
            return Ok(false);
        }
        run(self.conn, DROP, [hash]).map(|dropped| dropped > 0).map_err(doing)
    }
}

pub(super) fn store(conn: &Connection, bytes: &[u8], now: DateTime<Utc>) -> rusqlite::Result<String> {
    let hash = hex(&Sha256::digest(bytes));
    let size = signed(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    if run(conn, STORE, (&hash, size, At(now), bytes))? > 0 {
        run(conn, UNDROP, [&hash])?;
    }
    Ok(hash)
}
