//! A ledger that was put back from a backup does not know what happened since, and says so until it does.

use super::{Ledger, LedgerError, View, column::run, error::while_doing};
use crate::domain::{
    event::{Cause, Fact, NewEvent},
    id::LetterId,
    letter::Fate,
};
use chrono::{DateTime, Utc};

const RESTORED_AT: &str = "restored_at";

/// Letters of later numbers may be in people's mailboxes; their numbers are not given to others. Nobody sees these,
/// so many are left out. Task numbers are seen, so a hundred has to do.
const LEAVE_OUT: &str = "
    UPDATE counter SET last = last + CASE name WHEN 'letter' THEN 10000 ELSE 100 END";

impl Ledger {
    /// Marks the ledger as put back from a backup: sending is held, every letter that had not left is in doubt, and
    /// the numbers that may have been given since are left out. Returns the letters in doubt.
    pub fn mark_restored(&mut self, now: DateTime<Utc>) -> Result<Vec<LetterId>, LedgerError> {
        self.write(now, |tx| {
            tx.set_meta(RESTORED_AT, Some(&tx.now.to_rfc3339()))?;
            run(tx.conn, LEAVE_OUT, []).map_err(while_doing("leave out numbers"))?;
            let why = "the ledger was put back from a backup".to_owned();
            let held = Fact::SendingHeld { why: why.clone(), by_brake: false };
            tx.append(&NewEvent { cause: Cause::Command { name: "restore".to_owned() }, fact: held })?;
            let mut doubted = Vec::new();
            for fate in [Fate::Planned, Fate::Waiting, Fate::Sending] {
                for row in tx.view().letters_in(fate)? {
                    tx.mark(row.letter, Fate::InDoubt, &why, None)?;
                    doubted.push(row.letter);
                }
            }
            doubted.sort_unstable();
            Ok(doubted)
        })
    }

    /// Ends the time after a restore, once mailbox and Sent were read back and the owner was shown the list.
    /// Sending stays held until the owner resumes it.
    pub fn end_restore(&mut self, now: DateTime<Utc>) -> Result<(), LedgerError> {
        self.write(now, |tx| tx.set_meta(RESTORED_AT, None))
    }
}

impl View<'_> {
    /// When the ledger was put back from a backup, until that was worked up.
    pub fn restored_at(&self) -> Result<Option<DateTime<Utc>>, LedgerError> {
        Ok(self.meta(RESTORED_AT)?.and_then(|at| at.parse().ok()))
    }
}
