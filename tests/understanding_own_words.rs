//! What a sender newly typed: every pattern that real mail shows, with mails written for this test.

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

#[test]
fn an_attribution_goes_on_one_line_or_on_several() {
    check_below(&[
        "On Tue, Mar 3, 2026 at 9:41 AM, Laura Stein <laura@stein.example> wrote:\n> Is it done?\n",
        "On Tue, Mar 3, 2026 at 9:41 AM, Laura Stein\n<laura@stein.example> wrote:\n\n> Is it done?\n",
        "On Tue, Mar 3, 2026\nat 9:41 AM, Laura Stein\n<laura@stein.example>\nwrote:\n\n> Is it done?\n",
        "On Tue, Mar 3, 2026 at 9:41 AM Laura Stein <laura.stein@\nstein.example> wrote:\n\n> Is it done?\n",
        "On 3 Mar 2026, at 09:41, Laura Stein <laura@stein.example> wrote:\n\nIs it done?\nPlease tell me.",
        "On Tuesday, March 3, 2026, Laura Stein <laura@stein.example> wrote:\n\nIs it done?",
        "On 03/03/2026 09:41, Laura Stein wrote:\n> Is it done?",
    ]);
}

#[test]
fn an_attribution_may_be_glued_to_the_last_line_or_to_dashes() {
    check("all good On Tue, Mar 3, 2026 at 9:41 AM, Laura <laura@stein.example> wrote:\n> Is it done?", "all good");
    check("one moment--- On Tue, Mar 3, 2026 at 9:41 AM, laura@stein.example wrote:\n> Is it done?", "one moment");
    check(
        "First line.\nsecond line On 3 Mar 2026, at 09:41, Laura Stein <laura@stein.example> wrote:\n> Hi",
        "First line. second line",
    );
    check("gut Am 03.03.2026 um 09:41 schrieb Laura Stein <laura@stein.example>:\n> Fertig?", "gut");
}

#[test]
fn a_date_may_come_first_and_the_verb_be_missing() {
    check_below(&[
        "2026-03-03 9:41 GMT+01:00 Laura Stein <laura@stein.example>:\n\n> Is it done?",
        "2026-03-03 9:41 GMT+01:00 Laura Stein <laura@stein.example>:\n\nIs it done?",
        "2026/3/3 Laura Stein <laura@stein.example>\n\n> Is it done?",
        "3 March 2026, 9:41 am, Laura Stein, <laura@stein.example>:\n> Is it done?",
        "9:41 AM, March 3, 2026, Laura Stein <laura@stein.example>:\n\nIs it done?",
        "Tuesday, 3 March 2026, 9:41 AM +0300 from laura@stein.example <laura@stein.example>:\n\nIs it done?",
    ]);
}

#[test]
fn the_name_may_come_before_the_date() {
    check_below(&[
        "Laura Stein <laura@stein.example> schrieb am Di., 3. März 2026 um 09:41 Uhr:\n\n> Fertig?",
        "Laura Stein <laura@stein.example> schrieb am Di., 3. \nMärz 2026 um 09:41 Uhr:\n\n> Fertig?",
        "Laura Stein schrieb am 03.03.2026 um 09:41:\n> Fertig?",
        "Laura Stein <laura@stein.example> schreef op 3 mrt. 2026 om 09:41:\n> Klaar?",
        "Laura Stein (laura@stein.example) kirjoitti 3.3.2026 kello 9.41:\n> Valmis?",
    ]);
}

#[test]
fn the_verb_may_come_before_the_name() {
    check_below(&[
        "Am 03.03.2026 um 09:41 schrieb Laura Stein <laura@stein.example>:\n> Fertig?",
        "Am Di., 3. März 2026 um 09:41 Uhr schrieb Laura Stein <\nlaura@stein.example>:\n\n> Fertig?",
        "Am 03.03.26 um 09:41 schrieb Laura Stein:\n\nFertig?",
        "tir. 3. mar. 2026 kl. 09:41 skrev Laura Stein <laura@stein.example>:\n\n> Ferdig?",
        "Den tis 3 mars 2026 kl 09:41 skrev Laura Stein <laura@stein.example>:\n\n> Klar?",
        "Den 3. mar. 2026 kl. 09.41 skrev Laura Stein <laura@stein.example>:\n\nFærdig?",
        "Vào Th 3, 3 thg 3, 2026 vào lúc 09:41 Laura Stein <laura@stein.example> đã viết:\n\n> Xong chưa?",
    ]);
}

