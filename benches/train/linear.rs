//! Twelve logistic models over hashed features, learned by gradient descent with a fixed seed and order.

use handback::understanding::statements::model::{Features, KINDS, of_ideas};

/// How the descent is done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Descent {
    pub rounds: u32,
    pub step: f32,
    /// How strongly weights are drawn to zero (L2).
    pub draw: f32,
    /// How much a clause counts that does not say what its message says elsewhere.
    pub elsewhere: f32,
    /// How much each kind of feature counts.
    pub counts: [f32; KINDS],
    /// How much of a judge is one that hears the rows alone.
    pub plain_share: f64,
}

impl Default for Descent {
    fn default() -> Self {
        Self { rounds: 8, step: 0.1, draw: 1e-3, elsewhere: 0.5, counts: [0.6, 1.5, 2.5, 0.8, 2.0], plain_share: 0.2 }
    }
}

impl Descent {
    /// The same for ideas and signs alone.
    pub(crate) fn of_ideas(&self) -> Self {
        Self { counts: of_ideas(&self.counts), ..*self }
    }
}

/// Weights of all buckets.
pub(crate) type Weights = Vec<[f32; 12]>;

/// Some features, and for each act whether it was meant and how much that counts.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    pub features: &'a Features,
    pub meant: [Option<(bool, f32)>; 12],
}

/// Learns from `cases`. Each weight has a step of its own, which shrinks as its bucket is met (AdaGrad), so that a rare
/// word is learned as fast as a common one. Where there are fewer `buckets` than features know, several share one.
pub(crate) fn learn(cases: &[Case<'_>], descent: &Descent, buckets: usize) -> Weights {
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut dice = Dice(0x5eed);
    let mut weights = vec![[0.0_f32; 12]; buckets];
    let mut met = vec![[1e-3_f32; 12]; buckets];
    for _ in 0..descent.rounds {
        dice.shuffle(&mut order);
        for case in order.iter().filter_map(|place| cases.get(*place)) {
            let mut pull = scores(&weights, case.features, &descent.counts);
            for (pull, meant) in pull.iter_mut().zip(case.meant) {
                let chance = 1.0 / (1.0 + (-*pull).exp());
                *pull = meant.map_or(0.0, |(so, counts)| ((if so { 1.0 } else { 0.0 }) - chance) * counts);
            }
            let heard = case.features.kinds(&descent.counts).into_iter().filter(|(_, count)| *count > 0.0);
            for (features, count) in heard {
                for feature in features.iter().filter_map(|feature| usize::try_from(*feature).ok()) {
                    let bucket = feature % buckets;
                    let (Some(row), Some(met)) = (weights.get_mut(bucket), met.get_mut(bucket)) else { continue };
                    for ((weight, met), pull) in row.iter_mut().zip(met).zip(pull) {
                        let slope = pull * count - descent.draw * *weight;
                        *met += slope * slope;
                        *weight += descent.step * slope / met.sqrt();
                    }
                }
            }
        }
    }
    weights
}

/// What `weights` say of some features, by act.
pub(crate) fn scores(weights: &Weights, features: &Features, counts: &[f32; KINDS]) -> [f32; 12] {
    let mut sums = [0.0; 12];
    for (buckets, count) in features.kinds(counts).into_iter().filter(|(_, count)| *count > 0.0) {
        let mut kind = [0.0; 12];
        for row in buckets.iter().filter_map(|bucket| weights.get(usize::try_from(*bucket).ok()? % weights.len())) {
            for (sum, weight) in kind.iter_mut().zip(row) {
                *sum += weight;
            }
        }
        for (sum, kind) in sums.iter_mut().zip(kind) {
            *sum += kind * count;
        }
    }
    sums
}

/// Throws the same numbers every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn shuffle(&mut self, places: &mut [usize]) {
        for last in (1..places.len()).rev() {
            let among = u64::try_from(last + 1).unwrap_or(u64::MAX);
            let other = usize::try_from(self.throw() % among).unwrap_or_default();
            places.swap(last, other);
        }
    }
}
