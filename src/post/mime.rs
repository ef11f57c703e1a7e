//! A composed letter as the bytes that leave.
//!
//! The same letter always gives the same bytes: nothing here asks for the time, and the MIME boundaries come
//! from the Message-ID. Bodies are always encoded, so that no line is long, no byte above 127 and no line end
//! alone; some servers take a bare `LF.LF` for the end of the mail and the rest for commands.

use super::{
    carried::{as_carried, check_sendable, media_type, tame_name},
    error::BoxError,
};
use crate::{
    domain::{
        id::{Address, MessageId},
        letter::{Letter, LetterFile},
    },
    remedy::Remedy,
};
use lettre::message::{
    Attachment, Body, Mailbox, Message, MultiPart, SinglePart,
    header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
};
use sha2::{Digest, Sha256};
use std::{fmt::Write as _, time::SystemTime};
use thiserror::Error;

/// Names the kind of a letter, for whoever sorts or looks at them.
pub const KIND_HEADER: &str = "X-Handback-Letter";

/// A letter cannot be written as mail.
#[derive(Debug, Error)]
pub enum MimeError {
    #[error("the letter's {0} holds a line break or another control character")]
    ControlCharacter(&'static str),
    #[error("the letter's {whose} address cannot stand in a mail")]
    Address {
        whose: &'static str,
        #[source]
        source: BoxError,
    },
    #[error("the letter's own Message-ID is none")]
    MessageId,
    #[error("the letter's date is outside the years 1970 to 9998")]
    Date,
    #[error("could not build the letter")]
    Build(#[source] BoxError),
    #[error("the letter cannot be sent safely: {0}")]
    Unsound(&'static str),
}

impl MimeError {
    pub fn remedy(&self) -> Remedy {
        Remedy::SetAside
    }
}

/// Writes `letter` as an RFC 5322 message: text and HTML as alternatives, files beside them.
///
/// # Errors
/// Names and subjects that hold control characters, addresses and dates that no mail can carry. Names of files
/// are tamed and foreign Message-IDs left out instead, since others chose them.
pub fn encode(letter: &Letter) -> Result<Vec<u8>, MimeError> {
    let mut builder = Message::builder()
        .from(mailbox("sender", &letter.from_name, &letter.from_address)?)
        .to(mailbox("recipient", &letter.to_name, &letter.to_address)?)
        .subject(plain("subject", &letter.subject)?)
        .date(date(letter)?)
        .message_id(Some(own_id(&letter.message_id)?.to_string()));
    if let Some(parent) = letter.in_reply_to.as_ref().filter(|id| is_sound(id)) {
        builder = builder.in_reply_to(parent.to_string());
    }
    let references: Vec<String> =
        letter.references.iter().filter(|id| is_sound(id)).map(MessageId::to_string).collect();
    if !references.is_empty() {
        builder = builder.references(references.join(" "));
    }
    // RFC 3834 asks automatic senders to say so; Outlook and Exchange heed a header of their own.
    let submitted = if letter.in_reply_to.is_some() { "auto-replied" } else { "auto-generated" };
    for (name, value) in
        [("Auto-Submitted", submitted), ("X-Auto-Response-Suppress", "All"), (KIND_HEADER, letter.kind.name())]
    {
        builder = builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned()));
    }
    let message = builder.multipart(content(letter)?).map_err(|error| MimeError::Build(error.into()))?;
    let bytes = message.formatted();
    check_sendable(&bytes).map_err(MimeError::Unsound)?;
    Ok(bytes)
}

fn mailbox(whose: &'static str, name: &str, address: &Address) -> Result<Mailbox, MimeError> {
    let name = plain(whose, name)?;
    let address = as_carried(address).map_err(|source| MimeError::Address { whose, source })?;
    Ok(Mailbox::new(Some(name).filter(|name| !name.is_empty()), address))
}

/// Refuses control characters: lettre panics at a CR or LF in a name, and in a subject they start a new header.
/// Spaces become single ones, since lettre loses the words' distance at a double space between foreign words.
fn plain(whose: &'static str, text: &str) -> Result<String, MimeError> {
    if text.chars().any(char::is_control) {
        return Err(MimeError::ControlCharacter(whose));
    }
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The years that lettre's Date header takes without a panic.
fn date(letter: &Letter) -> Result<SystemTime, MimeError> {
    const YEAR_9999: i64 = 253_370_764_800;
    if (0..YEAR_9999).contains(&letter.date.timestamp()) { Ok(letter.date.into()) } else { Err(MimeError::Date) }
}

fn own_id(id: &MessageId) -> Result<&MessageId, MimeError> {
    if is_sound(id) { Ok(id) } else { Err(MimeError::MessageId) }
}

fn is_sound(id: &MessageId) -> bool {
    (1..=500).contains(&id.0.len()) && id.0.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>".contains(&byte))
}

fn content(letter: &Letter) -> Result<MultiPart, MimeError> {
    let words = MultiPart::alternative()
        .boundary(boundary(letter, "words"))
        .singlepart(body(ContentType::TEXT_PLAIN, &letter.text)?)
        .singlepart(body(ContentType::TEXT_HTML, &letter.html)?);
    if letter.files.is_empty() {
        return Ok(words);
    }
    letter
        .files
        .iter()
        .try_fold(MultiPart::mixed().boundary(boundary(letter, "files")).multipart(words), |parts, file| {
            Ok(parts.singlepart(attachment(file)?))
        })
}

/// `=_` stands in neither quoted-printable nor base64, so no body can hold the boundary.
fn boundary(letter: &Letter, level: &str) -> String {
    let digest = Sha256::digest(format!("{level}\n{}", letter.message_id));
    digest.iter().take(12).fold("=_hb-".to_owned(), |mut text, byte| {
        // Writing to a string cannot fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

fn body(content_type: ContentType, text: &str) -> Result<SinglePart, MimeError> {
    let foreign = text.bytes().filter(|byte| !byte.is_ascii()).count();
    // Quoted-printable triples each foreign byte; past a quarter of them base64 is the shorter.
    let encoding = if foreign > text.len() / 4 {
        ContentTransferEncoding::Base64
    } else {
        ContentTransferEncoding::QuotedPrintable
    };
    Ok(SinglePart::builder().header(content_type).body(encoded(text.to_owned(), encoding)?))
}

fn encoded(
    content: impl Into<lettre::message::MaybeString>,
    encoding: ContentTransferEncoding,
) -> Result<Body, MimeError> {
    Body::new_with_encoding(content, encoding).map_err(|_| MimeError::Unsound("a body fits no encoding"))
}

fn attachment(file: &LetterFile) -> Result<SinglePart, MimeError> {
    let content = encoded(file.bytes.clone(), ContentTransferEncoding::Base64)?;
    let content_type =
        ContentType::parse(media_type(&file.media_type)).map_err(|error| MimeError::Build(error.into()))?;
    Ok(Attachment::new(tame_name(&file.name)).body(content, content_type))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        id::{LetterId, PersonId, TaskId},
        notice::NoticeKind,
        token::Token,
    };
    use mail_parser::{MessageParser, MimeHeaders};
    use proptest::prelude::*;

    fn letter() -> Letter {
        Letter {
            id: LetterId(7),
            kind: NoticeKind::Task,
            to: PersonId(2),
            tasks: vec![TaskId(1)],
            token: Token { letter: LetterId(7), mac: [0; 10] },
            from_name: "Marta's office".to_owned(),
            from_address: "desk@example.test".parse().unwrap(),
            to_name: "Ana Reyes".to_owned(),
            to_address: "ana@example.test".parse().unwrap(),
            subject: "[HB-1] August invoices".to_owned(),
            date: "2026-03-02T09:00:00Z".parse().unwrap(),
            message_id: MessageId("hb.7-AAAA@example.test".to_owned()),
            in_reply_to: None,
            references: Vec::new(),
            text: "Ana, please sort the invoices.\n\n.\n\nThank you.\n".to_owned(),
            html: "<p>Ana, please sort the invoices.</p>\n".to_owned(),
            files: Vec::new(),
        }
    }

    fn written(letter: &Letter) -> String {
        String::from_utf8(encode(letter).unwrap()).unwrap()
    }

    #[track_caller]
    fn check_header(letter: &Letter, expected: &str) {
        let written = written(letter);
        let headers = written.split("\r\n\r\n").next().unwrap();
        assert!(headers.lines().any(|line| line == expected), "no `{expected}` in\n{headers}");
    }

    #[test]
    fn the_same_letter_gives_the_same_bytes() {
        let mut letter = letter();
        letter.files.push(LetterFile {
            name: "a.csv".to_owned(),
            media_type: "text/csv".to_owned(),
            bytes: b"1,2\n".to_vec(),
        });
        assert_eq!(encode(&letter).unwrap(), encode(&letter.clone()).unwrap());
        insta::assert_snapshot!(written(&letter).replace("\r\n", "\n"), @r#"
        From: =?utf-8?b?TWFydGEncyBvZmZpY2U=?= <desk@example.test>
        To: "Ana Reyes" <ana@example.test>
        Subject: [HB-1] August invoices
        Date: Mon, 02 Mar 2026 09:00:00 +0000
        Message-ID: <hb.7-AAAA@example.test>
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: All
        X-Handback-Letter: task
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="=_hb-0643020d77e6e5f1606a2cd3"

        --=_hb-0643020d77e6e5f1606a2cd3
        Content-Type: multipart/alternative;
         boundary="=_hb-cb531a889b02bdbf3aee77f2"

        --=_hb-cb531a889b02bdbf3aee77f2
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Ana, please sort the invoices.

        .

        Thank you.

        --=_hb-cb531a889b02bdbf3aee77f2
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <p>Ana, please sort the invoices.</p>

        --=_hb-cb531a889b02bdbf3aee77f2--
        --=_hb-0643020d77e6e5f1606a2cd3
        Content-Disposition: attachment; filename="a.csv"
        Content-Type: text/csv
        Content-Transfer-Encoding: base64

        MSwyCg==
        --=_hb-0643020d77e6e5f1606a2cd3--
        "#);
    }

    #[test]
    fn a_letter_says_that_a_machine_wrote_it() {
        check_header(&letter(), "Auto-Submitted: auto-generated");
        check_header(&letter(), "X-Auto-Response-Suppress: All");
        check_header(&letter(), "X-Handback-Letter: task");
        let answer = Letter { in_reply_to: Some(MessageId("q1@mail.example.org".to_owned())), ..letter() };
        check_header(&answer, "Auto-Submitted: auto-replied");
        check_header(&answer, "In-Reply-To: <q1@mail.example.org>");
    }

    #[test]
    fn text_html_and_files_come_back_as_they_were() {
        let files = vec![
            LetterFile {
                name: "Rechnung März.pdf".to_owned(),
                media_type: "application/pdf".to_owned(),
                bytes: (0..=255).cycle().take(5000).collect(),
            },
            LetterFile {
                name: "\u{202e}fdp.\r\nBcc: x@y.z/exe".to_owned(),
                media_type: "text/plain\r\nX: y".to_owned(),
                bytes: b"\n.\n\r\n.\r\n".to_vec(),
            },
            LetterFile {
                name: String::new(),
                media_type: "message/rfc822".to_owned(),
                bytes: b"Subject: x\n\n.\n".to_vec(),
            },
        ];
        let letter = Letter { text: "Доброго дня, Олено!\n".repeat(40), files, ..letter() };
        let bytes = encode(&letter).unwrap();
        let mail = MessageParser::new().parse(&bytes).unwrap();
        assert_eq!(mail.body_text(0).unwrap().replace("\r\n", "\n"), letter.text);
        assert_eq!(mail.body_html(0).unwrap().replace("\r\n", "\n"), letter.html);
        let back: Vec<_> = mail.attachments().map(|part| (part.attachment_name(), part.contents())).collect();
        assert_eq!(back[0], (Some("Rechnung März.pdf"), letter.files[0].bytes.as_slice()));
        assert_eq!(back[1], (Some("_fdp.__Bcc: x@y.z_exe"), letter.files[1].bytes.as_slice()));
        assert_eq!(back[2], (Some("file"), letter.files[2].bytes.as_slice()));
        assert!(mail.header("Bcc").is_none());
        assert_eq!(mail.parts[5].content_type().unwrap().subtype(), Some("octet-stream"));
    }

    #[test]
    fn a_name_with_a_line_break_is_an_error_and_not_a_panic() {
        for name in ["Ana\r\nBcc: eve@example.org", "Ana\n", "\rAna", "Ana\u{0}", "Ana\u{85}"] {
            let to = Letter { to_name: name.to_owned(), ..letter() };
            assert!(matches!(encode(&to), Err(MimeError::ControlCharacter("recipient"))), "{name:?}");
            let from = Letter { from_name: name.to_owned(), ..letter() };
            assert!(matches!(encode(&from), Err(MimeError::ControlCharacter("sender"))), "{name:?}");
            let subject = Letter { subject: name.to_owned(), ..letter() };
            assert!(matches!(encode(&subject), Err(MimeError::ControlCharacter("subject"))), "{name:?}");
        }
    }

    #[test]
    fn a_date_that_would_make_the_writer_panic_is_an_error() {
        for date in ["1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "+20000-01-01T00:00:00Z"] {
            let letter = Letter { date: date.parse().unwrap(), ..letter() };
            assert!(matches!(encode(&letter), Err(MimeError::Date)), "{date}");
        }
    }

    #[test]
    fn long_threads_are_folded_and_foreign_ids_that_are_none_left_out() {
        let mut references: Vec<MessageId> =
            (0..60).map(|n| MessageId(format!("{n}.{}@mail.example.org", "x".repeat(40)))).collect();
        references.push(MessageId("two words@example.org".to_owned()));
        references.push(MessageId("a\r\nBcc: eve@example.org".to_owned()));
        references.push(MessageId("y".repeat(5000)));
        let bytes = encode(&Letter { references, ..letter() }).unwrap();
        let mail = MessageParser::new().parse(&bytes).unwrap();
        assert_eq!(mail.references().as_text_list().unwrap().len(), 60);
        let own = Letter { message_id: MessageId("no id".to_owned()), ..letter() };
        assert!(matches!(encode(&own), Err(MimeError::MessageId)));
    }

    #[test]
    fn foreign_words_keep_their_distance() {
        let letter = Letter { subject: "[HB-1] Рахунки  за\u{a0}серпень".to_owned(), ..letter() };
        let bytes = encode(&letter).unwrap();
        let mail = MessageParser::new().parse(&bytes).unwrap();
        assert_eq!(mail.subject(), Some("[HB-1] Рахунки за серпень"));
    }

    #[test]
    fn a_subject_no_line_can_hold_is_an_error() {
        let letter = Letter { subject: "x".repeat(3000), ..letter() };
        assert!(matches!(encode(&letter), Err(MimeError::Unsound("a line is longer than 998 characters"))));
    }

    #[test]
    fn a_domain_in_another_script_takes_its_dns_form() {
        let letter = Letter { to_address: "ana@bücher.example".parse().unwrap(), ..letter() };
        check_header(&letter, "To: \"Ana Reyes\" <ana@xn--bcher-kva.example>");
        let local = Letter { to_address: "añа@example.test".parse().unwrap(), ..letter };
        assert!(matches!(encode(&local), Err(MimeError::Address { whose: "recipient", .. })));
    }

    proptest! {
        #[test]
        fn any_words_make_a_sound_mail_and_come_back(
            name in "[^\\p{Cc}]{0,40}", subject in "[^\\p{Cc}]{0,200}", text in "(?s).{0,600}", html in "(?s).{0,600}",
        ) {
            let letter = Letter { to_name: name, subject: format!("[HB-1] {subject}"), text, html, ..letter() };
            match encode(&letter) {
                Ok(bytes) => {
                    prop_assert_eq!(check_sendable(&bytes), Ok(()));
                    let mail = MessageParser::new().parse(&bytes).unwrap();
                    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                    prop_assert_eq!(words(mail.subject().unwrap()), words(&letter.subject));
                    let to = mail.to().and_then(|to| to.first()).unwrap();
                    prop_assert_eq!(words(to.name().unwrap_or_default()), words(&letter.to_name));
                    prop_assert_eq!(to.address(), Some("ana@example.test"));
                    let text = mail.body_text(0).unwrap();
                    prop_assert_eq!(text.replace("\r\n", "\n"), letter.text.replace("\r\n", "\n"));
                }
                Err(error) => prop_assert!(false, "{error:?}"),
            }
        }
    }
}
