//! One conversation with an IMAP server that believes nothing but its own tagged OK.
//!
//! async-imap's own commands report success when a FETCH is cut, refused or ended by BYE; here only its
//! connection is used: `read_response`, which finds the borders of a response and parses it. End of stream,
//! BYE, NO, BAD and lines that cannot be parsed are errors, and whoever gets an error drops the session.

use super::{
    super::{error::MailboxError, settings::Deadlines},
    guard::{Guard, Overflow},
};
use async_imap::{
    Client,
    imap_proto::{Capability, MailboxDatum, Outcome, Response, ResponseCode, Status},
};
use futures_util::FutureExt;
use std::{collections::HashSet, fmt, io, panic::AssertUnwindSafe, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt},
    time::timeout,
};

/// Bytes that a server may send in answer to a command that asks for no mail; a search of a million UIDs fits.
pub(super) const ORDINARY: u64 = 8 * 1024 * 1024;

/// How many times the deadline of one read a whole command may take: a server that says "still searching" every
/// few seconds must come to an end, and half an hour is enough for a window of mail on a slow line.
const READS: u32 = 30;

/// Letters of a server's own words that we repeat.
const WORDS: usize = 300;

/// What carries a session: TCP, or TLS over it.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + fmt::Debug> Wire for T {}

#[derive(Debug)]
pub(super) struct Session {
    line: Client<Guard<Box<dyn Wire>>>,
    tags: u64,
    pub(super) deadlines: Deadlines,
    /// What the server says it can do, in capitals.
    skills: HashSet<String>,
    pub(super) selected: Option<Selected>,
}

/// The folder that commands speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selected {
    pub(super) folder: String,
    pub(super) uid_validity: u32,
    /// The folder has grown since it was last searched.
    pub(super) grown: bool,
}

