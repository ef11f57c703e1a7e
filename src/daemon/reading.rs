//! From one raw mail to what it says and how far it can be trusted.

use super::{
    Rules,
    circumstances::{Circumstances, Letters},
};
use crate::{
    domain::{
        brief::{FileRef, Kept},
        id::{Address, InboxId},
        mail::Mail,
        person::Person,
        token::TokenKey,
        understanding::Author,
    },
    ledger::{Earlier, InboxRow, LedgerError, LetterRecord, View},
    policy::{
        filing::{MachineNote, Reading, Received, before_reading},
        matching::Traces,
        trust,
    },
    understanding::{
        machine::{self, BounceAction, Evidence, MachineVerdict},
        own_words, thread,
    },
};
use chrono::{DateTime, TimeDelta, Utc};

/// A mail opened: what is known about it, and what it says where it may say anything.
#[derive(Debug, Clone)]
pub struct Opened {
    pub mail: Mail,
    pub received: Received,
    pub reading: Reading,
    pub proof: trust::Proof,
}

/// A mail that was looked at before its turn.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) mail: Mail,
    pub(super) verdict: MachineVerdict,
    pub(super) ahead: Option<Ahead>,
}

/// What a mail says, as read before its turn.
#[derive(Debug)]
pub(super) struct Ahead {
    pub(super) circumstances: Circumstances,
    pub(super) reading: Reading,
}

/// Opens `mail`, which is kept as `row`. Changes nothing.
pub fn open_mail(
    view: View<'_>,
    row: &InboxRow,
    mail: Mail,
    rules: &Rules,
    key: &TokenKey,
    now: DateTime<Utc>,
) -> Result<Opened, LedgerError> {
    let verdict = machine::author(&mail);
    open_known(view, row, Known { mail, verdict, ahead: None }, rules, key, now)
}

/// Opens a mail that was looked at before its turn.
pub(super) fn open_known(
    view: View<'_>,
    row: &InboxRow,
    known: Known,
    rules: &Rules,
    key: &TokenKey,
    now: DateTime<Utc>,
) -> Result<Opened, LedgerError> {
    let Known { mail, verdict, ahead } = known;
    let sender = match mail.sender() {
        Some(address) => view.person_by_address(address)?,
        None => None,
    };
    let letters = Letters::named_by(&mail, sender.as_ref(), view, key)?;
    let proof = trust::proof(&mail, &rules.witnesses);
    let level = match (&sender, row.released_at) {
        // The owner looked at it and let it through: that is as good as proof.
        (Some(person), Some(_)) => trust::level(Some(person.role), trust::Proof::Strong, true),
        _ => trust::level(sender.as_ref().map(|person| person.role), proof, letters.by_token.is_some()),
    };
    let earlier = if row.released_at.is_some() { None } else { view.duplicate_of(row.id)? };
    let received = Received {
        inbox: row.id,
        level,
        ours: is_ours(&mail, view, rules)?,
        junk: !row.folder.eq_ignore_ascii_case("inbox"),
        partial: row.partial,
        duplicate: matches!(earlier, Some(Earlier::Same(_))),
        reused_id: matches!(earlier, Some(Earlier::SameIdOtherContent(_))),
        over_quota: over_quota(sender.as_ref(), view, rules, now)?,
        author: author(&verdict, sender.as_ref()),
        machine_note: note(&mail, &verdict, now),
        traces: Traces {
            by_token: letters.by_token.as_ref().map(|letter| letter.tasks.clone()).unwrap_or_default(),
            by_thread: letters.by_thread.as_ref().map(|letter| letter.tasks.clone()).unwrap_or_default(),
            in_subject: thread::subject_tasks(&mail.subject),
            in_words: Vec::new(),
        },
        files: if row.partial { Vec::new() } else { files(&mail, row.id) },
        sender,
    };
    let mut opened = Opened { mail, received, reading: Reading::default(), proof };
    if before_reading(&opened.received).is_none() {
        read(&mut opened, &verdict, letters.answered(), ahead, view, now)?;
    }
    Ok(opened)
}

/// Reads the words of a mail whose sender may say something, unless that was done ahead of its turn and nothing that
/// they rest on has changed since.
fn read(
    opened: &mut Opened,
    verdict: &MachineVerdict,
    answered: Option<&LetterRecord>,
    ahead: Option<Ahead>,
    view: View<'_>,
    now: DateTime<Utc>,
) -> Result<(), LedgerError> {
    let Some(sender) = &opened.received.sender else { return Ok(()) };
    let circumstances = Circumstances::of(&opened.mail, sender, answered, view, now)?;
    opened.reading = match ahead {
        Some(ahead) if ahead.circumstances == circumstances => ahead.reading,
        Some(_) | None => {
            let sent = circumstances.letter_words(view)?;
            circumstances.read(&opened.mail, verdict, sent.as_deref())
        }
    };
    opened.received.traces.in_words = opened.reading.understanding.named_tasks.clone();
    Ok(())
}

fn is_ours(mail: &Mail, view: View<'_>, rules: &Rules) -> Result<bool, LedgerError> {
    if mail.sender() == Some(&rules.address) {
        return Ok(true);
    }
    match &mail.message_id {
        Some(id) => Ok(view.letter_by_message_id(id)?.is_some()),
        None => Ok(false),
    }
}

fn over_quota(
    sender: Option<&Person>,
    view: View<'_>,
    rules: &Rules,
    now: DateTime<Utc>,
) -> Result<bool, LedgerError> {
    match sender {
        Some(person) => Ok(view.count_mails_from(person.id, now - TimeDelta::hours(1))? >= rules.quota),
        None => Ok(false),
    }
}

/// Bulk marks and phrases alone never silence somebody on file; what a machine declares itself to be, it is.
fn author(verdict: &MachineVerdict, sender: Option<&Person>) -> Author {
    match verdict.evidence {
        Evidence::Wording | Evidence::BulkMarks if sender.is_some() => Author::Human,
        Evidence::Report | Evidence::Declared | Evidence::Wording | Evidence::BulkMarks | Evidence::Nothing => {
            verdict.author
        }
    }
}

fn note(mail: &Mail, verdict: &MachineVerdict, now: DateTime<Utc>) -> Option<MachineNote> {
    match verdict.author {
        Author::Bounce => undeliverable(verdict).map(|to| MachineNote::Undeliverable { to }),
        Author::AutoReply => Some(MachineNote::Away {
            from: Some(now.date_naive()),
            to: verdict.absence_until,
            words: own_words::own_words(mail, None).text,
        }),
        Author::Human | Author::List | Author::Robot => None,
    }
}

/// Whom a letter did not reach for good, or was not taken for.
fn undeliverable(verdict: &MachineVerdict) -> Option<String> {
    let recipients = verdict.bounce.iter().flat_map(|bounce| &bounce.recipients);
    let lost = recipients.filter(|recipient| match recipient.action {
        BounceAction::Permanent | BounceAction::Refused => true,
        BounceAction::Temporary | BounceAction::Other => false,
    });
    let named =
        |address: &Option<Address>| address.as_ref().map_or("an address it does not name".into(), Address::to_string);
    let names: Vec<String> = lost.map(|recipient| named(&recipient.address)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

pub(super) fn files(mail: &Mail, inbox: InboxId) -> Vec<FileRef> {
    mail.files()
        .map(|(part, file)| FileRef {
            name: file.name.clone().unwrap_or_else(|| format!("file {}", part + 1)).into(),
            media_type: file.media_type.clone(),
            size: file.size,
            kept: Kept::Mail { inbox, part },
        })
        .collect()
}
