//! A real Dovecot and Postfix on loopback (`tests/stack.sh`), and the mail of their people.
//!
//! Under `tests/run` the stack is there already and named by `HB_*`. Otherwise the first test of a binary that
//! asks for it starts one, which ends with the test process, however that ends. Where it cannot be had, because
//! we are not root or the packages are missing, the tests say so in one line and pass; under `CI=true` they fail.

use lettre::{
    SmtpTransport, Transport,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, CertificateStore, Tls, TlsParameters},
    },
};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead, BufReader, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    thread::sleep,
    time::{Duration, Instant},
};

/// A running stack.
#[derive(Debug)]
pub struct Stack {
    /// `localhost`; its certificate is also good for `127.0.0.1`.
    pub host: String,
    pub imap_port: u16,
    pub imaps_port: u16,
    pub lmtp_port: u16,
    /// Where mail from outside comes in: no login.
    pub smtp_port: u16,
    /// STARTTLS required, then a login.
    pub submission_port: u16,
    /// TLS from the start, then a login.
    pub smtps_port: u16,
    /// Everybody's.
    pub password: String,
    pub ca: PathBuf,
    mail: PathBuf,
    claims: PathBuf,
}

/// The stack of this test process; None where the machine has none, which has been said by then.
///
/// # Panics
/// Under `CI=true` where there is none, and where it is there but does not start.
pub fn stack() -> Option<&'static Stack> {
    static STACK: OnceLock<Option<Stack>> = OnceLock::new();
    STACK.get_or_init(find_or_start).as_ref()
}

fn find_or_start() -> Option<Stack> {
    let named: BTreeMap<String, String> = std::env::vars().filter(|(name, _)| name.starts_with("HB_")).collect();
    if named.contains_key("HB_SUBMISSION_PORT") {
        return Some(Stack::from_env(&named));
    }
    let missing = run(&["missing"]);
    if !missing.trim().is_empty() {
        let missing = missing.split_whitespace().collect::<Vec<_>>().join(", ");
        let line = format!("SKIPPED: tests against a real mail server; they need {missing} (tests/run installs all)");
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{line}");
        // Written past the test harness, which would keep the line of a test that passes to itself.
        io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
        return None;
    }
    let folder = format!("target/mailstack-{}", std::process::id());
    Some(Stack::from_env(&exports(&run(&["start", &folder]))))
}

