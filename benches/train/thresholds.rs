//! From what confidence each act is believed, applied, and put to the owner: chosen on writers left out.

use handback::{
    domain::statement::Act,
    understanding::statements::{
        WORTH_NAMING,
        model::{self, Thresholds},
    },
};

/// The confidence of each act in one message, and whether it was meant; none where it counts neither way.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub counts: f64,
    pub acts: [Option<(u16, bool)>; 12],
}

/// What goes unheard costs an owner most.
const HEAVY: [Act; 3] = [Act::Question, Act::Blocked, Act::Decline];
/// The share of messages with a heavy act that may pass without it being believed or put to the owner. Three in a
/// hundred is the most that owners should bear; one is kept for writers unlike these.
const UNHEARD: f64 = 0.02;

/// Chooses the thresholds of all acts.
pub(crate) fn choose(outcomes: &[Outcome]) -> [Thresholds; 12] {
    let mut all = Act::ALL.map(|act| {
        let cut = cut(act, outcomes);
        let gate = gate(act, cut, outcomes);
        Thresholds { cut, gate, doubt: cut }
    });
    let doubt = (5..350).rev().step_by(3).find(|doubt| unheard(outcomes, &all, *doubt) <= UNHEARD).unwrap_or(5);
    for (thresholds, act) in all.iter_mut().zip(Act::ALL) {
        thresholds.doubt = match act {
            Act::Question | Act::Blocked | Act::Decline => doubt,
            Act::Confirm | Act::Done => thresholds.cut.saturating_sub(100),
            // A date or an hour that was perhaps said waits in the digest, and harms nobody.
            Act::Progress
            | Act::Extension
            | Act::Hours
            | Act::Expense
            | Act::Suggestion
            | Act::Absence
            | Act::Capacity => thresholds.cut,
        };
    }
    all
}

/// Where an act is found best. A question unheard costs more than one too many, so its recall weighs double; a wrong
/// `done` costs more than one that is asked about, so others are believed only where they are as likely as not.
fn cut(act: Act, outcomes: &[Outcome]) -> u16 {
    let (range, miss_costs) = match act {
        Act::Question => (250..=500, 2.0),
        Act::Blocked => (300..=500, 1.0),
        Act::Confirm
        | Act::Decline
        | Act::Progress
        | Act::Done
        | Act::Extension
        | Act::Hours
        | Act::Expense
        | Act::Suggestion
        | Act::Absence
        | Act::Capacity => (450..=600, 1.0),
    };
    let meant = above(act, outcomes, 0).0;
    let found = |least: u16| {
        let (right, wrong) = above(act, outcomes, least);
        (1.0 + miss_costs) * right / (right + wrong + miss_costs * meant).max(1.0)
    };
    range.step_by(10).max_by(|one, two| found(*one).total_cmp(&found(*two)).then(one.cmp(two))).unwrap_or(500)
}

/// Where an act is proved often enough to be applied without asking anybody.
fn gate(act: Act, cut: u16, outcomes: &[Outcome]) -> u16 {
    let (proved, least) = match act {
        Act::Confirm | Act::Done => (0.96, cut.max(700)),
        Act::Decline
        | Act::Question
        | Act::Progress
        | Act::Blocked
        | Act::Extension
        | Act::Hours
        | Act::Expense
        | Act::Suggestion
        | Act::Absence
        | Act::Capacity => (0.7, cut),
    };
    (least..=990).step_by(5).find(|gate| lower_bound(above(act, outcomes, *gate)) >= proved).unwrap_or(990)
}

/// The share of messages with a heavy act in which nothing heavy is believed and nobody looks.
fn unheard(outcomes: &[Outcome], thresholds: &[Thresholds; 12], doubt: u16) -> f64 {
    let (mut carrying, mut missed) = (0.0, 0.0);
    for outcome in outcomes {
        let looked_at = Act::ALL.iter().any(|act| {
            let Thresholds { cut, gate, .. } = *model::of(thresholds, *act);
            let unsure = |confidence: u16| {
                (confidence >= cut && confidence < gate)
                    || (HEAVY.contains(act) && confidence >= doubt && confidence < cut)
            };
            model::of(&outcome.acts, *act).is_some_and(|(confidence, _)| unsure(confidence))
        });
        let at_least = |least: &dyn Fn(Act) -> u16| {
            let mut acts = Act::ALL.into_iter();
            acts.any(|act| model::of(&outcome.acts, act).is_some_and(|(confidence, _)| confidence >= least(act)))
        };
        // The reader asks besides that some words stay unread, which is not known here.
        let silent = !at_least(&|act| model::of(thresholds, act).cut) && at_least(&|_| WORTH_NAMING);
        let looked_at = looked_at || silent;
        let heavy = HEAVY.map(|act| (*model::of(&outcome.acts, act), model::of(thresholds, act).cut));
        let carries = heavy.iter().any(|(judged, _)| judged.is_some_and(|(_, so)| so));
        let misses = heavy.iter().any(|(judged, cut)| judged.is_some_and(|(confidence, so)| so && confidence < *cut));
        carrying += if carries { outcome.counts } else { 0.0 };
        missed += if misses && !looked_at { outcome.counts } else { 0.0 };
    }
    missed / f64::max(carrying, 1.0)
}

/// Counts of right and wrong at or above some confidence.
fn above(act: Act, outcomes: &[Outcome], least: u16) -> (f64, f64) {
    outcomes.iter().fold((0.0, 0.0), |(right, wrong), outcome| match *model::of(&outcome.acts, act) {
        Some((confidence, true)) if confidence >= least => (right + outcome.counts, wrong),
        Some((confidence, false)) if confidence >= least => (right, wrong + outcome.counts),
        Some(_) | None => (right, wrong),
    })
}

/// The lower end of Wilson's interval, one standard error wide, for the share of the right.
fn lower_bound((right, wrong): (f64, f64)) -> f64 {
    let all = right + wrong;
    if all < 1.0 {
        return 0.0;
    }
    let share = right / all;
    (share + 0.5 / all - (share * (1.0 - share) / all + 0.25 / (all * all)).sqrt()) / (1.0 + 1.0 / all)
}
