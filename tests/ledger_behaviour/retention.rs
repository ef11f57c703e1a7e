//! Files of work that ended long ago are dropped, and no others.

use crate::support::*;
use chrono::{DateTime, TimeDelta, Utc};
use handback::{
    domain::{
        brief::{FileRef, Kept},
        event::{Cause, Fact, NewEvent, Outcome},
        id::{InboxId, LetterId, TaskId},
        letter::Fate,
    },
    ledger::{Dropped, Ledger, LedgerError, Verdict},
};

const BLOG: TaskId = TaskId(2);

fn months(months: i64) -> DateTime<Utc> {
    minute(0) + TimeDelta::days(months * 30)
}

/// Two tasks with a brief's file, a mail and a letter each; the first is closed at once, the second is not.
fn two_tasks() -> (tempfile::TempDir, Ledger) {
    let (dir, mut ledger) = with_a_task();
    ledger.take_window(&window(&[1, 2, 3, 4]), minute(1)).unwrap();
    ledger
        .write(minute(1), |tx| {
            let file = |hash| FileRef {
                name: "list.csv".into(),
                media_type: "text/csv".to_owned(),
                size: 4,
                kept: Kept::Blob(hash),
            };
            let mut blog = brief("the blog");
            blog.files.push(file(tx.store_blob(b"the blog's list")?));
            tx.store_blob(b"a list that nobody refers to")?;
            let add = |fact| tx.append(&NewEvent { cause: Cause::Timer, fact });
            add(Fact::TaskDrafted { task: BLOG, assistant: MARIA, brief: blog })?;
            add(Fact::TaskHandedOver { task: BLOG })?;
            tx.conclude(InboxId(1), Outcome::Filed, "", Some(MARIA), &[INVOICES])?;
            tx.conclude(InboxId(2), Outcome::Filed, "", Some(MARIA), &[INVOICES, BLOG])?;
            tx.conclude(InboxId(3), Outcome::Held, "unknown sender", None, &[])?;
            tx.compose(&letter(LetterId(1), &[INVOICES]), b"bytes", "Maria, is the task clear?", &[])?;
            tx.compose(&letter(LetterId(2), &[BLOG]), b"bytes", "Maria, is the task clear?", &[])?;
            tx.mark(LetterId(1), Fate::Sent, "", None)?;
            tx.mark(LetterId(2), Fate::Sent, "", None)?;
            add(Fact::TaskAccepted { task: INVOICES, words: None })?;
            Ok::<_, LedgerError>(())
        })
        .unwrap();
    (dir, ledger)
}

fn drop_before(ledger: &mut Ledger, before: DateTime<Utc>) -> Dropped {
    ledger.write(months(30), |tx| tx.drop_old_files(before, "older than 24 months")).unwrap()
}

#[test]
fn only_what_belongs_to_work_that_ended_long_ago_is_dropped() {
    let (_dir, mut ledger) = two_tasks();
    assert_eq!(drop_before(&mut ledger, minute(1)), Dropped::default(), "nothing is that old");
    // Mail 1 and the list that nobody refers to; not the mail on both tasks, the held one or the unread one.
    assert_eq!(drop_before(&mut ledger, months(6)), Dropped { blobs: 2, letters: 1 });
    let view = ledger.view();
    let raw = |id| view.raw_mail(InboxId(id)).unwrap().is_some();
    assert_eq!([raw(1), raw(2), raw(3), raw(4)], [false, true, true, true]);
    assert_eq!(view.letter_bytes(LetterId(1)).unwrap().unwrap(), b"");
    assert_eq!(view.letter_words(LetterId(1)).unwrap().unwrap(), "Maria, is the task clear?");
    assert_eq!(view.letter_bytes(LetterId(2)).unwrap().unwrap(), b"bytes");
    let Kept::Blob(list) = &view.task(BLOG).unwrap().unwrap().brief.files[0].kept else { panic!("kept elsewhere") };
    assert!(view.blob(list).unwrap().is_some());
    assert!(matches!(ledger.verify(None).unwrap(), Verdict::Sound { .. }));
}

#[test]
fn the_time_to_keep_runs_from_the_end_of_the_work() {
    let (_dir, mut ledger) = two_tasks();
    let accepted = NewEvent { cause: Cause::Timer, fact: Fact::TaskAccepted { task: BLOG, words: None } };
    ledger.write(months(5), |tx| tx.append(&accepted)).unwrap();
    assert_eq!(drop_before(&mut ledger, months(4)).blobs, 2);
    assert_eq!(drop_before(&mut ledger, months(6)), Dropped { blobs: 2, letters: 1 });
}
