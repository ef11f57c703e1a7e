//! A mail server for outgoing letters that never forgets what it took, however its client ended.

use crate::fake_imap::{Fake, Folder};
use std::{
    io::{self, BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

/// Takes every letter and keeps its Message-ID.
#[derive(Debug, Clone)]
pub(crate) struct Sink {
    pub(crate) port: u16,
    taken: Arc<Mutex<Vec<String>>>,
    /// Whether a copy goes to the mailbox's Sent folder, as some providers have it.
    keeps_sent: Arc<Mutex<bool>>,
    mailbox: Fake,
}

impl Sink {
    pub(crate) fn start(mailbox: Fake) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let sink = Self { port, taken: Arc::default(), keeps_sent: Arc::default(), mailbox };
        let server = sink.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = server.clone();
                // A client that is killed in mid-sentence is what this is for.
                std::thread::spawn(move || connection.serve(stream?).or(Ok::<(), io::Error>(())));
            }
        });
        sink
    }

    /// Forgets all letters.
    pub(crate) fn begin_anew(&self, keeps_sent: bool) {
        self.taken.lock().unwrap().clear();
        *self.keeps_sent.lock().unwrap() = keeps_sent;
    }

    /// The Message-IDs of all letters taken, in their order.
    pub(crate) fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    fn serve(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut talk = BufReader::new(stream);
        say(&mut talk, "220 sink.example.test ready")?;
        loop {
            let mut line = String::new();
            if talk.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let word = line.split_whitespace().next().unwrap_or_default().to_uppercase();
            match word.as_str() {
                "EHLO" => say(&mut talk, "250-sink.example.test\r\n250-AUTH PLAIN\r\n250 8BITMIME")?,
                "AUTH" => say(&mut talk, "235 2.7.0 Welcome")?,
                "DATA" => {
                    say(&mut talk, "354 End data with a dot")?;
                    let letter = read_letter(&mut talk)?;
                    // From here on the letter is ours, whether the client hears of it or not.
                    self.keep(&letter);
                    say(&mut talk, "250 2.0.0 Ok: queued")?;
                }
                "QUIT" => return say(&mut talk, "221 Bye"),
                _ => say(&mut talk, "250 Ok")?,
            }
        }
    }

    fn keep(&self, letter: &str) {
        let id = letter.lines().find_map(|line| line.strip_prefix("Message-ID: <")?.strip_suffix('>')).unwrap();
        self.taken.lock().unwrap().push(id.to_owned());
        if *self.keeps_sent.lock().unwrap() {
            let mut store = self.mailbox.store();
            let sent = store.folders.entry("Sent".to_owned());
            let sent = sent.or_insert_with(|| Folder { uid_validity: 9, marks: "\\Sent", ..Folder::default() });
            let uid = sent.mails.keys().next_back().map_or(1, |last| last + 1);
            sent.mails.insert(uid, letter.as_bytes().to_vec());
        }
    }
}

fn say(talk: &mut BufReader<TcpStream>, line: &str) -> io::Result<()> {
    talk.get_mut().write_all(format!("{line}\r\n").as_bytes())
}

fn read_letter(talk: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut letter = Vec::new();
    loop {
        let mut line = Vec::new();
        if talk.read_until(b'\n', &mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(String::from_utf8_lossy(&letter).into_owned());
        }
        letter.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
