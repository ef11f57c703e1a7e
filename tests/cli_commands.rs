//! The program as people run it: exit codes, and what is said where.

use assert_cmd::Command;
use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

/// A handback that sees nothing of this machine's settings.
fn handback(home: &Path) -> Command {
    let mut command = Command::cargo_bin("handback").expect("a built program");
    command.env_clear().env("HOME", home).current_dir(home);
    command
}

struct Ended {
    code: i32,
    out: String,
    err: String,
}

fn ended(command: &mut Command) -> Ended {
    let output = command.output().expect("it runs");
    Ended {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

const SOUND: &str = r#"[owner]
name = "Ana Silva"
address = "ana@silva.example"
zone = "Europe/Lisbon"
[mailbox]
address = "ana.tasks@gmail.com"
password_file = "secret"
"#;

/// A home with a config and a password file of the given mode.
fn home_with(config: &str, mode: u32) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder to write in");
    fs::write(home.path().join("config.toml"), config).expect("a folder to write in");
    let secret = home.path().join("secret");
    fs::write(&secret, "hunter2\n").expect("a folder to write in");
    fs::set_permissions(&secret, fs::Permissions::from_mode(mode)).expect("a folder to write in");
    home
}

#[test]
fn a_sound_config_passes_and_its_guesses_are_told() {
    let home = home_with(SOUND, 0o600);
    let check = ended(handback(home.path()).arg("check"));
    assert_eq!((check.code, check.err.as_str()), (0, ""), "{}", check.err);
    assert!(check.out.contains("imap.gmail.com port 993, TLS implicit, as ana.tasks@gmail.com (known for Gmail)"));
    assert!(check.out.contains("app password"), "{}", check.out);
    assert!(!check.out.contains("hunter2"));
}

#[test]
fn a_mistake_ends_with_78_and_a_picture_on_stderr() {
    let home = home_with(&SOUND.replace("Europe/Lisbon", "Lisbon"), 0o600);
    let check = ended(handback(home.path()).arg("check"));
    assert_eq!((check.code, check.out.as_str()), (78, ""));
    assert!(check.err.contains("owner.zone: no time zone is called `Lisbon` (try `Europe/Lisbon`)"), "{}", check.err);
    assert!(check.err.contains("config.toml:4:8"), "{}", check.err);
    assert!(check.err.contains("1 mistake in "), "{}", check.err);
    assert!(!check.err.contains('\u{1b}'), "colours only for a terminal");
}

#[test]
fn a_password_file_that_others_may_read_ends_with_78() {
    let home = home_with(SOUND, 0o644);
    let check = ended(handback(home.path()).arg("check"));
    assert_eq!(check.code, 78);
    assert!(check.err.contains("chmod 600"), "{}", check.err);
}

#[test]
fn files_that_the_config_names_are_looked_for() {
    let more = format!("{SOUND}[smtp]\nca_file = \"ca.pem\"\n[files]\ntemplates_dir = \"letters\"\n");
    let home = home_with(&more, 0o600);
    let check = ended(handback(home.path()).arg("check"));
    assert_eq!(check.code, 78);
    assert!(check.err.contains("smtp.ca_file: could not read"), "{}", check.err);
    assert!(check.err.contains("files.templates_dir: there is no folder"), "{}", check.err);
}

#[test]
fn json_tells_the_same_with_lines() {
    let home = home_with(&SOUND.replace("zone =", "zon ="), 0o600);
    let check = ended(handback(home.path()).args(["check", "--json"]));
    assert_eq!(check.code, 78);
    let told: serde_json::Value = serde_json::from_str(&check.out).unwrap();
    assert_eq!(told["schema"], 1);
    assert_eq!(told["well"], false);
    assert_eq!(told["mistakes"][0]["key"], "owner.zon");
    assert_eq!(told["mistakes"][0]["line"], 4);
}

#[test]
fn no_config_says_where_it_looked_and_how_to_begin() {
    let home = tempfile::tempdir().unwrap();
    let check = ended(handback(home.path()).arg("check"));
    assert_eq!(check.code, 78);
    for place in ["/config.toml", ".config/handback/config.toml", "handback init", "config.example.toml"] {
        assert!(check.err.contains(place), "{place}: {}", check.err);
    }
    let named = ended(handback(home.path()).args(["check", "--config", "other.toml"]));
    assert_eq!(named.code, 78);
    assert!(named.err.contains("--config names"), "{}", named.err);
}

#[test]
fn what_cannot_be_understood_ends_with_2() {
    let home = tempfile::tempdir().unwrap();
    for line in
        [&["frob"][..], &["check", "--frob"], &["help", "frob"], &["explain"], &["digest", "--print", "--send"]]
    {
        assert_eq!(ended(handback(home.path()).args(line)).code, 2, "{line:?}");
    }
    let near = ended(handback(home.path()).args(["help", "replys"]));
    assert!(near.err.contains("did you mean `replies`?"), "{}", near.err);
}

#[test]
fn every_topic_is_listed_and_printed() {
    let home = tempfile::tempdir().unwrap();
    let list = ended(handback(home.path()).arg("help"));
    assert_eq!(list.code, 0);
    for topic in ["start", "replies", "owner", "brief", "trust", "files", "exit-codes"] {
        assert!(list.out.contains(&format!("handback help {topic} ")), "{topic}");
        let text = ended(handback(home.path()).args(["help", topic]));
        assert_eq!(text.code, 0, "{topic}");
        assert!(text.out.lines().count() > 8, "{topic}");
    }
    assert!(ended(handback(home.path()).args(["help", "brief"])).out.contains("[[parts]]"));
}

const INIT: [&str; 9] = [
    "init",
    "--owner-name",
    "Ana \"Nita\" Silva",
    "--owner-address",
    "ana@silva.example",
    "--zone",
    "Europe/Lisbon",
    "--mailbox",
    "tasks@silva.example",
];

#[test]
fn init_writes_a_config_that_passes_its_check() {
    let home = tempfile::tempdir().unwrap();
    let init = ended(handback(home.path()).args(INIT).arg("--password-stdin").write_stdin("hunter2\n"));
    assert_eq!(init.code, 0, "{}", init.err);
    let folder = home.path().join(".config/handback");
    let password = fs::metadata(folder.join("mailbox.password")).unwrap();
    assert_eq!(password.mode() & 0o7777, 0o600);
    let data = fs::metadata(home.path().join(".local/state/handback")).unwrap();
    assert_eq!(data.mode() & 0o7777, 0o700);
    let text = fs::read_to_string(folder.join("config.toml")).unwrap();
    assert!(!text.contains("hunter2") && !text.contains("harbour-pine.example\""), "{text}");
    assert!(text.contains("# host = \"imap.silva.example\""), "{text}");
    let check = ended(handback(home.path()).arg("check"));
    assert_eq!(check.code, 0, "{}", check.err);
    assert!(check.out.contains("Ana \"Nita\" Silva, ana@silva.example, Europe/Lisbon"), "{}", check.out);
}

#[test]
fn paths_given_to_init_start_where_it_was_typed() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("pw"), "x").unwrap();
    fs::set_permissions(home.path().join("pw"), fs::Permissions::from_mode(0o600)).unwrap();
    let init = ended(handback(home.path()).args(INIT).args(["--password-file", "pw", "--data-dir", "ledger"]));
    assert_eq!(init.code, 0, "{}", init.err);
    assert!(home.path().join("ledger").is_dir());
    let check = ended(handback(home.path()).arg("check"));
    assert_eq!(check.code, 0, "{}", check.err);
}

