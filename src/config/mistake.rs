//! One mistake in a file or on a command line, and the picture that shows where it is.

use super::document::Document;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Severity, SourceCode};
use std::{fmt, ops::Range};

/// Why a value cannot be taken, before anybody knows where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, with the nearest right value where there is one.
    pub what: String,
    /// A few words under the value in the picture.
    pub label: String,
    /// Why it matters, and the cure.
    pub help: Option<String>,
}

impl Fault {
    pub fn new(what: impl Into<String>, label: impl Into<String>) -> Self {
        Self { what: what.into(), label: label.into(), help: None }
    }

    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// One mistake, or one thing to be warned of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The setting as people write it: `owner.zone`, or `--zone`. Empty where the text itself is broken.
    pub key: String,
    pub fault: Fault,
    /// Byte range in the document; none where there is nothing to point at.
    pub at: Option<Range<usize>>,
    pub warning: bool,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.fault.what)
    }
}

/// All mistakes of one document in the order of its lines, or all of one command line.
#[derive(Debug, Clone)]
pub struct Mistakes {
    document: Option<Document>,
    pub list: Vec<Mistake>,
}

/// How wide a picture may be where no terminal says.
pub const WIDTH: usize = 100;

impl Mistakes {
    pub fn new(document: Option<Document>, mut list: Vec<Mistake>) -> Self {
        list.sort_by_key(|mistake| mistake.at.as_ref().map_or(usize::MAX, |at| at.start));
        Self { document, list }
    }

    /// Line and column of a mistake, from 1.
    pub fn place(&self, mistake: &Mistake) -> Option<(usize, usize)> {
        Some(self.document.as_ref()?.place(mistake.at.as_ref()?.start))
    }

    /// Draws every mistake with its line, the reason and the cure, in ANSI colours or without.
    pub fn picture(&self, colours: bool, width: usize) -> String {
        let theme = if colours { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_urls(false);
        let mut drawn = String::new();
        for mistake in &self.list {
            let source = self.document.as_ref().filter(|_| mistake.at.is_some());
            let picture = Picture { mistake, source: source.map(Document::shown) };
            if handler.render_report(&mut drawn, &picture).is_err() {
                drawn.push_str(&format!("{mistake}\n"));
            }
            drawn.push('\n');
        }
        drawn.truncate(drawn.trim_end().len());
        drawn.push('\n');
        drawn
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, mistake) in self.list.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            match (&self.document, self.place(mistake)) {
                (Some(document), Some((line, _))) => write!(f, "{}:{line}: ", document.name())?,
                (Some(document), None) => write!(f, "{}: ", document.name())?,
                (None, _) => {}
            }
            write!(f, "{mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// A mistake beside the text it is in, as miette wants it.
struct Picture<'a> {
    mistake: &'a Mistake,
    source: Option<&'a NamedSource<String>>,
}

impl fmt::Debug for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.mistake, f)
    }
}

impl fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.mistake, f)
    }
}

impl std::error::Error for Picture<'_> {}

impl Diagnostic for Picture<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(if self.mistake.warning { Severity::Warning } else { Severity::Error })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.mistake.fault.help.as_ref().map(|help| -> Box<dyn fmt::Display> { Box::new(help) })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.map(|source| -> &dyn SourceCode { source })
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let at = self.mistake.at.clone().filter(|_| self.source.is_some())?;
        let label = Some(self.mistake.fault.label.clone()).filter(|label| !label.is_empty());
        Some(Box::new(std::iter::once(LabeledSpan::new(label, at.start, at.len()))))
    }
}
