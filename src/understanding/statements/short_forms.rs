//! Contractions, and the short forms that people type on phones.

/// Opens contractions and evens out the usual short forms. Returns one or two words.
pub(super) fn open(word: &str) -> Vec<&str> {
    if let Some((_, opened)) = SHORT_FORMS.iter().find(|(short, _)| *short == word) {
        return opened.to_vec();
    }
    let Some((stem, end)) = word.split_once('\'') else { return vec![word] };
    match end {
        "ll" => vec![stem, "will"],
        "ve" => vec![stem, "have"],
        "re" => vec![stem, "are"],
        "m" => vec![stem, "am"],
        "d" => vec![stem, "would"],
        "t" => vec![stem.strip_suffix('n').unwrap_or(stem), "not"],
        "s" if IS_STEMS.contains(&stem) => vec![stem, "is"],
        "s" => vec![stem],
        _ => vec![stem, end],
    }
}

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
