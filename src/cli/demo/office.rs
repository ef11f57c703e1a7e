//! Whitfield Ceramics: the made-up office of the demo, founded by the same steps as a real one.

use crate::{
    cli::{
        assistant, assistant_file,
        brief::Draft,
        desk::Desk,
        exit::{Exit, Trouble},
        task::{Sending, draft_task},
    },
    config::{self, Environment, key},
    ledger::{Clocking, Ledger, Opening},
};
use chrono::{DateTime, Utc};
use std::path::Path;

const CONFIG: &str = include_str!("config.toml");
const ASSISTANTS: &str = include_str!("assistants.toml");

/// Nora's tasks, in the order in which she writes them; the first becomes HB-1.
const BRIEFS: &[&str] = &[
    include_str!("briefs/1-stockists.md"),
    include_str!("briefs/2-reviews.md"),
    include_str!("briefs/3-invoices.md"),
    include_str!("briefs/4-alt-texts.md"),
    include_str!("briefs/5-courier.md"),
];

/// Makes the ledger and its key in `dir`, with a clock that stands at `now`.
pub(super) fn found(dir: &Path, now: DateTime<Utc>) -> Result<Desk, Trouble> {
    let nothing = Environment::new(dir, []);
    let (config, _) = config::parse("the demo's config", CONFIG, dir, &nothing)
        .map_err(|mistakes| Trouble::from_mistakes(Exit::Config, &mistakes))?;
    drop(Ledger::create(dir, Clocking::Frozen(now))?);
    key::create(dir)?;
    Desk::of_config(config, Opening::Daemon)
}

/// Adds the assistants; a hello to each is planned.
pub(super) fn add_assistants(ledger: &mut Ledger, now: DateTime<Utc>) -> Result<(), Trouble> {
    let (newcomers, _) = assistant_file::from_text("the demo's assistants", ASSISTANTS, |_| None)
        .map_err(|mistakes| Trouble::from_mistakes(Exit::Failed, &mistakes))?;
    ledger.write(now, |tx| {
        for newcomer in &newcomers {
            assistant::add(tx, newcomer, "assistant import", now)?;
        }
        Ok(())
    })
}

/// Writes the five tasks. Each waits for its assistant's answer to the hello.
pub(super) fn hand_over_tasks(ledger: &mut Ledger, now: DateTime<Utc>) -> Result<(), Trouble> {
    let people = ledger.view().people()?;
    for brief in BRIEFS {
        let draft = Draft::from_text("the demo's brief", brief, Path::new(""));
        let (new, _) = draft
            .and_then(|draft| draft.check(&people, now))
            .map_err(|mistakes| Trouble::from_mistakes(Exit::Failed, &mistakes))?;
        ledger.write(now, |tx| draft_task(tx, &new, Sending::AfterHello, now))?;
    }
    Ok(())
}
