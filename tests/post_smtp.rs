//! The post against a server that answers by script: what becomes of one letter on each bad day.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

mod support;

use handback::{
    domain::{
        id::{LetterId, MessageId, PersonId, TaskId},
        letter::{Letter, LetterFile},
        notice::NoticeKind,
        token::Token,
    },
    mailbox::mime::decode,
    post::{SmtpPost, SmtpSettings, Tls, mime},
};
use std::time::{Duration, Instant};
use support::{
    fake_smtp::{FakeSmtp, scene},
    posting::{IN_DOUBT, LETTER, UNREACHABLE, assert_begins, describe, envelope, outcome_of, send, settings},
};

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let server = FakeSmtp::play(vec![scene(|talk| {
        talk.greet("SIZE 1000");
        talk.take_all();
    })]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    assert_eq!(describe(send(&mut post).await), "sent: 2.0.0 Ok: queued as 1");
    drop(post);
    assert_eq!(server.finish(), [LETTER]);
}

#[tokio::test]
async fn letters_share_a_connection_while_they_flow() {
    let server = FakeSmtp::play(vec![scene(|talk| {
        talk.greet("PIPELINING");
        for _ in 0..20 {
            talk.take_all();
        }
        talk.hear("QUIT");
        talk.say("221 Bye");
    })]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    for _ in 0..20 {
        send(&mut post).await.unwrap();
    }
    post.close().await;
    assert_eq!(server.finish().len(), 20);
}

// ---- before the dot: the letter has not left ---------------------------------------------------------------------

#[tokio::test]
async fn no_banner_is_unreachable_within_the_deadline() {
    let began = Instant::now();
    assert_begins(&outcome_of(scene(|talk| talk.fall_silent())).await, UNREACHABLE);
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn no_answer_to_ehlo_is_unreachable_within_the_deadline() {
    let outcome = outcome_of(scene(|talk| {
        talk.say("220 ready");
        talk.hear("EHLO [127.0.0.1]");
        talk.fall_silent();
    }));
    assert_begins(&outcome.await, UNREACHABLE);
}

#[tokio::test]
async fn nobody_on_the_port_is_unreachable() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut post = SmtpPost::new(settings(port)).unwrap();
    assert_begins(&describe(send(&mut post).await), UNREACHABLE);
}

#[tokio::test]
async fn a_name_without_address_is_unreachable() {
    let nowhere = SmtpSettings { host: "nowhere.invalid".to_owned(), tls: Tls::Implicit, ..settings(465) };
    let mut post = SmtpPost::new(nowhere).unwrap();
    assert_begins(
        &describe(send(&mut post).await),
        "Planned, TryAgain: could not reach the mail server nowhere.invalid:465",
    );
}

#[tokio::test]
async fn a_line_that_breaks_before_the_dot_leaves_the_letter_unsent() {
    for stop_after in ["EHLO", "MAIL", "RCPT", "DATA"] {
        let outcome = outcome_of(scene(move |talk| {
            talk.greet("SIZE 1000");
            for (command, answer) in [("MAIL", "250 Ok"), ("RCPT", "250 Ok"), ("DATA", "354 Go on")] {
                if stop_after == "EHLO" {
                    return;
                }
                talk.hear(command);
                if command == stop_after {
                    return;
                }
                talk.say(answer);
            }
        }));
        assert_begins(&outcome.await, UNREACHABLE);
    }
}

#[tokio::test]
async fn a_letter_that_never_leaves_whole_has_not_left() {
    let long = [b"Subject: x\r\n\r\n".as_slice(), &b"0123456789\r\n".repeat(1_000_000)].concat();
    for reads_on in [Duration::ZERO, Duration::from_secs(2)] {
        let server = FakeSmtp::play(vec![scene(move |talk| {
            talk.greet("8BITMIME");
            talk.take_envelope();
            // Reads nothing more, so that the line fills up; then closes it.
            std::thread::sleep(reads_on);
        })]);
        // The size adds ten minutes of its own; a closed line must be noticed, a full one waited out.
        let mut post = SmtpPost::new(settings(server.port)).unwrap();
        let outcome = describe(post.send(&envelope(&["ana@example.test"]), &long).await);
        assert_begins(&outcome, UNREACHABLE);
        server.finish();
    }
}

#[tokio::test]
async fn an_answer_that_belongs_elsewhere_ends_the_connection() {
    let outcome = outcome_of(scene(|talk| {
        talk.greet("SIZE 1000");
        talk.hear("MAIL");
        talk.say("354 Go on");
        talk.hear_the_end();
    }));
    assert_begins(&outcome.await, UNREACHABLE);
}

// ---- after the dot: nobody can say -------------------------------------------------------------------------------

#[tokio::test]
async fn no_answer_after_the_dot_is_in_doubt() {
    let outcome = outcome_of(scene(|talk| {
        talk.greet("SIZE 1000");
        talk.take_envelope();
        talk.take_letter();
        talk.fall_silent();
    }));
    assert_begins(&outcome.await, IN_DOUBT);
}

#[tokio::test]
async fn a_connection_closed_after_the_dot_is_in_doubt() {
    let outcome = outcome_of(scene(|talk| {
        talk.greet("SIZE 1000");
        talk.take_envelope();
        talk.take_letter();
    }));
    let outcome = outcome.await;
    assert_begins(&outcome, IN_DOUBT);
    assert!(outcome.contains("incomplete response"), "{outcome}");
}

#[tokio::test]
async fn half_an_answer_after_the_dot_is_in_doubt() {
    for half in ["250", "250-queued\r\n", "Ok\r\n", "354 Go on\r\n", "220 ready\r\n"] {
        let outcome = outcome_of(scene(move |talk| {
            talk.greet("SIZE 1000");
            talk.take_envelope();
            talk.take_letter();
            talk.say_raw(half);
        }));
        assert_begins(&outcome.await, IN_DOUBT);
    }
}

// ---- answers -----------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_refusal_after_the_dot_says_whether_it_may_pass() {
    for (answer, expected) in [
        (
            "451 4.7.1 Greylisted",
            "Waiting, TryAgain: the mail server refused the letter for now: 451 4.7.1 Greylisted",
        ),
        ("450 4.2.0 Busy", "Waiting, TryAgain: the mail server refused the letter for now: 450 4.2.0 Busy"),
        ("421 4.3.2 Closing", "Waiting, TryAgain: the mail server refused the letter for now: 421 4.3.2 Closing"),
        (
            "550-5.7.1 Looks like\r\n550 5.7.1 spam",
            "Refused, SetAside: the mail server refused the letter: 550 5.7.1 Looks like spam",
        ),
        (
            "552 5.3.4 Too big",
            "Refused, SetAside: the letter of 53 bytes is too large for the mail server, which takes 1000",
        ),
        ("552 5.2.2 Mailbox full", "Refused, SetAside: the mail server refused the letter: 552 5.2.2 Mailbox full"),
    ] {
        let outcome = outcome_of(scene(move |talk| {
            talk.greet("SIZE 1000");
            talk.take_envelope();
            talk.take_letter();
            talk.say(answer);
            talk.hear_the_end();
        }));
        assert_eq!(outcome.await, expected);
    }
}

