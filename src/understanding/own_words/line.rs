//! The lines of a body, each as written and as it is matched.

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
    /// As written, without quote marks.
    pub(super) raw: Cow<'t, str>,
    /// As matched, where that differs from the trimmed `raw`.
    matched: Option<String>,
    /// Where `raw` begins and ends without the spaces round it.
    trimmed: Range<usize>,
    /// How many quote marks or quote elements stand before it.
    pub(super) depth: usize,
    pub(super) fate: Fate,
    pub(super) hint: Hint,
    /// The marks as written, for lines that turn out to be no quote.
    pub(super) marks: Cow<'t, str>,
}

impl<'t> Line<'t> {
    pub(super) fn new(written: Cow<'t, str>, hint: Hint) -> Self {
        let (depth, length) = quote_marks(&written);
        let (marks, raw) = match written {
            Cow::Borrowed(text) => {
                let (marks, raw) = text.split_at_checked(length).unwrap_or(("", text));
                (Cow::Borrowed(marks), Cow::Borrowed(raw))
            }
            Cow::Owned(mut text) => {
                let raw = text.split_off(length);
                (Cow::Owned(text), Cow::Owned(raw))
            }
        };
        let (matched, trimmed) = (matched(&raw), trimmed(&raw));
        Self { raw, matched, trimmed, depth, fate: Fate::Own, hint, marks }
    }

    /// The line as it is matched: trimmed, invisible marks dropped, entities and odd spaces read.
    pub(super) fn plain(&self) -> &str {
        self.matched.as_deref().or_else(|| self.raw.get(self.trimmed.clone())).unwrap_or_default()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.plain().is_empty()
    }

    pub(super) fn is_own(&self) -> bool {
        self.fate == Fate::Own
    }

    /// Takes the quote marks back into the text: they were the author's.
    pub(super) fn unquote(&mut self) {
        self.raw = Cow::Owned(format!("{}{}", self.marks, self.raw));
        self.matched = matched(&self.raw);
        self.trimmed = trimmed(&self.raw);
        self.depth = 0;
    }
}

/// Splits a body into lines, whatever ends them: CRLF, LF or a bare CR.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut lines = Vec::with_capacity(text.bytes().filter(|byte| *byte == b'\n').count() + 1);
    let has_returns = text.contains('\r');
    for part in text.split('\n') {
        let part = if has_returns { part.strip_suffix('\r').unwrap_or(part) } else { part };
        for line in part.split('\r') {
            let (line, glued) = unglued(line);
            let both = [Some(line), glued].into_iter().flatten();
            lines.extend(both.map(|line| Line::new(Cow::Borrowed(line), Hint::None)));
        }
    }
    lines
}

/// Yahoo Mail on a phone goes on with the quoted text behind its attribution: `… Ana<ana@work.test> wrote:   Hello`.
fn unglued(line: &str) -> (&str, Option<&str>) {
    /// "escribió" and "a écrit" are the longest forms of "wrote" that follow the address.
    const LONGEST_VERB: usize = 16;
    let Some((before, after)) = line.split_once(":  ") else { return (line, None) };
    let verb =
        before.rsplit_once('>').filter(|(who, _)| who.rsplit_once('<').is_some_and(|(_, who)| who.contains('@')));
    let is_attribution = verb.is_some_and(|(_, verb)| verb.starts_with(' ') && verb.len() <= LONGEST_VERB);
    match line.get(..before.len() + 1) {
        Some(attribution) if is_attribution && !after.trim().is_empty() => (attribution, Some(after.trim_start())),
        Some(_) | None => (line, None),
    }
}

/// Counts the quote marks that open a line: how many, and how many bytes they take with their spaces.
///
/// Programs write `>`, `> >`, `>>` and initials as in `AC> `; a mark stands within the first columns.
fn quote_marks(line: &str) -> (usize, usize) {
    let may_be_marked = line.contains('>') || line.contains('&') && line.contains("&gt;");
    if !may_be_marked {
        return (0, 0);
    }
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
    // Without a branch in it this loop looks at many bytes at once.
    let suspect = raw
        .bytes()
        .fold(false, |found, byte| found | (byte < b' ') | (byte == b'&') | (byte == b'=') | (byte > b'~'));
    if !suspect {
        return None;
    }
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
