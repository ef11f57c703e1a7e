//! What was learned from labelled replies: how sure each act is, clause by clause and in the light of the whole message.
//!
//! Two steps. Two linear models over hashed features score every clause for every act: one hears everything, the other
//! ideas and signs alone, for a stranger's words mislead less by what they mean. A small judge per act then weighs both
//! beside what the rows say, and beside the strongest that any clause of the message shows for the other acts; a table
//! turns its score into a confidence. All of it is learned by `benches/train` from `tests/replies`.
//!
//! | file | knows |
//! |---|---|
//! | `features` | what one clause shows, as hashed buckets |
//! | `ideas` | what words mean, in twelve languages |
//! | `judge` | what is weighed in the light of the whole message |
//! | `calibration` | from a score to a confidence |
//! | `named` | what the buckets of a clause were made of |
//! | `file` | the weights as bytes |

mod calibration;
mod features;
mod file;
mod ideas;
mod judge;
mod named;

pub use calibration::{Calibration, KNOTS};
pub use features::{BUCKETS, Features, IDEA_BUCKETS, KINDS, VERSION, of_ideas};
pub(super) use features::{View, features, whole};
pub(super) use ideas::ideas;
pub use judge::{ClauseScore, Strongest, WEIGHED, is_learned, weighed};
pub(super) use named::named;

use crate::domain::statement::Act;
use std::{borrow::Cow, sync::LazyLock};

/// The weights of all acts, each array in the order of [`Act::ALL`].
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub clauses: Linear,
    /// Of clauses, by ideas and signs alone.
    pub ideas: Linear,
    /// Of messages as a whole.
    pub whole: Linear,
    /// How much each kind of feature counts.
    pub counts: [f32; KINDS],
    pub judges: [[f32; WEIGHED]; 12],
    pub calibrations: [Calibration; 12],
    pub thresholds: [Thresholds; 12],
    /// Words that were seen in training, as a set of bits that now and then takes a new word for a known one.
    pub vocabulary: Vec<u64>,
}

/// Weights of hashed features.
#[derive(Debug, Clone, PartialEq)]
pub struct Linear {
    pub buckets: Buckets,
    pub steps: [f32; 12],
}

/// For each bucket, its weight for each act in steps; bytes of the program itself where it was built with them.
#[derive(Debug, Clone, PartialEq)]
pub struct Buckets(Cow<'static, [[u8; 12]]>);

impl Buckets {
    /// The weights of a feature; where there are fewer buckets than features know, several share one.
    fn row(&self, feature: u32) -> Option<&[u8; 12]> {
        self.0.get(usize::try_from(feature).ok()? % self.0.len())
    }
}

impl FromIterator<[i8; 12]> for Buckets {
    fn from_iter<T: IntoIterator<Item = [i8; 12]>>(rows: T) -> Self {
        Self(rows.into_iter().map(|row| row.map(i8::cast_unsigned)).collect())
    }
}

impl Linear {
    fn blank(buckets: usize) -> Self {
        Self { buckets: Buckets(vec![[0; 12]; buckets].into()), steps: [0.0; 12] }
    }

    /// The sums of the weights of `features`, by act, in log-odds; `counts` says how much each kind counts.
    pub fn scores(&self, features: &Features, counts: &[f32; KINDS]) -> [f32; 12] {
        let mut sums = [0.0; 12];
        for (buckets, count) in features.kinds(counts).into_iter().filter(|(_, count)| *count > 0.0) {
            let mut steps = [0.0; 12];
            for few in buckets.chunks(FEW) {
                for (sum, steps) in steps.iter_mut().zip(self.steps_of(few)) {
                    *sum += f32::from(steps);
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

    /// What one `feature` adds to `act`, in log-odds.
    pub(super) fn weight(&self, feature: u32, act: Act) -> f32 {
        let row = self.buckets.row(feature);
        row.map_or(0.0, |row| f32::from(of(row, act).cast_signed()) * of(&self.steps, act))
    }

    /// The sums of the steps of no more than [`FEW`] buckets.
    fn steps_of(&self, few: &[u32]) -> [i16; 12] {
        let mut sums = Sums::default();
        few.iter().filter_map(|bucket| self.buckets.row(*bucket)).for_each(|row| sums.add(row));
        sums.steps()
    }
}

/// Of so many buckets the steps add up to what 16 bits hold.
const FEW: usize = 256;

/// Adds rows of twelve bytes, four bytes in each word of the processor: a message has some thousand rows all over the
/// table, and what counts is how many of them can be on their way from memory at once.
#[derive(Default)]
struct Sums {
    rows: u16,
    /// The bytes at even and at odd places of the first eight, each in 16 bits.
    first: [u64; 2],
    /// The same of the last four.
    last: [u64; 2],
}

impl Sums {
    /// Every second byte of eight.
    const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
    /// Turns signed bytes into the same plus 128.
    const RAISED: u64 = 0x8080_8080_8080_8080;

    fn add(&mut self, row: &[u8; 12]) {
        let [a, b, c, d, e, f, g, h, i, j, k, l] = *row;
        let halves = [[a, b, c, d, e, f, g, h], [i, j, k, l, 0, 0, 0, 0]];
        for ([even, odd], bytes) in [&mut self.first, &mut self.last].into_iter().zip(halves) {
            let raised = u64::from_le_bytes(bytes) ^ Self::RAISED;
            *even = even.wrapping_add(raised & Self::EVEN);
            *odd = odd.wrapping_add((raised >> 8) & Self::EVEN);
        }
        self.rows = self.rows.wrapping_add(1);
    }

    fn steps(&self) -> [i16; 12] {
        let mut steps = [0; 12];
        let raised_by = self.rows.wrapping_mul(128);
        for ([even, odd], steps) in [self.first, self.last].into_iter().zip(steps.chunks_mut(8)) {
            let pairs = (0..4).flat_map(|pair| [even >> (16 * pair), odd >> (16 * pair)]);
            for (step, sum) in steps.iter_mut().zip(pairs) {
                let sum = u16::try_from(sum & 0xffff).unwrap_or_default();
                *step = sum.wrapping_sub(raised_by).cast_signed();
            }
        }
        steps
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
    LazyLock::new(|| Model::carried(include_bytes!("../model.bin")).unwrap_or_else(Model::blank));

impl Model {
    /// The model that this program was built with.
    pub fn embedded() -> &'static Self {
        &LEARNED
    }

    /// A model that believes nothing.
    pub fn blank() -> Self {
        Self {
            clauses: Linear::blank(BUCKETS),
            ideas: Linear::blank(IDEA_BUCKETS),
            whole: Linear::blank(BUCKETS),
            counts: [1.0; KINDS],
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_add_up_to_the_sum_of_their_weights(rows in prop::collection::vec(any::<[i8; 12]>(), 0..=FEW)) {
            let linear = Linear { buckets: rows.iter().copied().collect(), steps: [1.0; 12] };
            let all: Vec<u32> = (0..).take(rows.len()).collect();
            let sum = |act: usize| rows.iter().map(|row| i16::from(row[act])).sum::<i16>();
            prop_assert_eq!(linear.steps_of(&all).to_vec(), (0..12).map(sum).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_most_and_the_least_that_rows_add_up_to_fit() {
        for weight in [i8::MIN, i8::MAX] {
            let linear = Linear { buckets: [[weight; 12]; FEW].into_iter().collect(), steps: [1.0; 12] };
            let all: Vec<u32> = (0..).take(FEW).collect();
            assert_eq!(linear.steps_of(&all).map(i32::from), [i32::from(weight) * 256; 12]);
        }
    }
}
