//! What becomes of the bytes of a message, sound and broken.

use super::*;

fn mail(text: &str) -> Mail {
    decode(text.replace('\n', "\r\n").as_bytes())
}

#[test]
fn the_fields_of_a_reply_are_read() {
    let mail = mail(
        "From: \"Cruz, Ana\" <Ana@Cruz.example>\nTo: desk@acme.example, Ben <ben@acme.example>\nCc: eve@acme.example\nSubject: =?utf-8?Q?Re=3A_[HB-7]_Pr=C3=A4sente?=\nDate: Tue, 3 Mar 2026 09:41:10 +0800\nMessage-ID: <1@cruz.example>\nIn-Reply-To: <hb.7@acme.example>\nReferences: <hb.6@acme.example>\n <hb.7@acme.example>\nX-Note: a\n folded  line\n\nDone.\n",
    );
    assert_eq!(mail.sender().unwrap().as_str(), "ana@cruz.example");
    assert_eq!(mail.from[0].name, "Cruz, Ana");
    assert_eq!(mail.to.len(), 2);
    assert_eq!(mail.cc.len(), 1);
    assert_eq!(mail.subject, "Re: [HB-7] Präsente");
    assert_eq!(mail.date.unwrap().to_rfc3339(), "2026-03-03T09:41:10+08:00");
    assert_eq!(mail.message_id, Some(MessageId("1@cruz.example".to_owned())));
    assert_eq!(mail.in_reply_to, [MessageId("hb.7@acme.example".to_owned())]);
    assert_eq!(mail.references.len(), 2);
    assert_eq!(mail.header("x-note").collect::<Vec<_>>(), ["a folded  line"]);
    assert_eq!(mail.text.as_deref().map(str::trim), Some("Done."));
    assert!(mail.defects.is_empty(), "{:?}", mail.defects);
}

#[test]
fn every_from_header_counts_and_two_make_no_sender() {
    let mail = mail("From: ana@cruz.example\nFrom: owner@acme.example\nSubject: x\n\nDone.\n");
    assert_eq!(mail.from_headers, 2);
    assert_eq!(mail.from.len(), 2);
    assert_eq!(mail.sender(), None);
    assert!(mail.defects.iter().any(|defect| defect.contains("2 From")));
}

#[test]
fn a_second_date_or_subject_changes_nothing() {
    let mail = mail(
        "From: a@b.example\nSubject: one\nSubject: two\nDate: Tue, 3 Mar 2026 09:41:10 +0000\nDate: Wed, 4 Mar 2026 09:41:10 +0000\n\nx\n",
    );
    assert_eq!(mail.subject, "one");
    assert_eq!(mail.date.unwrap().to_rfc3339(), "2026-03-03T09:41:10+00:00");
}

#[track_caller]
fn check_text(head: &str, body: &[u8], expected: &str) {
    let mut raw = format!("From: a@b.example\r\n{head}\r\n\r\n").into_bytes();
    raw.extend_from_slice(body);
    assert_eq!(decode(&raw).text.as_deref().map(str::trim_end), Some(expected));
}

#[test]
fn charsets_are_read_and_missing_ones_guessed() {
    check_text("Content-Type: text/plain; charset=iso-8859-15", b"12 \xa4", "12 €");
    check_text("Content-Type: text/plain; charset=koi8-r", b"\xe4\xc1", "Да");
    check_text("Content-Type: text/plain; charset=shift_jis", b"\x82\xcd\x82\xa2", "はい");
    check_text("Content-Type: text/plain; charset=utf-8", "très".as_bytes(), "très");
    check_text("Content-Type: text/plain; charset=utf-8", b"tr\xe8s bien", "très bien");
    check_text("X-Nothing: said", b"caf\xe9", "café");
    // A broken byte in text that is UTF-8 otherwise stays a hole.
    check_text("Content-Type: text/plain; charset=utf-8", b"\xd0\x94\xd0\xb0 \xaa", "Да \u{fffd}");
}

#[test]
fn transfer_encodings_and_soft_breaks_are_undone() {
    check_text("Content-Transfer-Encoding: quoted-printable", b"Preis=C3=A4=\r\n 12", "Preisä 12");
    check_text("Content-Transfer-Encoding: base64", b"RG9uZS4=", "Done.");
    check_text("Content-Type: text/plain; format=flowed", b"All 64 \r\nlines.\r\nAna", "All 64 lines.\nAna");
}

const MIXED: &str = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/alternative; boundary=n\n\n--n\nContent-Type: text/plain\n\nDone.\n--n\nContent-Type: text/html\n\n<p>Done.</p>\n--n--\n--m\nContent-Type: text/plain; name=list.txt\nContent-Disposition: attachment; filename=list.txt\nContent-Transfer-Encoding: base64\n\ncmVkCg==\n--m\nContent-Type: message/rfc822\n\nSubject: Old\nTo: ben@acme.example\n\nOld text\n--m--\n";

