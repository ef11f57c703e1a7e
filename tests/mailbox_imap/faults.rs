//! What becomes of mail when the IMAP server fails: each fault is an error that names itself, and the next
//! reading gets everything, once.

use crate::fake_imap::{Fake, Fault, Folder, GREETING, Then};
use chrono::NaiveDate;
use handback::{
    domain::mail::Window,
    mailbox::{Bookmark, Deadlines, ImapMailbox, ImapSettings, MailboxError, NewMail, Start, Tls, Waited},
};
use std::{collections::BTreeMap, time::Duration};
use tokio::time::Instant;

const MAILS: [&str; 3] = [
    "Subject: one\r\n\r\nThe invoices are done.\r\n",
    "Subject: two\r\n\r\nWhich folder do you want them in?\r\n",
    "Subject: three\r\n\r\nok\r\n",
];

const BODIES: &str = "UID FETCH 1:3 (UID BODY.PEEK[])";

/// The first mail as the server sends it.
const FIRST: &str = "* 1 FETCH (UID 1 BODY[] {40}\r\nSubject: one\r\n\r\nThe invoices are done.\r\n)\r\n";

/// The first mail, cut off within its text.
fn half_a_mail() -> &'static str {
    FIRST.get(..50).expect("it is longer")
}

/// Patient enough for a busy machine.
const PATIENT: Duration = Duration::from_secs(10);

/// For servers that fall silent.
const HURRIED: Duration = Duration::from_millis(300);

fn settings(fake: &Fake, deadline: Duration) -> ImapSettings {
    ImapSettings {
        port: fake.port,
        tls: Tls::None,
        deadlines: Deadlines { connect: deadline, answer: deadline, done: deadline },
        ..ImapSettings::new("127.0.0.1", "desk@example.test", "s3cret".into())
    }
}

fn mailbox(fake: &Fake) -> ImapMailbox {
    ImapMailbox::new(settings(fake, PATIENT)).expect("the settings are sound")
}

/// A mailbox that waits no longer than this fault calls for.
fn mailbox_for(fake: &Fake, then: Then) -> ImapMailbox {
    let deadline = if then == Then::Stall { HURRIED } else { PATIENT };
    ImapMailbox::new(settings(fake, deadline)).expect("the settings are sound")
}

/// Takes windows in as the ledger does: mails and bookmark together.
#[derive(Debug, Default)]
struct Ledger {
    bookmarks: BTreeMap<String, Bookmark>,
    mails: BTreeMap<(String, u32, u32), Vec<u8>>,
    parked: Vec<u32>,
    windows: Vec<Window>,
}

impl Ledger {
    async fn take_in(&mut self, mailbox: &ImapMailbox) -> Result<(), MailboxError> {
        self.take_in_from(mailbox, Start::Since(NaiveDate::MIN)).await
    }

    async fn take_in_from(&mut self, mailbox: &ImapMailbox, first: Start) -> Result<(), MailboxError> {
        let again_since = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a date");
        let mut windows = mailbox.read(NewMail { bookmarks: self.bookmarks.clone(), first, again_since });
        while let Some(window) = windows.next().await? {
            let Window { folder, uid_validity, mails, unreadable, upto, .. } = window.clone();
            for mail in mails {
                let twice = self.mails.insert((folder.clone(), uid_validity, mail.uid), mail.raw);
                assert_eq!(twice, None, "a mail below the bookmark came again");
            }
            self.parked.extend(unreadable);
            self.bookmarks.insert(folder, Bookmark { uid_validity, last_uid: upto });
            self.windows.push(window);
        }
        Ok(())
    }

    fn texts(&self) -> Vec<String> {
        self.mails.values().map(|raw| String::from_utf8_lossy(raw).into_owned()).collect()
    }

    fn was_read_to_end(&self) -> bool {
        self.windows.last().is_some_and(|window| window.read_to_end)
    }
}

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

// Answers that are odd and allowed.

/// Reads the box once from a server that answers oddly; all is well.
async fn check_harmless(fault: Fault) {
    let fake = Fake::start(MAILS).await.fails(fault);
    let mut ledger = Ledger::default();
    ledger.take_in(&mailbox(&fake)).await.expect("nothing is wrong with that");
    assert_eq!(ledger.texts(), MAILS);
    assert_eq!(fake.connections(), 1);
}

