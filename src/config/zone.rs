//! Time zones by the name of a city, and what people write instead.

use super::{mistake::Fault, nearest::nearest};
use chrono_tz::{TZ_VARIANTS, Tz};

/// Abbreviations that stand for one offset or for several zones, with the city most likely meant.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("AEST", "Australia/Sydney"),
    ("BRT", "America/Sao_Paulo"),
    ("BST", "Europe/London"),
    ("CAT", "Africa/Harare"),
    ("CEST", "Europe/Berlin"),
    ("CET", "Europe/Berlin"),
    ("COT", "America/Bogota"),
    ("CST", "America/Chicago"),
    ("CST6CDT", "America/Chicago"),
    ("EAT", "Africa/Nairobi"),
    ("EDT", "America/New_York"),
    ("EET", "Europe/Kyiv"),
    ("EST", "America/New_York"),
    ("EST5EDT", "America/New_York"),
    ("GMT", "Europe/London"),
    ("HST", "Pacific/Honolulu"),
    ("ICT", "Asia/Bangkok"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("MET", "Europe/Berlin"),
    ("MST", "America/Denver"),
    ("MST7MDT", "America/Denver"),
    ("PDT", "America/Los_Angeles"),
    ("PHT", "Asia/Manila"),
    ("PKT", "Asia/Karachi"),
    ("PST", "America/Los_Angeles"),
    ("PST8PDT", "America/Los_Angeles"),
    ("SAST", "Africa/Johannesburg"),
    ("WAT", "Africa/Lagos"),
    ("WET", "Europe/Lisbon"),
    ("WIB", "Asia/Jakarta"),
];

/// Reads a zone's name, such as `Europe/Lisbon`, in any case and with blanks for underscores.
pub fn zone(text: &str) -> Result<Tz, Fault> {
    let written = text.trim().replace(' ', "_");
    if let Some((_, city)) = ABBREVIATIONS.iter().find(|(short, _)| short.eq_ignore_ascii_case(&written)) {
        return Err(Fault::new(format!("`{text}` is an abbreviation (try `{city}`)"), "which city?").help(
            "an abbreviation is one offset for the whole year, or several zones at once; a city knows its summer time",
        ));
    }
    if let Some(offset) = written.strip_prefix("UTC").or(written.strip_prefix("GMT")).filter(|rest| !rest.is_empty())
    {
        return Err(Fault::new(format!("`{text}` is an offset, not a zone"), "which city?")
            .help(format!("name a city whose clocks show {offset}, such as `Asia/Manila` for +8")));
    }
    if let Some(zone) = TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(&written)) {
        return Ok(*zone);
    }
    let what = match near_zone(&written) {
        Some(near) => format!("no time zone is called `{text}` (try `{near}`)"),
        None => format!("no time zone is called `{text}`"),
    };
    Err(Fault::new(what, "no such zone").help(
        "a zone is named by its continent and largest city, such as `Europe/Lisbon`; /usr/share/zoneinfo holds them all",
    ))
}

/// The zone of a city that was written alone or slightly wrong.
fn near_zone(written: &str) -> Option<&'static str> {
    let city_of = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
    let names = || TZ_VARIANTS.iter().map(|zone| zone.name());
    let wanted = written.rsplit('/').next().unwrap_or(written);
    if let Some(exact) = names().find(|name| name.contains('/') && city_of(name).eq_ignore_ascii_case(wanted)) {
        return Some(exact);
    }
    nearest(written, names()).or_else(|| {
        let city = nearest(wanted, names().filter(|name| name.contains('/')).map(city_of))?;
        names().find(|name| city_of(name) == city)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(written: &str, expected: &str) {
        assert_eq!(zone(written).unwrap_err().what, expected);
    }

    #[test]
    fn a_city_is_a_zone_however_it_is_typed() {
        for written in ["America/New_York", "america/new_york", "America/New York"] {
            assert_eq!(zone(written), Ok(Tz::America__New_York), "{written}");
        }
        assert_eq!(zone("UTC"), Ok(Tz::UTC));
    }

    #[test]
    fn a_city_alone_and_a_slip_find_their_zone() {
        refused("Lisbon", "no time zone is called `Lisbon` (try `Europe/Lisbon`)");
        refused("Europe/Lisabon", "no time zone is called `Europe/Lisabon` (try `Europe/Lisbon`)");
        refused("Manilla", "no time zone is called `Manilla` (try `Asia/Manila`)");
        refused("Europe/Manila", "no time zone is called `Europe/Manila` (try `Asia/Manila`)");
        refused("qqq", "no time zone is called `qqq`");
    }

    #[test]
    fn abbreviations_and_offsets_are_refused_although_the_zone_list_knows_some() {
        refused("EST", "`EST` is an abbreviation (try `America/New_York`)");
        refused("pht", "`pht` is an abbreviation (try `Asia/Manila`)");
        refused("UTC+8", "`UTC+8` is an offset, not a zone");
        refused("GMT-3", "`GMT-3` is an offset, not a zone");
    }

    #[test]
    fn every_city_offered_is_a_zone() {
        for (short, city) in ABBREVIATIONS {
            assert!(city.parse::<Tz>().is_ok(), "{short}: {city}");
        }
    }
}
