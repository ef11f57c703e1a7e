//! The ledger on a real file: what it promises, and what it does when the file or a neighbour is not as it should be.

#[cfg(test)]
mod folding;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod record;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod support;
