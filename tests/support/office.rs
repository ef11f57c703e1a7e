//! An office on a real ledger, a folder mailbox and a folder post, with a clock that the test moves.
//!
//! Maya Ellison in London owns it. Whoever is hired reads mail in a zone of their own, and writes as mail programs
//! do. When a story ends, the ledger has to be sound, a rebuild has to leave it as it was, and no letter may have
//! gone to a stranger, twice, or at night.

use super::mail_program::{self, Tap, Writer};
use assert_cmd::Command;
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use handback::{
    cli::{
        args::{AssistantAddArgs, TaskAddArgs},
        assistant, assistant_file,
        brief::Draft,
        task::{Sending, draft_task},
    },
    config::key,
    daemon::{Daemon, Rules},
    domain::{
        calendar::Calendar,
        event::{Cause, Event, Fact, NewEvent},
        id::{Address, PersonId, TaskId},
        mail::Mail,
        person::{Person, Profile, Role},
        task::{Stage, Task},
    },
    ledger::{Clocking, Events, Ledger, LedgerError, LetterRecord, MailFilter, MailState, Opening, Verdict},
    letters::Templates,
    mailbox::{After, FolderMailbox, Mailbox},
    policy::{reminder::Patience, trust::Witnesses},
    post::{FolderPost, Post},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    thread,
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The address that every letter comes from.
pub const DESK: &str = "tasks@office.test";
pub const OWNER: &str = "maya@office.test";
/// The server whose word about a sender counts.
pub const SERVER: &str = "mx.office.test";

/// How often the daemon looks.
const ROUND: TimeDelta = TimeDelta::minutes(15);

pub struct Office {
    dir: TempDir,
    runtime: Runtime,
    daemon: Option<Daemon>,
    pub now: DateTime<Utc>,
    /// Whether the program ends and starts again between any two rounds.
    pub restless: bool,
    mails: u32,
}

/// A letter that left.
#[derive(Debug, Clone)]
pub struct Sent {
    /// `task`, `digest`: what the letter calls itself.
    pub kind: String,
    pub to: String,
    pub at: DateTime<Utc>,
    pub mail: Mail,
    pub bytes: Vec<u8>,
}

impl Sent {
    pub fn text(&self) -> &str {
        self.mail.text.as_deref().unwrap_or_default()
    }

    /// The tap that begins with `word`.
    #[track_caller]
    pub fn tap(&self, word: &str) -> Tap {
        let taps = mail_program::taps(&self.mail);
        let offered: Vec<String> = taps.iter().map(|tap| tap.word().to_owned()).collect();
        let found = taps.into_iter().find(|tap| tap.word() == word);
        found.unwrap_or_else(|| panic!("the {} letter offers {offered:?}, not {word}", self.kind))
    }

    /// All of it, but for the hash of the ledger's head: words are salted, so no two ledgers have the same.
    fn in_full(&self) -> String {
        let (text, rest) = self.text().split_once("Ledger:").unwrap_or((self.text(), ""));
        let rest = rest.split_once("You get").map_or("", |(_, rest)| rest);
        let files: Vec<String> =
            self.mail.files().map(|(_, file)| format!("{:?} {}", file.name, file.size)).collect();
        format!("{}\n{:?}\n{text}{rest}{files:?}", self.line(), self.mail.references)
    }

    /// `Mon 2 09:00 task to ana: [HB-1] August invoices`, on the clock of Greenwich.
    fn line(&self) -> String {
        let name = self.to.split('@').next().unwrap_or_default();
        format!("{} {} to {name}: {}", self.at.format("%a %-d %H:%M"), self.kind, self.mail.subject)
    }
}

/// Plays `story` twice, the second time with a restart between any two rounds, which must change nothing.
#[track_caller]
pub fn told(now: &str, story: impl Fn(&mut Office)) {
    let play = |restless: bool| {
        let mut office = Office::open(now);
        office.restless = restless;
        story(&mut office);
        let left: Vec<String> = office.everything_sent().iter().map(Sent::in_full).collect();
        (left, office.outcomes(), office.tasks())
    };
    let (calm, restless) = (play(false), play(true));
    assert_eq!(calm.1, restless.1, "restarts changed how mails ended");
    assert_eq!(calm.2, restless.2, "restarts changed the tasks");
    assert_eq!(calm.0, restless.0, "restarts changed the letters");
}

impl Office {
    /// Opens the office at `now`, and looks into its empty mailbox for the first time.
    pub fn open(now: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now: DateTime<Utc> = now.parse().unwrap();
        let mut ledger = Ledger::create(dir.path(), Clocking::Frozen(now)).unwrap();
        fs::write(dir.path().join(key::FILE), format!("{}\n", "07".repeat(32))).unwrap();
        set_mode(&dir.path().join(key::FILE), 0o600);
        let owner = Profile {
            name: "Maya Ellison".into(),
            address: OWNER.into(),
            calendar: Calendar::usual(Tz::Europe__London),
            fallback: None,
        };
        let fact = Fact::PersonAdded { person: PersonId::OWNER, role: Role::Owner, profile: owner, hello: false };
        ledger
            .write(now, |tx| {
                tx.append(&NewEvent { cause: Cause::Command { name: "config".into() }, fact })?;
                rules().remember(tx)
            })
            .unwrap();
        drop(ledger);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut office = Self { dir, runtime, daemon: None, now, restless: false, mails: 0 };
        office.round();
        office
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn inbox(&self) -> PathBuf {
        self.path().join("mail/inbox")
    }

    /// The daemon, started where it is not running.
    pub fn daemon(&mut self) -> &mut Daemon {
        if self.daemon.is_none() {
            let mail = self.path().join("mail");
            let mut daemon = Daemon::new(
                Ledger::open(self.path(), Opening::Daemon, self.now).unwrap(),
                Mailbox::Folder(FolderMailbox::new(&mail, After::Keep)),
                Post::Folder(FolderPost::open(mail.join("sent")).unwrap()),
                rules(),
                key::load(self.path()).unwrap(),
                Templates::load(&BTreeMap::new()).unwrap(),
                7,
            );
            daemon.start(self.now).unwrap();
            self.daemon = Some(daemon);
        }
        self.daemon.as_mut().unwrap()
    }

    /// Ends the program, as a restart or a power cut would.
    pub fn stop(&mut self) {
        self.daemon = None;
    }

    /// One round of the daemon, now.
    pub fn round(&mut self) {
        if self.restless {
            self.stop();
        }
        let now = self.now;
        self.daemon();
        let Self { runtime, daemon, .. } = self;
        runtime.block_on(daemon.as_mut().unwrap().round(now)).unwrap();
    }

    /// Lets time pass, with a round every quarter of an hour and one at the end.
    pub fn wait(&mut self, time: TimeDelta) {
        let end = self.now + time;
        while self.now < end {
            self.now = (self.now + ROUND).min(end);
            self.round();
        }
    }

    /// Lets time pass until the clocks of Greenwich show `at`.
    pub fn wait_until(&mut self, at: &str) {
        let at: DateTime<Utc> = at.parse().unwrap();
        assert!(at > self.now, "{at} has passed");
        self.wait(at - self.now);
    }

    /// Lets time pass while the program does not run.
    pub fn sleep_until(&mut self, at: &str) {
        self.stop();
        self.now = at.parse().unwrap();
    }

    // ---- people and tasks ----

    /// Adds an assistant, `ana@work.test` for Ana Silva, without a hello. The fallback is a phone number.
    pub fn hire(&mut self, name: &str, zone: &str) -> PersonId {
        self.hire_with(AssistantAddArgs { no_hello: true, ..self.newcomer(name, zone) })
    }

    pub fn newcomer(&self, name: &str, zone: &str) -> AssistantAddArgs {
        let first = name.split(' ').next().unwrap().to_lowercase();
        AssistantAddArgs {
            name: Some(name.into()),
            address: Some(format!("{first}@work.test")),
            zone: Some(zone.into()),
            fallback: Some("phone +63 917 555 0100".into()),
            ..AssistantAddArgs::default()
        }
    }

    pub fn hire_with(&mut self, args: AssistantAddArgs) -> PersonId {
        let (newcomer, _) = assistant_file::from_flags(&args, |_| None).unwrap();
        let now = self.now;
        self.daemon().ledger.write(now, |tx| assistant::add(tx, &newcomer, "assistant add", now)).unwrap();
        self.people().last().unwrap().id
    }

    /// Hands Ana a task that is due on the Friday of the first week of March 2026, at five.
    pub fn hand_over(&mut self, title: &str) -> TaskId {
        self.hand_over_with(TaskAddArgs { title: Some(title.into()), ..TaskAddArgs::default() })
    }

    /// Hands over a task; what `args` leave open is Ana's, and due on Friday 6 March 2026 at five.
    pub fn hand_over_with(&mut self, args: TaskAddArgs) -> TaskId {
        let args = TaskAddArgs {
            assistant: args.assistant.or_else(|| Some("ana".into())),
            due: args.due.or_else(|| Some("2026-03-06 17:00".into())),
            done_means: args.done_means.or_else(|| Some("every invoice is in the folder".into())),
            ..args
        };
        let (now, people, here) = (self.now, self.people(), self.path().to_owned());
        let (new, _) = Draft::from_flags(&args, &here).check(&people, now).unwrap();
        let assistant = people.iter().find(|person| person.id == new.assistant).unwrap();
        let sending = if assistant.may_be_given_work() { Sending::Now } else { Sending::AfterHello };
        let task = self.daemon().ledger.write(now, |tx| draft_task(tx, &new, sending, now));
        let task = task.unwrap_or_else(|trouble| panic!("{}", trouble.words));
        self.round();
        task
    }

    /// Runs a command of the program itself on this ledger, beside the daemon.
    #[track_caller]
    pub fn command(&mut self, arguments: &[&str]) -> String {
        let now = self.now;
        self.daemon().ledger.set_frozen_clock(now).unwrap();
        let output = Command::cargo_bin("handback")
            .unwrap()
            .env_clear()
            .arg("--dir")
            .arg(self.path())
            .args(arguments)
            .output()
            .unwrap();
        let talk = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "handback {arguments:?}: {talk}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    // ---- mail that comes in ----

    fn writer(&mut self, address: &str) -> Writer {
        let address: Address = address.parse().unwrap();
        let known = self.people().into_iter().find(|person| person.address().as_ref() == Some(&address));
        self.mails += 1;
        Writer {
            name: known.as_ref().map_or("Somebody", |person| person.name()).to_owned(),
            zone: known.as_ref().map_or(Tz::UTC, |person| person.profile.calendar.zone),
            at: self.now,
            id: format!("mail-{}@{}", self.mails, address.domain()),
            stamps: proof_of(address.domain()),
            address: address.to_string(),
        }
    }

    /// An assistant answers the last letter about `task`, as Gmail would.
    pub fn assistant_writes(&mut self, task: TaskId, words: &str) {
        self.assistant_sends(task, words, &[]);
    }

    pub fn assistant_sends(&mut self, task: TaskId, words: &str, files: &[(&str, &[u8])]) {
        let letter = self.last_about(task, Role::Assistant);
        self.answers(&letter, words, files);
    }

    /// The owner answers the last letter about `task`.
    pub fn owner_writes(&mut self, task: TaskId, words: &str) {
        let letter = self.last_about(task, Role::Owner);
        self.answers(&letter, words, &[]);
    }

    /// Whoever got `letter` answers it.
    pub fn answers(&mut self, letter: &Sent, words: &str, files: &[(&str, &[u8])]) {
        let bytes = self.writer(&letter.to).reply(&letter.mail, words, files);
        self.raw_mail(&bytes);
    }

    /// Whoever got `letter` answers it, and nobody looks yet.
    pub fn answer_arrives(&mut self, letter: &Sent, words: &str) {
        let bytes = self.writer(&letter.to).reply(&letter.mail, words, &[]);
        self.arrives(&bytes);
    }

    /// Whoever got `letter` answers it with Outlook.
    pub fn answers_with_outlook(&mut self, letter: &Sent, words: &str) {
        let bytes = self.writer(&letter.to).outlook_reply(&letter.mail, words);
        self.raw_mail(&bytes);
    }

    /// Whoever got `letter` sends off a tap of it.
    pub fn press(&mut self, letter: &Sent, tap: &Tap) {
        let bytes = self.writer(&letter.to).new_mail(&tap.to, &tap.subject, &tap.body);
        self.raw_mail(&bytes);
    }

    /// Somebody writes a mail of their own. Their server vouches for them.
    pub fn writes(&mut self, address: &str, subject: &str, words: &str) {
        let bytes = self.writer(address).new_mail(DESK, subject, words);
        self.raw_mail(&bytes);
    }

    /// Puts a mail into the mailbox, as its server would, and lets the daemon read it.
    pub fn raw_mail(&mut self, bytes: &[u8]) {
        self.arrives(bytes);
        self.round();
    }

    /// Puts a mail into the mailbox and nothing more.
    pub fn arrives(&mut self, bytes: &[u8]) {
        let number = fs::read_dir(self.inbox()).map_or(0, Iterator::count);
        fs::create_dir_all(self.inbox()).unwrap();
        fs::write(self.inbox().join(format!("{number:05}.eml")), bytes).unwrap();
    }

    // ---- what came of it ----

    pub fn people(&mut self) -> Vec<Person> {
        self.daemon().ledger.view().people().unwrap()
    }

    pub fn tasks(&mut self) -> Vec<Task> {
        self.daemon().ledger.view().tasks().unwrap()
    }

    #[track_caller]
    pub fn task(&mut self, id: TaskId) -> Task {
        self.daemon().ledger.view().task(id).unwrap().unwrap()
    }

    pub fn stage(&mut self, id: TaskId) -> Stage {
        self.task(id).stage
    }

    pub fn events(&mut self) -> Vec<Event> {
        self.daemon().ledger.view().events(Events::All).unwrap()
    }

    /// Each received mail in order: `filed: task found by token`.
    pub fn outcomes(&mut self) -> Vec<String> {
        let mut mails = self.daemon().ledger.view().mails(&MailFilter::default()).unwrap();
        mails.sort_by_key(|mail| mail.id);
        let ended = |state: &MailState| match state {
            MailState::Done(end) => format!("{}: {}", end.outcome.name(), end.why),
            MailState::Taken | MailState::InWork => "waiting".to_owned(),
        };
        mails.iter().map(|mail| ended(&mail.state)).collect()
    }

    #[track_caller]
    pub fn last_outcome(&mut self) -> String {
        self.outcomes().pop().unwrap()
    }

    /// Every letter that left, digests too, in order.
    pub fn everything_sent(&self) -> Vec<Sent> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.path().join("mail/sent"))
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
            .collect();
        files.sort();
        files.iter().map(|file| sent(&fs::read(file).unwrap())).collect()
    }

    /// One line for each letter that left, digests left out.
    pub fn sent(&self) -> Vec<String> {
        self.everything_sent().iter().filter(|sent| sent.kind != "digest").map(Sent::line).collect()
    }

    pub fn digests(&self) -> Vec<Sent> {
        self.everything_sent().into_iter().filter(|sent| sent.kind == "digest").collect()
    }

    /// The last letter of `kind`.
    #[track_caller]
    pub fn letter(&self, kind: &str) -> Sent {
        let last = self.everything_sent().into_iter().rfind(|sent| sent.kind == kind);
        last.unwrap_or_else(|| panic!("no {kind} letter left; these did: {:#?}", self.sent()))
    }

    #[track_caller]
    fn last_about(&mut self, task: TaskId, role: Role) -> Sent {
        let tag = format!("[{task}]");
        let mut sent = self.everything_sent().into_iter();
        let to = |sent: &Sent| (sent.to == OWNER) == (role == Role::Owner);
        let last = sent.rfind(|sent| sent.mail.subject.contains(&tag) && to(sent));
        last.unwrap_or_else(|| panic!("no letter about {task} to the {role:?} yet"))
    }

    // ---- the end of a story ----

    /// Everything that has to hold at the end of every story.
    fn check(&mut self) {
        self.stop();
        let mut ledger = Ledger::open(self.path(), Opening::Daemon, self.now).unwrap();
        let before = standing(&ledger).unwrap();
        assert!(matches!(ledger.verify(None).unwrap(), Verdict::Sound { .. }), "{:?}", ledger.verify(None));
        ledger.rebuild().unwrap();
        assert_eq!(standing(&ledger).unwrap(), before, "a rebuild changed what stands");
        assert!(matches!(ledger.verify(None).unwrap(), Verdict::Sound { .. }), "{:?}", ledger.verify(None));
        let (people, sent) = (before.0, self.everything_sent());
        let mut ids = BTreeSet::new();
        for letter in &sent {
            assert!(ids.insert(letter.mail.message_id.clone()), "sent twice: {}", letter.line());
            let reader = people.iter().find(|person| person.profile.address.as_str() == letter.to);
            let reader = reader.unwrap_or_else(|| panic!("sent to a stranger: {}", letter.line()));
            let calendar = &reader.profile.calendar;
            let at_night = calendar.letter_time_at_or_after(letter.at) != Some(letter.at);
            assert!(letter.kind == "digest" || !at_night, "sent at night: {}", letter.line());
        }
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if !thread::panicking() {
            self.check();
        }
    }
}

type Standing = (Vec<Person>, Vec<Task>, Vec<LetterRecord>);

/// All that is folded from the events.
fn standing(ledger: &Ledger) -> Result<Standing, LedgerError> {
    let view = ledger.view();
    let people = view.people()?;
    let mut letters = Vec::new();
    for person in &people {
        letters.extend(view.letters_to(person.id, DateTime::UNIX_EPOCH)?);
    }
    Ok((people, view.tasks()?, letters))
}

fn sent(bytes: &[u8]) -> Sent {
    let mail = mail_program::open(bytes);
    let kind = mail.header("X-Handback-Letter").next().unwrap().trim().to_owned();
    let to = mail.to.first().and_then(|party| party.address.as_ref()).unwrap().to_string();
    let at = mail.date.unwrap().with_timezone(&Utc);
    Sent { kind, to, at, mail, bytes: bytes.to_vec() }
}

/// The rules of config.example.toml, with a server whose word counts.
fn rules() -> Rules {
    Rules {
        address: DESK.parse().unwrap(),
        business: "Harbour & Pine".into(),
        digest_at: chrono::NaiveTime::MIN.with_hour(7).and_then(|time| time.with_minute(30)).unwrap(),
        patience: Patience {
            before_reminder: vec![TimeDelta::hours(4), TimeDelta::hours(8)],
            after_last: TimeDelta::hours(8),
        },
        witnesses: Witnesses { authserv_id: Some(SERVER.into()), own_server: None },
        ceiling: 6,
        owner_ceiling: 12,
        closings: 10,
        brake: 20,
        quota: 60,
        enclose_up_to: 20_000_000,
        since: None,
    }
}

/// The line in which the office's mail server vouches for a sender of `domain`.
pub fn proof_of(domain: &str) -> String {
    format!(
        "Authentication-Results: {SERVER};\n\tdkim=pass header.d={domain} header.s=s1;\n\tdmarc=pass \
         (p=quarantine) header.from={domain}\n"
    )
}

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
