//! Taps: links that open a reply which is already begun.
//!
//! A `mailto:` link opens a mail without In-Reply-To, so its subject carries the tag and the ref, and its body begins
//! with a first word and the task. What the sender leaves standing of the prompts below it is not their own words.

use super::when;
use crate::domain::{
    id::{Address, InboxId, TaskId},
    statement::Act,
    tap::{FirstWord, MAIL, NOTHING, Prompt},
    token::Token,
};
use chrono::NaiveDateTime;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands after the word and the task in a text letter, for a person who types it.
fn typed_after(word: FirstWord) -> &'static str {
    match word {
        FirstWord::Answer | FirstWord::Return | FirstWord::Tell => " your words",
        FirstWord::Due => " Wed 17:00",
        FirstWord::Confirm
        | FirstWord::Question
        | FirstWord::Cannot
        | FirstWord::Status
        | FirstWord::Done
        | FirstWord::Hours
        | FirstWord::Accept
        | FirstWord::Cancel
        | FirstWord::Read => "",
    }
}

/// A reply that one touch begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tap {
    pub word: FirstWord,
    /// On the button: `I understand`.
    pub label: String,
    /// Beside the first word in a text letter.
    pub meaning: String,
    /// What a person types who has no button: `ANSWER HB-142 your words`.
    pub typed: String,
    pub to: Address,
    pub subject: String,
    /// With CRLF line ends.
    pub body: String,
}

impl Tap {
    /// The `mailto:` link (RFC 6068), all of it percent-encoded.
    pub fn href(&self) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, UNRESERVED).to_string();
        let (local, domain) = self.to.as_str().rsplit_once('@').unwrap_or((self.to.as_str(), ""));
        let (local, domain) = (encoded(local), encoded(domain));
        format!("mailto:{local}@{domain}?subject={}&body={}", encoded(&self.subject), encoded(&self.body))
    }
}

/// RFC 3986's unreserved characters; `+` is encoded, since some mail programs read it as a space.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Begins the taps about one task, or about none.
pub(super) struct Taps<'a> {
    pub(super) to: &'a Address,
    pub(super) task: Option<TaskId>,
    /// The subject of the thread: `[HB-142] Title`.
    pub(super) subject: &'a str,
    pub(super) token: Token,
    /// Whether typed words name the task, where a letter is about several.
    pub(super) name_task: bool,
}

impl Taps<'_> {
    pub(super) fn tap(&self, word: FirstWord, label: &str, meaning: &str) -> Tap {
        self.begun(word, label, meaning, None)
    }

    /// A tap that moves the due date to a time which is filled in already, on the owner's clock.
    pub(super) fn due(&self, label: &str, meaning: &str, offered: NaiveDateTime) -> Tap {
        self.begun(FirstWord::Due, label, meaning, Some(offered))
    }

    /// A tap that says what the words of `mail` mean: `act`, or nothing that anybody has to act on.
    pub(super) fn read(&self, act: Option<Act>, mail: InboxId, label: &str, meaning: &str) -> Tap {
        let said = act.map_or_else(|| NOTHING.to_owned(), |act| act.name().to_uppercase());
        let tap = self.begun(FirstWord::Read, label, meaning, None);
        let first = tap.body.trim_end();
        Tap { typed: format!("{} {said}", tap.typed), body: format!("{first} {said} {MAIL} {mail}\r\n"), ..tap }
    }

    fn begun(&self, word: FirstWord, label: &str, meaning: &str, filled: Option<NaiveDateTime>) -> Tap {
        let named = |name: bool| match self.task {
            Some(task) if name => format!("{} {task}", word.as_str()),
            Some(_) | None => word.as_str().to_owned(),
        };
        let then =
            filled.map_or_else(|| typed_after(word).to_owned(), |at| at.format(" %a %-d %b %H:%M").to_string());
        let prompts = match (self.task, word) {
            (None, FirstWord::Confirm) => &[Prompt::WorkingHours],
            (Some(_) | None, _) => word.prompts(),
        };
        let prompts = prompts.iter().map(|prompt| prompt.as_str()).collect::<Vec<_>>().join("\r\n\r\n");
        let filled = filled.map_or_else(String::new, |at| format!(" {}", when::in_full(at)));
        Tap {
            word,
            label: label.to_owned(),
            meaning: meaning.to_owned(),
            typed: format!("{}{then}", named(self.name_task)),
            to: self.to.clone(),
            subject: format!("Re: {} (ref {})", self.subject, self.token),
            body: format!("{}\r\n\r\n{prompts}{filled}\r\n", named(true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::LetterId;

    fn taps(to: &Address) -> Taps<'_> {
        let token = Token { letter: LetterId(7), mac: [0; 10] };
        Taps { to, task: Some(TaskId(142)), subject: "[HB-142] Café & more", token, name_task: true }
    }

    #[test]
    fn a_tap_carries_tag_ref_first_word_and_prompts() {
        let to = "tasks+7@shop.example".parse().unwrap();
        let tap = taps(&to).tap(FirstWord::Confirm, "I understand", "");
        assert_eq!(tap.subject, "Re: [HB-142] Café & more (ref 7-0000000000000000)");
        assert_eq!(tap.body, "CONFIRM HB-142\r\n\r\nHow I understand the task:\r\n\r\nI will start on:\r\n");
        assert_eq!(
            tap.href(),
            "mailto:tasks%2B7@shop.example?subject=Re%3A%20%5BHB-142%5D%20Caf%C3%A9%20%26%20more%20%28ref%207-0000000000000000%29\
             &body=CONFIRM%20HB-142%0D%0A%0D%0AHow%20I%20understand%20the%20task%3A%0D%0A%0D%0AI%20will%20start%20on%3A%0D%0A"
        );
    }

    #[test]
    fn a_tap_that_says_what_words_mean_names_their_mail() {
        let to = "tasks@shop.example".parse().unwrap();
        let tap = taps(&to).read(Some(Act::Done), InboxId(17), "It is finished", "it is finished");
        assert_eq!((tap.body.as_str(), tap.typed.as_str()), ("READ HB-142 DONE MAIL 17\r\n", "READ HB-142 DONE"));
        let tap = taps(&to).read(None, InboxId(17), "Nothing to do", "");
        assert_eq!(tap.body, "READ HB-142 NOTHING MAIL 17\r\n");
    }

    #[test]
    fn a_tap_without_a_task_asks_nothing_about_one() {
        let to = "tasks@shop.example".parse().unwrap();
        let tap = Taps { task: None, ..taps(&to) }.tap(FirstWord::Confirm, "Yes", "");
        assert_eq!(tap.body, "CONFIRM\r\n\r\nMy working days and hours, if they are different:\r\n");
    }

    #[test]
    fn an_offered_date_is_filled_in() {
        let to = "tasks@shop.example".parse().unwrap();
        let tap = taps(&to).due("Agree", "", "2026-12-04T09:00:00".parse().unwrap());
        assert_eq!(tap.body, "DUE HB-142\r\n\r\nNew date and time: Friday 4 December 2026, 09:00\r\n");
        assert_eq!(tap.typed, "DUE HB-142 Fri 4 Dec 09:00");
    }
}
