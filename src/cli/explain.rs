//! `handback explain`: how a mail would be read, touching nothing.

use super::{
    args::ExplainArgs,
    exit::{Exit, Trouble},
};
use crate::{
    clock::Clock,
    domain::{
        id::TaskId,
        mail::Mail,
        statement::{Act, Money, Room, Said, Statement, Whole},
        time::Moment,
        understanding::{Author, OwnWords, Situation, TimeFound, TimeValue, Understanding},
    },
    mailbox::mime,
    understanding::{
        machine::{self, BounceRecipient},
        own_words, read_reply,
    },
};
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::{
    fs,
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
};

/// Does what `handback explain` says.
pub fn run(args: &ExplainArgs) -> Result<Exit, Trouble> {
    let now = Clock::System.now();
    let stdout = io::stdout().lock();
    let ended = if args.jsonl {
        explain_jsonl(io::stdin().lock(), stdout, now)
    } else {
        explain_files(&args.files, stdout, now)
    };
    match ended {
        // A reader that went away, such as `head`, is no trouble.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Trouble::from_error(Exit::Failed, &error)),
        Ok(()) | Err(_) => Ok(Exit::Fine),
    }
}

/// One line of input; exactly one of `text`, `html` and `eml` is needed.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    id: Value,
    text: Option<String>,
    html: Option<String>,
    /// A whole mail in base64.
    eml: Option<String>,
    /// When it was written, RFC 3339.
    sent: Option<String>,
    /// IANA zone of the writer.
    tz: Option<String>,
    /// The writer's wall clock; goes before `sent`.
    #[serde(rename = "ref")]
    wall_clock: Option<String>,
    /// The letter it answers, as text.
    sent_by_us: Option<String>,
    /// `text` holds the writer's own words alone.
    #[serde(default)]
    words_only: bool,
}

/// How one mail is read.
struct Read {
    author: Author,
    own_words: OwnWords,
    understanding: Understanding,
    bounce: Vec<BounceRecipient>,
}

/// Reads JSON Lines from `input` and writes one line of JSON for each to `output`, in order. A line that cannot be read is
/// answered with its id and the reason. `now` counts as the time of mails that name none.
///
/// # Errors
/// Only where `input` cannot be read or `output` not be written.
pub fn explain_jsonl(input: impl BufRead, mut output: impl Write, now: DateTime<Utc>) -> io::Result<()> {
    for line in input.split(b'\n') {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        serde_json::to_writer(&mut output, &explain_line(&line, now))?;
        output.write_all(b"\n")?;
    }
    output.flush()
}

fn explain_line(line: &[u8], now: DateTime<Utc>) -> Value {
    let value: Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(error) => return json!({"id": null, "error": format!("the line is not JSON: {error}")}),
    };
    let id = value.get("id").cloned().unwrap_or(Value::Null);
    let read = serde_json::from_value::<Asked>(value)
        .map_err(|error| format!("the line has an unexpected form: {error}"))
        .and_then(|asked| read(&asked, now).map(|read| (asked.id, read)));
    match read {
        Ok((id, read)) => shown(id, &read),
        Err(error) => json!({"id": id, "error": error}),
    }
}

fn read(asked: &Asked, now: DateTime<Utc>) -> Result<Read, String> {
    let ours = asked.sent_by_us.as_deref();
    match (&asked.eml, &asked.html, &asked.text) {
        (Some(eml), ..) => {
            let packed: String = eml.split_whitespace().collect();
            let raw = BASE64_STANDARD.decode(packed).map_err(|error| format!("`eml` is not base64: {error}"))?;
            let mail = mime::decode(&raw);
            let situation = situation(asked, mail.date, now)?;
            Ok(read_mail(&mail, ours, &situation))
        }
        (None, Some(html), _) => Ok(read_words(own_words::from_html(html, ours), &situation(asked, None, now)?)),
        (None, None, Some(text)) => {
            let own_words = if asked.words_only {
                OwnWords { text: text.clone(), ..OwnWords::default() }
            } else {
                own_words::from_text(text, ours)
            };
            Ok(read_words(own_words, &situation(asked, None, now)?))
        }
        (None, None, None) => Err("the line needs one of `text`, `html` and `eml`".to_owned()),
    }
}

