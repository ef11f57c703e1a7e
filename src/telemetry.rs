//! The log: sentences that stand alone, with fields to search by. Words and addresses of people stay in the ledger.
//!
//! Lines go to stderr. At a terminal or in a file each begins with the time and the level; under systemd the
//! journal adds both itself, so a line begins with the `<N>` from which it takes the level (sd-daemon(3)).

use crate::remedy::Remedy;
use std::{env, fmt, fs, io::IsTerminal, os::unix::fs::MetadataExt};
use thiserror::Error;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::{
    EnvFilter,
    fmt::{
        FmtContext, FormatEvent, FormatFields, FormattedFields, MakeWriter,
        format::{DefaultFields, Writer},
        time::{FormatTime, SystemTime},
    },
    registry::LookupSpan,
};

/// The log cannot begin.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum TelemetryError {
    #[error("`{0}` is no log level (try `info`, `debug` or `warn`)")]
    Level(String),
    #[error("the log was begun twice")]
    BegunTwice,
}

impl TelemetryError {
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Level(_) | Self::BegunTwice => Remedy::Stop,
        }
    }
}

/// Begins the log. `RUST_LOG` wins over `level`, the config's; either is a level, or directives as `RUST_LOG` has them.
///
/// # Errors
/// A level that is none, and a second call.
pub fn begin(level: &str) -> Result<(), TelemetryError> {
    let from_env = env::var("RUST_LOG").ok().filter(|directives| !directives.trim().is_empty());
    let filter = filter(from_env.as_deref().unwrap_or(level))?;
    let journal = env::var("JOURNAL_STREAM").ok();
    let lines = if is_named_by(journal.as_deref(), "/proc/self/fd/2") { Lines::Journal } else { Lines::Plain };
    tracing::subscriber::set_global_default(subscriber(lines, filter, std::io::stderr))
        .map_err(|_| TelemetryError::BegunTwice)
}

/// A bare level is for handback; what the libraries have to say is heard from `warn` on.
fn filter(directives: &str) -> Result<EnvFilter, TelemetryError> {
    let refused = || TelemetryError::Level(directives.to_owned());
    let all = match directives.trim().to_ascii_lowercase().as_str() {
        level @ ("info" | "debug" | "trace") => format!("warn,handback={level}"),
        level @ ("off" | "error" | "warn") => level.to_owned(),
        // tracing would take a misspelt level for the name of a library, and log nothing.
        word if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) => return Err(refused()),
        _ => directives.to_owned(),
    };
    EnvFilter::builder().parse(all).map_err(|_| refused())
}

/// Whether `stream` is the one that systemd names by device and inode in `JOURNAL_STREAM`. A program started from a
/// service inherits the name but may have its stderr elsewhere.
fn is_named_by(journal: Option<&str>, stream: &str) -> bool {
    let Some(journal) = journal else { return false };
    fs::metadata(stream).is_ok_and(|stream| journal == format!("{}:{}", stream.dev(), stream.ino()))
}

fn subscriber<W>(lines: Lines, filter: EnvFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let colour = lines == Lines::Plain && std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colour)
        .fmt_fields(DefaultFields::new())
        .event_format(lines)
        .with_writer(writer)
        .finish()
}

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    Plain,
    Journal,
}

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, ctx: &FmtContext<'_, S, N>, mut to: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let level = *event.metadata().level();
        match self {
            Self::Journal => write!(to, "<{}>", priority(level))?,
            Self::Plain => {
                SystemTime.format_time(&mut to)?;
                write!(to, " {level:>5} ")?;
            }
        }
        let mut line = String::new();
        ctx.format_fields(Writer::new(&mut line), event)?;
        for span in ctx.event_scope().into_iter().flat_map(tracing_subscriber::registry::Scope::from_root) {
            let extensions = span.extensions();
            if let Some(fields) = extensions.get::<FormattedFields<N>>().filter(|fields| !fields.is_empty()) {
                line.push(' ');
                line.push_str(fields);
            }
        }
        // One event is one line, or the journal would give the second line another level.
        writeln!(to, "{}", line.replace('\n', " | "))
    }
}

/// The syslog priority, sd-daemon(3).
fn priority(level: Level) -> u8 {
    match level {
        Level::ERROR => 3,
        Level::WARN => 4,
        Level::INFO => 6,
        Level::DEBUG | Level::TRACE => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};
    use tracing::{debug, error, info, info_span, warn};

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Page {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What the log holds after `work`.
    fn logged(lines: Lines, level: &str, work: impl FnOnce()) -> String {
        let page = Page::default();
        let writer = page.clone();
        let log = subscriber(lines, filter(level).unwrap(), move || writer.clone());
        tracing::subscriber::with_default(log, work);
        let bytes = page.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_journal_gets_priorities_and_no_time() {
        let log = logged(Lines::Journal, "debug", || {
            error!("The ledger is full.");
            warn!("The mailbox does not answer.");
            info!(task.id = 142, "Filed a reply about HB-142.");
            debug!("Nothing is due.");
        });
        assert_eq!(
            log,
            "<3>The ledger is full.\n<4>The mailbox does not answer.\n\
             <6>Filed a reply about HB-142. task.id=142\n<7>Nothing is due.\n"
        );
    }

    #[test]
    fn a_plain_line_begins_with_time_and_level() {
        let log = logged(Lines::Plain, "info", || info!("Ready."));
        let (time, rest) = log.split_once(' ').unwrap();
        assert!(time.parse::<chrono::DateTime<chrono::Utc>>().is_ok(), "{log}");
        assert_eq!(rest, " INFO Ready.\n");
    }

    #[test]
    fn a_line_carries_the_fields_of_the_mail_it_is_about() {
        let log = logged(Lines::Journal, "info", || {
            let _inside = info_span!("mail", inbox.id = 7).entered();
            info!("Held a mail.");
        });
        assert_eq!(log, "<6>Held a mail. inbox.id=7\n");
    }

    #[test]
    fn one_event_is_one_line() {
        let log = logged(Lines::Journal, "info", || info!(why = "a\nb", "Two\nlines."));
        assert_eq!(log.lines().count(), 1, "{log}");
    }

    #[test]
    fn libraries_are_heard_from_warnings_on_unless_asked_for() {
        let talk = || {
            info!(target: "rustls", "handshake");
            warn!(target: "rustls", "odd certificate");
            info!(target: "handback::post", "Sent.");
        };
        assert_eq!(logged(Lines::Journal, "INFO", talk), "<4>odd certificate\n<6>Sent.\n");
        assert_eq!(logged(Lines::Journal, "rustls=info", talk), "<6>handshake\n<4>odd certificate\n");
        assert_eq!(logged(Lines::Journal, "off", talk), "");
    }

    #[test]
    fn a_level_that_is_none_is_named() {
        for given in ["loud", "", "inf0", "handback=loud"] {
            assert_eq!(filter(given).unwrap_err(), TelemetryError::Level(given.to_owned()));
        }
        assert_eq!(filter("loud").unwrap_err().to_string(), "`loud` is no log level (try `info`, `debug` or `warn`)");
    }

    #[test]
    fn only_the_stream_that_systemd_names_is_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("stream");
        fs::write(&file, "").unwrap();
        let about = fs::metadata(&file).unwrap();
        let name = format!("{}:{}", about.dev(), about.ino());
        let path = file.to_str().unwrap();
        assert!(is_named_by(Some(&name), path));
        assert!(!is_named_by(Some("1:1"), path));
        assert!(!is_named_by(None, path));
        assert!(!is_named_by(Some(&name), "/nowhere"));
    }
}
