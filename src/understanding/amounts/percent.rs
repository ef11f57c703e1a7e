//! How far the work is, from 0 to 100.

use crate::understanding::times::{grammar::Reader, tokens};

/// Spellings of the sign in words.
const SIGNS: &str = "percent|pct|percents|percentage|prozent|pourcent|porcento|porciento|porsyento|porsiyento|procent|процентов|\
    процента|відсотків|відсотки|persen|fisad|feesad";

/// Words by which a part is done.
const DONE: &str = "done|complete|completed|finished|ready|through|uploaded|submitted|sent|delivered|drafted|edited|processed|\
    captured|cleaned|checked|written|scraped|recorded|entered|closed|over|progress|tapos|natapos|nagawa|na|\
    listo|listos|listas|lista|hecho|hechos|hechas|terminado|terminados|completado|completados|pronto|prontos|\
    prontas|feito|feitos|feitas|concluido|concluidos|fertig|erledigt|geschafft|abgeschlossen|fait|faits|faites|\
    termine|termines|fini|finis|ho|hua|hue|готово|сделано|зроблено|gotowe|selesai";

/// Words by which a part is still to do.
const OPEN: &str = "left|remaining|remains|remain|pending|outstanding|missing|unfinished|open|falta|faltan|faltam|restante|\
    restantes|pendiente|pendientes|pendente|pendentes|restent|reste|ubrig|offen|fehlen|baki|baqi|natitira|\
    kulang|остается|осталось|залишилось|zostalo|sisa|bado|go";

/// Words beside a percentage or a count that is not about the work.
const NOT_OURS: &str = "off|discount|discounts|descuento|desconto|rabatt|remise|reduction|commission|fee|fees|tax|vat|gst|iva|\
    interest|bonus|raise|increase|increased|faster|cheaper|more|less|tip|deposit|upfront|advance|margin|sure|agree|agreed|positive|certain|\
    confident|battery|rate|rating|rated|score|scored|stars|grade|opacity|zoom|growth|bounce|conversion|\
    open-rate|drop";

/// Things of which "2 of 3" is the second, not two thirds.
const NUMBERED: &str = "page|part|step|option|version|question|item|point|email|phase|day|week|round|invoice";

/// Words of one half, which need no unit.
const HALVES: &str = "halfway|midway|mitad|metade|moitie|halfte|kalahati|kalahating|aadha|adha|половина|половину|polowa|polowe|\
    setengah|nusu|halb|medias";

/// How many percent of the work `clause` says are done.
pub fn percent(clause: &str) -> Option<u8> {
    let tokens = tokens::tokens(clause);
    let reader = Reader::new(&tokens);
    signed(&reader).or_else(|| counted(&reader)).or_else(|| in_words(&reader))
}

/// "80 %", "90 percent". Of several, the whole's or the one a change leads to; those of parts alone say nothing.
fn signed(reader: &Reader<'_>) -> Option<u8> {
    let mut found: Vec<(usize, u8)> = Vec::new();
    for at in 0..reader.tokens.len() {
        let glued_before = at > 0 && reader.glued(at) && reader.any_mark(at - 1, &['.', ',']).is_some();
        if glued_before || (at > 0 && reader.mark(at - 1, '+').is_some()) {
            continue;
        }
        let Some((value, next)) = reader.quantity(at).filter(|(value, _)| *value <= 100.0) else { continue };
        let Some(end) = sign(reader, next) else { continue };
        if !is_theirs(reader, at, end) {
            let done = if is_open(reader, at, end) { 100.0 - value } else { value };
            found.push((at, rounded(done)?));
        }
    }
    let beside = |at: usize, words: &str| near(reader, at.saturating_sub(4), at + 5, words);
    let overall = found.iter().find(|(at, _)| beside(*at, "overall|total|altogether|insgesamt"));
    let reached =
        found.iter().rev().find(|(at, _)| *at > 0 && reader.is_word(at - 1, &["to", "a", "para", "auf", "au"]));
    let first = found.first().filter(|(_, first)| found.iter().all(|(_, value)| value == first));
    overall.or(reached).or(first).map(|(_, value)| *value)
}

fn sign(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if let Some(next) = reader.mark(at, '%') {
        return Some(next);
    }
    if reader.is_one_of(at, SIGNS) {
        return Some(at + 1);
    }
    let two_words =
        reader.is_word(at, &["per", "por", "pour"]) && reader.is_word(at + 1, &["cent", "ciento", "cento"]);
    two_words.then_some(at + 2)
}

/// A discount, a rate, a rating.
fn is_theirs(reader: &Reader<'_>, from: usize, to: usize) -> bool {
    near(reader, to, to + 2, NOT_OURS) || near(reader, from.saturating_sub(3), from, NOT_OURS)
}

