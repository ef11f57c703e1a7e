//! What a sender newly typed: their mail without quotes, headers of quotes, signature and footers.
//!
//! Our own letter is taken away first, word for word. Then the structure speaks (the elements that mail
//! programs put round quotes), then the shapes of text, then word lists. What is left is theirs; an empty
//! rest is empty. All of it takes time linear in the mail. The shapes that are known, each with its test, are
//! listed at the head of `tests/understanding_own_words/main.rs`.
//!
//! | file | knows |
//! |---|---|
//! | `line`, `signs` | a line as written and as it is matched, and what signs are in it |
//! | `ours` | the letter we sent |
//! | `html` | what the elements of mail programs say |
//! | `shape` | addresses, rules and labels in any script |
//! | `dates` | dates and times in any script |
//! | `vocabulary`, `words/` | the words of attributions and headers in many languages |
//! | `attribution` | "On …, Ana wrote:" |
//! | `header_block` | "From: … Sent: …" and "Original Message" |
//! | `quotes` | which lines with quote marks are quotes |
//! | `signature`, `phone`, `footer` | what programs and companies put round the words |
//! | `trim` | takes signatures and footers off |
//! | `assemble` | the rest as text, with the answers between quoted lines |
//! | `alternates` | text and HTML of one mail, and which to believe |

mod alternates;
mod assemble;
mod attribution;
mod dates;
mod footer;
mod header_block;
mod html;
mod line;
mod ours;
mod phone;
mod quotes;
mod shape;
mod signature;
mod signs;
mod trim;
mod vocabulary;

use crate::domain::{mail::Mail, understanding::OwnWords};
use line::{Fate, Hint, Line};

/// Finds what the sender of `mail` typed. `sent_by_us` is the letter it answers: its text, and what
/// its HTML shows besides.
pub fn own_words(mail: &Mail, sent_by_us: Option<&str>) -> OwnWords {
    alternates::better(mail.text.as_deref(), mail.html.as_deref(), sent_by_us)
}

/// The words of an HTML letter of ours as its reader sees them, buttons and all, for `sent_by_us`.
pub fn shown(html: &str) -> String {
    html::lines(html).iter().map(|line| format!("{}\n", line.plain())).collect()
}

/// Finds the own words in a plain text body.
pub fn from_text(text: &str, sent_by_us: Option<&str>) -> OwnWords {
    read(line::lines(text), sent_by_us).words
}

/// Finds the own words in an HTML body.
pub fn from_html(html: &str, sent_by_us: Option<&str>) -> OwnWords {
    read(html::lines(html), sent_by_us).words
}

/// What was read from one body.
#[derive(Debug, Default)]
struct Reading {
    words: OwnWords,
    /// Whether anything was taken for a quote.
    quoted: bool,
}

fn read(mut lines: Vec<Line<'_>>, sent_by_us: Option<&str>) -> Reading {
    let is_ours = sent_by_us.map(|sent| ours::mark(&mut lines, sent)).unwrap_or_default();
    take_hints(&mut lines);
    quotes::unmark_what_is_no_quote(&mut lines);
    find_quoted_mail(&mut lines);
    quotes::mark(&mut lines);
    ours::give_back_answers(&mut lines, &is_ours);
    trim::trim(&mut lines);
    let mut words = assemble::assemble(&lines);
    let quoted = lines.iter().any(|line| line.fate == Fate::Quoted && !line.is_blank());
    if words.text.is_empty() {
        words = rescued(lines, quoted);
    }
    if words.doubt.is_none() && words.inline.is_empty() && quoted && footer::points_below(&words.text) {
        words.doubt = Some("it speaks of answers below, and none were found");
    }
    Reading { words, quoted }
}

/// Where nothing is left but there was more than a signature to lose, the cut is in doubt.
fn rescued(mut lines: Vec<Line<'_>>, quoted: bool) -> OwnWords {
    for line in lines.iter_mut().filter(|line| line.fate == Fate::Dropped) {
        line.fate = Fate::Own;
    }
    let whole = assemble::assemble(&lines);
    if trim::is_all_footer(&whole.text) || quoted && trim::is_all_signature(&whole.text) {
        return OwnWords::default();
    }
    OwnWords { doubt: Some("all of it looks like a signature"), ..whole }
}

/// Follows the elements that mail programs put round quotes and signatures.
fn take_hints(lines: &mut [Line<'_>]) {
    for line in lines.iter_mut() {
        match line.hint {
            Hint::Quote | Hint::Cut => line.fate = Fate::Quoted,
            Hint::Signature => line.fate = Fate::Dropped,
            Hint::Blockquote | Hint::Preformatted | Hint::None => {}
        }
    }
    quotes::mark_blockquotes(lines);
}

/// Finds where somebody else's mail begins, and the lines that say whose it is.
fn find_quoted_mail(lines: &mut [Line<'_>]) {
    let mut at = 0;
    while at < lines.len() {
        let Some(line) = lines.get(at).filter(|line| line.is_own() && !line.is_blank()) else {
            at += 1;
            continue;
        };
        if line.depth > 0 {
            // It is quoted as it is; only "reply above this line" says more from in there.
            if line.plain().starts_with(['-', '#', '=']) && asks_to_reply_above(lines, at) {
                quote_from(lines, at);
                return;
            }
            at += 1;
            continue;
        }
        if header_block::begins_at(lines, at) || asks_to_reply_above(lines, at) || attribution::runs_into_quote(line)
        {
            quote_from(lines, at);
            return;
        }
        if let Some(found) = attribution::ending_at(lines, at) {
            for line in lines.iter_mut().take(found.last + 1).skip(found.first) {
                line.fate = Fate::Header;
            }
            if let (Some(own), Some(line)) = (found.own_part, lines.get_mut(found.first)) {
                let marks = ['-', '–', '—', '*', '_', ' '];
                *line = Line::new(own.trim_end_matches(marks).to_owned().into(), Hint::None);
            }
            if !found.marks_follow {
                quote_from(lines, found.last + 1);
                return;
            }
            at = found.last;
        }
        at += 1;
    }
}

/// Whether the line, alone or with the next, asks to reply above it.
fn asks_to_reply_above(lines: &[Line<'_>], at: usize) -> bool {
    let Some(line) = lines.get(at).map(Line::plain) else {
        return false;
    };
    if footer::asks_to_reply_above(line) {
        return true;
    }
    match lines.get(at + 1).map(Line::plain) {
        Some(next) if line.starts_with(['-', '#', '=']) && next.len() < 60 => {
            footer::asks_to_reply_above(&format!("{line} {next}"))
        }
        Some(_) | None => false,
    }
}

fn quote_from(lines: &mut [Line<'_>], at: usize) {
    for line in lines.iter_mut().skip(at) {
        if line.fate != Fate::Header {
            line.fate = Fate::Quoted;
        }
    }
}
