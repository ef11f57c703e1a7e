//! How well a model reads replies of writers it has not seen.

use crate::rows::Row;
use handback::{
    domain::{
        statement::{Act, Said, Whole},
        understanding::{Asked, Understanding},
    },
    understanding::statements::{model::Model, read_reply_with},
};
use std::collections::BTreeSet;

#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Count {
    right: u32,
    wrong: u32,
    missed: u32,
}

/// Counts over rows.
#[derive(Debug, Default, Clone)]
pub(crate) struct Measured {
    rows: u32,
    exact: u32,
    believed: [Count; 12],
    applied: [Count; 12],
    /// By act and tenth of confidence: how often said, how often meant, sum of thousandths.
    pub(crate) bins: [[(u32, u32, u32); 10]; 12],
    harmful: u32,
    handled: u32,
    false_facts_handled: u32,
    unheard: u32,
    harm_carrying: u32,
    sure: (u32, u32),
    meant: u32,
    whole: (u32, u32, u32),
    /// The worst errors: how surely wrong, and what to print.
    pub(crate) errors: Vec<(u16, String)>,
}

impl Measured {
    pub(crate) fn add(&mut self, model: &Model, row: &Row, asked: Option<Asked>) {
        let found = read_reply_with(model, &row.own_words(), &row.situation(asked));
        let meant = row.meant();
        let known = |act: &Act| row.means(*act).is_some();
        let said: BTreeSet<Act> = found.statements.iter().map(|found| found.act()).filter(known).collect();
        let applied: BTreeSet<Act> =
            found.statements.iter().filter(|found| found.applied).map(|found| found.act()).filter(known).collect();
        self.rows += 1;
        self.exact += u32::from(said == meant);
        for (number, act) in Act::ALL.into_iter().enumerate().filter(|(_, act)| known(act)) {
            for (counts, of) in [(&mut self.believed, &said), (&mut self.applied, &applied)] {
                counts
                    .get_mut(number)
                    .into_iter()
                    .for_each(|count| count.add(of.contains(&act), meant.contains(&act)));
            }
            self.bin(number, act, &found, meant.contains(&act));
        }
        let facts =
            |of: &BTreeSet<Act>| [Act::Confirm, Act::Done].iter().any(|act| of.contains(act) && !meant.contains(act));
        let heavy = [Act::Question, Act::Blocked, Act::Decline];
        let missed = heavy.iter().any(|act| meant.contains(act) && !said.contains(act));
        self.harm_carrying += u32::from(heavy.iter().any(|act| meant.contains(act)));
        self.harmful += u32::from(facts(&said) || missed);
        self.handled += u32::from(!found.review);
        self.false_facts_handled += u32::from(!found.review && facts(&applied));
        self.unheard += u32::from(!found.review && missed);
        self.meant += u32::try_from(meant.len()).unwrap_or_default();
        self.whole(row, &found);
    }

    fn bin(&mut self, number: usize, act: Act, found: &Understanding, meant: bool) {
        let all = found.statements.iter().chain(&found.maybe).filter(|found| found.act() == act);
        let confidence = all.map(|found| found.confidence.as_permille()).max().unwrap_or_default();
        if found.statements.iter().any(|found| found.act() == act) && confidence >= 900 {
            self.sure.0 += 1;
            self.sure.1 += u32::from(meant);
        }
        let bin = self.bins.get_mut(number).and_then(|bins| bins.get_mut(usize::from(confidence.min(999) / 100)));
        if let Some((said, right, sum)) = bin {
            *said += 1;
            *right += u32::from(meant);
            *sum += u32::from(confidence);
        }
    }

    fn whole(&mut self, row: &Row, found: &Understanding) {
        let meant: Vec<Whole> = row.acts.iter().filter_map(|gold| gold.whole).collect();
        let said: Vec<Whole> = found
            .statements
            .iter()
            .filter_map(|found| if let Said::Done { whole } = found.said { Some(whole) } else { None })
            .collect();
        if !meant.is_empty() && !said.is_empty() {
            let (meant, said) = (meant.contains(&Whole::Yes), said.contains(&Whole::Yes));
            self.whole.0 += 1;
            self.whole.1 += u32::from(meant == said);
            self.whole.2 += u32::from(said && !meant);
        }
    }

