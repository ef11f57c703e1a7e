//! What turns the words of a clause: conditions, denials, plans, doubts and other people.

use super::{
    clause::Outline,
    hits::Hits,
    patterns::{Says, Turn},
};
use std::ops::Range;

/// Where the turning words of one reply stand, clause by clause, so that no look costs more than its clause.
#[derive(Debug)]
pub(super) struct Turns {
    /// For each token, whether a denial begins there.
    denials: Vec<bool>,
    clauses: Vec<Turning>,
}

#[derive(Debug, Default, Clone)]
struct Turning {
    /// The clause's first token.
    start: usize,
    /// First token of the first plan, doubt and report.
    future: Option<usize>,
    hedged: Option<usize>,
    reported: Option<usize>,
    /// From the first condition to the end of the last.
    condition: Option<Range<usize>>,
    /// "Once you confirm, I will start": what follows a condition hangs on it.
    led: bool,
    /// "I can take it, but only if the date moves" is no promise.
    trailed: bool,
}

/// Words further behind than this are not denied any more.
const DENIAL_REACH: usize = 6;

impl Turns {
    pub(super) fn new(outline: &Outline, hits: &Hits) -> Self {
        let mut denials = vec![false; outline.tokens.len()];
        let mut clauses: Vec<Turning> = outline
            .clauses
            .iter()
            .map(|clause| Turning { start: clause.tokens.start, ..Turning::default() })
            .collect();
        for hit in hits.all.iter().filter(|hit| !hits.is_courtesy(&hit.tokens)) {
            let Says::Context(turn) = hit.says else { continue };
            let Some(clause) = clauses.get_mut(hit.clause) else { continue };
            let start = hit.tokens.start;
            let earlier = |known: Option<usize>| Some(known.map_or(start, |known| known.min(start)));
            match turn {
                Turn::Denied => denials.iter_mut().skip(start).take(1).for_each(|denied| *denied = true),
                Turn::Future => clause.future = earlier(clause.future),
                Turn::Hedged => clause.hedged = earlier(clause.hedged),
                Turn::Reported => clause.reported = earlier(clause.reported),
                Turn::Conditional => {
                    let known = clause.condition.clone().unwrap_or(hit.tokens.clone());
                    clause.condition = Some(known.start.min(start)..known.end.max(hit.tokens.end));
                }
            }
        }
        lead(&mut clauses, outline);
        trail(&mut clauses, outline);
        Self { denials, clauses }
    }

    /// What turns the words of `tokens`, which begin in `clause`.
    pub(super) fn over(&self, clause: usize, tokens: &Range<usize>) -> Vec<Turn> {
        let Some(here) = self.clauses.get(clause) else { return Vec::new() };
        let before = |start: Option<usize>| start.is_some_and(|start| start < tokens.start);
        let conditional = here.led
            || here.trailed
            || here
                .condition
                .as_ref()
                .is_some_and(|condition| condition.start < tokens.start || condition.end > tokens.end);
        [
            (Turn::Denied, self.denied(here.start, tokens.start)),
            (Turn::Conditional, conditional),
            (Turn::Future, before(here.future)),
            (Turn::Hedged, before(here.hedged)),
            (Turn::Reported, before(here.reported)),
        ]
        .into_iter()
        .filter_map(|(turn, turns)| turns.then_some(turn))
        .collect()
    }

    fn denied(&self, clause: usize, start: usize) -> bool {
        let behind = start.saturating_sub(DENIAL_REACH).max(clause)..start;
        self.denials.get(behind).is_some_and(|behind| behind.contains(&true))
    }
}

/// Marks the clauses that hang on a condition before them in their sentence, up to a word of contrast.
fn lead(clauses: &mut [Turning], outline: &Outline) {
    let (mut led, mut sentence) = (false, 0);
    for (turning, clause) in clauses.iter_mut().zip(&outline.clauses) {
        led &= clause.sentence == sentence && !clause.contrasts;
        turning.led = led;
        led |= turning.condition.is_some();
        sentence = clause.sentence;
    }
}

/// Marks the clauses that a condition takes back behind a word of contrast in their sentence.
fn trail(clauses: &mut [Turning], outline: &Outline) {
    let (mut conditioned, mut trailed, mut sentence) = (false, false, usize::MAX);
    for (turning, clause) in clauses.iter_mut().zip(&outline.clauses).rev() {
        if clause.sentence != sentence {
            (conditioned, trailed, sentence) = (false, false, clause.sentence);
        }
        turning.trailed = trailed;
        conditioned |= turning.condition.is_some();
        trailed |= clause.contrasts && conditioned;
    }
}
