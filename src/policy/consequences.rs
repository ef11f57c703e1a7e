//! What follows from the statements of one mail on one task, all applied together by one table.
//!
//! Blocked or a question beats done, a part that remains beats done, and only `done` with `whole: yes` from a
//! proven sender hands the task back. A doubt about `done` or `confirm` gives the assistant one specific question,
//! once; every other doubt goes to the owner with the words.

use super::{Step, quote::sentence};
use crate::domain::{
    brief::FileRef,
    event::Fact,
    id::{InboxId, PersonId},
    notice::{Notice, NoticeKey, NoticeKind, Slot},
    person::Level,
    statement::{Act, Said, Statement, Whole},
    task::{Stage, Task},
    time::Moment,
    words::Words,
};
use chrono::{DateTime, Utc};

/// What one mail says about one task.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    pub inbox: InboxId,
    pub person: PersonId,
    pub level: Level,
    pub statements: &'a [&'a Statement],
    /// Words that no statement explains, where the owner has to look at them.
    pub unexplained: Option<&'a str>,
    /// All that the sender newly typed.
    pub own_words: &'a str,
    pub files: &'a [FileRef],
}

/// What the owner has to hear about a report besides the digest, with the words it rests on.
struct Told<'a> {
    kind: NoticeKind,
    words: Vec<&'a str>,
}

/// Decides what follows from `report` for `task`. `asked_back` of the result says that a question went back.
pub fn follow(report: &Report<'_>, task: &Task, now: DateTime<Utc>) -> (Step, bool) {
    let mut table = Table { report, task, now, step: Step::default(), told: Vec::new(), asked_back: false };
    table.step.facts.push(Fact::WordReceived { task: task.id });
    for statement in report.statements {
        if statement.applied { table.believe(statement) } else { table.doubt(statement) }
    }
    table.deliver();
    if let Some(words) = report.unexplained {
        table.raise(None, words);
    }
    table.finish()
}

struct Table<'a> {
    report: &'a Report<'a>,
    task: &'a Task,
    now: DateTime<Utc>,
    step: Step,
    told: Vec<Told<'a>>,
    asked_back: bool,
}

impl<'a> Table<'a> {
    /// Writes down what a believed statement means, `done` excepted: that one waits for the others.
    fn believe(&mut self, statement: &'a Statement) {
        let task = self.task.id;
        let said = self.in_full(statement);
        let words: Words = said.into();
        match &statement.said {
            Said::Confirm { understood } => match self.task.stage {
                Stage::HandedOver => self.confirm(*understood),
                Stage::Confirmed if *understood && !self.task.understood => self.confirm(true),
                // Said again, or about something else: nothing follows.
                Stage::Draft
                | Stage::Confirmed
                | Stage::HandedBack
                | Stage::Closed
                | Stage::Declined
                | Stage::Cancelled => {}
            },
            Said::Decline => {
                self.step.facts.push(Fact::TaskDeclined { task, words });
                self.tell(NoticeKind::NeedsOwner, said);
            }
            Said::Question if self.asks_already(&words) => {}
            Said::Question => {
                let earlier =
                    self.step.facts.iter().filter(|fact| matches!(fact, Fact::QuestionAsked { .. })).count();
                let question = self.task.next_question.saturating_add(u32::try_from(earlier).unwrap_or(u32::MAX));
                let holds_work = self.task.stage == Stage::HandedOver || self.believes(Act::Blocked);
                self.step.facts.push(Fact::QuestionAsked { task, question, words, holds_work });
                self.tell(NoticeKind::Question, said);
            }
            Said::Progress { percent, eta } => {
                self.report_progress(*percent, *eta, said);
                if eta.is_some_and(|eta| self.task.is_late(eta)) {
                    self.tell(NoticeKind::NeedsOwner, said);
                }
            }
            Said::Blocked => {
                self.block(said);
                self.tell(NoticeKind::NeedsOwner, said);
            }
            Said::Extension { date } => {
                self.step.facts.push(Fact::DateProposed { task, date: *date, words });
                self.tell(NoticeKind::NeedsOwner, said);
            }
            Said::Hours { minutes: Some(minutes) } => {
                self.step.facts.push(Fact::HoursBooked { task, minutes: *minutes, words });
            }
            Said::Hours { minutes: None } | Said::Expense { .. } => {
                self.raise(Some(statement.said.clone()), said);
            }
            Said::Suggestion | Said::Absence { .. } | Said::Capacity { .. } => {
                let said = statement.said.clone();
                self.step.facts.push(Fact::Noted { person: self.report.person, task: Some(task), said, words });
            }
            Said::Done { .. } => {}
        }
    }

