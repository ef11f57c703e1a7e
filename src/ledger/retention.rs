//! Dropping the files of work that ended long ago. What was said and agreed stays; raw mails and attachments go.

use super::{
    LedgerError, Tx,
    column::{At, all, run},
    error::while_doing,
};
use chrono::{DateTime, Utc};

/// All old bytes but those that are still of use: of mails that are not done, held or done lately, and of mails and
/// files of tasks that are alive or ended lately.
const OLD: &str = "
    SELECT hash FROM blob
    WHERE taken_at < ?1
        AND hash NOT IN (
            SELECT blob FROM inbox WHERE state <> 'done' OR outcome = 'held' OR concluded_at >= ?1
                OR id IN (
                    SELECT inbox_task.inbox FROM inbox_task JOIN task ON task.id = inbox_task.task
                    WHERE task.stage NOT IN ('closed', 'cancelled') OR task.stage_since >= ?1))
        AND hash NOT IN (
            SELECT node.value FROM task, json_tree(task.state) AS node
            WHERE node.key = 'blob' AND node.type = 'text'
                AND (task.stage NOT IN ('closed', 'cancelled') OR task.stage_since >= ?1))
    ORDER BY hash";
/// The text of such letters stays, so that a late answer to one of them can still be read.
const EMPTY_OLD_LETTERS: &str = "
    UPDATE outbox SET bytes = x''
    WHERE length(bytes) > 0 AND fate IN ('sent', 'refused', 'given_up') AND fate_since < ?1
        AND letter NOT IN (
            SELECT letter_task.letter FROM letter_task JOIN task ON task.id = letter_task.task
            WHERE task.stage NOT IN ('closed', 'cancelled') OR task.stage_since >= ?1)";

/// What was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dropped {
    /// Raw mails and files.
    pub blobs: usize,
    /// Letters whose bytes went; their text stays.
    pub letters: usize,
}

impl Tx<'_> {
    /// Drops the bytes that nothing needed since `before`, and keeps their hashes with `why`.
    pub fn drop_old_files(&self, before: DateTime<Utc>, why: &str) -> Result<Dropped, LedgerError> {
        let doing = while_doing("drop old files");
        let old: Vec<String> = all(self.conn, OLD, [At(before)], |row| row.get(0)).map_err(doing)?;
        let mut dropped = Dropped::default();
        for hash in old {
            dropped.blobs += usize::from(self.drop_blob(&hash, why)?);
        }
        dropped.letters = run(self.conn, EMPTY_OLD_LETTERS, [At(before)]).map_err(doing)?;
        Ok(dropped)
    }
}
