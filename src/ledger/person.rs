//! The owner and the assistants, as their events leave them.

use super::{
    LedgerError, View,
    column::{At, Json, Named, all, one, run},
    error::while_doing,
    parsed::Parsed,
};
use crate::domain::{
    id::{Address, PersonId},
    person::Person,
};
use rusqlite::{Connection, Row};

pub(super) const EMPTY: &str = "DELETE FROM person";
const ALL: &str = "SELECT id, role, profile, hello, added_at FROM person ORDER BY id";
const COLUMNS: &str = "SELECT id, role, address, profile, hello, added_at FROM person ORDER BY id";
const BY_ID: &str = "SELECT id, role, profile, hello, added_at FROM person WHERE id = ?1";
const BY_ADDRESS: &str =
    "SELECT id, role, profile, hello, added_at FROM person WHERE address = ?1 ORDER BY id LIMIT 1";
const SAVE: &str = "
    INSERT INTO person (id, role, address, profile, hello, added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (id) DO UPDATE SET
        role = excluded.role, address = excluded.address, profile = excluded.profile, hello = excluded.hello,
        added_at = excluded.added_at";

impl View<'_> {
    /// The owner, where they were mirrored already, then the assistants in the order they were added.
    pub fn people(&self) -> Result<Vec<Person>, LedgerError> {
        all_of(self.conn, self.parsed).map_err(while_doing("list the people"))
    }

    pub fn person(&self, id: PersonId) -> Result<Option<Person>, LedgerError> {
        load(self.conn, self.parsed, id).map_err(while_doing("look up a person"))
    }

    /// Whose address it is today; addresses that people had before belong to nobody.
    pub fn person_by_address(&self, address: &Address) -> Result<Option<Person>, LedgerError> {
        one(self.conn, BY_ADDRESS, [address.as_str()], |row| read(row, self.parsed))
            .map_err(while_doing("look up an address"))
    }
}

pub(super) fn all_of(conn: &Connection, parsed: &Parsed) -> rusqlite::Result<Vec<Person>> {
    all(conn, ALL, [], |row| read(row, parsed))
}

/// The first person whose address column says something else than their profile.
pub(super) fn drifted(conn: &Connection, parsed: &Parsed) -> rusqlite::Result<Option<PersonId>> {
    let rows = all(conn, COLUMNS, [], |row| Ok((read(row, parsed)?, row.get::<_, String>("address")?)))?;
    Ok(rows.into_iter().find(|(person, address)| *address != column(person)).map(|(person, _)| person.id))
}

/// What stands in the address column: nothing where the address was erased.
fn column(person: &Person) -> String {
    person.address().map_or(String::new(), |address| address.to_string())
}

pub(super) fn load(conn: &Connection, parsed: &Parsed, id: PersonId) -> rusqlite::Result<Option<Person>> {
    one(conn, BY_ID, [id.0], |row| read(row, parsed))
}

pub(super) fn save(conn: &Connection, person: &Person) -> rusqlite::Result<()> {
    let address = column(person);
    let Person { id, role, profile, hello, added_at } = person;
    run(conn, SAVE, (id.0, Named(role), address, Json(profile), Json(hello), At(*added_at))).map(|_| ())
}

fn read(row: &Row<'_>, parsed: &Parsed) -> rusqlite::Result<Person> {
    let id = PersonId(row.get("id")?);
    Ok(Person {
        id,
        role: row.get::<_, Named<_>>("role")?.0,
        profile: parsed.profiles.value(id, row.get_ref("profile")?.as_str()?)?,
        hello: row.get::<_, Json<_>>("hello")?.0,
        added_at: row.get::<_, At>("added_at")?.0,
    })
}
