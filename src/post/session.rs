//! One SMTP conversation: greeting, login, envelope, letter, answer.
//!
//! lettre writes and reads the lines; each step is driven from here, because its `send` cannot say whether a
//! failure came before or after the final dot.

use super::{
    Envelope, NotTaken, Receipt,
    dial::{Dialled, dial, unreachable},
    error::{BoxError, PostError, printable, words_of},
    settings::{Deadlines, Login, SmtpSettings},
};
use crate::domain::id::Address;
use lettre::transport::smtp::{
    Error as SmtpError,
    authentication::{Credentials, Mechanism},
    client::AsyncSmtpConnection,
    commands::{Data, Ehlo, Mail, Noop, Quit, Rcpt},
    extension::{ClientId, MailParameter},
    response::Response,
};
use rustls::ClientConfig;
use std::{
    error::Error as _,
    fmt, iter,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::timeout;

/// How long a server may take to answer a mere "are you there?" or a goodbye.
const COURTESY: Duration = Duration::from_secs(5);

/// A connection on which every answer so far was the one that was due.
pub(super) struct Session {
    smtp: AsyncSmtpConnection,
    settings: SmtpSettings,
    /// The largest letter that the server takes, in bytes, where it says so.
    largest: Option<u64>,
    /// It announced SIZE, so the size may be declared with the sender.
    takes_size: bool,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("largest", &self.largest).finish_non_exhaustive()
    }
}

/// Why a step did not end with the answer that was due.
enum Trouble {
    /// A 4xx or 5xx answer.
    Answered { code: u16, says: String },
    /// No answer, a broken one, or one that belongs to another question.
    Lost(BoxError),
}

impl Session {
    /// Connects, greets and logs in.
    pub(super) async fn open(settings: &SmtpSettings, rules: &Arc<ClientConfig>) -> Result<Self, PostError> {
        let Dialled { stream, hello } = dial(settings, rules).await?;
        let connecting = AsyncSmtpConnection::connect_with_transport(stream, &hello);
        let smtp = answered(settings.deadlines.answer, connecting)
            .await
            .map_err(|trouble| turned_away(settings, trouble))?;
        let mut session = Self { smtp, settings: settings.clone(), largest: None, takes_size: false };
        session.ask_what_it_offers(hello).await?;
        if let Some(login) = &settings.login {
            session.log_in(login).await?;
        }
        Ok(session)
    }

    /// Greets once more: lettre has done so, but keeps no SIZE.
    async fn ask_what_it_offers(&mut self, hello: ClientId) -> Result<(), PostError> {
        let offers =
            self.command(Ehlo::new(hello), 250).await.map_err(|trouble| turned_away(&self.settings, trouble))?;
        let size = offers.message().find_map(announced_size);
        self.takes_size = size.is_some();
        self.largest = size.flatten();
        Ok(())
    }

    async fn log_in(&mut self, login: &Login) -> Result<(), PostError> {
        const MECHANISMS: &[Mechanism] = &[Mechanism::Plain, Mechanism::Login];
        if self.smtp.server_info().get_auth_mechanism(MECHANISMS).is_none() {
            let server_says = "it offers neither AUTH PLAIN nor AUTH LOGIN on this port".to_owned();
            return Err(PostError::LoginRefused { server_says });
        }
        let credentials = Credentials::new(login.user.clone(), login.password.reveal().to_owned());
        let logging_in = self.smtp.auth(MECHANISMS, &credentials);
        match answered(self.settings.deadlines.answer, logging_in).await {
            Ok(response) if response.has_code(235) => Ok(()),
            Ok(response) => Err(unreachable(&self.settings, out_of_turn(&response, 235))),
            Err(Trouble::Answered { code, says }) if code >= 500 => {
                Err(PostError::LoginRefused { server_says: format!("{code} {says}") })
            }
            Err(trouble) => Err(turned_away(&self.settings, trouble)),
        }
    }

