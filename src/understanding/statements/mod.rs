//! Reads a reply: from a person's own words to statements, each with the words it rests on and a confidence.
//!
//! Precise before complete. What no rule explains is kept word for word and shown to the owner.
//!
//! | file | knows |
//! |---|---|
//! | `tokens` | words, folded, with their bytes |
//! | `short_forms` | contractions, and what people type for short |
//! | `clause` | sentences and clauses, and where times and amounts stand |
//! | `phrase` | a small matcher for phrases |
//! | `lists` | lists of words that structure rests on |
//! | `patterns/` | what people write, as named rows of phrases |
//! | `hits` | which rows stand where, and what turns them |
//! | `shortcuts` | the first words that our letters teach, and short answers to what we asked |
//! | `prompts` | the lines that our taps put below a first word |
//! | `topics` | which task and which numbered line each clause is about |
//! | `turns` | what turns the words of a clause: conditions, denials, plans |
//! | `weigh` | what the rows say, clause by clause |
//! | `model/` | what was learned from labelled replies |
//! | `candidates` | from both to candidates with a confidence |
//! | `lessons` | what the owner taught about the writer |
//! | `reasons` | what pulled how much towards a statement, to explain it |
//! | `correction` | from the owner's word on a reading to what it teaches, and the reading as it should have been |
//! | `slots` | percent, date, minutes, amount, whole or part |
//! | `review` | what was left unread, and whether the owner has to look |

mod candidates;
mod clause;
pub mod correction;
mod hits;
mod lessons;
mod lists;
pub mod model;
mod patterns;
mod phrase;
mod prompts;
pub mod reasons;
mod review;
mod short_forms;
mod shortcuts;
mod slots;
mod tokens;
mod topics;
mod turns;
mod weigh;

use super::{thread, times};
use crate::domain::{
    statement::{Act, Confidence, Statement},
    understanding::{OwnWords, Situation, Understanding},
};
use candidates::{Candidate, Found};
use clause::Outline;
use hits::Hits;
use model::{Features, Model, View};
use std::ops::Range;
use topics::{Topic, Topics};
use turns::Turns;

/// Confidences below this, in thousandths, are noise and are not even listed as candidates.
pub const WORTH_NAMING: u16 = 100;

/// Reads what an assistant wrote.
pub fn read_reply(own_words: &OwnWords, situation: &Situation) -> Understanding {
    read_reply_with(Model::embedded(), own_words, situation)
}

/// Reads what an assistant wrote as `model` has learned to: how training judges a model on writers it has not seen.
pub fn read_reply_with(model: &Model, own_words: &OwnWords, situation: &Situation) -> Understanding {
    let (text, fields) = prompts::blank(&own_words.text);
    let text = text.as_ref();
    let times = times::find(text, situation);
    let outline = Outline::new(text, &times);
    let mut hits = Hits::find(&outline);
    shortcuts::add(&mut hits, &outline, text, own_words, situation);
    shortcuts::add_fields(&mut hits, &outline, &fields);
    let topics = Topics::new(&outline, text, own_words, &situation.lines);
    let (Found { candidates, mut loudest }, settled) = with_view(&outline, &hits, situation, |view| {
        let mut found = candidates::find(model, view);
        let settled = lessons::heed(&situation.lessons, situation.asked, model, view, text, &mut found);
        (found, settled)
    });
    let (mut statements, mut maybe) = (Vec::new(), Vec::new());
    for candidate in candidates.iter().filter(|candidate| candidate.weight >= WORTH_NAMING) {
        let believed = candidate.weight >= model.thresholds(candidate.act).cut;
        for topic in topics.of(candidate.clauses.start) {
            let statement = statement(model, candidate, topic, &candidates, &outline, text, situation);
            if believed { statements.push(statement) } else { maybe.push(statement) }
        }
    }
    slots::keep_totals(&mut statements);
    if slots::leave_counts_to_progress(&mut statements, &mut maybe) {
        let mut acts = Act::ALL.into_iter().zip(&mut loudest);
        acts.find(|(act, _)| *act == Act::Done).into_iter().for_each(|(_, loudest)| *loudest = 0);
    }
    let unread = review::unread(model, &outline, &hits, &candidates, &settled, text);
    let review = own_words.doubt.is_some()
        || review::owner_must_look(model, &statements, &loudest, &unread)
        // Something was perhaps said, and nothing of it is believed: silence is doubt too.
        || (statements.is_empty() && !maybe.is_empty() && !unread.is_empty())
        || review::obstacle_unheard(&outline, &hits, &statements, &settled);
    let unread = unread.into_iter().map(|sentence| sentence.words).collect();
    Understanding { statements, maybe, unread, review, named_tasks: thread::named_tasks(text), times }
}

