//! What a long past costs: start to ready, `ledger verify`, and one round in which nothing happens.

use crate::support::{
    median,
    premises::{Line, Office, hand_over, hire, now},
    seconds,
};
use chrono::{DateTime, TimeDelta, Utc};
use handback::{
    domain::{
        event::{Cause, Fact, NewEvent},
        id::{PersonId, TaskId},
    },
    ledger::{LedgerError, Opening, Tx},
    mailbox::{After, FolderMailbox, Mailbox},
    post::{FolderPost, Post},
};
use std::{
    fs,
    os::unix::net::UnixDatagram,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Events in the life of one task here, and how many of a hundred tasks are still open.
const EVENTS_OF_A_TASK: usize = 20;
const OPEN_OF_A_HUNDRED: usize = 3;
const PEOPLE: u32 = 50;
const TRIES: usize = 5;

pub(crate) fn run(most: usize) {
    println!(
        "{:>8} {:>7} {:>9} {:>10} {:>10} {:>10} {:>9}",
        "events", "tasks", "MiB", "ready ms", "verify ms", "round ms", "digest ms"
    );
    let mut events = most / 100;
    while events <= most {
        measure(events);
        events *= 10;
    }
}

fn measure(events: usize) {
    let home = tempfile::tempdir().unwrap();
    // Nobody listens there; a daemon is ready before it has reached anybody.
    let line = Line {
        host: "127.0.0.1".to_owned(),
        imap_port: 1,
        smtp_port: 1,
        ca: None,
        user: "desk@example.test".to_owned(),
        password: "none".to_owned(),
    };
    let office = Office::found(home.path(), line);
    let tasks = fill(&office, events);
    let size = fs::metadata(office.data_dir().join("ledger.sqlite")).unwrap().len() / 1024;
    let ready = median((0..TRIES).map(|_| start(&office)).collect());
    let verify = median((0..TRIES).map(|_| seconds(|| verify(&office))).collect());
    let (round, digest) = rounds(&office);
    let mebibytes = f64::from(u32::try_from(size).unwrap()) / 1024.0;
    let milliseconds = [ready, verify, round, digest].map(|seconds| 1000.0 * seconds);
    let [ready, verify, round, digest] = milliseconds;
    println!("{events:>8} {tasks:>7} {mebibytes:>9.1} {ready:>10.1} {verify:>10.1} {round:>10.2} {digest:>9.1}");
}

/// Lets the office live until it has that many events; most of its tasks are over and done with.
fn fill(office: &Office, events: usize) -> usize {
    let mut ledger = office.ledger(Opening::Command);
    let tasks = events / EVENTS_OF_A_TASK;
    let began = now() - TimeDelta::days(700);
    ledger.write(began, |tx| hire(tx, PEOPLE, 0, began)).unwrap();
    for hundred in 0..tasks.div_ceil(100) {
        let at = began + TimeDelta::hours(i64::try_from(hundred * 16_000 / tasks.div_ceil(100)).unwrap());
        let lives = (hundred * 100..tasks.min(hundred * 100 + 100)).map(|number| number % 100);
        ledger
            .write(at, |tx| {
                lives.into_iter().try_for_each(|number| live(tx, number >= OPEN_OF_A_HUNDRED, number, at))
            })
            .unwrap();
    }
    tasks
}

/// The life of one task in twenty events.
fn live(tx: &Tx<'_>, ends: bool, number: usize, at: DateTime<Utc>) -> Result<(), LedgerError> {
    let task: TaskId = tx.next_task_id()?;
    let person = PersonId(2 + u32::try_from(number).unwrap() % PEOPLE);
    hand_over(tx, task, person, at)?;
    let record = |fact| tx.append(&NewEvent { cause: Cause::Timer, fact }).map(|_| ());
    record(Fact::TaskConfirmed { task, understood: true })?;
    for question in 1..=4 {
        let words = "Which of the two sheets is the right one for these?".into();
        record(Fact::QuestionAsked { task, question, words, holds_work: false })?;
        record(Fact::QuestionsAnswered { task, words: "The newer one, please.".into() })?;
    }
    for percent in [10, 25, 50, 60, 75, 80, 90] {
        let words = "Some more of it is done, no problems so far.".into();
        record(Fact::ProgressReported { task, percent: Some(percent), eta: None, words, files: Vec::new() })?;
    }
    record(Fact::WordReceived { task })?;
    if ends {
        record(Fact::TaskAccepted { task, words: None })?;
    } else {
        record(Fact::WordReceived { task })?;
    }
    // Its letter left long ago, and is none of this measurement's business.
    let planned = tx.view().planned_notices(None)?;
    planned.into_iter().try_for_each(|row| tx.drop_notice(row.id, "not measured").map(|_| ()))
}

/// Seconds until the daemon tells systemd that it is ready.
fn start(office: &Office) -> f64 {
    let socket = office.home.join("notify");
    fs::remove_file(&socket).unwrap_or_default();
    let notices = UnixDatagram::bind(&socket).unwrap();
    notices.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let began = Instant::now();
    let mut daemon = daemon(office, &socket);
    let mut said = [0; 4096];
    loop {
        let length = notices.recv(&mut said).unwrap();
        if said[..length].starts_with(b"READY=1") {
            break;
        }
    }
    let ready = began.elapsed().as_secs_f64();
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    ready
}

fn daemon(office: &Office, socket: &std::path::Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handback"));
    command.args(["run", "--config"]).arg(office.config_file()).env_clear().env("HOME", &office.home);
    command.env("NOTIFY_SOCKET", socket).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn verify(office: &Office) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handback"));
    command.args(["ledger", "verify", "--config"]).arg(office.config_file()).env_clear().env("HOME", &office.home);
    assert!(command.stdout(Stdio::null()).status().unwrap().success());
}

/// Seconds of a round in which nothing happens, and of the first, which composes the digest.
fn rounds(office: &Office) -> (f64, f64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut daemon = office.daemon();
    daemon.mailbox = Mailbox::Folder(FolderMailbox::new(office.home.join("mailbox"), After::Keep));
    daemon.post = Post::Folder(FolderPost::open(office.home.join("letters")).unwrap());
    let at = now();
    let digest = seconds(|| assert!(runtime.block_on(daemon.round(at)).is_ok()));
    let quiet = (1..=5)
        .map(|second| seconds(|| assert!(runtime.block_on(daemon.round(at + TimeDelta::seconds(second))).is_ok())));
    (median(quiet.collect()), digest)
}
