//! The templates: embedded, overridable by the owner, and all tried out before the first letter.

use super::{error::LetterError, html, sample, wrap};
use minijinja::{Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;
use std::collections::BTreeMap;

macro_rules! embedded {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),*]
    };
}

/// Every template by name, as it leaves the house.
const EMBEDDED: &[(&str, &str)] = embedded![
    "style.css" "screen.css"
    "base.txt" "letter.txt" "section.txt" "several.txt" "parts.txt"
    "base.html" "letter.html" "section.html" "several.html" "parts.html"
    "hello.txt" "task.txt" "remind_to_confirm.txt" "answer.txt" "accepted.txt" "returned.txt" "due_moved.txt"
    "cancelled.txt" "not_understood.txt" "told.txt" "question.txt" "handed_back.txt" "needs_owner.txt"
    "command_failed.txt" "mailbox_trouble.txt" "letters_held.txt" "digest.txt"
    "hello.html" "task.html" "remind_to_confirm.html" "answer.html" "accepted.html" "returned.html" "due_moved.html"
    "cancelled.html" "not_understood.html" "told.html" "question.html" "handed_back.html" "needs_owner.html"
    "command_failed.html" "mailbox_trouble.html" "letters_held.html" "digest.html"
];

/// The stylesheet that is written into every element; `screen.css` stays in the head.
const STYLE: &str = "style.css";

/// All templates, checked. One is enough for the life of the program. Each is compiled when a letter needs it: all of
/// them at once take more memory than the rest of a daemon that waits for mail.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    style: String,
}

/// What a kind's text template says in one line each, so that its HTML says the same.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Said {
    pub(super) subject: String,
    pub(super) preheader: String,
    label: String,
    headline: String,
    when: String,
    ask: String,
    opening: String,
    nudge: String,
}

/// What the blocks of a template are put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// A letter about one thing.
    Letter,
    /// One numbered part of a letter about several.
    Section,
}

impl Frame {
    fn file(self, extension: &str) -> String {
        match self {
            Self::Letter => format!("letter.{extension}"),
            Self::Section => format!("section.{extension}"),
        }
    }
}

impl Templates {
    /// Takes the embedded templates with the owner's `overrides` in their place, by file name, and composes a
    /// sample of every letter with them.
    ///
    /// # Errors
    /// An override that is called like no template, cannot be read, or fails on the samples.
    pub fn load(overrides: &BTreeMap<String, String>) -> Result<Self, LetterError> {
        if let Some(name) = overrides.keys().find(|name| EMBEDDED.iter().all(|(known, _)| known != name)) {
            return Err(LetterError::UnknownTemplate { name: name.clone(), nearest: nearest(name) });
        }
        // What stays comes first, and what is tried out is thrown away as a whole: an allocator can give memory back
        // to the system only from the end.
        let templates = Self::unchecked(overrides)?;
        let mut tried = Self::unchecked(overrides)?;
        for (name, _) in EMBEDDED.iter().filter(|(name, _)| *name != STYLE) {
            let failed = |source| LetterError::Syntax { name: (*name).to_owned(), source };
            tried.environment.get_template(name).map_err(failed)?;
            tried.put_away();
        }
        sample::every_letter(&tried)?;
        Ok(templates)
    }

