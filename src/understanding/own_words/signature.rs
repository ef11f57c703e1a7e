//! Where a person's words end and their signature begins.

use super::{
    line::Line,
    shape,
    signs::{Pairs, Signs},
    vocabulary::words,
};
use crate::understanding::pattern::{lower_pattern, lower_patterns};
use regex::{Regex, RegexSet};
use std::{collections::HashSet, sync::LazyLock};

/// A signature under a mark other than `-- ` has at most this many filled lines.
const MOST_LINES: usize = 12;

/// How sure a signature mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `-- ` alone on its line: a signature by agreement (RFC 3676, section 4.3).
    Agreed,
    /// Another rule: a signature only if what follows looks like one.
    Rule,
}

/// Whether the line is a mark that opens a signature.
pub(super) fn mark(line: &Line<'_>) -> Option<Mark> {
    if line.signs.has(Signs::LETTER.and(Signs::DIGIT)) {
        return None;
    }
    let raw = line.raw().trim_end_matches(['\r', ' ', '\u{A0}', '\t']);
    match raw {
        "--" | "__" | "—-" | "-—" | "––" => Some(Mark::Agreed),
        "—" | "–" => Some(Mark::Rule),
        _ if shape::is_rule(line.plain()) => Some(Mark::Rule),
        _ => None,
    }
}

static CONTACT: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    lower_patterns([
        r"(?:^|[\s|:(])(?:tel|phone|ph|mobile|mob|mobil|cell|fax|office|direct|whatsapp|skype|viber|telegram|handy|telefon|téléphone|tél|teléfono|telefone|telefono|celular|móvil|gsm|тел|моб|电话|電話|手机|手機|전화|tlf|puh|sđt|hp|m|t|f|p|d|o|e|w|c)\s*[.:]?\s*[:.]?\s*\(?\+?\d[\d\s()./-]{5,}",
        r"^\W*\(?\+?\d[\d\s()./-]{7,}\W*$",
        r"\bwww\.[\w-]+\.\w|^\W*<?https?://[^\s]+>?\W*$|^\W*[\w-]+\.(?:com|org|net|de|co\.uk|io|fr|es|it|nl|pl|eu|ch|at|us|ca|br|ru|ua|ph|ng|in)(?:/\S*)?\W*$",
        r"^\W*(?:e-?mail|mail|e)?\W*[\w.+%-]+@[\w.-]+\.\w+\W*(?:<?(?:mailto:)?\S*@\S*)?$",
        r"\b(?:facebook|twitter|linkedin|instagram|youtube|github|xing|skype|calendly)\b\s*[.:/|]|@\w+ on twitter|follow (?:us|me) on",
        r"\b\d{1,5}\s+(?:[\w.]+\s+){1,4}(?:street|st|avenue|ave|road|rd|blvd|boulevard|lane|drive|suite|floor|plaza)\b|\b[\w-]+(?:straße|strasse|str\.|platz|weg|gasse)\s*\d|^\d{5} [a-zäöüß-]+$|^(?:rue|calle|via|avenida|rua) .{2,40}\d",
    ])
});

static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    lower_pattern(
        r"\b(?:ceo|cto|cfo|coo|founder|co-?founder|owner|director|manager|engineer|developer|consultant|assistant\w*|asistent\w*|assistente?\w*|asystent\w*|president|vice|head of|lead|officer|partner|sales|marketing|support team|customer|analyst|designer|professor|prof\.|dr\.|ph\.?d|gmbh|inc\.?|ltd\.?|llc|corp\.?|s\.?a\.?r\.?l|geschäftsführer|leiter|directeur|gerente|responsabile|kierownik|department|dept|university|virtual assistant|freelance)\b|директор|менеджер|ассистент|помощник|асистент|помічник|директорка",
    )
});

const CLOSING: &str = include_str!("words/closing.txt");
/// What may stand before "regards" and "wishes", in any number.
const KIND: [&str; 11] =
    ["with", "kind", "best", "warm", "warmest", "kindest", "many", "my", "friendly", "personal", "very"];

/// A closing has at most so many words and bytes.
const MOST_CLOSING_WORDS: usize = 6;
const LONGEST_CLOSING: usize = 90;

struct Closings {
    phrases: HashSet<&'static str>,
    begin: Pairs,
}

static CLOSINGS: LazyLock<Closings> = LazyLock::new(|| Closings {
    phrases: words(CLOSING).collect(),
    begin: Pairs::beginning(words(CLOSING).chain(KIND)),
});

