//! Tasks as people write them down, in a file or with flags, and the picture of every mistake.

use chrono::{DateTime, Utc};
use handback::{
    cli::{
        args::{Cli, Command, TaskAddArgs, TaskCommand},
        assistant_file,
        brief::{self, Draft, NewTask},
    },
    config::Mistakes,
    domain::{
        id::PersonId,
        person::{Hello, Person, Role},
    },
};
use insta::assert_snapshot;
use proptest::prelude::*;
use std::{fs, path::Path};

fn now() -> DateTime<Utc> {
    "2026-11-23T06:00:00Z".parse().expect("a time")
}

/// Jomar in Manila, and two called Ana.
fn people() -> Vec<Person> {
    let text = r#"
        [[assistant]]
        name = "Jomar Reyes"
        address = "jomar@assistant.example"
        zone = "Asia/Manila"
        [[assistant]]
        name = "Ana Silva"
        address = "ana@silva.example"
        zone = "Europe/Lisbon"
        [[assistant]]
        name = "Ana Costa"
        address = "ana@costa.example"
        zone = "Europe/Lisbon"
    "#;
    let (all, _) = assistant_file::from_text("people", text, |_| None).expect("sound assistants");
    let person = |(number, new): (u32, assistant_file::NewAssistant)| Person {
        id: PersonId(number),
        role: Role::Assistant,
        profile: new.profile,
        hello: Hello::Skipped,
        added_at: now(),
    };
    (2..).zip(all).map(person).collect()
}

const SOUND: &str = r#"+++
title = "List 40 stockists"
assistant = "Jomar"
due = "2026-11-27 17:00"
limit = "6h"
+++

## Why

The catalogue goes to print.

## Done means

40 rows, no empty email field.

1. Shop name and town,
   with its web address
2. Email
"#;

fn checked(text: &str) -> Result<(NewTask, Mistakes), Mistakes> {
    let dir = tempfile::tempdir().expect("a folder");
    Draft::from_text("brief.md", text, dir.path())?.check(&people(), now())
}

#[track_caller]
fn picture(text: &str) -> String {
    match checked(text) {
        Ok((_, warnings)) if warnings.list.is_empty() => panic!("nothing is wrong with it"),
        Ok((_, warnings)) => warnings.picture(false, 100),
        Err(mistakes) => mistakes.picture(false, 100),
    }
}

#[track_caller]
fn changed(line: &str, other: &str) -> String {
    assert!(SOUND.contains(line), "no such line: {line}");
    picture(&SOUND.replace(line, other))
}

#[test]
fn a_brief_is_read_from_its_settings_and_its_body() {
    // The list stands under "Done means" there, so it belongs to that; under its own heading it is the steps.
    let (task, warnings) = checked(&SOUND.replace("1. Shop", "## Steps\n\n1. Shop")).unwrap();
    assert!(warnings.list.is_empty(), "{warnings}");
    assert_eq!(task.assistant, PersonId(2));
    let brief = &task.brief;
    assert_eq!(brief.why.as_ref().unwrap().as_str(), "The catalogue goes to print.");
    assert_eq!(brief.outcome.as_str(), "40 rows, no empty email field.");
    let steps: Vec<_> = brief.steps.iter().map(|step| step.as_str()).collect();
    assert_eq!(steps, ["Shop name and town, with its web address", "Email"]);
    assert_eq!(brief.limit_minutes, Some(360));
    assert_eq!(brief.due.by.at.to_rfc3339(), "2026-11-27T09:00:00+00:00");
    assert_eq!(task.echo, "due Friday 27 November 2026, 17:00 Manila");
}

#[test]
fn a_list_above_every_heading_is_the_steps() {
    let text = SOUND
        .replace("\n## Why", "\n1. Shop name\n2) Email\n\n## Why")
        .replace("1. Shop name and town,\n   with its web address\n2. Email\n", "");
    let (task, _) = checked(&text).unwrap();
    assert_eq!(task.brief.steps.len(), 2);
}

#[test]
fn a_named_zone_is_the_clock_and_the_echo_shows_both() {
    let (task, _) = checked(&SOUND.replace("limit =", "zone = \"Europe/London\"\nhard = true\nlimit =")).unwrap();
    assert_eq!(task.brief.due.by.at.to_rfc3339(), "2026-11-27T17:00:00+00:00");
    assert_eq!(
        task.echo,
        "due Friday 27 November 2026, 17:00 London, which is Saturday 28 November 2026, 01:00 Manila for Jomar, and \
         does not move"
    );
}

#[test]
fn a_day_alone_ends_with_the_assistants_working_hours() {
    let (task, _) = checked(&SOUND.replace("2026-11-27 17:00", "2026-11-27")).unwrap();
    assert_eq!(task.echo, "due Friday 27 November 2026, 18:00 Manila");
}

#[test]
fn the_example_that_help_shows_is_a_sound_brief() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("stockists.xlsx"), "rows").unwrap();
    let draft = Draft::from_text("brief.md", brief::EXAMPLE.text, dir.path()).unwrap();
    let (task, warnings) = draft.check(&people(), now()).unwrap();
    assert!(warnings.list.is_empty(), "{warnings}");
    assert_eq!(task.files[0].bytes, b"rows");
    assert_eq!(task.brief.files, [task.files[0].reference.clone()]);
    assert_eq!(task.brief.parts.len(), 2);
    assert_eq!(task.brief.steps.len(), 3);
    assert!(task.brief.update.is_some());
}

#[test]
fn a_brief_without_date_and_outcome_is_refused_with_the_cure() {
    assert_snapshot!(picture("+++\ntitle = \"List\"\nassistant = \"Jomar\"\n+++\n"));
}

