//! The mails of one folder: asked for at once, and one by one where that fails.

use super::{
    super::{
        error::MailboxError,
        reading::{Bookmark, PART_BYTES, WINDOW_MAILS},
    },
    Line, State,
    doubts::{Doubts, Suspect},
    fetch,
    folders::{INBOX, search, stay_in},
    session::Session,
    spelling::uid_set,
};
use crate::domain::mail::{Fetched, Window};
use std::collections::{BTreeMap, VecDeque};
use tracing::{info, warn};

/// Mails that may fail alone before a reading ends: so many failures speak of the server, not of mails.
const FAILURES: usize = 3;

/// A folder that is being read.
#[derive(Debug)]
pub(super) struct Open {
    folder: String,
    uid_validity: u32,
    /// Still to read, in order.
    uids: VecDeque<u32>,
    /// Sizes heard so far.
    sizes: BTreeMap<u32, u64>,
    marks: Marks,
}

/// What the windows of a folder say about its bookmark.
#[derive(Debug, Clone, Copy)]
pub(super) enum Marks {
    /// They move it, in the end to `end`.
    Move { end: u32 },
    /// They leave it where it is.
    Stay { at: u32 },
}

/// What became of the mails that were asked for.
#[derive(Debug, Default)]
pub(super) struct Haul {
    answers: BTreeMap<u32, Answer>,
    /// Why not all have an answer.
    stopped: Option<MailboxError>,
}

#[derive(Debug)]
enum Answer {
    Mail(Fetched),
    /// Removed by somebody since it was listed.
    Gone,
    Unreadable,
}

impl Open {
    pub(super) fn new(folder: String, uid_validity: u32, uids: Vec<u32>, marks: Marks) -> Self {
        Self { folder, uid_validity, uids: uids.into(), sizes: BTreeMap::new(), marks }
    }

    /// Whether nothing of the folder is left to read.
    pub(super) fn is_done(&self) -> bool {
        self.uids.is_empty()
    }

    fn suspect(&self, uid: u32) -> Suspect {
        Suspect { folder: self.folder.clone(), uid_validity: self.uid_validity, uid }
    }

    /// Asks for the next mails: all at once, or one by one where the last reading stopped among them.
    pub(super) async fn haul(&mut self, line: &mut Line<'_>, doubts: &mut Doubts) -> Haul {
        let asked: Vec<u32> = self.uids.iter().copied().take(WINDOW_MAILS).collect();
        let mut haul = Haul::default();
        if asked.is_empty() {
            return haul;
        }
        if doubts.about(&self.folder, self.uid_validity, &asked) {
            haul.stopped = self.one_by_one(&asked, line, doubts, &mut haul.answers).await.err();
        } else if let Err(error) = self.enter(line).await {
            haul.stopped = Some(error);
        } else {
            haul.stopped = self.all_at_once(&asked, line, &mut haul.answers).await.err();
            if haul.stopped.is_some() {
                line.hang_up();
                let unanswered = asked.iter().find(|uid| !haul.answers.contains_key(uid));
                unanswered.into_iter().for_each(|uid| doubts.stop_at(self.suspect(*uid)));
            }
        }
        haul
    }

    async fn enter<'a>(&self, line: &'a mut Line<'_>) -> Result<&'a mut Session, MailboxError> {
        let session = line.session().await?;
        let entered = stay_in(session, &self.folder, self.uid_validity).await;
        if let Err(error) = entered {
            line.hang_up();
            return Err(error);
        }
        line.session().await
    }

    /// Sizes first, then as many bodies as a window holds.
    async fn all_at_once(
        &mut self,
        asked: &[u32],
        line: &mut Line<'_>,
        answers: &mut BTreeMap<u32, Answer>,
    ) -> Result<(), MailboxError> {
        let (cap, window_bytes) = (line.shared.settings.size_cap, line.shared.settings.window_bytes);
        let session = line.session().await?;
        let unsized_yet: Vec<u32> = asked.iter().copied().filter(|uid| !self.sizes.contains_key(uid)).collect();
        if !unsized_yet.is_empty() {
            fetch::sizes(session, &unsized_yet, &mut self.sizes).await?;
            let missing = unsized_yet.into_iter().filter(|uid| !self.sizes.contains_key(uid)).collect();
            gone(session, missing, answers).await?;
        }
        let sized = asked.iter().filter_map(|uid| self.sizes.get_key_value(uid)).map(|(uid, size)| (*uid, *size));
        let chosen = fitting(sized, cap, window_bytes);
        let (large, whole): (Vec<_>, Vec<_>) = chosen.iter().copied().partition(|(_, size)| *size > cap);
        let mut bodies = BTreeMap::new();
        let read = read_bodies(session, &whole, &large, &mut bodies).await;
        let missing = chosen.iter().map(|(uid, _)| *uid).filter(|uid| !bodies.contains_key(uid)).collect();
        for (uid, size) in chosen {
            if let Some(raw) = bodies.remove(&uid) {
                answers.insert(uid, Answer::Mail(Fetched { uid, raw, size, partial: size > cap }));
            }
        }
        read?;
        gone(session, missing, answers).await
    }

