//! Words that say nothing about a task: greetings, thanks, closings, and the courtesies of office mail.

use super::{Row, Says::Talk, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "talk.greeting",
        Talk,
        &[
            "^ hi|hello|hey|dear|greetings|hiya|heya|hola|olá|ola|oi|bonjour|salut|hallo|привіт|вітаю|здравствуйте|привет|cześć|halo|namaste|namaskar|salam|assalam|assalamualaikum|kumusta|hujambo|jambo|habari|sannu *4 $",
            "^ good morning|afternoon|evening|day *4 $", "^ good pm|am|noon *3 $", "^ g day *3 $", "^ buenos|buenas días|dias|tardes|noches *3 $", "^ bom dia *3 $", "^ boa tarde|noite *3 $", "^ guten tag|morgen|abend *3 $",
            "^ доброго ранку|дня|вечора *3 $", "^ добрий день|ранок|вечір *3 $", "^ добрый день|вечер *3 $", "^ доброе утро *3 $", "^ dzień|dobry dobry|wieczór *3 $", "^ dzień dobry *3 $", "^ selamat pagi|siang|sore|malam *3 $",
            "^ magandang umaga|araw|hapon|gabi *4 $", "^ happy|merry *3 $", "^ wa alaikum *3 $", "^ shubh *3 $", "^ sir|madam|maam|boss|mam $", "^ welcome *3 $",
            "how are you", "how is your day|week|everything|it going", "how are things", "how was your weekend|day|week|trip", "how have you been", "how do you do", "kumusta *2 po|ka|kayo", "cómo|como está|estás|esta|estas|vai|va", "tudo bem", "comment allez vous", "comment ça va", "wie geht *2", "як справи", "как дела", "jak się masz", "apa kabar", "kaise hain|ho aap?",
            "hope|hoping|trust *2 you|this|all|everything|your *8 $", "i hope *8 well", "nice|pleased|glad to meet|hear|see *3", "long time no see",
        ],
    ),
    row(
        "talk.thanks",
        Talk,
        &[
            "thank you *6 $", "thank you", "thanks *5 $", "thanks", "many thanks *4", "thanking you", "much|really appreciated", "i|we really|do? appreciate *5 $", "appreciate it|that|your *3", "gracias *4 $", "muchas gracias", "obrigado|obrigada *3 $", "merci *4 $", "danke *4 $", "vielen dank", "дякую *4 $", "спасибо *4 $", "dziękuję|dzięki|dziekuje|dzieki *3 $", "terima kasih *3 $", "makasih", "salamat *4 $", "maraming salamat *2", "shukriya *2", "dhanyavad|dhanyawad *2", "asante *2", "god bless *2",
            "sorry|apologies|apologize for|about *6 $", "my apologies *4", "^ sorry *2 $", "excuse|pardon me|my *3", "no worries|problem $", "you are welcome", "congrats|congratulations *3", "great|good|nice job|work *3 $", "have a|an great|good|nice|lovely|wonderful|blessed|awesome *3 $", "enjoy your|the *3 $", "take care *2 $", "stay safe *2 $", "see you *3 $", "happy to help",
        ],
    ),
    row(
        "talk.footer",
        Talk,
        &[
            "^ sent|get|enviado|envoyé|gesendet|verzonden|wysłane from|via|outlook|desde|depuis|von|from|z|do *8 $", "sent from my|outlook|mail|yahoo|samsung|iphone|blackberry *6", "get outlook for *2", "sent via *4", "virus free *3", "sent on the go *3", "please excuse *6 typos|brevity",
        ],
    ),
    row(
        "talk.closing",
        Talk,
        &[
            "^ best|kind|warm|warmest|kindest regards|wishes *4 $", "^ regards *4 $", "^ sincerely|respectfully|cheers|yours|truly|br|rgds *3 $", "^ best $", "^ with regards *3 $", "^ saludos|atentamente|atenciosamente|abraço|abraços|abs|cordialement|bien à vous|mvg *3 $", "^ um abraço *2 $", "^ mit freundlichen grüßen *3 $", "^ viele|liebe|beste grüße *3 $", "^ з повагою *3 $", "^ с уважением *3 $", "^ pozdrawiam *3 $", "^ hormat|salam *3 $", "^ lubos na gumagalang *3",
            "^ warmly|love|talk soon|ttyl|bye|goodbye $", "looking forward *8 $", "i look forward *8 $",
        ],
    ),
    row(
        "talk.open_door",
        Talk,
        &[
            "let me|us know if|should *9 $", "let me|us know if|should *9 question|questions|queries|concern|concerns|doubt|changes|else|issue|issues|edits|correction|corrections", "feel free to *8 $", "please do not hesitate *8", "do not hesitate *8", "if you have|need|want|find|see|require|notice any|anything|something|more|further|additional|other *8 $", "if there is|are any|anything|something *8 $", "if any|anything *6 $", "any questions|changes|issues *4 let me know", "please|kindly check|review|verify|have|see|let it|and|once? *4 $", "just let me know", "let me know *1 $", "looking forward to your|hear|hearing *6", "here|available if you need *6", "please|kindly revert *4 $", "for your|ur review|reference|information|approval|checking|consideration *3 $", "^ fyi *3 $", "please see below|attached $",
            "avísame|avísenme|avisame si *6", "me avisa|avise se *6", "quedo atento|atenta|pendiente *4", "cualquier cosa|duda|cambio *6", "qualquer coisa|dúvida *6", "якщо щось *5", "если что *5", "w razie *5", "kalau ada *5", "please check kar *3", "check kar lijiye|lo|len", "paki check *3",
            "keep|will keep you posted|updated|informed *4", "i will let you know *4 $", "get|getting back to you *4 $", "will update you *4 $", "will revert *3 $", "touch base *3",
        ],
    ),
];
