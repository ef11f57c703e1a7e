//! Gathers the owner's page of the day.

use super::{DaemonError, Rules, health::Health};
use crate::{
    domain::{
        id::{InboxId, LetterId, PersonId, TaskId},
        notice::NoticeKind,
        person::Person,
        task::Task,
        token::Token,
    },
    ledger::{Events, InboxRow, LedgerError, View},
    letters::{Composed, House, Templates, compose_digest},
    mailbox::mime,
    policy::{
        digest::{Day, Head, Held, Mailbox, page},
        reminder::{NextStep, next_step},
        week,
    },
};
use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, Utc};

/// From this limit on a task should be confirmed in the assistant's own words, in minutes.
const OWN_WORDS_FROM: u32 = 4 * 60;

/// All that the page is made from, owned.
struct Gathered {
    people: Vec<Person>,
    tasks: Vec<Task>,
    events: Vec<crate::domain::event::Event>,
    silent: Vec<TaskId>,
    weekly: bool,
    held: Vec<Held>,
    mailbox: Mailbox,
    head: Head,
    since: DateTime<Utc>,
}

/// Composes the digest as of `now`, and names the tasks whose dates it tells of. Changes nothing.
pub(super) fn compose(
    view: View<'_>,
    rules: &Rules,
    health: &Health,
    templates: &Templates,
    house: &House<'_>,
    token: Token,
    now: DateTime<Utc>,
) -> Result<(Composed, Vec<TaskId>), DaemonError> {
    let gathered = gather(view, rules, health, house.owner, now)?;
    let day = Day {
        now,
        since: gathered.since,
        owner: house.owner,
        people: &gathered.people,
        tasks: &gathered.tasks,
        events: &gathered.events,
        silent: &gathered.silent,
        weekly: gathered.weekly,
        own_words_from: OWN_WORDS_FROM,
        held: &gathered.held,
        mailbox: &gathered.mailbox,
        ledger: &gathered.head,
    };
    let page = page(&day);
    let needs = page.needs.iter().filter(|need| !need.dates.is_empty()).map(|need| need.task.id);
    let rest = page.rest.iter().filter(|line| !line.dates.is_empty()).map(|line| line.task.id);
    let echoed = needs.chain(rest).collect();
    Ok((compose_digest(templates, house, &page, token, now)?, echoed))
}

/// The digest as it would be now, without sending it.
///
/// # Errors
/// Where the ledger fails or has no owner, or a template fails.
pub fn preview_digest(
    view: View<'_>,
    rules: &Rules,
    templates: &Templates,
    now: DateTime<Utc>,
) -> Result<Composed, DaemonError> {
    let owner = view.person(PersonId::OWNER)?.ok_or_else(|| LedgerError::NoSuch("owner".into()))?;
    let token = Token { letter: LetterId(0), mac: [0; 10] };
    let (composed, _) = compose(view, rules, &Health::default(), templates, &rules.house(&owner), token, now)?;
    Ok(composed)
}

fn gather(
    view: View<'_>,
    rules: &Rules,
    health: &Health,
    owner: &Person,
    now: DateTime<Utc>,
) -> Result<Gathered, LedgerError> {
    let since = last_digest(view, owner, now)?;
    let month = first_of_month(owner, now);
    let calendar = &owner.profile.calendar;
    let weekly = !was_told_since(view, owner, week::began(calendar, now), now)?;
    let far_enough = if weekly { week::began_before(calendar, now) } else { now };
    let head = view.head()?;
    Ok(Gathered {
        people: view.people()?,
        tasks: view.tasks()?,
        events: view.events(Events::Since(since.min(month).min(far_enough)))?,
        silent: silent(view, rules, now)?,
        weekly,
        held: held(view)?,
        mailbox: Mailbox {
            read_at: read_to_end_at(view)?,
            trouble: health.mailbox.trouble().map(|trouble| trouble.why.clone()),
        },
        head: Head { entries: head.count, hash: head.to_string() },
        since,
    })
}

/// When every folder was last read to its end; none while one of them never was.
pub(super) fn read_to_end_at(view: View<'_>) -> Result<Option<DateTime<Utc>>, LedgerError> {
    let marks = view.bookmarks()?;
    let ends: Option<Vec<DateTime<Utc>>> = marks.iter().map(|mark| mark.read_to_end_at).collect();
    Ok(ends.and_then(|ends| ends.into_iter().min()))
}

fn last_digest(view: View<'_>, owner: &Person, now: DateTime<Utc>) -> Result<DateTime<Utc>, LedgerError> {
    let recent = view.letters_to(owner.id, now - TimeDelta::days(14))?;
    let digests = recent.iter().filter(|letter| letter.kind == NoticeKind::Digest && letter.composed_at < now);
    Ok(digests.map(|letter| letter.composed_at).max().unwrap_or(now - TimeDelta::days(1)))
}

/// Whether a digest was made from `since` on, up to `now`.
fn was_told_since(
    view: View<'_>,
    owner: &Person,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, LedgerError> {
    let letters = view.letters_to(owner.id, since)?;
    Ok(letters.iter().any(|letter| letter.kind == NoticeKind::Digest && letter.composed_at < now))
}

fn first_of_month(owner: &Person, now: DateTime<Utc>) -> DateTime<Utc> {
    let calendar = &owner.profile.calendar;
    let today = calendar.today(now);
    let first = today.checked_sub_days(Days::new(u64::from(today.day0()))).unwrap_or(today);
    crate::domain::time::instant(first.and_time(NaiveTime::MIN), calendar.zone)
}

/// Tasks whose reminders all went unanswered.
fn silent(view: View<'_>, rules: &Rules, now: DateTime<Utc>) -> Result<Vec<TaskId>, LedgerError> {
    let mut silent = Vec::new();
    for task in view.open_tasks()? {
        let Some(assistant) = view.person(task.assistant)? else { continue };
        let delivered_at = view.last_sent(task.id, assistant.id)?;
        let step = next_step(&task, delivered_at, &rules.patience, &assistant.profile.calendar, now);
        if step == NextStep::TellOwnerOfSilence {
            silent.push(task.id);
        }
    }
    Ok(silent)
}

fn held(view: View<'_>) -> Result<Vec<Held>, LedgerError> {
    view.held_mails()?.iter().map(|row| describe(view, row)).collect()
}

/// One line about a held mail, as its headers have it.
fn describe(view: View<'_>, row: &InboxRow) -> Result<Held, LedgerError> {
    let mail = view.raw_mail(row.id)?.map(|raw| mime::decode(&raw)).unwrap_or_default();
    let from = mail.from.first().map(|party| match &party.address {
        Some(address) => address.to_string(),
        None => party.name.clone(),
    });
    let inbox: InboxId = row.id;
    let why = match &row.state {
        crate::ledger::MailState::Done(end) => end.why.clone(),
        crate::ledger::MailState::Taken | crate::ledger::MailState::InWork => String::new(),
    };
    Ok(Held { inbox, at: row.taken_at, from: from.unwrap_or_else(|| "no sender".into()), subject: mail.subject, why })
}
