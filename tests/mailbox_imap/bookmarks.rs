//! What is read again and what is not; and answers that are odd and allowed.

use crate::{
    fake_imap::{Fake, Fault, Folder, Then},
    ledger::{BODIES, Ledger, MAILS, mailbox},
};
use handback::mailbox::{Bookmark, Start};

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
async fn a_server_that_finds_nothing_under_a_bare_star_has_no_past_read_as_new() {
    // Courier does so.
    let nothing = Fault::once("UID SEARCH UID *", "* SEARCH\r\n{tag} OK done\r\n", Then::GoOn);
    let fake = Fake::start(MAILS).await.fails(nothing);
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

#[tokio::test]
async fn a_junk_folder_that_was_renamed_is_read_under_its_new_name() {
    let fake = Fake::start(MAILS).await;
    let junk = Folder {
        uid_validity: 9,
        marks: "\\Junk",
        mails: [(1, b"Subject: lost\r\n\r\nhello\r\n".to_vec())].into(),
        ..Folder::default()
    };
    fake.store().folders.insert("Junk".into(), junk.clone());
    let mailbox = mailbox(&fake);
    let mut ledger = Ledger::default();
    ledger.take_in(&mailbox).await.expect("all is well");
    fake.store().folders.remove("Junk");
    fake.store().folders.insert("Ramsch".into(), junk);
    fake.store().folder("Ramsch").mails.insert(2, b"Subject: new\r\n\r\nhello\r\n".to_vec());
    ledger.take_in(&mailbox).await.expect("a name that is gone is no error");
    let keys: Vec<(&str, u32)> = ledger.mails.keys().map(|(folder, _, uid)| (folder.as_str(), *uid)).collect();
    assert_eq!(keys, [("INBOX", 1), ("INBOX", 2), ("INBOX", 3), ("Junk", 1), ("Ramsch", 1), ("Ramsch", 2)]);
}

#[tokio::test]
async fn a_mail_that_another_client_moves_away_and_back_is_read_under_its_new_number() {
    let fake = Fake::start(MAILS).await;
    let mailbox = mailbox(&fake);
    let mut ledger = Ledger::default();
    ledger.take_in(&mailbox).await.expect("all is well");
    // Moved before we saw it, and another one after.
    fake.store().folder("INBOX").mails.remove(&2);
    fake.deliver(5, "Subject: five\r\n\r\nhello\r\n");
    ledger.take_in(&mailbox).await.expect("all is well");
    fake.deliver(6, "Subject: four\r\n\r\nhello\r\n");
    fake.deliver(7, MAILS[1]);
    ledger.take_in(&mailbox).await.expect("all is well");
    let uids: Vec<u32> = ledger.mails.keys().map(|(_, _, uid)| *uid).collect();
    assert_eq!(uids, [1, 2, 3, 5, 6, 7]);
    assert!(fake.store().heard.iter().all(|command| !command.contains("SEEN")), "no flag decides what is read");
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
