//! How well times, hours and amounts are read: the expressions of `times-dev.jsonl` and the slots of `acts-dev.jsonl`.

use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;
use handback::{
    domain::{
        statement::Money,
        time::Moment,
        understanding::{Situation, TimeFound, TimeValue},
    },
    understanding::{amounts, hours, times},
};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, time::Instant};

/// Prints the section; with `errors` also each row that was read wrong or not at all.
pub(crate) fn run(corpus: &Path, errors: bool) {
    let mut expressions = Tally::default();
    for row in rows(&corpus.join("times-dev.jsonl")) {
        expression(&row, &mut expressions);
    }
    expressions.print("times", errors);
    let mut slots = Tally::default();
    for row in rows(&corpus.join("acts-dev.jsonl")) {
        for act in field(&row, "acts").as_array().into_iter().flatten() {
            act_slots(&row, act, &mut slots);
        }
    }
    slots.print("slots", errors);
    let mut spent = microseconds(corpus);
    spent.sort_by(f64::total_cmp);
    let messages = spent.len().max(1);
    let median = spent.get(messages / 2).copied().unwrap_or_default();
    let mean = spent.iter().sum::<f64>() / f64::from(u32::try_from(messages).unwrap_or(u32::MAX));
    let worst = spent.last().copied().unwrap_or_default();
    println!("µs a message: median {median:.0}, mean {mean:.0}, worst {worst:.0}\n");
}

/// How long the finder takes for each whole message, the best of a few goes, so that other work on the machine does not
/// count.
fn microseconds(corpus: &Path) -> Vec<f64> {
    const GOES: usize = 5;
    let rows = rows(&corpus.join("acts-dev.jsonl"));
    let messages = rows.iter().filter_map(|row| Some((field(row, "text").as_str()?, sent(row)?)));
    let time = |text: &str, at: &Situation| {
        let began = Instant::now();
        times::find(text, at);
        began.elapsed().as_secs_f64() * 1e6
    };
    messages.map(|(text, at)| (0..GOES).map(|_| time(text, &at)).fold(f64::INFINITY, f64::min)).collect()
}

#[derive(Default)]
struct Tally {
    groups: BTreeMap<String, Counts>,
    errors: Vec<String>,
}

#[derive(Default, Clone, Copy)]
struct Counts {
    rows: u32,
    answered: u32,
    right: u32,
}

impl Tally {
    fn count(&mut self, groups: &[String], verdict: Option<bool>, line: impl FnOnce() -> String) {
        for group in groups {
            let counts = self.groups.entry(group.clone()).or_default();
            counts.rows += 1;
            counts.answered += u32::from(verdict.is_some());
            counts.right += u32::from(verdict == Some(true));
        }
        if verdict != Some(true) {
            self.errors.push(format!("{} {}", if verdict.is_some() { "wrong" } else { "none " }, line()));
        }
    }

    fn print(&self, title: &str, errors: bool) {
        println!("{title:<24} rows  right  right when answered");
        for (group, counts) in &self.groups {
            println!(
                "  {group:<22} {:>4} {:>5.1} % {:>5.1} %",
                counts.rows,
                percent(counts.right, counts.rows),
                percent(counts.right, counts.answered)
            );
        }
        if errors {
            for line in &self.errors {
                println!("    {line}");
            }
        }
    }
}

fn percent(part: u32, whole: u32) -> f64 {
    100.0 * f64::from(part) / f64::from(whole.max(1))
}

fn field<'a>(row: &'a Value, name: &str) -> &'a Value {
    row.get(name).unwrap_or(&Value::Null)
}

fn rows(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn situation(written: NaiveDateTime, zone: Tz) -> Situation {
    Situation::new(written, zone)
}

// Expressions.

fn expression(row: &Value, tally: &mut Tally) {
    let (Some(text), Some(wanted)) = (field(row, "text").as_str(), field(row, "expr").as_str()) else { return };
    let Some(written) =
        field(row, "ref").as_str().and_then(|at| NaiveDateTime::parse_from_str(at, "%Y-%m-%dT%H:%M").ok())
    else {
        return;
    };
    let kind = field(row, "kind").as_str().unwrap_or_default();
    let language = field(row, "lang").as_str().unwrap_or_default();
    let all = times::find(text, &situation(written, Tz::UTC));
    let found = nearest(text, wanted, &all);
    let expected = alternatives(field(row, "expect"));
    let verdict = found.map(|found| expected.iter().any(|value| is_right(kind, value, found.value)));
    let groups = ["all".to_string(), format!("kind {kind}"), format!("language {language}")];
    tally.count(&groups, verdict, || {
        let said: Vec<_> = all.iter().map(|one| format!("{:?} = {:?}", one.words, one.value)).collect();
        format!("{language} {kind} at {written}: {text:?} [{wanted}] wants {expected:?}, found {}", said.join(", "))
    });
}

/// The expression found that shares most with the one wanted.
fn nearest<'a>(text: &str, wanted: &str, all: &'a [TimeFound]) -> Option<&'a TimeFound> {
    let start = text.to_lowercase().find(&wanted.to_lowercase()).unwrap_or(0);
    let end = start + wanted.len();
    all.iter()
        .map(|found| (found.span.end.min(end).saturating_sub(found.span.start.max(start)), found))
        .filter(|(shared, _)| *shared > 0)
        .max_by_key(|(shared, _)| *shared)
        .map(|(_, found)| found)
}

