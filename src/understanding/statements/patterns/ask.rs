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
            "^ can|could|may|shall|should|might i|we", "^ so|and|also|but|then can|could|may|shall|should i|we", "^ can|could|would|will|did|do|are|have|were you|u", "^ so|and|also|but can|could|would|will|did|do|are|have you", "^ please? can|could you", "^ is|are|was|does|do|did|has|have|were|am it|this|that|there|the|these|those|they|we|i|our|my|your|he|she|any|all", "^ please|sir|maam|hi|hello can|could|may|shall|should i|we|you", "^ please|kindly advise", "^ do|does we|i|the|it|this", "would you like|prefer|mind|want|be", "do you want|need|prefer|have|know|still|mean|think|happen|wish", "which one|version|format|of|do|should|is|file|folder|date|price|template", "shall|should i", "ok|okay|alright|fine if|for you|by *3 i|we|you",
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
            "i|we have|had|got just? a|one|some|few|two|three|couple|another|quick? quick|small|of|more|few|follow? question|questions|doubt|doubts|query|queries|clarification|clarifications|concern|up", "^ quick|one|another|small|my|few|last|two|three|some|the quick|more|last|small? question|questions|doubt|query|clarification|clarifications", "^ quick one|thing", "^ question|questions|query|clarification", "just|i|we|would|want|wanted|need|like *2 to know|ask|clarify|check|verify|understand|inquire|enquire if|whether|about|what|which|how|when|where|the|is|one|something|you|on|who|why|po|lang", "just|wanted|want|like|need to confirm *2 if|whether|which|what|the|that|with", "i wonder|wondering|curious *3 if|whether|about|what|how|why", "to clarify|ask|confirm|check *2 do|does|is|are|should|can|will|would|did|which|what|if|whether", "please|kindly|pls? let me|us know *2 what|which|how|when|where|who|whether|your|the|who|if *3 you|i|we|it|this|that|the want|prefer|should|would|need|ok|okay|can|have|is|are|preference|decision|thoughts", "let me|us know *1 what|which|how|when|where|who|whether|your|the", "please|kindly tell|advise|clarify|confirm|explain|suggest|guide|specify|define|indicate|instruct|verify *8 $", "any information|news|update|word on|about|from", "could you", "if you could|can send|come|give|share|let|help|provide|confirm|check", "let|tell me|us know of|some", "wait|hold which|what|who|so", "which|what @name|one $", "if|whether i must|should|may|can|need go|pay|buy|proceed|do|send|continue|use", "approval|decision|reply|feedback|confirmation|answer|go is|are still|only? pending|needed|required|awaited", "your approval|decision|reply|feedback|confirmation|answer|sign", "tell me|us *2 what|which|how|when|where|who|whether|if|the|your", "please|kindly|could|can|you|need|to clarify|explain", "advise on|how|what|which|whether|if|me|us|further|please|accordingly", "not sure|certain|clear|unsure|confused if|whether|which|what|how|when|where|about|who|on|with|by *6 $", "i am|we are|am|are *1 not sure|certain|clear|unsure|confused", "is|are|was|am not clear *2 to|for|about|on|how|what|which|me|us", "i|we do|did|can|could not quite|really|fully? understand|get *6 $", "need|require|want|waiting|wait|await|awaiting *3 clarification|clarity|guidance|decision|approval|go|sign|confirmation|feedback|answer|instructions|instruction|direction|input|reply|response|permission|guidelines", "need|require|want|waiting *2 to? your|client decision|approval|input|confirmation|feedback|answer|help|advice|permission|opinion|ok|okay|sign|thoughts|reply|go|guidance|to", "request|requesting|requested|seek|seeking your|for|the|you *3 approval|confirmation|advice|guidance|clarification|feedback|decision|permission|kind", "your thoughts|opinion|advice|call|preference|decision|take", "thoughts $", "any thoughts|advice|suggestions|objections|feedback", "up to you", "awaiting your|for", "await your", "pending your|for",
        ],
    ),
    row(
        "question.send_me",
        For(Question, 860),
        &[
            "please|kindly *2 send|share|provide|give|forward|resend|reshare|grant|add|invite|email|supply|furnish|attach|upload|drop|approve|update|resolve|reset|allow|enable|unlock|release|arrange|fix *9 $", "please|kindly *2 send|share|provide|give|forward|resend|grant|add|invite|approve|reset *3 me|us|the|access|login|password|link|file|files|credentials|details|permission|information|code|your|rates|copy", "can|could|would|will you|u please|kindly|just|also|po? send|share|provide|give|forward|resend|grant|add|invite|check|tell|confirm|let|explain|clarify|approve|look|help|review|advise|pass|call|reset|update|fix|email|make|try|upload|put|get|do", "i|we still|also|just|would|will? need *3 access|login|password|credentials|link|file|files|logo|permission|permissions|code|details|information|address|invite|key|photos|images|brief|content|data", "need you|your to? *6 $", "need *2 from you|your", "send|share|give me|us *3 access|login|password|link|file|files|credentials|details|code|the|a|your", "do you have|know", "requesting *2 access|login|password|credentials|link|file|files|permission", "i would like|love to know|get|have|receive|see", "i would appreciate|be it|if|grateful", "would appreciate|grateful *1 if you", "waiting for|on|to your|you *3 approval|decision|reply|answer|response|confirmation|feedback|go|instructions|send|confirm|approve|reply", "please|kindly respond|reply|answer|look into|let us|let me *6 $",
        ],
    ),
    row(
        "question.other",
        For(Question, 890),
        &[
            "^ me|nos? puede|puedes|podría|podrías|podrían|pueden",  "podría|podrías|puedes|puede|podrían usted|por|favor|me|enviar|mandar|compartir|confirmar|decir|explicar|indicar|darme|pasar|enviarme|confirmarme|decirme|revisar", "por favor envíe|envie|mande|comparta|confirme|indique|indíqueme|confirmar|enviar|dígame|me", "tengo una|unas|algunas|dos duda|dudas|pregunta|preguntas|consulta", "necesito saber|que|acceso|la|el|su|tu", "quisiera|quería|queria|quiero saber|preguntar|consultar|confirmar", "no sé|se si|cual|como|que", "^ cuál|qué|cómo|cuándo|dónde|quién|cuánto|cual|cuando", "me confirma|confirmas|indica|dice|dices|avisa|avisas|envía|envia|pasas|mandas",
            "você|voce|vocês pode|poderia|podem|consegue|prefere|quer", "pode|poderia me|enviar|mandar|confirmar|passar|verificar|explicar|compartilhar|por", "tenho uma|algumas dúvida|dúvidas|pergunta|duvida", "gostaria|queria|preciso de? saber|confirmar|perguntar|acesso", "^ qual|quais|quando|onde|como|quem|quanto", "devo usar|enviar|fazer|incluir|seguir",
            "pouvez vous", "pourriez vous", "peux tu", "pourrais tu", "est ce que", "j ai une|des|quelques question|questions", "^ quel|quelle|quels|quelles|comment|quand|où|combien", "dois je", "puis je", "faut il", "merci de me? confirmer|préciser|envoyer|m", "je voudrais|voulais savoir|demander",
            "können|könnten|könnte|kannst|könntest|soll|darf|muss sie|du|ich|wir", "ich habe eine|noch|ein|einige|zwei *2 frage|fragen", "bitte senden|schicken|geben|teilen|bestätigen|klären", "^ welche|welches|welcher|welchen|wann|wo|wie|was|wer",
            "підкажіть", "чи можу|можна|потрібно|треба|маю|можете|є|варто|правильно", "можете|могли *1 надіслати|скинути|уточнити|підказати|дати|надати|підтвердити|пояснити", "у мене є? питання|запитання", "маю питання|запитання", "^ який|яка|яке|які|коли|де|скільки|чому|хто", "надішліть|скиньте|дайте|уточніть|поясніть|підтвердіть",
            "подскажите", "можно ли|узнать|мне|уточнить", "можете|могли *1 прислать|отправить|уточнить|подсказать|дать|подтвердить|объяснить|скинуть", "у меня есть? вопрос|вопросы", "есть вопрос|вопросы", "^ какой|какая|какое|какие|когда|где|сколько|почему|кто", "нужно|надо|стоит ли", "пришлите|скиньте|дайте|уточните|поясните|подтвердите", "уточните пожалуйста",
            "^ czy", "czy mam|mogę|możesz|może|mógłbyś|mogłabyś|mógłby|mogłaby|jest|powinienem|powinnam|potrzebne", "mam pytanie|pytania|wątpliwość", "proszę o przesłanie|wysłanie|informację|potwierdzenie|odpowiedź|dostęp|podanie|wyjaśnienie", "^ jaki|jaka|jakie|który|która|które|kiedy|gdzie|ile",
            "apakah", "bisakah", "bisa minta|tolong|kirim|kirimkan|dikirim|tahu", "boleh saya|minta|tahu|tanya", "tolong kirim|kirimkan|konfirmasi|jelaskan|info|beri|share|dikirim", "mohon konfirmasi|info|informasi|dikirim|arahan|kirim|penjelasan|dibantu", "saya mau|ingin|ada tanya|bertanya|pertanyaan", "^ kapan|bagaimana|berapa|dimana|mana",
            "pwede|pede|puwede|maaari po? ba|pong|bang", "ano|alin|paano|kailan|saan|sino|ilan po? ba|ang|yung|po", "^ ano|alin|paano|kailan|saan|sino|magkano|bakit", "may tanong|question|itatanong|clarification ako|lang|po|sana", "itatanong|tanong|magtatanong ko|lang|sana|po", "pa send|share|approve|access|confirm|check|grant|clarify|advise", "paki send|share|approve|confirm|grant|clarify|advise|bigay", "po ba", "ba po", "ba ito|yung|ang|kailangan|gagamitin",
            "kya aap|main|mai|mein|hum|yeh|ye|mujhe|hume", "kaunsa|konsa|kaun sa|si|wala|file|format", "kaise|kab|kahan|kyun|kitna|kitne|kidhar karna|karu|karun|karein|hai|hoga|bhejna|milega|tak|chahiye", "bata|batao|bataye|bataiye|batayen|bata dijiye|do|den", "mujhe|hume batao|bataye|bataiye|bata|chahiye", "bhej|share|send dijiye|do|den|kar|karo|kijiye", "e mail|link|password|access|login chahiye|bhejo|do|dena", "je naweza", "na which|wetin|how i go|make i|shey|abi",
        ],
    ),
    row(
        "not_question",
        Against(Question),
        &[
            "how are|is|was|have you|your|things|everything|it|been", "any questions|doubts *4 let|feel|ask|me", "if you have any? questions", "have|has no further|more|other|any? questions|doubts|queries", "no questions|doubts|queries", "without asking", "asked|asks|asking me|us|him|her|them? if|whether|how|what|why|when|where", "you asked|wanted to know|questioned", "answered *2 question|questions|query|queries", "your question", "question is|was|has solved|answered|resolved|clear", "why not $", "who knows", "guess what", "you know what", "right $", "can you believe", "do not you think", "is not it", "please|kindly check|find|see|note|review|refer|be|accept|disregard|ignore|have|verify *8 $", "please|kindly find attached|below|enclosed|the|my|attach|herewith", "please confirm receipt", "let me|us know if you|there|any|it|everything|this have|need|is|are|want|anything|looks|any|something|works|find|require|see", "if you|there *9 $", "please do not hesitate", "please let me|us know if|should",
        ],
    ),
    row(
        "suggestion.suggest",
        For(Suggestion, 900),
        &[
            "i|we would|strongly|highly|really|also|might|may|can|could? suggest|recommend|propose|advise|advocate", "^ suggest|suggesting|recommend|proposing|propose", "my|one|a|an|another|small|quick|our suggestion|recommendation|advice|proposal|idea", "^ suggestion|idea|proposal", "just a suggestion|thought|idea", "why not use|try|do|make|go|just|add|have|keep|switch|split|start", "how|what about if|we|i|using|doing|trying|adding|making|changing|sending|splitting|moving", "why do not|not we|you|try|use", "might|would|could|may|will be|is better|best|good|wise|smart|easier|faster|quicker|cheaper|safer|cleaner|simpler|more|helpful|nice|great|useful|worth if|to|idea|that|for|and|doing|using|than|efficient|effective|adding|make|splitting|having", "better|easier|faster|cheaper|quicker|wiser|safer if|way|option|would|approach|idea", "i|we have|got a|an|one|another better|small|quick|good|faster? suggestion|idea|proposal|way|recommendation", "maybe|perhaps we|you|it should|could|can|might|need|want|try|use|better", "we|you could|might|should|can also|instead|maybe|consider|try|use|automate|add|save|want|simply|just|combine|skip|split|switch|replace|reuse|do", "could|might|should consider", "consider using|adding|changing|switching|moving|doing|making|splitting|having", "instead of *8 we|i|you|could|can|it|would|use", "worth adding|trying|considering|doing|checking|testing|looking|having", "it would save", "would save you|us|a|time|money|lots|hours", "if we|you|i use|used|switch|switched|automate|do|did|split|combine|change|changed|add|added|batch *9 faster|save|cheaper|easier|better|help|quicker|improve|half|reduce", "i think|feel|believe we|it|you|the|that|this|a|using|adding *3 should|could|would|is|might|will|looks|work|works better|be|best|use|try|add|wait|change|try|avoid|more", "in my opinion", "my two cents", "might want to?", "you may want to", "let us try|use|change|move|do|switch|add|avoid",
            "i|we can|could offer|give|do *4 discount|better|lower|cheaper|special|rate|price", "discount|discounted|lower rate|price *4 if|for", "better|special|lower|reduced rate|price *4 for|if|when", "offer|give *4 discount|better", "@percent discount|off|less",
        ],
    ),
    row(
        "suggestion.suggest.other",
        For(Suggestion, 900),
        &[
            "sugiero|sugeriría|recomiendo|recomendaría|propongo|sugerencia", "sería|seria|quizás|tal vez|podríamos|podríamos mejor|bueno|conveniente|usar|hacer|conviene", "mejor si|sería|usamos|hacemos|usar", "sugiro|sugeria|recomendo|proponho|sugestão", "seria|talvez|poderíamos|que tal melhor|bom|interessante|usar|fazer", "je suggère|propose|recommande|conseille", "il serait|vaudrait mieux|préférable", "ich schlage *4 vor|vor", "ich würde|empfehle|empfehlen *4 vorschlagen|empfehlen", "mein vorschlag", "besser wäre", "пропоную|рекомендую|раджу|пропозиція", "може краще|варто", "краще", "предлагаю|рекомендую|советую|предложение", "может лучше|стоит", "лучше *4 бы|сделать|использовать", "proponuję|sugeruję|polecam|propozycja", "może lepiej|warto", "lepiej byłoby", "saya sarankan|usul|menyarankan", "bagaimana kalau", "lebih baik|bagus", "suggest ko|lang|po|naman", "mas maganda|mabilis|okay|ok|mura|madali *2 kung|siguro|po|if", "mera suggestion|sujhav", "behtar hoga|rahega", "agar hum|aap *5 behtar|fast|better|jaldi",
        ],
    ),
    row(
        "not_suggestion",
        Against(Suggestion),
        &["as you|he|she|they suggested|recommended|advised|proposed", "you suggested|recommended|proposed", "per your suggestion|advice|recommendation", "please suggest|advise|recommend", "kindly suggest|advise|recommend", "can|could you suggest|recommend|advise", "any suggestion|suggestions|idea", "feel|get|getting better", "hope *4 better", "suggest me|us", "what|which do you suggest|recommend"],
    ),
];
