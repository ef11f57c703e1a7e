//! Long lists: how mail programs of many languages write what is not the author's, and business that looks so.

use crate::{ANSWER, check, check_html, squeezed};
use handback::understanding::own_words::from_text;

const ATTRIBUTIONS: &str = include_str!("lists/attributions.txt");
const HEADER_BLOCKS: &str = include_str!("lists/header_blocks.txt");
const LABELS: &str = include_str!("lists/labels.txt");
const PHONES: &str = include_str!("lists/phones.txt");
const ENDINGS: &str = include_str!("lists/endings.txt");
const BANNERS: &str = include_str!("lists/banners.txt");
const FORWARDS: &str = include_str!("lists/forwards.txt");
const KEPT: &str = include_str!("lists/kept.txt");
const HTML: &str = include_str!("lists/html.txt");

const LIST: &str =
    "Done so far:\n\n- invoices 201 to 240 entered\n- two duplicates found (214, 231)\n\nShould I go on?";
const QUOTED: [&str; 3] = ["Are the posts written?", "Stop when four hours are spent.", "Has Ben seen them?"];
const GMAIL: &str =
    "On Tue, Mar 3, 2026 at 9:41 AM Laura Stein <laura@stein.example> wrote:\n\n> Is it done?\n> Please tell me.";
const OUTLOOK: &str = "________________________________\nFrom: Laura Stein <laura@stein.example>\nSent: Tuesday, March 3, 2026 9:41 AM\nTo: Ana Cruz\nSubject: List\n\nIs it done?";

/// The entries of a list; in each, `\n` ends a line.
fn entries(list: &'static str) -> impl Iterator<Item = String> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).map(|line| line.replace("\\n", "\n"))
}

fn marked() -> String {
    QUOTED.iter().map(|line| format!("> {line}\n")).collect()
}

/// The attributions with name and address put in, and whether they are known without quote marks below.
fn attributions() -> impl Iterator<Item = (String, bool)> {
    entries(ATTRIBUTIONS).map(|entry| {
        let (program, line) = entry.split_once(" | ").expect("a program and a line");
        let line = line.replace("NAME", "Laura Stein").replace("ADDRESS", "laura@stein.example");
        (line, !program.starts_with('!'))
    })
}

#[test]
fn attributions_of_sixty_languages_go_from_above_quote_marks() {
    for (line, _) in attributions() {
        for answer in [ANSWER, LIST, "ok"] {
            check(&format!("{answer}\n\n{line}\n\n{}", marked()), answer);
        }
        check(&format!("{line}\n\n{}", marked()), "");
    }
}

#[test]
fn attributions_of_sixty_languages_go_with_all_below_where_no_mark_stands() {
    for (line, _) in attributions().filter(|(_, known_bare)| *known_bare) {
        check(&format!("{ANSWER}\n\n{line}\n\n{}", QUOTED.join("\n")), ANSWER);
        check(&format!("{LIST}\n{line}\n{}", QUOTED.join("\n")), LIST);
    }
}

#[test]
fn attributions_of_sixty_languages_go_when_broken_before_the_address() {
    for (line, known_bare) in attributions() {
        let Some((name, address)) = line.split_once(" <laura@") else { continue };
        let broken = format!("{name}\n<laura@{address}");
        check(&format!("{ANSWER}\n\n{broken}\n\n{}", marked()), ANSWER);
        if known_bare {
            check(&format!("{ANSWER}\n\n{broken}\n\n{}", QUOTED.join("\n")), ANSWER);
        }
    }
}

