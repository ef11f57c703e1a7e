//! What an office ended up with, and how that differs from what it should have: lost, doubled, repeated, given up.

use crate::support::premises::Office;
use handback::{
    domain::{
        event::{Cause, Fact},
        id::MessageId,
        letter::Fate,
    },
    ledger::{Events, MailFilter, MailState, NoticeState, Opening, Verdict},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// What an office ended up with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    /// By the UID in the mailbox: how each mail ended, and the names of the facts it led to.
    mails: BTreeMap<u32, (String, Vec<String>)>,
    /// By key, dates left out: the Message-ID of the letter each notice became, or none where it was dropped.
    notices: BTreeMap<String, Option<String>>,
    given_up: BTreeSet<String>,
    /// UIDs of mails that were being read at three kills: held for the owner, who can let them go on.
    set_aside: BTreeSet<u32>,
    /// How often the mail server took each Message-ID.
    taken: BTreeMap<String, usize>,
    /// Message-IDs that the mail server took and the ledger knows nothing of, and what else must never be.
    wrong: Vec<String>,
    unfinished: Vec<String>,
}

/// The difference that kills made.
#[derive(Debug, Clone, Default)]
pub(crate) struct Account {
    pub(crate) runs: usize,
    pub(crate) kills: usize,
    pub(crate) mails: usize,
    pub(crate) letters: usize,
    pub(crate) lost: Vec<String>,
    pub(crate) doubled: Vec<String>,
    /// Letters that left twice under one Message-ID: mail programs show them once.
    pub(crate) repeated: usize,
    /// At most once: reminders and digests that were in doubt and not found.
    pub(crate) given_up: usize,
    /// Mails held for the owner because three kills fell into their reading.
    pub(crate) set_aside: usize,
}

impl Account {
    pub(crate) fn add(&mut self, other: Self) {
        self.runs += other.runs;
        self.kills += other.kills;
        self.mails += other.mails;
        self.letters += other.letters;
        self.lost.extend(other.lost);
        self.doubled.extend(other.doubled);
        self.repeated += other.repeated;
        self.given_up += other.given_up;
        self.set_aside += other.set_aside;
    }

    #[track_caller]
    pub(crate) fn assert_nothing_lost_nothing_doubled(&self) {
        assert!(self.lost.is_empty() && self.doubled.is_empty(), "{self}\n{:#?}\n{:#?}", self.lost, self.doubled);
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { runs, kills, mails, letters, lost, doubled, repeated, given_up, set_aside } = self;
        write!(
            f,
            "{runs} runs, {kills} kills, {mails} mails in, {letters} letters out: lost {}, doubled {}, \
             repeated under the same Message-ID {repeated}, reminders and digests given up in doubt {given_up}, \
             mails held for the owner because three kills fell into their reading {set_aside}",
            lost.len(),
            doubled.len()
        )
    }
}

impl Outcome {
    /// Looks at the ledger of `office`, and at the Message-IDs that the mail server took from it.
    pub(crate) fn of(office: &Office, taken: &[String]) -> Self {
        let mut outcome = Self::default();
        for id in taken {
            *outcome.taken.entry(id.clone()).or_default() += 1;
        }
        let mut ledger = office.ledger(Opening::Command);
        let verdict = ledger.verify(None).unwrap();
        if !matches!(verdict, Verdict::Sound { .. }) {
            outcome.wrong.push(format!("the ledger is not sound: {verdict:?}"));
        }
        let view = ledger.view();
        let mut facts: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        for event in view.events(Events::All).unwrap() {
            if let Cause::Mail { inbox, .. } = event.cause {
                facts.entry(inbox.0).or_default().push(name_of(&event.fact));
            }
        }
        for mail in view.mails(&MailFilter::default()).unwrap() {
            let MailState::Done(end) = &mail.state else {
                outcome.unfinished.push(format!("mail with UID {}", mail.uid));
                continue;
            };
            if end.why.contains("reading it ended the program") {
                outcome.set_aside.insert(mail.uid);
            }
            let ended = (format!("{}: {}", end.outcome, end.why), facts.remove(&mail.id.0).unwrap_or_default());
            if outcome.mails.insert(mail.uid, ended).is_some() {
                outcome.wrong.push(format!("the mail with UID {} is there twice", mail.uid));
            }
        }
        for task in view.tasks().unwrap() {
            outcome.take_notices(view.notices_of(task.id).unwrap(), &view);
        }
        for letter in view.letters_to(handback::domain::id::PersonId::OWNER, chrono::DateTime::UNIX_EPOCH).unwrap() {
            outcome.take_notices(view.notices_in(letter.id).unwrap(), &view);
        }
        for id in outcome.taken.keys() {
            if view.letter_by_message_id(&MessageId(id.clone())).unwrap().is_none() {
                outcome.wrong.push(format!("the mail server took {id}, of which the ledger knows nothing"));
            }
        }
        outcome
    }

