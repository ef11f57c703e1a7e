//! From labelled replies to a model: clause scores, judges, calibration and thresholds.
//!
//! Whatever is learned on top of the clause scores is learned on scores of writers whom these were not learned from.

use crate::{
    linear::{self, Descent, Weights},
    logistic::{self, Case},
    rows::Example,
    thresholds::{self, Outcome},
};
use handback::{
    domain::statement::Act,
    understanding::statements::model::{
        self, BUCKETS, Calibration, ClauseScore, IDEA_BUCKETS, Linear, Model, Strongest, weighed,
    },
};

/// Into how many parts the hands are cut, at most one each: few, so that what is learned on top of the scores meets
/// them as weak as they are for strangers.
const PARTS: usize = 3;
/// How strongly the judges are drawn to zero.
const JUDGE_DRAW: f64 = 1.5;

/// One message with the scores of its clauses, by a model that never saw its writer.
struct Scored<'a> {
    example: &'a Example,
    part: usize,
    clauses: Vec<ClauseScore>,
    strongest: Strongest,
}

/// Learns a model from `examples`.
pub(crate) fn fit(examples: &[&Example], descent: &Descent) -> Model {
    let scored = scored(examples, descent);
    let mut model = Model::blank();
    let mut messages: Vec<[Option<(f32, bool, f32)>; 12]> = vec![[None; 12]; scored.len()];
    for part in 0..PARTS {
        let judges = judges(scored.iter().filter(|message| message.part != part), descent.plain_share);
        for (message, row) in scored.iter().zip(&mut messages).filter(|(message, _)| message.part == part) {
            for (act, place) in Act::ALL.into_iter().zip(row) {
                *place = judged(&judges, act, message);
            }
        }
    }
    for (number, calibration) in model.calibrations.iter_mut().enumerate() {
        let outcomes: Vec<(f32, bool, f32)> = messages.iter().filter_map(|row| *row.get(number)?).collect();
        *calibration = calibrate(&outcomes);
    }
    let outcomes: Vec<Outcome> = messages.iter().map(|row| outcome(&model, row)).collect();
    model.thresholds = thresholds::choose(&outcomes);
    model.judges = judges(scored.iter(), descent.plain_share);
    model.counts = descent.counts;
    let cases = clauses(examples, descent);
    model.clauses = quantised(&linear::learn(&cases, descent, BUCKETS));
    model.ideas = quantised(&linear::learn(&cases, &descent.of_ideas(), IDEA_BUCKETS));
    model.whole = quantised(&linear::learn(&wholes(examples), descent, BUCKETS));
    for bucket in examples.iter().flat_map(|example| &example.clauses).flat_map(|clause| &clause.features.single) {
        model.learn_word(*bucket);
    }
    model
}

/// Scores every example by weights learned without its hand.
fn scored<'a>(examples: &[&'a Example], descent: &Descent) -> Vec<Scored<'a>> {
    let mut hands: Vec<&str> = examples.iter().map(|example| example.hand.as_str()).collect();
    hands.sort_unstable();
    hands.dedup();
    let part_of = |example: &Example| Some(hands.iter().position(|hand| *hand == example.hand)? % PARTS);
    let mut all = Vec::with_capacity(examples.len());
    for part in 0..PARTS {
        let others: Vec<&Example> =
            examples.iter().copied().filter(|example| part_of(example) != Some(part)).collect();
        let cases = clauses(&others, descent);
        let weights = linear::learn(&cases, descent, BUCKETS);
        let ideas = linear::learn(&cases, &descent.of_ideas(), IDEA_BUCKETS);
        let whole = linear::learn(&wholes(&others), descent, BUCKETS);
        for example in examples.iter().filter(|example| part_of(example) == Some(part)) {
            let clauses: Vec<ClauseScore> = example
                .clauses
                .iter()
                .map(|clause| ClauseScore {
                    learned: linear::scores(&weights, &clause.features, &descent.counts),
                    ideas: linear::scores(&ideas, &clause.features, &descent.of_ideas().counts),
                    rules: clause.rules,
                    asks: clause.asks,
                    english: clause.english,
                })
                .collect();
            let strongest = Strongest::of(&clauses, linear::scores(&whole, &example.whole, &descent.counts));
            all.push(Scored { example, part, clauses, strongest });
        }
    }
    all
}

/// Every clause of `examples` as a case.
fn clauses<'a>(examples: &[&'a Example], descent: &Descent) -> Vec<linear::Case<'a>> {
    let of_example = |example: &'a Example| {
        example.clauses.iter().zip(&example.said).map(move |(clause, said)| {
            let mut meant = [None; 12];
            for ((place, said), by_message) in meant.iter_mut().zip(said).zip(example.meant) {
                let elsewhere = by_message == Some(true) && *said == Some(false);
                let counts = example.counts * if elsewhere { descent.elsewhere } else { 1.0 };
                *place = said.map(|said| (said, counts));
            }
            linear::Case { features: &clause.features, meant }
        })
    };
    examples.iter().flat_map(|example| of_example(example)).collect()
}

