//! The commands of the README do what it says: each is run in an empty home, in the order in which they stand.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const README: &str = include_str!("../README.md");

/// The commands of the fenced `sh` blocks, those that go over several lines as one.
fn commands() -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let (mut inside, mut goes_on) = (false, false);
    for line in README.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside {
            match commands.last_mut().filter(|_| goes_on) {
                Some(command) => *command = format!("{command}\n{line}"),
                None => commands.push(line.to_owned()),
            }
            goes_on = line.ends_with('\\');
        }
    }
    commands
}

/// What the README itself says a command needs, or the tests that are running already.
fn is_left_out(command: &str) -> bool {
    command == "tests/run" || command.contains("# needs ")
}

/// An empty home with the built program in its path.
struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("bin")).unwrap();
        symlink(assert_cmd::cargo::cargo_bin("handback"), dir.path().join("bin/handback")).unwrap();
        Self { dir }
    }

    fn sh(&self, command: &str) -> Output {
        let home = self.dir.path();
        // A due time on paper is over some day, and a task in the past is refused.
        let command = command.replace("'2026-11-27 17:00'", "\"$(date -d '+3 days' '+%F 17:00')\"");
        let path = format!("{}:/usr/bin:/bin", home.join("bin").display());
        Command::new("sh")
            .args(["-e", "-c", &command.replace("cargo run --release --", "handback")])
            .env_clear()
            .envs([("HOME", home.as_os_str()), ("TMPDIR", home.as_os_str()), ("PATH", path.as_ref())])
            .current_dir(home)
            .output()
            .unwrap()
    }
}

#[test]
fn every_command_of_the_readme_works_as_it_stands() {
    let home = Home::new();
    let run: Vec<String> = commands().into_iter().filter(|command| !is_left_out(command)).collect();
    assert!(run.len() >= 11, "{run:#?}");
    for command in run {
        let output = home.sh(&command);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{command}\n{said}");
    }
}

#[test]
fn what_needs_more_than_this_machine_is_at_least_a_command() {
    let left_out: Vec<String> = commands().into_iter().filter(|command| is_left_out(command)).collect();
    assert_eq!(left_out.len(), 5, "{left_out:#?}");
    let ours = left_out.iter().filter_map(|command| command.strip_prefix("handback ")?.split(' ').next());
    for command in ours {
        assert!(Home::new().sh(&format!("handback {command} --help")).status.success(), "{command}");
    }
}

#[test]
fn every_file_that_the_readme_links_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let links = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let missing: Vec<PathBuf> = links.map(|link| root.join(link)).filter(|path| !path.exists()).collect();
    assert_eq!(missing, Vec::<PathBuf>::new());
}

#[test]
fn what_is_not_built_yet_is_really_missing() {
    let help = String::from_utf8(Home::new().sh("handback --help").stdout).unwrap();
    for word in ["doctor", "completions"] {
        assert!(!help.contains(&format!("\n  {word}")), "{word} is built: say so");
    }
}

#[test]
fn the_exit_codes_are_those_of_the_program() {
    let help = String::from_utf8(Home::new().sh("handback help exit-codes").stdout).unwrap();
    let told: Vec<&str> = README.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()).collect();
    let codes: Vec<&str> = told.into_iter().filter(|word| word.parse::<u8>().is_ok()).collect();
    assert_eq!(codes, ["0", "1", "2", "3", "73", "77", "78"]);
    for code in codes {
        assert!(help.lines().any(|line| line.split_whitespace().next() == Some(code)), "{code}\n{help}");
    }
}
