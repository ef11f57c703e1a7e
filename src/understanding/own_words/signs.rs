//! Which kinds of signs a line holds, and how words begin and end: seen in one pass, and enough to spare most
//! lines every closer look.

use super::shape;
use std::collections::HashSet;

/// The kinds of signs in a line, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Signs(u16);

impl Signs {
    /// An ASCII letter.
    pub(super) const LETTER: Self = Self(1);
    /// An ASCII digit.
    pub(super) const DIGIT: Self = Self(1 << 1);
    pub(super) const AT: Self = Self(1 << 2);
    /// A colon, or what may be a wide one.
    pub(super) const COLON: Self = Self(1 << 3);
    /// `>`, or the `&` that begins its entity.
    pub(super) const MARK: Self = Self(1 << 4);
    /// Anything that is not ASCII.
    pub(super) const FOREIGN: Self = Self(1 << 5);
    pub(super) const SLASH_OR_BAR: Self = Self(1 << 6);
    pub(super) const DASH: Self = Self(1 << 7);
    pub(super) const DOT: Self = Self(1 << 8);
    /// Coded or invisible, or a space of another kind: the line is matched otherwise than it is written.
    pub(super) const ODD: Self = Self(1 << 9);

    pub(super) fn of(text: &str) -> Self {
        text.bytes()
            .fold(Self::default(), |signs, byte| signs.and(KINDS.get(usize::from(byte)).copied().unwrap_or_default()))
    }

    /// Both sets together.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of `other` is in the set.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all of `other` are in the set.
    pub(super) const fn has_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

static KINDS: [Signs; 256] = kinds();

#[expect(clippy::indexing_slicing, reason = "it is worked out when the program is compiled")]
const fn kinds() -> [Signs; 256] {
    let mut kinds = [Signs(0); 256];
    let mut byte: u8 = 0;
    loop {
        kinds[widened(byte)] = kind(byte);
        if byte == u8::MAX {
            return kinds;
        }
        byte += 1;
    }
}

#[expect(clippy::as_conversions, reason = "`From` cannot be used in a constant, and a byte always fits")]
const fn widened(byte: u8) -> usize {
    byte as usize
}

const fn kind(byte: u8) -> Signs {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Signs::LETTER,
        b'0'..=b'9' => Signs::DIGIT,
        b'@' => Signs::AT,
        b':' => Signs::COLON,
        b'>' => Signs::MARK,
        b'&' => Signs::MARK.and(Signs::ODD),
        b'=' => Signs::ODD,
        b'/' | b'|' => Signs::SLASH_OR_BAR,
        b'-' => Signs::DASH,
        b'.' => Signs::DOT,
        0..b' ' | 0x7F => Signs::ODD,
        // What is invisible or an odd space begins with one of these bytes.
        0xC2 | 0xE1..=0xE3 => Signs::FOREIGN.and(Signs::ODD),
        // The wide colon of East Asia as well.
        0xEF => Signs::FOREIGN.and(Signs::ODD).and(Signs::COLON),
        0x80.. => Signs::FOREIGN,
        _ => Signs(0),
    }
}

/// Pairs of bytes, as a set that may hold a few too many: the case of ASCII letters is not told apart.
#[derive(Debug, Clone)]
pub(super) struct Pairs([u64; 64]);

impl Pairs {
    /// The first two bytes of each word, in either case.
    pub(super) fn beginning<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self::of(words, first_two)
    }

    /// The last two bytes of each word, in either case.
    pub(super) fn ending<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self::of(words, last_two)
    }

    fn of<'w>(words: impl IntoIterator<Item = &'w str>, two: fn(&str) -> Option<(u8, u8)>) -> Self {
        let mut pairs = Self([0; 64]);
        for word in words {
            for word in [word.to_owned(), word.to_uppercase(), capitalised(word)] {
                if let Some((row, bit)) = two(&word).map(place)
                    && let Some(row) = pairs.0.get_mut(row)
                {
                    *row |= bit;
                }
            }
        }
        pairs
    }

    /// Whether one of the words may be how `text` begins. Words of a single byte are not seen.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        self.holds(first_two(text))
    }

    /// Whether one of the words may be how `text` ends.
    pub(super) fn may_end(&self, text: &str) -> bool {
        self.holds(last_two(text))
    }

    fn holds(&self, pair: Option<(u8, u8)>) -> bool {
        pair.map(place).is_some_and(|(row, bit)| self.0.get(row).is_some_and(|row| row & bit != 0))
    }
}

/// Words that may open a line.
#[derive(Debug)]
pub(super) struct Openings {
    begin: Pairs,
    words: HashSet<String>,
}

impl Openings {
    /// Each word counts up to its first sign that is no letter, as it does in a line.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str> + Clone) -> Self {
        Self {
            begin: Pairs::beginning(words.clone()),
            words: words.map(|word| first_word(word).to_owned()).collect(),
        }
    }

    /// Whether one of the words opens `text`, in either case.
    pub(super) fn open(&self, text: &str) -> bool {
        self.begin.may_begin(text) && {
            let word = first_word(text);
            word.len() <= LONGEST_OPENING && self.words.contains(shape::lower(word).as_str())
        }
    }
}

const LONGEST_OPENING: usize = 48;

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphabetic()).next().unwrap_or(text)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn first_two(text: &str) -> Option<(u8, u8)> {
    let mut bytes = text.bytes();
    Some((bytes.next()?, bytes.next()?))
}

fn last_two(text: &str) -> Option<(u8, u8)> {
    let mut bytes = text.bytes().rev();
    Some((bytes.next()?, bytes.next()?))
}

/// The row of a pair and its bit there. Six bits of each byte count, without the one that makes a capital.
fn place((first, second): (u8, u8)) -> (usize, u64) {
    (usize::from((first | 0x20) & 0x3F), 1 << ((second | 0x20) & 0x3F))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_of_signs_in_a_line_are_known() {
        let signs = Signs::of("Ana <a@b.example>: 3");
        assert!(signs.has_all(Signs::LETTER.and(Signs::DIGIT).and(Signs::AT).and(Signs::COLON).and(Signs::MARK)));
        assert!(!signs.has(Signs::FOREIGN.and(Signs::ODD).and(Signs::DASH)));
        assert!(Signs::of("a\u{a0}b").has(Signs::ODD) && Signs::of("ä").has(Signs::FOREIGN));
        assert!(Signs::of("主题：价").has(Signs::COLON));
    }

    #[test]
    fn a_pair_spares_words_that_cannot_be_meant() {
        let pairs = Pairs::beginning(["sent", "отправлено"]);
        assert!(pairs.may_begin("Sent from") && pairs.may_begin("Отправлено с") && !pairs.may_begin("Done"));
        let pairs = Pairs::ending(["wrote", "написал"]);
        assert!(pairs.may_end("Ana WROTE") && !pairs.may_end("Ana rode in"));
    }
}
