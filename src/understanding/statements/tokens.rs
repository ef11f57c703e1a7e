//! The words of a reply as the patterns see them: folded to plain lower case, contractions opened, each word
//! tied to its bytes and to the marks that follow it.

use super::short_forms::open;
use std::ops::Range;

/// One word, number, sign or picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// In lower case without accents: `quedó` is `quedo`, `can't` is two tokens, `can` and `not`.
    pub text: String,
    /// Byte range in the reply. Both halves of a contraction share it.
    pub span: Range<usize>,
    /// Began with a capital letter.
    pub capital: bool,
    /// Stands inside quotation marks.
    pub quoted: bool,
    /// What stands between this word and the next.
    pub after: After,
}

/// The marks between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct After {
    pub comma: bool,
    /// Dash, colon or bracket: a clause ends, the sentence goes on.
    pub pause: bool,
    /// Full stop, exclamation mark or semicolon.
    pub stop: bool,
    pub question: bool,
    /// The line ends and the next is not its continuation.
    pub line: bool,
}

impl After {
    pub(super) fn ends_sentence(self) -> bool {
        self.stop || self.question || self.line
    }
}

/// Cuts `text` into tokens.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { text, out: Vec::with_capacity(text.len() / 5), quote: Quote::default() };
    let mut lines = lines(text).peekable();
    while let Some(line) = lines.next() {
        reader.line(line.clone());
        let next = lines.peek().and_then(|next| text.get(next.clone()));
        if !next.is_some_and(|next| wrapped(text.get(line).unwrap_or_default(), next)) {
            reader.mark(|after| after.line = true);
            reader.quote = Quote::default();
        }
    }
    reader.out
}

/// The byte ranges of the lines of `text`, without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start..start + line.trim_end_matches(['\n', '\r']).len())
    })
}

/// Whether a mail program broke `line` for width, so that `next` goes on with its sentence.
fn wrapped(line: &str, next: &str) -> bool {
    let ends_open = line.trim_end().ends_with(|c: char| c.is_alphanumeric() || ",-'\u{2019}".contains(c));
    line.chars().count() >= 50 && ends_open && next.trim_start().starts_with(|c: char| c.is_lowercase())
}

/// Folds one word: lower case, no accents, no runs of three equal letters.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let (mut last, mut run) = ('\0', 0);
    for c in word.chars().flat_map(char::to_lowercase) {
        let Some(plain) = without_accent(c) else { continue };
        run = if plain == last { run + 1 } else { 1 };
        last = plain;
        if run >= 3 && plain.is_alphabetic() {
            // "okkk" and "sooo" mean "ok" and "so".
            if run == 3 {
                folded.pop();
            }
            continue;
        }
        folded.push(plain);
        if c == 'ß' {
            folded.push('s');
        }
    }
    folded
}

/// Folds a word and evens out its short forms, where that leaves one word: `okay` is `ok`.
pub(super) fn canonical(word: &str) -> String {
    let folded = fold(word);
    match open(&folded) {
        (only, None) => only.to_owned(),
        (_, Some(_)) => folded,
    }
}

fn without_accent(c: char) -> Option<char> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ś' | 'š' | 'ş' | 'ß' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        'ł' => 'l',
        'ğ' => 'g',
        'ё' => 'е',
        '\u{2019}' | '\u{2018}' | '`' | '\u{b4}' => '\'',
        '\u{300}'..='\u{36f}' => return None,
        other => other,
    })
}

#[derive(Default, Clone, Copy, PartialEq)]
struct Quote {
    open: bool,
}

struct Reader<'a> {
    text: &'a str,
    out: Vec<Token>,
    quote: Quote,
}

