//! What the owner taught about the writer: a phrase that was explained before means what the owner said, and corrections
//! that mostly go one way move an act a little.

use super::{
    candidates::{Candidate, Found},
    clause::Outline,
    model::{Model, View},
    patterns::Says,
    tokens::tokens,
    weigh,
};
use crate::{
    domain::{
        lesson::{Lesson, Lessons, VOUCHED},
        statement::Act,
        understanding::Asked,
    },
    understanding::thread,
};
use std::ops::Range;

/// Shown by `explain` where the owner's own reading of these very words went before everything else.
pub(super) const FROM_OWNER: &str = "learned from you";
/// And where corrections of other words of the same person moved an act.
const OF_PERSON: &str = "learned of this person";

/// An answer of so few words means nothing without what was asked.
const SHORT: usize = 3;

/// Lets `lessons` change what was found, and returns for each clause whether the owner has said what it means.
pub(super) fn heed(
    lessons: &Lessons,
    asked: Option<Asked>,
    model: &Model,
    view: &View<'_>,
    text: &str,
    found: &mut Found,
) -> Vec<bool> {
    let mut settled = vec![false; view.outline.clauses.len()];
    if lessons.is_empty() {
        return settled;
    }
    let before: Vec<(Act, u16, Range<usize>)> =
        found.candidates.iter().map(|found| (found.act, found.weight, found.clauses.clone())).collect();
    for candidate in found.candidates.iter_mut().filter(|candidate| !candidate.taught) {
        lean(candidate, lessons.shift(candidate.act), model, view);
    }
    for (lesson, clauses) in matches(lessons, asked, view, text, &mut settled) {
        explain(lesson, &clauses, model, view, found);
    }
    if settled.contains(&true) {
        found.candidates.sort_by_key(|candidate| candidate.clauses.start);
        quieten(found, &before, &settled);
    }
    settled
}

/// Moves one candidate by what other corrections of the person add up to. Nothing but the very words that the owner
/// explained lifts a confirmation or finished work over the gate.
fn lean(candidate: &mut Candidate, shift: f64, model: &Model, view: &View<'_>) {
    let quoted = || {
        let clauses = view.outline.clauses.get(candidate.clauses.clone()).unwrap_or_default();
        let tokens = clauses.iter().flat_map(|clause| clause.tokens.clone());
        tokens.filter_map(|token| view.outline.tokens.get(token)).any(|token| token.quoted)
    };
    if shift == 0.0 || shift > 0.0 && quoted() {
        return;
    }
    let share = (f64::from(candidate.weight) / 1000.0).clamp(0.001, 0.999);
    let odds = (share / (1.0 - share)).ln() + shift;
    let moved = super::candidates::permille(1.0 / (1.0 + (-odds).exp()));
    let weighty = matches!(candidate.act, Act::Confirm | Act::Done);
    let most = if weighty { model.thresholds(candidate.act).gate.saturating_sub(1) } else { 1000 };
    let moved = if shift > 0.0 { moved.min(most).max(candidate.weight) } else { moved };
    if moved != candidate.weight {
        candidate.weight = moved;
        candidate.because.push(OF_PERSON);
    }
}

/// Where the phrases stand that were explained: the longest first, and of two alike the newest.
fn matches<'a>(
    lessons: &'a Lessons,
    asked: Option<Asked>,
    view: &View<'_>,
    text: &str,
    settled: &mut [bool],
) -> Vec<(&'a Lesson, Range<usize>)> {
    let mut known: Vec<(&Lesson, Option<Asked>, Vec<String>)> =
        lessons.phrases().map(|(lesson, asked)| (lesson, asked, phrase(lesson.words.as_str()))).collect();
    known.retain(|(_, when_asked, words)| !words.is_empty() && (words.len() > SHORT || *when_asked == asked));
    known.sort_by_key(|(.., words)| std::cmp::Reverse(words.len()));
    let untagged = words_of_clauses(view.outline, text);
    let mut found = Vec::new();
    for (lesson, _, words) in known {
        for start in 0..untagged.len() {
            let Some(clauses) = match_at(&untagged, start, &words) else { continue };
            let asks = view.outline.clauses.get(clauses.end - 1).is_some_and(|clause| clause.asks);
            let free = !settled.get(clauses.clone()).unwrap_or_default().contains(&true);
            if asks == lesson.asks && free && !is_taught(view, &clauses) {
                settled.iter_mut().take(clauses.end).skip(clauses.start).for_each(|settled| *settled = true);
                found.push((lesson, clauses));
            }
        }
    }
    found
}

