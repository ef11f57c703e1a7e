//! The mails that came in, each with its row for life: taken, in work, or done with a named outcome.

use super::{
    LedgerError, Tx, View,
    column::{At, Named, all, one, run, unsigned},
    error::while_doing,
};
use crate::domain::{
    event::{Cause, Fact, NewEvent, Outcome},
    id::{InboxId, MessageId, PersonId, TaskId},
};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

const BY_ID: &str = "
    SELECT id, folder, uid_validity, uid, blob, size, partial, taken_at, state, attempts, trouble, message_id,
        content_hash, outcome, why, person, concluded_at, released_at
    FROM inbox WHERE id = ?1";
const LISTED: &str = "
    SELECT id, folder, uid_validity, uid, blob, size, partial, taken_at, state, attempts, trouble, message_id,
        content_hash, outcome, why, person, concluded_at, released_at
    FROM inbox
    WHERE (?1 IS NULL OR outcome = ?1) AND (?2 IS NULL OR person = ?2)
        AND (?3 IS NULL OR id IN (SELECT inbox FROM inbox_task WHERE task = ?3))
        AND (?4 IS NULL OR taken_at >= ?4)
    ORDER BY id DESC LIMIT ?5";
const HELD: &str = "
    SELECT id, folder, uid_validity, uid, blob, size, partial, taken_at, state, attempts, trouble, message_id,
        content_hash, outcome, why, person, concluded_at, released_at
    FROM inbox WHERE outcome = 'held' ORDER BY id DESC";
const IN_WORK: &str = "
    SELECT id, folder, uid_validity, uid, blob, size, partial, taken_at, state, attempts, trouble, message_id,
        content_hash, outcome, why, person, concluded_at, released_at
    FROM inbox WHERE state = 'in_work' AND state <> 'done' ORDER BY id";
const RAW: &str = "SELECT bytes FROM blob WHERE hash = (SELECT blob FROM inbox WHERE id = ?1)";
const TASKS: &str = "SELECT task FROM inbox_task WHERE inbox = ?1 ORDER BY task";
const SET_IDENTITY: &str = "UPDATE inbox SET message_id = ?2, content_hash = ?3 WHERE id = ?1";
/// The same content comes first; a Message-ID with other content is only an answer where there is no better one.
const EARLIER: &str = "
    SELECT earlier.id AS id, earlier.content_hash = this.content_hash AS same
    FROM inbox AS this JOIN inbox AS earlier
        ON earlier.message_id = this.message_id AND earlier.id < this.id
    WHERE this.id = ?1
    ORDER BY same DESC, earlier.id
    LIMIT 1";
/// A mail without a Message-ID repeats another without one, by its content alone.
const EARLIER_WITHOUT_ID: &str = "
    SELECT earlier.id AS id, 1 AS same
    FROM inbox AS this JOIN inbox AS earlier
        ON earlier.content_hash = this.content_hash AND earlier.message_id IS NULL AND earlier.id < this.id
    WHERE this.id = ?1 AND this.message_id IS NULL
    ORDER BY earlier.id
    LIMIT 1";
const CONCLUDE: &str = "
    UPDATE inbox SET state = 'done', outcome = ?2, why = ?3, person = ?4, concluded_at = ?5
    WHERE id = ?1 AND state <> 'done'";
const FILE_UNDER: &str = "INSERT INTO inbox_task (inbox, task) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const RELEASE: &str = "
    UPDATE inbox SET
        state = 'taken', outcome = NULL, why = '', person = NULL, concluded_at = NULL, attempts = 0,
        trouble = '', released_at = ?2
    WHERE id = ?1 AND outcome = 'held'";
const COUNT_FROM: &str = "SELECT count(*) FROM inbox WHERE person = ?1 AND taken_at >= ?2";
const FORGET_TASKS: &str = "DELETE FROM inbox_task WHERE inbox = ?1";

