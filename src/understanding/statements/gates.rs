//! From what confidence an act is believed, and from what it is applied without asking anybody.

use crate::domain::statement::Act;

/// Thousandths from which a statement is listed as believed.
pub fn cut(act: Act) -> u16 {
    match act {
        Act::Confirm | Act::Done => 600,
        Act::Question | Act::Blocked | Act::Decline => 500,
        Act::Progress
        | Act::Extension
        | Act::Hours
        | Act::Expense
        | Act::Suggestion
        | Act::Absence
        | Act::Capacity => 550,
    }
}

/// Thousandths from which a statement is applied. Never below the cut: a wrong `done` or `confirm` costs far more than an
/// abstention, while a question goes to the owner either way.
pub fn gate(act: Act) -> u16 {
    match act {
        Act::Confirm | Act::Done => 850,
        Act::Question => 600,
        Act::Blocked | Act::Decline => 700,
        Act::Progress
        | Act::Extension
        | Act::Hours
        | Act::Expense
        | Act::Suggestion
        | Act::Absence
        | Act::Capacity => 700,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_act_is_applied_that_is_not_believed() {
        for act in Act::ALL {
            assert!(gate(act) >= cut(act), "{act}");
        }
    }
}