/// Whether the line is a closing alone: "Best regards,".
pub(super) fn is_closing(line: &str) -> bool {
    if line.len() > LONGEST_CLOSING || line.ends_with(['?', ':', ')']) {
        return false;
    }
    if !may_close(line) || shape::word_count(line) > MOST_CLOSING_WORDS {
        return false;
    }
    let lower = shape::lower(line.trim_matches(is_sign));
    CLOSINGS.phrases.contains(lower.as_str()) || is_kind_regards(&lower)
}

fn is_sign(c: char) -> bool {
    if c.is_ascii() { !c.is_ascii_alphanumeric() } else { !c.is_alphanumeric() }
}

/// Whether a closing may open the line; spares most lines the rest.
fn may_close(line: &str) -> bool {
    CLOSINGS.begin.may_begin(line.trim_start_matches(is_sign))
}

/// "With my very best regards" and its like.
fn is_kind_regards(lower: &str) -> bool {
    let (kind, last) = lower.rsplit_once(' ').unwrap_or(("", lower));
    matches!(last, "regards" | "wishes" | "rgds" | "greetings")
        && kind.split(' ').all(|word| word.is_empty() || KIND.contains(&word))
}

/// Whether the line holds a way to reach someone and little else.
pub(super) fn is_contact(line: &str) -> bool {
    let signs = Signs::of(line);
    let may = || {
        signs.has(Signs::DIGIT.and(Signs::AT).and(Signs::SLASH_OR_BAR).and(Signs::COLON))
            || signs.has(Signs::DOT) && line.trim_end_matches('.').contains('.')
    };
    line.len() <= 160 && may() && (is_reach(line) || is_row_of_reaches(line))
}

fn is_reach(line: &str) -> bool {
    CONTACT.as_ref().is_some_and(|contact| contact.is_match(&shape::lower(line)))
}

/// Ways to reach someone in a row: `ana@cruz.example | +63 917 555 0100`.
fn is_row_of_reaches(line: &str) -> bool {
    let parts = || line.split(['|', '·', '•']).map(str::trim).filter(|part| !part.is_empty());
    parts().count() >= 2
        && parts().any(is_reach)
        && parts().all(|part| is_reach(part) || is_name(part) || is_title(part))
}

pub(super) fn is_title(line: &str) -> bool {
    line.len() <= 80
        && !ends_like_prose(line)
        && TITLE.as_ref().is_some_and(|title| title.is_match(&shape::lower(line)))
}

fn ends_like_prose(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', ';', ',']) && !line.ends_with("Inc.") && !line.ends_with("Ltd.")
}

/// Words in lower case that names hold.
const PARTICLES: &[&str] = &["de", "da", "van", "von", "der", "la", "del", "bin", "al", "dos", "den"];

/// What stands in the text for a picture: a logo, as a rule.
fn is_picture(line: &str) -> bool {
    (line.starts_with("[image:") || line.starts_with("[cid:")) && line.ends_with(']')
}

/// Without the stars that stand for bold type in the text of an HTML mail.
fn bare(line: &str) -> &str {
    line.trim_matches('*')
}

fn reads_like_prose(line: &str) -> bool {
    ends_like_prose(line) && shape::word_count(line) >= 4
}

/// Whether the line is a name: one to four words that each begin with a capital, no digits.
pub(super) fn is_name(line: &str) -> bool {
    let capital = |word: &str| {
        word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase()) || PARTICLES.contains(&word)
    };
    line.len() <= 50
        && (1..=4).contains(&shape::word_count(line))
        && !line.contains(|c: char| c.is_numeric() || "@:/?!;".contains(c))
        && line.split(' ').filter(|word| !word.is_empty()).all(capital)
}

/// Whether the line is a name after a dash or slash, as in `-ana` or `// Ana`.
pub(super) fn is_marked_name(line: &str) -> bool {
    let marked = ["-", "/", "//", "~", "–"]
        .iter()
        .any(|mark| line.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(|c: char| "-–—/~>".contains(c))));
    let name = line.trim_start_matches(['-', '/', '~', '–', ' ']);
    let words = shape::word_count(name);
    marked
        && (1..=3).contains(&words)
        && name.len() <= 30
        && name.chars().all(|c| c.is_alphabetic() || " .'-".contains(c))
        && (words == 1 && name.chars().count() <= 15 || is_name(name))
}

