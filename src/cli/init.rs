//! `handback init`: a config.toml with every setting in it, from flags alone, and the ledger with its key.

use super::{
    args::{Global, InitArgs},
    desk::Desk,
    exit::{Exit, Trouble},
    load_config, print,
};
use crate::{
    config::{self, Config, EXAMPLE, Environment, Mistakes, Server, Tls, key},
    ledger::{Clocking, Ledger, Opening},
};
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

pub(super) fn run(args: Option<&InitArgs>, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let config = match args {
        Some(args) => {
            let written = write_settings(args, global, environment)?;
            print(&format!("wrote {}\n", written.path.display()))?;
            written.config
        }
        None => load_config(global, environment)?,
    };
    let dir = config.data_dir.clone();
    make_ledger(config)?;
    print(&format!("made a ledger in {}\n", dir.display()))?;
    eprintln!("next: `handback check`; `handback help start` tells the rest");
    Ok(Exit::Fine)
}

/// Makes the ledger and the key that signs its letters. Where either is there already, nothing is made.
fn make_ledger(config: Config) -> Result<(), Trouble> {
    private_folder(&config.data_dir)?;
    let key = config.data_dir.join(key::FILE);
    if key.exists() {
        let words = format!(
            "handback: {} is there, so there was a ledger beside it; put it back, or move the key away as well",
            key.display()
        );
        return Err(Trouble::new(Exit::Failed, words));
    }
    Ledger::create(&config.data_dir, Clocking::Running)?;
    key::create(&config.data_dir)?;
    Desk::of_config(config, Opening::Command)?;
    Ok(())
}

/// What `init` has put on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub path: PathBuf,
    pub config: Config,
}

/// Writes config.toml, the password's file where stdin gives one, and the empty data folder, which only its
/// owner may enter. Nothing that is there already is replaced.
pub fn write_settings(args: &InitArgs, global: &Global, environment: &Environment) -> Result<Written, Trouble> {
    let path = target(global, environment)?;
    if path.exists() {
        let words = format!("handback: {} is there already; init never replaces a config", path.display());
        return Err(Trouble::new(Exit::Failed, words));
    }
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    // Paths of the command line start where it was typed, and those of a config at its folder.
    let here = |path: &PathBuf| environment.here().join(path);
    let args = &InitArgs {
        password_file: args.password_file.as_ref().map(here),
        data_dir: args.data_dir.as_ref().map(here),
        ..args.clone()
    };
    let config = checked(args, &folder, environment)?;
    let text = filled(args, &config);
    private_folder(&folder)?;
    if args.password_stdin {
        write_password(&config.imap.server.secret)?;
    }
    private_folder(&config.data_dir)?;
    write_new(&path, text.as_bytes(), 0o644)?;
    Ok(Written { path, config })
}

pub(super) fn target(global: &Global, environment: &Environment) -> Result<PathBuf, Trouble> {
    let named = global.config.clone().or_else(|| environment.path("HANDBACK_CONFIG"));
    let usual = || environment.settings_dir().map(|dir| dir.join("config.toml"));
    named.map(|path| environment.here().join(path)).or_else(usual).ok_or_else(|| {
        Trouble::new(Exit::Usage, "handback: $HOME is not set, so --config has to say where config.toml goes")
    })
}

/// Reads the flags as if they stood in a config, and names them as flags where they are wrong.
fn checked(args: &InitArgs, folder: &Path, environment: &Environment) -> Result<Config, Trouble> {
    match config::parse("config.toml", &settings(args), folder, environment) {
        Ok((config, _)) => Ok(config),
        Err(mistakes) => Err(Trouble::from_mistakes(Exit::Usage, &as_flags(mistakes))),
    }
}

