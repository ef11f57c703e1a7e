//! Whether the past is still the one that was written: the file, the chain, the words, and what stands on them.

use super::{
    Ledger, LedgerError, View,
    chain::{self, Hash, Head, NO_EVENT},
    error::while_doing,
    event::{self, Events, Stored},
    projection::Standing,
    words::Found,
};
use crate::domain::id::EventId;
use rusqlite::Connection;

const CHECK_FILE: &str = "PRAGMA quick_check(1)";

/// A head given in fewer hex digits than these could be met by chance.
const LEAST_DIGITS: usize = 8;

/// What [`Ledger::verify`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Everything holds.
    Sound {
        head: Head,
        /// The event whose hash the caller named: the past up to it is the one they knew.
        witnessed: Option<EventId>,
        /// References to texts that were erased.
        erased: usize,
    },
    /// SQLite itself finds the file damaged.
    FileDamaged { what: String },
    /// The first event that is not as it was written.
    Broken { event: EventId, why: String },
    /// No event has the hash that the caller named: the past was rewritten, cut off, or is another ledger's.
    HeadUnknown { head: String },
    /// The tables say something else than the events; `handback ledger rebuild` helps.
    TablesDiffer { what: String },
}

impl Ledger {
    /// Recomputes the chain and the hashes of all words, and compares the tables with what the events add up to.
    /// `head` is a hash that somebody kept, in hex, whole or its beginning as the digests print it.
    pub fn verify(&mut self, head: Option<&str>) -> Result<Verdict, LedgerError> {
        self.read(|View { conn, .. }| verify(conn, head))
    }
}