/// The clauses from `start` on that say `words`, all of them and nothing else.
fn match_at(clauses: &[Vec<&str>], start: usize, words: &[String]) -> Option<Range<usize>> {
    let mut rest = words;
    for (number, clause) in clauses.iter().enumerate().skip(start) {
        if clause.is_empty() && number == start {
            return None;
        }
        let (head, tail) = rest.split_at_checked(clause.len())?;
        if !head.iter().eq(clause) {
            return None;
        }
        rest = tail;
        if rest.is_empty() {
            return Some(start..number + 1);
        }
    }
    None
}

/// A phrase as it is compared: folded words, without the tags of tasks.
pub(super) fn phrase(words: &str) -> Vec<String> {
    let mentions: Vec<Range<usize>> = thread::mentions(words).map(|(_, place)| place).collect();
    let tagged = |span: &Range<usize>| mentions.iter().any(|tag| tag.start <= span.start && span.end <= tag.end);
    tokens(words).into_iter().filter(|token| !tagged(&token.span)).map(|token| token.text).collect()
}

fn words_of_clauses<'a>(outline: &'a Outline, text: &str) -> Vec<Vec<&'a str>> {
    let mentions: Vec<Range<usize>> = thread::mentions(text).map(|(_, place)| place).collect();
    let tagged = |span: &Range<usize>| mentions.iter().any(|tag| tag.start <= span.start && span.end <= tag.end);
    let words = |tokens: &Range<usize>| {
        let tokens = outline.tokens.get(tokens.clone()).unwrap_or_default();
        tokens.iter().filter(|token| !tagged(&token.span)).map(|token| token.text.as_str()).collect()
    };
    outline.clauses.iter().map(|clause| words(&clause.tokens)).collect()
}

/// The first words of our letters and the prompts of our taps say what they say.
fn is_taught(view: &View<'_>, clauses: &Range<usize>) -> bool {
    let heard = view.heard.get(clauses.clone()).unwrap_or_default();
    heard.iter().flat_map(|heard| &heard.hits).any(|hit| weigh::is_taught(hit.name))
}

/// Replaces what was found in `clauses` by what the owner said they mean.
fn explain(lesson: &Lesson, clauses: &Range<usize>, model: &Model, view: &View<'_>, found: &mut Found) {
    let within = |candidate: &Candidate| {
        clauses.start <= candidate.clauses.start && candidate.clauses.end <= clauses.end && !candidate.taught
    };
    found.candidates.retain(|candidate| !within(candidate));
    let alone = stands_alone(view, clauses);
    for act in &lesson.means {
        let thresholds = model.thresholds(*act);
        let weighty = matches!(act, Act::Confirm | Act::Done);
        let sure = VOUCHED.as_permille().max(thresholds.gate);
        let weight = if weighty && !alone { thresholds.gate.saturating_sub(1) } else { sure };
        let because = vec![FROM_OWNER];
        found.candidates.push(Candidate { act: *act, weight, clauses: clauses.clone(), because, taught: false });
    }
}

/// Whether nothing around these clauses could turn them: no quotation marks, and no condition, denial, doubt, plan or
/// report in the rest of their sentence.
fn stands_alone(view: &View<'_>, clauses: &Range<usize>) -> bool {
    let sentence = |number: usize| view.outline.clauses.get(number).map(|clause| clause.sentence);
    let (first, last) = (sentence(clauses.start), sentence(clauses.end - 1));
    let beside = (0..view.outline.clauses.len())
        .filter(|number| !clauses.contains(number) && (sentence(*number) == first || sentence(*number) == last));
    let turned = beside
        .filter_map(|number| view.heard.get(number))
        .flat_map(|heard| &heard.hits)
        .any(|hit| matches!(hit.says, Says::Context(_)));
    let own = view.outline.clauses.get(clauses.clone()).unwrap_or_default();
    let mut tokens = own.iter().flat_map(|clause| clause.tokens.clone());
    let quoted = tokens.any(|token| view.outline.tokens.get(token).is_some_and(|token| token.quoted));
    !turned && !quoted
}

