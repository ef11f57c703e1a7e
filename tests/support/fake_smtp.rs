//! An SMTP server that answers by script: each connection plays one scene.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread::JoinHandle,
};

/// What the server does with one connection. It may assert: [`FakeSmtp::finish`] passes a failure on.
pub type Scene = Box<dyn FnOnce(&mut Talk) + Send>;

/// Boxes a scene, so that scenes can stand in a list.
pub fn scene(play: impl FnOnce(&mut Talk) + Send + 'static) -> Scene {
    Box::new(play)
}

pub struct FakeSmtp {
    pub port: u16,
    stage: JoinHandle<Vec<Vec<u8>>>,
}

impl FakeSmtp {
    /// Plays `scenes`, one a connection and one after the other, then refuses all others.
    pub fn play(scenes: Vec<Scene>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let stage = std::thread::spawn(move || {
            let mut letters = Vec::new();
            for play in scenes {
                let (stream, _) = listener.accept().unwrap();
                stream.set_nodelay(true).unwrap();
                let mut talk = Talk { reader: BufReader::new(stream), letters: Vec::new() };
                play(&mut talk);
                letters.append(&mut talk.letters);
            }
            letters
        });
        Self { port, stage }
    }

    /// Waits for the last scene to end and returns the letters that came, as they were before dot-stuffing.
    ///
    /// # Panics
    /// With the scene's own words where one of its assertions failed.
    pub fn finish(self) -> Vec<Vec<u8>> {
        self.stage.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// One connection, from the server's side.
pub struct Talk {
    reader: BufReader<TcpStream>,
    letters: Vec<Vec<u8>>,
}

impl Talk {
    /// Sends one line, or several.
    pub fn say(&mut self, line: &str) {
        self.say_raw(&format!("{line}\r\n"));
    }

    pub fn say_raw(&mut self, text: &str) {
        // A client that has left already is seen by the next `hear`.
        self.reader.get_mut().write_all(text.as_bytes()).unwrap_or_default();
    }

    /// Waits for a line and returns it; an empty one means that the client has left.
    #[track_caller]
    pub fn hear(&mut self, beginning: &str) -> String {
        let mut line = String::new();
        self.reader.read_line(&mut line).unwrap_or_default();
        let line = line.trim_end().to_owned();
        assert!(line.starts_with(beginning), "the client said `{line}` where `{beginning}` was due");
        line
    }

    /// Hears the client leave without another word but, perhaps, goodbye.
    #[track_caller]
    pub fn hear_the_end(&mut self) {
        let mut rest = String::new();
        self.reader.read_to_string(&mut rest).unwrap_or_default();
        assert!(rest.is_empty() || rest.starts_with("QUIT"), "the client went on: {rest}");
    }

    /// Says nothing more, until the client gives up.
    pub fn fall_silent(&mut self) {
        let mut rest = Vec::new();
        self.reader.read_to_end(&mut rest).unwrap_or_default();
    }

    /// Greets, and says what it offers to the client's two EHLOs.
    pub fn greet(&mut self, offers: &str) {
        self.say("220 fake.example.test ready");
        for _ in 0..2 {
            self.hear("EHLO ");
            self.say(&format!("250-fake.example.test\r\n250-{offers}\r\n250 8BITMIME"));
        }
    }

    /// Takes sender, one recipient, and the wish to send.
    pub fn take_envelope(&mut self) {
        self.hear("MAIL FROM:<desk@example.test>");
        self.say("250 2.1.0 Ok");
        self.hear("RCPT TO:<ana@example.test>");
        self.say("250 2.1.5 Ok");
        self.hear("DATA");
        self.say("354 End data with a dot");
    }

    /// Reads a letter up to its final dot and keeps it.
    pub fn take_letter(&mut self) {
        let mut letter = Vec::new();
        loop {
            let mut line = Vec::new();
            self.reader.read_until(b'\n', &mut line).unwrap();
            assert!(!line.is_empty(), "the client left inside its letter");
            if line == b".\r\n" {
                break;
            }
            letter.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        self.letters.push(letter);
    }

    /// Reads a letter as it is on the wire, up to CRLF dot CRLF.
    pub fn take_wire(&mut self) -> Vec<u8> {
        let mut wire = Vec::new();
        while !wire.ends_with(b"\r\n.\r\n") {
            let mut byte = [0];
            self.reader.read_exact(&mut byte).expect("the client left inside its letter");
            wire.extend_from_slice(&byte);
        }
        wire
    }

    /// Takes one letter from sender to verdict.
    pub fn take_all(&mut self) {
        self.take_envelope();
        self.take_letter();
        self.say("250 2.0.0 Ok: queued as 1");
    }
}
