//! What serde complained of: where it stands in the tree, and how it is told to people.

use super::{
    example::Example,
    mistake::{Fault, Mistake},
};
use std::ops::Range;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// An entry of the tree that serde complained of.
pub(super) struct Found {
    pub(super) trail: Vec<Step>,
    /// Dotted names of the tables around it.
    pub(super) section: String,
    /// The header of the table it is in.
    pub(super) table: Option<Range<usize>>,
    pub(super) key: String,
    pub(super) key_at: Range<usize>,
    value_at: Range<usize>,
    kind: Kind,
}

/// One step down the tree.
pub(super) enum Step {
    Into(String),
    Nth(usize),
}

/// Finds the entry at `at`. Deeper entries come first, since the place of a table is its header.
pub(super) fn find(
    table: &DeTable<'_>,
    header: Option<&Range<usize>>,
    section: &str,
    at: &Range<usize>,
) -> Option<Found> {
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

pub(super) fn take_out(table: &mut DeTable<'_>, trail: &[Step]) {
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
    pub(super) fn mistake(&self, error: &toml::de::Error, text: &str, example: Example) -> Mistake {
        let path = if self.section.is_empty() { self.key.clone() } else { format!("{}.{}", self.section, self.key) };
        let (fault, at) = if error.message().starts_with("unknown field") {
            (self.unknown(example), self.key_at.clone())
        } else {
            // Within a list it is one element that is of the wrong kind.
            let at = error.span().filter(|_| self.kind == Kind::List).unwrap_or(self.value_at.clone());
            let written = text.get(at.clone()).unwrap_or_default();
            (self.of_wrong_kind(error.message(), written, example.quote(&path)), at)
        };
        Mistake { key: path, fault, at: Some(at), warning: false }
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

    fn of_wrong_kind(&self, message: &str, written: &str, quote: Option<String>) -> Fault {
        let wanted = Wanted::of(message);
        let kind = if self.kind == Kind::List && !written.starts_with('[') { Kind::Element } else { self.kind };
        let fault =
            Fault::new(format!("{} is wanted here, not {}", wanted.phrase(), kind.phrase()), "of the wrong kind");
        match (wanted, kind) {
            (Wanted::Number, Kind::Number) => {
                let range = if message.ends_with("u16") { "0 to 65535" } else { "0 to 4294967295" };
                Fault::new(format!("`{written}` is not a whole number from {range}"), "out of range")
            }
            (Wanted::Text, Kind::Number | Kind::Truth | Kind::Date) => {
                fault.help(format!("put it in quotes: `{} = \"{written}\"`", self.key))
            }
            (Wanted::Text, Kind::Element) => fault.help(format!("put it in quotes: `\"{written}\"`")),
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
    /// One of a list, and not a text.
    Element,
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
            Self::Element => "a bare value",
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
