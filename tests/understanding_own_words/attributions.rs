//! "On …, Laura wrote:" in its many shapes, and what only looks like it.

use crate::{check, check_below, check_kept};

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
fn the_quoted_text_may_be_glued_to_the_attribution() {
    let below = "Sent from Yahoo Mail on Android\n\n  On Tue, Mar 3, 2026 at 9:41 AM, Laura<laura@stein.example> wrote:   \
                 Is it done?\n\nPlease tell me.";
    check_below(&[below]);
    check_kept("Two things for <laura@stein.example> to do:   the list, and the map.");
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
        "Laura Stein <laura@stein.example> blixu qo\n\n> Zum?",
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
fn attributions_of_smaller_mail_programs_go() {
    check_below(&[
        "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Tuesday, March 3rd, 2026 at 9:41 AM, Laura <laura@stein.example> wrote:\n\nIs it done?",
        "Laura Stein ---03/03/2026 09:41:10 AM---Is it done? Please tell\n\nFrom:\tLaura Stein/Acme\nTo:\tAna Cruz/Acme\nDate:\t03/03/2026 09:41 AM\n\nIs it done?",
        "3. März 2026, 09:41 von laura@stein.example:\n\nFertig?",
        "[Laura Stein, 03.03.2026 09:41]\n> Is it done?",
        "Sent from Yahoo Mail on Android\n\n  On Tue, Mar 3, 2026 at 9:41 AM, Laura<laura@stein.example> wrote:   Is it done?",
        "Sent via Superhuman ( https://sprh.example/?vip=x )\n\nOn Tue, Mar 03, 2026 at 9:41 AM, Laura Stein < laura@stein.example > wrote:\n\nIs it done?",
        "Quoting Laura Stein <laura@stein.example>:\n\n> Is it done?",
    ]);
}