/// One received mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxRow {
    pub id: InboxId,
    pub folder: String,
    pub uid_validity: u32,
    pub uid: u32,
    /// The SHA-256 of its raw bytes, under which [`View::blob`] has them.
    pub blob: String,
    /// The size that the server gave, in bytes.
    pub size: u64,
    /// Too large to fetch whole.
    pub partial: bool,
    pub taken_at: DateTime<Utc>,
    pub state: MailState,
    /// How often reading it was begun.
    pub attempts: u32,
    /// What went wrong the last time; empty where nothing did.
    pub trouble: String,
    pub message_id: Option<MessageId>,
    /// Over From, Date, Subject and decoded parts; set when it is read.
    pub content_hash: Option<String>,
    /// When the owner let it through after it was held.
    pub released_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailState {
    Taken,
    InWork,
    Done(MailEnd),
}

/// How a mail ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailEnd {
    pub outcome: Outcome,
    pub why: String,
    pub person: Option<PersonId>,
    pub at: DateTime<Utc>,
}

/// Which mails to list; what is None does not matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MailFilter {
    pub outcome: Option<Outcome>,
    pub person: Option<PersonId>,
    pub task: Option<TaskId>,
    pub taken_since: Option<DateTime<Utc>>,
    /// No more than these, the newest.
    pub limit: Option<u32>,
}

/// An earlier mail that this one repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earlier {
    /// The same mail once more.
    Same(InboxId),
    /// Another content under the same Message-ID.
    SameIdOtherContent(InboxId),
}

impl View<'_> {
    pub fn mail(&self, id: InboxId) -> Result<Option<InboxRow>, LedgerError> {
        one(self.conn, BY_ID, [id.0], read).map_err(while_doing("look up a mail"))
    }

    /// The mails that fit, the newest first.
    pub fn mails(&self, filter: &MailFilter) -> Result<Vec<InboxRow>, LedgerError> {
        let MailFilter { outcome, person, task, taken_since, limit } = *filter;
        let (person, task) = (person.map(|person| person.0), task.map(|task| task.0));
        let limit = limit.map_or(-1, i64::from);
        all(self.conn, LISTED, (outcome.map(Named), person, task, taken_since.map(At), limit), read)
            .map_err(while_doing("list mails"))
    }

    /// How many mails of a person were taken in at `since` or later and have come to their end.
    pub fn count_mails_from(&self, person: PersonId, since: DateTime<Utc>) -> Result<usize, LedgerError> {
        let count = one(self.conn, COUNT_FROM, (person.0, At(since)), |row| row.get::<_, u32>(0))
            .map_err(while_doing("count a person's mails"))?;
        Ok(count.map_or(0, |count| usize::try_from(count).unwrap_or(usize::MAX)))
    }

    /// The mails that wait for the owner to look at them, the newest first.
    pub fn held_mails(&self) -> Result<Vec<InboxRow>, LedgerError> {
        all(self.conn, HELD, [], read).map_err(while_doing("list the held mails"))
    }

    /// The bytes as the server gave them; none where they have been dropped.
    pub fn raw_mail(&self, id: InboxId) -> Result<Option<Vec<u8>>, LedgerError> {
        one(self.conn, RAW, [id.0], |row| row.get(0)).map_err(while_doing("read a mail's bytes"))
    }

    /// The tasks that a mail was filed under.
    pub fn tasks_of_mail(&self, id: InboxId) -> Result<Vec<TaskId>, LedgerError> {
        all(self.conn, TASKS, [id.0], |row| row.get(0).map(TaskId)).map_err(while_doing("look up a mail's tasks"))
    }

    /// The earlier mail that this one repeats. Its own identity has to be set before: see [`Tx::set_identity`].
    pub fn duplicate_of(&self, id: InboxId) -> Result<Option<Earlier>, LedgerError> {
        let doing = while_doing("look for an earlier mail");
        match one(self.conn, EARLIER, [id.0], read_earlier).map_err(doing)? {
            Some(earlier) => Ok(Some(earlier)),
            None => one(self.conn, EARLIER_WITHOUT_ID, [id.0], read_earlier).map_err(doing),
        }
    }
}

