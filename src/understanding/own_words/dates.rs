//! Dates and times by the runs of their digits, in any script.

/// A run of digits and what stands on its sides.
#[derive(Debug, Clone, Copy)]
struct Run<'t> {
    before: Option<char>,
    /// How many digits it has.
    count: usize,
    digits: &'t str,
    after: &'t str,
}

/// Whether the sign is a decimal digit of a living script.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{17E9}' | '０'..='９') && c.is_numeric()
}

fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (head, tail) = rest.split_at_checked(rest.find(is_digit)?)?;
        let (digits, after) = digits(tail);
        rest = after;
        Some(Run { before: head.chars().next_back(), count: digits.chars().count(), digits, after })
    })
}

/// Splits off the digits that `text` begins with.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !is_digit(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// A number in numerals, a year between numbers, a date in Chinese, Japanese or Korean signs.
pub(super) fn has_numeric_date(text: &str) -> bool {
    runs(text)
        .filter(|run| !run.before.is_some_and(|before| ".,/:-".contains(before)))
        .any(|run| run.count <= 4 && is_numeric_date(run))
}

fn is_numeric_date(run: Run<'_>) -> bool {
    is_split_date(run, 2) || run.count <= 2 && is_named_month(run.after) || is_signed_date(run)
}

/// `3.3.2026`, `2026-03-03`, `3. 3. 26`.
fn is_split_date(run: Run<'_>, least: usize) -> bool {
    let second = number_after_sign(run.after).filter(|(count, _)| *count <= 2);
    second.and_then(|(_, rest)| number_after_sign(rest)).is_some_and(|(count, _)| count >= least)
}

/// How many digits stand behind a sign that parts the numbers of a date, and what follows them.
fn number_after_sign(text: &str) -> Option<(usize, &str)> {
    let rest = text.strip_prefix(['.', '/', '-'])?;
    let (digits, rest) = digits(rest.strip_prefix([' ', '\u{A0}']).unwrap_or(rest));
    (!digits.is_empty()).then(|| (digits.chars().count(), rest))
}

/// `-Mar-2026` behind the day.
fn is_named_month(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(['.', '/', '-']) else { return false };
    let (count, rest) = letters(rest);
    let rest = rest.strip_prefix('.').filter(|rest| rest.starts_with(['.', '/', '-'])).unwrap_or(rest);
    (3..=10).contains(&count)
        && rest.strip_prefix(['.', '/', '-']).is_some_and(|rest| digits(rest).0.chars().count() >= 2)
}

/// How many letters `text` begins with, and what follows them.
fn letters(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches(is_letter);
    (text.get(..text.len() - rest.len()).unwrap_or_default().chars().count(), rest)
}

/// Letters, and the marks that Indic and other scripts set on them.
fn is_letter(c: char) -> bool {
    let is_mark = || matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{6DF}' | '\u{900}'..='\u{109F}' | '\u{1780}'..='\u{17DD}');
    c.is_alphabetic() || is_mark() && !c.is_numeric() && !matches!(c, '،' | '؛' | '।')
}

/// `2026年3月`, `3月3日`, `3월 3일`.
fn is_signed_date(run: Run<'_>) -> bool {
    let sign = |signs: [char; 2]| {
        run.after.trim_start().strip_prefix(signs).is_some_and(|rest| rest.trim_start().starts_with(is_digit))
    };
    run.count == 4 && sign(['年', '년']) || run.count <= 2 && sign(['月', '월'])
}

/// Whether four digits are a year's. The calendars of Iran, Thailand and Nepal count other years.
pub(super) fn has_year(text: &str) -> bool {
    runs(text).any(|run| {
        let is_ours = || ["19", "20", "25"].iter().any(|century| run.digits.starts_with(century));
        run.count == 4
            && run.before != Some(':')
            && !run.after.starts_with(':')
            && (!run.digits.is_ascii() || is_ours())
    })
}

/// Whether a time of the day is named: `9:41`, `9.41`, `9h41`, `9時41`.
pub(super) fn has_time(text: &str) -> bool {
    runs(text).filter(|run| run.count <= 2).any(|run| {
        let Some(sign) = run.after.trim_start_matches([' ', '\u{A0}']).chars().next() else { return false };
        if matches!(sign, '時' | '时' | '點' | '点' | '시') {
            return true;
        }
        let rest = run.after.trim_start_matches([' ', '\u{A0}']).strip_prefix([':', '：', '.', 'h']);
        let minutes = rest.map(|rest| digits(rest.strip_prefix(' ').unwrap_or(rest)));
        let alone = run.before.is_none_or(|before| !before.is_ascii_alphanumeric() && before != '_');
        alone
            && minutes.is_some_and(|(minutes, rest)| {
                minutes.chars().count() == 2 && !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            })
    })
}

/// Whether a number of one or two digits stands alone, as the day of a month does, and not the hour or the zone.
pub(super) fn has_day(text: &str) -> bool {
    runs(text).any(|run| {
        run.count <= 2
            && !matches!(run.before, Some(':' | '.' | '+'))
            && !run.after.starts_with(':')
            && !begins_with_minutes(run.after)
    })
}

/// `.41` behind the hour.
fn begins_with_minutes(after: &str) -> bool {
    let minutes = after.strip_prefix('.').map(digits);
    minutes.is_some_and(|(minutes, rest)| minutes.chars().count() == 2 && !rest.starts_with('.'))
}

/// Whether a number stands among the first words, as in "on Friday the 28th".
pub(super) fn has_number_early(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    first.chars().skip(1).any(is_digit) || words.take(5).any(|word| word.contains(is_digit))
}

