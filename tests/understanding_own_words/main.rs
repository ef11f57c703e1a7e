//! What a sender newly typed: every pattern that real mail shows, with mails written for this test.

mod attributions;
mod endings;
mod headers;
mod html;
mod quotes;

use handback::understanding::own_words::{from_html, from_text};

#[track_caller]
fn check(body: &str, expected: &str) {
    let found = from_text(body, None);
    assert_eq!(squeezed(&found.text), squeezed(expected), "\n{body}\n");
}

/// All of it is the author's.
#[track_caller]
fn check_kept(body: &str) {
    check(body, body);
}

#[track_caller]
fn check_html(body: &str, expected: &str) {
    let found = from_html(body, None);
    assert_eq!(squeezed(&found.text), squeezed(expected), "\n{body}\n");
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An answer of two paragraphs above each of these must survive whole.
const ANSWER: &str = "The price list is done, all 64 lines.\n\nShould I send it to Ben as well?";

#[track_caller]
fn check_below(removed: &[&str]) {
    for below in removed {
        check(&format!("{ANSWER}\n\n{below}"), ANSWER);
    }
}
