//! What changes the ledger's file as a whole, cut off at every write: a backup, a restore, the log moved into the
//! ledger, the tables folded anew, the settings read anew.

use crate::{
    account::{Account, Outcome},
    points::one_intake,
    support::premises::{Office, hand_over, now},
    town::{Town, asked_for, handback, run_once, tampered, tell, tracing_is_allowed, was_killed},
};
use handback::{
    domain::id::PersonId,
    ledger::{Backup, Ledger, LedgerError, Opening, Verdict},
};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

/// Everything that makes a file, fills it, makes it last or names it.
const CHANGES: &str = "openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink,flock";

fn step() -> usize {
    asked_for("CRASH_EVERY_WRITE", 12)
}

fn names(dir: &Path) -> Vec<String> {
    let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn head(office: &Office) -> String {
    let mut ledger = office.ledger(Opening::Command);
    let verdict = ledger.verify(None).unwrap();
    let Verdict::Sound { head, .. } = verdict else { panic!("{verdict:?}") };
    head.to_string()
}

/// Kills `arguments` at each `step`-th call of `calls` until a run survives, looks `after` each, and counts the kills.
fn killed_at_each(
    calls: &str,
    step: usize,
    mut begin: impl FnMut() -> (Office, Vec<String>),
    mut after: impl FnMut(&Office, bool),
) -> usize {
    let mut kills = 0;
    // strace counts each call by its name: a rare one would never be met beside a frequent one.
    for call in calls.split(',') {
        for n in (1..).step_by(step) {
            let (office, arguments) = begin();
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let ended = tampered(&office, call, &format!("signal=KILL:when={n}"), &[], &arguments);
            let killed = was_killed(&ended);
            assert!(killed || ended.status.success(), "{call} {n}: {}", String::from_utf8_lossy(&ended.stderr));
            after(&office, killed);
            if !killed {
                break;
            }
            kills += 1;
        }
    }
    kills
}

// ---- backup --------------------------------------------------------------------------------------------------

#[test]
fn a_backup_killed_at_any_write_leaves_none_or_a_whole_one_and_the_ledger_as_it_was() {
    if !tracing_is_allowed() {
        return;
    }
    let town = Town::built(2, 2);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &[], false);
    let before = head(&office);
    let shelf = office.home.join("shelf");
    let backup = shelf.join("office.backup");
    let (mut none, mut whole) = (0, 0);
    let kills = killed_at_each(
        CHANGES,
        step(),
        || {
            fs::remove_dir_all(&shelf).ok();
            fs::create_dir(&shelf).unwrap();
            (office.clone(), vec!["backup".to_owned(), backup.display().to_string()])
        },
        |office, killed| {
            if backup.exists() {
                let held = Backup::open(&backup).unwrap();
                assert_eq!(held.head.to_string(), before);
                assert_eq!(
                    held.file("token.key").unwrap().unwrap(),
                    fs::read(office.data_dir().join("token.key")).unwrap()
                );
                assert_eq!(held.file("config.toml").unwrap().unwrap(), fs::read(office.config_file()).unwrap());
                assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
                whole += 1;
            } else {
                assert!(killed, "it ended well without a backup");
                none += 1;
                // Whoever tries once more is not kept from it by what was left.
                let again = handback(office, &["backup"]).arg(&backup).output().unwrap();
                assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
                assert_eq!(Backup::open(&backup).unwrap().head.to_string(), before);
                assert_eq!(names(&shelf), ["office.backup"]);
            }
            assert_eq!(head(office), before);
        },
    );
    tell(&format!(
        "backup killed {kills} times: {none} times there was none and {whole} times a whole one, ledger sound"
    ));
    assert!(kills > 5 && whole > 0, "{kills} {whole}");
}

