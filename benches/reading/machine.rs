//! Who wrote a mail, and what a delivery report says of each recipient.

use crate::{
    Options,
    rows::{self, Authored, Report, Reported},
    table::{Tally, percent},
};
use handback::{
    domain::understanding::Author,
    understanding::machine::{self, BounceAction, BounceRecipient},
};

pub(crate) fn run(corpus: &str, options: &Options) {
    authors(corpus, options);
    bounces(corpus, options);
}

fn authors(corpus: &str, options: &Options) {
    let rows: Vec<Authored> = rows::load(corpus, "auto-dev.jsonl");
    let mut kinds = Tally::default();
    let (mut machines, mut missed, mut people, mut silenced) = (0, 0, 0, 0);
    for row in rows.iter().filter(|row| rows::in_half(&row.id, options.half) && !row.disputed) {
        let verdict = machine::author(&rows::mail(&row.eml_base64));
        let is_machine = verdict.author != Author::Human;
        kinds.count(&format!("{} is {}", row.auto, verdict.author.name()), true);
        kinds.count(&format!("source {}", row.source), is_machine == (row.auto != "human"));
        if row.auto == "human" {
            people += 1;
            silenced += u32::from(is_machine);
        } else {
            machines += 1;
            missed += u32::from(!is_machine);
        }
        if options.errors && verdict.author.name() != row.auto {
            println!("=== {} is {}, read as {} ({:?})", row.id, row.auto, verdict.author.name(), verdict.evidence);
        }
    }
    kinds.print("who wrote it");
    println!(
        "  machine taken for a person {missed} of {machines} ({:.2} %), person taken for a machine {silenced} of {people}",
        percent(missed, machines)
    );
}

fn bounces(corpus: &str, options: &Options) {
    let rows: Vec<Report> = rows::load(corpus, "bounce-dev.jsonl");
    let mut actions = Tally::default();
    let (mut reports, mut seen, mut addressed, mut found_addresses) = (0, 0, 0, 0);
    let (mut judged, mut right, mut living, mut buried) = (0, 0, 0, 0);
    for row in rows.iter().filter(|row| rows::in_half(&row.id, options.half)) {
        let verdict = machine::author(&rows::mail(&row.eml_base64));
        let found = verdict.bounce.map(|bounce| bounce.recipients).unwrap_or_default();
        reports += 1;
        seen += u32::from(verdict.author != Author::Human);
        for (index, expected) in row.recipients.iter().enumerate() {
            let matching = answer(expected, index, &found);
            if let Some(address) = expected.address.as_deref().filter(|_| !expected.address_from.starts_with("guess"))
            {
                addressed += 1;
                let hit = matching
                    .and_then(|found| found.address.as_ref())
                    .is_some_and(|found| found.as_str() == address.to_lowercase());
                found_addresses += u32::from(hit);
                if options.errors && !hit {
                    println!("=== {} address {address} from {}, found {:?}", row.id, expected.address_from, found);
                }
            }
            let action = matching.map_or("none", |found| found.action.name());
            let permanent = action == BounceAction::Permanent.name();
            let is_right = permanent == (expected.action == "permanent");
            judged += 1;
            right += u32::from(is_right);
            living += u32::from(expected.action != "permanent");
            buried += u32::from(permanent && expected.action != "permanent");
            actions.count(&format!("{} read as {action}", expected.action), is_right);
            if options.errors && !is_right {
                println!(
                    "=== {} {} ({}), read as {action} {:?}",
                    row.id,
                    expected.action,
                    expected.reason,
                    matching.map(|found| &found.status)
                );
            }
        }
    }
    actions.print("what a bounce means");
    println!(
        "  seen {:.2} % of {reports}, address {:.2} % of {addressed}",
        percent(seen, reports),
        percent(found_addresses, addressed)
    );
    println!(
        "  permanent or not {:.2} % of {judged}, living address called dead {buried} of {living} ({:.2} %)",
        percent(right, judged),
        percent(buried, living)
    );
}

/// What was found about the recipient that `expected` speaks of.
fn answer<'f>(expected: &Reported, index: usize, found: &'f [BounceRecipient]) -> Option<&'f BounceRecipient> {
    let named = expected.address.as_deref().map(str::to_lowercase);
    let same = |found: &&BounceRecipient| {
        found.address.as_ref().map(handback::domain::id::Address::as_str) == named.as_deref()
    };
    found.iter().find(same).or_else(|| found.get(index)).or_else(|| found.first())
}
