//! How a mail would end if it came in now, writing nothing: for `explain`.

use super::{
    Rules,
    circumstances::{Circumstances, Letters},
    correcting::corrections,
    reading::{Opened, open_mail},
    work::{READER, closings_left, people_in_reach, tasks_in_reach},
};
use crate::{
    domain::{id::InboxId, token::TokenKey, understanding::Situation},
    ledger::{InboxRow, LedgerError, MailState, View},
    mailbox::mime,
    policy::filing::{Filing, Office, file},
};
use chrono::{DateTime, Utc};

/// A mail that did not come in, and what would come of it.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    pub opened: Opened,
    /// What the reading rests on; none where nobody on file wrote it.
    pub situation: Option<Situation>,
    pub filing: Filing,
}

/// Plays what would become of the mail `raw`.
///
/// # Errors
/// Where the ledger fails.
pub fn rehearse(
    view: View<'_>,
    raw: &[u8],
    rules: &Rules,
    key: &TokenKey,
    now: DateTime<Utc>,
) -> Result<Rehearsal, LedgerError> {
    let mail = mime::decode(raw);
    let row = InboxRow {
        id: InboxId(0),
        folder: "INBOX".to_owned(),
        uid_validity: 0,
        uid: 0,
        blob: String::new(),
        size: u64::try_from(raw.len()).unwrap_or(u64::MAX),
        partial: false,
        taken_at: now,
        state: MailState::Taken,
        attempts: 0,
        trouble: String::new(),
        message_id: mail.message_id.clone(),
        content_hash: None,
        released_at: None,
    };
    let opened = open_mail(view, &row, mail, rules, key, now)?;
    let sender = opened.received.sender.as_ref();
    let situation = match sender {
        Some(sender) => {
            let letters = Letters::named_by(&opened.mail, Some(sender), view, key)?;
            let found = Circumstances::of(&opened.mail, sender, letters.answered(), view, now)?;
            Some(found.situation().clone())
        }
        None => None,
    };
    let people = people_in_reach(view, sender)?;
    let tasks = tasks_in_reach(view, &opened.received)?;
    let corrections = corrections(view, &opened.reading.commands, key)?;
    let closings_left = closings_left(view, sender, rules, now)?;
    let office = Office { people: &people, tasks: &tasks, closings_left, corrections: &corrections };
    let filing = file(&opened.received, &opened.reading, office, READER, now);
    Ok(Rehearsal { opened, situation, filing })
}
