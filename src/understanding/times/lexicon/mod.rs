//! What words mean for dates, times and durations: one table a language, and the looking up.
//!
//! `en fil hi es pt de fr` are full, `other` has the commonest words of Ukrainian, Russian, Polish, Indonesian,
//! Vietnamese and Swahili. A table's row is a meaning and its spellings, parted by `|`, written as
//! [`tokens`](super::tokens) folds them. A spelling may have several words. `?` marks one that is also an ordinary
//! word of another language, and counts only where its own language is spoken; `~` marks one that is an
//! ordinary word of its own language too, and counts only beside a number, a preposition or with a capital; `!` one
//! that is a name when it has a capital.

mod de;
mod en;
mod es;
mod fil;
mod fr;
mod hi;
mod other;
mod pt;

use super::grammar::LAST;
use super::tokens::{Kind, Token};
use crate::understanding::word_table::WordMap;
use chrono::Weekday;
use std::sync::LazyLock;

/// What a word can mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    Number(u32),
    Ordinal(u32),
    /// A number with a fraction in one word, in quarters: "dedh" is 6.
    Quarters(u32),
    /// Quarters to add to the number that follows: "saade teen" is 3½, "paune do" 1¾.
    QuartersMore(i32),
    Half,
    Quarter,
    Third,
    Weekday(Weekday),
    Month(u32),
    /// Days from today.
    Day(i64),
    Part(Part),
    /// A part of the day so many days from today: "tonight".
    DayPart(i64, Part),
    /// Weekday and part of the day in one word: "Montagabend".
    WeekdayPart(Weekday, Part),
    /// The end of the working day: EOD.
    Close,
    Unit(Unit),
    Which(Which),
    /// A span of the calendar with its which in one word or phrase: "EOW", "month end".
    End(Unit, Which),
    EndOf,
    StartOf,
    MiddleOf,
    FirstHalf,
    Weekend,
    Glue(Glue),
    Meridiem(Meridiem),
    /// "o'clock", "Uhr", "baje": the number before is an hour.
    Oclock,
    /// Comes before an hour: "alas", "a las".
    HourComes,
    /// "half past" and its kin: minutes after the hour that follows.
    Past,
    /// "to", "moins": minutes before the hour.
    Before,
    /// German "halb acht": half an hour before the hour that follows.
    HalfTo,
    Zone(Zone),
    Now,
    /// "from now", "later", "hence", after an amount of time.
    Later,
    Ago,
    /// "hace", "il y a", "vor": before an amount of time gone by.
    AgoComes,
    /// Minutes in one word: "Viertelstunde".
    Span(u32),
    /// "a few", "some".
    Vague,
    /// "more", "extra", before or after an amount of time.
    More,
    Working,
    /// "day" as the word before a day's number: "día 15".
    DayWord,
    /// "tareekh", after a day's number.
    DateWord,
    /// "Werktag", "workday".
    WorkDay,
    /// "a couple of".
    Couple,
    /// Days after Easter Sunday.
    Easter(i64),
    /// A feast on the nth weekday of a month.
    NthFeast(u32, Weekday, u32),
    /// A feast with a fixed date.
    Feast(u32, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    This,
    Next,
    /// The one that comes first, whichever week it is in: "coming".
    Coming,
    /// A week after the coming one: "Friday week".
    WeekAfter,
    Last,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meridiem {
    Am,
    Pm,
}

/// Small words that join the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glue {
    At,
    On,
    By,
    Until,
    /// "within", "in", before an amount of time.
    Within,
    From,
    To,
    And,
    Of,
    Article,
    About,
    After,
    Since,
}

/// Whose clock a time is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    Named(chrono_tz::Tz),
    Mine,
    Yours,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Language {
    English,
    Filipino,
    Hindi,
    Spanish,
    Portuguese,
    German,
    French,
    Other,
}

/// The rows of one language, and its commonest words, by which it is known.
struct Table {
    language: Language,
    rows: &'static [(Meaning, &'static str)],
    common: &'static str,
}

const TABLES: [Table; 8] = [
    Table { language: Language::English, rows: en::ROWS, common: en::COMMON },
    Table { language: Language::Filipino, rows: fil::ROWS, common: fil::COMMON },
    Table { language: Language::Hindi, rows: hi::ROWS, common: hi::COMMON },
    Table { language: Language::Spanish, rows: es::ROWS, common: es::COMMON },
    Table { language: Language::Portuguese, rows: pt::ROWS, common: pt::COMMON },
    Table { language: Language::German, rows: de::ROWS, common: de::COMMON },
    Table { language: Language::French, rows: fr::ROWS, common: fr::COMMON },
    Table { language: Language::Other, rows: other::ROWS, common: other::COMMON },
];

/// One meaning of the words that begin at a token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Note {
    pub(crate) meaning: Meaning,
    pub(crate) language: Language,
    /// The first token after the words.
    pub(crate) next: usize,
    /// An ordinary word too; see `~` above.
    pub(crate) weak: bool,
}

struct Entry {
    /// The words after the first.
    more: Vec<&'static str>,
    meaning: Meaning,
    language: Language,
    foreign: bool,
    weak: bool,
    name: bool,
}

