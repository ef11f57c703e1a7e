//! Patterns over the words of mail: how they are compiled, so that matching is fast and starting is quick.

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// Bytes that the automaton of a pattern may take. Where it does not fit, matching is ten times slower.
const AUTOMATON: usize = 32 << 20;

/// Compiles a pattern whose word boundaries know ASCII alone: the automaton that takes linear time over any
/// text cannot look for others.
pub(in crate::understanding) fn pattern(text: &str) -> Option<Regex> {
    RegexBuilder::new(&text.replace(r"\b", r"(?-u:\b)")).dfa_size_limit(AUTOMATON).build().ok()
}

/// Compiles a pattern for text in lower case, whose classes know ASCII alone. Folding the case of every
/// script inside the pattern makes it fifty times as large.
pub(in crate::understanding) fn lower_pattern(text: &str) -> Option<Regex> {
    RegexBuilder::new(&in_ascii(text)).dfa_size_limit(AUTOMATON).build().ok()
}

/// The same for a set of patterns.
pub(in crate::understanding) fn lower_patterns<'p>(texts: impl IntoIterator<Item = &'p str>) -> Option<RegexSet> {
    RegexSetBuilder::new(texts.into_iter().map(in_ascii)).dfa_size_limit(AUTOMATON).build().ok()
}

fn in_ascii(pattern: &str) -> String {
    let classes =
        [(r"\b", r"(?-u:\b)"), (r"\d", "[0-9]"), (r"\w", "[a-z0-9_]"), (r"\s", r"[ \t]"), (r"\W", "[^a-z0-9_]")];
    classes.iter().fold(pattern.to_owned(), |text, (class, ascii)| text.replace(class, ascii))
}
