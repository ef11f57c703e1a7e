//! What was left unread, and whether the owner has to look.

use super::{
    clause::Outline,
    hits::Hits,
    lists::{OBSTACLE, TROUBLE},
    weigh::Candidate,
};
use crate::domain::statement::{Act, Statement};

/// A sentence that no rule explains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unread {
    pub words: String,
    /// It holds a word of trouble, so that a question or an obstacle may hide in it.
    pub troubled: bool,
}

/// A weaker candidate than this explains nothing.
const EXPLAINS: u16 = 400;

/// The sentences that neither a statement, a candidate nor a courtesy explains.
pub(super) fn unread(outline: &Outline, hits: &Hits, candidates: &[Candidate], text: &str) -> Vec<Unread> {
    let sentences = outline.clauses.last().map_or(0, |last| last.sentence + 1);
    let explained = |sentence: usize| {
        candidates.iter().filter(|candidate| candidate.weight >= EXPLAINS).any(|candidate| {
            candidate
                .clauses
                .clone()
                .any(|clause| outline.clauses.get(clause).is_some_and(|clause| clause.sentence == sentence))
        })
    };
    (0..sentences)
        .filter(|sentence| !explained(*sentence))
        .filter_map(|sentence| {
            let tokens = outline.sentence_tokens(sentence)?;
            let said: Vec<usize> = tokens.clone().filter(|token| !hits.is_courtesy(&(*token..token + 1))).collect();
            let is_name = said.len() <= 3
                && said.iter().all(|token| {
                    outline.tokens.get(*token).is_some_and(|token| token.capital && token.text.len() > 1)
                })
                && !said.iter().any(|token| outline.tokens.get(*token).is_some_and(|token| TROUBLE.has(&token.text)));
            if is_name || said.len() * 3 <= tokens.len() {
                return None;
            }
            let words = text.get(outline.bytes(&tokens))?.to_owned();
            let troubled =
                said.iter().any(|token| outline.tokens.get(*token).is_some_and(|token| TROUBLE.has(&token.text)));
            Some(Unread { words, troubled })
        })
        .collect()
}

/// Whether some clause holds a word of an obstacle, and nothing that was believed about its sentence speaks of one.
pub(super) fn obstacle_unheard(outline: &Outline, hits: &Hits, statements: &[Statement]) -> bool {
    outline.clauses.iter().enumerate().any(|(number, clause)| {
        let obstacle = clause.tokens.clone().any(|token| {
            outline.tokens.get(token).is_some_and(|word| OBSTACLE.has(&word.text))
                && !hits.is_courtesy(&(token..token + 1))
                && !hits.speaks_against(Act::Blocked, token)
        });
        let sentence = outline.sentence_bytes(number);
        obstacle
            && !statements.iter().any(|statement| {
                hears_obstacles(statement.act())
                    && statement.span.start < sentence.end
                    && sentence.start < statement.span.end
            })
    })
}

fn hears_obstacles(act: Act) -> bool {
    match act {
        Act::Decline | Act::Question | Act::Blocked | Act::Extension | Act::Absence | Act::Capacity => true,
        Act::Confirm | Act::Progress | Act::Done | Act::Hours | Act::Expense | Act::Suggestion => false,
    }
}

/// Whether this reply cannot count as handled without the owner.
pub(super) fn owner_must_look(statements: &[Statement], maybe: &[Statement], unread: &[Unread]) -> bool {
    let unsure = statements.iter().any(|statement| !statement.applied);
    let doubtful = maybe.iter().any(|candidate| candidate.confidence.as_permille() >= doubt(candidate.act()));
    let silent = statements.is_empty() && !unread.is_empty();
    unsure || doubtful || silent || unread.iter().any(|sentence| sentence.troubled)
}

/// From what weight a candidate that is not believed is still worth the owner's look.
fn doubt(act: Act) -> u16 {
    match act {
        Act::Question | Act::Blocked | Act::Decline => 300,
        Act::Confirm => 590,
        Act::Done => 400,
        Act::Progress
        | Act::Extension
        | Act::Hours
        | Act::Expense
        | Act::Suggestion
        | Act::Absence
        | Act::Capacity => 450,
    }
}
