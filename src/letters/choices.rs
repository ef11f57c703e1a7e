//! Which taps a letter offers. Each does what it says when it is sent back as it is.

use super::{
    item::Item,
    tap::{Tap, Taps},
};
use crate::domain::{
    notice::NoticeKind,
    statement::{Act, Said},
    tap::FirstWord::{Accept, Answer, Cancel, Cannot, Confirm, Done, Due, Hours, Question, Return, Status, Tell},
    task::{Doubt, OwnerDebt, Stage, Task},
    time::WallTime,
    understanding::Asked,
};
use crate::policy::digest::Why;
use chrono_tz::Tz;

/// The taps to an assistant, the likeliest first.
pub(super) fn to_assistant(item: &Item<'_>, taps: &Taps<'_>) -> Vec<Tap> {
    let confirm = |label| taps.tap(Confirm, label, "I understand, and I can make the date");
    let question = |label| taps.tap(Question, label, "Something is not clear");
    let cannot = || taps.tap(Cannot, "I need another date", "I need another date, or cannot take this task");
    let status = || taps.tap(Status, "How it stands", "How far it is, and when it will be ready");
    let done = |label| taps.tap(Done, label, "All of it is finished, and here it is");
    let to_confirm = || vec![confirm("I understand"), question("I have a question"), cannot()];
    let in_work = || vec![status(), question("I have a question"), done("It is done"), cannot()];
    let by_stage = || match item.task.map(|task| task.stage) {
        Some(Stage::HandedOver) => to_confirm(),
        Some(Stage::Confirmed) => in_work(),
        Some(Stage::Draft | Stage::HandedBack | Stage::Closed | Stage::Declined | Stage::Cancelled) | None => {
            vec![question("I have a question")]
        }
    };
    match item.kind {
        NoticeKind::Hello => {
            vec![taps.tap(Confirm, "Yes, it reached me", "This letter reached me"), question("I have a question")]
        }
        NoticeKind::Task | NoticeKind::RemindToConfirm => to_confirm(),
        NoticeKind::Answer | NoticeKind::DueMoved | NoticeKind::Told => by_stage(),
        NoticeKind::Returned => vec![confirm("I will change it"), question("I have a question"), cannot()],
        NoticeKind::Accepted | NoticeKind::Cancelled => {
            vec![taps.tap(Hours, "Report my hours", "The hours I spent on it"), question("I have a question")]
        }
        NoticeKind::NotUnderstood => match item.asked {
            Some(Asked::WhetherDone) => vec![
                done("Yes, all is done"),
                taps.tap(Status, "Something is still to come", "Something is still to come"),
                question("I have a question"),
            ],
            Some(Asked::ForStatus) => vec![status(), done("It is done"), question("I have a question")],
            Some(Asked::ToConfirm) | None => to_confirm(),
        },
        NoticeKind::Question
        | NoticeKind::HandedBack
        | NoticeKind::NeedsOwner
        | NoticeKind::CommandFailed
        | NoticeKind::MailboxTrouble
        | NoticeKind::LettersHeld
        | NoticeKind::Digest => Vec::new(),
    }
}

/// The taps to the owner about one task and why it needs them, the likeliest first.
///
/// `name` is the assistant's first name, `zone` the owner's.
pub(super) fn to_owner(task: &Task, why: Why, name: &str, zone: Tz, taps: &Taps<'_>) -> Vec<Tap> {
    let answer = || taps.tap(Answer, &format!("Answer {name}"), &format!("to answer {name}"));
    let tell = || taps.tap(Tell, &format!("Write to {name}"), &format!("to write to {name}"));
    // A date that the assistant offers is what moving it most likely means.
    let due = || match offered(task, zone) {
        Some(wall) => taps.due(&format!("Agree to {}", wall.local.format("%a %-d %b")), "to agree", wall.local),
        None => taps.tap(Due, "Move the date", "to move the date"),
    };
    let cancel = || taps.tap(Cancel, "Cancel it", "to cancel it");
    let accept = || taps.tap(Accept, "Accept", "to accept it");
    let changes = || taps.tap(Return, "Ask for changes", "to ask for changes");
    match why {
        Why::Overdue | Why::Silent | Why::Late => vec![tell(), due(), cancel()],
        Why::Owes(OwnerDebt::Answer) => vec![answer(), due()],
        Why::Owes(OwnerDebt::Help) => vec![answer(), due(), cancel()],
        Why::Owes(OwnerDebt::Date) => {
            let agree = offered(task, zone).map(|_| due());
            let another = taps.tap(Due, "Another date", "to set another date");
            agree.into_iter().chain([another, tell(), cancel()]).collect()
        }
        Why::Owes(OwnerDebt::Reading) => match task.doubts.first() {
            Some(doubt) => in_doubt(task, doubt, name, taps),
            None => vec![tell(), answer()],
        },
        Why::Owes(OwnerDebt::Look) => vec![accept(), changes()],
        Why::Owes(OwnerDebt::Reassign) => vec![tell(), cancel()],
    }
}