#[test]
fn bodies_and_files_are_told_apart() {
    let mail = mail(MIXED);
    assert_eq!(mail.text.as_deref().map(str::trim), Some("Done."));
    assert_eq!(mail.html.as_deref().map(str::trim), Some("<p>Done.</p>"));
    let kinds: Vec<(&str, bool)> = mail.parts.iter().map(|part| (part.media_type.as_str(), part.attached)).collect();
    assert_eq!(kinds, [("text/plain", false), ("text/html", false), ("text/plain", true), ("message/rfc822", true)]);
    assert_eq!(mail.files().map(|(index, _)| index).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(mail.parts[2].name.as_deref(), Some("list.txt"));
    assert_eq!(mail.parts[2].size, 4);
    let enclosed = mail.parts[3].text.as_deref().unwrap();
    assert!(enclosed.contains("ben@acme.example") && !enclosed.contains("Old text"), "{enclosed}");
}

#[test]
fn the_bytes_of_a_file_come_back_whole() {
    let raw = MIXED.replace('\n', "\r\n");
    assert_eq!(part_bytes(raw.as_bytes(), 2), Some(b"red\n".to_vec()));
    assert!(part_bytes(raw.as_bytes(), 3).unwrap().starts_with(b"Subject: Old"));
    assert_eq!(part_bytes(raw.as_bytes(), 4), None);
    assert_eq!(part_bytes(b"", 0), None);
}

#[test]
fn delivery_reports_keep_their_fields_as_text() {
    let mail = mail(
        "From: a@b.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\nSorry.\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; ben@acme.example\nAction: failed\n--r\nContent-Type: text/rfc822-headers\n\nSubject: Old\n--r--\n",
    );
    assert!(mail.parts[1].text.as_deref().unwrap().contains("Final-Recipient"));
    assert!(!mail.parts[1].attached && !mail.parts[2].attached);
    assert!(mail.parts[2].text.as_deref().unwrap().contains("Old"));
}

/// A winmail.dat with a body and one file name, as MS-OXTNEF lays them out.
fn winmail() -> Vec<u8> {
    let mut bytes = vec![0x78, 0x9f, 0x3e, 0x22, 1, 0];
    for (level, id, data) in [(1_u8, 0x0002_800C_u32, &b"All done.\0"[..]), (2, 0x0001_8010, b"list.xlsx\0")] {
        bytes.push(level);
        bytes.extend(id.to_le_bytes());
        bytes.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
        bytes.extend(data);
        bytes.extend([0, 0]);
    }
    bytes
}

#[test]
fn winmail_gives_its_body_and_names_its_files() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let raw = format!(
        "From: a@b.example\r\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        STANDARD.encode(winmail())
    );
    let mail = decode(raw.as_bytes());
    assert_eq!(mail.text.as_deref(), Some("All done."));
    assert!(mail.defects.iter().any(|defect| defect.contains("list.xlsx")), "{:?}", mail.defects);
    assert_eq!(mail.parts[0].name.as_deref(), Some("winmail.dat"));
    let broken = decode(b"From: a@b.example\r\nContent-Type: application/ms-tnef\r\n\r\nFixture");
    assert!(
        broken.defects.iter().any(|defect| defect.contains("winmail.dat cannot be read")),
        "{:?}",
        broken.defects
    );
}

#[test]
fn a_multipart_without_parts_is_still_read() {
    let mail = mail("From: a@b.example\nContent-Type: multipart/alternative; boundary=gone\n\nDone, all 64.\n");
    assert!(mail.text.as_deref().is_some_and(|text| text.contains("all 64")), "{mail:?}");
}

#[test]
fn a_bare_return_ends_lines_where_nothing_else_does() {
    let mail = decode(b"From: a@b.example\rSubject: x\r\rDone.\rAna\r");
    assert_eq!(mail.subject, "x");
    assert_eq!(mail.text.as_deref().map(str::trim), Some("Done.\nAna"));
}

#[test]
fn an_envelope_line_is_no_header() {
    let mail = decode(b"From ana@cruz.example Tue Mar  3 09:41:10 2026\nFrom: a@b.example\n\nDone.\n");
    assert_eq!((mail.from_headers, mail.text.as_deref().map(str::trim)), (1, Some("Done.")));
}

#[test]
fn two_copies_are_alike_whatever_servers_added_and_two_mails_are_not() {
    let one = content_hash(&mail(MIXED));
    let relayed = MIXED.replace("From: a@b.example", "Received: from mx\nX-Spam: no\nFrom: a@b.example");
    assert_eq!(one, content_hash(&mail(&relayed)));
    assert_ne!(one, content_hash(&mail(&MIXED.replace("Done.", "Done!"))));
    assert_ne!(one, content_hash(&mail(&MIXED.replace("a@b.example", "c@b.example"))));
    let quoted = "From: a@b.example\n\nDone.\n";
    let encoded = "From: a@b.example\nContent-Transfer-Encoding: base64\n\nRG9uZS4NCg==\n";
    assert_eq!(content_hash(&mail(quoted)), content_hash(&mail(encoded)));
}

#[test]
fn bytes_that_are_no_mail_become_a_mail_with_a_defect() {
    for raw in [&b""[..], b"\xff\xfe\0\0", b"no header at all", b"\r\n\r\n", b":", b"From"] {
        let mail = decode(raw);
        assert!(!mail.defects.is_empty(), "{raw:?}");
        assert_eq!(mail.sender(), None);
    }
}

#[test]
fn five_thousand_parts_take_bounded_time() {
    let mut raw = String::from("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n");
    for number in 0..5_000 {
        raw.push_str(&format!("--m\r\nContent-Type: text/plain\r\n\r\nPart {number}.\r\n"));
    }
    raw.push_str("--m--\r\n");
    let begun = std::time::Instant::now();
    let mail = decode(raw.as_bytes());
    assert_eq!(mail.parts.len(), 5_000);
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[test]
fn deeply_enclosed_messages_do_not_overflow_the_stack() {
    let enclosed = "Content-Type: message/rfc822\r\n\r\n".repeat(20_000);
    assert!(!decode(format!("From: a@b.example\r\n{enclosed}Done.").as_bytes()).parts.is_empty());
    let many = "Content-Type: message/rfc822\r\n\r\n".repeat(500_000);
    assert!(!decode(format!("From: a@b.example\r\n{many}Done.").as_bytes()).parts.is_empty());
    let nested: String =
        (0..3_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n")).collect();
    drop(decode(format!("From: a@b.example\r\n{nested}\r\nDone.").as_bytes()));
}