#[test]
fn the_verb_may_be_split_or_stand_alone() {
    check_below(&[
        "Op di 3 mrt. 2026 om 09:41 heeft Laura Stein <laura@stein.example> het volgende geschreven:\n\n> Klaar?",
        "Op 3 mrt. 2026 om 09:41 heeft Laura Stein <laura@stein.example> het\nvolgende geschreven:\n\nKlaar?",
        "Op 3 maart 2026 09:41 schreef Laura Stein het volgende:\n\nKlaar?",
        "Le mar. 3 mars 2026 à 09:41, Laura Stein <laura@stein.example> a écrit :\n\n> C'est fait ?",
        "Le mar. 3 mars 2026 à 09:41, Laura Stein <laura@stein.example>\na écrit :\n\nC'est fait ?",
        "Le 03/03/2026 à 09:41, Laura Stein a écrit\u{a0}:\n> C'est fait ?",
    ]);
}

#[test]
fn attributions_of_southern_and_central_europe_go() {
    check_below(&[
        "El mar, 3 mar 2026 a las 9:41, Laura Stein (<laura@stein.example>) escribió:\n\n> ¿Listo?",
        "El 3 de marzo de 2026, 9:41, Laura Stein <laura@stein.example> escribió:\n\n¿Listo?",
        "El dt., 3 de març 2026 a les 9:41, Laura Stein <laura@stein.example> va escriure:\n\n> Fet?",
        "Em ter., 3 de mar. de 2026 às 09:41, Laura Stein <laura@stein.example>\nescreveu:\n\n> Pronto?",
        "Em 3 de março de 2026 às 09:41, Laura Stein (\nlaura@stein.example) escreveu:\n\nPronto?",
        "Il giorno mar 3 mar 2026 alle ore 09:41 Laura Stein <laura@stein.example> ha\nscritto:\n\n> Fatto?",
        "In data 3 marzo 2026 alle ore 09:41:02, Laura Stein (laura@stein.example) ha scritto:\n\nFatto?",
        "W dniu 3.03.2026 o 09:41, Laura Stein pisze:\n> Gotowe?",
        "W dniu 3 marca 2026 09:41 użytkownik Laura Stein <laura@stein.example>\nnapisał:\n\nGotowe?",
        "wt., 3 mar 2026 o 09:41 Laura Stein <laura@stein.example> napisał(a):\n\n> Gotowe?",
        "Dnia 3 marca 2026 09:41 Laura Stein <laura@stein.example> napisał(a):\n\nGotowe?",
        "Laura Stein <laura@stein.example> ezt írta (időpont: 2026. márc. 3., K, 9:41):\n\n> Kész?",
        "2026. 03. 03. 9:41 keltezéssel, Laura Stein írta:\n> Kész?",
        "ti 3.3.2026 klo 9.41 Laura Stein (laura@stein.example) kirjoitti:\n\n> Valmis?",
        "út 3. 3. 2026 v 9:41 odesílatel Laura Stein <laura@stein.example> napsal:\n\n> Hotovo?",
        "ut 3. 3. 2026 o 9:41 Laura Stein <laura@stein.example> napísal(a):\n\n> Hotovo?",
        "Pe mar., 3 mar. 2026 la 09:41, Laura Stein <laura@stein.example> a scris:\n\n> Gata?",
    ]);
}

#[test]
fn attributions_in_other_scripts_go_with_their_marks() {
    check_below(&[
        "вт, 3 мар. 2026 г. в 09:41, Laura Stein <laura@stein.example>:\n\n> Готово?",
        "3 марта 2026 г., 09:41, Laura Stein <laura@stein.example>:\n\nГотово?",
        "3 марта 2026 г. 9:41 пользователь Laura Stein <laura@stein.example> написал:\n\nГотово?",
        "03.03.2026 09:41, Laura Stein пишет:\n> Готово?",
        "вт, 3 бер. 2026 р. о 09:41 Laura Stein <laura@stein.example> пише:\n\n> Готово?",
        "На вт, 3.03.2026 г. в 9:41 Laura Stein <laura@stein.example> написа:\n\n> Готово?",
        "Laura Stein <laura@stein.example>, 3 Mar 2026 Sal, 09:41 tarihinde şunu yazdı:\n\n> Bitti mi?",
        "Στις Τρί 3 Μαρ 2026 στις 9:41 π.μ., ο/η Laura Stein <laura@stein.example> έγραψε:\n\n> Έτοιμο;",
        "\u{200f}في الثلاثاء، 3 مارس 2026 في 9:41 ص تمت كتابة ما يلي بواسطة \u{202a}Laura Stein\u{202c}\u{200f} <\u{202a}laura@stein.example\u{202c}\u{200f}>:\u{202c}\n\n> تم؟",
        "\u{200f}\u{202b}בתאריך יום ג׳, 3 במרץ 2026 ב-9:41 מאת \u{202a}Laura Stein\u{202c}\u{200f} <\u{202a}laura@stein.example\u{202c}\u{200f}>:\u{202c}\n\n> מוכן?",
        "در تاریخ سه‌شنبه ۳ مارس ۲۰۲۶، ۹:۴۱ Laura Stein <laura@stein.example> نوشت:\n\n> تمام شد؟",
    ]);
}