#[test]
fn backups_made_while_mail_flows_are_sound_and_cost_no_mail() {
    let town = Town::built(2, 3);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &[], false);
    let mut daemon = handback(&office, &["run"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mails: Vec<String> = (1..=24)
        .map(|number| town.sent[number % town.sent.len()].answer(number, "I spent 20 minutes on it today.", now()))
        .collect();
    let mut heads = Vec::new();
    for (number, mail) in mails.iter().enumerate() {
        town.deliver(mail);
        let backup = office.home.join(format!("{number}.backup"));
        let made = handback(&office, &["backup"]).arg(&backup).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        heads.push(Backup::open(&backup).unwrap().head.count);
        sleep(Duration::from_millis(20));
    }
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    assert!(heads.is_sorted() && heads.first() < heads.last(), "{heads:?}");
    let outcome = town.brought_to_an_end(&office);
    let calm_home = tempfile::tempdir().unwrap();
    let calm = town.brought_to_an_end(&town.office(&calm_home, &mails, false));
    let account = outcome.account(&calm, &town.earlier);
    assert_eq!(account.mails, mails.len());
    account.assert_nothing_lost_nothing_doubled();
}

// ---- restore -------------------------------------------------------------------------------------------------

#[test]
fn a_restore_killed_at_any_write_leaves_no_ledger_or_a_marked_one() {
    if !tracing_is_allowed() {
        return;
    }
    let town = Town::built(2, 2);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &[], false);
    let backup = office.home.join("office.backup");
    assert!(handback(&office, &["backup"]).arg(&backup).status().unwrap().success());
    let key = fs::read(office.data_dir().join("token.key")).unwrap();
    let (mut none, mut marked) = (0, 0);
    let kills = killed_at_each(
        CHANGES,
        step(),
        || {
            fs::remove_dir_all(office.data_dir()).ok();
            (office.clone(), vec!["restore".to_owned(), backup.display().to_string()])
        },
        |office, _| {
            if !office.data_dir().join("ledger.sqlite").exists() {
                none += 1;
                let again = handback(office, &["restore"]).arg(&backup).output().unwrap();
                assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
            } else {
                marked += 1;
            }
            head(office);
            let ledger = office.ledger(Opening::ReadOnly);
            assert!(ledger.view().restored().unwrap().is_some() && ledger.view().sending_held().unwrap().is_some());
            assert_eq!(fs::read(office.data_dir().join("token.key")).unwrap(), key);
            let left: Vec<String> = names(&office.data_dir())
                .into_iter()
                .filter(|name| name.contains("new") || name.contains("unf"))
                .collect();
            assert_eq!(left, [""; 0]);
        },
    );
    tell(&format!("restore killed {kills} times: {none} times there was no ledger and {marked} times a marked one"));
    assert!(kills > 5 && marked > 0, "{kills} {marked}");
}

/// The office, with its mail server for letters gone.
fn without_post(office: &Office, home: &Path) -> Office {
    let mut mute = office.clone();
    mute.line.smtp_port = 1;
    mute.copied_to(home)
}

fn resume(office: &Office, arguments: &[&str]) -> (Option<i32>, String) {
    let ended = handback(office, &["resume"]).args(arguments).output().unwrap();
    (
        ended.status.code(),
        format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr)),
    )
}

