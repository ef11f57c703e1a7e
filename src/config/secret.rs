//! The mailbox's password: where it is, and how it is fetched without ever being shown.

use crate::{remedy::Remedy, secret::Secret};
use std::{
    ffi::OsString,
    fmt,
    fs::File,
    io::{self, Read},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};
use thiserror::Error;
use zeroize::Zeroizing;

/// Where a secret is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretSource {
    /// A file of ours that nobody else may read.
    File(PathBuf),
    /// A shell command that prints it.
    Command(String),
    /// A credential that systemd hands over, in the folder it named when handback started.
    Credential { name: String, dir: Option<PathBuf> },
    /// An environment variable, with the value it had when handback started.
    Environment { name: String, value: Option<EnvironmentSecret> },
}

/// A secret that came by the environment, as bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct EnvironmentSecret(pub OsString);

impl fmt::Debug for EnvironmentSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EnvironmentSecret(not shown)")
    }
}

/// The secret could not be fetched.
#[derive(Debug, Error)]
pub enum SecretError {
    #[error("could not read the secret in {}", .path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} may be read by others (its mode is {mode:04o}); cure: chmod 600 {}", .path.display(), .path.display())]
    Open { path: PathBuf, mode: u32 },
    #[error("{} belongs to user {owner} and handback runs as user {us}; cure: run it as that user, or chown {us} {}", .path.display(), .path.display())]
    NotOurs { path: PathBuf, owner: u32, us: u32 },
    #[error(
        "there is no systemd credential called `{name}`; cure: LoadCredential={name}:/path/to/the/file in the unit"
    )]
    NoCredential { name: String },
    #[error("${name} is not set; cure: set it for handback, or better name a file with `password_file`")]
    NotSet { name: String },
    #[error("could not start the command that prints the secret")]
    NotStarted(#[source] io::Error),
    #[error("the command that prints the secret failed ({status}): {words}")]
    Failed { status: String, words: String },
    #[error("the command that prints the secret was not done after {} seconds", PATIENCE.as_secs())]
    Slow,
    #[error("the secret from {from} is {fault}")]
    Unusable { from: String, fault: &'static str },
}

impl SecretError {
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::NotStarted(_) | Self::Failed { .. } | Self::Slow => Remedy::TryAgain,
            Self::Unreadable { .. }
            | Self::Open { .. }
            | Self::NotOurs { .. }
            | Self::NoCredential { .. }
            | Self::NotSet { .. }
            | Self::Unusable { .. } => Remedy::Stop,
        }
    }
}

/// How long a command may take to print the secret.
const PATIENCE: Duration = Duration::from_secs(30);

/// A longer secret is some other file by mistake.
const LONGEST: u64 = 4096;

impl SecretSource {
    /// Fetches the secret. A command may take up to 30 seconds.
    pub fn read(&self) -> Result<Secret, SecretError> {
        let raw = match self {
            Self::File(path) => from_file(path)?,
            Self::Command(command) => printed_by(command, PATIENCE)?,
            Self::Credential { name, dir } => {
                let dir = dir.as_ref().ok_or_else(|| SecretError::NoCredential { name: name.clone() })?;
                from_credential(&dir.join(name), name)?
            }
            Self::Environment { name, value } => {
                let value = value.as_ref().ok_or_else(|| SecretError::NotSet { name: name.clone() })?;
                Zeroizing::new(value.0.clone().into_encoded_bytes())
            }
        };
        usable(&raw).map_err(|fault| SecretError::Unusable { from: self.to_string(), fault })
    }
}

/// Where it is, for people.
impl fmt::Display for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Command(_) => f.write_str("password_command"),
            Self::Credential { name, .. } => write!(f, "the systemd credential `{name}`"),
            Self::Environment { name, .. } => write!(f, "${name}"),
        }
    }
}

fn from_file(path: &Path) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let unreadable = |source| SecretError::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    // The opened file is asked, so that it cannot be changed for another between the look and the reading.
    let about = file.metadata().map_err(unreadable)?;
    let us = rustix::process::geteuid().as_raw();
    if about.uid() != us {
        return Err(SecretError::NotOurs { path: path.to_owned(), owner: about.uid(), us });
    }
    if about.mode() & 0o077 != 0 {
        return Err(SecretError::Open { path: path.to_owned(), mode: about.mode() & 0o7777 });
    }
    contents(file).map_err(unreadable)
}

/// systemd keeps credentials to the service's user by itself; their mode and owner differ between versions.
fn from_credential(path: &Path, name: &str) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let unreadable = |source| SecretError::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(|source| {
        if source.kind() == io::ErrorKind::NotFound {
            return SecretError::NoCredential { name: name.to_owned() };
        }
        unreadable(source)
    })?;
    contents(file).map_err(unreadable)
}

