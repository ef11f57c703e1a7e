//! A reply cut into sentences and clauses, with the times and amounts in it marked.

use super::{
    lists::{
        ASKS, CONTRAST, ENGLISH, FOREIGN, JOINS, MONEY, NUMBERS, PERCENT, PREPOSITIONS, SUBJECTS, THINGS, UNITS, WHEN,
    },
    phrase::Class,
    tokens::{Token, tokens},
};
use crate::domain::understanding::{TimeFound, TimeValue};
use std::ops::Range;

/// A stretch of words that is affirmed, denied or asked as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    pub tokens: Range<usize>,
    /// Counts the sentences from 0.
    pub sentence: usize,
    /// Belongs to a question by its mark or by the order of its words.
    pub asks: bool,
    /// Begins with a word of contrast: what was said before does not carry over.
    pub contrasts: bool,
}

/// The structure of one reply.
#[derive(Debug)]
pub(super) struct Outline {
    pub tokens: Vec<Token>,
    pub clauses: Vec<Clause>,
    /// Clause number of each token.
    places: Vec<usize>,
    sentences: Vec<Sentence>,
    /// In the order of their first tokens.
    marks: Vec<(Class, Range<usize>)>,
    /// For each token, where a thing of each class that starts with it ends.
    ends: Vec<ClassEnds>,
}

/// In the order of [`Class::ALL`].
type ClassEnds = [Option<usize>; Class::ALL.len()];

#[derive(Debug)]
struct Sentence {
    tokens: Range<usize>,
    /// Words of other languages only look like theirs in it.
    english: bool,
}

impl Outline {
    /// Cuts `text`, in which `times` were found.
    pub(super) fn new(text: &str, times: &[TimeFound]) -> Self {
        let tokens = tokens(text);
        let marks = marks(&tokens, times);
        let (clauses, places) = clauses(&tokens, &marks);
        let sentences = sentences(&clauses, &tokens);
        let mut outline = Self { tokens, clauses, places, sentences, marks, ends: Vec::new() };
        let tokens = 0..outline.tokens.len();
        outline.ends = tokens.map(|token| Class::ALL.map(|class| outline.find_class_end(class, token))).collect();
        outline
    }

    pub(super) fn clause_of(&self, token: usize) -> usize {
        self.places.get(token).copied().unwrap_or_default()
    }

    /// Whether a clause begins with `token`, its number in a list not counted.
    pub(super) fn starts_clause(&self, token: usize) -> bool {
        let clause = self.clause_of(token);
        let start = self.clauses.get(clause).map(|clause| clause.tokens.start);
        start == Some(token)
            || (start.map(|start| start + 1) == Some(token)
                && (self.list_number(clause).is_some()
                    || self.tokens.get(token - 1).is_some_and(|join| JOINS.has(&join.text))))
    }

    /// The number of a list that the clause begins with: "2. on Friday", "2 on Friday".
    pub(super) fn list_number(&self, clause: usize) -> Option<u8> {
        let clause = self.clauses.get(clause)?;
        let first = self.tokens.get(clause.tokens.start)?;
        let number: u8 = first.text.parse().ok().filter(|number| (1..=50).contains(number))?;
        let next = self.tokens.get(clause.tokens.start + 1).filter(|_| clause.tokens.len() > 1)?;
        let starts = clause
            .tokens
            .start
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .is_none_or(|before| before.after.line || before.after.comma || before.after.stop);
        // "2 pages left" and "3 of 5" are counts.
        let counts = next.text.starts_with(|c: char| c.is_ascii_digit())
            || THINGS.has(&next.text)
            || UNITS.has(&next.text)
            || self
                .marks_from(clause.tokens.start)
                .next()
                .is_some_and(|(_, range)| range.start == clause.tokens.start);
        let marked = first.span.end < next.span.start && next.span.start - first.span.end > 1;
        (starts && (marked || !counts)).then_some(number)
    }

    /// Whether the clause is the first on its line.
    pub(super) fn opens_line(&self, clause: usize) -> bool {
        self.clauses.get(clause).is_some_and(|clause| {
            clause
                .tokens
                .start
                .checked_sub(1)
                .and_then(|before| self.tokens.get(before))
                .is_none_or(|before| before.after.line || before.after.comma)
        })
    }

    pub(super) fn names_time(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().any(|token| self.class_end(Class::When, token).is_some())
    }

    /// Whether a clause belongs to a sentence in English, where words of other languages only look like theirs.
    pub(super) fn is_english(&self, clause: usize) -> bool {
        let sentence = self.clauses.get(clause).and_then(|clause| self.sentences.get(clause.sentence));
        sentence.is_some_and(|sentence| sentence.english)
    }