#[test]
fn after_a_restore_nothing_leaves_before_the_list_was_seen_and_no_letter_twice() {
    let town = Town::built(2, 2);
    let mails = one_intake(&town);
    let [first, mute_home, home, third] = [(); 4].map(|()| tempfile::tempdir().unwrap());
    // A letter is written and cannot leave; then the backup is made.
    let mute = without_post(&town.office(&first, &[], true), mute_home.path());
    assert!(!run_once(&mute).status.success());
    let backup = first.path().join("office.backup");
    assert!(handback(&mute, &["backup"]).arg(&backup).status().unwrap().success());
    // Life goes on: the letter leaves, mail comes in, the owner hands out one more task.
    let mut office = mute.clone();
    office.line.smtp_port = town.sink.port;
    let office = office.copied_to(home.path());
    for mail in &mails {
        town.deliver(mail);
    }
    assert!(run_once(&office).status.success());
    office.ledger(Opening::Command).write(now(), |tx| hand_over(tx, tx.next_task_id()?, PersonId(2), now())).unwrap();
    assert!(run_once(&office).status.success());
    let left_before = town.sink.taken();
    let lost = Outcome::of(&office, &left_before);
    // The machine is gone. On a new one there is a config, and the backup.
    let restored = Office { home: third.path().to_owned(), ..office.clone() };
    let restored = restored.copied_to(third.path());
    fs::remove_dir_all(restored.data_dir()).unwrap();
    let ended = handback(&restored, &["restore"]).arg(&backup).output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let (code, said) = resume(&restored, &["--seen"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("the mailbox was not read since"), "{said}");

    assert!(run_once(&restored).status.success());
    assert_eq!(town.sink.taken(), left_before, "something left before the list was seen");
    let (code, said) = resume(&restored, &[]);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("it knows nothing of them") && said.contains("to ana1@example.test"), "{said}");
    assert!(said.contains("in doubt"), "{said}");
    assert!(run_once(&restored).status.success());
    assert_eq!(town.sink.taken(), left_before, "the list alone lets nothing go");

    let (code, said) = resume(&restored, &["--seen"]);
    assert_eq!(code, Some(0), "{said}");
    let end = town.brought_to_an_end(&restored);
    let twice: Vec<&String> =
        left_before.iter().filter(|id| town.sink.taken().iter().filter(|taken| taken == id).count() > 1).collect();
    assert_eq!(twice, [""; 0], "letters that had left were found in Sent");
    assert_eq!(end.mails(), lost.mails(), "every mail counts as it did before");
}

#[test]
fn a_restore_replaces_no_ledger_no_other_key_and_takes_no_half_backup() {
    let town = Town::built(1, 1);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &[], false);
    let backup = office.home.join("office.backup");
    assert!(handback(&office, &["backup"]).arg(&backup).status().unwrap().success());
    let check = |from: &Path, words: &str| {
        let ended = handback(&office, &["restore"]).arg(from).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(1), "{said}");
        assert!(said.contains(words), "{said}");
    };
    check(&backup, "never overwritten");
    fs::remove_dir_all(office.data_dir()).unwrap();
    fs::create_dir(office.data_dir()).unwrap();
    fs::write(office.data_dir().join("token.key"), "another").unwrap();
    check(&backup, "another");
    fs::remove_file(office.data_dir().join("token.key")).unwrap();
    let whole = fs::read(&backup).unwrap();
    let harmed = office.home.join("harmed.backup");
    fs::write(&harmed, &whole[..whole.len() / 2]).unwrap();
    check(&harmed, "handback: ");
    fs::write(&harmed, "").unwrap();
    check(&harmed, "is not a backup");
    check(&office.home.join("nowhere"), "there is no such file");
    assert!(!office.data_dir().join("ledger.sqlite").exists());
    // Put in place by hand, it is no ledger.
    fs::copy(&backup, office.data_dir().join("ledger.sqlite")).unwrap();
    let error = Ledger::open(&office.data_dir(), Opening::Daemon, now()).unwrap_err();
    assert!(matches!(error, LedgerError::NotALedger { .. }), "{error}");
}

#[test]
fn a_backup_without_a_config_elsewhere_brings_its_own() {
    let town = Town::built(1, 1);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &[], false);
    let backup = office.home.join("office.backup");
    assert!(handback(&office, &["backup"]).arg(&backup).status().unwrap().success());
    fs::remove_dir_all(office.data_dir()).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let ended = Command::new(env!("CARGO_BIN_EXE_handback"))
        .args(["restore"])
        .arg(&backup)
        .env_clear()
        .env("HOME", elsewhere.path())
        .current_dir(elsewhere.path())
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let written = elsewhere.path().join(".config/handback/config.toml");
    assert_eq!(fs::read(written).unwrap(), fs::read(office.config_file()).unwrap());
    assert!(office.data_dir().join("ledger.sqlite").exists(), "the ledger is where that config says");
}

