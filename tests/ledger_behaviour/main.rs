//! The ledger on a real file: what it promises, and what it does when the file or a neighbour is not as it should be.

mod folding;
mod intake;
mod opening;
mod outbox;
mod reading;
mod record;
mod support;
