//! Plans what the passing of time calls for. The unique key of a notice makes planning it again harmless.

use super::{Daemon, DaemonError};
use crate::{
    domain::{event::Outcome, id::PersonId, notice::Notice},
    ledger::{LedgerError, MailFilter},
    policy::rounds::{digest_due, reminder_due, trouble_due},
};
use chrono::{DateTime, Utc};

impl Daemon {
    /// Plans reminders, the digest, and word of a mailbox that stays closed.
    pub(super) fn plan(&mut self, now: DateTime<Utc>) -> Result<(), DaemonError> {
        let due = self.due_by_time(now)?;
        if due.is_empty() {
            return Ok(());
        }
        self.ledger.write(now, |tx| {
            for notice in &due {
                tx.plan(notice)?;
            }
            Ok::<_, DaemonError>(())
        })
    }

    fn due_by_time(&self, now: DateTime<Utc>) -> Result<Vec<Notice>, LedgerError> {
        let view = self.ledger.view();
        let people = view.people()?;
        let mut due = Vec::new();
        for task in view.open_tasks()? {
            let Some(assistant) = people.iter().find(|person| person.id == task.assistant) else { continue };
            let delivered_at = view.last_sent(task.id, assistant.id)?;
            due.extend(reminder_due(&task, assistant, delivered_at, &self.rules.patience, now));
        }
        let owner = people.iter().find(|person| person.id == PersonId::OWNER);
        // An office without a single task and nothing held has nothing to tell.
        let held = MailFilter { outcome: Some(Outcome::Held), limit: Some(1), ..MailFilter::default() };
        if view.has_tasks()? || !view.mails(&held)?.is_empty() {
            due.extend(owner.and_then(|owner| digest_due(owner, self.rules.digest_at, now)));
        }
        if let (Some(owner), Some(trouble)) = (owner, self.health.mailbox.trouble()) {
            due.extend(trouble_due(owner, trouble.since, &trouble.why, now));
        }
        let mut news = Vec::new();
        for notice in due {
            if view.notice_by_key(&notice.key)?.is_none() {
                news.push(notice);
            }
        }
        Ok(news)
    }
}
