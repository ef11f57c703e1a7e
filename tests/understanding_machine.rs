//! Did a machine write it: reports, automatic replies, lists and robots, in mails written for this test.

use chrono::NaiveDate;
use handback::{
    domain::understanding::Author,
    mailbox::mime,
    understanding::machine::{self, BounceAction, Evidence, MachineVerdict},
};

fn read(raw: &str) -> MachineVerdict {
    machine::author(&mime::decode(raw.replace('\n', "\r\n").as_bytes()))
}

#[track_caller]
fn check(raw: &str, author: Author, evidence: Evidence) {
    let verdict = read(raw);
    assert_eq!((verdict.author, verdict.evidence), (author, evidence), "\n{raw}\n{verdict:?}");
}

/// Checks what a free text report says of its one recipient.
#[track_caller]
fn check_report(raw: &str, address: &str, action: BounceAction) {
    let verdict = read(raw);
    assert_eq!(verdict.author, Author::Bounce, "\n{raw}\n{verdict:?}");
    let recipients = verdict.bounce.unwrap_or_default().recipients;
    let found: Vec<_> = recipients.iter().map(|one| (one.address.as_ref().map(|a| a.as_str()), one.action)).collect();
    assert_eq!(found, [(Some(address), action)], "\n{raw}\n");
}

fn dsn(fields: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example (Mail Delivery System)\nReturn-Path: <>\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\nThis is the mail system at host mx.example.\nYour message could not be delivered.\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n{fields}\n--r\nContent-Type: text/rfc822-headers\n\nTo: other@acme.example\n--r--\n"
    )
}

#[test]
fn the_fields_of_a_delivery_report_are_read() {
    for (fields, action) in [
        (
            "Final-Recipient: rfc822; ben@acme.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown",
            BounceAction::Permanent,
        ),
        (
            "Final-Recipient: rfc822; ben@acme.example\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full",
            BounceAction::Temporary,
        ),
        (
            "Final-Recipient: rfc822; ben@acme.example\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 554 5.7.1 Message rejected as spam",
            BounceAction::Refused,
        ),
        (
            "Final-Recipient: rfc822; ben@acme.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 sender address rejected: not authorized",
            BounceAction::Refused,
        ),
        ("Final-Recipient: rfc822; ben@acme.example\nAction: delayed\nStatus: 4.4.1", BounceAction::Other),
        (
            "Final-Recipient: rfc822; ben@acme.example\nAction: failed\nStatus: 4.4.7\nDiagnostic-Code: smtp; delivery time expired",
            BounceAction::Temporary,
        ),
        (
            "Final-Recipient: rfc822; ben@acme.example\nAction: failed\nStatus: 5.4.4\nDiagnostic-Code: dns; Host or domain name not found",
            BounceAction::Permanent,
        ),
        (
            "Final-Recipient: rfc822; ben@acme.example\nAction: failed\nStatus: 5.3.4\nDiagnostic-Code: smtp; 552 message size exceeds limit",
            BounceAction::Refused,
        ),
        ("Final-Recipient: rfc822; ben@acme.example\nAction: relayed\nStatus: 2.0.0", BounceAction::Other),
    ] {
        check_report(&dsn(fields), "ben@acme.example", action);
    }
    assert_eq!(
        read(&dsn("Final-Recipient: rfc822; b@a.example\nAction: failed\nStatus: 5.1.1")).evidence,
        Evidence::Report
    );
}

#[test]
fn each_recipient_of_a_report_has_its_own_fate() {
    let verdict = read(&dsn(
        "Final-Recipient: rfc822; ben@acme.example\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; eve@acme.example\nAction: failed\nStatus: 4.2.2",
    ));
    let actions: Vec<_> =
        verdict.bounce.unwrap().recipients.iter().map(|one| (one.action, one.status.clone())).collect();
    assert_eq!(
        actions,
        [(BounceAction::Permanent, "5.1.1".to_owned()), (BounceAction::Temporary, "4.2.2".to_owned())]
    );
}

