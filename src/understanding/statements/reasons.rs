//! What pulled how much towards a statement and away from it. Computed anew for whoever asks, and never while mail is read.

use super::{
    candidates,
    clause::Outline,
    hits::Hits,
    model::{self, ClauseScore, Features, KINDS, Linear, Model, Strongest, View, of},
    patterns::Says,
    prompts, shortcuts, with_view,
};
use crate::{
    domain::{
        statement::{Act, Statement},
        understanding::{OwnWords, Situation},
    },
    understanding::times,
};
use std::{collections::BTreeMap, ops::Range};

/// One thing that was weighed, and its weight in log-odds: above 0 it spoke for the act.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub name: String,
    pub weight: f32,
}

/// Why a statement was made of some words.
#[derive(Debug, Clone, PartialEq)]
pub struct Reasons {
    /// The strongest first. Their weights add up to `sum`.
    pub all: Vec<Reason>,
    pub sum: f32,
    /// The confidence that the sum stands for, in thousandths. A condition, a doubt, a quotation or strange words beside
    /// it may hold the statement below that.
    pub calibrated: u16,
    /// Rows that stand in the words, with their strength in thousandths where they speak for an act.
    pub rows: Vec<(&'static str, Option<(Act, u16)>)>,
}

/// Explains `statement`, which was found in `own_words`. None where it was said in words that our letters teach or that
/// the owner explained, so that nothing was weighed.
pub fn reasons(own_words: &OwnWords, situation: &Situation, statement: &Statement) -> Option<Reasons> {
    let taught = |name: &&'static str| super::weigh::is_taught(name) || *name == super::lessons::FROM_OWNER;
    if statement.because.iter().any(taught) {
        return None;
    }
    let model = Model::embedded();
    let (text, fields) = prompts::blank(&own_words.text);
    let outline = Outline::new(text.as_ref(), &times::find(text.as_ref(), situation));
    let mut hits = Hits::find(&outline);
    shortcuts::add(&mut hits, &outline, text.as_ref(), own_words, situation);
    shortcuts::add_fields(&mut hits, &outline, &fields);
    with_view(&outline, &hits, situation, |view| explain(model, view, statement.act(), &statement.span))
}

fn explain(model: &Model, view: &View<'_>, act: Act, span: &Range<usize>) -> Option<Reasons> {
    let clauses = 0..view.outline.clauses.len();
    let features: Vec<Features> = clauses.clone().map(|number| model::features(view, number)).collect();
    let scores: Vec<ClauseScore> = (clauses.clone().zip(&features))
        .map(|(number, features)| candidates::score(model, view, number, features))
        .collect();
    let message = Strongest::of(&scores, model.whole.scores(&model::whole(view), &model.counts));
    let within = |number: &usize| {
        let bytes = view.outline.clause_bytes(&(*number..number + 1));
        span.start <= bytes.start && bytes.end <= span.end
    };
    let judged = |number: &usize| scores.get(*number).map_or(f32::MIN, |score| model.judged(act, score, &message));
    let number = clauses.filter(within).max_by(|one, other| judged(one).total_cmp(&judged(other)))?;
    let (score, features) = (scores.get(number)?, features.get(number)?);

    let mut sums: BTreeMap<String, f32> = BTreeMap::new();
    let mut add = |name: String, weight: f32| *sums.entry(name).or_default() += weight;
    let things = model::weighed(act, score, &message);
    let judge = of(&model.judges, act);
    let pulled = |place: usize| judge.get(place).zip(things.get(place)).map_or(0.0, |(weight, thing)| weight * thing);
    let index = Act::ALL.iter().position(|other| *other == act)?;
    // The places are those of the judge, in the order in which it weighs them.
    let own = pulled(1) + pulled(4) + pulled(OF_CLAUSE + index);
    let meant = pulled(11) + pulled(13) + pulled(MEANT + index);
    let of_words = (&model.clauses, model.counts, own, *of(&score.learned, act));
    let of_ideas = (&model.ideas, model::of_ideas(&model.counts), meant, *of(&score.ideas, act));
    for (linear, counts, pulled, learned) in [of_words, of_ideas] {
        for (name, weight) in shares(linear, &counts, view, number, features, act) {
            add(name, if learned == 0.0 { 0.0 } else { weight * pulled / learned });
        }
    }
    add(rows_name(view, number, act), [2, 3, 5, 9, 12].map(pulled).iter().sum());
    let elsewhere = pulled(14) + pulled(IN_MESSAGE + index) + pulled(BY_ROWS + index);
    add("the same elsewhere in the message".to_owned(), elsewhere);
    add("the message as a whole".to_owned(), pulled(10) + pulled(OF_WHOLE + index));
    add("the length of the message".to_owned(), pulled(6));
    add("it asks".to_owned(), pulled(7));
    add("it is in English".to_owned(), pulled(8));
    // Words that sound like nothing in particular are where every act begins; what counts is how far they are from that.
    let mut beginning = pulled(0);
    for (other, sounds) in Act::ALL.into_iter().enumerate().filter(|(other, _)| *other != index) {
        let silent: f32 = [IN_MESSAGE, MEANT, OF_CLAUSE, OF_WHOLE]
            .into_iter()
            .map(|place| judge.get(place + other).map_or(0.0, |weight| weight * SILENT))
            .sum();
        let places = [IN_MESSAGE, BY_ROWS, MEANT, OF_CLAUSE, OF_WHOLE];
        let pulled: f32 = places.into_iter().map(|place| pulled(place + other)).sum();
        add(format!("that it may be {sounds}"), pulled - silent);
        beginning += silent;
    }
    add("where it begins, before any words".to_owned(), beginning);
    let mut all: Vec<Reason> = sums.into_iter().map(|(name, weight)| Reason { name, weight }).collect();
    all.retain(|reason| reason.weight != 0.0);
    all.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
    let heard = view.heard.get(number).into_iter().flat_map(|heard| &heard.hits);
    let mut rows: Vec<(&'static str, Option<(Act, u16)>)> = Vec::new();
    for hit in heard {
        let strength = match hit.says {
            Says::For(act, strength) => Some((act, strength)),
            Says::Against(_) | Says::Context(_) | Says::Talk => None,
        };
        if !rows.contains(&(hit.name, strength)) {
            rows.push((hit.name, strength));
        }
    }
    let (sum, calibrated) = (model.judged(act, score, &message), model.permille(act, score, &message));
    Some(Reasons { all, sum, calibrated, rows })
}

/// Where in what a judge weighs the twelve acts begin: learned of the message, said by rows in it, meant by the ideas of
/// the clause, learned of its words, learned of the message as a whole.
const IN_MESSAGE: usize = 15;
const BY_ROWS: usize = 27;
const MEANT: usize = 39;
const OF_CLAUSE: usize = 51;
const OF_WHOLE: usize = 63;
/// What a judge is told of an act that is as likely as any act of any clause: log-odds of -3, one in twenty.
const SILENT: f32 = -1.0;

/// What each word, row, idea and few letters adds to what `linear` learned of a clause, in log-odds.
fn shares(
    linear: &Linear,
    counts: &[f32; KINDS],
    view: &View<'_>,
    number: usize,
    features: &Features,
    act: Act,
) -> Vec<(String, f32)> {
    let kinds = model::named(view, number).into_iter().zip(features.kinds(counts));
    let shares = kinds.flat_map(|(named, (_, count))| {
        named.into_iter().map(move |(name, feature)| (name, linear.weight(feature, act) * count))
    });
    shares.collect()
}

/// The rows that speak for an act in a clause, by name.
fn rows_name(view: &View<'_>, number: usize, act: Act) -> String {
    let voice = view.voices.get(number).and_then(|voices| of(voices, act).as_ref());
    match voice {
        Some(voice) => format!("the rows {} together", voice.because.join(", ")),
        None => "that no row speaks for it".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::read_reply;

    const REPLIES: [&str; 6] = [
        "All done, everything is in the shared folder.",
        "Noted, I will start tomorrow. Which folder do you want them in?",
        "The login does not work so I cannot go on.",
        "Ya está todo subido a la carpeta, avísame.",
        "I could use two more days, sorry for that",
        "half of it is there",
    ];

    fn explained(text: &str) -> Vec<(Statement, Reasons)> {
        let own_words = OwnWords { text: text.to_owned(), ..OwnWords::default() };
        let situation = Situation::new("2026-03-10T10:00:00".parse().unwrap(), chrono_tz::Asia::Manila);
        let found = read_reply(&own_words, &situation);
        let all = found.statements.into_iter().chain(found.maybe);
        all.filter_map(|one| reasons(&own_words, &situation, &one).map(|reasons| (one, reasons))).collect()
    }

    #[test]
    fn the_weights_add_up_to_what_the_judge_found() {
        let mut seen = 0;
        for (statement, reasons) in REPLIES.iter().flat_map(|text| explained(text)) {
            let sum: f32 = reasons.all.iter().map(|reason| reason.weight).sum();
            assert!((sum - reasons.sum).abs() < 0.01, "{}: {sum} is not {}", statement.words, reasons.sum);
            seen += 1;
        }
        assert!(seen >= 6, "{seen}");
    }

    #[test]
    fn a_confidence_is_never_above_what_its_reasons_stand_for() {
        for (statement, reasons) in REPLIES.iter().flat_map(|text| explained(text)) {
            assert!(statement.confidence.as_permille() <= reasons.calibrated, "{}: {reasons:?}", statement.words);
        }
    }

    #[test]
    fn words_and_rows_are_named_as_they_were_written() {
        let found = explained("All done, everything is in the shared folder.");
        let (_, reasons) = found.iter().find(|(statement, _)| statement.act() == Act::Done).unwrap();
        let named = |name: &str| reasons.all.iter().any(|reason| reason.name.contains(name) && reason.weight > 0.0);
        assert!(named("done") && named("“"), "{reasons:#?}");
        assert!(reasons.rows.iter().any(|(name, strength)| name.starts_with("done.") && strength.is_some()));
    }

    #[test]
    fn what_our_letters_teach_is_not_weighed() {
        assert_eq!(explained("DONE HB-1").into_iter().filter(|(one, _)| one.act() == Act::Done).count(), 0);
    }
}
