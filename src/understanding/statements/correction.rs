//! From the owner's word on a reading to what it teaches, and to the reading as it should have been.

use super::{clause::Outline, lessons::phrase};
use crate::{
    domain::{
        lesson::{Lesson, Nothing, Record, VOUCHED, Wish},
        statement::{Act, Room, Said, Statement, Whole},
        understanding::{OwnWords, Situation, Understanding},
    },
    understanding::{amounts, hours, times},
};
use std::ops::Range;
use thiserror::Error;

/// A mail and what was made of it.
#[derive(Debug, Clone, Copy)]
pub struct Reread<'a> {
    pub own_words: &'a OwnWords,
    pub situation: &'a Situation,
    /// As it would be read today.
    pub understanding: &'a Understanding,
    /// As it was read when it came.
    pub record: &'a Record,
}

/// What a correction leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub lessons: Vec<Lesson>,
    /// The reading as it stands now, in the order it was written.
    pub statements: Vec<Statement>,
}

/// A correction that cannot be carried out; says why and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unclear {
    #[error("it was not read as {act}, so there is nothing to take back (it was read as {read})")]
    NotRead { act: Act, read: String },
    #[error("“{words}” does not stand in it (give words as they were written)")]
    NotInIt { words: String },
    #[error("it has no words of its own to learn from")]
    NoWords,
    #[error("no {what} can be read in “{words}”, so nothing could follow from it ({cure})")]
    NoSlot { what: &'static str, words: String, cure: &'static str },
}

/// A stretch of words with all that it was taken for.
#[derive(Debug, Clone)]
struct Region {
    span: Range<usize>,
    read: Vec<Act>,
    doubted: Vec<Act>,
    means: Vec<Act>,
    /// Somebody said what it means.
    explained: bool,
    /// And said it just now.
    touched: bool,
}

impl Region {
    fn of(span: Range<usize>) -> Self {
        Self { span, read: vec![], doubted: vec![], means: vec![], explained: false, touched: false }
    }

    fn touch(&mut self) {
        (self.explained, self.touched) = (true, true);
    }
}

/// Applies `wish` to a reading.
///
/// # Errors
/// Where the wish takes back what was not read, names words that are not there, or asks for a slot they do not fill.
pub fn settle(reread: &Reread<'_>, wish: &Wish) -> Result<Settled, Unclear> {
    let text = reread.own_words.text.as_str();
    let outline = Outline::new(text, &reread.understanding.times);
    if outline.tokens.is_empty() {
        return Err(Unclear::NoWords);
    }
    let mut regions = regions(reread.record);
    let pointed = wish.words.as_deref().map(|words| pointed_at(words, text, &outline)).transpose()?;
    take_back(&mut regions, wish, pointed.as_ref(), reread, &outline)?;
    for act in &wish.is {
        let place = place_of(*act, &mut regions, pointed.as_ref(), reread, &outline);
        if let Some(region) = regions.get_mut(place) {
            // Whatever was in doubt about these words is settled by it.
            region.touch();
            if !region.means.contains(act) {
                region.means.push(*act);
            }
        }
    }
    regions.sort_by_key(|region| (region.span.start, region.span.end));
    let statements = statements(&regions, wish, reread)?;
    let explained = regions.into_iter().filter(|region| region.explained);
    let lessons = explained.map(|region| lesson(region, reread, &outline)).collect();
    Ok(Settled { lessons, statements })
}

