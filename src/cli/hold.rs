//! `handback hold` and `handback resume`: the brake on all outgoing mail.

use super::{
    args::Global,
    desk::{Desk, by_command},
    exit::{Exit, Trouble},
};
use crate::{
    config::Environment,
    domain::event::{Fact, NewEvent},
    ledger::Opening,
};

/// Stops all outgoing mail. Saying it twice changes nothing.
pub(super) fn hold(why: Option<&str>, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let mut desk = Desk::open(global, environment, Opening::Command)?;
    if let Some(brake) = desk.ledger.view().sending_held()?.filter(|brake| !brake.by_itself) {
        eprintln!("Outgoing mail is held already: {}.", brake.why);
        return Ok(Exit::Fine);
    }
    let fact = Fact::SendingHeld { why: why.unwrap_or("held by command").to_owned(), by_brake: false };
    desk.write(|tx| Ok(tx.append(&NewEvent { cause: by_command("hold"), fact })?))?;
    eprintln!("All outgoing mail is held. Mail is still read. `handback resume` lets it go.");
    Ok(Exit::Fine)
}

/// Lets outgoing mail leave again.
pub(super) fn resume(global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let mut desk = Desk::open(global, environment, Opening::Command)?;
    if desk.ledger.view().sending_held()?.is_none() {
        eprintln!("Outgoing mail was not held.");
        return Ok(Exit::Fine);
    }
    desk.write(|tx| Ok(tx.append(&NewEvent { cause: by_command("resume"), fact: Fact::SendingResumed })?))?;
    eprintln!("Outgoing mail leaves again.");
    Ok(Exit::Fine)
}
