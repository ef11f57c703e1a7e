//! Our own letter is no word of theirs, wherever it stands and however it was quoted.

use handback::{
    domain::mail::Mail,
    understanding::own_words::{from_html, from_text, own_words},
};

const LETTER: &str = "Hello Ana,\n\n[HB-7] Spring price list\n\nPlease bring all 64 prices of the spring list up to date.\nDue Friday 6 March, 17:00 Manila.\n\nConfirm\nQuestion\n\nWhat I will deliver (please fill in):\n\nKind regards\nThe desk\nref 7k2m";

#[track_caller]
fn check(body: &str, expected: &str) {
    let found = from_text(body, Some(LETTER));
    assert_eq!(found.text, expected, "\n{body}\n");
}

#[test]
fn our_letter_goes_without_any_quote_mark() {
    check(&format!("Yes, will do.\n\n{LETTER}"), "Yes, will do.");
    check(&format!("{LETTER}\n\nYes, will do."), "Yes, will do.");
}

#[test]
fn our_letter_goes_when_it_was_wrapped_anew() {
    check(
        "Yes.\n\nPlease bring all 64 prices\nof the spring list up to\ndate.\nDue Friday 6 March, 17:00 Manila.",
        "Yes.",
    );
    check("Yes.\n\n> Please bring all 64 prices of the\n> spring list up to date.", "Yes.");
}

#[test]
fn a_filled_in_line_stays_and_its_neighbours_go() {
    check(
        "What I will deliver (please fill in):\n\nThe list with 64 new prices as a sheet.\n\nKind regards\nThe desk\nref 7k2m",
        "The list with 64 new prices as a sheet.",
    );
}

#[test]
fn a_short_word_of_ours_may_be_theirs() {
    check("Confirm", "Confirm");
    check(&format!("Confirm\n\n{LETTER}"), "Confirm");
    check("Question\n\nWhich list do you mean?", "Question\n\nWhich list do you mean?");
}

#[test]
fn answers_between_our_lines_stay() {
    check(
        "Please bring all 64 prices of the spring list up to date.\nDone, and two more that were missing.\nDue Friday 6 March, 17:00 Manila.\nThat fits.",
        "Done, and two more that were missing.\n\nThat fits.",
    );
}

#[test]
fn answers_inside_the_letter_that_outlook_quotes_without_marks_stay() {
    let body = "See below.\n\n________________________________\nFrom: Desk <desk@acme.example>\nSent: Tuesday, March 3, 2026 9:41 AM\nTo: Ana Cruz\nSubject: [HB-7] Spring price list\n\nHello Ana,\n\n[HB-7] Spring price list\n\nPlease bring all 64 prices of the spring list up to date.\nDone, and two more.\nDue Friday 6 March, 17:00 Manila.\nThat fits.\n\nConfirm\nQuestion\n\nWhat I will deliver (please fill in):\n\nKind regards\nThe desk\nref 7k2m";
    let words = from_text(body, Some(LETTER));
    assert_eq!(words.text, "See below.\n\nDone, and two more.\n\nThat fits.");
    assert_eq!(words.inline.len(), 2);
    assert_eq!(words.doubt, None);
    // Without the letter nothing can be told, and the owner should look.
    let blind = from_text(body, None);
    assert_eq!(blind.text, "See below.");
    assert!(blind.doubt.is_some());
}

#[test]
fn older_words_of_theirs_between_two_letters_of_ours_stay_quoted() {
    let older = "From: Ana Cruz <ana@cruz.example>\nSent: Monday, March 2, 2026 8:00 AM\nTo: Desk\nSubject: List\n\nAll done last week.";
    let header = "From: Desk <desk@acme.example>\nSent: Tuesday, March 3, 2026 9:41 AM\nTo: Ana Cruz\nSubject: List";
    check(&format!("Not yet.\n\n{header}\n\n{LETTER}\n\n{older}\n\n{header}\n\n{LETTER}"), "Not yet.");
    check(
        &format!(
            "Not yet.\n\n{header}\n\n{LETTER}\n\nOn 2 March 2026 at 8:00, Ana Cruz <ana@cruz.example> wrote:\n\nAll done last week.\n\n{LETTER}"
        ),
        "Not yet.",
    );
}

#[test]
fn our_letter_goes_from_html_as_well() {
    let body = "<p>Yes, will do.</p><p>Hello Ana,</p><p>[HB-7] Spring price list</p><p>Please bring all 64 prices of the spring list up to date.</p><p>Due Friday 6 March, 17:00 Manila.</p>";
    assert_eq!(from_html(body, Some(LETTER)).text, "Yes, will do.");
}

fn alternatives(text: &str, html: &str) -> Mail {
    Mail { text: Some(text.to_owned()), html: Some(html.to_owned()), ..Mail::default() }
}

#[test]
fn the_better_of_text_and_html_is_taken() {
    let same = own_words(&alternatives("Done.\n", "<p>Done.</p>"), None);
    assert_eq!((same.text.as_str(), same.doubt), ("Done.", None));
    let empty = own_words(&alternatives("\n\n", "<p>Done.</p>"), None);
    assert_eq!((empty.text.as_str(), empty.doubt), ("Done.", None));
    let stub = own_words(
        &alternatives("See the HTML.", "<p>All 64 prices of the list are done, shall I go on with the summer?</p>"),
        None,
    );
    assert!(stub.text.starts_with("All 64"), "{stub:?}");
}

#[test]
fn a_quote_that_only_html_shows_is_cut_with_a_doubt() {
    let text = "Done.\n\nLaura on Tuesday\n\nIs it done? Please tell me until noon, because Ben waits for it.";
    let html = "<p>Done.</p><div class=\"gmail_quote\"><blockquote class=\"gmail_quote\">Laura on Tuesday<p>Is it done? Please tell me until noon, because Ben waits for it.</p></blockquote></div>";
    let words = own_words(&alternatives(text, html), None);
    assert_eq!(words.text, "Done.");
    assert!(words.doubt.is_some());
}

#[test]
fn no_body_is_no_words() {
    let words = own_words(&Mail::default(), Some(LETTER));
    assert_eq!((words.text.as_str(), words.doubt), ("", None));
}

#[test]
fn all_that_looks_like_a_signature_is_kept_with_a_doubt() {
    let words = from_text("--\nAna Cruz\nTel: +63 917 555 0100", None);
    assert_eq!(words.text, "--\nAna Cruz\nTel: +63 917 555 0100");
    assert!(words.doubt.is_some());
}

#[test]
fn an_answer_in_the_words_of_our_own_letter_is_an_answer() {
    let ours = "Is it all done?\n\nYes, all of it is done\nSomething is still to come\n\nref 7-0000";
    let reply = "Yes, all of it is done\n\nOn Mon, Mar 2, 2026 at 9:00 AM Maya <m@office.test> wrote:\n\n> Is it all done?\n>\n> Yes, all of it is done\n> Something is still to come\n";
    assert_eq!(from_text(reply, Some(ours)).text, "Yes, all of it is done");
}
