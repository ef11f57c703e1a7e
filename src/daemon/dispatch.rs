//! From due notices to composed letters.
//!
//! The notices of one person whose hour has come are looked at once more by policy; what is stale is dropped with
//! its reason, and one transaction composes the letter, fixes its bytes and marks its notices used.

use super::{Daemon, DaemonError, Health, Rules, history};
use crate::{
    domain::{
        brief::{FileRef, Kept},
        event::{Cause, Event, Fact, NewEvent, WhyMoved},
        id::{InboxId, MessageId, PersonId, TaskId},
        letter::{Letter, LetterFile},
        notice::{Notice, NoticeKey, NoticeKind, Slot},
        person::{Person, Role},
        task::Task,
        time::instant,
        token::Token,
        words::Words,
    },
    ledger::{Events, LedgerError, MailState, NoticeRow, Tx, View},
    letters::{self, Composed, FileNote, House, Item},
    mailbox::mime::part_bytes,
    policy::{
        delivery::{self, Delivery},
        echo::untold,
        token::message_id,
    },
    post::mime,
    understanding::own_words,
};
use chrono::{DateTime, NaiveTime, Utc};
use tracing::{info, warn};

/// Notices of one person that go into one letter.
struct Bundle {
    reader: Person,
    notices: Vec<NoticeRow>,
}

impl Bundle {
    /// The kind of its first notice, and of all where there are several.
    fn kind(&self) -> NoticeKind {
        self.notices.first().map_or(NoticeKind::Digest, |row| row.notice.key.kind)
    }
}

/// When the reader's present day began.
fn day_began(reader: &Person, now: DateTime<Utc>) -> DateTime<Utc> {
    let calendar = &reader.profile.calendar;
    instant(calendar.today(now).and_time(NaiveTime::MIN), calendar.zone)
}

impl Daemon {
    /// Composes the letters whose hour has come and returns how many.
    pub(super) fn compose_due(&mut self, now: DateTime<Utc>) -> Result<usize, DaemonError> {
        let brake = self.ledger.view().sending_held()?;
        if brake.as_ref().is_some_and(|brake| !brake.by_itself) {
            return Ok(0);
        }
        let mut bundles = self.bundles(now)?;
        if brake.is_some() {
            bundles.retain(|bundle| bundle.kind() == NoticeKind::LettersHeld);
        } else if self.too_many(&bundles)? {
            self.pull_the_brake(bundles.len(), now)?;
            // The word about it leaves in this very round.
            return self.compose_due(now);
        }
        for bundle in &bundles {
            self.compose(bundle, now)?;
        }
        Ok(bundles.len())
    }

    /// Sorts due notices into letters, and drops what is stale.
    fn bundles(&mut self, now: DateTime<Utc>) -> Result<Vec<Bundle>, DaemonError> {
        let view = self.ledger.view();
        let read_to_end_at = super::digest::read_to_end_at(view)?;
        let mut bundles: Vec<Bundle> = Vec::new();
        let mut stale = Vec::new();
        for row in view.due_notices(None, now)? {
            let key = &row.notice.key;
            let Some(reader) = view.person(key.person)? else { continue };
            let task = key.task.map(|task| view.task(task)).transpose()?.flatten();
            let today = day_began(&reader, now);
            let moment = delivery::Moment {
                now,
                sent_today: u32::try_from(view.letters_to(reader.id, today)?.len()).unwrap_or(u32::MAX),
                reader: &reader,
                read_to_end_at,
                ceiling: match reader.role {
                    Role::Assistant => self.rules.ceiling,
                    Role::Owner => self.rules.owner_ceiling,
                },
                heard_of_it: match key.task {
                    Some(task) => view.letters_of(task)?.iter().any(|letter| letter.to == reader.id),
                    None => false,
                },
            };
            match delivery::decide(&row.notice, task.as_ref(), moment) {
                Delivery::Wait => {}
                Delivery::Drop(why) => stale.push((row.id, why)),
                Delivery::Send => add(&mut bundles, reader, row),
            }
        }
        if !stale.is_empty() {
            self.ledger.write(now, |tx| {
                for (id, why) in &stale {
                    tx.drop_notice(*id, why)?;
                }
                Ok::<_, DaemonError>(())
            })?;
        }
        Ok(bundles)
    }

    /// Whether more letters leave at once than the brake allows. Those that somebody let go with `resume` are counted
    /// no more, or they would hold themselves again.
    fn too_many(&self, bundles: &[Bundle]) -> Result<bool, DaemonError> {
        if bundles.len() <= self.rules.brake {
            return Ok(false);
        }
        let mut resumed_at = None;
        self.ledger.view().each_event(Events::All, |event| {
            if event.fact == Fact::SendingResumed {
                resumed_at = Some(event.at);
            }
            Ok::<_, LedgerError>(())
        })?;
        let is_new = |bundle: &&Bundle| bundle.notices.iter().all(|row| Some(row.planned_at) > resumed_at);
        Ok(bundles.iter().filter(is_new).count() > self.rules.brake)
    }

