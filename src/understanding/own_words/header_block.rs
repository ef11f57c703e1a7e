//! The block of `From: … Sent: … To: … Subject: …` lines above a quoted mail, and the lines that
//! announce one.

use super::{
    line::Line,
    shape,
    signs::Signs,
    vocabulary::{self, Label},
};

/// A header block spans at most this many lines.
const MOST_LINES: usize = 24;

/// What a run of lines shows of a header.
#[derive(Debug, Default)]
struct Seen {
    from: bool,
    sent: bool,
    to: bool,
    subject: bool,
    labels: usize,
    address: bool,
    /// Whether the address is a sender's or a recipient's.
    party: bool,
    bracketed: bool,
    date: bool,
    answer_subject: bool,
}

/// Whether a quoted mail begins at line `at`: all from here on is quoted.
pub(super) fn begins_at(lines: &[Line<'_>], at: usize) -> bool {
    let Some(line) = lines.get(at).filter(|line| !line.is_blank()) else {
        return false;
    };
    let text = line.plain();
    if text.len() > 300 {
        return false;
    }
    announces(lines, at, text)
        || is_labelled(line) && block_at(lines, at, false)
        || line.signs.has(Signs::AT) && notes_block_at(lines, at)
        || line.signs.has_all(Signs::DASH.and(Signs::DIGIT)) && is_notes_line(text)
}

/// "----- Original Message -----" and its like.
fn announces(lines: &[Line<'_>], at: usize, text: &str) -> bool {
    if shape::is_rule(text) {
        return next_filled(lines, at).is_some_and(|next| {
            lines.get(next).is_some_and(is_labelled) && (block_at(lines, next, false) || is_yandex_block(lines, next))
        });
    }
    if let Some(phrase) = shape::framed_phrase(text) {
        return vocabulary::announces_a_message(&shape::lower(phrase))
            || shape::word_count(phrase) <= 6
                && is_framed_on_both_sides(text)
                && next_filled(lines, at).is_some_and(|next| block_at(lines, next, true));
    }
    announces_bare(lines, at, text)
}

/// The same without dashes: a colon must end it, labels must follow, or a quote go before.
fn announces_bare(lines: &[Line<'_>], at: usize, text: &str) -> bool {
    if text.len() > 100 || !vocabulary::may_announce(text) || shape::word_count(text) > 8 {
        return false;
    }
    let has_colon = text.ends_with([':', '：']);
    let labels_follow = followed_by_label(lines, at);
    if !(has_colon || labels_follow || follows_a_quote(lines, at)) {
        return false;
    }
    let lower = shape::lower(text);
    let words = shape::word_count(&lower);
    (has_colon || labels_follow) && vocabulary::announces_a_forward(&lower)
        || labels_follow && words <= 5 && vocabulary::announces_a_message(&lower)
        || words <= 6 && follows_a_quote(lines, at) && vocabulary::opens_with_original(&lower)
}

fn is_framed_on_both_sides(text: &str) -> bool {
    let is_dash = |c: char| "-_=*~‐‑‒–—―─━".contains(c);
    text.starts_with(is_dash) && text.ends_with(is_dash)
}

fn followed_by_label(lines: &[Line<'_>], at: usize) -> bool {
    next_filled(lines, at).and_then(|next| lines.get(next)).is_some_and(is_labelled)
}

/// Whether the line begins with a label that every quoted header shows.
fn is_labelled(line: &Line<'_>) -> bool {
    line.signs.has(Signs::COLON) && shape::label_of(line.plain()).is_some()
}

fn follows_a_quote(lines: &[Line<'_>], at: usize) -> bool {
    lines.iter().take(at).rev().take(8).find(|line| !line.is_blank()).is_some_and(|line| line.depth > 0)
}

fn next_filled(lines: &[Line<'_>], at: usize) -> Option<usize> {
    (at + 1..=at + 3).find(|next| lines.get(*next).is_some_and(|line| !line.is_blank()))
}

/// Whether the labels of a quoted header stand from line `at` on. After a dashed phrase the shape alone
/// counts, in whatever language: three labels of which one value holds an address and one a date.
fn block_at(lines: &[Line<'_>], at: usize, announced: bool) -> bool {
    let mut seen = Seen::default();
    let mut blank = 0;
    let mut unlabelled = 0;
    for line in lines.iter().skip(at).take(MOST_LINES) {
        let text = line.plain();
        if text.is_empty() {
            blank += 1;
            if blank > 1 {
                break;
            }
            continue;
        }
        if text.len() > 2_000 {
            break;
        }
        match shape::labelled(text) {
            Some((label, value))
                if vocabulary::label(&label).is_some() || announced || blank == 0 && seen.labels > 0 =>
            {
                note(&mut seen, vocabulary::label(&label), value);
                unlabelled = 0;
            }
            Some(_) | None => {
                // An address or a long subject may go on in the next lines.
                unlabelled += 1;
                if blank > 0 || unlabelled > 3 || seen.labels == 0 {
                    break;
                }
                seen.party |= shape::has_bracketed_address(text);
                note_value(&mut seen, text);
            }
        }
        blank = 0;
        if seen.is_header(announced) {
            return true;
        }
    }
    seen.is_header(announced)
}

fn note(seen: &mut Seen, label: Option<Label>, value: &str) {
    seen.labels += 1;
    match label {
        Some(Label::From) => seen.from = true,
        Some(Label::Sent) => seen.sent = true,
        Some(Label::To) => seen.to = true,
        Some(Label::Subject) => {
            seen.subject = true;
            seen.answer_subject |= value.len() > 3;
        }
        Some(Label::Other) | None => {}
    }
    seen.party |= matches!(label, Some(Label::From | Label::To | Label::Other)) && shape::has_address(value);
    note_value(seen, value);
    // Several fields on one line, as Orange, some phones and careless HTML write them.
    let inner = value.split([':', '：']).rev().skip(1).take(6);
    for word in inner.filter_map(|before| before.trim_end().rsplit(' ').next()).filter(|word| !word.is_empty()) {
        match vocabulary::label(&shape::lower(word)) {
            Some(Label::Subject) => seen.subject = true,
            Some(Label::Sent) => seen.sent = true,
            Some(Label::From | Label::To | Label::Other) | None => {}
        }
    }
}

fn note_value(seen: &mut Seen, value: &str) {
    seen.address |= shape::has_address(value);
    seen.bracketed |= shape::has_bracketed_address(value);
    seen.date |= shape::has_date(value);
}

impl Seen {
    fn is_header(&self, announced: bool) -> bool {
        let fields = [self.from, self.sent, self.to, self.subject].into_iter().filter(|seen| *seen).count();
        // A journey has a "from", a "to" and a date as well.
        let of_mail = self.subject || self.party;
        self.from && fields >= 3 && of_mail
            || self.from && self.sent && self.date && of_mail
            || self.from && self.to && self.party && self.bracketed
            || self.sent && self.to && self.subject && (self.address || self.date)
            || self.from && self.subject && self.address
            || self.labels >= 3 && self.address && self.date && (announced || fields >= 2 && self.bracketed)
    }
}

/// Yandex Mail draws a rule and gives recipient and subject, before the line that says who wrote.
fn is_yandex_block(lines: &[Line<'_>], at: usize) -> bool {
    let label = |at: usize| lines.get(at).and_then(|line| shape::labelled(line.plain()));
    let is = |at: usize, wanted: Label| {
        label(at).filter(|(label, _)| vocabulary::label(label) == Some(wanted)).map(|(_, value)| value)
    };
    is(at, Label::To).is_some_and(shape::has_address) && is(at + 1, Label::Subject).is_some()
}

/// Lotus Notes puts `Laura Stein ---03/03/2026 09:41:10 AM---first words` above the header.
fn is_notes_line(text: &str) -> bool {
    let mut parts = text.split("---");
    let (Some(name), Some(time), Some(_)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    name.ends_with(' ') && name.len() < 80 && time.len() < 40 && shape::has_date(time) && shape::has_time(time)
}

/// Lotus Notes sets name, time and the labels `To`, `cc`, `Subject` each on a line of its own.
fn notes_block_at(lines: &[Line<'_>], at: usize) -> bool {
    let mut filled = lines.iter().skip(at).take(10).map(Line::plain).filter(|text| !text.is_empty());
    let (Some(name), Some(time), Some(to)) = (filled.next(), filled.next(), filled.next()) else {
        return false;
    };
    shape::has_bracketed_address(name)
        && name.len() < 120
        && time.len() < 40
        && shape::has_date(time)
        && shape::has_time(time)
        && vocabulary::label(&shape::lower(to.trim_end_matches([':', ' ']))) == Some(Label::To)
}
