//! Which currency a sign, a code or a name means, by the writer's country where several share it.

use crate::understanding::times::{grammar::Reader, lexicon::Language, tokens::Kind};
use chrono_tz::Tz;

/// Signs, codes and names of one currency each. `$`, `Rs` and the like depend on where the writer lives.
const NAMES: &[(&str, &str)] = &[
    ("usd", "USD"),
    ("us", "USD"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("bucks", "USD"),
    ("dolares", "USD"),
    ("доларів", "USD"),
    ("долларов", "USD"),
    ("dolarow", "USD"),
    ("dolar", "USD"),
    ("eur", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("gbp", "GBP"),
    ("pounds", "GBP"),
    ("quid", "GBP"),
    ("php", "PHP"),
    ("inr", "INR"),
    ("pkr", "PKR"),
    ("bdt", "BDT"),
    ("taka", "BDT"),
    ("tk", "BDT"),
    ("ngn", "NGN"),
    ("naira", "NGN"),
    ("kes", "KES"),
    ("ksh", "KES"),
    ("kshs", "KES"),
    ("zar", "ZAR"),
    ("rand", "ZAR"),
    ("rands", "ZAR"),
    ("uah", "UAH"),
    ("грн", "UAH"),
    ("гривень", "UAH"),
    ("гривні", "UAH"),
    ("hryvnia", "UAH"),
    ("pln", "PLN"),
    ("zl", "PLN"),
    ("zloty", "PLN"),
    ("zlotych", "PLN"),
    ("mxn", "MXN"),
    ("cop", "COP"),
    ("brl", "BRL"),
    ("reais", "BRL"),
    ("real", "BRL"),
    ("ars", "ARS"),
    ("clp", "CLP"),
    ("pen", "PEN"),
    ("soles", "PEN"),
    ("cad", "CAD"),
    ("aud", "AUD"),
    ("nzd", "NZD"),
    ("sgd", "SGD"),
    ("chf", "CHF"),
    ("idr", "IDR"),
    ("rp", "IDR"),
    ("rupiah", "IDR"),
    ("vnd", "VND"),
    ("myr", "MYR"),
    ("rm", "MYR"),
    ("jpy", "JPY"),
    ("yen", "JPY"),
    ("rub", "RUB"),
    ("руб", "RUB"),
    ("ghs", "GHS"),
    ("cedis", "GHS"),
];

/// More names, of currencies that several countries call alike.
const LOCAL_NAMES: &str = "rs|rupees|rupee|pesos|peso|piso|sh|shs|shilling|shillings|bob|p|n|r|ush|tsh";

pub(super) fn currency(reader: &Reader<'_>, text: &str, at: usize, zone: Tz) -> Option<(&'static str, usize)> {
    named_currency(reader, text, at, zone).or_else(|| signed_currency(reader, at, zone))
}

/// A sign, with letters before it where they tell which dollar: "A$", "US$".
pub(super) fn signed_currency(reader: &Reader<'_>, at: usize, zone: Tz) -> Option<(&'static str, usize)> {
    let Kind::Mark(mark) = reader.token(at)?.kind else { return None };
    let currency = match mark {
        '$' => dollar(reader, zone),
        '€' => "EUR",
        '£' => "GBP",
        '₱' => "PHP",
        '₹' => "INR",
        '₨' => rupee(zone),
        '₦' => "NGN",
        '৳' => "BDT",
        '₴' => "UAH",
        '₫' => "VND",
        '₽' => "RUB",
        '₺' => "TRY",
        '₵' => "GHS",
        '฿' => "THB",
        '₩' => "KRW",
        '¥' => "JPY",
        _ => return None,
    };
    Some((currency, at + 1))
}

pub(super) fn named_currency(reader: &Reader<'_>, text: &str, at: usize, zone: Tz) -> Option<(&'static str, usize)> {
    let word = reader.word(at)?;
    if let Some(next) = reader.mark(at + 1, '$').filter(|_| reader.glued(at + 1)) {
        let dollar = match word {
            "us" => Some("USD"),
            "a" | "au" => Some("AUD"),
            "c" | "ca" => Some("CAD"),
            "nz" => Some("NZD"),
            "s" => Some("SGD"),
            "hk" => Some("HKD"),
            "r" => Some("BRL"),
            "mx" => Some("MXN"),
            "col" => Some("COP"),
            _ => None,
        };
        return dollar.map(|currency| (currency, next));
    }
    if word == "us" {
        return None;
    }
    if let Some((_, currency)) = NAMES.iter().find(|(name, _)| *name == word) {
        return Some((currency, at + 1));
    }
    if !reader.is_one_of(at, LOCAL_NAMES) {
        return None;
    }
    // A lone letter is a currency only as a capital right before its figure: "R74.20", "P500".
    let letter = word.len() == 1;
    let written = text.get(reader.token(at)?.span.clone())?;
    let marked = written.chars().all(char::is_uppercase)
        && reader.digits(at + 1).is_some()
        && (reader.glued(at + 1) || word == "r");
    if letter && !marked {
        return None;
    }
    local_currency(word, zone).map(|currency| (currency, at + 1))
}

/// What a name that several countries share means where the writer lives.
pub(super) fn local_currency(name: &str, zone: Tz) -> Option<&'static str> {
    match name {
        "rs" | "rupees" | "rupee" => Some(rupee(zone)),
        "piso" => Some("PHP"),
        "pesos" | "peso" => Some(home_currency(zone).filter(|home| *home != "USD").unwrap_or("PHP")),
        "bob" => Some("KES"),
        "sh" | "shs" | "shilling" | "shillings" => {
            home_currency(zone).filter(|home| matches!(*home, "KES" | "UGX" | "TZS")).or(Some("KES"))
        }
        "ush" => Some("UGX"),
        "tsh" => Some("TZS"),
        "p" => home_currency(zone).filter(|home| *home == "PHP"),
        "n" => home_currency(zone).filter(|home| *home == "NGN"),
        "r" => home_currency(zone).filter(|home| *home == "ZAR"),
        _ => None,
    }
}

/// Clients pay in US dollars, so `$` is theirs, save in its other homes and in the Spanish of a country of pesos.
pub(super) fn dollar(reader: &Reader<'_>, zone: Tz) -> &'static str {
    match home_currency(zone) {
        Some(home @ ("AUD" | "CAD" | "NZD" | "SGD" | "HKD")) => home,
        Some(home @ ("MXN" | "COP" | "ARS" | "CLP")) if reader.language == Language::Spanish => home,
        Some(_) | None => "USD",
    }
}

/// "$59.000" is no dollar where points part the thousands.
pub(super) fn dollar_of(reader: &Reader<'_>, at: usize, zone: Tz) -> Option<&'static str> {
    let home = home_currency(zone).filter(|home| matches!(*home, "COP" | "CLP" | "ARS"))?;
    let thousands =
        reader.mark(at + 1, '.').and_then(|after| reader.digits(after)).is_some_and(|(_, width)| width == 3);
    thousands.then_some(home)
}

pub(super) fn rupee(zone: Tz) -> &'static str {
    match zone.name() {
        "Asia/Karachi" => "PKR",
        "Asia/Colombo" => "LKR",
        "Asia/Kathmandu" | "Asia/Katmandu" => "NPR",
        _ => "INR",
    }
}

/// The currency of the country that a zone is named after.
pub(super) fn home_currency(zone: Tz) -> Option<&'static str> {
    let name = zone.name();
    let by_name = [
        ("Asia/Manila", "PHP"),
        ("Africa/Lagos", "NGN"),
        ("Africa/Nairobi", "KES"),
        ("Africa/Kampala", "UGX"),
        ("Africa/Dar_es_Salaam", "TZS"),
        ("Africa/Johannesburg", "ZAR"),
        ("Asia/Singapore", "SGD"),
        ("Asia/Hong_Kong", "HKD"),
        ("America/Bogota", "COP"),
        ("America/Santiago", "CLP"),
        ("America/Toronto", "CAD"),
        ("America/Vancouver", "CAD"),
        ("America/Edmonton", "CAD"),
        ("America/Winnipeg", "CAD"),
        ("America/Halifax", "CAD"),
        ("Pacific/Auckland", "NZD"),
    ];
    if let Some((_, currency)) = by_name.iter().find(|(zone, _)| *zone == name) {
        return Some(currency);
    }
    let mexican = ["Mexico_City", "Monterrey", "Tijuana", "Cancun", "Merida", "Hermosillo", "Chihuahua", "Mazatlan"];
    if name.starts_with("Australia/") {
        Some("AUD")
    } else if name.starts_with("America/Argentina/") || name == "America/Buenos_Aires" {
        Some("ARS")
    } else if name.strip_prefix("America/").is_some_and(|city| mexican.contains(&city)) {
        Some("MXN")
    } else {
        None
    }
}