#[test]
fn attributions_of_east_asia_go() {
    check_below(&[
        "在 2026年3月3日，上午9:41，Laura Stein <laura@stein.example> 写道：\n\n> 好了吗？",
        "Laura Stein <laura@stein.example> 于2026年3月3日周二 09:41写道：\n\n> 好了吗？",
        "Laura Stein <laura@stein.example> 於 2026年3月3日 週二 上午9:41寫道：\n\n> 好了嗎？",
        "2026年3月3日(火) 9:41 Laura Stein <laura@stein.example>:\n\n> できましたか？",
        "2026/03/03 9:41、Laura Stein <laura@stein.example>のメール:\n\n> できましたか？",
        "2026年3月3日 9:41、Laura Stein <laura@stein.example>のメッセージ:\n\n終わりましたか？",
        "2026년 3월 3일 (화) 오전 9:41, Laura Stein <laura@stein.example>님이 작성:\n\n> 끝났나요?",
        "2026. 3. 3. 오전 9:41, Laura Stein <laura@stein.example> 작성:\n\n끝났나요?",
    ]);
}

#[test]
fn a_language_nobody_listed_is_seen_by_its_shape() {
    check_below(&[
        "Qo 03.03.2026 09:41, Laura Stein <laura@stein.example> blixu:\n> Zum?",
        "Laura Stein <laura@stein.example> blixu qo vast:\n\n> Zum?",
        "Qo vast 2026-03-03 09:41 blixu Laura Stein:\n> Zum?",
    ]);
}

#[test]
fn other_words_than_wrote_are_known() {
    check_below(&[
        "On Mar 3, 2026 you wrote:\n\nIs it done?",
        "On Tue, Mar 3, 2026 at 9:41 AM Laura Stein <laura@stein.example> wrote\n> Is it done?",
        "---- On Tue, 03 Mar 2026 09:41:10 +0100 Laura Stein <laura@stein.example> wrote ----\n\nIs it done?",
        "---- Laura Stein wrote ----\n\n> Is it done?\n",
        "On 3-Mar-2026, at 9:41 AM, Laura Stein <laura@stein.example> sent:\n\n> Is it done?",
    ]);
}

#[test]
fn an_attribution_behind_its_own_mark_goes() {
    check_below(&[
        "> On 3 Mar 2026, at 09:41, Laura Stein <laura@stein.example> wrote:\n> \n> Is it done?",
        "> Op 3 mrt. 2026 om 09:41 heeft Laura Stein <laura@stein.example> het volgende geschreven:\n> \n> Klaar?\n",
        "> 在 2026年3月3日，上午9:41，Laura Stein <laura@stein.example> 写道：\n>\n> 好了吗？\n",
        "> Il giorno 3 mar 2026, alle ore 09:41, Laura Stein <laura@stein.example> ha scritto:\n>\n> Fatto?",
    ]);
}

#[test]
fn on_and_wrote_in_a_persons_own_lines_stay() {
    check_kept("On Monday I work until noon.\nOn Tuesday I am back at 9:00.\n\nOn the whole I am on time.");
    check_kept("One: the sheet is done.\nOn it are 64 lines.\n\nBen wrote me yesterday: he wants two more.");
    check_kept("See https://files.example.net/on/2026/who-wrote: the file is there.");
    check_kept("The supplier wrote:\n\n\"We deliver on 3 March.\"\n\nSo I wait.");
    check_kept("I wrote to ben@acme.example on 3 March at 9:41.\nNo answer so far.");
    check_kept("On 3 March 2026 the shop was closed. I went there at 9:41 for nothing.\n\nTomorrow again.");
}

