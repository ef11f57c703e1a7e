//! What the mailbox does on an IMAP server that is well: windows, large mails, late mails, finding, tidying up.

use crate::fake_imap::{Fake, Fault, Folder, Then};
use chrono::NaiveDate;
use handback::{
    domain::{id::MessageId, mail::Window},
    mailbox::{
        After, Bookmark, Folders, Found, ImapMailbox, ImapSettings, MailboxError, NewMail, Overlap, Start, Tls,
        Windows,
    },
};
use std::{collections::BTreeMap, time::Duration};

const OURS: &str = "Message-ID: <hb.1.abc@example.test>\r\nSubject: [HB-1] Invoices\r\n\r\nPlease.\r\n";

fn settings(fake: &Fake) -> ImapSettings {
    ImapSettings {
        port: fake.port,
        tls: Tls::None,
        ..ImapSettings::new("127.0.0.1", "desk@example.test", "s3cret".into())
    }
}

fn mailbox(fake: &Fake) -> ImapMailbox {
    ImapMailbox::new(settings(fake)).expect("the settings are sound")
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).expect("a day of March")
}

fn everything() -> NewMail {
    NewMail { bookmarks: BTreeMap::new(), first: Start::Since(day(1)), again_since: day(1) }
}

async fn all(mut windows: Windows) -> Result<Vec<Window>, MailboxError> {
    let mut read = Vec::new();
    while let Some(window) = windows.next().await? {
        read.push(window);
    }
    Ok(read)
}

fn uids(window: &Window) -> Vec<u32> {
    window.mails.iter().map(|mail| mail.uid).collect()
}

fn commands(fake: &Fake, beginning: &str) -> Vec<String> {
    fake.store().heard.iter().filter(|command| command.starts_with(beginning)).cloned().collect()
}

// Windows.

#[tokio::test]
async fn mail_comes_in_windows_of_two_hundred_and_the_last_says_so() {
    let fake = Fake::start(vec!["Subject: x\r\n\r\nhello\r\n"; 450]).await;
    let windows = all(mailbox(&fake).read(everything())).await.expect("all is well");
    let shape: Vec<_> = windows.iter().map(|window| (window.mails.len(), window.upto, window.read_to_end)).collect();
    assert_eq!(shape, [(200, 200, false), (200, 400, false), (50, 450, true)]);
    assert_eq!(commands(&fake, "UID FETCH 1:200 (UID BODY.PEEK[])").len(), 1);
}

#[tokio::test]
async fn one_window_is_read_ahead_and_no_more() {
    let fake = Fake::start(vec!["Subject: x\r\n\r\nhello\r\n"; 900]).await;
    let mut windows = mailbox(&fake).read(everything());
    windows.next().await.expect("all is well").expect("a window");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let bodies: Vec<String> =
        commands(&fake, "UID FETCH").into_iter().filter(|command| command.contains("BODY")).collect();
    assert_eq!(bodies, ["UID FETCH 1:200 (UID BODY.PEEK[])", "UID FETCH 201:400 (UID BODY.PEEK[])"]);
}

#[tokio::test]
async fn other_work_is_done_between_two_windows() {
    let fake = Fake::start(vec!["Subject: x\r\n\r\nhello\r\n"; 450]).await;
    let mailbox = ImapMailbox::new(ImapSettings { after: After::Seen, ..settings(&fake) }).expect("sound settings");
    let mut windows = mailbox.read(everything());
    let mut read = 0;
    while let Some(window) = windows.next().await.expect("all is well") {
        mailbox.settle(&window.folder, window.uid_validity, &uids(&window)).await.expect("all is well");
        assert_eq!(
            mailbox.find(&MessageId("nobody@example.test".into())).await.expect("all is well"),
            Found::Nowhere
        );
        read += window.mails.len();
    }
    assert_eq!((read, fake.connections()), (450, 1));
}

#[tokio::test]
async fn a_window_holds_no_more_bytes_than_allowed() {
    let mail = format!("Subject: x\r\n\r\n{}\r\n", "hello ".repeat(100));
    let fake = Fake::start(vec![mail.as_str(); 7]).await;
    let mailbox = ImapMailbox::new(ImapSettings { window_bytes: 2_000, ..settings(&fake) }).expect("sound settings");
    let windows = all(mailbox.read(everything())).await.expect("all is well");
    assert_eq!(windows.iter().map(uids).collect::<Vec<_>>(), [vec![1, 2, 3], vec![4, 5, 6], vec![7]]);
    assert_eq!(windows.iter().map(|window| window.upto).collect::<Vec<_>>(), [3, 6, 7]);
}

