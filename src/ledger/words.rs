//! People's words stand apart from the events that rest on them, so that they can be erased and the chain holds.
//!
//! An event carries `{"words_id": 7, "hash": "…"}` where the fact has words. The hash is SHA-256(salt‖text); the
//! salt is erased with the text, or a short text could be found again by trying.

use super::{
    LedgerError, Tx, View,
    chain::{Hash, hex},
    column::{At, all, one, run},
    error::while_doing,
    projection,
};
use crate::domain::{
    id::{EventId, PersonId},
    words::Words,
};
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

const LAST_ID: &str = "SELECT coalesce(max(id), 0) FROM words";
const STORE: &str = "INSERT INTO words (id, event, salt, text) VALUES (?1, ?2, ?3, ?4)";
const READ: &str = "SELECT salt, text FROM words WHERE id = ?1";
const OF_EVENT: &str = "SELECT id, event, text FROM words WHERE event = ?1 ORDER BY id";
/// Said in a mail of this person's, or known about them.
const OF_PERSON: &str = "
    SELECT words.id AS id, words.event AS event, words.text AS text
    FROM words JOIN event ON event.id = words.event LEFT JOIN inbox ON inbox.id = event.mail
    WHERE inbox.person = ?1 OR event.payload ->> '$.fact.person' = ?1
    ORDER BY words.id";
const ERASE: &str = "UPDATE words SET text = NULL, salt = NULL, erased_at = ?2 WHERE id = ?1 AND text IS NOT NULL";

/// The row of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordsId(pub i64);

/// One text on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsRow {
    pub id: WordsId,
    pub event: EventId,
    /// None once it is erased.
    pub text: Option<String>,
}

impl View<'_> {
    /// The texts that an event rests on.
    pub fn words_of_event(&self, event: EventId) -> Result<Vec<WordsRow>, LedgerError> {
        all(self.conn, OF_EVENT, [event.0], row).map_err(while_doing("look up an event's words"))
    }

    /// The texts that a person wrote by mail, and those that say who they are.
    pub fn words_of_person(&self, person: PersonId) -> Result<Vec<WordsRow>, LedgerError> {
        all(self.conn, OF_PERSON, [person.0], row).map_err(while_doing("look up a person's words"))
    }
}

impl Tx<'_> {
    /// Erases texts for good and says how many were still there. The chain holds; what shows the texts is folded
    /// anew without them. Raw mails and letters are not touched: see [`Ledger::erase_person`](super::Ledger::erase_person).
    pub fn erase_words(&self, ids: &[WordsId]) -> Result<usize, LedgerError> {
        let mut erased = 0;
        for id in ids {
            erased += run(self.conn, ERASE, (id.0, At(self.now))).map_err(while_doing("erase words"))?;
        }
        projection::rebuild_within(self.conn)?;
        Ok(erased)
    }
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<WordsRow> {
    Ok(WordsRow { id: WordsId(row.get("id")?), event: EventId(row.get("event")?), text: row.get("text")? })
}

/// A text that is taken out of an event and waits for its row.
pub(super) struct Taken {
    id: i64,
    salt: [u8; 16],
    text: String,
}

/// Replaces each `{"words": "…"}` in `value` by a reference, and returns the texts.
pub(super) fn take_out(conn: &Connection, value: &mut Value) -> rusqlite::Result<Vec<Taken>> {
    let mut taken: Vec<Taken> = Vec::new();
    walk(value, &mut |object| {
        let Some(text) = text_of(object) else { return Ok(None) };
        let last = match taken.last() {
            Some(before) => before.id,
            None => one(conn, LAST_ID, [], |row| row.get(0))?.unwrap_or(0),
        };
        let id = last.saturating_add(1);
        let salt: [u8; 16] = rand::random();
        let reference = json!({ "words_id": id, "hash": hex(&hash(&salt, &text)) });
        taken.push(Taken { id, salt, text });
        Ok(Some(reference))
    })?;
    Ok(taken)
}

pub(super) fn store(conn: &Connection, event: EventId, taken: &[Taken]) -> rusqlite::Result<()> {
    for Taken { id, salt, text } in taken {
        run(conn, STORE, (id, event.0, salt.as_slice(), text))?;
    }
    Ok(())
}

/// What was found behind a reference.
pub(super) enum Found {
    Text,
    Erased,
    /// There is no such row, or the text is not the one that the event was written with.
    Other,
}

/// Puts the texts back into `value`. `see` is told of each whether it is the one that the event was written with.
pub(super) fn put_back(
    conn: &Connection,
    value: &mut Value,
    see: &mut impl FnMut(i64, Found),
) -> rusqlite::Result<()> {
    walk(value, &mut |object| {
        let Some((id, expected)) = reference_of(object) else { return Ok(None) };
        let row: Option<(Option<Vec<u8>>, Option<String>)> =
            one(conn, READ, [id], |row| Ok((row.get("salt")?, row.get("text")?)))?;
        let words = match row {
            Some((Some(salt), Some(text))) => {
                let as_written = hex(&hash(&salt, &text)) == expected;
                see(id, if as_written { Found::Text } else { Found::Other });
                Words::from(text)
            }
            Some(_) => {
                see(id, Found::Erased);
                Words::from(Words::ERASED)
            }
            None => {
                see(id, Found::Other);
                Words::from(Words::ERASED)
            }
        };
        Ok(Some(json!({ "words": words.as_str() })))
    })
}

fn hash(salt: &[u8], text: &str) -> Hash {
    Sha256::new().chain_update(salt).chain_update(text).finalize().into()
}

fn text_of(object: &mut Map<String, Value>) -> Option<String> {
    match (object.len(), object.get_mut("words")) {
        (1, Some(Value::String(text))) => Some(std::mem::take(text)),
        _ => None,
    }
}

fn reference_of(object: &Map<String, Value>) -> Option<(i64, String)> {
    let id = object.get("words_id")?.as_i64()?;
    let hash = object.get("hash")?.as_str()?;
    (object.len() == 2).then(|| (id, hash.to_owned()))
}

/// Offers every object to `replace`, the outer ones first, and puts its answer in the object's place.
fn walk(
    value: &mut Value,
    replace: &mut impl FnMut(&mut Map<String, Value>) -> rusqlite::Result<Option<Value>>,
) -> rusqlite::Result<()> {
    match value {
        Value::Object(object) => match replace(object)? {
            Some(other) => *value = other,
            None => {
                for inner in object.values_mut() {
                    walk(inner, replace)?;
                }
            }
        },
        Value::Array(values) => {
            for inner in values {
                walk(inner, replace)?;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    Ok(())
}