    fn take_notices(&mut self, notices: Vec<handback::ledger::NoticeRow>, view: &handback::ledger::View<'_>) {
        for row in notices {
            let key = without_dates(&row.notice.key.to_string());
            let letter = match row.state {
                NoticeState::Planned => {
                    self.unfinished.push(format!("notice {key}"));
                    continue;
                }
                NoticeState::Dropped { .. } => None,
                NoticeState::Used { letter, .. } => {
                    let record = view.letter(letter).unwrap().unwrap();
                    match record.fate {
                        Fate::Sent => {}
                        Fate::GivenUp => drop(self.given_up.insert(record.message_id.0.clone())),
                        Fate::Planned | Fate::Sending | Fate::InDoubt | Fate::Waiting | Fate::Refused => {
                            self.unfinished.push(format!("letter {letter}, {:?}", record.fate));
                        }
                    }
                    Some(record.message_id.0)
                }
            };
            self.notices.insert(key, letter);
        }
    }

    /// Compares with what `calm`, a run without kills, ended up with. Letters that left before count for neither.
    pub(crate) fn account(&self, calm: &Self, earlier: &BTreeSet<String>) -> Account {
        let mut account = Account {
            runs: 1,
            kills: 0,
            mails: self.mails.len(),
            letters: self.taken.len(),
            lost: self.unfinished.clone(),
            doubled: self.wrong.clone(),
            repeated: self.taken.values().map(|times| times - 1).sum(),
            given_up: self.given_up.len(),
            set_aside: self.set_aside.len(),
        };
        for (uid, ended) in calm.mails.iter().filter(|(uid, _)| !self.set_aside.contains(uid)) {
            match self.mails.get(uid) {
                Some(same) if same == ended => {}
                Some(other) => account.doubled.push(format!("mail {uid} led to {other:?} instead of {ended:?}")),
                None => account.lost.push(format!("mail {uid}")),
            }
        }
        // The rows of one folder have the numbers of its UIDs.
        let waits = |key: &str| self.set_aside.iter().any(|uid| key.ends_with(&format!("/mail-{uid}")));
        for key in calm.notices.keys().filter(|key| !self.notices.contains_key(*key) && !waits(key)) {
            account.lost.push(format!("notice {key}"));
        }
        for (key, letter) in &self.notices {
            let Some(id) = letter else { continue };
            if !self.taken.contains_key(id) && !self.given_up.contains(id) && !earlier.contains(id) {
                account.lost.push(format!("the letter of {key}"));
            }
        }
        account
    }

    /// How each mail ended, whatever its number in the mailbox.
    pub(crate) fn mails(&self) -> Vec<&String> {
        self.mails.values().map(|(ended, _)| ended).collect()
    }

    /// The Message-IDs of all letters on record.
    pub(crate) fn letters(&self) -> BTreeSet<String> {
        self.notices.values().flatten().cloned().collect()
    }
}

/// `question_asked`, and what a fact is counted by.
fn name_of(fact: &Fact) -> String {
    let value = serde_json::to_value(fact).unwrap();
    value.get("fact").and_then(|name| name.as_str()).unwrap_or_default().to_owned()
}

/// `-/digest/1/2026-11-23` is `-/digest/1/day`, lest midnight make a difference.
fn without_dates(key: &str) -> String {
    match key.rsplit_once('/') {
        Some((before, slot)) if chrono::NaiveDate::parse_from_str(slot, "%Y-%m-%d").is_ok() => {
            format!("{before}/day")
        }
        _ => key.to_owned(),
    }
}