impl Reader<'_> {
    fn mark(&mut self, set: impl FnOnce(&mut After)) {
        if let Some(token) = self.out.last_mut() {
            set(&mut token.after);
        }
    }

    fn line(&mut self, line: Range<usize>) {
        let mut at = line.start;
        // A bullet or a quote mark at the start of a line is no dash.
        let body = self.text.get(line.clone()).unwrap_or_default();
        let bullet = body.trim_start_matches(|c: char| c.is_whitespace() || "-*•·–—>".contains(c));
        if !bullet.is_empty() {
            at += body.len() - bullet.len();
        }
        while at < line.end {
            at = self.next(at, line.end);
        }
    }

    /// Takes what stands at byte `at` and returns where the next thing starts.
    fn next(&mut self, at: usize, end: usize) -> usize {
        let rest = self.text.get(at..end).unwrap_or_default();
        let Some(first) = rest.chars().next() else { return end };
        if first.is_alphanumeric() {
            let length = address_length(rest).unwrap_or_else(|| word_length(rest));
            self.word(at..at + length);
            return at + length;
        }
        if rest.starts_with(":+1:") {
            self.push("👍".to_owned(), at..at + 4, false);
            return at + 4;
        }
        self.sign(first, at, rest);
        at + first.len_utf8()
    }

    fn sign(&mut self, sign: char, at: usize, rest: &str) {
        let open_after = rest.chars().nth(1).is_none_or(|c| c.is_whitespace() || "\")'”’»!?.,".contains(c));
        match sign {
            '.' if open_after && !self.abbreviated() && !self.is_ordinal(rest) => {
                self.mark(|after| after.stop = true)
            }
            '!' | ';' | '…' | '！' | '。' => self.mark(|after| after.stop = true),
            '?' | '？' | '؟' => self.mark(|after| after.question = true),
            ',' | '،' | '、' | '，' => self.mark(|after| after.comma = true),
            '(' | ')' | '[' | ']' | '–' | '—' | ':' => self.mark(|after| after.pause = true),
            '-' if open_after => self.mark(|after| after.pause = true),
            '"' | '“' | '”' | '«' | '»' | '„' => self.quote.open = !self.quote.open,
            '%' | '$' | '€' | '£' | '₱' | '₹' | '+' => {
                self.push(sign.to_string(), at..at + sign.len_utf8(), false)
            }
            '&' => self.push("and".to_owned(), at..at + 1, false),
            _ if is_picture(sign) => {
                // A picture ends a thought as a full stop does.
                let same = self.out.last().is_some_and(|last| last.text.starts_with(sign));
                if !same {
                    self.push(sign.to_string(), at..at + sign.len_utf8(), false);
                }
            }
            _ => {}
        }
    }

    /// Whether the full stop after the last word belongs to an abbreviation.
    fn abbreviated(&self) -> bool {
        let Some(last) = self.out.last() else { return true };
        let line_number = last.text.len() <= 2
            && last.text.bytes().all(|byte| byte.is_ascii_digit())
            && self.out.iter().rev().nth(1).is_none_or(|before| before.after.line);
        line_number
            || ["mr", "mrs", "ms", "dr", "sr", "sra", "vs", "approx", "ca", "nr", "inv", "st"]
                .contains(&last.text.as_str())
    }

    /// The dot of a German or Polish day: "2. April".
    fn is_ordinal(&self, rest: &str) -> bool {
        let day =
            self.out.last().is_some_and(|last| last.text.len() <= 2 && last.text.bytes().all(|b| b.is_ascii_digit()));
        let next = rest.trim_start_matches('.').trim_start();
        let next = fold(next.get(..next.len().min(12)).or_else(|| next.split(' ').next()).unwrap_or_default());
        day && MONTHS.iter().any(|month| next.starts_with(month))
    }

    fn word(&mut self, span: Range<usize>) {
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let capital = raw.chars().next().is_some_and(char::is_uppercase);
        let folded = fold(raw);
        let (first, second) = open(&folded);
        for half in [first].into_iter().chain(second) {
            self.push(half.to_owned(), span.clone(), capital);
        }
    }

    fn push(&mut self, text: String, span: Range<usize>, capital: bool) {
        self.out.push(Token { text, span, capital, quoted: self.quote.open, after: After::default() });
    }
}

