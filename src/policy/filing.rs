//! How one received mail ends, and what is written down for it. Every mail ends with a named outcome.

use super::{Step, correction::Correction, matching::Traces, orders, reply};
use crate::domain::{
    brief::FileRef,
    command::OwnerCommand,
    event::{Cause, Fact, NewEvent, Outcome},
    id::{InboxId, TaskId},
    notice::Notice,
    person::{Level, Person, Role},
    statement::Said,
    task::Task,
    understanding::{Author, OwnWords, Understanding},
};
use chrono::{DateTime, Utc};

/// What is known about a received mail before it is filed.
#[derive(Debug, Clone)]
pub struct Received {
    pub inbox: InboxId,
    /// Who it is from, where the one From address is on file.
    pub sender: Option<Person>,
    pub level: Level,
    /// One of our own letters, come back to our own mailbox.
    pub ours: bool,
    /// It lay in the junk folder.
    pub junk: bool,
    /// Too large to be fetched whole: its words were read, and its files were not.
    pub partial: bool,
    /// It came before, with the same content.
    pub duplicate: bool,
    /// The same Message-ID came before, with other content.
    pub reused_id: bool,
    /// More mails of this sender in the last hour than the quota allows.
    pub over_quota: bool,
    pub author: Author,
    /// What a machine said, in words for the owner: addresses that bounced, days of absence.
    pub machine_note: Option<MachineNote>,
    pub traces: Traces,
    pub files: Vec<FileRef>,
}

/// What is worth knowing of a mail that a machine wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MachineNote {
    /// A letter of ours could not be delivered for good.
    Undeliverable { to: String },
    /// The sender is away, in the words of their mail program.
    Away { from: Option<chrono::NaiveDate>, to: Option<chrono::NaiveDate>, words: String },
}

/// What the reader made of the mail.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    pub own_words: OwnWords,
    pub understanding: Understanding,
    /// Where the owner wrote it: the orders found, and a sentence for each that was not understood.
    pub commands: Vec<Result<OwnerCommand, String>>,
}

/// How a mail ends and what is written down for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    pub outcome: Outcome,
    /// Why, in words for the ledger and the owner.
    pub why: String,
    pub tasks: Vec<TaskId>,
    pub events: Vec<NewEvent>,
    pub notices: Vec<Notice>,
}

impl Filing {
    pub(super) fn ended(outcome: Outcome, why: impl Into<String>) -> Self {
        Self { outcome, why: why.into(), tasks: Vec::new(), events: Vec::new(), notices: Vec::new() }
    }

    pub(super) fn take(&mut self, inbox: InboxId, step: Step) {
        self.take_because(&Cause::Mail { inbox, from: 0, to: 0 }, step);
    }

    pub(super) fn take_because(&mut self, cause: &Cause, step: Step) {
        self.events.extend(step.facts.into_iter().map(|fact| NewEvent { cause: cause.clone(), fact }));
        self.notices.extend(step.notices);
    }
}

/// The office as far as one mail can touch it: people, and tasks of theirs.
#[derive(Debug, Clone, Copy)]
pub struct Office<'a> {
    pub people: &'a [Person],
    pub tasks: &'a [Task],
    /// How many tasks the owner may still close by mail in this while.
    pub closings_left: usize,
    /// For each `READ` among the orders of the mail, the mail that it puts right, or why there is none.
    pub corrections: &'a [Result<Correction, String>],
}

/// Decides how `received` ends.
pub fn file(received: &Received, reading: &Reading, office: Office<'_>, reader: u32, now: DateTime<Utc>) -> Filing {
    if let Some(ended) = before_reading(received) {
        return ended;
    }
    let Some(sender) = &received.sender else {
        return Filing::ended(Outcome::Held, "the sender is not on file");
    };
    let mut filing = match sender.role {
        Role::Owner => orders::file(received, reading, office, now),
        Role::Assistant => reply::file(received, sender, reading, office, reader, now),
    };
    if received.reused_id {
        filing.why.push_str("; its Message-ID came before with other content");
    }
    if received.partial {
        filing.why.push_str("; too large to be fetched whole, so its files stayed in the mailbox");
    }
    filing
}

