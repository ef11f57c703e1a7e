//! Letters a second to a real Postfix over one TLS connection, beside a bare socket that pipelines.

use crate::{
    socket::Socket,
    support::{
        median, seconds,
        stack::{Stack, stack},
    },
};
use base64::{Engine, prelude::BASE64_STANDARD};
use handback::{
    post::{Deadlines, Envelope, Login, SmtpPost, SmtpSettings, Tls},
    secret::Secret,
};

const ROUNDS: usize = 3;

pub(crate) fn run(count: usize) {
    let Some(stack) = stack() else { return };
    let (sender, reader) = (stack.address(&stack.claim_user()), stack.address(&stack.claim_user()));
    let letter = letter(&sender, &reader);
    println!("{count} letters of {} bytes, over one TLS connection with a login", letter.len());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (mut raw, mut ours) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let of = |seconds: f64| f64::from(u32::try_from(count).unwrap()) / seconds;
        let by_socket = of(seconds(|| pipelined(stack, &sender, &reader, &letter, count)));
        let by_us = of(seconds(|| runtime.block_on(sent(stack, &sender, &reader, &letter, count))));
        println!("round {round}: bare pipelining {by_socket:.0}/s, handback {by_us:.0}/s");
        raw.push(by_socket);
        ours.push(by_us);
    }
    let (raw, ours) = (median(raw), median(ours));
    println!("medians: bare pipelining {raw:.0}/s, handback {ours:.0}/s, ratio {:.2}", ours / raw);
}

/// About as long as a letter about a task, text and HTML.
fn letter(from: &str, to: &str) -> Vec<u8> {
    let lines = "Every invoice of the month stands in the sheet, sorted by date.\r\n".repeat(35);
    format!("From: Olu's tasks <{from}>\r\nTo: {to}\r\nSubject: [HB-1] Invoices\r\n\r\n{lines}").into_bytes()
}

/// Sender, recipient and DATA in one write, then the letter, as fast as the server takes them.
fn pipelined(stack: &Stack, from: &str, to: &str, letter: &[u8], count: usize) {
    let mut socket = Socket::connect(stack, stack.smtps_port);
    socket.hear(b"220 ");
    socket.say(b"EHLO bench.example.test\r\n");
    socket.hear(b"\r\n250 ");
    let login = BASE64_STANDARD.encode(format!("\0{from}\0{}", stack.password));
    socket.say(format!("AUTH PLAIN {login}\r\n").as_bytes());
    socket.hear(b"235 ");
    let envelope = format!("MAIL FROM:<{from}>\r\nRCPT TO:<{to}>\r\nDATA\r\n");
    let whole = [letter, b".\r\n"].concat();
    for _ in 0..count {
        socket.say(envelope.as_bytes());
        socket.hear(b"\r\n354 ");
        socket.say(&whole);
        socket.hear(b"queued as ");
    }
    socket.say(b"QUIT\r\n");
}

async fn sent(stack: &Stack, from: &str, to: &str, letter: &[u8], count: usize) {
    let mut post = SmtpPost::new(SmtpSettings {
        host: stack.host.clone(),
        port: stack.smtps_port,
        tls: Tls::Implicit,
        login: Some(Login { user: from.to_owned(), password: Secret::new(stack.password.as_str()) }),
        ca_file: Some(stack.ca.clone()),
        hello: None,
        deadlines: Deadlines::default(),
    })
    .unwrap();
    let envelope = Envelope { from: from.parse().unwrap(), to: vec![to.parse().unwrap()] };
    for _ in 0..count {
        post.send(&envelope, letter).await.unwrap();
    }
    post.close().await;
}
