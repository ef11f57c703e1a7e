//! What is told at the end: the week mail by mail, where the tasks stand, one reply explained, and where to look.

use super::{scenes::ends, sent, week::LETTERS};
use crate::{
    cli::{args::Global, desk::Desk, exit::Trouble, mail::Line, table::wall, task_view},
    config::Environment,
    daemon::open_mail,
    domain::{
        event::{Fact, Outcome},
        id::{InboxId, MessageId, PersonId},
        notice::{NoticeKey, NoticeKind, Slot},
        statement::{Said, Whole},
    },
    ledger::{Events, InboxRow, MailFilter, MailState, NoticeState, Opening},
    mailbox::mime,
};
use chrono_tz::Tz;
use std::{collections::BTreeMap, fmt::Write, path::Path};

const LONDON: Tz = Tz::Europe__London;

/// The mail that is explained: the work that Tunde hands back.
const EXPLAINED: &str = "13-tunde-done@mail.example";

/// Characters of a mail that the list shows.
const GIST: usize = 66;

/// Tells the week whose ledger is in `dir`.
pub(super) fn of(dir: &Path) -> Result<String, Trouble> {
    let global = Global { dir: Some(dir.to_owned()), ..Global::default() };
    let desk = Desk::open(&global, &Environment::new(dir, []), Opening::ReadOnly)?;
    let mut rows = desk.ledger.view().mails(&MailFilter::default())?;
    rows.reverse();
    Ok([
        "A week at Whitfield Ceramics, a pottery in London that gives work to Liza in Manila and Tunde in Lagos.\n\
         All of it is made up, and no mail left this machine. The times are London's.\n"
            .to_owned(),
        diary(&desk, &rows)?,
        format!(
            "THE TASKS, as they stand on {}\n\n{}",
            wall(ends(), LONDON),
            task_view::listed_tasks(&desk, true, None, false)?
        ),
        explained(&desk, &rows)?,
        outcomes(&rows),
        letters(dir)?,
        commands(dir),
    ]
    .join("\n"))
}

/// A line for each mail, and one more where it did not reach its task.
fn diary(desk: &Desk, rows: &[InboxRow]) -> Result<String, Trouble> {
    let mut text = String::from("THE WEEK, mail by mail\n\n");
    for row in rows {
        let line = Line::of(desk, row.clone())?;
        let (outcome, why) = line.outcome();
        let plain = matches!(ending(row), Some(Outcome::Filed | Outcome::Answered | Outcome::AskedBack));
        let sender = sender(desk, &line)?;
        let sender = if ending(row) == Some(Outcome::Held) { format!("{sender}?") } else { sender };
        let gist = gist(&own_words(desk, row)?);
        writeln!(text, "  {}  {sender:<9} {outcome:<10}  {gist}", wall_of(row)).expect("a String takes everything");
        if !plain {
            writeln!(text, "  {:22}because: {why}", "").expect("a String takes everything");
        }
    }
    Ok(text)
}

/// The first name of whoever the mail says it is from.
fn sender(desk: &Desk, line: &Line) -> Result<String, Trouble> {
    let Some(address) = line.mail.sender() else { return Ok("nobody".into()) };
    let known = desk.ledger.view().person_by_address(address)?;
    Ok(known.map_or_else(|| "stranger".into(), |person| person.first_name().to_owned()))
}

fn wall_of(row: &InboxRow) -> String {
    row.taken_at.with_timezone(&LONDON).format("%a %H:%M").to_string()
}

fn ending(row: &InboxRow) -> Option<Outcome> {
    match &row.state {
        MailState::Done(end) => Some(end.outcome),
        MailState::Taken | MailState::InWork => None,
    }
}

/// What the sender newly typed; the whole text where nobody reads it.
fn own_words(desk: &Desk, row: &InboxRow) -> Result<String, Trouble> {
    let view = desk.ledger.view();
    let mail = view.raw_mail(row.id)?.map(|raw| mime::decode(&raw)).unwrap_or_default();
    let text = mail.text.clone().unwrap_or_default();
    let opened = open_mail(view, row, mail, &desk.rules, &desk.key()?, desk.now)?;
    let own = opened.reading.own_words.text;
    Ok(if own.is_empty() { text } else { own })
}

