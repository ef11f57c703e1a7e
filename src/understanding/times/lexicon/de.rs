//! German.

use super::Meaning;

pub(super) const COMMON: &str = "";
pub(super) const ROWS: &[(Meaning, &str)] = &[];

/// Reads numbers written as one word: "einundzwanzig" is 21.
pub(super) fn compound_number(word: &str) -> Option<u32> {
    let (ones, tens) = word.split_once("und")?;
    let ones = match ones {
        "ein" => 1,
        "zwei" => 2,
        "drei" => 3,
        "vier" => 4,
        "fuenf" | "funf" => 5,
        "sechs" => 6,
        "sieben" => 7,
        "acht" => 8,
        "neun" => 9,
        _ => return None,
    };
    let tens = match tens {
        "zwanzig" => 20,
        "dreissig" => 30,
        "vierzig" => 40,
        "funfzig" | "fuenfzig" => 50,
        "sechzig" => 60,
        "siebzig" => 70,
        "achtzig" => 80,
        "neunzig" => 90,
        _ => return None,
    };
    Some(tens + ones)
}
