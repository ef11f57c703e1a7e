//! What most commands work at: the ledger with its clock, its rules and its key.
//!
//! The ledger is found by config.toml, or with `--dir` without one: then the rules are those that the ledger was
//! last used with.

use super::{
    args::Global,
    exit::{Exit, Trouble},
    load_config,
};
use crate::{
    clock::Clock,
    config::{Config, Environment, key},
    daemon::Rules,
    domain::{
        event::{Cause, Fact, NewEvent},
        id::{PersonId, TaskId},
        person::{Person, Role},
        task::Task,
        token::TokenKey,
    },
    ledger::{Ledger, LedgerError, Opening, Tx},
    letters::Templates,
    remedy::chain,
};
use chrono::{DateTime, Utc};
use std::{collections::BTreeMap, fs, panic::resume_unwind, path::Path, thread};

/// The ledger with all that a command needs beside it.
pub struct Desk {
    pub ledger: Ledger,
    pub rules: Rules,
    /// None where the command was given `--dir`.
    pub config: Option<Config>,
    pub now: DateTime<Utc>,
    pub clock: Clock,
}

impl Desk {
    /// Opens the ledger that the command line means.
    pub fn open(global: &Global, environment: &Environment, opening: Opening) -> Result<Self, Trouble> {
        match &global.dir {
            Some(dir) => Self::of_dir(dir, opening),
            None => Self::of_config(load_config(global, environment)?, opening),
        }
    }

    pub fn of_config(config: Config, opening: Opening) -> Result<Self, Trouble> {
        let mut desk = Self::of_ledger(&config.data_dir, opening, Some(Rules::of(&config)))?;
        if opening != Opening::ReadOnly {
            desk.note_owner(&config)?;
        }
        desk.config = Some(config);
        Ok(desk)
    }

    fn of_dir(dir: &Path, opening: Opening) -> Result<Self, Trouble> {
        Self::of_ledger(dir, opening, None)
    }

    fn of_ledger(dir: &Path, opening: Opening, rules: Option<Rules>) -> Result<Self, Trouble> {
        let ledger = Ledger::open(dir, opening, Clock::System.now())?;
        let clock = ledger.frozen_clock()?.map_or(Clock::System, Clock::Frozen);
        let rules = match rules {
            Some(rules) => rules,
            None => Rules::last_used(ledger.view())?.ok_or_else(|| {
                let words = format!("handback: the ledger in {} was never used, so name its config", dir.display());
                Trouble::new(Exit::Failed, words)
            })?,
        };
        Ok(Self { ledger, rules, config: None, now: clock.now(), clock })
    }

    /// Mirrors the owner of config.toml into the ledger, and remembers the rules for commands without a config.
    fn note_owner(&mut self, config: &Config) -> Result<(), Trouble> {
        let profile = config.owner.profile();
        let known = self.ledger.view().person(PersonId::OWNER)?;
        let fact = match known {
            Some(owner) if owner.profile == profile => None,
            Some(_) => Some(Fact::PersonChanged { person: PersonId::OWNER, profile }),
            None => Some(Fact::PersonAdded { person: PersonId::OWNER, role: Role::Owner, profile, hello: false }),
        };
        let rules = &self.rules;
        let outdated = Rules::last_used(self.ledger.view())?.as_ref() != Some(rules);
        if fact.is_none() && !outdated {
            return Ok(());
        }
        self.ledger.write(self.now, |tx| {
            if let Some(fact) = fact {
                tx.append(&NewEvent { cause: by_command("config"), fact })?;
            }
            rules.remember(tx)?;
            Ok::<_, LedgerError>(())
        })?;
        Ok(())
    }

    /// The key that signs tokens, beside the ledger.
    pub fn key(&self) -> Result<TokenKey, Trouble> {
        Ok(key::load(self.ledger.dir())?)
    }

    /// The letters' templates, the owner's own ones before the built-in.
    pub fn templates(&self) -> Result<Templates, Trouble> {
        let folder = self.config.as_ref().and_then(|config| config.templates_dir.as_deref());
        let overrides = folder.map(read_templates).transpose()?.unwrap_or_default();
        // Trying them out takes some megabytes for a moment. The memory of a thread that has ended goes back to the
        // system; between what the daemon keeps it would stay.
        let loaded = thread::scope(|scope| scope.spawn(|| Templates::load(&overrides)).join());
        loaded.unwrap_or_else(|panic| resume_unwind(panic)).map_err(|error| Trouble::from_error(Exit::Config, &error))
    }

    /// Writes what a command decided, all or nothing.
    pub fn write<T>(&mut self, write: impl FnOnce(&Tx<'_>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        self.ledger.write(self.now, write)
    }

    /// The task of that number.
    pub fn task(&self, id: TaskId) -> Result<Task, Trouble> {
        let unknown =
            || Trouble::new(Exit::Failed, format!("handback: there is no task {id} (see `handback task list`)"));
        self.ledger.view().task(id)?.ok_or_else(unknown)
    }

    /// The person that was typed, by address, whole name or first name.
    pub fn assistant(&self, typed: &str) -> Result<Person, Trouble> {
        let wanted = typed.trim().to_lowercase();
        let people = self.ledger.view().people()?;
        let assistants = people.into_iter().filter(|person| person.role == Role::Assistant);
        let fits = |person: &Person| {
            [person.name(), person.first_name(), person.profile.address.as_str()]
                .iter()
                .any(|name| name.to_lowercase() == wanted)
        };
        let found: Vec<Person> = assistants.filter(fits).collect();
        match <[Person; 1]>::try_from(found) {
            Ok([only]) => Ok(only),
            Err(found) if found.is_empty() => {
                let words = format!("handback: nobody is called `{typed}` (see `handback assistant list`)");
                Err(Trouble::new(Exit::Failed, words))
            }
            Err(_) => {
                let words = format!("handback: more than one is called `{typed}` (use the address)");
                Err(Trouble::new(Exit::Failed, words))
            }
        }
    }
}

/// What a command at the keyboard leaves as the cause of its facts.
pub fn by_command(name: &str) -> Cause {
    Cause::Command { name: name.to_owned() }
}

fn read_templates(folder: &Path) -> Result<BTreeMap<String, String>, Trouble> {
    let unreadable = |error: std::io::Error| {
        let words = format!("handback: the templates in {} cannot be read: {}", folder.display(), chain(&error));
        Trouble::new(Exit::Config, words)
    };
    let mut templates = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| path.is_file()) {
            templates.insert(name.to_owned(), fs::read_to_string(&path).map_err(unreadable)?);
        }
    }
    Ok(templates)
}
