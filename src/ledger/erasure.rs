//! Forgetting a person: every text and every byte that they wrote, that was written to them or that names them.
//!
//! What happened stays on record, with numbers and dates; the chain holds.

use super::{
    Ledger, LedgerError, Tx,
    column::{all, run},
    error::while_doing,
};
use crate::domain::id::{LetterId, PersonId};
use chrono::{DateTime, Utc};

const MAILS_OF: &str = "
    SELECT DISTINCT blob FROM inbox WHERE person = ?1
        AND blob NOT IN (SELECT blob FROM inbox WHERE person IS NULL OR person <> ?1)";
const LETTERS_TO: &str = "SELECT letter FROM outbox WHERE person = ?1";
const EMPTY_LETTER: &str = "
    UPDATE outbox SET to_address = 'erased@invalid', subject = '', text = '', bytes = x'' WHERE letter = ?1";
const EMPTY_NOTICES: &str = "
    UPDATE notice SET words = NULL
    WHERE words IS NOT NULL AND (person = ?1 OR mail IN (SELECT id FROM inbox WHERE person = ?1))";

/// What was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    pub words: usize,
    pub mails: usize,
    pub letters: usize,
}

/// Nothing of what was erased stays behind in the log.
const EMPTY_LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

impl Ledger {
    /// Erases a person's words, raw mails, letters and notices, for `why`, also from the file's free pages and log.
    pub fn erase_person(&mut self, person: PersonId, why: &str, now: DateTime<Utc>) -> Result<Erased, LedgerError> {
        let erased = self.write(now, |tx| tx.erase_person(person, why))?;
        self.conn.query_row(EMPTY_LOG, [], |_| Ok(())).map_err(while_doing("empty the ledger's log"))?;
        Ok(erased)
    }
}

impl Tx<'_> {
    fn erase_person(&self, person: PersonId, why: &str) -> Result<Erased, LedgerError> {
        let doing = while_doing("erase a person's words");
        let words: Vec<_> = self.view().words_of_person(person)?.into_iter().map(|row| row.id).collect();
        let mut erased = Erased { words: self.erase_words(&words)?, ..Erased::default() };
        let mails: Vec<String> = all(self.conn, MAILS_OF, [person.0], |row| row.get(0)).map_err(doing)?;
        for blob in mails {
            erased.mails += usize::from(self.drop_blob(&blob, why)?);
        }
        let letters = all(self.conn, LETTERS_TO, [person.0], |row| row.get(0).map(LetterId)).map_err(doing)?;
        for letter in letters {
            self.erase_letter(letter)?;
            erased.letters += 1;
        }
        run(self.conn, EMPTY_NOTICES, [person.0]).map_err(doing)?;
        Ok(erased)
    }

    /// Empties a letter: that it was sent stays on record, what it said and to which address does not.
    pub fn erase_letter(&self, letter: LetterId) -> Result<(), LedgerError> {
        run(self.conn, EMPTY_LETTER, [letter.0]).map(|_| ()).map_err(while_doing("erase a letter"))
    }
}