    fn doubt(&mut self, statement: &'a Statement) {
        let said = self.in_full(statement);
        match statement.act() {
            Act::Confirm if self.task.stage != Stage::HandedOver => {}
            Act::Confirm | Act::Done => self.ask_back(&statement.said, said),
            Act::Decline
            | Act::Question
            | Act::Progress
            | Act::Blocked
            | Act::Extension
            | Act::Hours
            | Act::Expense
            | Act::Suggestion
            | Act::Absence
            | Act::Capacity => self.raise(Some(statement.said.clone()), said),
        }
    }

    /// Decides what the believed `done` statements amount to.
    fn deliver(&mut self) {
        let report = self.report;
        let mut parts: Vec<u8> = Vec::new();
        let mut whole = None;
        for statement in report.statements.iter().filter(|statement| statement.applied) {
            if let Said::Done { whole: said } = statement.said {
                match said {
                    Whole::No => parts.extend(&statement.parts),
                    // "The task is complete, the sheet is attached": one clear word is enough.
                    Whole::Yes => whole = Some((said, *statement)),
                    Whole::Unsure => whole = whole.or(Some((said, *statement))),
                }
            }
        }
        let known = |part: &u8| self.task.brief.parts.iter().any(|known| known.number == *part);
        parts.retain(known);
        let task = self.task.id;
        self.step.facts.extend(parts.iter().map(|part| Fact::PartDelivered { task, part: *part }));
        let Some((said, statement)) = whole else {
            if self.believes(Act::Done) && !self.believes(Act::Progress) {
                self.report_as_progress();
            }
            return;
        };
        let words = self.in_full(statement);
        let held_up = self.believes(Act::Blocked) || self.believes(Act::Question) || self.believes(Act::Extension);
        match (said, self.task.stage) {
            (_, Stage::HandedBack | Stage::Draft | Stage::Closed | Stage::Cancelled) => {
                // The owner is looking already: the new words and files are for their eyes.
                self.raise(Some(statement.said.clone()), words);
            }
            (_, Stage::HandedOver | Stage::Confirmed | Stage::Declined) if held_up => self.report_as_progress(),
            (Whole::Yes, Stage::HandedOver | Stage::Confirmed | Stage::Declined) if report.level >= Level::Proven => {
                self.hand_back();
            }
            (Whole::Yes, Stage::HandedOver | Stage::Confirmed | Stage::Declined) => {
                self.raise(Some(statement.said.clone()), words); // the sender is not proven
            }
            (Whole::Unsure | Whole::No, Stage::HandedOver | Stage::Confirmed | Stage::Declined) => {
                self.ask_back(&statement.said, words);
            }
        }
    }

