//! config.example.toml is the list of settings that people read, so it has to be complete and true.

use handback::config::{self, Config, EXAMPLE, Environment, HostFrom};
use std::path::Path;

fn environment() -> Environment {
    Environment::new(Path::new("/srv"), [("HOME", "/home/maya")])
}

#[track_caller]
fn parsed(text: &str) -> Config {
    match config::parse("config.toml", text, Path::new("/srv"), &environment()) {
        Ok((config, warnings)) => {
            assert!(warnings.list.is_empty(), "{warnings}");
            config
        }
        Err(mistakes) => panic!("{}", mistakes.picture(false, 100)),
    }
}

/// The example with every commented default taken for real.
fn uncommented() -> String {
    let mut text = String::new();
    for line in EXAMPLE.text.lines() {
        let shown = EXAMPLE.lines().any(|shown| shown.commented && line.strip_prefix("# ") == Some(shown.line));
        text.push_str(if shown { line.trim_start_matches("# ") } else { line });
        text.push('\n');
    }
    text
}

#[test]
fn the_example_is_a_sound_config_as_it_stands() {
    let config = parsed(EXAMPLE.text);
    assert_eq!(config.owner.name, "Maya Ellison");
    assert_eq!(config.imap.server.host, "imap.harbour-pine.example");
    assert_eq!(config.data_dir, Path::new("/home/maya/.local/state/handback"));
}

#[test]
fn every_default_that_the_example_shows_is_the_real_one() {
    let mut written = parsed(&uncommented());
    // The same hosts, now by word instead of guess.
    for server in [&mut written.imap.server, &mut written.smtp] {
        assert_eq!(server.host_from, HostFrom::Config);
        server.host_from = HostFrom::Guess;
    }
    assert_eq!(written, parsed(EXAMPLE.text));
}

#[test]
fn five_values_are_enough() {
    let config = parsed(
        r#"
        [owner]
        name = "Ana Silva"
        address = "ana@silva.example"
        zone = "Europe/Lisbon"
        [mailbox]
        address = "ana.tasks@gmail.com"
        password_file = "secret"
        "#,
    );
    assert_eq!(config.imap.server.host, "imap.gmail.com");
    assert_eq!(config.imap.server.user, "ana.tasks@gmail.com");
    assert_eq!(config.smtp.host, "smtp.gmail.com");
    assert_eq!(config.smtp.secret, config.imap.server.secret);
}