/// The reading as it stands: what the reader found, and where the owner said something before, that.
fn regions(record: &Record) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for lesson in record.lessons.iter().flatten() {
        regions.push(Region {
            span: lesson.from..lesson.to,
            read: lesson.read.clone(),
            doubted: lesson.doubted.clone(),
            means: lesson.means.clone(),
            explained: true,
            touched: false,
        });
    }
    let explained = regions.len();
    for statement in &record.statements {
        let overlaps = |region: &Region| meet(&region.span, &statement.span);
        if regions.iter().take(explained).any(overlaps) {
            continue;
        }
        let place = regions.iter().position(overlaps).unwrap_or_else(|| {
            regions.push(Region::of(statement.span.clone()));
            regions.len() - 1
        });
        let Some(region) = regions.get_mut(place) else { continue };
        region.span = region.span.start.min(statement.span.start)..region.span.end.max(statement.span.end);
        let act = statement.act();
        if statement.applied {
            region.doubted.retain(|doubted| *doubted != act);
            for acts in [&mut region.read, &mut region.means] {
                if !acts.contains(&act) {
                    acts.push(act);
                }
            }
        } else if !region.read.contains(&act) && !region.doubted.contains(&act) {
            region.doubted.push(act);
        }
    }
    regions
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The clauses that the owner pointed at, by some words of theirs.
fn pointed_at(words: &str, text: &str, outline: &Outline) -> Result<Range<usize>, Unclear> {
    let wanted = phrase(words);
    let tokens: Vec<&str> = outline.tokens.iter().map(|token| token.text.as_str()).collect();
    let found = if wanted.is_empty() { None } else { tokens.windows(wanted.len()).position(|here| here == wanted) };
    let exact = || {
        let at = text.find(words.trim()).filter(|_| !words.trim().is_empty())?;
        outline.tokens.iter().position(|token| token.span.end > at)
    };
    let start = found.or_else(exact).ok_or_else(|| Unclear::NotInIt { words: words.trim().to_owned() })?;
    let end = (start + wanted.len().max(1) - 1).min(outline.tokens.len().saturating_sub(1));
    Ok(outline.clause_bytes(&(outline.clause_of(start)..outline.clause_of(end) + 1)))
}

fn take_back(
    regions: &mut Vec<Region>,
    wish: &Wish,
    pointed: Option<&Range<usize>>,
    reread: &Reread<'_>,
    outline: &Outline,
) -> Result<(), Unclear> {
    let meant = |region: &Region| pointed.is_none_or(|span| meet(span, &region.span));
    for act in &wish.not {
        let mut found = false;
        for region in regions.iter_mut().filter(|region| meant(region)) {
            // Said again, it changes nothing.
            let said_before = region.explained && region.read.iter().chain(&region.doubted).any(|read| read == act);
            if region.means.contains(act) || region.doubted.contains(act) || said_before {
                region.means.retain(|means| means != act);
                region.touch();
                found = true;
            }
        }
        if !found {
            let named = |act: &Act| regions.iter().any(|region| region.means.contains(act));
            let read: Vec<&str> = Act::ALL.iter().filter(|act| named(act)).map(|act| act.name()).collect();
            let read = if read.is_empty() { "nothing".to_owned() } else { read.join(", ") };
            return Err(Unclear::NotRead { act: *act, read });
        }
    }
    match wish.nothing {
        Nothing::No => {}
        Nothing::AtAll => {
            for region in regions.iter_mut().filter(|region| meant(region)) {
                region.means.clear();
                region.touch();
            }
            if regions.is_empty() {
                regions.extend(unread(reread, outline));
            }
        }
        Nothing::InDoubt => {
            let known = regions.iter().map(|region| region.span.clone()).collect::<Vec<_>>();
            let was_in_doubt = |region: &&mut Region| region.explained || !region.doubted.is_empty();
            let in_doubt = regions.iter_mut().filter(was_in_doubt).map(|region| {
                let Region { read, means, .. } = region;
                means.retain(|act| read.contains(act));
                region.touch();
            });
            if in_doubt.count() == 0 {
                let free = |region: &Region| !known.iter().any(|span| meet(span, &region.span));
                regions.extend(unread(reread, outline).into_iter().filter(free));
            }
        }
    }
    Ok(())
}

