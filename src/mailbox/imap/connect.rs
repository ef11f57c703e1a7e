//! From a host name to a session that is logged in.

use super::{
    super::{
        error::MailboxError,
        settings::{ImapSettings, Tls},
    },
    session::{Session, Wire, words},
    spelling::quoted,
};
use async_imap::imap_proto::{Response, Status};
use base64::{Engine, prelude::BASE64_STANDARD};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use rustls_platform_verifier::BuilderVerifierExt;
use std::{collections::HashSet, io, path::Path, sync::Arc};
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::TlsConnector;
use tracing::info;

/// Codes of a refused login that speak of the server's state and not of the password (RFC 5530 section 3).
const NOT_ABOUT_THE_PASSWORD: [&str; 5] = ["[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]"];

/// Makes the TLS side of `settings`; none where TLS is off.
///
/// # Errors
///
/// Where the CA file cannot be read, or TLS is off for a host that is not this machine.
pub(super) fn tls_config(settings: &ImapSettings) -> Result<Option<Arc<ClientConfig>>, MailboxError> {
    match settings.tls {
        Tls::Implicit => Ok(Some(Arc::new(trusting(settings.ca_file.as_deref())?))),
        Tls::None if settings.is_loopback() => Ok(None),
        Tls::None => Err(MailboxError::NotEncrypted { host: settings.host.clone() }),
    }
}

/// Trusts the CAs of `ca_file`, else those of the system.
fn trusting(ca_file: Option<&Path>) -> Result<ClientConfig, MailboxError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(MailboxError::TlsSetup)?;
    let builder = match ca_file {
        Some(path) => builder.with_root_certificates(roots(path)?),
        None => builder.with_platform_verifier().map_err(MailboxError::TlsSetup)?,
    };
    Ok(builder.with_no_client_auth())
}

fn roots(path: &Path) -> Result<RootCertStore, MailboxError> {
    let unusable = |source| MailboxError::CaFile { path: path.to_owned(), source };
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(unusable)? {
        roots.add(certificate.map_err(unusable)?).map_err(MailboxError::TlsSetup)?;
    }
    if roots.is_empty() {
        return Err(unusable(rustls::pki_types::pem::Error::NoItemsFound));
    }
    Ok(roots)
}

/// Connects, hears the greeting and logs in.
pub(super) async fn connect(
    settings: &ImapSettings,
    tls: Option<&Arc<ClientConfig>>,
) -> Result<Session, MailboxError> {
    let late = |_| MailboxError::Late { doing: "connect" };
    let wire = timeout(settings.deadlines.connect, dial(settings, tls)).await.map_err(late)??;
    let mut session = Session::new(wire, settings.deadlines);
    let told = greeting(&mut session, settings).await?;
    session.ask_skills(told).await?;
    login(&mut session, settings).await?;
    info!("Connected to the mail server.");
    Ok(session)
}

async fn dial(settings: &ImapSettings, tls: Option<&Arc<ClientConfig>>) -> Result<Box<dyn Wire>, MailboxError> {
    let (host, port) = (settings.host.as_str(), settings.port);
    let unreachable = |source| MailboxError::Unreachable { host: host.to_owned(), port, source };
    let no_such_host = |source| MailboxError::NoSuchHost { host: host.to_owned(), source };
    let mut tcp = Err(io::Error::from(io::ErrorKind::AddrNotAvailable));
    for address in lookup_host((host, port)).await.map_err(no_such_host)? {
        tcp = TcpStream::connect(address).await;
        if tcp.is_ok() {
            break;
        }
    }
    let tcp = tcp.map_err(unreachable)?;
    tcp.set_nodelay(true).map_err(unreachable)?;
    let Some(tls) = tls else {
        return Ok(Box::new(tcp));
    };
    let name = ServerName::try_from(host.to_owned())
        .map_err(|error| no_such_host(io::Error::new(io::ErrorKind::InvalidInput, error)))?;
    let encrypted =
        TlsConnector::from(tls.clone()).connect(name, tcp).await.map_err(|error| distrusted(settings, error))?;
    Ok(Box::new(encrypted))
}

