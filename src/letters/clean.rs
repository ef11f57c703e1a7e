//! People's words made fit to stand in a letter. Nothing they contain can break it.

/// Removes what could end a line, hide words or turn their direction round, and joins all white space.
pub(super) fn line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() || is_break(c) { ' ' } else { c }).collect();
    plain.split_whitespace().map(visible).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Keeps lines and paragraphs, each line cleaned like [`line`]; at most one empty line in a row, none at the ends.
///
/// Leading spaces stay, since people indent lists with them.
pub(super) fn prose(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}'], "\n");
    let mut lines: Vec<String> = Vec::new();
    for written in text.split('\n') {
        let indent = written.chars().take_while(|c| *c == ' ').count().min(8);
        let words = line(written);
        match lines.last() {
            None if words.is_empty() => {}
            Some(last) if words.is_empty() && last.is_empty() => {}
            Some(_) | None if words.is_empty() => lines.push(words),
            Some(_) | None => lines.push(format!("{}{words}", " ".repeat(indent))),
        }
    }
    lines.join("\n").trim_end().to_owned()
}

/// Cuts at the last space before `most` characters and says so; shorter text is left alone.
pub(super) fn at_most(text: String, most: usize, note: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let kept = text.get(..end).unwrap_or(&text);
    let kept = kept.rfind(char::is_whitespace).and_then(|space| kept.get(..space)).unwrap_or(kept);
    format!("{} …{note}", kept.trim_end())
}

fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Direction overrides and isolates, which would turn the rest of the letter round, and marks without a width.
fn visible(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_whatever_it_holds() {
        for (written, expected) in [
            ("List\r\nBcc: x@y.example", "List Bcc: x@y.example"),
            (" two  spaces\tand\u{0}nul ", "two spaces and nul"),
            ("turned \u{202e}round\u{2066}", "turned round"),
            ("line\u{2028}separator", "line separator"),
            ("\u{1b}[31mred", "[31mred"),
        ] {
            assert_eq!(line(written), expected);
        }
    }

    #[test]
    fn prose_keeps_its_lines_and_loses_the_rest() {
        for (written, expected) in [
            ("\n\none\r\n\r\n\r\n\r\ntwo\rthree\n\n", "one\n\ntwo\nthree"),
            ("  - a\n  - b", "  - a\n  - b"),
            ("-- \nsignature", "--\nsignature"),
            ("\u{0}\u{7}", ""),
        ] {
            assert_eq!(prose(written), expected);
        }
    }

    #[test]
    fn long_words_are_cut_between_words_and_say_so() {
        assert_eq!(at_most("one two three".into(), 9, " (cut)"), "one two …(cut)".replace("…(", "… ("));
        assert_eq!(at_most("one two".into(), 7, " (cut)"), "one two");
        assert_eq!(at_most("日本語日本語".into(), 3, ""), "日本語 …");
    }
}
