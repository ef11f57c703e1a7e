//! Checks the values of one document, or of one command line, and collects what is wrong with them.

use super::{
    document::{BrokenKey, Document, Given, Reading},
    example::Example,
    mistake::{Fault, Mistake, Mistakes},
};
use std::ops::Range;

/// Goes through the values one by one; a mistake is noted and the way goes on, so that all are told at once.
#[derive(Debug)]
pub struct Review {
    source: Source,
    mistakes: Vec<Mistake>,
    broken: Vec<BrokenKey>,
    torn: bool,
    section: &'static str,
    header: Option<Range<usize>>,
}

/// Where the values come from.
#[derive(Debug)]
enum Source {
    File(Document, Example),
    Flags,
}

impl Review {
    /// Takes over what was already found while reading `document`.
    pub fn of<T>(document: Document, reading: Reading<T>, example: Example) -> (Self, T) {
        let review = Self {
            source: Source::File(document, example),
            mistakes: reading.mistakes,
            broken: reading.broken,
            torn: reading.torn,
            section: "",
            header: None,
        };
        (review, reading.value)
    }

    /// For values of a command line, which are named as flags: `digest_at` as `--digest-at`.
    pub fn of_flags() -> Self {
        Self { source: Source::Flags, mistakes: vec![], broken: vec![], torn: false, section: "", header: None }
    }

    /// From here on keys belong to `section`, whose header stands at `header` where it is there at all.
    pub fn enter(&mut self, section: &'static str, header: Option<Range<usize>>) {
        self.section = section;
        self.header = header;
    }

    /// Returns the value that `read` makes of a text; none where it is not set or cannot be taken.
    pub fn optional<T>(
        &mut self,
        key: &str,
        given: Option<&Given>,
        read: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Option<T> {
        let given = given.filter(|given| !given.value.trim().is_empty())?;
        self.take(key, given.at.as_ref(), read(given.value.trim()))
    }

    /// Returns the value, or `default` where it is not set.
    pub fn or<T>(
        &mut self,
        key: &str,
        given: Option<&Given>,
        default: T,
        read: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> T {
        self.optional(key, given, read).unwrap_or(default)
    }

    /// Returns the value, and notes a mistake where it is not set. `why` says what it is needed for.
    pub fn needed<T>(
        &mut self,
        key: &str,
        given: Option<&Given>,
        why: &str,
        read: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Option<T> {
        match given {
            Some(given) if given.value.trim().is_empty() => {
                self.refuse(key, given.at.clone(), Fault::new("is empty", "nothing in here").help(why));
            }
            Some(given) => return self.optional(key, Some(given), read),
            None => self.missing(key, why),
        }
        None
    }

    /// Notes that a key is not there, unless it is there in a form that was already complained of.
    pub fn missing(&mut self, key: &str, why: &str) {
        if self.torn || self.is_broken(key) {
            return;
        }
        let help = match self.quote(key) {
            Some(quote) if self.header.is_none() && !self.section.is_empty() => {
                format!("{why}; under [{}] {quote}", self.section)
            }
            Some(quote) => format!("{why}; {quote}"),
            None => why.to_owned(),
        };
        self.refuse(
            key,
            self.header.clone(),
            Fault::new("is missing", format!("`{key}` belongs under this line")).help(help),
        );
    }

    /// Whether a key, or its whole table, is there in a form that was already complained of.
    pub fn is_broken(&self, key: &str) -> bool {
        let table = self.header.as_ref().filter(|_| !self.section.is_empty());
        self.broken.iter().any(|broken| {
            (broken.key == key && broken.table.as_ref() == table)
                || (broken.key == self.section && broken.table.is_none())
        })
    }

    /// Takes note that something already complained of was meant for `key`.
    pub fn set_broken(&mut self, key: &str) {
        let table = self.header.clone().filter(|_| !self.section.is_empty());
        self.broken.push(BrokenKey { table, key: key.to_owned() });
    }

    /// Unwraps what was read, or notes why not. A fault without a cure of its own shows how the example writes it.
    pub fn take<T>(&mut self, key: &str, at: Option<&Range<usize>>, read: Result<T, Fault>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(fault) => {
                let help = fault.help.clone().or_else(|| self.quote(key));
                self.refuse(key, at.cloned(), Fault { help, ..fault });
                None
            }
        }
    }

    pub fn refuse(&mut self, key: &str, at: Option<Range<usize>>, fault: Fault) {
        let mistake = Mistake { key: self.named(key), fault, at, warning: false };
        self.mistakes.push(mistake);
    }

    pub fn warn(&mut self, key: &str, at: Option<Range<usize>>, fault: Fault) {
        let mistake = Mistake { key: self.named(key), fault, at, warning: true };
        self.mistakes.push(mistake);
    }

    /// How people write a key of the present section. A mistake of the whole text has no key.
    pub fn named(&self, key: &str) -> String {
        match &self.source {
            _ if key.is_empty() => String::new(),
            Source::Flags => format!("--{}", key.replace('_', "-")),
            Source::File(..) if self.section.is_empty() => key.to_owned(),
            Source::File(..) => format!("{}.{key}", self.section),
        }
    }

    fn quote(&self, key: &str) -> Option<String> {
        match &self.source {
            Source::File(_, example) => example.quote(&self.named(key)),
            Source::Flags => None,
        }
    }

    /// Returns the value that was made, with the warnings; or all mistakes, warnings among them.
    ///
    /// A value that could not be made has left at least one mistake behind.
    pub fn finish<T>(self, made: Option<T>) -> Result<(T, Mistakes), Mistakes> {
        let document = match self.source {
            Source::File(document, _) => Some(document),
            Source::Flags => None,
        };
        let sound = self.mistakes.iter().all(|mistake| mistake.warning);
        let mistakes = Mistakes::new(document, self.mistakes);
        match made {
            Some(made) if sound => Ok((made, mistakes)),
            Some(_) | None => Err(mistakes),
        }
    }
}
