//! What people's mail programs do: show a letter, quote it in a reply, open a tap, and send.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use handback::{
    domain::{id::MessageId, mail::Mail},
    mailbox::mime,
};
use percent_encoding::percent_decode_str;

/// What a press on a `mailto:` link of a letter opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tap {
    pub to: String,
    pub subject: String,
    pub body: String,
}

impl Tap {
    /// The word that the mail begins with.
    pub fn word(&self) -> &str {
        self.body.split_whitespace().next().unwrap_or_default()
    }

    /// Types `answers` behind the prompts, in order. Prompts without one stay as they are.
    pub fn filled(&self, answers: &[&str]) -> Self {
        let mut answers = answers.iter();
        let lines: Vec<String> = self
            .body
            .lines()
            .map(|line| match line.strip_suffix(':').and_then(|_| answers.next()) {
                Some(answer) => format!("{line} {answer}"),
                None => line.to_owned(),
            })
            .collect();
        let rest: Vec<&str> = answers.copied().collect();
        Self { body: format!("{}\r\n{}", lines.join("\r\n"), rest.join("\r\n")), ..self.clone() }
    }
}

/// The taps of a letter's HTML, in order.
pub fn taps(letter: &Mail) -> Vec<Tap> {
    let html = letter.html.as_deref().unwrap_or_default();
    let links = html.split("href=\"mailto:").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|link| link.contains('?')).map(|link| read_link(&unescaped(link))).collect()
}

fn unescaped(link: &str) -> String {
    link.replace("&amp;", "&").replace("&#x2f;", "/").replace("&#x3d;", "=")
}

fn read_link(link: &str) -> Tap {
    let (to, fields) = link.split_once('?').unwrap();
    let field = |name: &str| {
        let value = fields.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
        percent_decode_str(value.unwrap_or_default()).decode_utf8().unwrap().into_owned()
    };
    Tap {
        to: percent_decode_str(to).decode_utf8().unwrap().into_owned(),
        subject: field("subject"),
        body: field("body"),
    }
}

/// Somebody who writes, and when.
#[derive(Debug, Clone)]
pub struct Writer {
    pub name: String,
    pub address: String,
    pub zone: Tz,
    pub at: DateTime<Utc>,
    /// The Message-ID of the mail, without brackets.
    pub id: String,
    /// Header lines that a mail server put on top.
    pub stamps: String,
}

impl Writer {
    fn date(&self) -> String {
        self.at.with_timezone(&self.zone).format("%a, %d %b %Y %H:%M:%S %z").to_string()
    }

    fn headers(&self, to: &str, subject: &str) -> String {
        format!(
            "{}From: {} <{}>\nTo: <{to}>\nSubject: {subject}\nDate: {}\nMessage-ID: <{}>\nMIME-Version: 1.0\n",
            self.stamps,
            self.name,
            self.address,
            self.date(),
            self.id
        )
    }

    /// A new mail, or a tap that was opened and sent.
    pub fn new_mail(&self, to: &str, subject: &str, body: &str) -> Vec<u8> {
        let headers = self.headers(to, &encoded(subject));
        crlf(&format!(
            "{headers}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}\n",
            body.replace("\r\n", "\n")
        ))
    }