/// Tells a certificate that fails its check from a port that speaks no TLS.
fn distrusted(settings: &ImapSettings, error: io::Error) -> MailboxError {
    let host = settings.host.clone();
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(source @ rustls::Error::InvalidCertificate(_)) => {
            MailboxError::NotTrusted { host, source: source.clone() }
        }
        Some(_) | None => MailboxError::NoTls { host, port: settings.port, source: error },
    }
}

/// Hears the greeting, and what the server says there of its skills.
async fn greeting(session: &mut Session, settings: &ImapSettings) -> Result<Option<HashSet<String>>, MailboxError> {
    let host = || settings.host.clone();
    let mut skills = None;
    let mut welcome = Err(MailboxError::NotImap { host: host(), port: settings.port });
    let mut note = |response: &Response<'_>| {
        Session::learn(&mut skills, response);
        if let Response::Data { status, outcome } = response {
            welcome = match status {
                Status::Ok => Ok(()),
                Status::PreAuth => Err(MailboxError::NotAsked { host: host() }),
                Status::No | Status::Bad | Status::Bye => {
                    Err(MailboxError::TurnedAway { host: host(), server_says: words(outcome) })
                }
            };
        }
    };
    match session.hear("hear its greeting", &mut note).await {
        Ok(()) => welcome.map(|()| skills),
        Err(MailboxError::SaidGoodbye { server_says, .. }) => {
            Err(MailboxError::TurnedAway { host: host(), server_says })
        }
        Err(MailboxError::Garbled { .. }) => Err(MailboxError::NotImap { host: host(), port: settings.port }),
        Err(other) => Err(other),
    }
}

async fn login(session: &mut Session, settings: &ImapSettings) -> Result<(), MailboxError> {
    const DOING: &str = "log us in";
    let mut told = None;
    let mut learn = |response: &Response<'_>| Session::learn(&mut told, response);
    let answer = match (quoted(&settings.user), quoted(settings.password.reveal())) {
        (Ok(user), Ok(password)) if !session.can("LOGINDISABLED") => {
            session.command(DOING, &format!("LOGIN {user} {password}"), &mut learn).await
        }
        // LOGIN's strings are ASCII; a password with other letters travels as base64 (RFC 4616).
        _ => authenticate_plain(session, settings, &mut learn).await,
    };
    answer.map_err(|error| refused_login(settings, error))?;
    // What a server offers after the login differs from what it offers to strangers.
    session.ask_skills(told).await
}

async fn authenticate_plain(
    session: &mut Session,
    settings: &ImapSettings,
    each: super::session::Each<'_>,
) -> Result<(), MailboxError> {
    const DOING: &str = "log us in";
    let tag = session.send_tagged(DOING, "AUTHENTICATE PLAIN").await?;
    let mut asked = false;
    while !asked {
        let mut note = |response: &Response<'_>| asked = matches!(response, Response::Continue(_));
        if session.concludes(&tag, DOING, &mut note).await? {
            return Err(MailboxError::Garbled { doing: DOING });
        }
    }
    let secret = format!("\0{}\0{}", settings.user, settings.password.reveal());
    session.send(DOING, &BASE64_STANDARD.encode(secret)).await?;
    while !session.concludes(&tag, DOING, each).await? {}
    Ok(())
}

fn refused_login(settings: &ImapSettings, error: MailboxError) -> MailboxError {
    if let MailboxError::Refused { server_says, .. } = &error
        && !NOT_ABOUT_THE_PASSWORD.iter().any(|code| server_says.starts_with(code))
    {
        return MailboxError::LoginRefused { user: settings.user.clone(), server_says: server_says.clone() };
    }
    error
}
