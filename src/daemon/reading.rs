//! From one raw mail to what it says and how far it can be trusted.

use super::{Rules, history};
use crate::{
    domain::{
        brief::{FileRef, Kept},
        id::{Address, InboxId, PersonId},
        mail::Mail,
        notice::NoticeKind,
        person::{Person, Role},
        time::Moment,
        token::TokenKey,
        understanding::{Asked, Author, OwnWords, Situation},
    },
    ledger::{Earlier, Events, InboxRow, LedgerError, LetterRecord, View},
    mailbox::mime,
    policy::{
        filing::{MachineNote, Reading, Received, before_reading},
        matching::Traces,
        trust,
    },
    understanding::{
        machine::{self, BounceAction, Evidence, MachineVerdict},
        own_words,
        owner::{self, Answered},
        read_reply, thread,
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

/// Opens `mail`, which is kept as `row`. Changes nothing.
pub fn open_mail(
    view: View<'_>,
    row: &InboxRow,
    mail: Mail,
    rules: &Rules,
    key: &TokenKey,
    now: DateTime<Utc>,
) -> Result<Opened, LedgerError> {
    let sender = match mail.sender() {
        Some(address) => view.person_by_address(address)?,
        None => None,
    };
    let letters = Letters::named_by(&mail, sender.as_ref(), view, key)?;
    let verdict = machine::author(&mail);
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
        read(&mut opened, letters.answered(), view, now)?;
    }
    Ok(opened)
}

/// The letters of ours that a mail answers.
struct Letters {
    /// Named by a token that is valid for the sender.
    by_token: Option<LetterRecord>,
    /// Named by its Message-ID in the mail's thread, and written to the sender.
    by_thread: Option<LetterRecord>,
}

impl Letters {
    fn named_by(mail: &Mail, sender: Option<&Person>, view: View<'_>, key: &TokenKey) -> Result<Self, LedgerError> {
        let mut letters = Self { by_token: None, by_thread: None };
        let Some(sender) = sender else { return Ok(letters) };
        for token in thread::tokens(mail) {
            if key.verify(&token, sender.id) {
                letters.by_token = view.letter(token.letter)?;
            }
            if letters.by_token.is_some() {
                break;
            }
        }
        for id in thread::message_ids(mail) {
            letters.by_thread = view.letter_by_message_id(&id)?.filter(|letter| letter.to == sender.id);
            if letters.by_thread.is_some() {
                break;
            }
        }
        Ok(letters)
    }

    fn answered(&self) -> Option<&LetterRecord> {
        self.by_token.as_ref().or(self.by_thread.as_ref())
    }
}

/// All words of a letter of ours: its text, and its HTML, which Outlook quotes with the labels of its buttons.
fn sent_text(letter: &LetterRecord, view: View<'_>) -> Result<Option<String>, LedgerError> {
    let bytes = view.letter_bytes(letter.id)?.unwrap_or_default();
    let html = mime::decode(&bytes).html.map(|html| own_words::shown(&html)).unwrap_or_default();
    Ok(view.letter_text(letter.id)?.map(|text| format!("{text}\n{html}")))
}

/// Reads the words of a mail whose sender may say something.
fn read(
    opened: &mut Opened,
    answered: Option<&LetterRecord>,
    view: View<'_>,
    now: DateTime<Utc>,
) -> Result<(), LedgerError> {
    let Some(sender) = &opened.received.sender else { return Ok(()) };
    let sent = match answered {
        Some(letter) => sent_text(letter, view)?,
        None => None,
    };
    let words = match machine::author(&opened.mail).reaction {
        Some(sign) => OwnWords { text: sign, ..OwnWords::default() },
        None => own_words::own_words(&opened.mail, sent.as_deref()),
    };
    let situation = situation(opened, sender, answered, view, now)?;
    match sender.role {
        Role::Owner => {
            let answered = Answered { kind: answered.map(|letter| letter.kind), situation };
            let read = owner::read_owner(&words, &opened.mail.subject, &answered);
            opened.reading.commands = read.into_iter().map(|order| order.map_err(|refusal| refusal.reason)).collect();
        }
        Role::Assistant => {
            opened.reading.understanding = read_reply(&words, &situation);
            opened.received.traces.in_words = opened.reading.understanding.named_tasks.clone();
        }
    }
    opened.reading.own_words = words;
    Ok(())
}

/// Dates are read in the writer's zone at the mail's Date; a Date that cannot be is replaced by now.
fn situation(
    opened: &Opened,
    sender: &Person,
    answered: Option<&LetterRecord>,
    view: View<'_>,
    now: DateTime<Utc>,
) -> Result<Situation, LedgerError> {
    let zone = sender.profile.calendar.zone;
    let sent = opened.mail.date.map(|date| date.with_timezone(&Utc));
    let plausible = |at: &DateTime<Utc>| *at <= now + TimeDelta::hours(1) && *at >= now - TimeDelta::days(30);
    let written = sent.filter(plausible).unwrap_or(now).with_timezone(&zone).naive_local();
    let lines = answered.map(|letter| letter.tasks.clone()).unwrap_or_default();
    let task = match lines.as_slice() {
        [only] => view.task(*only)?,
        _ => None,
    };
    let reader = match (sender.role, &task) {
        (Role::Assistant, _) => view.person(PersonId::OWNER)?,
        (Role::Owner, Some(task)) => view.person(task.assistant)?,
        (Role::Owner, None) => None,
    };
    let other = reader.map(|reader| reader.profile.calendar.zone);
    let due = task.map(|task| Moment::Minute(task.due.by));
    let asked = match answered {
        Some(letter) if letter.kind == NoticeKind::NotUnderstood => asked_back(letter, view)?,
        Some(letter) => asked(letter.kind),
        None => None,
    };
    Ok(Situation { written, zone, other, asked, lines, due })
}

/// What a letter asked that put one question back: a "yes" to it means that alone.
fn asked_back(letter: &LetterRecord, view: View<'_>) -> Result<Option<Asked>, LedgerError> {
    for notice in view.notices_in(letter.id)? {
        if let (Some(task), Some(mail)) = (notice.notice.key.task, notice.notice.mail) {
            return Ok(history::asked_back(mail, &view.events(Events::OfTask(task))?));
        }
    }
    Ok(None)
}

/// What a letter of this kind asks of an assistant.
fn asked(kind: NoticeKind) -> Option<Asked> {
    match kind {
        NoticeKind::Task | NoticeKind::RemindToConfirm => Some(Asked::ToConfirm),
        NoticeKind::Hello
        | NoticeKind::NotUnderstood
        | NoticeKind::Answer
        | NoticeKind::Accepted
        | NoticeKind::Returned
        | NoticeKind::DueMoved
        | NoticeKind::Cancelled
        | NoticeKind::Told
        | NoticeKind::Question
        | NoticeKind::HandedBack
        | NoticeKind::NeedsOwner
        | NoticeKind::CommandFailed
        | NoticeKind::MailboxTrouble
        | NoticeKind::LettersHeld
        | NoticeKind::Digest => None,
    }
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

fn files(mail: &Mail, inbox: InboxId) -> Vec<FileRef> {
    mail.files()
        .map(|(part, file)| FileRef {
            name: file.name.clone().unwrap_or_else(|| format!("file {}", part + 1)).into(),
            media_type: file.media_type.clone(),
            size: file.size,
            kept: Kept::Mail { inbox, part },
        })
        .collect()
}
