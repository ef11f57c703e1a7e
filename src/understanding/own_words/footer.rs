//! What companies and services put round a person's words: disclaimers, banners, list footers and "reply above this
//! line".

use super::{shape, signs::Openings, vocabulary::words};
use crate::understanding::pattern::{lower_pattern, lower_patterns};
use regex::{Regex, RegexSet};
use std::sync::LazyLock;

type Pattern = LazyLock<Option<Regex>>;

fn matches(pattern: &Pattern, text: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// Pure words, which are looked for many bytes at a time: what has none of them is spared the closer look.
fn any_of(list: &str) -> Option<Regex> {
    lower_pattern(&list.split('|').map(regex::escape).collect::<Vec<_>>().join("|"))
}

const LONGEST_OPENING: usize = 2_000;

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
        r"registered (?:in|office|number|company|address|under)",
        r"company (?:number|registration|no)|registration n|vat (?:no|number|reg)",
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
    r"gizli|yalnızca|yanlışlıkla|kopyala",
    r"důvěrn|dôvern|adresát|omyl|výhradně|výhradne",
    r"bizalmas|címzett|tévedés|kizárólag",
    r"luottamuksell|vastaanottaja|erehdyks|ainoastaan",
    r"confidențial|destinatar|din greșeală|exclusiv",
    r"zaupn|naslovnik|pomot|povjerljiv|poverljiv|primatelj|primalac|grešk|isključivo|izključno",
    r"поверител|получател|погрешка|единствено",
    r"εμπιστευτικ|παραλήπτη|εκ παραδρομής|αποκλειστικ",
    r"rahasia|penerima|tidak sengaja|hanya untuk",
    r"bảo mật|người nhận|nhầm|chỉ dành",
    r"amtsgericht|handelsregister|hrb \d|geschäftsführ|ust-id|sitz der gesellschaft",
];

static FOREIGN: LazyLock<Vec<Regex>> =
    LazyLock::new(|| FOREIGN_DISCLAIMERS.iter().filter_map(|words| lower_pattern(words)).collect());

static ANY_FOREIGN: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| lower_patterns(FOREIGN_DISCLAIMERS.iter().copied()));

/// Lines that alone open a footer: the company's, the scanner's, the list's, the ticket system's.
static FOOTER_OPENING: Pattern = LazyLock::new(|| {
    lower_pattern(
        &[
        r"^(?:legal |confidentiality |e-?mail |privacy )?(?:disclaimer|confidentiality notice|legal notice|notice of confidentiality|haftungsausschluss|rechtlicher hinweis|avis de confidentialité|aviso legal|aviso de confidencialidad|avviso di riservatezza|clausola di riservatezza|klauzula poufności|конфиденциальность)(?:$|[\s:：.,!-])",
        r"^(?:this|the information (?:contained |transmitted )?in this|the contents of this|any|important:? this) (?:e-?mail|message|communication|transmission|electronic)\b.*(?:intended|privileged|may contain|virus|scanned|attach)",
        r"^(?:e-?mail|message|mail) (?:scanned|checked|protected) (?:by|for)|^(?:https?:\S+\s+)?(?:virus[- ]free|scanned by|checked by|protected by|no virus found|this email (?:has been|was) (?:checked|scanned)|virenfrei|libre de virus|garanti sans virus|virusvrij)\b|^(?:sans virus|livre de vírus|без вирусов|wolny od wirusów|fri för virus|virusfri)",
        r"^you(?:'re| are| have)? (?:receiv|receiving|received|getting|got) (?:this|these)(?:$| (?:e-?mail|mail|message|notification|newsletter)| (?:because|since|as) (?:you|your|one|it)\b| from| due)",
        r"^(?:click here to|if you (?:no longer|do not|don't) (?:want|wish).*) (?:unsubscribe|stop receiving|opt[- ]out|manage your)\b|^unsubscribe\b.{0,30}$|^to unsubscribe(?:$|,|:| from| please| click| visit| send| reply| go| use\b| or)",
        r"^(?:reply|respond) to this e-?mail directly or\b|^(?:to (?:respond|reply),? )(?:reply to this email|visit|please)|^(?:please )?visit this link to respond|^view it on (?:git|bitbucket|jira)|^view this (?:message|e-?mail|ticket|issue) (?:on|in|online)\b",
        r"^[\w.-]+ mailing list$|^[\w.+-]+ mailing list\s+[\w.+-]+@|^list info:|^mailing list info",
        r"^(?:p )?please consider the environment|^think before (?:you )?print|^(?:bitte denken sie an die umwelt|pensez à l'environnement|piense en el medio ambiente|antes de imprimir)",
        r"^this (?:message|e-?mail) (?:is|was) (?:automatically|sent automatically|generated)",
    ].join("|"),
    )
});

