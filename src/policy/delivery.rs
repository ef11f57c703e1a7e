//! Whether a notice whose hour has come still ought to be sent: policy is asked again right before a letter is
//! composed, because much may have happened since the notice was planned.

use crate::domain::{
    notice::{Notice, NoticeKind, Slot},
    person::Person,
    task::{OwnerDebt, Stage, Task, Turn},
};
use chrono::{DateTime, TimeDelta, Utc};

/// What becomes of a notice now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    Send,
    /// Not yet: outside letter hours, while the mailbox is deaf, or over the day's ceiling.
    Wait,
    /// Stale; the reason goes on record.
    Drop(&'static str),
}

/// What the moment allows.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    pub now: DateTime<Utc>,
    pub reader: &'a Person,
    /// When the mailbox was last read to its end.
    pub read_to_end_at: Option<DateTime<Utc>>,
    /// Letters that the reader got today, and how many of the kinds with a ceiling may make.
    pub sent_today: u32,
    pub ceiling: u32,
    /// Whether any letter about the task was written to the reader.
    pub heard_of_it: bool,
}

/// Decides about `notice`, on `task` where it is about one.
pub fn decide(notice: &Notice, task: Option<&Task>, moment: Moment<'_>) -> Delivery {
    if notice.drop_after.is_some_and(|drop_after| drop_after < moment.now) {
        return Delivery::Drop("its time had passed");
    }
    let read_since = moment.read_to_end_at.is_some_and(|read| read > notice.not_before);
    if notice.key.kind == NoticeKind::MailboxTrouble && read_since {
        return Delivery::Drop("the mailbox could be read again");
    }
    if let Some(reason) = stale(notice, task, moment.heard_of_it) {
        return Delivery::Drop(reason);
    }
    if !may_be_written_to(notice, moment.reader, moment.now) {
        return Delivery::Wait;
    }
    if by_ourselves(notice.key.kind) && moment.read_to_end_at.is_none_or(|read| read < notice.not_before) {
        return Delivery::Wait;
    }
    if has_a_ceiling(notice.key.kind) && moment.sent_today >= moment.ceiling {
        return Delivery::Wait;
    }
    Delivery::Send
}

/// How long after its hour a digest counts as on time.
const ON_TIME: TimeDelta = TimeDelta::hours(1);

/// Whether `person` may get `notice` at `now`: in letter hours. The digest has an hour of its own, which the owner
/// chose; a late one waits for letter hours like any other letter.
fn may_be_written_to(notice: &Notice, person: &Person, now: DateTime<Utc>) -> bool {
    let at_its_hour = notice.key.kind == NoticeKind::Digest && now < notice.not_before + ON_TIME;
    at_its_hour || person.profile.calendar.letter_time_at_or_after(now) == Some(now)
}

/// Letters that handback starts by itself are never sent while it is deaf.
fn by_ourselves(kind: NoticeKind) -> bool {
    match kind {
        NoticeKind::RemindToConfirm => true,
        NoticeKind::Hello
        | NoticeKind::Task
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
        | NoticeKind::Digest => false,
    }
}

/// What the owner sent goes anyway; reminders are bound by a daily ceiling, and so is what the owner hears of single
/// tasks, since the digest tells it again.
fn has_a_ceiling(kind: NoticeKind) -> bool {
    match kind {
        NoticeKind::RemindToConfirm | NoticeKind::Question | NoticeKind::HandedBack | NoticeKind::NeedsOwner => true,
        NoticeKind::Hello
        | NoticeKind::Task
        | NoticeKind::Answer
        | NoticeKind::Accepted
        | NoticeKind::Returned
        | NoticeKind::DueMoved
        | NoticeKind::Cancelled
        | NoticeKind::NotUnderstood
        | NoticeKind::Told
        | NoticeKind::CommandFailed
        | NoticeKind::MailboxTrouble
        | NoticeKind::LettersHeld
        | NoticeKind::Digest => false,
    }
}

fn stale(notice: &Notice, task: Option<&Task>, heard_of_it: bool) -> Option<&'static str> {
    let task = task?;
    match notice.key.kind {
        NoticeKind::RemindToConfirm => stale_reminder(notice, task),
        NoticeKind::Task => (!task.is_open()).then_some("the task had ended before its letter left"),
        NoticeKind::NotUnderstood => (!task.is_open()).then_some("the task had ended"),
        NoticeKind::Question => task.questions.is_empty().then_some("the question was answered before"),
        NoticeKind::HandedBack => (task.stage != Stage::HandedBack).then_some("the owner had decided before"),
        NoticeKind::NeedsOwner => (!needs_owner(task)).then_some("the owner had decided before"),
        NoticeKind::Cancelled | NoticeKind::DueMoved => {
            (!heard_of_it).then_some("no letter about the task had left before")
        }
        NoticeKind::Hello
        | NoticeKind::Answer
        | NoticeKind::Accepted
        | NoticeKind::Returned
        | NoticeKind::Told
        | NoticeKind::CommandFailed
        | NoticeKind::MailboxTrouble
        | NoticeKind::LettersHeld
        | NoticeKind::Digest => None,
    }
}

