//! What a sender newly typed: exactly right, and own words lost.

use crate::{
    Options,
    rows::{self, Reply},
    table::{Tally, percent},
};
use std::collections::HashMap;

const FILES: [&str; 3] = ["reply-dev.jsonl", "reply-mix-dev.jsonl", "reply-locale-dev.jsonl"];

/// Of own words at least this share must be found, or the row counts as lost.
const LEAST_RECALL: f64 = 0.95;

pub(crate) fn run(corpus: &str, options: &Options) {
    for file in FILES {
        let rows: Vec<Reply> = rows::load(corpus, file);
        let (mut groups, mut classes) = (Tally::default(), Tally::default());
        let (mut judged, mut right, mut lost, mut disputed, mut doubts) = (0, 0, 0, 0, 0);
        for row in rows.iter().filter(|row| rows::in_half(&row.id, options.half)) {
            if row.disputed {
                disputed += 1;
                continue;
            }
            let found = row.read();
            let is_right = accepted(row).any(|answer| squeezed(answer) == squeezed(&found.text));
            let recall = accepted(row).map(|answer| recall(answer, &found.text)).fold(0.0, f64::max);
            judged += 1;
            right += u32::from(is_right);
            lost += u32::from(recall < LEAST_RECALL);
            doubts += u32::from(found.doubt.is_some());
            groups.count("all", is_right);
            groups.count(if row.lang == "en" { "header English" } else { "header not English" }, is_right);
            groups.count(&format!("kind {}", row.kind), is_right);
            groups.count(&format!("source {}", row.source), is_right);
            if row.lang != "en" {
                groups.count(&format!("language {}", row.lang), is_right);
            }
            if !is_right {
                classes.count(class(row, &found.text, recall), false);
            }
            if options.errors && !is_right {
                println!("\n=== {} [{}]", row.id, class(row, &found.text, recall));
                println!(
                    "{}\n--- expected\n{}\n--- found ({:?})\n{}",
                    head(&row.input),
                    row.expected_reply,
                    found.doubt,
                    found.text
                );
            }
        }
        groups.print(&format!("own words, {file}"));
        classes.print_classes();
        println!(
            "  exactly right {:.2} %, lost {lost} of {judged} ({:.2} %), in doubt {doubts}, disputed {disputed}",
            percent(right, judged),
            percent(lost, judged)
        );
    }
}

/// What kind of error it is.
fn class(row: &Reply, found: &str, recall: f64) -> &'static str {
    let nothing_expected = row.expected_reply.trim().is_empty();
    if found.trim().is_empty() {
        "LOST, all of it"
    } else if recall < LEAST_RECALL {
        "LOST, some of it"
    } else if nothing_expected {
        "too much, where nothing was typed"
    } else {
        "too much"
    }
}

fn accepted(row: &Reply) -> impl Iterator<Item = &str> {
    std::iter::once(row.expected_reply.as_str()).chain(row.also_ok.iter().map(String::as_str))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The share of the expected words that were found, counted with repeats.
fn recall(expected: &str, found: &str) -> f64 {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in found.split_whitespace() {
        *counts.entry(word).or_default() += 1;
    }
    let (mut hits, mut all) = (0, 0);
    for word in expected.split_whitespace() {
        all += 1;
        if let Some(left) = counts.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            hits += 1;
        }
    }
    if all == 0 { 1.0 } else { percent(hits, all) / 100.0 }
}

fn head(text: &str) -> String {
    text.chars().take(2_500).collect()
}
