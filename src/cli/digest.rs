//! `handback digest`: the owner's page of the day, to look at or to send now.

use super::{
    args::{DigestArgs, Global},
    desk::Desk,
    exit::{Exit, Trouble},
    print,
};
use crate::{
    config::Environment,
    daemon::preview_digest,
    domain::{
        id::PersonId,
        notice::{Notice, NoticeKey, NoticeKind, Slot},
    },
    ledger::Opening,
};
use std::fs;

/// Does what `handback digest` says.
pub(super) fn run(args: &DigestArgs, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    if args.send {
        return send(&mut Desk::open(global, environment, Opening::Command)?);
    }
    let desk = Desk::open(global, environment, Opening::ReadOnly)?;
    let letter = preview_digest(desk.ledger.view(), &desk.rules, &desk.templates()?, desk.now)
        .map_err(|error| Trouble::from_error(Exit::Failed, &error))?;
    match &args.html {
        None => print(&format!("{}\n\n{}", letter.subject, letter.text))?,
        Some(path) => {
            fs::write(path, &letter.html).map_err(|error| {
                Trouble::new(Exit::Failed, format!("handback: could not write {}: {error}", path.display()))
            })?;
            eprintln!("Wrote {}", path.display());
        }
    }
    Ok(Exit::Fine)
}

/// Plans a digest beside the day's own; the daemon sends it in its next round.
fn send(desk: &mut Desk) -> Result<Exit, Trouble> {
    let count = desk.ledger.view().head()?.count;
    let slot = Slot::Count(u32::try_from(count).unwrap_or(u32::MAX));
    let key = NoticeKey { task: None, kind: NoticeKind::Digest, person: PersonId::OWNER, slot };
    let notice = Notice { key, words: None, mail: None, not_before: desk.now, drop_after: None };
    desk.write(|tx| Ok(tx.plan(&notice)?))?;
    eprintln!("The digest leaves in the daemon's next round.");
    Ok(Exit::Fine)
}
