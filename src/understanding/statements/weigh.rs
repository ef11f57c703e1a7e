//! What the rows say for each act, clause by clause, before anything learned is heard.

use super::{
    clause::Outline,
    hits::{Hit, Hits},
    model::{self, View},
    patterns::{Says, Turn},
    turns::Turns,
};
use crate::domain::statement::Act;
use std::ops::Range;

/// What the rows of one clause say for one act.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    /// From 0 to 1: the strength of the rows that speak for it, less what turns them.
    pub weight: f64,
    /// The tokens that spoke for it, first to last.
    pub tokens: Range<usize>,
    pub because: Vec<&'static str>,
    /// Said in words that our letters teach, or in answer to what we asked: nothing is left to weigh.
    pub taught: bool,
}

/// The voices of one clause, in the order of [`Act::ALL`].
pub(super) type Voices = [Option<Voice>; 12];

/// One clause as the rows see it.
#[derive(Debug, Default)]
pub(super) struct Heard<'a> {
    /// Rows that begin in the clause, courtesies included.
    pub hits: Vec<&'a Hit>,
    /// Acts that some row takes back, with its name.
    against: Vec<(Act, &'static str)>,
}

/// The rows of every clause.
pub(super) fn heard<'a>(outline: &Outline, hits: &'a Hits) -> Vec<Heard<'a>> {
    let mut clauses: Vec<Heard<'_>> = outline.clauses.iter().map(|_| Heard::default()).collect();
    for hit in &hits.all {
        if let Some(clause) = clauses.get_mut(hit.clause) {
            clause.hits.push(hit);
        }
        if let Says::Against(act) = hit.says {
            let last = outline.clause_of(hit.tokens.end.saturating_sub(1));
            let covered = clauses.iter_mut().take(last + 1).skip(outline.clause_of(hit.tokens.start));
            covered.for_each(|clause| clause.against.push((act, hit.name)));
        }
    }
    clauses
}

/// Weighs what one clause says.
pub(super) fn voices(outline: &Outline, hits: &Hits, turns: &Turns, heard: &Heard<'_>, clause: usize) -> Voices {
    Act::ALL.map(|act| voice(outline, hits, turns, heard, clause, act))
}

fn voice(outline: &Outline, hits: &Hits, turns: &Turns, heard: &Heard<'_>, clause: usize, act: Act) -> Option<Voice> {
    let speaking: Vec<(&Hit, u16)> = heard
        .hits
        .iter()
        .filter_map(|hit| match hit.says {
            Says::For(spoken, strength) if spoken == act => Some((*hit, strength)),
            Says::For(..) | Says::Against(_) | Says::Context(_) | Says::Talk => None,
        })
        .filter(|(hit, _)| !hits.is_courtesy(&hit.tokens))
        .collect();
    let tokens = speaking.iter().map(|(hit, _)| hit.tokens.start).min()?
        ..speaking.iter().map(|(hit, _)| hit.tokens.end).max()?;
    let mut because: Vec<&'static str> = speaking.iter().map(|(hit, _)| hit.name).collect();
    because.dedup();
    let mut weights: Vec<f64> = Vec::new();
    for (hit, strength) in &speaking {
        let mut weight = f64::from(*strength) / 1000.0;
        for turn in turns.over(clause, &hit.tokens).into_iter().filter(|_| !is_taught(hit.name)) {
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
    let taught = speaking.iter().any(|(hit, _)| is_taught(hit.name));
    let against = heard.against.iter().find(|(against, _)| *against == act);
    if let Some((_, name)) = against.filter(|_| !taught || act == Act::Done) {
        weight *= 0.15;
        because.push(name);
    }
    if outline.clauses.get(clause).is_some_and(|clause| clause.asks) {
        weight *= asked(act);
    }
    Some(Voice { weight, tokens, because, taught: taught && weight >= 0.6 })
}

/// The first words that our letters teach, the prompts of our taps and answers to what we asked leave no room for doubt.
pub(super) fn is_taught(name: &str) -> bool {
    name.starts_with("word.") || name.starts_with("prompt.")
}

/// Whether rows of a clause take an act back, or a denial, doubt or condition stands before what speaks for it,
/// or a doubt behind it: "okay maybe", "done, I think".
pub(super) fn turned_away<'a>(view: &'a View<'_>, clause: usize) -> impl Fn(Act) -> bool + use<'a> {
    let heard = view.heard.get(clause);
    let doubts = |clause: usize| {
        let mut hits = view.heard.get(clause).into_iter().flat_map(|heard| &heard.hits);
        hits.any(|hit| matches!(hit.says, Says::Context(Turn::Hedged)))
    };
    let of = |clause: usize| view.outline.clauses.get(clause);
    let doubted_after = of(clause).zip(of(clause + 1)).is_some_and(|(here, next)| {
        here.sentence == next.sentence && next.tokens.len() <= SHORT_DOUBT && doubts(clause + 1)
    });
    let doubted = doubts(clause) || doubted_after;
    let voices = view.voices.get(clause);
    move |act| {
        let against = heard.is_some_and(|heard| heard.against.iter().any(|(other, _)| *other == act));
        let voice = voices.and_then(|voices| model::of(voices, act).as_ref());
        doubted || against || voice.is_some_and(|voice| voice.because.iter().any(|name| name.starts_with("turn.")))
    }
}

/// "I guess so" doubts what stands before it; a longer clause has something of its own to say.
const SHORT_DOUBT: usize = 3;

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