fn contents(file: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn printed_by(command: &str, patience: Duration) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let mut child = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(SecretError::NotStarted)?;
    let (out, said) = (child.stdout.take(), child.stderr.take());
    let (tell, told) = mpsc::channel();
    // Both pipes end when the command does; reading them elsewhere lets us stop waiting for one that hangs.
    thread::spawn(move || {
        let words = thread::spawn(move || said.map(contents).transpose());
        let printed = out.map(contents).transpose();
        // Nobody listens any more once the patience is over.
        tell.send((printed, words.join())).ok();
    });
    let Ok((printed, words)) = told.recv_timeout(patience) else {
        child.kill().map_err(SecretError::NotStarted)?;
        child.wait().map_err(SecretError::NotStarted)?;
        return Err(SecretError::Slow);
    };
    let status = child.wait().map_err(SecretError::NotStarted)?;
    if !status.success() {
        let words = words.ok().and_then(Result::ok).flatten().unwrap_or_default();
        let words = String::from_utf8_lossy(&words).lines().last().unwrap_or("it said nothing").trim().to_owned();
        return Err(SecretError::Failed { status: status.to_string(), words });
    }
    Ok(printed.map_err(SecretError::NotStarted)?.unwrap_or_default())
}

/// Takes the line end off, and refuses what no server would take.
fn usable(raw: &[u8]) -> Result<Secret, &'static str> {
    let text = str::from_utf8(raw).map_err(|_| "not UTF-8 text")?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    match text {
        "" => Err("empty"),
        _ if u64::try_from(raw.len()).is_ok_and(|length| length > LONGEST) => Err("too long to be a password"),
        _ if text.contains(['\n', '\r', '\0']) => Err("more than one line"),
        _ => Ok(Secret::new(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt};

    fn file_with(content: &str, mode: u32) -> (tempfile::TempDir, SecretSource) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        (dir, SecretSource::File(path))
    }

    #[test]
    fn a_private_file_gives_its_line_and_no_line_end() {
        let (_dir, source) = file_with("  correct horse \n", 0o600);
        assert_eq!(source.read().unwrap().reveal(), "  correct horse ");
    }

    #[test]
    fn a_file_that_others_may_read_is_refused_with_the_cure() {
        for mode in [0o644, 0o640, 0o604] {
            let (_dir, source) = file_with("x", mode);
            let error = source.read().unwrap_err();
            assert!(matches!(error, SecretError::Open { .. }), "{error}");
            assert!(error.to_string().contains("chmod 600"), "{error}");
        }
    }

    #[test]
    fn a_file_of_somebody_elses_is_refused() {
        // Root may give a file away and still open it; anybody else cannot even make such a file.
        let (_dir, source) = file_with("x", 0o600);
        let SecretSource::File(path) = &source else { unreachable!("made above") };
        if std::os::unix::fs::chown(path, Some(12345), None).is_ok() {
            assert!(matches!(source.read(), Err(SecretError::NotOurs { owner: 12345, .. })));
        }
    }

    #[test]
    fn what_no_server_would_take_is_refused() {
        let long = "x".repeat(5000);
        for (content, fault) in
            [("", "empty"), ("\n", "empty"), ("a\nb", "more than one line"), (&long, "too long to be a password")]
        {
            let (_dir, source) = file_with(content, 0o600);
            let error = source.read().unwrap_err().to_string();
            assert!(error.ends_with(fault), "{error}");
        }
    }

    #[test]
    fn a_command_prints_the_secret_or_its_last_words_are_told() {
        let printed = |command: &str| SecretSource::Command(command.to_owned()).read();
        assert_eq!(printed("echo hunter2").unwrap().reveal(), "hunter2");
        let error = printed("echo why >&2; echo locked >&2; exit 3").unwrap_err();
        assert_eq!(error.to_string(), "the command that prints the secret failed (exit status: 3): locked");
        assert!(matches!(printed("true"), Err(SecretError::Unusable { fault: "empty", .. })));
    }

    #[test]
    fn a_command_that_hangs_is_not_waited_for() {
        let error = printed_by("exec sleep 600", Duration::from_millis(50)).unwrap_err();
        assert!(matches!(error, SecretError::Slow), "{error}");
        assert_eq!(error.remedy(), Remedy::TryAgain);
    }

    #[test]
    fn a_credential_and_a_variable_that_are_not_there_name_their_cure() {
        let dir = tempfile::tempdir().unwrap();
        let credential = |dir| SecretSource::Credential { name: "mail".into(), dir }.read();
        assert!(credential(None).unwrap_err().to_string().contains("LoadCredential=mail:"));
        assert!(credential(Some(dir.path().into())).unwrap_err().to_string().contains("LoadCredential=mail:"));
        fs::write(dir.path().join("mail"), "hunter2\n").unwrap();
        assert_eq!(credential(Some(dir.path().into())).unwrap().reveal(), "hunter2");

        let variable = |value| SecretSource::Environment { name: "PW".into(), value };
        assert_eq!(variable(Some(EnvironmentSecret("x".into()))).read().unwrap().reveal(), "x");
        assert!(variable(None).read().unwrap_err().to_string().starts_with("$PW is not set"));
    }

    #[test]
    fn a_secret_never_prints_itself() {
        let shown = format!("{:?} {:?}", Secret::new("hunter2"), EnvironmentSecret("hunter2".into()));
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
