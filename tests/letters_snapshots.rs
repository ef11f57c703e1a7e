//! What people receive, as text.

use handback::letters::{Templates, sample};
use std::{collections::BTreeMap, fmt::Write};

#[test]
fn every_letter_reads_as_it_was_agreed() {
    let templates = Templates::load(&BTreeMap::new()).unwrap();
    for (name, letter) in sample::every_letter(&templates).unwrap() {
        let mut shown = format!("Subject: {}\nPreheader: {}\n\n{}", letter.subject, letter.preheader, letter.text);
        for tap in &letter.taps {
            write!(shown, "\n[{}]\n{}\n{}", tap.label, tap.subject, tap.body.replace("\r\n", "\n")).unwrap();
        }
        insta::assert_snapshot!(name, shown);
    }
}

/// `LETTERS_DIR=/tmp/letters cargo test --release --test letters_snapshots -- --ignored`, then open them in a browser.
#[test]
#[ignore = "writes the letters to look at"]
fn write_the_letters_to_look_at() {
    let dir = std::env::var("LETTERS_DIR").expect("LETTERS_DIR names the folder to write to");
    let templates = Templates::load(&BTreeMap::new()).unwrap();
    for (name, letter) in sample::every_letter(&templates).unwrap() {
        std::fs::write(format!("{dir}/{name}.html"), letter.html).unwrap();
        std::fs::write(format!("{dir}/{name}.txt"), letter.text).unwrap();
    }
}