/// Sentences that nothing explained, as regions that mean nothing; all of the words where there are none such.
fn unread(reread: &Reread<'_>, outline: &Outline) -> Vec<Region> {
    let text = &reread.own_words.text;
    let region = |span| Region { explained: true, touched: true, ..Region::of(span) };
    let mut at = 0;
    let mut found = Vec::new();
    for words in &reread.understanding.unread {
        let Some(start) = text.get(at..).and_then(|rest| rest.find(words.as_str())) else { continue };
        at += start + words.len();
        found.push(region(at - words.len()..at));
    }
    if found.is_empty() { vec![region(outline.bytes(&(0..outline.tokens.len())))] } else { found }
}

/// The region whose words say `act`: those pointed at, those already taken for it, those that were in doubt, those
/// that the reader would have named next, those that nothing explained; last, all of them.
fn place_of(
    act: Act,
    regions: &mut Vec<Region>,
    pointed: Option<&Range<usize>>,
    reread: &Reread<'_>,
    outline: &Outline,
) -> usize {
    if let Some(span) = pointed {
        return region_at(span.clone(), regions);
    }
    let known =
        |region: &Region| region.read.contains(&act) || region.doubted.contains(&act) || region.means.contains(&act);
    let in_doubt = |region: &Region| !region.doubted.is_empty();
    let touched: Vec<Range<usize>> =
        regions.iter().filter(|region| region.touched).map(|region| region.span.clone()).collect();
    let place = regions.iter().position(known);
    let place = place.or_else(|| regions.iter().position(|region| region.touched && in_doubt(region)));
    if let (None, [first, .., last]) = (place, touched.as_slice())
        && regions.iter().filter(|region| region.touched).all(|region| region.read.is_empty())
    {
        // Several sentences that nothing explained: together they say it.
        return region_at(first.start.min(last.start)..first.end.max(last.end), regions);
    }
    let place = place.or_else(|| regions.iter().position(|region| region.touched));
    if let Some(place) = place.or_else(|| regions.iter().position(in_doubt)) {
        return place;
    }
    let maybe = reread.understanding.maybe.iter().chain(&reread.understanding.statements);
    let likeliest = maybe.filter(|found| found.act() == act).max_by_key(|found| found.confidence);
    if let Some(found) = likeliest {
        return region_at(found.span.clone(), regions);
    }
    let open: Vec<Region> = unread(reread, outline);
    match (open.as_slice(), regions.as_slice()) {
        ([only], _) if !regions.iter().any(|region| meet(&region.span, &only.span)) => {
            region_at(only.span.clone(), regions)
        }
        (_, [_]) => 0,
        _ => region_at(outline.bytes(&(0..outline.tokens.len())), regions),
    }
}

/// The region that covers `span`; those that meet it become one with it.
fn region_at(span: Range<usize>, regions: &mut Vec<Region>) -> usize {
    let mut whole = Region { explained: true, touched: true, ..Region::of(span) };
    let join = |all: &mut Vec<Act>, more: &[Act]| {
        for act in more {
            if !all.contains(act) {
                all.push(*act);
            }
        }
    };
    regions.retain(|region| {
        let apart = !meet(&region.span, &whole.span);
        if !apart {
            whole.span = whole.span.start.min(region.span.start)..whole.span.end.max(region.span.end);
            join(&mut whole.read, &region.read);
            join(&mut whole.doubted, &region.doubted);
            join(&mut whole.means, &region.means);
        }
        apart
    });
    regions.push(whole);
    regions.len() - 1
}

fn statements(regions: &[Region], wish: &Wish, reread: &Reread<'_>) -> Result<Vec<Statement>, Unclear> {
    let mut statements = Vec::new();
    for region in regions {
        let read = |act: Act| {
            let here = reread.record.statements.iter().filter(|statement| meet(&statement.span, &region.span));
            here.filter(move |statement| statement.act() == act)
        };
        if !region.explained {
            let here = reread.record.statements.iter().filter(|statement| meet(&statement.span, &region.span));
            statements.extend(here.cloned());
            continue;
        }
        for act in &region.means {
            let known: Vec<Statement> = read(*act).cloned().collect();
            let wished = wish.is.contains(act);
            if known.is_empty() || wished && known.iter().all(|statement| !statement.applied) {
                statements.push(vouched(*act, known.first(), region, reread, wished)?);
            } else {
                statements.extend(known.into_iter().map(|statement| believed(statement, wished)));
            }
        }
    }
    Ok(statements)
}

