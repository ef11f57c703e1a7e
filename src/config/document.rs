//! A TOML text, read so that all its mistakes come out at once.
//!
//! serde stops at the first thing it does not know. So the text is parsed into a tree that remembers where
//! everything stood, serde reads the tree, and whatever it complains of is noted, taken out of the tree, and
//! serde asked again: at the end the rest is read and every complaint has its place.

use super::{
    complaint::{find, take_out},
    example::Example,
    mask::masked,
    mistake::{Fault, Mistake},
};
use miette::NamedSource;
use serde::{Deserialize, de::DeserializeOwned};
use std::{ops::Range, sync::Arc};
use toml::{
    Spanned,
    de::{DeTable, Deserializer},
};

/// A TOML text with its name, as mistakes show it. Secrets are not in the shown copy.
#[derive(Debug, Clone)]
pub struct Document {
    shown: Arc<NamedSource<String>>,
}

/// A value as it was written, and where. What a command line gives has no place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Spanned<T>", bound = "T: Deserialize<'de>")]
pub struct Given<T = String> {
    pub value: T,
    pub at: Option<Range<usize>>,
}

impl<T> From<Spanned<T>> for Given<T> {
    fn from(spanned: Spanned<T>) -> Self {
        let at = Some(spanned.span());
        Self { value: spanned.into_inner(), at }
    }
}

/// A value from the command line.
impl From<String> for Given {
    fn from(value: String) -> Self {
        Self { value, at: None }
    }
}

/// A list of texts, each with its place.
pub type GivenList = Spanned<Vec<Given>>;

/// A table with the place of its header.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Spanned<T>", bound = "T: Deserialize<'de>")]
pub struct Table<T> {
    pub header: Option<Range<usize>>,
    pub keys: T,
}

impl<T> From<Spanned<T>> for Table<T> {
    fn from(spanned: Spanned<T>) -> Self {
        Self { header: Some(spanned.span()), keys: spanned.into_inner() }
    }
}

/// What could be read of a text.
#[derive(Debug)]
pub struct Reading<T> {
    pub value: T,
    pub mistakes: Vec<Mistake>,
    /// Keys that are there, but with a value of the wrong kind: nobody should call them missing.
    pub broken: Vec<BrokenKey>,
    /// The text is no TOML throughout, so that a missing key may stand in a broken line.
    pub torn: bool,
}

/// A key that was taken out, or the one it was meant to be, and the header of the table it stood in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenKey {
    pub table: Option<Range<usize>>,
    pub key: String,
}

impl Document {
    /// Names a text. `text` is what spans count in.
    pub fn new(name: &str, text: &str) -> Self {
        Self { shown: Arc::new(NamedSource::new(name, masked(text))) }
    }

    pub fn name(&self) -> &str {
        self.shown.name()
    }

    /// The text as pictures show it, with secrets blanked.
    pub fn shown(&self) -> &NamedSource<String> {
        &self.shown
    }

    /// Line and column of a byte, from 1; columns count characters.
    pub fn place(&self, byte: usize) -> (usize, usize) {
        let before = self.shown.inner().get(..byte).unwrap_or(self.shown.inner());
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }
}

/// Reads `text` into a `T` whose fields all have defaults, with every mistake of form.
pub fn read<T: DeserializeOwned + Default>(text: &str, example: Example) -> Reading<T> {
    let (mut tree, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading { value: T::default(), mistakes: vec![], broken: vec![], torn: !errors.is_empty() };
    reading.mistakes.extend(errors.iter().map(|error| torn(error, text)));
    loop {
        let error = match T::deserialize(Deserializer::from(tree.clone())) {
            Ok(value) => {
                reading.value = value;
                return reading;
            }
            Err(error) => error,
        };
        let Some(found) = error.span().and_then(|at| find(tree.get_ref(), None, "", &at)) else {
            reading.mistakes.push(torn(&error, text));
            return reading;
        };
        take_out(tree.get_mut(), &found.trail);
        if !(reading.torn && shares_a_line(&reading.mistakes, &found.key_at, text)) {
            reading.mistakes.push(found.mistake(&error, text, example));
        }
        let meant = example.nearest_to(&found.section, &found.key).unwrap_or(found.key);
        reading.broken.push(BrokenKey { table: found.table, key: meant });
    }
}

/// A mistake of TOML's own grammar.
fn torn(error: &toml::de::Error, text: &str) -> Mistake {
    let at = error.span().map(|at| at.start..at.end.max(at.start + 1).min(text.len()));
    let written = at.clone().and_then(|at| text.get(at)).unwrap_or_default();
    let what = format!("this is no TOML: {}", error.message());
    let fault = Fault::new(what, "here");
    let help = if error.message().contains("duplicate key") {
        format!("`{written}` is set twice: keep one of the lines")
    } else {
        "a setting is written `key = \"text in quotes\"`, one a line, under the `[table]` it belongs to".to_owned()
    };
    Mistake { key: String::new(), fault: fault.help(help), at, warning: false }
}

fn shares_a_line(mistakes: &[Mistake], at: &Range<usize>, text: &str) -> bool {
    let line_of = |byte: usize| text.get(..byte).unwrap_or(text).matches('\n').count();
    mistakes.iter().filter_map(|mistake| mistake.at.as_ref()).any(|other| line_of(other.start) == line_of(at.start))
}
