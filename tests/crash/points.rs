//! One intake and one sending, killed at every single sync, write and send, and then brought to its end.

use crate::{
    account::Account,
    support::premises::now,
    town::{Town, asked_for, run_tampered, tell, tracing_is_allowed, was_killed},
};

/// The calls that make things last, by what they do.
const SYNCS: &str = "fsync,fdatasync";
const WRITES: &str = "pwrite64,write,ftruncate,rename,unlink";
const SENDS: &str = "sendto,sendmsg,writev";

/// A confirmation, a question, finished work, a stranger, and the question once more.
pub(crate) fn one_intake(town: &Town) -> Vec<String> {
    let now = now();
    let [confirmed, asked, done, ..] = town.sent.as_slice() else { panic!("three tasks were handed out") };
    let question = asked.answer(2, "Before I start: should I enter last year's invoices too?", now);
    vec![
        confirmed.answer(1, "Understood: every invoice of the month goes into the sheet, sorted by date.", now),
        question.clone(),
        done.answer(3, "The work is done, every invoice is in the sheet. It took 3 hours.", now),
        "From: Nobody <nobody@elsewhere.test>\r\nSubject: Offer\r\nMessage-ID: <4@elsewhere.test>\r\n\r\nBuy!\r\n"
            .into(),
        question,
    ]
}

/// Kills at each `step`-th call of `calls` until a run survives.
fn check(town: &Town, calls: &str, step: usize, keeps_sent: bool) -> Account {
    let mails = one_intake(town);
    let home = tempfile::tempdir().unwrap();
    let calm = town.brought_to_an_end(&town.office(&home, &mails, keeps_sent));
    let mut sum = Account::default();
    // strace counts each call by its name: a rare one would never be met beside a frequent one.
    for call in calls.split(',') {
        for n in (1..).step_by(step) {
            let home = tempfile::tempdir().unwrap();
            let office = town.office(&home, &mails, keeps_sent);
            let ended = run_tampered(&office, call, &format!("signal=KILL:when={n}"));
            let mut account = town.brought_to_an_end(&office).account(&calm, &town.earlier);
            let place = |what: String| format!("killed at {call} number {n}: {what}");
            account.lost = account.lost.into_iter().map(place).collect();
            account.doubled = account.doubled.into_iter().map(place).collect();
            account.kills = usize::from(was_killed(&ended));
            let survived = account.kills == 0;
            sum.add(account);
            if survived {
                assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
                break;
            }
        }
    }
    assert!(sum.kills > 5, "too few calls of {calls} were met: {}", sum.kills);
    tell(&format!("killed at {calls}, every {step}: {sum}"));
    sum
}

#[test]
fn a_kill_at_any_sync_loses_and_doubles_nothing() {
    if tracing_is_allowed() {
        check(&Town::built(2, 2), SYNCS, 1, false).assert_nothing_lost_nothing_doubled();
    }
}

#[test]
fn a_kill_at_any_write_loses_and_doubles_nothing() {
    if tracing_is_allowed() {
        let step = asked_for("CRASH_EVERY_WRITE", 12);
        check(&Town::built(2, 2), WRITES, step, false).assert_nothing_lost_nothing_doubled();
    }
}

#[test]
fn a_kill_at_any_send_loses_and_doubles_nothing() {
    if tracing_is_allowed() {
        check(&Town::built(2, 2), SENDS, 1, false).assert_nothing_lost_nothing_doubled();
    }
}

#[test]
fn where_the_provider_keeps_sent_mail_not_even_a_message_id_is_repeated() {
    if tracing_is_allowed() {
        let account = check(&Town::built(2, 2), WRITES, asked_for("CRASH_EVERY_WRITE", 12), true);
        account.assert_nothing_lost_nothing_doubled();
        assert_eq!(account.repeated, 0, "{account}");
    }
}