    pub(crate) fn note_error(&mut self, model: &Model, row: &Row, asked: Option<Asked>) {
        let found = read_reply_with(model, &row.own_words(), &row.situation(asked));
        let meant = row.meant();
        let all = found.statements.iter().chain(&found.maybe);
        let wrong = Act::ALL.into_iter().filter(|act| row.means(*act).is_some()).map(|act| {
            let of_act = all.clone().filter(|found| found.act() == act);
            let confidence = of_act.map(|found| found.confidence.as_permille()).max().unwrap_or_default();
            let cut = model.thresholds(act).cut;
            match (meant.contains(&act), confidence >= cut) {
                (true, false) => 1000 - confidence,
                (false, true) => confidence,
                (true, true) | (false, false) => 0,
            }
        });
        let worst = wrong.max().unwrap_or_default();
        let said: Vec<String> =
            all.map(|found| format!("{} {}", found.act(), found.confidence.as_permille())).collect();
        self.errors.push((
            worst,
            format!(
                "{} meant {meant:?}, said {said:?}, review {}: {}",
                row.id,
                found.review,
                row.text.replace('\n', " / ")
            ),
        ));
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (mine, theirs) in [
            (&mut self.rows, other.rows),
            (&mut self.exact, other.exact),
            (&mut self.harmful, other.harmful),
            (&mut self.handled, other.handled),
            (&mut self.false_facts_handled, other.false_facts_handled),
            (&mut self.unheard, other.unheard),
            (&mut self.harm_carrying, other.harm_carrying),
            (&mut self.sure.0, other.sure.0),
            (&mut self.sure.1, other.sure.1),
            (&mut self.meant, other.meant),
            (&mut self.whole.0, other.whole.0),
            (&mut self.whole.1, other.whole.1),
            (&mut self.whole.2, other.whole.2),
        ] {
            *mine += theirs;
        }
        let counts = self.believed.iter_mut().chain(&mut self.applied);
        for (mine, theirs) in counts.zip(other.believed.iter().chain(&other.applied)) {
            mine.right += theirs.right;
            mine.wrong += theirs.wrong;
            mine.missed += theirs.missed;
        }
        for (mine, theirs) in self.bins.iter_mut().flatten().zip(other.bins.iter().flatten()) {
            mine.0 += theirs.0;
            mine.1 += theirs.1;
            mine.2 += theirs.2;
        }
        self.errors.extend(other.errors);
    }

    /// One line: what counts most.
    pub(crate) fn line(&self) -> String {
        let sum = self.believed.iter().fold(Count::default(), |sum, count| Count {
            right: sum.right + count.right,
            wrong: sum.wrong + count.wrong,
            missed: sum.missed + count.missed,
        });
        format!(
            "{} rows: set exact {:.1} %, micro precision {:.1} recall {:.1} F1 {:.1}; harmful {:.1} %; at 0.9 and above precision {:.1} share {:.1}; handled without the owner {:.1} %, of them false confirm or done {:.1} %; question, blocked, decline unheard {:.1} %; whole {}/{} right, {} false yes",
            self.rows,
            share(self.exact, self.rows),
            sum.precision(),
            sum.recall(),
            sum.f1(),
            share(self.harmful, self.rows),
            share(self.sure.1, self.sure.0),
            share(self.sure.1, self.meant),
            share(self.handled, self.rows),
            share(self.false_facts_handled, self.handled),
            share(self.unheard, self.harm_carrying),
            self.whole.1,
            self.whole.0,
            self.whole.2,
        )
    }

    pub(crate) fn print(&self) {
        println!("{}", self.line());
        println!(
            "{:12}{:>6}{:>11}{:>8}{:>19}{:>8}",
            "act", "meant", "precision", "recall", "applied precision", "recall"
        );
        for ((act, believed), applied) in Act::ALL.iter().zip(&self.believed).zip(&self.applied) {
            println!(
                "{:12}{:>6}{:>11.1}{:>8.1}{:>19.1}{:>8.1}",
                act.name(),
                believed.right + believed.missed,
                believed.precision(),
                believed.recall(),
                applied.precision(),
                applied.recall()
            );
        }
    }

    pub(crate) fn print_calibration(&self) {
        println!("\ncalibration: of so many said at a confidence, per cent meant (by tenths, 0.0 to 0.9)");
        for (act, bins) in Act::ALL.iter().zip(&self.bins) {
            let cells: Vec<String> =
                bins.iter().map(|(said, right, _)| format!("{:>4.0}/{:<4}", share(*right, *said), said)).collect();
            println!("{:12}{}", act.name(), cells.join(" "));
        }
    }
}

impl Count {
    fn add(&mut self, said: bool, meant: bool) {
        match (said, meant) {
            (true, true) => self.right += 1,
            (true, false) => self.wrong += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
    }

    fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * f64::from(part) / f64::from(whole) }
}
