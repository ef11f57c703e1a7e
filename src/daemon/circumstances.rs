//! All that the reading of a mail rests on besides its bytes. The same mail in the same circumstances says the same,
//! whenever and wherever it is read.

use super::history;
use crate::{
    domain::{
        id::{LetterId, PersonId},
        lesson::Lessons,
        mail::Mail,
        notice::NoticeKind,
        person::{Person, Role},
        time::Moment,
        token::TokenKey,
        understanding::{Asked, OwnWords, Situation, Understanding},
    },
    ledger::{Events, LedgerError, LetterRecord, View},
    policy::filing::Reading,
    understanding::{
        machine::MachineVerdict,
        own_words,
        owner::{self, Answered},
        read_reply, thread,
    },
};
use chrono::{DateTime, TimeDelta, Utc};

/// Who wrote a mail, what it answers and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Circumstances {
    role: Role,
    /// The letter of ours that it answers. Its words stay as they are.
    letter: Option<LetterId>,
    kind: Option<NoticeKind>,
    situation: Situation,
}

impl Circumstances {
    /// Looks up the circumstances of a mail from `sender` that answers the letter `answered`.
    pub(super) fn of(
        mail: &Mail,
        sender: &Person,
        answered: Option<&LetterRecord>,
        view: View<'_>,
        now: DateTime<Utc>,
    ) -> Result<Self, LedgerError> {
        Ok(Self {
            role: sender.role,
            letter: answered.map(|letter| letter.id),
            kind: answered.map(|letter| letter.kind),
            situation: situation(mail, sender, answered, view, now)?,
        })
    }

    /// The same as if nothing had been learned of the sender.
    pub(super) fn unlearned(mut self) -> Self {
        self.situation.lessons = Lessons::default();
        self
    }

    pub(super) fn situation(&self) -> &Situation {
        &self.situation
    }

    /// The words of the letter that is answered.
    pub(super) fn letter_words(&self, view: View<'_>) -> Result<Option<String>, LedgerError> {
        self.letter.map(|letter| view.letter_words(letter)).transpose().map(Option::flatten)
    }

    /// Reads the words of `mail`; `sent` are those of the letter it answers.
    pub(super) fn read(&self, mail: &Mail, verdict: &MachineVerdict, sent: Option<&str>) -> Reading {
        let own_words = match &verdict.reaction {
            Some(sign) => OwnWords { text: sign.clone(), ..OwnWords::default() },
            None => own_words::own_words(mail, sent),
        };
        let (mut understanding, mut commands) = (Understanding::default(), Vec::new());
        match self.role {
            Role::Owner => {
                let answered = Answered { kind: self.kind, situation: self.situation.clone() };
                let read = owner::read_owner(&own_words, &mail.subject, &answered);
                commands = read.into_iter().map(|order| order.map_err(|refusal| refusal.reason)).collect();
            }
            Role::Assistant => understanding = read_reply(&own_words, &self.situation),
        }
        Reading { own_words, understanding, commands }
    }
}

/// The letters of ours that a mail answers.
pub(super) struct Letters {
    /// Named by a token that is valid for the sender.
    pub(super) by_token: Option<LetterRecord>,
    /// Named by its Message-ID in the mail's thread, and written to the sender.
    pub(super) by_thread: Option<LetterRecord>,
}

impl Letters {
    pub(super) fn named_by(
        mail: &Mail,
        sender: Option<&Person>,
        view: View<'_>,
        key: &TokenKey,
    ) -> Result<Self, LedgerError> {
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

    pub(super) fn answered(&self) -> Option<&LetterRecord> {
        self.by_token.as_ref().or(self.by_thread.as_ref())
    }
}

/// Dates are read in the writer's zone at the mail's Date; a Date that cannot be is replaced by now.
fn situation(
    mail: &Mail,
    sender: &Person,
    answered: Option<&LetterRecord>,
    view: View<'_>,
    now: DateTime<Utc>,
) -> Result<Situation, LedgerError> {
    let zone = sender.profile.calendar.zone;
    let sent = mail.date.map(|date| date.with_timezone(&Utc));
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
    let lessons = match sender.role {
        Role::Assistant => view.lessons(sender.id)?,
        Role::Owner => Lessons::default(),
    };
    Ok(Situation { written, zone, other, asked, lines, due, lessons })
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
