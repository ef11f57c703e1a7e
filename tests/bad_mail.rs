//! Mails as they should not be: each comes to a named end, nobody is answered who should not be, nothing is lost,
//! and the next good mail is read.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

#[path = "support/mod.rs"]
mod support;

use handback::domain::{id::TaskId, task::Stage};
use support::{
    mail_program::crlf,
    office::{DESK, Office, proof_of},
};

const MONDAY: &str = "2026-03-02T09:00:00Z";

/// An office with a task of Ana's. `token` in the mails below is that of its letter.
struct Story {
    office: Office,
    task: TaskId,
}

impl Story {
    fn begin() -> Self {
        let mut office = Office::open(MONDAY);
        office.hire("Ana Silva", "Europe/Lisbon");
        let task = office.hand_over("August invoices");
        Self { office, task }
    }

    fn reference(&self) -> String {
        self.office.letter("task").mail.message_id.unwrap().to_string()
    }

    /// Puts a mail of these header lines and body into the mailbox, and expects this end and no letter.
    #[track_caller]
    fn check(&mut self, headers: &str, body: &str, expected: &str) {
        let headers = headers.replace("{ref}", &self.reference());
        self.check_raw(&crlf(&format!("{headers}\n\n{body}\n")), expected);
    }

    #[track_caller]
    fn check_raw(&mut self, mail: &[u8], expected: &str) {
        let (sent, task, mails) = (self.office.sent(), self.office.task(self.task), self.office.outcomes().len());
        self.office.raw_mail(mail);
        assert_eq!(self.office.outcomes().len(), mails + 1, "each mail is taken in once");
        assert_eq!(self.office.last_outcome(), expected);
        assert_eq!(self.office.sent(), sent, "nobody is answered");
        assert_eq!(self.office.task(self.task), task, "nothing follows");
        self.still_reads();
    }

    /// The next good mail counts.
    #[track_caller]
    fn still_reads(&mut self) {
        let words = self.office.task(self.task).last_word_at;
        self.office.now += chrono::TimeDelta::minutes(1);
        self.office.assistant_writes(self.task, "Thanks.");
        assert!(self.office.task(self.task).last_word_at > words, "{:?}", self.office.outcomes());
    }
}

fn date() -> &'static str {
    "Date: Mon, 02 Mar 2026 09:00:00 +0000"
}

fn ana() -> String {
    format!("{}From: Ana Silva <ana@work.test>", proof_of("work.test"))
}

#[test]
fn a_mail_without_a_sender_is_held() {
    Story::begin().check(
        &format!("To: <{DESK}>\n{}\nMessage-ID: <a@b.test>\nReferences: {{ref}}\nSubject: Re: [HB-1]", date()),
        "Done.",
        "held: the sender is not on file",
    );
}

#[test]
fn two_senders_are_nobody() {
    let two_lines = format!("{}\nFrom: Ben <ben@work.test>\nReferences: {{ref}}\nSubject: [HB-1]\n{}", ana(), date());
    Story::begin().check(&two_lines, "Done.", "held: the sender is not on file");
    let in_one = format!(
        "{}From: Ana <ana@work.test>, Ben <ben@work.test>\nReferences: {{ref}}\nSubject: [HB-1]\n{}",
        proof_of("work.test"),
        date()
    );
    Story::begin().check(&in_one, "Done.", "held: the sender is not on file");
}

#[test]
fn a_stranger_is_held_with_or_without_proof_and_token() {
    for headers in [
        "From: Eve <eve@evil.test>\nSubject: Cheap invoices",
        "From: Eve <eve@evil.test>\nReferences: {ref}\nSubject: Re: [HB-1] August invoices",
        "Authentication-Results: mx.office.test; dmarc=pass header.from=evil.test\nFrom: Eve <eve@evil.test>\nSubject: [HB-1]",
        "From: \"ana@work.test\" <eve@evil.test>\nSubject: [HB-1]",
    ] {
        Story::begin().check(headers, "All done, please pay.", "held: the sender is not on file");
    }
}

#[test]
fn an_assistants_address_without_token_and_proof_is_held() {
    Story::begin().check(
        "From: Ana Silva <ana@work.test>\nSubject: Re: [HB-1] August invoices",
        "All done.",
        "held: neither a valid token nor proof of the sender",
    );
    // The word of a server that is not ours is no proof.
    Story::begin().check(
        "Authentication-Results: mx.evil.test; dkim=pass header.d=work.test\nFrom: Ana Silva <ana@work.test>\nSubject: [HB-1]",
        "All done.",
        "held: neither a valid token nor proof of the sender",
    );
}

#[test]
fn a_failed_dmarc_is_worse_than_no_proof_even_with_a_token() {
    Story::begin().check(
        "Authentication-Results: mx.office.test; dmarc=fail header.from=work.test\nFrom: Ana Silva <ana@work.test>\nReferences: {ref}\nSubject: Re: [HB-1]",
        "All done.",
        "held: the sender's mail server could not vouch for the address",
    );
}

