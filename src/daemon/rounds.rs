//! Plans what the passing of time calls for. The unique key of a notice makes planning it again harmless.

use super::{Daemon, DaemonError};
use crate::{
    domain::{id::PersonId, letter::Fate, notice::Notice, person::Person, task::Task},
    ledger::{LedgerError, View},
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
            let delivered_at = last_delivery(view, &task, assistant)?;
            due.extend(reminder_due(&task, assistant, delivered_at, &self.rules.patience, now));
        }
        let owner = people.iter().find(|person| person.id == PersonId::OWNER);
        // An office without a single task and nothing held has nothing to tell.
        if !view.tasks()?.is_empty() || !view.held_mails()?.is_empty() {
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

/// When the last letter about `task` to `assistant` left.
pub(super) fn last_delivery(
    view: View<'_>,
    task: &Task,
    assistant: &Person,
) -> Result<Option<DateTime<Utc>>, LedgerError> {
    let letters = view.letters_of(task.id)?;
    let left = letters.iter().filter(|letter| letter.to == assistant.id && letter.fate == Fate::Sent);
    Ok(left.map(|letter| letter.fate_since).max())
}
