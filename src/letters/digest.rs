//! The owner's one letter a day.

use super::{
    choices, clean,
    compose::Composed,
    error::LetterError,
    item::House,
    tap::Tap,
    templates::{Frame, Templates},
    view::{Desk, FileView, Name, TapView, TaskView, ago, debt_name, said_on, share, why_name},
    when, wrap,
};
use crate::domain::{person::Person, task::OwnerDebt, time::Moment, token::Token};
use crate::policy::digest::{Hours, Line, Need, Note, Page, Status, Why};
use chrono::{DateTime, Datelike, Utc};
use minijinja::{Value, context, value::Serde};
use serde::Serialize;

/// Mail programs cut a letter off at about 100 KB, so the rest of a long list is only named.
const MOST_CARDS: usize = 8;
const MOST_LINES: usize = 20;
const MOST_WORDS: usize = 600;

const TEMPLATE: &str = "digest";

/// Composes the digest of `page` for the owner.
///
/// # Errors
/// A template that fails; [`Templates::load`] has tried them all.
pub fn compose_digest(
    templates: &Templates,
    house: &House<'_>,
    page: &Page<'_>,
    token: Token,
    now: DateTime<Utc>,
) -> Result<Composed, LetterError> {
    let desk = Desk { house, reader: house.owner, token, now };
    let (taps, cards): (Vec<_>, Vec<_>) =
        (1..).zip(page.needs.iter().take(MOST_CARDS)).map(|(number, need)| card(&desk, need, number)).unzip();
    let values = context! { page => Value::from(Serde(view(&desk, page, cards))), ..Value::from(Serde(desk.sheet(&[]))) };
    let (text, said) = templates.text(TEMPLATE, Frame::Letter, &values)?;
    let html = templates.html(TEMPLATE, Frame::Letter, &said, &values)?;
    Ok(Composed {
        subject: said.subject,
        preheader: said.preheader,
        text: wrap::tidy(&text),
        html: templates.styled(TEMPLATE, &html)?,
        taps: taps.into_iter().flatten().collect(),
        lines: page.needs.iter().take(MOST_CARDS).map(|need| need.task.id).collect(),
    })
}

#[derive(Serialize)]
struct PageView {
    day: String,
    month: String,
    /// How many need the owner, wait for a first word, and are on track; and each one's share of the bar.
    needing: usize,
    waiting: usize,
    on_track: usize,
    open: usize,
    shares: [u32; 3],
    cards: Vec<Card>,
    /// Tags of what found no room.
    more_cards: Vec<String>,
    rest: Vec<Row>,
    more_rest: Vec<String>,
    ended: Vec<EndedView>,
    more_ended: usize,
    notes: Vec<NoteView>,
    more_notes: usize,
    held: Vec<HeldView>,
    held_count: usize,
    hours: Vec<HoursRow>,
    hours_together: String,
    sent: usize,
    refused: usize,
    dropped: usize,
    read_at: Option<when::When>,
    trouble: String,
    entries: String,
    head: String,
}

#[derive(Serialize)]
struct Card {
    number: usize,
    why: &'static str,
    waited: String,
    /// How long the assistant has not been heard of.
    quiet: String,
    task: TaskView,
    assistant: Name,
    fallback: String,
    words: String,
    files: Vec<FileView>,
    also: Vec<&'static str>,
    taps: Vec<TapView>,
}

#[derive(Serialize)]
struct Row {
    task: TaskView,
    assistant: Name,
    status: &'static str,
    percent: Option<u8>,
    expected: String,
}

#[derive(Serialize)]
struct EndedView {
    tag: String,
    title: String,
    assistant: Name,
    cancelled: bool,
}

#[derive(Serialize)]
struct NoteView {
    name: String,
    tag: String,
    act: &'static str,
    words: String,
}

#[derive(Serialize)]
struct HeldView {
    number: String,
    from: String,
    subject: String,
    why: String,
}

#[derive(Serialize)]
struct HoursRow {
    name: Name,
    hours: String,
    /// In percent of the one with most hours.
    share: u32,
}

fn view(desk: &Desk<'_>, page: &Page<'_>, cards: Vec<Card>) -> PageView {
    let (needing, waiting, on_track) = (page.needs.len(), page.waiting(), page.on_track());
    let same_year = page.date.year() == desk.house.owner.profile.calendar.today(desk.now).year();
    PageView {
        day: when::short_day(page.date, same_year),
        month: page.date.format("%B").to_string(),
        needing,
        waiting,
        on_track,
        open: needing + page.rest.len(),
        shares: shares([needing, waiting, on_track]),
        cards,
        more_cards: page.needs.iter().skip(MOST_CARDS).map(|need| need.task.id.to_string()).collect(),
        rest: page.rest.iter().take(MOST_LINES).map(|line| row(desk, line)).collect(),
        more_rest: page.rest.iter().skip(MOST_LINES).map(|line| line.task.id.to_string()).collect(),
        ended: (page.ended.iter().take(MOST_LINES))
            .map(|ended| EndedView {
                tag: ended.task.id.to_string(),
                title: clean::line(ended.task.brief.title.as_str()),
                assistant: name(ended.assistant),
                cancelled: ended.task.stage == crate::domain::task::Stage::Cancelled,
            })
            .collect(),
        more_ended: page.ended.len().saturating_sub(MOST_LINES),
        notes: page.notes.iter().take(MOST_LINES).map(note).collect(),
        more_notes: page.notes.len().saturating_sub(MOST_LINES),
        held: (page.held.iter().take(MOST_LINES))
            .map(|held| HeldView {
                number: held.inbox.to_string(),
                from: short(&held.from),
                subject: short(&held.subject),
                why: short(&held.why),
            })
            .collect(),
        held_count: page.held.len(),
        hours: hours(&page.hours),
        hours_together: when::hours(page.hours.iter().map(|hours| hours.minutes).sum()),
        sent: page.post.sent,
        refused: page.post.refused,
        dropped: page.post.dropped,
        read_at: page.mailbox.read_at.map(|at| desk.when(at)),
        trouble: page.mailbox.trouble.as_deref().map(clean::line).unwrap_or_default(),
        entries: when::thousands(page.ledger.entries),
        head: grouped(&page.ledger.hash),
    }
}

