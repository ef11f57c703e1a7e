//! Windows of mail, one after the other, the next being read while the last is worked on.

use super::{
    super::{
        error::MailboxError,
        reading::{Bookmark, Item, NewMail, Overlap, Start, Windows},
    },
    ImapMailbox, Line,
    folders::{INBOX, folders, search, search_above, select},
    haul::{Marks, Open},
    session::Session,
};
use crate::domain::mail::Window;
use chrono::NaiveDate;
use std::collections::VecDeque;
use tokio::sync::mpsc;
use tracing::warn;

/// What to read.
#[derive(Debug)]
pub(super) enum Scope {
    New(NewMail),
    Since { folder: String, since: NaiveDate },
    Overlap(Overlap),
}

/// Begins to read in the background.
pub(super) fn spawn(mailbox: ImapMailbox, scope: Scope) -> Windows {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(read(Reader { mailbox, scope, todo: None, open: None, broken: None }, sender));
    Windows::reading(receiver)
}

async fn read(mut reader: Reader, sender: mpsc::Sender<Item>) {
    // A place first, then the window: at no time is more than one waiting to be worked on.
    while let Ok(place) = sender.reserve().await {
        let (item, goes_on) = match reader.next().await {
            Ok(Some(window)) => (Item::Window(window), true),
            Ok(None) => (Item::End, false),
            Err(error) => (Item::Broken(error), false),
        };
        place.send(item);
        if !goes_on {
            return;
        }
    }
}

#[derive(Debug)]
struct Reader {
    mailbox: ImapMailbox,
    scope: Scope,
    /// Folders still to read; none before they were listed.
    todo: Option<VecDeque<String>>,
    open: Option<Open>,
    /// What stopped the reading behind the window that was given out last.
    broken: Option<MailboxError>,
}

impl Reader {
    async fn next(&mut self) -> Result<Option<Window>, MailboxError> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        let shared = self.mailbox.shared.clone();
        let mut state = shared.state.lock().await;
        let mut line = Line { shared: &shared, session: state.session.take() };
        if self.open.is_none() {
            self.open = self.open_next(line.session().await?).await?;
        }
        let Some(mut open) = self.open.take() else {
            state.session = line.session;
            return Ok(None);
        };
        let haul = open.haul(&mut line, &mut state.doubts).await;
        state.session = line.session;
        let window = open.window(haul, &mut state, &mut self.broken)?;
        if !open.is_done() {
            self.open = Some(open);
        }
        Ok(Some(window))
    }

    async fn open_next(&mut self, session: &mut Session) -> Result<Option<Open>, MailboxError> {
        if self.todo.is_none() {
            self.todo = Some(self.folders(session).await?);
        }
        while let Some(folder) = self.todo.as_mut().and_then(VecDeque::pop_front) {
            match select(session, &folder).await {
                Ok(uid_validity) => {
                    let (uids, marks) = self.listed(session, &folder, uid_validity).await?;
                    return Ok(Some(Open::new(folder, uid_validity, uids, marks)));
                }
                // A junk folder behind an access list must not keep us from the inbox.
                Err(error @ MailboxError::Refused { .. })
                    if matches!(self.scope, Scope::New(_)) && folder != INBOX =>
                {
                    warn!(%error, "The junk folder cannot be read; the inbox is.");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    async fn listed(
        &self,
        session: &mut Session,
        folder: &str,
        uid_validity: u32,
    ) -> Result<(Vec<u32>, Marks), MailboxError> {
        match &self.scope {
            Scope::New(asked) => new_mail(session, asked, folder, uid_validity).await,
            Scope::Since { since, .. } => mail_since(session, *since).await,
            Scope::Overlap(overlap) => late_mail(session, overlap, uid_validity).await,
        }
    }

    async fn folders(&self, session: &mut Session) -> Result<VecDeque<String>, MailboxError> {
        match &self.scope {
            Scope::New(_) => Ok(folders(session).await?.read.into()),
            Scope::Since { folder, .. } | Scope::Overlap(Overlap { folder, .. }) => Ok([folder.clone()].into()),
        }
    }
}

async fn new_mail(
    session: &mut Session,
    asked: &NewMail,
    folder: &str,
    uid_validity: u32,
) -> Result<(Vec<u32>, Marks), MailboxError> {
    match asked.bookmarks.get(folder) {
        Some(Bookmark { uid_validity: then, last_uid }) if *then == uid_validity => {
            let uids = search_above(session, *last_uid).await?;
            let end = uids.last().copied().unwrap_or(*last_uid);
            Ok((uids, Marks::Move { end }))
        }
        Some(_) => {
            warn!(since = %asked.again_since, "The mail server renumbered a folder; its last days are read again.");
            mail_since(session, asked.again_since).await
        }
        None if !asked.bookmarks.is_empty() => mail_since(session, asked.again_since).await,
        None => match asked.first {
            Start::AtEnd => Ok((Vec::new(), Marks::Move { end: highest_uid(session).await? })),
            Start::Since(since) => mail_since(session, since).await,
        },
    }
}

async fn mail_since(session: &mut Session, since: NaiveDate) -> Result<(Vec<u32>, Marks), MailboxError> {
    // The end comes first: mail that arrives between the two searches then lies behind it, and is read next time
    // or now, but not skipped.
    let end = highest_uid(session).await?;
    let uids = search(session, &since_day(since)).await?;
    let end = uids.last().copied().unwrap_or_default().max(end);
    Ok((uids, Marks::Move { end }))
}

async fn late_mail(
    session: &mut Session,
    overlap: &Overlap,
    uid_validity: u32,
) -> Result<(Vec<u32>, Marks), MailboxError> {
    let Bookmark { uid_validity: then, last_uid } = overlap.bookmark;
    if then != uid_validity {
        return Err(MailboxError::FolderRenewed { folder: overlap.folder.clone() });
    }
    let mut uids = search(session, &since_day(overlap.since)).await?;
    uids.retain(|uid| *uid > overlap.above && *uid <= last_uid && !overlap.known.contains(uid));
    Ok((uids, Marks::Stay { at: last_uid }))
}

fn since_day(day: NaiveDate) -> String {
    format!("SINCE {}", day.format("%-d-%b-%Y"))
}

/// The highest UID in use; UIDNEXT would tell, but some servers (Courier) do not give it. Courier finds nothing under
/// `*` alone either, and taken for an empty folder it would have its whole past read as new mail.
async fn highest_uid(session: &mut Session) -> Result<u32, MailboxError> {
    let mut found = search(session, "UID *").await?;
    if found.is_empty() {
        found = search(session, "UID 1:*").await?;
    }
    Ok(found.last().copied().unwrap_or_default())
}
