//! What every mail server and mail program carries unharmed: bytes, addresses, file names, media types.

use super::error::BoxError;
use crate::domain::id::Address;

/// Longest line without its line end, RFC 5322 section 2.1.1.
const LONGEST_LINE: usize = 998;

/// Whether `bytes` reach every server as they are: ASCII, lines of at most 998, CRLF and nothing but.
///
/// # Errors
/// What is wrong, in words.
pub(super) fn check_sendable(bytes: &[u8]) -> Result<(), &'static str> {
    if bytes.is_empty() {
        return Err("there are none");
    }
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let Some(line) = line.strip_suffix(b"\r\n") else {
            return Err("a line does not end in CRLF");
        };
        if line.len() > LONGEST_LINE {
            return Err("a line is longer than 998 characters");
        }
        if line.iter().any(|byte| !byte.is_ascii() || matches!(byte, 0 | b'\r')) {
            return Err("a line holds a character that mail does not carry unencoded");
        }
    }
    Ok(())
}

/// The address in a form that every mail server carries: the domain as DNS has it.
///
/// # Errors
/// Local parts in other scripts than ASCII, and whatever RFC 5321 does not call an address.
pub(super) fn as_carried(address: &Address) -> Result<lettre::Address, BoxError> {
    let (local, domain) = address.as_str().rsplit_once('@').unwrap_or_default();
    if !local.is_ascii() {
        return Err("the part before the @ is not ASCII".into());
    }
    let domain = if domain.is_ascii() { domain.to_owned() } else { idna::domain_to_ascii(domain)? };
    Ok(lettre::Address::new(local, domain)?)
}

/// The name without path, line breaks, and the marks that turn `exe.pdf` round for the eye.
pub(super) fn tame_name(name: &str) -> String {
    let turns_round =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    let tamed: String = name
        .chars()
        .map(|c| if c.is_control() || turns_round(c) || "/\\\"".contains(c) { '_' } else { c })
        .take(150)
        .collect();
    if tamed.trim().is_empty() { "file".to_owned() } else { tamed }
}

/// The media type without parameters. Enclosed mails go as plain bytes, since RFC 2046 section 5.2.1 forbids
/// base64 for them and their own lines may be anything; so does whatever is no media type.
pub(super) fn media_type(written: &str) -> &str {
    let essence = written.split(';').next().unwrap_or_default().trim();
    let token = |text: &str| {
        (1..=80).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-+._".contains(&b))
    };
    let composite = |kind: &str| ["message", "multipart"].iter().any(|other| kind.eq_ignore_ascii_case(other));
    match essence.split_once('/') {
        Some((kind, sub)) if token(kind) && token(sub) && !composite(kind) => essence,
        Some(_) | None => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_some_server_would_read_otherwise_are_refused() {
        for bytes in [
            &b""[..],
            b"Subject: x",
            b"Subject: x\n\nHello\r\n",
            b"Subject: x\r\n\r\nHello\n.\nMAIL FROM:<eve@example.org>\r\n",
            b"Subject: x\r\n\r\nHello\r.\r\n",
            b"Subject: \xc3\xa4\r\n\r\n",
            b"Subject: \0\r\n\r\n",
        ] {
            assert!(check_sendable(bytes).is_err(), "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(check_sendable(b"Subject: x\r\n\r\n.\r\n"), Ok(()));
    }

    #[test]
    fn a_file_name_stays_in_its_line_and_its_folder() {
        for (written, expected) in [
            ("Rechnung März.pdf", "Rechnung März.pdf"),
            ("../../etc/passwd", ".._.._etc_passwd"),
            ("a\r\nBcc: eve@example.org", "a__Bcc: eve@example.org"),
            ("\u{202e}fdp.exe", "_fdp.exe"),
            ("  ", "file"),
            ("", "file"),
        ] {
            assert_eq!(tame_name(written), expected);
        }
    }

    #[test]
    fn a_media_type_is_plain_bytes_where_it_is_none_or_encloses_others() {
        for (written, expected) in [
            ("application/pdf", "application/pdf"),
            ("text/csv; charset=utf-8", "text/csv"),
            ("application/vnd.ms-excel", "application/vnd.ms-excel"),
            ("message/rfc822", "application/octet-stream"),
            ("Multipart/Mixed", "application/octet-stream"),
            ("pdf", "application/octet-stream"),
            ("a/b/c", "application/octet-stream"),
            ("text/plain\r\nX: y", "application/octet-stream"),
            ("", "application/octet-stream"),
        ] {
            assert_eq!(media_type(written), expected, "{written:?}");
        }
    }
}