    /// Sends one letter. After an error the session must not be used again.
    pub(super) async fn deliver(&mut self, envelope: &Envelope, bytes: &[u8]) -> Result<Receipt, PostError> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.largest.is_some_and(|largest| size > largest) {
            return Err(PostError::TooLarge { size, limit: self.largest });
        }
        let sender = as_carried(&envelope.from)?;
        let recipients =
            envelope.to.iter().map(|to| Ok((to, as_carried(to)?))).collect::<Result<Vec<_>, PostError>>()?;
        let declared = self.takes_size.then_some(MailParameter::Size(bytes.len()));
        let from = Mail::new(Some(sender), declared.into_iter().collect());
        self.command(from, 250).await.map_err(|trouble| self.judge_letter(trouble, size))?;
        let without = self.name_recipients(recipients).await?;
        self.command(Data, 354).await.map_err(|trouble| self.judge_letter(trouble, size))?;
        let response = self.hand_over(bytes).await?;
        Ok(Receipt { server_says: words_of(&response), without })
    }

    /// The addressee has to be taken; a refused copy is only noted.
    async fn name_recipients(
        &mut self,
        recipients: Vec<(&Address, lettre::Address)>,
    ) -> Result<Vec<NotTaken>, PostError> {
        let mut refused = Vec::new();
        for (place, (address, recipient)) in recipients.into_iter().enumerate() {
            match self.command(Rcpt::new(recipient, Vec::new()), 250).await {
                Ok(_) => {}
                Err(Trouble::Answered { code, says }) if place > 0 && code != 421 => {
                    refused.push(NotTaken { address: address.clone(), code, server_says: says });
                }
                Err(Trouble::Answered { code, says }) if code >= 500 && code != 530 => {
                    return Err(PostError::RecipientRefused { code, server_says: says });
                }
                Err(trouble) => return Err(self.judge(trouble)),
            }
        }
        Ok(refused)
    }

    /// Writes the letter and its final dot, and waits for the verdict.
    async fn hand_over(&mut self, bytes: &[u8]) -> Result<Response, PostError> {
        let Deadlines { verdict, .. } = self.settings.deadlines;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let dot_begun = AtomicBool::new(false);
        // lettre asks for the next piece when the one before has left, and writes the dot when there is none.
        let letter = iter::once(without_last_line_end(bytes)).chain(iter::from_fn(|| {
            dot_begun.store(true, Ordering::Relaxed);
            None
        }));
        let outcome = {
            let mut sending = pin!(self.smtp.message_iter(letter));
            let leaving = self.settings.deadlines.for_letter(bytes.len());
            match timeout(leaving, &mut sending).await {
                Ok(outcome) => outcome.map_err(trouble_of),
                Err(_) if dot_begun.load(Ordering::Relaxed) => answered(verdict, sending).await,
                Err(_) => Err(Trouble::Lost(format!("the letter did not leave within {leaving:?}").into())),
            }
        };
        let trouble = match outcome {
            Ok(response) if response.has_code(250) => return Ok(response),
            Ok(response) => Trouble::Lost(out_of_turn(&response, 250)),
            Err(trouble) => trouble,
        };
        Err(match trouble {
            Trouble::Lost(source) if dot_begun.into_inner() => PostError::InDoubt(source),
            Trouble::Lost(_) | Trouble::Answered { .. } => self.judge_letter(trouble, size),
        })
    }

    /// Whether the server still answers.
    pub(super) async fn is_alive(&mut self) -> bool {
        matches!(timeout(COURTESY, self.command(Noop, 250)).await, Ok(Ok(_)))
    }

    /// Says goodbye, and does not wait long for the answer.
    pub(super) async fn quit(mut self) {
        // The letter's fate is known already, so whether the goodbye arrives makes no difference.
        drop(timeout(COURTESY, self.command(Quit, 221)).await);
    }

    async fn command(&mut self, command: impl fmt::Display, due: u16) -> Result<Response, Trouble> {
        let response = answered(self.settings.deadlines.answer, self.smtp.command(command)).await?;
        // 251 is "user not local; will forward", which RFC 5321 section 3.4 has us take as a yes.
        if response.has_code(due) || (due == 250 && response.has_code(251)) {
            Ok(response)
        } else {
            Err(Trouble::Lost(out_of_turn(&response, due)))
        }
    }

    fn judge_letter(&self, trouble: Trouble, size: u64) -> PostError {
        match &trouble {
            // 552 also means a full mailbox; RFC 3463 keeps the two apart.
            Trouble::Answered { code: 552, says } if !says.starts_with("5.2.2") => {
                PostError::TooLarge { size, limit: self.largest }
            }
            Trouble::Answered { .. } | Trouble::Lost(_) => self.judge(trouble),
        }
    }

    fn judge(&self, trouble: Trouble) -> PostError {
        match trouble {
            Trouble::Answered { code: 530, says } => PostError::LoginRefused { server_says: format!("530 {says}") },
            Trouble::Answered { code, says } if code >= 500 => PostError::Refused { code, server_says: says },
            Trouble::Answered { code, says } => PostError::RefusedForNow { code, server_says: says },
            Trouble::Lost(source) => unreachable(&self.settings, source),
        }
    }
}

