//! The connection that is kept between letters, and when to open another.

use super::{
    Envelope, Receipt, carried::check_sendable, error::PostError, session::Session, settings::SmtpSettings,
    trust::tls_rules,
};
use rustls::ClientConfig;
use std::{sync::Arc, time::Duration};
use tokio::time::Instant;

/// A connection that rested this long is asked whether it still lives before a letter is trusted to it.
const ASK_AFTER: Duration = Duration::from_secs(2);
/// One that rested this long is not worth asking: many servers close after a minute, and a home router forgets.
const REOPEN_AFTER: Duration = Duration::from_secs(45);

/// Sends letters through one mail server, over one connection that is kept while letters flow.
#[derive(Debug)]
pub struct SmtpPost {
    settings: SmtpSettings,
    rules: Arc<ClientConfig>,
    kept: Option<Kept>,
}

#[derive(Debug)]
struct Kept {
    session: Session,
    since: Instant,
}

impl SmtpPost {
    /// Makes a post. Nothing is connected before the first letter.
    ///
    /// # Errors
    /// [`PostError::NoAuthorities`] where `ca_file` cannot be used.
    pub fn new(settings: SmtpSettings) -> Result<Self, PostError> {
        let rules = tls_rules(settings.ca_file.as_deref())?;
        Ok(Self { settings, rules, kept: None })
    }

    /// Sends one letter.
    ///
    /// # Errors
    /// [`PostError::InDoubt`] where the letter may have left; any other error where it has not.
    pub async fn send(&mut self, envelope: &Envelope, bytes: &[u8]) -> Result<Receipt, PostError> {
        check_sendable(bytes).map_err(PostError::Unsendable)?;
        if envelope.to.is_empty() {
            return Err(PostError::Unsendable("there is nobody to send them to"));
        }
        // The session is taken out for the time of the letter. Should this future be dropped half way, the
        // connection goes with it, and with it the answer that would be taken for the next letter's.
        if let Some(mut session) = self.take_living().await {
            match session.deliver(envelope, bytes).await {
                Ok(receipt) => return Ok(self.keep(session, receipt)),
                Err(error) if !went_away(&error) => return Err(part(session, error).await),
                // The server had closed it, or closes it now; the letter has not left.
                Err(_) => {}
            }
        }
        let mut session = Session::open(&self.settings, &self.rules).await?;
        match session.deliver(envelope, bytes).await {
            Ok(receipt) => Ok(self.keep(session, receipt)),
            Err(error) => Err(part(session, error).await),
        }
    }

    /// Connects and logs in, and keeps the connection for the next letter.
    ///
    /// # Errors
    /// What keeps letters from leaving; `doctor` shows it.
    pub async fn connect(&mut self) -> Result<(), PostError> {
        let session = match self.take_living().await {
            Some(session) => session,
            None => Session::open(&self.settings, &self.rules).await?,
        };
        self.kept = Some(Kept { session, since: Instant::now() });
        Ok(())
    }

    /// Says goodbye to the server, where a connection is open.
    pub async fn close(&mut self) {
        if let Some(kept) = self.kept.take() {
            kept.session.quit().await;
        }
    }

    fn keep(&mut self, session: Session, receipt: Receipt) -> Receipt {
        self.kept = Some(Kept { session, since: Instant::now() });
        receipt
    }

    async fn take_living(&mut self) -> Option<Session> {
        let Kept { mut session, since } = self.kept.take()?;
        let rested = since.elapsed();
        if rested >= REOPEN_AFTER {
            session.quit().await;
            return None;
        }
        (rested < ASK_AFTER || session.is_alive().await).then_some(session)
    }
}

/// Whether a kept connection turned out to be over before the letter's final dot.
fn went_away(error: &PostError) -> bool {
    matches!(error, PostError::Unreachable { .. } | PostError::RefusedForNow { code: 421, .. })
}

/// Ends a session on which something went wrong: with a goodbye where the server answers, at once where not.
async fn part(session: Session, error: PostError) -> PostError {
    if !matches!(error, PostError::Unreachable { .. } | PostError::InDoubt(_)) {
        session.quit().await;
    }
    error
}
