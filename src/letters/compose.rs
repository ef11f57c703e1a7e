//! One letter from one or several items.

use super::{
    error::LetterError,
    item::{House, Item},
    tap::Tap,
    templates::{Frame, Templates},
    view::{Desk, ItemView, Sheet},
    when::When,
    wrap,
};
use crate::domain::{
    id::TaskId,
    notice::NoticeKind,
    person::Person,
    task::{OwnerDebt, Task},
    token::Token,
};
use chrono::{DateTime, Utc};
use minijinja::{Value, context, value::Serde};
use serde::Serialize;

/// A letter's words. Nothing about them changes any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// `[HB-142] Title` for every letter about one task.
    pub subject: String,
    /// What mail programs show beside the subject.
    pub preheader: String,
    /// With LF line ends, at most 72 columns wide.
    pub text: String,
    pub html: String,
    /// Every reply that a touch can begin, in the order of the letter.
    pub taps: Vec<Tap>,
    /// The task behind each numbered line, from 1; empty where the letter is about one thing.
    pub lines: Vec<TaskId>,
}

/// Composes the letter that tells `reader` all of `items`, in their order.
///
/// # Errors
/// No items, an item without what its kind needs, or a template that fails; [`Templates::load`] has tried them all.
pub fn compose(
    templates: &Templates,
    house: &House<'_>,
    reader: &Person,
    items: &[Item<'_>],
    token: Token,
    now: DateTime<Utc>,
) -> Result<Composed, LetterError> {
    let desk = Desk { house, reader, token, now };
    for item in items {
        check(&desk, item)?;
    }
    let about: Vec<_> = items.iter().filter_map(|item| item.task.map(|task| (task, item.assistant))).collect();
    let sheet = desk.sheet(&about);
    match items {
        [] => Err(LetterError::Empty),
        [item] => alone(templates, &desk, &sheet, item),
        _ => together(templates, &desk, &sheet, items),
    }
}

fn check(desk: &Desk<'_>, item: &Item<'_>) -> Result<(), LetterError> {
    let kind = item.kind;
    let (task, assistant) = match kind {
        NoticeKind::Digest => return Err(LetterError::DigestWithoutPage),
        NoticeKind::Hello | NoticeKind::CommandFailed | NoticeKind::MailboxTrouble | NoticeKind::LettersHeld => {
            (false, false)
        }
        NoticeKind::Question | NoticeKind::HandedBack | NoticeKind::NeedsOwner => (true, true),
        NoticeKind::Task
        | NoticeKind::RemindToConfirm
        | NoticeKind::Answer
        | NoticeKind::Accepted
        | NoticeKind::Returned
        | NoticeKind::DueMoved
        | NoticeKind::Cancelled
        | NoticeKind::NotUnderstood
        | NoticeKind::Told => (true, false),
    };
    if task && item.task.is_none() {
        return Err(LetterError::NoTask { kind });
    }
    if assistant && desk.for_owner() && item.assistant.is_none() {
        return Err(LetterError::NoAssistant { kind });
    }
    Ok(())
}

fn alone(templates: &Templates, desk: &Desk<'_>, sheet: &Sheet, item: &Item<'_>) -> Result<Composed, LetterError> {
    let kind = item.kind.name();
    let subject = thread(templates, desk, sheet, item)?;
    let taps = desk.taps(item, &subject, false);
    let values = with_item(sheet, &desk.item(item, 0, &taps));
    let (text, said) = templates.text(kind, Frame::Letter, &values)?;
    let html = templates.html(kind, Frame::Letter, &said, &values)?;
    Ok(Composed {
        subject,
        preheader: said.preheader,
        text: wrap::tidy(&text),
        html: templates.styled(kind, &html)?,
        taps,
        lines: Vec::new(),
    })
}

/// The subject of the thread that `item` belongs to: its task's for life, or the one its template gives.
fn thread(templates: &Templates, desk: &Desk<'_>, sheet: &Sheet, item: &Item<'_>) -> Result<String, LetterError> {
    match item.task {
        Some(task) => Ok(Desk::subject(task)),
        None => {
            let values = with_item(sheet, &desk.item(item, 0, &[]));
            templates.text(item.kind.name(), Frame::Letter, &values).map(|(_, said)| said.subject)
        }
    }
}

fn with_item(sheet: &Sheet, item: &ItemView) -> Value {
    context! { item => Value::from(Serde(item)), ..Value::from(Serde(sheet)) }
}

/// What a letter about several things says before them.
#[derive(Serialize)]
struct Overview {
    count: usize,
    /// Each task once.
    tags: Vec<String>,
    all_to_confirm: bool,
    /// The due time that comes first.
    due: Option<When>,
    answer_by: Option<When>,
}

const TEMPLATE: &str = "several";

fn together(
    templates: &Templates,
    desk: &Desk<'_>,
    sheet: &Sheet,
    items: &[Item<'_>],
) -> Result<Composed, LetterError> {
    // What belongs to no task has no number, so that the numbers are those of `lines`.
    let (numbered, loose): (Vec<_>, Vec<_>) = items.iter().partition(|item| item.task.is_some());
    let numbers = (1..=numbered.len()).chain(loose.iter().map(|_| 0));
    let (mut taps, mut texts, mut htmls) = (Vec::new(), Vec::new(), Vec::new());
    for (item, number) in numbered.iter().chain(&loose).zip(numbers) {
        let offered = desk.taps(item, &thread(templates, desk, sheet, item)?, true);
        let values = with_item(sheet, &desk.item(item, number, &offered));
        let (text, said) = templates.text(item.kind.name(), Frame::Section, &values)?;
        htmls.push(Value::from_safe_string(templates.html(item.kind.name(), Frame::Section, &said, &values)?));
        texts.push(text);
        taps.extend(offered);
    }
    let tasks: Vec<&Task> = numbered.iter().filter_map(|item| item.task).collect();
    let overview = overview(desk, items, &tasks);
    let values = |sections: Vec<Value>| {
        context! { sections, overview => Value::from(Serde(&overview)), ..Value::from(Serde(sheet)) }
    };
    let (text, said) =
        templates.text(TEMPLATE, Frame::Letter, &values(texts.into_iter().map(Value::from).collect()))?;
    let html = templates.html(TEMPLATE, Frame::Letter, &said, &values(htmls))?;
    let subject = match tasks.as_slice() {
        [first, rest @ ..] if rest.iter().all(|task| task.id == first.id) => Desk::subject(first),
        _ => said.subject,
    };
    Ok(Composed {
        subject,
        preheader: said.preheader,
        text: wrap::tidy(&text),
        html: templates.styled(TEMPLATE, &html)?,
        taps,
        lines: tasks.iter().map(|task| task.id).collect(),
    })
}

fn overview(desk: &Desk<'_>, items: &[Item<'_>], tasks: &[&Task]) -> Overview {
    let mut tags: Vec<String> = Vec::new();
    for tag in tasks.iter().map(|task| task.id.to_string()) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let first_due = tasks.iter().filter(|task| wants_work(task)).map(|task| task.due.by.at).min();
    Overview {
        count: items.len(),
        tags,
        all_to_confirm: items.iter().all(|item| item.kind == NoticeKind::RemindToConfirm),
        due: first_due.map(|at| desk.when(at)),
        answer_by: items.iter().filter_map(|item| item.answer_by).min().map(|at| desk.when(at)),
    }
}

/// Whether the due time still means something: not once the work is in the owner's hands.
fn wants_work(task: &Task) -> bool {
    task.is_open() && task.owner_debts().iter().all(|(owes, _)| *owes != OwnerDebt::Look)
}
