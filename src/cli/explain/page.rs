//! A reading for a person.

use super::{line::slots, read_mail, zone_of_offset};
use crate::{
    domain::{
        statement::{Said, Statement, Whole},
        understanding::{Situation, Understanding},
    },
    mailbox::mime,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Explains mails kept in files, for a person to read.
///
/// # Errors
/// Where a file cannot be read or `output` not be written.
pub fn explain_files(files: &[PathBuf], mut output: impl Write, now: DateTime<Utc>) -> io::Result<()> {
    for file in files {
        let raw = fs::read(file)
            .map_err(|error| io::Error::new(error.kind(), format!("could not read {}: {error}", file.display())))?;
        explain_mail(file, &raw, &mut output, now)?;
    }
    output.flush()
}

fn explain_mail(file: &Path, raw: &[u8], output: &mut impl Write, now: DateTime<Utc>) -> io::Result<()> {
    let mail = mime::decode(raw);
    let zone = mail.date.map_or(Tz::UTC, |date| zone_of_offset(*date.offset()));
    let written = mail.date.map_or_else(|| now.naive_utc(), |date| date.with_timezone(&zone).naive_local());
    let situation = Situation::new(written, zone);
    let read = read_mail(&mail, None, &situation);
    let from = mail.sender().map_or("nobody in particular", |address| address.as_str());
    writeln!(output, "{}: \"{}\" from {from}, read as {}", file.display(), mail.subject, read.author.name())?;
    writeln!(output, "\nTheir own words:")?;
    for line in read.own_words.text.lines() {
        writeln!(output, "  | {line}")?;
    }
    if read.own_words.text.trim().is_empty() {
        writeln!(output, "  (none)")?;
    }
    if let Some(doubt) = read.own_words.doubt {
        writeln!(output, "  In doubt: {doubt}")?;
    }
    for to in &read.bounce {
        let address = to.address.as_ref().map_or("an address it does not name", |address| address.as_str());
        writeln!(output, "\nNot delivered to {address}: {} {}", to.action.name(), to.status)?;
    }
    explain_understanding(&read.understanding, output)
}

fn explain_understanding(found: &Understanding, output: &mut impl Write) -> io::Result<()> {
    for statement in &found.statements {
        let sure = if statement.applied { "applied" } else { "believed, but asked about first" };
        writeln!(output, "\n{} ({:.2}, {sure})", statement.act(), statement.confidence.as_fraction())?;
        explain_statement(statement, output)?;
        writeln!(output, "  follows: {}", what_follows(&statement.said))?;
    }
    for statement in &found.maybe {
        writeln!(output, "\nperhaps {} ({:.2})", statement.act(), statement.confidence.as_fraction())?;
        explain_statement(statement, output)?;
    }
    for words in &found.unread {
        writeln!(output, "\nnot understood: \"{}\"", words.replace('\n', " "))?;
    }
    let end =
        if found.review { "The owner would be asked to look." } else { "It would be handled without the owner." };
    writeln!(output, "\n{end}\n")
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
        explain_mail(Path::new("a.eml"), raw, &mut output, "2026-03-10T01:00:00Z".parse().unwrap()).unwrap();
        let shown = String::from_utf8(output).unwrap();
        assert!(shown.contains("read as human"), "{shown}");
        assert!(shown.contains("done (0."), "{shown}");
        assert!(shown.contains("because: done."), "{shown}");
        assert!(shown.contains("follows: the owner is asked to accept or return it"), "{shown}");
    }
}