/// Whether the task still needs its owner for more than an answer or a look, which have letters of their own.
fn needs_owner(task: &Task) -> bool {
    let pressing = |owes: &OwnerDebt| !matches!(owes, OwnerDebt::Answer | OwnerDebt::Look);
    task.is_open() && (task.owner_debts().iter().any(|(owes, _)| pressing(owes)) || task.late_eta().is_some())
}

fn stale_reminder(notice: &Notice, task: &Task) -> Option<&'static str> {
    if task.stage != Stage::HandedOver {
        return Some("the task was confirmed or ended before");
    }
    match (&notice.key.slot, task.turn()) {
        (_, Turn::Owner { .. }) => Some("it is the owner's turn"),
        (Slot::Rung { revision, rung }, Turn::Assistant { reminders, since })
            if *revision == task.decisions && *rung == reminders && since <= notice.not_before =>
        {
            None
        }
        (_, Turn::Assistant { .. } | Turn::Nobody) => Some("the assistant wrote, or the date moved, in between"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            event::Fact,
            id::TaskId,
            notice::{NoticeKey, Slot},
        },
        policy::test_tasks::{ANA, after, ana, at, handed_over},
    };

    fn notice(kind: NoticeKind, slot: Slot) -> Notice {
        let key = NoticeKey { task: Some(TaskId(1)), kind, person: ANA, slot };
        Notice { key, words: None, mail: None, not_before: at("2026-03-03T10:00:00Z"), drop_after: None }
    }

    fn reminder() -> Notice {
        notice(NoticeKind::RemindToConfirm, Slot::Rung { revision: 0, rung: 0 })
    }

    struct Office {
        now: &'static str,
        read: Option<&'static str>,
        sent_today: u32,
    }

    const NOON: Office = Office { now: "2026-03-03T12:00:00Z", read: Some("2026-03-03T11:59:00Z"), sent_today: 0 };

    #[track_caller]
    fn check(notice: &Notice, task: &Task, office: Office, expected: Delivery) {
        let reader = ana();
        let moment = Moment {
            now: at(office.now),
            reader: &reader,
            read_to_end_at: office.read.map(at),
            sent_today: office.sent_today,
            ceiling: 6,
            heard_of_it: true,
        };
        assert_eq!(decide(notice, Some(task), moment), expected);
    }

    #[test]
    fn a_reminder_leaves_only_if_the_mailbox_was_read_after_it_fell_due() {
        let task = handed_over(1, ANA);
        check(&reminder(), &task, NOON, Delivery::Send);
        check(&reminder(), &task, Office { read: Some("2026-03-03T09:59:00Z"), ..NOON }, Delivery::Wait);
        check(&reminder(), &task, Office { read: None, ..NOON }, Delivery::Wait);
    }

    #[test]
    fn what_the_owner_sent_does_not_wait_for_the_mailbox_nor_for_the_ceiling() {
        let answer = notice(NoticeKind::Answer, Slot::Count(0));
        check(&answer, &handed_over(1, ANA), Office { read: None, sent_today: 50, ..NOON }, Delivery::Send);
        check(&reminder(), &handed_over(1, ANA), Office { sent_today: 6, ..NOON }, Delivery::Wait);
    }

    #[test]
    fn what_is_over_the_owners_ceiling_waits_for_the_digest() {
        let asked = Fact::QuestionAsked { task: TaskId(1), question: 1, words: "?".into(), holds_work: true };
        let task = after(handed_over(1, ANA), &[asked]);
        let question = notice(NoticeKind::Question, Slot::Count(0));
        check(&question, &task, NOON, Delivery::Send);
        check(&question, &task, Office { sent_today: 6, ..NOON }, Delivery::Wait);
    }

    #[test]
    fn nobody_gets_mail_at_night() {
        let task = notice(NoticeKind::Task, Slot::Once);
        check(&task, &handed_over(1, ANA), Office { now: "2026-03-03T22:00:00Z", ..NOON }, Delivery::Wait);
    }

    #[test]
    fn a_reminder_that_was_overtaken_is_dropped() {
        let task = handed_over(1, ANA);
        let confirmed = after(task.clone(), &[Fact::TaskConfirmed { task: task.id, understood: false }]);
        check(&reminder(), &confirmed, NOON, Delivery::Drop("the task was confirmed or ended before"));
        let asked = Fact::QuestionAsked { task: task.id, question: 1, words: "?".into(), holds_work: true };
        check(&reminder(), &after(task.clone(), &[asked]), NOON, Delivery::Drop("it is the owner's turn"));
        let wrote = after(task.clone(), &[Fact::WordReceived { task: task.id }]);
        let overtaken = Delivery::Drop("the assistant wrote, or the date moved, in between");
        check(&reminder(), &wrote, NOON, overtaken);
    }

    #[test]
    fn a_notice_after_its_time_is_dropped() {
        let late = Notice { drop_after: Some(at("2026-03-03T11:00:00Z")), ..notice(NoticeKind::Digest, Slot::Once) };
        check(&late, &handed_over(1, ANA), NOON, Delivery::Drop("its time had passed"));
    }
}