#[test]
fn free_text_reports_of_many_servers_are_read() {
    let report = |from: &str, subject: &str, text: &str| {
        format!("From: {from}\nReturn-Path: <>\nSubject: {subject}\n\n{text}\n")
    };
    for (raw, action) in [
        (
            report(
                "MAILER-DAEMON@mx.example",
                "failure notice",
                "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ben@acme.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nTo: old@acme.example",
            ),
            BounceAction::Permanent,
        ),
        (
            report(
                "Mail Delivery System <Mailer-Daemon@mx.example>",
                "Mail delivery failed: returning message to sender",
                "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ben@acme.example\n    SMTP error from remote mail server after RCPT TO:<ben@acme.example>:\n    host mx.acme.example [192.0.2.9]: 550 No such user here\n\n------ This is a copy of the message, including all the headers. ------\n",
            ),
            BounceAction::Permanent,
        ),
        (
            report(
                "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
                "Delivery Status Notification (Failure)",
                "Delivery to the following recipient failed permanently:\n\n     ben@acme.example\n\nTechnical details of permanent failure:\nThe email account that you tried to reach is over quota.\n\n----- Original message -----\n",
            ),
            BounceAction::Temporary,
        ),
        (
            report(
                "postmaster@acme.example",
                "Undeliverable: List",
                "Your message did not reach some or all of the intended recipients.\n\n      Subject: List\n\nThe following recipient(s) could not be reached:\n\n      ben@acme.example on 3/3/2026 9:41 AM\n            The recipient name is not recognized\n",
            ),
            BounceAction::Permanent,
        ),
        (
            report(
                "MAILER-DAEMON@mx.example",
                "Returned mail: see transcript for details",
                "   ----- The following addresses had permanent fatal errors -----\n<ben@acme.example>\n    (reason: 554 5.7.1 Service unavailable; Client host blocked using a blacklist)\n\n   ----- Transcript of session follows -----\n",
            ),
            BounceAction::Refused,
        ),
        (
            report(
                "POSTMASTER@acme.example",
                "Undeliverable message",
                "------- Failure Reasons  --------\n\nUser  not listed in public Name & Address Book\nben@acme.example\n\n------- Returned Message --------\n",
            ),
            BounceAction::Permanent,
        ),
        (
            report(
                "MAILER-DAEMON@mx.example",
                "Warning: could not send message for past 4 hours",
                "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n\n   ----- The following addresses had transient non-fatal errors -----\n<ben@acme.example>\n",
            ),
            BounceAction::Other,
        ),
        (
            report(
                "MAILER-DAEMON@mx.example",
                "failed delivery",
                "Message from mx.example.\nUnable to deliver message to the following address(es).\n\n<ben@acme.example>:\nunable to connect to remote server: Operation timed out\n",
            ),
            BounceAction::Temporary,
        ),
    ] {
        check_report(&raw, "ben@acme.example", action);
    }
}

#[test]
fn failed_recipients_in_a_header_are_believed() {
    check_report(
        "From: Mail Delivery Subsystem <mailer-daemon@mx.example>\nX-Failed-Recipients: ben@acme.example\nSubject: Delivery Status Notification (Failure)\n\nDelivery failed permanently: 550 5.1.1 The account does not exist.\n",
        "ben@acme.example",
        BounceAction::Permanent,
    );
}

#[test]
fn a_report_without_a_reason_leaves_the_address_alive() {
    check_report(
        "From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: Undeliverable\n\nCould not be delivered:\n\nben@acme.example\n",
        "ben@acme.example",
        BounceAction::Refused,
    );
    // A filter that answers after the message says "unknown" to hide.
    check_report(
        "From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: failure notice\n\nCould not be delivered:\n\n<ben@acme.example>\n>>> DATA\n<<< 550 Unknown user\n",
        "ben@acme.example",
        BounceAction::Refused,
    );
}