    /// A reply to `letter` as Gmail writes it: the words on top, the letter quoted below, in text and HTML.
    pub fn reply(&self, letter: &Mail, words: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
        let from = letter.from.first().unwrap();
        let (name, address) = (&from.name, from.address.as_ref().unwrap());
        let id = letter.message_id.as_ref().map(MessageId::to_string).unwrap_or_default();
        let mut references: Vec<String> = letter.references.iter().map(MessageId::to_string).collect();
        references.push(id.clone());
        let subject = encoded(&format!("Re: {}", letter.subject.trim_start_matches("Re: ")));
        let text = letter.text.as_deref().unwrap_or_default();
        let quoted: String = text.lines().map(|line| format!("{}\n", format!("> {line}").trim_end())).collect();
        let said = letter.date.map(|date| date.with_timezone(&self.zone));
        let said = said.map(|date| date.format("%a, %b %-d, %Y at %-I:%M %p").to_string()).unwrap_or_default();
        let html = letter.html.as_deref().unwrap_or_default();
        let body = html.split_once("<body").and_then(|(_, rest)| rest.split_once('>')).map_or(html, |(_, rest)| rest);
        let body = body.split_once("</body>").map_or(body, |(body, _)| body);
        let plain = format!("{words}\n\nOn {said} {name} <{address}> wrote:\n\n{quoted}");
        let lines: Vec<String> = words.lines().map(|line| format!("<div>{}</div>", escaped(line))).collect();
        let rich = format!(
            "<div dir=\"ltr\">{}</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">On {said} \
             {} &lt;<a href=\"mailto:{address}\">{address}</a>&gt; wrote:<br></div><blockquote class=\"gmail_quote\" \
             style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex\">{body}\
             </blockquote></div>",
            lines.join(""),
            escaped(name)
        );
        let both = format!(
            "Content-Type: multipart/alternative; boundary=\"both\"\n\n--both\n\
             Content-Type: text/plain; charset=\"UTF-8\"\nContent-Transfer-Encoding: 8bit\n\n{plain}\n--both\n\
             Content-Type: text/html; charset=\"UTF-8\"\nContent-Transfer-Encoding: 8bit\n\n{rich}\n\n--both--\n"
        );
        let content = if files.is_empty() { both } else { with_files(&both, files) };
        crlf(&format!(
            "{}In-Reply-To: {id}\nReferences: {}\n{content}",
            self.headers(address.as_str(), &subject),
            references.join("\n ")
        ))
    }
}

impl Writer {
    /// A reply as Outlook writes it: HTML alone, and the letter below a header block, without a mark at its lines.
    pub fn outlook_reply(&self, letter: &Mail, words: &str) -> Vec<u8> {
        let from = letter.from.first().unwrap();
        let (name, address) = (escaped(&from.name), from.address.as_ref().unwrap());
        let id = letter.message_id.as_ref().map(MessageId::to_string).unwrap_or_default();
        let said = letter.date.map(|date| date.with_timezone(&self.zone));
        let said = said.map(|date| date.format("%A, %B %-d, %Y %-I:%M %p").to_string()).unwrap_or_default();
        let html = letter.html.as_deref().unwrap_or_default();
        let body = html.split_once("<body").and_then(|(_, rest)| rest.split_once('>')).map_or(html, |(_, rest)| rest);
        let body = body.split_once("</body>").map_or(body, |(body, _)| body);
        let lines: Vec<String> =
            words.lines().map(|line| format!("<div class=\"elementToProof\">{}</div>", escaped(line))).collect();
        crlf(&format!(
            "{}In-Reply-To: {id}\nReferences: {id}\nX-MS-Has-Attach:\nContent-Type: text/html; charset=\"utf-8\"\n\
             Content-Transfer-Encoding: 8bit\n\n<html><head></head><body dir=\"ltr\">{}<div id=\"appendonsend\"></div>\
             <hr style=\"display:inline-block;width:98%\" tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\">\
             <font face=\"Calibri, sans-serif\"><b>From:</b> {name} &lt;{address}&gt;<br><b>Sent:</b> {said}<br>\
             <b>To:</b> {} &lt;{}&gt;<br><b>Subject:</b> {}</font><div>&nbsp;</div></div><div>{body}</div></body></html>\n",
            self.headers(address.as_str(), &encoded(&format!("RE: {}", letter.subject))),
            lines.join(""),
            escaped(&self.name),
            self.address,
            escaped(&letter.subject),
        ))
    }
}

fn with_files(both: &str, files: &[(&str, &[u8])]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let mut text = format!("Content-Type: multipart/mixed; boundary=\"all\"\n\n--all\n{both}");
    for (name, bytes) in files {
        let encoded = STANDARD.encode(bytes);
        let lines: Vec<&str> = encoded.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
        text.push_str(&format!(
            "\n--all\nContent-Type: application/octet-stream; name=\"{name}\"\nContent-Disposition: attachment; \
             filename=\"{name}\"\nContent-Transfer-Encoding: base64\n\n{}\n",
            lines.join("\n")
        ));
    }
    text + "\n--all--\n"
}

/// A subject as it stands in a header: ASCII as it is, anything else as one encoded word (RFC 2047).
fn encoded(subject: &str) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    if subject.is_ascii() { subject.to_owned() } else { format!("=?UTF-8?B?{}?=", STANDARD.encode(subject)) }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Gives every line the end that mail has.
pub fn crlf(text: &str) -> Vec<u8> {
    text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes()
}

/// A letter as its reader's mail program opens it.
pub fn open(bytes: &[u8]) -> Mail {
    mime::decode(bytes)
}
