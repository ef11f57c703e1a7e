//! Every kind of mistake in a config.toml, and the picture that people get of it.

use handback::config::{self, Environment};
use insta::assert_snapshot;
use proptest::prelude::*;
use std::path::Path;

const SOUND: &str = r#"[owner]
name = "Ana Silva"
address = "ana@silva.example"
zone = "Europe/Lisbon"

[mailbox]
address = "tasks@silva.example"
password_file = "secret"
"#;

/// The picture of what is wrong in `text`.
#[track_caller]
fn picture(text: &str) -> String {
    let environment = Environment::new(Path::new("/srv"), [("HOME", "/home/ana")]);
    match config::parse("config.toml", text, Path::new("/srv"), &environment) {
        Ok((_, warnings)) if warnings.list.is_empty() => panic!("nothing is wrong with it"),
        Ok((_, warnings)) => warnings.picture(false, 100),
        Err(mistakes) => mistakes.picture(false, 100),
    }
}

/// The picture after one line of the sound config was changed for another.
#[track_caller]
fn changed(line: &str, other: &str) -> String {
    assert!(SOUND.contains(line), "no such line: {line}");
    picture(&SOUND.replace(line, other))
}

#[track_caller]
fn added(lines: &str) -> String {
    picture(&format!("{SOUND}{lines}\n"))
}

#[test]
fn a_zone_that_does_not_exist_names_the_nearest() {
    assert_snapshot!(changed("\"Europe/Lisbon\"", "\"Lisbon\""));
}

#[test]
fn an_unknown_key_names_the_nearest_and_an_unknown_table_too() {
    assert_snapshot!(changed("name =", "nam ="));
}

#[test]
fn an_unknown_table_names_the_nearest() {
    assert_snapshot!(added("[reminder]\nfirst = \"4h\""));
}

#[test]
fn a_key_in_the_wrong_table_names_the_right_one() {
    assert_snapshot!(added("host = \"imap.silva.example\""));
}

#[test]
fn an_empty_file_lists_the_five_values() {
    assert_snapshot!(picture(""));
}

#[test]
fn a_missing_value_points_at_its_table() {
    assert_snapshot!(changed("zone = \"Europe/Lisbon\"\n", ""));
}

#[test]
fn an_empty_value_is_not_a_value() {
    assert_snapshot!(changed("\"Ana Silva\"", "\" \""));
}

#[test]
fn a_value_of_the_wrong_kind_says_which_is_wanted() {
    assert_snapshot!(added(
        "[imap]\nport = \"993\"\nidle = \"yes\"\nhost = 5\n[smtp]\nport = 70000\n[trust.authserv_id]"
    ));
}

#[test]
fn a_bare_time_or_date_wants_quotes() {
    assert_snapshot!(changed("name =", "digest_at = 07:30\nholidays = [2026-12-25]\nname ="));
}

#[test]
fn a_literal_password_is_refused_and_not_shown() {
    let picture = changed("password_file = \"secret\"", "password = \"hunter2\"");
    assert!(!picture.contains("hunter2"), "{picture}");
    assert_snapshot!(picture);
}

#[test]
fn a_password_in_two_places_is_refused() {
    assert_snapshot!(added("password_command = \"pass show mail\""));
}

#[test]
fn a_password_in_the_environment_is_warned_of() {
    assert_snapshot!(changed("password_file = \"secret\"", "password_env = \"MAIL_PASSWORD\""));
}

#[test]
fn no_password_at_all_shows_how_to_set_one() {
    assert_snapshot!(changed("password_file = \"secret\"\n", ""));
}

#[test]
fn the_owners_own_mailbox_is_refused() {
    assert_snapshot!(changed("tasks@silva.example", "Ana@Silva.example"));
}

#[test]
fn a_broken_address_is_refused() {
    assert_snapshot!(changed("tasks@silva.example", "tasks.silva.example"));
}

#[test]
fn a_password_in_the_clear_over_the_network_is_refused() {
    assert_snapshot!(added("[smtp]\nhost = \"mail.silva.example\"\ntls = \"none\""));
}

#[test]
fn durations_and_limits_that_cannot_be_meant_are_refused() {
    assert_snapshot!(added(
        "[imap]\npoll_every = \"1s\"\n[reminders]\nfirst = \"4\"\nsecond = \"1d\"\n[limits]\nletters_in_one_round = 0\n\
         forward_files_up_to = \"20\"\n[log]\nlevel = \"inof\""
    ));
}

#[test]
fn days_and_hours_are_checked_each_at_its_place() {
    assert_snapshot!(changed(
        "name =",
        "days = [\"mon\", \"tues\", \"xyz\"]\nhours = \"9 to 5\"\nletters = \"07:00-8pm\"\nholidays = [\"25.12.2026\"]\nname ="
    ));
}

#[test]
fn a_text_that_is_no_toml_shows_where_and_the_rest_is_checked_too() {
    assert_snapshot!(changed("name = \"Ana Silva\"", "name = Ana Silva\ndigest_at = \"7.30\""));
}

#[test]
fn a_key_set_twice_is_refused() {
    assert_snapshot!(changed("name =", "zone = \"UTC\"\nname ="));
}

#[test]
fn many_mistakes_come_in_the_order_of_their_lines() {
    let text = SOUND.replace("Europe/Lisbon", "EST").replace("password_file", "pasword_file").replace("ana@", "ana");
    let environment = Environment::new(Path::new("/srv"), []);
    let mistakes = config::parse("config.toml", &text, Path::new("/srv"), &environment).unwrap_err();
    assert_snapshot!(mistakes.to_string());
}

proptest! {
    /// Whatever a slip of the hand makes of a config, it is told and never a crash.
    #[test]
    fn no_slip_of_the_hand_brings_it_down(
        cuts in prop::collection::vec((0_usize..400, 0_usize..30, "[a-zé\"\\[\\]=.# \n']{0,6}"), 1..4)
    ) {
        let mut text: Vec<char> = SOUND.chars().collect();
        for (at, length, other) in cuts {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, other.chars());
        }
        let text: String = text.into_iter().collect();
        let environment = Environment::new(Path::new("/srv"), [("HOME", "/home/ana")]);
        if let Err(mistakes) = config::parse("config.toml", &text, Path::new("/srv"), &environment) {
            prop_assert!(mistakes.picture(false, 100).contains('\u{d7}'), "{}", text);
            prop_assert!(!mistakes.to_string().is_empty());
        }
    }
}
