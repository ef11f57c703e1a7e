//! What the tests read with: a mailbox on the scripted server, and a ledger that takes its windows in.

use crate::fake_imap::{Fake, Then};
use chrono::NaiveDate;
use handback::{
    domain::mail::Window,
    mailbox::{Bookmark, Deadlines, ImapMailbox, ImapSettings, MailboxError, NewMail, Start, Tls},
};
use std::{collections::BTreeMap, time::Duration};

pub(crate) const MAILS: [&str; 3] = [
    "Subject: one\r\n\r\nThe invoices are done.\r\n",
    "Subject: two\r\n\r\nWhich folder do you want them in?\r\n",
    "Subject: three\r\n\r\nok\r\n",
];

pub(crate) const BODIES: &str = "UID FETCH 1:3 (UID BODY.PEEK[])";

/// The first mail as the server sends it.
pub(crate) const FIRST: &str = "* 1 FETCH (UID 1 BODY[] {40}\r\nSubject: one\r\n\r\nThe invoices are done.\r\n)\r\n";

/// The first mail, cut off within its text.
pub(crate) fn half_a_mail() -> &'static str {
    FIRST.get(..50).expect("it is longer")
}

/// Patient enough for a busy machine.
pub(crate) const PATIENT: Duration = Duration::from_secs(10);

/// For servers that fall silent.
pub(crate) const HURRIED: Duration = Duration::from_millis(300);

pub(crate) fn settings(fake: &Fake, deadline: Duration) -> ImapSettings {
    ImapSettings {
        port: fake.port,
        tls: Tls::None,
        deadlines: Deadlines { connect: deadline, answer: deadline, done: deadline },
        ..ImapSettings::new("127.0.0.1", "desk@example.test", "s3cret".into())
    }
}

pub(crate) fn mailbox(fake: &Fake) -> ImapMailbox {
    ImapMailbox::new(settings(fake, PATIENT)).expect("the settings are sound")
}

/// A mailbox that waits no longer than this fault calls for.
pub(crate) fn mailbox_for(fake: &Fake, then: Then) -> ImapMailbox {
    let deadline = if then == Then::Stall { HURRIED } else { PATIENT };
    ImapMailbox::new(settings(fake, deadline)).expect("the settings are sound")
}

/// Takes windows in as the ledger does: mails and bookmark together.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) bookmarks: BTreeMap<String, Bookmark>,
    pub(crate) mails: BTreeMap<(String, u32, u32), Vec<u8>>,
    pub(crate) parked: Vec<u32>,
    pub(crate) windows: Vec<Window>,
}

impl Ledger {
    pub(crate) async fn take_in(&mut self, mailbox: &ImapMailbox) -> Result<(), MailboxError> {
        self.take_in_from(mailbox, Start::Since(NaiveDate::MIN)).await
    }

    pub(crate) async fn take_in_from(&mut self, mailbox: &ImapMailbox, first: Start) -> Result<(), MailboxError> {
        let again_since = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a date");
        let mut windows = mailbox.read(NewMail { bookmarks: self.bookmarks.clone(), first, again_since });
        while let Some(window) = windows.next().await? {
            let Window { folder, uid_validity, mails, unreadable, upto, .. } = window.clone();
            for mail in mails {
                let twice = self.mails.insert((folder.clone(), uid_validity, mail.uid), mail.raw);
                assert_eq!(twice, None, "a mail below the bookmark came again");
            }
            self.parked.extend(unreadable);
            self.bookmarks.insert(folder, Bookmark { uid_validity, last_uid: upto });
            self.windows.push(window);
        }
        Ok(())
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        self.mails.values().map(|raw| String::from_utf8_lossy(raw).into_owned()).collect()
    }

    pub(crate) fn was_read_to_end(&self) -> bool {
        self.windows.last().is_some_and(|window| window.read_to_end)
    }
}
