//! The owner's decisions in an owner's mail.
//!
//! A decision begins with one of seven words (`ANSWER ACCEPT RETURN DUE CANCEL TELL READ`) at the start of a line, pressed as a tap or
//! typed in any case. Everything else decides nothing, save an answer on a letter that asks one question: a wrong
//! acceptance costs more than asking once more. Each refusal says why, in words for the owner.

use super::{thread, times};
use crate::domain::{
    command::{Order, OwnerCommand},
    id::{InboxId, TaskId},
    lesson::{Nothing, Wish},
    notice::NoticeKind,
    statement::Act,
    tap::{FirstWord, MAIL, NOT, NOTHING, Prompt},
    understanding::{OwnWords, Situation},
    words::Words,
};

/// The letter that the owner's mail answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// None for a mail that answers no letter of ours.
    pub kind: Option<NoticeKind>,
    /// The owner's clock, and the letter's tasks as `lines`.
    pub situation: Situation,
}

/// Words of the owner's that could not be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What they wrote.
    pub words: String,
    /// The task it was about, where that is clear.
    pub task: Option<TaskId>,
    /// Why nothing was done and what to write instead: one or two sentences.
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    Answer,
    Accept,
    Return,
    Due,
    Cancel,
    Tell,
    Read,
}

const FIRST_WORDS: [(FirstWord, Decision); 7] = [
    (FirstWord::Answer, Decision::Answer),
    (FirstWord::Accept, Decision::Accept),
    (FirstWord::Return, Decision::Return),
    (FirstWord::Due, Decision::Due),
    (FirstWord::Cancel, Decision::Cancel),
    (FirstWord::Tell, Decision::Tell),
    (FirstWord::Read, Decision::Read),
];

/// The same lines as people shorten them.
const SHORTENED: [(&str, Field); 4] = [
    ("a word with it:", Field::Words),
    ("reason:", Field::Words),
    ("new date:", Field::Date),
    ("your answer:", Field::Words),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Words,
    Date,
}

/// What is filled in behind a line that our taps put below the first word. Those of an assistant's taps are none.
fn field(prompt: Prompt) -> Option<Field> {
    match prompt {
        Prompt::WordWithIt | Prompt::WhatToChange | Prompt::Reason => Some(Field::Words),
        Prompt::NewDate | Prompt::NewDateAndTime => Some(Field::Date),
        Prompt::WorkingHours
        | Prompt::Understood
        | Prompt::StartOn
        | Prompt::Question
        | Prompt::InTheWay
        | Prompt::DateOffered
        | Prompt::HowFar
        | Prompt::ReadyBy
        | Prompt::HandedBack
        | Prompt::HoursTaken
        | Prompt::HoursSpent => None,
    }
}

/// The prompt that `line` begins with, and what stands behind it.
fn prompted(line: &str) -> Option<(Field, &str)> {
    let known = Prompt::ALL.iter().filter_map(|prompt| Some((prompt.as_str(), field(*prompt)?)));
    known.chain(SHORTENED).find_map(|(prompt, field)| {
        let start = line.get(..prompt.len()).filter(|start| start.eq_ignore_ascii_case(prompt))?;
        Some((field, line.get(start.len()..)?.trim()))
    })
}

/// One order as it stands in the mail.
#[derive(Debug)]
struct Block<'a> {
    first: Decision,
    /// Whether it can only be meant as an order: in capitals, with a task, or alone on its line.
    plain: bool,
    task: Option<TaskId>,
    /// All of its words, for a refusal.
    written: String,
    rest: Vec<&'a str>,
}

/// Reads the decisions in an owner's mail, in the order they were written. Never empty unless the mail is.
pub fn read_owner(words: &OwnWords, subject: &str, answered: &Answered) -> Vec<Result<OwnerCommand, Refusal>> {
    let text = words.text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let blocks = blocks(text);
    if blocks.is_empty() {
        return vec![in_own_words(text, subject, answered)];
    }
    blocks.iter().map(|block| read(block, subject, answered)).collect()
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in text.lines() {
        match begin(line, blocks.is_empty()) {
            Some(block) => blocks.push(block),
            None => {
                if let Some(block) = blocks.last_mut() {
                    block.rest.push(line);
                    block.written.push('\n');
                    block.written.push_str(line);
                } else if !line.trim().is_empty() && !is_greeting(line) {
                    return Vec::new(); // What begins with other words is no list of orders.
                }
            }
        }
    }
    blocks
}

