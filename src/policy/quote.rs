//! The sentence that a statement stands in: what people read of it, where the statement's own words are only a piece.

use crate::domain::tap::Prompt;
use std::ops::Range;

/// A longer sentence is none: the writer uses no full stops.
const LONGEST: usize = 400;

/// Returns the whole of `text`'s sentences that `span` touches; None where `span` is not in `text`, or where they
/// are too long to be quoted.
pub(super) fn sentence<'a>(text: &'a str, span: &Range<usize>) -> Option<&'a str> {
    text.get(span.clone())?;
    let ends = || text.char_indices().filter_map(|(at, c)| ends_at(text, at, c));
    let start = ends().take_while(|end| *end <= span.start).last().unwrap_or(0);
    let end = ends().find(|end| *end >= span.end).unwrap_or(text.len());
    Some(without_prompt(text.get(start..end)?.trim())).filter(|sentence| sentence.len() <= LONGEST)
}

/// What was filled in behind a line of ours, without that line.
fn without_prompt(sentence: &str) -> &str {
    let filled = Prompt::ALL.iter().find_map(|prompt| sentence.strip_prefix(prompt.as_str()));
    filled.map_or(sentence, str::trim)
}

/// The byte behind the sentence that the character at `at` ends, where it ends one.
fn ends_at(text: &str, at: usize, c: char) -> Option<usize> {
    let behind = at + c.len_utf8();
    let rest = text.get(behind..).unwrap_or_default();
    let next = rest.trim_start_matches([' ', '\n']).chars().next();
    let ends = match c {
        '.' | '…' => rest.starts_with(char::is_whitespace) && !next.is_some_and(char::is_lowercase),
        '!' | '?' => !rest.starts_with(['!', '?', '.', '"', '”', ')']),
        // One line break may be the mail program's; two are the writer's, and so is one before a point of a list.
        '\n' => rest.starts_with('\n') || next.is_some_and(|next| "-*•".contains(next) || next.is_ascii_digit()),
        _ => false,
    };
    ends.then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &str, expected: &str) {
        let start = text.find(words).unwrap();
        assert_eq!(sentence(text, &(start..start + words.len())), Some(expected));
    }

    #[test]
    fn a_question_keeps_its_mark_and_its_beginning() {
        let text = "Hi Nora, should they be British or American? I start tomorrow.";
        check(text, "should they be British or American", "Hi Nora, should they be British or American?");
        check(text, "I start tomorrow", "I start tomorrow.");
        check("Really?! Yes.", "Really", "Really?!");
    }

    #[test]
    fn the_reason_behind_a_comma_is_shown_too() {
        let text = "Good evening.\nI cannot log in, it says\nthe password was changed. 22 are answered.";
        let whole = "I cannot log in, it says\nthe password was changed.";
        check(text, "I cannot log in", whole);
    }

    #[test]
    fn the_line_that_our_tap_put_there_is_no_word_of_theirs() {
        check("QUESTION HB-1\n\nMy question: Which year?\n", "Which year", "Which year?");
    }

    #[test]
    fn numbers_short_words_and_wrapped_lines_end_no_sentence() {
        check("It takes 2.5 hours, i.e. until Friday.", "until Friday", "It takes 2.5 hours, i.e. until Friday.");
        check("The first part is\nready now.", "ready now", "The first part is\nready now.");
    }

    #[test]
    fn paragraphs_and_points_stand_alone() {
        check("Hello,\n\nit is done\n\nAna", "it is done", "it is done");
        check("Open:\n- the logo\n- which year", "which year", "- which year");
    }

    #[test]
    fn words_from_elsewhere_and_endless_sentences_are_not_quoted() {
        assert_eq!(sentence("Ok.", &(2..9)), None);
        assert_eq!(sentence(&"and so on ".repeat(80), &(0..3)), None);
    }
}
