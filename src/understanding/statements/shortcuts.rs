//! The first words that our letters teach, and short answers to what we asked last.
//!
//! `CONFIRM HB-142`, `QUESTION …`, `CANNOT …`, `STATUS 80 %`, `DONE`, `HOURS 2.5`, `AWAY 3-5 Dec`: in capitals at the start
//! of a line, or in any case when a task's number follows or the word stands alone on its line.

use super::{
    clause::Outline,
    hits::{Hit, Hits},
    patterns::Says,
    prompts::Filled,
};
use crate::{
    domain::{
        statement::Act,
        understanding::{Asked, OwnWords, Situation},
    },
    understanding::thread,
};
use std::ops::Range;

/// The words, what they say and how surely. `CANNOT` is taught for "another date, or not at all", so alone it is a doubt.
const WORDS: [(&str, &str, Act, u16); 7] = [
    ("CONFIRM", "word.confirm", Act::Confirm, 990),
    ("QUESTION", "word.question", Act::Question, 990),
    ("CANNOT", "word.cannot", Act::Decline, 660),
    ("STATUS", "word.status", Act::Progress, 990),
    ("DONE", "word.done", Act::Done, 990),
    ("HOURS", "word.hours", Act::Hours, 990),
    ("AWAY", "word.away", Act::Absence, 990),
];

/// Adds what shortcuts and short answers say.
pub(super) fn add(hits: &mut Hits, outline: &Outline, text: &str, own_words: &OwnWords, situation: &Situation) {
    for number in 0..outline.clauses.len() {
        if let Some(hit) = word(outline, text, number) {
            let other_date = hit.name == "word.cannot" && speaks(hits, Act::Extension);
            let refused = hit.name == "word.cannot" && speaks(hits, Act::Decline);
            match (other_date, refused) {
                (true, _) => {}
                (false, true) => hits.all.push(Hit { says: Says::For(Act::Decline, 970), ..hit }),
                (false, false) => hits.all.push(hit),
            }
        }
        if let Some(asked) = asked_here(outline, number, own_words, situation) {
            hits.all.extend(answer(outline, number, asked));
        }
    }
}

/// Adds what is filled in behind the prompts of a tap.
pub(super) fn add_fields(hits: &mut Hits, outline: &Outline, fields: &[(Filled, Range<usize>)]) {
    for (filled, bytes) in fields {
        let clauses: Vec<usize> = (0..outline.clauses.len())
            .filter(|clause| {
                let own = outline.clause_bytes(&(*clause..*clause + 1));
                own.start >= bytes.start && own.end <= bytes.end
            })
            .collect();
        let Some(first) = clauses.first().copied() else { continue };
        match filled {
            Filled::Says(act, name) => {
                let tokens = outline.clauses.get(first).map_or(0..0, |clause| clause.tokens.clone());
                hits.all.retain(|hit| hit.clause != first || matches!(hit.says, Says::For(said, _) if said == *act));
                // The first word above says the same, without the words that count.
                let says = |hit: &Hit| matches!(hit.says, Says::For(said, _) if said == *act);
                let words = hits.all.iter().filter(|hit| hit.name.starts_with("word.") && says(hit));
                let words: Vec<usize> = words.map(|hit| hit.clause).collect();
                hits.all.retain(|hit| !(says(hit) && words.contains(&hit.clause)));
                if matches!(act, Act::Extension | Act::Confirm) {
                    // A date that is offered or understood is no promise of progress.
                    let promised =
                        |hit: &Hit| matches!(hit.says, Says::For(Act::Progress, _)) && clauses.contains(&hit.clause);
                    hits.all.retain(|hit| !promised(hit));
                    hits.all.extend(asides(outline, &clauses, Says::Against(Act::Progress)));
                }
                if *act == Act::Extension {
                    // The task is not declined: another date is offered.
                    hits.all.retain(|hit| hit.name != "word.cannot");
                }
                hits.all.push(Hit { name, says: Says::For(*act, 970), tokens, clause: first });
            }
            Filled::Aside => {
                hits.all.retain(|hit| !clauses.contains(&hit.clause));
                hits.all.extend(asides(outline, &clauses, Says::Talk));
            }
            Filled::Words => {}
        }
    }
}

fn speaks(hits: &Hits, act: Act) -> bool {
    hits.all.iter().any(|hit| matches!(hit.says, Says::For(spoken, strength) if spoken == act && strength >= 800))
}