#[tokio::test]
async fn a_refused_recipient_is_named_as_such() {
    for (answer, expected) in [
        (
            "550 5.1.1 No such user",
            "Refused, SetAside: the mail server refused the recipient: 550 5.1.1 No such user",
        ),
        ("450 4.2.0 Busy", "Waiting, TryAgain: the mail server refused the letter for now: 450 4.2.0 Busy"),
        ("530 5.7.0 Log in first", "Planned, Stop: the mail server refused the login: 530 5.7.0 Log in first"),
    ] {
        let outcome = outcome_of(scene(move |talk| {
            talk.greet("SIZE 1000");
            talk.hear("MAIL");
            talk.say("250 Ok");
            talk.hear("RCPT");
            talk.say(answer);
            talk.hear_the_end();
        }));
        assert_begins(&outcome.await, expected);
    }
}

#[tokio::test]
async fn a_refused_copy_does_not_hold_the_letter_up() {
    let server = FakeSmtp::play(vec![scene(|talk| {
        talk.greet("SIZE 1000");
        talk.hear("MAIL FROM:<desk@example.test> SIZE=53");
        talk.say("250 Ok");
        talk.hear("RCPT TO:<ana@example.test>");
        talk.say("251 User not local; will forward");
        talk.hear("RCPT TO:<desk@example.test>");
        talk.say("550 5.1.1 Not to yourself");
        talk.hear("DATA");
        talk.say("354 Go on");
        talk.take_letter();
        talk.say("250 Ok");
    })]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    let receipt = post.send(&envelope(&["ana@example.test", "desk@example.test"]), LETTER).await.unwrap();
    assert_eq!(receipt.without.len(), 1);
    assert_eq!(receipt.without[0].address.as_str(), "desk@example.test");
    assert_eq!(receipt.without[0].code, 550);
    drop(post);
    server.finish();
}

#[tokio::test]
async fn a_server_that_turns_us_away_has_not_judged_the_letter() {
    for greeting in ["554 No mail from you", "421 Too many connections"] {
        let outcome = outcome_of(scene(move |talk| {
            talk.say(greeting);
            talk.hear_the_end();
        }));
        assert_begins(&outcome.await, "Planned, TryAgain: the mail server turned us away: ");
    }
}

#[tokio::test]
async fn a_server_that_will_not_be_asked_what_it_offers_has_not_judged_the_letter() {
    let outcome = outcome_of(scene(|talk| {
        talk.say("220 ready");
        talk.hear("EHLO");
        talk.say("250 fake.example.test");
        talk.hear("EHLO");
        talk.say("503 5.5.1 You said so");
        talk.hear_the_end();
    }));
    assert_begins(&outcome.await, "Planned, TryAgain: the mail server turned us away: 503 5.5.1 You said so");
}

#[tokio::test]
async fn a_letter_that_cannot_be_sent_safely_is_refused_before_anybody_is_asked() {
    let mut post = SmtpPost::new(settings(1)).unwrap();
    let outcome = describe(post.send(&envelope(&["ana@example.test"]), b"Subject: x\n\n.\n").await);
    assert_eq!(outcome, "Refused, SetAside: the letter's bytes cannot be sent safely: a line does not end in CRLF");
    let outcome = describe(post.send(&envelope(&[]), LETTER).await);
    assert_eq!(
        outcome,
        "Refused, SetAside: the letter's bytes cannot be sent safely: there is nobody to send them to"
    );
}

#[tokio::test]
async fn an_address_that_no_server_carries_is_not_even_offered() {
    let server = FakeSmtp::play(vec![scene(|talk| {
        talk.greet("SIZE 1000");
        talk.hear_the_end();
    })]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    let outcome = describe(post.send(&envelope(&["añа@example.test"]), LETTER).await);
    assert_begins(&outcome, "Refused, SetAside: the address has letters that this mail server cannot carry");
    drop(post);
    server.finish();
}

#[tokio::test]
async fn a_letter_over_the_announced_size_is_not_even_offered() {
    let outcome = outcome_of(scene(|talk| {
        talk.greet("SIZE 40");
        talk.hear_the_end();
    }));
    assert_eq!(
        outcome.await,
        "Refused, SetAside: the letter of 53 bytes is too large for the mail server, which takes 40"
    );
}

/// Words that end a mail early, begin one anew or break a line, wherever a server looks for them.
fn worst_letter() -> Letter {
    let nasty = "\n.\n.\r\n\r.\r\nMAIL FROM:<eve@example.test>\r\nDATA\nSubject: another\n\n.\r\n\n.\nQUIT\n";
    Letter {
        id: LetterId(1),
        kind: NoticeKind::Task,
        to: PersonId(2),
        tasks: vec![TaskId(1)],
        token: Token { letter: LetterId(1), mac: [7; 10] },
        from_name: "Büro".to_owned(),
        from_address: "desk@example.test".parse().unwrap(),
        to_name: "Олена".to_owned(),
        to_address: "ana@example.test".parse().unwrap(),
        subject: format!("[HB-1] {}", "März und noch mehr ".repeat(40)),
        date: "2026-03-02T09:00:00Z".parse().unwrap(),
        message_id: MessageId("hb.1@example.test".to_owned()),
        in_reply_to: None,
        references: (0..60).map(|number| MessageId(format!("{number}.{}@example.test", "x".repeat(40)))).collect(),
        text: format!("{nasty}{}\n{nasty}", "a line without an end ".repeat(300)),
        html: format!("<p>{}</p>{nasty}", "x".repeat(5_000)),
        files: vec![LetterFile {
            name: "rows.txt".to_owned(),
            media_type: "text/plain".to_owned(),
            bytes: nasty.repeat(20).into_bytes(),
        }],
    }
}

/// The letter's wire bytes from behind DATA on, final dot included.
async fn on_the_wire(letter: &Letter) -> Vec<u8> {
    let (sender, receiver) = std::sync::mpsc::channel();
    let server = FakeSmtp::play(vec![scene(move |talk| {
        talk.greet("SIZE 1000000");
        talk.hear("MAIL FROM:<desk@example.test> SIZE=");
        talk.say("250 Ok");
        talk.hear("RCPT TO:<ana@example.test>");
        talk.say("250 Ok");
        talk.hear("DATA");
        talk.say("354 Go on");
        let wire = talk.take_wire();
        talk.say("250 Ok");
        // Whatever came behind what we took for the end would be heard now.
        talk.hear_the_end();
        sender.send(wire).unwrap();
    })]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    let bytes = mime::encode(letter).unwrap();
    post.send(&envelope(&["ana@example.test"]), &bytes).await.unwrap();
    post.close().await;
    server.finish();
    receiver.recv().unwrap()
}

#[tokio::test]
async fn a_strict_and_a_lenient_server_see_one_letter_and_the_same() {
    let letter = worst_letter();
    let wire = on_the_wire(&letter).await;
    let letter_alone = wire.strip_suffix(b"\r\n.\r\n").unwrap();
    let count = |end: &[u8]| letter_alone.windows(end.len()).filter(|window| *window == end).count();
    // What servers that are too kind take for the end of a mail (the SMTP smuggling of 2023), and the real one.
    for end in ["\n.\n", "\n.\r", "\r.\r", "\r.\n", "\n\n", "\r\r", "\r\n.\r\n"] {
        assert_eq!(count(end.as_bytes()), 0, "{end:?}");
    }
    // Both read the same words.
    let unstuffed = String::from_utf8(letter_alone.to_vec()).unwrap().replace("\r\n..", "\r\n.");
    let mail = decode(unstuffed.as_bytes());
    assert_eq!(mail.message_id, Some(letter.message_id));
    assert!(mail.text.unwrap().contains("MAIL FROM:<eve@example.test>"), "it is in the words, where it belongs");
}

#[tokio::test]
async fn a_letter_has_short_lines_of_ascii_that_end_in_crlf_whatever_is_in_it() {
    let wire = on_the_wire(&worst_letter()).await;
    for line in wire.split_inclusive(|byte| *byte == b'\n') {
        assert!(line.ends_with(b"\r\n") && line.len() <= 998 + 2, "{}", String::from_utf8_lossy(line));
        assert_eq!(line.iter().filter(|byte| **byte == b'\r').count(), 1);
    }
    // So no server has to offer 8BITMIME or SMTPUTF8.
    assert!(wire.is_ascii());
}

#[tokio::test]
async fn a_server_without_8bitmime_smtputf8_and_size_gets_the_letter_all_the_same() {
    let server = FakeSmtp::play(vec![scene(|talk| {
        talk.say("220 fake.example.test ready");
        for _ in 0..2 {
            talk.hear("EHLO ");
            talk.say("250 fake.example.test");
        }
        let said = talk.hear("MAIL FROM:<desk@example.test>");
        assert!(!said.contains("BODY") && !said.contains("SMTPUTF8") && !said.contains("SIZE"), "{said}");
        talk.say("250 Ok");
        talk.hear("RCPT TO:<ana@example.test>");
        talk.say("250 Ok");
        talk.hear("DATA");
        talk.say("354 Go on");
        talk.take_letter();
        talk.say("250 Ok");
    })]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    let bytes = mime::encode(&worst_letter()).unwrap();
    post.send(&envelope(&["ana@example.test"]), &bytes).await.unwrap();
    drop(post);
    assert_eq!(server.finish(), [bytes]);
}
