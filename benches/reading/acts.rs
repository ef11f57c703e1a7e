//! How well replies are understood: acts by message, open and blind rows apart.
//!
//! Three rows in four may be read while rules are written; every fourth shows what the rules are worth on messages that nobody
//! looked at.

use chrono::{DateTime, FixedOffset};
use handback::{
    domain::{
        statement::Act,
        understanding::{OwnWords, Situation, Understanding},
    },
    understanding::read_reply,
};
use serde::Deserialize;
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    time::{Duration, Instant},
};

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    sent: DateTime<FixedOffset>,
    tz: chrono_tz::Tz,
    acts: Vec<Gold>,
    #[serde(default)]
    optional: Vec<Act>,
}

#[derive(Deserialize)]
struct Gold {
    act: Act,
}

/// Prints the figures of both act files of `corpus`; with `errors` also the open rows that were read wrong.
pub(crate) fn run(corpus: &Path, errors: bool) {
    for file in ["acts-dev.jsonl", "acts-office-dev.jsonl"] {
        let Ok(text) = fs::read_to_string(corpus.join(file)) else {
            println!("{file}: not there, skipped");
            continue;
        };
        let rows: Vec<Row> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let (blind, open): (Vec<_>, Vec<_>) = rows.iter().enumerate().partition(|(number, _)| number % 4 == 3);
        for (rows, name, is_open) in [(open, "open", true), (blind, "blind", false)] {
            let rows: Vec<&Row> = rows.into_iter().map(|(_, row)| row).collect();
            println!("\n{file}, {name} rows: {}", rows.len());
            score(&rows, errors && is_open);
        }
        speed(&rows);
    }
}

fn read(row: &Row) -> Understanding {
    let own_words = OwnWords { text: row.text.clone(), ..OwnWords::default() };
    let situation = Situation::new(row.sent.naive_local(), row.tz);
    read_reply(&own_words, &situation)
}

#[derive(Default, Clone, Copy)]
struct Count {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Count {
    fn add(&mut self, said: bool, meant: bool) {
        match (said, meant) {
            (true, true) => self.right += 1,
            (true, false) => self.wrong += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
    }

    fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * f64::from(part) / f64::from(whole) }
}

fn score(rows: &[&Row], errors: bool) {
    let mut believed = [Count::default(); 12];
    let mut applied = [Count::default(); 12];
    let (mut exact, mut harmful, mut handled, mut harmful_applied) = (0, 0, 0, 0);
    for row in rows {
        let found = read(row);
        let said: BTreeSet<Act> = found.statements.iter().map(|statement| statement.act()).collect();
        let done: BTreeSet<Act> =
            found.statements.iter().filter(|statement| statement.applied).map(|statement| statement.act()).collect();
        let meant: BTreeSet<Act> =
            row.acts.iter().map(|gold| gold.act).filter(|act| !row.optional.contains(act)).collect();
        let mut is_exact = true;
        for ((act, believed), applied) in Act::ALL.into_iter().zip(&mut believed).zip(&mut applied) {
            if row.optional.contains(&act) {
                continue;
            }
            believed.add(said.contains(&act), meant.contains(&act));
            applied.add(done.contains(&act), meant.contains(&act));
            is_exact &= said.contains(&act) == meant.contains(&act);
        }
        let false_fact = |of: &BTreeSet<Act>| {
            [Act::Confirm, Act::Done]
                .iter()
                .any(|act| of.contains(act) && !meant.contains(act) && !row.optional.contains(act))
        };
        let unheard = [Act::Question, Act::Blocked, Act::Decline]
            .iter()
            .any(|act| meant.contains(act) && !said.contains(act) && !found.review);
        exact += u32::from(is_exact);
        harmful += u32::from(false_fact(&said) || unheard);
        harmful_applied += u32::from(false_fact(&done) || unheard);
        handled += u32::from(!found.review);
        if errors && (!is_exact || unheard) {
            println!("--- {} {}", row.id, row.text.replace('\n', " ⏎ "));
            println!("    meant {meant:?}, optional {:?}, said {said:?}, review {}", row.optional, found.review);
            for statement in found.statements.iter().chain(&found.maybe) {
                let (act, weight) = (statement.act(), statement.confidence.as_permille());
                println!("    {act} {weight} {:?} `{}`", statement.because, statement.words.replace('\n', " ⏎ "));
            }
            println!("    unread {:?}", found.unread);
        }
    }
    print(rows, &believed, &applied);
    let all = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    println!(
        "set exact {:.1} %, harmful {:.1} % (applied alone {:.1} %), handled without the owner {:.1} %",
        share(exact, all),
        share(harmful, all),
        share(harmful_applied, all),
        share(handled, all)
    );
}

fn print(rows: &[&Row], believed: &[Count; 12], applied: &[Count; 12]) {
    let mut sum = Count::default();
    println!(
        "{:12}{:>6}{:>11}{:>8}{:>19}{:>8}",
        "act", "meant", "precision", "recall", "applied precision", "recall"
    );
    for ((act, believed), applied) in Act::ALL.iter().zip(believed).zip(applied) {
        let meant = believed.right + believed.missed;
        println!(
            "{:12}{:>6}{:>11.1}{:>8.1}{:>19.1}{:>8.1}",
            act.name(),
            meant,
            believed.precision(),
            believed.recall(),
            applied.precision(),
            applied.recall()
        );
        sum.right += believed.right;
        sum.wrong += believed.wrong;
        sum.missed += believed.missed;
    }
    let (precision, recall) = (sum.precision(), sum.recall());
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    println!("micro: precision {precision:.1}, recall {recall:.1}, F1 {f1:.1}; {} rows", rows.len());
}

/// Each reply is read this often; the best time is what it costs, the rest is other programs' work.
const ROUNDS: usize = 10;

fn speed(rows: &[Row]) {
    let mut best = vec![Duration::MAX; rows.len()];
    for _ in 0..ROUNDS {
        for (row, best) in rows.iter().zip(&mut best) {
            let begun = Instant::now();
            let found = read(row);
            *best = begun.elapsed().min(*best);
            drop(found);
        }
    }
    best.sort_unstable();
    let mean = best.iter().sum::<Duration>() / u32::try_from(best.len().max(1)).unwrap_or(u32::MAX);
    if let (Some(median), Some(longest)) = (best.get(best.len() / 2), best.last()) {
        println!("reading one reply: median {median:.0?}, mean {mean:.0?}, longest {longest:.0?}");
    }
}
