//! The second step of intake: a batch of mails is read and concluded in one commit, and a mail that fails leaves no trace.
//!
//! Beginning a batch is a commit too and counts an attempt of each mail, so that a mail whose reading ends the whole
//! process is known when it starts again. What a cut-off batch leaves is read one by one, and a small file names the
//! mail under way, so that only a mail that was being read when the process ended is blamed for it: somebody who
//! pulls the plug three times does not have innocent mails set aside. The third failure does that.

use super::{
    Ledger, LedgerError, Tx, View,
    column::{all, one, run},
    error::while_doing,
    inbox::{self, InboxRow},
};
use crate::{
    domain::{event::Outcome, id::InboxId},
    remedy::Remedy,
};
use chrono::{DateTime, Utc};
use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

/// Reading a mail is begun this often.
const ATTEMPTS: u32 = 3;

/// Beside the ledger while mails are read one by one: the number of the mail under way. It is never synced, since a
/// process that ends takes nothing along that it has written.
const UNDER_WAY: &str = "reading";

const BEGIN: &str = "
    UPDATE inbox SET state = 'in_work', attempts = attempts + 1
    WHERE id IN (SELECT id FROM inbox WHERE state = 'taken' AND state <> 'done' ORDER BY id LIMIT ?1)
    RETURNING id, folder, uid_validity, uid, blob, size, partial, taken_at, state, attempts, trouble, message_id,
        content_hash, outcome, why, person, concluded_at, released_at";
const IS_DONE: &str = "SELECT state = 'done' FROM inbox WHERE id = ?1";
const WAITING: &str = "SELECT count(*) FROM inbox WHERE state = 'taken' AND state <> 'done'";
const COUNT_ATTEMPT: &str = "UPDATE inbox SET attempts = attempts + 1 WHERE id = ?1";
const PUT_BACK: &str = "UPDATE inbox SET state = 'taken', trouble = ?2 WHERE id = ?1";

const SAVEPOINT: &str = "SAVEPOINT mail";
const KEEP: &str = "RELEASE mail";
const UNDO: &str = "ROLLBACK TO mail";

/// Why a mail was not concluded.
#[derive(Debug)]
pub enum Unconcluded {
    /// This mail could not be read; the others can.
    Mail(Box<dyn Error + Send + Sync>),
    /// The ledger failed. Unless it only refused something about this mail, the whole batch is undone.
    Ledger(LedgerError),
}

impl Unconcluded {
    pub fn mail(why: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Mail(why.into())
    }
}

impl From<LedgerError> for Unconcluded {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

/// How a batch ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchEnd {
    pub concluded: usize,
    /// Failed and will be read again, each with the reason.
    pub again: Vec<(InboxId, String)>,
    /// Failed for the third time: held for the owner, each with the reason.
    pub set_aside: Vec<(InboxId, String)>,
}

impl View<'_> {
    /// The mails in work. Between batches there are none, unless the last was cut off: see
    /// [`Ledger::redo_unfinished`].
    pub fn unfinished_batch(&self) -> Result<Vec<InboxRow>, LedgerError> {
        inbox::in_work(self.conn).map_err(while_doing("look for unfinished mails"))
    }

    /// How many mails wait to be read.
    pub fn waiting_mails(&self) -> Result<u32, LedgerError> {
        one(self.conn, WAITING, [], |row| row.get(0))
            .map(Option::unwrap_or_default)
            .map_err(while_doing("count the waiting mails"))
    }
}

impl Ledger {
    /// Marks the oldest `limit` waiting mails in work and returns them.
    pub fn begin_batch(&mut self, limit: u32, now: DateTime<Utc>) -> Result<Vec<InboxRow>, LedgerError> {
        let doing = while_doing("begin a batch of mails");
        self.write(now, |tx| {
            let mut begun = all(tx.conn, BEGIN, [limit], inbox::read).map_err(doing)?;
            begun.sort_unstable_by_key(|row| row.id);
            Ok(begun)
        })
    }

