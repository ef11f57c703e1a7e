//! A ledger that was put back from a backup does not know what happened since, and says so until it does.

use super::{Ledger, LedgerError, Tx, View, column::run, error::while_doing, intake};
use crate::domain::{
    event::{Cause, Fact, NewEvent},
    id::LetterId,
    letter::Fate,
    mail::Window,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

const RESTORED: &str = "restored";

/// Letters of later numbers may be in people's mailboxes; their numbers are not given to others. Nobody sees these,
/// so many are left out. Task numbers are seen, so a hundred has to do.
const LEAVE_OUT: &str = "
    UPDATE counter SET last = last + CASE name WHEN 'letter' THEN 10000 ELSE 100 END";

/// That the ledger was put back, and what is known since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    pub at: DateTime<Utc>,
    /// When the backup was made: nothing after it was known.
    pub backup_of: DateTime<Utc>,
    /// None until the mailbox was read back.
    pub read_back: Option<ReadBack>,
}

/// Two clocks may differ by this much.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(5);

impl Restored {
    /// A letter that left while ours were all held: another handback uses this mailbox.
    pub fn of_another(&self) -> Option<&LeftSince> {
        let left = self.read_back.iter().flat_map(|read_back| &read_back.left);
        left.max_by_key(|letter| letter.at).filter(|letter| letter.at > Some(self.at + CLOCKS_DIFFER))
    }
}

/// What the mailbox tells of the time since the backup was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBack {
    pub at: DateTime<Utc>,
    /// Whether the mail server keeps what we send; otherwise nobody knows what left.
    pub keeps_sent: bool,
    /// Letters of ours that the ledger knows nothing of.
    pub left: Vec<LeftSince>,
}

/// A letter that left after the backup was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftSince {
    pub at: Option<DateTime<Utc>>,
    pub to: String,
    pub subject: String,
}

impl Ledger {
    /// Marks the ledger as put back from a backup made at `backup_of`: sending is held, every letter that had not left
    /// is in doubt, what may leave at most once and was not written yet is dropped, and the numbers that may have been
    /// given since are left out. Returns the letters in doubt.
    pub fn mark_restored(
        &mut self,
        backup_of: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<LetterId>, LedgerError> {
        self.write(now, |tx| {
            remember(tx, Some(&Restored { at: tx.now, backup_of, read_back: None }))?;
            run(tx.conn, LEAVE_OUT, []).map_err(while_doing("leave out numbers"))?;
            let why = "the ledger was put back from a backup".to_owned();
            let held = Fact::SendingHeld { why: why.clone(), by_brake: false };
            tx.append(&NewEvent { cause: Cause::Command { name: "restore".to_owned() }, fact: held })?;
            for row in tx.view().planned_notices(None)? {
                if row.notice.key.kind.at_most_once() {
                    tx.drop_notice(row.id, "it may have left before the ledger was put back from a backup")?;
                }
            }
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

    /// Takes mails again that were put away into another folder once they were read. No bookmark moves: what is known
    /// turns out as a duplicate.
    pub fn take_again(&mut self, window: &Window, now: DateTime<Utc>) -> Result<(), LedgerError> {
        self.write(now, |tx| {
            for mail in &window.mails {
                intake::take(tx.conn, window, mail, tx.now).map_err(while_doing("take in mail"))?;
            }
            Ok(())
        })
    }

    /// Remembers what the mailbox told of the time since the backup.
    pub fn note_read_back(&mut self, read_back: ReadBack, now: DateTime<Utc>) -> Result<(), LedgerError> {
        self.write(now, |tx| match tx.view().restored()? {
            Some(restored) => remember(tx, Some(&Restored { read_back: Some(read_back), ..restored })),
            None => Ok(()),
        })
    }
}

impl Tx<'_> {
    /// Ends the time after a restore, once mailbox and Sent were read back and the owner was shown the list.
    pub fn end_restore(&self) -> Result<(), LedgerError> {
        remember(self, None)
    }
}

impl View<'_> {
    /// Whether the ledger was put back from a backup, until that was worked up.
    pub fn restored(&self) -> Result<Option<Restored>, LedgerError> {
        let text = self.meta(RESTORED)?;
        text.map(|text| serde_json::from_str(&text).map_err(LedgerError::Unwritable)).transpose()
    }
}

fn remember(tx: &Tx<'_>, restored: Option<&Restored>) -> Result<(), LedgerError> {
    let text = restored.map(serde_json::to_string).transpose().map_err(LedgerError::Unwritable)?;
    tx.set_meta(RESTORED, text.as_deref())
}