#[test]
fn a_damaged_ledger_makes_no_backup() {
    let town = Town::built(1, 1);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &[], false);
    let other = rusqlite::Connection::open(office.data_dir().join("ledger.sqlite")).unwrap();
    other.execute_batch("DROP TRIGGER event_is_never_changed; UPDATE event SET at = at + 1 WHERE id = 3").unwrap();
    drop(other);
    let shelf = office.home.join("shelf");
    fs::create_dir(&shelf).unwrap();
    let ended = handback(&office, &["backup"]).arg(&shelf).output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("not sound: event 3"), "{ended:?}");
    assert_eq!(names(&shelf), [""; 0]);
}

// ---- the log moved into the ledger ---------------------------------------------------------------------------

/// An office whose log holds much that is not in the ledger's own file yet.
fn with_a_long_log(town: &Town, home: &tempfile::TempDir, mails: &[String]) -> Office {
    let elsewhere = tempfile::tempdir().unwrap();
    let office = town.office(&elsewhere, mails, false);
    let mut ledger = office.ledger(Opening::Command);
    for number in 0..20 {
        ledger.write(now(), |tx| tx.set_meta(&format!("sample {number}"), Some(&"kept ".repeat(2000)))).unwrap();
    }
    // The ledger stays open meanwhile, or closing it would empty the log.
    let copied = office.copied_to(home.path());
    assert!(fs::metadata(copied.data_dir().join("ledger.sqlite-wal")).unwrap().len() > 200_000);
    copied
}

#[test]
fn a_checkpoint_killed_at_any_write_loses_and_doubles_nothing() {
    if !tracing_is_allowed() {
        return;
    }
    let town = Town::built(2, 2);
    let mails = one_intake(&town);
    let home = tempfile::tempdir().unwrap();
    let calm = town.brought_to_an_end(&with_a_long_log(&town, &home, &mails));
    let mut sum = Account::default();
    for call in ["pwrite64", "fsync", "fdatasync", "ftruncate"] {
        for n in (1..).step_by(step().div_ceil(3)) {
            let home = tempfile::tempdir().unwrap();
            let office = with_a_long_log(&town, &home, &mails);
            // Only what is written to the ledger's own file: that is done by checkpoints alone.
            let ledger = office.data_dir().join("ledger.sqlite").display().to_string();
            let what = format!("signal=KILL:when={n}");
            let ended = tampered(&office, call, &what, &["-P", &ledger], &["run", "--once"]);
            let mut account = town.brought_to_an_end(&office).account(&calm, &town.earlier);
            let kept = office.ledger(Opening::ReadOnly).view().meta("sample 19").unwrap();
            assert_eq!(kept.map_or(0, |text| text.len()), 10_000, "{n}: what was in the log alone is gone");
            account.kills = usize::from(was_killed(&ended));
            let survived = account.kills == 0;
            sum.add(account);
            if survived {
                break;
            }
        }
    }
    tell(&format!("killed amid a checkpoint: {sum}"));
    assert!(sum.kills > 5, "{sum}");
    sum.assert_nothing_lost_nothing_doubled();
}

// ---- the tables folded anew ----------------------------------------------------------------------------------

#[test]
fn a_kill_at_any_write_while_tables_are_folded_anew_loses_and_doubles_nothing() {
    if !tracing_is_allowed() {
        return;
    }
    let town = Town::built(2, 2);
    let mails = one_intake(&town);
    let outdated = |home: &tempfile::TempDir| {
        let office = town.office(home, &mails, false);
        // As an older handback leaves it.
        office.ledger(Opening::Command).write(now(), |tx| tx.set_meta("folded_by", Some("0"))).unwrap();
        office
    };
    let calm_home = tempfile::tempdir().unwrap();
    let calm = town.brought_to_an_end(&outdated(&calm_home));
    let mut sum = Account::default();
    let mut homes: Vec<tempfile::TempDir> = Vec::new();
    let kills = killed_at_each(
        "pwrite64,fsync,fdatasync,ftruncate",
        step(),
        || {
            homes.push(tempfile::tempdir().unwrap());
            // `ledger verify` brings it up to date and does nothing else that writes.
            (outdated(homes.last().unwrap()), vec!["ledger".to_owned(), "verify".to_owned()])
        },
        |office, killed| {
            let mut account = town.brought_to_an_end(office).account(&calm, &town.earlier);
            account.kills = usize::from(killed);
            sum.add(account);
        },
    );
    tell(&format!("killed while tables were folded anew: {sum}"));
    assert!(kills > 2, "{kills}");
    sum.assert_nothing_lost_nothing_doubled();
}

