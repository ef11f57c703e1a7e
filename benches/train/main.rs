//! Learns the model of replies, and measures it on writers it was not shown.
//!
//! ```text
//! cargo bench --bench train -- --replies tests/replies --out src/understanding/statements/model.bin
//! cargo bench --bench train -- --replies tests/replies --report    tables on writers left out, the four of one hand at a time
//! cargo bench --bench train -- --replies tests/replies --measure FILE    how a model of all replies reads other rows
//! cargo bench --bench train -- --replies tests/replies --curve     the same with 25, 50, 75 and 100 % of the other writers
//! cargo bench --bench train -- --replies tests/replies --languages    each language, by a model that never saw it
//! ```
//!
//! | file | knows |
//! |---|---|
//! | `rows` | labelled replies, and what they show |
//! | `linear` | the scores of clauses |
//! | `logistic` | small regressions, for judges and calibration |
//! | `fit` | from rows to a model |
//! | `thresholds` | from what confidence an act is believed, applied, put to the owner |
//! | `measured` | how well a model reads |

mod fit;
mod linear;
mod logistic;
mod measured;
mod rows;
mod thresholds;

use handback::understanding::statements::model::Model;
use linear::Descent;
use measured::Measured;
use rows::{Example, Row};
use std::{collections::BTreeMap, fs, path::Path, process::ExitCode, time::Instant};

#[derive(Default)]
struct Options {
    replies: Option<String>,
    out: Option<String>,
    report: bool,
    curve: bool,
    languages: bool,
    measure: Vec<String>,
    descent: Descent,
}

