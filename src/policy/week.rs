//! What the first digest of a week tells of the week before: what was handed over and back, and how well replies were
//! read.

use crate::domain::{
    calendar::Calendar,
    event::{Event, Fact, TakenBack},
    id::{InboxId, TaskId},
    lesson::Lesson,
    statement::Act,
    task::Stage,
    time::instant,
};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// One week that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    pub monday: NaiveDate,
    pub sunday: NaiveDate,
    pub opened: usize,
    pub handed_back: usize,
    pub closed: usize,
    pub cancelled: usize,
    /// Only acts of which there is something to tell, in the order of [`Act::ALL`].
    pub acts: Vec<(Act, Tally)>,
    /// Statements that were not believed, and so put to the owner or the assistant.
    pub doubted: usize,
}

/// How one act was read. What nobody put right counts as right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Statements that were believed.
    pub read: usize,
    /// Of those, the ones that the owner said were none.
    pub wrong: usize,
    /// Those that the owner alone found.
    pub missed: usize,
}

/// When the week of `now` began on this calendar.
pub fn began(calendar: &Calendar, now: DateTime<Utc>) -> DateTime<Utc> {
    start_of(monday_of(calendar.today(now)), calendar)
}

/// When the week before that began: events that reach back to it are enough for [`week`].
pub fn began_before(calendar: &Calendar, now: DateTime<Utc>) -> DateTime<Utc> {
    start_of(back(monday_of(calendar.today(now)), 7), calendar)
}

/// Sums up the week before that of `now`. Corrections count until `now`, for they come when the owner gets to them.
/// None where nothing happened.
pub fn week(events: &[Event], calendar: &Calendar, now: DateTime<Utc>) -> Option<Week> {
    let this_monday = monday_of(calendar.today(now));
    let (from, to) = (began_before(calendar, now), began(calendar, now));
    let within = |event: &&Event| event.at >= from && event.at < to;
    let mut sums = Sums::default();
    events.iter().filter(within).for_each(|event| sums.follow(&event.fact));
    let mut last_words: BTreeMap<(InboxId, TaskId), &[Lesson]> = BTreeMap::new();
    for event in events {
        if let Fact::ReadingCorrected { inbox, task, lessons, .. } = &event.fact {
            last_words.insert((*inbox, *task), lessons);
        }
    }
    for ((inbox, _), lessons) in last_words {
        if sums.mails.contains(&inbox) {
            lessons.iter().for_each(|lesson| sums.put_right(lesson));
        }
    }
    let told = |act: &Act| sums.acts.get(act).map(|tally| (*act, *tally));
    let week = Week {
        monday: back(this_monday, 7),
        sunday: back(this_monday, 1),
        opened: sums.opened.len(),
        handed_back: sums.handed_back.len(),
        closed: sums.closed.len(),
        cancelled: sums.cancelled.len(),
        acts: Act::ALL.iter().filter_map(told).collect(),
        doubted: sums.doubted,
    };
    let tasks = week.opened + week.handed_back + week.closed + week.cancelled;
    (tasks + week.doubted > 0 || !week.acts.is_empty()).then_some(week)
}

#[derive(Debug, Default)]
struct Sums {
    opened: BTreeSet<TaskId>,
    handed_back: BTreeSet<TaskId>,
    closed: BTreeSet<TaskId>,
    cancelled: BTreeSet<TaskId>,
    /// Mails that were filed in the week.
    mails: BTreeSet<InboxId>,
    acts: BTreeMap<Act, Tally>,
    doubted: usize,
}

impl Sums {
    fn follow(&mut self, fact: &Fact) {
        if let Fact::TaskHandedOver { task } = fact {
            self.opened.insert(*task);
        } else if let Fact::TaskHandedBack { task, .. } = fact {
            self.handed_back.insert(*task);
        } else if let Fact::TakenBack { task, what: TakenBack::Stage { stage, .. } } = fact {
            if *stage != Stage::HandedBack {
                self.handed_back.remove(task);
            }
        } else if let Fact::TaskAccepted { task, .. } = fact {
            self.closed.insert(*task);
        } else if let Fact::TaskCancelled { task, .. } = fact {
            self.cancelled.insert(*task);
        } else if let Fact::MailConcluded { inbox, .. } = fact {
            self.mails.insert(*inbox);
        } else if let Fact::StatementRead { said, applied: true, .. } = fact {
            self.acts.entry(said.act()).or_default().read += 1;
        } else if let Fact::StatementRead { applied: false, .. } = fact {
            self.doubted += 1;
        }
    }

