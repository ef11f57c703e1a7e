//! Contractions, and the short forms that people type on phones.

use crate::understanding::word_table::WordMap;
use std::sync::LazyLock;

/// Opens contractions and evens out the usual short forms. Returns a word, and where it is two the other.
pub(super) fn open(word: &str) -> (&str, Option<&str>) {
    if let Some(opened) = OPENED.get(word) {
        return *opened;
    }
    let Some((stem, end)) = word.split_once('\'') else { return (word, None) };
    match end {
        "ll" => (stem, Some("will")),
        "ve" => (stem, Some("have")),
        "re" => (stem, Some("are")),
        "m" => (stem, Some("am")),
        "d" => (stem, Some("would")),
        "t" => (stem.strip_suffix('n').unwrap_or(stem), Some("not")),
        "s" if IS_STEMS.contains(&stem) => (stem, Some("is")),
        "s" => (stem, None),
        _ => (stem, Some(end)),
    }
}

static OPENED: LazyLock<WordMap<&str, (&str, Option<&str>)>> = LazyLock::new(|| {
    let opened = SHORT_FORMS.iter().rev().filter_map(|(short, words)| {
        let (first, rest) = words.split_first()?;
        Some((*short, (*first, rest.first().copied())))
    });
    opened.collect()
});

const IS_STEMS: [&str; 14] =
    ["it", "that", "he", "she", "what", "there", "here", "who", "where", "how", "everything", "all", "work", "this"];

const SHORT_FORMS: &[(&str, &[&str])] = &[
    ("ma'am", &["maam"]),
    ("mam", &["maam"]),
    ("mum", &["maam"]),
    ("can't", &["can", "not"]),
    ("cant", &["can", "not"]),
    ("cannot", &["can", "not"]),
    ("won't", &["will", "not"]),
    ("wont", &["will", "not"]),
    ("let's", &["let", "us"]),
    ("dont", &["do", "not"]),
    ("didnt", &["did", "not"]),
    ("doesnt", &["does", "not"]),
    ("isnt", &["is", "not"]),
    ("arent", &["are", "not"]),
    ("wasnt", &["was", "not"]),
    ("havent", &["have", "not"]),
    ("hasnt", &["has", "not"]),
    ("couldnt", &["could", "not"]),
    ("wouldnt", &["would", "not"]),
    ("shouldnt", &["should", "not"]),
    ("ive", &["i", "have"]),
    ("thats", &["that", "is"]),
    ("whats", &["what", "is"]),
    ("gonna", &["going", "to"]),
    ("wanna", &["want", "to"]),
    ("pls", &["please"]),
    ("plz", &["please"]),
    ("pl", &["please"]),
    ("plss", &["please"]),
    ("u", &["you"]),
    ("ur", &["your"]),
    ("thx", &["thanks"]),
    ("tnx", &["thanks"]),
    ("ty", &["thanks"]),
    ("thnx", &["thanks"]),
    ("tmrw", &["tomorrow"]),
    ("tmr", &["tomorrow"]),
    ("tmrrw", &["tomorrow"]),
    ("tom", &["tomorrow"]),
    ("okay", &["ok"]),
    ("okey", &["ok"]),
    ("oki", &["ok"]),
    ("okk", &["ok"]),
    ("kk", &["ok"]),
    ("okie", &["ok"]),
    ("yeah", &["yes"]),
    ("yep", &["yes"]),
    ("yup", &["yes"]),
    ("yess", &["yes"]),
    ("hrs", &["hours"]),
    ("hr", &["hour"]),
    ("mins", &["minutes"]),
    ("min", &["minutes"]),
    ("p.m", &["pm"]),
    ("a.m", &["am"]),
    ("e.g", &["eg"]),
    ("i.e", &["ie"]),
    ("recd", &["received"]),
    ("rcvd", &["received"]),
    ("info", &["information"]),
    ("docs", &["documents"]),
    ("doc", &["document"]),
];
