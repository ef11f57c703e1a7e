//! The lines of a body, each as written and as it is matched.

use super::signs::Signs;
use std::{borrow::Cow, ops::Range};

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Typed by the author, as far as anybody can tell.
    Own,
    /// Somebody else's words, or the author's from another day.
    Quoted,
    /// The lines that say who is quoted.
    Header,
    /// Signature, footer, disclaimer or banner.
    Dropped,
}

/// What the HTML around a line says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    None,
    /// Inside an element that a mail program uses for quotes.
    Quote,
    /// Inside a `blockquote` that no mail program signed: a quote or a quotation.
    Blockquote,
    /// The quoted mail begins here and goes on to the end.
    Cut,
    /// Inside an element that a mail program uses for the signature.
    Signature,
    /// Inside a block whose white space counts.
    Preformatted,
}

/// One line of a body.
#[derive(Debug, Clone)]
pub(super) struct Line<'t> {
    /// As written, quote marks and all.
    written: Cow<'t, str>,
    /// How many bytes of it are quote marks.
    marked: usize,
    /// As matched, where that differs from the trimmed words.
    matched: Option<String>,
    /// Where the words begin and end in `written`, without the spaces round them.
    trimmed: Range<usize>,
    /// What signs are in it, as matched.
    pub(super) signs: Signs,
    /// How many quote marks or quote elements stand before it.
    pub(super) depth: usize,
    pub(super) fate: Fate,
    pub(super) hint: Hint,
}

impl<'t> Line<'t> {
    pub(super) fn new(written: Cow<'t, str>, hint: Hint) -> Self {
        let signs = Signs::of(&written);
        Self::with_signs(written, hint, signs)
    }

    fn with_signs(written: Cow<'t, str>, hint: Hint, signs: Signs) -> Self {
        let (depth, marked) = if signs.has(Signs::MARK) { quote_marks(&written) } else { (0, 0) };
        let mut line = Self { written, marked, matched: None, trimmed: 0..0, signs, depth, fate: Fate::Own, hint };
        line.match_words();
        line
    }

    /// Works out how the words are matched.
    fn match_words(&mut self) {
        let raw = self.raw();
        let trimmed = trimmed(raw);
        self.matched = if self.signs.has(Signs::ODD) { matched(raw) } else { None };
        self.trimmed = trimmed.start + self.marked..trimmed.end + self.marked;
        if let Some(matched) = &self.matched {
            self.signs = Signs::of(matched);
        }
    }

    /// The line as written, without quote marks.
    pub(super) fn raw(&self) -> &str {
        self.written.get(self.marked..).unwrap_or_default()
    }

    /// The quote marks as written.
    pub(super) fn marks(&self) -> &str {
        self.written.get(..self.marked).unwrap_or_default()
    }

    /// The line as it is matched: trimmed, invisible marks dropped, entities and odd spaces read.
    pub(super) fn plain(&self) -> &str {
        self.matched.as_deref().or_else(|| self.written.get(self.trimmed.clone())).unwrap_or_default()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.plain().is_empty()
    }

    pub(super) fn is_own(&self) -> bool {
        self.fate == Fate::Own
    }

    /// Takes the quote marks back into the text: they were the author's.
    pub(super) fn unquote(&mut self) {
        (self.marked, self.depth) = (0, 0);
        self.signs = Signs::of(&self.written);
        self.match_words();
    }
}

/// Splits a body into lines, whatever ends them: CRLF, LF or a bare CR.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let text = text.trim_start_matches('\u{FEFF}');
    // Most mails have short lines; a few more grow the list once or twice.
    let mut lines = Vec::with_capacity(text.len() / 32 + 4);
    let (mut start, mut last_return) = (0, None);
    for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()) {
        let is_return = text.as_bytes().get(end) == Some(&b'\r');
        let ends_return = !is_return && last_return.is_some_and(|at: usize| at + 1 == end);
        if !ends_return {
            add(&mut lines, text.get(start..end).unwrap_or_default());
        }
        (start, last_return) = (end + 1, is_return.then_some(end));
    }
    add(&mut lines, text.get(start..).unwrap_or_default());
    lines
}

