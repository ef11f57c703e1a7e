//! `handback check`: every mistake in config.toml, each with its line and a cure.

use super::{
    args::Global,
    exit::{Exit, Trouble},
    print, tell_warnings,
};
use crate::config::{
    self, Config, ConfigError, Environment, HostFrom, Mistakes, Server,
    key::{self, KeyError},
    mistake::Mistake,
};
use serde_json::{Value, json};
use std::{fmt::Write as _, path::Path};

pub(super) fn run(global: &Global, environment: &Environment) -> Result<Exit, Trouble> {
    let path = config::find(global.config.as_deref(), environment)?;
    let loaded = match config::load(&path, environment) {
        Ok((config, warnings)) => Ok((faults_beside(&config), config, warnings)),
        Err(ConfigError::Mistakes(mistakes)) => Err(mistakes),
        Err(other) => return Err(other.into()),
    };
    if global.json {
        print(&format!("{:#}\n", as_json(&path, &loaded)))?;
    }
    match loaded {
        Ok((faults, config, warnings)) => {
            tell_warnings(&warnings);
            if !faults.is_empty() {
                return Err(Trouble::new(Exit::Config, faults.join("\n")));
            }
            if !global.json {
                print(&summary(&path, &config))?;
            }
            Ok(Exit::Fine)
        }
        Err(mistakes) => {
            let count = mistakes.list.iter().filter(|mistake| !mistake.warning).count();
            let plural = if count == 1 { "mistake" } else { "mistakes" };
            let mut trouble = Trouble::from_mistakes(Exit::Config, &mistakes);
            write!(trouble.words, "\n{count} {plural} in {}", path.display()).expect("a String takes everything");
            Err(trouble)
        }
    }
}

/// What is wrong beside config.toml itself: a password that cannot be fetched, a certificate or key that
/// cannot be read.
fn faults_beside(config: &Config) -> Vec<String> {
    let mut faults = Vec::new();
    if let Err(error) = config.imap.server.secret.read() {
        faults.push(Trouble::from_error(Exit::Config, &error).words);
    }
    if config.smtp.secret != config.imap.server.secret
        && let Err(error) = config.smtp.secret.read()
    {
        faults.push(Trouble::from_error(Exit::Config, &error).words);
    }
    for (key, server) in [("imap.ca_file", &config.imap.server), ("smtp.ca_file", &config.smtp)] {
        if let Some(file) = &server.ca_file
            && let Err(error) = std::fs::read(file)
        {
            faults.push(format!("handback: {key}: could not read {}\n  because: {error}", file.display()));
        }
    }
    if let Some(dir) = config.templates_dir.as_deref().filter(|dir| !dir.is_dir()) {
        faults.push(format!("handback: files.templates_dir: there is no folder {}", dir.display()));
    }
    match key::load(&config.data_dir) {
        // Before `init` there is no key; the ledger's own commands tell when one is missing.
        Ok(_) | Err(KeyError::Missing(_)) => {}
        Err(error) => faults.push(Trouble::from_error(Exit::Config, &error).words),
    }
    faults
}

fn summary(path: &Path, config: &Config) -> String {
    let mut said = format!("{}: all well\n", path.display());
    let (owner, mailbox) = (&config.owner, &config.mailbox);
    let mut line = |label: &str, words: String| {
        writeln!(said, "  {label:<8} {words}").expect("a String takes everything");
    };
    line("owner", format!("{}, {}, {}", owner.name, owner.address, owner.calendar.zone));
    line("mailbox", format!("{}, password from {}", mailbox.address, config.imap.server.secret));
    line("imap", server(&config.imap.server));
    line("smtp", server(&config.smtp));
    line("ledger", config.data_dir.display().to_string());
    if let HostFrom::Provider(provider) = config.imap.server.host_from
        && let Some(note) = provider.note
    {
        line("note", note.to_owned());
    }
    said
}

fn server(server: &Server) -> String {
    let from = match server.host_from {
        HostFrom::Config => String::new(),
        HostFrom::Provider(provider) => format!(" (known for {})", provider.name),
        HostFrom::Guess => " (guessed from the address)".to_owned(),
    };
    format!("{} port {}, TLS {}, as {}{from}", server.host, server.port, server.tls, server.user)
}

fn as_json(path: &Path, loaded: &Result<(Vec<String>, Config, Mistakes), Box<Mistakes>>) -> Value {
    let (faults, mistakes) = match loaded {
        Ok((faults, _, warnings)) => (faults.as_slice(), warnings),
        Err(mistakes) => (&[][..], mistakes.as_ref()),
    };
    let (warnings, wrong): (Vec<_>, Vec<_>) = mistakes.list.iter().partition(|mistake| mistake.warning);
    let list = |some: Vec<&Mistake>| -> Vec<Value> { some.into_iter().map(|one| as_row(one, mistakes)).collect() };
    json!({
        "schema": 1,
        "file": path.display().to_string(),
        "well": wrong.is_empty() && faults.is_empty(),
        "mistakes": list(wrong),
        "warnings": list(warnings),
        "beside": faults,
    })
}

fn as_row(mistake: &Mistake, mistakes: &Mistakes) -> Value {
    let (line, column) = mistakes.place(mistake).unzip();
    json!({
        "key": mistake.key,
        "line": line,
        "column": column,
        "message": mistake.to_string(),
        "help": mistake.fault.help,
    })
}
