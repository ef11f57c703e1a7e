//! How names, strings and sets of UIDs are written in IMAP commands.

use super::super::error::MailboxError;
use base64::{
    Engine, alphabet,
    engine::{GeneralPurpose, general_purpose::NO_PAD},
};
use std::fmt::Write;

/// The base64 of folder names (RFC 3501 section 5.1.3).
const NAME_BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::IMAP_MUTF7, NO_PAD);

/// Writes `text` as a quoted string.
///
/// # Errors
///
/// [`MailboxError::Unsayable`] where it holds control characters or letters outside ASCII.
pub(super) fn quoted(text: &str) -> Result<String, MailboxError> {
    if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(MailboxError::Unsayable { text: text.escape_debug().to_string() });
    }
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// Undoes the backslashes of a quoted string, which the parser leaves in.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    plain
}

/// Writes a folder's name as servers keep it, in modified UTF-7 (RFC 3501 section 5.1.3).
pub(super) fn folder_name(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    let mut foreign: Vec<u8> = Vec::new();
    let flush = |foreign: &mut Vec<u8>, written: &mut String| {
        if !foreign.is_empty() {
            written.push('&');
            NAME_BASE64.encode_string(&*foreign, written);
            written.push('-');
            foreign.clear();
        }
    };
    for letter in name.chars() {
        if matches!(letter, ' '..='~') {
            flush(&mut foreign, &mut written);
            written.push(letter);
            if letter == '&' {
                written.push('-');
            }
        } else {
            let mut units = [0; 2];
            foreign.extend(letter.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    flush(&mut foreign, &mut written);
    written
}

/// Writes UIDs, which must be sorted, as a set with ranges: `1:4,9`.
pub(super) fn uid_set(uids: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for uid in uids.iter().copied() {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(uid) => *last = uid,
            Some(_) | None => ranges.push((uid, uid)),
        }
    }
    let mut set = String::new();
    for (first, last) in ranges {
        let comma = if set.is_empty() { "" } else { "," };
        let written =
            if first == last { write!(set, "{comma}{first}") } else { write!(set, "{comma}{first}:{last}") };
        written.expect("writing to a String cannot fail");
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_are_escaped_and_line_breaks_refused() {
        assert_eq!(quoted(r#"pa"ss\word"#).unwrap(), r#""pa\"ss\\word""#);
        assert_eq!(unescaped(r#"pa\"ss\\word"#), r#"pa"ss\word"#);
        for text in ["a\r\nA2 LOGOUT", "pässword", "nul\0"] {
            assert!(quoted(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn folder_names_are_written_in_modified_utf_7() {
        for (name, expected) in [
            ("Archive", "Archive"),
            ("Q & A", "Q &- A"),
            ("Gelöscht", "Gel&APY-scht"),
            ("日本語", "&ZeVnLIqe-"),
            ("✉ 📬", "&Jwk- &2D3c7A-"),
        ] {
            assert_eq!(folder_name(name), expected);
        }
    }

    #[test]
    fn neighbouring_uids_are_written_as_a_range() {
        for (uids, expected) in [
            (&[][..], ""),
            (&[7], "7"),
            (&[1, 2, 3, 5, 8, 9], "1:3,5,8:9"),
            (&[4_294_967_294, 4_294_967_295], "4294967294:4294967295"),
        ] {
            assert_eq!(uid_set(uids), expected);
        }
    }
}