#[test]
fn no_reason_and_no_limit_are_one_warning() {
    assert_snapshot!(picture(
        &SOUND.replace("limit = \"6h\"\n", "").replace("## Why\n\nThe catalogue goes to print.\n", "")
    ));
}

#[test]
fn an_unknown_assistant_names_the_nearest() {
    assert_snapshot!(changed("\"Jomar\"", "\"Jomer\""));
}

#[test]
fn a_first_name_of_two_is_refused() {
    assert_snapshot!(changed("\"Jomar\"", "\"ana\""));
}

#[test]
fn a_date_that_is_over_and_one_that_is_none_are_refused() {
    assert_snapshot!(format!(
        "{}{}",
        changed("2026-11-27 17:00", "2026-11-23 13:00"),
        changed("2026-11-27 17:00", "27.11. 5pm")
    ));
}

#[test]
fn parts_and_updates_come_before_the_task_is_due() {
    assert_snapshot!(changed(
        "limit = \"6h\"\n",
        "limit = \"6h\"\n[update]\nwhat = \"5 rows\"\nby = \"2026-11-28\"\n[[parts]]\ntitle = \"A\"\ndue = \"2026-11-30\"\n[[parts]]\ndoe = \"2026-11-25\"\n"
    ));
}

#[test]
fn what_is_given_twice_is_refused() {
    assert_snapshot!(changed(
        "limit = \"6h\"\n",
        "limit = \"6h\"\nwhy = \"Print\"\noutcome = \"Rows\"\ndone_means = \"40\"\n"
    ));
}

#[test]
fn words_that_would_be_lost_are_refused() {
    assert_snapshot!(changed("## Done means", "## Notes\n\nHello\n\n## Dune means"));
    assert_snapshot!(picture(
        &SOUND.replace("+++\n\n", "+++\n\nPlease be quick.\n\n").replace("## Done means", "## Steps")
    ));
}

#[test]
fn a_file_that_is_not_there_is_refused() {
    let shown = changed("limit =", "files = [\"nowhere.pdf\", \".\"]\nlimit =");
    // The folder is another one each time.
    let steady: Vec<_> = shown.lines().filter(|line| !line.contains("looked for")).collect();
    assert_snapshot!(steady.join("\n"));
}

#[test]
fn unknown_keys_and_wrong_kinds_are_drawn_at_their_lines() {
    assert_snapshot!(changed("limit = \"6h\"", "limt = \"6h\"\nhard = \"yes\"\nsteps = \"one\"\nzone = \"Manila\""));
}

#[track_caller]
fn flags(line: &[&str]) -> TaskAddArgs {
    use clap::Parser;
    let cli = Cli::try_parse_from(["handback", "task", "add"].iter().chain(line)).expect("sound flags");
    let Command::Task(TaskCommand::Add(args)) = cli.command else { panic!("another command: {:?}", cli.command) };
    *args
}

#[test]
fn flags_make_the_same_task_as_a_file() {
    let args = flags(&[
        "--title",
        "List 40 stockists",
        "--assistant",
        "jomar@assistant.example",
        "--due",
        "2026-11-27 17:00",
        "--limit",
        "6h",
        "--why",
        "The catalogue goes to print.",
        "--done-means",
        "40 rows, no empty email field.",
        "--step",
        "Shop name and town, with its web address",
        "--step",
        "Email",
    ]);
    let (by_flags, warnings) = Draft::from_flags(&args, Path::new("/")).check(&people(), now()).unwrap();
    assert!(warnings.list.is_empty(), "{warnings}");
    let (by_file, _) = checked(&SOUND.replace("1. Shop", "## Steps\n\n1. Shop")).unwrap();
    assert_eq!(by_flags, by_file);
}

#[test]
fn flags_carry_parts_updates_and_files() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.pdf"), "x").unwrap();
    let args = flags(&[
        "--title",
        "T",
        "--assistant",
        "Jomar",
        "--due",
        "2026-11-27",
        "--done-means",
        "D",
        "--part",
        "Wales by 2026-11-25 12:00",
        "--part",
        "Stand by me",
        "--update",
        "5 rows",
        "--update-by",
        "2026-11-24",
        "--with",
        "a.pdf",
    ]);
    let (task, _) = Draft::from_flags(&args, dir.path()).check(&people(), now()).unwrap();
    let parts: Vec<_> = task.brief.parts.iter().map(|part| (part.title.as_str(), part.due.is_some())).collect();
    assert_eq!(parts, [("Wales", true), ("Stand by me", false)]);
    assert_eq!(task.files.len(), 1);
    assert!(task.brief.update.is_some());
}

#[test]
fn mistakes_in_flags_are_called_by_their_flags() {
    let args =
        flags(&["--title", "T", "--assistant", "Jomar", "--due", "tomorrow", "--limit", "2d", "--with", "x.pdf"]);
    let mistakes = Draft::from_flags(&args, Path::new("/nowhere")).check(&people(), now()).unwrap_err();
    assert_snapshot!(mistakes.picture(false, 100));
}

proptest! {
    /// Whatever a slip of the hand makes of a brief, it is told and never a crash.
    #[test]
    fn no_slip_of_the_hand_brings_it_down(
        cuts in prop::collection::vec((0_usize..300, 0_usize..30, "[a-zé\"+#1. \n\r\u{feff}-]{0,6}"), 1..4)
    ) {
        let mut text: Vec<char> = SOUND.chars().collect();
        for (at, length, other) in cuts {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, other.chars());
        }
        let text: String = text.into_iter().collect();
        if let Err(mistakes) = checked(&text) {
            prop_assert!(mistakes.picture(false, 100).contains('\u{d7}'), "{}", text);
        }
    }
}