/// A statement that the owner vouches for.
fn believed(mut statement: Statement, wished: bool) -> Statement {
    if let (true, Said::Done { whole }) = (wished, &mut statement.said) {
        *whole = Whole::Yes;
    }
    statement.applied = true;
    statement.confidence = VOUCHED;
    statement
}

/// A statement that the owner found in words which the reader did not believe to say it.
fn vouched(
    act: Act,
    known: Option<&Statement>,
    region: &Region,
    reread: &Reread<'_>,
    wished: bool,
) -> Result<Statement, Unclear> {
    let words = reread.own_words.text.get(region.span.clone()).unwrap_or_default();
    let said = match known {
        Some(known) if filled(&known.said) => known.said.clone(),
        Some(_) | None => said(act, words, reread),
    };
    if wished && !filled(&said) {
        let (what, cure) = if act == Act::Hours {
            ("amount of time", "ask for it with a line such as HOURS HB-1 2.5")
        } else {
            ("amount of money", "write to them with TELL")
        };
        return Err(Unclear::NoSlot { what, words: words.to_owned(), cure });
    }
    let statement = Statement {
        said,
        words: words.to_owned(),
        span: region.span.clone(),
        confidence: VOUCHED,
        applied: true,
        task: None,
        parts: Vec::new(),
        because: Vec::new(),
    };
    Ok(believed(statement, wished))
}

/// Whether nothing is missing without which nothing follows.
fn filled(said: &Said) -> bool {
    !matches!(said, Said::Hours { minutes: None } | Said::Expense { amount: None })
}

/// What `words` say where they say `act`.
fn said(act: Act, words: &str, reread: &Reread<'_>) -> Said {
    let situation = reread.situation;
    match act {
        Act::Confirm => Said::Confirm { understood: false },
        Act::Decline => Said::Decline,
        Act::Question => Said::Question,
        Act::Progress => Said::Progress { percent: amounts::percent(words), eta: times::deadline(words, situation) },
        Act::Done => Said::Done { whole: Whole::Yes },
        Act::Blocked => Said::Blocked,
        Act::Extension => Said::Extension { date: times::deadline(words, situation) },
        Act::Hours => Said::Hours { minutes: hours::spent(words) },
        Act::Expense => Said::Expense { amount: amounts::money(words, situation.zone) },
        Act::Suggestion => Said::Suggestion,
        Act::Absence => {
            let days = times::range(words, situation);
            Said::Absence { from: days.map(|(from, _)| from), to: days.map(|(_, to)| to) }
        }
        Act::Capacity => Said::Capacity { state: Room::Room },
    }
}

fn lesson(region: Region, reread: &Reread<'_>, outline: &Outline) -> Lesson {
    let Region { span, read, doubted, means, .. } = region;
    let in_it = |clause: &&super::clause::Clause| meet(&outline.bytes(&clause.tokens), &span);
    let asks = outline.clauses.iter().rfind(in_it).is_some_and(|clause| clause.asks);
    let found = reread.understanding.statements.iter().chain(&reread.understanding.maybe);
    let mut because: Vec<String> = found
        .filter(|statement| meet(&statement.span, &span))
        .filter(|statement| read.contains(&statement.act()) || doubted.contains(&statement.act()))
        .flat_map(|statement| &statement.because)
        .map(|name| (*name).to_owned())
        .collect();
    because.dedup();
    let words = reread.own_words.text.get(span.clone()).unwrap_or_default().into();
    Lesson { words, from: span.start, to: span.end, asks, read, doubted, means, because }
}
