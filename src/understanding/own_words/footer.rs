//! What programs and companies put round a person's words: phone footers, disclaimers, banners, list
//! footers and "reply above this line".

use super::shape;
use crate::understanding::pattern::{lower_pattern, lower_patterns};
use regex::{Regex, RegexSet};
use std::sync::LazyLock;

const LONGEST_OPENING: usize = 2_000;

/// A phone footer is a short line.
const LONGEST_PHONE_LINE: usize = 160;

/// Openings of "Sent from my phone" where the verb comes first. A whole line must fit.
const SENT_FIRST: &[&str] = &[
    // English
    r"this (?:e-?mail|message) (?:was|has been) (?:sent|written|typed) (?:from|via|with|using|by|on) (?:my|an?|the)\b",
    r"(?:sent|written|typed|composed|posted|dictated|swiped) (?:\w+ )?(?:from|via|with|using|by|on|through|while|in|thru)\b",
    r"sent a magnificent\b",
    r"yahoo mail:",
    r"typos? (?:courtesy|by|thanks|brought)\b",
    r".+ reacted via (?:gmail|outlook|.+)\b",
    r"get (?:outlook|the .+ app|mailspring|edison|spark|yahoo mail)\b",
    r"download (?:outlook|the .+ app)\b",
    r"(?:via|from) (?:my |a )?(?:mobile|phone|iphone|ipad|android|blackberry|smartphone|tablet)\b",
    r"(?:please |kindly )?(?:excuse|pardon|forgive|ignore) (?:any |my |the )?(?:typos?|typoz\w*|typing|brevity|spelling|errors|mistakes|short)",
    r"(?:apologies|sorry) for (?:any |the |my )?(?:typos?|brevity|auto-?correct|spelling)",
    r"(?:yahoo|aol|proton|hotmail|outlook) mail\b.*(?:android|iphone|ios|mobile)",
    // German, Dutch, Scandinavian
    r"(?:diese|dieses|die|das) (?:nachricht|mail|e-?mail) (?:wurde|ist) .+(?:gesendet|verschickt|geschrieben|versandt)",
    r"(?:von|vom|aus|mit|über|per) .+ (?:gesendet|verschickt|geschrieben|versandt|verfasst)",
    r"(?:gesendet|versendet|verschickt|geschrieben) (?:von|vom|mit|über|aus|via|per|auf)\b",
    r"(?:hol(?:en sie sich)?|laden sie) outlook\b",
    r"(?:verzonden|verstuurd|gestuurd|verstuur) (?:met|vanaf|vanuit|via|van|vanop|from|mei)\b",
    r"(?:stjoerd|gestuur|geschéckt) (?:fan|van|vanaf|vun|mat|mei)\b",
    r"(?:outlook voor|download outlook|outlook für|outlook pour|outlook para|outlook per) (?:ios|android)",
    r"(?:sendt|skickat|skickades|skickad|sent|sendur|sendt|sent|sendi|sent frå) (?:fra|från|med|via|frá|úr|frå|ifrån)\b",
    r"(?:skaffa|hent|få|hämta|hae) outlook\b",
    // Romance
    r"(?:envoyée?s?|expédié|transmis)(?: sans fil)? (?:depuis|de|du|d'|à partir|avec|via|par)\b",
    r"(?:télécharge[rz]|obtenez|obtenir) outlook\b",
    r"(?:enviado|enviada|mandado|escrito|remitido) (?:desde|do|da|de|del|con|com|a partir|via|vía|por|dende|pelo|no)\b",
    r"(?:obtener|obtén|obter|obtenha|descarga|ottieni|scarica|baixar) outlook\b",
    r"(?:inviato|inviata|spedito|scritto) (?:da|dal|dallo|dalla|con|tramite|via)\b",
    r"(?:enviat|tramès) (?:des|de|del|amb|via)\b",
    r"(?:trimis|expediat) (?:de pe|de la|din|cu|prin|via|folosind)\b",
    r"mandatu da\b|spedito da\b|mandat da\b",
    // Slavic
    r"(?:wysłane|wysłano|wysłana|napisane|wiadomość wysłana|wysłany) (?:z|ze|za|przez|przy|w)\b",
    r"(?:odesláno|odoslané|odeslané|odoslaná|zasláno|poslané|posláno|poslano|poslato|odoslaná) (?:z|ze|zo|s|sa|iz|z mého|pomocou|pomocí|preko|putem|od)\b",
    r"(?:отправлено|отправлена|послано|написано|послато|изпратено|испратено|пратено|адпраўлена|даслана) (?:с|со|из|через|от|са|са|преко|од|з|при помощи|чрез|путем|праз)\b",
    r"(?:надіслано|відправлено|послано|написано) (?:з|із|зі|через|за допомогою)\b",
    // Other European
    r"(?:lähetetty|lähetettiin)\b.*",
    r"(?:saadetud)\b.*",
    r"(?:elküldve|küldve|küldte|elküldött)\b.*",
    r"(?:στάλθηκε|εστάλη|απεστάλη|αποστολή|εστάλει|σταλμένο) (?:από|με|απο|μέσω)\b",
    r"(?:išsiųsta|siųsta|siunčiama) (?:iš|naudojant|per)\b",
    r"(?:nosūtīts|sūtīts|nosūtīta) (?:no|izmantojot|ar)\b",
    r"(?:dërguar|derguar) (?:nga|me|përmes)\b",
    r"(?:seolta|seolte|chuireadh) (?:ó|ón|as|le)\b",
    r"(?:anfonwyd|wedi'i anfon|cafodd ei anfon) (?:o|oddi|gan|drwy)\b",
    r"(?:kaset|skrivet) (?:eus|gant|digant)\b",
    r"(?:bidalita|bidalia)\b.*",
    r"(?:sendita|sendite|skribita) (?:de|per|el)\b",
    // Asia and Africa
    r"(?:dikirim|dihantar|terkirim) (?:dari|daripada|dengan|melalui|menggunakan|lewat)\b",
    r"(?:ipinadala|naipadala|sinulat|ipinasa) (?:mula|gamit|sa|galing|mula sa|ko)\b",
    r"(?:được gửi|đã gửi|gửi) (?:từ|bằng|qua|đi từ)\b",
    r"(?:imetumwa|imetumiwa) (?:kutoka|kwa|kupitia)\b",
    r"(?:أُ?رسلت?|تم الإرسال|مُ?رسلة?|أُرسل|ارسل|ارسلت|تم إرسال\w*) (?:من|باستخدام|عبر|بواسطة|مِن)",
    r"(?:ارسال شده|ارسال‌شده|فرستاده شده|ارسال) (?:از|با|توسط)",
    r"(?:נשלח|נשלחה) (?:מ|באמצעות|דרך)",
    r"(?:ส่งจาก|ส่งมาจาก|ส่งโดย|ส่งผ่าน)",
    r"(?:发自|發自|發送自|发送自|寄自|從我的|从我的|來自我的|来自我的|通过我的|透過我的|由我的|从|從).*",
    r"(?:send|sendt) vanaf\b",
];