fn card(desk: &Desk<'_>, need: &Need<'_>, number: usize) -> (Vec<Tap>, Card) {
    let task = need.task;
    let assistant = name(need.assistant);
    let subject = Desk::subject(task);
    let taps = choices::to_owner(
        task,
        need.why,
        &assistant.first,
        desk.zone(),
        &desk.taps_about(Some(task), &subject, true),
    );
    let files = (task.handed_back.iter().filter(|_| need.why == Why::Owes(OwnerDebt::Look)))
        .flat_map(|back| &back.files)
        .map(|file| FileView::of(&super::FileNote { name: file.name.as_str(), size: file.size, enclosed: false }));
    let card = Card {
        number,
        why: why_name(need.why),
        waited: ago(need.since, desk.now),
        quiet: ago(task.last_word_at.unwrap_or(task.stage_since), desk.now),
        task: desk.task(task),
        assistant,
        fallback: (need.assistant.and_then(|person| person.profile.fallback.as_ref()))
            .map(|how| clean::line(how.as_str()))
            .unwrap_or_default(),
        words: cut(clean::prose(said_on(task, need.why).unwrap_or_default())),
        files: files.collect(),
        also: need.also.iter().map(|owes| debt_name(*owes)).collect(),
        taps: taps.iter().map(TapView::of).collect(),
    };
    (taps, card)
}

fn row(desk: &Desk<'_>, line: &Line<'_>) -> Row {
    let (status, expected) = match line.status {
        Status::ToConfirm => ("to_confirm", None),
        Status::Late(moment) => ("late", Some(moment)),
        Status::NotInOwnWords => ("not_in_own_words", None),
        Status::OnTrack => ("on_track", None),
    };
    let expected = expected.map(|moment| match moment {
        Moment::Day { date, .. } => when::short_day(date, true),
        Moment::Minute(wall) => desk.when(wall.at).day,
    });
    Row {
        task: desk.task(line.task),
        assistant: name(line.assistant),
        status,
        percent: line.task.progress.as_ref().and_then(|progress| progress.percent),
        expected: expected.unwrap_or_default(),
    }
}

fn note(note: &Note<'_>) -> NoteView {
    NoteView {
        name: name(note.person).first,
        tag: note.task.map(|task| task.to_string()).unwrap_or_default(),
        act: note.said.act().name(),
        words: short(note.words),
    }
}

fn hours(hours: &[Hours<'_>]) -> Vec<HoursRow> {
    let most = hours.iter().map(|hours| hours.minutes).max().unwrap_or_default();
    (hours.iter())
        .map(|hours| HoursRow {
            name: name(hours.assistant),
            hours: when::hours(hours.minutes),
            share: share(hours.minutes, most),
        })
        .collect()
}

fn name(person: Option<&Person>) -> Name {
    person.map_or_else(Name::default, Name::of)
}

fn cut(words: String) -> String {
    clean::at_most(words, MOST_WORDS, " (cut here; the whole mail is kept)")
}

fn short(words: &str) -> String {
    clean::at_most(clean::line(words), 160, "")
}

/// The parts of the bar in percent, which add up to 100 where there is anything to show.
fn shares(counts: [usize; 3]) -> [u32; 3] {
    let [first, second, third] = counts.map(|count| u32::try_from(count).unwrap_or(u32::MAX / 400));
    let all = first + second + third;
    let (first, second) = (share(first, all), share(second, all));
    [first, second, if third == 0 { 0 } else { 100 - first - second }]
}

/// Enough of a hash to know it by, in groups that an eye can compare: `7f3a-91c2-0be4-55d1`.
fn grouped(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().filter(char::is_ascii_hexdigit).take(16).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_the_bar_add_up() {
        for (counts, expected) in
            [([3, 1, 4], [37, 12, 51]), ([0, 0, 0], [0, 0, 0]), ([1, 0, 0], [100, 0, 0]), ([0, 2, 0], [0, 100, 0])]
        {
            assert_eq!(shares(counts), expected);
        }
    }

    #[test]
    fn a_hash_is_shown_in_groups() {
        assert_eq!(grouped("7f3a91c20be455d1aabbccdd"), "7f3a-91c2-0be4-55d1");
        assert_eq!(grouped(""), "");
    }
}
