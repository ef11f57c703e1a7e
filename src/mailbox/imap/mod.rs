//! A mailbox on an IMAP server: connected when it is needed, given up at the first doubt, connected again.
//!
//! | file | knows |
//! |---|---|
//! | `guard` | how long a server may be silent and how much it may send |
//! | `session` | commands and answers; only our own tagged OK is believed |
//! | `connect` | from a host name to a session that is logged in |
//! | `spelling` | how names, strings and UIDs are written |
//! | `folders` | which folders there are, choosing one, searching it |
//! | `fetch` | sizes and bodies of mails |
//! | `reader` | windows of mail, one after the other |
//! | `haul` | the mails of one window, at once or one by one |
//! | `doubts` | mails that a server fails to hand out |
//! | `idle` | waiting for news |
//! | `settle` | what becomes of a mail that was taken in; finding our own letters |

mod connect;
mod doubts;
mod fetch;
mod folders;
mod guard;
mod haul;
mod idle;
mod reader;
mod session;
mod settle;
mod spelling;

use self::{doubts::Doubts, reader::Scope, session::Session};
use super::{
    error::MailboxError,
    reading::{Bookmark, Folders, Found, NewMail, Overlap, Waited, Windows},
    settings::{After, ImapSettings},
};
use crate::domain::id::MessageId;
use chrono::NaiveDate;
use rustls::ClientConfig;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::Mutex,
    time::{Instant, sleep_until},
};
use tracing::{debug, info};

/// Lines between us and a server die unseen (mailbox.org, Office 365), so no IDLE is longer than this.
const LONGEST_IDLE: Duration = Duration::from_secs(9 * 60);

/// A mailbox on an IMAP server. Clones share one connection, and take turns on it.
#[derive(Debug, Clone)]
pub struct ImapMailbox {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    settings: ImapSettings,
    /// None where the server is on this machine and goes without.
    tls: Option<Arc<ClientConfig>>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Taken out while it is in use and put back once all went well: after an error, and after a call that was
    /// cancelled half-way, there is none, and the next call connects anew.
    session: Option<Session>,
    doubts: Doubts,
    /// How far the inbox was read to its end.
    inbox_read: Option<Bookmark>,
    /// The server offers IDLE and then refuses it.
    idle_refused: bool,
}

/// The connection while a call works on it.
#[derive(Debug)]
struct Line<'a> {
    shared: &'a Shared,
    session: Option<Session>,
}

impl Line<'_> {
    /// The session there is, or a new one.
    async fn session(&mut self) -> Result<&mut Session, MailboxError> {
        let session = match self.session.take() {
            Some(session) => session,
            None => connect::connect(&self.shared.settings, self.shared.tls.as_ref()).await?,
        };
        Ok(self.session.insert(session))
    }

    fn hang_up(&mut self) {
        self.session = None;
    }
}

impl ImapMailbox {
    /// Checks the settings; connects to nothing yet.
    ///
    /// # Errors
    ///
    /// Where the CA file cannot be read, or TLS is off for a host that is not this machine.
    pub fn new(settings: ImapSettings) -> Result<Self, MailboxError> {
        let tls = connect::tls_config(&settings)?;
        Ok(Self { shared: Arc::new(Shared { settings, tls, state: Mutex::default() }) })
    }

    /// Lists the folders that concern us; at the same time the smallest proof that the mailbox can be used.
    pub async fn folders(&self) -> Result<Folders, MailboxError> {
        let mut state = self.shared.state.lock().await;
        let mut line = self.line(&mut state);
        let folders = folders::folders(line.session().await?).await?;
        state.session = line.session;
        Ok(folders)
    }

    /// Reads the mail behind the bookmarks, the inbox first. Each folder ends with a window that says so, even
    /// where there is no mail in it.
    pub fn read(&self, asked: NewMail) -> Windows {
        reader::spawn(self.clone(), Scope::New(asked))
    }

    /// Reads all mails of `folder` that arrived on `since` or later.
    pub fn read_since(&self, folder: &str, since: NaiveDate) -> Windows {
        reader::spawn(self.clone(), Scope::Since { folder: folder.to_owned(), since })
    }

    /// Reads the mails that turned up below a bookmark. Their windows leave the bookmark where it is.
    pub fn read_late(&self, overlap: Overlap) -> Windows {
        reader::spawn(self.clone(), Scope::Overlap(overlap))
    }