/// The same where the verb comes last.
const SENT_LAST: &[&str] = &[
    r".+(?:から送信|から送信しました|より送信|から送信されました|で送信|からの送信|を使用して送信)",
    r".+(?:에서 보냄|에서 보냈습니다|에서 전송됨|에서 보낸 메일|으로 보냄|에서 전송|로 보냄|에서 발송)",
    r".+(?:gönderildi|gönderilmiştir|gönderdim|göndərilib|yollandı)",
    r".+(?:से भेजा गया|से भेजा|থেকে পাঠানো|থেকে পাঠানো হয়েছে|থেকে প্রেরিত|இலிருந்து அனுப்பப்பட்டது|നിന്ന് അയച്ചത്|నుండి పంపబడింది|वरून पाठवले|થી મોકલેલ|ਤੋਂ ਭੇਜਿਆ)",
    r".+(?:lähetetty|saadetud|bidalita|bidalia|küldve|elküldve|küldtem|küldöm)",
    r".+(?:传送|傳送|发送|發送|发出|發出|寄出)",
    r".+(?:გაგზავნილია|ուղարկված է|жіберілді|yuborildi|илгээв|илгээсэн)",
];

static PHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let lines = format!("^(?:{}|(?:{})[.!。]?$)", SENT_FIRST.join("|"), SENT_LAST.join("|"));
    // These words end in any script.
    lower_pattern(&lines.replace(r"\b", r"(?:\P{L}|$)"))
});

