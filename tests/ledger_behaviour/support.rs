//! A real ledger in a folder of its own, and the things that go into it.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use handback::{
    domain::{
        brief::{Brief, Due},
        calendar::{Calendar, Day, Hours},
        event::{Cause, Fact, NewEvent},
        id::{Address, InboxId, LetterId, MessageId, NoticeId, PersonId, TaskId},
        letter::Letter,
        mail::{Fetched, Window},
        notice::{Notice, NoticeKey, NoticeKind, Slot},
        person::{Profile, Role},
        time::WallTime,
        token::Token,
    },
    ledger::{Clocking, InboxRow, Ledger, LedgerError, Opening, Tx},
};
use std::path::Path;

pub(crate) const MARIA: PersonId = PersonId(2);
pub(crate) const INVOICES: TaskId = TaskId(1);

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A Monday morning in March, and the minutes after it.
pub(crate) fn minute(minutes: i64) -> DateTime<Utc> {
    at("2026-03-02T09:00:00Z") + TimeDelta::minutes(minutes)
}

/// An empty ledger.
pub(crate) fn empty() -> (tempfile::TempDir, Ledger) {
    let dir = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(dir.path(), Clocking::Running).unwrap();
    (dir, ledger)
}

/// A ledger with an owner, Maria, and one task that was handed over to her.
pub(crate) fn with_a_task() -> (tempfile::TempDir, Ledger) {
    let (dir, mut ledger) = empty();
    append(
        &mut ledger,
        Fact::PersonAdded {
            person: PersonId::OWNER,
            role: Role::Owner,
            profile: profile("Olu Owner", "olu@shop.example"),
            hello: false,
        },
    );
    append(&mut ledger, maria());
    append(&mut ledger, Fact::TaskDrafted { task: INVOICES, assistant: MARIA, brief: brief("August invoices") });
    append(&mut ledger, Fact::TaskHandedOver { task: INVOICES });
    (dir, ledger)
}

pub(crate) fn reopen(dir: &Path) -> Ledger {
    Ledger::open(dir, Opening::Command, minute(0)).unwrap()
}

pub(crate) fn append(ledger: &mut Ledger, fact: Fact) {
    let event = NewEvent { cause: Cause::Timer, fact };
    ledger.write(minute(0), |tx| tx.append(&event)).unwrap();
}

pub(crate) fn maria() -> Fact {
    Fact::PersonAdded {
        person: MARIA,
        role: Role::Assistant,
        profile: profile("Maria Santos", "Maria@Mail.example"),
        hello: true,
    }
}

pub(crate) fn profile(name: &str, address: &str) -> Profile {
    Profile { name: name.into(), address: address.into(), calendar: calendar(), fallback: None }
}

fn calendar() -> Calendar {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    Calendar {
        zone: Tz::Asia__Manila,
        days: [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri].into(),
        working: Hours { from: hour(9), to: hour(18) },
        letters: Hours { from: hour(7), to: hour(20) },
        holidays: [].into(),
        absences: Vec::new(),
    }
}

pub(crate) fn brief(title: &str) -> Brief {
    Brief {
        title: title.into(),
        why: None,
        outcome: "all of August is in the sheet".into(),
        steps: vec!["sort them".into(), "enter them".into()],
        parts: Vec::new(),
        due: due(3),
        limit_minutes: Some(240),
        pay: None,
        update: None,
        files: Vec::new(),
    }
}

pub(crate) fn due(days: i64) -> Due {
    Due { by: WallTime::from_instant(minute(0) + TimeDelta::days(days), Tz::Asia__Manila), hard: false }
}

pub(crate) fn reminder(slot: u8) -> Notice {
    Notice {
        key: NoticeKey {
            task: Some(INVOICES),
            kind: NoticeKind::RemindToConfirm,
            person: MARIA,
            slot: Slot::Rung { revision: 0, rung: slot },
        },
        words: None,
        mail: None,
        not_before: minute(60),
        drop_after: Some(minute(600)),
    }
}

/// Plans a notice and returns its row.
pub(crate) fn plan(tx: &Tx<'_>, notice: &Notice) -> Result<NoticeId, LedgerError> {
    assert!(tx.plan(notice)?);
    Ok(tx.view().notice_by_key(&notice.key)?.unwrap().id)
}

pub(crate) fn letter(id: LetterId, tasks: &[TaskId]) -> Letter {
    let address = |text: &str| text.parse::<Address>().unwrap();
    Letter {
        id,
        kind: NoticeKind::RemindToConfirm,
        to: MARIA,
        tasks: tasks.to_vec(),
        token: Token { letter: id, mac: [7; 10] },
        from_name: "Olu's tasks".to_owned(),
        from_address: address("tasks@shop.example"),
        to_name: "Maria Santos".to_owned(),
        to_address: address("maria@mail.example"),
        subject: "[HB-1] August invoices".to_owned(),
        date: minute(0),
        message_id: MessageId(format!("{id}.token@shop.example")),
        in_reply_to: None,
        references: Vec::new(),
        text: "Maria, is the task clear?".to_owned(),
        html: "<p>Maria, is the task clear?</p>".to_owned(),
        files: Vec::new(),
    }
}

/// A window of mails with these UIDs, each with bytes of its own.
pub(crate) fn window(uids: &[u32]) -> Window {
    Window {
        folder: "INBOX".to_owned(),
        uid_validity: 1,
        mails: uids.iter().map(|uid| mail(*uid, &format!("Subject: mail {uid}\r\n\r\nok\r\n"))).collect(),
        upto: uids.iter().copied().max().unwrap_or(0),
        unreadable: Vec::new(),
        read_to_end: true,
    }
}

pub(crate) fn mail(uid: u32, raw: &str) -> Fetched {
    Fetched { uid, raw: raw.into(), size: u64::try_from(raw.len()).unwrap(), partial: false }
}

pub(crate) fn ids(rows: &[InboxRow]) -> Vec<InboxId> {
    rows.iter().map(|row| row.id).collect()
}

/// A second, raw hand on the file, for what handback itself would never do.
pub(crate) fn raw_hand(dir: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(dir.join("ledger.sqlite")).unwrap()
}
