//! Lists of words that the structure of a reply rests on, in the languages assistants write.

use super::tokens::fold;
use crate::understanding::word_table::WordSet;
use std::sync::LazyLock;

/// A set of folded words.
pub(super) struct List(LazyLock<WordSet<String>>);

impl List {
    const fn new(build: fn() -> WordSet<String>) -> Self {
        Self(LazyLock::new(build))
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

fn words(written: &str) -> WordSet<String> {
    written.split_whitespace().map(fold).collect()
}

pub(super) static PREPOSITIONS: List = List::new(|| {
    words(
        "by until till before on for at within from to since in around about the until para el ate até hasta \
        am bis zum le pour avant до к к на o do na sampai pada hingga sa",
    )
});

/// Words that begin a question.
pub(super) static ASKS: List = List::new(|| {
    words(
        "what which who whom whose when where why how is are am was were do does did can could would will \
        shall should may might has have had que qual cual cuales cuando como donde quien por puedo puedes \
        puede podemos podria podrias posso pode poderia quando onde quem est pouvez pourriez puis dois faut \
        quel quelle comment ou qui soll kann konnen darf wann wie welche welches welcher wo wer чи який яка \
        які коли як де що хто можна можете какой какая какие когда как где что кто можно czy jak jaki jaka \
        jakie kiedy gdzie co apa apakah bagaimana kapan mana bisakah boleh siapa ano alin paano kailan saan \
        sino pwede kya kaise kab kaun konsa kahan",
    )
});

pub(super) static CONTRAST: List = List::new(|| {
    words(
        "but however although though except still yet nevertheless only pero aunque mas porem entretanto mais \
        cependant aber jedoch sondern але проте однак но однако только ale jednak tapi namun tetapi kaso \
        pero lekin magar par",
    )
});

pub(super) static JOINS: List = List::new(|| words("and so then also because since und та і dan tapos aur or"));

pub(super) static SUBJECTS: List =
    List::new(|| words("i we you they he she it will can could please there the my am have has now"));

pub(super) static PERCENT: List =
    List::new(|| words("% percent pct procent prozent процентов процентів процента процент por porcento persen"));

pub(super) static MONEY: List = List::new(|| {
    words(
        "$ € £ ₱ ₹ usd eur gbp php inr pkr bdt kes ngn zar uah pln mxn cop brl idr dollar dollars dolares \
        euro euros pesos peso rupees rupee rs taka naira rand shillings ksh reais hryvnia zloty zl bucks \
        pounds pound rupiah php",
    )
});

pub(super) static NUMBERS: List =
    List::new(|| words("one two three four five six seven eight nine ten eleven twelve"));

/// Days and times of day that need no reading to be known as such.
pub(super) static WHEN: List = List::new(|| {
    words(
        "today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu \
        thurs fri sat sun eod eow cob noon midnight morning afternoon evening weekend week asap soon later \
        shortly hoy manana lunes martes miercoles jueves viernes sabado domingo tarde noche hoje amanha \
        segunda terca quarta quinta sexta aujourd hui demain lundi mardi mercredi jeudi vendredi samedi \
        dimanche soir heute morgen montag dienstag mittwoch donnerstag freitag samstag sonntag abend \
        сьогодні завтра понеділок понеділка вівторок вівторка середа середи середу четвер четверга пятниці \
        пятницю суботи вечора сегодня понедельник понедельника вторник вторника среду среды четверг пятницу \
        пятницы вечером вечера dzisiaj dzis jutro jutra poniedzialek poniedzialku wtorek wtorku srode srody \
        czwartek czwartku piatek piatku hari ini besok lusa senin selasa rabu kamis jumat nanti malam bukas \
        mamaya ngayon lunes martes miyerkules huwebes biyernes kal aaj parso shaam subah raat",
    )
});

/// What is handed back.
pub(super) static THINGS: List = List::new(|| {
    words(
        "file files sheet sheets spreadsheet spreadsheets report reports document documents draft drafts list \
        lists table data design designs image images photo photos picture pictures video videos version copy \
        link folder article articles post posts deck slides presentation translation translations transcript \
        transcripts logo banner banners page pages template templates task tasks job work everything all \
        invoices entries records results output deliverable deliverables zip pdf csv excel doc database \
        newsletter catalogue catalog text texts captions proposal summary minutes notes set batch archivo \
        archivos documento documentos informe reporte hoja lista tabla todo trabajo tarea arquivo arquivos \
        planilha relatorio tudo trabalho tarefa fichier fichiers rapport tableau tout travail datei dateien \
        liste tabelle bericht alles файл файли файлы таблицу таблиця таблица звіт отчет список все усе всё \
        документ plik pliki raport arkusz wszystko tabele berkas laporan dokumen semua lahat kaam sheet \
        trabaho",
    )
});

/// Words that make what is done a part of the task.
pub(super) static PARTIAL: List = List::new(|| {
    words(
        "part parts partial partially some most half except remaining rest first second third fourth draft drafts batch \
        section chapter phase step steps so far initial preliminary sample samples only until till 1st 2nd 3rd \
        parte partes primera primeiro primeira borrador rascunho mitad metade excepto exceto menos premier premiere moitie \
        brouillon teil erste ersten entwurf halfte частина частину перша першу чернетка половину часть первую черновик \
        czesc pierwsza pierwszy szkic polowe sebagian draf pertama bahagi unang kalahati pehla aadha",
    )
});

/// Words of trouble: an unread sentence that holds one must be looked at.
pub(super) static TROUBLE: List = List::new(|| {
    words(
        "not no never but however unfortunately sorry problem problems issue issues error errors wrong missing wait waiting \
        stuck need needs help unable without until unless before if should which whether what why how when where who \
        cancel stop quit late delay delayed confused unclear doubt doubts question questions clarify urgent \
        pero lamentablemente problema problemas falta espero necesito ayuda sin cuando como si nao mas infelizmente preciso \
        ajuda sem aguardo mais malheureusement probleme manque attends besoin aide sans pas aber leider problem fehlt warte \
        brauche hilfe ohne nicht але жаль проблема бракує чекаю потрібно допомога без не ні но жаль нужно помощь жду нет \
        ale niestety czekam potrzebuje pomoc bez nie tapi maaf masalah menunggu butuh bantuan tanpa tidak belum kaso pero \
        hindi wala problema kailangan tulong di lekin par nahi masla dikkat chahiye madad",
    )
});

/// What a count counts, so that a number before it is no list number.
pub(super) static UNITS: List = List::new(|| {
    words(
        "of out hours hour minutes days day weeks week percent % pages rows items records more left remaining pm am words \
        de von из з z dari horas hora dias semanas stunden tage годин години часов часа godzin jam hari oras araw ghante din",
    )
});

/// Small words that only English sentences are full of.
pub(super) static ENGLISH: List = List::new(|| {
    words(
        "i you the is was are to of and for it my have has will with this that not on at be we your do can if so but \
        from as by he she they would should could am our there been were or an what when which please need after before \
        because them their him her its just only some any all also then than now here out up about into more until",
    )
});

/// Small words that only other languages' sentences are full of.
pub(super) static FOREIGN: List = List::new(|| {
    words(
        "po na ko sa ng ang yung mga ako kayo nyo ninyo lang pa naman kasi para hai hain ka ke ki ko kar se mein main aap \
        ho kya el la de que en un una los las por con mi lo le es esta o os da em um uma meu ja eu voce je le les des une \
        est pas vous mon la et du il ce pour ich der die das ist und nicht ein eine zu mir auf mit den es saya yang di untuk \
        dan sudah akan ini itu tidak w z nie sie jest do za ze mam prosze ni kwa ya wa",
    )
});

/// Words of an obstacle: where no rule hears one, the owner does.
pub(super) static OBSTACLE: List = List::new(|| {
    words(
        "unable cannot problem problems issue issues error errors stuck wrong missing slow down waiting broken locked expired \
        failed failing fails crash crashed denied delayed late unfortunately regret sorry afraid hospital sick outage \
        problema problemas lamentablemente espero esperando falta infelizmente aguardando malheureusement probleme attends \
        leider fehlt warte nahi nahin masla dikkat wala walang sira hindi problem brownout bijli light \
        проблема чекаю жаль немає жду нет сожалению niestety czekam brak masalah kendala menunggu maaf",
    )
});
