//! Taking the work, or not.

use super::{
    Row,
    Says::{Against, For},
    row,
};
use crate::domain::statement::Act::{Confirm, Decline};

pub(super) const ROWS: &[Row] = &[
    row(
        "confirm.understood",
        For(Confirm, 960),
        &[
            "i|we fully|clearly|totally|completely? understand|understood *5 $", "^ understood", "i|we understand the|your|what|everything|this|that|it|all|how", "i|we understood", "all|everything|instructions|brief|task|it is|are|looks|look|seems very|all|pretty|crystal? clear", "^ all? clear|crystal $", "crystal clear", "^ clear *2 $", "instructions|brief|requirements|task|scope understood|clear|noted",
            "makes sense", "i|we got|get it|this|that|you $", "i|we have|had? understood|reviewed|read *3 instructions|brief|task|requirements|specification|document|guidelines *8 clear|understood|understand", "no doubts|questions from my|our side|end", "no further|more|other? questions|doubts|queries po|so|from|at|for|as|on|sir|maam", "no questions|doubts $", "i|we have no further|more? questions|doubts|queries",
        ],
    ),
    row(
        "confirm.understood.other",
        For(Confirm, 960),
        &[
            "no tengo|hay|tenho dudas|preguntas|dúvidas", "sin dudas", "sem dúvidas", "entendido|entendida|comprendido", "todo claro", "queda claro", "me queda claro", "lo entiendo|entendí", "entendi", "compreendido|compreendi", "tudo claro|certo|entendido", "está claro", "bien compris|noté", "compris", "j ai bien? compris", "c est compris|noté|clair|bon", "verstanden", "alles klar", "ist klar",
            "зрозумів|зрозуміла|зрозуміло|зрозуміли", "все зрозуміло|ясно", "понял|поняла|понятно|поняли", "все понятно|ясно", "zrozumiałem|zrozumiałam|zrozumiano|rozumiem|jasne", "wszystko jasne", "mengerti|paham|dimengerti|dipahami", "saya paham|mengerti", "naiintindihan|naintindihan|nakuha|gets ko|na|po", "^ gets", "malinaw", "samajh gaya|gayi|gya|gye|aa", "samjh gaya|gayi|gya", "samajh liya", "nimeelewa|nimekuelewa",
        ],
    ),
    row(
        "confirm.noted",
        For(Confirm, 955),
        &[
            "^ well|duly|all|this is? noted", "^ noted", "noted with thanks", "noted po|on|sir|maam|boss|thanks|this|that|the|your|and", "i|we have|take noted|note", "copy that|sir|maam|boss|po|this|on|all|everything", "^ copy $", "^ roger", "^ copied *2 $",
        ],
    ),
    row(
        "confirm.noted.other",
        For(Confirm, 955),
        &[
            "anotado|anotada|tomo nota|nota tomada", "c est noté", "bien noté", "notiert|vermerkt", "занотував|занотувала|прийнято|принято|прийняв|прийняла|принял|приняла", "przyjęte|przyjęłam|przyjąłem|odnotowane", "dicatat|noted|sip|oke siap", "^ siap", "natanggap", "^ acknowledged", "i acknowledge", "duly acknowledged",
        ],
    ),
    row(
        "confirm.agreed",
        For(Confirm, 950),
        &[
            "^ confirmed", "i|we hereby|can|do|would? confirm *8 $", "i|we confirm|confirming|accept|accepted|agree|agreed", "^ confirming *8 $", "task|job|project|order|deadline|date|work accepted|confirmed", "^ accepted", "i|we accept *3 task|job|project|work|assignment|it|this|offer", "^ agreed", "^ deal $", "happy|glad|pleased to take|do|accept|work|help|start|handle", "i|we would be|am|are happy|glad to", "that|this|it works|work for me|us", "works for me|us", "fine|good|ok|okay|perfect with|for|by me|us", "sounds good|great|fine|perfect|like a", "looks good|fine|doable|great|clear to|for|from? me|us?", "i am|we are in|game $", "count me in", "you got|have it $", "you can count on",
        ],
    ),
    row(
        "confirm.agreed.other",
        For(Confirm, 950),
        &[
            "confirmo|confirmado|confirmada|confirmamos", "acepto|aceptado|aceito|aceitamos", "de acuerdo", "de acordo", "d accord", "je confirme|accepte", "confirmé", "bestätigt|bestätige|einverstanden", "підтверджую|згоден|згодна|згода|підтверджено", "подтверждаю|согласен|согласна|договорились|подтверждено", "домовились", "potwierdzam|zgadzam|zgoda|potwierdzone", "saya setuju|konfirmasi|terima|siap|bersedia", "setuju|disetujui", "sang ayon|payag|kumpirmado", "manzoor|manjur", "nimekubali",
        ],
    ),
    row(
        "confirm.taken",
        For(Confirm, 940),
        &[
            "^ will do", "i|we will|can|would|could definitely|surely|certainly|gladly|happily|totally|absolutely|of? course|also|just|sure|do take|handle|do|manage|accept this|that|it|them|on|care|all|the|these", "i|we can|will definitely|totally|absolutely|certainly|surely|gladly do|take|handle|manage", "i|we can|will take|handle|do|manage this|that|it|the task|job|project|work|all", "i|we can|will take *3 on", "i|we will|can? take care of", "i|we can do it|that|this|so|them|these|all", "i|we got|have this|it covered", "^ on it", "i am|we are on it|this|that|top", "consider it done", "^ can do $", "will be done sir|maam|boss|po|mam $", "i will get on|onto|to it|this|that", "i will get right? started|cracking|going", "i|we will work on it|this|that|the", "i|we will|can make the|that|this? deadline|date|it work|happen", "i|we will|can|shall start|begin right away|immediately|straight|at once|now", "you can rely on", "leave it|this with|to me", "i will follow *4 instructions|guidelines|steps|brief|format|template", "will follow *2 instructions|steps|this|guidelines", "shall do", "will proceed accordingly|as",
        ],
    ),
    row(
        "confirm.taken.other",
        For(Confirm, 940),
        &[
            "yo me encargo|ocupo", "me encargo|ocupo", "lo hago|haré|tomo", "cuenta|cuente conmigo", "así lo haré", "deixa|deixe comigo", "pode deixar", "eu faço", "vou fazer|cuidar", "je m en occupe|charge", "je m y mets", "je le fais|ferai", "mache ich", "ich kümmere mich", "wird gemacht|erledigt", "ich übernehme", "беруся|берусь|візьмуся|зроблю", "беремся", "возьмусь|сделаю", "zrobię|biorę|zajmę się", "zajmę się", "saya kerjakan|akan kerjakan|ambil", "akan saya kerjakan|kerjakan", "gagawin ko|na|po", "ako na *2 bahala|dito|po", "kar dunga|dungi|denge|dete", "ho jayega|jaega|jayegi", "kar lunga|lungi|lenge", "nitafanya", "zaczynam|починаю|начинаю|приступаю|comienzo|empiezo",
        ],
    ),
    row(
        "confirm.ok",
        For(Confirm, 925),
        &[
            "^^ ok", "^^ k $", "^^ ok|sure|alright|perfect|great|yes|fine|right|opo|oo|sige|cool *3 noted|understood|copy|will|thanks|thank|got|sir|maam|boss|po|mam", "^^ sure|alright|alrighty|certainly|absolutely|definitely|gladly", "^^ all right", "^^ of course", "^^ with pleasure", "^^ no problem|prob|worries|issue|problems", "^^ np $", "^^ right away|on", "^^ perfect|great|excellent|cool|awesome|super|fine *3 $", "^^ yes sir|maam|mam|boss|po|i|we|please|sure|of|ok|noted|understood|will|no|that|it $", "^^ yes sir|maam|mam|boss|po|i|we|sure|of|ok|noted|understood|will|no|that", "^^ yes $", "^^ done deal", "^^ very well", "^^ right $", "^^ all? good $", "^^ all good", "^^ aye *2 $", "^^ sounds good|great|fine", "^^ got it|you|this|that", "got it", "^^ received|well *2 noted|understood|clear|received", "^^ well received",
        ],
    ),
    row(
        "confirm.ok.other",
        For(Confirm, 925),
        &[
            "^^ opo|oo|sige|sige po|ayos|gora|g $", "^^ opo|sige", "^^ sawa", "^^ haan|haanji|ji|jee|theek|thik|thek|acha|accha|bilkul|zaroor|pakka", "^^ oya|alright|no wahala", "^^ shot|lekker|sharp|howzit", "^^ vale|listo|claro|dale|va|bueno|perfecto|sale|órale|orale|okey|bien|por supuesto|con gusto|excelente", "^^ por supuesto|con gusto|claro que", "^^ sí|si $", "^^ sí|si señor|señora|claro|por|con|puedo|lo|me", "^^ certo|beleza|combinado|blz|perfeito|ótimo|claro|sim|fechado|tranquilo|pode", "^^ tá|ta bom|certo|ok", "^^ oui|parfait|entendu|bien|très|super|volontiers", "^^ ja|gerne|klar|gut|passt|natürlich|geht|in ordnung", "^^ добре|гаразд|ок|так|звичайно|чудово|авжеж|домовились", "^^ хорошо|ок|да|конечно|ладно|отлично|окей", "^^ dobrze|jasne|ok|tak|oczywiście|dobra|świetnie|super", "^^ baik|oke|siap|iya|ya|tentu|oke siap", "👍", "👌", "^^ ✅ $", "^^ 🫡", "^^ 🙌 $", "^^ 💪 *1 $", "^^ ok 🙏",
        ],
    ),
    row(
        "confirm.received",
        For(Confirm, 780),
        &[
            "i|we have|well? received *3 task|brief|instructions|assignment|job|details|project", "^^ received", "received with thanks", "^ received *2 thanks|thank|and", "i|we have gone|went|read|looked through|over *3 brief|instructions|task|details|document",
        ],
    ),
    row(
        "confirm.received.other",
        For(Confirm, 780),
        &[
            "recibido|recibida", "^^ recebido|recebida", "^^ bien reçu", "^^ erhalten", "^^ отримав|отримала|отримано", "^^ получил|получила|получено", "^^ otrzymałem|otrzymałam", "^^ diterima",
        ],
    ),
    row(
        "not_confirm",
        Against(Confirm),
        &[
            "please|kindly|can|could|need|you|to|pls|you|will|until|once|if|when|after|before|client|they|he|she|not|yet confirm|confirms|confirmed|acknowledge|confirmation", "to confirm", "waiting|wait|await|awaiting|pending *3 confirm|confirmation|confirmed", "ok|okay|done|approved na po? yung|ang|lahat|ni|kay", "confirm if|whether|which|what|receipt|how|when|where", "just|want|wanted|like to confirm", "not sure", "make sure", "ok to|if|with you|for you|or|but *3 can|could|not", "is|are it|this|that|these|they ok|fine|alright|good", "ok if", "not ok|okay|clear|understand|agree|accept|received", "do|does|did not *2 understand|get|agree|accept|receive", "no entiendo|comprendo", "no me queda claro", "não entendi|ficou claro", "не зрозумів|зрозуміла|понял|поняла|понятно|зрозуміло|ясно", "nie rozumiem|jasne", "tidak|kurang|belum mengerti|paham|jelas", "hindi|di ko *2 gets|maintindihan|naintindihan", "nahi samajh|samjh", "samajh nahi", "noted *2 issue|error|problem|mistake", "should|shall|may|can|could i|we", "until|till|once *3 confirm|agreed",
        ],
    ),
    row(
        "decline.cannot_take",
        For(Decline, 940),
        &[
            "can|could not|no|longer *2 take|accept|handle|do|commit|manage|continue|work on *2 this|that|it|the|these|your|another|new|any|more|project|task|job|role|work|with", "will|would not|be|able|to *4 take|accept|handle|commit|continue *2 this|that|it|the|these|your|another|on|project|task|job|work", "will|would|am|are not be? able to take|accept|handle|do|commit|help|assist|manage|continue|participate *6 $", "unable to take|accept|handle|do|commit|help|assist|continue *3 this|that|it|the|on|task|project|with|work|job", "not able to take|accept|handle|do|commit|continue *3 this|that|it|the|on|task|project|with|work|job", "can not do this|that|it|the|such *3 task|job|one|project|work|time|week|price|rate|sir|maam|anymore|sorry", "can not do this|that|it $", "can not help|assist *3 with this|that|it|the", "do not want to|do *6 $", "will not do|be doing|take|be taking|be accepting *6 $", "can not be the one", "can not commit",
        ],
    ),
    row(
        "decline.cannot_take.other",
        For(Decline, 940),
        &[
            "no puedo|podré|podre|voy tomar|aceptar|hacer|encargarme|realizar|continuar|poder", "no voy|vamos a poder", "não posso|consigo|vou|poderei|tenho pegar|aceitar|fazer|assumir|conseguir|poder|condições", "não vou conseguir|poder pegar|aceitar|fazer|assumir", "je ne peux|pourrai|suis pas *2 accepter|prendre|faire|m", "kann ich? nicht|leider *2 übernehmen|annehmen|machen", "kann *4 nicht übernehmen|annehmen", "не зможу|можу взяти|взятися|прийняти|зробити|виконати", "не смогу|могу взять|взяться|принять|сделать|выполнить", "nie mogę|dam|będę|podejmę *2 przyjąć|rady|wziąć|zrobić|podjąć|mogła|mógł", "tidak bisa|dapat|sanggup mengerjakan|menerima|ambil|mengambil|melakukan", "hindi ko *3 kaya|magagawa|matatanggap|kakayanin", "hindi *2 ko po? kaya|magagawa|matatanggap", "nahi kar|le paunga|paungi|sakta|sakti|payenge|sakunga", "yeh|ye *3 nahi ho|kar payega|paunga|sakta", "sitaweza",
        ],
    ),
    row(
        "decline.refuse",
        For(Decline, 945),
        &[
            "i|we have|must|need|would|will|am|should like|prefer|going|rather|forced? to? respectfully|regretfully|politely|kindly? decline", "^ decline", "respectfully|regretfully|politely|declining|decline", "i|we will have|need? to? pass|skip on? this|it|that|the|for", "have to pass|decline|refuse|turn|say *4 no|down|this|on|it", "i will pass *3 $", "turn|turning *2 down", "not interested", "not for me", "please|kindly|better|best assign|give|find|pass|reassign|hand *4 someone|somebody|another|other|to *2 else|person|colleague", "find|get|hire|assign someone|somebody else", "i|we reject|refuse", "withdraw|withdrawing|step|stepping back|down|from|away", "i quit|resign", "no longer|not available|interested|willing|able *2 to|for|in this|take|do|continue|work", "i am not the right|best|suitable person|fit|one", "opt out", "count me out", "back out",
        ],
    ),
    row(
        "decline.refuse.other",
        For(Decline, 945),
        &[
            "lamento|lamentablemente|desafortunadamente *5 rechazar|declinar|no", "debo|tengo|prefiero *2 rechazar|declinar", "paso de", "preciso|vou|prefiro recusar|declinar", "recuso|rechazo|declino|refuse|lehne", "je dois|préfère refuser|décliner", "lehne *4 ab", "muss *3 ablehnen|absagen", "відмовляюсь|відмовляюся|змушений|змушена відмовитися|відмовитись?", "вынужден|вынуждена|отказываюсь отказаться?", "muszę|odmawiam odmówić|zrezygnować?", "rezygnuję", "saya menolak|tolak|mundur", "mohon maaf *3 tidak bisa|dapat", "pass muna|po", "tatanggihan",
        ],
    ),
    row(
        "decline.terms",
        For(Decline, 800),
        &[
            "not comfortable *2 doing|with|to|making|handling|sharing|working", "against my|our policy|religion|values|principles|faith", "can|will|do not work|do|accept *3 for|at this|that|such rate|price|amount|budget|pay", "rate|price|budget|pay|payment|amount is|seems|too *1 too? low|less|small", "not worth", "too low|less for|to", "not my|in|within|under|outside|beyond area|field|expertise|scope|skill|skills|skillset|domain", "outside|beyond|out of? my|our expertise|scope|skills|skillset|field|area|capacity|abilities", "do not|have no have? experience|expertise|knowledge|skills|equipment|time|capacity with|in|for|to", "i do not do", "we do not offer|provide|do", "never used|worked|done", "can not agree", "do not agree *2 to|with price|rate|terms|the",
        ],
    ),
    row(
        "decline.terms.other",
        For(Decline, 800),
        &[
            "no puedo|podemos por ese|este precio|monto", "muy bajo", "not possible for me|us", "is not feasible|possible *3 for me|us|within|at|with|in",
        ],
    ),
    row(
        "not_decline",
        Against(Decline),
        &[
            "can not *3 access|open|log|login|find|see|download|upload|view|edit|reach|connect|proceed|finish|complete|start|make|meet|deliver|submit|attend|come|read|wait|understand|continue until|without|before|because|as|till?", "decline|declined|declining *3 invitation|payment|card|transaction|rate|sales|in|order", "card|payment|transaction *2 declined", "until|till|before|by @when", "if|in case *3 can|want|do not", "not able to *2 finish|complete|deliver|submit|make|meet|access|open|log|login|upload|download|see|find|reach|connect", "do not want to disturb|bother|miss|rush|make|lose|delay|waste|risk", "step by|back step|to", "no puedo acceder|entrar|abrir|ver|descargar|subir|avanzar|continuar|encontrar", "não consigo|posso acessar|entrar|abrir|ver|baixar|continuar|encontrar",
        ],
    ),
];
