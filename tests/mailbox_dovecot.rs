//! The IMAP mailbox on a real server, over TLS, with mail that came by LMTP.
//!
//! Needs `HB_HOST HB_IMAPS_PORT HB_LMTP_PORT HB_CA HB_PASSWORD HB_MAIL HB_DOVECOT_CONF` in the environment. Each
//! test has a user of its own, and minds no mail of earlier runs.

use handback::{
    domain::{
        id::MessageId,
        mail::{Fetched, Window},
    },
    mailbox::{After, Bookmark, Found, ImapMailbox, ImapSettings, MailboxError, NewMail, Start, Waited, Windows},
};
use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, BufRead, BufReader, Write},
    net::TcpStream,
    os::unix::fs::{MetadataExt, chown},
    path::PathBuf,
    process::Command,
    sync::{
        Once,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, SystemTime},
};
use tokio::time::Instant;

/// What the environment says about the server.
struct Server {
    host: String,
    imaps_port: u16,
    lmtp_port: u16,
    ca: PathBuf,
    password: String,
    maildir: PathBuf,
    config: PathBuf,
}

impl Server {
    /// None, with one loud line, where there is no server; CI must have one.
    fn from_environment() -> Option<Self> {
        static SAID: Once = Once::new();
        let server = Self::read();
        if server.is_none() {
            assert!(env::var_os("CI").is_none(), "CI must run these tests against a mail server");
            // Not by a macro of the test harness, which would keep the line to itself.
            SAID.call_once(|| {
                io::stderr()
                    .write_all(
                        b"\nNOT TESTED: the mailbox on a real IMAP server (HB_IMAPS_PORT and others are not set)\n",
                    )
                    .expect("somebody listens");
            });
        }
        server
    }

    fn read() -> Option<Self> {
        let port = |name| env::var(name).ok()?.parse().ok();
        Some(Self {
            host: env::var("HB_HOST").ok()?,
            imaps_port: port("HB_IMAPS_PORT")?,
            lmtp_port: port("HB_LMTP_PORT")?,
            ca: env::var_os("HB_CA")?.into(),
            password: env::var("HB_PASSWORD").ok()?,
            maildir: env::var_os("HB_MAIL")?.into(),
            config: env::var_os("HB_DOVECOT_CONF")?.into(),
        })
    }

    fn settings(&self, user: &str) -> ImapSettings {
        ImapSettings {
            port: self.imaps_port,
            ca_file: Some(self.ca.clone()),
            ..ImapSettings::new(&*self.host, address(user), self.password.as_str().into())
        }
    }

    fn mailbox(&self, user: &str) -> ImapMailbox {
        ImapMailbox::new(self.settings(user)).expect("the settings are sound")
    }

    /// What the server's own tool does as another client would.
    fn doveadm(&self, arguments: &[&str]) -> String {
        let ended = Command::new("doveadm").arg("-c").arg(&self.config).args(arguments).output();
        let ended = ended.expect("doveadm is installed with the server");
        assert!(ended.status.success(), "{arguments:?}: {ended:?}");
        String::from_utf8_lossy(&ended.stdout).into_owned()
    }

    /// Delivers a mail, which ends in a line break, by LMTP.
    fn deliver(&self, user: &str, mail: &str) {
        let socket = TcpStream::connect(("127.0.0.1", self.lmtp_port)).expect("the server takes mail");
        let mut answers = BufReader::new(socket.try_clone().expect("a live socket")).lines();
        let mut say = |line: &str, wanted: &str| {
            (&socket).write_all(format!("{line}\r\n").as_bytes()).expect("a live socket");
            loop {
                let answer = answers.next().expect("an answer").expect("a live socket");
                assert!(answer.starts_with(wanted) || answer.starts_with("220"), "{line}: {answer}");
                if answer.starts_with(&format!("{wanted} ")) {
                    return;
                }
            }
        };
        say("LHLO tests.example.test", "250");
        say("MAIL FROM:<ana@example.test>", "250");
        say(&format!("RCPT TO:<{}>", address(user)), "250");
        say("DATA", "354");
        say(&format!("{mail}."), "250");
    }
}

fn address(user: &str) -> String {
    format!("{user}@example.test")
}

/// Text that no other run has used.
fn unique(what: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a clock after 1970");
    format!("{what}-{}-{}", now.as_nanos(), COUNT.fetch_add(1, Ordering::SeqCst))
}

async fn all(mut windows: Windows) -> Result<Vec<Window>, MailboxError> {
    let mut read = Vec::new();
    while let Some(window) = windows.next().await? {
        read.push(window);
    }
    Ok(read)
}

fn mails(windows: Vec<Window>) -> Vec<Fetched> {
    windows.into_iter().flat_map(|window| window.mails).collect()
}