/// Acts that spoke in explained clauses alone are heard no more; what was only leaned down still is. Of clauses beside the
/// explained ones, what was too faint to be a candidate might still speak.
fn quieten(found: &mut Found, before: &[(Act, u16, Range<usize>)], settled: &[bool]) {
    let faintest = if settled.iter().all(|settled| *settled) { 0 } else { super::WORTH_NAMING - 1 };
    let is_settled =
        |clauses: &Range<usize>| settled.get(clauses.clone()).is_some_and(|all| all.iter().all(|one| *one));
    for (act, loudest) in Act::ALL.into_iter().zip(&mut found.loudest) {
        let beside = before.iter().filter(|(other, _, clauses)| *other == act && !is_settled(clauses));
        let beside = beside.map(|(_, weight, _)| *weight).max().unwrap_or_default();
        *loudest = (*loudest).min(beside.max(faintest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            event::Fact,
            id::{InboxId, PersonId, TaskId},
            understanding::{OwnWords, Situation, Understanding},
        },
        understanding::read_reply,
    };

    fn lesson(words: &str, read: &[Act], means: &[Act]) -> Lesson {
        Lesson {
            words: words.into(),
            from: 0,
            to: words.len(),
            asks: false,
            read: read.to_vec(),
            doubted: Vec::new(),
            means: means.to_vec(),
            because: Vec::new(),
        }
    }

    fn learned(lessons: Vec<Lesson>, asked: Option<Asked>) -> Lessons {
        let mut learned = Lessons::default();
        for (mail, lesson) in (1..).zip(lessons) {
            learned.apply(&Fact::ReadingCorrected {
                inbox: InboxId(mail),
                task: TaskId(1),
                person: PersonId(2),
                reader: 1,
                asked,
                lessons: vec![lesson],
            });
        }
        learned
    }

    fn read(text: &str, lessons: &Lessons, asked: Option<Asked>) -> Understanding {
        let own_words = OwnWords { text: text.to_owned(), ..OwnWords::default() };
        let written = "2026-03-10T10:00:00".parse().unwrap();
        let new = Situation::new(written, chrono_tz::Asia::Manila);
        read_reply(&own_words, &Situation { lessons: lessons.clone(), asked, ..new })
    }

    fn applied(found: &Understanding) -> Vec<Act> {
        found.statements.iter().filter(|found| found.applied).map(|found| found.act()).collect()
    }

    #[test]
    fn a_phrase_that_was_explained_is_read_so_whatever_its_capitals_marks_and_tags() {
        let lessons = learned(vec![lesson("off my desk", &[], &[Act::Done])], None);
        for text in ["Off my desk.", "off my desk!", "Off  my desk", "HB-7 off my desk.", "Hi Maya,\n\noff my desk"] {
            let found = read(text, &lessons, None);
            assert_eq!(applied(&found), [Act::Done], "{text}: {found:#?}");
            assert_eq!(found.statements[0].because, [FROM_OWNER]);
            assert!(!found.review, "{text}: {found:#?}");
        }
        for other in ["Off my desk now", "Is it off my desk?", "not off my desk", "Off his desk."] {
            let found = read(other, &lessons, None);
            assert!(!applied(&found).contains(&Act::Done), "{other}: {found:#?}");
        }
    }

    #[test]
    fn what_turns_the_sentence_around_a_phrase_keeps_it_from_being_applied() {
        let lessons = learned(vec![lesson("off my desk", &[], &[Act::Done])], None);
        for text in ["If the bank agrees, off my desk.", "Off my desk, I think.", "He said: \"off my desk\""] {
            let found = read(text, &lessons, None);
            assert!(!applied(&found).contains(&Act::Done), "{text}: {found:#?}");
        }
    }

    #[test]
    fn a_phrase_that_means_nothing_is_silent_and_what_stands_beside_it_is_read_as_ever() {
        let unread = "Zebra umbrella marmalade.";
        assert!(read(unread, &Lessons::default(), None).review);
        let lessons = learned(vec![lesson("Zebra umbrella marmalade", &[], &[])], None);
        let found = read(unread, &lessons, None);
        assert_eq!((found.statements.len(), found.unread.len(), found.review), (0, 0, false), "{found:#?}");
        let found = read("Zebra umbrella marmalade. Which folder do you want them in?", &lessons, None);
        assert_eq!(applied(&found), [Act::Question], "{found:#?}");
    }

    #[test]
    fn a_short_answer_means_what_it_meant_only_where_the_same_was_asked() {
        let lessons = learned(vec![lesson("all set", &[Act::Confirm], &[Act::Done])], Some(Asked::WhetherDone));
        assert_eq!(applied(&read("All set", &lessons, Some(Asked::WhetherDone))), [Act::Done]);
        assert!(!applied(&read("All set", &lessons, Some(Asked::ToConfirm))).contains(&Act::Done));
    }

    #[test]
    fn the_first_words_of_our_letters_are_never_unlearned() {
        let lessons = learned(vec![lesson("done hb-1", &[Act::Done], &[]), lesson("DONE", &[Act::Done], &[])], None);
        assert_eq!(applied(&read("DONE HB-1", &lessons, None)), [Act::Done]);
    }

    /// Sentences that are read with all sorts of confidence.
    const SENTENCES: [&str; 12] = [
        "It is done.",
        "I think it should be everything.",
        "almost finished",
        "ok",
        "okay maybe, I will see",
        "noted",
        "Everything is uploaded to the drive.",
        "Sent it to you earlier",
        "Is the second tab needed too",
        "The login does not work.",
        "I could use two more days",
        "I have time next week",
    ];

    fn biased(act: Act, corrections: usize, up: bool) -> Lessons {
        let phrases = (0..corrections).map(|number| {
            let (read, means): (&[Act], &[Act]) = if up { (&[], &[act]) } else { (&[act], &[]) };
            lesson(&format!("some other words {number} of that person"), read, means)
        });
        learned(phrases.collect(), None)
    }

    #[test]
    fn corrections_of_other_words_never_lift_a_confirmation_or_finished_work_over_the_gate() {
        let mut lifted = 0;
        for act in [Act::Confirm, Act::Done] {
            let lessons = biased(act, 40, true);
            for text in SENTENCES {
                let (before, after) = (read(text, &Lessons::default(), None), read(text, &lessons, None));
                assert_eq!(applied(&before), applied(&after), "{text}");
                let of = |found: &Understanding| {
                    let all = found.statements.iter().chain(&found.maybe);
                    all.filter(|found| found.act() == act).map(|found| found.confidence).max()
                };
                lifted += usize::from(of(&after) > of(&before));
            }
        }
        assert!(lifted > 0, "nothing was moved at all, so nothing was tried");
    }

    #[test]
    fn corrections_of_other_words_can_bring_finished_work_below_the_gate() {
        let lessons = biased(Act::Done, 40, false);
        let lowered = SENTENCES.iter().filter(|text| {
            let was = applied(&read(text, &Lessons::default(), None)).contains(&Act::Done);
            was && !applied(&read(text, &lessons, None)).contains(&Act::Done)
        });
        assert!(lowered.count() > 0);
    }

    #[test]
    fn one_wrong_tap_flips_no_act_of_other_words() {
        for act in Act::ALL {
            for (up, text) in [true, false].into_iter().flat_map(|up| SENTENCES.map(|text| (up, text))) {
                let none = read(text, &Lessons::default(), None);
                for corrections in 1..=2 {
                    assert_eq!(read(text, &biased(act, corrections, up), None), none, "{act}: {text}");
                }
                let confidence = |corrections| {
                    let found = read(text, &biased(act, corrections, up), None);
                    let all = found.statements.iter().chain(&found.maybe).filter(|found| found.act() == act);
                    all.map(|found| found.confidence.as_permille()).max().unwrap_or_default()
                };
                let steps: Vec<u16> = (2..=10).map(confidence).collect();
                let farthest = steps.windows(2).map(|pair| pair[0].abs_diff(pair[1])).max().unwrap();
                // Below what is worth naming a candidate is not listed at all.
                assert!(farthest <= 43 || steps.contains(&0), "{act}: {text}: {steps:?}");
            }
        }
    }

    #[test]
    fn a_question_that_corrections_made_unlikely_is_still_put_to_the_owner() {
        let lessons = biased(Act::Question, 40, false);
        for text in ["Is the second tab needed too", "Which folder do you want them in"] {
            let before = read(text, &Lessons::default(), None);
            let after = read(text, &lessons, None);
            let heard = |found: &Understanding| found.review || applied(found).contains(&Act::Question);
            assert!(heard(&before) && heard(&after), "{text}: {after:#?}");
        }
    }
}
