//! Writes the mail that a person's mail program would send as a reply to one of our letters.
//!
//! The templates are whole .eml files as Gmail, Outlook or a phone write them, with places for what only the
//! letter knows: its thread, its subject and its text as that program quotes it.

use crate::domain::{id::MessageId, mail::Mail};
use chrono::{DateTime, FixedOffset};
use percent_encoding::percent_decode_str;

/// A `mailto:` link of a letter: what a press on it opens in the reader's mail program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pressed {
    pub to: String,
    pub subject: String,
    pub body: String,
}

/// Fills `template` as a reply to `letter`, written at `at`. Lines end in CRLF.
pub fn reply(template: &str, letter: &Mail, pressed: Option<&Pressed>, at: DateTime<FixedOffset>, id: &str) -> Vec<u8> {
    let text = letter.text.as_deref().unwrap_or_default();
    let quoted: Vec<String> = text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
    let in_reply_to = letter.message_id.as_ref().map(MessageId::to_string).unwrap_or_default();
    let mut references: Vec<String> = letter.references.iter().map(MessageId::to_string).collect();
    references.push(in_reply_to.clone());
    let written = letter.date.map(|date| date.with_timezone(&at.timezone()));
    let places = [
        ("{{message_id}}", format!("<{id}>")),
        ("{{date}}", at.to_rfc2822()),
        ("{{subject}}", letter.subject.clone()),
        ("{{in_reply_to}}", in_reply_to),
        ("{{references}}", references.join("\r\n ")),
        ("{{letter_date}}", written.map(|date| date.format("%a, %b %-d, %Y at %-I:%M %p").to_string()).unwrap_or_default()),
        ("{{letter_text}}", text.to_owned()),
        ("{{quoted}}", quoted.join("\n")),
        ("{{quoted_html}}", body_of(letter.html.as_deref().unwrap_or_default()).to_owned()),
        ("{{tap_subject}}", pressed.map(|pressed| pressed.subject.clone()).unwrap_or_default()),
        ("{{tap_body}}", pressed.map(|pressed| pressed.body.clone()).unwrap_or_default()),
    ];
    let filled = places.iter().fold(template.to_owned(), |mail, (place, value)| mail.replace(place, value));
    filled.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes()
}

/// The `mailto:` links of a letter's HTML, in order.
pub fn taps(html: &str) -> Vec<Pressed> {
    let links = html.split("href=\"mailto:").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter_map(|link| read_link(&link.replace("&amp;", "&").replace("&#x2f;", "/"))).collect()
}

/// Reads `address?subject=…&body=…` (RFC 6068).
fn read_link(link: &str) -> Option<Pressed> {
    let (to, fields) = link.split_once('?')?;
    let field = |name: &str| {
        let value = fields.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='))?;
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    };
    Some(Pressed {
        to: percent_decode_str(to).decode_utf8_lossy().into_owned(),
        subject: field("subject")?,
        body: field("body")?,
    })
}

/// What a mail program quotes of an HTML letter: the inside of its body.
fn body_of(html: &str) -> &str {
    let after_open = html.split_once("<body").and_then(|(_, rest)| rest.split_once('>')).map_or(html, |(_, rest)| rest);
    after_open.split_once("</body>").map_or(after_open, |(body, _)| body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_is_read_as_a_mail_program_reads_it() {
        let html = r#"<a href="mailto:desk@office.test?subject=Re%3A%20%5BHB-1%5D&amp;body=CONFIRM%20HB-1%0D%0A">I understand</a>"#;
        let expected = Pressed {
            to: "desk@office.test".into(),
            subject: "Re: [HB-1]".into(),
            body: "CONFIRM HB-1\r\n".into(),
        };
        assert_eq!(taps(html), [expected]);
    }

    #[test]
    fn a_reply_carries_the_thread_and_quotes_the_letter() {
        let letter = Mail {
            subject: "[HB-1] Invoices".into(),
            message_id: Some(MessageId("a@office.test".into())),
            text: Some("Hello Ana,\n\nplease.".into()),
            ..Mail::default()
        };
        let at = DateTime::parse_from_rfc3339("2026-03-02T09:00:00+08:00").unwrap();
        let template = "References: {{references}}\nSubject: Re: {{subject}}\n\nOk.\n{{quoted}}\n";
        let mail = String::from_utf8(reply(template, &letter, None, at, "b@work.test")).unwrap();
        assert_eq!(mail, "References: <a@office.test>\r\nSubject: Re: [HB-1] Invoices\r\n\r\nOk.\r\n> Hello Ana,\r\n>\r\n> please.\r\n");
    }
}
