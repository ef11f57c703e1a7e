//! What must hold for every letter, whatever people write.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use handback::domain::{
    brief::{Brief, Due, Part, Update},
    calendar::Calendar,
    event::{Cause, Event, Fact},
    id::{Address, EventId, InboxId, LetterId, PersonId, TaskId},
    notice::NoticeKind,
    person::{Hello, Person, Profile, Role},
    statement::Said,
    task::Task,
    time::WallTime,
    token::Token,
};
use handback::letters::{Composed, FileNote, House, Item, LetterError, Templates, compose, compose_digest, sample};
use handback::policy::digest::{Day, Head, Held, Mailbox, page};
use std::collections::BTreeMap;

const TOKEN: Token = Token { letter: LetterId(7), mac: [9; 10] };
const MOST_BYTES: usize = 60 * 1024;
const KINDS: [NoticeKind; 16] = [
    NoticeKind::Hello,
    NoticeKind::Task,
    NoticeKind::RemindToConfirm,
    NoticeKind::Answer,
    NoticeKind::Accepted,
    NoticeKind::Returned,
    NoticeKind::DueMoved,
    NoticeKind::Cancelled,
    NoticeKind::NotUnderstood,
    NoticeKind::Told,
    NoticeKind::Question,
    NoticeKind::HandedBack,
    NoticeKind::NeedsOwner,
    NoticeKind::CommandFailed,
    NoticeKind::MailboxTrouble,
    NoticeKind::LettersHeld,
];

fn templates() -> Templates {
    Templates::load(&BTreeMap::new()).unwrap()
}

fn samples() -> Vec<(&'static str, Composed)> {
    sample::every_letter(&templates()).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn width(line: &str) -> usize {
    textwrap::core::display_width(line)
}

/// What must hold whatever people write.
#[track_caller]
fn check(name: &str, letter: &Composed) {
    let Composed { subject, text, html, .. } = letter;
    assert!(!subject.is_empty() && !subject.contains(char::is_control), "{name}: {subject:?}");
    assert!(!letter.preheader.is_empty() && !letter.preheader.contains(char::is_control), "{name}");
    for line in text.lines() {
        assert!(width(line) <= 72 || line.trim_start().starts_with("https://"), "{name}: {line}");
        assert!(
            !line.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)),
            "{name}: {line:?}"
        );
    }
    assert_eq!(text.lines().filter(|line| *line == "-- ").count(), 1, "{name}: one footer");
    assert!(text.lines().take(3).all(|line| !line.trim().is_empty()), "{name}: three lines first\n{text}");
    assert!(!text.contains("\n\n\n\n"), "{name}: {text}");

    assert!(html.len() < MOST_BYTES, "{name}: {} bytes", html.len());
    for forbidden in ["<script", "<img", "<link", "<iframe", "@import", "http:", "\u{0}"] {
        assert!(!html.contains(forbidden), "{name}: {forbidden}");
    }
    for href in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(href.starts_with("mailto:") && !href.contains(char::is_whitespace), "{name}: {href}");
        assert!(href.contains("%0D%0A"), "{name}: {href}");
    }
    for (place, both) in [("text", text), ("html", html)] {
        assert!(
            both.contains(&format!("ref {TOKEN}")) || both.contains("ref 142-7C65N7FH4A3P9R0R"),
            "{name}: {place}"
        );
        assert!(both.contains("by handback."), "{name}: {place}");
    }
    for tap in &letter.taps {
        let href = tap.href().replace('&', "&amp;");
        assert!(html.contains(&href), "{name}: {href}");
        assert!(tap.body.starts_with(tap.word.as_str()) && tap.body.ends_with("\r\n"), "{name}: {}", tap.body);
        assert!(tap.subject.starts_with("Re: ") && tap.subject.contains("(ref "), "{name}: {}", tap.subject);
        assert!(!tap.subject.contains(char::is_control), "{name}: {:?}", tap.subject);
    }
}

#[test]
fn every_sample_keeps_to_the_rules_of_letters() {
    for (name, letter) in samples() {
        check(name, &letter);
        for forbidden in ["https:", "src=", "url("] {
            assert!(!letter.html.contains(forbidden), "{name}: {forbidden}");
        }
    }
}

#[test]
fn no_letter_shows_a_template_s_inside_or_shouts() {
    for (name, letter) in samples() {
        let body = letter.html.split("</head>").nth(1).unwrap().replace("<!--", "").replace("<![endif]", "");
        for text in [&letter.subject, &letter.preheader, &letter.text, &body] {
            for forbidden in ["{{", "{%", "%}", "}}", "!", "undefined", "none)", "None)", "()", " ,", " .", "  ,"] {
                assert!(!text.contains(forbidden), "{name}: {forbidden:?}\n{text}");
            }
        }
    }
}