    async fn one_by_one(
        &self,
        asked: &[u32],
        line: &mut Line<'_>,
        doubts: &mut Doubts,
        answers: &mut BTreeMap<u32, Answer>,
    ) -> Result<(), MailboxError> {
        let (cap, window_bytes) = (line.shared.settings.size_cap, line.shared.settings.window_bytes);
        let mut failed = Vec::new();
        let mut bytes = 0;
        for uid in asked.iter().copied() {
            let session = self.enter(line).await?;
            match alone(session, uid, cap).await {
                Ok(answer) => {
                    if let Answer::Mail(mail) = &answer {
                        bytes += u64::try_from(mail.raw.len()).unwrap_or(u64::MAX);
                    }
                    answers.insert(uid, answer);
                }
                Err(error) => {
                    line.hang_up();
                    failed.push((uid, error));
                }
            }
            if failed.len() == FAILURES || bytes >= window_bytes {
                break;
            }
        }
        let others_read = !answers.is_empty();
        for (uid, error) in failed {
            let suspect = self.suspect(uid);
            if !doubts.failed(&suspect, others_read) {
                doubts.stop_at(suspect);
                return Err(error);
            }
            warn!(mail.uid = uid, %error, "The mail server cannot hand out a mail; it is set aside.");
            answers.insert(uid, Answer::Unreadable);
        }
        Ok(())
    }

    /// Takes the answers up to the first mail that has none, and leaves the rest for later.
    pub(super) fn window(
        &mut self,
        haul: Haul,
        state: &mut State,
        broken: &mut Option<MailboxError>,
    ) -> Result<Window, MailboxError> {
        let Haul { mut answers, stopped } = haul;
        let (mut mails, mut unreadable, mut last) = (Vec::new(), Vec::new(), None);
        while let Some(answer) = self.uids.front().and_then(|uid| answers.remove(uid)) {
            let Some(uid) = self.uids.pop_front() else { break };
            last = Some(uid);
            self.sizes.remove(&uid);
            match answer {
                Answer::Mail(mail) => mails.push(mail),
                Answer::Gone => {}
                Answer::Unreadable => unreadable.push(uid),
            }
            state.doubts.clear(&self.suspect(uid));
        }
        match (stopped, last) {
            (Some(error), None) => return Err(error),
            (stopped, _) => *broken = stopped,
        }
        let to_end = self.uids.is_empty();
        let (upto, read_to_end) = match self.marks {
            Marks::Move { end } => (if to_end { end } else { last.unwrap_or_default() }, to_end),
            Marks::Stay { at } => (at, false),
        };
        if read_to_end && self.folder == INBOX {
            state.inbox_read = Some(Bookmark { uid_validity: self.uid_validity, last_uid: upto });
        }
        if !mails.is_empty() {
            info!(mails = mails.len(), read_to_end, "Read a window of mail.");
        }
        let folder = self.folder.clone();
        Ok(Window { folder, uid_validity: self.uid_validity, mails, unreadable, upto, read_to_end })
    }
}

/// Chooses as many mails as a window holds, at least one.
fn fitting(sized: impl Iterator<Item = (u32, u64)>, cap: u64, window_bytes: u64) -> Vec<(u32, u64)> {
    let mut bytes = 0_u64;
    let mut chosen = Vec::new();
    for (uid, size) in sized {
        bytes = bytes.saturating_add(if size > cap { PART_BYTES } else { size });
        if bytes > window_bytes && !chosen.is_empty() {
            break;
        }
        chosen.push((uid, size));
    }
    chosen
}

async fn read_bodies(
    session: &mut Session,
    whole: &[(u32, u64)],
    large: &[(u32, u64)],
    bodies: &mut BTreeMap<u32, Vec<u8>>,
) -> Result<(), MailboxError> {
    if !whole.is_empty() {
        let uids: Vec<u32> = whole.iter().map(|(uid, _)| *uid).collect();
        let bytes = whole.iter().map(|(_, size)| *size).sum();
        fetch::bodies(session, &uids, None, bytes, bodies).await?;
    }
    for (uid, _) in large {
        fetch::bodies(session, &[*uid], Some(PART_BYTES), PART_BYTES, bodies).await?;
    }
    Ok(())
}

/// Reads one mail by itself.
async fn alone(session: &mut Session, uid: u32, cap: u64) -> Result<Answer, MailboxError> {
    let mut sizes = BTreeMap::new();
    fetch::sizes(session, &[uid], &mut sizes).await?;
    let mut bodies = BTreeMap::new();
    // A server that will not tell the size may still hand out the mail; the allowance keeps it within bounds.
    let size = sizes.get(&uid).copied();
    let part = size.filter(|size| *size > cap).map(|_| PART_BYTES);
    fetch::bodies(session, &[uid], part, part.unwrap_or(cap), &mut bodies).await?;
    if let Some(raw) = bodies.remove(&uid) {
        let size = size.unwrap_or_else(|| u64::try_from(raw.len()).unwrap_or(u64::MAX));
        return Ok(Answer::Mail(Fetched { uid, raw, size, partial: part.is_some() }));
    }
    let mut answers = BTreeMap::new();
    gone(session, vec![uid], &mut answers).await?;
    Ok(Answer::Gone)
}

/// Mails that the server passed over in silence are either gone or the fault of the server: asks which.
///
/// # Errors
///
/// [`MailboxError::Unanswered`] where some are still there.
async fn gone(
    session: &mut Session,
    missing: Vec<u32>,
    answers: &mut BTreeMap<u32, Answer>,
) -> Result<(), MailboxError> {
    if missing.is_empty() {
        return Ok(());
    }
    let still_there = search(session, &format!("UID {}", uid_set(&missing))).await?;
    let asked = missing.len();
    let vanished: Vec<u32> = missing.into_iter().filter(|uid| !still_there.contains(uid)).collect();
    let answered = vanished.len();
    answers.extend(vanished.into_iter().map(|uid| (uid, Answer::Gone)));
    if answered == asked { Ok(()) } else { Err(MailboxError::Unanswered { asked, answered }) }
}
