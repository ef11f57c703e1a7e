//! From what the clauses of a message show, one by one, to how sure each act is in the light of the whole message.

use super::of;
use crate::domain::statement::Act;

/// What one clause says by itself: for each act, what was learned of its words and what the rows say.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ClauseScore {
    pub learned: [f32; 12],
    /// What was learned of ideas and signs alone: the words of a stranger mislead less by what they mean.
    pub ideas: [f32; 12],
    /// From 0 to 1.
    pub rules: [f32; 12],
    pub asks: bool,
    pub english: bool,
}

impl ClauseScore {
    /// How loudly the clause by itself speaks for `act`.
    pub fn loudness(&self, act: Act) -> f32 {
        clip(*of(&self.learned, act)) + 2.0 * of(&self.rules, act)
    }
}

/// How many things a judge weighs.
pub const WEIGHED: usize = 75;

/// The strongest that any clause of a message shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strongest {
    learned: [f32; 12],
    ideas: [f32; 12],
    rules: [f32; 12],
    /// What was learned of messages as a whole.
    whole: [f32; 12],
    loudness: [f32; 12],
    /// How many clauses, as a logarithm.
    clauses: f32,
}

impl Strongest {
    /// How loudly the loudest clause speaks for `act`.
    pub fn loudness(&self, act: Act) -> f32 {
        *of(&self.loudness, act)
    }

    pub fn of(clauses: &[ClauseScore], whole: [f32; 12]) -> Self {
        let most = |of: &dyn Fn(&ClauseScore) -> [f32; 12], least: f32| {
            clauses.iter().fold([least; 12], |mut most, clause| {
                for (most, value) in most.iter_mut().zip(of(clause)) {
                    *most = most.max(value);
                }
                most
            })
        };
        let number = u16::try_from(clauses.len().min(MANY)).unwrap_or(u16::MAX);
        Self {
            learned: most(&|clause| clause.learned, -CLIP),
            ideas: most(&|clause| clause.ideas, -CLIP),
            rules: most(&|clause| clause.rules, 0.0),
            whole,
            loudness: most(&|clause| Act::ALL.map(|act| clause.loudness(act)), -CLIP),
            clauses: (1.0 + f32::from(number)).ln(),
        }
    }
}

/// Few messages have more clauses; what they say is no weaker for it.
const MANY: usize = 12;
const CLIP: f32 = 6.0;

/// What lies beyond tells no more.
fn clip(value: f32) -> f32 {
    value.clamp(-CLIP, CLIP) / 3.0
}

/// Whether what a judge weighs at `place` was learned of words.
pub fn is_learned(place: usize) -> bool {
    [1, 3, 4, 10].contains(&place) || (15..27).contains(&place) || place >= 51
}

/// What a judge of `act` weighs about `clause` of a message.
pub fn weighed(act: Act, clause: &ClauseScore, message: &Strongest) -> [f32; WEIGHED] {
    let at = |values: &[f32; 12]| *of(values, act);
    let flag = |holds: bool| if holds { 1.0 } else { 0.0 };
    let own = clip(at(&clause.learned));
    let rule = at(&clause.rules);
    let idea = clip(at(&clause.ideas));
    let own_things = [
        1.0,
        own,
        rule,
        own * rule,
        own.max(0.0),
        flag(rule > 0.0),
        message.clauses - 1.5,
        flag(clause.asks),
        flag(clause.english),
        flag(clause.english) * rule,
        clip(at(&message.whole)).max(0.0),
        idea,
        idea * rule,
        idea.max(0.0),
        clip(at(&message.ideas)),
    ];
    let mut things = [0.0; WEIGHED];
    let of_words = message.learned.iter().map(|value| clip(*value));
    let of_rules = message.rules.into_iter();
    let of_ideas = clause.ideas.iter().map(|value| clip(*value));
    let same_clause = clause.learned.iter().chain(&message.whole).map(|value| clip(*value));
    let all = own_things.into_iter().chain(of_words).chain(of_rules).chain(of_ideas).chain(same_clause);
    for (thing, value) in things.iter_mut().zip(all) {
        *thing = value;
    }
    things
}