#[test]
fn zones_are_cities_and_never_abbreviations() {
    for (name, letter) in samples() {
        let words: Vec<_> = letter.text.split(|c: char| !c.is_alphanumeric()).collect();
        for zone in ["PST", "PDT", "PHT", "GMT", "BST", "IST", "WET", "WEST", "CET", "CEST", "EST", "EDT"] {
            assert!(!words.contains(&zone), "{name}: {zone}");
        }
        assert!(letter.text.contains("Times in this letter are "), "{name}");
    }
}

#[test]
fn sentences_have_twenty_words_at_most() {
    for (name, letter) in samples() {
        let paragraphs = letter.text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
        for paragraph in paragraphs.filter(|paragraph| !paragraph.contains("   ") && !paragraph.contains("-- ")) {
            for sentence in paragraph.split(['.', '?', ';', ':', '“']) {
                assert!(sentence.split_whitespace().count() <= 20, "{name}: {sentence}");
            }
        }
    }
}

#[test]
fn letters_about_one_task_carry_its_subject_for_life() {
    for (name, letter) in samples() {
        let about_one = letter.lines.is_empty() && letter.taps.iter().any(|tap| tap.body.contains("HB-"));
        if about_one && !name.starts_with("digest") {
            assert!(letter.subject.starts_with("[HB-"), "{name}: {}", letter.subject);
            assert!(letter.taps.iter().all(|tap| tap.subject.contains("[HB-")), "{name}");
        }
    }
}

#[test]
fn text_and_html_say_the_same_first_lines() {
    let plain = |text: &str| text.replace("<strong>", "").replace("</strong>", "").replace("&amp;", "&");
    for (name, letter) in samples() {
        if !name.starts_with("digest") {
            let html = plain(&letter.html);
            for line in letter.text.lines().skip(1).take(2) {
                assert!(html.contains(line), "{name}: {line}");
            }
        }
    }
}

/// Everything that could go wrong with a person's words at once, `times` over.
fn hostile(times: usize) -> String {
    let once = "</td><script>alert(1)</script>\r\nBcc: x@y.example\r\n-- \r\n{{ 7*7 }}{% raw %}\u{0}\u{7}\u{202e}\u{2028}\
                <img src=x> \"'&amp; 日本語の長い言葉、とても長い。 https://shop.example/a/very/long/path/that/goes/on/and/on/and/on/for/ever ";
    once.repeat(times) + &"w".repeat(300)
}

fn person(id: u32) -> Person {
    let profile = Profile {
        name: hostile(1).into(),
        address: "x@y.example".into(),
        calendar: Calendar::usual(Tz::Asia__Manila),
        fallback: Some(hostile(1).into()),
    };
    let role = if id == 1 { Role::Owner } else { Role::Assistant };
    Person { id: PersonId(id), role, profile, hello: Hello::Skipped, added_at: at("2026-01-01T00:00:00Z") }
}

fn task(id: u32, title: String, words: &str, due: DateTime<Utc>) -> Task {
    let by = WallTime::from_instant(due, Tz::Asia__Manila);
    let brief = Brief {
        title: title.into(),
        why: Some(words.into()),
        outcome: words.into(),
        steps: vec![words.into(); 3],
        parts: vec![Part { number: 1, title: words.into(), due: Some(by) }],
        due: Due { by, hard: false },
        limit_minutes: Some(u32::MAX),
        pay: Some(words.into()),
        update: Some(Update { what: words.into(), by }),
        files: Vec::new(),
    };
    let mut task = Task::drafted(TaskId(id), PersonId(2), brief, at("2026-11-20T09:00:00Z"));
    task.apply(&Fact::TaskHandedOver { task: task.id }, at("2026-11-20T09:00:00Z"));
    task
}

struct Office {
    owner: Person,
    assistant: Person,
    address: Address,
    now: DateTime<Utc>,
}

impl Office {
    fn new() -> Self {
        let address = "tasks+x@harbour-pine.example".parse().unwrap();
        Self { owner: person(1), assistant: person(2), address, now: at("2026-11-24T07:30:00Z") }
    }

    fn house(&self) -> House<'_> {
        House {
            business: "Harbour & <Pine>\r\n",
            owner: &self.owner,
            address: &self.address,
            reply_to: &self.address,
            digest_at: NaiveTime::MIN,
        }
    }

    fn compose(&self, reader: &Person, items: &[Item<'_>]) -> Result<Composed, LetterError> {
        compose(&templates(), &self.house(), reader, items, TOKEN, self.now)
    }
}

#[test]
fn nothing_that_people_write_can_break_a_letter() {
    let office = Office::new();
    let words = hostile(3);
    let task = task(142, hostile(2), &words, office.now);
    let files = [FileNote { name: &words, size: u64::MAX, enclosed: false }];
    let echo = [words.clone()];
    for kind in KINDS {
        for reader in [&office.owner, &office.assistant] {
            let item = Item {
                task: Some(&task),
                assistant: Some(&office.assistant),
                words: Some(&words),
                about: Some(&words),
                files: &files,
                echo: &echo,
                ..Item::new(kind)
            };
            check(kind.name(), &office.compose(reader, &[item]).unwrap());
            check(kind.name(), &office.compose(reader, &[item, item]).unwrap());
        }
    }
}