#[derive(Default)]
struct Lexicon {
    entries: WordMap<&'static str, Vec<Entry>>,
    common: WordMap<&'static str, Vec<Language>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for table in &TABLES {
        for word in table.common.split('|') {
            lexicon.common.entry(word).or_default().push(table.language);
        }
        for (meaning, spellings) in table.rows {
            for spelling in spellings.split('|') {
                let plain = spelling.trim_start_matches(['?', '~', '!']);
                let mut words = plain.split(' ');
                let Some(first) = words.next() else { continue };
                lexicon.entries.entry(first).or_default().push(Entry {
                    more: words.collect(),
                    meaning: *meaning,
                    language: table.language,
                    foreign: spelling.starts_with('?'),
                    weak: spelling.starts_with('~'),
                    name: spelling.starts_with('!'),
                });
            }
        }
    }
    lexicon
});

/// The meanings of each token's words, longest first, and the language most spoken in them.
pub(crate) struct Notes {
    pub(crate) at: Vec<Vec<Note>>,
    pub(crate) language: Language,
}

/// Looks up all words of `tokens`.
pub(crate) fn notes(tokens: &[Token]) -> Notes {
    let mut spoken = Spoken::default();
    let mut at: Vec<Vec<(Note, bool)>> = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let mut here = Vec::new();
        if let Kind::Word(word) = &token.kind {
            for language in LEXICON.common.get(word.as_str()).into_iter().flatten() {
                spoken.add(*language);
            }
            here = meanings(tokens, index, word);
            if !here.is_empty() {
                spoken.add_all(here.iter().filter(telling).map(|(note, _)| note.language));
            }
        }
        at.push(here);
    }
    let most = spoken.most();
    let speaks = |language: Language| spoken.of(language);
    let ranked = TABLES.iter().map(|table| table.language).find(|language| most > 0 && speaks(*language) == most);
    let language = ranked.unwrap_or(Language::English);
    // A word or two give no sign of their language, so nothing is foreign to them.
    let short = tokens.len() <= 2;
    let keep = |(note, foreign): &(Note, bool)| short || !foreign || speaks(note.language) == most;
    let kept = |here: &Vec<(Note, bool)>| {
        let mut kept: Vec<Note> = here.iter().filter(|found| keep(found)).map(|(note, _)| *note).collect();
        kept.sort_by_key(|note| (std::cmp::Reverse(note.next), note.language != language));
        kept
    };
    Notes { at: at.iter().map(kept).collect(), language }
}

/// Whether a word with this meaning shows which language is spoken.
fn telling((note, foreign): &&(Note, bool)) -> bool {
    !foreign && !note.weak && !matches!(note.meaning, Meaning::Glue(_))
}

/// How often words showed each language.
#[derive(Default)]
struct Spoken([u32; TABLES.len()]);

impl Spoken {
    fn add(&mut self, language: Language) {
        let known = TABLES.iter().zip(&mut self.0).filter(|(table, _)| table.language == language);
        known.for_each(|(_, count)| *count += 1);
    }

    /// Adds each language once, however often it comes.
    fn add_all(&mut self, languages: impl Iterator<Item = Language> + Clone) {
        for (table, count) in TABLES.iter().zip(&mut self.0) {
            *count += u32::from(languages.clone().any(|language| language == table.language));
        }
    }

    fn of(&self, language: Language) -> u32 {
        TABLES.iter().zip(self.0).find(|(table, _)| table.language == language).map_or(0, |(_, count)| count)
    }

    fn most(&self) -> u32 {
        self.0.into_iter().max().unwrap_or_default()
    }
}

fn meanings(tokens: &[Token], index: usize, word: &str) -> Vec<(Note, bool)> {
    let mut found: Vec<(Note, bool)> = LEXICON
        .entries
        .get(word)
        .into_iter()
        .flatten()
        .filter(|entry| !entry.name || tokens.get(index).is_some_and(|token| !token.capital))
        .filter_map(|entry| {
            let next = phrase_end(tokens, index + 1, &entry.more)?;
            let Entry { meaning, language, foreign, weak, .. } = *entry;
            Some((Note { meaning, language, next, weak }, foreign))
        })
        .collect();
    if found.is_empty()
        && let Some(meaning) =
            de::compound_number(word).or_else(|| de::compound_weekday(word)).or_else(|| de::ordinal(word))
    {
        found.push((Note { meaning, language: Language::German, next: index + 1, weak: false }, false));
    }
    found
}

/// Where a phrase ends whose further words are `more`; hyphens and apostrophes may stand between them.
fn phrase_end(tokens: &[Token], from: usize, more: &[&str]) -> Option<usize> {
    let mut at = from;
    for expected in more {
        while matches!(tokens.get(at)?.kind, Kind::Mark('-' | '\'')) {
            at += 1;
        }
        match &tokens.get(at)?.kind {
            Kind::Word(word) if word == expected => at += 1,
            Kind::Word(_) | Kind::Digits { .. } | Kind::LongDigits | Kind::Mark(_) | Kind::LineEnd => return None,
        }
    }
    Some(at)
}

/// Whether `word` is among the commonest of some language.
pub(crate) fn is_common(word: &str) -> bool {
    LEXICON.common.contains_key(word)
}
