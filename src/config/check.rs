//! From config.toml as written to settings that can be relied on.

use super::{
    calendar::{RawCalendar, calendar},
    checked::{After, Config, HostFrom, Imap, Limits, LogLevel, Mailbox, Owner, Reminders, Server, Tls, Trust},
    document::{Given, Table},
    environment::Environment,
    mistake::Fault,
    password::{self, RawPassword},
    provider::provider_of,
    raw::{RawConfig, RawImap, RawLimits, RawMailbox, RawOwner, RawReminders, RawSmtp, RawTrust},
    review::Review,
    secret::SecretSource,
    value,
    zone::zone,
};
use crate::domain::id::Address;
use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;
use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    time::Duration,
};

/// What the values are read against: the folder of config.toml, and the environment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) folder: &'a Path,
    pub(super) environment: &'a Environment,
}

impl RawConfig {
    /// Checks every value; what is wrong is noted in `review`. None only where something needed is missing.
    pub(super) fn check(&self, around: Surroundings<'_>, review: &mut Review) -> Option<Config> {
        let owner = owner(&self.owner, review);
        let mailbox = mailbox(&self.mailbox, review);
        let secret = mailbox_password(&self.mailbox, around, review);
        if let (Some(owner), Some(mailbox)) = (&owner, &mailbox) {
            refuse_one_address(&owner.address, &mailbox.address, self.mailbox.keys.address.as_ref(), review);
        }
        let address = mailbox.as_ref().map(|mailbox| &mailbox.address);
        let imap = imap(&self.imap, address, secret.as_ref(), around, review);
        let smtp = smtp(&self.smtp, address, secret.as_ref(), around, review);
        let trust = trust(&self.trust, review);
        let reminders = reminders(&self.reminders, review);
        let limits = limits(&self.limits, review);
        let (data_dir, templates_dir) = self.folders(around, review);
        review.enter("log", self.log.header.clone());
        let log =
            review.or("level", self.log.keys.level.as_ref(), LogLevel::Info, |text| value::choice(text, LEVELS));
        Some(Config {
            owner: owner?,
            mailbox: mailbox?,
            imap: imap?,
            smtp: smtp?,
            trust,
            reminders,
            limits,
            data_dir: data_dir?,
            templates_dir,
            log,
        })
    }

    fn folders(&self, around: Surroundings<'_>, review: &mut Review) -> (Option<PathBuf>, Option<PathBuf>) {
        let keys = &self.files.keys;
        review.enter("files", self.files.header.clone());
        let data_dir = if keys.data_dir.as_ref().is_some_and(|given| !given.value.trim().is_empty()) {
            review.optional("data_dir", keys.data_dir.as_ref(), |text| around.path(text))
        } else {
            let usual = around.environment.data_dir();
            if usual.is_none() {
                review.missing(
                    "data_dir",
                    "there is no usual place for it, since neither $STATE_DIRECTORY nor $HOME is set",
                );
            }
            usual
        };
        (data_dir, review.optional("templates_dir", keys.templates_dir.as_ref(), |text| around.path(text)))
    }
}

impl Surroundings<'_> {
    pub(super) fn path(&self, text: &str) -> Result<PathBuf, Fault> {
        value::path(text, self.folder, self.environment.home().as_deref())
    }
}

const LEVELS: &[(&str, LogLevel)] = &[
    ("error", LogLevel::Error),
    ("warn", LogLevel::Warn),
    ("info", LogLevel::Info),
    ("debug", LogLevel::Debug),
    ("trace", LogLevel::Trace),
];

