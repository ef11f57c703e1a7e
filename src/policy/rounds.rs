//! What the passing of time calls for: reminders, and the owner's page of the day.

use super::reminder::{NextStep, Patience, next_step};
use crate::domain::{
    id::PersonId,
    notice::{Notice, NoticeKey, NoticeKind, Slot},
    person::Person,
    task::Task,
    time::instant,
};
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

/// Decides whether `task` is due a reminder. `delivered_at` is when the last letter about it left.
pub fn reminder_due(
    task: &Task,
    assistant: &Person,
    delivered_at: Option<DateTime<Utc>>,
    patience: &Patience,
    now: DateTime<Utc>,
) -> Option<Notice> {
    match next_step(task, delivered_at, patience, &assistant.profile.calendar, now) {
        NextStep::RemindToConfirm { rung } => {
            let slot = Slot::Rung { revision: task.decisions, rung };
            let key =
                NoticeKey { task: Some(task.id), kind: NoticeKind::RemindToConfirm, person: assistant.id, slot };
            Some(Notice { key, words: None, mail: None, not_before: now, drop_after: None })
        }
        // The digest shows the silence and the fallback contact.
        NextStep::Wait | NextStep::TellOwnerOfSilence => None,
    }
}

/// The digest of the owner's local day, once its hour has come on a working day, and not on the day on which the
/// office opened after that hour. It is stale when the day ends.
pub fn digest_due(owner: &Person, hour: NaiveTime, now: DateTime<Utc>) -> Option<Notice> {
    let calendar = &owner.profile.calendar;
    let today = calendar.today(now);
    let not_before = instant(today.and_time(hour), calendar.zone);
    if !calendar.is_working_day(today) || now < not_before || owner.added_at > not_before {
        return None;
    }
    let tomorrow = today.checked_add_days(Days::new(1))?;
    let key = NoticeKey { task: None, kind: NoticeKind::Digest, person: PersonId::OWNER, slot: Slot::Day(today) };
    let drop_after = Some(instant(tomorrow.and_time(NaiveTime::MIN), calendar.zone));
    Some(Notice { key, words: None, mail: None, not_before, drop_after })
}

/// How long the mailbox may be closed before its owner hears of it by a letter of its own.
const CLOSED_FOR_LONG: TimeDelta = TimeDelta::hours(1);

/// Word to the owner that the mailbox cannot be read, once a day. It is stale a day later.
pub fn trouble_due(owner: &Person, since: DateTime<Utc>, why: &str, now: DateTime<Utc>) -> Option<Notice> {
    if now - since < CLOSED_FOR_LONG {
        return None;
    }
    let slot = Slot::Day(owner.profile.calendar.today(now));
    let key = NoticeKey { task: None, kind: NoticeKind::MailboxTrouble, person: owner.id, slot };
    let drop_after = Some(now + TimeDelta::days(1));
    Some(Notice { key, words: Some(why.into()), mail: None, not_before: now, drop_after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::test_tasks::{ANA, ana, at, handed_over, owner};

    #[track_caller]
    fn check_digest(now: &str, expected: Option<&str>) {
        let hour = NaiveTime::from_hms_opt(7, 30, 0).unwrap();
        let key = digest_due(&owner(), hour, at(now)).map(|notice| notice.key.to_string());
        assert_eq!(key.as_deref(), expected, "{now}");
    }

    #[test]
    fn the_digest_comes_at_the_owners_hour_once_a_local_working_day() {
        check_digest("2026-03-03T07:29:59Z", None);
        check_digest("2026-03-03T07:30:00Z", Some("-/digest/1/2026-03-03"));
        check_digest("2026-03-03T23:59:00Z", Some("-/digest/1/2026-03-03"));
        check_digest("2026-07-01T06:30:00Z", Some("-/digest/1/2026-07-01")); // summer time
        check_digest("2026-03-07T09:00:00Z", None); // a Saturday
    }

    #[test]
    fn an_office_that_opened_after_the_hour_gets_its_first_digest_tomorrow() {
        let hour = NaiveTime::from_hms_opt(7, 30, 0).unwrap();
        let newcomer = Person { added_at: at("2026-03-03T07:31:00Z"), ..owner() };
        assert_eq!(digest_due(&newcomer, hour, at("2026-03-03T09:00:00Z")), None);
        assert!(digest_due(&newcomer, hour, at("2026-03-04T07:30:00Z")).is_some());
    }

    #[test]
    fn a_reminder_carries_its_rung_so_that_it_is_planned_once() {
        let patience = Patience { before_reminder: vec![TimeDelta::hours(4)], after_last: TimeDelta::hours(8) };
        let delivered = Some(at("2026-03-02T09:00:00Z"));
        let key = |now: &str| {
            let notice = reminder_due(&handed_over(1, ANA), &ana(), delivered, &patience, at(now));
            notice.map(|notice| notice.key.to_string())
        };
        assert_eq!(key("2026-03-02T12:59:00Z"), None);
        assert_eq!(key("2026-03-02T13:00:00Z").as_deref(), Some("HB-1/remind_to_confirm/2/rung-0-0"));
        assert_eq!(key("2026-03-02T15:00:00Z").as_deref(), Some("HB-1/remind_to_confirm/2/rung-0-0"));
    }

    #[test]
    fn trouble_that_lasts_an_hour_is_told_once_a_day() {
        let since = at("2026-03-03T09:00:00Z");
        let key = |now: &str| trouble_due(&owner(), since, "no answer", at(now)).map(|notice| notice.key.to_string());
        assert_eq!(key("2026-03-03T09:59:59Z"), None);
        assert_eq!(key("2026-03-03T10:00:00Z").as_deref(), Some("-/mailbox_trouble/1/2026-03-03"));
        assert_eq!(key("2026-03-04T10:00:00Z").as_deref(), Some("-/mailbox_trouble/1/2026-03-04"));
    }
}
