//! Reads single values as people write them: zones, addresses, times, durations, sizes.

use super::{mistake::Fault, nearest::nearest};
use crate::domain::{
    calendar::{Day, Hours},
    id::Address,
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use std::path::{Path, PathBuf};

pub fn address(text: &str) -> Result<Address, Fault> {
    text.parse().map_err(|error| Fault::new(format!("{error}"), "no address"))
}

/// A name or another text of one line that goes into mail headers, where a line break would forge a header.
pub fn line(text: &str) -> Result<String, Fault> {
    if text.chars().any(char::is_control) {
        return Err(Fault::new("goes into mail headers and must be one line", "more than one line")
            .help("take the line break out"));
    }
    Ok(text.to_owned())
}

/// A host name or an IP address, without a port.
pub fn host(text: &str) -> Result<String, Fault> {
    if text.parse::<std::net::IpAddr>().is_ok() {
        return Ok(text.to_owned());
    }
    if let Some((_, rest)) = text.split_once("://") {
        let name = rest.split(['/', ':']).next().unwrap_or_default();
        return Err(Fault::new(format!("`{text}` is a URL, not a host name (try `{name}`)"), "no host name"));
    }
    if let Some((name, port)) = text.split_once(':') {
        return Err(Fault::new(format!("the port has its own key (try `{name}`)"), "host and port")
            .help(format!("write `host = \"{name}\"` and `port = {port}`")));
    }
    let sound = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
        && text.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    if sound {
        Ok(text.to_lowercase())
    } else {
        Err(Fault::new(format!("`{text}` is not a host name"), "no host name"))
    }
}

/// `07:30`, and `24:00` for the end of a day.
pub fn time(text: &str) -> Result<NaiveTime, Fault> {
    let text = text.trim();
    if text == "24:00" {
        return Ok(NaiveTime::MIN);
    }
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| {
        let what = match clock_of_twelve(text) {
            Some(meant) => format!("`{text}` is not written on the 24-hour clock (try `{}`)", meant.format("%H:%M")),
            None => format!("`{text}` is no time of day (try `07:30`)"),
        };
        Fault::new(what, "no time of day")
    })
}

fn clock_of_twelve(text: &str) -> Option<NaiveTime> {
    let close: String = text.to_lowercase().split_whitespace().collect();
    let half = close.get(close.len().checked_sub(2)?..)?;
    let clock = close.strip_suffix(half)?;
    let (hour, minute) = clock.split_once(':').unwrap_or((clock, "00"));
    let hour: u32 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    let hour = match half {
        "am" => hour % 12,
        "pm" => hour % 12 + 12,
        _ => return None,
    };
    NaiveTime::from_hms_opt(hour, minute.parse().ok()?, 0)
}

/// `09:00-18:00`, with any dash; over midnight where the end is not after the beginning.
pub fn hours(text: &str) -> Result<Hours, Fault> {
    let (from, to) = text.split_once(['-', '\u{2013}', '\u{2014}']).ok_or_else(|| {
        Fault::new(format!("`{text}` is no stretch of hours (try `09:00-18:00`)"), "from when to when?")
    })?;
    Ok(Hours { from: time(from)?, to: time(to)? })
}

/// `mon` or `Monday`.
pub fn day(text: &str) -> Result<Day, Fault> {
    text.parse::<chrono::Weekday>().map(Day::from).map_err(|_| {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let what = match nearest(text, days) {
            Some(near) => format!("`{text}` is no weekday (try `{near}`)"),
            None => format!("`{text}` is no weekday"),
        };
        Fault::new(what, "no weekday").help(format!("days are {}", days.join(", ")))
    })
}

/// `2026-12-25`.
pub fn date(text: &str) -> Result<NaiveDate, Fault> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
        Fault::new(format!("`{text}` is no date"), "no date").help("write year, month and day: `2026-12-25`")
    })
}

/// A day, or a minute of a day, as precise as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    Day(NaiveDate),
    Minute(NaiveDateTime),
}