#[test]
fn a_header_block_goes_with_or_without_a_rule() {
    check_below(&[
        "From: Laura Stein <laura@stein.example>\nSent: Tuesday, March 3, 2026 9:41 AM\nTo: Ana Cruz <ana@cruz.example>\nSubject: Price list\n\nIs it done?",
        "________________________________\nFrom: Laura Stein <laura@stein.example>\nSent: Tuesday, March 3, 2026 9:41 AM\nTo: Ana Cruz\nSubject: Price list\n\nIs it done?",
        "*From:* Laura Stein [mailto:laura@stein.example]\n*Sent:* Tuesday, March 3, 2026 9:41 AM\n*To:* Ana Cruz\n*Cc:* Ben\n*Subject:* Price list\n\nIs it done?",
        "  From: Laura Stein\n  Date: Tuesday, 3 March 2026 at 09:41\n  To: Ana Cruz\n  Subject: Price list\n\nIs it done?",
        "From: Laura Stein\n<laura@stein.example>\nSent: Tuesday, March 3, 2026 9:41 AM\nReply-To: <laura@stein.example>\nTo: Ana Cruz\nSubject: Re: The price list for the spring, with all\nshops and prices\n\nIs it done?",
        "From: laura@stein.example\nDate: Tue, 3 Mar 2026 09:41:10 -0600\n\nIs it done?",
    ]);
}

#[test]
fn header_blocks_of_many_languages_go() {
    check_below(&[
        "Von: Laura Stein <laura@stein.example>\nGesendet: Dienstag, 3. März 2026 09:41\nAn: Ana Cruz <ana@cruz.example>\nBetreff: Preisliste\n\nFertig?",
        "De : Laura Stein <laura@stein.example>\nEnvoyé : mardi 3 mars 2026 09:41\nÀ : Ana Cruz <ana@cruz.example>\nObjet : Liste de prix\n\nC'est fait ?",
        "De : Laura Stein <laura@stein.example>\nEnvoyé le :mardi 3 mars 2026 09:41\nÀ : Ana Cruz\nObjet :Liste\n\nC'est fait ?",
        "Da: Laura Stein <laura@stein.example>\nInviato: martedì 3 marzo 2026 09:41\nA: Ana Cruz\nOggetto: Listino\n\nFatto?",
        "Van: Laura Stein <laura@stein.example>\nVerzonden: dinsdag 3 maart 2026 09:41\nAan: Ana Cruz\nOnderwerp: Prijslijst\n\nKlaar?",
        "Fra: Laura Stein <laura@stein.example>\nSendt: 3. marts 2026 09:41\nTil: Ana Cruz\nEmne: Prisliste\n\nFærdig?",
        "Från: Laura Stein <laura@stein.example>\nSkickat: den 3 mars 2026 09:41\nTill: Ana Cruz\nÄmne: Prislista\n\nKlar?",
        "Od: Laura Stein <laura@stein.example>\nWysłano: 3 marca 2026 09:41\nDo: Ana Cruz\nTemat: Cennik\n\nGotowe?",
        "De: Laura Stein <laura@stein.example>\nEnviado el: martes, 3 de marzo de 2026 9:41\nPara: Ana Cruz\nAsunto: Lista\n\n¿Listo?",
        "发件人: Laura Stein <laura@stein.example>\n发送时间: 2026年3月3日 9:41\n收件人: Ana Cruz\n主题: 价目表\n\n好了吗？",
        "От: Laura Stein <laura@stein.example>\nОтправлено: 3 марта 2026 г. 9:41\nКому: Ana Cruz\nТема: Прайс\n\nГотово?",
        "差出人: Laura Stein <laura@stein.example>\n送信日時: 2026年3月3日 9:41\n宛先: Ana Cruz\n件名: 価格表\n\nできましたか？",
        "Message du : 03/03/2026 09:41\nDe : \"Laura Stein\" <laura@stein.example>\nA : ana@cruz.example\nSujet : Liste\n\nC'est fait ?",
        "Kimden: Laura Stein <laura@stein.example>\nGönderildi: 3 Mart 2026 Salı 09:41\nKime: Ana Cruz\nKonu: Fiyat listesi\n\nBitti mi?",
        "Lähettäjä: Laura Stein <laura@stein.example>\nLähetetty: tiistai 3. maaliskuuta 2026 9.41\nVastaanottaja: Ana Cruz\nAihe: Hinnasto\n\nValmis?",
    ]);
}

