//! What the buckets of a clause were made of, in words, for whoever asks why.

use super::{
    features::{KINDS, MOST_LETTERS, MOST_WORDS, View, bucket, each_letters, each_sign, word_bucket},
    ideas,
};
use std::ops::Range;

/// The buckets of [`super::features::features`] with what each was made of, kind by kind: computed anew, and only to explain.
pub(in super::super) fn named(view: &View<'_>, number: usize) -> [Vec<(String, u32)>; KINDS] {
    let Some(clause) = view.outline.clauses.get(number) else { return Default::default() };
    let words_of = |tokens: Range<usize>, most: usize| -> Vec<&str> {
        let tokens = tokens.take(most).filter_map(|token| view.outline.tokens.get(token));
        tokens.map(|token| token.text.as_str()).collect()
    };
    let texts = words_of(clause.tokens.clone(), MOST_WORDS);
    let mut signs = vec![("any words at all".to_owned(), bucket(b'1', &[]))];
    each_sign(view, number, &texts, &mut |kind, parts| signs.push((sign_name(kind, parts), bucket(kind, parts))));
    let mut words: Vec<(String, u32)> = Vec::new();
    for (one, two) in texts.iter().zip(texts.iter().skip(1).map(Some).chain([None])) {
        words.push((format!("“{one}”"), word_bucket(one)));
        words.extend(two.map(|two| (format!("“{one} {two}”"), bucket(b'v', &[one, two]))));
    }
    let places: Vec<&str> =
        texts.iter().flat_map(|text| std::iter::repeat_n(*text, text.chars().count() + 1)).collect();
    let mut letters: Vec<(String, u32)> = Vec::new();
    each_letters(&texts, MOST_LETTERS, &mut |start, bucket| {
        // A blank belongs to the word behind it.
        let word = places.get(start).or(texts.last()).copied().unwrap_or_default();
        letters.push((format!("letters of “{word}”"), bucket));
    });
    let mut ideas: Vec<(String, u32)> = Vec::new();
    let tokens = view.ideas.get(clause.tokens.clone()).unwrap_or_default();
    ideas::each(tokens.iter().take(MOST_WORDS), &mut |kind, parts| {
        ideas.push((format!("meaning {}", parts.join(" ")), bucket(kind, parts)));
    });
    let mut near: Vec<(String, u32)> = Vec::new();
    for (kind, side, other) in [(b'<', "before", number.checked_sub(1)), (b'>', "after", number.checked_add(1))] {
        let other = other.and_then(|other| view.outline.clauses.get(other));
        let tokens = other.map(|other| other.tokens.clone()).unwrap_or_default();
        let meanings = tokens.clone().filter_map(|token| view.ideas.get(token)?.first().copied()?);
        let meanings = meanings.take(MOST_WORDS / 3);
        near.extend(meanings.map(|idea| (format!("meaning {idea} {side} it"), bucket(kind, &["idea", idea]))));
        let words = words_of(tokens, MOST_WORDS / 3);
        near.extend(words.into_iter().map(|word| (format!("“{word}” {side} it"), bucket(kind, &[word]))));
    }
    [signs, words, letters, near, ideas]
}

/// A sign in words.
fn sign_name(kind: u8, parts: &[&str]) -> String {
    let said = parts.join(" ");
    match kind {
        b'h' => format!("row {said}"),
        b't' => format!("row {}", parts.join(" under ")),
        b'r' => format!("rows speak for {said}"),
        b'p' => format!("clause before: {said}"),
        b'n' => format!("clause after: {said}"),
        b'f' | b'g' => format!("begins with “{said}”"),
        b'l' => format!("ends with “{said}”"),
        b'k' => format!("names a {said}"),
        b'o' => format!("a word of {said}"),
        b's' => format!("{said} words or more"),
        b'c' => format!("a message of {said} clauses or more"),
        b'a' => format!("we had asked for {said}"),
        _ => format!("mark: {said}"),
    }
}
