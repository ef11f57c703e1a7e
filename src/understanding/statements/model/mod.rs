//! What was learned from labelled replies: how sure each act is, clause by clause and in the light of the whole message.
//!
//! Two steps. A linear model over hashed features scores every clause for every act. A small judge per act then
//! weighs that score beside what the rows say, and beside the strongest that any clause of the message shows for the
//! other acts; a table turns its score into a confidence. All of it is learned by `benches/train` from `tests/replies`.
//!
//! | file | knows |
//! |---|---|
//! | `features` | what one clause shows, as hashed buckets |
//! | `judge` | what is weighed in the light of the whole message |
//! | `calibration` | from a score to a confidence |
//! | `file` | the weights as bytes |

mod calibration;
mod features;
mod file;
mod judge;

pub use calibration::{Calibration, KNOTS};
pub use features::{BUCKETS, Features, VERSION};
pub(super) use features::{View, features, named, whole};
pub use judge::{ClauseScore, Strongest, WEIGHED, is_learned, weighed};

use crate::domain::statement::Act;
use std::sync::LazyLock;

/// The weights of all acts, each array in the order of [`Act::ALL`].
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub clauses: Linear,
    /// Of messages as a whole.
    pub whole: Linear,
    /// How much each kind of feature counts.
    pub counts: [f32; 4],
    pub judges: [[f32; WEIGHED]; 12],
    pub calibrations: [Calibration; 12],
    pub thresholds: [Thresholds; 12],
    /// Words that were seen in training, as a set of bits that now and then takes a new word for a known one.
    pub vocabulary: Vec<u64>,
}

/// Weights of hashed features.
#[derive(Debug, Clone, PartialEq)]
pub struct Linear {
    /// For each bucket, its weight for each act in steps.
    pub buckets: Vec<[i8; 12]>,
    pub steps: [f32; 12],
}

impl Linear {
    fn blank() -> Self {
        Self { buckets: vec![[0; 12]; BUCKETS], steps: [0.0; 12] }
    }

    /// The sums of the weights of `features`, by act, in log-odds; `counts` says how much each kind counts.
    pub fn scores(&self, features: &Features, counts: &[f32; 4]) -> [f32; 12] {
        let mut sums = [0.0; 12];
        for (buckets, count) in features.kinds(counts) {
            let mut steps = [0.0; 12];
            for row in buckets.iter().filter_map(|bucket| self.buckets.get(usize::try_from(*bucket).ok()?)) {
                for (sum, weight) in steps.iter_mut().zip(row) {
                    *sum += f32::from(*weight);
                }
            }
            for (sum, steps) in sums.iter_mut().zip(steps) {
                *sum += steps * count;
            }
        }
        for (sum, step) in sums.iter_mut().zip(self.steps) {
            *sum *= step;
        }
        sums
    }
}

/// Thousandths of confidence from which an act is doubted aloud, believed, and applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    pub cut: u16,
    pub gate: u16,
    /// A candidate below the cut is still put to the owner from here.
    pub doubt: u16,
}

/// Blocks of 64 bits for the words that are known.
pub const VOCABULARY: usize = 1024;

static LEARNED: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("../model.bin")).unwrap_or_else(Model::blank));

impl Model {
    /// The model that this program was built with.
    pub fn embedded() -> &'static Self {
        &LEARNED
    }

    /// A model that believes nothing.
    pub fn blank() -> Self {
        Self {
            clauses: Linear::blank(),
            whole: Linear::blank(),
            counts: [1.0; 4],
            judges: [[0.0; WEIGHED]; 12],
            calibrations: [Calibration([0; KNOTS]); 12],
            thresholds: [Thresholds { cut: 500, gate: 900, doubt: 200 }; 12],
            vocabulary: vec![0; VOCABULARY],
        }
    }

    /// The judge's score for `act` in `clause` of a message, in log-odds.
    pub fn judged(&self, act: Act, clause: &ClauseScore, message: &Strongest) -> f32 {
        let things = weighed(act, clause, message);
        let judge = of(&self.judges, act);
        judge.iter().zip(things).map(|(weight, thing)| weight * thing).sum()
    }

    /// The confidence of `act` in `clause` of a message, in thousandths.
    pub fn permille(&self, act: Act, clause: &ClauseScore, message: &Strongest) -> u16 {
        of(&self.calibrations, act).permille(self.judged(act, clause, message))
    }

    /// Whether the word of `bucket` was seen in training.
    pub fn knows(&self, bucket: u32) -> bool {
        let block = usize::try_from(bucket / 64).ok().and_then(|block| self.vocabulary.get(block));
        block.is_some_and(|block| (block >> (bucket % 64)) & 1 == 1)
    }

    /// Whether `word`, folded, was seen in training.
    pub fn knows_word(&self, word: &str) -> bool {
        self.knows(features::word_bucket(word))
    }

    /// Remembers the word of `bucket`.
    pub fn learn_word(&mut self, bucket: u32) {
        let block = usize::try_from(bucket / 64).ok().and_then(|block| self.vocabulary.get_mut(block));
        block.into_iter().for_each(|block| *block |= 1 << (bucket % 64));
    }

    /// From what confidence `act` is doubted aloud, believed and applied.
    pub fn thresholds(&self, act: Act) -> Thresholds {
        *of(&self.thresholds, act)
    }
}

/// The one of twelve that belongs to `act`.
pub fn of<T>(values: &[T; 12], act: Act) -> &T {
    let [
        confirm,
        decline,
        question,
        progress,
        done,
        blocked,
        extension,
        hours,
        expense,
        suggestion,
        absence,
        capacity,
    ] = values;
    match act {
        Act::Confirm => confirm,
        Act::Decline => decline,
        Act::Question => question,
        Act::Progress => progress,
        Act::Done => done,
        Act::Blocked => blocked,
        Act::Extension => extension,
        Act::Hours => hours,
        Act::Expense => expense,
        Act::Suggestion => suggestion,
        Act::Absence => absence,
        Act::Capacity => capacity,
    }
}
