//! Measures how mail is read, against mails of people we do not know.
//!
//! ```text
//! cargo bench --bench reading -- --corpus DIR [--only own-words|machine|times|acts] [--errors] [--half 0|1]
//! cargo bench --bench reading -- --corpus DIR --speed [--beside 'ruby benches/reading/trimmer.rb']
//! cargo bench --bench reading -- --fuzz COUNT [--seed N]
//! ```
//!
//! `DIR` holds JSON Lines files: mails, and what a careful reader found in each. `--half` takes one half of
//! the rows (by a hash of their ids), so that a rule is made on one half and judged on the other.
//!
//! | file | measures |
//! |---|---|
//! | `rows` | reads the files |
//! | `table` | counts and prints |
//! | `own_words` | what a sender newly typed |
//! | `acts` | what a reply says |
//! | `machine` | who wrote it, and what a bounce says |
//! | `times` | dates, times, durations, hours and money |
//! | `speed` | mails a second, and the slowest mail |
//! | `whole_mail` | the first mail after a start, and whole mails after that |
//! | `fuzz` | that no mail, however broken, stops the reader |

mod acts;
mod fuzz;
mod machine;
mod own_words;
mod rows;
mod speed;
mod table;
mod times;
mod whole_mail;

use std::process::ExitCode;

/// What was asked for.
#[derive(Debug, Default)]
struct Options {
    corpus: Option<String>,
    only: Option<String>,
    errors: bool,
    half: Option<u8>,
    speed: bool,
    beside: Option<String>,
    fuzz: Option<u64>,
    seed: u64,
}

impl Options {
    fn wants(&self, section: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == section)
    }
}

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    if let Some(count) = options.fuzz {
        return fuzz::run(count, options.seed);
    }
    let Some(corpus) = options.corpus.clone() else {
        println!("No corpus given: name a folder with --corpus DIR.");
        return ExitCode::SUCCESS;
    };
    if options.speed {
        whole_mail::first();
        whole_mail::run(&corpus);
        speed::run(&corpus, options.beside.as_deref());
        return ExitCode::SUCCESS;
    }
    if options.wants("own-words") {
        own_words::run(&corpus, &options);
    }
    if options.wants("machine") {
        machine::run(&corpus, &options);
    }
    if options.wants("times") {
        times::run(std::path::Path::new(&corpus), options.errors);
    }
    if options.wants("acts") {
        acts::run(std::path::Path::new(&corpus), options.errors);
    }
    ExitCode::SUCCESS
}

fn options(mut words: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.as_str() {
            "--corpus" => options.corpus = Some(value()?),
            "--only" => options.only = Some(value()?),
            "--errors" => options.errors = true,
            "--half" => options.half = Some(value()?.parse().map_err(|_| "--half takes 0 or 1".to_owned())?),
            "--speed" => options.speed = true,
            "--beside" => options.beside = Some(value()?),
            "--fuzz" => options.fuzz = Some(value()?.parse().map_err(|_| "--fuzz takes a number".to_owned())?),
            "--seed" => options.seed = value()?.parse().map_err(|_| "--seed takes a number".to_owned())?,
            // cargo passes this to every benchmark.
            "--bench" => {}
            _ => return Err(format!("`{word}` is no option (see benches/reading/main.rs)")),
        }
    }
    Ok(options)
}
