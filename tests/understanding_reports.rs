//! What a report of non-delivery means for the address, in the dress of many servers; and what stands in the subject
//! of mail that a program sent by itself, beside what people write there.

use handback::{
    domain::understanding::Author,
    mailbox::mime,
    understanding::machine::{self, BounceAction, MachineVerdict},
};

const BEN: &str = "ben@acme.example";

fn read(raw: &str) -> MachineVerdict {
    machine::author(&mime::decode(raw.replace('\n', "\r\n").as_bytes()))
}

fn report(from: &str, subject: &str, text: &str) -> String {
    format!(
        "From: {from}\nReturn-Path: <>\nTo: desk@work.example\nSubject: {subject}\nDate: Tue, 3 Mar 2026 09:41:10 +0100\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    )
}

#[track_caller]
fn check(raw: &str, action: BounceAction) {
    let verdict = read(raw);
    assert_eq!(verdict.author, Author::Bounce, "\n{raw}\n{verdict:?}");
    let found = verdict.bounce.unwrap_or_default().recipients;
    let found: Vec<_> = found.iter().map(|one| (one.address.as_ref().map(|a| a.as_str()), one.action)).collect();
    assert_eq!(found, [(Some(BEN), action)], "\n{raw}\n");
}

/// A report in the words of each server about one answer to RCPT TO.
fn dressed(answer: &str) -> [String; 6] {
    [
        report(
            "MAILER-DAEMON@mx.work.example (Mail Delivery System)",
            "Undelivered Mail Returned to Sender",
            &format!(
                "This is the mail system at host mx.work.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\nFor further assistance, please send mail to postmaster.\n\n                   The mail system\n\n<{BEN}>: host mx.acme.example[192.0.2.9] said: {answer} (in reply to RCPT TO command)"
            ),
        ),
        report(
            "Mail Delivery System <Mailer-Daemon@mx.work.example>",
            "Mail delivery failed: returning message to sender",
            &format!(
                "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  {BEN}\n    host mx.acme.example [192.0.2.9]\n    SMTP error from remote mail server after RCPT TO:<{BEN}>:\n    {answer}\n\n------ This is a copy of the message, including all the headers. ------\n\nTo: {BEN}\nSubject: List"
            ),
        ),
        report(
            "MAILER-DAEMON@mx.work.example",
            "failure notice",
            &format!(
                "Hi. This is the qmail-send program at mx.work.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<{BEN}>:\n192.0.2.9 does not like recipient.\nRemote host said: {answer}\nGiving up on 192.0.2.9.\n\n--- Below this line is a copy of the message.\n\nTo: {BEN}"
            ),
        ),
        report(
            "Mail Delivery Subsystem <MAILER-DAEMON@mx.work.example>",
            "Returned mail: see transcript for details",
            &format!(
                "   ----- The following addresses had permanent fatal errors -----\n<{BEN}>\n    (reason: {answer})\n\n   ----- Transcript of session follows -----\n... while talking to mx.acme.example.:\n>>> RCPT To:<{BEN}>\n<<< {answer}"
            ),
        ),
        report(
            "\"Courier mail server at mx\" <postmaster@mx.work.example>",
            "NOTICE: mail delivery status.",
            &format!(
                "This is a delivery status notification from mx.work.example,\nrunning the Courier mail server, version 0.73.\n\n                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<{BEN}>:\n     mx.acme.example [192.0.2.9]:\n     >>> RCPT TO:<{BEN}>\n     <<< {answer}"
            ),
        ),
        dsn(answer),
    ]
}

/// The same in the fields of RFC 3464.
fn dsn(answer: &str) -> String {
    let status = answer.split([' ', '-']).nth(1).filter(|code| code.split('.').count() == 3).unwrap_or("5.0.0");
    format!(
        "From: MAILER-DAEMON@mx.example (Mail Delivery System)\nReturn-Path: <>\nSubject: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\nYour message could not be delivered.\n\n<{BEN}>: host mx.acme.example said: {answer} (in reply to RCPT TO command)\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; {BEN}\nAction: failed\nStatus: {status}\nDiagnostic-Code: smtp; {answer}\n--r\nContent-Type: text/rfc822-headers\n\nTo: {BEN}\n--r--\n"
    )
}

#[test]
fn an_address_that_its_own_server_does_not_know_is_dead_in_every_dress() {
    for answer in [
        "550 5.1.1 <ben@acme.example>: Recipient address rejected: User unknown in virtual mailbox table",
        "550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's address",
        "550 No such user here",
        "550 Unrouteable address",
        "550 Invalid recipient <ben@acme.example> (#5.1.1)",
        "550 Requested action not taken: mailbox unavailable",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        "550 5.1.1 unknown or illegal alias: ben@acme.example",
    ] {
        for raw in dressed(answer) {
            check(&raw, BounceAction::Permanent);
        }
    }
}

#[test]
fn an_address_refused_for_what_was_sent_or_by_whom_lives() {
    for answer in [
        "550 5.7.1 Unable to relay",
        "554 5.7.1 <ben@acme.example>: Relay access denied",
        "550 5.7.26 This mail has been blocked because the sender is unauthenticated. We require SPF or DKIM.",
        "550-5.7.1 [192.0.2.1] Our system has detected that this message is likely unsolicited mail. It has been blocked.",
        "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using a block list",
        "550 5.7.1 Message rejected due to content restrictions",
        "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy",
        "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
        "550 SPF check failed",
        "554 Message contains a virus (Eicar-Test-Signature)",
        "552 5.3.4 Message size exceeds fixed limit",
        "550 Sender verify failed",
        "550 5.1.8 Access denied, bad outbound sender",
        "550 5.7.1 Mail from 192.0.2.1 rejected, no PTR record",
    ] {
        for raw in dressed(answer) {
            check(&raw, BounceAction::Refused);
        }
    }
}

#[test]
fn a_full_mailbox_or_a_silent_server_is_tried_again() {
    for answer in [
        "452 4.2.2 The email account that you tried to reach is over quota",
        "552 5.2.2 Mailbox full",
        "552 Quota exceeded (mailbox for user is full)",
        "550 5.2.1 The email account that you tried to reach is disabled",
    ] {
        for raw in dressed(answer) {
            check(&raw, BounceAction::Temporary);
        }
    }
    for reason in [
        "connect to mx.acme.example[192.0.2.9]:25: Connection timed out",
        "lost connection with mx.acme.example[192.0.2.9] while receiving the initial server greeting",
        "Host or domain name not found. Name service error for name=acme.example type=MX: Host not found, try again",
    ] {
        let text = format!("This is the mail system at host mx.work.example.\n\n<{BEN}>: {reason}");
        check(
            &report("MAILER-DAEMON@mx.work.example", "Undelivered Mail Returned to Sender", &text),
            BounceAction::Temporary,
        );
    }
}

#[test]
fn reports_in_the_words_of_one_server_alone_are_read() {
    for (from, subject, text, action) in [
        (
            "postmaster@acme.example",
            "Undeliverable: List",
            "Your message to ben@acme.example couldn't be delivered.\n\nben wasn't found at acme.example.\n\nUnknown To address\n\nThe address may be misspelled or may not exist.",
            BounceAction::Permanent,
        ),
        (
            "Postmaster@acme.example",
            "DELIVERY FAILURE: User ben (ben@acme.example) not listed in Domino Directory",
            "Your message\n\n  Subject: List\n\nwas not delivered to:\n\n  ben@acme.example\n\nbecause:\n\n  User ben (ben@acme.example) not listed in Domino Directory",
            BounceAction::Permanent,
        ),
        (
            "Barracuda <postmaster@barracuda.acme.example>",
            "**Message you sent blocked by our bulk email filter**",
            "Your message to: ben@acme.example\nwas blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:\n\nSubject: List",
            BounceAction::Refused,
        ),
        (
            "GMX Mailer Daemon <mailer-daemon@gmx.example>",
            "Mail delivery failed: returning message to sender",
            "Diese E-Mail wurde automatisch erzeugt.\n\nDie folgende E-Mail konnte nicht zugestellt werden.\n\n\"ben@acme.example\":\nSMTP error from remote server for RCPT TO command, host: mx.acme.example\nreason: 550 5.1.1 User unknown",
            BounceAction::Permanent,
        ),
        (
            "MAILER-DAEMON@orange.example",
            "Message non distribué",
            "Votre message n'a pas pu être remis au destinataire suivant :\n\n<ben@acme.example>\n\nLa boîte aux lettres est pleine.",
            BounceAction::Temporary,
        ),
        (
            "postmaster@acme.example",
            "No se puede entregar: List",
            "No se pudo entregar el mensaje a los siguientes destinatarios:\n\nben@acme.example\n\nLa dirección de correo no existe.",
            BounceAction::Permanent,
        ),
        (
            "mailer-daemon@mail.example",
            "Недоставленное сообщение",
            "Письмо не может быть доставлено получателю ben@acme.example.\n\n550 Пользователь не найден",
            BounceAction::Permanent,
        ),
        (
            "QQMail <postmaster@qq.example>",
            "系统退信",
            "抱歉，您的邮件被退回来了\n\n收件人\tben@acme.example\n退信原因\t收件人邮件地址不存在，邮件无法送达。\n550 Mailbox not found",
            BounceAction::Permanent,
        ),
        (
            "MAILER-DAEMON@mx.work.example (Mail Delivery System)",
            "Delayed Mail (still being retried)",
            "####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n####################################################################\n\nYour message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n<ben@acme.example>: connect to mx.acme.example[192.0.2.9]:25: Connection timed out",
            BounceAction::Other,
        ),
        (
            "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            "Delivery Status Notification (Delay)",
            "** Delivery incomplete **\n\nThere was a temporary problem delivering your message to ben@acme.example. We will retry for 46 more hours. You'll be notified if the delivery fails permanently.",
            BounceAction::Temporary,
        ),
    ] {
        check(&report(from, subject, text), action);
    }
}

#[test]
fn a_group_that_takes_no_mail_from_us_is_not_called_dead() {
    for words in [
        "the group you tried to contact (team) may not exist, or you may not have permission to post messages to it.",
        "el grupo con el que intentas ponerte en contacto (team) no existe o no tienes permiso para publicar en él.",
    ] {
        let verdict = read(&format!(
            "From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>\nX-Failed-Recipients: team@acme.example\nSubject: Delivery Status Notification (Failure)\nContent-Type: text/plain; charset=utf-8\n\nHello,\n\n{words}\n\nThanks,\n\nGoogle Groups\n"
        ));
        assert_eq!(verdict.bounce.unwrap().recipients[0].action, BounceAction::Refused, "{words}");
    }
}

fn mail(subject: &str, text: &str) -> String {
    format!(
        "From: Ana Cruz <ana@cruz.example>\nReturn-Path: <ana@cruz.example>\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    )
}

#[test]
fn subjects_that_programs_write_are_known_in_thirty_languages() {
    for subject in [
        "Automatic reply: List",
        "Auto-Reply: List",
        "[Auto-Reply] List",
        "Auto response: Re: List",
        "Out of the office: Re: List",
        "OOO Re: List",
        "Re: List (out of office)",
        "Thank you for your message (automatic reply)",
        "Away from office: List",
        "Vacation reply",
        "Abwesend: Liste",
        "AUTO: Ana ist außer Haus",
        "Message automatique",
        "Respuesta automatica",
        "Fora do escritório: Lista",
        "Fuori ufficio: Lista",
        "Afwezigheidsbericht: Lijst",
        "Automatisk besvarelse: Liste",
        "Automatiskt svar: Lista",
        "Automaattinen vastaus: Lista",
        "Automaatvastus: Nimekiri",
        "Automātiskā atbilde: Saraksts",
        "Automatinis atsakymas: Sąrašas",
        "Autoodpowiedź",
        "Automatická odpoveď: Zoznam",
        "Samodejni odgovor: Seznam",
        "Automatski odgovor: Popis",
        "Автоматичен отговор: Списък",
        "Házon kívül: Lista",
        "În afara biroului: Lista",
        "Εκτός γραφείου",
        "Otomatik Yanıt: Liste",
        "Автоответ: Список",
        "Автовідповідь: Список",
        "پاسخ خودکار: فهرست",
        "خارج المكتب: قائمة",
        "מחוץ למשרד: רשימה",
        "कार्यालय से बाहर: सूची",
        "Trả lời tự động: Danh sách",
        "自动回复：表",
        "自動返信",
        "부재중: 표",
    ] {
        assert_eq!(read(&mail(subject, "I answer when I am back.")).author, Author::AutoReply, "{subject}");
    }
}

#[test]
fn what_people_write_in_subjects_silences_nobody() {
    for subject in [
        "Re: Out of office next week",
        "Away next week",
        "Vacation request",
        "Holiday on Monday",
        "Leave request - May",
        "Read: the new brief",
        "Delivery problem at the shop",
        "Undeliverable parcel",
        "Returned mail pieces",
        "Failed delivery of order 12",
        "Mailbox full",
        "Thank you for your message",
        "Message received",
        "Automatic reply is set up",
        "Auto-reply text for the shop",
        "Auto parts list",
        "Re: Abwesenheit im Mai",
        "Urlaub",
        "Congés en mai",
        "Vacaciones",
        "Отпуск в мае",
        "Cuti bulan Mei",
        "Rejected invoices",
        "Blocked account",
        "Message from Ben",
        "Delivery status of order 4711",
        "Failure notice from the bank",
    ] {
        for text in ["Done.", "I will be away until 12 March. Delivery failed: 550 unknown user. Is that fine?"] {
            assert_eq!(read(&mail(subject, text)).author, Author::Human, "{subject}: {text}");
        }
    }
}

#[test]
fn receipts_and_challenges_in_text_alone_are_no_answers() {
    for (subject, text) in [
        (
            "Read: List",
            "Your message\n\n   To: Ana\n   Subject: List\n   Sent: Tuesday, March 3, 2026 9:41 AM\n\nwas read on Tuesday, March 3, 2026 10:00 AM.",
        ),
        (
            "Confirm your mail to Ana",
            "Please reply to this message to release your mail. Your message is awaiting confirmation.",
        ),
        (
            "Please confirm your message",
            "Your message has been quarantined. To have it delivered, please click the link below to verify that you are a human sender.",
        ),
    ] {
        assert_eq!(read(&mail(subject, text)).author, Author::AutoReply, "{subject}");
    }
}
