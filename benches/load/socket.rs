//! A bare TLS socket: as fast as the server gives or takes.

use crate::support::stack::Stack;
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    sync::Arc,
};

pub(crate) struct Socket {
    stream: StreamOwned<ClientConnection, TcpStream>,
    heard: Vec<u8>,
}

impl Socket {
    pub(crate) fn connect(stack: &Stack, port: u16) -> Self {
        Self::to(&stack.host, port, &stack.ca)
    }

    /// A line to this machine, where the server shows a certificate of `ca` for `host`.
    pub(crate) fn to(host: &str, port: u16, ca: &Path) -> Self {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_file_iter(ca).unwrap() {
            roots.add(certificate.unwrap()).unwrap();
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let rules = Arc::new(builder.with_root_certificates(roots).with_no_client_auth());
        let name = ServerName::try_from(host.to_owned()).unwrap();
        let tcp = TcpStream::connect(("127.0.0.1", port)).unwrap();
        tcp.set_nodelay(true).unwrap();
        Self { stream: StreamOwned::new(ClientConnection::new(rules, name).unwrap(), tcp), heard: Vec::new() }
    }

    pub(crate) fn say(&mut self, text: &[u8]) {
        self.stream.write_all(text).unwrap();
        self.stream.flush().unwrap();
    }

    /// Reads on until `end` was said, drops all before it, and returns how many bytes that were.
    pub(crate) fn hear(&mut self, end: &[u8]) -> usize {
        let mut count = 0;
        loop {
            if let Some(at) = self.heard.windows(end.len()).position(|window| window == end) {
                count += at + end.len();
                self.heard.drain(..at + end.len());
                return count;
            }
            // What was looked through is dropped, but for a beginning of the end.
            let keep = self.heard.len().min(end.len() - 1);
            count += self.heard.len() - keep;
            self.heard.drain(..self.heard.len() - keep);
            let mut piece = vec![0; 64 * 1024];
            let read = self.stream.read(&mut piece).unwrap();
            assert!(read > 0, "the server closed the line");
            self.heard.extend_from_slice(&piece[..read]);
        }
    }

    /// Reads on until `end` was said, and returns all of it.
    pub(crate) fn hear_text(&mut self, end: &[u8]) -> String {
        let mut piece = vec![0; 64 * 1024];
        loop {
            if let Some(at) = self.heard.windows(end.len()).position(|window| window == end) {
                let text: Vec<u8> = self.heard.drain(..at + end.len()).collect();
                return String::from_utf8_lossy(&text).into_owned();
            }
            let read = self.stream.read(&mut piece).unwrap();
            assert!(read > 0, "the server closed the line");
            self.heard.extend_from_slice(&piece[..read]);
        }
    }
}
