//! The post against a real Postfix, with real TLS and a real login.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

mod support;

use handback::{
    domain::{
        id::{LetterId, MessageId, PersonId, TaskId},
        letter::{Letter, LetterFile},
        notice::NoticeKind,
        token::Token,
    },
    post::{Deadlines, Envelope, Login, Post, PostError, SmtpPost, SmtpSettings, Tls, mime},
    secret::Secret,
};
use mail_parser::{MessageParser, MimeHeaders};
use support::stack::{Stack, stack};

fn settings(stack: &Stack, tls: Tls) -> SmtpSettings {
    SmtpSettings {
        host: stack.host.clone(),
        port: if tls == Tls::Implicit { stack.smtps_port } else { stack.submission_port },
        tls,
        login: Some(Login { user: stack.address("desk"), password: Secret::new(stack.password.clone()) }),
        ca_file: Some(stack.ca.clone()),
        hello: None,
        deadlines: Deadlines::default(),
    }
}

fn post(settings: SmtpSettings) -> Post {
    Post::Smtp(Box::new(SmtpPost::new(settings).unwrap()))
}

fn envelope(to: &str) -> Envelope {
    Envelope { from: "desk@example.test".parse().unwrap(), to: vec![to.parse().unwrap()] }
}

fn letter(to: &str, number: u32) -> Letter {
    Letter {
        id: LetterId(number),
        kind: NoticeKind::Task,
        to: PersonId(2),
        tasks: vec![TaskId(1)],
        token: Token { letter: LetterId(number), mac: [7; 10] },
        from_name: "Büro Köln".to_owned(),
        from_address: "desk@example.test".parse().unwrap(),
        to_name: "Олена".to_owned(),
        to_address: to.parse().unwrap(),
        subject: "[HB-1] Rechnungen für März".to_owned(),
        date: "2026-03-02T09:00:00Z".parse().unwrap(),
        message_id: MessageId(format!("hb.{number}@example.test")),
        in_reply_to: None,
        references: Vec::new(),
        text: ".\n..\nDone means: “all 64 matched”.\n\n.\nQUIT\n".to_owned(),
        html: format!("<p>{}</p>\n", "one long line of HTML ".repeat(200)),
        files: vec![LetterFile {
            name: "März.bin".to_owned(),
            media_type: "application/octet-stream".to_owned(),
            bytes: b"\n.\n\r\n.\r\n\0\xff".repeat(50),
        }],
    }
}

#[tokio::test]
async fn a_letter_reaches_a_mailbox_as_it_was_composed() {
    let Some(stack) = stack() else { return };
    for tls in [Tls::StartTls, Tls::Implicit] {
        let user = stack.claim_user();
        let letter = letter(&stack.address(&user), 1);
        let mut post = post(settings(stack, tls));
        let receipt =
            post.send(&envelope(letter.to_address.as_str()), &mime::encode(&letter).unwrap()).await.unwrap();
        assert!(receipt.server_says.contains("queued as"), "{receipt:?}");
        post.close().await;

        let inbox = stack.wait_for_inbox(&user, 1);
        let mail = MessageParser::new().parse(&inbox[0]).unwrap();
        assert_eq!(mail.subject(), Some(letter.subject.as_str()));
        assert_eq!(mail.message_id(), Some("hb.1@example.test"));
        let from = mail.from().unwrap().first().unwrap();
        assert_eq!((from.name(), from.address()), (Some("Büro Köln"), Some("desk@example.test")));
        assert_eq!(mail.body_text(0).unwrap().replace("\r\n", "\n"), letter.text);
        assert_eq!(mail.body_html(0).unwrap().replace("\r\n", "\n"), letter.html);
        let file = mail.attachment(0).unwrap();
        assert_eq!((file.attachment_name(), file.contents()), (Some("März.bin"), &*letter.files[0].bytes));
        let raw = String::from_utf8_lossy(&inbox[0]);
        assert!(raw.contains("(Authenticated sender: desk@example.test)"), "{raw}");
    }
}