pub(super) fn verify(conn: &Connection, head: Option<&str>) -> Result<Verdict, LedgerError> {
    let found: String =
        conn.query_row(CHECK_FILE, [], |row| row.get(0)).map_err(while_doing("check the ledger's file"))?;
    if found != "ok" {
        return Ok(Verdict::FileDamaged { what: found });
    }
    let mut walk = Walk::starting(head);
    let walked = event::each_stored(conn, Events::All, |stored| walk.step(conn, stored));
    match walked {
        Ok(()) => walk.verdict(conn),
        Err(Stop::Broken(event, why)) => Ok(Verdict::Broken { event, why }),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Why the walk along the chain ended before its end.
enum Stop {
    Broken(EventId, String),
    Failed(LedgerError),
}

impl From<LedgerError> for Stop {
    fn from(error: LedgerError) -> Self {
        Self::Failed(error)
    }
}

/// A walk along the chain.
struct Walk {
    at: Head,
    standing: Standing,
    erased: usize,
    /// The hash that the caller named, in lower-case hex digits.
    wanted: Option<String>,
    witnessed: Option<EventId>,
}

impl Walk {
    fn starting(head: Option<&str>) -> Self {
        let wanted = head.map(|head| head.chars().filter(|c| *c != '-').collect::<String>().to_lowercase());
        let at = Head { count: 0, hash: NO_EVENT };
        Self { at, standing: Standing::default(), erased: 0, wanted, witnessed: None }
    }

    fn step(&mut self, conn: &Connection, stored: Stored) -> Result<(), Stop> {
        let (id, at) = (stored.id, stored.at);
        let expected = EventId(self.at.count + 1);
        let broken = |why: &str| Err(Stop::Broken(expected, why.to_owned()));
        if id != expected {
            return broken("it is missing");
        }
        if stored.prev != self.at.hash {
            return broken("it does not follow the event before it");
        }
        if stored.hash != chain::link(&stored.prev, id, at, &stored.payload) {
            return broken("its time or its content was changed");
        }
        self.at = Head { count: id.0, hash: stored.hash };
        if self.wanted.as_ref().is_some_and(|wanted| begins_with(&stored.hash, wanted)) {
            self.witnessed = Some(id);
        }
        self.follow(conn, stored)
    }

    /// Takes in what the event says, once its place in the chain is proven.
    fn follow(&mut self, conn: &Connection, stored: Stored) -> Result<(), Stop> {
        let (id, at, filed) = (stored.id, stored.at, (stored.task, stored.mail));
        let mut changed = None;
        let mut erased = 0;
        let read = stored.read(conn, &mut |words, found| match found {
            Found::Text => {}
            Found::Erased => erased += 1,
            Found::Other => changed = Some(words),
        });
        self.erased += erased;
        let broken = |why: String| Err(Stop::Broken(id, why));
        if let Some(words) = changed {
            return broken(format!("its words (row {words}) were changed or removed"));
        }
        let event = match read {
            Ok(event) => event,
            Err(error @ LedgerError::Unreadable { .. }) => return broken(error.to_string()),
            Err(error) => return Err(Stop::Failed(error)),
        };
        if filed != (event.fact.task(), event.cause.mail()) {
            return broken("it is filed under another task or mail than it is about".to_owned());
        }
        match self.standing.follow(&event.fact, at) {
            Ok(()) => Ok(()),
            Err(error) => broken(error.to_string()),
        }
    }

    fn verdict(self, conn: &Connection) -> Result<Verdict, LedgerError> {
        if let (Some(head), None) = (&self.wanted, self.witnessed) {
            return Ok(Verdict::HeadUnknown { head: head.clone() });
        }
        match self.difference(conn) {
            Ok(Some(what)) => Ok(Verdict::TablesDiffer { what }),
            Ok(None) => Ok(Verdict::Sound { head: self.at, witnessed: self.witnessed, erased: self.erased }),
            // The file is sound, so it is a row that does not read as what it should hold.
            Err(LedgerError::Damaged { source, .. }) => Ok(Verdict::TablesDiffer { what: source.to_string() }),
            Err(error) => Err(error),
        }
    }

    /// Names the first thing that the tables say otherwise than the events.
    fn difference(&self, conn: &Connection) -> Result<Option<String>, LedgerError> {
        let difference = Standing::stored(conn)?.difference(&self.standing);
        if difference.is_some() { Ok(difference) } else { Standing::drifted(conn) }
    }
}

/// Whether the hex digits of `hash` begin with `digits`.
fn begins_with(hash: &Hash, digits: &str) -> bool {
    let nibbles = hash.iter().flat_map(|byte| [u32::from(byte >> 4), u32::from(byte & 15)]);
    digits.len() >= LEAST_DIGITS
        && digits.len() <= hash.len() * 2
        && digits.chars().zip(nibbles).all(|(digit, nibble)| digit.to_digit(16) == Some(nibble))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Clocking, chain, column::At};
    use chrono::{DateTime, Utc};

    /// Writes one event with a sound hash, as somebody who knows how could, and expects `verify` to see through it.
    #[track_caller]
    fn check(payload: &str, why: &str) {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(dir.path(), Clocking::Running).unwrap();
        let at: DateTime<Utc> = "2026-03-02T09:00:00Z".parse().unwrap();
        let hash = chain::link(&NO_EVENT, EventId(1), at, payload);
        ledger
            .conn
            .execute(
                "INSERT INTO event (id, at, payload, prev, hash) VALUES (1, ?1, ?2, ?3, ?4)",
                (At(at), payload, NO_EVENT, hash),
            )
            .unwrap();
        let verdict = ledger.verify(None).unwrap();
        let Verdict::Broken { event: EventId(1), why: said } = &verdict else { panic!("{payload}: {verdict:?}") };
        assert!(said.contains(why), "{payload}: {said}");
    }

    #[test]
    fn an_event_that_says_nothing_known_is_named() {
        check("not JSON", "cannot be read");
        check(r#"{"v":1,"cause":{"by":"timer"},"fact":{"fact":"moon_rose"}}"#, "cannot be read");
        check(r#"{"v":2,"cause":{"by":"timer"},"fact":{"fact":"sending_resumed"}}"#, "cannot be read");
        check(r#"{"v":1,"cause":{"by":"timer"},"fact":{"fact":"task_handed_over","task":9}}"#, "filed under another");
        check(
            r#"{"v":1,"cause":{"by":"timer"},"fact":{"fact":"letter_ended","letter":9,"fate":"sent","why":""}}"#,
            "there is no letter 9",
        );
        check(
            r#"{"v":1,"cause":{"by":"timer"},"fact":{"fact":"sending_held","why":{"words_id":1,"hash":"00"}}}"#,
            "its words (row 1)",
        );
    }
}
