//! A reading for a person.

use super::{
    super::{desk::Desk, task_view::story},
    line::slots,
    read_mail, zone_of_offset,
};
use crate::{
    daemon::{Rehearsal, rehearse},
    domain::{
        event::Fact,
        id::{PersonId, TaskId},
        mail::Mail,
        person::{Level, Role},
        statement::{Said, Statement, Whole},
        understanding::{OwnWords, Situation, Understanding},
    },
    mailbox::mime,
    policy::trust::Proof,
    understanding::{statements::reasons::reasons, thread},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Explains mails kept in files, for a person to read. With the ledger of an `office`, also who is proven to have written
/// them, which task they are about and what would come of them.
///
/// # Errors
/// Where a file cannot be read or `output` not be written.
pub(super) fn explain_files(
    files: &[PathBuf],
    office: Option<&Desk>,
    mut output: impl Write,
    now: DateTime<Utc>,
) -> io::Result<()> {
    for file in files {
        let raw = fs::read(file)
            .map_err(|error| io::Error::new(error.kind(), format!("could not read {}: {error}", file.display())))?;
        explain_mail(file, &raw, office, &mut output, now)?;
    }
    output.flush()
}

fn explain_mail(
    file: &Path,
    raw: &[u8],
    office: Option<&Desk>,
    output: &mut impl Write,
    now: DateTime<Utc>,
) -> io::Result<()> {
    let rehearsal = office.map(|desk| rehearsed(desk, raw)).transpose()?;
    let mail = mime::decode(raw);
    let zone = mail.date.map_or(Tz::UTC, |date| zone_of_offset(*date.offset()));
    let written = mail.date.map_or_else(|| now.naive_utc(), |date| date.with_timezone(&zone).naive_local());
    let known = rehearsal.as_ref().and_then(|rehearsal| rehearsal.situation.clone());
    let situation = known.unwrap_or_else(|| Situation::new(written, zone));
    let by_headers = read_mail(&mail, None, &situation);
    let from = mail.sender().map_or("nobody in particular", |address| address.as_str());
    writeln!(output, "{}: \"{}\" from {from}, read as {}\n", file.display(), mail.subject, by_headers.author.name())?;
    match &rehearsal {
        Some(rehearsal) => explain_sender(rehearsal, output)?,
        None => explain_traces(&mail, output)?,
    }
    // Without a ledger nobody knows which letter it answers, so its words are those that stand in it.
    let reading =
        rehearsal.as_ref().filter(|rehearsal| is_read(rehearsal)).map(|rehearsal| &rehearsal.opened.reading);
    let own_words = reading.map_or(&by_headers.own_words, |reading| &reading.own_words);
    writeln!(output, "\nTheir own words:")?;
    for line in own_words.text.lines() {
        writeln!(output, "  | {line}")?;
    }
    if own_words.text.trim().is_empty() {
        writeln!(output, "  (none)")?;
    }
    if let Some(doubt) = own_words.doubt {
        writeln!(output, "  In doubt: {doubt}")?;
    }
    for to in &by_headers.bounce {
        let address = to.address.as_ref().map_or("an address it does not name", |address| address.as_str());
        writeln!(output, "\nNot delivered to {address}: {} {}", to.action.name(), to.status)?;
    }
    let of_owner = rehearsal.as_ref().is_some_and(is_owners);
    if !of_owner {
        let understanding = reading.map_or(&by_headers.understanding, |reading| &reading.understanding);
        explain_understanding(understanding, own_words, &situation, output)?;
    }
    match &rehearsal {
        Some(rehearsal) => explain_end(rehearsal, output),
        None => writeln!(output),
    }
}

fn rehearsed(desk: &Desk, raw: &[u8]) -> io::Result<Rehearsal> {
    let key = desk.key().map_err(|trouble| io::Error::other(trouble.words))?;
    rehearse(desk.ledger.view(), raw, &desk.rules, &key, desk.now).map_err(io::Error::other)
}

fn is_owners(rehearsal: &Rehearsal) -> bool {
    rehearsal.opened.received.sender.as_ref().is_some_and(|sender| sender.role == Role::Owner)
}

/// Whether the words were read at all, and not only looked at from outside.
fn is_read(rehearsal: &Rehearsal) -> bool {
    !rehearsal.opened.reading.own_words.text.is_empty()
}

/// Who wrote it, as far as that is known.
fn explain_sender(rehearsal: &Rehearsal, output: &mut impl Write) -> io::Result<()> {
    let received = &rehearsal.opened.received;
    let proof = match rehearsal.opened.proof {
        Proof::Strong => "strong: the mail server vouches for the address",
        Proof::Weak => "weak: only the sending server is known to the address's domain",
        Proof::None => "none: no server that counts says who sent it",
        Proof::Failed => "failed: the mail server says that the address did not send it",
    };
    writeln!(output, "Proof:  {proof}")?;
    let sender = received.sender.as_ref().map_or("not on file", |sender| sender.name());
    let may = match received.level {
        Level::Stranger => "level 0, may do nothing",
        Level::Claimed => "level 1, may do nothing without a token or proof",
        Level::Token => "level 2, may confirm, ask and report, and is not believed that work is done",
        Level::Proven => "level 3, may do all that an assistant may",
        Level::Owner => "level 4, may decide",
    };
    writeln!(output, "Sender: {sender}, {may}")?;
    let traces = &received.traces;
    let named: Vec<String> = [
        ("token", &traces.by_token),
        ("thread", &traces.by_thread),
        ("subject", &traces.in_subject),
        ("words", &traces.in_words),
    ]
    .into_iter()
    .filter(|(_, tasks)| !tasks.is_empty())
    .map(|(by, tasks)| format!("{by} {}", tasks.iter().map(TaskId::to_string).collect::<Vec<_>>().join(" and ")))
    .collect();
    let named = if named.is_empty() { "nothing".to_owned() } else { named.join(", ") };
    let meant: Vec<String> = rehearsal.filing.tasks.iter().map(TaskId::to_string).collect();
    let meant = if meant.is_empty() { "none".to_owned() } else { meant.join(" and ") };
    writeln!(output, "Task:   {meant} (named by: {named})")
}

/// What the mail says of itself, where no ledger is at hand to check it.
fn explain_traces(mail: &Mail, output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "Proof:  not judged, for which servers count is in the config (give --config or --dir)")?;
    let mut tasks = thread::subject_tasks(&mail.subject);
    tasks.extend(thread::named_tasks(mail.text.as_deref().unwrap_or_default()));
    tasks.dedup();
    let tasks: Vec<String> = tasks.iter().map(TaskId::to_string).collect();
    let tasks = if tasks.is_empty() { "none".to_owned() } else { tasks.join(" and ") };
    let token = if thread::tokens(mail).next().is_none() { "no token" } else { "a token, not checked" };
    writeln!(output, "Task:   tagged {tasks}; {token}")
}