fn read_mail(mail: &Mail, ours: Option<&str>, situation: &Situation) -> Read {
    let verdict = machine::author(mail);
    let own_words = match verdict.reaction {
        Some(sign) => OwnWords { text: sign, ..OwnWords::default() },
        None => own_words::own_words(mail, ours),
    };
    match verdict.author {
        Author::Human => read_words(own_words, situation),
        author @ (Author::Bounce | Author::AutoReply | Author::List | Author::Robot) => Read {
            author,
            own_words,
            understanding: Understanding::default(),
            bounce: verdict.bounce.map(|bounce| bounce.recipients).unwrap_or_default(),
        },
    }
}

fn read_words(own_words: OwnWords, situation: &Situation) -> Read {
    let understanding = read_reply(&own_words, situation);
    Read { author: Author::Human, own_words, understanding, bounce: Vec::new() }
}

fn situation(asked: &Asked, date: Option<DateTime<FixedOffset>>, now: DateTime<Utc>) -> Result<Situation, String> {
    let sent = match &asked.sent {
        Some(sent) => Some(DateTime::parse_from_rfc3339(sent).map_err(|error| format!("`sent` is no RFC 3339 time: {error}"))?),
        None => date,
    };
    let zone = match &asked.tz {
        Some(tz) => tz.parse::<Tz>().map_err(|_| format!("`tz`: no time zone is called `{tz}` (try `Asia/Manila`)"))?,
        None => sent.map_or(Tz::UTC, |sent| zone_of_offset(*sent.offset())),
    };
    let written = match (&asked.wall_clock, sent) {
        (Some(wall), _) => wall_clock(wall).ok_or_else(|| format!("`ref`: `{wall}` is no wall time (try 2026-03-13T12:00)"))?,
        (None, Some(sent)) => sent.with_timezone(&zone).naive_local(),
        (None, None) => now.with_timezone(&zone).naive_local(),
    };
    Ok(Situation { written, zone, asked: None, lines: Vec::new(), due: None })
}

/// Reads `2026-03-13T12:00`, with or without seconds, `T` or an offset that counts for nothing.
fn wall_clock(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    let plain = text.replace(' ', "T");
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&plain, form).ok())
        .or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|time| time.naive_local()))
        .or_else(|| Some(plain.parse::<chrono::NaiveDate>().ok()?.and_time(chrono::NaiveTime::MIN)))
}

/// A zone with the fixed offset of a Date header: whole hours have names (`Etc/GMT-8` is UTC+8), others are read as UTC.
fn zone_of_offset(offset: FixedOffset) -> Tz {
    let hours = offset.fix().local_minus_utc() / 3600;
    let name = if hours >= 0 { format!("Etc/GMT-{hours}") } else { format!("Etc/GMT+{}", -hours) };
    if offset.local_minus_utc() % 3600 == 0 { name.parse().unwrap_or(Tz::UTC) } else { Tz::UTC }
}

fn shown(id: Value, read: &Read) -> Value {
    let Read { author, own_words, understanding, bounce } = read;
    let acts: Vec<Value> = understanding.statements.iter().map(shown_statement).collect();
    let maybe: Vec<Value> = understanding
        .maybe
        .iter()
        .map(|found| json!({"act": found.act(), "confidence": found.confidence.as_fraction(), "span": found.words}))
        .collect();
    let times: Vec<Value> = understanding.times.iter().map(shown_time).collect();
    let mut line = json!({
        "id": id,
        "kind": author.name(),
        "reply": own_words.text,
        "acts": acts,
        "maybe": maybe,
        "review": understanding.review,
        "times": times,
    });
    if let (Value::Object(line), Author::Bounce) = (&mut line, author) {
        let recipients: Vec<Value> = bounce
            .iter()
            .map(|to| {
                json!({
                    "address": to.address.as_ref().map(|address| address.as_str()),
                    "action": to.action.name(),
                    "status": to.status,
                })
            })
            .collect();
        line.insert("bounce".to_owned(), json!({"recipients": recipients}));
    }
    line
}