    /// Too many letters at once are more likely a mistake than a busy morning: they wait, and the owner is told.
    fn pull_the_brake(&mut self, letters: usize, now: DateTime<Utc>) -> Result<(), DaemonError> {
        warn!(letters, "Held all letters: more were planned at once than the brake allows.");
        let allowed = self.rules.brake;
        let why =
            format!("{letters} letters were planned at once, more than limits.letters_in_one_round ({allowed})");
        let count = self.ledger.view().head()?.count;
        let slot = Slot::Count(u32::try_from(count).unwrap_or(u32::MAX));
        let notice = Notice {
            key: NoticeKey { task: None, kind: NoticeKind::LettersHeld, person: PersonId::OWNER, slot },
            words: Some(format!("{why}.").into()),
            mail: None,
            not_before: now,
            drop_after: None,
        };
        self.ledger.write(now, |tx| {
            tx.append(&NewEvent { cause: Cause::Timer, fact: Fact::SendingHeld { why, by_brake: true } })?;
            tx.plan(&notice)?;
            Ok(())
        })
    }

    fn compose(&mut self, bundle: &Bundle, now: DateTime<Utc>) -> Result<(), DaemonError> {
        let Self { ledger, rules, key, templates, health, .. } = self;
        let reader = &bundle.reader;
        let letter = ledger.write(now, |tx| {
            let view = tx.view();
            let token = key.sign(tx.next_letter_id()?, reader.id);
            let owner = view.person(PersonId::OWNER)?.ok_or_else(|| LedgerError::NoSuch("owner".into()))?;
            let house = rules.house(&owner);
            let (composed, files, echoed) = if bundle.kind() == NoticeKind::Digest {
                let (composed, echoed) = super::digest::compose(view, rules, health, templates, &house, token, now)?;
                (composed, Vec::new(), echoed)
            } else {
                let gathered = gather(view, bundle, rules.enclose_up_to, now)?;
                let notes: Vec<Vec<FileNote<'_>>> = gathered.iter().map(Gathered::file_notes).collect();
                let items: Vec<Item<'_>> = gathered
                    .iter()
                    .zip(&notes)
                    .map(|(gathered, notes)| gathered.item(notes, rules, health, now))
                    .collect();
                let composed = letters::compose(templates, &house, reader, &items, token, now)?;
                let echoed = gathered.iter().filter_map(Gathered::echoed).collect();
                (composed, gathered.into_iter().flat_map(Gathered::enclosed).collect(), echoed)
            };
            let letter = finished(view, bundle, composed, token, files, &house, now)?;
            let bytes = mime::encode(&letter)?;
            let ids: Vec<_> = bundle.notices.iter().map(|row| row.id).collect();
            tx.compose(&letter, &bytes, &words(&letter), &ids)?;
            remember_reminders(tx, bundle)?;
            remember_echoes(tx, echoed, reader.id)?;
            Ok::<_, DaemonError>(letter)
        })?;
        info!(letter = %letter.id, kind = letter.kind.name(), "Composed letter {}.", letter.id);
        Ok(())
    }
}

/// All words of a letter: its text, and its HTML, which Outlook quotes with the labels of its buttons.
fn words(letter: &Letter) -> String {
    format!("{}\n{}", letter.text, own_words::shown(&letter.html))
}

/// Reminders to one person share a letter; every other notice has a letter of its own.
fn add(bundles: &mut Vec<Bundle>, reader: Person, row: NoticeRow) {
    let reminder = NoticeKind::RemindToConfirm;
    match bundles.iter_mut().find(|bundle| bundle.reader.id == reader.id && bundle.kind() == reminder) {
        Some(bundle) if row.notice.key.kind == reminder => bundle.notices.push(row),
        Some(_) | None => bundles.push(Bundle { reader, notices: vec![row] }),
    }
}

/// One notice with all that its part of the letter needs.
struct Gathered {
    notice: Notice,
    task: Option<Task>,
    assistant: Option<Person>,
    history: Vec<Event>,
    /// The questions that an answer answers.
    about: Option<String>,
    /// How dates that people named on the task were read, as far as the reader has not heard it.
    echo: Vec<String>,
    /// With the bytes of those that go along.
    files: Vec<(FileRef, Option<Vec<u8>>)>,
}

