//! The terms of the work: another date, time spent, money laid out, days off, room for more.

use super::{
    Row,
    Says::{Against, For},
    row,
};
use crate::domain::statement::Act::{Absence, Capacity, Expense, Extension, Hours};

pub(super) const ROWS: &[Row] = &[
    row(
        "extension.asks",
        For(Extension, 930),
        &[
            "extend|extending *4 deadline|timeline|date|time|till|until|to|by|submission|due|target", "extension of|on|for|to|until|till|by|please|request|needed", "request|need|ask|want|grant|give|asking|requesting|for *3 extension", "more|extra|additional|another time|days|day|week for|on|please|if|needed|would|because|as|since|due", "add|give|need|grant|allow|want|bigyan *3 more|extra|additional|another|few|kaunting days|day|time|hours|week|weeks", "need|require|want|give|have|grant|request|requesting|get|allow|ask|asking *4 more|extra|additional|another|few|little|couple|some|longer|@span|bit time|days|day|hours|week|weeks|@span|more|extra|longer", "need|needs|take|takes|taking|require *3 longer|until|till|up|more *2 @when|time|than|to|day|days", "push|move|moving|postpone|postponed|reschedule|shift|change|adjust|pushing|delay *3 deadline|due|delivery|submission|timeline", "push|move|postpone it|this|that|delivery to|back|until|till|by|@when", "can|could|may|might|would i|we|it|you *3 submit|send|deliver|finish|hand|have|do|give|turn|complete|get|wait|pass *5 @when|instead|later", "can|could|may|is i|we|it *3 be? ok|okay|fine|possible|alright|all *3 if|to *6 @when|later|instead", "is it|would ok|okay|fine|possible|alright|acceptable *2 if|to|for *8 @when|later|instead|@span", "@when instead", "instead of @when", "to @when instead", "new|revised|another|realistic|later deadline|date|timeline would|please|is|possible|needed|request", "request|propose|need|suggest *2 new|revised|another|realistic|later deadline|date|timeline", "give|allow me|us *1 until|till|@span|more|another|few|extra", "need|want|have|take until|till|up", "i|we|it|delivery|submission will|am|are|might|may|is *2 be? little? bit? late|delayed|behind", "running|slightly late|delayed|behind", "will|would|can|could|might|may|am|do|be|are|is not *3 able|make|meet|finish|complete|deliver|submit|send|be|done|ready|hit|think|reach|going *4 deadline|by|on|today|tomorrow|tonight|this|before|time|due|in|@when", "will|would|can|could|might not make it *3 @when|on|by|today|tonight|tomorrow|this", "miss|missing the|our|this|today|deadline|due", "not *3 enough time", "deadline|date|timeline|time *1 is|seems|looks too|very|bit|so|really|quite|little *1 tight|short|close|soon", "tight deadline|for", "need|want more time", "extra|additional|another|few|couple more? day|days|week please|pls|to|needed|if|for", "not *3 by|before|on @when", "not|never be? enough for *3", "time is too small|short|little|less", "can not make @when|it", "@span more $", "need|give|take|want *2 @span more", "instead $",
        ],
    ),
    row(
        "extension.asks.other",
        For(Extension, 930),
        &[
            "chance|plazo|prórroga|prorroga|tiempo|días más|dias|hasta|extra|adicional|para|de", "más|mas tiempo|días|dias|plazo", "hasta el|mañana|lunes|martes|miércoles|jueves|viernes|sábado|domingo|fin", "puedo|podría|podemos|puede entregar|enviar|mandar|entregarlo|enviarlo|mandarlo|terminar|ser *6 @when", "extender|ampliar|aplazar|posponer|mover", "me|nos das|da|dan|podrías|daría|regalas|regala *3 hasta|más|tiempo|chance|plazo", "no voy|vamos|alcanzo|alcanzaré|llego|llegaré *2 a|terminar|entregar|llegar *5 @when|tiempo", "mais tempo|prazo|dias|um|alguns", "prazo até|maior|estender|mais|novo|para", "estender|prorrogar|adiar|postergar", "posso|podemos|consigo|dá|pode entregar|enviar|mandar|ser|pra|para *6 @when", "preciso|precisamos de? mais|até", "não vou|consigo|vai *2 dar|conseguir|terminar|entregar *3 até|hoje|amanhã|a|no|na|tempo|prazo", "vai atrasar", "délai|prolonger|reporter|repousser|prolongation", "plus de temps", "jusqu à|au|a", "verlängern|verlängerung|aufschub|verschieben", "mehr zeit", "fristverlängerung|frist", "schaffe *3 nicht", "bis *4 verschieben|zeit", "більше часу", "продовжити|перенести|відкласти|подовжити", "ще день|два|дні|днів|кілька|трохи|тиждень", "не встигаю|встигну", "затримка|затримаюсь|запізнюсь|запізнюся", "больше времени", "продлить|перенести|отложить", "еще|ещё день|два|дня|дней|несколько|немного|неделю", "не успеваю|успею", "задержка|задержусь|опаздываю", "więcej czasu", "przedłużyć|przesunąć|przełożyć|przedłużenie", "nie zdążę|wyrobię|zdążymy", "spóźnię|opóźnienie|opóźni", "jeszcze dzień|dwa|kilka|parę|trochę", "perpanjang|perpanjangan|diperpanjang|tambahan|tambah|mundur|diundur *1 waktu|deadline|hari", "perpanjangan|perpanjang|diundur", "minta *2 waktu|tambahan|sampai", "terlambat|telat", "tidak|belum|gak bisa|sempat|keburu *2 selesai", "extend po|ng|yung|ang|ko|sana", "pa extend", "pwede|pede|maaari po? ba|bang|pong|bukas|kahit|hanggang *3 extend|bukas|sa|until|hanggang|monday|friday|tuesday|wednesday|thursday|ipasa|isubmit|i", "hindi|di *3 aabot|matatapos|kakayanin|mahahabol|abot", "male late|late po|ako", "delay|delayed po|ng|ako|kami", "thoda|thora|aur|kuch|zyada time|waqt|din|samay", "time chahiye|lagega|do|dijiye|de", "@number din|ghante *2 aur|chahiye|lagenge|lag|de", "deadline badha|extend|aage", "late ho", "abeg *4 time|extend|more",
        ],
    ),
    row(
        "not_extension",
        Against(Extension),
        &["no extension|delay|need|extra|more time", "not need *3 more|extra|extension|time", "deadline|date *2 extended|moved|already", "more time with|on|for my family|this|it than", "as late as", "sorry|apologies *4 late|delayed|delay reply|response|answer|email", "late reply|response|answer|night", "too late", "sooner or later", "see|talk|call *2 later", "extension file|number|of|chrome|browser|plugin|phone|cord", "chrome|browser|file|phone extension", "will|would|do|is|are|am not *1 be? late|delayed", "better late"],
    ),
    row(
        "hours.spent",
        For(Hours, 930),
        &[
            "logged|spent|worked|clocked|used|tracked|billed|recorded|charged|put|took|taken|invested *5 @span", "@span *3 spent|worked|logged|used|clocked|billed|tracked|recorded|so|in|today|total|done|on", "total|hours|time|timesheet|overall|sum|log|aufwand|durée|temps|tiempo|zeitaufwand *4 @span", "logged|clocked|tracked|timer *2 @number", "log *2 @span", "@span *1 research|outreach|admin|design|editing|calls|work|research", "count|comptez|book|please *1 @span", "@span *2 for|on|pour this|the|cette|these", "took me|us *2 @span", "took|taken *3 @span", "hours|timesheet @number", "hours|timesheet worked|spent|today|used|logged|for|is|this *2 @number", "total *4 @number hours|hour|minutes", "^ @span $", "worked|spent|logged *3 from *5 to", "i|we did|have|had|made|put|completed *2 @span", "@number billable *3 hours|minutes", "billable *4 @span", "@span billable|total|logged|worked|spent",
        ],
    ),
    row(
        "hours.spent.other",
        For(Hours, 930),
        &[
            "trabajé|trabaje|tardé|tarde|invertí|registré|llevo|llevé|usé|dediqué|me *3 @span|@number", "me|nos tomó|tomo|llevó|llevo|tardé|tarde|tomaron|demoré *3 @span|@number", "horas *4 @number", "@number|@span horas|hora|ore *2 trabajadas|trabalhadas|en|total|hoy|registradas", "trabalhei|gastei|levei|usei|registrei|levou|foram *3 @span|@number", "j ai passé|travaillé|mis|pris *4 @span|@number", "cela|ça m|a *2 pris", "ich habe *4 @span|@number *3 gearbeitet|gebraucht|aufgewendet|verbraucht", "stunden *3 @number", "витратив|витратила|працював|працювала|відпрацював|відпрацювала|пішло|зайняло *4 @span|@number", "потратил|потратила|работал|работала|отработал|отработала|ушло|заняло|затратил *4 @span|@number", "zajęło *3 @span|@number", "przepracowałem|przepracowałam|spędziłem|spędziłam|pracowałem|pracowałam|poświęciłam|poświęciłem *3 @span|@number", "menghabiskan|bekerja|kerja|memakan|memakan|habis|total *3 @span|@number *2 jam?", "@number jam", "nag log|work|trabaho|spend ako|po|ng *4 @span|@number", "inabot *3 @span|@number", "@span|@number *1 hours|oras|hours *2 na|po|lahat|total|ko|ako|today|bale", "@number|@span ghante|ghanta|hours|hour *2 lage|laga|kaam|kiya|lag|lagaye|work", "nimefanya|nilitumia",
        ],
    ),
    row(
        "not_hours",
        Against(Hours),
        &["will|would|should|might|could|may|can|shall|going|need|needs|estimate|estimated|estimating|approximately|maximum|limit|budget|another|expect|expected|probably|about|require *3 take|need|spend|be|work|cost|use|more|about|@span|around *4 @span?", "estimate|estimated|estimation|limit|cap|budget *5 @span", "within|in|after|for|since|next|every|per|each|at|least|last|past|than|ago|another @span", "@span ago|later|left|free|available|more|per|a|each|from|before|after|late|behind|ahead|early|remaining|spare|delay|break|walk|drive|away|notice|extension|limit", "have|got|has *2 @span *2 free|available|left|spare|open", "@span a|per|each|every day|week|month|daily|weekly", "within *2 @span", "how many hours", "since|for|last|past @span", "every *2 @span",
        ],
    ),
    row(
        "not_hours.other",
        Against(Hours),
        &[
            "tardará|tomará|vai|voy|libres|livres|wird|буде|займет|займе"],
    ),
    row(
        "expense.paid",
        For(Expense, 920),
        &[
            "bought|purchased|paid|spent|charged|ordered|subscribed|renewed|topped|cost|advanced|covered|shelled|loaded *8 @money", "@money *6 reimburse|reimbursement|receipt|paid|out|from|my|charged|spent|for", "reimburse|reimbursement|reimbursed|refund *8 @money", "receipt|receipts *6 @money", "@money *4 receipt|receipts|pocket|card|attached|reimbursement", "expense|expenses|cost|costs *5 @money", "total *3 @money charged|paid|spent|on|with", "out of *2 pocket", "i paid|bought|purchased",
        ],
    ),
    row(
        "expense.paid.other",
        For(Expense, 920),
        &[
            "compré|pagué|gasté|compre|pague|gaste *8 @money", "comprei|paguei|gastei *8 @money", "j ai acheté|payé|dépensé *8 @money", "gekauft|bezahlt|ausgegeben|gekostet", "купив|купила|заплатив|заплатила|оплатив|оплатила|витратив|витратила *8 @money", "купил|купила|заплатил|заплатила|оплатил|оплатила|потратил|потратила *8 @money", "kupiłem|kupiłam|zapłaciłem|zapłaciłam|wydałem|wydałam *8 @money", "membeli|beli|bayar|membayar|dibayar *6 @money", "bumili|binili|nagbayad|binayaran|gumastos|nagastos *8 @money", "kharida|kharidi|pay|paid|kharch *6 @money", "@money *4 kharch|pay|paid|laga|diye|kharida", "reembolso",
        ],
    ),
    row("not_expense", Against(Expense), &["rate|per|price|quote|fee|quotation|estimate|salary|hourly|charge|charges|charging *3 @money", "@money per|an|a|each|hourly|hour|day|month|word|article", "will|would|should|can|if|costs|could *4 cost|pay|charge|buy|purchase", "should|can|may|shall|could i|we *2 buy|pay|purchase|order", "need|want|wants to *2 buy|pay|purchase|spend", "budget", "unpaid|pending|due|outstanding|owed|owe|not *3 @money?", "have|has|did|was|were|been not *2 paid|received|been", "you|client|he|she|they paid|pay|bought|owe"]),
    row(
        "absence.away",
        For(Absence, 920),
        &[
            "on|taking|take|my|a|annual|sick|maternity|paternity|emergency|medical|leave|for|have vacation|leave|holiday|pto|break", "leave from|on|for|until|of|absence|till|tomorrow|today|due", "day|days|week|afternoon|morning|time off", "off|away|out|absent|unavailable|offline|ooo|traveling|travelling on|from|for|until|till|tomorrow|today|this|next|between|during|the|starting|monday|tuesday|wednesday|thursday|friday|saturday|sunday|@when|@number", "will|am|are|be|going not *3 available|working|online|reachable|able|around|in|at *2 on|from|until|till|tomorrow|today|this|next|between|during|work|@when|for", "not be? available|working|online|reachable|around *1 on|from|until|till|tomorrow|today|this|next|between|during|@when", "will be|am|going|i|we on|away|out|off|unavailable|absent|offline|traveling|travelling|sick|hospital|in|to|abroad", "out of *1 office|town|reach|country", "i am|will|be|am|we out|off|away|back @when", "i|we off|out @when", "^ back|return @when", "break is|from|on|starts|until", "no work this|on|tomorrow|today|next|@when", "not going to have my laptop", "will not have *2 laptop|computer|internet|access|signal", "public|national|bank|regular|special|religious holiday", "holiday|holidays here|in|on|today|tomorrow|is|this|next|from", "back|return|returning|resume|rejoin|online *3 on|by|monday|tuesday|wednesday|thursday|friday|next|after|work|from|@when", "can not work|come on|today|tomorrow|this|next|from|@when", "take|taking|have|request|requesting|need *5 leave|off|vacation", "sick today|leave|and|so|with", "doctor|doctors|dentist|hospital|medical|exam|exams|wedding|funeral|travel|surgery *4 on|tomorrow|today|@when", "eid|diwali|christmas|easter|holy|ramadan|holi|carnival|semana|independence|new year *1 week|holiday|holidays|break|day",
        ],
    ),
    row(
        "absence.away.other",
        For(Absence, 920),
        &[
            "estaré|voy|estoy|vamos|salgo *2 fuera|vacaciones|ausente|de|licencia|permiso", "vacaciones|feriado|ausente|asueto|incapacidad", "no voy|estaré|trabajo|trabajaré|podré *2 trabajar|estar|disponible|conectarme", "día|días|dias libre|libres|feriado", "estarei|vou|estou *3 fora|férias|ausente|folga|viajando|viajar", "férias|feriado|folga|licença|ausente", "não vou|estarei|trabalho *2 trabalhar|disponível|estar", "en|absent|absente|congé|congés|vacances|férié *2 congé|congés|vacances|du|de|le|jusqu", "je serai *1 absent|absente|en|indisponible", "urlaub|abwesend|krank|feiertag", "nicht erreichbar|da|verfügbar", "відпустка|відпустці|відпустку|вихідний|лікарняний|лікарняному|відсутній|відсутня", "мене не буде", "не працюю|працюватиму", "отпуск|отпуске|выходной|больничный|больничном|отсутствовать", "меня не будет", "не работаю", "urlop|urlopie|urlopu|wolne|święto|chorobowe|nieobecny|nieobecna", "nie będzie mnie|będę", "cuti|libur|sakit|izin|mudik", "leave po|ako", "naka leave", "day off ko|po|ako", "magle leave", "mag leave|vl|sl|absent|off", "absent po|ako|muna", "wala po? ako", "holiday po|dito|sa", "chutti|chhutti", "leave par|pe|chahiye|lena|le|hoon|pr", "nahi aa|aunga|aa|aungi|paunga|honga|hunga", "gaon|shaadi *3 ja|hai", "sitakuwa|likizo",
        ],
    ),
    row("not_absence", Against(Absence), &["leave it|this|that|the|a|them|comment|comments|feedback|message|note|blank|empty|me|us|out|as|review|alone|you|here|your|my", "leave *3 to|with|in|for you|me|the", "take|took|taking|have|had|day|right|straight|hold|cut|sign|kick|log|show|going|best|pay|drop|sent|worked|call|turn|written|crossed|checked|hands|set|1st off", "right away", "off @when deadline", "back to|up|you|with|end|on|and|in|from|office you|the|it|track|work?", "get|getting|come|coming|got|heard|hear|go|write|call back", "you|he|she|they|client|team|office|are|is|your on|off|out|away|leave|holiday|vacation", "find out|carried out|figure out|sort out", "out of|of stock|scope|memory|date|space|pocket|hours|the|ideas|sync|credit|credits|time|budget|paper|these|@number|order|my"]),
    row(
        "capacity.room",
        For(Capacity, 910),
        &[
            "i|we have|got|still|also|now *3 capacity|bandwidth|availability|room|free|spare|slots|slot|available", "i|we have|got *2 time for|this|next|to take|if|available|on", "free|spare|extra|available|open capacity|bandwidth|slots|slot|hours|time|room *4 this|next|for|if|week|on|in|available|to", "@span|@number|hours|time|slots|days *2 free|available|spare|open", "available for|to more|additional|extra|another|new|other|take", "can|could|able|happy|ready|open|glad|would|willing|want|free|like to? *2 take|handle|do|accept|work|start|on more|additional|extra|another|new|other|on", "take on more|additional|extra|another|new", "free|available this|next|from|for|on|now|starting|all|until|today|tomorrow|and", "schedule|calendar|plate|week is|looks|are|pretty|now *2 open|free|light|clear|empty", "if you have|need|want *3 more|additional|extra|another|other|new|anything *1 work|tasks|task|projects|hours|else|help|done", "looking for *2 more|additional|extra|new work|tasks|projects|hours", "open for|to more|additional|extra|new", "light week|load|schedule|on", "give|send|assign me *1 more|additional|extra|another|new", "more work|tasks|hours|projects *3 if|please|welcome|available|next|this",
        ],
    ),
    row(
        "capacity.room.other",
        For(Capacity, 910),
        &[
            "tengo|me|nos|queda|quedan|hay *3 tiempo|disponibilidad|horas|espacio|libre|libres|cupo", "disponible para|esta|la|más|desde|otros", "horas|tiempo libre|libres|disponible|disponibles", "tenho|sobra|estou|temos *3 tempo|disponibilidade|horas|livre|livres|espaço|disponível", "disponível para|esta|na|mais", "j ai *3 temps|disponibilité|heures|libre", "disponible pour|cette|la", "habe|hätte *4 kapazität|kapazitäten|zeit|frei", "маю|є *2 час|вільний|години|можливість", "вільний|вільна|вільні", "есть *2 время|свободное|часы|возможность", "свободен|свободна|свободные|свободное", "mam *3 czas|wolne|wolny|godziny|miejsce", "ada|punya|masih *2 waktu|slot|luang|kosong|kapasitas", "available po|ako|pa", "may time|free|oras|vacant|bakante|slot *2 ako|pa|po", "free po|ako|na", "kaya ko pa", "free hu|hoon|hun|hai", "time|waqt hai|h", "khali|free *2 hoon|hun|hu|hai", "nina muda|nafasi",
        ],
    ),
    row(
        "capacity.full",
        For(Capacity, 915),
        &[
            "fully|already|completely|currently|totally|quite? booked|loaded|occupied|packed|swamped|overloaded|overbooked|stretched|slammed", "at|over|full|beyond|no|reached|limited|maximum|my|max full|capacity|bandwidth|limit *3 capacity|this|until|for|now|at|with|week|right|next|to", "at|over|beyond|full capacity", "no|not|zero|limited|little|without|out *3 capacity|bandwidth|availability|room|slots|slot|space|spare", "do|does|did not have *3 capacity|bandwidth|availability|room|slots|time|space|hours|free", "plate|schedule|hands|calendar|week|hours|day is|are|were|looks *2 full|packed|tied|booked|busy|crazy|jammed", "hands full", "tied up", "my plate", "swamped|overloaded|snowed|overwhelmed", "busy|occupied with|this|next|until|till|at|all|right|for|now|today|on", "too much|many|busy *2 on|work|tasks|projects|right|plate|this|to", "can|could not take *2 more|another|additional|extra|any|anything", "maxed|max out", "no more|additional|extra *1 work|tasks|projects|hours", "full load|schedule|week|time|plate", "full *1 this|next|until|till",
        ],
    ),
    row(
        "capacity.full.other",
        For(Capacity, 915),
        &[
            "estoy|ando|voy|estamos *2 tope|lleno|llena|saturado|saturada|ocupado|ocupada|full|copado", "hasta *2 tope", "no tengo|me|hay *2 tiempo|espacio|cupo|disponibilidad|capacidad|queda", "agenda llena|cheia|lotada|completa", "estou|tô *3 cheio|cheia|lotado|lotada|sobrecarregado|sobrecarregada|ocupado|ocupada", "não tenho|temos *2 tempo|espaço|disponibilidade|capacidade", "je suis *2 débordé|débordée|complet|complète|surchargé|surchargée|pris|occupé|occupée", "pas de|le *2 temps|disponibilité|capacité", "ausgelastet|ausgebucht|überlastet|keine kapazität|kapazitäten|zeit?", "keine kapazität|kapazitäten|zeit", "завантажений|завантажена|зайнятий|зайнята|перевантажений", "немає|нема часу|можливості", "загружен|загружена|занят|занята|перегружен|перегружена", "нет времени|возможности", "zajęty|zajęta|zawalony|zawalona|przeciążony|obłożony", "nie mam *2 czasu|mocy|miejsca", "penuh|sibuk|kewalahan", "puno na|po", "busy po|pa|ako", "full na|po", "madami|maraming|daming *2 ginagawa|tasks|work|trabaho", "busy hoon|hun|hu|hai", "time nahi", "bahut|bohat|bht kaam|busy|work",
        ],
    ),
    row("not_capacity", Against(Capacity), &["are|if|do|can|when|is you|u|he|she|they|client *3 free|available|busy|have", "you are|is|have *2 free|available|busy|time", "feel free", "free of|to|trial|version|account|plan|images|photos|shipping|stock|tool|from", "for free", "have|has|had|need|give|got *1 time to|for? look|review|check|read|reply|call|talk|discuss", "available in|at|on|as|for|via *2 the|stock|download|drive|folder|link|store|size|sizes|colors|shop|site|website", "@thing|it|that|this|which|version|update|product|item is|are *2 available|free|full", "if you|u are *2 available|free|busy", "not *2 available on|from|until|till|tomorrow|today|this|next|between|in|@when", "spare me|the", "free|available *2 for|to|a call|chat|meeting|talk|zoom|discuss", "full name|list|version|report|access|set|time|text|payment|amount|screen|details|video|size|refund|control|article|address|length|day", "as you are busy", "you are|must|may be? busy"]),
];
