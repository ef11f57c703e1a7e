//! A server that fails while mail is read, or before: each fault is an error that names itself, and the next
//! reading gets everything, once.

use crate::{
    fake_imap::{Fake, Fault, GREETING, Then},
    ledger::{BODIES, FIRST, Ledger, MAILS, PATIENT, half_a_mail, mailbox_for, settings},
};
use handback::mailbox::{ImapMailbox, ImapSettings, MailboxError, Tls};
use std::time::Duration;

/// Reads a box of three mails from a server with one fault: the first reading fails as expected, the second
/// gets what is missing.
async fn check(fault: Fault, is_expected: fn(&MailboxError) -> bool) {
    let then = fault.then;
    let fake = Fake::start(MAILS).await.fails(fault);
    let mailbox = mailbox_for(&fake, then);
    let mut ledger = Ledger::default();
    let error = ledger.take_in(&mailbox).await.expect_err("the fault must show");
    assert!(is_expected(&error), "{error:?}");
    assert!(!ledger.was_read_to_end(), "a failed reading must not claim the end");
    ledger.take_in(&mailbox).await.expect("the server is well again");
    assert_eq!(ledger.texts(), MAILS);
    assert!(ledger.was_read_to_end());
    assert_eq!(fake.connections(), 2, "the broken session must not be used again");
}

// While mails are read.

#[tokio::test]
async fn a_cut_inside_a_literal_loses_nothing() {
    check(Fault::once(BODIES, half_a_mail(), Then::Close), |error| matches!(error, MailboxError::Cut { .. })).await;
}

#[tokio::test]
async fn a_close_between_two_responses_is_not_the_end_of_the_mail() {
    check(Fault::once(BODIES, FIRST, Then::Close), |error| matches!(error, MailboxError::Closed { .. })).await;
}

#[tokio::test]
async fn a_bye_amid_the_mails_is_an_error_with_the_servers_words() {
    let sends = format!("{FIRST}* BYE Session expired, please login again\r\n");
    check(Fault::once(BODIES, sends, Then::Close), |error| {
        matches!(error, MailboxError::SaidGoodbye { server_says, .. } if server_says.contains("Session expired"))
    })
    .await;
}

#[tokio::test]
async fn a_fetch_that_ends_in_no_is_an_error() {
    check(
        Fault::once(BODIES, format!("{FIRST}{{tag}} NO [UNAVAILABLE] try later\r\n"), Then::GoOn),
        |error| matches!(error, MailboxError::Refused { server_says, .. } if server_says.contains("try later")),
    )
    .await;
}

#[tokio::test]
async fn a_fetch_that_ends_in_bad_is_an_error() {
    check(Fault::once(BODIES, "{tag} BAD what\r\n", Then::GoOn), |error| {
        matches!(error, MailboxError::Refused { .. })
    })
    .await;
}

#[tokio::test]
async fn a_reset_amid_the_mails_loses_nothing() {
    check(Fault::once(BODIES, FIRST, Then::Reset), |error| matches!(error, MailboxError::Cut { .. })).await;
}

#[tokio::test]
async fn a_stall_inside_a_literal_ends_at_the_deadline() {
    check(Fault::once(BODIES, half_a_mail(), Then::Stall), |error| matches!(error, MailboxError::Late { .. })).await;
}

#[tokio::test]
async fn an_ok_that_passes_over_mails_is_an_error() {
    check(Fault::once(BODIES, format!("{FIRST}{{tag}} OK done\r\n"), Then::GoOn), |error| {
        matches!(error, MailboxError::Unanswered { asked: 2, answered: 0 })
    })
    .await;
}

#[tokio::test]
async fn a_literal_announced_as_500_mb_is_refused_before_it_is_sent() {
    let sends = "* 1 FETCH (UID 1 BODY[] {500000000}\r\nabc";
    check(Fault::once(BODIES, sends, Then::Stall), |error| matches!(error, MailboxError::Flood { .. })).await;
}

#[tokio::test]
async fn a_literal_announced_as_900_mb_is_refused_before_it_is_sent() {
    let sends = "* 1 FETCH (UID 1 BODY[] {900000000}\r\nabc";
    check(Fault::once(BODIES, sends, Then::Stall), |error| matches!(error, MailboxError::Flood { .. })).await;
}

