//! Mails a second on one core, the very first mail, the slowest mail, and another program beside in the same run.

use crate::rows::{self, Reply};
use std::{
    io::Write,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const ROUNDS: u32 = 100;

pub(crate) fn run(corpus: &str, beside: Option<&str>) {
    let rows: Vec<Reply> = ["reply-dev.jsonl", "reply-mix-dev.jsonl", "reply-locale-dev.jsonl"]
        .iter()
        .flat_map(|file| rows::load(corpus, file))
        .collect();
    // The lists and patterns are made once, when the first mail needs them; a few only when a mail calls for them.
    let times: Vec<Duration> = rows.iter().map(took).collect();
    let first = times.first().copied().unwrap_or_default();
    println!("the very first mail: {first:?}; each of {} once: {:?}", rows.len(), times.iter().sum::<Duration>());
    let texts: Vec<Reply> = rows.into_iter().filter(|row| beside.is_none() || row.kind == "text").collect();
    measure(&texts, beside);
}

fn measure(rows: &[Reply], beside: Option<&str>) {
    // The best of its rounds is what a mail costs; the rest is other programs' work.
    let mut best = vec![Duration::MAX; rows.len()];
    let mut best_round = Duration::MAX;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        for (row, best) in rows.iter().zip(&mut best) {
            *best = took(row).min(*best);
        }
        best_round = best_round.min(started.elapsed());
    }
    let ours = f64::from(u32::try_from(rows.len()).unwrap_or(0)) / best_round.as_secs_f64();
    let slowest = best.iter().zip(rows).max_by_key(|(took, _)| **took);
    let (took, id) = slowest.map_or((Duration::ZERO, ""), |(took, row)| (*took, row.id.as_str()));
    println!("own words: {ours:.0} mails a second in the best of {ROUNDS} rounds, slowest {took:?} ({id})");
    if let Some(command) = beside {
        match theirs(command, rows) {
            Some(theirs) => println!("beside it `{command}`: {theirs:.0} a second; ratio {:.1}", ours / theirs),
            None => println!("`{command}` gave no figure"),
        }
    }
}

/// How long it takes to read a mail, this once.
fn took(row: &Reply) -> Duration {
    let started = Instant::now();
    drop(row.read());
    started.elapsed()
}

/// Runs the other program on the text rows, as JSON Lines on its standard input. It prints mails a second in the best
/// of its rounds.
fn theirs(command: &str, rows: &[Reply]) -> Option<f64> {
    let mut words = command.split_whitespace();
    let mut child =
        Command::new(words.next()?).args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut input = child.stdin.take()?;
    for row in rows {
        let line = serde_json::json!({ "text": row.input });
        writeln!(input, "{line}").ok()?;
    }
    drop(input);
    let output = child.wait_with_output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}