fn as_flags(mistakes: Mistakes) -> Mistakes {
    let named = |key: &str| match key {
        "owner.name" => "--owner-name".to_owned(),
        "owner.address" => "--owner-address".to_owned(),
        "owner.zone" => "--zone".to_owned(),
        "mailbox.address" => "--mailbox".to_owned(),
        "mailbox.password_file" => "--password-file".to_owned(),
        "files.data_dir" => "--data-dir".to_owned(),
        other => other.to_owned(),
    };
    let list = mistakes.list.into_iter().map(|mistake| config::mistake::Mistake {
        key: named(&mistake.key),
        at: None,
        ..mistake
    });
    Mistakes::new(None, list.collect())
}

/// The values that the flags give, as the keys they stand for.
fn given(args: &InitArgs) -> Vec<(&'static str, &'static str, String)> {
    let password = args.password_file.as_deref().unwrap_or(Path::new("mailbox.password"));
    let mut given = vec![
        ("owner", "name", args.owner_name.clone()),
        ("owner", "address", args.owner_address.clone()),
        ("owner", "zone", args.zone.clone()),
        ("mailbox", "address", args.mailbox.clone()),
        ("mailbox", "password_file", password.display().to_string()),
    ];
    if let Some(dir) = &args.data_dir {
        given.push(("files", "data_dir", dir.display().to_string()));
    }
    given
}

fn settings(args: &InitArgs) -> String {
    let mut text = String::new();
    for (section, key, value) in given(args) {
        // Dotted keys need no table around them, so each value stands alone.
        text.push_str(&format!("{section}.{key} = {}\n", quoted(&value)));
    }
    text
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// The example with the given values in it, and with the defaults that follow from them.
fn filled(args: &InitArgs, config: &Config) -> String {
    let given = given(args);
    let mut section = String::new();
    let mut text = String::new();
    for line in EXAMPLE.text.lines() {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']').to_owned();
        }
        let key = line.trim_start_matches("# ").split(" = ").next().unwrap_or_default();
        let value = given.iter().find(|(of, known, _)| *of == section && *known == key);
        match (value, default_of(&section, key, config)) {
            (Some((_, _, value)), _) => text.push_str(&format!("{key} = {}", quoted(value))),
            (None, Some(default)) => text.push_str(&format!("# {key} = {default}")),
            (None, None) => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

fn default_of(section: &str, key: &str, config: &Config) -> Option<String> {
    let server: &Server = match section {
        "imap" => &config.imap.server,
        "smtp" => &config.smtp,
        _ => return None,
    };
    match key {
        "host" => Some(quoted(&server.host)),
        "port" => Some(server.port.to_string()),
        "user" => Some(quoted(&server.user)),
        "tls" => Some(quoted(match server.tls {
            Tls::Implicit => "implicit",
            Tls::StartTls => "starttls",
            Tls::None => "none",
        })),
        _ => None,
    }
}

fn write_password(secret: &config::SecretSource) -> Result<(), Trouble> {
    let config::SecretSource::File(path) = secret else { return Ok(()) };
    let mut password = Zeroizing::new(String::new());
    io::stdin().lock().take(4096).read_to_string(&mut password).map_err(|error| {
        Trouble::new(Exit::Failed, format!("handback: could not read the password from stdin\n  because: {error}"))
    })?;
    if password.trim().is_empty() {
        return Err(Trouble::new(Exit::Usage, "handback: --password-stdin is set, and stdin gave nothing"));
    }
    write_new(path, password.as_bytes(), 0o600)
}

fn write_new(path: &Path, content: &[u8], mode: u32) -> Result<(), Trouble> {
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()));
    written.map_err(|error| cannot("write", path, &error))
}

pub(super) fn private_folder(path: &Path) -> Result<(), Trouble> {
    if fs::exists(path).unwrap_or(false) || path.as_os_str().is_empty() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|error| cannot("make", path, &error))
}

fn cannot(doing: &str, path: &Path, error: &io::Error) -> Trouble {
    Trouble::new(Exit::Failed, format!("handback: could not {doing} {}\n  because: {error}", path.display()))
}