#[test]
fn init_replaces_nothing() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(ended(handback(home.path()).args(INIT)).code, 0);
    let path = home.path().join(".config/handback/config.toml");
    fs::write(&path, "mine").unwrap();
    let again = ended(handback(home.path()).args(INIT));
    assert_eq!(again.code, 1);
    assert!(again.err.contains("never replaces"), "{}", again.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn init_names_the_flags_that_are_missing_or_wrong() {
    let home = tempfile::tempdir().unwrap();
    let missing = ended(handback(home.path()).args(["init", "--zone", "UTC"]));
    assert_eq!(missing.code, 2);
    for flag in ["--owner-name", "--owner-address", "--mailbox"] {
        assert!(missing.err.contains(flag), "{}", missing.err);
    }
    let wrong = ended(handback(home.path()).args(INIT.map(|value| value.replace("Europe/Lisbon", "Lisbon"))));
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("--zone: no time zone is called `Lisbon` (try `Europe/Lisbon`)"), "{}", wrong.err);
    assert!(!home.path().join(".config").exists(), "nothing is written");
}

/// The demo's week in a folder, and the number of the mail in which Liza hands her work back.
fn demo_week(home: &Path) -> (String, String) {
    let week = home.join("week").to_str().expect("text").to_owned();
    let demo = ended(handback(home).args(["--dir", &week, "demo"]));
    assert_eq!(demo.code, 0, "{}", demo.err);
    let mails = ended(handback(home).args(["--dir", &week, "--json", "mail", "list"]));
    let mails: serde_json::Value = serde_json::from_str(&mails.out).expect("JSON");
    let field = |value: &serde_json::Value, name: &str| value.get(name).cloned().unwrap_or_default();
    let is_hers =
        |mail: &&serde_json::Value| field(mail, "from").as_str().is_some_and(|from| from.starts_with("liza"));
    let mails = field(&mails, "mails");
    let last = mails.as_array().and_then(|mails| mails.iter().find(is_hers)).expect("Liza wrote");
    (week, field(last, "id").to_string())
}

