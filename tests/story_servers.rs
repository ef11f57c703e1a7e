//! The program itself on a real Dovecot and Postfix: init, a task, the daemon, a reply, the owner's letter.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

#[path = "support/mod.rs"]
mod support;

use chrono::TimeDelta;
use chrono_tz::Tz;
use handback::clock::Clock;
use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};
use support::{
    mail_program::{self, Writer},
    stack::{Stack, stack},
};
use tempfile::TempDir;

const SHEET: &[u8] = b"number,amount\n1,64.00\n2,12.50\n";

/// A handback of its own in a home of its own, with people whom no other test has.
struct Home {
    stack: &'static Stack,
    dir: TempDir,
    desk: String,
    owner: String,
    ana: String,
}

/// What a command left.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Home {
    /// A home whose config.toml is changed by `edit` before anything reads it.
    fn with(stack: &'static Stack, edit: impl Fn(String) -> String) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let [desk, owner, ana] = [(); 3].map(|()| stack.claim_user());
        let home = Self { stack, dir, desk, owner, ana };
        fs::write(home.file("config.toml"), edit(home.config())).unwrap();
        home.write_secret(&stack.password);
        home.done(&["init"]);
        home
    }

    fn config(&self) -> String {
        let (stack, ca) = (self.stack, self.stack.ca.display());
        format!(
            "[owner]\nname = \"Maya Ellison\"\naddress = \"{}\"\nzone = \"Europe/London\"\nbusiness = \"Harbour & Pine\"\n\
             days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]\nletters = \"00:00-00:00\"\n\
             [mailbox]\naddress = \"{}\"\npassword_file = \"secret\"\n\
             [imap]\nhost = \"{}\"\nport = {}\ntls = \"implicit\"\nca_file = \"{ca}\"\npoll_every = \"10s\"\n\
             [smtp]\nhost = \"{}\"\nport = {}\ntls = \"starttls\"\nca_file = \"{ca}\"\n\
             [trust]\nown_server_received = \"mail.example.test\"\n\
             [files]\ndata_dir = \"data\"\n",
            stack.address(&self.owner),
            stack.address(&self.desk),
            stack.host,
            stack.imaps_port,
            stack.host,
            stack.submission_port,
        )
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write_secret(&self, password: &str) {
        fs::write(self.file("secret"), password).unwrap();
        fs::set_permissions(self.file("secret"), fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn handback(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("handback"));
        command.env_clear().env("HOME", self.dir.path()).current_dir(self.dir.path()).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        let output = self.handback(arguments).output().unwrap();
        Ended {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command that has to succeed, and returns what it printed.
    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(0), "handback {arguments:?}: {ended:#?}");
        ended.out
    }

    /// Adds Ana, who reads mail at any hour, and hands her a task with a file.
    fn hand_over(&self) {
        let address = self.stack.address(&self.ana);
        self.done(&[
            "assistant",
            "add",
            "--name=Ana Silva",
            &format!("--address={address}"),
            "--zone=Asia/Manila",
            "--days=mon,tue,wed,thu,fri,sat,sun",
            "--letters=00:00-00:00",
            "--no-hello",
        ]);
        fs::write(self.file("template.csv"), SHEET).unwrap();
        let due =
            (Clock::System.now() + TimeDelta::days(5)).with_timezone(&Tz::Asia__Manila).format("%Y-%m-%d 17:00");
        let task = self.done(&[
            "task",
            "add",
            "--title=August invoices",
            "--assistant=ana",
            &format!("--due={due}"),
            "--done-means=every invoice is in the folder",
            "--with=template.csv",
        ]);
        assert_eq!(task, "HB-1\n");
    }

    /// Starts the daemon; its log goes to `daemon.log`.
    fn start(&self) -> Daemon<'_> {
        let log = File::create(self.file("daemon.log")).unwrap();
        let child = self.handback(&["run"]).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let daemon = Daemon { home: self, child };
        daemon.logs("Ready.");
        daemon
    }

    /// Ana answers `letter` in her mail program and sends it through the server she has her account with.
    fn ana_writes(&self, letter: &[u8], words: &str, files: &[(&str, &[u8])]) {
        let writer = Writer {
            name: "Ana Silva".into(),
            address: self.stack.address(&self.ana),
            zone: Tz::Asia__Manila,
            at: Clock::System.now(),
            id: format!("{}-{}@phone.test", self.ana, words.len()),
            stamps: String::new(),
        };
        let mail = writer.reply(&mail_program::open(letter), words, files);
        self.stack.submit(&self.ana, &[&self.stack.address(&self.desk)], &mail);
    }

    fn owner_writes(&self, letter: &[u8], words: &str) {
        let writer = Writer {
            name: "Maya Ellison".into(),
            address: self.stack.address(&self.owner),
            zone: Tz::Europe__London,
            at: Clock::System.now(),
            id: format!("{}-{}@phone.test", self.owner, words.len()),
            stamps: String::new(),
        };
        let mail = writer.reply(&mail_program::open(letter), words, &[]);
        self.stack.submit(&self.owner, &[&self.stack.address(&self.desk)], &mail);
    }

    fn stage(&self) -> String {
        let shown: serde_json::Value =
            serde_json::from_str(&self.done(&["task", "list", "--all", "--json"])).unwrap();
        shown["tasks"][0]["stage"].as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    fn wait_for_stage(&self, stage: &str) {
        wait_until(&format!("HB-1 is {stage}"), || self.stage() == stage, || self.log());
    }

    fn log(&self) -> String {
        fs::read_to_string(self.file("daemon.log")).unwrap_or_default()
    }

    /// The ledger is sound, before and after a rebuild, and shows the same tasks.
    fn check_ledger(&self) {
        assert!(self.done(&["ledger", "verify"]).contains("sound"));
        let before = self.done(&["task", "list", "--all", "--json"]);
        self.done(&["ledger", "rebuild"]);
        assert!(self.done(&["ledger", "verify"]).contains("sound"));
        assert_eq!(self.done(&["task", "list", "--all", "--json"]), before);
    }
}

/// A running daemon. It ends with the test, however that ends.
struct Daemon<'a> {
    home: &'a Home,
    child: Child,
}