/// The taps about words in doubt: what they may mean, the likeliest first; that they mean nothing; and a word to the
/// assistant, which settles them too.
fn in_doubt(task: &Task, doubt: &Doubt, name: &str, taps: &Taps<'_>) -> Vec<Tap> {
    let read = |act, label: &str| taps.read(Some(act), doubt.inbox, label, &format!("means: {}", lower(label)));
    let nothing = |label: &str| taps.read(None, doubt.inbox, label, &format!("means: {}", lower(label)));
    let answer = || taps.tap(Answer, &format!("Answer {name}"), &format!("to answer {name}"));
    let tell = || taps.tap(Tell, &format!("Write to {name}"), &format!("to write to {name}"));
    let accept = || taps.tap(Accept, "Accept", "to accept it");
    let changes = || taps.tap(Return, "Ask for changes", "to ask for changes");
    let done = || read(Act::Done, "It is finished");
    match doubt.said.as_ref() {
        None => vec![answer(), done(), nothing("Nothing to do"), tell()],
        Some(said) => match said.act() {
            // Finished work is with the owner already, and here are more words about it.
            Act::Done if task.stage == Stage::HandedBack => vec![accept(), changes(), nothing("Nothing new")],
            Act::Done => vec![done(), read(Act::Progress, "Not finished yet"), accept(), changes()],
            Act::Confirm => vec![read(Act::Confirm, "The task is clear"), nothing("Not a yes"), tell()],
            Act::Question => vec![answer(), read(Act::Question, "It is a question"), nothing("Nothing to answer")],
            Act::Blocked => vec![answer(), read(Act::Blocked, "Work stands still"), nothing("Work goes on")],
            Act::Extension => {
                vec![read(Act::Extension, "Another date is asked for"), nothing("The date stands"), tell()]
            }
            Act::Decline => vec![read(Act::Decline, "The task is declined"), nothing("The task is kept"), tell()],
            Act::Progress => vec![read(Act::Progress, "A report on the work"), nothing("Nothing new"), tell()],
            // Without a number there is nothing to book.
            Act::Hours if *said == (Said::Hours { minutes: None }) => vec![nothing("No hours to book"), tell()],
            Act::Hours => vec![read(Act::Hours, "Hours to book"), nothing("No hours"), tell()],
            Act::Expense if *said == (Said::Expense { amount: None }) => vec![nothing("No money laid out"), tell()],
            Act::Expense => vec![read(Act::Expense, "Money laid out"), nothing("No money laid out"), tell()],
            Act::Suggestion => vec![read(Act::Suggestion, "A suggestion"), nothing("Nothing to decide"), tell()],
            Act::Absence => vec![read(Act::Absence, "Days away"), nothing("No days away"), tell()],
            Act::Capacity => vec![read(Act::Capacity, "Room for work, or none"), nothing("Nothing new"), tell()],
        },
    }
}

/// A label within a sentence.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The date that the assistant proposes, on the owner's clock. A day without a clock time ends when the day of
/// the present due time does: at the same wall time.
pub(super) fn offered(task: &Task, zone: Tz) -> Option<WallTime> {
    let date = task.proposal.as_ref()?.date?;
    let closing = task.due.by.at.with_timezone(&date.zone()).time();
    Some(WallTime::from_instant(date.by(closing).at, zone))
}
