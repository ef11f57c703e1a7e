//! The post against a server that answers by script: the connection between letters, the login, and TLS.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

mod support;

use handback::{
    domain::letter::Fate,
    post::{PostError, SmtpPost, SmtpSettings, Tls},
    remedy::Remedy,
};
use std::time::Duration;
use support::{
    fake_smtp::{FakeSmtp, Scene, scene},
    posting::{IN_DOUBT, UNREACHABLE, assert_begins, describe, outcome_of, send, settings, with_login},
};

// ---- the kept connection -----------------------------------------------------------------------------------------

#[tokio::test]
async fn a_421_on_a_kept_connection_is_tried_once_more_on_a_new_one() {
    let server = FakeSmtp::play(vec![
        scene(|talk| {
            talk.greet("SIZE 1000");
            talk.take_all();
            talk.hear("MAIL");
            talk.say("421 4.4.2 Idle too long");
            talk.hear_the_end();
        }),
        scene(|talk| {
            talk.greet("SIZE 1000");
            talk.take_all();
        }),
    ]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    send(&mut post).await.unwrap();
    send(&mut post).await.unwrap();
    drop(post);
    assert_eq!(server.finish().len(), 2);
}

#[tokio::test]
async fn a_421_on_a_fresh_connection_waits() {
    let outcome = outcome_of(scene(|talk| {
        talk.greet("SIZE 1000");
        talk.hear("MAIL");
        talk.say("421 4.3.2 Closing");
        talk.hear_the_end();
    }));
    assert_begins(&outcome.await, "Waiting, TryAgain");
}

#[tokio::test]
async fn a_connection_that_the_server_closed_meanwhile_is_opened_again() {
    let server = FakeSmtp::play(vec![
        scene(|talk| {
            talk.greet("SIZE 1000");
            talk.take_all();
        }),
        scene(|talk| {
            talk.greet("SIZE 1000");
            talk.take_all();
        }),
    ]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    send(&mut post).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    send(&mut post).await.unwrap();
    drop(post);
    assert_eq!(server.finish().len(), 2);
}

#[tokio::test]
async fn a_connection_that_rested_is_asked_before_it_is_trusted() {
    let server = FakeSmtp::play(vec![
        scene(|talk| {
            talk.greet("SIZE 1000");
            talk.take_all();
            talk.hear("NOOP");
            talk.say("250 Ok");
            talk.take_all();
            talk.hear("NOOP");
            talk.say("421 Idle too long");
        }),
        scene(|talk| {
            talk.greet("SIZE 1000");
            talk.take_all();
        }),
    ]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    send(&mut post).await.unwrap();
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_millis(2100)).await;
        send(&mut post).await.unwrap();
    }
    drop(post);
    assert_eq!(server.finish().len(), 3);
}

#[tokio::test]
async fn in_doubt_on_a_kept_connection_is_never_sent_again() {
    let server = FakeSmtp::play(vec![scene(|talk| {
        talk.greet("SIZE 1000");
        talk.take_all();
        talk.take_envelope();
        talk.take_letter();
    })]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    send(&mut post).await.unwrap();
    assert_begins(&describe(send(&mut post).await), IN_DOUBT);
    assert_eq!(server.finish().len(), 2);
}

#[tokio::test]
async fn a_cancelled_letters_late_answer_is_not_the_next_letters() {
    let server = FakeSmtp::play(vec![
        scene(|talk| {
            talk.greet("SIZE 1000");
            talk.take_all();
            talk.take_envelope();
            talk.take_letter();
            std::thread::sleep(Duration::from_millis(200));
            talk.say("250 Ok: the cancelled one, after all");
            talk.hear_the_end();
        }),
        scene(|talk| {
            talk.greet("SIZE 1000");
            talk.take_envelope();
            talk.take_letter();
            talk.say("554 5.6.0 Not this one");
        }),
    ]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    send(&mut post).await.unwrap();
    tokio::time::timeout(Duration::from_millis(100), send(&mut post)).await.unwrap_err();
    let outcome = describe(send(&mut post).await);
    assert_eq!(outcome, "Refused, SetAside: the mail server refused the letter: 554 5.6.0 Not this one");
    drop(post);
    server.finish();
}

#[tokio::test]
async fn after_a_refusal_the_next_letter_gets_a_connection_of_its_own() {
    let server = FakeSmtp::play(vec![
        scene(|talk| {
            talk.greet("SIZE 1000");
            talk.hear("MAIL");
            talk.say("550 5.7.1 No");
            talk.hear("QUIT");
            talk.say("221 Bye");
        }),
        scene(|talk| {
            talk.greet("SIZE 1000");
            talk.take_all();
        }),
    ]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    assert_begins(&describe(send(&mut post).await), "Refused");
    send(&mut post).await.unwrap();
    drop(post);
    server.finish();
}

// ---- login and TLS -----------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_refused_login_stops_and_quotes_the_server() {
    for (answer, expected) in [
        (
            "535 5.7.8 Username and Password not accepted",
            "Planned, Stop: the mail server refused the login: 535 5.7.8 Username and Password not accepted (check",
        ),
        ("534 5.7.9 App password required", "Planned, Stop: the mail server refused the login: 534 5.7.9"),
        ("454 4.7.0 Try later", "Planned, TryAgain: the mail server turned us away: 454 4.7.0 Try later"),
        ("250 Ok", UNREACHABLE),
    ] {
        let server = FakeSmtp::play(vec![scene(move |talk| {
            talk.greet("AUTH PLAIN LOGIN");
            talk.hear("AUTH PLAIN AGRlc2tAZXhhbXBsZS50ZXN0AHNlY3JldA==");
            talk.say(answer);
        })]);
        let mut post = SmtpPost::new(with_login(server.port)).unwrap();
        assert_begins(&describe(send(&mut post).await), expected);
        drop(post);
        server.finish();
    }
}

#[tokio::test]
async fn login_is_used_where_plain_is_not_offered() {
    let server = FakeSmtp::play(vec![scene(|talk| {
        talk.greet("AUTH LOGIN XOAUTH2");
        talk.hear("AUTH LOGIN");
        talk.say("334 VXNlcm5hbWU6");
        talk.hear("ZGVza0BleGFtcGxlLnRlc3Q=");
        talk.say("334 UGFzc3dvcmQ6");
        talk.hear("c2VjcmV0");
        talk.say("235 2.7.0 Welcome");
        talk.take_all();
    })]);
    let mut post = SmtpPost::new(with_login(server.port)).unwrap();
    send(&mut post).await.unwrap();
    drop(post);
    server.finish();
}

#[tokio::test]
async fn a_server_without_a_login_we_know_is_told_from_a_wrong_password() {
    let server = FakeSmtp::play(vec![scene(|talk| {
        talk.greet("AUTH XOAUTH2");
        talk.hear_the_end();
    })]);
    let mut post = SmtpPost::new(with_login(server.port)).unwrap();
    let outcome = describe(send(&mut post).await);
    assert!(outcome.contains("neither AUTH PLAIN nor AUTH LOGIN"), "{outcome}");
    drop(post);
    server.finish();
}

async fn outcome_over(tls: Tls, play: Scene) -> String {
    let server = FakeSmtp::play(vec![play]);
    let mut post = SmtpPost::new(SmtpSettings { tls, ..with_login(server.port) }).unwrap();
    let outcome = describe(send(&mut post).await);
    drop(post);
    server.finish();
    outcome
}

#[tokio::test]
async fn nothing_is_said_in_plain_text_where_starttls_is_missing() {
    let outcome = outcome_over(
        Tls::StartTls,
        scene(|talk| {
            talk.say("220 ready");
            talk.hear("EHLO");
            talk.say("250-fake\r\n250 AUTH PLAIN");
            talk.hear_the_end();
        }),
    );
    assert_begins(&outcome.await, "Planned, TryAgain: the mail server 127.0.0.1:");
}

#[tokio::test]
async fn what_somebody_slips_in_behind_starttls_is_not_believed() {
    let outcome = outcome_over(
        Tls::StartTls,
        scene(|talk| {
            talk.say("220 ready");
            talk.hear("EHLO");
            talk.say("250-fake\r\n250 STARTTLS");
            talk.hear("STARTTLS");
            talk.say("220 go ahead\r\n250 injected");
            talk.fall_silent();
        }),
    );
    let outcome = outcome.await;
    assert_begins(&outcome, UNREACHABLE);
    // The handshake read it, and not the conversation after it.
    assert!(outcome.contains("corrupt message"), "{outcome}");
}

#[tokio::test]
async fn a_port_that_speaks_plain_text_is_named() {
    let outcome = outcome_over(
        Tls::Implicit,
        scene(|talk| {
            talk.say("220 ready");
            talk.fall_silent();
        }),
    );
    let outcome = outcome.await;
    assert!(outcome.contains("port 587 wants STARTTLS"), "{outcome}");
}

#[tokio::test]
async fn a_plain_line_to_another_machine_is_refused_before_it_is_opened() {
    let far = SmtpSettings { host: "mail.example.test".to_owned(), ..settings(25) };
    let mut post = SmtpPost::new(far).unwrap();
    let error = send(&mut post).await.unwrap_err();
    assert!(matches!(error, PostError::CleartextToOthers { .. }), "{error}");
    assert_eq!((error.fate(), error.remedy()), (Fate::Planned, Remedy::Stop));
}
