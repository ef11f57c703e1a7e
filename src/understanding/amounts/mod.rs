//! Percents, counts and money in somebody's words.
//!
//! - `percent`: "80 %", "34 of 60", "halfway"
//! - `money`: "$12.50", "Rs 2,340", "17 EUR"
//! - `currency`: what a sign or a name means where the writer lives
//!
//! Numbers that are not the writer's own stay out: discounts, rates, ratings, budgets.

mod currency;
mod money;
mod percent;

pub use money::money;
pub use percent::percent;