/// The fields of a statement in the order that a reader looks for them; absent slots are left out.
#[derive(Serialize)]
struct Shown<'a> {
    act: Act,
    confidence: f64,
    applied: bool,
    span: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<String>,
    #[serde(flatten)]
    slots: Map<String, Value>,
}

fn shown_statement(statement: &Statement) -> Value {
    let shown = Shown {
        act: statement.act(),
        confidence: statement.confidence.as_fraction(),
        applied: statement.applied,
        span: &statement.words,
        task: statement.task.map(|task: TaskId| task.to_string()),
        slots: slots(&statement.said),
    };
    serde_json::to_value(shown).unwrap_or(Value::Null)
}

fn slots(said: &Said) -> Map<String, Value> {
    let slots: Vec<(&str, Option<Value>)> = match said {
        Said::Confirm { .. } | Said::Decline | Said::Question | Said::Blocked | Said::Suggestion => Vec::new(),
        Said::Progress { percent, eta } => {
            vec![("percent", percent.map(Value::from)), ("eta", eta.as_ref().map(|eta| moment(eta).into()))]
        }
        Said::Done { whole } => vec![(
            "whole",
            Some(Value::from(match whole {
                Whole::Yes => "yes",
                Whole::No => "no",
                Whole::Unsure => "unsure",
            })),
        )],
        Said::Extension { date } => vec![("date", date.as_ref().map(|date| moment(date).into()))],
        Said::Hours { minutes } => vec![("minutes", minutes.map(Value::from))],
        Said::Expense { amount } => vec![
            ("amount", amount.as_ref().map(|money| decimal(money).into())),
            ("currency", amount.as_ref().map(|money| money.currency.clone().into())),
        ],
        Said::Absence { from, to } => {
            vec![("from", from.map(|day| day.to_string().into())), ("to", to.map(|day| day.to_string().into()))]
        }
        Said::Capacity { state } => vec![(
            "state",
            Some(Value::from(match state {
                Room::Room => "room",
                Room::Full => "full",
            })),
        )],
    };
    slots.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// `2026-03-13`, or `2026-03-13T12:00+08:00` where a clock time was named.
fn moment(moment: &Moment) -> String {
    match moment {
        Moment::Day { date, .. } => date.to_string(),
        Moment::Minute(wall) => wall.at.with_timezone(&wall.zone).format("%Y-%m-%dT%H:%M%:z").to_string(),
    }
}

/// An amount in whole units with its decimals, as ISO 4217 counts them.
fn decimal(money: &Money) -> String {
    const NONE: [&str; 10] = ["JPY", "KRW", "VND", "CLP", "PYG", "UGX", "RWF", "XAF", "XOF", "ISK"];
    const THREE: [&str; 6] = ["BHD", "IQD", "JOD", "KWD", "OMR", "TND"];
    let places: u32 = match money.currency.as_str() {
        currency if NONE.contains(&currency) => 0,
        currency if THREE.contains(&currency) => 3,
        _ => 2,
    };
    let unit = 10_u64.pow(places);
    let (whole, rest) = (money.minor.unsigned_abs() / unit, money.minor.unsigned_abs() % unit);
    let sign = if money.minor < 0 { "-" } else { "" };
    match places {
        0 => format!("{sign}{whole}"),
        2 => format!("{sign}{whole}.{rest:02}"),
        _ => format!("{sign}{whole}.{rest:03}"),
    }
}

fn shown_time(time: &TimeFound) -> Value {
    let (name, value) = match time.value {
        TimeValue::Date(date) => ("date", Value::from(date.to_string())),
        TimeValue::DateTime(at) => ("datetime", Value::from(at.format("%Y-%m-%dT%H:%M").to_string())),
        TimeValue::Time(at) => ("time", Value::from(at.format("%H:%M").to_string())),
        TimeValue::Minutes(minutes) => ("minutes", json_number(minutes)),
    };
    json!({"span": time.words, name: value})
}

/// Whole minutes without a decimal point.
fn json_number(value: f64) -> Value {
    if value.fract() == 0.0 { format!("{value:.0}").parse::<i64>().map_or(json!(value), Value::from) } else { json!(value) }
}

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
    let situation = Situation { written, zone, asked: None, lines: Vec::new(), due: None };
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
    let end = if found.review { "The owner would be asked to look." } else { "It would be handled without the owner." };
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

    fn now() -> DateTime<Utc> {
        "2026-03-10T01:00:00Z".parse().unwrap()
    }

    fn explain(lines: &str) -> Vec<Value> {
        let mut output = Vec::new();
        explain_jsonl(lines.as_bytes(), &mut output, now()).unwrap();
        output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(|line| serde_json::from_slice(line).unwrap()).collect()
    }

    #[test]
    fn every_line_is_answered_in_order_and_a_bad_one_with_its_reason() {
        let answers = explain(concat!(
            r#"{"id": "a1", "text": "Noted, will do.", "words_only": true}"#,
            "\nnot json\n\n",
            r#"{"id": 7}"#,
            "\n",
            r#"{"id": "a3", "text": "ok", "tz": "Mars/Base"}"#,
            "\n",
            r#"{"id": "a4", "eml": "***"}"#,
        ));
        assert_eq!(answers.len(), 5);
        assert_eq!((&answers[0]["id"], &answers[0]["acts"][0]["act"]), (&json!("a1"), &json!("confirm")));
        assert_eq!(answers[1]["id"], Value::Null);
        assert_eq!(answers[2]["id"], 7);
        for answer in &answers[1..] {
            assert!(answer["error"].is_string(), "{answer}");
        }
    }

    #[test]
    fn dates_carry_the_writers_offset_and_times_their_wall_clock() {
        let line = r#"{"id": 1, "text": "I will send it by Friday 5pm.", "sent": "2026-03-10T09:00:00+08:00", "tz": "Asia/Manila", "words_only": true}"#;
        let answer = &explain(line)[0];
        assert_eq!(answer["acts"][0]["eta"], "2026-03-13T17:00+08:00");
        assert_eq!(answer["times"][0]["datetime"], "2026-03-13T17:00");
        assert_eq!(answer["review"], false);
    }

    #[test]
    fn the_wall_clock_goes_before_the_time_of_sending() {
        let line = r#"{"id": 1, "text": "by tomorrow", "ref": "2026-05-01T10:00", "sent": "2026-03-10T09:00:00Z", "words_only": true}"#;
        assert_eq!(explain(line)[0]["times"][0]["date"], "2026-05-02");
    }

    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        let money = |minor, currency: &str| decimal(&Money { minor, currency: currency.to_owned() });
        assert_eq!(money(1250, "USD"), "12.50");
        assert_eq!(money(1250, "JPY"), "1250");
        assert_eq!(money(-5, "EUR"), "-0.05");
        assert_eq!(money(1250, "KWD"), "1.250");
    }

    #[test]
    fn a_mail_is_explained_in_words() {
        let raw = b"From: Ana <ana@example.org>\r\nSubject: Re: [HB-1] List\r\nDate: Tue, 10 Mar 2026 09:00:00 +0800\r\n\r\n\
            All done, everything is in the shared folder.\r\n";
        let mut output = Vec::new();
        explain_mail(Path::new("a.eml"), raw, &mut output, now()).unwrap();
        let shown = String::from_utf8(output).unwrap();
        assert!(shown.contains("read as human"), "{shown}");
        assert!(shown.contains("done (0."), "{shown}");
        assert!(shown.contains("because: done.finished"), "{shown}");
        assert!(shown.contains("follows: the owner is asked to accept or return it"), "{shown}");
    }
}