/// The first words of those lines.
const OPENINGS: &str = "legal | confidentiality | e-mail | email | privacy | disclaimer | notice | haftungsausschluss | \
    rechtlicher | avis | aviso | avviso | clausola | this | the | any | important | message | mail | http | virus | scanned | \
    checked | protected | no | virenfrei | libre | garanti | virusvrij | без | sans | livre | wolny | fri | p please | klauzula | конфиденциальность | you | click | if | unsubscribe | to | reply | \
    respond | please | visit | view | list | mailing | think | bitte | pensez | piense | antes";

static OPENING_STARTS: LazyLock<Openings> = LazyLock::new(|| Openings::of(words(OPENINGS)));

/// Whether the line opens the footer of a company, a scanner, a list or a ticket system.
pub(super) fn opens_a_footer(line: &str) -> bool {
    if line.len() > LONGEST_OPENING {
        return false;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "*_-=#|[]<>".contains(c));
    let names_list = || bare.split_once(' ').is_some_and(|(_, rest)| rest.starts_with("mailing list"));
    (OPENING_STARTS.open(bare) || names_list()) && matches(&FOOTER_OPENING, &shape::lower(bare))
        || names_scanner(bare)
}

/// Whether the line says in whatever language that a program looked for viruses in the mail.
fn names_scanner(line: &str) -> bool {
    const SCANNERS: [&str; 7] = ["Avast", "AVG", "Norton", "Kaspersky", "ESET", "McAfee", "Symantec"];
    (line.contains("irus") || !line.is_ascii() && ["írus", "ирус", "ίρους"].iter().any(|virus| line.contains(virus)))
        && SCANNERS.iter().any(|scanner| line.contains(scanner))
        && !line.ends_with('?')
}

/// Words that business uses as well: a disclaimer has two of them.
const COMMON_CUES: &str = "error|mistake|notif|delete|destroy|prohib|strictly|virus|malware|warrant|registered|environment|print|monitored|reflect|disclos|company|scann|liabl";

/// Words of which one is enough to look closer.
const RARE_CUES: &str = "confiden|konfiden|intended|privileg|erreur|proib|vertrauli|irrtümlich|unbefugt|destinata|exclusiv|riservat|esclusiv|vertrouwelijk|uitsluitend|poufn|wyłącznie|fortroli|elukkende|gizli|rahasia|bảo mật|luottamuks|bizalmas|důvěrn|dôvern|zaupn|povjerljiv|конфиденц|конфіденц|поверител|εμπιστευτ|機密|秘密|本邮件|本郵件|amtsgericht|hrb ";

/// Any of those words; most paragraphs hold none.
static CUES: Pattern = LazyLock::new(|| any_of(&format!("{COMMON_CUES}|{RARE_CUES}")));

fn may_disclaim(paragraph: &str) -> bool {
    let mut cues = CUES.iter().flat_map(|cues| cues.find_iter(paragraph)).map(|cue| cue.as_str());
    let Some(first) = cues.next() else { return false };
    let is_common = |cue: &str| COMMON_CUES.split('|').any(|common| common == cue);
    !is_common(first) || cues.any(|cue| cue != first)
}

