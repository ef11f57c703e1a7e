//! A post whose server is `FakeSmtp`, a letter for it, and its outcome in one line.

use super::fake_smtp::{FakeSmtp, Scene};
use handback::post::{Deadlines, Envelope, Login, PostError, Receipt, SmtpPost, SmtpSettings, Tls};
use handback::secret::Secret;
use std::time::Duration;

pub const LETTER: &[u8] = b"Subject: [HB-1] Invoices\r\n\r\nAna,\r\n.\r\n..two\r\nthanks.\r\n";
/// Short enough for a test, long enough for a busy machine.
const IMPATIENT: Deadlines = Deadlines {
    connect: Duration::from_millis(500),
    answer: Duration::from_millis(300),
    letter: Duration::from_millis(500),
    verdict: Duration::from_millis(300),
};

pub fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::Off,
        login: None,
        ca_file: None,
        hello: None,
        deadlines: IMPATIENT,
    }
}

pub fn with_login(port: u16) -> SmtpSettings {
    let login = Login { user: "desk@example.test".to_owned(), password: Secret::new("secret") };
    SmtpSettings { login: Some(login), ..settings(port) }
}

pub fn envelope(to: &[&str]) -> Envelope {
    Envelope {
        from: "desk@example.test".parse().unwrap(),
        to: to.iter().map(|address| address.parse().unwrap()).collect(),
    }
}

pub async fn send(post: &mut SmtpPost) -> Result<Receipt, PostError> {
    post.send(&envelope(&["ana@example.test"]), LETTER).await
}

/// Sends one letter to a server that plays `scene`, and describes the outcome in one line.
pub async fn outcome_of(scene: Scene) -> String {
    let server = FakeSmtp::play(vec![scene]);
    let mut post = SmtpPost::new(settings(server.port)).unwrap();
    let outcome = describe(send(&mut post).await);
    drop(post);
    server.finish();
    outcome
}

pub fn describe(outcome: Result<Receipt, PostError>) -> String {
    match outcome {
        Ok(receipt) => format!("sent: {}", receipt.server_says),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(" <- {cause}")).unwrap_or_default();
            format!("{:?}, {:?}: {error}{cause}", error.fate(), error.remedy())
        }
    }
}

#[track_caller]
pub fn assert_begins(outcome: &str, expected: &str) {
    assert!(outcome.starts_with(expected), "got `{outcome}`");
}

pub const UNREACHABLE: &str = "Planned, TryAgain: could not reach the mail server";
pub const IN_DOUBT: &str = "InDoubt, SetAside: the mail server took the letter but its answer was lost";
