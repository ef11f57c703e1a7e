//! Words, digit runs and marks of a text, in the spelling that the lexicon uses.

use std::ops::Range;

/// The longest run of digits that can be part of a date or an amount.
const LONGEST_NUMBER: usize = 9;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) span: Range<usize>,
    pub(crate) kind: Kind,
    /// White space or the start of the text stands right before.
    pub(crate) spaced: bool,
    /// Begins with a capital letter.
    pub(crate) capital: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Lower case, without accents on Latin letters.
    Word(String),
    Digits {
        value: u32,
        width: usize,
    },
    /// Digits too many for any number of ours.
    LongDigits,
    Mark(char),
    LineEnd,
}

/// Cuts `text` into tokens. White space is left out, save line ends.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, first)) = rest.next() {
        if first == '\n' {
            found.push(Token { span: start..start + 1, kind: Kind::LineEnd, spaced, capital: false });
            spaced = true;
            continue;
        }
        if first.is_whitespace() || is_invisible(first) {
            spaced = true;
            continue;
        }
        let class = Class::of(first);
        let mut end = start + first.len_utf8();
        if !matches!(class, Class::Mark) {
            while let Some(&(at, next)) = rest.peek() {
                let inside = Class::of(next) == class
                    || (class == Class::Letter && is_apostrophe(next) && joins(text, start, at, next.len_utf8()));
                if !inside {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
        }
        let words = text.get(start..end).unwrap_or_default();
        let kind = match class {
            Class::Letter => Kind::Word(folded(words)),
            Class::Digit => number(words),
            Class::Mark => Kind::Mark(plain_mark(first)),
        };
        found.push(Token { span: start..end, kind, spaced, capital: first.is_uppercase() });
        spaced = false;
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Mark,
}

impl Class {
    fn of(letter: char) -> Self {
        if letter.is_ascii_digit() {
            Self::Digit
        } else if (letter.is_alphabetic() && !matches!(letter, 'º' | 'ª')) || is_combining(letter) {
            Self::Letter
        } else {
            Self::Mark
        }
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ' | '`')
}

fn is_combining(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
}

/// Whether an apostrophe at `at` is part of the word begun at `start`: "o'clock" is one word, "l'après" two.
fn joins(text: &str, start: usize, at: usize, width: usize) -> bool {
    let before = text.get(start..at).unwrap_or_default();
    let elided = matches!(
        before.to_ascii_lowercase().as_str(),
        "l" | "d" | "j" | "qu" | "s" | "n" | "c" | "m" | "t" | "jusqu" | "lorsqu" | "puisqu"
    );
    let goes_on = text.get(at + width..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic);
    goes_on && !elided
}

fn number(digits: &str) -> Kind {
    if digits.len() > LONGEST_NUMBER {
        return Kind::LongDigits;
    }
    digits.parse().map_or(Kind::LongDigits, |value| Kind::Digits { value, width: digits.len() })
}

fn plain_mark(mark: char) -> char {
    match mark {
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '’' | 'ʼ' | '`' => '\'',
        '，' => ',',
        '：' => ':',
        '～' => '~',
        other => other,
    }
}

/// Writes `word` in lower case, without accents on Latin letters, apostrophes and a possessive s.
pub(crate) fn folded(word: &str) -> String {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' | 'ă' | 'ạ'..='ặ' => plain.push('a'),
            'ç' | 'ć' | 'č' => plain.push('c'),
            'đ' => plain.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ẹ'..='ệ' => plain.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ỉ' | 'ị' => plain.push('i'),
            'ł' => plain.push('l'),
            'ñ' | 'ń' => plain.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ơ' | 'ọ'..='ợ' => plain.push('o'),
            'ś' | 'š' => plain.push('s'),
            'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ư' | 'ụ'..='ự' => plain.push('u'),
            'ý' | 'ỳ'..='ỹ' => plain.push('y'),
            'ź' | 'ż' | 'ž' => plain.push('z'),
            'ß' => plain.push_str("ss"),
            'œ' => plain.push_str("oe"),
            'ё' => plain.push('е'),
            other if is_apostrophe(other) || is_combining(other) => {}
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = tokens(text)
            .into_iter()
            .map(|token| match token.kind {
                Kind::Word(word) => word,
                Kind::Digits { value, .. } => value.to_string(),
                Kind::LongDigits => "#".into(),
                Kind::Mark(mark) => mark.into(),
                Kind::LineEnd => "/".into(),
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn letters_and_digits_part_even_without_a_space() {
        check("2h15 by 5pm", &["2", "h", "15", "by", "5", "pm"]);
    }

    #[test]
    fn accents_apostrophes_and_possessives_are_ironed_out() {
        check(
            "Mañana à 8h, d’ici l'après-midi",
            &["manana", "a", "8", "h", ",", "d", "'", "ici", "l", "'", "apres", "-", "midi"],
        );
        check("o'clock tomorrow's weeks'", &["oclock", "tomorrow", "weeks", "'"]);
    }

    #[test]
    fn a_run_of_digits_too_long_for_a_number_is_no_number() {
        check("1234567890 ok\nyes", &["#", "ok", "/", "yes"]);
    }
}