/// Whether a paragraph reads like a disclaimer.
pub(super) fn is_disclaimer(paragraph: &str) -> bool {
    let paragraph = shape::lower(paragraph);
    let paragraph = paragraph.as_str();
    if !may_disclaim(paragraph) {
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

static BANNER: Pattern = LazyLock::new(|| {
    lower_pattern(concat!(
        r"^[\[(*_<>#\s⚠!|-]*(?:(?:caution|warning|attention|notice|achtung|vorsicht|warnung|avertissement|atención|atenção|attenzione|let op|uwaga)\s*[:!-]?\s*.{0,40})?",
        r"(?:external (?:e-?mail|sender|message|mail)\W*(?:$|this |do not|use |be |please|exercise|beware|warning|caution|check |verify|think )|externe (?:e-?mail|mail|nachricht)|\[?ext(?:ernal)?\]|(?:this|the) (?:e-?mail|message) (?:originated|came|was sent|is) (?:from )?(?:an )?(?:outside|external)|",
        r"(?:this|the) (?:e-?mail|message) (?:originated|was sent) from outside|you don't often get e-?mail from|some people who received this message don't often|(?:diese|dieses) (?:e-?mail|nachricht) (?:kommt|stammt|wurde) (?:von )?(?:außerhalb|extern)|",
        r"ce (?:message|courriel|mail) provient de l'ext|este (?:correo|mensaje|e-?mail) (?:procede|proviene|se originó|vem) (?:de |d[eo] )?(?:fuera|externo)|do not click (?:on )?(?:any )?links or open)"
    ))
});

/// The first words of the others.
const BANNERS: &str = "external | externe | ext | this | the | you | some | diese | dieses | ce | este | do";

static BANNER_STARTS: LazyLock<Openings> = LazyLock::new(|| Openings::of(words(BANNERS).chain(words(WARNINGS))));

/// Whether the text is a warning that a company's server puts on top of outside mail.
pub(super) fn is_banner(text: &str) -> bool {
    if text.len() >= 600 || !may_begin_banner(text) {
        return false;
    }
    let lower = shape::lower(text);
    matches(&BANNER, &lower) || warns_of_outside_mail(&lower)
}

/// A word of warning, and soon after it a mail from outside, in the languages of those who warn so.
fn warns_of_outside_mail(lower: &str) -> bool {
    let lower = lower.trim_start_matches(is_frame);
    if !words(WARNINGS).any(|word| lower.starts_with(word)) {
        return false;
    }
    let start: String = lower.chars().take(140).collect();
    let has = |list: &str| list.split('|').any(|word| start.contains(word));
    words(WARNINGS).any(|word| start.starts_with(word))
        && has(
            "extern|außerhalb|ausserhalb|extérieur|exterior|estern|buiten de org|spoza|zewnętrzn|внешн|зовнішн|külső|vnější|outside|外部|외부",
        )
        && has(
            "mail|message|nachricht|courriel|correo|mensaje|mensagem|messaggio|bericht|wiadomo|письм|сообщени|лист|zpráv|sender|absender|邮件|郵件|メール|메일",
        )
        && !start.contains('?')
}

/// The words of warning that open most such lines.
const WARNINGS: &str = "caution | warning | attention | notice | achtung | vorsicht | warnung | avertissement | atención | \
    atenção | attenzione | let op | uwaga | внимание | увага | varning | advarsel | attentie | pozor | figyelem | dikkat | \
    προσοχή | 注意 | 警告 | 주의";

fn is_frame(c: char) -> bool {
    c.is_whitespace() || "[(*_<>#⚠!|-\u{fe0f}".contains(c)
}

/// Whether the line may begin such a warning.
pub(super) fn may_begin_banner(line: &str) -> bool {
    BANNER_STARTS.open(line.trim_start_matches(is_frame))
}

/// A word of which those words hold at least one.
static MAY_POINT_BELOW: Pattern = LazyLock::new(|| {
    any_of(
        "below|inline|in-line|in line|in red|in blue|in green|in bold|in colo|between the|between your|unten|ci-dessous|plus bas|abajo|abaixo|sotto|ниже|нижче",
    )
});

static POINTS_BELOW: Pattern = LazyLock::new(|| {
    lower_pattern(
        r"(?:see|find|please find|my|with|added|answered|replied|put|wrote|written) .{0,40}(?:below|inline|in-line|in line|in (?:red|blue|green|bold|colou?r)|between (?:the|your) lines)|(?:answers|comments|replies|notes) (?:are |is )?(?:below|inline|in (?:red|blue|green|bold))|siehe unten|voir (?:ci-dessous|plus bas)|ver (?:abajo|abaixo)|vedi sotto|см\. ниже|див\. нижче",
    )
});

/// Whether the words send the reader to answers further down.
pub(super) fn points_below(text: &str) -> bool {
    if text.len() >= 2_000 {
        return false;
    }
    let lower = shape::lower(text);
    matches(&MAY_POINT_BELOW, &lower) && matches(&POINTS_BELOW, &lower)
}

/// "Above" in the languages of those who ask so.
const ABOVE: [&str; 16] = [
    "above", "over", "oberhalb", "über", "dessus", "encima", "arriba", "acima", "sopra", "boven", "ovenfor",
    "ovanför", "powyżej", "nad", "выше", "вище",
];

static REPLY_ABOVE: Pattern = LazyLock::new(|| {
    lower_pattern(concat!(
        r"(?:reply|respond|write|type|answer|response|replies|responses?|your (?:reply|answer|response)|antwort\w*|schreiben|répon\w*|écri\w*|respond\w*|rispond\w*|risposta|scriv\w*|antwoord\w*|svar\w*|odpowi\w*|odpově\w*|отве\w*|відпов\w*|escrib\w*|escrev\w*)",
        r".{0,40}(?:above|over|oberhalb|über|au-dessus|ci-dessus|por encima|encima de|arriba|acima|sopra|al di sopra|boven|ovenfor|over|ovanför|powyżej|nad|выше|вище)",
        r".{0,20}(?:this|the|dieser|cette|cet|esta|questa|deze|denne|tej|tą|touto|этой|цієї|la|diese|line|linie|ligne)?.{0,12}(?:line|linie|ligne|línea|linha|riga|linea|lijn|linje|linii|linią|čárou|строк|черт|ліні|рядк|text|zeile|regel)"
    ))
});

/// How such a line begins where nothing frames it.
static PLAIN_STARTS: LazyLock<Openings> = LazyLock::new(|| {
    let starts = ["reply", "respond", "write", "type", "answer", "response", "please", "your", "enter", "add"];
    Openings::of(starts.into_iter())
});

/// Whether the line asks to reply above it; the notification stands below. A rule or signs must frame it,
/// or it must be nothing else.
pub(super) fn asks_to_reply_above(line: &str) -> bool {
    if line.len() > 200 {
        return false;
    }
    let framed = is_framed(line);
    let plainly = || PLAIN_STARTS.open(line) && shape::word_count(line) <= 9 && says_above(line);
    if !framed && !plainly() {
        return false;
    }
    let lower = shape::lower(line);
    ABOVE.iter().any(|above| lower.contains(above)) && matches(&REPLY_ABOVE, &lower)
}

/// Whether the line begins with a bracket, or with more signs than those of a list.
fn is_framed(line: &str) -> bool {
    match line.as_bytes() {
        [b'[' | b'(' | b'>', ..] => true,
        [first @ (b'#' | b'=' | b'-' | b'*' | b'_' | b'~'), second, ..] => {
            second == first || *first == b'#' && *second != b' '
        }
        _ => line.starts_with('—'),
    }
}

/// Whether "above" stands in the line, looked for by its rarest letter.
fn says_above(line: &str) -> bool {
    memchr::memchr2_iter(b'v', b'V', line.as_bytes()).any(|at| {
        let word = at.checked_sub(3).and_then(|start| line.as_bytes().get(start..at + 2));
        word.is_some_and(|word| word.eq_ignore_ascii_case(b"above"))
    })
}
