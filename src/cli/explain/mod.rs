//! `handback explain`: how a mail would be read, touching nothing.
//!
//! | file | knows |
//! |---|---|
//! | `line` | a reading as one line of JSON |
//! | `page` | a reading for a person |

mod line;
mod page;

use super::{
    args::{ExplainArgs, Global},
    desk::Desk,
    exit::{Exit, Trouble},
};
use crate::{
    clock::Clock,
    config::{self, Environment},
    domain::{
        mail::Mail,
        understanding::{Author, OwnWords, Situation, Understanding},
    },
    ledger::Opening,
    mailbox::mime,
    understanding::{
        machine::{self, BounceRecipient},
        own_words, read_reply,
    },
};
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, BufRead, Write};

/// Does what `handback explain` says.
pub(super) fn run(args: &ExplainArgs, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let now = Clock::System.now();
    let office = if args.jsonl { None } else { office(global, environment)? };
    let stdout = io::stdout().lock();
    let ended = if args.jsonl {
        explain_jsonl(io::stdin().lock(), stdout, now)
    } else {
        page::explain_files(&args.files, office.as_ref(), stdout, now)
    };
    match ended {
        // A reader that went away, such as `head`, is no trouble.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Trouble::from_error(Exit::Failed, &error)),
        Ok(()) | Err(_) => Ok(Exit::Fine),
    }
}

/// The ledger that tells who writes and about what. Nobody needs one to see how words are read, so only one that was named
/// has to be there.
fn office(global: &Global, environment: &Environment) -> Result<Option<Desk>, Trouble> {
    let named = global.config.is_some() || global.dir.is_some();
    if !named && config::find(None, environment).is_err() {
        return Ok(None);
    }
    match Desk::open(global, environment, Opening::ReadOnly) {
        Ok(desk) => Ok(Some(desk)),
        Err(trouble) if named => Err(trouble),
        Err(trouble) => {
            eprintln!("{}; the mail is explained without the ledger", trouble.words.trim_end());
            Ok(None)
        }
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
        Ok((id, read)) => line::shown(id, &read),
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
        Some(sent) => {
            Some(DateTime::parse_from_rfc3339(sent).map_err(|error| format!("`sent` is no RFC 3339 time: {error}"))?)
        }
        None => date,
    };
    let zone = match &asked.tz {
        Some(tz) => {
            tz.parse::<Tz>().map_err(|_| format!("`tz`: no time zone is called `{tz}` (try `Asia/Manila`)"))?
        }
        None => sent.map_or(Tz::UTC, |sent| zone_of_offset(*sent.offset())),
    };
    let written = match (&asked.wall_clock, sent) {
        (Some(wall), _) => {
            wall_clock(wall).ok_or_else(|| format!("`ref`: `{wall}` is no wall time (try 2026-03-13T12:00)"))?
        }
        (None, Some(sent)) => sent.with_timezone(&zone).naive_local(),
        (None, None) => now.with_timezone(&zone).naive_local(),
    };
    Ok(Situation::new(written, zone))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-03-10T01:00:00Z".parse().unwrap()
    }

    fn explain(lines: &str) -> Vec<Value> {
        let mut output = Vec::new();
        explain_jsonl(lines.as_bytes(), &mut output, now()).unwrap();
        output
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect()
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
        let line = r#"{"id": 1, "text": "It will be ready by Friday 5pm.", "sent": "2026-03-10T09:00:00+08:00", "tz": "Asia/Manila", "words_only": true}"#;
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
}