#[test]
fn complaints_and_receipts_are_no_answers() {
    let arf = "From: abuse@isp.example\nSubject: FW: List\nContent-Type: multipart/report; report-type=feedback-report; boundary=f\n\n--f\n\nThis is an abuse report.\n--f\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--f--\n";
    check(arf, Author::Bounce, Evidence::Report);
    assert_eq!(read(arf).bounce.unwrap().recipients[0].action, BounceAction::Other);
    check(
        "From: ana@cruz.example\nSubject: Read: List\nContent-Type: multipart/report; report-type=disposition-notification; boundary=f\n\n--f\n\nYour message was read.\n--f\nContent-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n--f--\n",
        Author::AutoReply,
        Evidence::Report,
    );
}

#[test]
fn what_declares_itself_automatic_is_believed() {
    for header in [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated",
        "X-Autoreply: yes",
        "X-Autorespond: List",
        "Precedence: auto_reply",
        "X-Auto-Response-Suppress: All",
    ] {
        check(
            &format!("From: ana@cruz.example\n{header}\nSubject: Re: List\n\nI got your mail.\n"),
            Author::AutoReply,
            Evidence::Declared,
        );
    }
    check(
        "From: ana@cruz.example\nAuto-Submitted: no\nSubject: Re: List\n\nDone.\n",
        Author::Human,
        Evidence::Nothing,
    );
}

#[test]
fn subjects_of_absences_are_known_in_many_languages() {
    for subject in [
        "Automatic reply: List",
        "Out of Office: List",
        "Out of Office AutoReply: List",
        "Auto: Ana is out of the office",
        "Abwesenheitsnotiz: Liste",
        "Automatische Antwort: Liste",
        "Réponse automatique : Liste",
        "Respuesta automática: Lista",
        "Resposta automática: Lista",
        "Автоматический ответ: Список",
        "Автоматична відповідь: Список",
        "Odpowiedź automatyczna: Lista",
        "स्वचालित उत्तर: सूची",
        "Awtomatikong tugon: Listahan",
        "Balasan otomatis: Daftar",
        "自動返信: リスト",
    ] {
        check(
            &format!("From: ana@cruz.example\nSubject: {subject}\n\nI am away.\n"),
            Author::AutoReply,
            Evidence::Wording,
        );
    }
}