impl Gathered {
    fn file_notes(&self) -> Vec<FileNote<'_>> {
        self.files
            .iter()
            .map(|(file, bytes)| FileNote { name: file.name.as_str(), size: file.size, enclosed: bytes.is_some() })
            .collect()
    }

    fn item<'a>(&'a self, files: &'a [FileNote<'a>], rules: &Rules, health: &Health, now: DateTime<Utc>) -> Item<'a> {
        let kind = self.notice.key.kind;
        let last_move = self.task.as_ref().and_then(|task| history::last_move(task.brief.due.by, &self.history));
        // An answer tells of the date only where waiting for it moved the date.
        let moved = last_move.filter(|(_, why)| kind == NoticeKind::DueMoved || *why == WhyMoved::AnswerAwaited);
        Item {
            task: self.task.as_ref(),
            assistant: self.assistant.as_ref(),
            words: self.notice.words.as_ref().map(Words::as_str),
            about: self.about.as_deref(),
            files,
            echo: &self.echo,
            answer_by: self.confirm_by(rules, now),
            due_before: moved.map(|(before, _)| before),
            why_moved: moved.map(|(_, why)| why),
            asked: self.notice.mail.and_then(|mail| history::asked_back(mail, &self.history)),
            since: health.mailbox.trouble().map(|trouble| trouble.since),
            ..Item::new(kind)
        }
    }

    /// Until when an assistant may take to confirm before a reminder would come.
    fn confirm_by(&self, rules: &Rules, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.notice.key.kind {
            NoticeKind::Task | NoticeKind::RemindToConfirm => {
                let patience = rules.patience.before_reminder.first()?;
                self.assistant.as_ref()?.profile.calendar.after_working_time(now, *patience)
            }
            NoticeKind::Hello
            | NoticeKind::Answer
            | NoticeKind::Accepted
            | NoticeKind::Returned
            | NoticeKind::DueMoved
            | NoticeKind::Cancelled
            | NoticeKind::NotUnderstood
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

    /// The task whose dates the letter tells of.
    fn echoed(&self) -> Option<TaskId> {
        self.task.as_ref().filter(|_| !self.echo.is_empty()).map(|task| task.id)
    }

    fn enclosed(self) -> impl Iterator<Item = LetterFile> {
        self.files.into_iter().filter_map(|(file, bytes)| {
            let name = file.name.as_str().to_owned();
            bytes.map(|bytes| LetterFile { name, media_type: file.media_type, bytes })
        })
    }
}

/// Looks up what the bundle's letter tells, and the files that go with it.
fn gather(
    view: View<'_>,
    bundle: &Bundle,
    enclose_up_to: u64,
    now: DateTime<Utc>,
) -> Result<Vec<Gathered>, LedgerError> {
    let mut room = enclose_up_to;
    let mut gathered = Vec::new();
    for row in &bundle.notices {
        let task = row.notice.key.task.map(|task| view.task(task)).transpose()?.flatten();
        let assistant = task.as_ref().map(|task| view.person(task.assistant)).transpose()?.flatten();
        let history = match &task {
            Some(task) => view.events(Events::OfTask(task.id))?,
            None => Vec::new(),
        };
        let mut files = Vec::new();
        for file in files_of(&row.notice, task.as_ref()) {
            // A file that does not fit is named in the letter and stays in the ledger.
            let bytes = if file.size <= room { bytes_of(view, &file.kept)? } else { None };
            if bytes.is_some() {
                room = room.saturating_sub(file.size);
            }
            files.push((file.clone(), bytes));
        }
        let about = match row.notice.key.kind == NoticeKind::Answer {
            true => history::answered_questions(&history),
            false => None,
        };
        let echo = task.as_ref().map(|task| echoes(view, &bundle.reader, task, &history, now)).transpose()?;
        let echo = echo.unwrap_or_default();
        gathered.push(Gathered { notice: row.notice.clone(), task, assistant, history, about, echo, files });
    }
    Ok(gathered)
}

/// How the dates named on `task` were read, a sentence each, where `reader` has not been told.
fn echoes(
    view: View<'_>,
    reader: &Person,
    task: &Task,
    history: &[Event],
    now: DateTime<Utc>,
) -> Result<Vec<String>, LedgerError> {
    let mut lines = Vec::new();
    for one in untold(history, task.id, reader.id, now) {
        if let Some(writer) = view.person(one.writer)? {
            lines.push(letters::echo(one.date, &writer, reader, now));
        }
    }
    Ok(lines)
}

/// The files that a letter of this kind carries.
fn files_of<'a>(notice: &Notice, task: Option<&'a Task>) -> &'a [FileRef] {
    let Some(task) = task else { return &[] };
    match notice.key.kind {
        NoticeKind::Task => &task.brief.files,
        NoticeKind::HandedBack => task.handed_back.as_ref().map_or(&[], |back| &back.files),
        NoticeKind::Hello
        | NoticeKind::RemindToConfirm
        | NoticeKind::Answer
        | NoticeKind::Accepted
        | NoticeKind::Returned
        | NoticeKind::DueMoved
        | NoticeKind::Cancelled
        | NoticeKind::NotUnderstood
        | NoticeKind::Told
        | NoticeKind::Question
        | NoticeKind::NeedsOwner
        | NoticeKind::CommandFailed
        | NoticeKind::MailboxTrouble
        | NoticeKind::LettersHeld
        | NoticeKind::Digest => &[],
    }
}

