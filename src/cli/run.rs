//! `handback run`: the daemon, for ever or for one round.

use super::{
    args::{Global, RunArgs},
    desk::Desk,
    exit::{Exit, Trouble},
    load_config,
};
use crate::{
    clock::Clock,
    config::{self, Config, Environment, Server, key},
    daemon::{Daemon, DaemonError, Stopping},
    ledger::{FILE as LEDGER, Opening},
    mailbox::{self, ImapMailbox, ImapSettings, Mailbox, MailboxError},
    post::{self, FolderPost, Post, PostError, SmtpPost, SmtpSettings},
    telemetry,
};
use std::{
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt,
    process,
};
use tokio::signal::unix::{SignalKind, signal};

/// Does what `handback run` says.
pub(super) fn run(args: &RunArgs, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    if global.dir.is_some() {
        return Err(Trouble::new(Exit::Usage, "handback: run needs a config, and --dir goes without one"));
    }
    let config = load_config(global, environment)?;
    begin_log(&config, global.verbose)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Trouble::from_error(Exit::Failed, &error))?;
    runtime.block_on(daemon(args, config))
}

fn begin_log(config: &Config, verbose: u8) -> Result<(), Trouble> {
    let level = match verbose {
        0 => config.log.name(),
        1 => "debug",
        _ => "trace",
    };
    telemetry::begin(level).map_err(|error| Trouble::from_error(Exit::Config, &error))
}

async fn daemon(args: &RunArgs, config: Config) -> Result<Exit, Trouble> {
    let config = if args.dry_run { rehearsal(config)? } else { config };
    let desk = Desk::of_config(config.clone(), Opening::Daemon)?;
    if desk.clock != Clock::System {
        let words = "handback: this ledger lives by the demo's clock, so no mail server may be used with it";
        return Err(Trouble::new(Exit::Failed, words));
    }
    let (key, templates, now) = (desk.key()?, desk.templates()?, desk.now);
    let post = if args.dry_run {
        Post::Folder(FolderPost::open(config.data_dir.join("letters")).map_err(|error| in_post(&error))?)
    } else {
        Post::Smtp(Box::new(SmtpPost::new(smtp_settings(&config.smtp)?).map_err(|error| in_post(&error))?))
    };
    let mailbox = ImapMailbox::new(imap_settings(&config)?).map_err(|error| in_mailbox(&error))?;
    let (mailbox, seed) = (Mailbox::Imap(mailbox), u64::from(process::id()));
    let mut daemon = Daemon::new(desk.ledger, mailbox, post, desk.rules, key, templates, seed);
    if let Some(since) = args.since {
        daemon.rules.since = Some(since);
    }
    if args.once {
        return once(&mut daemon, now).await;
    }
    stop_on_signal(daemon.stopping.clone())?;
    daemon.run(Clock::System, config.imap.poll_every).await.map_err(|error| in_daemon(&error))?;
    Ok(Exit::Fine)
}

/// A dry run works on a copy of the ledger, so that nothing counts as sent that never left, and leaves the mailbox as
/// it is.
fn rehearsal(config: Config) -> Result<Config, Trouble> {
    let desk = Desk::of_config(config.clone(), Opening::ReadOnly)?;
    let data_dir = config.data_dir.join(format!("dry-run-{}", desk.now.format("%Y%m%dT%H%M%S%3f")));
    let cannot = |error: std::io::Error| {
        Trouble::new(Exit::Failed, format!("handback: could not make {}: {error}", data_dir.display()))
    };
    DirBuilder::new().mode(0o700).create(&data_dir).map_err(cannot)?;
    desk.ledger.copy_to(&data_dir.join(LEDGER))?;
    fs::copy(config.data_dir.join(key::FILE), data_dir.join(key::FILE)).map_err(cannot)?;
    eprintln!("The letters of this dry run go to {}.", data_dir.join("letters").display());
    let mailbox = config::Mailbox { after: config::After::Keep, ..config.mailbox };
    Ok(Config { data_dir, mailbox, ..config })
}

/// One full round. Trouble with the mailbox or the post is an error here, since there is no next round.
async fn once(daemon: &mut Daemon, now: chrono::DateTime<chrono::Utc>) -> Result<Exit, Trouble> {
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

/// Lets the daemon end when systemd, or somebody at the keyboard, wants it to.
fn stop_on_signal(stopping: Stopping) -> Result<(), Trouble> {
    let refused = |error: std::io::Error| Trouble::from_error(Exit::Failed, &error);
    let mut terminate = signal(SignalKind::terminate()).map_err(refused)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(refused)?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        stopping.stop();
    });
    Ok(())
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