impl Tx<'_> {
    /// Records what a mail is recognised by: its Message-ID, and a hash over From, Date, Subject and parts.
    pub fn set_identity(
        &self,
        id: InboxId,
        message_id: Option<&MessageId>,
        content_hash: &str,
    ) -> Result<(), LedgerError> {
        run(self.conn, SET_IDENTITY, (id.0, message_id.map(|id| &id.0), content_hash))
            .map(|_| ())
            .map_err(while_doing("record a mail's identity"))
    }

    /// Records how a mail ended. False, and nothing is changed, where it had ended before.
    pub fn conclude(
        &self,
        id: InboxId,
        outcome: Outcome,
        why: &str,
        person: Option<PersonId>,
        tasks: &[TaskId],
    ) -> Result<bool, LedgerError> {
        let doing = while_doing("conclude a mail");
        let marked = (id.0, Named(outcome), why, person.map(|person| person.0), At(self.now));
        if run(self.conn, CONCLUDE, marked).map_err(doing)? == 0 {
            return match self.view().mail(id)? {
                Some(_) => Ok(false),
                None => Err(LedgerError::NoSuch(format!("mail {id}"))),
            };
        }
        for task in tasks {
            run(self.conn, FILE_UNDER, (id.0, task.0)).map_err(doing)?;
        }
        self.append(&NewEvent {
            cause: Cause::Mail { inbox: id, from: 0, to: 0 },
            fact: Fact::MailConcluded { inbox: id, person, tasks: tasks.to_vec(), outcome, why: why.to_owned() },
        })?;
        Ok(true)
    }

    /// Puts a held mail back to be read again. False where it is not held.
    pub fn release(&self, id: InboxId, cause: Cause) -> Result<bool, LedgerError> {
        let doing = while_doing("release a held mail");
        if run(self.conn, RELEASE, (id.0, At(self.now))).map_err(doing)? == 0 {
            return Ok(false);
        }
        run(self.conn, FORGET_TASKS, [id.0]).map_err(doing)?;
        self.append(&NewEvent { cause, fact: Fact::MailReleased { inbox: id } })?;
        Ok(true)
    }
}

/// The mails in work, the oldest first.
pub(super) fn in_work(conn: &Connection) -> rusqlite::Result<Vec<InboxRow>> {
    all(conn, IN_WORK, [], read)
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<InboxRow> {
    Ok(InboxRow {
        id: InboxId(row.get("id")?),
        folder: row.get("folder")?,
        uid_validity: row.get("uid_validity")?,
        uid: row.get("uid")?,
        blob: row.get("blob")?,
        size: unsigned(row, "size")?,
        partial: row.get("partial")?,
        taken_at: row.get::<_, At>("taken_at")?.0,
        state: read_state(row)?,
        attempts: row.get("attempts")?,
        trouble: row.get("trouble")?,
        message_id: row.get::<_, Option<String>>("message_id")?.map(MessageId),
        content_hash: row.get("content_hash")?,
        released_at: row.get::<_, Option<At>>("released_at")?.map(|at| at.0),
    })
}

fn read_earlier(row: &Row<'_>) -> rusqlite::Result<Earlier> {
    let (id, same): (i64, Option<bool>) = (row.get("id")?, row.get("same")?);
    Ok(if same == Some(true) { Earlier::Same(InboxId(id)) } else { Earlier::SameIdOtherContent(InboxId(id)) })
}

fn read_state(row: &Row<'_>) -> rusqlite::Result<MailState> {
    let ended: (Option<Named<Outcome>>, Option<At>) = (row.get("outcome")?, row.get("concluded_at")?);
    Ok(match ended {
        (Some(outcome), Some(at)) => MailState::Done(MailEnd {
            outcome: outcome.0,
            why: row.get("why")?,
            person: row.get::<_, Option<u32>>("person")?.map(PersonId),
            at: at.0,
        }),
        _ if row.get::<_, String>("state")? == "in_work" => MailState::InWork,
        _ => MailState::Taken,
    })
}
