//! Wanting an answer, and knowing a better way.

use super::{
    Row,
    Says::{Against, For},
    row,
};
use crate::domain::statement::Act::{Question, Suggestion};

pub(super) const ROWS: &[Row] = &[
    row(
        "question.may_i",
        For(Question, 930),
        &[
            "^ can|could|may|shall|should|might i|we", "^ so|and|also|but|then can|could|may|shall|should i|we", "^ can|could|would|will|did|do|are|have|were you|u", "^ so|and|also|but can|could|would|will|did|do|are|have you", "^ please? can|could you", "^ is|are|was|does|do|did|has|have|were|am it|this|that|there|the|these|those|they|we|i|our|my|your|he|she|any|all", "^ please|sir|maam|hi|hello can|could|may|shall|should i|we|you", "^ please|kindly advise", "^ do|does we|i|the|it|this", "would you like|prefer|mind|want|be", "do you want|need|prefer|have|know|still|mean|think|happen|wish", "which one|version|format|of|do|should|is|file|folder|date|price|template *5", "shall|should i", "ok|okay|alright|fine if|for you|by *3 i|we|you",
        ],
    ),
    row(
        "question.wh",
        For(Question, 850),
        &[
            "^ what|which|who|when|where|why|how is|are|do|does|did|should|would|will|can|could|was|were|about|many|much|long|often|come|to|kind|type|format|date|time|color|size|price|name|version|one|file|platform|exactly", "^ so|and|also|but what|which|who|when|where|why|how is|are|do|does|did|should|would|will|can|could|about|many|much|long|to", "what means|does|is the|it|this|that *4 mean|deadline|password|format|budget|address|login|link", "what do you|u mean|want|need|think|prefer", "any idea|update|news|feedback|preference *5 $", "how should|do|can i|we",
        ],
    ),
    row(
        "question.wants",
        For(Question, 880),
        &[
            "i|we have|had|got just? a|one|some|few|two|three|couple|another|quick? quick|small|of|more|few|follow? question|questions|doubt|doubts|query|queries|clarification|clarifications|concern|up", "^ quick|one|another|small|my|few|only|last|two|three|some|the quick|more|last|small? question|questions|doubt|query|one|thing|clarification", "^ question|questions|query|clarification", "just|i|we|would|want|wanted|need|like *2 to know|ask|clarify|check|verify|understand|inquire|enquire if|whether|about|what|which|how|when|where|the|is|one|something|you|on|who|why|po|lang", "just|wanted|want|like|need to confirm *2 if|whether|which|what|the|that|with", "i wonder|wondering|curious *3 if|whether|about|what|how|why", "to clarify|ask|confirm|check *2 do|does|is|are|should|can|will|would|did|which|what|if|whether", "please|kindly|pls? let me|us know *2 what|which|how|when|where|who|whether|your|the|who|if *3 you|i|we|it|this|that|the want|prefer|should|would|need|ok|okay|can|have|is|are|preference|decision|thoughts", "let me|us know *1 what|which|how|when|where|who|whether|your|the", "please|kindly tell|advise|clarify|confirm|explain|suggest|guide|specify|define|indicate|instruct|verify *8 $", "tell me|us *2 what|which|how|when|where|who|whether|if|the|your", "please|kindly|could|can|you|need|to clarify|explain", "advise on|how|what|which|whether|if|me|us|further|please|accordingly *4", "not sure|certain|clear|unsure|confused if|whether|which|what|how|when|where|about|who|on|with|by *6 $", "i am|we are|am|are *1 not sure|certain|clear|unsure|confused", "is|are|was|am not clear *2 to|for|about|on|how|what|which|me|us|$", "i|we do|did|can|could not quite|really|fully? understand|get *6 $", "need|require|want|waiting|wait|await|awaiting *3 clarification|clarity|guidance|decision|approval|go|sign|confirmation|feedback|answer|instructions|instruction|direction|input|reply|response|permission|guidelines *3", "need|require|want|waiting *2 to? your|you|client|her|his|their decision|approval|input|confirmation|feedback|answer|help|advice|permission|opinion|ok|okay|sign|thoughts|reply|go|guidance|to *4", "request|requesting|requested|seek|seeking your|for|the|you *3 approval|confirmation|advice|guidance|clarification|feedback|decision|permission|kind", "your thoughts|opinion|advice|call|preference|decision|take", "thoughts $", "any thoughts|advice|suggestions|objections|feedback", "up to you *5", "awaiting your|for *5", "await your *5", "pending your|for *5",
        ],
    ),
    row(
        "question.send_me",
        For(Question, 860),
        &[
            "please|kindly *2 send|share|provide|give|forward|resend|reshare|grant|add|invite|email|supply|furnish|attach|upload|drop|approve|update|resolve|reset|allow|enable|unlock|release|arrange|fix *9 $", "please|kindly *2 send|share|provide|give|forward|resend|grant|add|invite|approve|reset *3 me|us|the|access|login|password|link|file|files|credentials|details|permission|information|code|your|rates|copy", "can|could|would|will you|u please|kindly|just|also|po? send|share|provide|give|forward|resend|grant|add|invite|check|tell|confirm|let|explain|clarify|approve|look|help|review|advise|pass|call|reset|update|fix|email|make|try|upload|put|get|do", "i|we still|also|just|would|will? need *3 access|login|password|credentials|link|file|files|logo|permission|permissions|code|details|information|address|invite|key|photos|images|brief|content|copy|data|from|to *4", "need you|your to? *6 $", "need *2 from you|your *4", "send|share|give me|us *3 access|login|password|link|file|files|credentials|details|code|the|a|your", "do you have|know *6", "requesting *2 access|login|password|credentials|link|file|files|permission *4", "i would like|love|appreciate|be *3 to know|get|have|receive|see|grateful|it|if", "would appreciate|grateful *1 if you *8", "waiting for|on|to your|you *3 approval|decision|reply|answer|response|confirmation|feedback|go|instructions|send|confirm|approve|reply *4", "please|kindly respond|reply|answer|look into|let us|let me *6 $",
        ],
    ),
    row(
        "question.other",
        For(Question, 890),
        &[
            "^ me|nos? puede|puedes|podría|podrías|podrían|pueden *6", "¿ *8", "podría|podrías|puedes|puede|podrían usted|por|favor|me|enviar|mandar|compartir|confirmar|decir|explicar|indicar|darme|pasar|enviarme|confirmarme|decirme|revisar *5", "por favor envíe|envie|mande|comparta|confirme|indique|indíqueme|confirmar|enviar|dígame|me *5", "tengo una|unas|algunas|dos duda|dudas|pregunta|preguntas|consulta *4", "necesito saber|que|acceso|la|el|su|tu *6", "quisiera|quería|queria|quiero saber|preguntar|consultar|confirmar *4", "no sé|se si|cual|como|que *4", "^ cuál|qué|cómo|cuándo|dónde|quién|cuánto|cual|cuando *6", "me confirma|confirmas|indica|dice|dices|avisa|avisas|envía|envia|pasas|mandas *5",
            "você|voce|vocês pode|poderia|podem|consegue|prefere|quer *6", "pode|poderia me|enviar|mandar|confirmar|passar|verificar|explicar|compartilhar|por *5", "tenho uma|algumas dúvida|dúvidas|pergunta|duvida *4", "gostaria|queria|preciso de? saber|confirmar|perguntar|acesso *5", "^ qual|quais|quando|onde|como|quem|quanto *6", "devo usar|enviar|fazer|incluir|seguir *5",
            "pouvez vous *8", "pourriez vous *8", "peux tu *8", "pourrais tu *8", "est ce que *8", "j ai une|des|quelques question|questions *5", "^ quel|quelle|quels|quelles|comment|quand|où|combien *6", "dois je *6", "puis je *6", "faut il *6", "merci de me? confirmer|préciser|envoyer|m *5", "je voudrais|voulais savoir|demander *5",
            "können|könnten|könnte|kannst|könntest|soll|darf|muss sie|du|ich|wir *6", "ich habe eine|noch|ein|einige|zwei *2 frage|fragen *5", "bitte senden|schicken|geben|teilen|bestätigen|klären *6", "^ welche|welches|welcher|welchen|wann|wo|wie|was|wer *6",
            "підкажіть *7", "чи можу|можна|потрібно|треба|маю|можете|є|варто|правильно *6", "можете|могли *1 надіслати|скинути|уточнити|підказати|дати|надати|підтвердити|пояснити *5", "у мене є? питання|запитання *4", "маю питання|запитання", "^ який|яка|яке|які|коли|де|скільки|чому|хто *6", "надішліть|скиньте|дайте|уточніть|поясніть|підтвердіть *4",
            "подскажите *7", "можно ли|узнать|мне|уточнить *6", "можете|могли *1 прислать|отправить|уточнить|подсказать|дать|подтвердить|объяснить|скинуть *5", "у меня есть? вопрос|вопросы *4", "есть вопрос|вопросы *3", "^ какой|какая|какое|какие|когда|где|сколько|почему|кто *6", "нужно|надо|стоит ли *6", "пришлите|скиньте|дайте|уточните|поясните|подтвердите *4", "уточните пожалуйста *5",
            "^ czy *8", "czy mam|mogę|możesz|może|mógłbyś|mogłabyś|mógłby|mogłaby|jest|powinienem|powinnam|potrzebne *6", "mam pytanie|pytania|wątpliwość *4", "proszę o przesłanie|wysłanie|informację|potwierdzenie|odpowiedź|dostęp|podanie|wyjaśnienie *5", "^ jaki|jaka|jakie|który|która|które|kiedy|gdzie|ile *6",
            "apakah *8", "bisakah *8", "bisa minta|tolong|kirim|kirimkan|dikirim|tahu *6", "boleh saya|minta|tahu|tanya *6", "tolong kirim|kirimkan|konfirmasi|jelaskan|info|beri|share|dikirim *6", "mohon konfirmasi|info|informasi|dikirim|arahan|kirim|penjelasan|dibantu *6", "saya mau|ingin|ada tanya|bertanya|pertanyaan *5", "^ kapan|bagaimana|berapa|dimana|mana *6",
            "pwede|pede|puwede|maaari po? ba|pong|bang *6", "ano|alin|paano|kailan|saan|sino|ilan po? ba|ang|yung|po *6", "^ ano|alin|paano|kailan|saan|sino|magkano|bakit *6", "may tanong|question|itatanong|clarification ako|lang|po|sana *4", "itatanong|tanong|magtatanong ko|lang|sana|po *4", "pa send|share|approve|access|confirm|check|grant|clarify|advise *4", "paki send|share|approve|confirm|grant|clarify|advise|bigay *4", "po ba *4", "ba po *4", "ba ito|yung|ang|kailangan|gagamitin *4",
            "kya aap|main|mai|mein|hum|yeh|ye|mujhe|hume *8", "kaunsa|konsa|kaun sa|si|wala|file|format *5", "kaise|kab|kahan|kyun|kitna|kitne|kidhar karna|karu|karun|karein|hai|hoga|bhejna|milega|tak|chahiye *4", "bata|batao|bataye|bataiye|batayen|bata dijiye|do|den *3", "mujhe|hume batao|bataye|bataiye|bata|chahiye *3", "bhej|share|send dijiye|do|den|kar|karo|kijiye *3", "e mail|link|password|access|login chahiye|bhejo|do|dena *3", "je naweza *4", "na which|wetin|how i go|make i|shey|abi *5",
        ],
    ),
    row(
        "not_question",
        Against(Question),
        &[
            "how are|is|was|have you|your|things|everything|it|been *4", "any questions|doubts *4 let|feel|ask|me", "if you have any? questions *3", "have|has no further|more|other|any? questions|doubts|queries", "no questions|doubts|queries", "without asking *4", "asked|asks|asking me|us|him|her|them? if|whether|how|what|why|when|where", "you asked|wanted to know|questioned *6", "answered *2 question|questions|query|queries", "your question", "question is|was|has solved|answered|resolved|clear", "why not", "who knows", "guess what", "you know what", "right $", "can you believe *4", "do not you think", "is not it", "please|kindly check|find|see|note|review|refer|be|accept|disregard|ignore|have|verify *8 $", "please|kindly find attached|below|enclosed|the|my|attach|herewith", "please confirm receipt", "let me|us know if you|there|any|it|everything|this have|need|is|are|want|anything|looks|any|something|works|find|require|see *6", "if you|there *9 $", "please do not hesitate", "please let me|us know if|should *9",
        ],
    ),
    row(
        "suggestion.suggest",
        For(Suggestion, 900),
        &[
            "i|we would|strongly|highly|really|also|might|may|can|could? suggest|recommend|propose|advise|advocate", "^ suggest|suggesting|recommend|proposing|propose", "my|one|a|an|another|small|quick|our suggestion|recommendation|advice|proposal|idea", "^ suggestion|idea|proposal", "just a suggestion|thought|idea", "how|what about if|we|i|using|doing|trying|adding|making|changing|sending|splitting|moving *6", "why do not|not we|you|try|use *6", "might|would|could|may|will be|is better|best|good|wise|smart|easier|faster|quicker|cheaper|safer|cleaner|simpler|more|helpful|nice|great|useful|worth if|to|idea|that|for|and|doing|using|than|efficient|effective|adding|make|splitting|having *6", "better|best|easier|faster|cheaper|quicker|wiser|safer to|if|way|option|would|approach|is|idea", "i|we have|got a|an|one|another better|small|quick|good|faster? suggestion|idea|proposal|way|recommendation", "maybe|perhaps we|you|it|i should|could|can|might|need|want|try|use|better *6", "we|you could|might|should|can also|instead|maybe|consider|try|use|automate|add|save|want|simply|just|combine|skip|split|switch|replace|reuse|do *8", "could|might|would|should consider *5", "consider using|adding|changing|switching|moving|doing|making|splitting|having *6", "instead of *8 we|i|you|could|can|it|would|use", "worth adding|trying|considering|doing|checking|testing|looking|having *6", "it would save *5", "would save you|us|a|time|money|lots|hours *6", "if we|you|i use|used|switch|switched|automate|do|did|split|combine|change|changed|add|added|batch *9 faster|save|cheaper|easier|better|help|quicker|improve|half|reduce", "i think|feel|believe we|it|you|the|that|this|a|using|adding *3 should|could|would|is|might|will|looks|work|works better|be|best|use|try|add|wait|change|try|avoid|more *6", "in my opinion *8", "my two cents *4", "might want|wanna to? *5", "you may want to *5", "let us try|use|change|move|do|switch|add|avoid *6",
            "i|we can|could offer|give|do *4 discount|better|lower|cheaper|special|rate|price *6", "discount|discounted|lower rate|price *4 if|for", "better|special|lower|reduced rate|price *4 for|if|when", "offer|give *4 discount|better *4", "@percent discount|off|less *5",
            "sugiero|sugeriría|recomiendo|recomendaría|propongo|sugerencia *4", "sería|seria|quizás|tal vez|podríamos|podríamos mejor|bueno|conveniente|usar|hacer|conviene *5", "mejor si|sería|usamos|hacemos|usar *5", "sugiro|sugeria|recomendo|proponho|sugestão *4", "seria|talvez|poderíamos|que tal melhor|bom|interessante|usar|fazer *5", "je suggère|propose|recommande|conseille *4", "il serait|vaudrait mieux|préférable *5", "ich schlage *4 vor|vor", "ich würde|empfehle|empfehlen *4 vorschlagen|empfehlen", "mein vorschlag *3", "besser wäre *4", "пропоную|рекомендую|раджу|пропозиція *4", "може краще|варто *4", "краще *5", "предлагаю|рекомендую|советую|предложение *4", "может лучше|стоит *4", "лучше *4 бы|сделать|использовать", "proponuję|sugeruję|polecam|propozycja *4", "może lepiej|warto *4", "lepiej byłoby *4", "saya sarankan|usul|menyarankan *4", "bagaimana kalau *5", "lebih baik|bagus *4", "suggest ko|lang|po|naman *4", "mas maganda|mabilis|okay|ok|mura|madali *2 kung|siguro|po|if *4", "mera suggestion|sujhav *3", "behtar hoga|rahega *4", "agar hum|aap *5 behtar|fast|better|jaldi *3",
        ],
    ),
    row(
        "not_suggestion",
        Against(Suggestion),
        &["as you|he|she|they suggested|recommended|advised|proposed", "you suggested|recommended|proposed", "per your suggestion|advice|recommendation", "please suggest|advise|recommend", "kindly suggest|advise|recommend", "can|could you suggest|recommend|advise", "any suggestion|suggestions|idea", "feel|get|getting better", "hope *4 better", "suggest me|us", "what|which do you suggest|recommend"],
    ),
];
