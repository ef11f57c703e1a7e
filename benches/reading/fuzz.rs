//! Throws broken mails at the reader: seeds written for this, cut, doubled, mixed and scrambled.

use handback::{
    mailbox::mime,
    understanding::{machine, own_words},
};
use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

/// No mail of a few kilobytes may take longer, on a machine that does other things beside.
const TOO_LONG: Duration = Duration::from_millis(500);

const SEEDS: [&str; 8] = [
    "From: Ana <ana@cruz.example>\r\nTo: desk@acme.example\r\nSubject: Re: [HB-7] List\r\nDate: Tue, 3 Mar 2026 09:41:10 +0100\r\nMessage-ID: <1@cruz.example>\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nDone, all \r\n64 lines.\r\n\r\nOn Tue, Mar 3, 2026 at 9:41 AM Laura <l@s.example> wrote:\r\n> Is it done?\r\n>> Older\r\n\r\n-- \r\nAna\r\n",
    "From: ana@cruz.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDone=2E\r\n--b1\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<div>Done.</div><div class=gmail_quote>On Tue Laura wrote:<blockquote>Is it?</blockquote></div>\r\n--b1--\r\n",
    "From: MAILER-DAEMON@mx.example (Mail Delivery System)\r\nReturn-Path: <>\r\nSubject: Undelivered Mail Returned to Sender\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"r\"\r\n\r\n--r\r\n\r\n<ben@acme.example>: host mx said: 550 5.1.1 User unknown (in reply to RCPT TO command)\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; ben@acme.example\r\nAction: failed\r\nStatus: 5.1.1\r\n--r\r\nContent-Type: message/rfc822\r\n\r\nTo: ben@acme.example\r\nSubject: List\r\n\r\nHi\r\n--r--\r\n",
    "From: =?utf-8?B?w4TDpA==?= <ben@acme.example>\r\nFrom: x@y.example\r\nSubject: =?iso-8859-1?Q?Automatic_reply:_=E4?=\r\nAuto-Submitted: auto-replied\r\n\r\nI am away until 5 May.\r\n",
    "From: o@x.example\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgEAAQaQCAAEAAAAAAAB\r\n--q\r\nContent-Type: text/html\r\n\r\n<html><table><tr><td>a<td>b</table><hr><div id=divRplyFwdMsg>From: x<pre>\n > y\n</pre>\r\n--q--\r\n",
    "Von: L\u{fffd}\r\n\r\n-----Urspr\u{fc}ngliche Nachricht-----\r\n\u{202b}בתאריך 3.3.2026 מאת l@s.example:\r\n> ?\r\n________________\r\nCAUTION: external\r\n",
    "From: ana@cruz.example\r\nSubject: Re: List\r\n\r\nok\r\nOn Tue,\r\n3 Mar 2026 at 9:41\r\nLaura <l@s.example>\r\nwrote:\r\n\r\n> Is it done?\r\nYes\r\n\r\nRegards,\r\nAna | +63 917 555 0100\r\nSent from my phone\r\nThis mail is confidential, received in error, delete it.\r\n",
    "From: ana@cruz.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<blockquote>\u{0438} <b>\u{041e}\u{0442}:</b> l@s.example</blockquote><p>| \u{53d1}\u{4ef6}\u{4eba}\u{ff1a} L |<br>2026\u{5e74}3\u{6708}3\u{65e5} 9:41 \u{5199}\u{9053}\u{ff1a}</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><b>From:</b>",
];

pub(crate) fn run(count: u64, seed: u64) -> ExitCode {
    let mut dice = Dice(seed ^ 0x9E37_79B9_7F4A_7C15);
    let mut slowest = (Duration::ZERO, 0);
    for round in 0..count {
        let mail = dice.mail();
        let begun = Instant::now();
        read(&mail);
        let took = begun.elapsed();
        slowest = slowest.max((took, round));
        if took > TOO_LONG {
            println!("Round {round} of seed {seed} took {took:?}: {} bytes.", mail.len());
            return ExitCode::FAILURE;
        }
    }
    println!("{count} broken mails read, the slowest in {:?} (round {}).", slowest.0, slowest.1);
    ExitCode::SUCCESS
}

/// Reads a mail in every way there is.
fn read(raw: &[u8]) {
    let mail = mime::decode(raw);
    let sent = "Is it done?\n\nPlease tell me until noon.\nLaura";
    let words = own_words::own_words(&mail, Some(sent));
    for answer in &words.inline {
        assert!(words.text.get(answer.span.clone()).is_some(), "the span of an answer lies in the text");
    }
    let verdict = machine::author(&mail);
    assert!(mail.parts.len() <= 10_000 && verdict.author.name().len() < 20);
    let text = String::from_utf8_lossy(raw);
    assert!(own_words::from_text(&text, None).text.len() <= text.len() * 2 + 16);
    assert!(own_words::from_html(&text, Some(sent)).text.len() <= text.len() * 8 + 16);
    for index in 0..mail.parts.len().min(4) {
        assert!(mime::part_bytes(raw, index).is_some(), "each part has bytes");
    }
}

/// A small generator of numbers (SplitMix64), so that a round can be repeated from its seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn seed(&mut self) -> &'static [u8] {
        let at = self.below(SEEDS.len());
        SEEDS.get(at).map_or(b"", |seed| seed.as_bytes())
    }

    fn mail(&mut self) -> Vec<u8> {
        let mut mail = self.seed().to_vec();
        for _ in 0..=self.below(8) {
            self.mutate(&mut mail);
        }
        mail.truncate(64 * 1024);
        mail
    }

    fn mutate(&mut self, mail: &mut Vec<u8>) {
        let at = self.below(mail.len() + 1);
        match self.below(7) {
            0 => mail.truncate(at),
            1 => {
                if let Some(byte) = mail.get_mut(at) {
                    *byte = self.next().to_le_bytes()[0];
                }
            }
            2 => {
                let other = self.seed();
                let from = self.below(other.len());
                mail.truncate(at);
                mail.extend_from_slice(other.get(from..).unwrap_or_default());
            }
            3 => {
                let end = (at + self.below(80)).min(mail.len());
                let piece = mail.get(at..end).unwrap_or_default().to_vec();
                for _ in 0..self.below(40) {
                    mail.extend_from_slice(&piece);
                }
            }
            4 => {
                let end = (at + self.below(30)).min(mail.len());
                mail.drain(at..end);
            }
            5 => {
                let noise: Vec<u8> = (0..self.below(20)).map(|_| self.next().to_le_bytes()[0]).collect();
                mail.splice(at..at, noise);
            }
            _ => {
                let token: &[u8] = [
                    &b"\n> "[..],
                    b"\r\n\r\n",
                    b"<div>",
                    b"</blockquote>",
                    b"On 3 Mar 2026, ",
                    b" wrote:\n",
                    b"--b1\r\n",
                    b"\xff\xfe",
                    b"From: ",
                    b"```\n",
                ]
                .get(self.below(10))
                .copied()
                .unwrap_or_default();
                mail.splice(at..at, token.iter().copied());
            }
        }
    }
}