fn add<'t>(lines: &mut Vec<Line<'t>>, line: &'t str) {
    let signs = Signs::of(line);
    let may_be_glued = signs.has_all(Signs::AT.and(Signs::COLON).and(Signs::MARK));
    if let Some((attribution, quoted)) = if may_be_glued { unglued(line) } else { None } {
        lines.extend([attribution, quoted].map(|line| Line::new(Cow::Borrowed(line), Hint::None)));
    } else {
        lines.push(Line::with_signs(Cow::Borrowed(line), Hint::None, signs));
    }
}

/// Yahoo Mail on a phone goes on with the quoted text behind its attribution: `… Ana<ana@work.test> wrote:   Hello`.
fn unglued(line: &str) -> Option<(&str, &str)> {
    /// "escribió" and "a écrit" are the longest forms of "wrote" that follow the address.
    const LONGEST_VERB: usize = 16;
    let (before, after) = line.split_once(":  ")?;
    let verb =
        before.rsplit_once('>').filter(|(who, _)| who.rsplit_once('<').is_some_and(|(_, who)| who.contains('@')));
    let is_attribution = verb.is_some_and(|(_, verb)| verb.starts_with(' ') && verb.len() <= LONGEST_VERB);
    let attribution = line.get(..before.len() + 1)?;
    (is_attribution && !after.trim().is_empty()).then(|| (attribution, after.trim_start()))
}

/// Counts the quote marks that open a line: how many, and how many bytes they take with their spaces.
///
/// Programs write `>`, `> >`, `>>` and initials as in `AC> `; a mark stands within the first columns.
fn quote_marks(line: &str) -> (usize, usize) {
    let start = line.trim_start_matches([' ', '\t', '\u{A0}', '\u{FEFF}', '\u{200B}', '\u{200E}', '\u{200F}']);
    let initials = start.bytes().take_while(u8::is_ascii_uppercase).count();
    let opened = match start.get(initials..) {
        Some(rest) if initials > 0 && initials <= 3 && rest.starts_with('>') => rest,
        Some(_) | None => start,
    };
    if line.len() - start.len() > 8 {
        return (0, 0);
    }
    let mut rest = opened;
    let mut depth = 0;
    loop {
        let next = rest.trim_start_matches([' ', '\t', '\u{A0}']);
        match next.strip_prefix('>').or_else(|| next.strip_prefix("&gt;")) {
            Some(after) => rest = after,
            None => break,
        }
        depth += 1;
    }
    if depth == 0 { (0, 0) } else { (depth, line.len() - rest.len()) }
}

/// What [`Line::plain`] shows for `raw`; None where trimming is all it takes.
fn matched(raw: &str) -> Option<String> {
    let coded = raw.contains(['&', '=']);
    if !coded && !raw.chars().any(|c| is_invisible(c) || c.is_whitespace() && c != ' ') {
        return None;
    }
    let mut text: String =
        raw.chars().filter(|c| !is_invisible(*c)).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if coded {
        for (written, meaning) in SPELLINGS {
            if text.contains(written) {
                text = text.replace(written, meaning);
            }
        }
    }
    Some(text.trim().to_owned())
}

fn trimmed(raw: &str) -> Range<usize> {
    let is_bare = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_graphic());
    if is_bare(raw.bytes().next()) && is_bare(raw.bytes().next_back()) {
        return 0..raw.len();
    }
    let start = raw.len() - raw.trim_start().len();
    start..raw.trim_end().len().max(start)
}

/// Entities and quoted-printable codes that some program forgot to decode.
const SPELLINGS: [(&str, &str); 9] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&nbsp;", " "),
    ("&#39;", "'"),
    ("&amp;", "&"),
    ("=E2=80=AF", " "),
    ("=C2=A0", " "),
    ("=20", " "),
];

/// Marks that steer the direction or the width of text and show nothing.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}' | '\0')
}
