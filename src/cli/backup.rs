//! `handback backup` and `handback restore`: the ledger, its key and config.toml in one file, and back again.

use super::{
    args::Global,
    desk::Desk,
    exit::{Exit, Trouble},
    init, load_config, print,
    restored::waiting,
    table::wall,
};
use crate::{
    clock::Clock,
    config::{self, ConfigError, Environment, key},
    ledger::{Backup, Opening, name_in},
};
use chrono_tz::Tz;
use serde_json::json;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

const CONFIG: &str = "config.toml";

/// Does what `handback backup` says; the daemon may go on meanwhile.
pub(super) fn back_up(to: &Path, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let desk = Desk::open(global, environment, Opening::ReadOnly)?;
    desk.key()?;
    let key = desk.ledger.dir().join(key::FILE);
    let key = Zeroizing::new(fs::read(&key).map_err(|error| cannot("read", &key, &error))?);
    // With --dir there is no config, and none is looked for.
    let config = match global.dir {
        Some(_) => None,
        None => {
            let path = config::find(global.config.as_deref(), environment)?;
            Some(fs::read(&path).map_err(|error| cannot("read", &path, &error))?)
        }
    };
    let mut beside: Vec<(&str, &[u8])> = vec![(key::FILE, key.as_slice())];
    beside.extend(config.as_deref().map(|config| (CONFIG, config)));

    let now = Clock::System.now();
    let to = environment.here().join(to);
    let to = if to.is_dir() { name_in(&to, now) } else { to };
    let made = desk.ledger.back_up(&to, &beside, now)?;
    if made.replaced_unfinished {
        eprintln!("The unfinished file of an earlier backup that was cut off was in the way, and was replaced.");
    }
    if global.json {
        let value = json!({
            "schema": 1, "file": to, "entries": made.head.count, "head": made.head.to_string(),
        });
        print(&format!("{value}\n"))?;
    } else {
        print(&format!("{}\n", to.display()))?;
    }
    eprintln!(
        "Holds {} events, head {}, and the key that signs your letters: nobody else may read it (mode 0600).\n\
         The mailbox's password is not in it. `handback restore` puts it back.",
        made.head.count, made.head
    );
    Ok(Exit::Fine)
}

/// Does what `handback restore` says. What is there already is never replaced; the ledger comes last, so that a restore
/// that was cut off can be begun anew.
pub(super) fn restore(from: &Path, global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let now = Clock::System.now();
    let backup = Backup::open(&environment.here().join(from))?;
    let dir = match &global.dir {
        Some(dir) => environment.here().join(dir),
        None => settings(&backup, global, environment)?,
    };
    init::private_folder(&dir)?;
    let key = backup.file(key::FILE)?.map(Zeroizing::new).ok_or_else(|| {
        Trouble::new(Exit::Failed, format!("handback: {} holds no token.key, so it is of no use", from.display()))
    })?;
    put(&dir.join(key::FILE), &key, 0o600)?;
    key::load(&dir)?;
    let doubted = backup.put_into(&dir, now)?;
    print(&format!("put a ledger into {}\n", dir.display()))?;
    eprintln!(
        "It is as it was on {}: {} events, head {}. Nothing leaves it yet.",
        wall(backup.made_at, Tz::UTC),
        backup.head.count,
        backup.head
    );
    if !doubted.is_empty() {
        eprintln!("Letters that had not left by then, and may have left since ({}):", doubted.len());
    }
    let desk = Desk::open(&Global { dir: Some(dir), ..global.clone() }, environment, Opening::ReadOnly);
    if let Ok(desk) = desk {
        eprint!("{}", waiting(&desk)?);
    }
    eprintln!(
        "next: `handback run` reads the mailbox and Sent back to that day; then `handback resume` shows what would leave"
    );
    Ok(Exit::Fine)
}

/// The data folder of the config there is, or of the one in the backup, which then is put where `init` would.
fn settings(backup: &Backup, global: &Global, environment: &Environment) -> Result<PathBuf, Trouble> {
    match config::find(global.config.as_deref(), environment) {
        Ok(_) => {}
        Err(ConfigError::NotFound { .. } | ConfigError::Missing { .. }) => {
            let Some(text) = backup.file(CONFIG)? else {
                let words = "handback: there is no config.toml, here or in the backup (write one, or name a folder \
                             with --dir)";
                return Err(Trouble::new(Exit::Config, words));
            };
            let path = init::target(global, environment)?;
            if let Some(folder) = path.parent() {
                init::private_folder(folder)?;
            }
            put(&path, &text, 0o644)?;
            print(&format!("wrote {}\n", path.display()))?;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(load_config(global, environment)?.data_dir)
}

/// Writes a file whole or not at all. One with the same content is left alone, any other is in the way.
fn put(path: &Path, content: &[u8], mode: u32) -> Result<(), Trouble> {
    match fs::read(path) {
        Ok(there) if there == content => return Ok(()),
        Ok(_) => {
            let words = format!("handback: another {} is there, and is not replaced (move it away)", path.display());
            return Err(Trouble::new(Exit::Failed, words));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(cannot("read", path, &error)),
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(mode)
        .open(&unfinished)
        .and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&unfinished, path))
        .and_then(|()| File::open(folder)?.sync_all());
    written.map_err(|error| cannot("write", path, &error))
}

fn cannot(doing: &str, path: &Path, error: &io::Error) -> Trouble {
    Trouble::new(Exit::Failed, format!("handback: could not {doing} {}\n  because: {error}", path.display()))
}