#[tokio::test]
async fn a_server_that_never_stops_talking_is_cut_off() {
    let sends = "* OK and another thing\r\n".repeat(20_000);
    check(Fault::once(BODIES, sends, Then::Stall), |error| matches!(error, MailboxError::Flood { .. })).await;
}

#[tokio::test]
async fn an_unknown_untagged_line_loses_nothing() {
    check(Fault::once(BODIES, "* WONDERFUL 1 (X)\r\n", Then::Answer), |error| {
        matches!(error, MailboxError::Garbled { .. })
    })
    .await;
}

#[tokio::test]
async fn a_line_that_makes_the_parser_panic_loses_nothing() {
    check(Fault::once(BODIES, "* OK [ALERT]\u{e9}t\u{e9}\r\n", Then::Answer), |error| {
        matches!(error, MailboxError::Garbled { .. })
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_command_that_was_never_given_is_an_error() {
    check(Fault::once(BODIES, "A99 OK done\r\n", Then::Answer), |error| {
        matches!(error, MailboxError::Garbled { .. })
    })
    .await;
}

#[tokio::test]
async fn a_malformed_fetch_line_loses_nothing() {
    check(Fault::once(BODIES, "* 1 FETCH UID 1 BODY[] {3}\r\nabc\r\n", Then::Answer), |error| {
        matches!(error, MailboxError::Garbled { .. })
    })
    .await;
}

#[tokio::test]
async fn sizes_that_are_cut_off_lose_nothing() {
    let sizes = "UID FETCH 1:3 (UID RFC822.SIZE)";
    check(Fault::once(sizes, "* 1 FETCH (UID 1 RFC822.SIZE 40)\r\n", Then::Close), |error| {
        matches!(error, MailboxError::Closed { .. })
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_forever_still_searching_comes_to_an_end() {
    let fault = Fault::once("UID SEARCH SINCE", "", Then::Keepalive);
    let fake = Fake::start(MAILS).await.fails(fault);
    let hurried = settings(&fake, Duration::from_millis(50));
    let mailbox = ImapMailbox::new(hurried).expect("the settings are sound");
    let error = Ledger::default().take_in(&mailbox).await.expect_err("it never says what it found");
    assert!(matches!(error, MailboxError::Late { .. }), "{error:?}");
}

// Before mails are read.

#[tokio::test]
async fn a_greeting_that_never_comes_ends_at_the_deadline() {
    check(Fault::once(GREETING, "", Then::Stall), |error| matches!(error, MailboxError::Late { .. })).await;
}

#[tokio::test]
async fn a_greeting_of_bye_keeps_the_servers_words() {
    check(Fault::once(GREETING, "* BYE Too many connections\r\n", Then::Close), |error| {
        matches!(error, MailboxError::TurnedAway { server_says, .. } if server_says == "Too many connections")
    })
    .await;
}

#[tokio::test]
async fn a_server_that_asks_for_no_password_is_not_trusted() {
    check(Fault::once(GREETING, "* PREAUTH hello you\r\n", Then::GoOn), |error| {
        matches!(error, MailboxError::NotAsked { .. })
    })
    .await;
}

#[tokio::test]
async fn another_kind_of_server_is_named_as_such() {
    check(Fault::once(GREETING, "220 mail.example.test ESMTP\r\n", Then::GoOn), |error| {
        matches!(error, MailboxError::NotImap { .. })
    })
    .await;
}

#[tokio::test]
async fn a_refused_login_names_the_account_and_the_servers_words() {
    check(Fault::once("LOGIN", "{tag} NO [AUTHENTICATIONFAILED] Wrong password\r\n", Then::GoOn), |error| {
        let said = error.to_string();
        matches!(error, MailboxError::LoginRefused { .. })
            && said.contains("desk@example.test")
            && said.contains("Wrong password")
    })
    .await;
}

#[tokio::test]
async fn a_login_server_that_is_down_does_not_blame_the_password() {
    check(Fault::once("LOGIN", "{tag} NO [UNAVAILABLE] Login server down\r\n", Then::GoOn), |error| {
        matches!(error, MailboxError::Refused { .. })
    })
    .await;
}

#[tokio::test]
async fn a_login_that_is_never_answered_ends_at_the_deadline() {
    check(Fault::once("LOGIN", "", Then::Stall), |error| matches!(error, MailboxError::Late { .. })).await;
}

#[tokio::test]
async fn a_login_answered_by_bye_keeps_the_servers_words() {
    check(Fault::once("LOGIN", "* BYE Maintenance until noon\r\n", Then::Close), |error| {
        matches!(error, MailboxError::SaidGoodbye { server_says, .. } if server_says == "Maintenance until noon")
    })
    .await;
}

#[tokio::test]
async fn a_login_answered_by_a_close_loses_nothing() {
    check(Fault::once("LOGIN", "", Then::Close), |error| matches!(error, MailboxError::Closed { .. })).await;
}

#[tokio::test]
async fn a_select_that_is_closed_is_not_an_empty_folder() {
    check(Fault::once("SELECT", "* 5 EXISTS\r\n", Then::Close), |error| matches!(error, MailboxError::Closed { .. }))
        .await;
}

#[tokio::test]
async fn a_select_answered_by_no_or_bye_is_an_error() {
    check(Fault::once("SELECT", "{tag} NO locked\r\n", Then::GoOn), |error| {
        matches!(error, MailboxError::Refused { .. })
    })
    .await;
    check(Fault::once("SELECT", "* BYE going down\r\n", Then::Close), |error| {
        matches!(error, MailboxError::SaidGoodbye { .. })
    })
    .await;
}

#[tokio::test]
async fn a_folder_without_uidvalidity_is_an_error() {
    check(Fault::once("SELECT", "* 3 EXISTS\r\n{tag} OK done\r\n", Then::GoOn), |error| {
        matches!(error, MailboxError::NoUidValidity { .. })
    })
    .await;
}

#[tokio::test]
async fn a_search_answered_by_no_is_not_an_empty_folder() {
    check(Fault::once("UID SEARCH SINCE", "{tag} NO index damaged\r\n", Then::GoOn), |error| {
        matches!(error, MailboxError::Refused { .. })
    })
    .await;
}

#[tokio::test]
async fn a_search_that_is_closed_is_not_an_empty_folder() {
    check(Fault::once("UID SEARCH SINCE", "", Then::Close), |error| matches!(error, MailboxError::Closed { .. }))
        .await;
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_named() {
    let fake = Fake::start(MAILS).await;
    let settings = ImapSettings { port: 1, ..settings(&fake, PATIENT) };
    let mailbox = ImapMailbox::new(settings).expect("the settings are sound");
    let error = mailbox.folders().await.expect_err("nobody listens there");
    assert!(matches!(&error, MailboxError::Unreachable { port: 1, .. }), "{error:?}");
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_named() {
    // A label of 70 letters is refused by every resolver, without a question to the network.
    let host = format!("{}.invalid", "x".repeat(70));
    let settings = ImapSettings::new(host, "desk@example.test", "s3cret".into());
    let mailbox = ImapMailbox::new(settings).expect("the settings are sound");
    let error = mailbox.folders().await.expect_err("there is no such host");
    assert!(matches!(&error, MailboxError::NoSuchHost { .. }), "{error:?}");
}

#[tokio::test]
async fn a_port_without_tls_is_named() {
    let fake = Fake::start(MAILS).await;
    let settings = ImapSettings { tls: Tls::Implicit, ..settings(&fake, PATIENT) };
    let mailbox = ImapMailbox::new(settings).expect("the settings are sound");
    let error = mailbox.folders().await.expect_err("it speaks no TLS");
    assert!(matches!(&error, MailboxError::NoTls { .. }), "{error:?}");
}

#[test]
fn a_password_leaves_this_machine_by_tls_alone() {
    let settings = ImapSettings { tls: Tls::None, ..ImapSettings::new("mail.example.test", "desk", "s3cret".into()) };
    assert!(matches!(ImapMailbox::new(settings), Err(MailboxError::NotEncrypted { .. })));
}

#[tokio::test]
async fn a_password_with_letters_outside_ascii_travels_as_base64() {
    let fake = Fake::start(MAILS).await;
    let settings = ImapSettings { password: "gr\u{fc}n".into(), ..settings(&fake, PATIENT) };
    let mailbox = ImapMailbox::new(settings).expect("the settings are sound");
    mailbox.folders().await.expect("the server takes any password");
    assert!(fake.store().heard.contains(&"AGRlc2tAZXhhbXBsZS50ZXN0AGdyw7xu".to_owned()));
}
