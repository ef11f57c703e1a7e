//! The words that begin a reply by one touch, and the lines that wait below them to be filled in.
//!
//! Letters put them there and the reader takes them away again, so both speak of these.

/// The first word of a reply that a tap begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirstWord {
    // an assistant's
    Confirm,
    Question,
    Cannot,
    Status,
    Done,
    Hours,
    // the owner's
    Answer,
    Accept,
    Return,
    Due,
    Tell,
    Cancel,
    Read,
}

impl FirstWord {
    pub const ALL: [Self; 13] = [
        Self::Confirm,
        Self::Question,
        Self::Cannot,
        Self::Status,
        Self::Done,
        Self::Hours,
        Self::Answer,
        Self::Accept,
        Self::Return,
        Self::Due,
        Self::Tell,
        Self::Cancel,
        Self::Read,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "CONFIRM",
            Self::Question => "QUESTION",
            Self::Cannot => "CANNOT",
            Self::Status => "STATUS",
            Self::Done => "DONE",
            Self::Hours => "HOURS",
            Self::Answer => "ANSWER",
            Self::Accept => "ACCEPT",
            Self::Return => "RETURN",
            Self::Due => "DUE",
            Self::Tell => "TELL",
            Self::Cancel => "CANCEL",
            Self::Read => "READ",
        }
    }

    /// The lines that a tap about a task puts below this word.
    pub fn prompts(self) -> &'static [Prompt] {
        match self {
            Self::Confirm => &[Prompt::Understood, Prompt::StartOn],
            Self::Question => &[Prompt::Question],
            Self::Cannot => &[Prompt::InTheWay, Prompt::DateOffered],
            Self::Status => &[Prompt::HowFar, Prompt::ReadyBy],
            Self::Done => &[Prompt::HandedBack, Prompt::HoursTaken],
            Self::Hours => &[Prompt::HoursSpent],
            Self::Accept => &[Prompt::WordWithIt],
            Self::Return => &[Prompt::WhatToChange, Prompt::NewDate],
            Self::Due => &[Prompt::NewDateAndTime],
            Self::Cancel => &[Prompt::Reason],
            Self::Answer | Self::Tell | Self::Read => &[],
        }
    }
}

/// Behind [`FirstWord::Read`]: the words in doubt say nothing that anybody has to act on.
pub const NOTHING: &str = "NOTHING";
/// Behind [`FirstWord::Read`]: takes back the act that follows.
pub const NOT: &str = "NOT";
/// Behind [`FirstWord::Read`]: the number of the mail that is meant follows.
pub const MAIL: &str = "MAIL";

/// A line that waits to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prompt {
    /// Below the answer to a hello, where there is no task yet.
    WorkingHours,
    Understood,
    StartOn,
    Question,
    InTheWay,
    DateOffered,
    HowFar,
    ReadyBy,
    HandedBack,
    HoursTaken,
    HoursSpent,
    WordWithIt,
    WhatToChange,
    NewDate,
    NewDateAndTime,
    Reason,
}

impl Prompt {
    pub const ALL: [Self; 16] = [
        Self::WorkingHours,
        Self::Understood,
        Self::StartOn,
        Self::Question,
        Self::InTheWay,
        Self::DateOffered,
        Self::HowFar,
        Self::ReadyBy,
        Self::HandedBack,
        Self::HoursTaken,
        Self::HoursSpent,
        Self::WordWithIt,
        Self::WhatToChange,
        Self::NewDate,
        Self::NewDateAndTime,
        Self::Reason,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::WorkingHours => "My working days and hours, if they are different:",
            Self::Understood => "How I understand the task:",
            Self::StartOn => "I will start on:",
            Self::Question => "My question:",
            Self::InTheWay => "What stands in the way:",
            Self::DateOffered => "The date I can offer:",
            Self::HowFar => "How far it is:",
            Self::ReadyBy => "It will be ready by:",
            Self::HandedBack => "What I hand back:",
            Self::HoursTaken => "Hours not reported before:",
            Self::HoursSpent => "Hours since the last report:",
            Self::WordWithIt => "A word with it (optional):",
            Self::WhatToChange => "What to change:",
            Self::NewDate => "New date (optional):",
            Self::NewDateAndTime => "New date and time:",
            Self::Reason => "Reason (optional):",
        }
    }

    /// What stands behind this prompt in `text`, up to the next line. None where it was left as it is, or is not there.
    pub fn answer_in(self, text: &str) -> Option<&str> {
        let line = text.lines().find_map(|line| line.trim_start().strip_prefix(self.as_str()))?;
        Some(line.trim()).filter(|answer| !answer.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_end_in_a_colon_and_none_begins_like_another() {
        for prompt in Prompt::ALL {
            assert!(prompt.as_str().ends_with(':'));
            let alike = Prompt::ALL.iter().filter(|other| other.as_str().starts_with(prompt.as_str())).count();
            assert_eq!(alike, 1, "{prompt:?}");
        }
    }

    #[test]
    fn every_prompt_stands_below_a_word_or_below_the_hello() {
        for prompt in Prompt::ALL.iter().filter(|prompt| **prompt != Prompt::WorkingHours) {
            let words = FirstWord::ALL.iter().filter(|word| word.prompts().contains(prompt)).count();
            assert_eq!(words, 1, "{prompt:?}");
        }
    }

    #[test]
    fn what_was_filled_in_is_found_behind_its_prompt() {
        let text = "DONE HB-1\n\nWhat I hand back: the list\n\nHours not reported before:\n";
        assert_eq!(Prompt::HandedBack.answer_in(text), Some("the list"));
        assert_eq!(Prompt::HoursTaken.answer_in(text), None);
        assert_eq!(Prompt::Reason.answer_in(text), None);
    }
}