/// Whether `text` begins with a date, behind three words at most.
pub(super) fn begin(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..=3 {
        if is_date_here(rest) {
            return true;
        }
        let Some((word, after)) = rest.split_once(char::is_whitespace) else { return false };
        if word.is_empty() || word.contains(is_digit) {
            return false;
        }
        rest = after.trim_start();
    }
    false
}

fn is_date_here(text: &str) -> bool {
    let (number, after) = digits(text);
    let count = number.chars().count();
    match count {
        0 => is_month_day_year(text),
        1..=4 => {
            let run = Run { before: None, count, digits: number, after };
            is_split_date(run, 1)
                || count <= 2 && (is_month_behind(after) || is_time_behind(after))
                || count == 4 && after.trim_start().starts_with(['年', '년'])
        }
        _ => false,
    }
}

/// `March 3, 2026`.
fn is_month_day_year(text: &str) -> bool {
    let (count, rest) = letters(text);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let (day, after) = digits(rest.trim_start());
    let after = after.strip_prefix(',').unwrap_or(after);
    count >= 3
        && rest.starts_with(char::is_whitespace)
        && (1..=2).contains(&day.chars().count())
        && after.starts_with(char::is_whitespace)
        && digits(after.trim_start()).0.chars().count() >= 4
}

/// `. March 2026`, ` de março de 26`, behind the day.
fn is_month_behind(after: &str) -> bool {
    let after = [".", "st", "nd", "rd", "th"].iter().find_map(|end| after.strip_prefix(end)).unwrap_or(after);
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let (count, rest) = letters(without_de(after.trim_start()));
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let year = without_de(rest.trim_start());
    count >= 3 && rest.starts_with(char::is_whitespace) && digits(year).0.chars().count() >= 2
}

fn without_de(text: &str) -> &str {
    text.strip_prefix("de ").map_or(text, str::trim_start)
}

/// `:41 am,` behind the hour.
fn is_time_behind(after: &str) -> bool {
    let minutes = after.strip_prefix(':').map(digits).filter(|(minutes, _)| minutes.chars().count() == 2);
    minutes.is_some_and(|(_, rest)| {
        let rest = rest.trim_start();
        let half = rest.strip_prefix("am").or_else(|| rest.strip_prefix("pm")).unwrap_or(rest);
        half.starts_with(',')
    })
}

/// Words that stand before the date where an attribution begins, as they are written at the head of a line.
const CAPITAL_ON: &[&str] = &[
    "On",
    "Am",
    "Le",
    "El",
    "Il",
    "Em",
    "Op",
    "Den",
    "På",
    "Dne",
    "Dnia",
    "W dniu",
    "Il giorno",
    "In data",
    "Vào",
    "Pada",
    "Noong",
    "Στις",
    "В",
];

/// Where in `line` a capital "On" stands with a date behind it.
pub(super) fn capital_on(line: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    line.char_indices().filter_map(move |(at, c)| {
        let begins = !std::mem::replace(&mut inside, c.is_alphabetic()) && c.is_uppercase();
        let word = if begins { line.get(at..)? } else { return None };
        let opens = |on: &&&str| word.strip_prefix(**on).is_some_and(|rest| number_follows(rest, 2));
        CAPITAL_ON.iter().find(opens).map(|_| at)
    })
}

/// Whether a number follows, behind at most so many words that may be the names of a day or a month.
fn number_follows(rest: &str, words: usize) -> bool {
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let rest = rest.trim_start();
    if rest.starts_with(is_digit) {
        return true;
    }
    let (count, after) = letters(rest);
    let after = after.strip_prefix('.').unwrap_or(after);
    let after = after.strip_prefix(',').unwrap_or(after);
    words > 0 && (2..=10).contains(&count) && number_follows(after, words - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(reads: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        for text in yes {
            assert!(reads(text), "{text}");
        }
        for text in no {
            assert!(!reads(text), "{text}");
        }
    }

    #[test]
    fn dates_in_numerals_are_seen_in_any_script() {
        check(
            has_numeric_date,
            &[
                "3.3.2026",
                "on 03/03/26",
                "2026-03-03",
                "3. 3. 2026",
                "3-Mar-2026",
                "2026年3月3日",
                "3월 3일",
                "٣/٣/٢٠٢٦",
            ],
            &["1.5", "1.2.3", "10:30:45", "version 1.2", "12345-12-12", "3 apples"],
        );
    }

    #[test]
    fn years_times_and_days_are_told_apart() {
        check(has_year, &["2026", "in 1999.", "۱۴۰۴", "२०२६"], &["1234", "20260", "12:2026", "202"]);
        check(has_time, &["9:41", "at 9.41", "9h41", "上午9時", "9:41,"], &["9", "a9:41", "9:4", "9:411"]);
        check(has_day, &["3 March", "(28)"], &["2026", "10:30", "x.3", "kl. 09.41", "GMT+1"]);
    }

    #[test]
    fn a_date_may_open_a_line_behind_some_words() {
        check(
            begin,
            &["3.3.2026 9:41", "tue, 3 march 2026", "march 3, 2026", "9:41 am, x", "3 de março de 2026", "2026年"],
            &["please call 3 people", "one two three four 3.3.2026", "3", "9:41 x"],
        );
        check(has_number_early, &["on friday the 28th"], &["on friday", "a b c d e f g 1"]);
        let at: Vec<usize> = capital_on("ok On Wed, 3 Mar").collect();
        assert_eq!(at, [3]);
        assert_eq!(capital_on("Only 3. On and on").count(), 0);
    }
}