/// The ends that need no reading: ours, doubled, by a machine, not to be trusted.
pub fn before_reading(received: &Received) -> Option<Filing> {
    let held = |why: &str| Some(Filing::ended(Outcome::Held, why));
    if received.ours {
        return Some(Filing::ended(Outcome::Ours, "one of our own letters"));
    }
    if received.duplicate {
        return Some(Filing::ended(Outcome::Duplicate, "came before with the same content"));
    }
    if received.junk && (received.sender.is_none() || received.traces.by_token.is_empty()) {
        return Some(Filing::ended(Outcome::Automatic, "junk: its sender is not on file, or it has no valid token"));
    }
    if let Some(ended) = by_machine(received) {
        return Some(ended);
    }
    let Some(sender) = &received.sender else {
        return held("the sender is not on file");
    };
    match (sender.role, received.level) {
        (_, Level::Stranger) => held("the sender's mail server could not vouch for the address"),
        (Role::Owner, Level::Claimed | Level::Token | Level::Proven) => {
            held("it says it is from the owner, without proof")
        }
        (Role::Assistant, Level::Claimed) => held("neither a valid token nor proof of the sender"),
        (Role::Owner, Level::Owner) | (Role::Assistant, Level::Token | Level::Proven | Level::Owner) => {
            if received.over_quota { held("too many mails from this sender within an hour") } else { None }
        }
    }
}