/// The order that `line` begins. Below the first one, a word in small letters needs a task beside it.
fn begin(line: &str, is_first: bool) -> Option<Block<'_>> {
    let line = line.trim();
    let end = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
    let (word, rest) = line.split_at_checked(end)?;
    let (known, first) = FIRST_WORDS.iter().find(|(known, _)| known.as_str().eq_ignore_ascii_case(word))?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":-,.#".contains(c));
    let (task, rest) = match thread::mentions(rest).next() {
        Some((task, place)) if place.start == 0 => (Some(task), rest.get(place.end..).unwrap_or_default()),
        Some(_) | None => (None, rest),
    };
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":-,.".contains(c)).trim_end();
    let plain = word == known.as_str() || task.is_some() || rest.is_empty();
    if *first == Decision::Read && word != known.as_str() && meaning(rest).is_none() {
        return None; // "Read the last page again" is no order to us.
    }
    (plain || is_first).then(|| Block { first: *first, plain, task, written: line.to_owned(), rest: vec![rest] })
}

fn is_greeting(line: &str) -> bool {
    let line = line.trim().trim_end_matches([',', '!', '.']).to_lowercase();
    let mut words = line.split_whitespace();
    let opens =
        words.next().is_some_and(|first| ["hi", "hello", "hey", "dear", "handback", "thanks"].contains(&first));
    opens && words.count() <= 2
}

fn read(block: &Block<'_>, subject: &str, answered: &Answered) -> Result<OwnerCommand, Refusal> {
    let refused = |task, reason: String| Refusal { words: block.written.clone(), task, reason };
    let named = block.task.or_else(|| only(&thread::subject_tasks(subject)));
    let Some(task) = named.or_else(|| only(&answered.situation.lines)) else {
        return Err(refused(None, format!("it is not clear which task is meant; write {}", example(block.first))));
    };
    let (words, date) = filled(&block.rest);
    let named = block.rest.join("\n");
    let order = order(block, words, date, answered).map_err(|reason| refused(Some(task), reason))?;
    Ok(OwnerCommand { task, order, dates: times::dates_named(&named, &answered.situation) })
}

fn order(block: &Block<'_>, words: Option<Words>, date: Option<&str>, answered: &Answered) -> Result<Order, String> {
    let missing = || format!("the words are missing; write {}", example(block.first));
    match block.first {
        Decision::Answer => words.map(|words| Order::Answer { words }).ok_or_else(missing),
        Decision::Tell => words.map(|words| Order::Tell { words }).ok_or_else(missing),
        Decision::Read => words
            .and_then(|words| meaning(words.as_str()))
            .map(|(mail, wish)| Order::Read { mail, wish })
            .ok_or_else(|| format!("it does not say what the words mean; write {}", example(block.first))),
        Decision::Return => {
            let due = date.map(|date| moment(date, answered)).transpose()?;
            words.map(|words| Order::Return { words, due }).ok_or_else(missing)
        }
        Decision::Due => {
            let written = date.map(str::to_owned).or_else(|| words.map(|words| words.as_str().to_owned()));
            let date = moment(
                &written.ok_or_else(|| format!("the date is missing; write {}", example(block.first)))?,
                answered,
            )?;
            Ok(Order::Due { date })
        }
        Decision::Accept | Decision::Cancel if !block.plain || words.as_ref().is_some_and(qualifies) => Err(format!(
            "the words after it may mean something else; write {} on a line of its own if that is what you want",
            example(block.first)
        )),
        Decision::Accept => Ok(Order::Accept { words }),
        Decision::Cancel => Ok(Order::Cancel { words }),
    }
}

/// What a reading is said to be: `DONE`, `NOT CONFIRM`, `DONE HOURS MAIL 17`, `NOTHING`. None where anything else stands
/// beside it.
fn meaning(written: &str) -> Option<(Option<InboxId>, Wish)> {
    let mut words = written.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let is = |word: &str, known: &str| word.eq_ignore_ascii_case(known);
    let act = |word: &str| Act::ALL.into_iter().find(|act| is(word, act.name()));
    let (mut mail, mut wish) = (None, Wish::default());
    while let Some(word) = words.next() {
        match act(word) {
            Some(said) => wish.is.push(said),
            None if is(word, NOT) => wish.not.push(act(words.next()?)?),
            None if is(word, NOTHING) => wish.nothing = Nothing::InDoubt,
            None if is(word, MAIL) => mail = Some(InboxId(words.next()?.parse().ok()?)),
            None => return None,
        }
    }
    if !wish.is.is_empty() {
        if wish.nothing == Nothing::InDoubt {
            return None; // "DONE NOTHING" says both.
        }
        // What it says is all that was in doubt.
        wish.nothing = if wish.not.is_empty() { Nothing::InDoubt } else { Nothing::No };
    }
    (!wish.is.is_empty() || !wish.not.is_empty() || wish.nothing == Nothing::InDoubt).then_some((mail, wish))
}

