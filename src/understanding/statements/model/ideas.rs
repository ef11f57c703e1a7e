//! What words mean, whatever the language: `sent`, `envié` and `отправил` are one idea, so that what was learned from
//! one of them holds for the others.

use super::{
    super::{clause::Outline, phrase::Class, tokens::fold},
    features::{SEED, step},
};
use crate::understanding::word_table::WordMap;
use std::sync::LazyLock;

/// The ideas of one token, the likelier first; some words have two.
pub(in super::super) type Ideas = [Option<&'static str>; 2];

/// Words are known by their hash, so that one pass over a word finds all its stems.
#[derive(Debug, Default)]
struct Lexicon {
    whole: WordMap<u64, Ideas>,
    stems: WordMap<u64, Ideas>,
}

/// Shorter stems would begin too many words.
const SHORTEST_STEM: usize = 3;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for line in include_str!("ideas.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let Some(idea) = words.next() else { continue };
        for word in words {
            let (map, word) = match word.strip_suffix('*') {
                Some(stem) => (&mut lexicon.stems, stem),
                None => (&mut lexicon.whole, word),
            };
            add(map.entry(hash(&fold(word))).or_default(), idea);
        }
    }
    lexicon
});

fn add(ideas: &mut Ideas, idea: &'static str) {
    if !ideas.contains(&Some(idea)) {
        ideas.iter_mut().find(|place| place.is_none()).into_iter().for_each(|place| *place = Some(idea));
    }
}

fn hash(word: &str) -> u64 {
    word.bytes().fold(SEED, step)
}

/// What stands at each token, times and amounts included.
pub(in super::super) fn ideas(outline: &Outline) -> Vec<Ideas> {
    let mut all = Vec::with_capacity(outline.tokens.len());
    let mut marked_until = 0;
    for (number, token) in outline.tokens.iter().enumerate() {
        if number < marked_until {
            all.push([None; 2]);
            continue;
        }
        let marked = MARKED.iter().find_map(|(class, idea)| Some((outline.class_end(*class, number)?, *idea)));
        all.push(match marked {
            Some((end, idea)) => {
                marked_until = end;
                // "Yesterday" and "tomorrow" are times alike, and tell what was done from what will be.
                [Some(idea), of(&token.text).first().copied().flatten()]
            }
            None => of(&token.text),
        });
    }
    all
}

/// So many words without an idea may stand between two that belong together.
const APART: usize = 4;

/// Names ideas one by one, and in twos and threes as they follow each other, each with its kind.
pub(super) fn each<'a>(tokens: impl Iterator<Item = &'a Ideas>, see: &mut impl FnMut(u8, &[&str])) {
    let (mut before, mut last): (Option<&str>, Ideas) = (None, [None; 2]);
    let mut gap = 0;
    for ideas in tokens {
        let Some(first) = ideas.first().copied().flatten() else {
            gap += 1;
            continue;
        };
        if gap > APART {
            (before, last) = (None, [None; 2]);
        }
        gap = 0;
        for idea in ideas.iter().flatten() {
            see(b'I', &[idea]);
            last.iter().flatten().for_each(|last| see(b'J', &[last, idea]));
        }
        let just_before = last.first().copied().flatten();
        if let (Some(before), Some(just_before)) = (before, just_before) {
            see(b'K', &[before, just_before, first]);
        }
        (before, last) = (just_before, *ideas);
    }
}

const MARKED: [(Class, &str); 6] = [
    (Class::Money, "@money"),
    (Class::Percent, "@percent"),
    (Class::Hours, "@hours"),
    (Class::Span, "@span"),
    (Class::When, "@when"),
    (Class::Number, "@number"),
];

/// The ideas of a folded word: of the word itself, or of the longest stem it begins with.
fn of(word: &str) -> Ideas {
    let mut hash = SEED;
    let mut stem = None;
    let mut letters = 0;
    for (at, byte) in word.bytes().enumerate() {
        hash = step(hash, byte);
        if word.is_char_boundary(at + 1) {
            letters += 1;
            if letters >= SHORTEST_STEM {
                stem = LEXICON.stems.get(&hash).or(stem);
            }
        }
    }
    LEXICON.whole.get(&hash).or(stem).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_what_it_means_in_other_languages() {
        for (word, idea) in [("sent", "sent"), ("envie", "sent"), ("відправила", "sent"), ("отправили", "sent")]
        {
            assert_eq!(of(&fold(word))[0], Some(idea), "{word}");
        }
        assert_eq!(of("xyzzy"), [None; 2]);
    }

    #[test]
    fn every_line_of_the_list_names_an_idea_and_its_words() {
        let mut names = std::collections::BTreeSet::new();
        for line in include_str!("ideas.txt").lines().filter(|line| !line.starts_with('#')) {
            let (name, words) = line.split_once(' ').expect("an idea has words");
            assert!(names.insert(name), "{name} stands twice");
            for stem in words.split_whitespace().filter_map(|word| word.strip_suffix('*')) {
                assert!(stem.chars().count() >= SHORTEST_STEM, "{name}: {stem}* begins too many words");
            }
        }
    }
}
