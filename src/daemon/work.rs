//! From raw mail in the ledger to how it ended. Doing it again is harmless, because it depends on the row, the
//! ledger and the clock alone.

use super::{
    Daemon, DaemonError, Rules,
    ahead::Parsed,
    correcting::{corrections, no_question_back},
    reading::open_known,
};
use crate::{
    domain::{
        event::{Cause, Event, Fact, Outcome},
        id::PersonId,
        mail::Mail,
        person::{Hello, Person, Role},
        task::Task,
        token::TokenKey,
        understanding::Situation,
    },
    ledger::{BatchEnd, Events, InboxRow, LedgerError, Tx, Unconcluded, View},
    mailbox::mime,
    policy::filing::{Office, Received, file},
    understanding::{machine, own_words, read_reply, thread},
};
use chrono::{DateTime, TimeDelta, Utc};
use std::hint::black_box;
use tracing::{info, warn};

/// Mails that are read and concluded in one commit.
const BATCH: u32 = 200;

/// Counts the versions of the reader, so that a statement on record can be told from one read today.
pub(super) const READER: u32 = 1;

/// A reply that has something of everything, see [`warm_up`].
const WARM_UP: &[u8] = b"From: A <a@example.org>\r\nTo: b@example.org\r\nSubject: Re: [HB-1] Invoices\r\n\
    Message-ID: <1@example.org>\r\nIn-Reply-To: <2@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
    Hi,\r\n\r\nHalf of it is done, 50%, 2.5 hours so far. I can not go on before Friday noon, sorry. I paid $12.\r\n\
    Should I use the new sheet? If so, I will be ready on 3 March.\r\n\r\nBest regards,\r\nA\r\n\r\n\
    On Mon, Mar 2, 2026 at 9:00 AM B <b@example.org> wrote:\r\n> Please enter the invoices.\r\n";

/// The owner's closings by mail are counted over this time.
const CLOSINGS_WITHIN: TimeDelta = TimeDelta::minutes(10);

impl Daemon {
    /// Reads the mails of a batch that was cut off, one by one.
    pub(super) fn redo_unfinished(&mut self, now: DateTime<Utc>) -> Result<(), DaemonError> {
        if self.ledger.view().unfinished_batch()?.is_empty() {
            return Ok(());
        }
        warm_up(now);
        let Self { ledger, rules, key, .. } = self;
        let end = ledger.redo_unfinished(now, |tx, row| conclude(tx, row, None, rules, key, now))?;
        warn_of_failures(&end);
        Ok(())
    }

    /// Reads all waiting mails, batch by batch, and returns how many came to their end.
    pub(super) fn work_off(&mut self, now: DateTime<Utc>) -> Result<usize, DaemonError> {
        let mut concluded = 0;
        loop {
            let rows = self.ledger.begin_batch(BATCH, now)?;
            if rows.is_empty() {
                return Ok(concluded);
            }
            let Self { ledger, rules, key, readers, .. } = self;
            let mut ahead = readers.begin(&rows);
            let end = ledger.conclude_batch(&rows, now, |tx, row| {
                let parsed = ahead.turn(row.id, tx.view(), rules, key, now);
                conclude(tx, row, parsed, rules, key, now)
            })?;
            warn_of_failures(&end);
            concluded += end.concluded;
        }
    }
}

/// Builds the reader's tables, which takes longer than reading a mail. Somebody who pulls the plug meanwhile should
/// not have the first mail blamed for it.
fn warm_up(now: DateTime<Utc>) {
    let mail = mime::decode(WARM_UP);
    let words = own_words::own_words(&mail, Some("Please enter the invoices.\nConfirm: reply CONFIRM"));
    let zone = chrono_tz::Tz::UTC;
    let situation = Situation::new(now.naive_utc(), zone);
    drop(black_box((machine::author(&mail), read_reply(&words, &situation))));
}

fn warn_of_failures(end: &BatchEnd) {
    for (mail, why) in end.again.iter().chain(&end.set_aside) {
        warn!(mail = %mail, "Mail {mail} could not be read: {why}.");
    }
}

