//! Many mails that are read in one go, ahead of their turn and on several processors.

use crate::support::office::Office;
use handback::domain::{
    event::{Event, Fact},
    id::TaskId,
    task::Task,
};

/// What the ledger holds in the end.
type Ends = (Vec<String>, Vec<Task>, Vec<Event>);

/// Lets Ana and the owner write a dozen mails, of which one changes what others rest on: the due date that "two more
/// days" are counted from. Nobody is answered meanwhile.
fn play(at_once: bool) -> Ends {
    let mut office = Office::open("2026-03-02T09:00:00Z");
    office.hire("Ana Silva", "Europe/Lisbon");
    let tasks: Vec<TaskId> = ["August invoices", "Newsletter"].iter().map(|title| office.hand_over(title)).collect();
    let letters: Vec<_> = office.everything_sent().into_iter().filter(|sent| sent.kind == "task").collect();
    office.assistant_writes(tasks[0], "Which folder do you want them in?");
    let question = office.letter("question");
    office.command(&["hold"]);

    let due = "DUE HB-1 Friday 13 March 2026, 17:00";
    let mails = [
        (&letters[0], "Understood, I file every invoice by Friday."),
        (&letters[1], "Got it, all clear."),
        (&letters[0], "Half of it is done, 2 hours so far."),
        (&question, due),
        (&letters[0], "I will be ready on time."),
        (&letters[0], "I will be ready on time. The scanner was slow."),
        (&letters[1], "I can not go on: the password does not work."),
        (&question, "ANSWER HB-1 The one of last year, please."),
        (&letters[0], "I need two more days."),
        (&letters[1], "The work is done. It took 3.5 hours."),
        (&letters[1], "One question: should I send it too?"),
        (&letters[0], "The work is done."),
    ];
    for (letter, words) in mails {
        office.answer_arrives(letter, words);
        if !at_once {
            office.round();
        }
    }
    office.round();
    let outcomes = office.outcomes();
    assert_eq!(outcomes.len(), mails.len() + 1, "{outcomes:#?}");
    (outcomes, office.tasks(), office.events())
}

#[test]
fn mails_read_ahead_of_their_turn_end_as_those_read_one_by_one() {
    let (one_by_one, at_once) = (play(false), play(true));
    assert_eq!(at_once.0, one_by_one.0);
    assert_eq!(at_once.1, one_by_one.1);
    assert_eq!(at_once.2, one_by_one.2);
    let asked = at_once.2.iter().find_map(|event| {
        let Fact::DateProposed { date, .. } = &event.fact else { return None };
        date.map(|date| date.date())
    });
    assert_eq!(asked, "2026-03-15".parse().ok(), "counted from the date that the owner set just before");
}