    /// The tokens of one sentence.
    pub(super) fn sentence_tokens(&self, sentence: usize) -> Option<Range<usize>> {
        self.sentences.get(sentence).map(|sentence| sentence.tokens.clone())
    }

    /// The bytes of the sentence that a clause belongs to.
    pub(super) fn sentence_bytes(&self, clause: usize) -> Range<usize> {
        let sentence = self.clauses.get(clause).map_or(0, |clause| clause.sentence);
        self.sentence_tokens(sentence).map_or(0..0, |tokens| self.bytes(&tokens))
    }

    /// The bytes from the first to the last of some clauses.
    pub(super) fn clause_bytes(&self, clauses: &Range<usize>) -> Range<usize> {
        let start = self.clauses.get(clauses.start).map_or(0, |clause| clause.tokens.start);
        let last = clauses.end.checked_sub(1).and_then(|last| self.clauses.get(last));
        self.bytes(&(start..last.map_or(start, |clause| clause.tokens.end)))
    }

    pub(super) fn ends_clause(&self, token: usize) -> bool {
        self.clauses.get(self.clause_of(token)).is_some_and(|clause| clause.tokens.end == token + 1)
    }

    /// Where a thing of `class` that starts at `token` ends.
    pub(super) fn class_end(&self, class: Class, token: usize) -> Option<usize> {
        *class.of(self.ends.get(token)?)
    }

    fn find_class_end(&self, class: Class, token: usize) -> Option<usize> {
        let marked = self.marks_from(token).take_while(|(_, range)| range.start == token);
        if let Some((_, range)) = marked.into_iter().find(|(known, _)| *known == class) {
            return Some(range.end);
        }
        let word = self.tokens.get(token)?;
        let one = match class {
            Class::When => WHEN.has(&word.text),
            Class::Thing => THINGS.has(&word.text) || word.text.contains("://") || is_file(&word.text),
            Class::Number => is_number(&word.text),
            Class::Name => word.capital && !self.starts_clause(token) && word.text.len() > 1 && word.text != "i",
            Class::Span | Class::Hours | Class::Percent | Class::Money => false,
        };
        one.then_some(token + 1)
    }

    /// The bytes that a range of tokens covers.
    pub(super) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.tokens.get(range.start).map_or(0, |token| token.span.start);
        let end = range.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |last| last.span.end);
        start..end.max(start)
    }

    /// The bytes of the marks of `class` that begin within `range`.
    pub(super) fn marked(&self, class: Class, range: &Range<usize>) -> impl Iterator<Item = &Range<usize>> {
        let end = range.end;
        self.marks_from(range.start)
            .take_while(move |(_, mark)| mark.start < end)
            .filter(move |(known, _)| *known == class)
            .map(|(_, mark)| mark)
    }

    /// The marks that begin at `token` or later.
    fn marks_from(&self, token: usize) -> impl Iterator<Item = &(Class, Range<usize>)> {
        let first = self.marks.partition_point(|(_, range)| range.start < token);
        self.marks.iter().skip(first)
    }
}

pub(super) fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
        || NUMBERS.has(word)
}

fn is_file(word: &str) -> bool {
    word.rsplit_once('.')
        .is_some_and(|(_, end)| (2..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric()))
        && !is_number(word)
}

fn marks(tokens: &[Token], times: &[TimeFound]) -> Vec<(Class, Range<usize>)> {
    let mut marks: Vec<(Class, Range<usize>)> = times.iter().filter_map(|time| time_mark(tokens, time)).collect();
    let hours = times
        .iter()
        .filter(|time| matches!(time.value, TimeValue::Minutes(minutes) if minutes % (24.0 * 60.0) != 0.0));
    marks.extend(hours.filter_map(|time| time_mark(tokens, time)).map(|(_, range)| (Class::Hours, range)));
    for (at, pair) in tokens.windows(2).enumerate() {
        let [one, two] = pair else { continue };
        if is_number(&one.text) && PERCENT.has(&two.text) && one.span.end + 1 >= two.span.start {
            let end = if tokens.get(at + 2).is_some_and(|next| ["cento", "ciento"].contains(&next.text.as_str())) {
                3
            } else {
                2
            };
            marks.push((Class::Percent, at..at + end));
        }
        if is_number(&two.text) && is_money_sign(&one.text) {
            marks.push((Class::Money, at..at + 2));
        }
        if is_number(&one.text) && is_money_sign(&two.text) {
            marks.push((Class::Money, at..at + 2));
        }
    }
    marks.sort_by_key(|(_, range)| range.start);
    marks
}

