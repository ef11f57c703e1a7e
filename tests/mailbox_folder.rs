//! The folder mailbox does as the IMAP one does.

use chrono::NaiveDate;
use handback::{
    domain::{id::MessageId, mail::Window},
    mailbox::{After, Bookmark, FolderMailbox, Found, Mailbox, NewMail, Overlap, Start, Waited},
};
use std::{collections::BTreeMap, fs, path::Path, time::Duration};
use tempfile::TempDir;

struct Box {
    dir: TempDir,
    mailbox: Mailbox,
}

impl Box {
    fn new(after: After) -> Self {
        let dir = tempfile::tempdir().expect("room for a mailbox");
        let mailbox = Mailbox::Folder(FolderMailbox::new(dir.path(), after).with_size_cap(1_000));
        Self { dir, mailbox }
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("room for mail");
        fs::write(path, text).expect("room for mail");
    }

    async fn read(&self, bookmarks: &BTreeMap<String, Bookmark>, first: Start) -> Vec<Window> {
        let asked = NewMail { bookmarks: bookmarks.clone(), first, again_since: NaiveDate::MIN };
        let mut windows = self.mailbox.read(asked);
        let mut read = Vec::new();
        while let Some(window) = windows.next().await.expect("all is well") {
            read.push(window);
        }
        read
    }

    fn has(&self, path: &str) -> bool {
        Path::new(self.dir.path()).join(path).exists()
    }
}

fn bookmarks(windows: &[Window]) -> BTreeMap<String, Bookmark> {
    let mark = |window: &Window| Bookmark { uid_validity: window.uid_validity, last_uid: window.upto };
    windows.iter().map(|window| (window.folder.clone(), mark(window))).collect()
}

fn uids(windows: &[Window]) -> Vec<u32> {
    windows.iter().flat_map(|window| &window.mails).map(|mail| mail.uid).collect()
}

#[tokio::test]
async fn mail_behind_the_bookmark_is_read_once_however_its_file_is_called() {
    let it = Box::new(After::Keep);
    it.put("inbox/m.eml", "Subject: m\n\nfirst\n");
    let first = it.read(&BTreeMap::new(), Start::Since(NaiveDate::MIN)).await;
    assert_eq!((uids(&first), first[0].read_to_end), (vec![1], true));
    it.put("inbox/a.eml", "Subject: a\n\nsecond\n");
    let second = it.read(&bookmarks(&first), Start::AtEnd).await;
    assert_eq!(second[0].mails[0].raw, b"Subject: a\n\nsecond\n");
    assert!(uids(&it.read(&bookmarks(&second), Start::AtEnd).await).is_empty());
}

#[tokio::test]
async fn a_first_start_at_the_end_passes_over_what_is_there() {
    let it = Box::new(After::Keep);
    it.put("inbox/a.eml", "Subject: a\n\nold\n");
    let first = it.read(&BTreeMap::new(), Start::AtEnd).await;
    assert_eq!((uids(&first), first[0].upto), (vec![], 1));
    it.put("inbox/b.eml", "Subject: b\n\nnew\n");
    assert_eq!(uids(&it.read(&bookmarks(&first), Start::AtEnd).await), [2]);
}

#[tokio::test]
async fn junk_is_read_too() {
    let it = Box::new(After::Keep);
    it.put("junk/a.eml", "Subject: a\n\nlost\n");
    let windows = it.read(&BTreeMap::new(), Start::Since(NaiveDate::MIN)).await;
    let folders: Vec<_> = windows.iter().map(|window| (window.folder.as_str(), window.mails.len())).collect();
    assert_eq!(folders, [("inbox", 0), ("junk", 1)]);
}

#[tokio::test]
async fn many_mails_come_in_several_windows() {
    let it = Box::new(After::Keep);
    for number in 0..401 {
        it.put(&format!("inbox/{number:03}.eml"), "Subject: x\n\nhello\n");
    }
    let windows = it.read(&BTreeMap::new(), Start::Since(NaiveDate::MIN)).await;
    let shape: Vec<_> = windows.iter().map(|window| (window.mails.len(), window.upto, window.read_to_end)).collect();
    assert_eq!(shape, [(200, 200, false), (200, 400, false), (1, 401, true)]);
}