fn bytes_of(view: View<'_>, kept: &Kept) -> Result<Option<Vec<u8>>, LedgerError> {
    match kept {
        Kept::Blob(hash) => view.blob(hash),
        Kept::Mail { inbox, part } => {
            Ok(view.raw_mail(*inbox)?.and_then(|raw| part_bytes(&raw, usize::try_from(*part).ok()?)))
        }
    }
}

/// Puts the envelope, the thread and the token round composed words.
fn finished(
    view: View<'_>,
    bundle: &Bundle,
    composed: Composed,
    token: Token,
    files: Vec<LetterFile>,
    house: &House<'_>,
    now: DateTime<Utc>,
) -> Result<Letter, LedgerError> {
    let reader = &bundle.reader;
    let tasks: Vec<_> = bundle.notices.iter().filter_map(|row| row.notice.key.task).collect();
    let thread = match tasks.as_slice() {
        [only] => view.thread(*only, reader.id)?,
        _ => Vec::new(),
    };
    let answers = bundle.notices.iter().find_map(|row| row.notice.mail);
    let in_reply_to = match answers.map(|mail| mail_of(view, mail, reader)).transpose()?.flatten() {
        Some(theirs) => Some(theirs),
        None => thread.last().cloned(),
    };
    let domain = house.address.domain();
    Ok(Letter {
        id: token.letter,
        kind: bundle.kind(),
        to: reader.id,
        tasks,
        from_name: sender_name(house, reader),
        from_address: house.address.clone(),
        to_name: reader.name().to_owned(),
        to_address: reader.address().ok_or_else(|| LedgerError::NoSuch(format!("address of {}", reader.id)))?,
        subject: composed.subject,
        date: now,
        message_id: message_id(&token, domain),
        references: references(&thread, in_reply_to.as_ref(), &token, domain),
        in_reply_to,
        text: composed.text,
        html: composed.html,
        files,
        token,
    })
}

/// The first letter of the thread, what this one answers, and an entry of our own that carries the token even
/// where a relay rewrites our Message-ID.
fn references(thread: &[MessageId], in_reply_to: Option<&MessageId>, token: &Token, domain: &str) -> Vec<MessageId> {
    let mut references: Vec<MessageId> = thread.first().into_iter().chain(in_reply_to).cloned().collect();
    references.dedup();
    references.push(message_id(token, &format!("thread.{domain}")));
    references
}

/// The Message-ID of `mail`, where `reader` wrote it.
fn mail_of(view: View<'_>, mail: InboxId, reader: &Person) -> Result<Option<MessageId>, LedgerError> {
    let Some(row) = view.mail(mail)? else { return Ok(None) };
    let from_reader = match &row.state {
        MailState::Done(end) => end.person == Some(reader.id),
        MailState::Taken | MailState::InWork => false,
    };
    Ok(row.message_id.filter(|_| from_reader))
}

/// Assistants hear from a person; the owner hears from handback.
fn sender_name(house: &House<'_>, reader: &Person) -> String {
    match reader.role {
        Role::Assistant => format!("{} via {}", house.owner.name(), house.business),
        Role::Owner => format!("handback for {}", house.business),
    }
}

fn remember_reminders(tx: &Tx<'_>, bundle: &Bundle) -> Result<(), LedgerError> {
    for row in &bundle.notices {
        if let (Some(task), Slot::Rung { rung, .. }) = (row.notice.key.task, &row.notice.key.slot) {
            tx.append(&NewEvent { cause: Cause::Timer, fact: Fact::Reminded { task, rung: *rung } })?;
        }
    }
    Ok(())
}

fn remember_echoes(tx: &Tx<'_>, tasks: Vec<TaskId>, to: PersonId) -> Result<(), LedgerError> {
    for task in tasks {
        tx.append(&NewEvent { cause: Cause::Timer, fact: Fact::DatesEchoed { task, to } })?;
    }
    Ok(())
}
