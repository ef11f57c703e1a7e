//! Small things under a name, and events by what they are about.

use crate::support::*;
use handback::{
    domain::{
        event::{Cause, Fact, NewEvent},
        id::{EventId, InboxId},
    },
    ledger::{Events, Ledger, LedgerError, View},
};

#[test]
fn a_small_thing_is_kept_changed_and_forgotten() {
    let (_dir, mut ledger) = empty();
    let mut set = |value: Option<&str>| {
        ledger.write(minute(0), |tx| tx.set_meta("mailbox_trouble_since", value)).unwrap();
        ledger.view().meta("mailbox_trouble_since").unwrap()
    };
    assert_eq!(set(Some("Monday")), Some("Monday".to_owned()));
    assert_eq!(set(Some("Tuesday")), Some("Tuesday".to_owned()));
    assert_eq!(set(None), None);
}

#[test]
fn events_are_read_by_task_mail_place_and_time() {
    let (_dir, mut ledger) = with_a_task();
    let cause = Cause::Mail { inbox: InboxId(3), from: 0, to: 2 };
    let event = NewEvent { cause, fact: Fact::TaskConfirmed { task: INVOICES, understood: false } };
    ledger.write(minute(30), |tx| tx.append(&event)).unwrap();
    let found = |ledger: &Ledger, which| {
        ledger.view().events(which).unwrap().iter().map(|event| event.id.0).collect::<Vec<_>>()
    };
    assert_eq!(found(&ledger, Events::All), [1, 2, 3, 4, 5]);
    assert_eq!(found(&ledger, Events::OfTask(INVOICES)), [3, 4, 5]);
    assert_eq!(found(&ledger, Events::OfMail(InboxId(3))), [5]);
    assert_eq!(found(&ledger, Events::From(EventId(4))), [4, 5]);
    assert_eq!(found(&ledger, Events::Since(minute(30))), [5]);
    let read = ledger.view().events(Events::OfMail(InboxId(3))).unwrap();
    assert_eq!((read[0].at, &read[0].cause, &read[0].fact), (minute(30), &event.cause, &event.fact));
}

#[test]
fn looking_ends_where_the_looker_wants_it_to() {
    let (_dir, ledger) = with_a_task();
    let mut seen = 0;
    let ended = ledger.view().each_event(Events::All, |_| {
        seen += 1;
        if seen == 2 { Err(LedgerError::NoSuch("need for more".to_owned())) } else { Ok(()) }
    });
    assert!(ended.is_err());
    assert_eq!(seen, 2);
}

#[test]
fn a_read_shows_one_moment_whatever_others_write_meanwhile() {
    let (dir, mut ledger) = with_a_task();
    let mut other = reopen(dir.path());
    let count = |view: View<'_>| view.head().map(|head| head.count);
    let (before, after) = ledger
        .read(|view| {
            let before = count(view)?;
            append(&mut other, Fact::WordReceived { task: INVOICES });
            Ok::<_, LedgerError>((before, count(view)?))
        })
        .unwrap();
    assert_eq!((before, after), (4, 4));
    assert_eq!(count(ledger.view()).unwrap(), 5);
}
