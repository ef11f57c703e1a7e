//! What much mail and a long past cost, beside what they cost others: `benches/waiting_mail`, `benches/sending`,
//! `benches/growth` and `benches/other_servers` are its commands.
//!
//! | file | measures |
//! |---|---|
//! | `waiting_mail` | reading mails that wait on a real server, against a bare socket and mbsync |
//! | `sending` | letters a second to a real server, against a bare pipelining socket |
//! | `other_server` | taking in from a server that is no Dovecot, killed again and again |
//! | `growth` | start, verify and a round, as the ledger grows |
//! | `replies` | replies as mail programs write them |
//! | `socket` | a bare TLS socket |

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop at the first surprise")]

mod growth;
mod other_server;
mod replies;
mod sending;
mod socket;
mod support;
mod waiting_mail;

use std::env;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let number = |name: &str, usually: usize| -> usize {
        let value = arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1));
        value.map_or(usually, |value| value.parse().unwrap())
    };
    let text = |name: &str| {
        arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1)).unwrap().clone()
    };
    match arguments.first().map(String::as_str) {
        Some("waiting-mail") => {
            waiting_mail::run(number("--count", 10_000), number("--people", 500), number("--rounds", 3));
        }
        Some("sending") => sending::run(number("--count", 2_000)),
        Some("growth") => growth::run(number("--events", 100_000)),
        Some("other-server") => {
            let server = other_server::Server {
                name: text("--name"),
                port: text("--port").parse().unwrap(),
                ca: text("--ca").into(),
            };
            if !other_server::run(&server, number("--count", 200), number("--kills", 6)) {
                std::process::exit(1);
            }
        }
        // `cargo test --benches` starts every benchmark to see that it does.
        _ => println!("load: waiting-mail, sending, growth or other-server?"),
    }
}
