//! `handback ledger`: verify, rebuild.

use super::{
    args::{Global, LedgerCommand},
    desk::Desk,
    exit::{Exit, Trouble},
    print,
};
use crate::{
    config::Environment,
    ledger::{Opening, Verdict},
};
use serde_json::json;

/// Does what `handback ledger …` says.
pub(super) fn run(command: &LedgerCommand, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    match command {
        LedgerCommand::Verify { head } => verify(head.as_deref(), global, environment),
        LedgerCommand::Rebuild => rebuild(global, environment),
    }
}

fn verify(head: Option<&str>, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let mut desk = Desk::open(global, environment, Opening::Command)?;
    let verdict = desk.ledger.verify(head)?;
    let (sound, words) = in_words(&verdict);
    if global.json {
        let head = desk.ledger.view().head()?;
        let value = json!({
            "schema": 1, "sound": sound, "entries": head.count, "head": head.to_string(), "verdict": words,
        });
        print(&format!("{value}\n"))?;
    } else {
        print(&format!("{words}\n"))?;
    }
    Ok(if sound { Exit::Fine } else { Exit::NotWell })
}

/// Whether all is sound, and a sentence for people.
fn in_words(verdict: &Verdict) -> (bool, String) {
    match verdict {
        Verdict::Sound { head, witnessed, erased } => {
            let mut words = format!("The ledger is sound: {} events, head {head}.", head.count);
            if let Some(event) = witnessed {
                words.push_str(&format!(" The head you named is event {event}."));
            }
            if *erased > 0 {
                words.push_str(&format!(" {erased} texts were erased."));
            }
            (true, words)
        }
        Verdict::FileDamaged { what } => (false, format!("The file is damaged: {what}. Put a backup in its place.")),
        Verdict::Broken { event, why } => (false, format!("Event {event} is not as it was written: {why}.")),
        Verdict::HeadUnknown { head } => {
            (false, format!("No event has the head {head}: the past was rewritten, or this is another ledger."))
        }
        Verdict::TablesDiffer { what } => (
            false,
            format!("The events are sound, but the tables differ: {what}. `handback ledger rebuild` mends it."),
        ),
    }
}

fn rebuild(global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let mut desk = Desk::open(global, environment, Opening::Command)?;
    desk.ledger.rebuild()?;
    let head = desk.ledger.view().head()?;
    eprintln!("Rebuilt people, tasks and letters from {} events.", head.count);
    Ok(Exit::Fine)
}