fn is_picture(c: char) -> bool {
    ('\u{2190}'..='\u{2bff}').contains(&c)
        || ('\u{1f300}'..='\u{1faff}').contains(&c) && !('\u{1f3fb}'..='\u{1f3ff}').contains(&c)
}

/// The length of a web address, mail address or file name at the start of `rest`.
fn address_length(rest: &str) -> Option<usize> {
    let chunk = rest.split(|c: char| c.is_whitespace() || "<>\"“”".contains(c)).next()?;
    let chunk = chunk.trim_end_matches(|c: char| ".,;:!?)]'".contains(c));
    let is_file = chunk.rsplit_once('.').is_some_and(|(stem, end)| {
        const ENDINGS: [&str; 28] = [
            "xlsx", "xls", "csv", "pdf", "docx", "doc", "png", "jpg", "jpeg", "zip", "txt", "mp4", "mp3", "psd",
            "ai", "pptx", "html", "com", "org", "net", "io", "co", "gif", "svg", "mov", "wav", "json", "xml",
        ];
        stem.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c))
            && ENDINGS.contains(&end.to_lowercase().as_str())
    });
    (chunk.contains("://") || chunk.starts_with("www.") || (chunk.contains('@') && chunk.contains('.')) || is_file)
        .then_some(chunk.len())
}

fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let inside = c.is_alphanumeric()
            || is_mark(c)
            || ("'\u{2019}`".contains(c) && before.is_alphabetic() && next.is_alphabetic())
            || (".,:/".contains(c) && before.is_ascii_digit() && next.is_ascii_digit())
            || (c == '.' && is_initial(rest, at, next));
        if !inside {
            return at;
        }
        before = c;
    }
    rest.len()
}

/// Combining marks, which belong to the letter before them.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c) || c == '\u{94d}'
}

/// The dots inside "p.m" and "e.g".
fn is_initial(rest: &str, at: usize, next: char) -> bool {
    let before = rest.get(..at).unwrap_or_default();
    let after = rest.get(at + 1..).unwrap_or_default().chars().nth(1);
    before.len() == 1
        && before.bytes().all(|byte| byte.is_ascii_alphabetic())
        && next.is_ascii_alphabetic()
        && after.is_none_or(|c| !c.is_alphanumeric())
}

/// The first letters of the months after an ordinal dot.
const MONTHS: [&str; 20] = [
    "jan", "feb", "mar", "apr", "mai", "maj", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dez", "dec", "sty",
    "lut", "kwi", "cze", "lip",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let joined: Vec<String> = tokens(text)
            .into_iter()
            .map(|token| {
                let after = token.after;
                let marks = [
                    (after.comma, ","),
                    (after.pause, ":"),
                    (after.stop, "."),
                    (after.question, "?"),
                    (after.line, "|"),
                ];
                marks.iter().filter(|(set, _)| *set).fold(token.text, |word, (_, mark)| word + mark)
            })
            .collect();
        assert_eq!(joined.join(" "), expected);
    }

    #[test]
    fn contractions_open_and_accents_fall() {
        check("I can't log in, it's broken.", "i can not log in, it is broken.|");
        check("Ya quedó. J’ai fini", "ya quedo. j ai fini|");
        check("Okkk sooo heyyy", "ok so hey|");
        check("Yeah I'll do it tmrw", "yes i will do it tomorrow|");
    }

    #[test]
    fn dots_in_numbers_addresses_and_hours_end_no_sentence() {
        check("See https://x.example/a?b=1 at 10.30 p.m today", "see https://x.example/a?b=1 at 10.30 pm today|");
        check("1. list.xlsx is up", "1 list.xlsx is up|");
    }

    #[test]
    fn a_line_that_was_broken_for_width_goes_on() {
        check(
            "I went through the whole sheet twice and it is all in the\nshared folder now.\nThanks",
            "i went through the whole sheet twice and it is all in the shared folder now.| thanks|",
        );
        check("- a\n- b?", "a| b?|");
    }

    #[test]
    fn a_picture_counts_once() {
        check("👍👍 ok 👍🏽", "👍 ok 👍|");
        check(":+1:", "👍|");
    }
}
