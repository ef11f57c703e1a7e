//! Writes the mail that a person's mail program would send as a reply to one of our letters.
//!
//! The templates are whole .eml files as Gmail, Outlook or a phone write them, with places for what only the
//! letter knows: its thread, its subject and its text as that program quotes it.

use crate::{
    domain::tap::FirstWord,
    domain::{id::MessageId, mail::Mail},
};
use chrono::{DateTime, FixedOffset};
use percent_encoding::percent_decode_str;

/// A tap to press, and what is typed behind its prompts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Press {
    pub(super) word: FirstWord,
    pub(super) filled: &'static [(&'static str, &'static str)],
}

/// A `mailto:` link of a letter: what a press on it opens in the reader's mail program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pressed {
    pub(super) subject: String,
    pub(super) body: String,
}

/// What a mail answers, and when.
pub(super) struct Answered<'a> {
    pub(super) letter: Option<&'a Mail>,
    pub(super) pressed: Option<Pressed>,
    pub(super) at: DateTime<FixedOffset>,
    /// Without brackets.
    pub(super) id: &'a str,
}

/// Fills the places of `template`. Lines end in CRLF.
pub(super) fn reply(template: &str, answered: &Answered<'_>) -> Vec<u8> {
    let nothing = Mail::default();
    let Answered { letter, pressed, at, id } = answered;
    let letter = letter.unwrap_or(&nothing);
    let text = letter.text.as_deref().unwrap_or_default().trim_end();
    let quoted: Vec<String> = text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
    let in_reply_to = letter.message_id.as_ref().map(MessageId::to_string).unwrap_or_default();
    let mut references: Vec<String> = letter.references.iter().map(MessageId::to_string).collect();
    references.push(in_reply_to.clone());
    let left = letter.date.map(|date| date.with_timezone(&at.timezone()));
    let left_at = |form: &str| left.map(|date| date.format(form).to_string()).unwrap_or_default();
    let tap =
        |part: fn(&Pressed) -> &str| pressed.as_ref().map_or(String::new(), |tap| part(tap).trim_end().to_owned());
    let places = [
        ("{{message_id}}", format!("<{id}>")),
        ("{{date}}", at.to_rfc2822()),
        ("{{subject}}", letter.subject.clone()),
        ("{{in_reply_to}}", in_reply_to),
        ("{{references}}", references.join("\r\n ")),
        // As Gmail, Outlook and Apple Mail write the time of the mail they quote.
        ("{{letter_date}}", left_at("%a, %b %-d, %Y at %-I:%M %p")),
        ("{{letter_sent}}", left_at("%A, %B %-d, %Y %-I:%M %p")),
        ("{{letter_day}}", left_at("%-d %b %Y, at %H:%M")),
        ("{{letter_text}}", text.to_owned()),
        ("{{quoted}}", quoted.join("\n")),
        ("{{quoted_html}}", body_of(letter.html.as_deref().unwrap_or_default()).to_owned()),
        ("{{tap_subject}}", tap(|tap| &tap.subject)),
        ("{{tap_body}}", tap(|tap| &tap.body)),
    ];
    let filled = places.iter().fold(template.to_owned(), |mail, (place, value)| mail.replace(place, value));
    filled.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes()
}

/// The `mailto:` links of a letter's HTML, in order.
pub(super) fn taps(html: &str) -> Vec<Pressed> {
    let links = html.split("href=\"mailto:").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter_map(|link| read_link(&link.replace("&amp;", "&").replace("&#x2f;", "/"))).collect()
}

/// Reads `address?subject=…&body=…` (RFC 6068).
fn read_link(link: &str) -> Option<Pressed> {
    let (_, fields) = link.split_once('?')?;
    let field = |name: &str| {
        let value = fields.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='))?;
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    };
    Some(Pressed { subject: field("subject")?, body: field("body")? })
}

/// What a mail program quotes of an HTML letter: the inside of its body.
fn body_of(html: &str) -> &str {
    let opened = html.split_once("<body").and_then(|(_, rest)| rest.split_once('>'));
    let inside = opened.map_or(html, |(_, rest)| rest);
    inside.split_once("</body>").map_or(inside, |(body, _)| body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_is_read_as_a_mail_program_reads_it() {
        let html = r#"<a href="mailto:desk@office.test?subject=Re%3A%20%5BHB-1%5D&amp;body=CONFIRM%20HB-1%0D%0A">I understand</a>"#;
        let expected = Pressed { subject: "Re: [HB-1]".into(), body: "CONFIRM HB-1\r\n".into() };
        assert_eq!(taps(html), [expected]);
    }

    #[test]
    fn a_reply_carries_the_thread_and_quotes_the_letter() {
        let letter = Mail {
            subject: "[HB-1] Invoices".into(),
            message_id: Some(MessageId("a@office.test".into())),
            text: Some("Hello Ana,\n\nplease.\n".into()),
            ..Mail::default()
        };
        let at = DateTime::parse_from_rfc3339("2026-03-02T09:00:00+08:00").unwrap();
        let template = "References: {{references}}\nSubject: Re: {{subject}}\n\nOk.\n{{quoted}}\n";
        let answered = Answered { letter: Some(&letter), pressed: None, at, id: "b@work.test" };
        let mail = String::from_utf8(reply(template, &answered)).unwrap();
        let expected = "References: <a@office.test>\r\nSubject: Re: [HB-1] Invoices\r\n\r\nOk.\r\n> Hello Ana,\r\n>\r\n> please.\r\n";
        assert_eq!(mail, expected);
    }
}