    /// What people read of a statement: the whole sentence that its words stand in.
    fn in_full(&self, statement: &'a Statement) -> &'a str {
        let all = self.report.own_words;
        let found = all.get(statement.span.clone()) == Some(statement.words.as_str());
        found.then(|| sentence(all, &statement.span)).flatten().unwrap_or(&statement.words)
    }

    /// Two lines that say "understood" confirm once.
    fn confirm(&mut self, understood: bool) {
        let task = self.task.id;
        for fact in &mut self.step.facts {
            if let Fact::TaskConfirmed { understood: already, .. } = fact {
                *already |= understood;
                return;
            }
        }
        self.step.facts.push(Fact::TaskConfirmed { task, understood });
    }

    /// Two questions of one sentence are asked in one go.
    fn asks_already(&self, sentence: &Words) -> bool {
        let same = |fact: &Fact| matches!(fact, Fact::QuestionAsked { words, .. } if words == sentence);
        self.step.facts.iter().any(same)
    }

    /// All that one mail says is in the way is one obstacle.
    fn block(&mut self, said: &str) {
        let task = self.task.id;
        for fact in &mut self.step.facts {
            if let Fact::WorkBlocked { words, .. } = fact {
                return join(words, said);
            }
        }
        self.step.facts.push(Fact::WorkBlocked { task, words: said.into() });
    }

    fn hand_back(&mut self) {
        let report = self.report;
        self.step.facts.push(Fact::TaskHandedBack {
            task: self.task.id,
            words: report.own_words.into(),
            files: report.files.to_vec(),
            mail: Some(report.inbox),
        });
        self.told.push(Told { kind: NoticeKind::HandedBack, words: vec![report.own_words] });
    }

    fn report_as_progress(&mut self) {
        self.report_progress(None, None, self.report.own_words);
    }

    /// One mail makes one report: "31 of 40 are ready, the rest comes on Friday" says how far and until when.
    fn report_progress(&mut self, percent: Option<u8>, eta: Option<Moment>, said: &str) {
        for fact in &mut self.step.facts {
            if let Fact::ProgressReported { percent: far, eta: when, words, .. } = fact {
                (*far, *when) = (percent.or(*far), eta.or(*when));
                return join(words, said);
            }
        }
        let (words, files) = (said.into(), self.report.files.to_vec());
        self.step.facts.push(Fact::ProgressReported { task: self.task.id, percent, eta, words, files });
    }

    /// Asks the assistant, where nothing was asked back yet; then the owner has to look.
    fn ask_back(&mut self, said: &Said, words: &'a str) {
        if self.task.asked_back || self.asked_back {
            self.raise(Some(said.clone()), words);
            return;
        }
        self.asked_back = true;
        let (inbox, task) = (self.report.inbox, self.task.id);
        self.step.facts.push(Fact::AskedBack { inbox, task, said: Some(said.clone()), words: words.into() });
        self.step.notices.push(Notice {
            key: NoticeKey {
                task: Some(task),
                kind: NoticeKind::NotUnderstood,
                person: self.report.person,
                slot: Slot::Mail(inbox),
            },
            words: Some(words.into()),
            mail: Some(inbox),
            not_before: self.now,
            drop_after: None,
        });
    }

    fn raise(&mut self, said: Option<Said>, words: &str) {
        let (inbox, task) = (self.report.inbox, self.task.id);
        self.step.facts.push(Fact::DoubtRaised { inbox, task, said, words: words.into() });
    }

    fn tell(&mut self, kind: NoticeKind, words: &'a str) {
        match self.told.iter_mut().find(|told| told.kind == kind) {
            Some(told) if told.words.contains(&words) => {}
            Some(told) => told.words.push(words),
            None => self.told.push(Told { kind, words: vec![words] }),
        }
    }

    fn believes(&self, act: Act) -> bool {
        self.report.statements.iter().any(|statement| statement.applied && statement.act() == act)
    }

    fn finish(mut self) -> (Step, bool) {
        // Going on ends what blocked the work, but not what the same mail says blocks it.
        self.step.facts.sort_by_key(|fact| matches!(fact, Fact::WorkBlocked { .. }));
        for told in self.told {
            let key = NoticeKey {
                task: Some(self.task.id),
                kind: told.kind,
                person: PersonId::OWNER,
                slot: Slot::Mail(self.report.inbox),
            };
            let words = Some(told.words.join("\n\n").into());
            let mail = Some(self.report.inbox);
            self.step.notices.push(Notice { key, words, mail, not_before: self.now, drop_after: None });
        }
        (self.step, self.asked_back)
    }
}

/// Adds another sentence of the same mail.
fn join(words: &mut Words, more: &str) {
    if !words.as_str().contains(more) {
        *words = format!("{words}\n{more}").into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::statement::Confidence,
        policy::test_tasks::{ANA, after, at, handed_over},
    };

    fn statement(said: Said, words: &str, applied: bool) -> Statement {
        let confidence = Confidence::permille(if applied { 970 } else { 700 });
        let span = 0..words.len();
        Statement { said, words: words.into(), span, confidence, applied, task: None, parts: vec![], because: vec![] }
    }

    fn done(whole: Whole) -> Statement {
        statement(Said::Done { whole }, "All 64 are matched.", true)
    }

    fn question() -> Statement {
        statement(Said::Question, "Which folder?", true)
    }

    fn run(statements: &[Statement], task: &Task, level: Level) -> (Step, bool) {
        let statements: Vec<&Statement> = statements.iter().collect();
        let report = Report {
            inbox: InboxId(7),
            person: ANA,
            level,
            statements: &statements,
            unexplained: None,
            own_words: "All of it.",
            files: &[],
        };
        follow(&report, task, at("2026-03-03T12:00:00Z"))
    }

    /// What becomes of a confirmed task of Ana's: its stage, what the owner owes, and the letters planned.
    #[track_caller]
    fn check(statements: &[Statement], stage: Stage, letters: &[NoticeKind]) {
        let task = handed_over(1, ANA);
        let task = after(task.clone(), &[Fact::TaskConfirmed { task: task.id, understood: true }]);
        let (step, _) = run(statements, &task, Level::Proven);
        assert_eq!(after(task, &step.facts).stage, stage);
        let planned: Vec<NoticeKind> = step.notices.iter().map(|notice| notice.key.kind).collect();
        assert_eq!(planned, letters);
    }

    #[test]
    fn only_the_whole_work_hands_the_task_back() {
        check(&[done(Whole::Yes)], Stage::HandedBack, &[NoticeKind::HandedBack]);
        check(&[done(Whole::No)], Stage::Confirmed, &[]);
        check(&[done(Whole::Unsure)], Stage::Confirmed, &[NoticeKind::NotUnderstood]);
    }

    #[test]
    fn a_question_a_block_or_a_later_date_beats_done() {
        check(&[done(Whole::Yes), question()], Stage::Confirmed, &[NoticeKind::Question]);
        let blocked = statement(Said::Blocked, "The login fails.", true);
        check(&[done(Whole::Yes), blocked], Stage::Confirmed, &[NoticeKind::NeedsOwner]);
        let later = statement(Said::Extension { date: None }, "I need until Monday.", true);
        check(&[done(Whole::Yes), later], Stage::Confirmed, &[NoticeKind::NeedsOwner]);
    }

    #[test]
    fn one_clear_word_that_all_is_done_is_enough() {
        check(&[done(Whole::Yes), done(Whole::Unsure)], Stage::HandedBack, &[NoticeKind::HandedBack]);
        check(&[done(Whole::Unsure), done(Whole::Yes)], Stage::HandedBack, &[NoticeKind::HandedBack]);
    }

    #[test]
    fn one_mail_makes_one_report_of_how_far_and_until_when() {
        let friday = Moment::Day { date: "2026-03-06".parse().unwrap(), zone: chrono_tz::Tz::Europe__Lisbon };
        let far = statement(Said::Progress { percent: Some(78), eta: None }, "31 of 40 are ready.", true);
        let when = statement(Said::Progress { percent: None, eta: Some(friday) }, "The rest on Friday.", true);
        for said in [[far.clone(), when.clone()], [when, far]] {
            let (step, _) = run(&said, &handed_over(1, ANA), Level::Proven);
            let progress = after(handed_over(1, ANA), &step.facts).progress.unwrap();
            assert_eq!((progress.percent, progress.eta), (Some(78), Some(friday)));
            assert_eq!(step.facts.iter().filter(|fact| matches!(fact, Fact::ProgressReported { .. })).count(), 1);
        }
    }

    #[test]
    fn what_a_mail_says_is_in_the_way_outlasts_what_it_says_is_ready() {
        let blocked = statement(Said::Blocked, "The login fails.", true);
        let stuck = statement(Said::Blocked, "I am stuck.", true);
        let (step, _) = run(&[blocked.clone(), stuck], &handed_over(1, ANA), Level::Proven);
        let words = after(handed_over(1, ANA), &step.facts).blocked.map(|remark| remark.words);
        assert_eq!(words.as_ref().map(Words::as_str), Some("The login fails.\nI am stuck."));
        let progress = statement(Said::Progress { percent: Some(58), eta: None }, "22 of 38 are answered.", true);
        for said in [[blocked.clone(), progress], [blocked, done(Whole::Yes)]] {
            let (step, _) = run(&said, &handed_over(1, ANA), Level::Proven);
            assert!(after(handed_over(1, ANA), &step.facts).blocked.is_some());
        }
    }

    #[test]
    fn done_from_an_unproven_sender_waits_for_the_owner() {
        let (step, _) = run(&[done(Whole::Yes)], &handed_over(1, ANA), Level::Token);
        let task = after(handed_over(1, ANA), &step.facts);
        assert_eq!(task.stage, Stage::HandedOver);
        assert_eq!(task.doubts.len(), 1);
    }

    #[test]
    fn a_doubtful_done_asks_the_assistant_once_and_then_the_owner() {
        let doubtful = [statement(Said::Done { whole: Whole::Yes }, "should be all", false)];
        let (step, asked) = run(&doubtful, &handed_over(1, ANA), Level::Proven);
        assert!(asked);
        let task = after(handed_over(1, ANA), &step.facts);
        assert!(task.doubts.is_empty());
        let (step, asked) = run(&doubtful, &task, Level::Proven);
        assert!(!asked);
        assert_eq!(after(task, &step.facts).doubts.len(), 1);
    }

    #[test]
    fn any_other_doubt_goes_to_the_owner_and_moves_no_date() {
        let later = statement(Said::Extension { date: None }, "maybe Monday", false);
        let before = handed_over(1, ANA);
        let (step, asked) = run(&[later], &before, Level::Proven);
        let task = after(before.clone(), &step.facts);
        assert!(!asked);
        assert_eq!((task.doubts.len(), task.due, task.proposal), (1, before.due, None));
    }

    #[test]
    fn two_questions_are_two_questions_in_one_letter() {
        let (step, _) =
            run(&[question(), statement(Said::Question, "Which year?", true)], &handed_over(1, ANA), Level::Proven);
        assert_eq!(step.notices.len(), 1);
        assert_eq!(step.notices[0].words.as_ref().map(Words::as_str), Some("Which folder?\n\nWhich year?"));
        let task = after(handed_over(1, ANA), &step.facts);
        assert_eq!(task.questions.iter().map(|question| question.number).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn people_read_the_whole_sentence_of_what_was_said() {
        let words = "All of it";
        let question = Statement { span: 0..words.len(), words: words.into(), ..question() };
        let (step, _) = run(&[question.clone(), question], &handed_over(1, ANA), Level::Proven);
        let task = after(handed_over(1, ANA), &step.facts);
        assert_eq!(task.questions.iter().map(|question| question.words.as_str()).collect::<Vec<_>>(), ["All of it."]);
        assert_eq!(step.notices[0].words.as_ref().map(Words::as_str), Some("All of it."));
    }

    #[test]
    fn a_task_is_confirmed_once_however_often_a_mail_says_so() {
        let understood = |understood| statement(Said::Confirm { understood }, "Yes.", true);
        let (step, _) = run(&[understood(false), understood(true)], &handed_over(1, ANA), Level::Proven);
        let confirmed: Vec<_> = step.facts.iter().filter(|fact| matches!(fact, Fact::TaskConfirmed { .. })).collect();
        assert_eq!(confirmed, [&Fact::TaskConfirmed { task: crate::domain::id::TaskId(1), understood: true }]);
    }

    #[test]
    fn hours_are_booked_when_they_are_a_number_and_shown_when_they_are_not() {
        let booked = statement(Said::Hours { minutes: Some(135) }, "2h15", true);
        let vague = statement(Said::Hours { minutes: None }, "most of the afternoon", true);
        let (step, _) = run(&[booked, vague], &handed_over(1, ANA), Level::Proven);
        let task = after(handed_over(1, ANA), &step.facts);
        assert_eq!((task.minutes_used, task.doubts.len()), (135, 1));
    }
}
