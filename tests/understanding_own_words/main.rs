//! What a sender newly typed: every shape that real mail shows, with mails written for this test.
//!
//! | shape | its test |
//! |---|---|
//! | an attribution on one line, or broken over up to five, inside the address too | `an_attribution_goes_on_one_line_or_on_several` |
//! | glued to the end of the author's last line, or behind dashes | `an_attribution_may_be_glued_to_the_last_line_or_to_dashes` |
//! | glued to the first quoted words | `the_quoted_text_may_be_glued_to_the_attribution` |
//! | the date first and no verb: date, zone, name, address, colon | `a_date_may_come_first_and_the_verb_be_missing` |
//! | the name first, the date after it | `the_name_may_come_before_the_date` |
//! | the verb before the name | `the_verb_may_come_before_the_name` |
//! | a verb in two pieces, or alone on its line | `the_verb_may_be_split_or_stand_alone` |
//! | Spanish, Catalan, Portuguese, Italian, Polish, Hungarian, Finnish, Czech, Romanian | `attributions_of_southern_and_central_europe_go` |
//! | Russian, Ukrainian, Bulgarian, Turkish, Greek; Arabic, Persian and Hebrew with their direction marks | `attributions_in_other_scripts_go_with_their_marks` |
//! | Chinese, Japanese, Korean with wide colons and verbs without spaces | `attributions_of_east_asia_go` |
//! | a language nobody listed: an address or a date and a colon above quote marks | `a_language_nobody_listed_is_seen_by_its_shape` |
//! | "you wrote:", no colon, "sent:", dashes round it | `other_words_than_wrote_are_known` |
//! | Zoho, ProtonMail, Notes, Tutanota, Superhuman, web mail that quotes by "Quoting" | `attributions_of_smaller_mail_programs_go` |
//! | some sixty languages and forty programs, above quote marks | `attributions_of_sixty_languages_go_from_above_quote_marks` |
//! | the same without quote marks, all below it quoted | `attributions_of_sixty_languages_go_with_all_below_where_no_mark_stands` |
//! | the same, broken before the address | `attributions_of_sixty_languages_go_when_broken_before_the_address` |
//! | the same, wrapped at any width | `attributions_go_when_wrapped_but_for_one_in_fifty` |
//! | an answer right above an attribution stays | `an_answer_right_above_an_attribution_is_not_taken_for_its_head` |
//! | the attribution itself behind a quote mark | `an_attribution_behind_its_own_mark_goes` |
//! | the same in sixty languages, and answers between quoted lines | `attributions_of_sixty_languages_go_behind_a_mark_and_leave_answers_between` |
//! | "On …", "One …", "Ben wrote:" in the author's own lines stay | `on_and_wrote_in_a_persons_own_lines_stay` |
//! | From, Sent, To, Subject: bold, indented, over two lines, with Cc and Reply-To | `a_header_block_goes_with_or_without_a_rule` |
//! | the same in the languages of Outlook | `header_blocks_of_many_languages_go` |
//! | the same in fifty more, bold or with a space before the colon, without any address | `header_fields_of_fifty_languages_are_known` |
//! | fields in any order, two on a line, Yahoo's and Orange's order | `header_fields_come_in_any_order_and_two_on_a_line` |
//! | QQ, Netease, Naver, GMX, T-Online, Samsung, Notes, Libero and others | `header_blocks_of_many_programs_go_with_all_below` |
//! | "Original Message" in any case, with any dashes, in many languages; nothing above it is empty | `an_original_message_line_goes_with_all_below` |
//! | "From:" and "Date:" in sentences, appointments and journeys stay | `from_and_date_in_a_persons_own_lines_stay` |
//! | forwards: the note above stays, a bare one is empty | `a_forward_keeps_the_note_above_and_nothing_else` |
//! | forwards of many programs and languages | `what_programs_of_many_languages_pass_on_goes` |
//! | quote marks with and without space, nested, mixed, with initials; tails wrapped without a mark | `quote_marks_of_all_kinds_go` |
//! | answers below and between quotes, in order; a prompt of three marks is no quote | `answers_below_and_between_quotes_stay_in_order` |
//! | each inline answer tied to the line it answers | `each_answer_knows_the_line_it_answers` |
//! | a link broken so that a line begins with a mark | `a_broken_link_is_no_quote` |
//! | quoted-printable, entities, byte-order and zero-width marks, CRLF and bare CR | `what_nobody_decoded_is_matched_all_the_same` |
//! | "reply above this line", quoted or split | `nothing_below_a_reply_above_line_is_the_authors` |
//! | signature marks: dashes, underscores, stars, rules | `a_signature_mark_takes_what_stands_below` |
//! | rules of Markdown, tables, code fences, lists and dashes in sentences stay | `rules_tables_and_lists_are_no_signature_marks` |
//! | a name behind a dash or slash as last line | `a_name_behind_a_dash_goes_from_the_last_line` |
//! | "Sent from my phone" in many languages | `footers_of_phones_go_in_every_language` |
//! | the same of 270 phones and programs | `footers_of_phones_and_programs_go_whatever_their_language` |
//! | sentences that begin like one stay | `sentences_that_begin_like_a_footer_stay` |
//! | closings and their names stay, "Thanks!" alone too | `closings_and_their_names_stay` |
//! | contact blocks without a mark | `a_contact_block_without_a_mark_goes` |
//! | disclaimers, virus notices and warnings about outside mail | `disclaimers_and_banners_go` |
//! | signatures, disclaimers and notices of a dozen languages | `signatures_disclaimers_and_notices_go_from_the_end` |
//! | warnings about outside mail of a dozen languages | `warnings_about_outside_mail_go_from_the_top` |
//! | footers of lists and trackers | `footers_of_lists_and_trackers_go` |
//! | quote elements of mail programs in HTML | `quote_elements_of_mail_programs_go` |
//! | the same of fifty programs, and behind the mark of Outlook on the web | `quotes_of_many_programs_go_from_html` |
//! | quote and answer in one element, header lines split by `br`, a quotation the author means | `bare_text_headers_and_meant_quotations_are_told_apart_in_html` |
//! | answers typed into quoted HTML, unescaped addresses, comments for Word | `answers_typed_into_quoted_html_stay` |
//! | an answer below a quote that no program signed | `an_answer_below_an_unsigned_html_quote_stays` |
//! | text and HTML of one mail: one of them empty, a stub or wrong | `the_better_of_text_and_html_is_taken` |
//! | one word, signs, numbers, dates, lists, orders, links, tables, code | `business_content_survives` |
//! | business that only looks like a footer | `business_that_only_looks_like_a_footer_stays` |
//! | 150 more of it, alone, above a quote and above a header | `business_that_looks_like_a_quote_a_header_or_a_footer_stays` |
//! | an empty answer is empty | `an_empty_answer_is_empty` |
//! | our own letter, without any mark, wrapped anew, with answers in it | `our_letter_goes_without_any_quote_mark` |
//! | hostile text in bounded time | `a_line_of_a_megabyte` |
//! | many marks, "On" lines, headers | `many_marks_and_lines` |
//! | 200 nested quotes | `nested_quotes` |
//! | 5,000 parts | `five_thousand_parts_take_bounded_time` |
//! | messages in messages in messages | `deeply_enclosed_messages_do_not_overflow_the_stack` |