#[tokio::test]
async fn a_large_mail_is_read_in_part_and_marked() {
    let large = format!("Subject: x\r\n\r\nhello\r\n{}", "0123456789abcdef".repeat(64 * 1024));
    let fake = Fake::start(["Subject: a\r\n\r\none\r\n", large.as_str(), "Subject: b\r\n\r\ntwo\r\n"]).await;
    let mailbox = ImapMailbox::new(ImapSettings { size_cap: 1_000_000, ..settings(&fake) }).expect("sound settings");
    let windows = all(mailbox.read(everything())).await.expect("all is well");
    let mails: Vec<_> = windows[0].mails.iter().map(|mail| (mail.raw.len(), mail.size, mail.partial)).collect();
    assert_eq!(mails, [(19, 19, false), (262_144, 1_048_597, true), (19, 19, false)]);
}

#[tokio::test]
async fn an_empty_inbox_is_a_window_that_was_read_to_its_end() {
    let fake = Fake::start([]).await;
    let windows = all(mailbox(&fake).read(everything())).await.expect("all is well");
    assert_eq!(windows.len(), 1);
    assert!(windows[0].read_to_end && windows[0].mails.is_empty() && windows[0].upto == 0);
}

#[tokio::test]
async fn reading_marks_nothing_as_seen() {
    let fake = Fake::start(["Subject: a\r\n\r\none\r\n"]).await;
    all(mailbox(&fake).read(everything())).await.expect("all is well");
    assert!(commands(&fake, "UID STORE").is_empty());
    assert!(commands(&fake, "UID FETCH").iter().all(|command| !command.contains("BODY[")));
}

#[tokio::test]
async fn a_late_mail_is_found_and_leaves_the_bookmark_alone() {
    let fake = Fake::start(vec!["Subject: x\r\n\r\nhello\r\n"; 9]).await;
    let overlap = Overlap {
        folder: "INBOX".into(),
        bookmark: Bookmark { uid_validity: 7, last_uid: 8 },
        above: 2,
        since: day(1),
        known: [3, 4, 6, 7, 8].into(),
    };
    let windows = all(mailbox(&fake).read_late(overlap)).await.expect("all is well");
    assert_eq!(windows.iter().map(uids).collect::<Vec<_>>(), [vec![5]]);
    assert_eq!((windows[0].upto, windows[0].read_to_end), (8, false));
}

// Folders.

#[tokio::test]
async fn junk_is_read_after_the_inbox() {
    let fake = Fake::start(["Subject: a\r\n\r\none\r\n"]).await;
    let mails = [(5, b"Subject: b\r\n\r\ntwo\r\n".to_vec())];
    let junk = Folder { uid_validity: 3, marks: "\\Junk", mails: mails.into(), ..Folder::default() };
    fake.store().folders.insert("Ramsch".into(), junk);
    fake.store().folders.insert("Sent".into(), Folder::default());
    let mailbox = mailbox(&fake);
    let expected = Folders { read: vec!["INBOX".into(), "Ramsch".into()], sent: Some("Sent".into()) };
    assert_eq!(mailbox.folders().await.expect("all is well"), expected);
    let windows = all(mailbox.read(everything())).await.expect("all is well");
    let read: Vec<_> = windows.iter().map(|window| (window.folder.as_str(), uids(window))).collect();
    assert_eq!(read, [("INBOX", vec![1]), ("Ramsch", vec![5])]);
}

#[tokio::test]
async fn a_junk_folder_that_may_not_be_opened_does_not_keep_us_from_the_inbox() {
    let fake = Fake::start(["Subject: a\r\n\r\none\r\n"]).await;
    fake.store().folders.insert("Junk".into(), Folder { uid_validity: 3, ..Folder::default() });
    let fake = fake.fails(Fault::once("SELECT \"Junk\"", "{tag} NO [NOPERM] not yours\r\n", Then::GoOn));
    let windows = all(mailbox(&fake).read(everything())).await.expect("the inbox can be read");
    assert_eq!(windows.iter().map(uids).collect::<Vec<_>>(), [vec![1]]);
    assert!(windows[0].read_to_end);
}

#[tokio::test]
async fn a_letter_is_found_in_sent_first_then_in_the_inbox() {
    let fake = Fake::start(["Subject: a\r\n\r\none\r\n"]).await;
    let mailbox = mailbox(&fake);
    let id = MessageId("hb.1.abc@example.test".into());
    assert_eq!(mailbox.find(&id).await.expect("all is well"), Found::Nowhere);
    fake.deliver(2, OURS);
    assert_eq!(mailbox.find(&id).await.expect("all is well"), Found::InInbox);
    let mails = [(1, OURS.as_bytes().to_vec())].into();
    let sent = Folder { uid_validity: 4, marks: "\\Sent", mails, ..Folder::default() };
    fake.store().folders.insert("Postausgang".into(), sent);
    assert_eq!(mailbox.find(&id).await.expect("all is well"), Found::InSent);
}