/// The beginning of some words, on one line.
fn gist(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= GIST {
        return line;
    }
    let cut: String = line.chars().take(GIST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{} …", whole.trim_end_matches([',', '.', ':']))
}

fn explained(desk: &Desk, rows: &[InboxRow]) -> Result<String, Trouble> {
    let wanted = MessageId(EXPLAINED.into());
    let Some(row) = rows.iter().find(|row| row.message_id.as_ref() == Some(&wanted)) else {
        return Ok(String::new());
    };
    let line = Line::of(desk, row.clone())?;
    let mut text = format!("ONE REPLY, explained: mail {} of {}\n\n", row.id, wall_of(row));
    let mut say = |line: &str| writeln!(text, "{}", line.trim_end()).expect("a String takes everything");
    say(&format!("  What {} typed; the rest of the mail is our own letter, quoted:", sender(desk, &line)?));
    for words in own_words(desk, row)?.lines() {
        say(&format!("    | {words}"));
    }
    say("  What handback read in it:");
    let events = desk.ledger.view().events(Events::OfMail(row.id))?;
    for event in &events {
        if let Fact::StatementRead { said, words, confidence, applied, .. } = &event.fact {
            let believed = if *applied { "" } else { ", not believed" };
            say(&format!("    {:<18} {:.2}{believed}  “{}”", act(said), confidence.as_fraction(), words));
        }
    }
    say("  What followed:");
    for event in &events {
        let is_reading =
            matches!(event.fact, Fact::StatementRead { .. } | Fact::MailConcluded { .. } | Fact::WordReceived { .. });
        if !is_reading {
            say(&format!("    {}", task_view::story(&event.fact)));
        }
    }
    if let Some(at) = letter_about(desk, row.id)? {
        say(&format!("    a letter to Nora with the file, at {at}"));
    }
    Ok(text)
}

fn act(said: &Said) -> String {
    if let Said::Hours { minutes: Some(minutes) } = said {
        return format!("hours, {minutes} minutes");
    }
    let whole = matches!(said, Said::Done { whole: Whole::Yes });
    format!("{}{}", said.act(), if whole { ", all of it" } else { "" })
}

/// When the letter left that hands this mail's work on to the owner.
fn letter_about(desk: &Desk, mail: InboxId) -> Result<Option<String>, Trouble> {
    let view = desk.ledger.view();
    for task in view.tasks_of_mail(mail)? {
        let key = NoticeKey {
            task: Some(task),
            kind: NoticeKind::HandedBack,
            person: PersonId::OWNER,
            slot: Slot::Mail(mail),
        };
        if let Some(NoticeState::Used { at, .. }) = view.notice_by_key(&key)?.map(|row| row.state) {
            return Ok(Some(at.with_timezone(&LONDON).format("%H:%M").to_string()));
        }
    }
    Ok(None)
}

fn outcomes(rows: &[InboxRow]) -> String {
    let mut counts = BTreeMap::<Outcome, usize>::new();
    for outcome in rows.iter().filter_map(ending) {
        *counts.entry(outcome).or_default() += 1;
    }
    let mut text = format!("HOW ALL {} MAILS ENDED\n\n", rows.len());
    for (outcome, count) in counts {
        writeln!(text, "  {count:>2} {:<11} {}", outcome.to_string(), meaning(outcome))
            .expect("a String takes everything");
    }
    text
}

fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Filed => "read, and on the record of its task",
        Outcome::Answered => "a decision of Nora's, carried out",
        Outcome::AskedBack => "not clear enough, so one question went back",
        Outcome::Held => "kept for Nora to look at; nothing was done",
        Outcome::Duplicate => "came twice, counted once",
        Outcome::Automatic => "written by a machine; noted, never answered",
        Outcome::Ours => "one of our own letters",
    }
}

fn letters(dir: &Path) -> Result<String, Trouble> {
    let pages = sent::all(&dir.join(LETTERS), "html")?;
    let shown = [
        ("a task for Liza", "-task-liza.santos@"),
        ("her question, to Nora", "-question-"),
        ("a reminder to Tunde", "-remind_to_confirm-"),
        ("work handed back", "-handed_back-"),
        ("Nora's page on Friday", "-digest-"),
    ];
    let mut text =
        format!("{} LETTERS were written, each as .eml, .txt and .html. Open these in a browser:\n\n", pages.len());
    for (what, mark) in shown {
        let Some(page) = pages.iter().rfind(|page| page.to_string_lossy().contains(mark)) else { continue };
        writeln!(text, "  {what:<22} {}", page.display()).expect("a String takes everything");
    }
    Ok(text)
}

/// Commands to copy, for the program as it was called.
fn commands(dir: &Path) -> String {
    let program = std::env::args().next().unwrap_or_else(|| "handback".to_owned());
    let begin = format!("{program} --dir {}", dir.display());
    format!(
        "LOOK FURTHER\n
  {begin} task show HB-4       a task's whole story
  {begin} mail show 17         the forged mail, and why it is held
  {begin} digest --print       Nora's page as it would be now
  {begin} ledger verify        whether the record is as it was written
  {begin} task answer HB-2 'The new password is in the safe.'\n"
    )
}
