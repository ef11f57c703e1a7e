//! Where mail is read and where letters leave: what is set, what the provider is known for, what is guessed.

use super::{
    check::Surroundings,
    checked::{HostFrom, Imap, Server, Tls},
    document::{Given, Table},
    mistake::Fault,
    password::{self, RawPassword},
    provider::provider_of,
    raw::{RawImap, RawSmtp},
    review::Review,
    secret::SecretSource,
    value,
};
use crate::domain::id::Address;
use chrono::TimeDelta;
use std::{net::IpAddr, time::Duration};

pub(super) fn imap(
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

pub(super) fn smtp(
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
