//! Takes signatures, footers, disclaimers and banners off the author's lines.

use super::{
    footer,
    line::{Fate, Hint, Line},
    phone, quotes, shape,
    signature::{self, Mark},
};

/// Marks what is no word of the author's in each run of their lines.
pub(super) fn trim(lines: &mut [Line<'_>]) {
    // There may be the sender's company's and the receiver's.
    for _ in 0..3 {
        if !drop_banner(lines) {
            break;
        }
    }
    let mut first = true;
    for run in runs(lines) {
        if let Some(run) = lines.get_mut(run) {
            trim_run(run, first);
        }
        first = false;
    }
}

/// Whether nothing in `text` is more than a footer.
pub(super) fn is_all_footer(text: &str) -> bool {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).all(|line| {
        phone::is_phone_line(line) || footer::opens_a_footer(line) || footer::is_banner(line) || shape::is_rule(line)
    }) || footer::is_disclaimer(text)
}

/// Whether `text` is a signature and nothing more: behind its mark, or a name with ways to reach somebody.
pub(super) fn is_all_signature(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_mark = |line: &&&str| shape::is_rule(line) || matches!(**line, "--" | "—" | "__");
    let marks = lines.iter().take_while(is_mark).count();
    let rest = lines.get(marks..).unwrap_or_default();
    let is_part = |line: &&str| {
        signature::is_name(line)
            || signature::is_contact(line)
            || signature::is_title(line)
            || phone::is_phone_line(line)
    };
    (marks > 0 || lines.len() > 1)
        && rest.first().is_none_or(|line| shape::word_count(line) >= 2)
        && rest.iter().all(is_part)
}