#[test]
fn done_with_a_token_and_no_proof_waits_for_the_owner() {
    let mut story = Story::begin();
    let mail = format!(
        "From: Ana Silva <ana@work.test>\nReferences: {}\nSubject: Re: [HB-1]\n\nAll done, everything is in the folder.\n",
        story.reference()
    );
    story.office.raw_mail(&crlf(&mail));
    assert_eq!(story.office.last_outcome(), "filed: task found by token");
    assert_eq!(story.office.stage(story.task), Stage::HandedOver);
    assert_eq!(story.office.task(story.task).doubts.len(), 1);
}

#[test]
fn the_owner_without_proof_commands_nothing() {
    for headers in [
        "From: Maya Ellison <maya@office.test>\nSubject: [HB-1]",
        "From: Maya Ellison <maya@office.test>\nReferences: {ref}\nSubject: Re: [HB-1]",
        "Authentication-Results: mx.office.test; spf=pass smtp.mailfrom=maya@office.test\nFrom: Maya Ellison <maya@office.test>\nSubject: [HB-1]",
    ] {
        Story::begin().check(headers, "CANCEL HB-1", "held: it says it is from the owner, without proof");
    }
    Story::begin().check(
        "Authentication-Results: mx.office.test; dmarc=fail header.from=office.test\nFrom: Maya Ellison <maya@office.test>\nSubject: [HB-1]",
        "CANCEL HB-1",
        "held: the sender's mail server could not vouch for the address",
    );
}

#[test]
fn an_assistant_gives_no_orders() {
    let mut story = Story::begin();
    story.office.assistant_writes(story.task, "CANCEL HB-1");
    assert_eq!(story.office.stage(story.task), Stage::HandedOver, "{:?}", story.office.outcomes());
    story.office.assistant_writes(story.task, "ACCEPT HB-1");
    assert_eq!(story.office.stage(story.task), Stage::HandedOver, "{:?}", story.office.outcomes());
}

#[test]
fn a_copy_to_us_counts_like_a_mail_to_us() {
    let mut story = Story::begin();
    let mail = format!(
        "{}\nTo: Maya Ellison <maya@office.test>\nCc: <{DESK}>\n{}\nReferences: {}\nSubject: Re: [HB-1]\nMessage-ID: <cc@work.test>\n\n\
         Which folder do you want them in?\n",
        ana(),
        date(),
        story.reference()
    );
    story.office.raw_mail(&crlf(&mail));
    assert_eq!(story.office.last_outcome(), "filed: task found by token");
    assert_eq!(story.office.task(story.task).questions.len(), 1);
}

#[test]
fn a_mail_without_message_id_is_filed_once_by_its_content() {
    let mut story = Story::begin();
    let headers = format!("{}\n{}\nReferences: {}\nSubject: Re: [HB-1]", ana(), date(), story.reference());
    let mail = crlf(&format!("{headers}\n\nWhich folder do you want them in?\n"));
    story.office.raw_mail(&mail);
    assert_eq!(story.office.last_outcome(), "filed: task found by token");
    story.check_raw(&mail, "duplicate: came before with the same content");
    assert_eq!(story.office.task(story.task).questions.len(), 1);
}

#[test]
fn an_empty_mail_is_held() {
    Story::begin().check_raw(b"", "held: empty, or the mail server would not hand it out");
    Story::begin().check_raw(b"\r\n\r\n", "held: the sender is not on file");
}

#[test]
fn an_empty_reply_is_a_sign_of_life_and_nothing_more() {
    let mut story = Story::begin();
    let mail =
        format!("{}\nReferences: {}\nSubject: Re: [HB-1]\nMessage-ID: <e@work.test>\n\n\n", ana(), story.reference());
    story.office.raw_mail(&crlf(&mail));
    assert_eq!(story.office.last_outcome(), "filed: task found by token");
    assert_eq!(story.office.stage(story.task), Stage::HandedOver);
}

