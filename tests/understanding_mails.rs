//! Mails as they really look, and the understanding expected of each.

use chrono::NaiveDate;
use handback::{
    domain::{mail::Mail, understanding::Author},
    mailbox::mime,
    understanding::{
        machine::{self, BounceAction},
        own_words,
    },
};

fn mail(name: &str) -> Mail {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mails").join(name);
    mime::decode(&std::fs::read(path).expect("the mail stands in tests/mails"))
}

#[track_caller]
fn check_reply(name: &str, expected: &str) {
    let mail = mail(name);
    assert_eq!(machine::author(&mail).author, Author::Human);
    let words = own_words::own_words(&mail, Some("Hello Ana,\n\nPlease bring all 64 prices up to date."));
    assert_eq!((words.text.as_str(), words.doubt), (expected, None));
}

#[test]
fn a_reply_from_gmail_is_read_alike_in_text_and_html() {
    check_reply(
        "gmail_reply_with_alternatives.eml",
        "Good afternoon,\n\nThe price list is done – all 64 lines. The March folder is still missing.\n\nAna",
    );
}

#[test]
fn a_reply_from_outlook_is_cut_at_the_header_it_draws() {
    check_reply(
        "outlook_reply_html_only.eml",
        "Can you send the March folder? I cannot go on without it.\n\nCafé prices follow on Friday.",
    );
}

#[test]
fn a_report_of_postfix_calls_the_address_dead() {
    let verdict = machine::author(&mail("postfix_user_unknown.eml"));
    assert_eq!(verdict.author, Author::Bounce);
    let recipients = verdict.bounce.unwrap().recipients;
    assert_eq!(recipients.len(), 1);
    assert_eq!(recipients[0].address.as_ref().unwrap().as_str(), "anna@cruz.example");
    assert_eq!((recipients[0].action, recipients[0].status.as_str()), (BounceAction::Permanent, "5.1.1"));
}

#[test]
fn an_exchange_absence_names_its_last_day() {
    let verdict = machine::author(&mail("exchange_out_of_office.eml"));
    assert_eq!(verdict.author, Author::AutoReply);
    assert_eq!(verdict.absence_until, NaiveDate::from_ymd_opt(2026, 3, 9));
}
