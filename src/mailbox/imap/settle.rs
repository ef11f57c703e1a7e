//! What becomes of mails in the mailbox once the ledger has them, and finding our own letters again.

use super::{
    super::{
        error::MailboxError,
        reading::{Folders, Found},
        settings::After,
    },
    folders::{INBOX, search, select, stay_in},
    session::Session,
    spelling::{folder_name, quoted, uid_set},
};
use crate::domain::id::MessageId;

/// UIDs in one command; servers bound the length of a line.
const UIDS_AT_ONCE: usize = 200;

const DOING: &str = "tidy up after a mail";

/// Does with `uids` of `folder` as `after` says. `uids` must be sorted.
pub(super) async fn settle(
    session: &mut Session,
    folder: &str,
    uid_validity: u32,
    uids: &[u32],
    after: &After,
) -> Result<(), MailboxError> {
    if uids.is_empty() || *after == After::Keep {
        return Ok(());
    }
    stay_in(session, folder, uid_validity).await?;
    for some in uids.chunks(UIDS_AT_ONCE) {
        let set = uid_set(some);
        match after {
            After::Keep => {}
            After::Seen => say(session, &format!("UID STORE {set} +FLAGS.SILENT (\\Seen)")).await?,
            After::Move(target) => move_to(session, &set, &quoted(&folder_name(target))?).await?,
        }
    }
    Ok(())
}

/// Moves `set` to `target`, and makes that folder where it is missing.
async fn move_to(session: &mut Session, set: &str, target: &str) -> Result<(), MailboxError> {
    match move_at_once(session, set, target).await {
        Err(MailboxError::Refused { folder_missing: true, .. }) => {
            say(session, &format!("CREATE {target}")).await?;
            move_at_once(session, set, target).await
        }
        moved => moved,
    }
}

/// Moves by MOVE (RFC 6851), else by copy and deletion. Without UIDPLUS the original is only marked as deleted:
/// a plain EXPUNGE would take away what others have marked.
async fn move_at_once(session: &mut Session, set: &str, target: &str) -> Result<(), MailboxError> {
    if session.can("MOVE") {
        return say(session, &format!("UID MOVE {set} {target}")).await;
    }
    say(session, &format!("UID COPY {set} {target}")).await?;
    say(session, &format!("UID STORE {set} +FLAGS.SILENT (\\Deleted)")).await?;
    if session.can("UIDPLUS") {
        say(session, &format!("UID EXPUNGE {set}")).await?;
    }
    Ok(())
}

async fn say(session: &mut Session, command: &str) -> Result<(), MailboxError> {
    session.command(DOING, command, &mut |_| {}).await
}

/// Looks for a letter of ours: among sent mail, then in our own inbox.
pub(super) async fn find(session: &mut Session, folders: &Folders, id: &MessageId) -> Result<Found, MailboxError> {
    let criteria = format!("HEADER Message-ID {}", quoted(&id.to_string())?);
    let places = [(folders.sent.as_deref(), Found::InSent), (Some(INBOX), Found::InInbox)];
    for (folder, found) in places {
        let Some(folder) = folder else { continue };
        select(session, folder).await?;
        if !search(session, &criteria).await?.is_empty() {
            return Ok(found);
        }
    }
    Ok(Found::Nowhere)
}
