//! `handback run`: the daemon, for ever or for one round.

use super::{
    args::{Global, RunArgs},
    desk::Desk,
    exit::{Exit, Trouble},
    load_config,
};
use crate::{
    clock::Clock,
    config::{self, Config, Environment, Server},
    daemon::{Daemon, DaemonError},
    ledger::{self, Ledger, Opening},
    mailbox::{self, ImapMailbox, ImapSettings, Mailbox, MailboxError},
    post::{self, FolderPost, Post, PostError, SmtpPost, SmtpSettings},
    remedy::chain,
    telemetry,
};
use chrono::{DateTime, Utc};
use std::{
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt,
    path::Path,
    pin::pin,
    process,
};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing::error;

/// Does what `handback run` says.
pub(super) fn run(args: &RunArgs, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    if global.dir.is_some() {
        return Err(Trouble::new(Exit::Usage, "handback: run needs a config, and --dir goes without one"));
    }
    let config = load_config(global, environment)?;
    begin_log(&config, global.verbose)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|error| Trouble::from_error(Exit::Failed, &error))?;
    runtime.block_on(async {
        let mut signals = Signals::listen()?;
        let mut config = config;
        let load = || load_config(global, environment);
        loop {
            match daemon(args, config, &mut signals, load).await? {
                Ended::Done(exit) => return Ok(exit),
                Ended::Anew(changed) => config = *changed,
            }
        }
    })
}

/// How a daemon ended that did not fail.
enum Ended {
    Done(Exit),
    /// The settings were changed, and somebody said so.
    Anew(Box<Config>),
}

/// What the daemon is told from outside.
enum Heard {
    Stop,
    Reload,
}

/// The signals that we answer to, from the first daemon to the last.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    fn listen() -> Result<Self, Trouble> {
        let refused = |error: io::Error| Trouble::from_error(Exit::Failed, &error);
        let listen = |kind| signal(kind).map_err(refused);
        Ok(Self {
            terminate: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
            hangup: listen(SignalKind::hangup())?,
        })
    }

    async fn heard(&mut self) -> Heard {
        tokio::select! {
            _ = self.terminate.recv() => Heard::Stop,
            _ = self.interrupt.recv() => Heard::Stop,
            _ = self.hangup.recv() => Heard::Reload,
        }
    }
}

fn begin_log(config: &Config, verbose: u8) -> Result<(), Trouble> {
    let level = match verbose {
        0 => config.log.name(),
        1 => "debug",
        _ => "trace",
    };
    telemetry::begin(level).map_err(|error| Trouble::from_error(Exit::Config, &error))
}

async fn daemon(
    args: &RunArgs,
    config: Config,
    signals: &mut Signals,
    load: impl Fn() -> Result<Config, Trouble>,
) -> Result<Ended, Trouble> {
    let opening = if args.dry_run { Opening::ReadOnly } else { Opening::Daemon };
    let desk = Desk::of_config(config.clone(), opening)?;
    if desk.clock != Clock::System {
        let words = "handback: this ledger lives by the demo's clock, so no mail server may be used with it";
        return Err(Trouble::new(Exit::Failed, words));
    }
    let (key, templates, now) = (desk.key()?, desk.templates()?, desk.now);
    let (ledger, post) = if args.dry_run {
        let folder = config.data_dir.join("dry-run");
        let post = FolderPost::open(&folder).map_err(|error| in_post(&error))?;
        (copied(&desk.ledger, &folder.join("ledger"), now)?, Post::Folder(post))
    } else {
        let post = SmtpPost::new(smtp_settings(&config.smtp)?).map_err(|error| in_post(&error))?;
        (desk.ledger, Post::Smtp(Box::new(post)))
    };
    let mut imap = imap_settings(&config)?;
    if args.dry_run {
        imap.after = mailbox::After::Keep;
    }
    let mailbox = Mailbox::Imap(ImapMailbox::new(imap).map_err(|error| in_mailbox(&error))?);
    let seed = u64::from(process::id());
    let mut daemon = Daemon::new(ledger, mailbox, post, desk.rules, key, templates, seed);
    if let Some(since) = args.since {
        daemon.rules.since = Some(since);
    }
    if args.once {
        // One round is not worth a good end: whoever interrupts it loses nothing.
        return tokio::select! {
            exit = once(&mut daemon, now) => exit.map(Ended::Done),
            () = told_to_stop(signals) => Err(Trouble::new(Exit::Failed, "handback: interrupted")),
        };
    }
    let stopping = daemon.stopping.clone();
    let mut changed = None;
    let mut running = pin!(daemon.run(Clock::System, config.imap.poll_every));
    loop {
        tokio::select! {
            ended = &mut running => {
                ended.map_err(|error| in_daemon(&error))?;
                return Ok(changed.map_or(Ended::Done(Exit::Fine), Ended::Anew));
            }
            heard = signals.heard() => match heard {
                Heard::Stop => {
                    changed = None;
                    stopping.stop();
                }
                Heard::Reload => match load().and_then(|config_now| usable(config_now, &config)) {
                    Ok(config_now) => {
                        changed = Some(Box::new(config_now));
                        stopping.begin_anew();
                    }
                    Err(trouble) => {
                        error!("The settings cannot be used, and those from before stay: {}", trouble.words.trim());
                    }
                },
            },
        }
    }
}

