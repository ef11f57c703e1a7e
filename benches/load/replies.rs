//! Replies as mail programs write them: plain, HTML, both, with attachments, in several encodings, some cut off. The
//! same seed gives the same mails.

use crate::support::premises::{Sent, now};
use base64::{Engine, prelude::BASE64_STANDARD};
use rand::{Rng, RngCore, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use std::fmt::Write as _;

const WORDS: [&str; 14] = [
    "Understood, I enter every invoice of the month and mark what looks odd.",
    "Got it, all clear. I start this afternoon.",
    "Yes, I will do it. Friday is fine for me.",
    "Quick update: about 40% is entered, 2 hours used so far.",
    "Half of the sheet is filled. No problems so far.",
    "I spent 1.5 hours on it today.",
    "Before I start: should I enter last year's invoices too?",
    "One question: which folder do you want the sheet in?",
    "The work is done. It took 3.5 hours in total.",
    "Finished! Everything is in the shared folder.",
    "I can not go on: the password for the folder does not work.",
    "The internet was down here, so I need until Thursday.",
    "Thank you so much, have a good weekend!",
    "Still working on it, the rest follows tomorrow.",
];
const MORE: [&str; 6] = [
    "The example you gave helps a lot, I keep its order of columns.",
    "The site was slow today, so it took a bit longer than planned.",
    "Two entries appear twice, I marked them in yellow.",
    "The total differs by a few cents, I think because of rounding.",
    "If anything looks wrong tell me early so I can still change it.",
    "My hours are lower this week because of a holiday here.",
];
const SIGNATURES: [&str; 4] =
    ["", "Best regards,\r\n{who}", "-- \r\n{who}\r\nVirtual Assistant", "Sent from my phone"];

/// Writes replies to the letters, one after the other.
pub(crate) struct Replies<'a> {
    letters: &'a [Sent],
    random: StdRng,
}

impl<'a> Replies<'a> {
    pub(crate) fn to(letters: &'a [Sent]) -> Self {
        Self { letters, random: StdRng::seed_from_u64(7) }
    }

    pub(crate) fn write(&mut self, number: usize) -> Vec<u8> {
        let letter = &self.letters[number % self.letters.len()];
        let mut head = letter.answer_head(number, now());
        for hop in 0..self.random.random_range(1..4) {
            write!(
                head,
                "Received: from mx{hop}.example.test (mx{hop}.example.test [192.0.2.{hop}])\r\n\tby in{hop}"
            )
            .unwrap();
            write!(
                head,
                ".example.test with ESMTPS id {:010X}; Mon, 2 Mar 2026 09:00:00 +0000\r\n",
                self.random.next_u32()
            )
            .unwrap();
        }
        let (plain, html) = self.bodies(letter);
        let body = match self.random.random_range(0..100) {
            0..51 => self.both(&plain, &html),
            51..75 => text("plain", &plain),
            75..82 => text("html", &html),
            82..98 => self.with_file(&plain, &html),
            _ => {
                let whole = self.both(&plain, &html);
                whole.get(..whole.len() * 3 / 4).map_or(whole.clone(), str::to_owned)
            }
        };
        format!("{head}{body}").into_bytes()
    }

    fn bodies(&mut self, letter: &Sent) -> (String, String) {
        let mut own = vec![(*WORDS.choose(&mut self.random).unwrap()).to_owned()];
        for _ in 0..self.random.random_range(0..4) {
            own.push((*MORE.choose(&mut self.random).unwrap()).to_owned());
        }
        let signature = SIGNATURES.choose(&mut self.random).unwrap().replace("{who}", &letter.name);
        let own = own.join("\r\n");
        let introduced = "On Mon, Mar 2, 2026 at 09:00 AM Olu's tasks <desk@example.test> wrote:";
        let quoted: String = letter.text.lines().map(|line| format!("> {line}\r\n")).collect();
        let plain = format!("{own}\r\n\r\n{signature}\r\n\r\n{introduced}\r\n\r\n{quoted}");
        let paragraphs =
            |text: &str| text.lines().map(|line| format!("<div>{}</div>\r\n", escaped(line))).collect::<String>();
        let html = format!(
            "<html><body dir=\"auto\">{}<br>{}<div class=\"gmail_quote\"><div class=\"gmail_attr\">{}</div>\r\n\
             <blockquote class=\"gmail_quote\">{}</blockquote></div></body></html>\r\n",
            paragraphs(&own),
            paragraphs(&signature),
            escaped(introduced),
            paragraphs(&letter.text)
        );
        (plain, html)
    }

    fn boundary(&mut self) -> String {
        format!("b_{:016x}", self.random.next_u64())
    }

    fn both(&mut self, plain: &str, html: &str) -> String {
        let boundary = self.boundary();
        multipart("alternative", &boundary, &[text("plain", plain), text("html", html)])
    }

    fn with_file(&mut self, plain: &str, html: &str) -> String {
        let boundary = self.boundary();
        let mut bytes = vec![0; [900, 2_500, 6_000][self.random.random_range(0..3)]];
        self.random.fill_bytes(&mut bytes);
        let file = format!(
            "Content-Type: application/octet-stream; name=\"hours.xlsx\"\r\nContent-Disposition: attachment; \
             filename=\"hours.xlsx\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            base64_lines(&bytes)
        );
        let words = if self.random.random_bool(0.6) { self.both(plain, html) } else { text("plain", plain) };
        multipart("mixed", &boundary, &[words, file])
    }
}

fn multipart(kind: &str, boundary: &str, parts: &[String]) -> String {
    let mut text = format!("Content-Type: multipart/{kind}; boundary=\"{boundary}\"\r\n\r\n");
    for part in parts {
        write!(text, "--{boundary}\r\n{part}\r\n").unwrap();
    }
    text + &format!("--{boundary}--\r\n")
}

fn text(kind: &str, text: &str) -> String {
    if kind == "html" || !text.is_ascii() {
        let encoded = base64_lines(text.as_bytes());
        return format!(
            "Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"
        );
    }
    format!("Content-Type: text/{kind}; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n{text}")
}

fn base64_lines(bytes: &[u8]) -> String {
    let encoded = BASE64_STANDARD.encode(bytes);
    encoded.as_bytes().chunks(76).map(|line| format!("{}\r\n", String::from_utf8_lossy(line))).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