#[tokio::test]
async fn a_large_mail_is_read_in_part() {
    let it = Box::new(After::Keep);
    it.put("inbox/a.eml", &"x".repeat(300_000));
    let windows = it.read(&BTreeMap::new(), Start::Since(NaiveDate::MIN)).await;
    let mail = &windows[0].mails[0];
    assert_eq!((mail.raw.len(), mail.size, mail.partial), (262_144, 300_000, true));
}

#[tokio::test]
async fn late_mail_lies_below_the_bookmark_and_is_not_known() {
    let it = Box::new(After::Keep);
    for name in ["a", "b", "c"] {
        it.put(&format!("inbox/{name}.eml"), "Subject: x\n\nhello\n");
    }
    let first = it.read(&BTreeMap::new(), Start::AtEnd).await;
    let overlap = Overlap {
        folder: "inbox".into(),
        bookmark: bookmarks(&first)["inbox"],
        above: 1,
        since: NaiveDate::MIN,
        known: [2].into(),
    };
    let late = it.mailbox.read_late(overlap).next().await.expect("all is well").expect("a window");
    assert_eq!((uids(std::slice::from_ref(&late)), late.upto, late.read_to_end), (vec![3], 3, false));
}

#[tokio::test]
async fn a_letter_is_found_by_a_message_id_in_its_header_alone() {
    let it = Box::new(After::Keep);
    let id = MessageId("hb.1@example.test".into());
    it.put("inbox/a.eml", "Subject: x\nIn-Reply-To: <hb.1@example.test>\n\nMessage-ID: <hb.1@example.test>\n");
    assert_eq!(it.mailbox.find(&id).await.expect("all is well"), Found::Nowhere);
    it.put("inbox/b.eml", "Subject: x\r\nmessage-id:\r\n <hb.1@example.test>\r\n\r\nhello\r\n");
    assert_eq!(it.mailbox.find(&id).await.expect("all is well"), Found::InInbox);
    it.put("sent/c.eml", "Message-ID: <hb.1@example.test>\n\nhello\n");
    assert_eq!(it.mailbox.find(&id).await.expect("all is well"), Found::InSent);
}

#[tokio::test]
async fn a_mail_is_moved_where_that_is_set_and_its_uid_stays_used() {
    let it = Box::new(After::Move("done".into()));
    it.put("inbox/a.eml", "Subject: a\n\none\n");
    let first = it.read(&BTreeMap::new(), Start::Since(NaiveDate::MIN)).await;
    let (folder, uid_validity) = (first[0].folder.as_str(), first[0].uid_validity);
    it.mailbox.settle(folder, uid_validity + 1, &[1]).await.expect("there is nothing to do");
    assert!(it.has("inbox/a.eml"));
    for _ in 0..2 {
        it.mailbox.settle(folder, uid_validity, &[1]).await.expect("all is well");
        assert!(it.has("done/a.eml") && !it.has("inbox/a.eml"));
    }
    it.put("inbox/b.eml", "Subject: b\n\ntwo\n");
    assert_eq!(uids(&it.read(&bookmarks(&first), Start::AtEnd).await), [2]);
}

#[tokio::test]
async fn a_file_that_arrives_ends_the_wait() {
    let it = Box::new(After::Keep);
    assert_eq!(it.mailbox.wait(Duration::from_millis(30)).await.expect("all is well"), Waited::TimeUp);
    it.put("inbox/a.eml", "Subject: a\n\none\n");
    assert_eq!(it.mailbox.wait(Duration::from_secs(9)).await.expect("all is well"), Waited::News);
    it.read(&BTreeMap::new(), Start::AtEnd).await;
    assert_eq!(it.mailbox.wait(Duration::from_millis(30)).await.expect("all is well"), Waited::TimeUp);
}
