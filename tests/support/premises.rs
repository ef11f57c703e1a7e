//! An office on the disk: a config, a ledger with people and tasks whose letters were really composed, and the
//! replies that people would write to them.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use handback::{
    clock::Clock,
    config::{self, Config, Environment},
    daemon::{Daemon, Rules},
    domain::{
        brief::{Brief, Due},
        calendar::{Calendar, Day, Hours},
        event::{Cause, Fact, NewEvent},
        id::{PersonId, TaskId},
        person::{Profile, Role},
        task::Task,
        time::WallTime,
    },
    ledger::{Clocking, Ledger, LedgerError, Opening, Tx},
    letters::Templates,
    mailbox::{self, ImapMailbox, ImapSettings, Mailbox, mime::decode},
    policy::commands::task_letter,
    post::{Deadlines, FolderPost, Login, Post, SmtpPost, SmtpSettings},
    secret::Secret,
};
use std::{
    collections::BTreeMap,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// The server that vouches for senders in these offices.
const WITNESS: &str = "mx.example.test";

/// Where an office sends and reads.
#[derive(Debug, Clone)]
pub struct Line {
    pub host: String,
    pub imap_port: u16,
    pub smtp_port: u16,
    /// The CA to trust; none means that both lines go without TLS, on this machine.
    pub ca: Option<PathBuf>,
    pub user: String,
    pub password: String,
}

/// An office in a folder of its own.
#[derive(Debug, Clone)]
pub struct Office {
    pub home: PathBuf,
    pub line: Line,
}

pub fn now() -> DateTime<Utc> {
    Clock::System.now()
}

impl Office {
    /// Writes the config and an empty ledger into `home`. No quota is in the way of many mails.
    pub fn found(home: &Path, line: Line) -> Self {
        let office = Self { home: home.to_owned(), line };
        fs::write(office.config_file(), office.config_text()).unwrap();
        private(&home.join("mailbox.password"), &office.line.password);
        Ledger::create(&office.data_dir(), Clocking::Running).unwrap();
        config::key::create(&office.data_dir()).unwrap();
        office
    }

    pub fn config_file(&self) -> PathBuf {
        self.home.join("config.toml")
    }

    pub fn data_dir(&self) -> PathBuf {
        self.home.join("data")
    }

    fn config_text(&self) -> String {
        let Line { host, imap_port, smtp_port, ca, user, .. } = &self.line;
        let tls = match ca {
            Some(ca) => format!("ca_file = \"{}\"", ca.display()),
            None => "tls = \"none\"".to_owned(),
        };
        format!(
            "[owner]\nname = \"Olu Owner\"\naddress = \"owner@example.test\"\nzone = \"Europe/London\"\n\
             days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]\nhours = \"00:00-24:00\"\n\
             letters = \"00:00-24:00\"\ndigest_at = \"00:00\"\n\
             [mailbox]\naddress = \"{user}\"\npassword_file = \"mailbox.password\"\n\
             [imap]\nhost = \"{host}\"\nport = {imap_port}\n{tls}\n\
             [smtp]\nhost = \"{host}\"\nport = {smtp_port}\n{tls}\n\
             [trust]\nauthserv_id = \"{WITNESS}\"\n\
             [limits]\nletters_per_assistant_and_day = 100000\nletters_to_owner_and_day = 100000\n\
             letters_in_one_round = 100000\nmails_per_sender_and_hour = 100000\n\
             [files]\ndata_dir = \"{}\"\n",
            self.data_dir().display()
        )
    }

    pub fn config(&self) -> Config {
        config::load(&self.config_file(), &Environment::new(&self.home, [])).unwrap().0
    }

    /// The same office elsewhere, as it stands now.
    pub fn copied_to(&self, home: &Path) -> Self {
        let office = Self { home: home.to_owned(), line: self.line.clone() };
        fs::create_dir_all(office.data_dir()).unwrap();
        fs::set_permissions(office.data_dir(), Permissions::from_mode(0o700)).unwrap();
        fs::write(office.config_file(), office.config_text()).unwrap();
        private(&home.join("mailbox.password"), &office.line.password);
        for entry in fs::read_dir(self.data_dir()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), office.data_dir().join(entry.file_name())).unwrap();
        }
        office
    }

    pub fn ledger(&self, opening: Opening) -> Ledger {
        Ledger::open(&self.data_dir(), opening, now()).unwrap()
    }

    /// A daemon of this office that reads and sends through its line, in this process.
    pub fn daemon(&self) -> Daemon {
        let Line { host, imap_port, smtp_port, ca, user, password } = &self.line;
        let imap = ImapSettings {
            port: *imap_port,
            tls: if ca.is_some() { mailbox::Tls::Implicit } else { mailbox::Tls::None },
            ca_file: ca.clone(),
            ..ImapSettings::new(host, user, Secret::new(password))
        };
        let smtp = SmtpSettings {
            host: host.clone(),
            port: *smtp_port,
            tls: if ca.is_some() { handback::post::Tls::Implicit } else { handback::post::Tls::Off },
            login: Some(Login { user: user.clone(), password: Secret::new(password) }),
            ca_file: ca.clone(),
            hello: None,
            deadlines: Deadlines::default(),
        };
        Daemon::new(
            self.ledger(Opening::Daemon),
            Mailbox::Imap(ImapMailbox::new(imap).unwrap()),
            Post::Smtp(Box::new(SmtpPost::new(smtp).unwrap())),
            Rules::of(&self.config()),
            config::key::load(&self.data_dir()).unwrap(),
            Templates::load(&BTreeMap::new()).unwrap(),
            1,
        )
    }

    /// Adds the owner, `people` assistants and `tasks` tasks for each, and sends their letters as of `at`, to a
    /// folder. The mailbox is read to its end, so its present mails are none of the office's business.
    pub async fn staff(&self, people: u32, tasks: u32, at: DateTime<Utc>) {
        let mut daemon = self.daemon();
        daemon.post = Post::Folder(FolderPost::open(self.home.join("letters")).unwrap());
        daemon.ledger.write(at, |tx| hire(tx, people, tasks, at)).unwrap();
        daemon.round(at).await.unwrap();
        let left = daemon.ledger.view().letters_to_send(at).unwrap();
        assert!(left.is_empty(), "{} letters did not leave", left.len());
        fs::remove_dir_all(self.home.join("letters")).unwrap();
    }

    /// What each assistant was sent about each task, the oldest first.
    pub fn letters(&self) -> Vec<Sent> {
        let ledger = self.ledger(Opening::ReadOnly);
        let view = ledger.view();
        let mut sent = Vec::new();
        for task in view.tasks().unwrap() {
            let person = view.person(task.assistant).unwrap().unwrap();
            for letter in view.letters_of(task.id).unwrap().into_iter().filter(|letter| letter.to == person.id) {
                sent.push(Sent {
                    task: task.id,
                    title: task.brief.title.as_str().to_owned(),
                    name: person.name().to_owned(),
                    address: person.address().unwrap().to_string(),
                    message_id: letter.message_id.0,
                    text: decode(&view.letter_bytes(letter.id).unwrap().unwrap()).text.unwrap(),
                });
            }
        }
        sent
    }
}