/// Things that send mail by themselves: a footer that names one is a footer for sure.
static DEVICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    lower_pattern(
        r"iphone|ipad|ipod|ios|android|blackberry|galaxy|samsung|huawei|xiaomi|redmi|nokia|htc|lg |oneplus|pixel|motorola|mobil|handy|smartphone|phone|tablet|tablette|windows|outlook|gmail|yahoo|mail|aol|proton|thunderbird|k-9|spark|app\b|device|gerät|apparaat|telef|téléphone|tel[eé]fono|celular|móvil|телефон|устройств|мобіл|мобил|手机|手機|携帯|스마트폰|휴대|ponsel|hp |điện thoại|मोबाइल|móbil|word|wireless|verizon|at&t|t-mobile|orange|vodafone|computer|laptop|pc\b|mac\b|web|cloud|https?:",
    )
});

/// Whether the line is a phone footer. Sentences that only begin like one are longer, go on in
/// prose, or end in a full stop.
pub(super) fn is_phone_line(line: &str) -> bool {
    if line.len() > LONGEST_PHONE_LINE || line.ends_with('?') || shape::word_count(line) > 16 {
        return false;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "()[]<>*_-–—~\"'|#".contains(c));
    let lower = shape::lower(bare);
    if !PHONE.as_ref().is_some_and(|phone| phone.is_match(&lower)) {
        return false;
    }
    let words = shape::word_count(&lower);
    let names_device = DEVICE.as_ref().is_some_and(|device| device.is_match(&lower));
    let prose = [" is ", " are ", " and i ", " because ", " but ", " so ", " which ", " we ", " you ", " will "]
        .iter()
        .any(|word| lower.contains(word));
    let apologises = ["excuse", "typo", "brevity", "pardon", "forgive"].iter().any(|word| lower.contains(word));
    // Without a device it may be news: "Sent with the courier". Nobody writes "Sent from" so.
    let is_vague = lower.starts_with("sent ") && !lower.starts_with("sent from ") && !lower.starts_with("sent via ");
    let fits = names_device && words <= 14 || words <= 8 && !is_vague && !lower.contains(char::is_numeric);
    fits && (!prose || apologises)
}

/// Whether the line names a device, program or link and is longer than "Sent by email".
pub(super) fn names_phone(line: &str) -> bool {
    shape::word_count(line) >= 4 && DEVICE.as_ref().is_some_and(|device| device.is_match(&shape::lower(line)))
        || !line.is_ascii()
}

/// Words of disclaimers; a paragraph with two of them is one.
static DISCLAIMER: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    lower_patterns([
        r"intended (?:solely|only|exclusively)|solely (?:for|intended)|(?:only|sole|exclusive|intended) (?:for the )?use (?:of|by)|intended (?:recipient|addressee)|named (?:recipient|addressee)",
        r"confidential|legally privileged|privileged",
        r"(?:received|receive|sent) (?:this|it) (?:\S+ )?(?:\S+ )?(?:in error|by mistake)|in error",
        r"notify (?:the |us|me)|delete (?:it|this|the|all)|destroy (?:it|all|the|any)",
        r"(?:unauthori[sz]ed|prohibited|unlawful|strictly).{0,60}(?:use|disclosure|copying|distribution|prohibited|disseminat)|dissemination|disclosure",
        r"virus|malware|scanned|swept|certified",
        r"liability|liable|warrant|does not accept|do not necessarily (?:reflect|represent)|views (?:or opinions )?expressed|legally binding",
        r"registered (?:in|office|number|company|address)|company (?:number|registration)|vat (?:no|number|reg)|registered under",
        r"consider the environment|think before (?:you )?print|before printing",
        r"monitored|recorded for|data protection",
    ])
});

/// The same in other languages: two different words of one language in a paragraph.
const FOREIGN_DISCLAIMERS: &[&str] = &[
    r"vertraulich|ausschließlich für|irrtümlich|nicht der richtige adressat|rechtlich geschützt|unbefugte",
    r"confidentiel|destinataire|par erreur|toute (?:utilisation|diffusion)|exclusivement",
    r"confidencial|destinatari[oa]|por error|por engano|exclusivamente|prohibid[oa]|proibid[oa]|notifique",
    r"riservat[oa]|riservate|esclusivamente|per errore|destinatari\b|vietat[oa]|d\.lgs",
    r"vertrouwelijk|geadresseerde|uitsluitend|ten onrechte|bestemd voor",
    r"poufn[eay]|wyłącznie|adresat|omyłkow|zabronione",
    r"конфиденциальн|исключительно|адресат|по ошибке|конфіденційн|виключно|помилково",
    r"fortroli|udelukkende|utelukkende|konfidentiell|avsedd för|fejlagtigt",
    r"機密|秘密|本邮件|本郵件|本メール|誤って|误收|誤收",
    r"gizli|yalnızca|yanlışlıkla|rahasia|bảo mật|luottamuksellinen|bizalmas|důvěrn|dôvern|zaupn|povjerljiv|поверитель|εμπιστευτικ|confidențial",
];