/// "10% left", "remains like 10%": what is still to do. A word for done in between takes it back.
fn is_open(reader: &Reader<'_>, from: usize, to: usize) -> bool {
    let after = (to..to + 4).take_while(|at| reader.word(*at).is_some()).any(|at| reader.is_one_of(at, OPEN));
    let nearest_before = (0..from)
        .rev()
        .take(12)
        .find(|at| reader.is_one_of(*at, OPEN) || reader.is_one_of(*at, DONE) || reader.digits(*at).is_some());
    let done_after = (to..to + 4).any(|at| reader.is_one_of(at, DONE));
    after || (nearest_before.is_some_and(|at| reader.is_one_of(at, OPEN)) && !done_after)
}

fn near(reader: &Reader<'_>, from: usize, to: usize, words: &str) -> bool {
    (from..to).any(|at| reader.is_one_of(at, words))
}

/// "34 of 60", "27 out of 90", "4/5 done", "220 rows entered out of 400", "out of 80, 30 pending", "12 done, 8 to go".
fn counted(reader: &Reader<'_>) -> Option<u8> {
    let numbers: Vec<(usize, f64, usize)> = numbers(reader);
    for (index, (at, part, end)) in numbers.iter().enumerate() {
        if at.checked_sub(1).is_some_and(|before| reader.is_one_of(before, NUMBERED)) || is_theirs(reader, *at, *end)
        {
            continue;
        }
        let Some((whole_at, whole, whole_end)) = numbers.get(index + 1) else { continue };
        if near(reader, *whole_end, whole_end + 2, NOT_OURS) {
            continue;
        }
        let open = is_open(reader, *at, *whole_at) || follows_open(reader, *whole_end);
        if joined(reader, *at, *end, *whole_at, *whole_end) {
            return share(*part, *whole, open);
        }
        if at
            .checked_sub(2)
            .is_some_and(|before| reader.is_word(before, &["out"]) && reader.is_word(before + 1, &["of"]))
        {
            let open = follows_open(reader, *whole_end)
                || near(reader, *end, *whole_at, "only") && follows_open(reader, *whole_end);
            return share(*whole, *part, open);
        }
        let first_done = near(reader, at.saturating_sub(2), end + 3, DONE);
        let second_open =
            follows_open(reader, *whole_end) || near(reader, whole_at.saturating_sub(2), *whole_at, OPEN);
        if first_done && second_open {
            return share(*part, part + whole, false);
        }
    }
    None
}

