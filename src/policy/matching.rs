//! Which tasks a reply is about: by token, by thread, by the tag in the subject, by a tag in the words, and last
//! the only open task. Never a task of somebody else.

use crate::domain::{id::PersonId, id::TaskId, task::Task};
use std::collections::BTreeSet;

/// The traces by which a reply can be matched, strongest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traces {
    /// The tasks of the letter that a valid token of this person names, in the order of its lines.
    pub by_token: Vec<TaskId>,
    /// The tasks of the letters of ours that the mail answers.
    pub by_thread: Vec<TaskId>,
    pub in_subject: Vec<TaskId>,
    pub in_words: Vec<TaskId>,
}

impl Traces {
    /// All tasks that they lead to, each once. Where one of these is the writer's, [`match_tasks`] rests on no other.
    pub fn tasks(&self) -> BTreeSet<TaskId> {
        let Self { by_token, by_thread, in_subject, in_words } = self;
        [by_token, by_thread, in_subject, in_words].into_iter().flatten().copied().collect()
    }
}

/// How the tasks of a reply were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Token,
    Thread,
    Subject,
    Words,
    OnlyOpenTask,
}

impl By {
    pub fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Thread => "thread",
            Self::Subject => "subject tag",
            Self::Words => "tag in the words",
            Self::OnlyOpenTask => "only open task",
        }
    }
}

/// What a reply is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// One task or several, all of them the writer's.
    Tasks { tasks: Vec<TaskId>, by: By },
    /// The words or the subject name a task that is not the writer's, or is none.
    NotTheirs(TaskId),
    /// Nothing points at a task, and there is not exactly one open.
    Nothing,
}

/// Decides which of `tasks` a reply of `person` is about. A task that the words name is meant beside the one
/// that the thread names, so that "HB-12 is done, HB-14 on Friday" reaches both; on a letter about several tasks
/// the named ones alone are meant.
pub fn match_tasks(person: PersonId, traces: &Traces, tasks: &[Task]) -> Match {
    let theirs = |id: &TaskId| tasks.iter().any(|task| task.id == *id && task.assistant == person);
    if let Some(foreign) = traces.in_words.iter().chain(&traces.in_subject).find(|id| !theirs(id)) {
        return Match::NotTheirs(*foreign);
    }
    let ladder = [
        (&traces.by_token, By::Token),
        (&traces.by_thread, By::Thread),
        (&traces.in_subject, By::Subject),
        (&traces.in_words, By::Words),
    ];
    for (found, by) in ladder {
        let mut mine: Vec<TaskId> = found.iter().copied().filter(theirs).collect();
        if mine.is_empty() {
            continue;
        }
        if mine.len() > 1 && !traces.in_words.is_empty() {
            return Match::Tasks { tasks: traces.in_words.clone(), by: By::Words };
        }
        for named in &traces.in_words {
            if !mine.contains(named) {
                mine.push(*named);
            }
        }
        return Match::Tasks { tasks: mine, by };
    }
    let mut open = tasks.iter().filter(|task| task.assistant == person && task.is_open());
    match (open.next(), open.next()) {
        (Some(only), None) => Match::Tasks { tasks: vec![only.id], by: By::OnlyOpenTask },
        _ => Match::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::test_tasks::{ANA, BEN, handed_over};

    #[track_caller]
    fn check(traces: Traces, expected: Match) {
        let tasks = [handed_over(1, ANA), handed_over(2, ANA), handed_over(3, BEN)];
        assert_eq!(match_tasks(ANA, &traces, &tasks), expected);
    }

    fn tasks(ids: &[u32], by: By) -> Match {
        Match::Tasks { tasks: ids.iter().map(|id| TaskId(*id)).collect(), by }
    }

    #[test]
    fn the_token_beats_the_thread_and_the_thread_the_subject() {
        let traces = Traces {
            by_token: vec![TaskId(1)],
            by_thread: vec![TaskId(2)],
            in_subject: vec![TaskId(2)],
            ..Traces::default()
        };
        check(traces.clone(), tasks(&[1], By::Token));
        check(Traces { by_token: vec![], ..traces.clone() }, tasks(&[2], By::Thread));
        check(Traces { by_token: vec![], by_thread: vec![], ..traces }, tasks(&[2], By::Subject));
    }

    #[test]
    fn a_task_named_in_the_words_is_meant_beside_the_threads() {
        let traces = Traces { by_token: vec![TaskId(1)], in_words: vec![TaskId(2)], ..Traces::default() };
        check(traces, tasks(&[1, 2], By::Token));
    }

    #[test]
    fn on_a_letter_about_several_tasks_the_named_ones_alone_are_meant() {
        let traces = Traces { by_token: vec![TaskId(1), TaskId(2)], ..Traces::default() };
        check(traces.clone(), tasks(&[1, 2], By::Token));
        check(Traces { in_words: vec![TaskId(2)], ..traces }, tasks(&[2], By::Words));
    }

    #[test]
    fn somebody_elses_task_is_never_touched() {
        check(Traces { in_words: vec![TaskId(3)], ..Traces::default() }, Match::NotTheirs(TaskId(3)));
        check(Traces { in_subject: vec![TaskId(9)], ..Traces::default() }, Match::NotTheirs(TaskId(9)));
        check(Traces { by_thread: vec![TaskId(3)], ..Traces::default() }, Match::Nothing);
    }

    #[test]
    fn where_traces_lead_to_a_task_of_the_writers_no_other_task_counts() {
        let tasks = [handed_over(1, ANA), handed_over(2, ANA), handed_over(3, BEN)];
        let sets: [&[u32]; 6] = [&[], &[1], &[2], &[3], &[1, 2], &[3, 1]];
        let ids = |set: &[u32]| set.iter().map(|id| TaskId(*id)).collect::<Vec<_>>();
        for (one, two, three, four) in sets.into_iter().flat_map(|one| {
            sets.into_iter().flat_map(move |two| {
                sets.into_iter().flat_map(move |three| sets.into_iter().map(move |four| (one, two, three, four)))
            })
        }) {
            let traces =
                Traces { by_token: ids(one), by_thread: ids(two), in_subject: ids(three), in_words: ids(four) };
            let named: Vec<Task> = tasks.iter().filter(|task| traces.tasks().contains(&task.id)).cloned().collect();
            if named.iter().any(|task| task.assistant == ANA) {
                assert_eq!(match_tasks(ANA, &traces, &named), match_tasks(ANA, &traces, &tasks), "{traces:?}");
            }
        }
    }

    #[test]
    fn without_any_trace_only_the_single_open_task_can_be_meant() {
        check(Traces::default(), Match::Nothing);
        let only = [handed_over(1, ANA), handed_over(3, BEN)];
        assert_eq!(match_tasks(ANA, &Traces::default(), &only), tasks(&[1], By::OnlyOpenTask));
    }
}
