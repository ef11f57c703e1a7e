//! Mail that is made to stop a reader: it takes bounded time and never panics.

use handback::{
    mailbox::mime,
    understanding::{machine, own_words},
};
use proptest::prelude::*;
use std::{
    ops::Add,
    time::{Duration, Instant},
};

/// Fivefold what a busy machine takes for the worst of these.
const LIMIT: Duration = Duration::from_secs(5);

#[track_caller]
fn check(body: &str) {
    let begun = Instant::now();
    let text = own_words::from_text(body, Some("Is it done?\nPlease tell me until Friday noon."));
    let html = own_words::from_html(body, None);
    let mail = mime::decode(format!("From: a@b.example\r\nSubject: Undelivered Mail\r\n\r\n{body}").as_bytes());
    let verdict = machine::author(&mail);
    assert!(begun.elapsed() < LIMIT, "{:?} for {} bytes", begun.elapsed(), body.len());
    assert!(text.text.len() <= 2 * body.len() + 2 && html.text.len() <= 8 * body.len() + 2);
    assert!(!verdict.author.name().is_empty());
}

#[test]
fn a_line_of_a_megabyte() {
    for unit in [
        "a",
        ">",
        "> ",
        "On ",
        "@",
        "<",
        "&lt;",
        "é",
        "\u{200f}",
        "wrote: ",
        "12.10.2026 ",
        "-",
        "_",
        "<div>",
        "</p>",
        "x@y.example ",
        "*",
        "http://a ",
    ] {
        check(&unit.repeat(1_000_000 / unit.len()));
    }
}

#[test]
fn many_marks_and_lines() {
    check(&">".repeat(10_000));
    check(&">\n".repeat(10_000));
    check(&"> a\nb\n".repeat(5_000));
    check(&"On Tue,\n3 March 2026\nat 9:41 Ana\n<a@b.example>\n".repeat(20_000));
    check(&"a@b.example ".repeat(30).add("\n").repeat(2_000));
    check(&"| From | a@b.example |\n".repeat(20_000));
    check(&"CAUTION: external mail\n\n".repeat(20_000));
    check(&"Registered in error, please notify the company and delete all.\n\n".repeat(10_000));
    check(&"On 3 March 2026\n".repeat(600));
    check(&"On Tue, Mar 3, 2026 at 9:41 AM, Laura <l@s.example> wrote:\n\nx\n".repeat(600));
    check(&"From: a@b.example\nSent: 3 March 2026\n".repeat(5_000));
    check(&"--\n".repeat(20_000));
    check(&"Regards,\nAna\n".repeat(20_000));
    check(&"Sent from my iPhone\n".repeat(100_000));
    check(&"intended solely confidential in error\n\n".repeat(20_000));
    check(&"<http://a.example/x\n> y\n".repeat(20_000));
    check(&"Final-Recipient: rfc822; a@b.example\n".repeat(20_000));
    let many: String =
        (0..20_000).map(|n| format!("Final-Recipient: rfc822; a{n}@b.example\nAction: failed\n\n")).collect();
    check(&many);
    check(&"<a@b.example>: 550 unknown\n".repeat(20_000));
    check(&"\n".repeat(1_000_000));
    check(&"\r".repeat(300_000));
}

#[test]
fn nested_quotes() {
    let text: String = (1..=200).map(|depth| format!("{} line {depth}\n", ">".repeat(depth))).collect();
    check(&text);
    check(&format!("{}Is it?{}", "<blockquote>".repeat(200), "</blockquote>".repeat(200)));
    check(&"<div><blockquote type=cite><p>".repeat(20_000));
    check(&"<div class=gmail_quote>".repeat(20_000));
    check(&"<blockquote>a</blockquote><p>b</p>".repeat(30_000));
    check(&"<blockquote>a wrote:</blockquote>".repeat(30_000));
    check(&"<p>On 3 March 2026, a@b.example wrote:</p><blockquote>a</blockquote>".repeat(15_000));
    check(&"<p>a</div>".repeat(50_000));
    check(&"<table><tr><td>".repeat(30_000));
    check(&"</b></i></p></div>".repeat(50_000));
    check(&"<a b=c ".repeat(100_000));
    check(&"<!--".repeat(100_000));
    check(&format!("<div {}>x</div>", "a=b ".repeat(100_000)));
    check(&format!("<style>{}", "x".repeat(500_000)));
}

#[test]
fn a_signed_name_after_many_quotes_costs_nothing_more() {
    let mut body = String::from("Done.\n");
    for number in 0..2_000 {
        body.push_str(&format!("> question {number}\nanswer {number}\n\nRegards, Ana\n"));
    }
    check(&body);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_mail(raw in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let mail = mime::decode(&raw);
        let words = own_words::own_words(&mail, None);
        prop_assert!(words.text.len() <= 8 * raw.len() + 16);
        prop_assert!(!machine::author(&mail).author.name().is_empty());
        for index in 0..mail.parts.len() {
            prop_assert!(mime::part_bytes(&raw, index).is_some());
        }
    }

    #[test]
    fn any_text_is_read_and_answers_lie_in_it(text in "[ -~\n\u{a0}>é日]{0,400}") {
        let words = own_words::from_text(&text, Some(&text));
        for answer in &words.inline {
            prop_assert!(words.text.get(answer.span.clone()).is_some());
        }
        prop_assert!(own_words::from_html(&text, None).text.len() <= 8 * text.len() + 16);
    }

    /// Whatever follows a hard cut, the words above it are the same.
    #[test]
    fn what_stands_below_a_quoted_mail_changes_nothing(below in "[a-zA-Z ,.\n]{0,200}") {
        let head = "All 64 lines are in the list.\n\nShall I go on?\n\n-----Original Message-----\nFrom: Laura <l@s.example>\nSent: Tuesday, March 3, 2026 9:41 AM\nSubject: List\n\n";
        let words = own_words::from_text(&format!("{head}{below}"), None);
        prop_assert_eq!(words.text, "All 64 lines are in the list.\n\nShall I go on?");
    }
}