fn marks(windows: &[Window]) -> BTreeMap<String, Bookmark> {
    let mark = |window: &Window| Bookmark { uid_validity: window.uid_validity, last_uid: window.upto };
    windows.iter().map(|window| (window.folder.clone(), mark(window))).collect()
}

fn today() -> chrono::NaiveDate {
    chrono::DateTime::<chrono::Utc>::from(SystemTime::now()).date_naive()
}

/// Reads what lies behind `bookmarks`; without any, only takes note of the end.
async fn read(mailbox: &ImapMailbox, bookmarks: BTreeMap<String, Bookmark>) -> Vec<Window> {
    let yesterday = today().pred_opt().expect("a day before");
    let asked = NewMail { bookmarks, first: Start::AtEnd, again_since: yesterday };
    all(mailbox.read(asked)).await.expect("the server is well")
}

#[tokio::test]
async fn a_mail_is_read_as_it_was_sent() {
    let Some(server) = Server::from_environment() else { return };
    let mailbox = server.mailbox("u191");
    let start = marks(&read(&mailbox, BTreeMap::new()).await);
    let mail = format!("Subject: {}\r\n\r\nGr\u{fc}\u{df}e {{5}}\r\n* BYE\r\nA1 OK\r\n", unique("bytes"));
    server.deliver("u191", &mail);
    let windows = read(&mailbox, start).await;
    assert!(windows.last().expect("a window").read_to_end);
    let read = mails(windows);
    assert_eq!(read.len(), 1);
    let raw = String::from_utf8(read[0].raw.clone()).expect("it was sent as UTF-8");
    assert!(raw.ends_with(&mail), "{raw}");
    assert_eq!(read[0].size, u64::try_from(raw.len()).expect("a small mail"));
}

