//! From the bytes of a message to a [`Mail`]: never fails, whatever the bytes are.
//!
//! | file | knows |
//! |---|---|
//! | `charset` | text whose charset is missing or wrong |
//! | `flowed` | paragraphs that a mail program broke softly (RFC 3676) |
//! | `tnef` | Outlook's winmail.dat |
//! | `fingerprint` | what two copies of one mail have in common |
//! | `depth` | how many messages may be enclosed in messages |

mod charset;
mod depth;
mod fingerprint;
mod flowed;
mod tnef;

pub use fingerprint::content_hash;

use crate::domain::{
    id::MessageId,
    mail::{Header, Mail, Part, Party},
};
use chrono::DateTime;
use mail_parser::{Encoding, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// More leaf parts than this are left unread; nobody writes such a mail.
const MOST_PARTS: usize = 10_000;

/// Decodes a message. Bytes that are no message become a mail without headers whose text they are.
pub fn decode(raw: &[u8]) -> Mail {
    let lines = depth::bounded(with_line_feeds(raw));
    let raw = without_envelope_line(&lines);
    let Some(message) = MessageParser::default().parse(raw) else {
        return Mail {
            text: Some(charset::guessed(raw)),
            defects: vec!["the message has no header".to_owned()],
            ..Mail::default()
        };
    };
    let mut mail = with_headers(&message, raw);
    let leaves = leaves(&message);
    if leaves.len() == MOST_PARTS {
        mail.defects.push(format!("only the first {MOST_PARTS} parts were read"));
    }
    for part in leaves {
        add_part(&mut mail, &message, part, raw);
    }
    mail
}

/// The decoded content of leaf part `index`, counted as in [`Mail::parts`].
pub fn part_bytes(raw: &[u8], index: usize) -> Option<Vec<u8>> {
    let lines = depth::bounded(with_line_feeds(raw));
    let raw = without_envelope_line(&lines);
    let message = MessageParser::default().parse(raw)?;
    let part = *leaves(&message).get(index)?;
    Some(match &part.body {
        PartType::Message(enclosed) => enclosed_bytes(part, enclosed, raw).to_vec(),
        PartType::Text(_) | PartType::Html(_) => charset::transfer_decoded(part, raw),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
        PartType::Multipart(_) => Vec::new(),
    })
}

/// Old programs end lines in a bare CR; a message without any LF is read as if it had them.
fn with_line_feeds(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

/// An mbox file puts a `From sender date` line before each message; it is none of the message's.
fn without_envelope_line(raw: &[u8]) -> &[u8] {
    if !raw.starts_with(b"From ") {
        return raw;
    }
    let end = raw.iter().position(|byte| *byte == b'\n').map_or(raw.len(), |at| at + 1);
    raw.get(end..).unwrap_or_default()
}

/// The parts that hold content, in order; an enclosed message counts as one.
fn leaves<'m, 'x>(message: &'m Message<'x>) -> Vec<&'m MessagePart<'x>> {
    message.parts.iter().filter(|part| !matches!(part.body, PartType::Multipart(_))).take(MOST_PARTS).collect()
}

fn with_headers(message: &Message<'_>, raw: &[u8]) -> Mail {
    let mut mail = Mail::default();
    for header in message.headers() {
        let bytes = span(raw, header.offset_start, header.offset_end);
        let value = charset::header_text(bytes);
        match header.name().to_ascii_lowercase().as_str() {
            // mail-parser's `from()` shows the last From header alone; a forger counts on that.
            "from" => {
                mail.from_headers += 1;
                mail.from.extend(parties(&header.value));
            }
            "to" => mail.to.extend(parties(&header.value)),
            "cc" => mail.cc.extend(parties(&header.value)),
            "subject" if mail.subject.is_empty() => mail.subject.clone_from(&value),
            "date" if mail.date.is_none() => {
                mail.date =
                    header.value.as_datetime().and_then(|date| DateTime::parse_from_rfc3339(&date.to_rfc3339()).ok());
                if mail.date.is_none() {
                    mail.defects.push("the Date header cannot be read".to_owned());
                }
            }
            "message-id" if mail.message_id.is_none() => {
                mail.message_id = message_ids(&value).into_iter().next();
            }
            "in-reply-to" => mail.in_reply_to.extend(message_ids(&value)),
            "references" => mail.references.extend(message_ids(&value)),
            _ => {}
        }
        mail.headers.push(Header { name: header.name().to_owned(), value });
    }
    if mail.from_headers != 1 {
        mail.defects.push(format!("the message has {} From headers", mail.from_headers));
    }
    mail
}

fn parties(value: &HeaderValue<'_>) -> Vec<Party> {
    let Some(addresses) = value.as_address() else {
        return Vec::new();
    };
    addresses
        .iter()
        .map(|party| Party {
            name: party.name().unwrap_or_default().trim().to_owned(),
            address: party.address().and_then(|address| address.parse().ok()),
        })
        .collect()
}

/// Message-IDs stand in angle brackets; programs that forget them write one bare word.
fn message_ids(value: &str) -> Vec<MessageId> {
    if !value.contains('<') {
        return value
            .split_whitespace()
            .filter(|word| word.contains('@'))
            .map(|id| MessageId(id.to_owned()))
            .collect();
    }
    value
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(id, _)| id.split_whitespace().collect::<String>())
        .filter(|id| !id.is_empty())
        .map(MessageId)
        .collect()
}

fn add_part(mail: &mut Mail, message: &Message<'_>, part: &MessagePart<'_>, raw: &[u8]) {
    let media_type = media_type(part);
    let name = part.attachment_name().map(str::to_owned).filter(|name| !name.trim().is_empty());
    let is_body = is_body(message, part, name.is_some());
    if part.is_encoding_problem {
        mail.defects.push(format!("a part ({media_type}) is wrongly encoded"));
    }
    let text = part_text(part, &media_type, raw);
    if is_body {
        let place = match &part.body {
            PartType::Html(_) => Some(&mut mail.html),
            PartType::Text(_) => Some(&mut mail.text),
            PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) | PartType::Multipart(_) => None,
        };
        if let (Some(place), Some(text)) = (place, &text) {
            append_body(place, text);
        }
    }
    if media_type.starts_with("multipart/") && mail.text.is_none() {
        mail.defects.push("the parts of the message cannot be told apart".to_owned());
        mail.text.clone_from(&text);
    }
    let attached = !is_body && !is_report(&media_type) && !media_type.starts_with("multipart/");
    let size = part_size(part, raw);
    mail.parts.push(Part { media_type: media_type.clone(), name, attached, size, text });
    if media_type == "application/ms-tnef" || media_type == "application/vnd.ms-tnef" {
        add_winmail(mail, part);
    }
}

