//! What the owner has to see after a restore, before letters may leave again.

use super::{desk::Desk, exit::Trouble, table::wall};
use crate::{
    domain::{id::PersonId, letter::Fate},
    ledger::{ReadBack, Restored},
};
use chrono_tz::Tz;
use std::fmt::Write as _;

/// The letters that leave once sending is resumed: those that were written, and the news that will make some.
pub(super) fn waiting(desk: &Desk) -> Result<String, Trouble> {
    let view = desk.ledger.view();
    let mut text = String::new();
    for (fate, said) in [(Fate::InDoubt, "in doubt"), (Fate::Waiting, "leaves again"), (Fate::Planned, "leaves")] {
        for row in view.letters_in(fate)? {
            let name = view.person(row.to)?.map_or_else(|| row.to_address.to_string(), |to| to.name().to_owned());
            line(&mut text, said, &format!("to {name}: {}", row.subject));
        }
    }
    for row in view.planned_notices(None)? {
        let key = &row.notice.key;
        let name = view.person(key.person)?.map(|to| to.name().to_owned()).unwrap_or_default();
        let about = key.task.map(|task| format!(" about {task}")).unwrap_or_default();
        line(&mut text, "to be written", &format!("to {name}: {}{about}", key.kind.name().replace('_', " ")));
    }
    Ok(text)
}

/// The whole list, for `handback resume`.
pub(super) fn list(desk: &Desk, restored: &Restored, read_back: &ReadBack) -> Result<String, Trouble> {
    let owner = desk.ledger.view().person(PersonId::OWNER)?;
    let zone = owner.map_or(Tz::UTC, |owner| owner.profile.calendar.zone);
    let mut text = format!(
        "This ledger was put back from a backup of {}. All mail since then was read.\n",
        wall(restored.backup_of, zone)
    );
    if let Some(letter) = restored.of_another() {
        let at = letter.at.map(|at| wall(at, zone)).unwrap_or_default();
        writeln!(
            text,
            "ANOTHER HANDBACK USES THIS MAILBOX: a letter to {} left on {at}, when this one sent none.\n\
             Stop that one first, or everybody gets everything twice.",
            letter.to
        )
        .expect("a String takes everything");
    }
    if !read_back.keeps_sent {
        text.push_str("The mail server keeps no copy of what is sent, so nobody knows what left since then.\n");
    } else if read_back.left.is_empty() {
        text.push_str("No letter in Sent is unknown to it.\n");
    } else {
        text.push_str("These letters left since then, and it knows nothing of them:\n");
        for letter in &read_back.left {
            let at = letter.at.map(|at| wall(at, zone)).unwrap_or_default();
            line(&mut text, &at, &format!("to {}: {}", letter.to, letter.subject));
        }
        text.push_str(
            "Tasks that were added since then have to be added again; replies to those letters are held.\n",
        );
    }
    let waiting = waiting(desk)?;
    if waiting.is_empty() {
        text.push_str("Nothing waits to leave.\n");
    } else {
        text.push_str("These leave when sending is resumed, also where one of them left before:\n");
        text.push_str(&waiting);
    }
    Ok(text)
}

fn line(text: &mut String, what: &str, more: &str) {
    writeln!(text, "  {what:<22} {more}").expect("a String takes everything");
}