static FOREIGN: LazyLock<Vec<Regex>> =
    LazyLock::new(|| FOREIGN_DISCLAIMERS.iter().filter_map(|words| lower_pattern(words)).collect());

static ANY_FOREIGN: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| lower_patterns(FOREIGN_DISCLAIMERS.iter().copied()));

/// Lines that alone open a footer: the company's, the scanner's, the list's, the ticket system's.
static FOOTER_OPENING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    lower_pattern(
        &[
        r"^(?:legal |confidentiality |e-?mail |privacy )?(?:disclaimer|confidentiality notice|legal notice|notice of confidentiality|haftungsausschluss|rechtlicher hinweis|avis de confidentialité|aviso legal|aviso de confidencialidad|avviso di riservatezza|clausola di riservatezza)\b\s*[:：.-]?",
        r"^(?:this|the information (?:contained |transmitted )?in this|the contents of this|any|important:? this) (?:e-?mail|message|communication|transmission|electronic)\b.*(?:intended|privileged|may contain|virus|scanned|attach)",
        r"^(?:e-?mail|message|mail) (?:scanned|checked|protected) (?:by|for)|^(?:https?:\S+\s+)?(?:virus[- ]free|scanned by|checked by|protected by|no virus found|this email (?:has been|was) (?:checked|scanned)|virenfrei|libre de virus|garanti sans virus|virusvrij|без вирусов)\b",
        r"^you(?:'re| are| have)? (?:receiv|receiving|received|getting|got) (?:this|these)\b|^you (?:received|are receiving) this (?:message|email|mail) because",
        r"^(?:click here to|if you (?:no longer|do not|don't) (?:want|wish).*) (?:unsubscribe|stop receiving|opt[- ]out|manage your)\b|^unsubscribe\b.{0,30}$|^to unsubscribe(?:$|,|:| from| please| click| visit| send| reply| go| use\b| or)",
        r"^(?:reply|respond) to this e-?mail directly or\b|^(?:to (?:respond|reply),? )(?:reply to this email|visit|please)|^(?:please )?visit this link to respond|^view (?:it|this (?:message|email|ticket)) (?:on|in|online)\b",
        r"^[\w.-]+ mailing list$|^[\w.+-]+ mailing list\s+[\w.+-]+@|^list info:|^mailing list info",
        r"^please consider the environment|^think before (?:you )?print|^(?:bitte denken sie an die umwelt|pensez à l'environnement|piense en el medio ambiente|antes de imprimir)",
        r"^this (?:message|e-?mail) (?:is|was) (?:automatically|sent automatically|generated)",
    ].join("|"),
    )
});

/// Whether the line opens the footer of a company, a scanner, a list or a ticket system.
pub(super) fn opens_a_footer(line: &str) -> bool {
    if line.len() > LONGEST_OPENING {
        return false;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "*_-=#|[]<>".contains(c));
    FOOTER_OPENING.as_ref().is_some_and(|opening| opening.is_match(&shape::lower(bare)))
}

/// Any of the words above, in one pass; most paragraphs hold none.
static MAY_DISCLAIM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let own = "intended|confidential|privileged|error|mistake|notify|delete|destroy|unauthori|prohibited|strictly|virus|malware|scanned|swept|liab|warrant|registered|company|environment|print|monitored|recorded|protection|expressed|reflect";
    lower_pattern(&format!("{own}|{}", FOREIGN_DISCLAIMERS.join("|")))
});

/// Whether a paragraph reads like a disclaimer.
pub(super) fn is_disclaimer(paragraph: &str) -> bool {
    let paragraph = shape::lower(paragraph);
    let paragraph = paragraph.as_str();
    if !MAY_DISCLAIM.as_ref().is_some_and(|cue| cue.is_match(paragraph)) {
        return false;
    }
    let hits = DISCLAIMER.as_ref().map_or(0, |disclaimer| disclaimer.matches(paragraph).iter().count());
    hits >= 3 || hits == 2 && paragraph.len() > 120 || paragraph.len() > 120 && is_foreign_disclaimer(paragraph)
}