/// Whether words beside an acceptance or a cancellation take part of it back.
fn qualifies(words: &Words) -> bool {
    const TURNS: [&str; 12] =
        ["but", "except", "if", "once", "only", "unless", "until", "not", "don't", "before", "wait", "provided"];
    words.as_str().to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| TURNS.contains(&word))
}

fn moment(written: &str, answered: &Answered) -> Result<crate::domain::time::Moment, String> {
    times::deadline(written, &answered.situation).ok_or_else(|| {
        format!("no day to come could be read in \"{}\"; write it like DUE HB-1 Fri 17:00", written.trim())
    })
}

/// The words and the date of an order, with the prompts that we put there taken away.
fn filled<'a>(lines: &[&'a str]) -> (Option<Words>, Option<&'a str>) {
    let (mut words, mut date) = (Vec::new(), None);
    let mut into = Field::Words;
    for line in lines {
        let trimmed = line.trim();
        let said = match prompted(trimmed) {
            Some((field, said)) => {
                into = field;
                said
            }
            None => line.trim_end(),
        };
        match into {
            Field::Words => words.push(said),
            Field::Date if !said.trim().is_empty() && date.is_none() => date = Some(said),
            Field::Date => {}
        }
    }
    let words = words.join("\n");
    let words = words.trim();
    ((!words.is_empty()).then(|| Words::from(words)), date)
}

/// Plain words without a first word: an answer where the letter asked one question, else no decision.
fn in_own_words(text: &str, subject: &str, answered: &Answered) -> Result<OwnerCommand, Refusal> {
    let task = only(&answered.situation.lines).or_else(|| only(&thread::subject_tasks(subject)));
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    match (answered.kind, task) {
        (Some(NoticeKind::Question), Some(task)) => {
            let dates = times::dates_named(text, &answered.situation);
            Ok(OwnerCommand { task, order: Order::Answer { words: Words::from(text) }, dates })
        }
        (Some(NoticeKind::HandedBack), Some(task)) if ["accept", "accepted"].contains(&bare.as_str()) => {
            Ok(OwnerCommand { task, order: Order::Accept { words: None }, dates: Vec::new() })
        }
        (Some(NoticeKind::HandedBack), Some(task)) => Err(Refusal {
            words: text.to_owned(),
            task: Some(task),
            reason: format!(
                "it does not say for certain whether you accept; write ACCEPT {task}, or RETURN {task} and what to change"
            ),
        }),
        (_, task) => {
            let named = task.map_or_else(|| "HB-1".to_owned(), |task| task.to_string());
            Err(Refusal {
                words: text.to_owned(),
                task,
                reason: format!(
                    "it begins with none of the words ANSWER, ACCEPT, RETURN, DUE, CANCEL or TELL; to write to the assistant, \
                     begin with TELL {named}"
                ),
            })
        }
    }
}

fn only(tasks: &[TaskId]) -> Option<TaskId> {
    match tasks {
        [task] => Some(*task),
        _ => None,
    }
}

