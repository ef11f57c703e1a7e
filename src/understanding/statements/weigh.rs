//! From hits to candidates: what each clause says, and how surely.

use super::{
    clause::Outline,
    hits::{Hit, Hits},
    patterns::{Says, Turn},
};
use crate::domain::statement::Act;
use std::ops::Range;

/// One act that a stretch of words may carry.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub act: Act,
    /// Thousandths.
    pub weight: u16,
    pub clauses: Range<usize>,
    /// The tokens that spoke for it, first to last.
    pub tokens: Range<usize>,
    pub because: Vec<&'static str>,
}

/// Weighs what every clause says, in the order it was written.
pub(super) fn candidates(outline: &Outline, hits: &Hits) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for clause in 0..outline.clauses.len() {
        for act in Act::ALL {
            let Some(candidate) = weigh(outline, hits, clause, act) else { continue };
            match found.iter_mut().rev().find(|before| before.act == act) {
                Some(before) if joins(outline, before, &candidate) => join(before, candidate),
                Some(_) | None => found.push(candidate),
            }
        }
    }
    settle_conflicts(outline, &mut found);
    found
}

fn weigh(outline: &Outline, hits: &Hits, clause: usize, act: Act) -> Option<Candidate> {
    let speaking: Vec<(&Hit, u16)> = hits
        .all
        .iter()
        .filter(|hit| hit.clause == clause && !hits.is_courtesy(&hit.tokens))
        .filter_map(|hit| match hit.says {
            Says::For(spoken, strength) if spoken == act => Some((hit, strength)),
            Says::For(..) | Says::Against(_) | Says::Context(_) | Says::Talk => None,
        })
        .collect();
    let mut because: Vec<&'static str> = speaking.iter().map(|(hit, _)| hit.name).collect();
    because.dedup();
    let mut weights: Vec<f64> = Vec::new();
    for (hit, strength) in &speaking {
        let mut weight = f64::from(*strength) / 1000.0;
        for turn in hits.turns(outline, &hit.tokens).into_iter().filter(|_| !is_taught(hit.name)) {
            let factor = turned(act, turn);
            weight *= factor;
            if factor < 1.0 && !because.contains(&turn.name()) {
                because.push(turn.name());
            }
        }
        if outline.tokens.get(hit.tokens.start).is_some_and(|token| token.quoted) {
            weight *= 0.15;
            because.push("turn.quoted");
        }
        weights.push(weight);
    }
    weights.sort_by(|a, b| b.total_cmp(a));
    let (strongest, others) = weights.split_first()?;
    let mut weight = others.iter().take(3).fold(*strongest, |sum, other| sum + (0.985 - sum).max(0.0) * other * 0.25);
    let against = hits.all.iter().find(|hit| {
        hit.says == Says::Against(act)
            && outline.clause_of(hit.tokens.start) <= clause
            && outline.clause_of(hit.tokens.end.saturating_sub(1)) >= clause
    });
    let taught = speaking.iter().any(|(hit, _)| is_taught(hit.name) && act != Act::Done);
    if let Some(against) = against.filter(|_| !taught) {
        weight *= 0.15;
        because.push(against.name);
    }
    if outline.clauses.get(clause).is_some_and(|clause| clause.asks) {
        weight *= asked(act);
    }
    if act == Act::Confirm
        && is_mere_ok(&because)
        && outline.clauses.get(clause).is_some_and(|clause| clause.tokens.len() > LONG_FOR_OK)
    {
        weight *= 0.9; // What follows may take the "ok" back.
    }
    let tokens = speaking.iter().map(|(hit, _)| hit.tokens.start).min()?
        ..speaking.iter().map(|(hit, _)| hit.tokens.end).max()?;
    let last = outline.clause_of(tokens.end.saturating_sub(1)).max(clause);
    Some(Candidate { act, weight: permille(weight), clauses: clause..last + 1, tokens, because })
}

/// A clause with more words than this says more than "ok".
const LONG_FOR_OK: usize = 6;