fn owner(table: &Table<RawOwner>, review: &mut Review) -> Option<Owner> {
    let keys = &table.keys;
    review.enter("owner", table.header.clone());
    let name = review.needed("name", keys.name.as_ref(), "letters are sent in the owner's name", value::line);
    let address = review.needed(
        "address",
        keys.address.as_ref(),
        "the digest goes there, and decisions come from there",
        value::address,
    );
    let zone = review.needed("zone", keys.zone.as_ref(), "the owner's hours and every date are read in it", zone);
    let raw = RawCalendar {
        days: keys.days.as_ref(),
        hours: keys.hours.as_ref(),
        letters: keys.letters.as_ref(),
        holidays: keys.holidays.as_ref(),
    };
    // Without a zone the rest is still checked, so that its mistakes are told too.
    let calendar = calendar(raw, zone.unwrap_or(Tz::UTC), review);
    let business = review.optional("business", keys.business.as_ref(), value::line);
    let fallback = review.optional("fallback", keys.fallback.as_ref(), value::line);
    let half_past_seven = NaiveTime::from_hms_opt(7, 30, 0).unwrap_or_default();
    let digest_at = review.or("digest_at", keys.digest_at.as_ref(), half_past_seven, value::time);
    zone?;
    Some(Owner { name: name?, address: address?, business, fallback, calendar, digest_at })
}

fn mailbox(table: &Table<RawMailbox>, review: &mut Review) -> Option<Mailbox> {
    let keys = &table.keys;
    review.enter("mailbox", table.header.clone());
    let why = "assistants write to it, and handback reads it";
    let address = review.needed("address", keys.address.as_ref(), why, value::address);
    let after = review.or("after", keys.after.as_ref(), After::Keep, after);
    let size_cap = review.or("size_cap", keys.size_cap.as_ref(), 40_000_000, value::size);
    let since = review.optional("since", keys.since.as_ref(), value::date);
    Some(Mailbox { address: address?, after, size_cap, since })
}

fn after(text: &str) -> Result<After, Fault> {
    match text.split_once(':') {
        Some(("move", folder)) if !folder.trim().is_empty() => Ok(After::Move(folder.trim().to_owned())),
        Some(("move", _)) => {
            Err(Fault::new("does not say where to move mails (try `move:Archive`)", "to which folder?"))
        }
        Some(_) | None => match text {
            "keep" => Ok(After::Keep),
            "seen" => Ok(After::Seen),
            _ => Err(Fault::new(format!("`{text}` is not known here"), "unknown word")
                .help("one of `keep`, `seen`, `move:FOLDER`")),
        },
    }
}

fn refuse_one_address(owner: &Address, mailbox: &Address, given: Option<&Given>, review: &mut Review) {
    if owner != mailbox {
        return;
    }
    review.enter("mailbox", None);
    let fault = Fault::new("is the owner's own address", "the same as owner.address").help(
        "handback reads and answers everything in its mailbox, so it needs one of its own, such as tasks@ your domain",
    );
    review.refuse("address", given.and_then(|given| given.at.clone()), fault);
}

fn mailbox_password(
    table: &Table<RawMailbox>,
    around: Surroundings<'_>,
    review: &mut Review,
) -> Option<SecretSource> {
    let keys = &table.keys;
    review.enter("mailbox", table.header.clone());
    let raw = RawPassword {
        literal: keys.password.as_ref().map(toml::Spanned::span),
        file: keys.password_file.as_ref(),
        command: keys.password_command.as_ref(),
        credential: keys.password_credential.as_ref(),
        env: keys.password_env.as_ref(),
    };
    password::needed(raw, around, review)
}

