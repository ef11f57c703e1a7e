//! What is told at the end: the week mail by mail, where the tasks stand, one reply explained, and where to look.

use super::{scenes::ends, sent, week::LETTERS};
use crate::{
    cli::{
        args::Global,
        desk::Desk,
        exit::Trouble,
        mail::Line,
        table::{table, wall},
        task_view,
    },
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
use std::{
    collections::BTreeMap,
    fmt::Write,
    path::{Path, PathBuf},
};

const LONDON: Tz = Tz::Europe__London;

/// The mail that is explained: the work that Tunde hands back.
const EXPLAINED: &str = "13-tunde-done@mail.example";

/// Characters of a mail that the list shows.
const GIST: usize = 44;

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
        format!("THE TASKS, as they stand on {}\n\n{}", wall(ends(), LONDON), task_view::listed_tasks(&desk, true, None, false)?),
        explained(&desk, &rows)?,
        outcomes(&rows),
        letters(dir)?,
        commands(dir),
    ]
    .join("\n"))
}

fn diary(desk: &Desk, rows: &[InboxRow]) -> Result<String, Trouble> {
    let mut lines = Vec::new();
    for row in rows {
        let line = Line::of(desk, row.clone())?;
        let sender = line.mail.sender().map(|address| desk.ledger.view().person_by_address(address)).transpose()?;
        let known = sender.flatten().map(|person| person.first_name().to_owned());
        let (outcome, why) = line.outcome();
        let plain = matches!(ending(row), Some(Outcome::Filed | Outcome::Answered | Outcome::AskedBack));
        let ended = if plain { outcome } else { format!("{outcome}: {why}") };
        let from = known.unwrap_or_else(|| line.from());
        lines.push([wall_of(row), from, format!("“{}”", gist(&own_words(desk, row)?)), ended]);
    }
    Ok(format!("THE WEEK, mail by mail\n\n{}", table(["When", "From", "Wrote", "Ended as"], lines)))
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
    let mut text = format!("ONE REPLY, explained: mail {} from {}, {}\n\n", row.id, line.from(), wall_of(row));
    let mut say = |line: &str| writeln!(text, "{}", line.trim_end()).expect("a String takes everything");
    say("  What Tunde typed, without signature and quoted letter:");
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
        match &event.fact {
            Fact::StatementRead { .. } | Fact::MailConcluded { .. } | Fact::WordReceived { .. } => {}
            fact => say(&format!("    {}", task_view::story(fact))),
        }
    }
    if let Some(at) = letter_about(desk, row.id)? {
        say(&format!("    a letter to Nora with the file, at {at}"));
    }
    Ok(text)
}

fn act(said: &Said) -> String {
    match said {
        Said::Done { whole: Whole::Yes } => "done, all of it".into(),
        Said::Hours { minutes: Some(minutes) } => format!("hours, {minutes} minutes"),
        said => said.act().to_string(),
    }
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
    let first = |kind: NoticeKind| named(&pages, kind).next();
    let last = |kind: NoticeKind| named(&pages, kind).last();
    let shown = [
        ("a task, to Liza", first(NoticeKind::Task)),
        ("a question, to Nora", first(NoticeKind::Question)),
        ("work handed back", first(NoticeKind::HandedBack)),
        ("Nora's page on Friday", last(NoticeKind::Digest)),
    ];
    let mut text = format!("{} LETTERS were written, each as .eml, .txt and .html. Open these in a browser:\n\n", pages.len());
    for (what, page) in shown {
        let Some(page) = page else { continue };
        writeln!(text, "  {what:<22} {}", page.display()).expect("a String takes everything");
    }
    Ok(text)
}

fn named(pages: &[PathBuf], kind: NoticeKind) -> impl Iterator<Item = &PathBuf> {
    let mark = format!("-{}-", kind.name());
    pages.iter().filter(move |page| page.to_string_lossy().contains(&mark))
}

/// Commands to copy, for the program as it was called.
fn commands(dir: &Path) -> String {
    let program = std::env::args().next().unwrap_or_else(|| "handback".to_owned());
    let mut text = String::from("LOOK FURTHER\n\n");
    for rest in ["task show HB-4", "mail list", "mail show 17", "digest --print", "ledger verify"] {
        writeln!(text, "  {program} --dir {} {rest}", dir.display()).expect("a String takes everything");
    }
    text
}