fn is_money_sign(word: &str) -> bool {
    MONEY.has(word)
}

fn time_mark(tokens: &[Token], time: &TimeFound) -> Option<(Class, Range<usize>)> {
    let inside = |token: &Token| token.span.start >= time.span.start && token.span.end <= time.span.end;
    let mut start = tokens.partition_point(|token| token.span.start < time.span.start);
    let end = start + tokens.get(start..)?.iter().take_while(|token| inside(token)).count();
    // "by Friday" may have been found with its preposition, which the phrases name themselves.
    while start + 1 < end && tokens.get(start).is_some_and(|token| PREPOSITIONS.has(&token.text)) {
        start += 1;
    }
    let class = match time.value {
        TimeValue::Date(_) | TimeValue::DateTime(_) | TimeValue::Time(_) => Class::When,
        TimeValue::Minutes(_) => Class::Span,
    };
    Some((class, start..end))
}

/// Cuts the tokens into clauses and says for each token in which it lies.
fn clauses(tokens: &[Token], marks: &[(Class, Range<usize>)]) -> (Vec<Clause>, Vec<usize>) {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut places = Vec::with_capacity(tokens.len());
    let (mut start, mut sentence, mut sentence_start) = (0, 0, 0);
    let mut in_mark = vec![false; tokens.len()];
    for (_, range) in marks {
        in_mark.iter_mut().take(range.end.saturating_sub(1)).skip(range.start).for_each(|inside| *inside = true);
    }
    for (at, token) in tokens.iter().enumerate() {
        places.push(clauses.len());
        let next = tokens.get(at + 1);
        let in_mark = in_mark.get(at).copied().unwrap_or_default();
        let after = token.after;
        let ends = after.ends_sentence()
            || next.is_none()
            || (!in_mark
                && (after.comma
                    || after.pause
                    || next.is_some_and(|next| turns(next, tokens.get(at + 2), at + 1 - start))));
        if ends {
            let first = tokens.get(start).map_or("", |token| token.text.as_str());
            clauses.push(Clause { tokens: start..at + 1, sentence, asks: false, contrasts: CONTRAST.has(first) });
            start = at + 1;
            if after.ends_sentence() {
                mark_questions(clauses.get_mut(sentence_start..).unwrap_or_default(), tokens);
                sentence += 1;
                sentence_start = clauses.len();
            }
        }
    }
    (clauses, places)
}

fn sentences(clauses: &[Clause], tokens: &[Token]) -> Vec<Sentence> {
    let of_sentence = clauses.chunk_by(|one, two| one.sentence == two.sentence);
    of_sentence
        .map(|clauses| {
            let start = clauses.first().map_or(0, |first| first.tokens.start);
            let range = start..clauses.last().map_or(start, |last| last.tokens.end);
            let words = tokens.get(range.clone()).unwrap_or_default();
            let english = words.iter().filter(|word| ENGLISH.has(&word.text)).count();
            let foreign = words.iter().filter(|word| FOREIGN.has(&word.text) || !word.text.is_ascii()).count();
            Sentence { tokens: range, english: english >= 2 && english > foreign * 2 }
        })
        .collect()
}

/// Whether a new clause starts at `word` without a comma before it.
///
/// "HB-1 and HB-2 are done" goes on, "HB-1 is done and HB-2 waits" turns: it has `said` enough before.
fn turns(word: &Token, next: Option<&Token>, said: usize) -> bool {
    let subject = |next: &Token| SUBJECTS.has(&next.text) || (next.text == "hb" && said >= 3);
    CONTRAST.has(&word.text) || (JOINS.has(&word.text) && next.is_some_and(subject))
}

/// A question reaches from the first clause that is worded as one, or from the last clause, to the mark.
fn mark_questions(clauses: &mut [Clause], tokens: &[Token]) {
    let asked = clauses
        .last()
        .and_then(|last| last.tokens.end.checked_sub(1))
        .and_then(|last| tokens.get(last))
        .is_some_and(|last| last.after.question);
    if !asked {
        return;
    }
    let worded = |clause: &Clause| {
        tokens.get(clause.tokens.start).is_some_and(|first| ASKS.has(&first.text))
            || tokens.get(clause.tokens.start + 1).is_some_and(|second| {
                ASKS.has(&second.text)
                    && tokens
                        .get(clause.tokens.start)
                        .is_some_and(|first| JOINS.has(&first.text) || CONTRAST.has(&first.text))
            })
    };
    let from = clauses.iter().position(worded).unwrap_or(clauses.len().saturating_sub(1));
    for clause in clauses.iter_mut().skip(from) {
        clause.asks = true;
    }
}
