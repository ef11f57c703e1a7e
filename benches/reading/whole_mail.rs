//! What a program that has just started pays for its first mail, and what whole mails cost after that: decoded, looked
//! at for a machine's marks, own words taken out, statements read.

use crate::rows::{self, Reply};
use handback::{
    domain::{
        mail::Mail,
        understanding::{OwnWords, Situation},
    },
    mailbox::mime,
    understanding::{machine, own_words, read_reply, statements::model::Model},
};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const ROUNDS: u32 = 20;

const FIRST: &str =
    "Hi,\n\nHalf of it is done, 2.5 hours so far. Should I use the new sheet? I will be ready on Friday.\n";

/// To be called before anything else is read.
pub(crate) fn first() {
    let words = OwnWords { text: FIRST.to_owned(), ..OwnWords::default() };
    let model = took(|| {
        black_box(Model::embedded());
    });
    let reply = || drop(black_box(read_reply(&words, &situation())));
    let mail = Mail { text: Some(FIRST.to_owned()), ..Mail::default() };
    let own_words = || drop(black_box(own_words::own_words(&mail, None)));
    println!("model loaded in {model:?}");
    println!("statements: first reply in {:?}, the next in {:?}", took(reply), took(reply));
    println!("own words: first mail in {:?}, the next in {:?}", took(own_words), took(own_words));
}

/// Each mail of the corpus as often as [`ROUNDS`] says, the best of them being what it costs.
pub(crate) fn run(corpus: &str) {
    let rows: Vec<Reply> = rows::load(corpus, "reply-dev.jsonl");
    let mails: Vec<Vec<u8>> = rows.iter().filter_map(Reply::raw).collect();
    mails.iter().for_each(|raw| read(raw));
    let mut best = vec![Duration::MAX; mails.len()];
    for _ in 0..ROUNDS {
        for (raw, best) in mails.iter().zip(&mut best) {
            *best = took(|| read(raw)).min(*best);
        }
    }
    best.sort_unstable();
    let mean = best.iter().sum::<Duration>() / u32::try_from(best.len().max(1)).unwrap_or(u32::MAX);
    if let (Some(median), Some(longest)) = (best.get(best.len() / 2), best.last()) {
        println!("{} whole mails: median {median:?}, mean {mean:?}, longest {longest:?}", best.len());
    }
}

fn read(raw: &[u8]) {
    let mail = mime::decode(raw);
    let verdict = machine::author(&mail);
    let words = own_words::own_words(&mail, None);
    drop(black_box((verdict, read_reply(&words, &situation()))));
}

fn situation() -> Situation {
    Situation::new("2026-03-10T10:00:00".parse().expect("a sound time"), chrono_tz::Asia::Manila)
}

fn took(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}