fn alternatives(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

fn is_right(kind: &str, expected: &Value, found: TimeValue) -> bool {
    let text = expected.as_str().unwrap_or_default();
    match (kind, found) {
        ("duration", TimeValue::Minutes(minutes)) => {
            expected.as_f64().is_some_and(|wanted| (wanted - minutes).abs() < 0.6)
        }
        ("date", TimeValue::Date(date)) => text == date.to_string(),
        ("datetime", TimeValue::DateTime(at)) => text == at.format("%Y-%m-%dT%H:%M").to_string(),
        ("time", TimeValue::Time(time)) => text == time.format("%H:%M").to_string(),
        ("time", TimeValue::DateTime(at)) => text == at.format("%H:%M").to_string(),
        (_, TimeValue::Date(_) | TimeValue::DateTime(_) | TimeValue::Time(_) | TimeValue::Minutes(_)) => false,
    }
}

// Slots.

fn act_slots(row: &Value, act: &Value, tally: &mut Tally) {
    let (Some(span), Some(name)) = (field(act, "span").as_str(), field(act, "act").as_str()) else { return };
    let Some(at) = sent(row) else { return };
    let zone = at.zone;
    let mut check = |slot: &str, found: Option<String>, right: &dyn Fn(&Value, &str) -> bool| {
        let expected = field(act, slot);
        if expected.is_null() && (found.is_none() || matches!(slot, "eta" | "from" | "to")) {
            return;
        }
        let verdict = match (&found, expected.is_null()) {
            (None, _) => None,
            (Some(_), true) => Some(false),
            (Some(found), false) => Some(alternatives(expected).iter().any(|value| right(value, found))),
        };
        let moment = matches!(slot, "eta" | "date" | "from" | "to");
        let groups = [format!("slot {slot}"), (if moment { "all moments" } else { "all numbers" }).to_string()];
        tally.count(&groups, verdict, || {
            format!(
                "{name} {slot} at {} {}: {span:?} wants {expected}, found {found:?}",
                field(row, "sent"),
                field(row, "tz")
            )
        });
    };
    match name {
        "progress" => {
            check("eta", times::deadline(span, &at).map(written_out), &same_moment);
            check("percent", amounts::percent(span).map(|value| value.to_string()), &same_number);
        }
        "extension" => check("date", times::deadline(span, &at).map(written_out), &same_moment),
        "hours" => check("minutes", hours::spent(span).map(|value| value.to_string()), &same_number),
        "expense" => {
            let money = amounts::money(span, zone);
            check("amount", money.as_ref().map(amount), &same_number);
            check("currency", money.map(|money| money.currency), &|value, found| value.as_str() == Some(found));
        }
        "absence" => {
            let range = times::range(span, &at);
            check("from", range.map(|(from, _)| from.to_string()), &same_moment);
            check("to", range.map(|(_, to)| to.to_string()), &same_moment);
        }
        _ => {}
    }
}

/// When and where a message was written.
fn sent(row: &Value) -> Option<Situation> {
    let zone: Tz = field(row, "tz").as_str()?.parse().ok()?;
    let sent = DateTime::parse_from_rfc3339(field(row, "sent").as_str()?).ok()?;
    Some(situation(sent.with_timezone(&zone).naive_local(), zone))
}

fn written_out(moment: Moment) -> String {
    match moment {
        Moment::Day { date, .. } => date.to_string(),
        Moment::Minute(wall) => wall.at.with_timezone(&wall.zone).format("%Y-%m-%dT%H:%M%:z").to_string(),
    }
}

/// Compares as exactly as the label is: a label without a clock time wants the day alone.
fn same_moment(expected: &Value, found: &str) -> bool {
    let Some(expected) = expected.as_str() else { return false };
    let exact = |text: &str| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z").ok();
    match (exact(expected), exact(found)) {
        (Some(expected), Some(found)) => expected == found,
        (Some(_), None) => false,
        (None, _) => found.starts_with(expected),
    }
}

fn same_number(expected: &Value, found: &str) -> bool {
    let found: f64 = found.parse().unwrap_or(f64::NAN);
    expected.as_f64().is_some_and(|value| (value - found).abs() < 0.005)
}

fn amount(money: &Money) -> String {
    let decimals = if matches!(money.currency.as_str(), "JPY" | "KRW" | "VND" | "CLP") { 0 } else { 2 };
    let scale = 10_i64.pow(decimals);
    format!("{}.{:02}", money.minor / scale, money.minor % scale)
}