fn imap(
    table: &Table<RawImap>,
    mailbox: Option<&Address>,
    secret: Option<&SecretSource>,
    around: Surroundings<'_>,
    review: &mut Review,
) -> Option<Imap> {
    let keys = &table.keys;
    review.enter("imap", table.header.clone());
    let raw = RawServer {
        host: keys.host.as_ref(),
        port: keys.port.as_ref(),
        tls: keys.tls.as_ref(),
        user: keys.user.as_ref(),
        ca_file: keys.ca_file.as_ref(),
    };
    let provider = mailbox.and_then(|mailbox| provider_of(mailbox.domain()));
    let usual = Usual {
        host: provider.map(|provider| provider.imap),
        prefix: "imap",
        tls: Tls::Implicit,
        ports: Ports { implicit: 993, plain: 143 },
    };
    let server = server(raw, usual, mailbox, secret.cloned(), around, review);
    let minute = TimeDelta::minutes(1);
    let poll_every = review.or("poll_every", keys.poll_every.as_ref(), minute, poll_every);
    let poll_every = poll_every.to_std().unwrap_or(Duration::from_secs(60));
    Some(Imap { server: server?, idle: keys.idle.unwrap_or(true), poll_every })
}

/// Providers lock out mailboxes that are asked every few seconds, and an hour is a long time to wait for a reply.
fn poll_every(text: &str) -> Result<TimeDelta, Fault> {
    let every = value::duration(text)?;
    if every < TimeDelta::seconds(10) || every > TimeDelta::hours(1) {
        return Err(Fault::new(format!("`{text}` is not between `10s` and `1h`"), "too often or too seldom"));
    }
    Ok(every)
}

fn smtp(
    table: &Table<RawSmtp>,
    mailbox: Option<&Address>,
    secret: Option<&SecretSource>,
    around: Surroundings<'_>,
    review: &mut Review,
) -> Option<Server> {
    let keys = &table.keys;
    review.enter("smtp", table.header.clone());
    let raw = RawServer {
        host: keys.host.as_ref(),
        port: keys.port.as_ref(),
        tls: keys.tls.as_ref(),
        user: keys.user.as_ref(),
        ca_file: keys.ca_file.as_ref(),
    };
    let own = RawPassword {
        literal: keys.password.as_ref().map(toml::Spanned::span),
        file: keys.password_file.as_ref(),
        command: keys.password_command.as_ref(),
        credential: keys.password_credential.as_ref(),
        env: keys.password_env.as_ref(),
    };
    let secret = password::optional(own, around, review).or_else(|| secret.cloned());
    let provider = mailbox.and_then(|mailbox| provider_of(mailbox.domain()));
    let usual = Usual {
        host: provider.map(|provider| provider.smtp),
        prefix: "smtp",
        tls: provider.map_or(Tls::Implicit, |provider| provider.smtp_tls),
        ports: Ports { implicit: 465, plain: 587 },
    };
    server(raw, usual, mailbox, secret, around, review)
}

/// The keys that `[imap]` and `[smtp]` share.
#[derive(Clone, Copy)]
struct RawServer<'a> {
    host: Option<&'a Given>,
    port: Option<&'a Given<u16>>,
    tls: Option<&'a Given>,
    user: Option<&'a Given>,
    ca_file: Option<&'a Given>,
}

/// What holds where nothing is set.
#[derive(Clone, Copy)]
struct Usual {
    host: Option<&'static str>,
    /// Goes before the mailbox's domain where its provider is not known.
    prefix: &'static str,
    tls: Tls,
    ports: Ports,
}

#[derive(Clone, Copy)]
struct Ports {
    implicit: u16,
    plain: u16,
}

