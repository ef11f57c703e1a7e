//! Reads a reply: from a person's own words to statements, each with the words it rests on and a confidence.
//!
//! Precise before complete. What no rule explains is kept word for word and shown to the owner.
//!
//! | file | knows |
//! |---|---|
//! | `tokens` | words, folded, with their bytes |
//! | `clause` | sentences and clauses, and where times and amounts stand |
//! | `phrase` | a small matcher for phrases |
//! | `lists` | lists of words that structure rests on |
//! | `patterns/` | what people write, as named rows of phrases |
//! | `hits` | which rows stand where, and what turns them |
//! | `shortcuts` | the first words that our letters teach, and short answers to what we asked |
//! | `prompts` | the lines that our taps put below a first word |
//! | `topics` | which task and which numbered line each clause is about |
//! | `weigh` | from hits to candidates with a weight |
//! | `slots` | percent, date, minutes, amount, whole or part |
//! | `gates` | from what confidence an act is believed and applied |
//! | `review` | what was left unread, and whether the owner has to look |

mod clause;
pub mod gates;
mod hits;
mod lists;
mod patterns;
mod phrase;
mod prompts;
mod review;
mod shortcuts;
mod slots;
mod tokens;
mod topics;
mod weigh;

use super::{thread, times};
use crate::domain::{
    statement::{Confidence, Statement},
    understanding::{OwnWords, Situation, Understanding},
};
use clause::Outline;
use hits::Hits;
use topics::{Topic, Topics};
use weigh::Candidate;

/// Weights below this, in thousandths, are noise and are not even listed as candidates.
const WORTH_NAMING: u16 = 200;

/// Reads what an assistant wrote.
pub fn read_reply(own_words: &OwnWords, situation: &Situation) -> Understanding {
    let (text, fields) = prompts::blank(&own_words.text);
    let text = text.as_ref();
    let times = times::find(text, situation);
    let outline = Outline::new(text, &times);
    let mut hits = Hits::find(&outline);
    shortcuts::add(&mut hits, &outline, text, own_words, situation);
    shortcuts::add_fields(&mut hits, &outline, &fields);
    let topics = Topics::new(&outline, text, own_words, &situation.lines);
    let candidates = weigh::candidates(&outline, &hits);
    let (mut statements, mut maybe) = (Vec::new(), Vec::new());
    for candidate in candidates.iter().filter(|candidate| candidate.weight >= WORTH_NAMING) {
        let believed = candidate.weight >= gates::cut(candidate.act);
        for topic in topics.of(candidate.clauses.start) {
            let statement = statement(candidate, topic, &candidates, &outline, text, situation);
            if believed { statements.push(statement) } else { maybe.push(statement) }
        }
    }
    slots::keep_totals(&mut statements);
    let unread = review::unread(&outline, &hits, &candidates, text);
    let review = own_words.doubt.is_some() || review::owner_must_look(&statements, &maybe, &unread);
    let unread = unread.into_iter().map(|sentence| sentence.words).collect();
    Understanding { statements, maybe, unread, review, named_tasks: thread::named_tasks(text), times }
}

fn statement(
    candidate: &Candidate,
    topic: &Topic,
    all: &[Candidate],
    outline: &Outline,
    text: &str,
    situation: &Situation,
) -> Statement {
    let span = outline.clause_bytes(&candidate.clauses);
    Statement {
        said: slots::said(candidate, all, outline, text, situation),
        words: text.get(span.clone()).unwrap_or_default().to_owned(),
        span,
        confidence: Confidence::permille(candidate.weight),
        applied: candidate.weight >= gates::gate(candidate.act),
        task: topic.task,
        parts: topic.parts.clone(),
        because: candidate.because.clone(),
    }
}