    fn put_right(&mut self, lesson: &Lesson) {
        for act in lesson.read.iter().filter(|act| !lesson.means.contains(act)) {
            self.acts.entry(*act).or_default().wrong += 1;
        }
        for act in lesson.missed().filter(|act| !lesson.doubted.contains(act)) {
            self.acts.entry(act).or_default().missed += 1;
        }
    }
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    back(day, day.weekday().num_days_from_monday().into())
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

fn start_of(day: NaiveDate, calendar: &Calendar) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN), calendar.zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            event::{Cause, Outcome},
            id::{EventId, PersonId},
            statement::{Confidence, Said, Whole},
        },
        policy::test_tasks::{at, nine_to_six},
    };
    use chrono_tz::Tz;

    fn event(when: &str, fact: Fact) -> Event {
        Event { id: EventId(1), at: at(when), cause: Cause::Timer, fact }
    }

    fn read(mail: i64, said: Said, applied: bool) -> Fact {
        Fact::StatementRead {
            inbox: InboxId(mail),
            task: Some(TaskId(1)),
            reader: 1,
            said,
            words: "some words".into(),
            confidence: Confidence::permille(900),
            applied,
        }
    }

    fn concluded(mail: i64) -> Fact {
        Fact::MailConcluded {
            inbox: InboxId(mail),
            person: None,
            tasks: vec![TaskId(1)],
            outcome: Outcome::Filed,
            why: String::new(),
        }
    }

    fn corrected(mail: i64, read: &[Act], doubted: &[Act], means: &[Act]) -> Fact {
        let lesson = Lesson {
            words: "some words".into(),
            from: 0,
            to: 10,
            asks: false,
            read: read.to_vec(),
            doubted: doubted.to_vec(),
            means: means.to_vec(),
            because: vec![],
        };
        let (inbox, task, person) = (InboxId(mail), TaskId(1), PersonId(2));
        Fact::ReadingCorrected { inbox, task, person, reader: 1, asked: None, lessons: vec![lesson] }
    }

    const DONE: Said = Said::Done { whole: Whole::Yes };
    const TUESDAY: &str = "2026-03-03T10:00:00Z";

    fn of_week(events: &[Event]) -> Option<Week> {
        week(events, &nine_to_six(Tz::Europe__London), at("2026-03-09T07:30:00Z"))
    }

    #[test]
    fn readings_are_counted_by_act_with_what_the_owner_put_right() {
        let week = of_week(&[
            event(TUESDAY, read(1, DONE, true)),
            event(TUESDAY, concluded(1)),
            event(TUESDAY, read(2, DONE, true)),
            event(TUESDAY, read(2, Said::Question, false)),
            event(TUESDAY, concluded(2)),
            event(
                "2026-03-09T07:00:00Z",
                corrected(2, &[Act::Done], &[Act::Question], &[Act::Question, Act::Blocked]),
            ),
        ]);
        let week = week.unwrap();
        let done = Tally { read: 2, wrong: 1, missed: 0 };
        // The question was in doubt, so it was not missed.
        let blocked = Tally { read: 0, wrong: 0, missed: 1 };
        assert_eq!((week.acts, week.doubted), (vec![(Act::Done, done), (Act::Blocked, blocked)], 1));
    }

    #[test]
    fn only_the_last_word_on_a_mail_counts_and_only_on_mails_of_that_week() {
        let week = of_week(&[
            event("2026-03-01T23:00:00Z", concluded(1)),
            event(TUESDAY, corrected(1, &[Act::Done], &[], &[])),
            event(TUESDAY, read(2, DONE, true)),
            event(TUESDAY, concluded(2)),
            event(TUESDAY, corrected(2, &[Act::Done], &[], &[])),
            event(TUESDAY, corrected(2, &[Act::Done], &[], &[Act::Done])),
        ]);
        assert_eq!(week.unwrap().acts, [(Act::Done, Tally { read: 1, wrong: 0, missed: 0 })]);
    }

    #[test]
    fn the_week_runs_from_monday_to_sunday_on_the_owners_clock() {
        let opened = |when| of_week(&[event(when, Fact::TaskHandedOver { task: TaskId(1) })]).map(|week| week.opened);
        assert_eq!(opened("2026-03-01T23:59:59Z"), None);
        assert_eq!(opened("2026-03-02T00:00:00Z"), Some(1));
        assert_eq!(opened("2026-03-08T23:59:59Z"), Some(1));
        assert_eq!(opened("2026-03-09T00:00:00Z"), None);
    }

    #[test]
    fn work_that_was_wrongly_taken_for_finished_was_not_handed_back() {
        let task = TaskId(1);
        let back = Fact::TaskHandedBack { task, words: "All.".into(), files: vec![], mail: None };
        let taken = TakenBack::Stage { stage: Stage::Confirmed, understood: true };
        let events = [
            event(TUESDAY, Fact::TaskHandedOver { task }),
            event(TUESDAY, back),
            event(TUESDAY, Fact::TakenBack { task, what: taken }),
        ];
        let week = of_week(&events).unwrap();
        assert_eq!((week.opened, week.handed_back), (1, 0));
    }
}
