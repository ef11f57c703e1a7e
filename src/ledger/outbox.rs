//! Letters on their way out. A letter is written here with its notices, claimed before it is sent and marked after,
//! so that a crash at any line repeats work, with the same Message-ID, instead of losing it.

use super::{
    Ledger, LedgerError, Tx, View,
    column::{At, Named, all, one, run},
    error::while_doing,
};
use crate::domain::{
    event::{Cause, Fact, NewEvent},
    id::{Address, LetterId, MessageId, NoticeId, PersonId},
    letter::{Fate, Letter},
    notice::NoticeKind,
};
use chrono::{DateTime, Utc};
use rusqlite::{
    Row,
    types::{FromSqlError, Type},
};

const PUT: &str = "
    INSERT INTO outbox
        (letter, person, kind, message_id, from_address, to_address, subject, text, bytes, fate, why, attempts,
        composed_at, fate_since)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'planned', '', 0, ?10, ?10)";
const BY_LETTER: &str = "
    SELECT letter, person, kind, message_id, from_address, to_address, subject, fate, why, attempts, composed_at,
        fate_since, retry_at
    FROM outbox WHERE letter = ?1";
const IN_FATE: &str = "
    SELECT letter, person, kind, message_id, from_address, to_address, subject, fate, why, attempts, composed_at,
        fate_since, retry_at
    FROM outbox WHERE fate = ?1 ORDER BY letter";
const TO_SEND: &str = "
    SELECT letter, person, kind, message_id, from_address, to_address, subject, fate, why, attempts, composed_at,
        fate_since, retry_at
    FROM outbox WHERE fate = 'planned' OR fate = 'waiting' AND (retry_at IS NULL OR retry_at <= ?1)
    ORDER BY letter";
const NEXT_RETRY: &str = "SELECT min(retry_at) FROM outbox WHERE fate = 'waiting'";
const BYTES: &str = "SELECT bytes FROM outbox WHERE letter = ?1";
const WORDS: &str = "SELECT text FROM outbox WHERE letter = ?1";
/// The brake is looked at here, in the same statement, so that no letter slips through beside it. Where handback
/// stopped itself, the owner may still hear of it.
const CLAIM: &str = "
    UPDATE outbox SET fate = 'sending', why = '', attempts = attempts + 1, fate_since = ?2, retry_at = NULL
    WHERE letter = ?1 AND fate IN ('planned', 'waiting')
        AND NOT EXISTS (SELECT 1 FROM brake WHERE NOT (by_itself AND outbox.kind = 'letters_held'))";
const MARK: &str = "
    UPDATE outbox SET fate = ?2, why = ?3, fate_since = ?4, retry_at = ?5 WHERE letter = ?1 AND fate <> 'sent'";

/// A letter on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    pub letter: LetterId,
    pub to: PersonId,
    pub kind: NoticeKind,
    pub message_id: MessageId,
    pub from_address: Address,
    pub to_address: Address,
    pub subject: String,
    pub fate: Fate,
    pub why: String,
    /// How often it was claimed.
    pub attempts: u32,
    pub composed_at: DateTime<Utc>,
    pub fate_since: DateTime<Utc>,
    /// When a letter that waits is tried again.
    pub retry_at: Option<DateTime<Utc>>,
}

impl View<'_> {
    pub fn outbox_row(&self, letter: LetterId) -> Result<Option<OutboxRow>, LedgerError> {
        one(self.conn, BY_LETTER, [letter.0], read).map_err(while_doing("look up a letter in the outbox"))
    }

    pub fn letters_in(&self, fate: Fate) -> Result<Vec<OutboxRow>, LedgerError> {
        all(self.conn, IN_FATE, [Named(fate)], read).map_err(while_doing("list the outbox"))
    }

    /// The letters that should leave now: planned, or put off until a time that has come.
    pub fn letters_to_send(&self, now: DateTime<Utc>) -> Result<Vec<OutboxRow>, LedgerError> {
        all(self.conn, TO_SEND, [At(now)], read).map_err(while_doing("list the letters to send"))
    }

    /// When the next letter that waits is tried again.
    pub fn next_retry_at(&self) -> Result<Option<DateTime<Utc>>, LedgerError> {
        let next = one(self.conn, NEXT_RETRY, [], |row| row.get::<_, Option<At>>(0))
            .map_err(while_doing("look up the next retry"))?;
        Ok(next.flatten().map(|at| at.0))
    }

    /// The bytes that leave, fixed when the letter was composed.
    pub fn letter_bytes(&self, letter: LetterId) -> Result<Option<Vec<u8>>, LedgerError> {
        one(self.conn, BYTES, [letter.0], |row| row.get(0)).map_err(while_doing("read a letter's bytes"))
    }

    /// All words of a letter as its readers see them, so that they can be taken out of the answer.
    pub fn letter_words(&self, letter: LetterId) -> Result<Option<String>, LedgerError> {
        one(self.conn, WORDS, [letter.0], |row| row.get(0)).map_err(while_doing("read a letter's words"))
    }
}

