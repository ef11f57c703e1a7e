//! A task as templates see it.

use super::{
    choices, clean,
    view::{Desk, share},
    when::{self, When},
};
use crate::domain::task::Task;
use serde::Serialize;

/// A task on the reader's clock.
#[derive(Debug, Serialize)]
pub(super) struct TaskView {
    pub(super) tag: String,
    pub(super) title: String,
    due: When,
    overdue: bool,
    hard: bool,
    since: When,
    why: String,
    outcome: String,
    steps: Vec<String>,
    parts: Vec<PartView>,
    pay: String,
    update: Option<UpdateView>,
    limit: String,
    /// When to write before going on, at five sixths of the limit; empty for limits below half an hour.
    warn_at: String,
    used: String,
    limit_hours: String,
    /// Hours used of the limit, in percent.
    share: u32,
    holds_work: bool,
    offered: Option<When>,
    reminders: u8,
    reminded: Option<When>,
}

#[derive(Debug, Serialize)]
struct PartView {
    number: u8,
    title: String,
    due: Option<When>,
    delivered: bool,
}

#[derive(Debug, Serialize)]
struct UpdateView {
    what: String,
    by: When,
}

impl Desk<'_> {
    pub(super) fn task(&self, task: &Task) -> TaskView {
        let brief = &task.brief;
        let limit = brief.limit_minutes.filter(|minutes| *minutes > 0);
        TaskView {
            tag: task.id.to_string(),
            title: clean::line(brief.title.as_str()),
            due: self.when(task.due.by.at),
            overdue: task.due.by.at < self.now,
            hard: task.due.hard,
            since: self.when(task.stage_since),
            why: brief.why.as_ref().map(|why| clean::prose(why.as_str())).unwrap_or_default(),
            outcome: clean::prose(brief.outcome.as_str()),
            steps: brief.steps.iter().map(|step| clean::line(step.as_str())).collect(),
            parts: (brief.parts.iter())
                .map(|part| PartView {
                    number: part.number,
                    title: clean::line(part.title.as_str()),
                    due: part.due.map(|due| self.when(due.at)),
                    delivered: task.parts_delivered.contains(&part.number),
                })
                .collect(),
            pay: brief.pay.as_ref().map(|pay| clean::line(pay.as_str())).unwrap_or_default(),
            update: brief
                .update
                .as_ref()
                .map(|update| UpdateView { what: clean::line(update.what.as_str()), by: self.when(update.by.at) }),
            limit: limit.map(when::hours_in_words).unwrap_or_default(),
            warn_at: limit.map(warning).filter(|minutes| *minutes > 0).map(when::hours_in_words).unwrap_or_default(),
            used: when::hours(task.minutes_used),
            limit_hours: limit.map(when::hours).unwrap_or_default(),
            share: limit.map_or(0, |limit| share(task.minutes_used, limit)),
            holds_work: task.questions.iter().any(|question| question.holds_work),
            offered: choices::offered(task, self.zone()).map(|wall| self.when(wall.at)),
            reminders: task.reminders,
            reminded: task.last_reminder_at.map(|at| self.when(at)),
        }
    }
}

/// Five sixths of a limit, in whole quarters of an hour.
fn warning(limit: u32) -> u32 {
    if limit < 30 { 0 } else { limit / 6 * 5 / 15 * 15 }
}