/// Whether the filled lines under a mark look like a signature rather than text that goes on. Three dashes
/// may be a rule of Markdown, which takes more than two short lines below to be a signature's.
pub(super) fn looks_signed(below: &[&str], is_markdown: bool) -> bool {
    if below.is_empty() {
        return true;
    }
    if below.len() > MOST_LINES {
        return false;
    }
    let short = below.iter().all(|line| line.chars().count() <= 90);
    let telling = below.iter().filter(|line| is_contact(line) || is_title(line) || is_closing(line)).count();
    let named = below.first().is_some_and(|line| is_name(line)) || below.first().is_some_and(|line| is_closing(line));
    let items = below.iter().filter(|line| line.starts_with(['-', '*', '•', '|', '#', '>'])).count();
    let prose = below.iter().filter(|line| line.chars().count() > 60 && ends_like_prose(line)).count();
    short
        && items == 0
        && prose == 0
        && (telling >= 1
            || named && below.len() <= 5
            || below.len() <= 2 && !is_markdown && below.iter().all(|line| is_motto(line)))
}

/// Whether the line may be what somebody puts under their name: no sentence, no sum, no heading.
fn is_motto(line: &str) -> bool {
    shape::word_count(line) <= 6
        && !line.contains(|c: char| c == ':' || c.is_numeric())
        && !line.ends_with(['.', '?', '!'])
}

/// Whether the lines are a closing with a name and nothing else, as they stand below a quote: "Regards, Ana".
pub(super) fn is_signed_closing(filled: &[&str]) -> bool {
    let is_bare = |line: &str| filled.len() == 1 && !line.contains(',');
    if filled.len() > 3
        || !filled.first().is_some_and(|line| may_close(line) && !is_bare(line))
        || filled.iter().any(|line| line.len() > 90 || shape::word_count(line) > 9)
    {
        return false;
    }
    let joined = filled.join(", ");
    let parts: Vec<&str> = joined.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [closing, names @ ..] => {
            (1..=2).contains(&names.len()) && is_closing(closing) && names.iter().all(|name| is_name(name))
        }
        [] => false,
    }
}

/// Counts how many filled lines at the end of `text` are a contact block that no mark opens. The lines are
/// those of one run, first to last; the first is never part of it.
pub(super) fn contact_block(filled: &[&str]) -> usize {
    let recent = filled.len().min(MOST_LINES + 2);
    let Some(tail) = filled.get(filled.len() - recent..) else {
        return 0;
    };
    // After a closing: the name stays with it, the rest goes if it tells how to reach someone.
    if let Some(closing) = tail.iter().rposition(|line| is_closing(line) || is_signed_closing(&[line])) {
        let after = tail.get(closing + 1..).unwrap_or_default();
        let named = usize::from(after.first().is_some_and(|line| is_name(line) && !is_contact(line)));
        let rest = after.get(named..).unwrap_or_default();
        let telling = rest.iter().filter(|line| is_contact(line) || is_title(line)).count();
        let terse = rest.iter().all(|line| is_contact(line) || line.chars().count() <= 60 && !reads_like_prose(line));
        let ends_so = rest.last().is_some_and(|line| is_contact(line) || is_title(line) || is_name(line));
        return if telling >= 1 && terse && ends_so && filled.len() > rest.len() { rest.len() } else { 0 };
    }
    let block = tail
        .iter()
        .rev()
        .take_while(|line| !reads_like_prose(line) || line.len() < 40)
        .take_while(|line| is_contact(line) || is_title(line) || is_name(bare(line)) || is_picture(line))
        .count();
    let lines = tail.get(tail.len() - block..).unwrap_or_default();
    let contacts = lines.iter().filter(|line| is_contact(line)).count();
    let titles = lines.iter().filter(|line| is_title(line)).count();
    let name = |line: &str| is_name(bare(line)) || line.split_once('|').is_some_and(|(name, _)| is_name(name.trim()));
    let opens_with_name =
        lines.iter().find(|line| !is_picture(line)).is_some_and(|line| name(line) && !is_contact(line));
    let introduced = filled
        .len()
        .checked_sub(block + 1)
        .and_then(|above| filled.get(above))
        .is_some_and(|line| line.ends_with(':'));
    if block < filled.len() && !introduced && opens_with_name && contacts + titles >= 2 && contacts >= 1 {
        block
    } else {
        0
    }
}