/// What would be written down, and how the mail would end.
fn explain_end(rehearsal: &Rehearsal, output: &mut impl Write) -> io::Result<()> {
    let filing = &rehearsal.filing;
    writeln!(output, "It would end as {}: {}.", filing.outcome, filing.why)?;
    let told = filing.events.iter().filter(|event| !matches!(event.fact, Fact::StatementRead { .. }));
    for event in told {
        let task = event.fact.task().map(|task| format!("{task} ")).unwrap_or_default();
        writeln!(output, "  {task}{}", story(&event.fact))?;
    }
    for notice in &filing.notices {
        let to = if notice.key.person == PersonId::OWNER { "the owner" } else { "the assistant" };
        writeln!(output, "  a letter to {to}: {}", notice.key.kind.name().replace('_', " "))?;
    }
    writeln!(output)
}

fn explain_understanding(
    found: &Understanding,
    own_words: &OwnWords,
    situation: &Situation,
    output: &mut impl Write,
) -> io::Result<()> {
    for statement in &found.statements {
        let sure = if statement.applied { "applied" } else { "believed, but asked about first" };
        writeln!(output, "\n{} ({:.2}, {sure})", statement.act(), statement.confidence.as_fraction())?;
        explain_statement(statement, output)?;
        explain_weights(statement, own_words, situation, output)?;
        writeln!(output, "  follows: {}", what_follows(&statement.said))?;
    }
    for statement in &found.maybe {
        writeln!(output, "\nperhaps {} ({:.2})", statement.act(), statement.confidence.as_fraction())?;
        explain_statement(statement, output)?;
        explain_weights(statement, own_words, situation, output)?;
    }
    for words in &found.unread {
        writeln!(output, "\nnot understood: \"{}\"", words.replace('\n', " "))?;
    }
    let end =
        if found.review { "The owner would be asked to look." } else { "It would be handled without the owner." };
    writeln!(output, "\n{end}")
}

