//! `handback demo`: a made-up week on embedded parts.
pub mod reply;
use super::{args::Global, exit::{Exit, Trouble}};
pub fn run(_global: &Global) -> Result<Exit, Trouble> { Ok(Exit::Fine) }