// ---- the settings read anew ----------------------------------------------------------------------------------

fn hang_up(pid: u32) {
    assert!(Command::new("kill").args(["-HUP", &pid.to_string()]).status().unwrap().success());
}

fn log_of(office: &Office) -> PathBuf {
    office.home.join("log")
}

fn wait_for_line(office: &Office, words: &str, count: usize) {
    for _ in 0..400 {
        let log = fs::read_to_string(log_of(office)).unwrap_or_default();
        if log.matches(words).count() >= count {
            return;
        }
        sleep(Duration::from_millis(25));
    }
    panic!("not said: {words}\n{}", fs::read_to_string(log_of(office)).unwrap_or_default());
}

#[test]
fn a_reload_takes_the_new_settings_and_keeps_the_old_where_the_new_cannot_be_used() {
    let town = Town::built(1, 1);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &[], false);
    let log = fs::File::create(log_of(&office)).unwrap();
    let mut daemon = handback(&office, &["run"]).stdout(Stdio::null()).stderr(log).spawn().unwrap();
    wait_for_line(&office, "Ready.", 1);
    let good = fs::read_to_string(office.config_file()).unwrap();
    fs::write(office.config_file(), good.replace("zone = \"Europe/London\"", "zone = \"Europe/Lisboa\"")).unwrap();
    hang_up(daemon.id());
    wait_for_line(&office, "those from before stay", 1);
    assert_eq!(daemon.try_wait().unwrap(), None);
    fs::write(office.config_file(), good.replace("name = \"Olu Owner\"", "name = \"Olu the Owner\"")).unwrap();
    hang_up(daemon.id());
    wait_for_line(&office, "Ready.", 2);
    let ledger = office.ledger(Opening::ReadOnly);
    assert_eq!(ledger.view().person(PersonId::OWNER).unwrap().unwrap().name(), "Olu the Owner");
    assert!(Command::new("kill").arg(daemon.id().to_string()).status().unwrap().success());
    assert!(daemon.wait().unwrap().success());
}

#[test]
fn reloads_and_kills_amid_them_lose_and_double_nothing() {
    let town = Town::built(2, 3);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &[], false);
    let kills = asked_for("CRASH_KILLS", 40) / 4;
    let mut mails = Vec::new();
    for kill in 0..kills {
        let log = fs::File::create(log_of(&office)).unwrap();
        let mut daemon = handback(&office, &["run"]).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        wait_for_line(&office, "Ready.", 1);
        for _ in 0..3 {
            let number = mails.len() + 1;
            let letter = &town.sent[number % town.sent.len()];
            let mail =
                letter.answer(number, &format!("About half of it is entered, {number} invoices so far."), now());
            town.deliver(&mail);
            mails.push(mail);
            hang_up(daemon.id());
            sleep(Duration::from_millis(u64::try_from(kill % 10 * 3).unwrap()));
        }
        daemon.kill().unwrap();
        daemon.wait().unwrap();
    }
    let outcome = town.brought_to_an_end(&office);
    let calm_home = tempfile::tempdir().unwrap();
    let calm = town.brought_to_an_end(&town.office(&calm_home, &mails, false));
    let mut account = outcome.account(&calm, &town.earlier);
    account.kills = kills;
    tell(&format!("killed amid reloads, {} reloads asked for: {account}", kills * 3));
    assert_eq!(account.mails, mails.len());
    account.assert_nothing_lost_nothing_doubled();
}
