//! The demo's week, played by the program as people run it: how each mail ends, where each task stands, and that
//! the record is sound afterwards.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use handback::ledger::{Ledger, MailFilter, MailState, Opening};
use insta::assert_snapshot;
use serde_json::Value;
use std::{
    fs,
    path::Path,
    process::{Command, Output},
    sync::LazyLock,
};

/// One week, played once for all tests that only look.
static WEEK: LazyLock<Week> = LazyLock::new(Week::play);

struct Week {
    dir: tempfile::TempDir,
    told: String,
}

impl Week {
    fn play() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let output = handback(dir.path(), &["demo"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        Self { told: String::from_utf8(output.stdout).unwrap(), dir }
    }

    fn says(&self, args: &[&str]) -> String {
        let output = handback(self.dir.path(), args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Each mail with how it ended, in the order in which they came.
    fn outcomes(&self) -> Vec<(String, String)> {
        let now = "2026-03-06T07:45:00Z".parse().unwrap();
        let ledger = Ledger::open(self.dir.path(), Opening::ReadOnly, now).unwrap();
        let mut rows = ledger.view().mails(&MailFilter::default()).unwrap();
        rows.reverse();
        rows.iter()
            .map(|row| {
                let MailState::Done(end) = &row.state else { panic!("mail {} has not ended", row.id) };
                let name = row.message_id.as_ref().unwrap().to_string();
                (name.trim_matches(['<', '>']).replace("@mail.example", ""), end.outcome.to_string())
            })
            .collect()
    }

    /// The letters, by number, kind and reader, in the order in which they left.
    fn letters(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.dir.path().join("letters"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.split_once('@')?.0.to_owned().into())
            .collect();
        names.sort();
        names.dedup();
        names
    }
}

fn handback(dir: &Path, args: &[&str]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin("handback"))
        .args(["--dir", &dir.display().to_string()])
        .args(args)
        .env_clear()
        .output()
        .unwrap()
}

#[test]
fn every_mail_ends_as_a_sensible_person_expects() {
    let expected = [
        ("01-tunde-hello", "filed"),
        ("02-liza-hello", "filed"),
        ("02-liza-hello", "duplicate"),
        ("03-tunde-confirms", "filed"),
        ("04-tunde-taps", "filed"),
        ("05-tunde-away", "automatic"),
        ("06-liza-understood", "filed"),
        ("07-liza-question", "filed"),
        ("08-nora-answers", "answered"),
        ("09-tunde-ok", "filed"),
        ("10-stranger", "held"),
        ("11-liza-confirms", "filed"),
        ("12-nora-tells", "answered"),
        ("13-tunde-done", "filed"),
        ("14-nora-accepts", "answered"),
        ("15-liza-progress", "filed"),
        ("16-not-nora", "held"),
        ("17-tunde-almost", "asked back"),
        ("18-tunde-not-yet", "filed"),
        ("19-tunde-blocked", "filed"),
        ("20-liza-done", "filed"),
    ];
    let expected: Vec<_> = expected.iter().map(|(name, end)| (name.to_string(), end.to_string())).collect();
    assert_eq!(WEEK.outcomes(), expected);
}

#[test]
fn every_task_ends_where_the_week_leaves_it() {
    let listed: Value = serde_json::from_str(&WEEK.says(&["task", "list", "--all", "--json"])).unwrap();
    let tasks = listed["tasks"].as_array().unwrap();
    let of = |id: &str| tasks.iter().find(|task| task["id"] == id).unwrap();
    let stage = |id: &str| of(id)["stage"].as_str().unwrap().to_owned();
    assert_eq!(stage("HB-1"), "confirmed");
    assert_eq!(of("HB-1")["percent"], 78);
    assert_eq!((stage("HB-2"), of("HB-2")["turn"].as_str()), ("confirmed".to_owned(), Some("owner: help")));
    assert!(of("HB-2")["blocked"].as_str().unwrap().contains("it says the password was changed."));
    assert_eq!((stage("HB-3"), of("HB-3")["minutes_used"].as_u64()), ("closed".to_owned(), Some(135)));
    assert_eq!((stage("HB-4"), of("HB-4")["minutes_used"].as_u64()), ("handed_back".to_owned(), Some(270)));
    assert_eq!(of("HB-4")["due"], "2026-03-06T06:00:00Z", "it moved by the six hours that Liza waited");
    assert_eq!((stage("HB-5"), of("HB-5")["turn"].as_str()), ("confirmed".to_owned(), Some("Tunde")));
    assert!(tasks.iter().all(|task| task["open_questions"].as_array().unwrap().is_empty()));
}

#[test]
fn the_last_table_stands_as_it_was_agreed() {
    let table = WEEK.says(&["task", "list", "--all"]);
    assert!(WEEK.told.contains(&table), "{}", WEEK.told);
    assert_snapshot!(table);
}

#[test]
fn each_person_gets_these_letters_and_no_other() {
    assert_snapshot!(WEEK.letters().join("\n"));
}

#[test]
fn what_is_told_names_files_that_are_there() {
    let named: Vec<&str> = WEEK.told.split_whitespace().filter(|word| word.ends_with(".html")).collect();
    assert_eq!(named.len(), 5);
    assert!(named.iter().all(|path| Path::new(path).exists()), "{named:?}");
    assert!(WEEK.told.contains("hours, 135 minutes"), "{}", WEEK.told);
    assert!(!WEEK.told.contains("not believed"), "{}", WEEK.told);
}

#[test]
fn afterwards_the_commands_show_the_same_week() {
    assert!(WEEK.says(&["task", "show", "HB-1"]).contains("confirmed in their own words"));
    assert!(WEEK.says(&["mail", "show", "17"]).contains("could not vouch"));
    let page = WEEK.says(&["digest", "--print"]);
    assert!(page.contains("2 tasks need you today") && page.contains("Friday 6 March"), "{page}");
    assert!(WEEK.says(&["ledger", "verify"]).contains("The ledger is sound"));
    assert!(WEEK.says(&["status", "--check"]).contains("2 held"));
}

#[test]
fn the_record_can_be_rebuilt_and_the_story_goes_on() {
    let week = Week::play();
    let before = week.says(&["task", "list", "--all", "--json"]);
    week.says(&["ledger", "rebuild"]);
    assert_eq!(week.says(&["task", "list", "--all", "--json"]), before);
    week.says(&["task", "answer", "HB-2", "The new password is in the safe."]);
    week.says(&["task", "accept", "HB-4"]);
    assert!(week.says(&["ledger", "verify"]).contains("The ledger is sound"));
    let listed = week.says(&["task", "list"]);
    assert!(!listed.contains("owner:") && !listed.contains("HB-4"), "{listed}");
}

#[test]
fn two_weeks_are_alike() {
    let other = Week::play();
    assert_eq!(other.outcomes(), WEEK.outcomes());
    assert_eq!(other.letters(), WEEK.letters());
    let told = |week: &Week| week.told.replace(&week.dir.path().display().to_string(), "DIR");
    assert_eq!(told(&other), told(&WEEK));
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("notes.txt"), "mine").unwrap();
    let output = handback(dir.path(), &["demo"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("is not empty, and the demo overwrites nothing"), "{said}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}