/// A letter that an assistant got.
#[derive(Debug, Clone)]
pub struct Sent {
    pub task: TaskId,
    pub title: String,
    pub name: String,
    pub address: String,
    pub message_id: String,
    pub text: String,
}

impl Sent {
    /// The headers of an answer to it, up to the MIME ones; `number` makes its Message-ID.
    pub fn answer_head(&self, number: usize, at: DateTime<Utc>) -> String {
        let Self { task, title, name, address, message_id, .. } = self;
        format!(
            "Authentication-Results: {WITNESS}; dmarc=pass header.from=example.test\r\nFrom: {name} <{address}>\r\n\
             To: Olu's tasks <desk@example.test>\r\nSubject: Re: [{task}] {title}\r\nDate: {}\r\n\
             Message-ID: <{number}.{task}@mail.example.test>\r\nIn-Reply-To: <{message_id}>\r\n\
             References: <{message_id}>\r\nMIME-Version: 1.0\r\n",
            at.to_rfc2822()
        )
    }

    /// A plain answer with the letter quoted below.
    pub fn answer(&self, number: usize, words: &str, at: DateTime<Utc>) -> String {
        let quoted: String = self.text.lines().map(|line| format!("> {line}\r\n")).collect();
        format!(
            "{}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{words}\r\n\r\n\
             On Monday Olu Owner wrote:\r\n{quoted}",
            self.answer_head(number, at)
        )
    }
}

/// Adds the owner and `people` assistants with `tasks` tasks each.
pub fn hire(tx: &Tx<'_>, people: u32, tasks: u32, at: DateTime<Utc>) -> Result<(), LedgerError> {
    let record = |fact| tx.append(&NewEvent { cause: Cause::Command { name: "test".to_owned() }, fact }).map(|_| ());
    let profile = profile("Olu Owner", "owner@example.test");
    record(Fact::PersonAdded { person: PersonId::OWNER, role: Role::Owner, profile, hello: false })?;
    for number in 1..=people {
        let person = tx.next_person_id()?;
        let profile = self::profile(&format!("Ana Reyes {number}"), &format!("ana{number}@example.test"));
        record(Fact::PersonAdded { person, role: Role::Assistant, profile, hello: false })?;
        for _ in 0..tasks {
            let task = tx.next_task_id()?;
            hand_over(tx, task, person, at)?;
        }
    }
    Ok(())
}

/// Drafts a task and plans its letter.
pub fn hand_over(tx: &Tx<'_>, task: TaskId, person: PersonId, at: DateTime<Utc>) -> Result<(), LedgerError> {
    let brief = brief(task, at);
    let record = |fact| tx.append(&NewEvent { cause: Cause::Command { name: "test".to_owned() }, fact }).map(|_| ());
    record(Fact::TaskDrafted { task, assistant: person, brief: brief.clone() })?;
    record(Fact::TaskHandedOver { task })?;
    tx.plan(&task_letter(&Task::drafted(task, person, brief, at), at))?;
    Ok(())
}

fn profile(name: &str, address: &str) -> Profile {
    let whole_day = Hours { from: NaiveTime::MIN, to: NaiveTime::MIN };
    let calendar = Calendar {
        zone: Tz::Europe__London,
        days: [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri, Day::Sat, Day::Sun].into(),
        working: whole_day,
        letters: whole_day,
        holidays: [].into(),
        absences: Vec::new(),
    };
    Profile { name: name.into(), address: address.into(), calendar, fallback: None }
}

fn brief(task: TaskId, at: DateTime<Utc>) -> Brief {
    Brief {
        title: format!("Invoices of branch {}", task.0).into(),
        why: Some("the tax adviser wants them on Monday".into()),
        outcome: "every invoice of the month stands in the sheet".into(),
        steps: vec!["sort them by date".into(), "enter them".into(), "mark what looks odd".into()],
        parts: Vec::new(),
        due: Due { by: WallTime::from_instant(at + TimeDelta::days(9), Tz::Europe__London), hard: false },
        limit_minutes: Some(240),
        pay: None,
        update: None,
        files: Vec::new(),
    }
}

fn private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
}