fn word(outline: &Outline, text: &str, number: usize) -> Option<Hit> {
    let clause = outline.clauses.get(number)?;
    let start = clause.tokens.start;
    if start > 0 && !outline.tokens.get(start - 1)?.after.line {
        return None;
    }
    let span = outline.tokens.get(start)?.span.clone();
    let written = text.get(span.clone())?;
    let (word, name, act, strength) = *WORDS.iter().find(|(word, ..)| word.eq_ignore_ascii_case(written))?;
    let line = text.get(span.start..)?.lines().next()?;
    let rest = line.get(written.len()..)?.trim_start();
    let names_task = thread::mentions(rest).next().is_some_and(|(_, place)| place.start == 0);
    let alone = rest.trim_matches(|c: char| c.is_ascii_punctuation()).is_empty();
    let shouted = rest.chars().filter(|c| c.is_alphabetic()).count() > 4 && !rest.chars().any(char::is_lowercase);
    let taught = (written == word && !shouted) || names_task || alone;
    let end = outline.tokens.iter().skip(start).take_while(|token| token.span == span).count() + start;
    (taught && !clause.asks).then_some(Hit {
        name,
        says: Says::For(act, strength),
        tokens: start..end,
        clause: number,
    })
}

/// What was asked of the words in this clause: by the quoted line they answer, else by our last letter.
fn asked_here(outline: &Outline, number: usize, own_words: &OwnWords, situation: &Situation) -> Option<Asked> {
    let start = outline.bytes(&outline.clauses.get(number)?.tokens).start;
    let quoted = own_words.inline.iter().find(|answer| answer.span.contains(&start));
    let Some(quoted) = quoted else { return situation.asked.filter(|_| outline.opens_line(number)) };
    let line = quoted.answers.to_lowercase();
    let asks = |words: &[&str]| words.iter().any(|word| line.contains(word));
    if asks(&["confirm", "understand", "clear?"]) {
        Some(Asked::ToConfirm)
    } else if asks(&["finished?", "done?", "handed back?", "ready?", "complete?"]) {
        Some(Asked::WhetherDone)
    } else if asks(&["status", "how far", "by when", "when will", "on track"]) {
        Some(Asked::ForStatus)
    } else {
        None
    }
}

/// What a clause of one to three words says as an answer.
fn answer(outline: &Outline, number: usize, asked: Asked) -> Option<Hit> {
    const YES: [&str; 19] = [
        "yes", "yep", "oo", "opo", "si", "sim", "oui", "ja", "так", "да", "tak", "ya", "iya", "sudah", "haan",
        "ndiyo", "claro", "👍", "✅",
    ];
    const NO: [&str; 11] = ["no", "not", "nao", "non", "nein", "ні", "нет", "nie", "belum", "hindi", "nahi"];
    let clause = outline.clauses.get(number)?;
    let start = clause.tokens.start + usize::from(outline.list_number(number).is_some());
    let words = clause.tokens.end.checked_sub(start).filter(|words| (1..=3).contains(words) && !clause.asks)?;
    let first = outline.tokens.get(start)?.text.as_str();
    let hit = |name, act, strength| {
        Some(Hit { name, says: Says::For(act, strength), tokens: start..start + words, clause: number })
    };
    match asked {
        Asked::ToConfirm if YES.contains(&first) => hit("answer.confirm", Act::Confirm, 960),
        Asked::WhetherDone if YES.contains(&first) => hit("answer.done", Act::Done, 930),
        Asked::WhetherDone | Asked::ForStatus if NO.contains(&first) => hit("answer.not_yet", Act::Progress, 880),
        Asked::ForStatus | Asked::WhetherDone if outline.names_time(start..start + words) => {
            hit("answer.when", Act::Progress, 880)
        }
        Asked::ToConfirm | Asked::WhetherDone | Asked::ForStatus => None,
    }
}

/// What `says` of every one of some clauses behind a prompt.
fn asides(outline: &Outline, clauses: &[usize], says: Says) -> Vec<Hit> {
    let clauses = clauses.iter().filter_map(|number| Some((*number, outline.clauses.get(*number)?)));
    clauses.map(|(clause, of)| Hit { name: "prompt.aside", says, tokens: of.tokens.clone(), clause }).collect()
}