/// Breaks a line at the last space that fits into so many columns, as mail programs do.
fn wrapped(line: &str, columns: usize) -> String {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let room = lines.last().map_or(0, |line| line.chars().count()) + 1 + word.chars().count() <= columns;
        match lines.last_mut() {
            Some(last) if last.is_empty() => last.push_str(word),
            Some(last) if room => *last = format!("{last} {word}"),
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

#[test]
fn attributions_go_when_wrapped_but_for_one_in_fifty() {
    let (mut broken, mut missed) = (0, Vec::new());
    for (line, _) in attributions().filter(|(_, known_bare)| *known_bare) {
        for attribution in [36, 50, 60, 72, 76].map(|columns| wrapped(&line, columns)) {
            broken += 1;
            let found = from_text(&format!("{ANSWER}\n\n{attribution}\n\n{}", marked()), None).text;
            if squeezed(&found) != squeezed(ANSWER) {
                missed.push(attribution);
            }
        }
    }
    assert!(broken > 900 && missed.len() * 50 <= broken, "{} of {broken}: {missed:#?}", missed.len());
}

#[test]
fn an_answer_right_above_an_attribution_is_not_taken_for_its_head() {
    for (line, _) in attributions() {
        for answer in [
            "ok",
            "tomorrow 10:00",
            "On Monday",
            "On it",
            "see eve@acme.example",
            "Ana",
            "El lunes",
            "Am Montag",
            "в понедельник",
            "на 5 мая",
            "I will be there at 10:30",
        ] {
            check(&format!("{answer}\n{line}\n\n{}", marked()), answer);
            check(&format!("Two lines here\n{answer}\n{line}\n\n{}", marked()), &format!("Two lines here {answer}"));
        }
    }
}

#[test]
fn attributions_of_sixty_languages_go_behind_a_mark_and_leave_answers_between() {
    for (line, _) in attributions().filter(|(line, _)| !line.starts_with('>')) {
        check(&format!("{ANSWER}\n\n> {line}\n>\n{}", marked()), ANSWER);
        let [first, second, third] = QUOTED;
        check(
            &format!("{line}\n\n> {first}\n\nMost.\n\n> {second}\n\nI will.\n\n> {third}\n\nNot yet.\n"),
            "Most. I will. Not yet.",
        );
    }
}

#[test]
fn header_blocks_of_many_programs_go_with_all_below() {
    for block in entries(HEADER_BLOCKS) {
        let block = block.replace("NAME", "Laura Stein").replace("ADDRESS", "laura@stein.example");
        for answer in [ANSWER, LIST, "ok", ""] {
            check(&format!("{answer}\n\n{block}\n\n{}", QUOTED.join("\n")), answer);
        }
    }
}

#[test]
fn header_fields_of_fifty_languages_are_known() {
    for entry in entries(LABELS) {
        let words: Vec<&str> = entry.split(" | ").skip(1).collect();
        let [from, sent, to, subject] = words.as_slice() else { panic!("four labels: {entry}") };
        for (mark, colon) in [("", ": "), ("", " : "), ("*", ":* ")] {
            let field = |label: &str, value: &str| format!("{mark}{label}{colon}{value}\n");
            let addressed = field(from, "Laura Stein <laura@stein.example>") + &field(sent, "03.03.2026 09:41");
            let named = field(from, "Laura Stein") + &field(sent, "3. 3. 2026 9:41:10");
            let rest = field(to, "Ana Cruz") + &field(subject, "Re: List");
            check(&format!("{ANSWER}\n\n{addressed}{rest}\nIs it done?"), ANSWER);
            check(&format!("{LIST}\n\n________________________________\n{named}{rest}\nIs it done?"), LIST);
        }
    }
}

#[test]
fn footers_of_phones_and_programs_go_whatever_their_language() {
    for footer in entries(PHONES) {
        check(&format!("{ANSWER}\n\n{footer}"), ANSWER);
        check(&format!("{LIST}\n\n{footer}\n\n{GMAIL}"), LIST);
        check(&format!("ok\n\n{footer}\n\n{OUTLOOK}"), "ok");
    }
}

#[test]
fn signatures_disclaimers_and_notices_go_from_the_end() {
    for ending in entries(ENDINGS) {
        check(&format!("{ANSWER}\n\n{ending}"), ANSWER);
        check(&format!("{LIST}\n\n{ending}\n\n{GMAIL}"), LIST);
    }
}

#[test]
fn warnings_about_outside_mail_go_from_the_top() {
    for banner in entries(BANNERS) {
        check(&format!("{banner}\n\n{ANSWER}"), ANSWER);
        check(&format!("{banner}\n\n{LIST}\n\n{GMAIL}"), LIST);
    }
}

#[test]
fn what_programs_of_many_languages_pass_on_goes() {
    for forward in entries(FORWARDS) {
        for note in [ANSWER, "ok", ""] {
            check(&format!("{note}\n\n{forward}\n\nHere are the prices.\n\n- A 12\n- B 13\n"), note);
        }
    }
}

#[test]
fn business_that_looks_like_a_quote_a_header_or_a_footer_stays() {
    for kept in entries(KEPT) {
        check(&kept, &kept);
        check(&format!("{kept}\n\n{GMAIL}"), &kept);
        check(&format!("{kept}\n\n{OUTLOOK}"), &kept);
    }
}

#[test]
fn quotes_of_many_programs_go_from_html() {
    for entry in entries(HTML) {
        let (_, quote) = entry.split_once(" | ").expect("a program and its elements");
        for (answer, expected) in [
            (
                "<div>Yes, done.<div><br></div>Shall I go on with <b>part 2</b>?</div>",
                "Yes, done. Shall I go on with part 2?",
            ),
            ("<p>Open:</p><ul><li>red: 12</li><li>blue: 7</li></ul>", "Open: - red: 12 - blue: 7"),
            ("<p class=MsoNormal>ok<o:p></o:p></p>", "ok"),
        ] {
            check_html(
                &format!("<html><head><style>p{{x:y}}</style></head><body>{answer}{quote}</body></html>"),
                expected,
            );
            // Outlook on the web puts its mark before the names of others.
            let marked = quote.replace("class=\"", "class=\"x_").replace("id=\"", "id=\"x_");
            check_html(&format!("<div class=\"WordSection1\">{answer}{marked}</div>"), expected);
        }
    }
}
