//! Dates in people's words: how they were read is said back, on the reader's own clock, once to each side.

use crate::support::office::{Office, Sent, told};
use handback::domain::id::TaskId;

const MONDAY: &str = "2026-03-02T01:00:00Z";

/// All that a letter says of how dates were read, without its line breaks.
fn echoes(letter: &Sent) -> Vec<String> {
    let text = letter.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let sentences = text.match_indices("I read ").filter_map(|(at, _)| text.get(at..)?.split_once(". "));
    sentences.map(|(sentence, _)| sentence.to_owned()).collect()
}

fn with_a_task_in_manila(office: &mut Office) -> TaskId {
    office.hire("Ana Silva", "Asia/Manila");
    office.hand_over("August invoices")
}

#[test]
fn a_promised_date_is_said_back_once_to_the_assistant_and_once_to_the_owner() {
    told(MONDAY, |office| {
        let task = with_a_task_in_manila(office);
        office.assistant_writes(task, "Understood. 10 of 40 are filed, the rest will be ready by Thursday noon.");
        office.wait_until("2026-03-02T08:00:00Z");
        assert_eq!(
            echoes(&office.letter("digest")),
            ["I read Ana’s “by Thursday noon” as Thursday 5 March, 04:00 London (12:00 Manila)"]
        );
        office.command(&["task", "answer", "HB-1", "Use the new logo."]);
        office.wait_until("2026-03-02T09:00:00Z");
        assert_eq!(echoes(&office.letter("told")), ["I read “by Thursday noon” as Thursday 5 March, 12:00 Manila"]);
        office.command(&["task", "answer", "HB-1", "And the old font."]);
        office.wait_until("2026-03-03T08:00:00Z");
        assert!(office.letter("told").text().contains("And the old font."));
        assert_eq!(echoes(&office.letter("told")), [""; 0]);
        assert_eq!(echoes(&office.letter("digest")), [""; 0]);
    });
}

#[test]
fn a_date_asked_for_is_said_back_with_the_question() {
    told(MONDAY, |office| {
        let task = with_a_task_in_manila(office);
        office.assistant_writes(task, "Understood, I will file every invoice.");
        office.wait_until("2026-03-02T09:00:00Z");
        office.assistant_writes(task, "I need more time for this. Could I have until next Tuesday, 5pm?");
        assert_eq!(
            echoes(&office.letter("needs_owner")),
            ["I read Ana’s “until next Tuesday, 5pm” as Tuesday 10 March, 09:00 London (17:00 Manila)"]
        );
        office.owner_writes(task, "DUE HB-1 Wednesday next week 9am");
        office.wait_until("2026-03-03T09:00:00Z");
        let moved = office.letter("due_moved");
        assert!(moved.text().contains("Wednesday 11 March, 17:00 your time (Manila)"), "{}", moved.text());
        assert_eq!(
            echoes(&moved),
            [
                "I read “until next Tuesday, 5pm” as Tuesday 10 March, 17:00 Manila",
                "I read Maya’s “Wednesday next week 9am” as Wednesday 11 March, 17:00 Manila (09:00 London)",
            ]
        );
        assert_eq!(
            echoes(&office.letter("digest")),
            ["I read “Wednesday next week 9am” as Wednesday 11 March, 09:00 London"]
        );
    });
}

#[test]
fn a_date_in_an_answer_of_the_owners_reaches_the_assistant_on_their_own_clock() {
    told(MONDAY, |office| {
        let task = with_a_task_in_manila(office);
        office.assistant_writes(task, "Which folder do you want them in?");
        office.wait_until("2026-03-02T08:00:00Z");
        office.owner_writes(task, "The one called 2026-08. Half of them by tomorrow 5pm, please.");
        office.wait_until("2026-03-03T08:00:00Z");
        assert_eq!(
            echoes(&office.letter("answer")),
            ["I read Maya’s “by tomorrow 5pm” as Wednesday 4 March, 01:00 Manila (Tue 3 Mar, 17:00 London)"]
        );
    });
}

#[test]
fn days_off_are_said_back_from_the_first_to_the_last() {
    told(MONDAY, |office| {
        let task = with_a_task_in_manila(office);
        office.assistant_writes(task, "Understood, all of it by Friday. I am on leave from 9 to 11 March.");
        office.wait_until("2026-03-02T08:00:00Z");
        office.command(&["task", "answer", "HB-1", "Enjoy the days."]);
        office.wait_until("2026-03-02T09:00:00Z");
        let said = echoes(&office.letter("told"));
        assert!(
            said.contains(
                &"I read “I am on leave from 9 to 11 March” as Monday 9 March to Wednesday 11 March, Manila"
                    .to_owned()
            ),
            "{said:#?}"
        );
    });
}