impl Daemon<'_> {
    #[track_caller]
    fn logs(&self, words: &str) {
        wait_until(&format!("the log says {words}"), || self.home.log().contains(words), || self.home.log());
    }

    /// Asks it to stop, as systemd does, and waits for its end.
    fn stop(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "it does not stop: {}", self.home.log());
            sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Daemon<'_> {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.child.kill().unwrap();
            self.child.wait().unwrap();
        }
    }
}

#[track_caller]
fn wait_until(what: &str, is_so: impl Fn() -> bool, log: impl Fn() -> String) {
    let began = Instant::now();
    while !is_so() {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "a minute went by, and it is not so that {what}\n{}",
            log()
        );
        sleep(Duration::from_millis(50));
    }
}

fn files(letter: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mail = mail_program::open(letter);
    let bytes = |part: u32| handback::mailbox::mime::part_bytes(letter, usize::try_from(part).unwrap()).unwrap();
    mail.files().map(|(part, file)| (file.name.clone().unwrap(), bytes(part))).collect()
}

fn text(letter: &[u8]) -> String {
    mail_program::open(letter).text.unwrap_or_default()
}

/// From `task add` to the owner's ACCEPT, over real SMTP and IMAP.
fn a_task_goes_out_and_comes_back(edit: impl Fn(String) -> String) {
    let Some(stack) = stack() else { return };
    let home = Home::with(stack, edit);
    home.hand_over();
    let daemon = home.start();

    let [letter] = <[_; 1]>::try_from(stack.wait_for_inbox(&home.ana, 1)).unwrap();
    assert_eq!(files(&letter), [("template.csv".to_owned(), SHEET.to_vec())]);
    assert!(text(&letter).contains("every invoice is in the folder"), "{}", text(&letter));

    home.ana_writes(&letter, "Understood, I will file every invoice in the folder by Friday.", &[]);
    home.wait_for_stage("confirmed");

    home.ana_writes(&letter, "Which folder do you want them in?", &[]);
    let question = stack.wait_for_inbox(&home.owner, 1).remove(0);
    assert!(text(&question).contains("Which folder do you want them in"), "{}", text(&question));
    home.owner_writes(&question, "The one called 2026-08.");
    let answer = stack.wait_for_inbox(&home.ana, 2).remove(1);
    assert!(text(&answer).contains("The one called 2026-08."), "{}", text(&answer));

    home.ana_writes(
        &answer,
        "All 64 invoices are in the folder. It is done, the list is attached.",
        &[("august.csv", SHEET)],
    );
    let back = stack.wait_for_inbox(&home.owner, 2).remove(1);
    assert_eq!(files(&back), [("august.csv".to_owned(), SHEET.to_vec())]);
    assert_eq!(home.stage(), "handed_back");

    home.done(&["digest", "--send"]);
    let digest = stack.wait_for_inbox(&home.owner, 3).remove(2);
    assert!(text(&digest).contains("Handed back"), "{}", text(&digest));
    assert!(text(&digest).contains("Mailbox last read"), "{}", text(&digest));

    home.owner_writes(&back, "ACCEPT\nThank you, Ana.");
    home.wait_for_stage("closed");
    let accepted = stack.wait_for_inbox(&home.ana, 3).remove(2);
    assert!(text(&accepted).contains("Thank you, Ana."), "{}", text(&accepted));

    let ended = daemon.stop();
    assert_eq!(ended.code(), Some(0), "{}", home.log());
    assert!(!home.log().contains("WARN") && !home.log().contains("ERROR"), "{}", home.log());
    home.check_ledger();
    assert_eq!(stack.read_inbox(&home.ana).len(), 3, "no letter twice");
    assert_eq!(stack.read_inbox(&home.owner).len(), 3, "no letter twice");
}

#[test]
fn a_task_goes_out_and_comes_back_with_idle() {
    a_task_goes_out_and_comes_back(|config| config);
}