#[tokio::test]
async fn a_flag_push_without_uid_amid_the_mails_is_nothing_to_us() {
    check_harmless(Fault::once(BODIES, "* 2 FETCH (FLAGS (\\Seen))\r\n", Then::Answer)).await;
    check_harmless(Fault::once(BODIES, "* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n", Then::Answer)).await;
}

#[tokio::test]
async fn an_expunge_amid_the_mails_moves_no_mail_to_another_uid() {
    check_harmless(Fault::once(BODIES, "* 1 EXPUNGE\r\n", Then::Answer)).await;
}

#[tokio::test]
async fn a_mail_that_was_not_asked_for_is_dropped() {
    check_harmless(Fault::once(BODIES, "* 9 FETCH (UID 99 BODY[] {2}\r\nhi)\r\n", Then::Answer)).await;
}

#[tokio::test]
async fn a_mail_removed_since_it_was_listed_does_not_stop_the_rest() {
    let fake = Fake::start(MAILS).await.fails(Fault::once(
        "UID SEARCH SINCE",
        "* SEARCH 1 2 3 4\r\n{tag} OK done\r\n",
        Then::GoOn,
    ));
    let mut ledger = Ledger::default();
    ledger.take_in(&mailbox(&fake)).await.expect("mail 4 is gone, and that is all");
    assert_eq!(ledger.texts(), MAILS);
    assert!(ledger.was_read_to_end());
}

// Mails that a server fails to hand out.

/// Reads a box whose second mail cannot be had, over and over as a daemon does. Returns the ledger and how many
/// readings it took.
async fn read_with_poison(sends: &str, then: Then) -> (Ledger, usize) {
    let fake = Fake::start(MAILS).await;
    fake.store().folder("INBOX").poison.insert(2, (sends.as_bytes().to_vec(), then));
    let mailbox = mailbox_for(&fake, then);
    let mut ledger = Ledger::default();
    for reading in 1..20 {
        if ledger.take_in(&mailbox).await.is_ok() {
            return (ledger, reading);
        }
    }
    panic!("the box was never read to its end: {ledger:?}");
}

async fn check_parked(sends: &str, then: Then) {
    let (ledger, readings) = read_with_poison(sends, then).await;
    assert_eq!(ledger.texts(), [MAILS[0], MAILS[2]]);
    assert_eq!(ledger.parked, [2]);
    assert!(ledger.was_read_to_end());
    assert_eq!(readings, 4, "once in its window and three times alone");
}

#[tokio::test]
async fn a_mail_without_a_body_is_parked_and_the_rest_is_read() {
    check_parked("* 2 FETCH (UID 2 BODY[] NIL)\r\n", Then::GoOn).await;
}

#[tokio::test]
async fn a_mail_whose_line_cannot_be_parsed_is_parked_and_the_rest_is_read() {
    check_parked("* 2 FETCH UID 2 BODY[] {3}\r\nabc\r\n", Then::GoOn).await;
}

#[tokio::test]
async fn a_mail_that_kills_every_session_is_parked_and_the_rest_is_read() {
    check_parked("* 2 FETCH (UID 2 BODY[] {20}\r\nabc", Then::Close).await;
}

#[tokio::test]
async fn a_mail_that_stalls_every_session_is_parked_and_the_rest_is_read() {
    check_parked("", Then::Stall).await;
}

#[tokio::test]
async fn a_mail_announced_far_beyond_its_size_is_parked_and_the_rest_is_read() {
    check_parked("* 2 FETCH (UID 2 BODY[] {500000000}\r\nabc", Then::Stall).await;
}

#[tokio::test]
async fn a_mail_alone_in_the_box_gets_more_tries_before_it_is_parked() {
    let fake = Fake::start([MAILS[0]]).await;
    fake.store().folder("INBOX").poison.insert(1, (Vec::new(), Then::Close));
    let mailbox = mailbox(&fake);
    let mut ledger = Ledger::default();
    let mut readings = 1;
    while ledger.take_in(&mailbox).await.is_err() {
        readings += 1;
        assert!(readings < 20);
    }
    assert_eq!((readings, ledger.parked), (7, vec![1]));
}