/// Apple Mail sends the text before and after a picture as two parts of one body.
fn append_body(place: &mut Option<String>, text: &str) {
    match place {
        Some(body) if text.trim().is_empty() || body.len() > 1 << 20 => {}
        Some(body) => {
            body.push_str("\n\n");
            body.push_str(text);
        }
        None => *place = Some(text.to_owned()),
    }
}

/// Outlook packs body and files into winmail.dat when it takes the reader for another Outlook.
fn add_winmail(mail: &mut Mail, part: &MessagePart<'_>) {
    let Some(pack) = tnef::read(part.contents()) else {
        mail.defects.push("winmail.dat cannot be read".to_owned());
        return;
    };
    if mail.text.as_ref().is_none_or(|text| text.trim().is_empty()) && pack.body.is_some() {
        mail.text = pack.body;
    }
    if !pack.files.is_empty() {
        mail.defects.push(format!("winmail.dat holds {}", pack.files.join(", ")));
    }
}

fn media_type(part: &MessagePart<'_>) -> String {
    match part.content_type() {
        Some(kind) => format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("plain")).to_ascii_lowercase(),
        None if matches!(part.body, PartType::Message(_)) => "message/rfc822".to_owned(),
        None => "text/plain".to_owned(),
    }
}

/// Whether the part is something to read rather than a file: text without a file name, not marked as
/// attached, of type plain or HTML.
fn is_body(message: &Message<'_>, part: &MessagePart<'_>, named: bool) -> bool {
    let disposition = part.content_disposition();
    let alone = message.parts.len() == 1;
    let readable = matches!(part.body, PartType::Text(_) | PartType::Html(_))
        && (alone || matches!(media_type(part).as_str(), "text/plain" | "text/html"));
    readable && (alone || !named) && !disposition.is_some_and(|kind| kind.is_attachment())
}

fn is_report(media_type: &str) -> bool {
    matches!(
        media_type,
        "message/delivery-status"
            | "message/global-delivery-status"
            | "message/disposition-notification"
            | "message/feedback-report"
            | "text/rfc822-headers"
            | "message/global-headers"
    )
}

fn part_text(part: &MessagePart<'_>, media_type: &str, raw: &[u8]) -> Option<String> {
    match &part.body {
        PartType::Text(_) | PartType::Html(_) => {
            let text = charset::part_text(part, raw);
            let flowed = part.content_type().is_some_and(|kind| {
                kind.attribute("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
            });
            let del_sp = part
                .content_type()
                .is_some_and(|kind| kind.attribute("delsp").is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes")));
            Some(if flowed { flowed::rejoined(&text, del_sp) } else { text })
        }
        PartType::Message(enclosed) => {
            let root = enclosed.parts.first()?;
            Some(charset::guessed(span(&enclosed.raw_message, root.offset_header, root.offset_body)))
        }
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) if is_report(media_type) => {
            Some(charset::guessed(bytes))
        }
        // A multipart whose boundary never comes: whatever it holds is worth reading.
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) if media_type.starts_with("multipart/") => {
            Some(charset::guessed(bytes))
        }
        PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Multipart(_) => None,
    }
}

fn part_size(part: &MessagePart<'_>, raw: &[u8]) -> u64 {
    let length = match &part.body {
        PartType::Message(enclosed) => enclosed_bytes(part, enclosed, raw).len(),
        PartType::Text(_)
        | PartType::Html(_)
        | PartType::Binary(_)
        | PartType::InlineBinary(_)
        | PartType::Multipart(_) => part.contents().len(),
    };
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// An enclosed message as it stands in `raw`, or decoded where it was encoded.
fn enclosed_bytes<'r>(part: &MessagePart<'_>, enclosed: &'r Message<'_>, raw: &'r [u8]) -> &'r [u8] {
    match part.encoding {
        Encoding::None => span(raw, part.offset_body, part.offset_end),
        Encoding::QuotedPrintable | Encoding::Base64 => &enclosed.raw_message,
    }
}

fn span(raw: &[u8], start: u32, end: u32) -> &[u8] {
    let at = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX).min(raw.len());
    raw.get(at(start)..at(end)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