#[test]
fn header_fields_come_in_any_order_and_two_on_a_line() {
    check_below(&[
        "      De : Laura Stein <laura@stein.example>\n À : Ana Cruz <ana@cruz.example>\n Envoyé le : Mardi 3 mars 2026 9h41\n Objet : Liste\n\nC'est fait ?",
        "Subject: Price list\nDate: Tue, 3 Mar 2026 09:41\nFrom: Laura Stein <laura@stein.example>\nTo: ana@cruz.example\n\nIs it done?",
        "-------- Message d'origine --------\nDe : Laura Stein <laura@stein.example>\nDate : 03/03/26  09:41  (GMT+01:00)\nÀ : ana@cruz.example Objet : La liste\n\nC'est fait ?",
    ]);
}

#[test]
fn an_original_message_line_goes_with_all_below() {
    check_below(&[
        "-----Original Message-----\nFrom: Laura\n\nIs it done?",
        "----- Original message -----\nIs it done?",
        "*---------- ORIGINAL MESSAGE ----------*\n\nIs it done?",
        "-----Ursprüngliche Nachricht-----\nVon: Laura Stein\n\nFertig?",
        "-------- Message d'origine --------\nC'est fait ?",
        "-----Oprindelig meddelelse-----\nFra: Laura\n\nFærdig?",
        "-----Mensaje original-----\nDe: Laura\n\n¿Listo?",
        "----- Messaggio originale -----\nFatto?",
        "-------- Izvirno sporočilo --------\nOd: Laura Stein <laura@stein.example>\n\nKončano?",
        "-------- Zum qobli --------\nBlix: Laura Stein <laura@stein.example>\nVast: 03.03.2026 09:41\nNo: Ana Cruz <ana@cruz.example>\nTemo: Re: Zum\n\nZum?",
    ]);
    check(
        "-----Original Message-----\nFrom: Laura <laura@stein.example>\nSent: Today\nSubject: Price list\n\nIs it done?",
        "",
    );
}

#[test]
fn from_and_date_in_a_persons_own_lines_stay() {
    check_kept("From: the airport\nTo: the office\n\nI booked a taxi for both.");
    check_kept("I can offer this:\nDate: Wednesday 4 March\nTime: 10:00\nPlace: video call\n\nDoes it fit?");
    check_kept("From 310 suppliers 288 answered.\nTo be sure I called the rest.\nSubject to change, of course.");
    check_kept(
        "Contact found:\nName: Ben Ode\nEmail: ben@acme.example\nPhone: +49 30 5550 100\nDate: 3 March 2026\n\nShall I write to him?",
    );
}

#[test]
fn a_forward_keeps_the_note_above_and_nothing_else() {
    check_below(&[
        "---------- Forwarded message ---------\nFrom: Ben <ben@acme.example>\nDate: Tue, Mar 3, 2026 at 9:41 AM\nSubject: Prices\nTo: Ana <ana@cruz.example>\n\nHere they are.",
        "Begin forwarded message:\n\n> From: Ben <ben@acme.example>\n> Subject: Prices\n>\n> Here they are.",
        "Début du message réexpédié :\n\nDe: Ben <ben@acme.example>\n\nVoilà.",
        "-------- Message transféré --------\nSujet : Prix\n\nVoilà.",
        "-------- Weitergeleitete Nachricht --------\nBetreff: Preise\n\nBitte sehr.",
        "----- Forwarded by Ana Cruz/Acme on 03/03/2026 09:41 AM -----\n\nHere they are.",
    ]);
    check(
        "---------- Forwarded message ----------\nFrom: Ben <ben@acme.example>\nDate: Tue, Mar 3, 2026\nSubject: Prices\nTo: ana@cruz.example\n\nHere they are.",
        "",
    );
}

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
    let answers: Vec<(&str, &str)> =
        found.inline.iter().map(|answer| (answer.answers.as_str(), &found.text[answer.span.clone()])).collect();
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
fn nothing_below_a_reply_above_line_is_the_authors() {
    check_below(&[
        "-- REPLY ABOVE THIS LINE --\n\nLaura asks: is it done?",
        "> -- REPLY ABOVE THIS LINE --\n\nLaura asks: is it done?",
        "> -- REPLY ABOVE\n> THIS LINE --\n>\n> Laura asks",
        "##- Please type your reply above this line -##\n\nYour task was updated.",
        "On 3 Mar 2026, at 09:41, Desk <desk@acme.example> wrote:\n\n> -- REPLY ABOVE THIS LINE --\n> \n> Updated.",
    ]);
}

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

