//! The slots of a statement: how far, by when, how long, how much, whole or part.

use super::{candidates::Candidate, clause::Outline, lessons::FROM_OWNER, lists::PARTIAL, phrase::Class};
use crate::{
    domain::{
        statement::{Act, Room, Said, Statement, Whole},
        understanding::Situation,
    },
    understanding::{amounts, hours, thread, times},
};

/// Fills the slots of `candidate` from its own words, and from the rest of its sentence where they name none.
pub(super) fn said(
    candidate: &Candidate,
    all: &[Candidate],
    outline: &Outline,
    text: &str,
    situation: &Situation,
) -> Said {
    let own = words(outline, text, candidate);
    let sentence = text.get(outline.sentence_bytes(candidate.clauses.start)).unwrap_or_default();
    let moment = || times::deadline(own, situation).or_else(|| times::deadline(sentence, situation));
    match candidate.act {
        Act::Confirm => Said::Confirm { understood: is_understood(candidate, all, outline) },
        Act::Decline => Said::Decline,
        Act::Question => Said::Question,
        Act::Progress => Said::Progress { percent: amounts::percent(own), eta: moment() },
        Act::Done => Said::Done { whole: whole(candidate, all, outline) },
        Act::Blocked => Said::Blocked,
        Act::Extension => Said::Extension { date: moment() },
        Act::Hours => Said::Hours {
            minutes: hours::spent(&untagged(own)).or_else(|| hours::spent(&untagged(sentence))).or_else(|| {
                // Our own line asked for hours, so a bare number there is that.
                let asked = candidate.because.contains(&"prompt.hours");
                asked.then(|| hours::spent(&format!("spent {} hours", own.trim()))).flatten()
            }),
        },
        Act::Expense => Said::Expense {
            amount: amounts::money(own, situation.zone).or_else(|| amounts::money(sentence, situation.zone)),
        },
        Act::Suggestion => Said::Suggestion,
        Act::Absence => {
            let days = times::range(own, situation).or_else(|| times::range(sentence, situation));
            Said::Absence { from: days.map(|(from, _)| from), to: days.map(|(_, to)| to) }
        }
        Act::Capacity => Said::Capacity {
            state: if candidate.because.contains(&"capacity.full") { Room::Full } else { Room::Room },
        },
    }
}

/// `text` without the tags of tasks, whose numbers are no hours: `HOURS HB-1 2.5`.
fn untagged(text: &str) -> String {
    let mut untagged = text.to_owned();
    for (_, place) in thread::mentions(text) {
        untagged.replace_range(place.clone(), &" ".repeat(place.len()));
    }
    untagged
}

fn words<'a>(outline: &Outline, text: &'a str, candidate: &Candidate) -> &'a str {
    text.get(outline.clause_bytes(&candidate.clauses)).unwrap_or_default()
}

/// Whether a confirmation says more than "ok": some line of its own about outcome, date or limit.
fn is_understood(candidate: &Candidate, all: &[Candidate], outline: &Outline) -> bool {
    let plain_ok = candidate.because.iter().all(|name| ["confirm.ok", "word.confirm"].contains(name));
    let says_when = all.iter().any(|other| other.act == Act::Progress && other.weight >= 600);
    let wordy = outline.tokens.len() >= 12 && !plain_ok;
    says_when || wordy || candidate.because.contains(&"prompt.understood")
}

/// Whether the whole task is meant. `Yes` only where nothing in the message speaks of a part or of something left.
fn whole(candidate: &Candidate, all: &[Candidate], outline: &Outline) -> Whole {
    let in_clauses = |clauses: &std::ops::Range<usize>, test: &dyn Fn(&str) -> bool| {
        outline
            .clauses
            .get(clauses.clone())
            .into_iter()
            .flatten()
            .flat_map(|clause| clause.tokens.clone())
            .any(|token| outline.tokens.get(token).is_some_and(|token| test(&token.text)))
    };
    let partial = in_clauses(&candidate.clauses, &|word| PARTIAL.has(word));
    let left = all.iter().any(|other| {
        other.act == Act::Progress && other.weight >= 600 && !other.because.iter().all(|name| *name == "done.whole")
    });
    if partial || left {
        return Whole::No;
    }
    let stuck = all.iter().any(|other| {
        other.weight >= 500
            && match other.act {
                Act::Blocked | Act::Question | Act::Extension => true,
                Act::Confirm
                | Act::Decline
                | Act::Progress
                | Act::Done
                | Act::Hours
                | Act::Expense
                | Act::Suggestion
                | Act::Absence
                | Act::Capacity => false,
            }
    });
    let says_all = candidate
        .because
        .iter()
        .any(|name| ["done.whole", "done.plainly", "word.done", "answer.done", FROM_OWNER].contains(name));
    let counted = outline.marked(Class::Percent, &(0..outline.tokens.len())).next().is_some();
    let bare = outline.clauses.get(candidate.clauses.start).is_some_and(|clause| clause.tokens.len() <= 3);
    let finished = candidate.because.iter().any(|name| ["done.finished", "done.other"].contains(name));
    if stuck || counted {
        Whole::Unsure
    } else if says_all || (finished && bare) {
        Whole::Yes
    } else {
        Whole::Unsure
    }
}

/// Where one line gives the total of the hours, the lines that make it up are not counted again.
pub(super) fn keep_totals(statements: &mut Vec<Statement>) {
    const TOTALS: [&str; 7] = ["total", "overall", "altogether", "sum", "in all", "всього", "итого"];
    let is_hours = |statement: &Statement| statement.act() == Act::Hours;
    let is_total = |statement: &Statement| {
        let words = statement.words.to_lowercase();
        is_hours(statement) && TOTALS.iter().any(|total| words.contains(total))
    };
    let tasks: Vec<_> = statements.iter().filter(|statement| is_total(statement)).map(|total| total.task).collect();
    statements.retain(|statement| !is_hours(statement) || is_total(statement) || !tasks.contains(&statement.task));
    // An hours statement without a number is no booking when another has one.
    let numbered = statements.iter().any(|statement| matches!(statement.said, Said::Hours { minutes: Some(_) }));
    statements.retain(|statement| !(numbered && matches!(statement.said, Said::Hours { minutes: None })));
}

/// "31 of 40 are ready" says how far it is. That a part may be done besides, which hands nothing back, is no doubt to
/// trouble anybody with. Tells whether there was such a part.
pub(super) fn leave_counts_to_progress(statements: &mut Vec<Statement>, maybe: &mut Vec<Statement>) -> bool {
    let counts: Vec<_> = statements
        .iter()
        .filter(|one| one.applied && matches!(one.said, Said::Progress { percent: Some(_), .. }))
        .map(|one| (one.task, one.span.clone()))
        .collect();
    let counted = |one: &mut Statement| {
        let beside = |(task, span): &(_, std::ops::Range<usize>)| {
            *task == one.task && span.start < one.span.end && one.span.start < span.end
        };
        !one.applied && matches!(one.said, Said::Done { whole: Whole::No }) && counts.iter().any(beside)
    };
    let known = maybe.len();
    maybe.extend(statements.extract_if(.., counted));
    maybe.len() > known
}
