//! A ledger whose write-ahead log is cut off at every frame, and in the middle of frames, as a power cut leaves it.

use crate::{
    support::premises::{hand_over, now},
    town::{Town, asked_for, tell},
};
use handback::{
    domain::{
        id::PersonId,
        mail::{Fetched, Window},
    },
    ledger::{Head, Ledger, Opening, Verdict},
};
use std::{
    fs::{self, File},
    path::Path,
};

/// The log's own header, and that of each frame; then comes the page (sqlite.org/fileformat2.html, section 4).
const LOG_HEADER: u64 = 32;
const FRAME_HEADER: u64 = 24;
const PAGE: u64 = 4096;
/// Where a frame is cut: before it, within its header, right behind that, and within its page.
const CUTS: [u64; 4] = [0, 11, FRAME_HEADER, FRAME_HEADER + 1777];

const LEDGER: &str = "ledger.sqlite";
const LOG: &str = "ledger.sqlite-wal";

/// A commit that was acknowledged: how long the log was then, and where the record stood.
struct Acknowledged {
    log: u64,
    head: Head,
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |about| about.len())
}

/// Commits tasks and windows of mail, and remembers what was acknowledged.
fn commit(ledger: &mut Ledger, commits: u32) -> Vec<Acknowledged> {
    let log = ledger.dir().join(LOG);
    let mut acknowledged = vec![Acknowledged { log: 0, head: ledger.view().head().unwrap() }];
    for number in 1..=commits {
        if number % 3 == 0 {
            ledger.take_window(&window(number), now()).unwrap();
        } else {
            ledger.write(now(), |tx| hand_over(tx, tx.next_task_id()?, PersonId(2), now())).unwrap();
        }
        acknowledged.push(Acknowledged { log: length(&log), head: ledger.view().head().unwrap() });
    }
    acknowledged
}

fn window(uid: u32) -> Window {
    let raw = format!("Subject: mail {uid}\r\n\r\n{}\r\n", "word ".repeat(500)).into_bytes();
    let mail = Fetched { uid, size: u64::try_from(raw.len()).unwrap(), raw, partial: false };
    let folder = "INBOX".to_owned();
    Window { folder, uid_validity: 7, mails: vec![mail], upto: uid, unreadable: Vec::new(), read_to_end: true }
}

/// Cuts a copy of the ledger's log to `length` and opens it.
#[track_caller]
fn check(whole: &Path, length: u64, expected: &Head) {
    let dir = tempfile::tempdir().unwrap();
    for file in [LEDGER, LOG] {
        fs::copy(whole.join(file), dir.path().join(file)).unwrap();
    }
    File::options().write(true).open(dir.path().join(LOG)).unwrap().set_len(length).unwrap();
    let mut ledger = Ledger::open(dir.path(), Opening::Daemon, now()).unwrap();
    let verdict = ledger.verify(None).unwrap();
    let Verdict::Sound { head, .. } = verdict else { panic!("cut to {length} bytes: {verdict:?}") };
    assert_eq!(head, *expected, "cut to {length} bytes");
}

#[test]
fn a_log_cut_anywhere_holds_all_that_was_acknowledged_before_the_cut() {
    let town = Town::built(1, 1);
    let home = tempfile::tempdir().unwrap();
    let mut ledger = town.office(&home, &[], false).ledger(Opening::Command);
    let acknowledged = commit(&mut ledger, 60);
    // The ledger stays open meanwhile, or closing it would empty the log.
    let whole = ledger.dir().to_owned();
    let frames = (length(&whole.join(LOG)) - LOG_HEADER) / (FRAME_HEADER + PAGE);
    let begins = (0..=frames).map(|frame| LOG_HEADER + frame * (FRAME_HEADER + PAGE));
    let end = length(&whole.join(LOG));
    let places: Vec<u64> =
        begins.flat_map(|begin| CUTS.map(|cut| begin + cut)).chain([0, 7]).filter(|place| *place <= end).collect();
    let cuts = asked_for("CRASH_CUTS", 120).min(places.len());
    for number in 0..cuts {
        let place = places[number * places.len() / cuts];
        let last = acknowledged.iter().rev().find(|commit| commit.log <= place).unwrap();
        check(&whole, place, &last.head);
    }
    tell(&format!(
        "log cut {cuts} times ({frames} frames, {} commits): the ledger was sound each time, lost 0 of what was \
         acknowledged before the cut",
        acknowledged.len() - 1
    ));
}
