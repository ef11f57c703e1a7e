//! Numbers, in digits and in words.

use super::{
    narrow::{number_of, ordinal_of, quarters_more_of, quarters_of},
    reader::{Read, Reader},
};
use crate::understanding::times::lexicon::{Glue, Meaning};

impl Reader<'_> {
    /// A whole number up to 99, in digits or words.
    pub(crate) fn integer(&self, at: usize) -> Read<u32> {
        if let Some((value, _)) = self.digits(at) {
            return Some((value, at + 1));
        }
        self.spelled(at)
    }

    /// A number in words: "twenty-one", "veinte y uno", "quatre-vingt-dix".
    pub(crate) fn spelled(&self, at: usize) -> Read<u32> {
        let (first, next) = self.pick(at, number_of)?;
        if first < 20 || first % 10 != 0 {
            return Some((first, next));
        }
        let joint = self.mark(next, '-').unwrap_or(next);
        let joint = self.glue(joint, &[Glue::And]).map_or(joint, |(_, after)| after);
        let joint = self.mark(joint, '-').unwrap_or(joint);
        let most = if matches!(first, 60 | 80) { 19 } else { 9 };
        match self.pick(joint, |meaning| number_of(meaning).filter(|ones| (1..=most).contains(ones))) {
            Some((ones, after)) if !self.is_article(joint) => Some((first + ones, after)),
            Some(_) | None => Some((first, next)),
        }
    }

    /// A day's number with its ordinal mark: "14th", "1er", "3º", "27.", "twenty second".
    pub(crate) fn ordinal(&self, at: usize) -> Read<u32> {
        if let Some((value, width)) = self.digits(at) {
            if width > 2 || !(1..=31).contains(&value) {
                return None;
            }
            if self.word(at + 1).is_some_and(|word| {
                matches!(
                    word,
                    "st" | "nd" | "rd" | "th" | "er" | "ro" | "do" | "e" | "eme" | "ero" | "ste" | "ten" | "й" | "го"
                )
            }) && (self.glued(at + 1)
                || self.word(at + 1).is_some_and(|word| matches!(word, "st" | "nd" | "rd" | "th")))
            {
                return Some((value, at + 2));
            }
            return self.any_mark(at + 1, &['º', '°', 'ª']).map(|(_, next)| (value, next));
        }
        if let Some(found) = self.pick(at, ordinal_of) {
            return Some(found);
        }
        let (tens, next) = self.pick(at, |meaning| number_of(meaning).filter(|tens| matches!(tens, 20 | 30)))?;
        let next = self.mark(next, '-').unwrap_or(next);
        let (ones, next) = self.pick(next, |meaning| ordinal_of(meaning).filter(|ones| *ones < 10))?;
        Some((tens + ones, next))
    }

    /// A number that may have a fraction: "6.5", "1,5", "3 and a half", "1½", "1/2", "anderthalb".
    pub(crate) fn quantity(&self, at: usize) -> Read<f64> {
        if let Some(found) = self.fraction(at) {
            return Some(found);
        }
        if let Some(after) = self.mark(at, '.').filter(|after| !self.glued(at) && self.glued(*after)) {
            let (value, width) = self.digits(after)?;
            return Some((decimal(value, width)?, after + 1));
        }
        if let Some((quarters, next)) = self.pick(at, quarters_of) {
            return Some((f64::from(quarters) / 4.0, next));
        }
        if let Some((quarters, next)) = self.pick(at, quarters_more_of) {
            let (whole, end) = self.integer(next).unwrap_or((1, next));
            return Some((f64::from(whole) + f64::from(quarters) / 4.0, end));
        }
        let (whole, next) = match self.digits(at) {
            Some((value, _)) => self.decimals(f64::from(value), at + 1),
            None => self.spelled(at).map(|(value, next)| (f64::from(value), next))?,
        };
        // "two-and-a-half"
        let dash = self.mark(next, '-').unwrap_or(next);
        let joint = self.glue(dash, &[Glue::And]).map_or(next, |(_, after)| self.mark(after, '-').unwrap_or(after));
        let joint = self.mark(joint, '-').filter(|_| joint == next).unwrap_or(joint);
        match self.fraction(joint) {
            Some((part, after)) => Some((whole + part, after)),
            None => Some((whole, next)),
        }
    }

    pub(super) fn decimals(&self, whole: f64, at: usize) -> (f64, usize) {
        if let Some((_, digits_at)) = self.any_mark(at, &['.', ','])
            && self.glued(at)
            && self.glued(digits_at)
            && let Some((value, width)) = self.digits(digits_at)
        {
            return (whole + decimal(value, width).unwrap_or(0.0), digits_at + 1);
        }
        (whole, at)
    }

    /// "half", "a quarter", "three quarters", "1/2", "¾".
    pub(crate) fn fraction(&self, at: usize) -> Read<f64> {
        if let Some((mark, next)) = self.any_mark(at, &['½', '¼', '¾']) {
            return Some((
                match mark {
                    '½' => 0.5,
                    '¼' => 0.25,
                    _ => 0.75,
                },
                next,
            ));
        }
        if let Some((top, 1)) = self.digits(at)
            && let Some(after) = self.mark(at + 1, '/').filter(|_| self.glued(at + 1) && self.glued(at + 2))
            && let Some((bottom @ (2..=4), 1)) = self.digits(after)
            && top < bottom
            && top > 0
            && self.mark(after + 1, '/').is_none()
        {
            return Some((f64::from(top) / f64::from(bottom), after + 1));
        }
        let (top, next) = match self.spelled(at).filter(|(value, _)| (1..=3).contains(value)) {
            Some((value, next)) => (f64::from(value), self.mark(next, '-').unwrap_or(next)),
            None => (1.0, at),
        };
        if top < 2.0
            && let Some(after) = self.means(next, Meaning::Half).or_else(|| self.means(at, Meaning::Half))
        {
            return Some((0.5, after));
        }
        if let Some(after) = self.means(next, Meaning::Quarter).or_else(|| self.means(at, Meaning::Quarter)) {
            return Some((top * 0.25, after));
        }
        self.means(next, Meaning::Third).filter(|_| next > at || top > 1.0).map(|after| (top / 3.0, after))
    }
}

/// What `value` is worth as `width` decimal places.
fn decimal(value: u32, width: usize) -> Option<f64> {
    let scale = [1.0, 10.0, 100.0, 1000.0].get(width)?;
    Some(f64::from(value) / scale)
}