    /// Waits until the inbox grows, or for `at_most`; less where an IDLE ends earlier. Other calls have to wait
    /// meanwhile. It may be cancelled, which costs the connection.
    pub async fn wait(&self, at_most: Duration) -> Result<Waited, MailboxError> {
        let until = Instant::now() + at_most;
        if self.shared.settings.idle
            && let Some(waited) = self.listen(at_most).await?
        {
            return Ok(waited);
        }
        sleep_until(until).await;
        Ok(Waited::TimeUp)
    }

    /// Waits with IDLE; none where the server will not have it.
    async fn listen(&self, at_most: Duration) -> Result<Option<Waited>, MailboxError> {
        let mut state = self.shared.state.lock().await;
        if state.idle_refused {
            return Ok(None);
        }
        let mut line = self.line(&mut state);
        let session = line.session().await?;
        if !session.can("IDLE") {
            state.session = line.session;
            return Ok(None);
        }
        let waited = if has_grown(session, state.inbox_read).await? {
            Waited::News
        } else {
            let at_most = at_most.min(self.shared.settings.idle_at_most).min(LONGEST_IDLE);
            match idle::idle(session, at_most).await {
                Ok(waited) => waited,
                Err(MailboxError::Refused { .. }) => {
                    info!("The mail server offers IDLE and refuses it; handback looks for mail by time instead.");
                    state.idle_refused = true;
                    return Ok(None);
                }
                Err(lost) => return Err(lost),
            }
        };
        state.session = line.session;
        Ok(Some(waited))
    }

    /// Looks for a letter of ours by its Message-ID: in the folder for sent mail, then in our own inbox.
    pub async fn find(&self, id: &MessageId) -> Result<Found, MailboxError> {
        let mut state = self.shared.state.lock().await;
        let mut line = self.line(&mut state);
        let session = line.session().await?;
        let folders = folders::folders(session).await?;
        let found = settle::find(session, &folders, id).await?;
        state.session = line.session;
        Ok(found)
    }

    /// Does with mails that the ledger has as the settings say. Where the folder was made anew since, the UIDs
    /// name other mails, and nothing is done.
    pub async fn settle(&self, folder: &str, uid_validity: u32, uids: &[u32]) -> Result<(), MailboxError> {
        let mut uids = uids.to_vec();
        uids.sort_unstable();
        let mut state = self.shared.state.lock().await;
        let mut line = self.line(&mut state);
        let after = &self.shared.settings.after;
        match settle::settle(line.session().await?, folder, uid_validity, &uids, after).await {
            Ok(()) => state.session = line.session,
            Err(MailboxError::FolderRenewed { .. }) => {
                info!("A folder was made anew before its mails were tidied up; they are left alone.");
                state.session = line.session;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// The folder that mails are moved into once the ledger has them, as the server spells it.
    pub fn puts_away_into(&self) -> Option<String> {
        match &self.shared.settings.after {
            After::Move(folder) => Some(spelling::folder_name(folder)),
            After::Keep | After::Seen => None,
        }
    }

    /// Says goodbye to the server, where there is a connection.
    pub async fn close(&self) {
        let session = self.shared.state.lock().await.session.take();
        if let Some(mut session) = session
            && let Err(error) = session.send_tagged("log out", "LOGOUT").await
        {
            debug!(%error, "The mail server was gone before we took our leave.");
        }
    }

    fn line(&self, state: &mut State) -> Line<'_> {
        Line { shared: &self.shared, session: state.session.take() }
    }
}

/// Selects the inbox and says whether there is mail in it that was not read.
///
/// Mail that came while another folder was selected is announced to nobody, so IDLE alone would miss it.
async fn has_grown(session: &mut Session, read: Option<Bookmark>) -> Result<bool, MailboxError> {
    let uid_validity = match &session.selected {
        Some(selected) if selected.folder == folders::INBOX => selected.uid_validity,
        Some(_) | None => folders::select(session, folders::INBOX).await?,
    };
    if let Some(read) = read
        && (read.uid_validity != uid_validity || !folders::search_above(session, read.last_uid).await?.is_empty())
    {
        return Ok(true);
    }
    Ok(session.selected.as_ref().is_some_and(|selected| selected.grown))
}