    fn unchecked(overrides: &BTreeMap<String, String>) -> Result<Self, LetterError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .build()
                .map_err(|source| LetterError::Syntax { name: "(all)".to_owned(), source })?,
        );
        environment.add_filter("apart", |left: &str, right: &str| wrap::apart(left, right));
        environment.add_filter("pad", |text: &str, columns: usize| wrap::pad(text, columns));
        environment.add_filter("indented", |text: &str, spaces: usize| indented(text, spaces));
        environment.add_filter("bar", |share: u32, columns: u32| bar(share, columns));
        environment.add_filter("capitalize_first", |text: &str| capitalized(text));
        environment.add_filter("paragraphs", |text: &str| Value::from_safe_string(html::paragraphs(text)));
        environment.add_filter("strong", |text: &str, part: &str| Value::from_safe_string(html::strong(text, part)));
        let overrides = overrides.clone();
        let source = move |name: &str| overrides.get(name).cloned().or_else(|| embedded(name).map(str::to_owned));
        let style = source(STYLE).unwrap_or_default();
        environment.set_loader(move |name| Ok(source(name)));
        Ok(Self { environment, style })
    }

    /// Frees what the letters so far needed.
    pub fn put_away(&mut self) {
        self.environment.clear_templates();
    }

    /// Fills in a text template; the lines are not broken yet.
    pub(super) fn text(&self, kind: &str, frame: Frame, sheet: &Value) -> Result<(String, Said), LetterError> {
        let name = format!("{kind}.txt");
        let failed = |source| LetterError::Render { name: name.clone(), source };
        let template = self.environment.get_template(&name).map_err(failed)?;
        let values = context! { frame => frame.file("txt"), ..sheet.clone() };
        let mut captured = template.render_captured(values).map_err(failed)?;
        let said = captured.with_state_mut(|state| {
            let mut block = |name| state.render_block(name).map(|text| super::clean::line(&text));
            Ok(Said {
                subject: block("subject")?,
                preheader: block("preheader")?,
                label: block("label")?,
                headline: block("headline")?,
                when: block("when")?,
                ask: block("ask")?,
                opening: block("opening")?,
                nudge: block("nudge")?,
            })
        });
        Ok((captured.into_output(), said.map_err(failed)?))
    }

    /// Fills in an HTML template; the styles are not applied yet.
    pub(super) fn html(&self, kind: &str, frame: Frame, said: &Said, sheet: &Value) -> Result<String, LetterError> {
        let name = format!("{kind}.html");
        let failed = |source| LetterError::Render { name: name.clone(), source };
        let template = self.environment.get_template(&name).map_err(failed)?;
        let values = context! { frame => frame.file("html"), said => Value::from(Serde(said)), ..sheet.clone() };
        template.render(values).map_err(failed)
    }

    /// Writes the stylesheet into the elements of a whole HTML letter.
    pub(super) fn styled(&self, kind: &str, html: &str) -> Result<String, LetterError> {
        html::styled(html, &self.style).map_err(|source| LetterError::Style { name: format!("{kind}.html"), source })
    }
}

fn embedded(name: &str) -> Option<&'static str> {
    EMBEDDED.iter().find(|(known, _)| *known == name).map(|(_, source)| *source)
}

fn nearest(name: &str) -> Option<&'static str> {
    let distance = |known: &str| strsim::damerau_levenshtein(known, name);
    EMBEDDED.iter().map(|(known, _)| *known).min_by_key(|known| distance(known)).filter(|known| distance(known) <= 4)
}

/// The first letter in capitals and the rest as it is, unlike MiniJinja's `capitalize`.
fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

fn indented(text: &str, spaces: usize) -> String {
    let indent = " ".repeat(spaces);
    text.lines().map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}

/// `##########..........` for a share of 50 percent.
fn bar(share: u32, columns: u32) -> String {
    let filled = (share.min(100) * columns + 50) / 100;
    let repeat = |mark: &str, times: u32| mark.repeat(usize::try_from(times).unwrap_or_default());
    repeat("#", filled) + &repeat(".", columns - filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, source: &str) -> Result<Templates, LetterError> {
        Templates::load(&BTreeMap::from([(name.to_owned(), source.to_owned())]))
    }

    #[track_caller]
    fn check_refused(name: &str, source: &str, expected: &str) {
        assert_eq!(with(name, source).unwrap_err().to_string(), expected);
    }

    #[test]
    fn the_embedded_templates_compose_every_letter() {
        Templates::load(&BTreeMap::new()).unwrap();
    }

    #[test]
    fn an_override_is_used_in_place_of_the_embedded_template() {
        let source = "{% extends frame %}{% block ask %}Please say yes.{% endblock %}";
        let letters = sample::every_letter(&with("hello.txt", source).unwrap()).unwrap();
        let (_, hello) = letters.iter().find(|(name, _)| *name == "hello").unwrap();
        assert!(hello.text.contains("Please say yes.") && hello.html.contains("Please say yes."), "{}", hello.text);
    }

    #[test]
    fn a_wrong_override_is_refused_at_start_up() {
        check_refused("tsak.txt", "", "no template is called `tsak.txt` (try `task.txt`)");
        check_refused("invoice-for-the-tax-office.txt", "", "no template is called `invoice-for-the-tax-office.txt`");
        check_refused("task.txt", "{% block", "template `task.txt` cannot be read");
        check_refused("task.html", "{{ item.task.titel }}", "template `task.html` cannot be filled in");
    }

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!(
            [0, 71, 100, 250].map(|share| bar(share, 10)),
            ["..........", "#######...", "##########", "##########"]
        );
    }
}