#[test]
fn eight_bit_rubbish_is_held() {
    let rubbish: Vec<u8> = (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
    Story::begin().check_raw(&rubbish, "held: the sender is not on file");
    let mut story = Story::begin();
    let mut mail = crlf(&format!(
        "{}\nReferences: {}\nSubject: \u{fe}\u{ff} [HB-1]\nContent-Type: text/plain; charset=x-unknown\nMessage-ID: <r@work.test>\n\n",
        ana(),
        story.reference()
    ));
    mail.extend(rubbish);
    story.office.raw_mail(&mail);
    assert_eq!(story.office.last_outcome(), "filed: task found by token");
    assert_eq!(story.office.stage(story.task), Stage::HandedOver);
    story.still_reads();
}

#[test]
fn a_mail_of_thirty_megabytes_is_taken_in_part_and_read() {
    let mut story = Story::begin();
    let boundary = "Content-Type: multipart/mixed; boundary=\"x\"";
    let mut mail = format!(
        "{}\nReferences: {}\nSubject: Re: [HB-1]\nMessage-ID: <big@work.test>\nMIME-Version: 1.0\n{boundary}\n\n--x\n\
         Content-Type: text/plain\n\nWhich folder do you want them in?\n--x\nContent-Type: application/zip\n\
         Content-Disposition: attachment; filename=\"all.zip\"\nContent-Transfer-Encoding: base64\n\n",
        ana(),
        story.reference()
    );
    let line = format!("{}\n", "QUJD".repeat(19));
    while mail.len() < 30_000_000 {
        mail.push_str(&line);
    }
    mail.push_str("--x--\n");
    story.office.raw_mail(mail.as_bytes());
    let cut = "filed: task found by token; too large to be fetched whole, so its files stayed in the mailbox";
    assert_eq!(story.office.last_outcome(), cut);
    let task = story.office.task(story.task);
    assert_eq!((task.questions.len(), task.doubts.len()), (1, 1), "{:#?}", story.office.outcomes());
    story.still_reads();
}

#[test]
fn a_bounce_of_our_letter_is_put_before_the_owner_and_not_answered() {
    let mut story = Story::begin();
    let id = story.reference();
    let report = format!(
        "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.work.test>\nTo: <{DESK}>\n{}\n\
         Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMessage-ID: <b@mx.work.test>\n\
         MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"r\"\n\n--r\n\
         Content-Type: text/plain\n\nYour message could not be delivered to ana@work.test.\n--r\n\
         Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.work.test\n\nFinal-Recipient: rfc822; ana@work.test\n\
         Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n--r\n\
         Content-Type: text/rfc822-headers\n\nMessage-ID: {id}\nSubject: [HB-1] August invoices\n\n--r--\n",
        date()
    );
    story.check_raw(&crlf(&report), "held: a letter to ana@work.test could not be delivered");
}

#[test]
fn an_out_of_office_is_noted_and_never_answered() {
    let mut story = Story::begin();
    let headers = format!(
        "{}\nTo: <{DESK}>\n{}\nAuto-Submitted: auto-replied\nX-Autoreply: yes\nMessage-ID: <o@work.test>\nIn-Reply-To: {{ref}}\n\
         Subject: Out of office Re: [HB-1] August invoices",
        ana(),
        date()
    );
    story.check(
        &headers,
        "I am out of the office until Monday 9 March and will answer then. For anything urgent call Ben.",
        "automatic: an automatic answer: away",
    );
}

#[test]
fn list_mail_and_robots_are_no_replies() {
    let list = "From: News <news@shop.test>\nList-Id: <news.shop.test>\nList-Unsubscribe: <https://shop.test/u>\nPrecedence: bulk\nSubject: Sale";
    Story::begin().check(list, "Everything is done! 50 % off.", "automatic: list mail");
    let robot = "From: <no-reply@parcel.test>\nSubject: Your parcel [HB-1]";
    Story::begin().check(robot, "Delivered.", "automatic: written by a machine");
}

#[test]
fn our_own_letter_that_comes_back_starts_no_loop() {
    let mut story = Story::begin();
    let ours = story.office.letter("task").bytes;
    story.check_raw(&ours, "ours: one of our own letters");
    // A forwarding rule of the assistant's sends it back under her own address.
    let mut forwarded = crlf("Received: from ana.test by mx.office.test; Mon, 2 Mar 2026 09:01:00 +0000\n");
    let from = String::from_utf8(ours).unwrap().replacen("tasks@office.test", "ana@work.test", 1);
    forwarded.extend(from.into_bytes());
    Story::begin().check_raw(&forwarded, "ours: one of our own letters");
}

#[test]
fn five_thousand_headers_are_read_all_the_same() {
    let mut story = Story::begin();
    let many: String = (0..5_000).map(|n| format!("X-Filler-{n}: {n}\n")).collect();
    let mail = format!(
        "{}\n{many}References: {}\nSubject: Re: [HB-1]\nMessage-ID: <many@work.test>\n\nWhich folder do you want them in?\n",
        ana(),
        story.reference()
    );
    story.office.raw_mail(&crlf(&mail));
    assert_eq!(story.office.last_outcome(), "filed: task found by token");
    assert_eq!(story.office.task(story.task).questions.len(), 1);
    story.still_reads();
}

#[test]
fn a_task_of_somebody_else_is_not_touched() {
    let mut story = Story::begin();
    story.office.hire("Ben Okafor", "Africa/Lagos");
    story.office.writes("ben@work.test", "Re: [HB-1] August invoices", "All done.");
    assert_eq!(story.office.last_outcome(), "held: it names HB-1, which is not a task of the sender's");
    assert_eq!(story.office.stage(story.task), Stage::HandedOver);
}

#[test]
fn more_than_sixty_mails_of_one_sender_in_an_hour_wait_for_the_owner() {
    let mut story = Story::begin();
    for number in 0..61 {
        story.office.assistant_writes(story.task, &format!("Thanks, this is number {number}."));
    }
    let outcomes = story.office.outcomes();
    assert_eq!(outcomes[59], "filed: task found by token");
    assert_eq!(outcomes[60], "held: too many mails from this sender within an hour");
}

#[test]
fn an_address_that_no_header_may_hold_reaches_nobody() {
    Story::begin().check(
        "From: Ana <ana@work.test\r\nBcc: eve@evil.test>\nSubject: [HB-1]",
        "Done.",
        "held: neither a valid token nor proof of the sender",
    );
}
