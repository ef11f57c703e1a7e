//! Reading and writing: a view shows the ledger, a transaction changes it, all or none.

use super::{Ledger, LedgerError, column::to_stored_precision, error::while_doing, parsed::Parsed};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};

/// The ledger as it is now; all that can be asked stands in `impl View` of each family's file.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(super) conn: &'a Connection,
    pub(super) parsed: &'a Parsed,
}

/// A write under way. Everything it does becomes true at once or not at all.
pub struct Tx<'a> {
    pub(super) conn: &'a Connection,
    pub(super) parsed: &'a Parsed,
    pub(super) now: DateTime<Utc>,
}

impl Ledger {
    /// Shows the ledger; each question sees the newest writes.
    pub fn view(&self) -> View<'_> {
        View { conn: &self.conn, parsed: &self.parsed }
    }

    /// Shows the ledger as it is at one moment, whatever others write meanwhile.
    pub fn read<T, E: From<LedgerError>>(&mut self, look: impl FnOnce(View<'_>) -> Result<T, E>) -> Result<T, E> {
        let doing = while_doing("read the ledger");
        let still = self.conn.transaction().map_err(doing)?;
        let seen = look(View { conn: &still, parsed: &self.parsed })?;
        still.commit().map_err(doing)?;
        Ok(seen)
    }

    /// Does `work` in one transaction that holds the write lock from its first line. An error undoes all of it.
    pub fn write<T, E: From<LedgerError>>(
        &mut self,
        now: DateTime<Utc>,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let doing = while_doing("write to the ledger");
        let now = to_stored_precision(now);
        let raw = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(doing)?;
        let done = work(&Tx { conn: &raw, parsed: &self.parsed, now })?;
        raw.commit().map_err(doing)?;
        Ok(done)
    }

    /// Whether somebody else wrote to the ledger since this was last asked. The first answer is yes.
    pub fn changed_elsewhere(&self) -> Result<bool, LedgerError> {
        let version: i64 = self
            .conn
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .map_err(while_doing("look for other writers"))?;
        Ok(self.seen.replace(version) != version)
    }
}

impl<'a> Tx<'a> {
    /// Shows the ledger with what this transaction did so far.
    pub fn view(&self) -> View<'a> {
        View { conn: self.conn, parsed: self.parsed }
    }

    /// The time of all that this transaction writes.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            event::Outcome,
            mail::{Fetched, Window},
        },
        ledger::{Clocking, LedgerError, Verdict},
        remedy::Remedy,
    };

    fn at_nine() -> DateTime<Utc> {
        "2026-03-02T09:00:00Z".parse().unwrap()
    }

    fn large_mail(uid: u32) -> Window {
        let raw = vec![b'x'; 200_000];
        let mails = vec![Fetched { uid, raw, size: 200_000, partial: false }];
        Window {
            folder: "INBOX".to_owned(),
            uid_validity: 1,
            mails,
            unreadable: Vec::new(),
            upto: uid,
            read_to_end: true,
        }
    }

    #[test]
    fn a_full_disk_undoes_the_write_and_goes_on_once_there_is_space() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(dir.path(), Clocking::Running).unwrap();
        ledger.conn.pragma_update(None, "max_page_count", 60).unwrap();
        let error = ledger.take_window(&large_mail(1), at_nine()).unwrap_err();
        assert!(matches!(error, LedgerError::DiskFull { .. }), "{error}");
        assert_eq!(error.remedy(), Remedy::TryAgain);
        assert_eq!(ledger.view().bookmark("INBOX").unwrap(), None);
        assert!(matches!(ledger.verify(None).unwrap(), Verdict::Sound { .. }));
        ledger.conn.pragma_update(None, "max_page_count", 6000).unwrap();
        assert_eq!(ledger.take_window(&large_mail(1), at_nine()).unwrap().new, 1);
    }

    #[test]
    fn a_disk_that_fills_up_in_a_batch_counts_against_no_mail() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(dir.path(), Clocking::Running).unwrap();
        ledger.take_window(&large_mail(1), at_nine()).unwrap();
        let batch = ledger.begin_batch(1, at_nine()).unwrap();
        let pages: u32 = ledger.conn.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        ledger.conn.pragma_update(None, "max_page_count", pages + 2).unwrap();
        let error = ledger
            .conclude_batch(&batch, at_nine(), |tx, row| {
                tx.store_blob(&[7; 100_000])?;
                tx.conclude(row.id, Outcome::Filed, "", None, &[])?;
                Ok(())
            })
            .unwrap_err();
        assert!(matches!(error, LedgerError::DiskFull { .. }), "{error}");
        assert_eq!(ledger.view().unfinished_batch().unwrap(), batch);
    }
}