async fn told_to_stop(signals: &mut Signals) {
    while !matches!(signals.heard().await, Heard::Stop) {}
}

/// Whether a daemon could begin with `config` in place of `before`.
fn usable(config: Config, before: &Config) -> Result<Config, Trouble> {
    if config.data_dir != before.data_dir {
        return Err(Trouble::new(Exit::Config, "handback: files.data_dir was changed, which wants a restart"));
    }
    ImapMailbox::new(imap_settings(&config)?).map_err(|error| in_mailbox(&error))?;
    SmtpPost::new(smtp_settings(&config.smtp)?).map_err(|error| in_post(&error))?;
    Ok(config)
}

/// A copy of the ledger in `dir`, for a dry run: what it writes there has not happened. The last one is replaced.
fn copied(ledger: &Ledger, dir: &Path, now: DateTime<Utc>) -> Result<Ledger, Trouble> {
    let cannot = |error: io::Error| {
        let words = format!("handback: could not make room for a copy in {}: {}", dir.display(), chain(&error));
        Trouble::new(Exit::Failed, words)
    };
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(cannot(error)),
        Ok(()) | Err(_) => {}
    }
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(cannot)?;
    ledger.copy_to(&dir.join(ledger::FILE))?;
    Ok(Ledger::open(dir, Opening::Daemon, now)?)
}

/// One full round. Trouble with the mailbox or the post is an error here, since there is no next round.
async fn once(daemon: &mut Daemon, now: DateTime<Utc>) -> Result<Exit, Trouble> {
    daemon.start(now).map_err(|error| in_daemon(&error))?;
    let round = daemon.round(now).await.map_err(|error| in_daemon(&error))?;
    daemon.mailbox.close().await;
    daemon.post.close().await;
    eprintln!(
        "{} new mails, {} concluded, {} letters composed, {} sent.",
        round.taken, round.concluded, round.composed, round.sent
    );
    let lines = [("mailbox", &daemon.health.mailbox), ("post", &daemon.health.post)];
    for (name, line) in lines {
        if let Some(trouble) = line.trouble() {
            let exit = if line.login_refused() { Exit::LoginRefused } else { Exit::Failed };
            return Err(Trouble::new(exit, format!("handback: {name}: {}", trouble.why)));
        }
    }
    Ok(Exit::Fine)
}

fn imap_settings(config: &Config) -> Result<ImapSettings, Trouble> {
    let server = &config.imap.server;
    let password = server.secret.read()?;
    let tls = match server.tls {
        config::Tls::Implicit => mailbox::Tls::Implicit,
        config::Tls::None => mailbox::Tls::None,
        config::Tls::StartTls => {
            let words = "handback: imap.tls = \"starttls\" is not built in (use \"implicit\", port 993)";
            return Err(Trouble::new(Exit::Config, words));
        }
    };
    Ok(ImapSettings {
        port: server.port,
        tls,
        ca_file: server.ca_file.clone(),
        idle: config.imap.idle,
        size_cap: config.mailbox.size_cap,
        after: match &config.mailbox.after {
            config::After::Keep => mailbox::After::Keep,
            config::After::Seen => mailbox::After::Seen,
            config::After::Move(folder) => mailbox::After::Move(folder.clone()),
        },
        ..ImapSettings::new(&server.host, &server.user, password)
    })
}

fn smtp_settings(server: &Server) -> Result<SmtpSettings, Trouble> {
    let password = server.secret.read()?;
    Ok(SmtpSettings {
        host: server.host.clone(),
        port: server.port,
        tls: match server.tls {
            config::Tls::Implicit => post::Tls::Implicit,
            config::Tls::StartTls => post::Tls::StartTls,
            config::Tls::None => post::Tls::Off,
        },
        login: Some(post::Login { user: server.user.clone(), password }),
        ca_file: server.ca_file.clone(),
        hello: None,
        deadlines: post::Deadlines::default(),
    })
}

fn in_mailbox(error: &MailboxError) -> Trouble {
    Trouble::from_error(Exit::Config, error)
}

fn in_post(error: &PostError) -> Trouble {
    Trouble::from_error(Exit::Failed, error)
}

fn in_daemon(error: &DaemonError) -> Trouble {
    Trouble::from_error(Exit::Failed, error)
}