#[tokio::test]
async fn many_letters_go_over_one_login_in_order() {
    let Some(stack) = stack() else { return };
    let user = stack.claim_user();
    let to = stack.address(&user);
    let mut post = post(settings(stack, Tls::StartTls));
    for number in 0..50 {
        post.send(&envelope(&to), &mime::encode(&letter(&to, number)).unwrap()).await.unwrap();
    }
    let mut ids: Vec<String> = stack
        .wait_for_inbox(&user, 50)
        .iter()
        .map(|bytes| MessageParser::new().parse(bytes).unwrap().message_id().unwrap().to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 50);
}

#[tokio::test]
async fn a_wrong_password_is_told_in_the_servers_words() {
    let Some(stack) = stack() else { return };
    let login = Some(Login { user: stack.address("desk"), password: Secret::new("wrong") });
    let mut post = post(SmtpSettings { login, ..settings(stack, Tls::StartTls) });
    let error = post.send(&envelope("ana@example.test"), b"Subject: x\r\n\r\n").await.unwrap_err();
    let PostError::LoginRefused { server_says } = &error else { panic!("{error}") };
    assert!(server_says.starts_with("535 5.7.8"), "{server_says}");
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_not_trusted() {
    let Some(stack) = stack() else { return };
    for tls in [Tls::StartTls, Tls::Implicit] {
        let mut post = post(SmtpSettings { ca_file: None, ..settings(stack, tls) });
        let error = post.send(&envelope("ana@example.test"), b"Subject: x\r\n\r\n").await.unwrap_err();
        assert!(matches!(error, PostError::CertificateNotTrusted { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn an_unknown_recipient_is_refused_at_once() {
    let Some(stack) = stack() else { return };
    let mut post = post(settings(stack, Tls::Implicit));
    let error = post.send(&envelope("nobody@example.test"), b"Subject: x\r\n\r\n").await.unwrap_err();
    assert!(matches!(error, PostError::RecipientRefused { code: 550, .. }), "{error:?}");
}

#[tokio::test]
async fn a_letter_over_the_servers_size_is_refused_before_it_is_sent() {
    let Some(stack) = stack() else { return };
    let mut post = post(settings(stack, Tls::Implicit));
    let huge = [b"Subject: x\r\n\r\n".as_slice(), &b"0123456789\r\n".repeat(3_000_000)].concat();
    let error = post.send(&envelope("ana@example.test"), &huge).await.unwrap_err();
    assert!(matches!(error, PostError::TooLarge { limit: Some(30_000_000), .. }), "{error:?}");
}

#[tokio::test]
async fn a_plus_address_reaches_its_person() {
    let Some(stack) = stack() else { return };
    let user = stack.claim_user();
    let mut post = post(settings(stack, Tls::StartTls));
    post.send(&envelope(&format!("{user}+7-abc@example.test")), b"Subject: tap\r\n\r\nok\r\n").await.unwrap();
    assert_eq!(stack.wait_for_inbox(&user, 1).len(), 1);
}

#[tokio::test]
async fn the_stack_delivers_and_submits_as_others_would() {
    let Some(stack) = stack() else { return };
    let user = stack.claim_user();
    stack.deliver(&user, b"From: eve@example.org\nSubject: one\n\n.\n..dots\n");
    stack.wait_for_inbox(&user, 1);
    stack.submit("ana", &[&stack.address(&user)], b"From: ana@example.test\nSubject: two\n\n.\n..dots\n");
    let inbox = stack.wait_for_inbox(&user, 2);
    for (mail, subject) in inbox.iter().zip(["one", "two"]) {
        let mail = String::from_utf8_lossy(mail);
        assert!(mail.contains(&format!("Subject: {subject}\r\n")) && mail.ends_with("\r\n.\r\n..dots\r\n"), "{mail}");
    }
    assert!(String::from_utf8_lossy(&inbox[1]).contains("(Authenticated sender: ana@example.test)"));
}
