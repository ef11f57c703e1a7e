//! From what the rows say and what was learned to candidates: each act of each clause, with a confidence.

use super::{
    clause::Outline,
    model::{self, ClauseScore, Features, Model, Strongest, View},
    patterns::{Says, Turn},
    phrase::Class,
    weigh::{self, Voice},
};
use crate::domain::statement::Act;
use std::ops::Range;

/// One act that a stretch of words may carry.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub act: Act,
    /// Confidence in thousandths.
    pub weight: u16,
    pub clauses: Range<usize>,
    pub because: Vec<&'static str>,
    /// Said in words that our letters teach, so that nothing learned was asked.
    pub taught: bool,
}

/// An act of a message is said where it is loudest, or as good as: not by every clause beside that one.
const NEARLY: f32 = 0.4;

/// Shown by `explain` where the words themselves, and no row alone, spoke for an act.
const LEARNED: &str = "words.learned";

/// What a reply may say.
#[derive(Debug)]
pub(super) struct Found {
    /// Worth naming, in the order they were written.
    pub candidates: Vec<Candidate>,
    /// The strongest of each act in thousandths, however faint.
    pub loudest: [u16; 12],
}

/// Finds what every clause may say.
pub(super) fn find(model: &Model, view: &View<'_>) -> Found {
    let features: Vec<Features> =
        (0..view.outline.clauses.len()).map(|number| model::features(view, number)).collect();
    let scores: Vec<ClauseScore> =
        features.iter().enumerate().map(|(number, features)| score(model, view, number, features)).collect();
    let strongest = Strongest::of(&scores, model.whole.scores(&model::whole(view), &model.counts));
    let mut found: Vec<Candidate> = Vec::new();
    let (mut last, mut loudest): ([Option<usize>; 12], [u16; 12]) = ([None; 12], [0; 12]);
    for (number, (score, features)) in scores.iter().zip(&features).enumerate() {
        let cap = cap(model, view, number, features);
        let empty = says_nothing(view, number);
        for ((act, last), loudest) in Act::ALL.into_iter().zip(&mut last).zip(&mut loudest) {
            let voice = view.voices.get(number).and_then(|voices| model::of(voices, act).as_ref());
            if voice.is_none()
                && (empty || silenced(view, number, act) || score.loudness(act) < strongest.loudness(act) - NEARLY)
            {
                continue;
            }
            let judged = || model.permille(act, score, &strongest).min(cap(act));
            let candidate = candidate(view.outline, act, number, voice, judged);
            *loudest = candidate.weight.max(*loudest);
            let before = last.and_then(|last| found.get_mut(last));
            match before.filter(|before| joins(view.outline, before, &candidate)) {
                Some(before) => join(before, candidate),
                None if candidate.weight >= super::WORTH_NAMING => {
                    *last = Some(found.len());
                    found.push(candidate);
                }
                None => {}
            }
        }
    }
    found.sort_by_key(|candidate| candidate.clauses.start);
    Found { candidates: found, loudest }
}

/// Whether a clause beside others is a courtesy or a name: "Thanks," says what the message says, and nothing of its own.
fn says_nothing(view: &View<'_>, number: usize) -> bool {
    let outline = view.outline;
    let Some(clause) = outline.clauses.get(number).filter(|_| outline.clauses.len() > 1) else { return false };
    let is_name = |token: usize| outline.class_end(Class::Name, token).is_some();
    clause.tokens.clone().all(|token| view.hits.is_courtesy(&(token..token + 1)) || is_name(token))
}

/// Whether the words that our letters teach, or the prompts of our taps, leave nothing to learn about `act` here.
fn silenced(view: &View<'_>, number: usize, act: Act) -> bool {
    let mut hits = view.heard.get(number).into_iter().flat_map(|heard| &heard.hits);
    hits.any(|hit| weigh::is_taught(hit.name) && !matches!(hit.says, Says::Against(other) if other != act))
}

/// What a clause says by itself.
pub(super) fn score(model: &Model, view: &View<'_>, number: usize, features: &Features) -> ClauseScore {
    ClauseScore {
        learned: model.clauses.scores(features, &model.counts),
        ideas: model.ideas.scores(features, &model::of_ideas(&model.counts)),
        ..without_learned(view, number)
    }
}

