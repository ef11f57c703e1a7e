//! Waiting for news, and the ways in which it ends.

use crate::{
    fake_imap::{Fake, Fault, Then},
    ledger::{Ledger, MAILS, PATIENT, mailbox, mailbox_for, settings},
};
use handback::mailbox::{ImapMailbox, ImapSettings, MailboxError, Start, Waited};
use std::time::Duration;
use tokio::time::Instant;

/// Waits on a server with one fault at IDLE, and then reads.
async fn check_idle(fault: Fault, is_expected: fn(&Result<Waited, MailboxError>) -> bool) {
    let then = fault.then;
    let fake = Fake::start(MAILS).await.fails(fault);
    let mailbox = mailbox_for(&fake, then);
    let mut ledger = Ledger::default();
    ledger.take_in_from(&mailbox, Start::AtEnd).await.expect("all is well");
    let begun = Instant::now();
    let waited = mailbox.wait(Duration::from_millis(100)).await;
    assert!(is_expected(&waited), "{waited:?}");
    assert!(begun.elapsed() < Duration::from_secs(5), "the timer must not start again");
    fake.deliver(4, MAILS[0]);
    ledger.take_in(&mailbox).await.expect("the server is well again");
    assert_eq!(ledger.texts(), [MAILS[0]]);
}

#[tokio::test]
async fn a_mail_that_arrives_ends_the_wait_at_once() {
    let fake = Fake::start(MAILS).await;
    let mailbox = mailbox(&fake);
    let waiting = tokio::spawn({
        let mailbox = mailbox.clone();
        async move { mailbox.wait(Duration::from_secs(30)).await }
    });
    while !fake.store().heard.contains(&"IDLE".to_owned()) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(20)).await;
    fake.deliver(4, MAILS[0]);
    let waited = tokio::time::timeout(Duration::from_secs(2), waiting).await.expect("it must not take so long");
    assert_eq!(waited.expect("no panic").expect("all is well"), Waited::News);
}

#[tokio::test]
async fn a_mail_that_came_between_reading_and_waiting_ends_the_wait_at_once() {
    let fake = Fake::start(MAILS).await;
    let mailbox = mailbox(&fake);
    let mut ledger = Ledger::default();
    ledger.take_in(&mailbox).await.expect("all is well");
    fake.deliver(4, MAILS[0]);
    let waited = mailbox.wait(Duration::from_secs(30)).await.expect("all is well");
    assert_eq!(waited, Waited::News);
}

#[tokio::test]
async fn a_quiet_idle_ends_by_time_and_keeps_the_session() {
    let fake = Fake::start(MAILS).await;
    let mailbox = mailbox(&fake);
    for _ in 0..3 {
        assert_eq!(mailbox.wait(Duration::from_millis(30)).await.expect("all is well"), Waited::TimeUp);
    }
    assert_eq!(fake.connections(), 1);
}

#[tokio::test]
async fn an_idle_that_is_closed_is_an_error_and_not_an_interruption() {
    check_idle(Fault::once("IDLE", "+ idling\r\n", Then::Close), |waited| {
        matches!(waited, Err(MailboxError::Closed { .. }))
    })
    .await;
}

#[tokio::test]
async fn an_idle_that_ends_in_bye_keeps_the_servers_words() {
    check_idle(Fault::once("IDLE", "+ idling\r\n* BYE Session expired\r\n", Then::Close), |waited| {
        matches!(waited, Err(MailboxError::SaidGoodbye { server_says, .. }) if server_says == "Session expired")
    })
    .await;
}

#[tokio::test]
async fn an_idle_that_is_reset_is_an_error() {
    check_idle(Fault::once("IDLE", "+ idling\r\n", Then::Reset), |waited| {
        matches!(waited, Err(MailboxError::Cut { .. }))
    })
    .await;
}

#[tokio::test]
async fn a_line_that_died_unseen_is_noticed_when_the_idle_ends() {
    check_idle(Fault::once("IDLE", "+ idling\r\n", Then::Stall), |waited| {
        matches!(waited, Err(MailboxError::Late { .. }))
    })
    .await;
}

#[tokio::test]
async fn an_idle_that_never_begins_ends_at_the_deadline() {
    check_idle(Fault::once("IDLE", "", Then::Stall), |waited| matches!(waited, Err(MailboxError::Late { .. }))).await;
}

#[tokio::test]
async fn a_refused_idle_becomes_a_plain_wait() {
    for refusal in ["{tag} BAD no\r\n", "{tag} NO not today\r\n"] {
        check_idle(Fault::once("IDLE", refusal, Then::GoOn), |waited| matches!(waited, Ok(Waited::TimeUp))).await;
    }
}

#[tokio::test]
async fn keepalives_do_not_make_an_idle_longer() {
    check_idle(Fault::once("IDLE", "+ idling\r\n", Then::Keepalive), |waited| matches!(waited, Ok(Waited::TimeUp)))
        .await;
}

#[tokio::test]
async fn a_wait_that_was_cancelled_leaves_a_mailbox_that_works() {
    let fake = Fake::start(MAILS).await;
    let mailbox = mailbox(&fake);
    let cancelled = tokio::time::timeout(Duration::from_millis(50), mailbox.wait(Duration::from_secs(30))).await;
    assert!(cancelled.is_err());
    let mut ledger = Ledger::default();
    ledger.take_in(&mailbox).await.expect("a new session is made");
    assert_eq!(ledger.texts(), MAILS);
    assert_eq!(fake.connections(), 2);
}

#[tokio::test]
async fn without_idle_a_wait_is_a_plain_wait() {
    let fake = Fake::start(MAILS).await;
    let mailbox = ImapMailbox::new(ImapSettings { idle: false, ..settings(&fake, PATIENT) }).expect("sound settings");
    assert_eq!(mailbox.wait(Duration::from_millis(20)).await.expect("all is well"), Waited::TimeUp);
    assert_eq!(fake.connections(), 0);
}
