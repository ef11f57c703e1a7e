//! The settings on top of a brief, between two lines of `+++`.

use super::{BriefInput, Draft, EXAMPLE, Names, PartInput, UpdateInput, body};
use crate::config::{
    ConfigError,
    document::{Document, Given, GivenList, Table, read},
    mistake::{Fault, Mistake, Mistakes},
    review::Review,
};
use serde::Deserialize;
use std::{fs, ops::Range, path::Path};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawBrief {
    title: Option<Given>,
    assistant: Option<Given>,
    due: Option<Given>,
    zone: Option<Given>,
    hard: bool,
    limit: Option<Given>,
    why: Option<Given>,
    done_means: Option<Given>,
    /// Another word for `done_means`.
    outcome: Option<Given>,
    pay: Option<Given>,
    steps: Option<GivenList>,
    files: Option<GivenList>,
    update: Option<Table<RawUpdate>>,
    parts: Vec<Table<RawPart>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawUpdate {
    what: Option<Given>,
    by: Option<Given>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawPart {
    title: Option<Given>,
    due: Option<Given>,
}

impl Draft {
    /// Reads the brief at `path`; its files are looked for beside it.
    pub fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let bytes = fs::read(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        let text = String::from_utf8(bytes).map_err(|_| ConfigError::NotText { path: path.to_owned() })?;
        Ok(Self::from_text(&path.display().to_string(), &text, path.parent().unwrap_or(Path::new("")))?)
    }

    /// Reads the text of a brief called `name` whose files are in `folder`.
    pub fn from_text(name: &str, text: &str, folder: &Path) -> Result<Self, Mistakes> {
        let document = Document::new(name, text);
        let front = match front_matter(text) {
            Ok(front) => front,
            Err(mistake) => return Err(Mistakes::new(Some(document), vec![*mistake])),
        };
        let settings = blanked_around(text, &front);
        let (mut review, raw) = Review::of(document, read::<RawBrief>(&settings, EXAMPLE), EXAMPLE);
        let body = body::read(text, front.end, &mut review);
        let done_means = one_of("done_means", raw.done_means, raw.outcome, &mut review);
        let steps: Vec<Given> = raw.steps.map_or_else(Vec::new, toml::Spanned::into_inner);
        if let (Some(_), Some(second)) = (steps.first(), body.steps.first()) {
            review.refuse("steps", second.at.clone(), twice("steps"));
        }
        let input = BriefInput {
            title: raw.title,
            assistant: raw.assistant,
            due: raw.due,
            zone: raw.zone,
            hard: raw.hard,
            limit: raw.limit,
            why: one_of("why", raw.why, body.why, &mut review),
            done_means: one_of("done_means", done_means, body.done_means, &mut review),
            pay: raw.pay,
            update: raw.update.map(|table| UpdateInput {
                header: table.header,
                what: table.keys.what,
                by: table.keys.by,
            }),
            steps: if steps.is_empty() { body.steps } else { steps },
            parts: raw.parts.into_iter().map(part).collect(),
            files: raw.files.map_or_else(Vec::new, toml::Spanned::into_inner),
            fence: Some(front.start..front.start + 3),
            folder: folder.to_owned(),
            names: Names::default(),
        };
        Ok(Self { input, review })
    }
}

fn part(table: Table<RawPart>) -> PartInput {
    PartInput { header: table.header, title: table.keys.title, due: table.keys.due }
}

fn one_of(key: &str, first: Option<Given>, second: Option<Given>, review: &mut Review) -> Option<Given> {
    match (first, second) {
        (Some(first), Some(second)) => {
            review.refuse(key, second.at, twice(key));
            Some(first)
        }
        (first, second) => first.or(second),
    }
}

fn twice(key: &str) -> Fault {
    Fault::new("is given twice", "the second one").help(format!("keep one: `{key}` on top, or the heading below"))
}

/// The byte range of the settings, its end after the closing line.
fn front_matter(text: &str) -> Result<Range<usize>, Box<Mistake>> {
    let mut at = 0;
    let mut from = None;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let fence = line.trim_start_matches('\u{feff}').trim_end() == "+++";
        match from {
            Some(from) if fence => return Ok(from..end),
            None if fence => from = Some(at),
            None if !line.trim().is_empty() => break,
            Some(_) | None => {}
        }
        at = end;
    }
    let first = text.lines().next().map_or(0, str::len);
    let fault = match from {
        Some(_) => Fault::new("the settings on top have no end", "they begin here")
            .help("close them with a second line of `+++`"),
        None => Fault::new("a brief begins with settings between two lines of `+++`", "no settings here")
            .help("`handback help brief` shows one"),
    };
    let at = from.map_or(0..first, |from| from..from + 3);
    Err(Box::new(Mistake { key: String::new(), fault, at: Some(at), warning: false }))
}

/// The settings alone, each byte where it stands in the whole text, so that mistakes find their lines.
fn blanked_around(text: &str, front: &Range<usize>) -> String {
    let mut settings = String::with_capacity(text.len());
    for (at, line) in text.split_inclusive('\n').scan(0, |at, line| {
        let from = *at;
        *at += line.len();
        Some((from, line))
    }) {
        let inside = front.contains(&at) && line.trim_start_matches('\u{feff}').trim_end() != "+++";
        if inside {
            settings.push_str(line);
        } else {
            settings.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        }
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_keep_their_place_in_the_text() {
        for text in ["+++\na = 1\n+++\nbödy\n", "\u{feff}+++\r\na = 1\r\n+++\r\nbody", "\n+++\na = 1\n+++"] {
            let front = front_matter(text).unwrap();
            let settings = blanked_around(text, &front);
            assert_eq!(settings.len(), text.len());
            assert_eq!(settings.find("a = 1"), text.find("a = 1"));
            assert_eq!(settings.trim(), "a = 1");
        }
    }

    #[test]
    fn settings_without_end_or_beginning_are_refused() {
        assert!(front_matter("+++\na = 1\n").unwrap_err().fault.what.contains("no end"));
        assert!(front_matter("Hello\n+++\n+++\n").unwrap_err().fault.what.contains("begins with settings"));
        assert!(front_matter("").unwrap_err().fault.what.contains("begins with settings"));
    }
}
