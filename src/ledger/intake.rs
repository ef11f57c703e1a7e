//! The first step of intake: a fetched window becomes rows, together with the bookmark, before anything is parsed.

use super::{
    Ledger, LedgerError, View, blob,
    column::{At, all, one, run, signed},
    error::while_doing,
};
use crate::domain::mail::{Fetched, Window};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

const KNOWN: &str = "SELECT 1 FROM inbox WHERE folder = ?1 AND uid_validity = ?2 AND uid = ?3";
const TAKE: &str = "
    INSERT INTO inbox
        (id, folder, uid_validity, uid, blob, size, partial, taken_at, state, attempts, trouble, why)
    VALUES
        ((SELECT coalesce(max(id), 0) + 1 FROM inbox), ?1, ?2, ?3, ?4, ?5, ?6, ?7, 'taken', 0, '', '')";
/// A window further back, looked at once more for late mails, does not move the bookmark back.
const MOVE_BOOKMARK: &str = "
    INSERT INTO bookmark (folder, uid_validity, uid, began_uid, read_to_end_at) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (folder) DO UPDATE SET
        uid = iif(uid_validity = excluded.uid_validity, max(uid, excluded.uid), excluded.uid),
        began_uid = iif(uid_validity = excluded.uid_validity, began_uid, excluded.began_uid),
        uid_validity = excluded.uid_validity,
        read_to_end_at = coalesce(excluded.read_to_end_at, read_to_end_at)";
const UIDS_TAKEN: &str = "SELECT uid FROM inbox WHERE folder = ?1 AND uid_validity = ?2";
const BOOKMARK: &str = "SELECT folder, uid_validity, uid, began_uid, read_to_end_at FROM bookmark WHERE folder = ?1";
const BOOKMARKS: &str = "SELECT folder, uid_validity, uid, began_uid, read_to_end_at FROM bookmark ORDER BY folder";

/// What a window brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    pub new: usize,
    /// Taken before under the same UID.
    pub known: usize,
}

/// How far a folder has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    pub folder: String,
    pub uid_validity: u32,
    pub uid: u32,
    /// Mails up to this UID were there before the first start and are none of our business.
    pub began_uid: u32,
    /// When the folder was last read until nothing was left in it. A reminder that fell due later has to wait.
    pub read_to_end_at: Option<DateTime<Utc>>,
}

impl Ledger {
    /// Takes all mails of a window and moves the folder's bookmark, or does neither. Mails that were taken before
    /// are left as they are. An empty window moves the bookmark alone.
    pub fn take_window(&mut self, window: &Window, now: DateTime<Utc>) -> Result<Taken, LedgerError> {
        let doing = while_doing("take in mail");
        self.write(now, |tx| {
            let mut taken = Taken::default();
            for mail in &window.mails {
                if take(tx.conn, window, mail, tx.now).map_err(doing)? {
                    taken.new += 1;
                } else {
                    taken.known += 1;
                }
            }
            let read_to_end_at = window.read_to_end.then_some(At(tx.now));
            let began = began_uid(window);
            run(tx.conn, MOVE_BOOKMARK, (&window.folder, window.uid_validity, window.upto, began, read_to_end_at))
                .map_err(doing)?;
            Ok(taken)
        })
    }
}

/// Where reading of a folder begins with its first window: below the first mail, or at the end where it is empty.
fn began_uid(window: &Window) -> u32 {
    let first = window.mails.iter().map(|mail| mail.uid).min();
    first.map_or(window.upto, |first| first.saturating_sub(1))
}

impl View<'_> {
    /// The UIDs of a folder that were taken, those of mails that could not be had left out.
    pub fn uids_taken(&self, folder: &str, uid_validity: u32) -> Result<Vec<u32>, LedgerError> {
        all(self.conn, UIDS_TAKEN, (folder, uid_validity), |row| row.get(0))
            .map_err(while_doing("look up which mails were taken"))
    }

    pub fn bookmark(&self, folder: &str) -> Result<Option<Bookmark>, LedgerError> {
        one(self.conn, BOOKMARK, [folder], read).map_err(while_doing("look up how far the mailbox was read"))
    }

    pub fn bookmarks(&self) -> Result<Vec<Bookmark>, LedgerError> {
        all(self.conn, BOOKMARKS, [], read).map_err(while_doing("look up how far the mailbox was read"))
    }
}

pub(super) fn take(conn: &Connection, window: &Window, mail: &Fetched, now: DateTime<Utc>) -> rusqlite::Result<bool> {
    let Window { folder, uid_validity, .. } = window;
    let known = one(conn, KNOWN, (folder, uid_validity, mail.uid), |_| Ok(()))?;
    if known.is_some() {
        return Ok(false);
    }
    let blob = blob::store(conn, &mail.raw, now)?;
    run(conn, TAKE, (folder, uid_validity, mail.uid, blob, signed(mail.size), mail.partial, At(now)))?;
    Ok(true)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Bookmark> {
    Ok(Bookmark {
        folder: row.get("folder")?,
        uid_validity: row.get("uid_validity")?,
        uid: row.get("uid")?,
        began_uid: row.get("began_uid")?,
        read_to_end_at: row.get::<_, Option<At>>("read_to_end_at")?.map(|at| at.0),
    })
}
