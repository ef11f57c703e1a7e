//! The chain of hashes that makes a change of the past visible.

use super::{LedgerError, View, column::one, error::while_doing};
use crate::domain::id::EventId;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::fmt;

const HEAD: &str = "SELECT id, hash FROM event ORDER BY id DESC LIMIT 1";

/// A SHA-256.
pub(super) type Hash = [u8; 32];

/// What stands where the first event would name the one before it.
pub(super) const NO_EVENT: Hash = [0; 32];

/// The end of the chain. Whoever keeps its hash can tell later whether the past is still the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many events there are.
    pub count: i64,
    pub hash: [u8; 32],
}

impl fmt::Display for Head {
    /// Writes the first 48 bits, as digests print them: `7f3a-91c2-0be4`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.hash.iter();
        for group in 0..3 {
            let dash = if group == 0 { "" } else { "-" };
            let (high, low) = (bytes.next().unwrap_or(&0), bytes.next().unwrap_or(&0));
            write!(f, "{dash}{high:02x}{low:02x}")?;
        }
        Ok(())
    }
}

impl View<'_> {
    pub fn head(&self) -> Result<Head, LedgerError> {
        head(self.conn).map_err(while_doing("read the head of the ledger"))
    }
}

pub(super) fn head(conn: &Connection) -> rusqlite::Result<Head> {
    let last = one(conn, HEAD, [], |row| Ok(Head { count: row.get("id")?, hash: row.get("hash")? }))?;
    Ok(last.unwrap_or(Head { count: 0, hash: NO_EVENT }))
}

/// The hash of an event: over the hash before it, its place, its time and its payload as stored.
pub(super) fn link(before: &Hash, event: EventId, at: DateTime<Utc>, payload: &str) -> Hash {
    Sha256::new()
        .chain_update(before)
        .chain_update(event.0.to_be_bytes())
        .chain_update(at.timestamp_millis().to_be_bytes())
        .chain_update(payload)
        .finalize()
        .into()
}

/// Writes bytes in lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('?');
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_two_lower_case_digits_each() {
        assert_eq!(hex(&[0, 1, 0x7f, 0xa0, 0xff]), "00017fa0ff");
    }
}