#[tokio::test]
async fn a_mail_that_arrives_ends_an_idle() {
    let Some(server) = Server::from_environment() else { return };
    let mailbox = server.mailbox("u192");
    let start = marks(&read(&mailbox, BTreeMap::new()).await);
    let waiting = tokio::spawn({
        let mailbox = mailbox.clone();
        async move { mailbox.wait(Duration::from_secs(60)).await }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    server.deliver("u192", &format!("Subject: {}\r\n\r\nhello\r\n", unique("idle")));
    let begun = Instant::now();
    assert_eq!(waiting.await.expect("no panic").expect("the server is well"), Waited::News);
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(mails(read(&mailbox, start).await).len(), 1);
}

#[tokio::test]
async fn a_quiet_idle_ends_by_time_and_the_session_goes_on() {
    let Some(server) = Server::from_environment() else { return };
    let mailbox = server.mailbox("u193");
    for _ in 0..2 {
        let waited = mailbox.wait(Duration::from_millis(200)).await.expect("the server is well");
        assert_eq!(waited, Waited::TimeUp);
    }
    assert!(mailbox.folders().await.expect("the server is well").sent.is_some());
    mailbox.close().await;
}

#[tokio::test]
async fn a_letter_moves_to_a_new_folder_and_to_sent_and_is_found_on_its_way() {
    let Some(server) = Server::from_environment() else { return };
    let id = MessageId(format!("{}@example.test", unique("hb")));
    let mailbox_of = |target: &str| {
        let settings = ImapSettings { after: After::Move(target.into()), ..server.settings("u194") };
        ImapMailbox::new(settings).expect("the settings are sound")
    };
    let mailbox = mailbox_of("Sent");
    let start = marks(&read(&mailbox, BTreeMap::new()).await);
    assert_eq!(mailbox.find(&id).await.expect("the server is well"), Found::Nowhere);
    let mail = format!("Message-ID: {id}\r\nSubject: [HB-1] Invoices\r\n\r\nPlease.\r\n");
    server.deliver("u194", &mail);
    assert_eq!(mailbox.find(&id).await.expect("the server is well"), Found::InInbox);
    let window = read(&mailbox, start.clone()).await.remove(0);
    let uids: Vec<u32> = window.mails.iter().map(|mail| mail.uid).collect();
    mailbox.settle("INBOX", window.uid_validity, &uids).await.expect("the server is well");
    assert_eq!(mailbox.find(&id).await.expect("the server is well"), Found::InSent);

    server.deliver("u194", &mail);
    let target = unique("Erledigt \u{fc}");
    let window = read(&mailbox, marks(&[window])).await.remove(0);
    let uids: Vec<u32> = window.mails.iter().map(|mail| mail.uid).collect();
    mailbox_of(&target).settle("INBOX", window.uid_validity, &uids).await.expect("the folder is made");
    let mut moved = mailbox.read_since(&target.replace('\u{fc}', "&APw-"), today().pred_opt().expect("a day before"));
    let moved = moved.next().await.expect("the server is well").expect("a window");
    assert_eq!(moved.mails.len(), 1);
}

#[tokio::test]
async fn a_folder_whose_numbering_was_lost_is_read_again() {
    let Some(server) = Server::from_environment() else { return };
    let mailbox = server.mailbox("u195");
    let start = marks(&read(&mailbox, BTreeMap::new()).await);
    server.deliver("u195", &format!("Subject: {}\r\n\r\nhello\r\n", unique("again")));
    let first = read(&mailbox, start).await;
    let before = marks(&first);
    mailbox.close().await;
    // UIDVALIDITY counts in seconds.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    for entry in fs::read_dir(server.maildir.join("u195/Maildir")).expect("a Maildir") {
        let path = entry.expect("a readable folder").path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dovecot")) && path.is_file() {
            fs::remove_file(path).expect("we may write there");
        }
    }
    let again = read(&mailbox, before.clone()).await;
    assert_ne!(marks(&again)["INBOX"].uid_validity, before["INBOX"].uid_validity);
    let raw = mails(first).remove(0).raw;
    assert!(mails(again).iter().any(|mail| mail.raw == raw), "the mail came again under its new number");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_ca_are_told_apart() {
    let Some(server) = Server::from_environment() else { return };
    let wrong = ImapSettings { password: "wrong".into(), ..server.settings("u196") };
    let error = ImapMailbox::new(wrong).expect("sound settings").folders().await.expect_err("it is wrong");
    assert!(matches!(&error, MailboxError::LoginRefused { user, .. } if user == "u196@example.test"), "{error:?}");
    let unknown = ImapSettings { ca_file: None, ..server.settings("u196") };
    let error = ImapMailbox::new(unknown).expect("sound settings").folders().await.expect_err("a made CA");
    assert!(matches!(error, MailboxError::NotTrusted { .. }), "{error:?}");
}

#[tokio::test]
async fn a_password_outside_ascii_is_sent_in_a_way_the_server_reads() {
    let Some(server) = Server::from_environment() else { return };
    let wrong = ImapSettings { password: "gr\u{fc}n".into(), ..server.settings("u196") };
    let error = ImapMailbox::new(wrong).expect("sound settings").folders().await.expect_err("it is wrong");
    assert!(matches!(error, MailboxError::LoginRefused { .. }), "refused, and not misunderstood: {error:?}");
}

#[tokio::test]
async fn a_session_kicked_between_two_windows_loses_nothing() {
    let Some(server) = Server::from_environment() else { return };
    let mailbox = server.mailbox("u197");
    let start = marks(&read(&mailbox, BTreeMap::new()).await);
    let folder = server.maildir.join("u197/Maildir/new");
    let owner = fs::metadata(&folder).expect("a Maildir");
    for number in 0..900 {
        let path = folder.join(unique(&format!("{number:04}")));
        fs::write(&path, format!("Subject: {number}\n\nhello\n")).expect("we may write there");
        chown(&path, Some(owner.uid()), Some(owner.gid())).expect("we may give it away");
    }
    let asked = |bookmarks| NewMail { bookmarks, first: Start::AtEnd, again_since: today() };
    let mut windows = mailbox.read(asked(start));
    let mut got = Vec::new();
    let error = loop {
        match windows.next().await {
            Ok(window) => got.push(window.expect("it cannot reach the end")),
            Err(error) => break error,
        }
        if got.len() == 1 {
            let kick =
                Command::new("doveadm").arg("-c").arg(&server.config).args(["kick", &address("u197")]).output();
            let kick = kick.expect("doveadm is installed with the server");
            assert!(kick.status.success(), "{kick:?}");
        }
    };
    assert!(
        matches!(error, MailboxError::SaidGoodbye { .. } | MailboxError::Closed { .. } | MailboxError::Cut { .. }),
        "{error:?}"
    );
    assert!(got.iter().all(|window| !window.read_to_end));
    let rest = all(mailbox.read(asked(marks(&got)))).await.expect("the server takes us back");
    got.extend(rest);
    let mut uids: Vec<u32> = got.iter().flat_map(|window| &window.mails).map(|mail| mail.uid).collect();
    assert_eq!(uids.len(), 900);
    uids.dedup();
    assert_eq!(uids.len(), 900);
}

#[tokio::test]
async fn a_session_whose_process_is_killed_in_mid_fetch_loses_nothing() {
    let Some(server) = Server::from_environment() else { return };
    let mailbox = server.mailbox("u190");
    let start = marks(&read(&mailbox, BTreeMap::new()).await);
    let folder = server.maildir.join("u190/Maildir/new");
    let owner = fs::metadata(&folder).expect("a Maildir");
    for number in 0..600 {
        let path = folder.join(unique(&format!("{number:04}")));
        fs::write(&path, format!("Subject: {number}\n\n{}", "hello hello hello\n".repeat(3_000)))
            .expect("we may write");
        chown(&path, Some(owner.uid()), Some(owner.gid())).expect("we may give it away");
    }
    let asked = |bookmarks| NewMail { bookmarks, first: Start::AtEnd, again_since: today() };
    let mut windows = mailbox.read(asked(start));
    let mut got = Vec::new();
    let error = loop {
        match windows.next().await {
            Ok(window) => got.push(window.expect("it cannot reach the end")),
            Err(error) => break error,
        }
        if got.len() == 1 {
            // The next window is on its way by now.
            let who = server.doveadm(&["who", &address("u190")]);
            let pids = who.lines().nth(1).and_then(|line| line.split(['(', ')']).nth(1)).expect("a session");
            for pid in pids.split(' ') {
                assert!(Command::new("kill").args(["-KILL", pid]).status().expect("kill runs").success(), "{who}");
            }
        }
    };
    assert!(matches!(error, MailboxError::Closed { .. } | MailboxError::Cut { .. }), "{error:?}");
    assert!(got.iter().all(|window| !window.read_to_end));
    let before: usize = got.iter().map(|window| window.mails.len()).sum();
    assert!(before < 600, "it was killed too late");
    got.extend(all(mailbox.read(asked(marks(&got)))).await.expect("the server takes us back"));
    let mut uids: Vec<u32> = got.iter().flat_map(|window| &window.mails).map(|mail| mail.uid).collect();
    assert_eq!(uids.len(), 600);
    uids.dedup();
    assert_eq!(uids.len(), 600);
    assert!(mails(got).iter().all(|mail| mail.raw.ends_with(b"hello hello hello\r\n")), "none of them is cut");
}

#[tokio::test]
async fn mails_that_another_client_read_or_moved_count_all_the_same() {
    let Some(server) = Server::from_environment() else { return };
    let mailbox = server.mailbox("u191");
    let start = marks(&read(&mailbox, BTreeMap::new()).await);
    let user = address("u191");
    let (one, two, three) = (unique("one"), unique("two"), unique("three"));
    for subject in [&one, &two, &three] {
        server.deliver("u191", &format!("Subject: {subject}\r\n\r\nhello\r\n"));
    }
    let elsewhere = unique("Elsewhere");
    server.doveadm(&["mailbox", "create", "-u", &user, &elsewhere]);
    server.doveadm(&["flags", "add", "-u", &user, "\\Seen", "mailbox", "INBOX", "all"]);
    server.doveadm(&["move", "-u", &user, &elsewhere, "mailbox", "INBOX", "HEADER", "Subject", &two]);
    let subjects = |windows: &[Window]| -> Vec<String> {
        let text = |mail: &Fetched| String::from_utf8_lossy(&mail.raw).into_owned();
        let subject = |text: String| text.lines().find_map(|line| line.strip_prefix("Subject: ").map(str::to_owned));
        windows.iter().flat_map(|window| &window.mails).filter_map(|mail| subject(text(mail))).collect()
    };
    let first = read(&mailbox, start).await;
    assert_eq!(subjects(&first), [one, three]);
    server.doveadm(&["move", "-u", &user, "INBOX", "mailbox", &elsewhere, "all"]);
    let second = read(&mailbox, marks(&first)).await;
    assert_eq!(subjects(&second), [two]);
    let third = read(&mailbox, marks(&second)).await;
    assert_eq!(subjects(&third), [""; 0]);
}

#[tokio::test]
async fn a_junk_folder_that_is_renamed_does_not_stop_the_reading() {
    let Some(server) = Server::from_environment() else { return };
    let mailbox = server.mailbox("u192");
    let start = marks(&read(&mailbox, BTreeMap::new()).await);
    assert!(start.contains_key("Junk"), "{start:?}");
    server.doveadm(&["mailbox", "rename", "-u", &address("u192"), "Junk", &unique("Werbung")]);
    server.deliver("u192", "Subject: x\r\n\r\nhello\r\n");
    let windows = read(&mailbox, start).await;
    assert_eq!(mails(windows.clone()).len(), 1);
    assert!(windows.iter().any(|window| window.folder == "INBOX" && window.read_to_end));
}

#[tokio::test]
async fn a_large_mail_is_read_in_part() {
    let Some(server) = Server::from_environment() else { return };
    let settings = ImapSettings { size_cap: 1_000_000, ..server.settings("u198") };
    let mailbox = ImapMailbox::new(settings).expect("the settings are sound");
    let start = marks(&read(&mailbox, BTreeMap::new()).await);
    server.deliver("u198", &format!("Subject: x\r\n\r\nhello\r\n{}", "0123456789abcde\r\n".repeat(80_000)));
    let mail = mails(read(&mailbox, start).await).remove(0);
    assert!(mail.partial && mail.size > 1_300_000, "{} bytes", mail.size);
    assert_eq!(mail.raw.len(), 262_144);
}