fn by_machine(received: &Received) -> Option<Filing> {
    let mut filing = match received.author {
        Author::Human => return None,
        Author::Bounce => Filing::ended(Outcome::Automatic, "a delivery report"),
        Author::AutoReply => Filing::ended(Outcome::Automatic, "an automatic answer"),
        Author::List => Filing::ended(Outcome::Automatic, "list mail"),
        Author::Robot => Filing::ended(Outcome::Automatic, "written by a machine"),
    };
    match (&received.machine_note, &received.sender) {
        (Some(MachineNote::Undeliverable { to }), _) => {
            filing.outcome = Outcome::Held;
            filing.why = format!("a letter to {to} could not be delivered");
        }
        (Some(MachineNote::Away { from, to, words }), Some(sender)) if received.level >= Level::Token => {
            filing.why = "an automatic answer: away".into();
            let fact = Fact::Noted {
                person: sender.id,
                task: None,
                said: Said::Absence { from: *from, to: *to },
                words: words.as_str().into(),
            };
            filing.take(received.inbox, Step { facts: vec![fact], notices: Vec::new() });
        }
        (Some(MachineNote::Away { .. }) | None, _) => {}
    }
    Some(filing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            id::TaskId,
            notice::NoticeKind,
            person::Hello,
            statement::{Confidence, Statement, Whole},
            task::Stage,
        },
        policy::test_tasks::{ANA, BEN, after, ana, at, handed_over, owner, received},
    };

    fn says(said: Said, task: Option<u32>) -> Statement {
        Statement {
            said,
            words: "some words".into(),
            span: 0..10,
            confidence: Confidence::permille(970),
            applied: true,
            task: task.map(TaskId),
            parts: vec![],
            because: vec![],
        }
    }

    fn reading(statements: Vec<Statement>) -> Reading {
        Reading { understanding: Understanding { statements, ..Understanding::default() }, ..Reading::default() }
    }

    fn confirm(task: Option<u32>) -> Statement {
        says(Said::Confirm { understood: true }, task)
    }

    fn file_with(received: &Received, reading: &Reading, tasks: &[Task]) -> Filing {
        let people = [owner(), ana()];
        file(
            received,
            reading,
            Office { people: &people, tasks, closings_left: 10, corrections: &[] },
            1,
            at("2026-03-03T12:00:00Z"),
        )
    }

    #[track_caller]
    fn check(received: Received, outcome: Outcome, why: &str) {
        let filing = file_with(&received, &reading(vec![confirm(None)]), &[handed_over(1, ANA), handed_over(3, BEN)]);
        assert_eq!((filing.outcome, filing.why.as_str()), (outcome, why));
        if outcome != Outcome::Filed {
            assert!(filing.notices.is_empty(), "nobody is written to");
        }
    }

    #[test]
    fn a_reply_with_a_valid_token_is_filed() {
        check(received(Some(ana()), Level::Token), Outcome::Filed, "task found by token");
    }

    #[test]
    fn what_cannot_be_trusted_is_held_and_not_answered() {
        check(received(None, Level::Stranger), Outcome::Held, "the sender is not on file");
        check(
            received(Some(ana()), Level::Stranger),
            Outcome::Held,
            "the sender's mail server could not vouch for the address",
        );
        check(received(Some(ana()), Level::Claimed), Outcome::Held, "neither a valid token nor proof of the sender");
        check(received(Some(owner()), Level::Claimed), Outcome::Held, "it says it is from the owner, without proof");
        let over = Received { over_quota: true, ..received(Some(ana()), Level::Proven) };
        check(over, Outcome::Held, "too many mails from this sender within an hour");
        let large = Received { partial: true, ..received(Some(ana()), Level::Proven) };
        let why = "task found by token; too large to be fetched whole, so its files stayed in the mailbox";
        check(large, Outcome::Filed, why);
    }

    #[test]
    fn our_own_doubled_and_automatic_mail_changes_nothing() {
        let from_ana = || received(Some(ana()), Level::Proven);
        check(Received { ours: true, ..from_ana() }, Outcome::Ours, "one of our own letters");
        check(Received { duplicate: true, ..from_ana() }, Outcome::Duplicate, "came before with the same content");
        check(Received { author: Author::List, ..from_ana() }, Outcome::Automatic, "list mail");
        let bounce = Received {
            author: Author::Bounce,
            machine_note: Some(MachineNote::Undeliverable { to: "ana@work.example.org".into() }),
            ..received(None, Level::Stranger)
        };
        check(bounce, Outcome::Held, "a letter to ana@work.example.org could not be delivered");
    }

    #[test]
    fn another_content_under_a_known_message_id_is_filed_and_flagged() {
        let reused = Received { reused_id: true, ..received(Some(ana()), Level::Proven) };
        check(reused, Outcome::Filed, "task found by token; its Message-ID came before with other content");
    }

    #[test]
    fn junk_is_read_for_known_people_with_a_token_alone() {
        let junk = |received| Received { junk: true, ..received };
        check(junk(received(Some(ana()), Level::Token)), Outcome::Filed, "task found by token");
        let why = "junk: its sender is not on file, or it has no valid token";
        check(junk(received(None, Level::Stranger)), Outcome::Automatic, why);
        let no_token = Received { traces: Traces::default(), ..received(Some(ana()), Level::Proven) };
        check(junk(no_token), Outcome::Automatic, why);
    }

    #[test]
    fn an_absence_notice_of_an_assistant_is_noted() {
        let away = Received {
            author: Author::AutoReply,
            machine_note: Some(MachineNote::Away {
                from: None,
                to: "2026-03-09".parse().ok(),
                words: "I am away.".into(),
            }),
            ..received(Some(ana()), Level::Proven)
        };
        let filing = file_with(&away, &Reading::default(), &[]);
        assert_eq!(filing.outcome, Outcome::Automatic);
        assert!(matches!(filing.events[0].fact, Fact::Noted { said: Said::Absence { .. }, .. }));
    }

    #[test]
    fn a_mail_that_names_no_task_or_a_foreign_one_is_held() {
        let no_trace = Received { traces: Traces::default(), ..received(Some(ana()), Level::Proven) };
        let tasks = [handed_over(1, ANA), handed_over(2, ANA)];
        let filing = file_with(&no_trace, &reading(vec![confirm(None)]), &tasks);
        assert_eq!((filing.outcome, filing.why.as_str()), (Outcome::Held, "nothing in it says which task is meant"));
        let foreign = Received {
            traces: Traces { in_subject: vec![TaskId(3)], ..Traces::default() },
            ..received(Some(ana()), Level::Proven)
        };
        check(foreign, Outcome::Held, "it names HB-3, which is not a task of the sender's");
    }

    #[test]
    fn an_answer_to_a_letter_about_several_tasks_has_to_say_which() {
        let tasks = [handed_over(1, ANA), handed_over(2, ANA)];
        let both = Received {
            traces: Traces { by_token: vec![TaskId(1), TaskId(2)], ..Traces::default() },
            ..received(Some(ana()), Level::Proven)
        };
        assert_eq!(file_with(&both, &reading(vec![confirm(None)]), &tasks).outcome, Outcome::Held);
        let filing = file_with(&both, &reading(vec![confirm(Some(1)), says(Said::Question, Some(2))]), &tasks);
        assert_eq!((filing.outcome, filing.tasks.as_slice()), (Outcome::Filed, &[TaskId(1), TaskId(2)][..]));
        let stage = |id: u32| {
            let facts: Vec<Fact> = filing.events.iter().map(|event| event.fact.clone()).collect();
            let facts: Vec<Fact> = facts.into_iter().filter(|fact| fact.task() == Some(TaskId(id))).collect();
            after(handed_over(id, ANA), &facts).stage
        };
        assert_eq!((stage(1), stage(2)), (Stage::Confirmed, Stage::HandedOver));
    }

    #[test]
    fn the_answer_to_our_hello_releases_the_tasks_that_waited() {
        let mut waiting = handed_over(1, ANA);
        waiting.stage = Stage::Draft;
        waiting.queued = true;
        let newcomer = Person { hello: Hello::Awaited, ..ana() };
        let mail = Received { traces: Traces::default(), ..received(Some(newcomer), Level::Proven) };
        let filing = file_with(&mail, &reading(vec![]), &[waiting]);
        assert_eq!((filing.outcome, filing.why.as_str()), (Outcome::Filed, "the answer to our hello"));
        assert!(matches!(filing.events[0].fact, Fact::HelloAnswered { level: Level::Proven, .. }));
        assert_eq!(filing.notices[0].key.kind, NoticeKind::Task);
    }

    #[test]
    fn hours_of_a_closed_task_are_booked_all_the_same() {
        let closed = after(handed_over(1, ANA), &[Fact::TaskCancelled { task: TaskId(1), words: None }]);
        let hours = says(Said::Hours { minutes: Some(90) }, None);
        let filing = file_with(&received(Some(ana()), Level::Proven), &reading(vec![hours]), &[closed]);
        assert_eq!(filing.outcome, Outcome::Filed);
        let booked = |event: &NewEvent| matches!(event.fact, Fact::HoursBooked { minutes: 90, .. });
        assert!(filing.events.iter().any(booked), "{:#?}", filing.events);
    }

    #[test]
    fn words_on_a_closed_task_are_held_for_the_owner() {
        let closed = after(handed_over(1, ANA), &[Fact::TaskCancelled { task: TaskId(1), words: None }]);
        let filing = file_with(&received(Some(ana()), Level::Proven), &reading(vec![confirm(None)]), &[closed]);
        assert_eq!((filing.outcome, filing.why.as_str()), (Outcome::Held, "HB-1 is cancelled already"));
    }

    #[test]
    fn words_that_nothing_explains_are_put_before_the_owner() {
        let mut unread = reading(vec![]);
        unread.own_words.text = "The moon is made of cheese.".into();
        unread.understanding.review = true;
        let filing = file_with(&received(Some(ana()), Level::Proven), &unread, &[handed_over(1, ANA)]);
        let doubt = |event: &NewEvent| matches!(&event.fact, Fact::DoubtRaised { words, .. } if words.as_str().contains("moon"));
        assert!(filing.events.iter().any(doubt));
    }

    #[test]
    fn a_weak_done_that_stands_alone_is_asked_about() {
        let weak = |permille| {
            let done = says(Said::Done { whole: Whole::Unsure }, None);
            let maybe = vec![Statement { confidence: Confidence::permille(permille), applied: false, ..done }];
            let understanding = Understanding { maybe, review: true, ..Understanding::default() };
            let reading = Reading { understanding, ..Reading::default() };
            file_with(&received(Some(ana()), Level::Proven), &reading, &[handed_over(1, ANA)]).outcome
        };
        assert_eq!((weak(490), weak(390)), (Outcome::AskedBack, Outcome::Filed));
    }

    #[test]
    fn every_statement_is_on_record_with_its_place_in_the_mail() {
        let whole = says(Said::Done { whole: Whole::Yes }, None);
        let filing = file_with(&received(Some(ana()), Level::Proven), &reading(vec![whole]), &[handed_over(1, ANA)]);
        let read = |event: &NewEvent| {
            matches!(event.fact, Fact::StatementRead { reader: 1, .. })
                && event.cause == Cause::Mail { inbox: InboxId(7), from: 0, to: 10 }
        };
        assert!(filing.events.iter().any(read));
    }
}
