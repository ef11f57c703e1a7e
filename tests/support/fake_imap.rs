//! An IMAP server on loopback that does as RFC 3501 says, except where a test tells it to fail.

use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};

/// What a fault is tied to that strikes before any command.
pub(crate) const GREETING: &str = "(greeting)";

/// A misbehaviour at a command.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// How the command begins, after its tag.
    pub(crate) at: &'static str,
    /// How often it strikes before the server is well again.
    pub(crate) times: usize,
    /// Sent instead of the ordinary answer; `{tag}` stands for the command's tag.
    pub(crate) sends: Vec<u8>,
    pub(crate) then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// Waits for the next command.
    GoOn,
    /// Answers the command as usual.
    Answer,
    Close,
    /// Ends the connection with RST.
    Reset,
    /// Says nothing more, and keeps the connection.
    Stall,
    /// Sends a keepalive every ten milliseconds until the client says DONE, or is gone.
    Keepalive,
}

impl Fault {
    pub(crate) fn once(at: &'static str, sends: impl Into<Vec<u8>>, then: Then) -> Self {
        Self { at, times: 1, sends: sends.into(), then }
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Folder {
    pub(crate) uid_validity: u32,
    pub(crate) marks: &'static str,
    pub(crate) mails: BTreeMap<u32, Vec<u8>>,
    /// What is sent in place of the FETCH response with this mail's body.
    pub(crate) poison: BTreeMap<u32, (Vec<u8>, Then)>,
}

#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) capabilities: String,
    pub(crate) folders: BTreeMap<String, Folder>,
    pub(crate) faults: Vec<Fault>,
    /// Every command heard, without tags.
    pub(crate) heard: Vec<String>,
}

impl Store {
    pub(crate) fn folder(&mut self, name: &str) -> &mut Folder {
        self.folders.get_mut(name).expect("the test names a folder that exists")
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Fake {
    pub(crate) port: u16,
    store: Arc<Mutex<Store>>,
    connections: Arc<AtomicUsize>,
}

impl Fake {
    /// Starts a server whose inbox holds `mails` with UIDs from 1.
    pub(crate) async fn start<'a>(mails: impl IntoIterator<Item = &'a str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("a bound socket has an address").port();
        let mails = (1..).zip(mails.into_iter().map(|mail| mail.as_bytes().to_vec())).collect();
        let inbox = Folder { uid_validity: 7, mails, ..Folder::default() };
        let store = Store {
            capabilities: "IMAP4rev1 IDLE MOVE UIDPLUS".into(),
            folders: [("INBOX".to_owned(), inbox)].into(),
            faults: Vec::new(),
            heard: Vec::new(),
        };
        let fake = Self { port, store: Arc::new(Mutex::new(store)), connections: Arc::default() };
        tokio::spawn(fake.clone().serve(listener));
        fake
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().expect("no test panics while it holds the store")
    }

    pub(crate) fn fails(self, fault: Fault) -> Self {
        self.store().faults.push(fault);
        self
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn deliver(&self, uid: u32, mail: &str) {
        self.store().folder("INBOX").mails.insert(uid, mail.as_bytes().to_vec());
    }

    async fn serve(self, listener: TcpListener) {
        while let Ok((socket, _)) = listener.accept().await {
            socket.set_nodelay(true).expect("a live socket");
            self.connections.fetch_add(1, Ordering::SeqCst);
            let connection =
                Connection { fake: self.clone(), socket: BufReader::new(socket), selected: String::new() };
            tokio::spawn(connection.run());
        }
    }

    /// The fault that strikes at this command, if any.
    fn fault(&self, command: &str) -> Option<Fault> {
        let mut store = self.store();
        let fault = store.faults.iter_mut().find(|fault| fault.times > 0 && command.starts_with(fault.at))?;
        fault.times -= 1;
        Some(fault.clone())
    }
}

#[derive(Debug)]
struct Connection {
    fake: Fake,
    socket: BufReader<TcpStream>,
    selected: String,
}

impl Connection {
    async fn run(mut self) {
        // Whatever ends the conversation is the client's business.
        if let Err(error) = self.converse().await {
            assert_ne!(error.kind(), io::ErrorKind::InvalidInput, "the client talks nonsense: {error}");
        }
    }

    async fn converse(&mut self) -> io::Result<()> {
        if self.strike(GREETING, "").await?.is_none_or(|then| then == Then::Answer) {
            self.say("* OK ready").await?;
        }
        loop {
            let Some(line) = self.line().await? else { return Ok(()) };
            let (tag, command) = line.split_once(' ').ok_or(io::ErrorKind::InvalidInput)?;
            self.fake.store().heard.push(command.to_owned());
            if self.strike(command, tag).await?.is_none_or(|then| then == Then::Answer) {
                self.answer(tag, command).await?;
            }
        }
    }

    /// Lets a fault strike where there is one, and says how to go on.
    async fn strike(&mut self, command: &str, tag: &str) -> io::Result<Option<Then>> {
        let Some(fault) = self.fake.fault(command) else { return Ok(None) };
        let sends = match String::from_utf8(fault.sends) {
            Ok(text) => text.replace("{tag}", tag).into_bytes(),
            Err(bytes) => bytes.into_bytes(),
        };
        self.send(&sends).await?;
        let then = self.act(fault.then).await?;
        if then == Then::Keepalive {
            if self.line().await?.as_deref() != Some("DONE") {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            self.say(&format!("{tag} OK done")).await?;
        }
        Ok(Some(then))
    }

    async fn act(&mut self, then: Then) -> io::Result<Then> {
        match then {
            Then::GoOn | Then::Answer => {}
            Then::Close => {
                self.socket.get_mut().shutdown().await?;
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            Then::Reset => {
                sleep(Duration::from_millis(20)).await;
                self.socket.get_ref().set_zero_linger()?;
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            Then::Stall => sleep(Duration::from_secs(60)).await,
            Then::Keepalive => loop {
                if timeout(Duration::from_millis(10), self.socket.fill_buf()).await.is_ok() {
                    break;
                }
                self.say("* OK Still here").await?;
            },
        }
        Ok(then)
    }

    async fn answer(&mut self, tag: &str, command: &str) -> io::Result<()> {
        let words: Vec<&str> = command.splitn(3, ' ').collect();
        match words.as_slice() {
            ["CAPABILITY"] => {
                let capabilities = self.fake.store().capabilities.clone();
                self.say(&format!("* CAPABILITY {capabilities}")).await?;
            }
            ["AUTHENTICATE", "PLAIN"] => {
                self.say("+ ").await?;
                let secret = self.line().await?.unwrap_or_default();
                self.fake.store().heard.push(secret);
            }
            ["LIST", ..] => self.list().await?,
            ["SELECT", name @ ..] => return self.select(tag, &name.join(" ")).await,
            ["UID", "SEARCH", criteria] => self.search(criteria).await?,
            ["UID", "FETCH", asked] => self.fetch(asked).await?,
            ["UID", "MOVE" | "COPY", rest] => return self.copy(tag, rest, words.get(1) == Some(&"MOVE")).await,
            ["CREATE", name @ ..] => {
                self.fake.store().folders.insert(unquoted(&name.join(" ")), Folder::default());
            }
            ["IDLE"] => self.idle().await?,
            ["LOGOUT"] => self.say("* BYE see you").await?,
            ["LOGIN", ..] | ["UID", "STORE" | "EXPUNGE", _] => {}
            _ => return self.say(&format!("{tag} BAD unknown command")).await,
        }
        self.say(&format!("{tag} OK done")).await
    }

    async fn list(&mut self) -> io::Result<()> {
        let folders = self.fake.store().folders.clone();
        for (name, folder) in folders {
            self.say(&format!("* LIST ({}) \"/\" \"{name}\"", folder.marks)).await?;
        }
        Ok(())
    }

    async fn select(&mut self, tag: &str, name: &str) -> io::Result<()> {
        let name = unquoted(name);
        let folder = self.fake.store().folders.get(&name).cloned();
        let Some(folder) = folder else { return self.say(&format!("{tag} NO no such folder")).await };
        self.selected = name;
        self.say(&format!("* {} EXISTS", folder.mails.len())).await?;
        // No UIDNEXT, like Courier.
        self.say(&format!("* OK [UIDVALIDITY {}] valid", folder.uid_validity)).await?;
        self.say(&format!("{tag} OK [READ-WRITE] done")).await
    }

    async fn search(&mut self, criteria: &str) -> io::Result<()> {
        let folder = self.folder();
        let found: Vec<String> = match criteria.split_once(' ') {
            Some(("UID", set)) => uids(set, &folder).iter().map(u32::to_string).collect(),
            Some(("SINCE", _)) => folder.mails.keys().map(u32::to_string).collect(),
            Some(("HEADER", wanted)) => {
                let id = unquoted(wanted.trim_start_matches("Message-ID "));
                let holds = |mail: &&Vec<u8>| String::from_utf8_lossy(mail).contains(&id);
                let found = folder.mails.iter().filter(|(_, mail)| holds(mail));
                found.map(|(uid, _)| uid.to_string()).collect()
            }
            _ => return Err(io::ErrorKind::InvalidInput.into()),
        };
        self.say(format!("* SEARCH {}", found.join(" ")).trim_end()).await
    }

    async fn fetch(&mut self, asked: &str) -> io::Result<()> {
        let (set, items) = asked.split_once(' ').ok_or(io::ErrorKind::InvalidInput)?;
        let folder = self.folder();
        for uid in uids(set, &folder) {
            let mail = folder.mails.get(&uid).cloned().unwrap_or_default();
            let place = folder.mails.range(..=uid).count();
            if items == "(UID RFC822.SIZE)" {
                self.say(&format!("* {place} FETCH (UID {uid} RFC822.SIZE {})", mail.len())).await?;
                continue;
            }
            if let Some((sends, then)) = folder.poison.get(&uid) {
                self.send(sends).await?;
                self.act(*then).await?;
                continue;
            }
            let (part, label) = match items {
                "(UID BODY.PEEK[])" => (mail.as_slice(), "BODY[]"),
                "(UID BODY.PEEK[]<0.262144>)" => (mail.get(..262_144).unwrap_or(&mail), "BODY[]<0>"),
                _ => return Err(io::ErrorKind::InvalidInput.into()),
            };
            let mut response = format!("* {place} FETCH (UID {uid} {label} {{{}}}\r\n", part.len()).into_bytes();
            response.extend_from_slice(part);
            response.extend_from_slice(b")\r\n");
            self.send(&response).await?;
        }
        Ok(())
    }

    async fn copy(&mut self, tag: &str, rest: &str, moves: bool) -> io::Result<()> {
        let (set, target) = rest.split_once(' ').ok_or(io::ErrorKind::InvalidInput)?;
        let (source, target) = (self.folder(), unquoted(target));
        let missing = !self.fake.store().folders.contains_key(&target);
        if missing {
            return self.say(&format!("{tag} NO [TRYCREATE] no such folder")).await;
        }
        for uid in uids(set, &source) {
            let mut store = self.fake.store();
            let mail = source.mails.get(&uid).cloned().unwrap_or_default();
            let next = store.folder(&target).mails.len() + 1;
            store.folder(&target).mails.insert(u32::try_from(next).expect("a small box"), mail);
            if moves {
                store.folder(&self.selected).mails.remove(&uid);
            }
        }
        self.say(&format!("{tag} OK done")).await
    }

    async fn idle(&mut self) -> io::Result<()> {
        self.say("+ idling").await?;
        let mut known = self.folder().mails.len();
        loop {
            if let Ok(heard) = timeout(Duration::from_millis(5), self.line()).await {
                return match heard?.as_deref() {
                    Some("DONE") => Ok(()),
                    Some(_) => Err(io::ErrorKind::InvalidInput.into()),
                    // Killed amid its wait.
                    None => Err(io::ErrorKind::BrokenPipe.into()),
                };
            }
            let now = self.folder().mails.len();
            if now != known {
                known = now;
                self.say(&format!("* {now} EXISTS")).await?;
            }
        }
    }

    fn folder(&self) -> Folder {
        self.fake.store().folder(&self.selected).clone()
    }

    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        let read = self.socket.read_line(&mut line).await?;
        Ok((read > 0).then(|| line.trim_end().to_owned()))
    }

    async fn say(&mut self, line: &str) -> io::Result<()> {
        self.send(format!("{line}\r\n").as_bytes()).await
    }

    async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.socket.get_mut().write_all(bytes).await
    }
}

fn unquoted(text: &str) -> String {
    text.trim_matches('"').to_owned()
}

/// The UIDs of `folder` in `set`. `n:*` names the highest UID even where it lies below n.
fn uids(set: &str, folder: &Folder) -> Vec<u32> {
    let highest = folder.mails.keys().next_back().copied().unwrap_or_default();
    let number = |text: &str| if text == "*" { highest } else { text.parse().unwrap_or_default() };
    let mut found = Vec::new();
    for range in set.split(',') {
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        let (first, last) = (number(first), number(last));
        found.extend(folder.mails.range(first.min(last)..=first.max(last)).map(|(uid, _)| *uid));
    }
    found
}
