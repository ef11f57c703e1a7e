//! The daemon, killed at random again and again while assistants and the owner write.

use crate::{
    account::Outcome,
    support::premises::{Office, now},
    town::{Town, asked_for, handback, tell},
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::{process::Stdio, thread::sleep, time::Duration};

/// Another seed gives other kills.
const SEED: u64 = 20_261_123;

/// What one assistant writes: to which of the letters, and the words.
fn next_mail(town: &Town, number: usize, random: &mut StdRng) -> String {
    let letter = &town.sent[random.random_range(0..town.sent.len())];
    let words = match random.random_range(0..3) {
        0 => format!("One thing first: should branch {number} go into the same sheet?"),
        1 => "I spent 20 minutes on it today.".to_owned(),
        _ => format!("About half of it is entered, {number} invoices so far."),
    };
    letter.answer(number, &words, now())
}

/// The owner writes to the assistant of a task; true where it is in the ledger.
fn tell_assistant(office: &Office, task: &str) -> bool {
    let mut command = handback(office, &["task", "tell", task, "Thank you, that helps."]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

/// What happened to the office: the mails that came, and the tasks about which the owner wrote.
#[derive(Default)]
struct Traffic {
    mails: Vec<String>,
    told: Vec<String>,
}

fn killed_again_and_again(town: &Town, office: &Office, kills: usize) -> Traffic {
    let mut random = StdRng::seed_from_u64(SEED);
    let mut traffic = Traffic::default();
    for kill in 0..kills {
        let mut daemon = handback(office, &["run"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        for _ in 0..random.random_range(1..=2) {
            sleep(Duration::from_millis(random.random_range(0..50)));
            let mail = next_mail(town, traffic.mails.len() + 1, &mut random);
            town.deliver(&mail);
            traffic.mails.push(mail);
        }
        if kill % 4 == 0 {
            let task = town.sent[random.random_range(0..town.sent.len())].task.to_string();
            if tell_assistant(office, &task) {
                traffic.told.push(task);
            }
        }
        sleep(Duration::from_millis(random.random_range(0..200)));
        daemon.kill().unwrap();
        daemon.wait().unwrap();
    }
    traffic
}

/// The same traffic, and nobody is killed.
fn undisturbed(town: &Town, traffic: &Traffic) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &traffic.mails, false);
    for task in &traffic.told {
        assert!(tell_assistant(&office, task));
    }
    town.brought_to_an_end(&office)
}

#[test]
fn kills_at_random_while_mail_flows_both_ways_lose_and_double_nothing() {
    let town = Town::built(4, 5);
    let kills = asked_for("CRASH_KILLS", 40);
    let home = tempfile::tempdir().unwrap();
    let office = town.office(&home, &[], false);
    let traffic = killed_again_and_again(&town, &office, kills);
    let outcome = town.brought_to_an_end(&office);
    let calm = undisturbed(&town, &traffic);
    let mut account = outcome.account(&calm, &town.earlier);
    account.kills = kills;
    tell(&format!("killed at random: {account}"));
    assert_eq!(account.mails, traffic.mails.len());
    // It takes three kills within the same millisecond or so of three lives; a few in a hundred mails at the most.
    assert!(account.set_aside * 10 <= account.mails, "{account}");
    account.assert_nothing_lost_nothing_doubled();
}
