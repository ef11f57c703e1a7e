//! From state and time to the next step, and from statements to what follows. Pure: values in, values out.
//!
//! | file | decides |
//! |---|---|
//! | `token` | whether a thread token is ours, and what one looks like in a Message-ID |
//! | `trust` | how well we know that a mail is from whom it says |
//! | `matching` | which tasks a reply is about |
//! | `filing` | how one received mail ends, and what is written down for it |
//! | `orders` | what follows from the orders in one mail of the owner's |
//! | `reply` | what follows from one reply of an assistant's |
//! | `consequences` | what follows from the statements of one mail on one task |
//! | `echo` | which dates of people's are told to whom, as they were read |
//! | `quote` | which words of a reply people read |
//! | `correction` | what follows when the owner says what a mail really said |
//! | `commands` | what follows from a decision of the owner's |
//! | `reminder` | when silence earns a reminder, and when it becomes the owner's business |
//! | `rounds` | what the passing of time calls for |
//! | `digest` | what the owner's page of the day tells |
//! | `week` | what the first digest of a week tells of the week before |
//! | `delivery` | whether a notice whose hour has come still ought to be sent |
//! | `test_tasks` | people and tasks for the tests of this folder |

pub mod commands;
pub mod consequences;
pub mod correction;
pub mod delivery;
pub mod digest;
pub mod echo;
pub mod filing;
pub mod matching;
mod orders;
mod quote;
pub mod reminder;
mod reply;
pub mod rounds;
pub mod token;
pub mod trust;
pub mod week;

#[cfg(test)]
mod test_tasks;

use crate::domain::{event::Fact, notice::Notice};

/// What a decision leaves to be written down: facts in order, and notices to plan with them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    pub facts: Vec<Fact>,
    pub notices: Vec<Notice>,
}
