//! Taking mail in from a server that is no Dovecot: the daemon is killed and started again while mail comes, and what it
//! has taken is compared with what it was given.

use crate::{
    replies::Replies,
    socket::Socket,
    support::premises::{Line, Office, now},
};
use chrono::TimeDelta;
use handback::ledger::{InboxRow, MailFilter, MailState, Opening};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

const USER: &str = "desk@example.test";
const PASSWORD: &str = "test-only";

/// Longer than any server makes a client wait: Courier looks every minute, handback itself every half.
const PATIENCE: Duration = Duration::from_secs(150);

/// Where the server is.
pub(crate) struct Server {
    pub(crate) name: String,
    pub(crate) port: u16,
    pub(crate) ca: PathBuf,
}

/// Prints the account of one server; false where a mail was lost or doubled.
pub(crate) fn run(server: &Server, count: usize, kills: usize) -> bool {
    let home = tempfile::tempdir().unwrap();
    let line = Line {
        host: "localhost".to_owned(),
        imap_port: server.port,
        // Nothing is sent: all letters are held.
        smtp_port: 1,
        ca: Some(server.ca.clone()),
        user: USER.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let office = Office::found(home.path(), line);
    let mut client = Client::of(server);
    println!("{}: SELECT {} UIDNEXT", server.name, if client.tells_uidnext { "gives" } else { "gives no" });
    // What was there before the first start is none of our business.
    client.append(b"From: a@example.test\r\nSubject: older\r\nMessage-ID: <older@example.test>\r\n\r\nOld.\r\n");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    // The letters are composed in a first round, which finds the end of the mailbox.
    runtime.block_on(office.staff(10, 4, now() - TimeDelta::hours(1)));
    assert!(handback(&office, &["hold"]).status().unwrap().success());
    let letters = office.letters();
    let mut replies = Replies::to(&letters);
    assert!(handback(&office, &["run", "--once"]).status().unwrap().success(), "{}", log(&office));
    let mut given = 0;
    let mut give = |client: &mut Client, mails: usize| {
        for _ in 0..mails {
            client.append(&replies.write(given));
            given += 1;
        }
        given
    };
    give(&mut client, count / 2);
    for kill in 0..kills {
        let mut daemon = daemon(&office);
        let share = count / 2 / kills;
        give(&mut client, share / 2);
        sleep(Duration::from_millis(u64::try_from(150 + kill * 130).unwrap()));
        give(&mut client, share - share / 2);
        // Another mail program looks at everything meanwhile.
        client.say("UID STORE 1:* +FLAGS.SILENT (\\Seen)");
        daemon.kill().unwrap();
        daemon.wait().unwrap();
    }
    let mut daemon = daemon(&office);
    let all = give(&mut client, 0);
    let came = wait_for(&office, all);
    // The daemon now waits for news.
    sleep(Duration::from_secs(2));
    let all = give(&mut client, 1);
    let seen = wait_for(&office, all);
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    let account = Account::of(&office, all);
    println!(
        "{}: {all} mails given, {} taken and concluded, lost {}, doubled {}; killed {kills} times; the rest came within \
         {came}, one more amid the wait was seen after {seen}",
        server.name, account.concluded, account.lost, account.doubled
    );
    println!("{}: outcomes {:?}", server.name, account.outcomes);
    account.lost == 0 && account.doubled == 0
}

struct Account {
    concluded: usize,
    lost: usize,
    doubled: usize,
    outcomes: BTreeMap<String, usize>,
}

impl Account {
    /// Compares the rows of the ledger with the mails given, which are numbered in their Message-IDs.
    fn of(office: &Office, given: usize) -> Self {
        let ledger = office.ledger(Opening::ReadOnly);
        let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
        let mut concluded = BTreeSet::new();
        let mut account = Self { concluded: 0, lost: 0, doubled: 0, outcomes: BTreeMap::new() };
        for mail in ledger.view().mails(&MailFilter::default()).unwrap() {
            // One that was not given is the older one, and one too many.
            let number = number_of(&mail).unwrap_or(usize::MAX);
            *rows.entry(number).or_default() += 1;
            if let MailState::Done(end) = mail.state {
                concluded.insert(number);
                *account.outcomes.entry(end.outcome.to_string()).or_default() += 1;
            }
        }
        account.concluded = concluded.len();
        account.lost = (0..given).filter(|number| !concluded.contains(number)).count();
        account.doubled = rows.iter().map(|(number, rows)| if *number < given { rows - 1 } else { *rows }).sum();
        account
    }
}

/// `17` of `17.HB-3@mail.example.test`.
fn number_of(mail: &InboxRow) -> Option<usize> {
    mail.message_id.as_ref()?.0.split('.').next()?.parse().ok()
}

/// How long it takes until `count` mails have come to their end, in words.
fn wait_for(office: &Office, count: usize) -> String {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        let ledger = office.ledger(Opening::ReadOnly);
        let mails = ledger.view().mails(&MailFilter::default()).unwrap();
        if mails.iter().filter(|mail| matches!(mail.state, MailState::Done(_))).count() >= count {
            return format!("{:.1} s", began.elapsed().as_secs_f64());
        }
        sleep(Duration::from_millis(50));
    }
    format!("NOT WITHIN {} s", PATIENCE.as_secs())
}

fn handback(office: &Office, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handback"));
    command.args(arguments).arg("--config").arg(office.config_file()).env_clear().env("HOME", &office.home);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(office.home.join("log")).unwrap());
    command
}

fn daemon(office: &Office) -> Child {
    handback(office, &["run"]).spawn().unwrap()
}

fn log(office: &Office) -> String {
    fs::read_to_string(office.home.join("log")).unwrap()
}

/// Another mail program on the same mailbox.
struct Client {
    socket: Socket,
    tells_uidnext: bool,
    number: usize,
}

impl Client {
    fn of(server: &Server) -> Self {
        let mut socket = Socket::to("localhost", server.port, &server.ca);
        socket.hear(b"* OK");
        socket.say(format!("a LOGIN {USER} {PASSWORD}\r\n").as_bytes());
        socket.hear(b"\r\na OK");
        socket.say(b"b SELECT INBOX\r\n");
        let selected = socket.hear_text(b"\r\nb OK");
        Self { socket, tells_uidnext: selected.contains("[UIDNEXT"), number: 0 }
    }

    fn append(&mut self, mail: &[u8]) {
        self.number += 1;
        let tag = format!("c{}", self.number);
        self.socket.say(format!("{tag} APPEND INBOX {{{}}}\r\n", mail.len()).as_bytes());
        self.socket.hear(b"\r\n+ ");
        self.socket.say(mail);
        self.socket.say(b"\r\n");
        self.socket.hear(format!("\r\n{tag} OK").as_bytes());
    }

    fn say(&mut self, command: &str) {
        self.number += 1;
        self.socket.say(format!("d{} {command}\r\n", self.number).as_bytes());
        self.socket.hear(format!("\r\nd{} OK", self.number).as_bytes());
    }
}
