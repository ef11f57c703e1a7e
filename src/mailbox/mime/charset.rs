//! Text whose charset is missing or wrong.
//!
//! Some programs send Windows-1252 under no label or under that of UTF-8; a letter like that reads
//! better as what it is than with a hole for each accent.

use mail_parser::{
    Encoding, HeaderValue, MessagePart, MimeHeaders,
    decoders::{base64::base64_decode, charsets::map::charset_decoder, quoted_printable::quoted_printable_decode},
    parsers::MessageStream,
};

const HOLE: char = '\u{FFFD}';

/// Reads bytes without a label: UTF-8 if they are, else Windows-1252.
pub(super) fn guessed(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if speaks_utf8(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => match charset_decoder(b"windows-1252") {
            Some(decode) => decode(bytes),
            None => String::from_utf8_lossy(bytes).into_owned(),
        },
    }
}

/// The value of a header field, unfolded and with its encoded words read (RFC 2047).
pub(super) fn header_text(bytes: &[u8]) -> String {
    let readable = guessed(bytes);
    let parsed = match MessageStream::new(readable.as_bytes()).parse_unstructured() {
        HeaderValue::Text(text) => text.into_owned(),
        HeaderValue::TextList(texts) => texts.join(" "),
        HeaderValue::Address(_)
        | HeaderValue::DateTime(_)
        | HeaderValue::ContentType(_)
        | HeaderValue::Received(_)
        | HeaderValue::Empty => String::new(),
    };
    parsed.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text of a part, read again where its label left holes.
pub(super) fn part_text(part: &MessagePart<'_>, raw: &[u8]) -> String {
    let text = part.text_contents().unwrap_or_default();
    if !text.contains(HOLE) {
        return text.to_owned();
    }
    let label = part.content_type().and_then(|kind| kind.attribute("charset")).unwrap_or_default();
    let unspecific = ["", "utf-8", "utf8", "us-ascii", "ascii"].iter().any(|name| label.eq_ignore_ascii_case(name));
    if unspecific { guessed(&transfer_decoded(part, raw)) } else { text.to_owned() }
}

/// The bytes of a text part before any charset.
pub(super) fn transfer_decoded(part: &MessagePart<'_>, raw: &[u8]) -> Vec<u8> {
    let body = super::span(raw, part.offset_body, part.offset_end);
    let decoded = match part.encoding {
        Encoding::None => None,
        Encoding::QuotedPrintable => quoted_printable_decode(body),
        Encoding::Base64 => base64_decode(body),
    };
    decoded.unwrap_or_else(|| body.to_vec())
}

/// Whether the bytes hold a sequence that only UTF-8 explains; a broken byte beside it is a mishap.
fn speaks_utf8(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}