#[test]
fn quote_elements_of_mail_programs_go() {
    for quote in [
        r#"<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Mar 3, 2026 Laura &lt;<a href="mailto:l@s.example">l@s.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">Is it done?</blockquote></div>"#,
        r#"<div class="gmail_extra"><br><div class="gmail_quote">On Tue, Mar 3, 2026 Laura wrote:<br><blockquote class="gmail_quote">Is it done?</blockquote></div></div>"#,
        r#"<div><blockquote type="cite"><div>On 3 Mar 2026, at 09:41, Laura wrote:</div><div>Is it done?</div></blockquote></div>"#,
        r#"<div class="moz-cite-prefix">Am 03.03.26 schrieb Laura:<br></div><blockquote type="cite" cite="mid:1@s.example">Fertig?</blockquote>"#,
        r#"<div id="yahoo_quoted_1" class="yahoo_quoted">On Tuesday, Laura wrote:<br>Is it done?</div>"#,
        r#"<div name="quote" style="margin:10px"><div><b>Gesendet:</b> Dienstag<br><b>Von:</b> Laura</div><div name="quoted-content">Fertig?</div></div>"#,
        r#"<span id="OLK_SRC_BODY_SECTION"><div>From: Laura</div><div>Is it done?</div></span>"#,
        r#"<hr><div id="divRplyFwdMsg"><b>From:</b> Laura<br><b>Sent:</b> Tuesday</div><div>Is it done?</div>"#,
        r#"<div id="x_appendonsend"></div><hr><div id="x_divRplyFwdMsg"><b>From:</b> Laura</div><p>Is it done?</p>"#,
        r#"<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Laura &lt;l@s.example&gt;<br><b>Sent:</b> Tuesday, March 3, 2026 9:41 AM<br><b>To:</b> Ana<br><b>Subject:</b> List</p></div><p>Is it done?</p>"#,
        r#"<div>Вторник, 3 марта 2026, 9:41 +03:00 от Laura &lt;l@s.example&gt;:<br><blockquote style="border-left:1px solid">Готово?</blockquote></div>"#,
        r#"<div>03.03.2026, 09:41, "Laura" &lt;l@s.example&gt;:</div><blockquote><p>Готово?</p></blockquote>"#,
        r#"<div class="protonmail_quote">On Tuesday, Laura wrote:<blockquote type="cite">Is it done?</blockquote></div>"#,
    ] {
        check_html(
            &format!(
                "<html><body><div>The list is done.</div><div><br></div><div>Shall I go on?</div><br>{quote}</body></html>"
            ),
            "The list is done. Shall I go on?",
        );
    }
}

#[test]
fn bare_text_headers_and_meant_quotations_are_told_apart_in_html() {
    check_html("Done.<br><blockquote>On Tue, Laura wrote: is it done?</blockquote>", "Done.");
    check_html(
        "<p>Done.<br>On Tue, Mar 3, 2026 at 9:41 AM, Laura &lt;l@s.example&gt; wrote:<br>&gt; Is it done?</p>",
        "Done.",
    );
    check_html(
        "<div>Done.<br><hr><b>From:</b> l@s.example<br><b>Date:</b> Tue, 3 Mar 2026 09:41<br><b>To:</b> ana@c.example<br><b>Subject:</b> List<br><br>Is it done?</div>",
        "Done.",
    );
    check_html(
        "<p>The terms say:</p><blockquote>Delivery within 5 days.</blockquote><p>So we are fine.</p>",
        "The terms say: Delivery within 5 days. So we are fine.",
    );
}

#[test]
fn answers_typed_into_quoted_html_stay() {
    check_html(
        r#"<div class="gmail_quote"><div class="gmail_attr">On Tue, Laura wrote:</div><blockquote class="gmail_quote">Is it done?</blockquote><div>Yes.</div><blockquote class="gmail_quote">Who has it?</blockquote><div>Ben.</div></div>"#,
        "Yes. Ben.",
    );
    check_html(r#"<blockquote type="cite">Is it done?</blockquote><p>Yes, since noon.</p>"#, "Yes, since noon.");
    check_html(
        "<!--[if mso]><p>hidden</p><![endif]--><p>Done.<o:p></o:p></p><p>On 3 Mar 2026, at 09:41, Laura Stein <laura@stein.example> wrote:</p><p>Is it done?</p>",
        "Done.",
    );
    check_html("<style>p { color: red }</style><script>alert(1)</script><title>Re</title><p>Done.</p>", "Done.");
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