/// So many reasons for and against are shown.
const STRONGEST: usize = 5;

/// What pulled how much, in log-odds.
fn explain_weights(
    statement: &Statement,
    own_words: &OwnWords,
    situation: &Situation,
    output: &mut impl Write,
) -> io::Result<()> {
    let Some(reasons) = reasons(own_words, situation, statement) else {
        return writeln!(output, "  weights: none, these words are read as they are known");
    };
    for (name, says) in &reasons.rows {
        match says {
            Some((act, strength)) => {
                writeln!(output, "  row:     {name} speaks for {act} at {:.2}", f64::from(*strength) / 1000.0)?;
            }
            None => writeln!(output, "  row:     {name}")?,
        }
    }
    for (side, title) in [(1.0, "for:"), (-1.0, "against:")] {
        let mut title = title;
        for reason in reasons.all.iter().filter(|reason| reason.weight * side > 0.0).take(STRONGEST) {
            writeln!(output, "  {title:<9}{:+.2} {}", reason.weight, reason.name)?;
            title = "";
        }
    }
    let (sum, calibrated) = (reasons.sum, f64::from(reasons.calibrated) / 1000.0);
    let held = if statement.confidence.as_permille() < reasons.calibrated {
        ", held down by a condition, a doubt, a quotation, strange words or what was learned of the writer"
    } else {
        ""
    };
    writeln!(output, "  sum:     {sum:+.2} with all the rest, which stands for {calibrated:.2}{held}")
}

fn explain_statement(statement: &Statement, output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "  words:   \"{}\"", statement.words.replace('\n', " "))?;
    for (slot, value) in slots(&statement.said) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        writeln!(output, "  {:<9}{value}", format!("{slot}:"))?;
    }
    if let Some(task) = statement.task {
        writeln!(output, "  task:    {task}")?;
    }
    writeln!(output, "  because: {}", statement.because.join(", "))
}

fn what_follows(said: &Said) -> &'static str {
    match said {
        Said::Confirm { .. } => "reminders to confirm stop",
        Said::Decline => "the owner is told",
        Said::Question => "the owner is told, and it is the owner's turn",
        Said::Progress { .. } => "the status clock starts anew; an estimate after the due date is told to the owner",
        Said::Done { whole: Whole::Yes } => "the owner is asked to accept or return it",
        Said::Done { whole: Whole::No | Whole::Unsure } => "kept as progress, with its files",
        Said::Blocked => "the owner is told",
        Said::Extension { .. } => "the owner is asked about the new date",
        Said::Hours { .. } => "the time is booked, checked against the limit and repeated in the next letter",
        Said::Expense { .. } => "the owner is asked",
        Said::Suggestion => "kept until the owner decides",
        Said::Absence { .. } => "reminders wait, and dates at risk are listed",
        Said::Capacity { .. } => "shown when work is assigned",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_explained_in_words() {
        let raw = b"From: Ana <ana@example.org>\r\nSubject: Re: [HB-1] List\r\nDate: Tue, 10 Mar 2026 09:00:00 +0800\r\n\r\n\
            All done, everything is in the shared folder.\r\n";
        let mut output = Vec::new();
        explain_mail(Path::new("a.eml"), raw, None, &mut output, "2026-03-10T01:00:00Z".parse().unwrap()).unwrap();
        let shown = String::from_utf8(output).unwrap();
        assert!(shown.contains("read as human"), "{shown}");
        assert!(shown.contains("done (0."), "{shown}");
        assert!(shown.contains("because: done."), "{shown}");
        assert!(shown.contains("Task:   tagged HB-1; no token"), "{shown}");
        assert!(shown.contains("row:     done."), "{shown}");
        let weights = |side: &str| shown.lines().any(|line| line.trim_start().starts_with(side));
        assert!(weights("for:     +") && weights("sum:     +"), "{shown}");
        assert!(shown.contains("follows: the owner is asked to accept or return it"), "{shown}");
    }
}
