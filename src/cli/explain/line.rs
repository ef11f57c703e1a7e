//! A reading as one line of JSON.

use super::Read;
use crate::domain::{
    id::TaskId,
    statement::{Act, Money, Room, Said, Statement, Whole},
    time::Moment,
    understanding::{Author, TimeFound, TimeValue},
};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// All that was read of one mail.
pub(super) fn shown(id: Value, read: &Read) -> Value {
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

/// The slots of a statement that were filled, by name.
pub(super) fn slots(said: &Said) -> Map<String, Value> {
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
    if value.fract() == 0.0 {
        format!("{value:.0}").parse::<i64>().map_or(json!(value), Value::from)
    } else {
        json!(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        let money = |minor, currency: &str| decimal(&Money { minor, currency: currency.to_owned() });
        assert_eq!(money(1250, "USD"), "12.50");
        assert_eq!(money(1250, "JPY"), "1250");
        assert_eq!(money(-5, "EUR"), "-0.05");
        assert_eq!(money(1250, "KWD"), "1.250");
    }
}
