//! Counts right and wrong by group, and prints the counts.

use std::collections::BTreeMap;

/// Right answers of all, by group.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    groups: BTreeMap<String, (u32, u32)>,
}

impl Tally {
    pub(crate) fn count(&mut self, group: &str, right: bool) {
        let (hits, all) = self.groups.entry(group.to_owned()).or_default();
        *hits += u32::from(right);
        *all += 1;
    }

    pub(crate) fn print(&self, title: &str) {
        println!("\n{title}");
        for (group, (hits, all)) in &self.groups {
            println!("  {group:<32} {hits:>4} of {all:>4}  {:>6.2} %", percent(*hits, *all));
        }
    }

    /// Prints how many there are of each kind of error.
    pub(crate) fn print_classes(&self) {
        for (class, (_, count)) in &self.groups {
            println!("  error: {class:<25} {count:>4}");
        }
    }
}

pub(crate) fn percent(part: u32, all: u32) -> f64 {
    if all == 0 { 0.0 } else { 100.0 * f64::from(part) / f64::from(all) }
}