#[test]
fn words_are_shown_escaped_and_cut_where_the_mail_is_kept() {
    let office = Office::new();
    let task = task(142, "Title".to_owned(), "words", office.now);
    let long = "<b>never bold</b> ".repeat(2_000);
    let item = |words| Item {
        task: Some(&task),
        assistant: Some(&office.assistant),
        words: Some(words),
        ..Item::new(NoticeKind::Question)
    };
    let letter = office.compose(&office.owner, &[item(&long)]).unwrap();
    assert!(letter.html.contains("&lt;b&gt;never bold&lt;/b&gt;") && !letter.html.contains("<b>"));
    assert!(letter.text.replace("\n  ", " ").contains("(cut here; the whole mail is kept)"), "{}", letter.text);
}

#[test]
fn the_longest_day_still_fits_a_letter() {
    let office = Office::new();
    let title = "日本語の題名".repeat(40);
    let mut tasks = Vec::new();
    let mut events = Vec::new();
    for number in 0..300 {
        let mut task = task(number + 1000, title.clone(), &title, office.now + TimeDelta::days(3));
        if number % 2 == 0 {
            let words = title.repeat(10).into();
            task.apply(&Fact::DateProposed { task: task.id, date: None, words }, office.now);
        } else if number % 5 == 0 {
            task.apply(&Fact::TaskAccepted { task: task.id, words: None }, office.now);
        }
        let words = title.repeat(5).into();
        let fact = Fact::Noted { person: PersonId(2), task: Some(task.id), said: Said::Suggestion, words };
        events.push(Event { id: EventId(1), at: office.now, cause: Cause::Timer, fact });
        tasks.push(task);
    }
    let held =
        Held { inbox: InboxId(1), at: office.now, from: title.clone(), subject: title.clone(), why: title.clone() };
    let held = vec![held; 300];
    let people = [office.owner.clone(), office.assistant.clone()];
    let day = Day {
        now: office.now,
        since: office.now - TimeDelta::days(1),
        owner: &office.owner,
        people: &people,
        tasks: &tasks,
        events: &events,
        weekly: false,
        silent: &[],
        own_words_from: 240,
        held: &held,
        mailbox: &Mailbox { read_at: None, trouble: Some(hostile(5)) },
        ledger: &Head { entries: i64::MAX, hash: "f".repeat(64) },
    };
    let letter = compose_digest(&templates(), &office.house(), &page(&day), TOKEN, office.now).unwrap();
    check("digest", &letter);
    assert!(letter.text.contains(" more need you: HB-") && !letter.lines.is_empty(), "{}", letter.text);
}

#[test]
fn each_numbered_line_stands_for_its_task_and_loose_ones_have_no_number() {
    let office = Office::new();
    let first = task(1, "First".to_owned(), "words", office.now);
    let second = task(2, "Second".to_owned(), "words", office.now);
    let about = |kind, task| Item {
        task: Some(task),
        assistant: Some(&office.assistant),
        words: Some("w"),
        ..Item::new(kind)
    };
    let trouble = Item { words: Some("no"), ..Item::new(NoticeKind::MailboxTrouble) };
    let items = [
        trouble,
        about(NoticeKind::Question, &second),
        about(NoticeKind::Question, &first),
        about(NoticeKind::HandedBack, &second),
    ];
    let letter = office.compose(&office.owner, &items).unwrap();
    assert_eq!(letter.lines, [TaskId(2), TaskId(1), TaskId(2)]);
    for line in ["1. Second", "2. First", "3. Second", "handback cannot read its mailbox"] {
        assert!(letter.text.lines().any(|shown| shown.starts_with(line)), "{line}\n{}", letter.text);
    }
    assert_eq!(letter.subject, "4 things need you: HB-2, HB-1");
}

#[test]
fn several_things_about_one_task_stay_in_its_thread() {
    let office = Office::new();
    let task = task(1, "First".to_owned(), "words", office.now);
    let about = |kind| Item { task: Some(&task), words: Some("w"), ..Item::new(kind) };
    let letter = office.compose(&office.assistant, &[about(NoticeKind::Told), about(NoticeKind::DueMoved)]).unwrap();
    assert_eq!(letter.subject, "[HB-1] First");
}

#[test]
fn a_letter_without_what_it_speaks_of_is_refused() {
    let office = Office::new();
    let task = task(1, "First".to_owned(), "words", office.now);
    let refused = |items: &[Item<'_>]| office.compose(&office.owner, items).unwrap_err().to_string();
    assert_eq!(refused(&[]), "a letter needs something to say");
    assert_eq!(refused(&[Item::new(NoticeKind::Answer)]), "a `answer` letter needs a task");
    assert_eq!(refused(&[Item::new(NoticeKind::Digest)]), "a digest is composed from its page");
    assert_eq!(
        refused(&[Item { task: Some(&task), ..Item::new(NoticeKind::Question) }]),
        "a `question` letter needs the assistant it is about"
    );
}
