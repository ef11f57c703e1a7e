//! What was left unread, and whether the owner has to look.

use super::{
    candidates::Candidate,
    clause::Outline,
    hits::Hits,
    lists::{OBSTACLE, TROUBLE},
    model::Model,
    phrase::Class,
};
use crate::domain::statement::{Act, Statement};

/// A sentence that nothing explains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unread {
    pub words: String,
    /// Most of its words were never seen in training, so that the model's silence about it means nothing.
    pub strange: bool,
}

/// A weaker candidate than this explains nothing.
const EXPLAINS: u16 = 400;

/// The sentences that neither a statement, a candidate nor a courtesy explains.
pub(super) fn unread(
    model: &Model,
    outline: &Outline,
    hits: &Hits,
    candidates: &[Candidate],
    settled: &[bool],
    text: &str,
) -> Vec<Unread> {
    let sentences = outline.clauses.last().map_or(0, |last| last.sentence + 1);
    let mut explained = vec![false; sentences];
    let explaining = candidates.iter().filter(|candidate| candidate.weight >= EXPLAINS);
    let by_owner = (0..settled.len()).filter(|clause| settled.get(*clause) == Some(&true));
    for clause in explaining.flat_map(|candidate| candidate.clauses.clone()).chain(by_owner) {
        let sentence = outline.clauses.get(clause).and_then(|clause| explained.get_mut(clause.sentence));
        sentence.into_iter().for_each(|explained| *explained = true);
    }
    (0..sentences)
        .filter(|sentence| !explained.get(*sentence).copied().unwrap_or_default())
        .filter_map(|sentence| {
            let tokens = outline.sentence_tokens(sentence)?;
            // A link or a file by itself says nothing.
            let is_thing = |token: usize| {
                outline.tokens.get(token).is_some_and(|word| word.text.contains("://"))
                    || outline.class_end(Class::Thing, token).is_some()
            };
            let talk = |token: usize| hits.is_courtesy(&(token..token + 1)) || is_thing(token);
            let said: Vec<usize> = tokens.clone().filter(|token| !talk(*token)).collect();
            let is_name = said.len() <= 3
                && said.iter().all(|token| {
                    outline.tokens.get(*token).is_some_and(|token| token.capital && token.text.len() > 1)
                })
                && !said.iter().any(|token| outline.tokens.get(*token).is_some_and(|token| TROUBLE.has(&token.text)));
            if is_name || said.len() * 3 <= tokens.len() {
                return None;
            }
            let words = text.get(outline.bytes(&tokens))?.to_owned();
            let seen = said.iter().filter_map(|token| outline.tokens.get(*token));
            let seen = seen.filter(|token| model.knows_word(&token.text)).count();
            Some(Unread { words, strange: seen * 2 < said.len() })
        })
        .collect()
}

/// Whether some clause holds a word of an obstacle, and neither what was believed about its sentence speaks of one nor
/// did the owner say, in `settled`, what the clause means.
pub(super) fn obstacle_unheard(outline: &Outline, hits: &Hits, statements: &[Statement], settled: &[bool]) -> bool {
    let against = hits.speaking_against(Act::Blocked);
    let heard: Vec<&Statement> = statements.iter().filter(|statement| hears_obstacles(statement.act())).collect();
    let open = |token: usize| {
        outline.tokens.get(token).is_some_and(|word| OBSTACLE.has(&word.text))
            && !hits.is_courtesy(&(token..token + 1))
            && !against.get(token).copied().unwrap_or_default()
    };
    let unsettled = |number: usize| settled.get(number) != Some(&true);
    let clauses = outline.clauses.iter().enumerate().filter(|(number, _)| unsettled(*number));
    clauses.filter(|(_, clause)| clause.tokens.clone().any(open)).any(|(number, _)| {
        let sentence = outline.sentence_bytes(number);
        !heard.iter().any(|statement| statement.span.start < sentence.end && sentence.start < statement.span.end)
    })
}

fn hears_obstacles(act: Act) -> bool {
    match act {
        Act::Decline | Act::Question | Act::Blocked | Act::Extension | Act::Absence | Act::Capacity => true,
        Act::Confirm | Act::Progress | Act::Done | Act::Hours | Act::Expense | Act::Suggestion => false,
    }
}

/// Whether this reply cannot count as handled without the owner.
pub(super) fn owner_must_look(
    model: &Model,
    statements: &[Statement],
    loudest: &[u16; 12],
    unread: &[Unread],
) -> bool {
    let said = |act: Act| statements.iter().any(|statement| statement.act() == act);
    // What is said twice, once for certain, is certain.
    let certain = |one: &Statement| {
        let same = |other: &Statement| other.act() == one.act() && other.task == one.task;
        statements.iter().any(|other| other.applied && same(other))
    };
    let unsure = !statements.iter().all(certain);
    let doubtful = Act::ALL
        .into_iter()
        .zip(loudest)
        .any(|(act, confidence)| *confidence >= model.thresholds(act).doubt && !said(act));
    unsure || doubtful || unread.iter().any(|sentence| sentence.strange)
}
