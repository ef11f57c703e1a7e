//! The right word that somebody most likely meant.

/// Returns the candidate most like `word`, or none where nothing is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this two words share no more than some letters.
    const NEAR: f64 = 0.82;
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (likeness(&word, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}

/// From 0 to 1; the beginning of a word counts for more, a swap of two letters for less.
fn likeness(word: &str, candidate: &str) -> f64 {
    strsim::jaro_winkler(word, candidate).max(strsim::normalized_damerau_levenshtein(word, candidate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_word_and_another_word_finds_none() {
        let keys = ["name", "address", "zone", "digest_at", "password_file"];
        for (written, meant) in [
            ("zon", Some("zone")),
            ("adress", Some("address")),
            ("pasword_file", Some("password_file")),
            ("colour", None),
        ] {
            assert_eq!(nearest(written, keys), meant, "{written}");
        }
    }
}