/// `2026-11-27 17:00`, or the day alone.
pub fn day_or_minute(text: &str) -> Result<Named, Fault> {
    let minute = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    minute.map(Named::Minute).or_else(|| date(text).ok().map(Named::Day)).ok_or_else(|| {
        Fault::new(format!("`{text}` is no time"), "no time")
            .help("write year, month, day and the time on the 24-hour clock: `2026-11-27 17:00`")
    })
}

/// `60s`, `30m`, `4h`, `2d`, and several together: `1h30m`. A day is 24 hours.
pub fn duration(text: &str) -> Result<TimeDelta, Fault> {
    let refused = |what: String, label: &str| {
        Err(Fault::new(what, label).help("a duration is a number and s, m, h or d: `60s`, `30m`, `4h`, `2d`"))
    };
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return refused(format!("`{text}` has no unit (try `{text}m` or `{text}h`)"), "of what?");
    }
    match parts_of_duration(text) {
        Some(duration) if duration > TimeDelta::zero() => Ok(duration),
        Some(_) => refused("must be longer than nothing".to_owned(), "too short"),
        None => refused(format!("`{text}` is no duration (try `4h`)"), "no duration"),
    }
}

fn parts_of_duration(text: &str) -> Option<TimeDelta> {
    let mut rest = text.trim();
    let mut seconds = 0_i64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?.trim_start();
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let unit = match rest.get(..letters)? {
            "s" | "sec" => 1,
            "m" | "min" => 60,
            "h" | "hour" | "hours" => 60 * 60,
            "d" | "day" | "days" => 24 * 60 * 60,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        rest = rest.get(letters..)?.trim_start();
    }
    // Ten years are more than any setting can mean, and far from the end of chrono's range.
    TimeDelta::try_seconds(seconds).filter(|_| seconds <= 10 * 366 * 24 * 60 * 60)
}

/// A duration that counts somebody's working time, where a day could mean eight hours or twenty-four.
pub fn working_time(text: &str) -> Result<TimeDelta, Fault> {
    let found = duration(text)?;
    if text.contains('d') {
        return Err(Fault::new(
            format!("counts working time, so `{text}` is not clear"),
            "working days or whole ones?",
        )
        .help("write working hours: two working days of eight hours are `16h`"));
    }
    Ok(found)
}

/// `500 KB`, `20 MB`, `1 GB`, in bytes; a KB is a thousand bytes.
pub fn size(text: &str) -> Result<u64, Fault> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits).unwrap_or((text, ""));
    let unit = match unit.trim().to_ascii_uppercase().as_str() {
        "KB" => Some(1_000),
        "MB" => Some(1_000_000),
        "GB" => Some(1_000_000_000),
        _ => None,
    };
    let bytes = unit.zip(number.parse::<u64>().ok()).and_then(|(unit, number)| number.checked_mul(unit));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| {
        Fault::new(format!("`{text}` is no size"), "no size").help("a size is a number and KB, MB or GB: `20 MB`")
    })
}

/// One of a few words.
pub fn choice<T: Copy>(text: &str, known: &[(&str, T)]) -> Result<T, Fault> {
    if let Some((_, value)) = known.iter().find(|(word, _)| *word == text) {
        return Ok(*value);
    }
    let words = || known.iter().map(|(word, _)| *word);
    let what = match nearest(text, words()) {
        Some(near) => format!("`{text}` is not known here (try `{near}`)"),
        None => format!("`{text}` is not known here"),
    };
    let list: Vec<_> = words().map(|word| format!("`{word}`")).collect();
    Err(Fault::new(what, "unknown word").help(format!("one of {}", list.join(", "))))
}