fn main() -> ExitCode {
    match options(std::env::args().skip(1)).and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn options(mut words: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        let number = |value: String| value.parse::<f32>().map_err(|_| format!("{value} is no number"));
        match word.as_str() {
            "--replies" => options.replies = Some(value()?),
            "--out" => options.out = Some(value()?),
            "--report" => options.report = true,
            "--curve" => options.curve = true,
            "--languages" => options.languages = true,
            "--counts" => {
                let values: Vec<f32> =
                    value()?.split(',').map(|part| number(part.to_owned())).collect::<Result<_, _>>()?;
                options.descent.counts = values.try_into().map_err(|_| "--counts takes five numbers".to_owned())?;
            }
            "--plain" => options.descent.plain_share = f64::from(number(value()?)?),
            "--measure" => options.measure.push(value()?),
            "--rounds" => {
                options.descent.rounds = value()?.parse().map_err(|_| "--rounds takes a number".to_owned())?
            }
            "--step" => options.descent.step = number(value()?)?,
            "--draw" => options.descent.draw = number(value()?)?,
            "--elsewhere" => options.descent.elsewhere = number(value()?)?,
            // cargo passes this to every benchmark.
            "--bench" => {}
            _ => return Err(format!("`{word}` is no option (see benches/train/main.rs)")),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), String> {
    let Some(folder) = &options.replies else {
        println!("No replies given: name their folder with --replies DIR.");
        return Ok(());
    };
    let rows = rows::read(Path::new(folder)).map_err(|problem| format!("could not read {folder}: {problem}"))?;
    let examples: Vec<Vec<Example>> = rows.iter().map(rows::examples).collect();
    if options.out.is_some() || !options.measure.is_empty() {
        let begun = Instant::now();
        let all: Vec<&Example> = examples.iter().flatten().collect();
        let model = fit::fit(&all, &options.descent);
        let bytes = model.to_bytes();
        println!("learned from {} replies in {:.0?}: {} bytes", rows.len(), begun.elapsed(), bytes.len());
        if let Some(out) = &options.out {
            fs::write(out, &bytes).map_err(|problem| format!("could not write {out}: {problem}"))?;
        }
        for file in &options.measure {
            measure(&model, file)?;
        }
    }
    if options.report {
        report(&rows, &examples, options);
    }
    if options.languages {
        languages(&rows, &examples, &options.descent);
    }
    if options.curve {
        for quarters in 1..=4 {
            let (unknown, _) = left_out(&rows, &examples, quarters, &options.descent, false);
            println!("{} % of the other writers; {}", quarters * 25, unknown.line());
        }
    }
    Ok(())
}

/// Prints how `model` reads the labelled rows of some other file.
fn measure(model: &Model, file: &str) -> Result<(), String> {
    let rows = rows::read(Path::new(file)).map_err(|problem| format!("could not read {file}: {problem}"))?;
    let mut measured = Measured::default();
    rows.iter().for_each(|row| measured.add(model, row, None));
    println!("\n{file}");
    measured.print();
    Ok(())
}

fn report(rows: &[Row], examples: &[Vec<Example>], options: &Options) {
    let (mut unknown, known) = left_out(rows, examples, 4, &options.descent, true);
    println!("\nnot knowing what was asked");
    unknown.print();
    unknown.print_calibration();
    println!("\nknowing what was asked");
    known.print();
    println!("\nthe twenty worst errors");
    unknown.errors.sort_by(|one, two| two.cmp(one));
    for (_, error) in unknown.errors.iter().take(20) {
        println!("{error}");
    }
}

/// A language is left out where so many replies are written in it.
const ENOUGH: usize = 100;

/// Prints how each language is read by a model that was learned without any reply that holds a word of it.
fn languages(rows: &[Row], examples: &[Vec<Example>], descent: &Descent) {
    let first = |row: &Row| row.lang.split('-').next().unwrap_or_default().to_owned();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    rows.iter().for_each(|row| *counts.entry(first(row)).or_default() += 1);
    println!("\nlanguages left out");
    for (language, _) in counts.into_iter().filter(|(language, count)| *count >= ENOUGH && language != "en") {
        let others = rows.iter().zip(examples).filter(|(row, _)| !row.lang.split('-').any(|lang| lang == language));
        let learned_from: Vec<&Example> = others.flat_map(|(_, examples)| examples).collect();
        let model = fit::fit(&learned_from, descent);
        let mut measured = Measured::default();
        rows.iter().filter(|row| first(row) == language).for_each(|row| measured.add(&model, row, None));
        println!("{language}: {}", measured.line());
    }
}

/// The hands are left out in so many groups.
const FOLDS: usize = 8;

/// Reads every writer by a model that was learned from some `quarters` of the writers of other folds: without
/// and with what was asked.
fn left_out(
    rows: &[Row],
    examples: &[Vec<Example>],
    quarters: usize,
    descent: &Descent,
    errors: bool,
) -> (Measured, Measured) {
    let mut hands: Vec<&str> = rows.iter().map(|row| row.hand.as_str()).collect();
    hands.sort_unstable();
    hands.dedup();
    let folds = hands.len().min(FOLDS);
    let fold_of = |row: &Row| Some(hands.iter().position(|hand| *hand == row.hand)? % folds);
    let one_fold = |fold: usize| {
        let learned_from = rows.iter().zip(examples).filter(|(row, _)| {
            let place = |fold_of_row: usize| (fold_of_row + folds - fold) % folds;
            fold_of(row).is_none_or(|of_row| of_row != fold && (place(of_row) - 1) * 4 < quarters * (folds - 1))
        });
        let learned_from: Vec<&Example> = learned_from.flat_map(|(_, examples)| examples).collect();
        let model: Model = fit::fit(&learned_from, descent);
        let (mut unknown, mut known) = (Measured::default(), Measured::default());
        for row in rows.iter().filter(|row| fold_of(row) == Some(fold)) {
            unknown.add(&model, row, None);
            known.add(&model, row, row.asked());
            if errors {
                unknown.note_error(&model, row, None);
            }
        }
        if errors {
            let shown: Vec<String> =
                model.thresholds.iter().map(|act| format!("{}/{}/{}", act.doubt, act.cut, act.gate)).collect();
            println!("fold {fold} doubt/cut/gate: {}", shown.join(" "));
        }
        (unknown, known)
    };
    let (mut unknown, mut known) = (Measured::default(), Measured::default());
    std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            let one_fold = &one_fold;
            scope.spawn(move || (0..folds).filter(|fold| fold % 2 == half).map(one_fold).collect::<Vec<_>>())
        });
        for (one, two) in halves.into_iter().filter_map(|half| half.join().ok()).flatten() {
            unknown.merge(one);
            known.merge(two);
        }
    });
    (unknown, known)
}