fn server(
    raw: RawServer<'_>,
    usual: Usual,
    mailbox: Option<&Address>,
    secret: Option<SecretSource>,
    around: Surroundings<'_>,
    review: &mut Review,
) -> Option<Server> {
    let set = review.optional("host", raw.host, value::host);
    let user = review.optional("user", raw.user, value::line);
    let ca_file = review.optional("ca_file", raw.ca_file, |text| around.path(text));
    // A provider's own way of TLS belongs to its own host alone.
    let usual_tls = if set.is_some() { Tls::Implicit } else { usual.tls };
    let known = [("implicit", Tls::Implicit), ("starttls", Tls::StartTls), ("none", Tls::None)];
    let tls = review.or("tls", raw.tls, usual_tls, |text| value::choice(text, &known));
    let mailbox = mailbox?;
    let (host, host_from) = match (set, usual.host, provider_of(mailbox.domain())) {
        (Some(host), _, _) => (host, HostFrom::Config),
        (None, Some(host), Some(provider)) => (host.to_owned(), HostFrom::Provider(provider)),
        (None, _, _) => (format!("{}.{}", usual.prefix, mailbox.domain()), HostFrom::Guess),
    };
    if tls == Tls::None && !on_this_machine(&host) {
        let fault = Fault::new(format!("`none` would send the password to {host} for all to read"), "no protection")
            .help("`none` is for servers on this machine; write `implicit` or `starttls`");
        review.refuse("tls", raw.tls.and_then(|given| given.at.clone()), fault);
    }
    let port = raw
        .port
        .map_or(if tls == Tls::Implicit { usual.ports.implicit } else { usual.ports.plain }, |given| given.value);
    if port == 0 {
        let fault = Fault::new("`0` is no port", "no port");
        review.refuse("port", raw.port.and_then(|given| given.at.clone()), fault);
    }
    let user = user.unwrap_or_else(|| mailbox.as_str().to_owned());
    Some(Server { host, host_from, port, tls, user, ca_file, secret: secret? })
}

fn on_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn trust(table: &Table<RawTrust>, review: &mut Review) -> Trust {
    let keys = &table.keys;
    review.enter("trust", table.header.clone());
    Trust {
        authserv_id: review.optional("authserv_id", keys.authserv_id.as_ref(), value::host),
        own_server_received: review.optional("own_server_received", keys.own_server_received.as_ref(), value::host),
    }
}

fn reminders(table: &Table<RawReminders>, review: &mut Review) -> Reminders {
    let keys = &table.keys;
    review.enter("reminders", table.header.clone());
    let (four, eight) = (TimeDelta::hours(4), TimeDelta::hours(8));
    Reminders {
        first: review.or("first", keys.first.as_ref(), four, value::working_time),
        second: review.or("second", keys.second.as_ref(), eight, value::working_time),
        then_owner_after: review.or("then_owner_after", keys.then_owner_after.as_ref(), eight, value::working_time),
    }
}

fn limits(table: &Table<RawLimits>, review: &mut Review) -> Limits {
    let keys = &table.keys;
    review.enter("limits", table.header.clone());
    let mut at_least_one = |key: &str, given: Option<&Given<u32>>, usual: u32| match given {
        Some(Given { value: 0, at }) => {
            let fault = Fault::new("must be at least 1", "nothing could leave or come in")
                .help("to stop all letters for a while: `handback hold`");
            review.refuse(key, at.clone(), fault);
            usual
        }
        Some(given) => given.value,
        None => usual,
    };
    let letters_per_assistant_and_day =
        at_least_one("letters_per_assistant_and_day", keys.letters_per_assistant_and_day.as_ref(), 6);
    let letters_to_owner_and_day =
        at_least_one("letters_to_owner_and_day", keys.letters_to_owner_and_day.as_ref(), 12);
    let letters_in_one_round = at_least_one("letters_in_one_round", keys.letters_in_one_round.as_ref(), 20);
    let mails_per_sender_and_hour =
        at_least_one("mails_per_sender_and_hour", keys.mails_per_sender_and_hour.as_ref(), 60);
    let closings = keys.closings_per_person_in_ten_minutes.as_ref();
    let closings_per_person_in_ten_minutes = at_least_one("closings_per_person_in_ten_minutes", closings, 10);
    Limits {
        letters_per_assistant_and_day,
        letters_to_owner_and_day,
        letters_in_one_round,
        mails_per_sender_and_hour,
        closings_per_person_in_ten_minutes,
        forward_files_up_to: review.or(
            "forward_files_up_to",
            keys.forward_files_up_to.as_ref(),
            20_000_000,
            value::size,
        ),
    }
}
