//! From a mail to statements or owner commands. Always succeeds and never touches the world.
//!
//! | file | knows |
//! |---|---|
//! | `machine` | whether a machine wrote it, and what it says |
//! | `own_words` | what the sender newly typed |
//! | `statements` | what a reply says: clauses, named patterns, confidence |
//! | `owner` | the owner's decisions in an owner's mail |
//! | `thread` | which letter and which tasks a mail may be about |
//! | `times` | dates, times and durations in people's words |
//! | `pattern` | how regular expressions over mail are compiled |
//! | `word_table` | tables of words, and how they are looked up |
//! | `hours`, `amounts` | time spent; percents, counts and money |

pub mod amounts;
pub mod hours;
pub mod machine;
pub mod own_words;
pub mod owner;
mod pattern;
pub mod statements;
pub mod thread;
pub mod times;
mod word_table;

pub use statements::read_reply;
