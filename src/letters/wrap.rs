//! Plain text in columns: every line of a text letter passes through here.

use textwrap::{
    Options, WordSeparator, WordSplitter, WrapAlgorithm,
    core::{Word, display_width},
};

/// The widest line of a text letter. Two columns below the 76 that some mail programs break at, when quoted once.
pub(super) const WIDTH: usize = 72;

/// A word wider than this is broken, unless it is an address that people open.
const WIDEST_WORD: usize = 40;

/// The mark that parts a letter from its footer (RFC 3676, section 4.3); the one line that may end in a space.
const FOOTER_MARK: &str = "-- ";

/// Breaks every line at [`WIDTH`] columns and leaves at most two empty lines in a row, none at the ends.
///
/// A broken line goes on under the place where its words begin: after leading spaces, after a list's number or
/// dash, or after a label that two or more spaces set apart.
pub(super) fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut empty = 0;
    for line in text.lines() {
        let line = if line == FOOTER_MARK { line } else { line.trim_end() };
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !lines.is_empty() {
            lines.extend(std::iter::repeat_n(String::new(), empty.min(2)));
        }
        empty = 0;
        lines.extend(broken(line));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Puts `right` at the end of a line that begins with `left`, or on the next line where both do not fit.
pub(super) fn apart(left: &str, right: &str) -> String {
    let used = display_width(left) + display_width(right);
    match WIDTH.checked_sub(used) {
        Some(gap) if gap >= 2 => format!("{left}{}{right}", " ".repeat(gap)),
        Some(_) | None => format!("{left}\n{}{right}", " ".repeat(hang(left))),
    }
}

/// Fills `text` with spaces up to `columns`.
pub(super) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(display_width(text))))
}

fn broken(line: &str) -> Vec<String> {
    if display_width(line) <= WIDTH {
        return vec![line.to_owned()];
    }
    let spaces = line.chars().take_while(|c| *c == ' ').count();
    let (first, rest) = (" ".repeat(spaces), " ".repeat(hang(line)));
    let options = Options::new(WIDTH)
        .initial_indent(&first)
        .subsequent_indent(&rest)
        .break_words(false)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(line.trim_start(), options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// The column at which the words of `line` begin.
fn hang(line: &str) -> usize {
    let spaces = line.chars().take_while(|c| *c == ' ').count();
    let words = line.trim_start();
    let after_mark = words.split_once(' ').filter(|(mark, _)| is_list_mark(mark)).map(|(mark, _)| mark.len() + 1);
    let after_label = words.find("  ").map(|end| {
        let (label, rest) = words.split_at(end);
        display_width(label) + rest.chars().take_while(|c| *c == ' ').count()
    });
    let inner = after_mark.or(after_label).filter(|column| *column <= WIDTH / 2).unwrap_or_default();
    (spaces + inner).min(WIDTH / 2)
}

fn is_list_mark(mark: &str) -> bool {
    mark == "-"
        || mark == "*"
        || mark
            .strip_suffix('.')
            .is_some_and(|digits| matches!(digits.len(), 1..=3) && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Words as a line may be broken between them: addresses stay whole, other scripts break by their own rules.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    Box::new(line.split_inclusive(' ').flat_map(|word| -> Vec<Word<'_>> {
        let bare = word.trim_end();
        if bare.contains("://") || bare.contains('@') {
            return vec![Word::from(word)];
        }
        let parts = WordSeparator::UnicodeBreakProperties.find_words(word);
        parts
            .flat_map(|part| {
                if display_width(&part) > WIDEST_WORD { part.break_apart(WIDEST_WORD).collect() } else { vec![part] }
            })
            .collect()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(tidy(text), expected);
    }

    #[test]
    fn long_lines_go_on_under_the_place_where_their_words_begin() {
        let long = "a word ".repeat(14);
        let long = long.trim_end();
        for (start, indent) in [("", 0), ("  ", 2), ("  1. ", 5), ("- ", 2), ("  Limit    ", 11), ("12 of 3 ", 0)] {
            let wrapped = tidy(&format!("{start}{long}"));
            let second = wrapped.lines().nth(1).unwrap();
            assert_eq!(second.len() - second.trim_start().len(), indent, "{wrapped}");
            assert!(wrapped.starts_with(start), "{wrapped}");
        }
    }

    #[test]
    fn empty_lines_are_two_at_most_and_none_at_the_ends() {
        check("\n\na\n \n\n\n\nb\n\n", "a\n\n\nb\n");
    }

    #[test]
    fn only_the_footer_mark_keeps_its_space() {
        check("a \n-- \nb", "a\n-- \nb\n");
    }

    #[test]
    fn scripts_without_spaces_are_broken_by_width() {
        let wrapped = tidy(&"日本語、".repeat(30));
        assert!(wrapped.lines().all(|line| display_width(line) <= WIDTH && !line.starts_with('、')), "{wrapped}");
        assert_eq!(wrapped.replace('\n', ""), "日本語、".repeat(30));
    }

    #[test]
    fn an_address_is_never_broken() {
        let url = format!("https://shop.example/{}", "catalogue-".repeat(10));
        check(&format!("See {url} for it"), &format!("See\n{url}\nfor it\n"));
    }

    #[test]
    fn what_stands_apart_moves_down_where_it_does_not_fit() {
        assert_eq!(apart("Title", "HB-1, new task"), format!("Title{}HB-1, new task", " ".repeat(53)));
        assert_eq!(apart(&"T".repeat(60), "HB-1, new task"), format!("{}\nHB-1, new task", "T".repeat(60)));
        assert_eq!(apart(&format!("1. {}", "T".repeat(60)), "HB-1"), format!("1. {}     HB-1", "T".repeat(60)));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_letter_and_no_word_is_lost(text in "([a-z日ก ]{0,90}\n?){0,6}") {
            let wrapped = tidy(&text);
            prop_assert!(wrapped.lines().all(|line| display_width(line) <= WIDTH), "{wrapped}");
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&wrapped), letters(&text));
        }
    }
}
