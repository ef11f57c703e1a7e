//! The line that a phone or a mail program puts under a mail: "Sent from my phone".

use super::{shape, signs::Pairs, vocabulary::words};
use std::{collections::HashMap, sync::LazyLock};

/// It is a short line.
const LONGEST: usize = 160;
const MOST_WORDS: usize = 16;

const SENT_FROM: &str = include_str!("words/sent_from.txt");
const SENT_FROM_UNSPACED: &str = include_str!("words/sent_from_unspaced.txt");
const SENT_ENDS: &str = include_str!("words/sent_ends.txt");

/// Things that send mail by themselves, and "my" thing: what is sent from one is sent by a program.
const DEVICES: &str = include_str!("words/devices.txt");
/// Such words that are parts of others: they count where a word ends.
const SHORT_DEVICES: [&str; 3] = ["app", "pc", "mac"];
/// Such words that count as the name of a program, with a capital: "Sent by mail" is news.
const PROGRAMS: [&str; 4] = ["Mail", "Web", "Word", "Cloud"];

/// "My", where the word for the thing is not known.
const MINE: &str = "my | mijn | mein | meinem | meiner | mon | mi | meu | minha | mio | mia | mój | mojego | mojej | mého | \
                    môjho | mojega | mog | мой | моего | моей | мого | моєї | saya | aking | μου | שלי | मेरे";
const MINE_UNSPACED: [&str; 4] = ["我的", "私の", "나의", "của tôi"];

/// What was done, and what may follow it.
struct Opening {
    done: &'static str,
    then: Vec<&'static str>,
}

struct Lists {
    by_first_word: HashMap<&'static str, Vec<Opening>>,
    begin: Pairs,
    unspaced: Vec<&'static str>,
    ends: Vec<&'static str>,
    end: Pairs,
    devices: Vec<&'static str>,
    mine: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let unspaced: Vec<&str> = words(SENT_FROM_UNSPACED).collect();
    let ends: Vec<&str> = words(SENT_ENDS).collect();
    let by_first_word = openings();
    Lists {
        begin: Pairs::beginning(by_first_word.keys().copied().chain(unspaced.iter().copied())),
        end: Pairs::ending(ends.iter().copied()),
        by_first_word,
        unspaced,
        ends,
        devices: words(DEVICES).collect(),
        mine: words(MINE).collect(),
    }
});

fn openings() -> HashMap<&'static str, Vec<Opening>> {
    let mut openings: HashMap<&str, Vec<Opening>> = HashMap::new();
    for line in SENT_FROM.lines().filter(|line| !line.starts_with('#')) {
        let Some((done, then)) = line.rsplit_once(" :") else { continue };
        for done in words(done) {
            let opening = Opening { done, then: words(then).collect() };
            openings.entry(done.split(' ').next().unwrap_or(done)).or_default().push(opening);
        }
    }
    openings
}

/// Whether the line is a phone footer. Sentences that only begin like one are longer, go on in
/// prose, or end in a question mark.
pub(super) fn is_phone_line(line: &str) -> bool {
    if line.len() > LONGEST || line.ends_with('?') || shape::word_count(line) > MOST_WORDS {
        return false;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "()[]<>*_-–—~\"'|#".contains(c));
    let whole = bare.trim_end_matches(['.', '!', '。']);
    if offers_outlook(bare) {
        return true;
    }
    if !LISTS.begin.may_begin(bare) && !LISTS.end.may_end(whole) {
        return false;
    }
    let lower = shape::lower(bare);
    if !opens_so(&lower) && !ends_so(&lower) {
        return false;
    }
    let prose = [" is ", " are ", " and i ", " because ", " but ", " so ", " which ", " we ", " you ", " will "]
        .iter()
        .any(|word| lower.contains(word));
    let apologises = ["excuse", "typo", "brevity", "pardon", "forgive", "apolog", "sorry for"]
        .iter()
        .any(|word| lower.contains(word));
    let is_plain = lower == "sent from mail" || lower == "mobil gesendet";
    // Without a device it may be news: "Sent with the courier", "Written by Ben".
    (is_plain || apologises || names_device(bare, &lower)) && (!prose || apologises)
}

/// "Get Outlook for Android", in any language. In English much else may be said of it.
fn offers_outlook(line: &str) -> bool {
    if !line.contains("Outlook") || !(line.contains("Android") || line.contains("iOS")) || line.ends_with('.') {
        return false;
    }
    let offer = line.split('<').next().unwrap_or(line).trim_end();
    let lower = shape::lower(offer);
    let is_english = lower.is_ascii() && lower.contains(" for ");
    let offers =
        || ["get ", "download ", "try ", "sent ", "sendt ", "hent "].iter().any(|word| lower.starts_with(word));
    shape::word_count(offer) <= 6 && !shape::is_first_person(&lower) && (!is_english || offers())
}

fn opens_so(lower: &str) -> bool {
    let first = lower.split(' ').next().unwrap_or(lower);
    let openings = LISTS.by_first_word.get(first).map_or(&[][..], Vec::as_slice);
    openings.iter().any(|opening| {
        lower.strip_prefix(opening.done).is_some_and(|rest| {
            (opening.then.is_empty() && ends_word(rest))
                || rest.strip_prefix(' ').is_some_and(|rest| opening.then.iter().any(|then| follows(rest, then)))
        })
    }) || !lower.is_ascii() && LISTS.unspaced.iter().any(|word| lower.starts_with(word))
}

/// Whether `rest` is what `then` stands for: see the remarks in the list.
fn follows(rest: &str, then: &str) -> bool {
    if let Some(between) = then.strip_prefix("* ") {
        return rest.split_once(' ').is_some_and(|(_, rest)| follows(rest, between));
    }
    if let Some(start) = then.strip_suffix('*') {
        return rest.starts_with(start);
    }
    match then.split_once('…') {
        None => rest.strip_prefix(then).is_some_and(ends_word),
        Some((start, end)) => rest.strip_prefix(start).is_some_and(|rest| match end.strip_suffix('…') {
            Some(inside) => holds_word(rest, inside.trim_end()),
            None => rest.trim_end_matches(['.', '!']).ends_with(end),
        }),
    }
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

fn ends_so(lower: &str) -> bool {
    let whole = lower.trim_end_matches(['.', '!', '。']);
    LISTS.end.may_end(whole)
        && LISTS.ends.iter().any(|end| whole.strip_suffix(end).is_some_and(|before| !before.is_empty()))
}

fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| text.get(at + word.len()..).is_some_and(ends_word))
}

fn names_device(bare: &str, lower: &str) -> bool {
    LISTS.devices.iter().any(|device| lower.contains(device))
        || SHORT_DEVICES.iter().any(|device| holds_word(lower, device))
        || lower.split(' ').any(|word| LISTS.mine.contains(&word))
        || MINE_UNSPACED.iter().any(|mine| lower.contains(mine))
        || PROGRAMS.iter().any(|program| bare.contains(program) && !bare.contains("-Mail"))
}

/// Whether the line names a device, program or link and is longer than "Sent by email".
pub(super) fn names_phone(line: &str) -> bool {
    shape::word_count(line) >= 4 && names_device(line, &shape::lower(line)) || !line.is_ascii()
}