#[track_caller]
fn check_until(text: &str, expected: Option<(i32, u32, u32)>) {
    let raw = format!(
        "From: ana@cruz.example\nAuto-Submitted: auto-replied\nDate: Tue, 3 Mar 2026 09:41:10 +0800\nSubject: Away\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    );
    let expected = expected.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
    assert_eq!(read(&raw).absence_until, expected, "{text}");
}

#[test]
fn an_absence_says_until_when() {
    check_until("I am out of the office until 12 March 2026.", Some((2026, 3, 12)));
    check_until("I am out of the office until March 12th.", Some((2026, 3, 12)));
    check_until("I will be back on Monday, 2 January.", Some((2027, 1, 2)));
    check_until("Ich bin bis 12.03.2026 nicht im Büro.", Some((2026, 3, 12)));
    check_until("Je suis absent jusqu'au 12 mars 2026.", Some((2026, 3, 12)));
    check_until("Estaré fuera de la oficina hasta el 12 de marzo.", Some((2026, 3, 12)));
    check_until("Estou ausente até 12 de março de 2026.", Some((2026, 3, 12)));
    check_until("Буду отсутствовать до 12 марта 2026 г.", Some((2026, 3, 12)));
    check_until("Jestem poza biurem do 12.03.2026.", Some((2026, 3, 12)));
    check_until("Saya cuti sampai 12 Maret 2026.", Some((2026, 3, 12)));
    check_until("Wala ako sa opisina hanggang Marso 12, 2026.", Some((2026, 3, 12)));
    check_until("I answer when I can.", None);
}

#[test]
fn lists_and_robots_are_told_from_people() {
    check(
        "From: shop@mail.example\nList-Id: <news.mail.example>\nList-Unsubscribe: <mailto:off@mail.example>\nSubject: Offers\n\nBuy.\n",
        Author::List,
        Evidence::BulkMarks,
    );
    check(
        "From: Ana <ana@cruz.example>\nPrecedence: bulk\nSubject: Re: List\n\nDone.\n",
        Author::List,
        Evidence::BulkMarks,
    );
    check("From: no-reply@shop.example\nSubject: Your order\n\nThank you.\n", Author::Robot, Evidence::Wording);
    check(
        "From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: failure notice\nList-Id: <a.b>\n\nYour message could not be delivered.\n",
        Author::Bounce,
        Evidence::Wording,
    );
}

#[test]
fn people_are_people_whatever_they_write_about() {
    for body in [
        "I am out of office from Monday to Wednesday, back on Thursday.",
        "The mail to Ben was not delivered: 550 5.1.1 user unknown. Do you have another address?",
        "Automatic reply is set up now, as you asked.",
        "Delivery failed twice, I call the courier tomorrow.",
        "Done.\n\nOn Tue, Mar 3, 2026 at 9:41 AM, Mail Delivery System <mailer-daemon@mx.example> wrote:\n> Undelivered mail",
    ] {
        for subject in [
            "Re: [HB-7] List",
            "Re: Out of Office next week",
            "Re: Undelivered Mail Returned to Sender",
            "Fwd: Mail delivery failed",
        ] {
            check(
                &format!(
                    "From: Ana Cruz <ana@cruz.example>\nReturn-Path: <ana@cruz.example>\nIn-Reply-To: <hb.7@acme.example>\nSubject: {subject}\n\n{body}\n"
                ),
                Author::Human,
                Evidence::Nothing,
            );
        }
    }
}

#[test]
fn marks_that_servers_put_on_peoples_mail_silence_nobody() {
    for header in [
        "X-Auto-Response-Suppress: DR, RN, NRN",
        "X-MS-Exchange-Inbox-Rules-Loop: ana@cruz.example",
        "Auto-Submitted: no",
        "X-Priority: 1",
        "Return-Path: <ana@cruz.example>",
    ] {
        check(
            &format!("From: Ana Cruz <ana@cruz.example>\n{header}\nSubject: Re: [HB-7] List\n\nDone.\n"),
            Author::Human,
            Evidence::Nothing,
        );
    }
}

#[test]
fn challenges_are_no_answers() {
    check(
        "From: ben@acme.example\nReturn-Path: <>\nSubject: RE: List\n\nThis account is protected by Wall. Please click on the following link to have your address added to my allowed list and ensure delivery.\n",
        Author::AutoReply,
        Evidence::Wording,
    );
}

#[test]
fn a_thumb_under_a_letter_is_a_persons_answer() {
    let gmail = "From: Ana Cruz <ana@cruz.example>\nIn-Reply-To: <hb.7@acme.example>\nSubject: Re: [HB-7] List\nContent-Type: multipart/alternative; boundary=r\n\n--r\nContent-Type: text/plain; charset=utf-8\n\n👍\n\nAna Cruz reacted via Gmail\n<https://mail.example/react>\n--r\nContent-Type: text/vnd.google.email-reaction+json; charset=utf-8\n\n{\"emoji\":\"👍\",\"version\":1}\n--r--\n";
    let verdict = read(gmail);
    assert_eq!((verdict.author, verdict.reaction.as_deref()), (Author::Human, Some("👍")));
    let words = handback::understanding::own_words::own_words(&mime::decode(gmail.as_bytes()), None);
    assert_eq!(words.text, "👍");
    let outlook = read(
        "From: ana@cruz.example\nSubject: Reaction\nContent-Type: text/plain; charset=utf-8\n\n❤️ Ana Cruz reacted to your message:\n",
    );
    assert_eq!(outlook.author, Author::Human);
    assert!(outlook.reaction.is_some());
}