#[tokio::test]
async fn no_noop_is_believed_because_none_is_said() {
    let fake = Fake::start(["Subject: a\r\n\r\none\r\n"]).await;
    let mailbox = ImapMailbox::new(ImapSettings { after: After::Seen, ..settings(&fake) }).expect("sound settings");
    all(mailbox.read(everything())).await.expect("all is well");
    mailbox.settle("INBOX", 7, &[1]).await.expect("all is well");
    mailbox.find(&MessageId("nobody@example.test".into())).await.expect("all is well");
    mailbox.wait(Duration::from_millis(50)).await.expect("all is well");
    mailbox.folders().await.expect("all is well");
    mailbox.close().await;
    assert!(commands(&fake, "IDLE").len() == 1 && commands(&fake, "NOOP").is_empty());
}

#[tokio::test]
async fn an_id_that_holds_a_line_break_is_not_sent_as_a_command() {
    let fake = Fake::start([]).await;
    let id = MessageId("x\r\nA1 LOGOUT".into());
    let error = mailbox(&fake).find(&id).await.expect_err("it cannot be said");
    assert!(matches!(error, MailboxError::Unsayable { .. }), "{error:?}");
}

// Tidying up.

/// Settles mails 1 and 3 of three on a server with these skills and returns the commands it heard.
async fn settled(after: After, skills: &str) -> (Fake, Vec<String>) {
    let fake = Fake::start(vec!["Subject: x\r\n\r\nhello\r\n"; 3]).await;
    fake.store().capabilities = format!("IMAP4rev1 {skills}").trim_end().to_owned();
    let mailbox = ImapMailbox::new(ImapSettings { after, ..settings(&fake) }).expect("sound settings");
    mailbox.settle("INBOX", 7, &[3, 1]).await.expect("all is well");
    let said =
        fake.store().heard.iter().skip_while(|command| !command.starts_with("SELECT")).skip(1).cloned().collect();
    (fake, said)
}

#[tokio::test]
async fn a_mail_that_is_kept_is_not_touched() {
    let (fake, said) = settled(After::Keep, "MOVE").await;
    assert!(said.is_empty());
    assert!(commands(&fake, "SELECT").is_empty());
}

#[tokio::test]
async fn a_mail_is_marked_as_seen_where_that_is_set() {
    let (_, said) = settled(After::Seen, "MOVE").await;
    assert_eq!(said, ["UID STORE 1,3 +FLAGS.SILENT (\\Seen)"]);
}

#[tokio::test]
async fn a_mail_is_moved_and_the_folder_is_made_when_missing() {
    let (fake, said) = settled(After::Move("Gelesen & gr\u{fc}n".into()), "MOVE UIDPLUS").await;
    let folder = "Gelesen &- gr&APw-n";
    assert_eq!(
        said,
        [format!("UID MOVE 1,3 \"{folder}\""), format!("CREATE \"{folder}\""), format!("UID MOVE 1,3 \"{folder}\"")]
    );
    assert_eq!(fake.store().folder(folder).mails.len(), 2);
    assert_eq!(fake.store().folder("INBOX").mails.keys().copied().collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn without_move_a_mail_is_copied_and_then_expunged_by_uid() {
    let (_, said) = settled(After::Move("INBOX".into()), "UIDPLUS").await;
    assert_eq!(said, ["UID COPY 1,3 \"INBOX\"", "UID STORE 1,3 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 1,3"]);
}

#[tokio::test]
async fn without_uidplus_nothing_is_expunged_that_others_marked() {
    let (_, said) = settled(After::Move("INBOX".into()), "").await;
    assert_eq!(said, ["UID COPY 1,3 \"INBOX\"", "UID STORE 1,3 +FLAGS.SILENT (\\Deleted)"]);
}

#[tokio::test]
async fn mails_of_a_folder_made_anew_are_left_alone() {
    let fake = Fake::start(["Subject: a\r\n\r\none\r\n"]).await;
    let mailbox = ImapMailbox::new(ImapSettings { after: After::Seen, ..settings(&fake) }).expect("sound settings");
    mailbox.settle("INBOX", 6, &[1]).await.expect("there is nothing to do");
    assert!(commands(&fake, "UID STORE").is_empty());
}