#[test]
fn a_task_goes_out_and_comes_back_without_idle_and_with_implicit_tls() {
    let Some(stack) = stack() else { return };
    a_task_goes_out_and_comes_back(|config| {
        config
            .replace("poll_every", "idle = false\npoll_every")
            .replace("tls = \"starttls\"", "tls = \"implicit\"")
            .replace(&format!("port = {}", stack.submission_port), &format!("port = {}", stack.smtps_port))
    });
}

#[test]
fn a_task_that_is_added_while_the_daemon_waits_leaves_at_once() {
    let Some(stack) = stack() else { return };
    let home = Home::with(stack, |config| config.replace("poll_every = \"10s\"", "poll_every = \"1h\""));
    let daemon = home.start();
    let began = Instant::now();
    home.hand_over();
    stack.wait_for_inbox(&home.ana, 1);
    assert!(began.elapsed() < Duration::from_secs(15), "it waited for the next round");
    assert_eq!(daemon.stop().code(), Some(0));
    home.check_ledger();
}

#[test]
fn a_daemon_that_was_killed_goes_on_where_it_was() {
    let Some(stack) = stack() else { return };
    let home = Home::with(stack, |config| config);
    home.hand_over();
    let daemon = home.start();
    let letter = stack.wait_for_inbox(&home.ana, 1).remove(0);
    daemon.logs("Sent letter 1");
    drop(daemon); // SIGKILL
    home.ana_writes(&letter, "Which folder do you want them in?", &[]);
    let daemon = home.start();
    stack.wait_for_inbox(&home.owner, 1);
    assert_eq!(daemon.stop().code(), Some(0));
    assert_eq!((stack.read_inbox(&home.ana).len(), stack.read_inbox(&home.owner).len()), (1, 1));
    home.check_ledger();
}

#[test]
fn one_round_does_all_there_is_to_do() {
    let Some(stack) = stack() else { return };
    let home = Home::with(stack, |config| config);
    home.hand_over();
    let ended = home.run(&["run", "--once"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(ended.err.contains("1 letters composed, 1 sent."), "{}", ended.err);
    stack.wait_for_inbox(&home.ana, 1);
}

#[test]
fn a_dry_run_sends_nothing() {
    let Some(stack) = stack() else { return };
    let home = Home::with(stack, |config| config);
    home.hand_over();
    assert_eq!(home.run(&["run", "--once", "--dry-run"]).code, Some(0));
    let folder = fs::read_dir(home.file("data/dry-run")).unwrap();
    let letters = folder.filter(|entry| has_ending(&entry.as_ref().unwrap().path(), "eml")).count();
    assert_eq!((letters, stack.read_inbox(&home.ana).len()), (1, 0));
    // A letter that was only written to a folder has not left, and leaves with the next real round.
    assert_eq!(home.run(&["run", "--once"]).code, Some(0));
    stack.wait_for_inbox(&home.ana, 1);
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

/// One round that fails, with this exit code and these words.
#[track_caller]
fn check_trouble(edit: impl Fn(String) -> String, password: Option<&str>, code: i32, words: &[&str]) {
    let Some(stack) = stack() else { return };
    let home = Home::with(stack, edit);
    if let Some(password) = password {
        home.write_secret(password);
    }
    let ended = home.run(&["run", "--once"]);
    assert_eq!(ended.code, Some(code), "{ended:#?}");
    for word in words {
        assert!(ended.err.contains(word), "`{word}` is missing: {}", ended.err);
    }
    assert!(!ended.err.contains(password.unwrap_or(&stack.password)), "{}", ended.err);
}

#[test]
fn a_wrong_password_is_told_in_plain_words_with_its_own_exit_code() {
    check_trouble(
        |config| config,
        Some("not-the-password"),
        77,
        &["does not accept the password of", "set the mailbox's password anew"],
    );
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_told_with_the_cure() {
    let without_ca = |config: String| {
        config.lines().filter(|line| !line.starts_with("ca_file")).map(|line| format!("{line}\n")).collect()
    };
    check_trouble(without_ca, None, 1, &["is not trusted", "`ca_file`"]);
}

#[test]
fn a_server_that_does_not_answer_is_told_with_host_and_port() {
    let Some(stack) = stack() else { return };
    let closed = |config: String| config.replace(&format!("port = {}", stack.imaps_port), "port = 1");
    check_trouble(closed, None, 1, &["does not answer on port 1", "check host and port"]);
}

#[test]
fn a_second_daemon_is_refused() {
    let Some(stack) = stack() else { return };
    let home = Home::with(stack, |config| config);
    let daemon = home.start();
    let second = home.run(&["run", "--once"]);
    assert_eq!(second.code, Some(73), "{second:#?}");
    assert!(second.err.contains(&daemon.child.id().to_string()), "it names the first: {}", second.err);
    assert_eq!(daemon.stop().code(), Some(0));
    assert_eq!(home.run(&["run", "--once"]).code, Some(0));
}
