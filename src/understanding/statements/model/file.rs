//! The weights as a file: written by training, embedded in the program, checked where it is read.
//!
//! ```text
//! "HBMODEL1"  feature version u32  buckets u32
//! 3 x 12 x f32  what one step of a bucket's weight is worth, by act, for clauses, ideas and messages
//! 5 x f32     how much each kind of feature counts
//! 12 x 75 f32 judges
//! 12 x 16 u16 calibration
//! 12 x 3 u16  cut, gate, doubt
//! 1024 u64    words seen in training
//! buckets x 12 i8, of clauses, ideas and messages
//! u64         FNV-1a of all before
//! ```
//!
//! Integers and floats are little-endian.

use super::{
    Buckets, Linear, Model, Thresholds,
    calibration::Calibration,
    features::{BUCKETS, IDEA_BUCKETS, VERSION},
};
use std::borrow::Cow;

const MAGIC: &[u8; 8] = b"HBMODEL1";

impl Model {
    /// The model as its file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(u32::try_from(BUCKETS).unwrap_or(u32::MAX).to_le_bytes());
        let floats = self
            .clauses
            .steps
            .iter()
            .chain(&self.ideas.steps)
            .chain(&self.whole.steps)
            .chain(&self.counts)
            .chain(self.judges.iter().flatten());
        bytes.extend(floats.flat_map(|value| value.to_le_bytes()));
        let knots = self.calibrations.iter().flat_map(|table| table.0);
        let thresholds = self.thresholds.iter().flat_map(|act| [act.cut, act.gate, act.doubt]);
        bytes.extend(knots.chain(thresholds).flat_map(u16::to_le_bytes));
        bytes.extend(self.vocabulary.iter().flat_map(|block| block.to_le_bytes()));
        for Linear { buckets, .. } in [&self.clauses, &self.ideas, &self.whole] {
            bytes.extend(buckets.0.iter().flatten());
        }
        let sum = checksum(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    /// Reads a file back. `None` where it is not one, is cut short or damaged, or belongs to other features.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if u64::from_le_bytes(*sum) != checksum(body) {
            return None;
        }
        let (model, weights) = Self::without_buckets(body)?;
        model.set_buckets(weights, |weights| Cow::Owned(weights.to_vec()))
    }

    /// Takes a file that the program was built with. Its weights stay where they are, and a test has checked its sum.
    pub(super) fn carried(bytes: &'static [u8]) -> Option<Self> {
        let (body, _) = bytes.split_last_chunk::<8>()?;
        let (model, weights) = Self::without_buckets(body)?;
        model.set_buckets(weights, Cow::Borrowed)
    }

    /// The model with the weights of its buckets, kept as `keep` does: of clauses, ideas and messages.
    fn set_buckets<'a>(
        mut self,
        weights: &'a [[u8; 12]],
        keep: impl Fn(&'a [[u8; 12]]) -> Cow<'static, [[u8; 12]]>,
    ) -> Option<Self> {
        let (clauses, rest) = weights.split_at_checked(BUCKETS)?;
        let (ideas, whole) = rest.split_at_checked(IDEA_BUCKETS)?;
        self.clauses.buckets = Buckets(keep(clauses));
        self.ideas.buckets = Buckets(keep(ideas));
        self.whole.buckets = Buckets(keep(whole));
        Some(self)
    }

    /// Everything but the weights of the buckets, and beside it those: of clauses, ideas and messages.
    fn without_buckets(body: &[u8]) -> Option<(Self, &[[u8; 12]])> {
        let mut rest = Rest(body);
        let sound = rest.take::<8>()? == *MAGIC
            && u32::from_le_bytes(rest.take()?) == VERSION
            && usize::try_from(u32::from_le_bytes(rest.take()?)).ok()? == BUCKETS;
        if !sound {
            return None;
        }
        let mut model = Self::blank();
        let steps = model.clauses.steps.iter_mut().chain(&mut model.ideas.steps).chain(&mut model.whole.steps);
        for value in steps.chain(&mut model.counts).chain(model.judges.iter_mut().flatten()) {
            *value = f32::from_le_bytes(rest.take()?);
        }
        for Calibration(knots) in &mut model.calibrations {
            for knot in knots {
                *knot = u16::from_le_bytes(rest.take()?);
            }
        }
        for Thresholds { cut, gate, doubt } in &mut model.thresholds {
            for threshold in [cut, gate, doubt] {
                *threshold = u16::from_le_bytes(rest.take()?);
            }
        }
        for block in &mut model.vocabulary {
            *block = u64::from_le_bytes(rest.take()?);
        }
        let (weights, cut_short) = rest.0.as_chunks::<12>();
        if weights.len() != BUCKETS * 2 + IDEA_BUCKETS || !cut_short.is_empty() {
            return None;
        }
        Some((model, weights))
    }
}

struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }
}

fn checksum(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_comes_back_from_its_file_as_it_was() {
        let mut model = Model::blank();
        model.clauses.steps = [0.25; 12];
        model.whole.buckets = (0..BUCKETS).map(|bucket| if bucket == 7 { [-3; 12] } else { [0; 12] }).collect();
        model.thresholds[2] = Thresholds { cut: 500, gate: 900, doubt: 100 };
        let bytes = model.to_bytes();
        assert_eq!(Model::from_bytes(&bytes), Some(model));
        assert!(bytes.len() < 2_000_000);
    }

    #[test]
    fn the_model_that_the_program_carries_is_whole() {
        let carried = Model::from_bytes(include_bytes!("../model.bin"));
        assert_eq!(carried.as_ref(), Some(Model::embedded()));
    }

    #[test]
    fn a_damaged_or_foreign_file_is_refused() {
        let bytes = Model::blank().to_bytes();
        let mut flipped = bytes.clone();
        flipped[5000] ^= 1;
        let mut other_features = bytes.clone();
        other_features[8] ^= 1;
        for broken in [&bytes[..bytes.len() - 1], &flipped, &other_features, b"HBMODEL1", b""] {
            assert_eq!(Model::from_bytes(broken), None);
        }
    }
}
