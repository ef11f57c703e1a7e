//! What the digest's templates see: the page on the owner's clock, with no more on it than there is room for.

use super::{
    FileNote, clean, echo,
    need::{debt_name, said_on, why_name},
    tap::Tap,
    task_view::TaskView,
    view::{Desk, FileView, Name, TapView, ago, share},
    when,
};
use crate::domain::{
    person::Person,
    statement::Act,
    task::{OwnerDebt, Stage, Task},
    time::Moment,
};
use crate::policy::{
    digest::{Dated, Ended, Held, Hours, Line, Need, Note, Page, Status, Why},
    week::{Tally, Week},
};
use chrono::Datelike;
use serde::Serialize;

/// In characters: the words on a card, a title, and each piece of a one-line entry.
const MOST_WORDS: usize = 600;
const MOST_TITLE: usize = 80;
const MOST_PIECE: usize = 80;
/// How many tags are named of what found no room.
const MOST_TAGS: usize = 20;

/// How much a digest may show; the rest is only named.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) cards: usize,
    /// In each of the lists below the cards.
    pub(super) lines: usize,
}

#[derive(Serialize)]
pub(super) struct PageView {
    day: String,
    month: String,
    /// How many need the owner, wait for a first word, and are on track; and each one's share of the bar.
    needing: usize,
    waiting: usize,
    on_track: usize,
    open: usize,
    shares: [u32; 3],
    cards: Vec<Card>,
    more_cards: Option<More>,
    rest: Vec<Row>,
    more_rest: Option<More>,
    ended: Vec<EndedView>,
    more_ended: usize,
    notes: Vec<NoteView>,
    more_notes: usize,
    held: Vec<HeldView>,
    held_count: usize,
    hours: Vec<HoursRow>,
    more_hours: usize,
    hours_together: String,
    week: Option<WeekView>,
    sent: usize,
    refused: usize,
    dropped: usize,
    read_at: Option<when::When>,
    trouble: String,
    entries: String,
    head: String,
}

/// What found no room, in the order it would have stood.
#[derive(Serialize)]
struct More {
    count: usize,
    tags: String,
}

impl More {
    fn of<'t>(tasks: impl Iterator<Item = &'t Task>) -> Option<Self> {
        let tags: Vec<String> = tasks.map(|task| task.id.to_string()).collect();
        let named = tags.iter().take(MOST_TAGS).map(String::as_str).collect::<Vec<_>>().join(", ");
        let rest = if tags.len() > MOST_TAGS { " and others" } else { "" };
        (!tags.is_empty()).then(|| Self { count: tags.len(), tags: format!("{named}{rest}") })
    }
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
    echo: Vec<String>,
    taps: Vec<TapView>,
}

