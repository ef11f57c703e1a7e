//! Tables of words that the program brings along, looked up for every word of every mail.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
};

/// A set of words that are written in the source.
pub(super) type WordSet<W> = HashSet<W, BuildHasherDefault<WordHasher>>;

/// Words that are written in the source, each with what it stands for.
pub(super) type WordMap<W, T> = HashMap<W, T, BuildHasherDefault<WordHasher>>;

/// Hashes eight bytes at a time. Nobody outside chooses what is in these tables, so nobody can choose words that
/// collide; the standard library's hasher guards against that and takes several times as long.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.mix(u64::from_le_bytes(*eight));
        }
        if !rest.is_empty() {
            self.mix(rest.iter().fold(0, |row, byte| (row << 8) | u64::from(*byte)));
        }
    }

    /// What ends every string; its bytes are told apart without it.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        // The tables use the lowest bits, and a product has its best bits on top.
        self.0.rotate_left(26)
    }
}

impl WordHasher {
    fn mix(&mut self, eight: u64) {
        self.0 = (self.0.rotate_left(5) ^ eight).wrapping_mul(0xf135_7aea_2e62_a9c5);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasher, BuildHasherDefault};

    #[test]
    fn words_that_look_alike_land_apart() {
        let build = BuildHasherDefault::<WordHasher>::default();
        let words = ["a", "b", "ab", "ba", "abcdefgh", "abcdefghi", "abcdefgi", "bcdefgha", ""];
        let hashes: HashSet<u64> = words.iter().map(|word| build.hash_one(word)).collect();
        assert_eq!(hashes.len(), words.len());
    }

    #[test]
    fn a_word_is_found_by_its_letters_whoever_owns_them() {
        let set: WordSet<String> = ["завтра".to_owned(), "today".to_owned()].into_iter().collect();
        assert!(set.contains("завтра") && !set.contains("завтр"));
    }
}