/// Whole numbers that count something: no decimals, percents, prices or clock times.
fn numbers(reader: &Reader<'_>) -> Vec<(usize, f64, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        let long = reader.digits(at).is_some_and(|_| {
            at > 0 && reader.glued(at) && reader.any_mark(at - 1, &[',', '.', ':', '$', '#']).is_some()
        });
        match reader
            .integer(at)
            .filter(|_| !long && !reader.is_word(at, &["a", "an", "do", "une", "una", "un", "ein", "eine"]))
        {
            Some((value, next)) => {
                let (value, next) = thousands(reader, f64::from(value), next);
                if reader.any_mark(next, &['%', ':']).is_none() {
                    found.push((at, value, next));
                }
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// "4,000"
fn thousands(reader: &Reader<'_>, value: f64, at: usize) -> (f64, usize) {
    match (reader.any_mark(at, &[',', '.']), reader.digits(at + 1)) {
        (Some(_), Some((rest, 3))) if reader.glued(at) && reader.glued(at + 1) => {
            (value * 1000.0 + f64::from(rest), at + 2)
        }
        (_, _) => (value, at),
    }
}

/// Whether what stands between two numbers makes the first a part of the second.
fn joined(reader: &Reader<'_>, at: usize, end: usize, whole_at: usize, whole_end: usize) -> bool {
    let between = end..whole_at;
    if reader.mark(end, '/').is_some() && whole_at == end + 1 {
        return is_share(reader, at, whole_end);
    }
    let all_words = between.clone().all(|at| reader.word(at).is_some());
    let article = whole_at.checked_sub(1).filter(|at| {
        reader.is_word(*at, &["the", "my", "our", "your", "these", "los", "las", "les", "den", "os", "as", "total"])
    });
    let joint = article.or(Some(whole_at)).and_then(|at| at.checked_sub(1));
    let Some(joint) = joint.filter(|joint| *joint >= end) else { return false };
    let out_of = joint > end && reader.is_word(joint - 1, &["out"]) && reader.is_word(joint, &["of"]);
    let of = reader.is_word(joint, &["of", "de", "von", "sur", "из", "з", "dari", "aus", "sa", "z"]);
    all_words && between.len() <= 6 && (out_of || (of && joint - end <= 1))
}

/// A slash between two numbers parts a whole rather than a date.
fn is_share(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let goes_on =
        reader.mark(end, '/').is_some() || at.checked_sub(1).is_some_and(|before| reader.mark(before, '/').is_some());
    let dated = at.checked_sub(1).is_some_and(|before| {
        reader.is_word(
            before,
            &[
                "by", "on", "until", "till", "til", "before", "from", "since", "due", "for", "bis", "am", "para",
                "hasta", "ate", "le",
            ],
        )
    });
    let listed = at.checked_sub(1).is_some_and(|before| reader.any_mark(before, &['-', ':', '(']).is_some());
    let said = (end..end + 4).any(|at| reader.is_one_of(at, DONE) || reader.is_one_of(at, OPEN))
        || (at.saturating_sub(4)..at).any(|at| reader.is_one_of(at, DONE));
    let too_big = reader.integer(end - 1).is_some_and(|(whole, _)| whole > 31);
    !goes_on && !dated && (listed || said || too_big)
}

fn follows_open(reader: &Reader<'_>, at: usize) -> bool {
    (at..at + 4).take_while(|at| reader.word(*at).is_some()).any(|at| reader.is_one_of(at, OPEN))
}

fn share(part: f64, whole: f64, open: bool) -> Option<u8> {
    if whole < 2.0 || part > whole {
        return None;
    }
    rounded(100.0 * if open { whole - part } else { part } / whole)
}

/// "halfway", "two thirds done", "a quarter of the way".
fn in_words(reader: &Reader<'_>) -> Option<u8> {
    for at in 0..reader.tokens.len() {
        if reader.is_one_of(at, HALVES) && !is_of_time(reader, at + 1) {
            return Some(50);
        }
        let Some((part, next)) = reader.fraction(at) else { continue };
        let alone = at == 0 && next == reader.tokens.len();
        let way =
            alone || reader.is_word(next, &["way", "of", "the", "through", "in"]) && !is_of_time(reader, next + 1);
        let done = (next..next + 3).any(|at| reader.is_one_of(at, DONE));
        let open = is_open(reader, at, next);
        if (way || done || open) && !is_of_time(reader, next) && part < 1.0 {
            return rounded(100.0 * if open { 1.0 - part } else { part });
        }
    }
    None
}

/// "half an hour", "half of the day".
fn is_of_time(reader: &Reader<'_>, at: usize) -> bool {
    let at = reader.article(at);
    reader.unit(at).is_some()
        || reader.unit(at + 1).is_some_and(|_| reader.is_word(at, &["of", "the", "a", "an", "this", "next"]))
}

/// The nearest whole percent, halves upwards.
fn rounded(value: f64) -> Option<u8> {
    let seconds = std::time::Duration::try_from_secs_f64(value + 0.5).ok()?.as_secs();
    u8::try_from(seconds).ok().filter(|percent| *percent <= 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(clause: &str, expected: Option<u8>) {
        assert_eq!(percent(clause), expected, "{clause}");
    }

    #[test]
    fn a_percentage_is_read_by_sign_and_by_word() {
        for clause in
            ["80 %", "80% done", "80 percent ho gaya", "80 Prozent", "80 por ciento", "80 pour cent", "nasa 80% na"]
        {
            check(clause, Some(80));
        }
        check("from 40% to 60%", Some(60));
        check("33.3%", Some(33));
    }

    #[test]
    fn what_is_left_is_taken_from_the_whole() {
        check("10% left", Some(90));
        check("only 10% remaining now", Some(90));
        check("90% complete, 10% left", Some(90));
        check("out of 80 files, 30 pending", Some(63));
    }

    #[test]
    fn counts_are_shares_rounded_half_up() {
        check("34 of 60", Some(57));
        check("5 of 8 done", Some(63));
        check("27 out of 90 calls", Some(30));
        check("220 rows entered out of 400", Some(55));
        check("250 of the 1,000 rows", Some(25));
        check("Captions - 4/5 na", Some(80));
        check("12 done, 8 to go", Some(60));
    }

    #[test]
    fn parts_in_words_are_shares_too() {
        check("halfway with the list", Some(50));
        check("two thirds done", Some(67));
        check("a quarter of the way", Some(25));
        check("metade feita", Some(50));
        check("half an hour", None);
    }

    #[test]
    fn numbers_about_something_else_stay_out() {
        for clause in [
            "20 % off",
            "15% discount",
            "rating 7/10",
            "by 7/10",
            "page 3 of 10",
            "4 out of 5 stars",
            "I'm 80% sure",
            "120%",
        ] {
            check(clause, None);
        }
    }

    #[test]
    fn parts_that_differ_say_nothing_of_the_whole() {
        check("Design 100%, copy 40%", None);
        check("overall 70%, design 90%", Some(70));
    }

    #[test]
    fn a_long_text_is_read_in_one_pass() {
        for piece in ["1 of ", "50% ", "7/10 ", "half ", "1"] {
            percent(&piece.repeat(200_000 / piece.len()));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in ".{0,200}") {
            percent(&text);
        }
    }
}
