//! Mails that wait on a real server: read, decided and committed by `handback run --once`, fetched by a bare TLS
//! socket, and mirrored by mbsync with its defaults, one after the other.

use crate::{
    replies::Replies,
    socket::Socket,
    support::{
        median,
        premises::{Line, Office, now},
        seconds,
        stack::{Stack, stack},
    },
};
use chrono::TimeDelta;
use handback::ledger::{MailFilter, MailState, Opening};
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

/// Tasks of each assistant.
const TASKS: u32 = 4;

pub(crate) fn run(count: usize, people: usize, rounds: usize) {
    let Some(stack) = stack() else { return };
    let user = stack.claim_user();
    let home = tempfile::tempdir().unwrap();
    let line = Line {
        host: stack.host.clone(),
        imap_port: stack.imaps_port,
        smtp_port: stack.smtps_port,
        ca: Some(stack.ca.clone()),
        user: stack.address(&user),
        password: stack.password.clone(),
    };
    let office = Office::found(home.path(), line);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!("{people} people get {TASKS} letters each ...");
    runtime.block_on(office.staff(people.try_into().unwrap(), TASKS, now() - TimeDelta::hours(1)));
    let bytes = fill(&stack.maildir(&user), &office, count);
    println!("{count} mails wait, {} bytes on average", bytes / count);
    hold(&office);
    // The server moves new mail and writes its index when somebody first looks.
    fetch(stack, &user, bytes);

    let mut times: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut peak = 0;
    for round in 1..=rounds {
        let fresh = tempfile::tempdir().unwrap();
        let office = office.copied_to(fresh.path());
        let raw = seconds(|| fetch(stack, &user, bytes));
        let mut resident = 0;
        let ours = seconds(|| resident = read_all(&office));
        let mirror = tempfile::tempdir().unwrap();
        let theirs = has_mbsync().then(|| seconds(|| mbsync(stack, &user, mirror.path(), count)));
        println!("round {round}: bare socket {raw:.2} s, handback {ours:.2} s, mbsync {theirs:.2?} s");
        check(&office, count, round == rounds);
        peak = peak.max(resident);
        times.entry("socket").or_default().push(raw);
        times.entry("ratio to the socket").or_default().push(ours / raw);
        times.entry("handback").or_default().push(ours);
        times.entry("ratio to mbsync").or_default().extend(theirs.map(|theirs| ours / theirs));
    }
    for (what, values) in times {
        if !values.is_empty() {
            println!("{what:<22} {:.2} (median of {})", median(values.clone()), values.len());
        }
    }
    println!("resident at most       {:.1} MiB", f64::from(peak) / 1024.0);
}

/// Puts the mails into the Maildir and returns their bytes.
fn fill(maildir: &Path, office: &Office, count: usize) -> usize {
    let letters = office.letters();
    let mut replies = Replies::to(&letters);
    let owner = fs::metadata(maildir).unwrap();
    let mut bytes = 0;
    for number in 0..count {
        let mail = replies.write(number);
        bytes += mail.len();
        let path = maildir.join("new").join(format!("{}.M{number}P1.load", 1_700_000_000 + number));
        fs::write(&path, mail).unwrap();
        chown(&path, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    bytes
}

/// Holds all letters, so that reading alone is measured.
fn hold(office: &Office) {
    assert!(handback(office, &["hold"]).status().unwrap().success());
}

fn handback(office: &Office, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handback"));
    command.args(arguments).arg("--config").arg(office.config_file()).env_clear().env("HOME", &office.home);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(office.home.join("log")).unwrap());
    command
}

/// Reads all that waits and returns the most memory that took, in kB.
fn read_all(office: &Office) -> u32 {
    let mut child = handback(office, &["run", "--once"]).spawn().unwrap();
    let peak = watched(&mut child);
    assert!(child.wait().unwrap().success(), "{}", fs::read_to_string(office.home.join("log")).unwrap());
    peak
}

fn watched(child: &mut Child) -> u32 {
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(peak);
        sleep(Duration::from_millis(5));
    }
    peak
}

/// Fetches every mail over one connection, as fast as the server gives them.
fn fetch(stack: &Stack, user: &str, bytes: usize) {
    let mut socket = Socket::connect(stack, stack.imaps_port);
    socket.hear(b"* OK");
    socket.say(format!("a LOGIN {} {}\r\nb SELECT INBOX\r\n", stack.address(user), stack.password).as_bytes());
    socket.hear(b"\r\nb OK");
    socket.say(b"c UID FETCH 1:* (BODY.PEEK[])\r\n");
    let heard = socket.hear(b"\r\nc OK");
    assert!(heard > bytes, "{heard} of {bytes} bytes");
}

fn has_mbsync() -> bool {
    Command::new("mbsync").arg("--version").output().is_ok()
}

fn mbsync(stack: &Stack, user: &str, mirror: &Path, count: usize) {
    let rc = mirror.join("mbsyncrc");
    fs::create_dir(mirror.join("mail")).unwrap();
    let Stack { host, imaps_port, password, ca, .. } = stack;
    let settings = format!(
        "IMAPAccount a\nHost {host}\nPort {imaps_port}\nUser {}\nPass {password}\nSSLType IMAPS\n\
         CertificateFile {}\n\nIMAPStore far\nAccount a\n\nMaildirStore near\nPath {2}/mail/\n\
         Inbox {2}/mail/INBOX\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull\n\
         SyncState *\n",
        stack.address(user),
        ca.display(),
        mirror.display()
    );
    fs::write(&rc, settings).unwrap();
    let ended = Command::new("mbsync").arg("-c").arg(&rc).arg("c").output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let mirrored: usize =
        ["new", "cur"].map(|part| fs::read_dir(mirror.join("mail/INBOX").join(part)).unwrap().count()).iter().sum();
    assert_eq!(mirrored, count);
}

/// Every mail came to its end; `tell` prints how.
fn check(office: &Office, count: usize, tell: bool) {
    let ledger = office.ledger(Opening::ReadOnly);
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for mail in ledger.view().mails(&MailFilter::default()).unwrap() {
        let MailState::Done(end) = mail.state else { panic!("mail {} was not read", mail.uid) };
        *outcomes.entry(end.outcome.to_string()).or_default() += 1;
    }
    assert_eq!(outcomes.values().sum::<usize>(), count);
    if tell {
        println!("outcomes: {outcomes:?}");
    }
}
