//! Files with many assistants, and the picture of every mistake in one.

use handback::cli::{
    args::AssistantAddArgs,
    assistant_file::{self, NewAssistant},
};
use insta::assert_snapshot;

#[track_caller]
fn picture(text: &str) -> String {
    let taken = |address: &handback::domain::id::Address| {
        (address.as_str() == "tasks@owner.example").then(|| "it is handback's own mailbox".to_owned())
    };
    assistant_file::from_text("assistants.toml", text, taken).expect_err("something is wrong").picture(false, 100)
}

#[test]
fn the_example_that_help_shows_is_sound_and_its_defaults_are_real() {
    let example = assistant_file::EXAMPLE;
    let read = |text: &str| assistant_file::from_text("assistants.toml", text, |_| None).unwrap().0;
    let all: Vec<NewAssistant> = read(example.text);
    assert_eq!(all.len(), 2);
    assert_eq!((all[0].hello, all[1].hello), (true, false));
    let uncommented: String =
        example.text.lines().map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
    assert_ne!(uncommented, example.text);
    assert_eq!(read(&uncommented), all);
}

#[test]
fn every_mistake_of_every_assistant_is_told() {
    assert_snapshot!(picture(
        r#"[[assistant]]
name = "Jomar Reyes"
address = "jomar@assistant.example"
zone = "Manila"
letters = "7-20"

[[assistant]]
nmae = "Ana Silva"
address = "jomar@assistant.example"
holidays = ["2026-02-30"]

[[assistant]]
name = "Ravi Menon"
address = "tasks@owner.example"
zone = "IST"
days = []
hello = "no"
"#
    ));
}

#[test]
fn a_file_without_assistants_says_how_to_write_one() {
    assert_snapshot!(picture("name = \"Jomar\"\n"));
}

#[test]
fn flags_are_checked_alike_and_called_by_their_names() {
    let args = AssistantAddArgs {
        name: Some("Jomar".into()),
        address: Some("jomar".into()),
        days: vec!["mon".into(), "someday".into()],
        ..AssistantAddArgs::default()
    };
    assert_snapshot!(assistant_file::from_flags(&args, |_| None).unwrap_err().picture(false, 100));
}

#[test]
fn three_flags_are_enough() {
    let args = AssistantAddArgs {
        name: Some("Jomar Reyes".into()),
        address: Some("Jomar@Assistant.example".into()),
        zone: Some("Asia/Manila".into()),
        no_hello: true,
        ..AssistantAddArgs::default()
    };
    let (new, warnings) = assistant_file::from_flags(&args, |_| None).unwrap();
    assert!(warnings.list.is_empty());
    assert_eq!(new.address.as_str(), "jomar@assistant.example");
    assert!(!new.hello);
    assert_eq!(new.profile.calendar.zone, chrono_tz::Tz::Asia__Manila);
}