/// Reads one mail, unless it was read ahead, and writes down how it ended and what follows.
fn conclude(
    tx: &Tx<'_>,
    row: &InboxRow,
    parsed: Option<Parsed>,
    rules: &Rules,
    key: &TokenKey,
    now: DateTime<Utc>,
) -> Result<(), Unconcluded> {
    let parsed = match parsed {
        Some(parsed) => parsed,
        None => {
            let raw = tx.view().raw_mail(row.id)?.ok_or_else(|| Unconcluded::mail("its bytes are gone"))?;
            if raw.is_empty() {
                tx.conclude(row.id, Outcome::Held, "empty, or the mail server would not hand it out", None, &[])?;
                return Ok(());
            }
            Parsed::of(mime::decode(&raw))
        }
    };
    let Parsed { content_hash, known } = parsed;
    tx.set_identity(row.id, known.mail.message_id.as_ref(), &in_hex(&content_hash))?;
    note_alias(tx, &known.mail, rules, key)?;
    let opened = open_known(tx.view(), row, known, rules, key, now)?;
    let people = people_in_reach(tx.view(), opened.received.sender.as_ref())?;
    let tasks = tasks_in_reach(tx.view(), &opened.received)?;
    let closings_left = closings_left(tx.view(), opened.received.sender.as_ref(), rules, now)?;
    let corrections = corrections(tx.view(), &opened.reading.commands, key)?;
    let office = Office { people: &people, tasks: &tasks, closings_left, corrections: &corrections };
    let filing = file(&opened.received, &opened.reading, office, READER, now);
    tx.append_all(&filing.events)?;
    for notice in &filing.notices {
        tx.plan(notice)?;
    }
    for correction in corrections.iter().flatten() {
        no_question_back(tx, correction)?;
    }
    let sender: Option<PersonId> = opened.received.sender.as_ref().map(|person| person.id);
    tx.conclude(row.id, filing.outcome, &filing.why, sender, &filing.tasks)?;
    info!(mail = %row.id, outcome = %filing.outcome, "Mail {} ended as {}: {}.", row.id, filing.outcome, filing.why);
    Ok(())
}

fn in_hex(hash: &[u8; 32]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('?');
    hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A copy of our own letter that comes back under another Message-ID shows what a relay made of it; replies will
/// name that one (Outlook's SMTP does this).
fn note_alias(tx: &Tx<'_>, mail: &Mail, rules: &Rules, key: &TokenKey) -> Result<(), LedgerError> {
    let Some(id) = mail.message_id.as_ref().filter(|_| mail.sender() == Some(&rules.address)) else { return Ok(()) };
    for token in thread::tokens(mail) {
        if let Some(letter) = tx.view().letter(token.letter)?
            && key.verify(&token, letter.to)
            && letter.message_id != *id
        {
            tx.alias(letter.id, id)?;
        }
    }
    Ok(())
}

/// The owner's orders may concern everybody; an assistant's mail names nobody but themselves.
pub(super) fn people_in_reach(view: View<'_>, sender: Option<&Person>) -> Result<Vec<Person>, LedgerError> {
    match sender {
        Some(Person { role: Role::Owner, .. }) => view.people(),
        Some(assistant) => Ok(vec![assistant.clone()]),
        None => Ok(Vec::new()),
    }
}

/// The owner's mail may touch every task. An assistant's may touch their own alone: those that its traces lead to, and
/// any of them where the traces lead to none or the answer to our hello lets the first tasks go.
pub(super) fn tasks_in_reach(view: View<'_>, received: &Received) -> Result<Vec<Task>, LedgerError> {
    match &received.sender {
        Some(Person { role: Role::Owner, .. }) => view.tasks(),
        Some(assistant) => {
            let mut tasks = Vec::new();
            for id in received.traces.tasks().into_iter().filter(|_| assistant.hello != Hello::Awaited) {
                tasks.extend(view.task(id)?.filter(|task| task.assistant == assistant.id));
            }
            if tasks.is_empty() { view.tasks_of(assistant.id) } else { Ok(tasks) }
        }
        None => Ok(Vec::new()),
    }
}

/// How many tasks the owner may still close by mail within ten minutes; a stolen mailbox shall not empty the office.
pub(super) fn closings_left(
    view: View<'_>,
    sender: Option<&Person>,
    rules: &Rules,
    now: DateTime<Utc>,
) -> Result<usize, LedgerError> {
    if sender.is_none_or(|sender| sender.role != Role::Owner) {
        return Ok(0);
    }
    let recent = view.events(Events::Since(now - CLOSINGS_WITHIN))?;
    let closing = |event: &&Event| {
        matches!(event.fact, Fact::TaskAccepted { .. } | Fact::TaskCancelled { .. })
            && matches!(event.cause, Cause::Mail { .. })
    };
    Ok(rules.closings.saturating_sub(recent.iter().filter(closing).count()))
}
