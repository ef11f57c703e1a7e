//! The way to the server: its addresses, `NODELAY`, STARTTLS, TLS.
//!
//! The connection is our own and not lettre's for three reasons. lettre never sets `NODELAY`, and with its two
//! writes for body and dot each letter then waits some 43 ms for a delayed acknowledgement. Its time limit covers
//! the TCP connect alone. And its STARTTLS keeps what a third party slipped in behind the server's plain "220
//! ready", and believes it as an answer inside TLS (the command injection of CVE-2011-0411, from the other side).

use super::{
    error::{BoxError, PostError, words_of},
    settings::{SmtpSettings, Tls},
};
use lettre::transport::smtp::{client::AsyncTokioStream, extension::ClientId, response::Response};
use rustls::{ClientConfig, pki_types::ServerName};
use std::{
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Most bytes of one plain answer; RFC 5321 allows lines of 512.
const LONGEST_ANSWER: usize = 16_384;

/// A connection that is ready for the server's greeting.
#[derive(Debug)]
pub(super) struct Dialled {
    pub(super) stream: Box<dyn AsyncTokioStream>,
    /// The name to greet the server with.
    pub(super) hello: ClientId,
}

/// Opens a connection as `settings` say, protected by `rules` unless TLS is off.
///
/// # Errors
/// `Unreachable`, `CertificateNotTrusted`, `NoTls`, `TurnedAway`, `CleartextToOthers`, `BadHost`.
pub(super) async fn dial(settings: &SmtpSettings, rules: &Arc<ClientConfig>) -> Result<Dialled, PostError> {
    if settings.tls == Tls::Off && !settings.is_loopback() {
        return Err(PostError::CleartextToOthers { host: settings.host.clone() });
    }
    let mut tcp = connect(settings).await.map_err(|error| unreachable(settings, error))?;
    let hello = hello_name(settings, &tcp);
    match settings.tls {
        Tls::Off => Ok(Dialled { stream: Box::new(tcp), hello }),
        Tls::Implicit => {
            let stream = protect(settings, rules, tcp).await?;
            Ok(Dialled { stream: Box::new(Protected { stream, greeting: b"" }), hello })
        }
        Tls::StartTls => {
            ask_for_tls(settings, &mut tcp, &hello).await?;
            let stream = protect(settings, rules, tcp).await?;
            // The server greets once, in plain text; lettre waits for a greeting on every stream.
            Ok(Dialled { stream: Box::new(Protected { stream, greeting: b"220 greeted before TLS\r\n" }), hello })
        }
    }
}

pub(super) fn unreachable(settings: &SmtpSettings, source: impl Into<BoxError>) -> PostError {
    PostError::Unreachable { host: settings.host.clone(), port: settings.port, source: source.into() }
}

/// Tries the host's addresses in order, so that a dead IPv6 route does not hide a good IPv4 one.
async fn connect(settings: &SmtpSettings) -> io::Result<TcpStream> {
    let limit = settings.deadlines.connect;
    let addresses = within(limit, "the name lookup", lookup_host((settings.host.as_str(), settings.port))).await?;
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    for address in addresses {
        match within(limit, "the connection", TcpStream::connect(address)).await {
            Ok(tcp) => {
                tcp.set_nodelay(true)?;
                return Ok(tcp);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

async fn within<T>(limit: Duration, what: &str, work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    match timeout(limit, work).await {
        Ok(done) => done,
        Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, format!("{what} took longer than {limit:?}"))),
    }
}

/// The configured name, or the address of our end as RFC 5321 section 4.1.4 has it for hosts without a name.
fn hello_name(settings: &SmtpSettings, tcp: &TcpStream) -> ClientId {
    match (&settings.hello, tcp.local_addr().map(|local| local.ip())) {
        (Some(name), _) => ClientId::Domain(name.clone()),
        (None, Ok(IpAddr::V4(address))) => ClientId::Ipv4(address),
        (None, Ok(IpAddr::V6(address))) => ClientId::Ipv6(address),
        (None, Err(_)) => ClientId::default(),
    }
}

async fn protect(
    settings: &SmtpSettings,
    rules: &Arc<ClientConfig>,
    tcp: TcpStream,
) -> Result<TlsStream<TcpStream>, PostError> {
    let name = ServerName::try_from(settings.host.clone())
        .map_err(|error| PostError::BadHost { host: settings.host.clone(), source: error.into() })?;
    let handshake = TlsConnector::from(Arc::clone(rules)).connect(name, tcp);
    within(settings.deadlines.answer, "the TLS handshake", handshake)
        .await
        .map_err(|error| handshake_failed(settings, error))
}

fn handshake_failed(settings: &SmtpSettings, error: io::Error) -> PostError {
    let host = settings.host.clone();
    let because = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    if matches!(because, Some(rustls::Error::InvalidCertificate(_))) {
        return PostError::CertificateNotTrusted { host, source: error.into() };
    }
    if matches!(because, Some(rustls::Error::InvalidMessage(_))) && settings.tls == Tls::Implicit {
        let why = "it answered in plain text; port 587 wants STARTTLS, port 465 TLS from the start";
        return PostError::NoTls { host, port: settings.port, why };
    }
    unreachable(settings, error)
}

/// Holds the plain part of a STARTTLS conversation, up to the server's "220 ready".
///
/// Reads byte by byte on purpose: what follows that answer belongs to the handshake, which fails on anything
/// that somebody slipped in.
async fn ask_for_tls(settings: &SmtpSettings, tcp: &mut TcpStream, hello: &ClientId) -> Result<(), PostError> {
    expect(settings, 220, answer(settings, tcp, "").await?)?;
    let offers = expect(settings, 250, answer(settings, tcp, &format!("EHLO {hello}\r\n")).await?)?;
    if !offers.message().any(|line| line.trim().eq_ignore_ascii_case("STARTTLS")) {
        let why = "no STARTTLS among its answers to EHLO; port 465 takes TLS from the start";
        return Err(PostError::NoTls { host: settings.host.clone(), port: settings.port, why });
    }
    expect(settings, 220, answer(settings, tcp, "STARTTLS\r\n").await?)?;
    Ok(())
}

/// Sends `command`, where there is one, and reads one answer.
async fn answer(settings: &SmtpSettings, tcp: &mut TcpStream, command: &str) -> Result<Response, PostError> {
    let talk = async {
        tcp.write_all(command.as_bytes()).await?;
        read_answer(tcp).await
    };
    let text = within(settings.deadlines.answer, "the mail server's answer", talk)
        .await
        .map_err(|error| unreachable(settings, error))?;
    text.parse().map_err(|error: lettre::transport::smtp::Error| unreachable(settings, error))
}

async fn read_answer(tcp: &mut TcpStream) -> io::Result<String> {
    let mut text = Vec::new();
    let mut line = Vec::new();
    while text.len() < LONGEST_ANSWER {
        let byte = tcp.read_u8().await?;
        text.push(byte);
        line.push(byte);
        if byte == b'\n' {
            if line.get(3) != Some(&b'-') {
                return Ok(String::from_utf8_lossy(&text).into_owned());
            }
            line.clear();
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "the answer has no end"))
}

fn expect(settings: &SmtpSettings, code: u16, answer: Response) -> Result<Response, PostError> {
    let given = u16::from(answer.code());
    if given == code {
        Ok(answer)
    } else if given >= 400 {
        Err(PostError::TurnedAway { code: given, server_says: words_of(&answer) })
    } else {
        Err(unreachable(settings, format!("it answered {given} where {code} was due")))
    }
}

/// A TLS stream on which a greeting is read first.
#[derive(Debug)]
struct Protected {
    stream: TlsStream<TcpStream>,
    /// What is left of it.
    greeting: &'static [u8],
}

impl AsyncTokioStream for Protected {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.get_ref().0.peer_addr()
    }
}

impl AsyncRead for Protected {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.greeting.is_empty() {
            return Pin::new(&mut self.stream).poll_read(cx, buf);
        }
        let fits = self.greeting.len().min(buf.remaining());
        let (now, later) = self.greeting.split_at(fits);
        buf.put_slice(now);
        self.greeting = later;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Protected {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Deadlines;

    fn settings(port: u16) -> SmtpSettings {
        SmtpSettings {
            host: "127.0.0.1".to_owned(),
            port,
            tls: Tls::Off,
            login: None,
            ca_file: None,
            hello: Some("office.example.test".to_owned()),
            deadlines: Deadlines::default(),
        }
    }

    #[tokio::test]
    async fn a_connection_never_waits_for_more_to_send() {
        let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = settings(server.local_addr().unwrap().port());
        let tcp = connect(&settings).await.unwrap();
        assert!(tcp.nodelay().unwrap());
        assert_eq!(hello_name(&settings, &tcp).to_string(), "office.example.test");
        let unnamed = SmtpSettings { hello: None, ..settings };
        assert_eq!(hello_name(&unnamed, &tcp).to_string(), "[127.0.0.1]");
    }

    #[tokio::test]
    async fn an_answer_without_end_is_given_up() {
        let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = settings(server.local_addr().unwrap().port());
        let mut tcp = connect(&settings).await.unwrap();
        let (mut other, _) = server.accept().await.unwrap();
        other.write_all(&b"220-more\r\n".repeat(2_000)).await.unwrap();
        let error = read_answer(&mut tcp).await.unwrap_err();
        assert_eq!(error.to_string(), "the answer has no end");
    }
}