/// What trouble means before there was talk of a letter.
fn turned_away(settings: &SmtpSettings, trouble: Trouble) -> PostError {
    match trouble {
        Trouble::Answered { code, says } => PostError::TurnedAway { code, server_says: says },
        Trouble::Lost(source) => unreachable(settings, source),
    }
}

/// Waits for `work` until `limit`. When it is over, the connection must be dropped: the answer may still come,
/// and would be taken for the answer to the next question.
async fn answered<T>(limit: Duration, work: impl Future<Output = Result<T, SmtpError>>) -> Result<T, Trouble> {
    match timeout(limit, work).await {
        Ok(done) => done.map_err(trouble_of),
        Err(_) => Err(Trouble::Lost(format!("no answer within {limit:?}").into())),
    }
}

fn trouble_of(error: SmtpError) -> Trouble {
    match error.status() {
        Some(code) => Trouble::Answered {
            code: code.into(),
            says: error.source().map(|words| printable(&words.to_string())).unwrap_or_default(),
        },
        None => Trouble::Lost(error.into()),
    }
}

fn out_of_turn(response: &Response, due: u16) -> BoxError {
    format!("it answered {} {} where {due} was due", response.code(), words_of(response)).into()
}

/// Reads `SIZE 35882577` of the answer to EHLO: None where the line is another, 0 and a bare `SIZE` set no limit.
fn announced_size(line: &str) -> Option<Option<u64>> {
    let mut words = line.split_whitespace();
    let keyword = words.next()?;
    keyword.eq_ignore_ascii_case("SIZE").then(|| words.next()?.parse().ok().filter(|size| *size > 0))
}

/// The address as it stands in an SMTP command. Domains of other scripts take their ASCII form; a local part in
/// another script would need SMTPUTF8 all the way to the recipient, which hardly any business has.
fn as_carried(address: &Address) -> Result<lettre::Address, PostError> {
    super::carried::as_carried(address).map_err(PostError::AddressNotCarried)
}

/// lettre ends the letter with a line end of its own.
fn without_last_line_end(bytes: &[u8]) -> &[u8] {
    bytes.strip_suffix(b"\r\n").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_from_its_own_line_alone() {
        assert_eq!(announced_size("SIZE 30000000"), Some(Some(30_000_000)));
        assert_eq!(announced_size("size 1000"), Some(Some(1000)));
        assert_eq!(announced_size("SIZE 0"), Some(None));
        assert_eq!(announced_size("SIZE"), Some(None));
        assert_eq!(announced_size("PIPELINING"), None);
        assert_eq!(announced_size(""), None);
    }
}
