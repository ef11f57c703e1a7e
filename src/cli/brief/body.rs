//! The words below a brief's settings: `## Why`, `## Done means`, `## Steps`, and a numbered list.

use crate::config::{document::Given, mistake::Fault, nearest::nearest, review::Review};
use std::ops::Range;

/// What the body says, each text with its place.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) why: Option<Given>,
    pub(super) done_means: Option<Given>,
    pub(super) steps: Vec<Given>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Why,
    DoneMeans,
    Steps,
    /// Under a heading that nobody knows, which was already complained of.
    Unknown,
    /// Above the first heading.
    Top,
}

impl Section {
    /// The key that does the same on top.
    fn key(self) -> &'static str {
        match self {
            Self::Why => "why",
            Self::DoneMeans => "done_means",
            Self::Steps => "steps",
            Self::Unknown | Self::Top => "",
        }
    }
}

const HEADINGS: &[(&str, Section)] = &[
    ("why", Section::Why),
    ("done means", Section::DoneMeans),
    ("outcome", Section::DoneMeans),
    ("steps", Section::Steps),
    ("what to hand back", Section::Steps),
];

/// A line of the body with its place in the whole text.
struct Line<'a> {
    text: &'a str,
    at: Range<usize>,
}

/// Reads what stands behind byte `from` of `text`.
pub(super) fn read(text: &str, from: usize, review: &mut Review) -> Body {
    let mut body = Body::default();
    let mut section = Section::Top;
    let mut lines = Vec::new();
    for line in lines_of(text, from) {
        if let Some(heading) =
            line.text.trim_start_matches('#').strip_prefix(' ').filter(|_| line.text.starts_with('#'))
        {
            body.close(section, &std::mem::take(&mut lines), review);
            section = section_called(heading.trim(), &line.at, review);
        } else {
            lines.push(line);
        }
    }
    body.close(section, &lines, review);
    body
}

fn lines_of(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut at = from;
    text.get(from..).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let begins = at;
        at += line.len();
        let text = line.trim_end();
        Line { text, at: begins..begins + text.len() }
    })
}

fn section_called(heading: &str, at: &Range<usize>, review: &mut Review) -> Section {
    let known = heading.trim_end_matches(':').to_lowercase();
    if let Some((_, section)) = HEADINGS.iter().find(|(name, _)| *name == known) {
        return *section;
    }
    let near = nearest(&known, HEADINGS.iter().map(|(name, _)| *name));
    let what = match near {
        Some(near) => format!("no heading is called `{heading}` (did you mean `{near}`?)"),
        None => format!("no heading is called `{heading}`"),
    };
    if let Some((_, meant)) = HEADINGS.iter().find(|(name, _)| Some(*name) == near) {
        review.set_broken(meant.key());
    }
    let fault = Fault::new(what, "unknown heading").help("the headings are `## Why`, `## Done means`, `## Steps`");
    review.refuse("", Some(at.clone()), fault);
    Section::Unknown
}

impl Body {
    fn close(&mut self, section: Section, lines: &[Line<'_>], review: &mut Review) {
        let Some(words) = words_of(lines) else { return };
        match section {
            Section::Why => once(&mut self.why, "why", words, review),
            Section::DoneMeans => once(&mut self.done_means, "done_means", words, review),
            Section::Steps | Section::Top => self.list(section, lines, review),
            Section::Unknown => {}
        }
    }

    /// Reads `1. …`, `1) …`, `- …` and `* …`; a line without a mark goes on with the point before it.
    fn list(&mut self, section: Section, lines: &[Line<'_>], review: &mut Review) {
        let mut open = false;
        for line in lines {
            match (point(line.text), line.text.trim()) {
                (Some(words), _) => {
                    self.steps.push(Given { value: words.to_owned(), at: Some(line.at.clone()) });
                    open = true;
                }
                // After an empty line only an indented one still belongs to the point.
                (None, "") => open = false,
                (None, words) => match self.steps.last_mut() {
                    Some(step) if open || line.text.starts_with([' ', '\t']) => {
                        step.value.push(' ');
                        step.value.push_str(words);
                    }
                    Some(_) | None => {
                        let fault = if section == Section::Steps {
                            Fault::new("this line is no point of a list", "no number before it")
                                .help("write each step with its number: `1. Shop name and town`")
                        } else {
                            Fault::new("this text stands under no heading", "no heading above")
                                .help("put it under `## Why`, `## Done means` or `## Steps`")
                        };
                        return review.refuse("", Some(line.at.clone()), fault);
                    }
                },
            }
        }
    }
}

fn once(slot: &mut Option<Given>, key: &str, words: Given, review: &mut Review) {
    if slot.is_some() {
        let fault = Fault::new("is given twice", "the second one").help("put both under one heading");
        review.refuse(key, words.at.clone(), fault);
    } else {
        *slot = Some(words);
    }
}

/// The text of some lines without empty ones around, placed at its first line. The lines of a paragraph become one,
/// as in Markdown, since each letter has its own width; points of a list stay lines.
fn words_of(lines: &[Line<'_>]) -> Option<Given> {
    let first = lines.iter().find(|line| !line.text.is_empty())?;
    let mut text = String::new();
    for line in lines {
        match line.text.trim() {
            "" if text.is_empty() || text.ends_with("\n\n") => {}
            "" => text.push_str("\n\n"),
            words => {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push(if point(line.text).is_some() { '\n' } else { ' ' });
                }
                text.push_str(words);
            }
        }
    }
    Some(Given { value: text.trim_end().to_owned(), at: Some(first.at.clone()) })
}

fn point(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let words = if rest.len() < line.len() {
        rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))?
    } else {
        line.strip_prefix("- ").or_else(|| line.strip_prefix("* "))?
    };
    Some(words.trim()).filter(|words| !words.is_empty())
}
