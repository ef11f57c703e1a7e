//! Signatures, closings, footers and banners.

use crate::{ANSWER, check, check_below, check_kept};

#[test]
fn a_signature_mark_takes_what_stands_below() {
    check_below(&[
        "-- \nAna Cruz\nAssistant\n+63 917 555 0100",
        "--\nAna Cruz\nAcme Ltd.",
        "--\u{a0}\nAna Cruz",
        "__\nAna Cruz\nana@cruz.example",
        "—\nAna Cruz",
        "—————\nAna Cruz\nAssistant",
        "***\nAna Cruz\nwww.cruz.example",
        "______________________________\nAna Cruz\nPhone: +63 917 555 0100",
        "==============================\nAna Cruz\nana@cruz.example",
    ]);
}

#[test]
fn rules_tables_and_lists_are_no_signature_marks() {
    check_kept(
        "Part one is done.\n\n---\n\nPart two needs the March folder, which Ben has not sent yet. I asked him twice.\n\nPart three follows on Friday.",
    );
    check_kept("Supplier   Price\n-----------------\nAcme       12.50\nBolt       13.00\n\nAcme is cheaper.");
    check_kept("```\n--\nselect 1\n--\n```\n\nThis query works.");
    check_kept("We have three choices:\n-- Acme, cheap\n-- Bolt, near\n-- Cord, fast\n\nI would take Bolt.");
    check_kept("--> one\n--> two\n\nBoth are done.");
    check_kept("The list -- all 64 lines -- is done.");
}

#[test]
fn a_name_behind_a_dash_goes_from_the_last_line() {
    check("Done so far.\n\n-ana", "Done so far.");
    check("Done so far.\n\n- Ana", "Done so far.");
    check("Done so far.\n/Ana", "Done so far.");
    check("Done so far.\n\n// Ana", "Done so far.");
    check_kept("Colours left:\n- red\n- blue");
}

#[test]
fn footers_of_phones_go_in_every_language() {
    for footer in [
        "Sent from my iPhone",
        "Sent from my BlackBerry® wireless device",
        "Sent from my Samsung Galaxy smartphone.",
        "Sent from Mail for Windows 10",
        "Sent from Mail<https://go.microsoft.com/fwlink/?LinkId=550986> for Windows",
        "Sent via mobile",
        "Sent with Proton Mail secure email.",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Get Outlook for Android",
        "(sent from a phone)",
        "<<sent by galaxy>>",
        "Sent from my phone, please excuse typos",
        "Please excuse any typos.",
        "Von meinem iPhone gesendet",
        "Von meinem Mobilgerät gesendet",
        "Gesendet von Outlook für Android",
        "Gesendet mit der GMX Mail App",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Envoyé depuis mon téléphone",
        "Envoyé de mon iPhone",
        "Envoyé à partir de Outlook pour iOS",
        "Verzonden met mijn telefoon",
        "Verstuurd vanaf mijn iPhone",
        "Sendt fra min iPhone",
        "Skickat från min iPhone",
        "Enviado desde mi iPhone",
        "Enviado do meu iPhone",
        "Inviato da iPhone",
        "Wysłane z iPhone'a",
        "Odesláno z mobilu",
        "Отправлено с iPhone",
        "Надіслано з iPhone",
        "Lähetetty iPhonesta",
        "iPhone'umdan gönderildi",
        "Στάλθηκε από το iPhone μου",
        "Dikirim dari iPhone saya",
        "Được gửi từ iPhone của tôi",
        "從我的 iPhone 傳送",
        "发自我的iPhone",
        "iPhoneから送信",
        "나의 iPhone에서 보냄",
        "נשלח מה-iPhone שלי",
        "أُرسلت من الـ iPhone",
    ] {
        check(&format!("{ANSWER}\n\n{footer}"), ANSWER);
        check(&format!("{ANSWER}\n{footer}\n\nOn 03/03/2026 09:41, Laura Stein wrote:\n> Is it done?"), ANSWER);
    }
}

#[test]
fn sentences_that_begin_like_a_footer_stay() {
    check_kept("Sent from my desk is easier than from the shop, so I wait until I am back.");
    check_kept("The alert was sent from my iPhone app to all shops.\n\nAll of them have it.");
    check_kept("I sent the file.\nSent it to Ben too, because he asked.");
}

#[test]
fn closings_and_their_names_stay() {
    for closing in [
        "Regards,\nAna",
        "Cheers\nAna",
        "Thanks,\nAna Cruz",
        "Mvh Ana",
        "Med venlig hilsen\nAna",
        "Viele Grüße\nAna Cruz",
        "Cordialement,\nAna",
        "Saludos,\nAna",
        "Pozdrawiam\nAna",
        "Z poważaniem,\nAna Cruz",
        "以上、よろしくお願いいたします。",
    ] {
        check_kept(&format!("{ANSWER}\n\n{closing}"));
    }
    check_kept("Thanks!");
    check("Thanks!\n\nOn 03/03/2026 09:41, Laura wrote:\n> All paid.", "Thanks!");
    check_kept("Ana Cruz\n\nThis is how I would like to be named on the site.");
}

#[test]
fn a_contact_block_without_a_mark_goes() {
    check(
        &format!(
            "{ANSWER}\n\nAna Cruz\nVirtual Assistant\nCruz Office Ltd.\nTel: +63 917 555 0100\nwww.cruz.example\nlinkedin.com/in/anacruz"
        ),
        ANSWER,
    );
    check(
        &format!("{ANSWER}\n\nBest regards,\nAna Cruz\nVirtual Assistant\nTel: +63 917 555 0100"),
        &format!("{ANSWER} Best regards, Ana Cruz"),
    );
}

#[test]
fn disclaimers_and_banners_go() {
    check_below(&[
        "This e-mail and any files with it are confidential and intended solely for the use of the person addressed. If you received it in error, please notify the sender and delete it.",
        "**********************************************************************\nThis message is intended only for the addressee and may be confidential. Any unauthorised disclosure is prohibited.\n**********************************************************************",
        "Disclaimer\nThe views expressed are those of the sender.",
        "Diese E-Mail ist vertraulich und ausschließlich für den Adressaten bestimmt. Sind Sie nicht der richtige Adressat, so löschen Sie sie bitte; sie wurde dann irrtümlich gesendet.",
        "This email has been checked for viruses by Scanit.\nwww.scanit.example",
    ]);
    check(
        &format!(
            "CAUTION: This email originated from outside of the organization. Do not click links unless you know the sender.\n\n{ANSWER}"
        ),
        ANSWER,
    );
    check(&format!("[EXTERNAL EMAIL]\n\n{ANSWER}"), ANSWER);
    check(
        &format!("You don't often get email from ana@cruz.example. Learn why this is important\n\n{ANSWER}"),
        ANSWER,
    );
}

#[test]
fn footers_of_lists_and_trackers_go() {
    check_below(&[
        "_______________________________________________\nshops mailing list\nshops@lists.acme.example\nhttps://lists.acme.example/shops",
        "---\nYou are receiving this because you are subscribed to this thread.\nReply to this email directly or view it online.",
        "> Is it done?\n\n_______________________________________________\nshops mailing list\nshops@lists.acme.example",
    ]);
}
