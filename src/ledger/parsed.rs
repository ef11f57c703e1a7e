//! Values that stand in rows as JSON, as they were parsed last: a row that still says the same is not parsed again.
//!
//! Nothing here can be out of date, since the row is read each time and compared letter by letter.

use crate::domain::{
    id::{PersonId, TaskId},
    person::Profile,
    task::Task,
};
use rusqlite::types::{FromSqlError, FromSqlResult};
use serde::de::DeserializeOwned;
use std::{cell::RefCell, collections::VecDeque};

/// The rows of a mail are looked at when it is read ahead of its turn and again in its turn, some thirty mails later.
const ROWS: usize = 64;

/// What was parsed of the rows that were read last.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) tasks: Rows<TaskId, Task>,
    pub(super) profiles: Rows<PersonId, Profile>,
}

/// The latest rows of one kind.
#[derive(Debug)]
pub(super) struct Rows<K, V>(RefCell<VecDeque<(K, String, V)>>);

impl<K, V> Default for Rows<K, V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Copy + Eq, V: Clone + DeserializeOwned> Rows<K, V> {
    /// The value of the row `key`, which now says `json`.
    pub(super) fn value(&self, key: K, json: &str) -> FromSqlResult<V> {
        let mut rows = self.0.borrow_mut();
        let place = rows.iter().position(|(known, ..)| *known == key);
        if let Some((_, _, value)) = place.and_then(|place| rows.get(place)).filter(|(_, then, _)| then == json) {
            return Ok(value.clone());
        }
        let value: V = serde_json::from_str(json).map_err(FromSqlError::other)?;
        match place {
            Some(place) => drop(rows.remove(place)),
            None => rows.truncate(ROWS - 1),
        }
        rows.push_front((key, json.to_owned(), value.clone()));
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(rows: &Rows<u32, u32>) -> Vec<u32> {
        rows.0.borrow().iter().map(|(key, ..)| *key).collect()
    }

    #[test]
    fn a_row_that_changed_is_parsed_anew() {
        let rows = Rows::<u32, u32>::default();
        for (json, value) in [("7", 7), ("7", 7), ("8", 8), ("7", 7)] {
            assert_eq!(rows.value(1, json).unwrap(), value);
        }
        assert_eq!(kept(&rows), [1]);
        assert!(rows.value(1, "no number").is_err());
        assert_eq!(rows.value(1, "7").unwrap(), 7);
    }

    #[test]
    fn only_the_latest_rows_are_kept() {
        let rows = Rows::<u32, u32>::default();
        for key in 0..200 {
            assert_eq!(rows.value(key, &key.to_string()).unwrap(), key);
        }
        assert_eq!(kept(&rows), (136..200).rev().collect::<Vec<_>>());
    }
}
