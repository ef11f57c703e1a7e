//! Quote marks, answers between them, and the business that must survive.

use crate::{check, check_below, check_kept};
use handback::understanding::own_words::from_text;

#[test]
fn quote_marks_of_all_kinds_go() {
    check_below(&[
        "> Is it done?\n> Please tell me.",
        ">Is it done?\n>>Older\n>>> Oldest",
        "> > Is it done?\n> > > Older\n> Yes.",
        "LS> Is it done?\nLS>\nLS> Please tell me.",
    ]);
    check(
        "Done.\n\n> Could you tell me whether the price list for the spring is complete and who has\nseen it already\n> and when Ben gets it?",
        "Done.",
    );
}

#[test]
fn answers_below_and_between_quotes_stay_in_order() {
    check("> Is it done?\n\nYes, since noon.\n", "Yes, since noon.");
    check(
        "On 03/03/2026 09:41, Laura Stein wrote:\n> Is it done?\n\nYes.\n\n> Who has it?\nBen.\n> When does he answer?\n\nOn Friday.",
        "Yes. Ben. On Friday.",
    );
    check_kept("The script says:\n>>> import prices\n>>> prices.count()\n64\nSo it is complete.");
}

#[test]
fn each_answer_knows_the_line_it_answers() {
    let found = from_text(
        "On 03/03/2026 09:41, Laura wrote:\n> Is it done?\n\nYes.\n\n> Who has it?\n\nBen has it.\nAnd Eve.",
        None,
    );
    let answers: Vec<(&str, &str)> = found
        .inline
        .iter()
        .map(|answer| (answer.answers.as_str(), found.text.get(answer.span.clone()).unwrap()))
        .collect();
    assert_eq!(answers, [("Is it done?", "Yes."), ("Who has it?", "Ben has it.\nAnd Eve.")]);
}

#[test]
fn a_broken_link_is_no_quote() {
    check_kept(
        "The file is here:\n<https://files.example.net/s/a-long-name-that-a-program-broke-over-the\n> and the copy at Ben's.\n\nBoth are the same.",
    );
}

#[test]
fn what_nobody_decoded_is_matched_all_the_same() {
    check(
        "Done.\r\n\r\nOn Tue, Mar 3, 2026 at 9:41=E2=80=AFAM Laura Stein <laura@stein.example> w=\r\nrote:\r\n> Is it done?\r\n",
        "Done.",
    );
    check("Done.\r\rOn 03/03/2026 09:41, Laura Stein wrote:\r> Is it done?", "Done.");
    check(
        "\u{feff}Done.\n\nOn\u{a0}Tue, Mar 3, 2026 at 9:41\u{202f}AM Laura Stein\u{a0}<laura@stein.example> wrote:\u{200b}\n> Is it done?",
        "Done.",
    );
    check(
        "Done.\n\nOn 3 Mar 2026, Laura &quot;L&quot; Stein &lt;laura@stein.example&gt; wrote:\n&gt; Is it done?",
        "Done.",
    );
}

#[test]
fn business_content_survives() {
    for kept in [
        "Yes",
        "ok",
        ":+1:",
        "👍",
        "7",
        "64,50",
        "2026-03-03 09:41",
        "tomorrow 10:00",
        "+63 917 555 0100",
        "https://files.example.net/s/list",
        "- red: 12\n- blue: 7\n\n1. call Ben\n2. call Eve",
        "[x] posts\n[ ] pictures",
        "Order 4711: 3 x 12.50 = 37.50 EUR",
        "Please call +63 917 555 0100 before noon.\nThe gate is closed after that.",
        "Acme\t12.50\nBolt\t13.00",
        "fn main() {\n    println!(\"64\");\n}",
    ] {
        check_kept(kept);
        check(&format!("{kept}\n\nOn 03/03/2026 09:41, Laura Stein wrote:\n> Is it done?"), kept);
    }
}

#[test]
fn an_empty_answer_is_empty() {
    for nothing in [
        "",
        "\n\n",
        "On 03/03/2026 09:41, Laura Stein wrote:\n> Is it done?\n",
        "> Is it done?\n> Please.",
        "Sent from my iPhone\n\nOn 03/03/2026 09:41, Laura Stein wrote:\n> Is it done?",
    ] {
        check(nothing, "");
    }
}

#[test]
fn business_that_only_looks_like_a_footer_stays() {
    check_kept(
        "Here is the draft:\n\nDear customers,\n\nThis email is confidential until Monday.\n\nBest wishes,\nThe team\n\nIs this okay?",
    );
    check_kept(
        "Suppliers:\n\nAcme Ltd.\nTel: +49 30 555 0100\nwww.acme.example\n\nBolt Inc.\nTel: +49 30 555 0101\nwww.bolt.example",
    );
    check_kept("My new address:\nAna Cruz\n12 Rizal Street\nManila\nPhone: +63 917 555 0100");
    check_kept("Sent with the courier today, tracking 123456.");
    check_kept("The list is ready.\nSent with the courier today, tracking 123456.");
    check_kept("sent by email");
    check_kept("On 3 March 2026, I wrote to Ben:\n\n\"Please send the list.\"\n\nNo answer yet.");
    check_kept("Ben Ode <ben@acme.example> wrote to me today:\n\nHe wants two more lists.");
    check_kept("Unsubscribe link is broken on page 3.\n\nTo unsubscribe users get an error.");
    check_kept("External email senders are blocked since Monday, so Ben cannot write to us. What should I do?");
    check_kept("All done.\n\nRegards\nAna Cruz\nVirtual Assistant\n\nAttached: list.xlsx");
    check_kept("*** IMPORTANT ***\n\nThe shop is offline.\n\n*** END ***");
    check_kept("---- Part A ----\nDone\n\n---- Part B ----\nOpen until Friday");
    check_kept("On 12.10.2026 at 14:05 the server was down:\n\n502 Bad Gateway\n\nNow it works.");
}
