//! Words that turn those after them: a condition, a denial, a plan, a doubt, somebody else.

use super::{Row, Says::Context, Turn, row};

pub(super) const ROWS: &[Row] = &[
    row("denied.en", Context(Turn::Denied), &["not", "never", "no", "without", "neither|nor", "nothing", "none", "hardly|barely"]),
    row(
        "denied.other",
        Context(Turn::Denied),
        &[
            "hindi|di", "wala|walang", "huwag", "nahi|nahin|nai|mat", "não|nunca|jamais", "ainda não", "todavía|aún no",
            "pas|jamais", "n pas", "nicht|kein|keine|keinen|nie", "не|ні|нет|ще|немає", "nie|jeszcze", "tidak|belum|bukan|tak|nggak|gak",
            "sem|sin|sans|ohne|без|bez",
        ],
    ),
    row(
        "conditional.en",
        Context(Turn::Conditional),
        &[
            "if", "once", "unless", "as soon as you|he|she|they|the|it|we|i", "when|after you|he|she|they|client *2 send|give|confirm|approve|share|provide|pay|reply|answer|tell|grant|fix|update|sends|gives|confirms|approves",
            "provided|assuming|supposing that?", "in case", "until|till you|he|she|they", "depending on", "subject to", "only when|after", "whenever|wherever you",
            "before i|we can|could", "would have|be", "had i|we",
        ],
    ),
    row(
        "conditional.other",
        Context(Turn::Conditional),
        &[
            "kung|kapag|pag|basta", "agar|jab|jaise hi", "cuando|apenas|tan pronto|en cuanto", "^ si usted|tu|me|el|la|los|hay|puede|quiere|necesita|todo|esta|está|no|es", "se você|voce|o|a|eu|for|tiver|puder|precisar", "assim que|quando|caso",
            "dès que|quand|lorsque|à condition", "wenn|sobald|falls", "якщо|коли|щойно", "если|когда|как только", "jeśli|jeżeli|gdy|kiedy|jak tylko", "jika|kalau|bila|setelah",
        ],
    ),
    row(
        "future.en",
        Context(Turn::Future),
        &[
            "will", "shall", "going to", "plan|planning|hope|hoping|aim|aiming|intend|expect|expecting|expected|want|trying|try to", "about to", "to be", "need|needs|have|has|had|must|ought to", "must|should|may|might|could|would|can",
            "get|have it|this|that|them|everything|all|these", "let me", "in order to", "start|begin|started|working on|to", "due to be", "by the time",
        ],
    ),
    row(
        "future.other",
        Context(Turn::Future),
        &[
            "voy|vamos|va|van a", "vou|vamos|vai", "je vais|ferai|serai", "werde|wird|werden", "буду|будемо|будет|будем|будете|зроблю|сделаю|планую|планирую", "będę|bede|będzie|zrobię", "akan|mau|nanti", "mag|magiging|gagawin|tatapusin|isusumite",
            "hoga|karunga|karungi|dunga|kar dunga|ho jayega|ho jaega|karenge", "para|pour|um zu", "tengo que|debo|hay que|preciso|tenho que|dois|muss|потрібно|надо|нужно|muszę|harus",
        ],
    ),
    row(
        "hedged.en",
        Context(Turn::Hedged),
        &[
            "maybe|perhaps|probably|possibly", "i think|guess|believe|suppose|assume", "i am not sure|certain", "not sure", "seems|seem|looks like", "might|may", "hopefully", "almost|nearly|mostly|practically|basically|partly|partially|half", "sort|kind of", "more or less", "supposed to", "i doubt", "not fully|completely|entirely|totally",
        ],
    ),
    row(
        "hedged.other",
        Context(Turn::Hedged),
        &[
            "siguro|baka|parang|medyo|halos", "shayad|lagbhag", "creo|quizás|quizas|tal vez|casi|parece", "acho|talvez|quase", "je crois|peut être|presque", "vielleicht|fast|glaube|wahrscheinlich", "можливо|мабуть|майже|здається", "возможно|наверное|почти|кажется", "może|chyba|prawie", "mungkin|hampir|sepertinya",
        ],
    ),
    row(
        "reported",
        Context(Turn::Reported),
        &[
            "he|she|they said|says|told|asked|asks|wrote|mentioned|confirmed|have|has|had|did|finished|completed|already|is|are|was|were|can|could|will|would",
            "client|customer|team|supplier|vendor|designer|developer|manager|colleague|support|boss said|says|told|asked|asks|wrote|mentioned|confirmed|has|have|finished|completed|did|already|keeps|wants|wanted|is",
            "@name said|says|told|asked|asks|wrote|mentioned|confirmed|has|finished|completed|did|already|wants|wanted", "according to", "customers|clients|people|someone|somebody *1 ask|asking|asked|said|say|wrote",
            "my colleague|friend|brother|sister|coworker|teammate|partner|husband|wife", "other|previous va|assistant|freelancer|person", "you said|told|asked|wrote|mentioned|wanted|confirmed|sent|have",
        ],
    ),
];