fn run(arguments: &[&str]) -> String {
    let output = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stack.sh"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("STACK_FOR", std::process::id().to_string())
        .output()
        .unwrap();
    assert!(output.status.success(), "stack.sh {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn exports(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .filter_map(|line| line.strip_prefix("export ")?.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

impl Stack {
    fn from_env(named: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| named.get(name).unwrap_or_else(|| panic!("{name} is missing")).clone();
        let port = |name: &str| text(name).parse().unwrap();
        Self {
            host: text("HB_HOST"),
            imap_port: port("HB_IMAP_PORT"),
            imaps_port: port("HB_IMAPS_PORT"),
            lmtp_port: port("HB_LMTP_PORT"),
            smtp_port: port("HB_SMTP_PORT"),
            submission_port: port("HB_SUBMISSION_PORT"),
            smtps_port: port("HB_SMTPS_PORT"),
            password: text("HB_PASSWORD"),
            ca: text("HB_CA").into(),
            mail: text("HB_MAIL").into(),
            claims: text("HB_CLAIMS").into(),
        }
    }

    /// A user whom no other test of any process has or will have: `u17`, with an empty mailbox.
    pub fn claim_user(&self) -> String {
        (1..=200)
            .map(|number| format!("u{number}"))
            .find(|name| fs::create_dir(self.claims.join(name)).is_ok())
            .expect("all 200 users are taken; give tests/stack.sh more")
    }

    pub fn address(&self, user: &str) -> String {
        format!("{user}@example.test")
    }

    /// The Maildir of `user`. It appears with the first login or mail.
    pub fn maildir(&self, user: &str) -> PathBuf {
        self.mail.join(user).join("Maildir")
    }

    /// Puts a message straight into the mailbox of `user`, over LMTP, without Postfix. `eml` may have either line end.
    pub fn deliver(&self, user: &str, eml: &[u8]) {
        let stream = TcpStream::connect(("127.0.0.1", self.lmtp_port)).unwrap();
        stream.set_nodelay(true).unwrap();
        let mut lmtp = BufReader::new(stream);
        let to = self.address(user);
        expect(&mut lmtp, "220");
        for (command, code) in [
            ("LHLO test\r\n".to_owned(), "250"),
            ("MAIL FROM:<somebody@example.org>\r\n".to_owned(), "250"),
            (format!("RCPT TO:<{to}>\r\n"), "250"),
            ("DATA\r\n".to_owned(), "354"),
        ] {
            lmtp.get_mut().write_all(command.as_bytes()).unwrap();
            expect(&mut lmtp, code);
        }
        let mut letter = Vec::new();
        for line in crlf(eml).split_inclusive(|byte| *byte == b'\n') {
            if line.starts_with(b".") {
                letter.push(b'.');
            }
            letter.extend_from_slice(line);
        }
        letter.extend_from_slice(b".\r\n");
        lmtp.get_mut().write_all(&letter).unwrap();
        expect(&mut lmtp, "250");
    }

    /// Sends a message as a mail program does: logged in as `from_user` over TLS. What its headers claim is up to
    /// `eml`; Postfix notes the login.
    pub fn submit(&self, from_user: &str, to: &[&str], eml: &[u8]) {
        let ca = Certificate::from_pem(&fs::read(&self.ca).unwrap()).unwrap();
        let tls = TlsParameters::builder(self.host.clone())
            .certificate_store(CertificateStore::None)
            .add_root_certificate(ca)
            .build_rustls()
            .unwrap();
        let transport = SmtpTransport::builder_dangerous(&self.host)
            .port(self.submission_port)
            .tls(Tls::Required(tls))
            .credentials(Credentials::new(self.address(from_user), self.password.clone()))
            .timeout(Some(Duration::from_secs(20)))
            .build();
        let from = self.address(from_user).parse().unwrap();
        let to = to.iter().map(|address| address.parse().unwrap()).collect();
        let envelope = lettre::address::Envelope::new(Some(from), to).unwrap();
        // lettre ends the message with a line end of its own.
        transport.send_raw(&envelope, crlf(eml).strip_suffix(b"\r\n").unwrap_or_default()).unwrap();
    }

    /// The messages in the inbox of `user`, oldest first, with CRLF line ends.
    pub fn read_inbox(&self, user: &str) -> Vec<Vec<u8>> {
        self.read_folder(&self.maildir(user))
    }

    /// The messages in another folder of `user`, such as `Sent`.
    pub fn read_mailbox(&self, user: &str, mailbox: &str) -> Vec<Vec<u8>> {
        self.read_folder(&self.maildir(user).join(format!(".{mailbox}")))
    }

    /// Waits until the inbox of `user` holds `count` messages, and returns them.
    ///
    /// # Panics
    /// When 20 seconds are not enough.
    #[track_caller]
    pub fn wait_for_inbox(&self, user: &str, count: usize) -> Vec<Vec<u8>> {
        let began = Instant::now();
        loop {
            let found = self.read_inbox(user);
            if found.len() >= count {
                return found;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{} of {count} mails for {user} came", found.len());
            sleep(Duration::from_millis(20));
        }
    }

    fn read_folder(&self, maildir: &Path) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        for part in ["cur", "new"] {
            // A message moves from new to cur when a mail program looks; it may do so right now.
            for entry in fs::read_dir(maildir.join(part)).into_iter().flatten().flatten() {
                if let Ok(bytes) = fs::read(entry.path()) {
                    found.push((arrival(&entry.file_name().to_string_lossy()), crlf(&bytes)));
                }
            }
        }
        found.sort();
        found.into_iter().map(|(_, bytes)| bytes).collect()
    }
}

/// Seconds and microseconds, from a Maildir name: `1700000000.M12345P678.host,S=…`.
fn arrival(name: &str) -> (u64, u64) {
    let number = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0);
    (number(name), name.split_once(".M").map_or(0, |(_, rest)| number(rest)))
}

fn crlf(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let bare = line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line));
        text.extend_from_slice(bare);
        text.extend_from_slice(b"\r\n");
    }
    text
}

#[track_caller]
fn expect(server: &mut impl BufRead, code: &str) {
    loop {
        let mut line = String::new();
        server.read_line(&mut line).unwrap();
        assert!(line.starts_with(code), "the server said `{}` where {code} was due", line.trim_end());
        if line.as_bytes().get(3) != Some(&b'-') {
            return;
        }
    }
}