#[test]
fn a_correction_says_what_it_did_and_what_stands_in_its_way_with_a_cure() {
    let home = tempfile::tempdir().expect("a folder to write in");
    let (week, mail) = demo_week(home.path());
    let run = |arguments: &[&str]| ended(handback(home.path()).args(["--dir", &week]).args(arguments));
    for (arguments, code, words) in [
        (&["mail", "correct", "999", "--is", "done"][..], 1, "there is no mail 999 (see `handback mail list`)"),
        (&["mail", "correct", &mail, "--not", "expense"], 1, "it was not read as expense"),
        (&["mail", "correct", &mail, "--is", "done", "--words", "zebra"], 1, "“zebra” does not stand in it"),
        (&["mail", "correct", &mail, "--task", "HB-1", "--is", "done"], 1, "is not about HB-1, but about HB-4"),
        (&["mail", "correct", &mail, "--is", "done", "--not", "done"], 2, "cannot both be true"),
        (&["mail", "correct", &mail, "--is", "finished"], 2, "use one of confirm, decline"),
        (&["mail", "correct", &mail, "--nothing", "--is", "done"], 2, "cannot be used with"),
        (&["mail", "correct", &mail], 2, "required"),
    ] {
        let refused = run(arguments);
        assert_eq!((refused.code, refused.out.as_str()), (code, ""), "{arguments:?}: {}", refused.err);
        assert!(refused.err.contains(words), "{arguments:?}: {}", refused.err);
    }
    let json = run(&["--json", "mail", "correct", &mail, "--nothing"]);
    let shown: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    let field = |name: &str| shown.get(name).cloned().unwrap_or_default();
    let expected = serde_json::json!([1, "HB-4", true]);
    assert_eq!(serde_json::json!([field("schema"), field("task"), field("changed")]), expected);
    assert_eq!(field("stage"), "confirmed", "{}", json.out);
    let again = run(&["mail", "correct", &mail, "--nothing"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    assert!(again.err.contains("nothing has changed"), "{}", again.err);
    let rebuilt = run(&["ledger", "rebuild"]);
    assert_eq!(rebuilt.code, 0, "{}", rebuilt.err);
    assert!(run(&["ledger", "verify"]).out.contains("sound"));
    assert!(run(&["mail", "show", &mail]).out.contains("You said"), "it survives a rebuild");
}

#[test]
fn a_mail_is_explained_with_proof_task_weights_and_what_would_follow_and_nothing_is_written() {
    let home = tempfile::tempdir().expect("a folder to write in");
    let (week, mail) = demo_week(home.path());
    let run = |arguments: &[&str]| ended(handback(home.path()).args(arguments));
    assert_eq!(run(&["--dir", &week, "mail", "show", &mail, "--save", "saved"]).code, 0);
    let file = format!("saved/mail-{mail}.eml");
    let before = run(&["--dir", &week, "ledger", "verify"]).out;
    let explained = run(&["--dir", &week, "explain", &file]);
    assert_eq!(explained.code, 0, "{}", explained.err);
    for words in
        ["Proof:  strong", "level 3", "Task:   HB-4", "because: ", "for:     +", "sum:     +", "It would end as "]
    {
        assert!(explained.out.contains(words), "{words}: {}", explained.out);
    }
    assert_eq!(run(&["--dir", &week, "ledger", "verify"]).out, before);
    let alone = run(&["explain", &file]);
    assert_eq!(alone.code, 0, "{}", alone.err);
    assert!(alone.out.contains("Proof:  not judged") && alone.out.contains("tagged HB-4"), "{}", alone.out);
}
