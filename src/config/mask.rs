//! Blanks secrets in a text that pictures are drawn from.
//!
//! A literal password is refused, and the picture of that mistake, or of one beside it, must not carry the
//! password into a terminal's history or a journal.

use regex::Regex;
use std::sync::LazyLock;

/// A key that sounds like a secret and is not one of those that only say where it is.
static SECRET: LazyLock<Regex> = LazyLock::new(|| {
    let key = r#"(?im)^.*?(?:pass|secret|pwd)[a-z]*["']?[ \t]*=[ \t]*"#;
    let value = r#""""(?s:.*?)(?:"""|\z)|'''(?s:.*?)(?:'''|\z)|[^\r\n]+"#;
    Regex::new(&format!("{key}(?<value>{value})")).expect("a sound pattern")
});

/// Returns `text` with the same length and lines, and asterisks for whatever may be a secret.
pub(super) fn masked(text: &str) -> String {
    let mut shown = text.to_owned();
    for value in SECRET.captures_iter(text).filter_map(|found| found.name("value")) {
        let blank: String = value.as_str().bytes().map(|byte| if byte == b'\n' { '\n' } else { '*' }).collect();
        shown.replace_range(value.range(), &blank);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, shown: &str) {
        assert_eq!(masked(written), shown);
        assert_eq!(masked(written).len(), written.len());
    }

    #[test]
    fn a_literal_password_is_blanked_however_its_key_is_spelt() {
        check("a = 1\npassword = \"hunter2\"\nb = 2", "a = 1\npassword = *********\nb = 2");
        check("passwort='é'", "passwort=****");
        check("mailbox = { password = \"x\" }", "mailbox = { password = *****");
        check("password = \"\"\"\nx\"\"\"\nb = 2", "password = ***\n****\nb = 2");
        check("secret = \"x\"\n\"pwd\" = \"y\"", "secret = ***\n\"pwd\" = ***");
    }

    #[test]
    fn where_a_password_is_may_be_seen() {
        for line in ["password_file = \"/etc/x\"", "password_command = \"pass mail\"", "# no password here"] {
            check(line, line);
        }
    }
}
