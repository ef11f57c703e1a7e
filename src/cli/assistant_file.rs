//! Assistants from a file with many, or one from flags. One checker serves both.

use super::args::AssistantAddArgs;
use crate::{
    config::{
        ConfigError, Mistakes,
        calendar::{RawCalendar, calendar},
        document::{Document, Given, GivenList, Table, read},
        example::Example,
        mistake::Fault,
        review::Review,
        value, zone,
    },
    domain::{id::Address, person::Profile},
};
use chrono_tz::Tz;
use serde::Deserialize;
use std::{fs, path::Path};

/// The file that `handback help files` shows; every key is in it.
pub const EXAMPLE: Example =
    Example { name: "`handback help files`", text: include_str!("help/assistants.example.toml") };

/// An assistant to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAssistant {
    pub profile: Profile,
    pub address: Address,
    /// Whether a hello goes out first.
    pub hello: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawFile {
    assistant: Vec<Table<RawAssistant>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawAssistant {
    name: Option<Given>,
    address: Option<Given>,
    zone: Option<Given>,
    days: Option<GivenList>,
    hours: Option<Given>,
    letters: Option<Given>,
    holidays: Option<GivenList>,
    fallback: Option<Given>,
    hello: Option<bool>,
}

/// Reads all assistants of the file at `path`. `taken` says who has an address already, where somebody has.
pub fn from_file(
    path: &Path,
    taken: impl Fn(&Address) -> Option<String>,
) -> Result<(Vec<NewAssistant>, Mistakes), ConfigError> {
    let bytes = fs::read(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
    let text = String::from_utf8(bytes).map_err(|_| ConfigError::NotText { path: path.to_owned() })?;
    Ok(from_text(&path.display().to_string(), &text, taken)?)
}

/// Reads all assistants of a text called `name`; none is added where one is wrong.
pub fn from_text(
    name: &str,
    text: &str,
    taken: impl Fn(&Address) -> Option<String>,
) -> Result<(Vec<NewAssistant>, Mistakes), Mistakes> {
    let (mut review, raw) = Review::of(Document::new(name, text), read::<RawFile>(text, EXAMPLE), EXAMPLE);
    if raw.assistant.is_empty() {
        review.missing("assistant", "each assistant is a table of its own, under a line `[[assistant]]`");
    }
    let mut all: Vec<NewAssistant> = Vec::new();
    for table in &raw.assistant {
        review.enter("assistant", table.header.clone());
        let taken = |address: &Address| {
            let earlier = all.iter().find(|other| other.address == *address);
            earlier.map(|other| format!("{} has it further up", other.profile.name)).or_else(|| taken(address))
        };
        if let Some(made) = table.keys.check(taken, &mut review) {
            all.push(made);
        }
    }
    review.finish(Some(all))
}

/// Takes the flags of `assistant add`.
pub fn from_flags(
    args: &AssistantAddArgs,
    taken: impl Fn(&Address) -> Option<String>,
) -> Result<(NewAssistant, Mistakes), Mistakes> {
    let given = |text: &Option<String>| text.clone().map(Given::from);
    let list = |texts: &[String]| {
        let all: Vec<_> = texts.iter().cloned().map(Given::from).collect();
        (!all.is_empty()).then(|| toml::Spanned::new(0..0, all))
    };
    let raw = RawAssistant {
        name: given(&args.name),
        address: given(&args.address),
        zone: given(&args.zone),
        days: list(&args.days),
        hours: given(&args.hours),
        letters: given(&args.letters),
        holidays: list(&args.holidays),
        fallback: given(&args.fallback),
        hello: Some(!args.no_hello),
    };
    let mut review = Review::of_flags();
    let made = raw.check(taken, &mut review);
    review.finish(made)
}

impl RawAssistant {
    fn check(&self, taken: impl Fn(&Address) -> Option<String>, review: &mut Review) -> Option<NewAssistant> {
        let name = review.needed("name", self.name.as_ref(), "letters greet them by it", value::line);
        let why_address = "letters go there, and replies come from there";
        let address = review.needed("address", self.address.as_ref(), why_address, |text| {
            let address = value::address(text)?;
            match taken(&address) {
                Some(why) => Err(Fault::new(format!("`{address}` cannot be added: {why}"), "taken")
                    .help("replies are told apart by their address, so each person needs one of their own")),
                None => Ok(address),
            }
        });
        let why_zone = "their hours and every date in their mail are read in it";
        let zone = review.needed("zone", self.zone.as_ref(), why_zone, zone);
        let raw = RawCalendar {
            days: self.days.as_ref(),
            hours: self.hours.as_ref(),
            letters: self.letters.as_ref(),
            holidays: self.holidays.as_ref(),
        };
        // Without a zone the rest is still checked, so that its mistakes are told too.
        let calendar = calendar(raw, zone.unwrap_or(Tz::UTC), review);
        let fallback = review.optional("fallback", self.fallback.as_ref(), value::line);
        zone?;
        let (name, address) = (name?, address?);
        let profile = Profile {
            name: name.into(),
            address: address.as_str().into(),
            calendar,
            fallback: fallback.map(Into::into),
        };
        Some(NewAssistant { profile, address, hello: self.hello.unwrap_or(true) })
    }
}