/// What is done with each response; the closing one of the command included.
pub(super) type Each<'a> = &'a mut (dyn FnMut(&Response<'_>) + Send);

impl Session {
    pub(super) fn new(wire: Box<dyn Wire>, deadlines: Deadlines) -> Self {
        let line = Client::new(Guard::new(wire, deadlines.answer, ORDINARY));
        Self { line, tags: 0, deadlines, skills: HashSet::new(), selected: None }
    }

    /// Whether the server offers `skill`, written in capitals.
    pub(super) fn can(&self, skill: &str) -> bool {
        self.skills.contains(skill)
    }

    /// Gives a command and hands all that the server says about it to `each`.
    ///
    /// # Errors
    ///
    /// Anything but our own tagged OK. After [`MailboxError::Refused`] both sides still agree on where they
    /// are; after every other error the session is of no more use.
    pub(super) async fn command(
        &mut self,
        doing: &'static str,
        command: &str,
        each: Each<'_>,
    ) -> Result<(), MailboxError> {
        self.command_for(ORDINARY, doing, command, each).await
    }

    /// [`Self::command`] with an allowance of `bytes` for the answer.
    pub(super) async fn command_for(
        &mut self,
        bytes: u64,
        doing: &'static str,
        command: &str,
        each: Each<'_>,
    ) -> Result<(), MailboxError> {
        self.line.get_mut().allow(bytes);
        let tag = self.send_tagged(doing, command).await?;
        let within = self.deadlines.answer * READS;
        let answer = async {
            while !self.concludes(&tag, doing, each).await? {}
            Ok(())
        };
        timeout(within, answer).await.unwrap_or(Err(MailboxError::Late { doing }))
    }

    /// Sends a command and returns its tag.
    pub(super) async fn send_tagged(&mut self, doing: &'static str, command: &str) -> Result<String, MailboxError> {
        self.tags += 1;
        let tag = format!("H{}", self.tags);
        self.send(doing, &format!("{tag} {command}")).await?;
        Ok(tag)
    }

    pub(super) async fn send(&mut self, doing: &'static str, line: &str) -> Result<(), MailboxError> {
        // One write: a command in two packets waits for a delayed ACK.
        let bytes = format!("{line}\r\n");
        let wire = self.line.get_mut();
        wire.write_all(bytes.as_bytes()).await.map_err(|error| broken(doing, error))?;
        wire.flush().await.map_err(|error| broken(doing, error))
    }

    /// Reads one response and says whether it is the OK to the command tagged `tag`.
    pub(super) async fn concludes(
        &mut self,
        tag: &str,
        doing: &'static str,
        each: Each<'_>,
    ) -> Result<bool, MailboxError> {
        let mut verdict = Ok(false);
        let mut judge = |response: &Response<'_>| {
            each(response);
            verdict = judged(response, tag, doing);
        };
        self.hear(doing, &mut judge).await?;
        verdict
    }

    /// Hands the next response to `each`, unless it is a BYE.
    ///
    /// Nothing is lost when this is cancelled: what was read of a response stays in the buffer.
    pub(super) async fn hear(&mut self, doing: &'static str, each: Each<'_>) -> Result<(), MailboxError> {
        // The parser of imap-proto 0.17 panics on a status line like `* OK [ALERT]é`.
        let read = AssertUnwindSafe(self.line.read_response()).catch_unwind().await;
        let response = read
            .map_err(|_| MailboxError::Garbled { doing })?
            .map_err(|error| broken(doing, error))?
            .ok_or(MailboxError::Closed { doing })?;
        let response = response.parsed();
        if let Response::Data { status: Status::Bye, outcome } = response {
            return Err(MailboxError::SaidGoodbye { doing, server_says: words(outcome) });
        }
        if let Response::MailboxData(MailboxDatum::Exists(_)) = response
            && let Some(selected) = &mut self.selected
        {
            selected.grown = true;
        }
        each(response);
        Ok(())
    }

    /// Lets the next reads take this long; the settings' deadline comes back with `None`.
    pub(super) fn be_patient(&mut self, patience: Option<Duration>) {
        let patience = patience.unwrap_or(self.deadlines.answer);
        self.line.get_mut().be_patient(patience);
    }

    /// Allows an answer of ordinary size from here on.
    pub(super) fn allow_ordinary(&mut self) {
        self.line.get_mut().allow(ORDINARY);
    }

    /// Takes note of what the server can do, where `response` says so.
    pub(super) fn learn(skills: &mut Option<HashSet<String>>, response: &Response<'_>) {
        let (Response::Capabilities(listed)
        | Response::Data { outcome: Outcome { code: Some(ResponseCode::Capabilities(listed)), .. }, .. }
        | Response::Done { outcome: Outcome { code: Some(ResponseCode::Capabilities(listed)), .. }, .. }) = response
        else {
            return;
        };
        *skills = Some(listed.iter().map(skill).collect());
    }

    /// Asks what the server can do, unless it has said so unasked.
    pub(super) async fn ask_skills(&mut self, told: Option<HashSet<String>>) -> Result<(), MailboxError> {
        let mut skills = told;
        if skills.is_none() {
            let mut learn = |response: &Response<'_>| Self::learn(&mut skills, response);
            self.command("hear what it can do", "CAPABILITY", &mut learn).await?;
        }
        self.skills = skills.unwrap_or_default();
        Ok(())
    }
}

/// Whether `response` is the OK to the command tagged `tag`.
fn judged(response: &Response<'_>, tag: &str, doing: &'static str) -> Result<bool, MailboxError> {
    let Response::Done { tag: theirs, status, outcome } = response else {
        return Ok(false);
    };
    match status {
        Status::Ok if theirs.0 == tag => Ok(true),
        Status::No | Status::Bad if theirs.0 == tag => {
            let folder_missing = matches!(outcome.code, Some(ResponseCode::TryCreate));
            Err(MailboxError::Refused { doing, server_says: words(outcome), folder_missing })
        }
        // The end of a command that was never given.
        Status::Ok | Status::No | Status::Bad | Status::PreAuth | Status::Bye => Err(MailboxError::Garbled { doing }),
    }
}

fn skill(capability: &Capability<'_>) -> String {
    match capability {
        Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
        Capability::Auth(how) => format!("AUTH={}", how.to_ascii_uppercase()),
        Capability::Atom(name) => name.to_ascii_uppercase(),
    }
}

/// The server's own words, short and without control characters.
pub(super) fn words(outcome: &Outcome<'_>) -> String {
    let said = outcome.information.as_deref().unwrap_or_default();
    said.chars().filter(|letter| !letter.is_control()).take(WORDS).collect()
}

/// What an error of the stream means. The text of a parse error quotes mail, so it goes no further.
fn broken(doing: &'static str, error: io::Error) -> MailboxError {
    if let Some(overflow) = error.get_ref().and_then(|inner| inner.downcast_ref::<Overflow>()) {
        return MailboxError::Flood { doing, limit: overflow.limit };
    }
    if error.kind() == io::ErrorKind::TimedOut {
        MailboxError::Late { doing }
    } else if error.kind() == io::ErrorKind::Other {
        MailboxError::Garbled { doing }
    } else {
        MailboxError::Cut { doing, source: error }
    }
}
