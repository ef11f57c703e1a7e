//! `handback hold` and `handback resume`: the brake on all outgoing mail.

use super::{
    args::Global,
    desk::{Desk, by_command},
    exit::{Exit, Trouble},
    print, restored,
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

/// Lets outgoing mail leave again. After a restore the owner has to have `seen` what would leave.
pub(super) fn resume(seen: bool, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let mut desk = Desk::open(global, environment, Opening::Command)?;
    let restored = desk.ledger.view().restored()?;
    if let Some(restored) = &restored {
        let Some(read_back) = &restored.read_back else {
            let words = "handback: this ledger was put back from a backup, and the mailbox was not read since\n  \
                         because: what happened meanwhile is not known yet (`handback run` reads it; nothing leaves)";
            return Err(Trouble::new(Exit::Failed, words));
        };
        if !seen {
            print(&restored::list(&desk, restored, read_back)?)?;
            eprintln!("Nothing has left yet. `handback resume --seen` lets it go.");
            return Ok(Exit::NotWell);
        }
    }
    if restored.is_none() && desk.ledger.view().sending_held()?.is_none() {
        eprintln!("Outgoing mail was not held.");
        return Ok(Exit::Fine);
    }
    desk.write(|tx| {
        tx.end_restore()?;
        Ok(tx.append(&NewEvent { cause: by_command("resume"), fact: Fact::SendingResumed })?)
    })?;
    eprintln!("Outgoing mail leaves again.");
    Ok(Exit::Fine)
}