/// One clause as training sees it.
#[derive(Debug, Clone)]
pub struct ShownClause {
    /// Its bytes in the reply.
    pub span: Range<usize>,
    pub features: Features,
    /// What the rows say, from 0 to 1, in the order of [`crate::domain::statement::Act::ALL`].
    pub rules: [f32; 12],
    pub asks: bool,
    pub english: bool,
}

/// What a reply shows a model: each clause, and the message as a whole.
pub fn shown(own_words: &OwnWords, situation: &Situation) -> (Vec<ShownClause>, Features) {
    let (text, fields) = prompts::blank(&own_words.text);
    let outline = Outline::new(text.as_ref(), &times::find(text.as_ref(), situation));
    let mut hits = Hits::find(&outline);
    shortcuts::add(&mut hits, &outline, text.as_ref(), own_words, situation);
    shortcuts::add_fields(&mut hits, &outline, &fields);
    with_view(&outline, &hits, situation, |view| {
        let clauses = (0..outline.clauses.len()).map(|number| {
            let score = candidates::without_learned(view, number);
            ShownClause {
                span: outline.clause_bytes(&(number..number + 1)),
                features: model::features(view, number),
                rules: score.rules,
                asks: score.asks,
                english: score.english,
            }
        });
        (clauses.collect(), model::whole(view))
    })
}