    /// Lets `read` conclude each of `rows`, and commits once. A mail that fails leaves no trace but a counted
    /// attempt; a mail that `read` leaves without an outcome counts as failed. Where one fails, all are read again.
    ///
    /// # Errors
    /// Where the ledger itself fails, nothing of the batch is kept and its mails stay in work.
    pub fn conclude_batch(
        &mut self,
        rows: &[InboxRow],
        now: DateTime<Utc>,
        mut read: impl FnMut(&Tx<'_>, &InboxRow) -> Result<(), Unconcluded>,
    ) -> Result<BatchEnd, LedgerError> {
        // As a rule every mail can be read. Only where one fails is the batch begun again with a savepoint for each:
        // a savepoint keeps a copy of every page that its mail changes.
        let concluded = self.write(now, |tx| rows.iter().try_for_each(|row| conclude_or_fail(tx, row, &mut read)));
        match concluded {
            Ok(()) => Ok(BatchEnd { concluded: rows.len(), ..BatchEnd::default() }),
            Err(Unconcluded::Ledger(error)) if error.remedy() != Remedy::SetAside => Err(error),
            Err(Unconcluded::Ledger(_) | Unconcluded::Mail(_)) => self.conclude_each(rows, now, read),
        }
    }

    /// The same, with a savepoint for each mail.
    fn conclude_each(
        &mut self,
        rows: &[InboxRow],
        now: DateTime<Utc>,
        mut read: impl FnMut(&Tx<'_>, &InboxRow) -> Result<(), Unconcluded>,
    ) -> Result<BatchEnd, LedgerError> {
        self.write(now, |tx| {
            let mut end = BatchEnd::default();
            for row in rows {
                conclude_one(tx, row, &mut read, &mut end)?;
            }
            Ok(end)
        })
    }

    /// Reads the mails of a batch that was cut off one by one, so that one of them cannot take the others along
    /// again. To be called before the next batch is begun.
    pub fn redo_unfinished(
        &mut self,
        now: DateTime<Utc>,
        mut read: impl FnMut(&Tx<'_>, &InboxRow) -> Result<(), Unconcluded>,
    ) -> Result<BatchEnd, LedgerError> {
        let mut end = BatchEnd::default();
        let note = self.dir().join(UNDER_WAY);
        let deadly = take_note(&note);
        for mut row in self.view().unfinished_batch()? {
            if deadly == Some(row.id) {
                row.attempts += 1;
                self.write(now, |tx| {
                    run(tx.conn, COUNT_ATTEMPT, [row.id.0]).map_err(while_doing("count an attempt to read a mail"))
                })?;
            }
            if row.attempts >= ATTEMPTS {
                let why = "reading it ended the program".to_owned();
                self.write(now, |tx| set_aside(tx, row.id, &why))?;
                end.set_aside.push((row.id, why));
                continue;
            }
            let ended = self.conclude_each(&[row], now, |tx, row| {
                fs::write(&note, row.id.to_string()).map_err(|error| not_noted(&note, error))?;
                let done = read(tx, row);
                fs::remove_file(&note).map_err(|error| not_noted(&note, error))?;
                done
            })?;
            end.concluded += ended.concluded;
            end.again.extend(ended.again);
            end.set_aside.extend(ended.set_aside);
        }
        Ok(end)
    }
}

/// The mail that was being read when the process ended. It is blamed once: the note goes before the blame is on
/// record, since a process that ends in between should rather blame nobody than the same mail twice.
fn take_note(note: &Path) -> Option<InboxId> {
    // No note, as a rule, or one that was cut off.
    let blamed = fs::read_to_string(note).ok()?.parse().ok().map(InboxId);
    fs::remove_file(note).ok()?;
    blamed
}

fn not_noted(note: &Path, source: io::Error) -> LedgerError {
    LedgerError::File { doing: "note the mail that is read", path: PathBuf::from(note), source }
}

fn conclude_one(
    tx: &Tx<'_>,
    row: &InboxRow,
    read: &mut impl FnMut(&Tx<'_>, &InboxRow) -> Result<(), Unconcluded>,
    end: &mut BatchEnd,
) -> Result<(), LedgerError> {
    let doing = while_doing("conclude a mail");
    run(tx.conn, SAVEPOINT, []).map_err(doing)?;
    let why = match conclude_or_fail(tx, row, read) {
        Ok(()) => {
            end.concluded += 1;
            return run(tx.conn, KEEP, []).map(|_| ()).map_err(doing);
        }
        Err(Unconcluded::Ledger(error)) if error.remedy() != Remedy::SetAside => return Err(error),
        Err(Unconcluded::Ledger(error)) => in_words(&error),
        Err(Unconcluded::Mail(error)) => in_words(error.as_ref()),
    };
    run(tx.conn, UNDO, []).map_err(doing)?;
    run(tx.conn, KEEP, []).map_err(doing)?;
    if row.attempts >= ATTEMPTS {
        set_aside(tx, row.id, &why)?;
        end.set_aside.push((row.id, why));
    } else {
        run(tx.conn, PUT_BACK, (row.id.0, &why)).map_err(doing)?;
        end.again.push((row.id, why));
    }
    Ok(())
}

fn conclude_or_fail(
    tx: &Tx<'_>,
    row: &InboxRow,
    read: &mut impl FnMut(&Tx<'_>, &InboxRow) -> Result<(), Unconcluded>,
) -> Result<(), Unconcluded> {
    read(tx, row).and_then(|()| require_outcome(tx, row.id))
}

fn require_outcome(tx: &Tx<'_>, id: InboxId) -> Result<(), Unconcluded> {
    let done: Option<bool> =
        one(tx.conn, IS_DONE, [id.0], |row| row.get(0)).map_err(while_doing("conclude a mail"))?;
    match done {
        Some(true) => Ok(()),
        Some(false) => Err(Unconcluded::mail("it was left without an outcome")),
        None => Err(LedgerError::NoSuch(format!("mail {id}")).into()),
    }
}

fn set_aside(tx: &Tx<'_>, id: InboxId, why: &str) -> Result<(), LedgerError> {
    tx.conclude(id, Outcome::Held, &format!("could not be read: {why}"), None, &[]).map(|_| ())
}

/// An error with its causes in one line.
fn in_words(error: &(dyn Error + 'static)) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    words
}
