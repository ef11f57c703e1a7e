//! Looking at single tokens and what they mean.

use super::{
    durations::ALL,
    narrow::{counted, match_glue, part_of},
};
use crate::understanding::times::{
    lexicon::{self, Glue, Language, Meaning, Note},
    tokens::{Kind, Token},
};

/// What a rule read, and the token after it.
pub(crate) type Read<T> = Option<(T, usize)>;

/// Words with their meanings, for the rules to read.
pub(crate) struct Reader<'a> {
    pub(crate) tokens: &'a [Token],
    pub(super) notes: Vec<Vec<Note>>,
    pub(crate) language: Language,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(tokens: &'a [Token]) -> Self {
        let lexicon::Notes { at, language } = lexicon::notes(tokens);
        Self { tokens, notes: at, language }
    }

    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The first meaning at `at`, longest words first, for which `wanted` has an answer.
    pub(crate) fn pick<T>(&self, at: usize, wanted: impl Fn(Meaning) -> Option<T>) -> Read<T> {
        self.notes.get(at)?.iter().find_map(|note| wanted(note.meaning).map(|found| (found, note.next)))
    }

    pub(crate) fn means(&self, at: usize, wanted: Meaning) -> Option<usize> {
        self.pick(at, |meaning| (meaning == wanted).then_some(())).map(|(_, next)| next)
    }

    /// The word at `at` is one of `words`, which are parted by `|`.
    pub(crate) fn is_one_of(&self, at: usize, words: &str) -> bool {
        let listed = |word: &[u8]| words.as_bytes().split(|byte| *byte == b'|').any(|known| known == word);
        self.word(at).is_some_and(|word| listed(word.as_bytes()))
    }

    /// Whether something about time can begin at `at`: not with a word that means nothing to the lexicon, save the few
    /// that the rules know by name.
    pub(crate) fn may_begin(&self, at: usize) -> bool {
        self.word(at).is_none_or(|word| self.has_note(at) || matches!(word, "q" | "midweek"))
            || self.is_one_of(at, ALL)
    }

    /// The word at `at` is one of `words`.
    pub(crate) fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    pub(crate) fn glue(&self, at: usize, wanted: &[Glue]) -> Read<Glue> {
        self.pick(at, |meaning| match_glue(meaning).filter(|glue| wanted.contains(glue)))
    }

    pub(crate) fn mark(&self, at: usize, wanted: char) -> Option<usize> {
        matches!(self.token(at)?.kind, Kind::Mark(mark) if mark == wanted).then_some(at + 1)
    }

    pub(crate) fn any_mark(&self, at: usize, wanted: &[char]) -> Read<char> {
        match self.token(at)?.kind {
            Kind::Mark(mark) if wanted.contains(&mark) => Some((mark, at + 1)),
            Kind::Mark(_) | Kind::Word(_) | Kind::Digits { .. } | Kind::LongDigits | Kind::LineEnd => None,
        }
    }

    pub(crate) fn digits(&self, at: usize) -> Option<(u32, usize)> {
        match self.token(at)?.kind {
            Kind::Digits { value, width } => Some((value, width)),
            Kind::Mark(_) | Kind::Word(_) | Kind::LongDigits | Kind::LineEnd => None,
        }
    }

    pub(crate) fn word(&self, at: usize) -> Option<&str> {
        match &self.token(at)?.kind {
            Kind::Word(word) => Some(word),
            Kind::Mark(_) | Kind::Digits { .. } | Kind::LongDigits | Kind::LineEnd => None,
        }
    }

    /// No space stands before `at`.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| !token.spaced)
    }

    pub(crate) fn article(&self, at: usize) -> usize {
        self.glue(at, &[Glue::Article]).map_or(at, |(_, next)| next)
    }

    /// "a", which counts one and yet is no number beside another.
    pub(super) fn is_article(&self, at: usize) -> bool {
        self.glue(at, &[Glue::Article]).is_some() && self.word(at).is_some_and(|word| matches!(word, "a" | "an"))
    }

    pub(super) fn is_weak(&self, at: usize, next: usize) -> bool {
        let capital = self.token(at).is_some_and(|token| token.capital);
        !capital && self.notes.get(at).is_some_and(|notes| notes.iter().any(|note| note.weak && note.next == next))
    }

    /// Whether a bare number may end before `at`: what follows does not say what was counted.
    pub(super) fn number_ends(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return true };
        match &token.kind {
            Kind::LineEnd => true,
            Kind::Mark(mark) => {
                let joins = matches!(mark, '.' | ':' | '/' | '-' | ',' | '\'');
                let binds = joins && self.glued(at) && self.glued(at + 1) && self.digits(at + 1).is_some();
                !(binds || matches!(mark, '%' | '$' | '€' | '£' | '+' | '*' | '#' | '°'))
            }
            Kind::Word(word) => {
                let counts = self.pick(at, |meaning| counted(meaning).then_some(())).is_some();
                token.spaced && !counts && (self.has_note(at) || lexicon::is_common(word))
            }
            Kind::Digits { .. } => token.spaced,
            Kind::LongDigits => false,
        }
    }

    pub(super) fn has_note(&self, at: usize) -> bool {
        self.notes.get(at).is_some_and(|notes| !notes.is_empty())
    }

    pub(super) fn counted_follows(&self, at: usize) -> bool {
        self.pick(at, |meaning| counted(meaning).then_some(())).is_some()
    }

    pub(super) fn part_follows(&self, at: usize) -> bool {
        let at = self.glue(at, &[Glue::Of, Glue::On, Glue::At]).map_or(at, |(_, next)| next);
        self.pick(self.article(at), part_of).is_some()
    }
}
