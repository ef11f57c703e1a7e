//! Why a task needs its owner, as letters and the digest say it.

use super::item::Item;
use crate::domain::{
    notice::NoticeKind,
    task::{OwnerDebt, Task},
    words::Words,
};
use crate::policy::digest::Why;

/// Why `item` comes to the owner: what it says, or what presses most on its task.
pub(super) fn why(item: &Item<'_>, task: &Task) -> Why {
    let debts = task.owner_debts().into_iter().map(|(owes, _)| owes);
    let pressing = match item.kind {
        NoticeKind::Question => Some(OwnerDebt::Answer),
        NoticeKind::HandedBack => Some(OwnerDebt::Look),
        // Questions and finished work have letters of their own.
        NoticeKind::NeedsOwner => {
            item.need.or(debts.filter(|owes| !matches!(owes, OwnerDebt::Answer | OwnerDebt::Look)).min())
        }
        NoticeKind::CommandFailed
        | NoticeKind::MailboxTrouble
        | NoticeKind::LettersHeld
        | NoticeKind::Digest
        | NoticeKind::Hello
        | NoticeKind::Task
        | NoticeKind::RemindToConfirm
        | NoticeKind::Answer
        | NoticeKind::Accepted
        | NoticeKind::Returned
        | NoticeKind::DueMoved
        | NoticeKind::Cancelled
        | NoticeKind::NotUnderstood
        | NoticeKind::Told => debts.min(),
    };
    let otherwise = if task.late_eta().is_some() { Why::Late } else { Why::Silent };
    pressing.map_or(otherwise, Why::Owes)
}

pub(super) fn why_name(why: Why) -> &'static str {
    match why {
        Why::Overdue => "overdue",
        Why::Silent => "silent",
        Why::Late => "late",
        Why::Owes(owes) => debt_name(owes),
    }
}

pub(super) fn debt_name(owes: OwnerDebt) -> &'static str {
    match owes {
        OwnerDebt::Answer => "answer",
        OwnerDebt::Help => "help",
        OwnerDebt::Date => "date",
        OwnerDebt::Reading => "reading",
        OwnerDebt::Look => "look",
        OwnerDebt::Reassign => "reassign",
    }
}

/// The words on the task's own record for that need, where the notice carries none.
pub(super) fn said_on(task: &Task, why: Why) -> String {
    let words = |words: &Words| words.as_str().to_owned();
    match why {
        Why::Owes(OwnerDebt::Answer) => {
            task.questions.iter().map(|question| question.words.as_str()).collect::<Vec<_>>().join("\n\n")
        }
        Why::Owes(OwnerDebt::Help) => task.blocked.as_ref().map_or_else(String::new, |blocked| words(&blocked.words)),
        Why::Owes(OwnerDebt::Date) => task.proposal.as_ref().map_or_else(String::new, |asked| words(&asked.words)),
        Why::Owes(OwnerDebt::Reading) => task.doubts.first().map_or_else(String::new, |doubt| words(&doubt.words)),
        Why::Owes(OwnerDebt::Look) => task.handed_back.as_ref().map_or_else(String::new, |back| words(&back.words)),
        Why::Late => task.progress.as_ref().map_or_else(String::new, |progress| words(&progress.words)),
        Why::Owes(OwnerDebt::Reassign) | Why::Overdue | Why::Silent => String::new(),
    }
}
