//! Reads labelled replies, and what each shows a model.

use chrono::{DateTime, FixedOffset};
use handback::{
    domain::{
        statement::{Act, Whole},
        understanding::{Asked, OwnWords, Situation},
    },
    understanding::statements::model::Features,
    understanding::statements::{ShownClause, shown},
};
use serde::Deserialize;
use std::{collections::BTreeSet, fs, io, path::Path};

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Row {
    pub id: String,
    /// Who wrote the row, as several writers: no hand may be learned from where it is judged.
    #[serde(default)]
    pub hand: String,
    /// The stronger language first: `es-en`.
    #[serde(default)]
    pub lang: String,
    pub text: String,
    pub sent: DateTime<FixedOffset>,
    pub tz: chrono_tz::Tz,
    #[serde(default)]
    asked: String,
    pub acts: Vec<Gold>,
    #[serde(default)]
    optional: Vec<Act>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Gold {
    pub act: Act,
    #[serde(default)]
    span: String,
    #[serde(default)]
    pub whole: Option<Whole>,
}

impl Row {
    pub(crate) fn own_words(&self) -> OwnWords {
        OwnWords { text: self.text.clone(), ..OwnWords::default() }
    }

    pub(crate) fn situation(&self, asked: Option<Asked>) -> Situation {
        Situation { asked, ..Situation::new(self.sent.naive_local(), self.tz) }
    }

    /// What our last letter asked, as the reader is told.
    pub(crate) fn asked(&self) -> Option<Asked> {
        match self.asked.as_str() {
            "task" | "reminder" => Some(Asked::ToConfirm),
            "status" => Some(Asked::ForStatus),
            "done?" => Some(Asked::WhetherDone),
            _ => None,
        }
    }

    pub(crate) fn meant(&self) -> BTreeSet<Act> {
        self.acts.iter().map(|gold| gold.act).filter(|act| !self.optional.contains(act)).collect()
    }

    /// Whether the row says of `act` that it is, or is not, meant; none where a careful reader may think either.
    pub(crate) fn means(&self, act: Act) -> Option<bool> {
        (!self.optional.contains(&act)).then(|| self.acts.iter().any(|gold| gold.act == act))
    }

    /// The bytes of the words that `act` rests on.
    fn spans(&self, act: Act) -> Vec<std::ops::Range<usize>> {
        let of_act = self.acts.iter().filter(|gold| gold.act == act);
        of_act
            .filter_map(|gold| Some(self.text.find(&gold.span)?..self.text.find(&gold.span)? + gold.span.len()))
            .collect()
    }
}

/// All rows of the files in `folder`, or of one file, in the order of the files' names.
pub(crate) fn read(path: &Path) -> io::Result<Vec<Row>> {
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        files = fs::read_dir(path)?.map(|file| file.map(|file| file.path())).collect::<Result<_, _>>()?;
        files.retain(|file| file.extension().is_some_and(|ending| ending == "jsonl"));
        files.sort();
    }
    let mut rows = Vec::new();
    for file in files {
        for (number, line) in fs::read_to_string(&file)?.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
            let row = serde_json::from_str(line).map_err(|problem| {
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("{} line {}: {problem}", file.display(), number + 1),
                )
            })?;
            rows.push(row);
        }
    }
    Ok(rows)
}

/// What one row shows and what it means, clause by clause.
#[derive(Debug)]
pub(crate) struct Example {
    pub hand: String,
    pub clauses: Vec<ShownClause>,
    /// What the message shows as a whole.
    pub whole: Features,
    /// For each clause and act, whether it is said there; none where it counts neither way.
    pub said: Vec<[Option<bool>; 12]>,
    /// The same for the message as a whole.
    pub meant: [Option<bool>; 12],
    /// A row that is shown twice, with and without what was asked, counts half each time.
    pub counts: f32,
}

/// Each row as the reader meets it: knowing what was asked, and not knowing.
pub(crate) fn examples(row: &Row) -> Vec<Example> {
    let asked = row.asked();
    let views: &[Option<Asked>] = if asked.is_some() { &[None, asked] } else { &[None] };
    let counts = if asked.is_some() { 0.5 } else { 1.0 };
    views.iter().map(|asked| example(row, *asked, counts)).collect()
}

fn example(row: &Row, asked: Option<Asked>, counts: f32) -> Example {
    let (clauses, whole) = shown(&row.own_words(), &row.situation(asked));
    let meant = Act::ALL.map(|act| row.means(act));
    let spans = Act::ALL.map(|act| row.spans(act));
    let said = clauses
        .iter()
        .map(|clause| {
            let mut said = meant;
            for (said, spans) in said.iter_mut().zip(&spans) {
                let here = spans.iter().any(|span| span.start < clause.span.end && clause.span.start < span.end);
                *said = said.map(|_| here);
            }
            said
        })
        .collect();
    Example { hand: row.hand.clone(), clauses, whole, said, meant, counts }
}