/// Every message as a case.
fn wholes<'a>(examples: &[&'a Example]) -> Vec<linear::Case<'a>> {
    let case = |example: &'a Example| linear::Case {
        features: &example.whole,
        meant: example.meant.map(|meant| meant.map(|meant| (meant, example.counts))),
    };
    examples.iter().map(|example| case(example)).collect()
}

type Judges = [[f32; model::WEIGHED]; 12];

/// Learns one judge per act, each on the clause of every message that speaks loudest for its act.
///
/// Each is the mean of two: one hears the words and the rows, one the rows alone. On mail of strangers words mislead more
/// easily than rows do.
fn judges<'a>(messages: impl Iterator<Item = &'a Scored<'a>> + Clone, plain_share: f64) -> Judges {
    Act::ALL.map(|act| {
        let mut cases: Vec<Case> = messages
            .clone()
            .filter_map(|message| {
                let so = (*model::of(&message.example.meant, act))?;
                let loud = |clause: &ClauseScore| clause.loudness(act);
                let loudest = message.clauses.iter().max_by(|one, two| loud(one).total_cmp(&loud(two)))?;
                let things = weighed(act, loudest, &message.strongest).map(f64::from).to_vec();
                Some(Case { things, so, counts: f64::from(message.example.counts) })
            })
            .collect();
        let full = logistic::fit(&cases, JUDGE_DRAW);
        cases.iter_mut().for_each(|case| plain(&mut case.things));
        let plain = logistic::fit(&cases, JUDGE_DRAW);
        let mut judge = [0.0; model::WEIGHED];
        for ((place, full), plain) in judge.iter_mut().zip(full).zip(plain) {
            *place = narrow(full * (1.0 - plain_share) + plain * plain_share);
        }
        judge
    })
}

/// Takes away what was learned of words, so that a judge learns to live by the rows alone.
fn plain(things: &mut [f64]) {
    for (place, thing) in things.iter_mut().enumerate() {
        if model::is_learned(place) {
            *thing = 0.0;
        }
    }
}

/// The highest score of `act` in a message, whether it was meant, and how much that counts.
fn judged(judges: &Judges, act: Act, message: &Scored<'_>) -> Option<(f32, bool, f32)> {
    let so = (*model::of(&message.example.meant, act))?;
    let scores = message.clauses.iter().map(|clause| {
        let things = weighed(act, clause, &message.strongest);
        model::of(judges, act).iter().zip(things).map(|(weight, thing)| weight * thing).sum::<f32>()
    });
    Some((scores.max_by(f32::total_cmp)?, so, message.example.counts))
}

/// A logistic curve through the outcomes (Platt), as a table.
fn calibrate(outcomes: &[(f32, bool, f32)]) -> Calibration {
    let cases: Vec<Case> = outcomes
        .iter()
        .map(|(score, so, counts)| Case { things: vec![1.0, f64::from(*score)], so: *so, counts: f64::from(*counts) })
        .collect();
    let curve = logistic::fit(&cases, 1e-3);
    let mut table = Calibration([0; model::KNOTS]);
    for (knot, place) in (0_u16..).zip(&mut table.0) {
        let chance = logistic::chance(&curve, &[1.0, f64::from(Calibration::score_at(knot))]);
        *place = (0..=990).rev().find(|value| f64::from(*value) <= chance * 1000.0).unwrap_or_default();
    }
    table
}

/// The confidences of one message, with what was meant.
fn outcome(model: &Model, row: &[Option<(f32, bool, f32)>; 12]) -> Outcome {
    let mut outcome = Outcome { counts: 0.0, acts: [None; 12] };
    for ((place, judged), calibration) in outcome.acts.iter_mut().zip(row).zip(&model.calibrations) {
        *place = judged.map(|(score, so, _)| (calibration.permille(score), so));
        outcome.counts = judged.map_or(outcome.counts, |(.., counts)| f64::from(counts));
    }
    outcome
}

/// `weights` as the model keeps them, each act in steps of its own.
fn quantised(weights: &Weights) -> Linear {
    let mut most = [0.0_f32; 12];
    for row in weights {
        for (most, weight) in most.iter_mut().zip(row) {
            *most = most.max(weight.abs());
        }
    }
    let steps = most.map(|most| (most / 127.0).max(f32::MIN_POSITIVE));
    let in_steps = |row: &[f32; 12]| {
        let mut places = [0; 12];
        for ((place, weight), step) in places.iter_mut().zip(row).zip(steps) {
            let rounded = (weight / step).round();
            *place = (-127..=127_i8).find(|value| f32::from(*value) >= rounded).unwrap_or(127);
        }
        places
    };
    Linear { buckets: weights.iter().map(in_steps).collect(), steps }
}

/// A weight as the file keeps it.
#[expect(clippy::as_conversions, reason = "there is no other way to round a float to a shorter one")]
fn narrow(weight: f64) -> f32 {
    weight as f32
}