/// A path; `~/` stands for the home folder, and a relative path starts at `base`.
pub fn path(text: &str, base: &Path, home: Option<&Path>) -> Result<PathBuf, Fault> {
    match (text.strip_prefix("~/"), home) {
        (Some(below), Some(home)) => Ok(home.join(below)),
        (Some(_), None) => Err(Fault::new("`~` means the home folder, and $HOME is not set here", "whose home?")
            .help("write the whole path")),
        (None, _) => Ok(base.join(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused<T: std::fmt::Debug>(read: Result<T, Fault>, expected: &str) {
        assert_eq!(read.unwrap_err().what, expected);
    }

    #[test]
    fn durations_are_numbers_with_units() {
        for (written, minutes) in
            [("30m", 30), ("4h", 240), ("2d", 2880), ("1h30m", 90), ("1h 30m", 90), ("90 min", 90)]
        {
            assert_eq!(duration(written), Ok(TimeDelta::minutes(minutes)), "{written}");
        }
        assert_eq!(duration("60s"), Ok(TimeDelta::seconds(60)));
        refused(duration("60"), "`60` has no unit (try `60m` or `60h`)");
        refused(duration("soon"), "`soon` is no duration (try `4h`)");
        refused(duration("0h"), "must be longer than nothing");
        refused(duration("9999999999999999999h"), "`9999999999999999999h` is no duration (try `4h`)");
        refused(duration("99999999999h"), "`99999999999h` is no duration (try `4h`)");
        refused(working_time("2d"), "counts working time, so `2d` is not clear");
    }

    #[test]
    fn times_are_on_the_24_hour_clock() {
        assert_eq!(time("07:30"), Ok(NaiveTime::from_hms_opt(7, 30, 0).unwrap()));
        refused(time("7.30"), "`7.30` is no time of day (try `07:30`)");
        refused(time("5 pm"), "`5 pm` is not written on the 24-hour clock (try `17:00`)");
        refused(time("12:15am"), "`12:15am` is not written on the 24-hour clock (try `00:15`)");
        refused(time("25:00"), "`25:00` is no time of day (try `07:30`)");
        refused(time("é"), "`é` is no time of day (try `07:30`)");
    }

    #[test]
    fn hours_run_from_one_time_to_another_with_any_dash() {
        let nine_to_six = Hours { from: time("09:00").unwrap(), to: time("18:00").unwrap() };
        for written in ["09:00-18:00", "09:00 \u{2013} 18:00", "9:00-18:00"] {
            assert_eq!(hours(written), Ok(nine_to_six), "{written}");
        }
        refused(hours("09:00"), "`09:00` is no stretch of hours (try `09:00-18:00`)");
        refused(hours("09:00-6pm"), "`6pm` is not written on the 24-hour clock (try `18:00`)");
    }

    #[test]
    fn days_may_be_short_or_long() {
        assert_eq!(day("mon"), Ok(Day::Mon));
        assert_eq!(day("Friday"), Ok(Day::Fri));
        refused(day("tues"), "`tues` is no weekday (try `tue`)");
    }

    #[test]
    fn a_host_is_a_bare_name() {
        assert_eq!(host("IMAP.Example.org"), Ok("imap.example.org".to_owned()));
        assert_eq!(host("::1"), Ok("::1".to_owned()));
        refused(
            host("imaps://imap.example.org/"),
            "`imaps://imap.example.org/` is a URL, not a host name (try `imap.example.org`)",
        );
        refused(host("imap.example.org:993"), "the port has its own key (try `imap.example.org`)");
        refused(host("imap example"), "`imap example` is not a host name");
    }

    #[test]
    fn sizes_have_units_and_names_one_line() {
        assert_eq!(size("20 MB"), Ok(20_000_000));
        assert_eq!(size("500kb"), Ok(500_000));
        refused(size("20"), "`20` is no size");
        refused(size("0 MB"), "`0 MB` is no size");
        refused(line("Ana\r\nBcc: x@y.org"), "goes into mail headers and must be one line");
    }

    #[test]
    fn a_path_starts_at_its_file_or_at_home() {
        let base = Path::new("/etc/handback");
        assert_eq!(path("secret", base, None), Ok("/etc/handback/secret".into()));
        assert_eq!(path("/srv/x", base, None), Ok("/srv/x".into()));
        assert_eq!(path("~/x", base, Some(Path::new("/home/ana"))), Ok("/home/ana/x".into()));
        refused(path("~/x", base, None), "`~` means the home folder, and $HOME is not set here");
    }
}