/// The runs of own lines, blank ones among them.
fn runs(lines: &[Line<'_>]) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (index, line) in lines.iter().enumerate() {
        match (line.is_own(), start) {
            (true, None) => start = Some(index),
            (false, Some(begun)) => {
                runs.push(begun..index);
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    runs.extend(start.map(|begun| begun..lines.len()));
    runs
}

/// A company's warning stands before the author's first line; returns whether there was one.
fn drop_banner(lines: &mut [Line<'_>]) -> bool {
    let Some(first) =
        lines.iter().position(|line| line.is_own() && !line.is_blank() && !shape::is_rule(line.plain()))
    else {
        return false;
    };
    if !lines.get(first).is_some_and(|line| footer::may_begin_banner(line.plain())) {
        return false;
    }
    let paragraph = lines.iter().skip(first).take_while(|line| !line.is_blank());
    // Outlook on the web ends its warning so, and the author's words may follow in the next line.
    let ends = paragraph.clone().position(|line| line.plain().contains("Learn why this is important"));
    let count = ends.map_or_else(|| paragraph.count(), |last| last + 1);
    let more = lines.iter().skip(first + count).any(|line| line.is_own() && !line.is_blank());
    let text: String = lines.iter().skip(first).take(count).flat_map(|line| [line.plain(), " "]).collect();
    let is_banner = footer::is_banner(&text)
        && (more || text.starts_with(['[', '*', '⚠']) || shape::lower(&text).starts_with("caution"));
    if is_banner {
        for line in lines.iter_mut().take(first + count) {
            line.fate = Fate::Dropped;
        }
    }
    is_banner
}

fn trim_run(run: &mut [Line<'_>], is_first: bool) {
    cut_at_mark(run, is_first);
    cut_at_footer(run);
    drop_endings(run, is_first);
    let filled: Vec<&str> = run.iter().filter(|line| is_kept(line)).map(Line::plain).collect();
    let block = if !is_first && signature::is_signed_closing(&filled) {
        filled.len()
    } else {
        signature::contact_block(&filled)
    };
    if block > 0 {
        drop_filled(run, block);
        drop_endings(run, is_first);
    }
}

fn is_kept(line: &Line<'_>) -> bool {
    line.is_own() && !line.is_blank()
}

/// Cuts at a signature mark: at `-- ` always, at another rule where what follows looks like a signature.
fn cut_at_mark(run: &mut [Line<'_>], is_first: bool) {
    let mut fenced = false;
    for at in 0..run.len() {
        let Some(line) = run.get(at) else {
            return;
        };
        fenced ^= line.plain().starts_with("```");
        if fenced || line.hint == Hint::Preformatted {
            continue;
        }
        let Some(mark) = signature::mark(line) else {
            continue;
        };
        let below: Vec<&str> = run
            .iter()
            .skip(at + 1)
            .filter(|line| is_kept(line) && !shape::is_rule(line.plain()))
            .map(Line::plain)
            .take(40)
            .collect();
        let above = run.iter().take(at).any(is_kept);
        let cut = match mark {
            Mark::Agreed => true,
            Mark::Rule => {
                let is_markdown = line.plain() == "---";
                !is_table_line(run, at) && (signature::looks_signed(&below, is_markdown) || is_footer_text(&below))
            }
        };
        if cut && (above || !is_first || mark == Mark::Agreed) {
            drop_from(run, at);
            return;
        }
    }
}

fn is_footer_text(below: &[&str]) -> bool {
    below.first().is_some_and(|line| footer::opens_a_footer(line))
        || footer::is_disclaimer(&below.join(" "))
        || below.first().is_some_and(|line| signature::is_name(line))
            && below.iter().take(8).any(|line| signature::is_contact(line))
            && below.len() < 30
}

/// A rule right between two filled lines underlines the head of a table.
fn is_table_line(run: &[Line<'_>], at: usize) -> bool {
    let filled = |line: Option<&Line<'_>>| line.is_some_and(|line| is_kept(line));
    let above = at.checked_sub(1).and_then(|above| run.get(above));
    let heads =
        above.is_some_and(|line| shape::word_count(line.plain()) >= 2 && !signature::is_closing(line.plain()));
    heads
        && filled(above)
        && filled(run.get(at + 1))
        && run.get(at + 1).is_some_and(|line| !signature::is_name(line.plain()))
        && run.iter().skip(at + 1).filter(|line| is_kept(line)).count() >= 2
        && run
            .get(at + 1)
            .is_some_and(|line| shape::word_count(line.plain()) >= 2 && !signature::is_contact(line.plain()))
}

/// Cuts at a line that opens a footer, and at a disclaimer, wherever it stands after the first words.
fn cut_at_footer(run: &mut [Line<'_>]) {
    let Some(first) = run.iter().position(is_kept) else {
        return;
    };
    let mut at = first;
    while at < run.len() {
        let paragraph = run.iter().skip(at).take_while(|line| is_kept(line));
        let lines = paragraph.clone().count();
        let bytes: usize = paragraph.clone().map(|line| line.plain().len()).sum();
        let opens = paragraph.clone().next().is_some_and(|line| footer::opens_a_footer(line.plain()));
        let is_all = || !run.iter().skip(at + lines).any(is_kept);
        let disclaims = || footer::is_disclaimer(&joined(paragraph, bytes + lines));
        // "Here is the disclaimer for the site:" presents one.
        let is_shown =
            run.iter().take(at).rev().find(|line| is_kept(line)).is_some_and(|line| line.plain().ends_with(':'));
        let is_footer =
            opens && (at > first || is_all()) || at > first && (60..20_000).contains(&bytes) && disclaims();
        if is_footer && !is_shown {
            drop_from(run, at);
            return;
        }
        at += lines.max(1);
    }
}

fn joined<'r>(lines: impl Iterator<Item = &'r Line<'r>>, length: usize) -> String {
    let mut text = String::with_capacity(length);
    for line in lines {
        text.push_str(line.plain());
        text.push(' ');
    }
    text
}

/// Drops lines from the end as long as they are rules, phone footers or marked names.
fn drop_endings(run: &mut [Line<'_>], is_first: bool) {
    let Some(first) = run.iter().position(is_kept) else {
        return;
    };
    let mut end = run.len();
    // What was dropped is looked at no more: there may be a hundred thousand such lines.
    while let Some(shorter) = run.get_mut(..end).and_then(|run| drop_last(run, first, is_first)) {
        end = shorter;
    }
}

/// Drops the last filled line where it is a rule, a phone footer or a marked name; returns where it stood. The first
/// filled line is at `first`.
fn drop_last(run: &mut [Line<'_>], first: usize, is_first: bool) -> Option<usize> {
    let last = run.iter().rposition(is_kept)?;
    let is_only = last == first;
    let text = run.get(last).map(Line::plain)?;
    let is_rule = shape::is_rule(text) || matches!(text, "--" | "—" | "–" | "__" | "-");
    let is_phone = phone::is_phone_line(text) || quotes::is_bare_link(text) && is_below_phone_line(run, last);
    let is_name = signature::is_marked_name(text) && !is_only && !goes_with_line_above(run, last);
    // "Sent by email" may be all that somebody has to say.
    let is_all_there_is = || is_first && is_only && !phone::names_phone(text);
    let is_phone = is_phone && !is_all_there_is();
    if !(is_rule && !(is_first && is_only && !text.starts_with(['-', '_', '=', '*', '—'])) || is_phone || is_name) {
        return None;
    }
    drop_from(run, last);
    if is_phone {
        drop_name_above(run);
    }
    Some(last)
}

/// Whether the filled line above is a phone footer, whose link a program set on a line of its own.
fn is_below_phone_line(run: &[Line<'_>], at: usize) -> bool {
    run.iter().take(at).rev().find(|line| is_kept(line)).is_some_and(|line| phone::is_phone_line(line.plain()))
}

/// "Ana Cruz / via mobile": the name belongs to the footer, unless a closing stands above it.
fn drop_name_above(run: &mut [Line<'_>]) {
    let Some(last) = run.iter().rposition(is_kept) else {
        return;
    };
    let is_name = run.get(last).is_some_and(|line| {
        signature::is_name(line.plain())
            && shape::word_count(line.plain()) >= 2
            && !signature::is_closing(line.plain())
    });
    let adjoins = run.get(last + 1).is_some_and(|line| !line.is_blank());
    let set_off = last.checked_sub(1).and_then(|above| run.get(above)).is_some_and(Line::is_blank);
    if is_name && adjoins && set_off {
        drop_from(run, last);
    }
}

/// Whether the line above is an item of the same list, or the closing that a name belongs to.
fn goes_with_line_above(run: &[Line<'_>], at: usize) -> bool {
    let above = run.iter().take(at).rev().find(|line| is_kept(line)).map(Line::plain);
    above.is_some_and(|line| {
        line.starts_with(['-', '/', '~', '–', '*', '•']) || line.ends_with(':') || signature::is_closing(line)
    })
}

/// Drops the last `count` filled lines.
fn drop_filled(run: &mut [Line<'_>], count: usize) {
    let Some(back) = count.checked_sub(1) else {
        return;
    };
    let filled: Vec<usize> = run.iter().enumerate().filter(|(_, line)| is_kept(line)).map(|(at, _)| at).collect();
    if let Some(at) = filled.iter().rev().nth(back) {
        drop_from(run, *at);
    }
}

fn drop_from(run: &mut [Line<'_>], at: usize) {
    for line in run.iter_mut().skip(at) {
        line.fate = Fate::Dropped;
    }
}
