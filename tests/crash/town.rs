//! The servers, the office before anything happens, and how handback is run in it.

use crate::{
    account::Outcome,
    fake_imap::Fake,
    sink::Sink,
    support::premises::{Line, Office, Sent, hand_over, now},
};
use chrono::TimeDelta;
use handback::{domain::id::PersonId, ledger::Opening};
use std::{
    collections::BTreeSet,
    os::unix::process::ExitStatusExt,
    process::{Command, Output, Stdio},
    sync::OnceLock,
};
use tokio::runtime::Runtime;

/// Servers on loopback, and an office that six hours ago handed out tasks.
pub(crate) struct Town {
    runtime: Runtime,
    pub(crate) mailbox: Fake,
    pub(crate) sink: Sink,
    before: Office,
    _home: tempfile::TempDir,
    /// What the assistants were sent, by task.
    pub(crate) sent: Vec<Sent>,
    /// The Message-IDs of letters that left before.
    pub(crate) earlier: BTreeSet<String>,
}

impl Town {
    /// Builds a town whose office gave `people` assistants `tasks` tasks each, and is about to hand over one more.
    pub(crate) fn built(people: u32, tasks: u32) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let mailbox = runtime.block_on(Fake::start([]));
        let sink = Sink::start(mailbox.clone());
        let home = tempfile::tempdir().unwrap();
        let line = Line {
            host: "127.0.0.1".to_owned(),
            imap_port: mailbox.port,
            smtp_port: sink.port,
            ca: None,
            user: "desk@example.test".to_owned(),
            password: "s3cret".to_owned(),
        };
        let before = Office::found(home.path(), line);
        let (six_hours_ago, now) = (now() - TimeDelta::hours(6), now());
        runtime.block_on(before.staff(people, tasks, six_hours_ago));
        let sent = before.letters();
        let earlier = Outcome::of(&before, &[]).letters();
        let mut ledger = before.ledger(Opening::Command);
        ledger.write(now, |tx| hand_over(tx, tx.next_task_id()?, PersonId(2), now)).unwrap();
        drop(ledger);
        Self { runtime, mailbox, sink, before, _home: home, sent, earlier }
    }

    /// A fresh copy of the office, with `mails` waiting for it.
    pub(crate) fn office(&self, home: &tempfile::TempDir, mails: &[String], keeps_sent: bool) -> Office {
        let mut store = self.mailbox.store();
        store.heard.clear();
        store.folders.retain(|name, _| name == "INBOX");
        let inbox = store.folder("INBOX");
        inbox.mails = (1..).zip(mails.iter().map(|mail| mail.clone().into_bytes())).collect();
        drop(store);
        self.sink.begin_anew(keeps_sent);
        self.before.copied_to(home.path())
    }

    /// A mail arrives.
    pub(crate) fn deliver(&self, mail: &str) {
        let mut store = self.mailbox.store();
        let inbox = store.folder("INBOX");
        let uid = inbox.mails.keys().next_back().map_or(1, |last| last + 1);
        inbox.mails.insert(uid, mail.as_bytes().to_vec());
    }

    /// Lets handback run until it ends well, then settles what is in doubt by looking again later.
    pub(crate) fn brought_to_an_end(&self, office: &Office) -> Outcome {
        let ended = run_once(office);
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        self.runtime.block_on(async {
            let mut daemon = office.daemon();
            for minutes in [3, 11, 12] {
                daemon.round(now() + TimeDelta::minutes(minutes)).await.unwrap();
            }
            daemon.mailbox.close().await;
            daemon.post.close().await;
        });
        Outcome::of(office, &self.sink.taken())
    }
}

pub(crate) fn handback(office: &Office, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handback"));
    with_surroundings(&mut command, office).args(arguments).arg("--config").arg(office.config_file());
    command
}

fn with_surroundings<'a>(command: &'a mut Command, office: &Office) -> &'a mut Command {
    command.env_clear().env("HOME", &office.home).current_dir(&office.home).stdin(Stdio::null())
}

pub(crate) fn run_once(office: &Office) -> Output {
    handback(office, &["run", "--once"]).output().unwrap()
}

/// Runs one round under strace, which does `what` to the calls named in `calls`: `signal=KILL:when=3`.
pub(crate) fn run_tampered(office: &Office, calls: &str, what: &str) -> Output {
    tampered(office, calls, what, &[], &["run", "--once"])
}

/// Runs handback with `arguments` under strace, which does `what` to the calls named in `calls`; `only` are further
/// words to strace, such as the path that is meant.
pub(crate) fn tampered(office: &Office, calls: &str, what: &str, only: &[&str], arguments: &[&str]) -> Output {
    let mut command = Command::new("strace");
    with_surroundings(&mut command, office)
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")])
        .args(["-e", &format!("inject={calls}:{what}")])
        .args(only)
        .arg(env!("CARGO_BIN_EXE_handback"))
        .args(arguments)
        .arg("--config")
        .arg(office.config_file());
    command.output().unwrap()
}

pub(crate) fn was_killed(ended: &Output) -> bool {
    ended.status.signal() == Some(9) || ended.status.code() == Some(137)
}

/// Whether system calls can be tampered with here. Where not, that is said in one loud line, and CI fails.
pub(crate) fn tracing_is_allowed() -> bool {
    static ALLOWED: OnceLock<bool> = OnceLock::new();
    *ALLOWED.get_or_init(|| {
        let tampered = Command::new("strace")
            .args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=write", "-e", "inject=write:signal=KILL:when=1"])
            .args(["/bin/echo", "traced"])
            .output();
        let works = tampered.is_ok_and(|ended| was_killed(&ended));
        if !works {
            let line =
                "NOT TESTED: kills and errors at single system calls (strace is missing or may not trace here)";
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{line}");
            tell(line);
        }
        works
    })
}

/// Prints a line past the test harness, which keeps what a passing test prints to itself.
pub(crate) fn tell(line: &str) {
    use std::io::Write as _;
    std::io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// A number from the environment, by which the commands under `benches/` ask for more than CI's share.
pub(crate) fn asked_for(name: &str, usually: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usually)
}
