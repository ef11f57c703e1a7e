//! Mails that a server fails to hand out, and when to stop asking for them.
//!
//! A mail can break each session that fetches it: the server's own index is damaged, or its line cannot be
//! parsed. A window that failed is read one by one; a mail that fails alone again and again is parked, and
//! reading goes on behind it.

use std::collections::HashMap;

/// Failures alone that park a mail while others of its window can be read.
const STRIKES: u8 = 3;

/// Failures alone that park a mail while nothing at all can be read, when the server itself may be ill.
const STRIKES_WHEN_ALL_FAIL: u8 = 6;

/// One mail of one folder, as long as the folder keeps its UIDVALIDITY.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Suspect {
    pub(super) folder: String,
    pub(super) uid_validity: u32,
    pub(super) uid: u32,
}

#[derive(Debug, Default)]
pub(super) struct Doubts {
    /// Where the last window stopped. The window that holds it is read one by one.
    stopped_at: Option<Suspect>,
    strikes: HashMap<Suspect, u8>,
}

impl Doubts {
    /// A window could not be read beyond `suspect`.
    pub(super) fn stop_at(&mut self, suspect: Suspect) {
        self.stopped_at = Some(suspect);
    }

    /// Whether the last reading stopped at one of these mails.
    pub(super) fn about(&self, folder: &str, uid_validity: u32, uids: &[u32]) -> bool {
        self.stopped_at.as_ref().is_some_and(|stopped| {
            stopped.folder == folder && stopped.uid_validity == uid_validity && uids.contains(&stopped.uid)
        })
    }

    /// `suspect` was read, or is gone.
    pub(super) fn clear(&mut self, suspect: &Suspect) {
        self.strikes.remove(suspect);
        if self.stopped_at.as_ref() == Some(suspect) {
            self.stopped_at = None;
        }
    }

    /// `suspect` failed alone. Returns whether to park it; `others_read` says that other mails could be read.
    pub(super) fn failed(&mut self, suspect: &Suspect, others_read: bool) -> bool {
        let strikes = self.strikes.entry(suspect.clone()).or_default();
        *strikes = strikes.saturating_add(1);
        *strikes >= if others_read { STRIKES } else { STRIKES_WHEN_ALL_FAIL }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suspect(uid: u32) -> Suspect {
        Suspect { folder: "INBOX".into(), uid_validity: 7, uid }
    }

    #[test]
    fn a_mail_is_parked_when_it_fails_a_third_time_beside_good_ones() {
        let mut doubts = Doubts::default();
        let parked: Vec<bool> = (0..3).map(|_| doubts.failed(&suspect(4), true)).collect();
        assert_eq!(parked, [false, false, true]);
    }

    #[test]
    fn when_nothing_can_be_read_the_server_gets_more_time() {
        let mut doubts = Doubts::default();
        let parked: Vec<bool> = (0..6).map(|_| doubts.failed(&suspect(4), false)).collect();
        assert_eq!(parked, [false, false, false, false, false, true]);
    }

    #[test]
    fn a_mail_that_was_read_after_all_starts_anew() {
        let mut doubts = Doubts::default();
        doubts.stop_at(suspect(4));
        assert!(doubts.about("INBOX", 7, &[3, 4]));
        assert!(!doubts.about("INBOX", 8, &[3, 4]), "another folder of that name");
        doubts.failed(&suspect(4), true);
        doubts.failed(&suspect(4), true);
        doubts.clear(&suspect(4));
        assert!(!doubts.about("INBOX", 7, &[3, 4]));
        assert!(!doubts.failed(&suspect(4), true));
    }
}
