//! Which rows of the patterns stand where in a reply.

use super::{
    clause::Outline,
    patterns::{PHRASES, ROWS, Row, Says},
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

    /// For each token, whether a row that takes `act` back covers it.
    pub(super) fn speaking_against(&self, act: Act) -> Vec<bool> {
        let mut against = vec![false; self.courtesy.len()];
        for hit in self.all.iter().filter(|hit| hit.says == Says::Against(act)) {
            against.iter_mut().take(hit.tokens.end).skip(hit.tokens.start).for_each(|token| *token = true);
        }
        against
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
