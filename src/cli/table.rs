//! Tables on a terminal, and the same data as JSON.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::{Value, json};

/// Lays out `rows` under `head`, as wide as the terminal allows, 100 columns where there is none.
pub fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(100);
    }
    table.set_header(head);
    for row in rows {
        table.add_row(row);
    }
    let lines: Vec<String> = table.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n", lines.join("\n"))
}

/// Data for programs: the version of its form, and the list under its name.
pub fn listed(name: &str, values: Vec<Value>) -> String {
    format!("{}\n", json!({ "schema": 1, name: values }))
}

/// One thing as data for programs: the version of its form, its own fields, and `more`.
pub fn one(value: Value, more: impl IntoIterator<Item = (&'static str, Value)>) -> String {
    let Value::Object(mut fields) = value else { return format!("{value}\n") };
    fields.insert("schema".to_owned(), json!(1));
    fields.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
    format!("{}\n", Value::Object(fields))
}

/// Hours as people write them, to a hundredth: `7.5 h`, `2.25 h`.
pub fn hours(minutes: u32) -> String {
    let hundredths = (u64::from(minutes) * 100 + 30) / 60;
    let digits = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    format!("{} h", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// A time on somebody's clock: `Fri 27 Nov, 17:00 Manila`.
pub fn wall(at: DateTime<Utc>, zone: Tz) -> String {
    let city = zone.name().rsplit('/').next().unwrap_or(zone.name()).replace('_', " ");
    format!("{} {city}", at.with_timezone(&zone).format("%a %-d %b, %H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_rounded_to_a_hundredth() {
        for (minutes, expected) in [(0, "0 h"), (600, "10 h"), (135, "2.25 h"), (450, "7.5 h"), (20, "0.33 h")] {
            assert_eq!(hours(minutes), expected);
        }
    }

    #[test]
    fn a_table_has_no_trailing_blanks() {
        let text = table(["a", "b"], [["1".to_owned(), String::new()]]);
        assert!(text.lines().all(|line| line == line.trim_end()), "{text:?}");
    }
}
