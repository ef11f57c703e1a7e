//! Blocks of header fields, original and forwarded messages, and "reply above this line".

use crate::{check, check_below, check_kept};

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
fn nothing_below_a_reply_above_line_is_the_authors() {
    check_below(&[
        "-- REPLY ABOVE THIS LINE --\n\nLaura asks: is it done?",
        "> -- REPLY ABOVE THIS LINE --\n\nLaura asks: is it done?",
        "> -- REPLY ABOVE\n> THIS LINE --\n>\n> Laura asks",
        "##- Please type your reply above this line -##\n\nYour task was updated.",
        "On 3 Mar 2026, at 09:41, Desk <desk@acme.example> wrote:\n\n> -- REPLY ABOVE THIS LINE --\n> \n> Updated.",
    ]);
}