mod attributions;
mod endings;
mod headers;
mod html;
mod lists;
mod quotes;

use handback::understanding::own_words::{from_html, from_text};

#[track_caller]
fn check(body: &str, expected: &str) {
    let found = from_text(body, None);
    assert_eq!(squeezed(&found.text), squeezed(expected), "\n{body}\n");
}

/// All of it is the author's.
#[track_caller]
fn check_kept(body: &str) {
    check(body, body);
}

#[track_caller]
fn check_html(body: &str, expected: &str) {
    let found = from_html(body, None);
    assert_eq!(squeezed(&found.text), squeezed(expected), "\n{body}\n");
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An answer of two paragraphs above each of these must survive whole.
const ANSWER: &str = "The price list is done, all 64 lines.\n\nShould I send it to Ben as well?";

#[track_caller]
fn check_below(removed: &[&str]) {
    for below in removed {
        check(&format!("{ANSWER}\n\n{below}"), ANSWER);
    }
}

/// Where the tests stand that the table above names.
const SOURCES: [&str; 9] = [
    include_str!("attributions.rs"),
    include_str!("endings.rs"),
    include_str!("headers.rs"),
    include_str!("html.rs"),
    include_str!("lists.rs"),
    include_str!("quotes.rs"),
    include_str!("../understanding_ours.rs"),
    include_str!("../understanding_hostile.rs"),
    include_str!("../../src/mailbox/mime/tests.rs"),
];

#[test]
fn every_shape_in_the_table_has_its_test_and_every_test_its_shape() {
    let table: Vec<&str> = include_str!("main.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! | ")?.strip_suffix("` |")?.rsplit('`').next())
        .collect();
    assert!(table.len() >= 39, "{} rows", table.len());
    for name in &table {
        let test = format!("#[test]\nfn {name}()");
        assert!(SOURCES.iter().any(|source| source.contains(&test)), "no test is called {name}");
    }
    for source in SOURCES.iter().take(6) {
        for name in source.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split('(').next()) {
            assert!(table.contains(&name), "{name} stands in no row of the table");
        }
    }
}