fn is_mere_ok(because: &[&'static str]) -> bool {
    because.iter().all(|name| ["confirm.ok", "confirm.ok.other"].contains(name))
}

/// The first words that our letters teach and the prompts of our taps leave no room for doubt about what is meant.
fn is_taught(name: &str) -> bool {
    name.starts_with("word.") || name.starts_with("prompt.")
}

/// What is left of an act when a turn stands before it.
fn turned(act: Act, turn: Turn) -> f64 {
    match (act, turn) {
        (Act::Done, Turn::Denied | Turn::Future) => 0.12,
        (Act::Done, Turn::Conditional | Turn::Reported) => 0.2,
        (Act::Done, Turn::Hedged) => 0.5,
        (Act::Confirm, Turn::Denied | Turn::Conditional) => 0.3,
        (Act::Confirm, Turn::Reported | Turn::Hedged) => 0.5,
        (Act::Decline, Turn::Conditional) => 0.5,
        (Act::Decline, Turn::Reported) => 0.4,
        (Act::Blocked, Turn::Denied | Turn::Conditional) => 0.5,
        (Act::Blocked, Turn::Future) => 0.75,
        (Act::Hours, Turn::Future) => 0.25,
        (Act::Hours | Act::Expense, Turn::Denied | Turn::Conditional | Turn::Hedged) => 0.6,
        (Act::Expense, Turn::Future) => 0.3,
        (Act::Progress | Act::Capacity, Turn::Conditional) => 0.6,
        (Act::Capacity, Turn::Denied) => 0.7,
        (Act::Question | Act::Suggestion, Turn::Reported) => 0.6,
        (
            Act::Progress | Act::Extension | Act::Absence | Act::Capacity | Act::Hours | Act::Expense | Act::Blocked,
            Turn::Reported,
        ) => 0.7,
        (
            Act::Confirm
            | Act::Decline
            | Act::Question
            | Act::Progress
            | Act::Blocked
            | Act::Extension
            | Act::Suggestion
            | Act::Absence
            | Act::Capacity,
            Turn::Denied | Turn::Conditional | Turn::Future | Turn::Hedged,
        ) => 1.0,
    }
}

/// What is left of an act inside a question.
fn asked(act: Act) -> f64 {
    match act {
        Act::Question | Act::Extension => 1.0,
        Act::Suggestion => 0.95,
        Act::Done | Act::Confirm => 0.12,
        Act::Decline | Act::Hours => 0.35,
        Act::Progress | Act::Expense | Act::Capacity => 0.45,
        Act::Blocked | Act::Absence => 0.6,
    }
}

/// Two clauses of one sentence that say the same act say it once.
fn joins(outline: &Outline, before: &Candidate, next: &Candidate) -> bool {
    let sentence = |clause: usize| outline.clauses.get(clause).map(|clause| clause.sentence);
    sentence(before.clauses.start) == sentence(next.clauses.start)
        && next.clauses.start <= before.clauses.end
        // A clause that takes back what the one before said stays apart.
        && before.weight.abs_diff(next.weight) < 400
}

fn join(before: &mut Candidate, next: Candidate) {
    before.weight = before.weight.max(next.weight);
    before.clauses.end = before.clauses.end.max(next.clauses.end);
    before.tokens.end = before.tokens.end.max(next.tokens.end);
    for name in next.because {
        if !before.because.contains(&name) {
            before.because.push(name);
        }
    }
}

/// Lowers what the rest of the message contradicts: blocked or question beats done, decline beats confirm.
fn settle_conflicts(outline: &Outline, found: &mut [Candidate]) {
    let seen = found.to_vec();
    for candidate in found.iter_mut() {
        let sentence = |clause: usize| outline.clauses.get(clause).map(|clause| clause.sentence);
        for other in seen.iter().filter(|other| other.weight >= 600) {
            let together = sentence(other.clauses.start) == sentence(candidate.clauses.start);
            let same = other.clauses.start == candidate.clauses.start;
            let Some(factor) = yields(candidate.act, other.act, together, same) else { continue };
            candidate.weight = permille(f64::from(candidate.weight) / 1000.0 * factor);
            candidate.because.push("conflict");
        }
    }
}

/// What is left of `act` where the message says `other` as well: in the same sentence, in the same clause.
fn yields(act: Act, other: Act, together: bool, same: bool) -> Option<f64> {
    match (act, other) {
        (Act::Done, Act::Blocked) => Some(if together { 0.7 } else { 0.9 }),
        (Act::Done | Act::Confirm, Act::Question) | (Act::Confirm, Act::Blocked) => together.then_some(0.9),
        (Act::Confirm, Act::Decline) => Some(0.5),
        // "Yes, it is done" and "I could take more" take on nothing new.
        (Act::Confirm, Act::Done) => together.then_some(0.62),
        (Act::Confirm, Act::Capacity) => same.then_some(0.5),
        (Act::Progress | Act::Extension, Act::Absence | Act::Decline | Act::Suggestion | Act::Capacity)
        | (Act::Progress, Act::Blocked | Act::Hours | Act::Expense)
        | (Act::Absence, Act::Decline | Act::Capacity) => same.then_some(0.5),
        _ => None,
    }
}

fn permille(weight: f64) -> u16 {
    let rounded = (weight.clamp(0.0, 1.0) * 1000.0).round();
    (0..=1000_u16).rev().find(|value| f64::from(*value) <= rounded).unwrap_or_default()
}
