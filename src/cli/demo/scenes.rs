//! What the people of the demo do in their week, and when.

use super::reply::Press;
use crate::domain::{
    notice::NoticeKind::{
        self, Answer, Digest, HandedBack, Hello, NotUnderstood, Question, RemindToConfirm, Task, Told,
    },
    tap::FirstWord::{self, Accept, Confirm},
    time::instant,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

/// Whoever does something in the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Nora,
    Liza,
    Tunde,
    /// Somebody in London whom the office does not know.
    Stranger,
}
use Who::{Liza, Nora, Stranger, Tunde};

impl Who {
    pub(super) fn zone(self) -> Tz {
        match self {
            Self::Nora | Self::Stranger => Tz::Europe__London,
            Self::Liza => Tz::Asia__Manila,
            Self::Tunde => Tz::Africa__Lagos,
        }
    }

    /// Where letters reach them; none reach a stranger.
    pub(super) fn address(self) -> &'static str {
        match self {
            Self::Nora => "nora@whitfield.example",
            Self::Liza => "liza.santos@mail.example",
            Self::Tunde => "tunde@bakare-office.example",
            Self::Stranger => "",
        }
    }
}

/// Something that somebody does, on a day of March 2026 at a time of their own clock.
pub(super) struct Scene {
    day: u32,
    time: (u32, u32),
    pub(super) who: Who,
    pub(super) deed: Deed,
}

pub(super) enum Deed {
    AddsAssistants,
    HandsOverTasks,
    Writes(Writes),
    /// The mail server delivers a mail once more.
    Repeats(&'static str),
}

/// A mail, begun from the newest letter of a kind, or from none.
pub(super) struct Writes {
    pub(super) name: &'static str,
    /// The mail as its mail program writes it, in `mails/`.
    pub(super) template: &'static str,
    pub(super) to: Option<(NoticeKind, &'static str)>,
    /// The tap that begins it, instead of the mail program's own Reply.
    pub(super) press: Option<Press>,
}

macro_rules! mail {
    ($name:literal, $to:expr) => {
        mail!($name, $to, None)
    };
    ($name:literal, $to:expr, $press:expr) => {
        Deed::Writes(Writes {
            name: $name,
            template: include_str!(concat!("mails/", $name, ".eml")),
            to: $to,
            press: $press,
        })
    };
}

const fn scene(day: u32, time: (u32, u32), who: Who, deed: Deed) -> Scene {
    Scene { day, time, who, deed }
}

const fn press(word: FirstWord, filled: &'static [(&'static str, &'static str)]) -> Option<Press> {
    Some(Press { word, filled })
}

/// The week from Monday to Friday morning, in order.
pub(super) const SCENES: &[Scene] = &[
    // Monday: hellos, five tasks, and a reminder for the one that stays unanswered.
    scene(2, (8, 30), Nora, Deed::AddsAssistants),
    scene(2, (8, 40), Nora, Deed::HandsOverTasks),
    scene(2, (10, 10), Tunde, mail!("01-tunde-hello", Some((Hello, "")))),
    scene(2, (17, 20), Liza, mail!("02-liza-hello", Some((Hello, "")))),
    scene(2, (17, 26), Liza, Deed::Repeats("02-liza-hello")),
    scene(2, (11, 32), Tunde, mail!("03-tunde-confirms", Some((Task, "HB-3")))),
    scene(2, (11, 41), Tunde, mail!("04-tunde-taps", Some((Task, "HB-2")), press(Confirm, UNDERSTOOD))),
    scene(2, (14, 16), Tunde, mail!("05-tunde-away", Some((RemindToConfirm, "HB-5")))),
    // Tuesday: a question holds the alt texts up for six working hours, and their date moves by as much.
    scene(3, (9, 12), Liza, mail!("06-liza-understood", Some((Task, "HB-1")))),
    scene(3, (10, 0), Liza, mail!("07-liza-question", Some((Task, "HB-4")))),
    scene(3, (8, 0), Nora, mail!("08-nora-answers", Some((Question, "HB-4")), press(FirstWord::Answer, &[]))),
    scene(3, (9, 5), Tunde, mail!("09-tunde-ok", Some((RemindToConfirm, "HB-5")))),
    scene(3, (13, 20), Stranger, mail!("10-stranger", None)),
    // Wednesday: the first work comes back.
    scene(4, (9, 30), Liza, mail!("11-liza-confirms", Some((Answer, "HB-4")))),
    scene(4, (7, 50), Nora, mail!("12-nora-tells", Some((Digest, "")))),
    scene(4, (13, 40), Tunde, mail!("13-tunde-done", Some((Task, "HB-3")))),
    scene(4, (13, 15), Nora, mail!("14-nora-accepts", Some((HandedBack, "HB-3")), press(Accept, THANKS))),
    // Thursday: a forgery, a "done" that is not one, and a lost password.
    scene(5, (16, 5), Liza, mail!("15-liza-progress", Some((Task, "HB-1")))),
    scene(5, (10, 20), Stranger, mail!("16-not-nora", None)),
    scene(5, (12, 10), Tunde, mail!("17-tunde-almost", Some((Told, "HB-5")))),
    scene(5, (12, 40), Tunde, mail!("18-tunde-not-yet", Some((NotUnderstood, "HB-5")))),
    scene(5, (17, 40), Tunde, mail!("19-tunde-blocked", Some((Task, "HB-2")))),
    // Friday morning: the alt texts are there before Nora opens her mail.
    scene(6, (10, 40), Liza, mail!("20-liza-done", Some((Answer, "HB-4")))),
];

const UNDERSTOOD: &[(&str, &str)] = &[
    ("How I understand the task:", "one friendly reply to each of the 38 reviews, no discounts"),
    ("I will start on:", "Wednesday"),
];
const THANKS: &[(&str, &str)] = &[("A word with it (optional):", "Thank you Tunde, this saved me an evening.")];

impl Scene {
    pub(super) fn at(&self) -> DateTime<Utc> {
        let (hour, minute) = self.time;
        march(self.day, hour, minute, self.who.zone())
    }
}

/// When the week begins: before its first scene, on Monday morning.
pub(super) fn begins() -> DateTime<Utc> {
    march(2, 8, 30, Tz::Europe__London)
}

/// When it ends: on Friday morning, after the digest, when two things wait for Nora.
pub(super) fn ends() -> DateTime<Utc> {
    march(6, 7, 45, Tz::Europe__London)
}

fn march(day: u32, hour: u32, minute: u32, zone: Tz) -> DateTime<Utc> {
    let date = NaiveDate::from_ymd_opt(2026, 3, day).expect("a day of March");
    let time = NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of the day");
    instant(date.and_time(time), zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenes_stand_in_the_order_of_the_week() {
        let times: Vec<_> = SCENES.iter().map(Scene::at).collect();
        assert!(times.is_sorted(), "{times:?}");
        assert!(times.iter().all(|at| (begins()..ends()).contains(at)));
    }

    #[test]
    fn every_mail_is_written_once() {
        let written = SCENES.iter().filter_map(|scene| match &scene.deed {
            Deed::Writes(writes) => Some(writes.name),
            Deed::AddsAssistants | Deed::HandsOverTasks | Deed::Repeats(_) => None,
        });
        let mut names: Vec<_> = written.collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 20);
    }
}