fn example(first: Decision) -> &'static str {
    match first {
        Decision::Answer => "ANSWER HB-1 and your answer",
        Decision::Accept => "ACCEPT HB-1",
        Decision::Return => "RETURN HB-1 and what to change",
        Decision::Due => "DUE HB-1 Fri 17:00",
        Decision::Cancel => "CANCEL HB-1",
        Decision::Tell => "TELL HB-1 and your words",
        Decision::Read => {
            "READ HB-1 DONE, or another of: confirm, decline, question, progress, blocked, extension, hours, expense, suggestion, absence, capacity, nothing"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Moment;

    fn answered(kind: Option<NoticeKind>, tasks: &[u32]) -> Answered {
        let situation = Situation {
            lines: tasks.iter().map(|task| TaskId(*task)).collect(),
            ..Situation::new("2026-11-24T09:00:00".parse().unwrap(), chrono_tz::Europe::London)
        };
        Answered { kind, situation }
    }

    /// Shows each order as `HB-1 ACCEPT words`, each refusal as `refused`.
    #[track_caller]
    fn check(text: &str, subject: &str, answered: &Answered, expected: &[&str]) {
        let words = OwnWords { text: text.to_owned(), ..OwnWords::default() };
        let shown: Vec<String> = read_owner(&words, subject, answered).iter().map(show).collect();
        assert_eq!(shown, expected, "{text}");
    }

    fn show(read: &Result<OwnerCommand, Refusal>) -> String {
        let Ok(OwnerCommand { task, order, .. }) = read else { return "refused".to_owned() };
        let day = |date: &Moment| format!(" by {}", date.date());
        let said = match order {
            Order::Answer { words } | Order::Tell { words } => format!(" {words}"),
            Order::Return { words, due } => format!(" {words}{}", due.as_ref().map(day).unwrap_or_default()),
            Order::Accept { words } | Order::Cancel { words } => {
                words.as_ref().map(|words| format!(" {words}")).unwrap_or_default()
            }
            Order::Due { date } => day(date),
            Order::Read { mail, wish } => {
                let mail = mail.map(|mail| format!(" in mail {mail}")).unwrap_or_default();
                format!(" is {:?} not {:?} {:?}{mail}", wish.is, wish.not, wish.nothing)
            }
        };
        format!("{task} {}{said}", order.name())
    }

    #[test]
    fn first_words_are_read_in_any_case_and_find_their_task() {
        let digest = answered(Some(NoticeKind::Digest), &[131, 142, 139]);
        check("accept hb-139", "Re: 3 need you", &digest, &["HB-139 ACCEPT"]);
        check("ANSWER HB-142 Leave them out.", "", &digest, &["HB-142 ANSWER Leave them out."]);
        check("Tell HB-131: call me\nplease", "", &digest, &["HB-131 TELL call me\nplease"]);
        let one = answered(Some(NoticeKind::HandedBack), &[139]);
        check("Accept", "", &one, &["HB-139 ACCEPT"]);
        check("ACCEPT", "Re: [HB-7] Title", &answered(None, &[]), &["HB-7 ACCEPT"]);
        check("ACCEPT", "Hello", &answered(None, &[]), &["refused"]);
    }

    #[test]
    fn what_words_mean_is_said_by_the_names_of_acts() {
        let digest = answered(Some(NoticeKind::Digest), &[131, 142]);
        check("READ HB-142 DONE MAIL 17", "", &digest, &["HB-142 READ is [Done] not [] InDoubt in mail 17"]);
        check("read hb-142 nothing", "", &digest, &["HB-142 READ is [] not [] InDoubt"]);
        check("Read HB-142: done, not confirm", "", &digest, &["HB-142 READ is [Done] not [Confirm] No"]);
        for unclear in
            ["READ HB-142", "READ HB-142 DONE AND DUSTED", "READ HB-142 DONE NOTHING", "READ HB-142 MAIL 17"]
        {
            check(unclear, "", &digest, &["refused"]);
        }
        let question = answered(Some(NoticeKind::Question), &[142]);
        check("Read the last page again", "", &question, &["HB-142 ANSWER Read the last page again"]);
    }

    #[test]
    fn several_orders_stand_in_one_mail() {
        let digest = answered(Some(NoticeKind::Digest), &[131, 139]);
        check(
            "Hi,\nACCEPT HB-139\nTELL HB-131 Where are you?\nI worry.\nDUE HB-131 Friday 17:00",
            "",
            &digest,
            &["HB-139 ACCEPT", "HB-131 TELL Where are you?\nI worry.", "HB-131 DUE by 2026-11-27"],
        );
    }

    #[test]
    fn what_a_tap_put_there_is_not_the_owners_words() {
        let one = answered(Some(NoticeKind::HandedBack), &[139]);
        check("ACCEPT HB-139\n\nA word with it (optional):", "", &one, &["HB-139 ACCEPT"]);
        check("ACCEPT HB-139\n\nA word with it (optional): Lovely work", "", &one, &["HB-139 ACCEPT Lovely work"]);
        check(
            "RETURN HB-139\n\nWhat to change: The totals\nand the names\n\nNew date (optional): Friday",
            "",
            &one,
            &["HB-139 RETURN The totals\nand the names by 2026-11-27"],
        );
        check("RETURN HB-139\n\nWhat to change:\n\nNew date (optional):", "", &one, &["refused"]);
        check(
            "DUE HB-139\n\nNew date and time: Friday 27 November 2026, 09:00",
            "",
            &one,
            &["HB-139 DUE by 2026-11-27"],
        );
    }

    #[test]
    fn a_decision_that_may_mean_something_else_is_refused() {
        let one = answered(Some(NoticeKind::HandedBack), &[139]);
        check("ACCEPT HB-139 but fix the totals", "", &one, &["refused"]);
        check("Accept my apologies for the delay", "", &one, &["refused"]);
        check("Cancel my last mail please", "", &one, &["refused"]);
        check("looks good, accepted", "", &one, &["refused"]);
        check("DUE HB-139 whenever", "", &one, &["refused"]);
        check("Due to the holiday I read this late", "", &one, &["refused"]);
    }

    #[test]
    fn plain_words_answer_a_question_and_decide_nothing_else() {
        check(
            "Leave them out.",
            "",
            &answered(Some(NoticeKind::Question), &[142]),
            &["HB-142 ANSWER Leave them out."],
        );
        check("accepted!", "", &answered(Some(NoticeKind::HandedBack), &[139]), &["HB-139 ACCEPT"]);
        check("Thanks", "", &answered(Some(NoticeKind::Digest), &[1, 2]), &["refused"]);
        check("  ", "", &answered(None, &[]), &[]);
    }
}
