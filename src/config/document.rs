//! A TOML text, read so that all its mistakes come out at once.
//!
//! serde stops at the first thing it does not know. So the text is parsed into a tree that remembers where
//! everything stood, serde reads the tree, and whatever it complains of is noted, taken out of the tree, and
//! serde asked again: at the end the rest is read and every complaint has its place.

use super::{
    example::Example,
    mask::masked,
    mistake::{Fault, Mistake},
};
use miette::NamedSource;
use serde::{Deserialize, de::DeserializeOwned};
use std::{ops::Range, sync::Arc};
use toml::{
    Spanned,
    de::{DeTable, DeValue, Deserializer},
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

/// A key whose value was taken out, and the header of the table it stood in.
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
        reading.broken.push(BrokenKey { table: found.table, key: found.key });
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

/// An entry of the tree that serde complained of.
struct Found {
    trail: Vec<Step>,
    /// Dotted names of the tables around it.
    section: String,
    /// The header of the table it is in.
    table: Option<Range<usize>>,
    key: String,
    key_at: Range<usize>,
    value_at: Range<usize>,
    kind: Kind,
}

/// One step down the tree.
enum Step {
    Into(String),
    Nth(usize),
}

/// Finds the entry at `at`. Deeper entries come first, since the place of a table is its header.
fn find(table: &DeTable<'_>, header: Option<&Range<usize>>, section: &str, at: &Range<usize>) -> Option<Found> {
    table.iter().find_map(|(key, value)| {
        let name = key.get_ref().to_string();
        let below = if section.is_empty() { name.clone() } else { format!("{section}.{name}") };
        let deeper = match value.get_ref() {
            DeValue::Table(inner) => find(inner, Some(&value.span()), &below, at),
            DeValue::Array(items) => items.iter().enumerate().find_map(|(nth, item)| {
                let mut found = find(item.get_ref().as_table()?, Some(&item.span()), &below, at)?;
                found.trail.insert(0, Step::Nth(nth));
                Some(found)
            }),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => None,
        };
        if let Some(mut found) = deeper {
            found.trail.insert(0, Step::Into(name));
            return Some(found);
        }
        let covers = value.span().start <= at.start && at.end <= value.span().end;
        (key.span() == *at || covers).then(|| Found {
            trail: vec![Step::Into(name.clone())],
            section: section.to_owned(),
            table: header.cloned(),
            key: name,
            key_at: key.span(),
            value_at: value.span(),
            kind: Kind::of(value.get_ref()),
        })
    })
}

fn take_out(table: &mut DeTable<'_>, trail: &[Step]) {
    match trail {
        [Step::Into(name)] => drop(table.remove(name.as_str())),
        [Step::Into(name), Step::Nth(nth), rest @ ..] => {
            if let Some(DeValue::Array(items)) = table.get_mut(name.as_str()).map(Spanned::get_mut)
                && let Some(DeValue::Table(inner)) = items.get_mut(*nth).map(Spanned::get_mut)
            {
                take_out(inner, rest);
            }
        }
        [Step::Into(name), rest @ ..] => {
            if let Some(DeValue::Table(inner)) = table.get_mut(name.as_str()).map(Spanned::get_mut) {
                take_out(inner, rest);
            }
        }
        [] | [Step::Nth(_), ..] => {}
    }
}

impl Found {
    fn mistake(&self, error: &toml::de::Error, text: &str, example: Example) -> Mistake {
        let path = if self.section.is_empty() { self.key.clone() } else { format!("{}.{}", self.section, self.key) };
        let (fault, at) = if error.message().starts_with("unknown field") {
            (self.unknown(example), &self.key_at)
        } else {
            (self.of_wrong_kind(error, text, example.quote(&path)), &self.value_at)
        };
        Mistake { key: path, fault, at: Some(at.clone()), warning: false }
    }

    fn unknown(&self, example: Example) -> Fault {
        let sort = if self.kind == Kind::Table && self.section.is_empty() { "table" } else { "key" };
        let near = example.nearest_to(&self.section, &self.key);
        let what = match &near {
            Some(near) => format!("there is no such {sort} (did you mean `{near}`?)"),
            None => format!("there is no such {sort}"),
        };
        Fault::new(what, format!("unknown {sort}"))
            .help(format!("{} shows every key; take the line out if it is not needed", example.name))
    }

    fn of_wrong_kind(&self, error: &toml::de::Error, text: &str, quote: Option<String>) -> Fault {
        let wanted = Wanted::of(error.message());
        let fault = Fault::new(
            format!("{} is wanted here, not {}", wanted.phrase(), self.kind.phrase()),
            "of the wrong kind",
        );
        let written = text.get(self.value_at.clone()).unwrap_or_default();
        match (wanted, self.kind) {
            (Wanted::Text, Kind::Number | Kind::Truth | Kind::Date) => {
                fault.help(format!("put it in quotes: `{} = \"{written}\"`", self.key))
            }
            (Wanted::List, Kind::Text) => fault.help(format!("put it in brackets: `{} = [{written}]`", self.key)),
            _ => Fault { help: quote, ..fault },
        }
    }
}

/// What kind of value stands somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Truth,
    Date,
    List,
    Table,
}

impl Kind {
    fn of(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(_) => Self::Text,
            DeValue::Integer(_) | DeValue::Float(_) => Self::Number,
            DeValue::Boolean(_) => Self::Truth,
            DeValue::Datetime(_) => Self::Date,
            DeValue::Array(_) => Self::List,
            DeValue::Table(_) => Self::Table,
        }
    }

    fn phrase(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Truth => "true or false",
            Self::Date => "a bare date or time",
            Self::List => "a list",
            Self::Table => "a table",
        }
    }
}

/// What kind of value serde asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Text,
    Number,
    Truth,
    List,
    Table,
}

impl Wanted {
    /// Reads it from serde's "invalid type: integer `5`, expected a string", which holds it nowhere else.
    fn of(message: &str) -> Self {
        let wanted = message.rsplit_once("expected ").map_or("", |(_, wanted)| wanted);
        match wanted {
            "a string" => Self::Text,
            "a boolean" => Self::Truth,
            "a sequence" => Self::List,
            _ if wanted.starts_with('u') || wanted.starts_with('i') => Self::Number,
            _ => Self::Table,
        }
    }

    fn phrase(self) -> &'static str {
        match self {
            Self::Text => "a text in quotes",
            Self::Number => "a whole number",
            Self::Truth => "`true` or `false`",
            Self::List => "a list in brackets",
            Self::Table => "a `[table]` with settings of its own",
        }
    }
}