#[tokio::test]
async fn mails_before_the_bad_one_are_handed_out_at_once() {
    let fake = Fake::start(MAILS).await;
    fake.store().folder("INBOX").poison.insert(3, (Vec::new(), Then::Close));
    let mut ledger = Ledger::default();
    ledger.take_in(&mailbox(&fake)).await.expect_err("mail 3 cuts the line");
    assert_eq!(ledger.texts(), [MAILS[0], MAILS[1]]);
    assert_eq!(ledger.bookmarks["INBOX"].last_uid, 2);
}

#[tokio::test]
async fn a_line_that_is_cut_again_and_again_still_makes_progress() {
    let fault = Fault { times: 5, ..Fault::once(BODIES, FIRST, Then::Close) };
    let fake = Fake::start(MAILS).await.fails(fault);
    let mailbox = mailbox(&fake);
    let mut ledger = Ledger::default();
    while ledger.take_in(&mailbox).await.is_err() {}
    assert_eq!(ledger.texts(), MAILS);
    assert_eq!(ledger.parked, [0; 0]);
}

// Bookmarks.

#[tokio::test]
async fn the_highest_uid_that_a_server_names_again_is_not_read_again() {
    let fake = Fake::start(MAILS).await;
    let mailbox = mailbox(&fake);
    let mut ledger = Ledger::default();
    for _ in 0..3 {
        ledger.take_in(&mailbox).await.expect("all is well");
        assert_eq!(ledger.texts(), MAILS);
    }
    assert!(fake.store().heard.contains(&"UID SEARCH UID 4:*".to_owned()));
    assert_eq!(fake.store().heard.iter().filter(|command| command.contains("BODY.PEEK")).count(), 1);
}

#[tokio::test]
async fn a_first_start_at_the_end_reads_only_what_comes_later() {
    let fake = Fake::start(MAILS).await;
    let mailbox = mailbox(&fake);
    let mut ledger = Ledger::default();
    ledger.take_in_from(&mailbox, Start::AtEnd).await.expect("all is well");
    assert_eq!(ledger.bookmarks["INBOX"], Bookmark { uid_validity: 7, last_uid: 3 });
    fake.deliver(4, "Subject: four\r\n\r\nnew\r\n");
    ledger.take_in_from(&mailbox, Start::AtEnd).await.expect("all is well");
    assert_eq!(ledger.texts(), ["Subject: four\r\n\r\nnew\r\n"]);
}

#[tokio::test]
async fn a_first_start_on_an_empty_inbox_misses_nothing() {
    let fake = Fake::start([]).await;
    let mailbox = mailbox(&fake);
    let mut ledger = Ledger::default();
    ledger.take_in_from(&mailbox, Start::AtEnd).await.expect("all is well");
    fake.deliver(1, MAILS[0]);
    ledger.take_in_from(&mailbox, Start::AtEnd).await.expect("all is well");
    assert_eq!(ledger.texts(), [MAILS[0]]);
}

#[tokio::test]
async fn a_folder_made_anew_is_read_again_from_the_given_day() {
    let fake = Fake::start(MAILS).await;
    let mailbox = mailbox(&fake);
    let mut ledger = Ledger::default();
    ledger.take_in(&mailbox).await.expect("all is well");
    fake.store().folder("INBOX").uid_validity = 8;
    ledger.take_in(&mailbox).await.expect("all is well");
    assert!(fake.store().heard.contains(&"UID SEARCH SINCE 1-Mar-2026".to_owned()));
    assert_eq!(ledger.mails.len(), 6, "each mail under its old and its new number");
    assert_eq!(ledger.bookmarks["INBOX"], Bookmark { uid_validity: 8, last_uid: 3 });
}

#[tokio::test]
async fn a_junk_folder_that_appears_later_is_read_from_the_given_day() {
    let fake = Fake::start(MAILS).await;
    let mailbox = mailbox(&fake);
    let mut ledger = Ledger::default();
    ledger.take_in_from(&mailbox, Start::AtEnd).await.expect("all is well");
    let junk = Folder {
        uid_validity: 9,
        marks: "\\Junk",
        mails: [(1, b"Subject: lost\r\n\r\nhello\r\n".to_vec())].into(),
        ..Folder::default()
    };
    fake.store().folders.insert("Ramsch".into(), junk);
    ledger.take_in_from(&mailbox, Start::AtEnd).await.expect("all is well");
    assert_eq!(ledger.texts(), ["Subject: lost\r\n\r\nhello\r\n"]);
}

// Waiting for news.

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