impl Tx<'_> {
    /// Puts a composed letter into the outbox and marks its notices used. Fails, and with it the transaction, where
    /// one of them was used or dropped before. `words` are all that its readers see: see [`View::letter_words`].
    pub fn compose(
        &self,
        letter: &Letter,
        bytes: &[u8],
        words: &str,
        notices: &[NoticeId],
    ) -> Result<(), LedgerError> {
        self.append(&NewEvent {
            cause: Cause::Timer,
            fact: Fact::LetterComposed {
                letter: letter.id,
                kind: letter.kind,
                to: letter.to,
                tasks: letter.tasks.clone(),
                message_id: letter.message_id.clone(),
            },
        })?;
        let row = (
            letter.id.0,
            letter.to.0,
            Named(letter.kind),
            &letter.message_id.0,
            letter.from_address.as_str(),
            letter.to_address.as_str(),
            &letter.subject,
            words,
            bytes,
            At(self.now),
        );
        run(self.conn, PUT, row).map_err(while_doing("put a letter into the outbox"))?;
        notices.iter().try_for_each(|notice| self.use_notice(*notice, letter.id))
    }

    /// Records how a letter fares. Its end, or a doubt about it, becomes an event. False, and nothing is changed,
    /// where it was sent before.
    pub fn mark(
        &self,
        letter: LetterId,
        fate: Fate,
        why: &str,
        retry_at: Option<DateTime<Utc>>,
    ) -> Result<bool, LedgerError> {
        let marked = (letter.0, Named(fate), why, At(self.now), retry_at.map(At));
        if run(self.conn, MARK, marked).map_err(while_doing("mark a letter"))? == 0 {
            return match self.view().outbox_row(letter)? {
                Some(_) => Ok(false),
                None => Err(LedgerError::NoSuch(format!("letter {letter}"))),
            };
        }
        match fate {
            Fate::Sent | Fate::InDoubt | Fate::Refused | Fate::GivenUp => {
                let fact = Fact::LetterEnded { letter, fate, why: why.to_owned() };
                self.append(&NewEvent { cause: Cause::Timer, fact })?;
            }
            Fate::Planned | Fate::Sending | Fate::Waiting => {}
        }
        Ok(true)
    }
}

impl Ledger {
    /// Claims a letter for sending, in a commit of its own. False where it left or is leaving already, and while
    /// sending is held.
    pub fn claim(&mut self, letter: LetterId, now: DateTime<Utc>) -> Result<bool, LedgerError> {
        self.write(now, |tx| {
            run(tx.conn, CLAIM, (letter.0, At(tx.now)))
                .map(|claimed| claimed > 0)
                .map_err(while_doing("claim a letter"))
        })
    }

    /// Records how a letter fares, in a commit of its own: see [`Tx::mark`].
    pub fn mark(
        &mut self,
        letter: LetterId,
        fate: Fate,
        why: &str,
        retry_at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<bool, LedgerError> {
        self.write(now, |tx| tx.mark(letter, fate, why, retry_at))
    }

    /// Puts the letters in doubt that were being sent when handback last ended. To be called at start-up.
    pub fn doubt_cut_off_letters(&mut self, now: DateTime<Utc>) -> Result<Vec<LetterId>, LedgerError> {
        self.write(now, |tx| {
            let cut_off = tx.view().letters_in(Fate::Sending)?;
            for row in &cut_off {
                tx.mark(row.letter, Fate::InDoubt, "handback ended while it was being sent", None)?;
            }
            Ok(cut_off.into_iter().map(|row| row.letter).collect())
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    Ok(OutboxRow {
        letter: LetterId(row.get("letter")?),
        to: PersonId(row.get("person")?),
        kind: row.get::<_, Named<_>>("kind")?.0,
        message_id: MessageId(row.get("message_id")?),
        from_address: address(row, "from_address")?,
        to_address: address(row, "to_address")?,
        subject: row.get("subject")?,
        fate: row.get::<_, Named<_>>("fate")?.0,
        why: row.get("why")?,
        attempts: row.get("attempts")?,
        composed_at: row.get::<_, At>("composed_at")?.0,
        fate_since: row.get::<_, At>("fate_since")?.0,
        retry_at: row.get::<_, Option<At>>("retry_at")?.map(|at| at.0),
    })
}

fn address(row: &Row<'_>, column: &str) -> rusqlite::Result<Address> {
    let text: String = row.get(column)?;
    text.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(FromSqlError::other(error)))
    })
}