#[derive(Serialize)]
struct Row {
    task: TaskView,
    assistant: Name,
    status: &'static str,
    percent: Option<u8>,
    expected: String,
    echo: Vec<String>,
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
struct WeekView {
    /// `23 to 29 November`.
    days: String,
    opened: usize,
    handed_back: usize,
    closed: usize,
    cancelled: usize,
    acts: Vec<ActRow>,
    doubted: usize,
}

#[derive(Serialize)]
struct ActRow {
    act: &'static str,
    read: usize,
    wrong: usize,
    missed: usize,
}

#[derive(Serialize)]
struct HoursRow {
    name: Name,
    hours: String,
    /// In percent of the one with most hours.
    share: u32,
}

/// The page and all its taps, in their order.
pub(super) fn view(desk: &Desk<'_>, page: &Page<'_>, room: Room) -> (PageView, Vec<Tap>) {
    let (needing, waiting, on_track) = (page.needs.len(), page.waiting(), page.on_track());
    let same_year = page.date.year() == desk.house.owner.profile.calendar.today(desk.now).year();
    let (taps, cards): (Vec<_>, Vec<_>) =
        (1..).zip(page.needs.iter().take(room.cards)).map(|(number, need)| card(desk, need, number)).unzip();
    let view = PageView {
        day: when::short_day(page.date, same_year),
        month: page.date.format("%B").to_string(),
        needing,
        waiting,
        on_track,
        open: needing + page.rest.len(),
        shares: shares([needing, waiting, on_track]),
        cards,
        more_cards: More::of(page.needs.iter().skip(room.cards).map(|need| need.task)),
        rest: page.rest.iter().take(room.lines).map(|line| row(desk, line)).collect(),
        more_rest: More::of(page.rest.iter().skip(room.lines).map(|line| line.task)),
        ended: page.ended.iter().take(room.lines).map(|ended| over(desk, ended)).collect(),
        more_ended: page.ended.len().saturating_sub(room.lines),
        notes: page.notes.iter().take(room.lines).map(note).collect(),
        more_notes: page.notes.len().saturating_sub(room.lines),
        held: page.held.iter().take(room.lines).map(held).collect(),
        held_count: page.held.len(),
        hours: hours(&page.hours, room.lines),
        more_hours: page.hours.len().saturating_sub(room.lines),
        hours_together: when::hours(page.hours.iter().map(|hours| hours.minutes).sum()),
        week: page.week.as_ref().map(week),
        sent: page.post.sent,
        refused: page.post.refused,
        dropped: page.post.dropped,
        read_at: page.mailbox.read_at.map(|at| desk.when(at)),
        trouble: page.mailbox.trouble.as_deref().map(|trouble| cut(clean::line(trouble))).unwrap_or_default(),
        entries: when::thousands(page.ledger.entries),
        head: grouped(&page.ledger.hash),
    };
    (view, taps.into_iter().flatten().collect())
}

fn card(desk: &Desk<'_>, need: &Need<'_>, number: usize) -> (Vec<Tap>, Card) {
    let task = need.task;
    let assistant = name(need.assistant);
    let taps = desk.taps_to_owner(task, need.assistant, need.why);
    let files = (task.handed_back.iter().filter(|_| need.why == Why::Owes(OwnerDebt::Look)))
        .flat_map(|back| &back.files)
        .map(|file| FileView::of(&FileNote { name: file.name.as_str(), size: file.size, enclosed: false }));
    let card = Card {
        number,
        why: why_name(need.why),
        waited: ago(need.since, desk.now),
        quiet: ago(task.last_word_at.unwrap_or(task.stage_since), desk.now),
        task: entry(desk, task),
        assistant,
        fallback: (need.assistant.and_then(|person| person.profile.fallback.as_ref()))
            .map(|how| clean::line(how.as_str()))
            .unwrap_or_default(),
        words: cut(clean::prose(&said_on(task, need.why))),
        files: files.collect(),
        also: need.also.iter().map(|owes| debt_name(*owes)).collect(),
        echo: echoes(desk, &need.dates),
        taps: taps.iter().map(TapView::of).collect(),
    };
    (taps, card)
}

fn over(desk: &Desk<'_>, ended: &Ended<'_>) -> EndedView {
    EndedView {
        tag: ended.task.id.to_string(),
        title: entry(desk, ended.task).title,
        assistant: name(ended.assistant),
        cancelled: ended.task.stage == Stage::Cancelled,
    }
}

fn held(held: &Held) -> HeldView {
    HeldView {
        number: held.inbox.to_string(),
        from: short(&held.from),
        subject: short(&held.subject),
        why: short(&held.why),
    }
}

fn row(desk: &Desk<'_>, line: &Line<'_>) -> Row {
    let (status, expected) = match line.status {
        Status::ToConfirm => ("to_confirm", None),
        Status::AwaitsHello => ("awaits_hello", None),
        Status::Late(moment) => ("late", Some(moment)),
        Status::NotInOwnWords => ("not_in_own_words", None),
        Status::OnTrack => ("on_track", None),
    };
    let expected = expected.map(|moment| match moment {
        Moment::Day { date, .. } => when::short_day(date, true),
        Moment::Minute(wall) => desk.when(wall.at).day,
    });
    Row {
        task: entry(desk, line.task),
        assistant: name(line.assistant),
        status,
        percent: line.task.progress.as_ref().and_then(|progress| progress.percent),
        expected: expected.unwrap_or_default(),
        echo: echoes(desk, &line.dates),
    }
}

fn echoes(desk: &Desk<'_>, dates: &[Dated<'_>]) -> Vec<String> {
    dates.iter().map(|one| echo(one.date, one.writer, desk.reader, desk.now)).collect()
}

fn entry(desk: &Desk<'_>, task: &Task) -> TaskView {
    let mut view = desk.task(task);
    view.title = clean::at_most(view.title, MOST_TITLE, "");
    view
}

fn note(note: &Note<'_>) -> NoteView {
    NoteView {
        name: name(note.person).first,
        tag: note.task.map(|task| task.to_string()).unwrap_or_default(),
        act: note.said.act().name(),
        words: clean::at_most(clean::line(note.words), 2 * MOST_PIECE, ""),
    }
}

fn hours(hours: &[Hours<'_>], lines: usize) -> Vec<HoursRow> {
    let most = hours.iter().map(|hours| hours.minutes).max().unwrap_or_default();
    (hours.iter().take(lines))
        .map(|hours| HoursRow {
            name: name(hours.assistant),
            hours: when::hours(hours.minutes),
            share: share(hours.minutes, most),
        })
        .collect()
}

fn week(week: &Week) -> WeekView {
    let row = |(act, tally): &(Act, Tally)| ActRow {
        act: act.name(),
        read: tally.read,
        wrong: tally.wrong,
        missed: tally.missed,
    };
    let (first, last) = (week.monday, week.sunday);
    let from = if first.month() == last.month() { first.format("%-d") } else { first.format("%-d %B") };
    WeekView {
        days: format!("{from} to {}", last.format("%-d %B")),
        opened: week.opened,
        handed_back: week.handed_back,
        closed: week.closed,
        cancelled: week.cancelled,
        acts: week.acts.iter().map(row).collect(),
        doubted: week.doubted,
    }
}

fn name(person: Option<&Person>) -> Name {
    person.map_or_else(Name::default, Name::of)
}

fn cut(words: String) -> String {
    clean::at_most(words, MOST_WORDS, " (cut here; the whole mail is kept)")
}

fn short(words: &str) -> String {
    clean::at_most(clean::line(words), MOST_PIECE, "")
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