/// What a clause says before anything learned is asked.
pub(super) fn without_learned(view: &View<'_>, number: usize) -> ClauseScore {
    let mut rules = [0.0; 12];
    for (rule, voice) in rules.iter_mut().zip(view.voices.get(number).into_iter().flatten()) {
        let permille = voice.as_ref().map_or(0, |voice| permille(voice.weight));
        *rule = f32::from(permille) / 1000.0;
    }
    ClauseScore {
        learned: [0.0; 12],
        ideas: [0.0; 12],
        rules,
        asks: view.outline.clauses.get(number).is_some_and(|clause| clause.asks),
        english: view.outline.is_english(number),
    }
}

fn candidate(
    outline: &Outline,
    act: Act,
    number: usize,
    voice: Option<&Voice>,
    judged: impl FnOnce() -> u16,
) -> Candidate {
    let mut because = voice.map(|voice| voice.because.clone()).unwrap_or_default();
    let taught = voice.is_some_and(|voice| voice.taught);
    let weight = match voice.filter(|voice| voice.taught) {
        Some(voice) => permille(voice.weight),
        None => judged(),
    };
    if voice.is_none_or(|voice| !voice.taught && f64::from(weight) > voice.weight * 1000.0) {
        because.push(LEARNED);
    }
    let last = voice.map_or(number, |voice| outline.clause_of(voice.tokens.end.saturating_sub(1)).max(number));
    Candidate { act, weight, clauses: number..last + 1, because, taught }
}

/// Two clauses of one sentence that say the same act say it once.
fn joins(outline: &Outline, before: &Candidate, next: &Candidate) -> bool {
    let sentence = |clause: usize| outline.clauses.get(clause).map(|clause| clause.sentence);
    sentence(before.clauses.start) == sentence(next.clauses.start)
        && next.clauses.start <= before.clauses.end
        // A clause that takes back what the one before said stays apart.
        && before.weight.abs_diff(next.weight) < 400
        && next.weight >= super::WORTH_NAMING
}

fn join(before: &mut Candidate, next: Candidate) {
    before.weight = before.weight.max(next.weight);
    before.clauses.end = before.clauses.end.max(next.clauses.end);
    before.taught |= next.taught;
    for name in next.because {
        if !before.because.contains(&name) {
            before.because.push(name);
        }
    }
}

/// The most confidence where most words are unknown and a row alone speaks.
const STRANGE: u16 = 800;

/// The most confidence that a clause in such surroundings may have, act by act.
fn cap<'a>(
    model: &'a Model,
    view: &'a View<'_>,
    number: usize,
    features: &Features,
) -> impl Fn(Act) -> u16 + use<'a> {
    let clause = view.outline.clauses.get(number);
    let tokens = clause.map(|clause| clause.tokens.clone()).unwrap_or_default();
    let quoted = view.outline.tokens.get(tokens.clone()).is_some_and(|tokens| tokens.iter().all(|word| word.quoted));
    let conditional = view.turns.over(number, &(tokens.end..tokens.end)).contains(&Turn::Conditional);
    let turned = weigh::turned_away(view, number);
    let known = features.single.iter().filter(|bucket| model.knows(**bucket)).count();
    let strange = known * 2 < features.single.len();
    let voices = view.voices.get(number);
    move |act| {
        let weighty = matches!(act, Act::Confirm | Act::Done);
        let thresholds = model.thresholds(act);
        if quoted {
            thresholds.cut.saturating_sub(1)
        } else if weighty && (strange || conditional || turned(act)) {
            thresholds.gate.saturating_sub(1)
        } else if strange && voices.is_some_and(|voices| model::of(voices, act).is_some()) {
            thresholds.gate.max(STRANGE)
        } else if strange {
            thresholds.cut.saturating_sub(1)
        } else {
            1000
        }
    }
}

/// Thousandths of a share.
pub(super) fn permille(share: f64) -> u16 {
    let rounded = (share.clamp(0.0, 1.0) * 1000.0).round();
    (0..=1000_u16).rev().find(|value| f64::from(*value) <= rounded).unwrap_or_default()
}