fn is_foreign_disclaimer(paragraph: &str) -> bool {
    let Some(languages) = ANY_FOREIGN.as_ref().map(|any| any.matches(paragraph)) else {
        return false;
    };
    languages.iter().filter_map(|language| FOREIGN.get(language)).any(|language| {
        let mut found = language.find_iter(paragraph).map(|found| found.as_str());
        found.next().is_some_and(|first| found.any(|other| other != first))
    })
}

static BANNER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    lower_pattern(concat!(
        r"^[\[(*_<>#\s⚠!|-]*(?:(?:caution|warning|attention|notice|achtung|vorsicht|warnung|avertissement|atención|atenção|attenzione|let op|uwaga)\s*[:!-]?\s*.{0,40})?",
        r"(?:external (?:e-?mail|sender|message|mail)\W*(?:$|this |do not|use |be |please|exercise|beware|warning|caution)|externe (?:e-?mail|mail|nachricht)|\[?ext(?:ernal)?\]|(?:this|the) (?:e-?mail|message) (?:originated|came|was sent|is) (?:from )?(?:an )?(?:outside|external)|",
        r"(?:this|the) (?:e-?mail|message) (?:originated|was sent) from outside|you don't often get e-?mail from|(?:diese|dieses) (?:e-?mail|nachricht) (?:kommt|stammt|wurde) (?:von )?(?:außerhalb|extern)|",
        r"ce (?:message|courriel|mail) provient de l'ext|este (?:correo|mensaje|e-?mail) (?:procede|proviene|se originó|vem) (?:de |d[eo] )?(?:fuera|externo)|do not click (?:on )?(?:any )?links or open)"
    ))
});

/// Whether the line is a warning that a company's server puts on top of outside mail.
pub(super) fn is_banner(line: &str) -> bool {
    line.len() < 600 && BANNER.as_ref().is_some_and(|banner| banner.is_match(&shape::lower(line)))
}

static POINTS_BELOW: LazyLock<Option<Regex>> = LazyLock::new(|| {
    lower_pattern(
        r"(?:see|find|please find|my|with|added|answered|replied|put|wrote|written) .{0,40}(?:below|inline|in-line|in line|in (?:red|blue|green|bold|colou?r)|between (?:the|your) lines)|(?:answers|comments|replies|notes) (?:are |is )?(?:below|inline|in (?:red|blue|green|bold))|siehe unten|voir (?:ci-dessous|plus bas)|ver (?:abajo|abaixo)|vedi sotto|см\. ниже|див\. нижче",
    )
});

/// Whether the words send the reader to answers further down.
pub(super) fn points_below(text: &str) -> bool {
    text.len() < 2_000 && POINTS_BELOW.as_ref().is_some_and(|below| below.is_match(&shape::lower(text)))
}

static REPLY_ABOVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    lower_pattern(concat!(
        r"(?:reply|respond|write|type|answer|response|replies|responses?|your (?:reply|answer|response)|antwort\w*|schreiben|répon\w*|écri\w*|respond\w*|rispond\w*|risposta|scriv\w*|antwoord\w*|svar\w*|odpowi\w*|odpově\w*|отве\w*|відпов\w*|escrib\w*|escrev\w*)",
        r".{0,40}(?:above|over|oberhalb|über|au-dessus|ci-dessus|por encima|encima de|arriba|acima|sopra|al di sopra|boven|ovenfor|over|ovanför|powyżej|nad|выше|вище)",
        r".{0,20}(?:this|the|dieser|cette|cet|esta|questa|deze|denne|tej|tą|touto|этой|цієї|la|diese|line|linie|ligne)?.{0,12}(?:line|linie|ligne|línea|linha|riga|linea|lijn|linje|linii|linią|čárou|строк|черт|ліні|рядк|text|zeile|regel)"
    ))
});

/// Whether the line asks to reply above it; the notification stands below. A rule or signs must frame it,
/// or it must be nothing else.
pub(super) fn asks_to_reply_above(line: &str) -> bool {
    if line.len() > 200 {
        return false;
    }
    let framed = line.starts_with(['#', '=', '-', '*', '_', '[', '(', '>', '~', '—']);
    let plainly =
        || shape::word_count(line) <= 9 && line.as_bytes().windows(5).any(|word| word.eq_ignore_ascii_case(b"above"));
    (framed || plainly()) && REPLY_ABOVE.as_ref().is_some_and(|above| above.is_match(&shape::lower(line)))
}