fn with_view<T>(outline: &Outline, hits: &Hits, situation: &Situation, look: impl FnOnce(&View<'_>) -> T) -> T {
    let (turns, heard) = (Turns::new(outline, hits), weigh::heard(outline, hits));
    let of_clause = heard.iter().enumerate();
    let voices: Vec<_> =
        of_clause.map(|(clause, heard)| weigh::voices(outline, hits, &turns, heard, clause)).collect();
    look(&View {
        outline,
        hits,
        turns: &turns,
        heard: &heard,
        voices: &voices,
        ideas: model::ideas(outline),
        asked: situation.asked,
    })
}

fn statement(
    model: &Model,
    candidate: &Candidate,
    topic: &Topic,
    all: &[Candidate],
    outline: &Outline,
    text: &str,
    situation: &Situation,
) -> Statement {
    let span = outline.clause_bytes(&candidate.clauses);
    let sure = !candidate.taught || candidate.weight >= SURELY_TAUGHT;
    Statement {
        said: slots::said(candidate, all, outline, text, situation),
        words: text.get(span.clone()).unwrap_or_default().to_owned(),
        span,
        confidence: Confidence::permille(candidate.weight),
        applied: sure && candidate.weight >= model.thresholds(candidate.act).gate,
        task: topic.task,
        parts: topic.parts.clone(),
        because: candidate.because.clone(),
    }
}

/// Of the words our letters teach, only `CANNOT` leaves a doubt.
const SURELY_TAUGHT: u16 = 850;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        id::TaskId,
        understanding::{Asked, InlineAnswer},
    };

    fn situation(lines: &[u32], asked: Option<Asked>) -> Situation {
        Situation {
            asked,
            lines: lines.iter().map(|task| TaskId(*task)).collect(),
            ..Situation::new("2026-03-10T10:00:00".parse().unwrap(), chrono_tz::Asia::Manila)
        }
    }

    fn read(text: &str, lines: &[u32], asked: Option<Asked>) -> Understanding {
        read_reply(&OwnWords { text: text.to_owned(), ..OwnWords::default() }, &situation(lines, asked))
    }

    /// Shows each statement as `task act`, `-` standing for the mail's own task.
    fn shown(found: &Understanding) -> Vec<String> {
        let task = |task: Option<TaskId>| task.map_or_else(|| "-".to_owned(), |task| task.to_string());
        found.statements.iter().map(|found| format!("{} {}", task(found.task), found.act())).collect()
    }

    #[track_caller]
    fn check(text: &str, lines: &[u32], asked: Option<Asked>, expected: &[&str]) {
        assert_eq!(shown(&read(text, lines, asked)), expected, "{text}");
    }

    #[test]
    fn the_words_our_letters_teach_are_read_for_certain() {
        for (text, act) in [
            ("CONFIRM HB-142", Act::Confirm),
            ("confirm hb-142", Act::Confirm),
            ("QUESTION HB-142\nPaper or cloth", Act::Question),
            ("STATUS HB-142 80 %", Act::Progress),
            ("DONE HB-142", Act::Done),
            ("HOURS HB-142 2.5", Act::Hours),
            ("AWAY HB-142 from 3 April to 5 April", Act::Absence),
        ] {
            let found = read(text, &[], None);
            let first = &found.statements[0];
            assert_eq!((first.act(), first.applied, first.task), (act, true, Some(TaskId(142))), "{text}");
            assert!(first.confidence.as_permille() >= 950, "{text}");
        }
    }

    #[test]
    fn cannot_alone_goes_to_the_owner_and_with_a_date_asks_for_that_date() {
        assert!(read("CANNOT HB-1", &[], None).review);
        check(
            "CANNOT HB-1\n\nWhat stands in the way:\n\nThe date I can offer: Friday",
            &[],
            None,
            &["HB-1 extension"],
        );
    }

    #[test]
    fn an_empty_tap_says_its_first_word_and_no_more() {
        check("CONFIRM HB-1\n\nHow I understand the task:\n\nI will start on:\n", &[], None, &["HB-1 confirm"]);
        check(
            "CONFIRM HB-1\n\nHow I understand the task:\n\nI will start on: Friday\n",
            &[],
            None,
            &["HB-1 confirm"],
        );
    }

    #[test]
    fn each_task_of_a_list_keeps_its_own_statement() {
        check("HB-12 is done, for HB-14 I need until Friday", &[], None, &["HB-12 done", "HB-14 extension"]);
        check("HB-12 and HB-14 are done.", &[], None, &["HB-12 done", "HB-14 done"]);
    }

    #[test]
    fn numbered_answers_find_the_tasks_of_our_numbered_lines() {
        check("1 yes, 2 on Friday", &[7, 8], Some(Asked::ToConfirm), &["HB-7 confirm", "HB-8 progress"]);
        check("1. done\n2. 60%", &[7, 8], None, &["HB-7 done", "HB-8 progress"]);
    }

    #[test]
    fn a_short_answer_means_what_was_asked() {
        check("Yes", &[], Some(Asked::ToConfirm), &["- confirm"]);
        let done = read("Yes", &[], Some(Asked::WhetherDone));
        assert!(done.statements.iter().any(|found| found.act() == Act::Done), "{done:?}");
        check("Friday", &[], Some(Asked::ForStatus), &["- progress"]);
    }

    #[test]
    fn an_inline_answer_belongs_to_the_line_it_answers() {
        let own_words = OwnWords {
            text: "done".to_owned(),
            inline: vec![InlineAnswer { answers: "2. Price list (HB-9)".to_owned(), span: 0..4 }],
            doubt: None,
        };
        assert_eq!(shown(&read_reply(&own_words, &situation(&[], None))), ["HB-9 done"]);
    }

    #[test]
    fn what_no_rule_explains_is_kept_and_shown_to_the_owner() {
        let found = read("Zebra umbrella marmalade.", &[], None);
        assert_eq!(
            (found.unread.as_slice(), found.review),
            (["Zebra umbrella marmalade".to_owned()].as_slice(), true)
        );
        let thanks = read("Thank you so much!\n\nBest regards,\nAna", &[], None);
        assert_eq!((thanks.statements.len(), thanks.unread.len(), thanks.review), (0, 0, false));
    }

    #[test]
    fn a_count_of_parts_says_how_far_and_asks_nothing_about_the_rest() {
        let found = read("Hi Ma'am, 31 of 40 shops are ready. I will send the rest by Friday 4pm.", &[], None);
        assert!(found.statements.iter().all(|found| found.act() == Act::Progress), "{found:?}");
        assert!(!found.review);
    }

    #[test]
    fn a_reply_of_which_nothing_is_believed_goes_to_the_owner_where_something_was_perhaps_said() {
        let found = read("It lies with the notary since Monday, and he decides when.", &[], None);
        assert!(found.statements.is_empty() && !found.maybe.is_empty(), "{found:?}");
        assert!(found.review);
    }

    #[test]
    fn the_words_of_a_statement_are_cut_from_the_text() {
        let text = "Good morning! Todo está listo — 3 héures.\nWhich folder?";
        for statement in read(text, &[], None).statements {
            assert_eq!(text.get(statement.span.clone()), Some(statement.words.as_str()));
        }
    }

    #[test]
    fn a_whole_task_is_done_only_where_nothing_speaks_of_a_part() {
        use crate::domain::statement::{Said, Whole};
        let whole = |text: &str| {
            let statements = read(text, &[], None).statements;
            let found = statements
                .iter()
                .find_map(|found| if let Said::Done { whole } = found.said { Some(whole) } else { None });
            found.unwrap()
        };
        assert_eq!(whole("All done."), Whole::Yes);
        assert_eq!(whole("I have finished the second batch and uploaded it."), Whole::No);
        assert_eq!(whole("The report is finished. Which folder should it go to?"), Whole::Unsure);
    }
}
