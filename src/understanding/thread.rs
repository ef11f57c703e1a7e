//! What in a mail may tell which letter and which tasks it is about. Candidates only: whether a token is ours
//! and for whom it was made, the ledger knows.

use crate::domain::{
    id::{MessageId, TaskId},
    mail::Mail,
    token::Token,
};
use regex::Regex;
use std::{ops::Range, sync::LazyLock};

/// `142-7K3MQ9XWT2HC5VRN`, wherever it stands; [`Token`] is the judge.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b[0-9]{1,10}-[0-9A-HJKMNP-TV-Z]{16}\b").expect("the pattern of a token is sound")
});

/// `HB-142`, `hb142`, `HB 142`, also with the dashes that mail programs put in.
static TASK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bHB[-\u{2010}\u{2011}\u{2013} #]{0,2}([0-9]{1,9})\b").expect("the pattern of a task is sound")
});

/// The tokens in `mail`, the surest place first: Message-IDs it answers, plus-addresses it went to, then subject and words.
///
/// The words are searched only by somebody who asks for more than the others give.
pub fn tokens(mail: &Mail) -> impl Iterator<Item = Token> {
    let answered = answered(mail);
    let answered = answered.filter_map(|id| id.0.strip_prefix("hb.")?.split_once('@').map(|(token, _)| token));
    let reached = mail.to.iter().chain(&mail.cc).filter_map(|party| {
        party.address.as_ref()?.as_str().split_once('@')?.0.split_once('+').map(|(_, token)| token)
    });
    let written = [Some(&mail.subject), mail.text.as_ref(), mail.html.as_ref()];
    let written = written.into_iter().flatten().flat_map(|text| TOKEN.find_iter(text).map(|found| found.as_str()));
    let mut found: Vec<Token> = Vec::new();
    answered.chain(reached).chain(written).filter_map(|text| text.parse().ok()).filter(move |token| {
        let new = !found.contains(token);
        if new {
            found.push(*token);
        }
        new
    })
}

fn answered(mail: &Mail) -> impl Iterator<Item = &MessageId> {
    mail.in_reply_to.iter().chain(mail.references.iter().rev())
}

/// The messages that `mail` says it answers, the nearest first.
pub fn message_ids(mail: &Mail) -> Vec<MessageId> {
    let mut ids: Vec<MessageId> = Vec::new();
    for id in answered(mail) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids
}

/// The tasks that a subject is tagged with: `[HB-142]`, or a bare `HB-142`.
pub fn subject_tasks(subject: &str) -> Vec<TaskId> {
    named_tasks(subject)
}

/// The tasks that `text` names, in order, each once.
pub fn named_tasks(text: &str) -> Vec<TaskId> {
    let mut tasks = Vec::new();
    for (task, _) in mentions(text) {
        if !tasks.contains(&task) {
            tasks.push(task);
        }
    }
    tasks
}

/// Every place where `text` names a task.
pub(super) fn mentions(text: &str) -> impl Iterator<Item = (TaskId, Range<usize>)> {
    TASK.captures_iter(text).filter_map(|found| {
        let number = found.get(1)?.as_str().parse().ok().filter(|number| *number > 0)?;
        Some((TaskId(number), found.get(0)?.range()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{id::LetterId, mail::Party};

    fn token(letter: u32) -> Token {
        Token { letter: LetterId(letter), mac: [7; 10] }
    }

    #[test]
    fn a_token_is_found_wherever_a_mail_program_left_it() {
        let mail = Mail {
            subject: format!("Re: [HB-9] List (ref {})", token(4)),
            text: Some(format!("ok\n\n> ref {}\n> ref {}", token(3), token(1))),
            in_reply_to: vec![MessageId(format!("hb.{}@x.example", token(1)))],
            references: vec![MessageId("other@x.example".to_owned())],
            to: vec![Party { name: String::new(), address: format!("tasks+{}@x.example", token(2)).parse().ok() }],
            ..Mail::default()
        };
        assert_eq!(tokens(&mail).collect::<Vec<_>>(), [token(1), token(2), token(4), token(3)]);
    }

    #[test]
    fn phone_numbers_and_broken_tokens_are_none() {
        let mail = Mail { text: Some("call 0917-5550100 or ref 12-ABC".to_owned()), ..Mail::default() };
        assert_eq!(tokens(&mail).collect::<Vec<_>>(), []);
    }

    #[test]
    fn the_nearest_message_comes_first() {
        let id = |name: &str| MessageId(name.to_owned());
        let mail =
            Mail { in_reply_to: vec![id("c")], references: vec![id("a"), id("b"), id("c")], ..Mail::default() };
        assert_eq!(message_ids(&mail), [id("c"), id("b"), id("a")]);
    }

    #[test]
    fn tasks_are_named_in_many_spellings_and_counted_once() {
        assert_eq!(
            named_tasks("HB-12 is done, for hb14 (see HB\u{2011}12 and HB 15) ... HB-0, BHB-3"),
            [TaskId(12), TaskId(14), TaskId(15)]
        );
        assert_eq!(subject_tasks("Re: [HB-142] List 40 stockists"), [TaskId(142)]);
    }
}
