//! Which lines with quote marks are quotes.

use super::{
    attribution,
    line::{Fate, Hint, Line},
    shape,
};

/// Quoted lines of this length or more were probably wrapped at their end.
const WRAPPED_FROM: usize = 60;

/// Gives marks back to lines where `>` is something the author typed: the end of a broken link, or the
/// prompt of a program.
pub(super) fn unmark_what_is_no_quote(lines: &mut [Line<'_>]) {
    if lines.iter().all(|line| line.depth == 0) {
        return;
    }
    let has_shallower = lines.iter().any(|line| matches!(line.depth, 1 | 2));
    for at in 0..lines.len() {
        if lines.get(at).is_none_or(|line| line.depth == 0) {
            continue;
        }
        let above = at.checked_sub(1).and_then(|above| lines.get(above));
        let goes_on = above.is_some_and(|above| above.depth == 0 && !above.is_blank());
        let ends_link = goes_on && above.is_some_and(|above| leaves_link_open(above.raw()));
        let Some(line) = lines.get_mut(at) else {
            return;
        };
        let is_prompt = line.depth == 3 && !has_shallower && line.marks().trim() == ">>>";
        if line.depth == 1 && ends_link || is_prompt {
            line.unquote();
        }
    }
}

fn leaves_link_open(line: &str) -> bool {
    let Some((_, rest)) = line.rsplit_once('<') else {
        return false;
    };
    (rest.starts_with("http") || rest.starts_with("mailto:")) && !rest.contains('>')
}

/// Marks what stands behind quote marks, and tails of quoted lines that were wrapped without a mark.
pub(super) fn mark(lines: &mut [Line<'_>]) {
    for line in lines.iter_mut() {
        if line.depth > 0 && line.is_own() {
            line.fate = Fate::Quoted;
        }
    }
    for at in 1..lines.len().saturating_sub(1) {
        if is_wrapped_tail(lines, at)
            && let Some(line) = lines.get_mut(at)
        {
            line.fate = Fate::Quoted;
        }
    }
}

/// A short line in lower case between two quoted lines, the upper of them long, is the upper one's end.
fn is_wrapped_tail(lines: &[Line<'_>], at: usize) -> bool {
    let (Some(above), Some(line), Some(below)) = (lines.get(at - 1), lines.get(at), lines.get(at + 1)) else {
        return false;
    };
    let length = |line: &Line<'_>| line.plain().chars().count();
    line.is_own()
        && !line.is_blank()
        && above.depth > 0
        && below.depth > 0
        && above.fate == Fate::Quoted
        && (is_bare_link(line.plain())
            || length(above) >= WRAPPED_FROM
                && length(line) < length(above)
                && line.plain().starts_with(|c: char| c.is_lowercase() || c.is_numeric())
                && !above.plain().ends_with(['.', '!', '?', ':']))
}

/// Whether the line is a link in brackets and nothing else.
pub(super) fn is_bare_link(line: &str) -> bool {
    line.starts_with(['(', '<', '[']) && line.contains("http") && shape::word_count(line) <= 2
}

/// Decides about each `blockquote` that no mail program signed. It is a quote where an attribution stands
/// above it, or nothing of the author's above or below; else the author means to quote something.
pub(super) fn mark_blockquotes(lines: &mut [Line<'_>]) {
    let mut at = 0;
    while at < lines.len() {
        if lines.get(at).is_none_or(|line| line.hint != Hint::Blockquote) {
            at += 1;
            continue;
        }
        let end =
            lines.iter().skip(at).take_while(|line| line.hint == Hint::Blockquote || line.is_blank()).count() + at;
        let is_last = lines.iter().skip(end).all(|line| line.is_blank() || !line.is_own());
        let is_first = lines.iter().take(at).all(|line| line.is_blank() || !line.is_own());
        if is_last || is_first || has_attribution_above(lines, at) {
            for line in lines.iter_mut().take(end).skip(at) {
                line.depth += 1;
                line.fate = Fate::Quoted;
            }
        }
        at = end.max(at + 1);
    }
}

fn has_attribution_above(lines: &mut [Line<'_>], at: usize) -> bool {
    let Some(above) = lines.iter().take(at).rposition(|line| !line.is_blank()) else {
        return false;
    };
    if let Some(first) = lines.get_mut(at) {
        first.depth += 1;
    }
    let found = attribution::ending_at(lines, above).is_some();
    if let Some(first) = lines.get_mut(at) {
        first.depth = first.depth.saturating_sub(1);
    }
    found
}
