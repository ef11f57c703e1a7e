//! Which rows of the patterns stand where in a reply.

use super::{
    clause::Outline,
    patterns::{PHRASES, ROWS, Row, Says, Turn},
};
use crate::domain::statement::Act;
use std::ops::Range;

/// One row found at one place.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub name: &'static str,
    pub says: Says,
    pub tokens: Range<usize>,
    /// Where it begins.
    pub clause: usize,
}

/// All hits of one reply, with what they cover.
#[derive(Debug)]
pub(super) struct Hits {
    pub all: Vec<Hit>,
    /// For each token, whether a courtesy covers it.
    courtesy: Vec<bool>,
}

impl Hits {
    pub(super) fn find(outline: &Outline) -> Self {
        let found: Vec<(Hit, bool)> = PHRASES
            .find(outline)
            .into_iter()
            .filter_map(|found| {
                let Row { name, says, .. } = ROWS.get(found.row)?;
                let clause = outline.clause_of(found.tokens.start);
                if name.ends_with(".other") && outline.is_english(clause) {
                    return None;
                }
                Some((Hit { name, says: *says, tokens: found.tokens, clause }, found.opens_message))
            })
            .collect();
        let mut courtesy = vec![false; outline.tokens.len()];
        for (hit, _) in found.iter().filter(|(hit, _)| hit.says == Says::Talk) {
            courtesy.iter_mut().take(hit.tokens.end).skip(hit.tokens.start).for_each(|token| *token = true);
        }
        let opening = outline
            .clauses
            .iter()
            .position(|clause| clause.tokens.clone().any(|token| !courtesy.get(token).copied().unwrap_or_default()));
        let all = found
            .into_iter()
            .filter(|(hit, opens_message)| {
                !opens_message || opening.is_some_and(|opening| opens(outline, hit, opening))
            })
            .map(|(hit, _)| hit)
            .collect();
        let mut hits = Self { all, courtesy };
        hits.add_questions(outline);
        hits
    }

    /// Adds what is worded or marked as a question, whatever its words.
    fn add_questions(&mut self, outline: &Outline) {
        for (number, clause) in outline.clauses.iter().enumerate().filter(|(_, clause)| clause.asks) {
            let first_of_question = number.checked_sub(1).and_then(|before| outline.clauses.get(before));
            if first_of_question.is_some_and(|before| before.asks && before.sentence == clause.sentence) {
                continue;
            }
            let end = outline
                .clauses
                .iter()
                .rfind(|later| later.sentence == clause.sentence)
                .map_or(clause.tokens.end, |last| last.tokens.end);
            let tokens = clause.tokens.start..end;
            let quoted = outline.tokens.get(end.saturating_sub(1)).is_some_and(|last| last.quoted);
            if quoted || self.is_courtesy(&tokens) {
                continue;
            }
            let (name, strength) = if tokens.len() <= 2 { ("question.tag", 800) } else { ("question.mark", 940) };
            self.all.push(Hit { name, says: Says::For(Act::Question, strength), tokens, clause: number });
        }
    }

    /// Whether courtesies cover all of `tokens`.
    pub(super) fn is_courtesy(&self, tokens: &Range<usize>) -> bool {
        self.courtesy.get(tokens.clone()).is_some_and(|covered| covered.iter().all(|token| *token))
    }

    /// Whether a row that takes `act` back covers `token`.
    pub(super) fn speaks_against(&self, act: Act, token: usize) -> bool {
        self.all.iter().any(|hit| hit.says == Says::Against(act) && hit.tokens.contains(&token))
    }

    /// What turns the words of `tokens`: conditions, denials, plans, doubts and other people.
    pub(super) fn turns(&self, outline: &Outline, tokens: &Range<usize>) -> Vec<Turn> {
        let clause = outline.clause_of(tokens.start);
        let mut turns: Vec<Turn> = self
            .all
            .iter()
            .filter(|hit| !self.is_courtesy(&hit.tokens))
            .filter_map(|hit| match hit.says {
                Says::Context(turn) if reaches(turn, hit, tokens, clause, outline) => Some(turn),
                Says::Context(_) | Says::For(..) | Says::Against(_) | Says::Talk => None,
            })
            .collect();
        turns.sort_unstable();
        turns.dedup();
        turns
    }
}

/// Whether `hit` stands where the message, or one answer of a list, begins to say something.
fn opens(outline: &Outline, hit: &Hit, opening: usize) -> bool {
    let before = hit.tokens.start.checked_sub(1).and_then(|before| outline.tokens.get(before));
    let after_line_number = before.is_some_and(|before| {
        before.text.len() <= 2 && before.text.bytes().all(|byte| byte.is_ascii_digit()) && hit.clause <= opening + 12
    });
    hit.clause == opening || after_line_number
}

/// Words further behind than this are not denied any more.
const DENIAL_REACH: usize = 6;

fn reaches(turn: Turn, hit: &Hit, tokens: &Range<usize>, clause: usize, outline: &Outline) -> bool {
    let before = hit.tokens.start < tokens.start;
    let inside = hit.tokens.start >= tokens.start && hit.tokens.end <= tokens.end;
    let here = hit.clause == clause;
    match turn {
        Turn::Denied => here && before && tokens.start - hit.tokens.start <= DENIAL_REACH,
        Turn::Future | Turn::Hedged | Turn::Reported => here && before,
        Turn::Conditional => {
            let sentence = |clause: usize| outline.clauses.get(clause).map(|clause| clause.sentence);
            // "Once you confirm, I will start": what follows a condition hangs on it.
            let leads = hit.clause < clause
                && sentence(hit.clause) == sentence(clause)
                && !contrasts(outline, hit.clause, clause);
            // "I can take it, but only if the date moves" is no promise.
            let trails = hit.clause > clause
                && sentence(hit.clause) == sentence(clause)
                && contrasts(outline, clause, hit.clause);
            (here && !inside) || leads || trails
        }
    }
}

fn contrasts(outline: &Outline, from: usize, to: usize) -> bool {
    outline.clauses.iter().take(to + 1).skip(from + 1).any(|clause| clause.contrasts)
}
