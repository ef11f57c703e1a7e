//! The record: only ever added to, chained, verifiable, and forgetful about words alone.

use crate::support::*;
use handback::{
    domain::event::Fact,
    ledger::{Events, LedgerError, Verdict},
    remedy::Remedy,
};

#[test]
fn what_is_written_is_read_back_word_for_word() {
    let (_dir, mut ledger) = with_a_task();
    let asked = Fact::QuestionAsked {
        task: INVOICES,
        question: 1,
        words: "Which folder, \"A\" or {\"words\": \"B\"}?".into(),
        holds_work: true,
    };
    append(&mut ledger, asked.clone());
    let events = ledger.view().events(Events::OfTask(INVOICES)).unwrap();
    assert_eq!(events.last().unwrap().fact, asked);
    assert_eq!(ledger.view().task(INVOICES).unwrap().unwrap().questions.len(), 1);
    assert!(matches!(ledger.verify(None).unwrap(), Verdict::Sound { .. }));
}

#[test]
fn a_fact_about_nothing_known_is_refused_and_leaves_no_trace() {
    let (_dir, mut ledger) = empty();
    let before = ledger.view().head().unwrap();
    let event = handback::domain::event::NewEvent {
        cause: handback::domain::event::Cause::Timer,
        fact: Fact::TaskHandedOver { task: INVOICES },
    };
    let error = ledger.write(minute(0), |tx| tx.append(&event)).unwrap_err();
    assert!(matches!(&error, LedgerError::NoSuch(what) if what == "task HB-1"), "{error}");
    assert_eq!(error.remedy(), Remedy::SetAside);
    assert_eq!(ledger.view().head().unwrap(), before);
}
