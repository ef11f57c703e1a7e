//! Mails that a server fails to hand out, however they are asked for.

use crate::{
    fake_imap::{Fake, Fault, Then},
    ledger::{BODIES, FIRST, Ledger, MAILS, mailbox, mailbox_for},
};

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
