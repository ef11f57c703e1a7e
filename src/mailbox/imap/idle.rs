//! Waiting for news with IDLE (RFC 2177).
//!
//! async-imap's IDLE takes a closed connection for an interruption, starts its timer again at each keepalive,
//! and hangs when it is refused with NO or when the line is dead at DONE.

use super::{
    super::{error::MailboxError, reading::Waited},
    session::Session,
};
use async_imap::imap_proto::{MailboxDatum, Response};
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

const DOING: &str = "wait for news";

/// Waits until the selected folder grows, or for `at_most`; keepalives of the server make it no longer.
///
/// # Errors
///
/// [`MailboxError::Refused`] where the server will not IDLE; anything that ends a session.
pub(super) async fn idle(session: &mut Session, at_most: Duration) -> Result<Waited, MailboxError> {
    let until = Instant::now() + at_most;
    session.allow_ordinary();
    let tag = session.send_tagged(DOING, "IDLE").await?;
    let begun = begin(session, &tag).await?;
    let Begun::Idling { news } = begun else { return Ok(Waited::News) };
    // Silence is what we hope for here; the answer to DONE has its own deadline.
    session.be_patient(Some(at_most + session.deadlines.answer));
    let waited = if news { Ended::News } else { listen(session, &tag, until).await? };
    session.be_patient(None);
    match waited {
        Ended::Over => Ok(Waited::News),
        Ended::News => finish(session, &tag).await.map(|()| Waited::News),
        Ended::TimeUp => finish(session, &tag).await.map(|()| Waited::TimeUp),
    }
}

enum Begun {
    Idling {
        news: bool,
    },
    /// The server said OK to the whole command before it began.
    Over,
}

enum Ended {
    News,
    TimeUp,
    /// The server said OK to the command without being asked to stop.
    Over,
}

async fn begin(session: &mut Session, tag: &str) -> Result<Begun, MailboxError> {
    let mut news = false;
    loop {
        let mut idling = false;
        let mut note = |response: &Response<'_>| {
            idling = matches!(response, Response::Continue(_));
            news |= is_news(response);
        };
        if session.concludes(tag, DOING, &mut note).await? {
            return Ok(Begun::Over);
        }
        if idling {
            return Ok(Begun::Idling { news });
        }
    }
}

async fn listen(session: &mut Session, tag: &str, until: Instant) -> Result<Ended, MailboxError> {
    loop {
        let mut news = false;
        let mut note = |response: &Response<'_>| news = is_news(response);
        match timeout_at(until, session.concludes(tag, DOING, &mut note)).await {
            Err(_) => return Ok(Ended::TimeUp),
            Ok(over) => {
                if over? {
                    return Ok(Ended::Over);
                }
            }
        }
        if news {
            return Ok(Ended::News);
        }
    }
}

/// Says DONE and hears the OK to the IDLE.
async fn finish(session: &mut Session, tag: &str) -> Result<(), MailboxError> {
    const DOING: &str = "stop waiting for news";
    let within = session.deadlines.done;
    let done = async {
        session.send(DOING, "DONE").await?;
        while !session.concludes(tag, DOING, &mut |_| {}).await? {}
        Ok(())
    };
    timeout(within, done).await.unwrap_or(Err(MailboxError::Late { doing: DOING }))
}

fn is_news(response: &Response<'_>) -> bool {
    matches!(response, Response::MailboxData(MailboxDatum::Exists(_)))
}
