//! Money laid out, with its currency by sign, by code, by name or by the writer's country.

use super::currency::{currency, dollar_of, local_currency, named_currency, rupee};
use crate::{
    domain::statement::Money,
    understanding::times::{
        grammar::{Reader, unit_of},
        tokens,
    },
};
use chrono_tz::Tz;

/// Currencies without a smaller unit.
const WHOLE: [&str; 8] = ["JPY", "KRW", "VND", "CLP", "PYG", "UGX", "RWF", "XOF"];

/// Words before an amount that is not money laid out.
const NOT_SPENT: &str = "budget|rate|rates|quote|quoted|limit|cap|worth|owe|owes|owed|unpaid|salary|wage|bonus|offer|offered|\
    estimate|estimated|instead|presupuesto|tarifa|orcamento|tarif";

/// Things that are paid by the piece, so that "per" before them makes a rate.
const PIECES: &str = "hour|hr|hrs|h|hora|stunde|heure|oras|word|words|article|page|lead|leads|item|image|photo|post|video|piece|\
    task|unit|each|ea|day|project|listing|record|row|minute";

const TOTALS: &str =
    "total|totals|totaling|altogether|sum|insgesamt|gesamt|suma|kabuuan|all-in|overall|итого|всего|razem";

/// One amount of money in a clause.
struct Sum {
    from: usize,
    to: usize,
    hundredths: i64,
    currency: &'static str,
}

/// The money that `clause` says was laid out. `zone` tells the writer's country.
pub fn money(clause: &str, zone: Tz) -> Option<Money> {
    let tokens = tokens::tokens(clause);
    let reader = Reader::new(&tokens);
    let mut sums: Vec<Sum> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match sum_at(&reader, clause, at, zone) {
            Some(sum) => {
                at = sum.to;
                sums.push(sum);
            }
            None => at += 1,
        }
    }
    sums.retain(|sum| !is_rate(&reader, sum));
    sums.retain(|sum| !is_not_spent(&reader, sum));
    let chosen = choose(&reader, &sums)?;
    let currency = chosen.currency.to_string();
    let minor = if WHOLE.contains(&chosen.currency) { chosen.hundredths / 100 } else { chosen.hundredths };
    Some(Money { minor, currency })
}

/// The total where one is named, what follows an equals sign, the sum of a list, else the first.
fn choose(reader: &Reader<'_>, sums: &[Sum]) -> Option<Sum> {
    let first = sums.first()?;
    let copy = |sum: &Sum| Sum { from: sum.from, to: sum.to, hundredths: sum.hundredths, currency: sum.currency };
    let beside_total = |sum: &&Sum| {
        (sum.from.saturating_sub(3)..sum.from).chain(sum.to..sum.to + 2).any(|at| reader.is_one_of(at, TOTALS))
            || sum.from.checked_sub(1).is_some_and(|at| reader.mark(at, '=').is_some())
    };
    if let Some(total) = sums.iter().rev().find(beside_total) {
        return Some(copy(total));
    }
    let rest: i64 = sums.iter().skip(1).map(|sum| sum.hundredths).sum();
    let alike = sums.iter().all(|sum| sum.currency == first.currency);
    if sums.len() == 1 || !alike || rest == first.hundredths {
        return Some(copy(first));
    }
    let all = rest.checked_add(first.hundredths)?;
    Some(Sum { hundredths: all, ..copy(first) })
}

/// "$12.50", "USD 17", "2,340 rupees", "R74.20".
fn sum_at(reader: &Reader<'_>, text: &str, at: usize, zone: Tz) -> Option<Sum> {
    if let Some((currency, next)) = currency(reader, text, at, zone) {
        let next = reader.any_mark(next, &[':', '.']).map_or(next, |(_, after)| after);
        if let Some((hundredths, end)) = figure(reader, next) {
            // A code after the number is more exact than the sign before it: "$59 CAD".
            let currency = if reader.mark(at, '$').is_some() {
                dollar_of(reader, next, zone).unwrap_or(currency)
            } else {
                currency
            };
            let code = named_currency(reader, text, end, zone).filter(|_| reader.any_mark(at, &['$']).is_some());
            let (currency, to) = code.unwrap_or((currency, end));
            return Some(Sum { from: at, to, hundredths, currency });
        }
    }
    let (hundredths, end) = figure(reader, at)?;
    let slash = reader.mark(end, '/').and_then(|after| reader.any_mark(after, &['-', '=']));
    let after = slash.map_or(end, |(_, after)| after);
    if let Some((currency, to)) = currency(reader, text, after, zone).filter(|_| !is_lone_letter(reader, after)) {
        return Some(Sum { from: at, to, hundredths, currency });
    }
    if reader.is_word(end - 1, &["lakh", "lakhs", "lac", "lacs", "crore", "crores"]) {
        return Some(Sum { from: at, to: end, hundredths, currency: rupee(zone) });
    }
    // "500/-" in India and Pakistan, "500/=" in East Africa.
    let (mark, to) = slash?;
    let currency = if mark == '=' { local_currency("sh", zone)? } else { rupee(zone) };
    Some(Sum { from: at, to, hundredths, currency })
}

fn is_lone_letter(reader: &Reader<'_>, at: usize) -> bool {
    reader.word(at).is_some_and(|word| word.chars().count() == 1)
}

/// A number with thousands and decimals in either style, in hundredths.
fn figure(reader: &Reader<'_>, at: usize) -> Option<(i64, usize)> {
    let Some((first, width)) = reader.digits(at) else {
        let (spelled, next) = reader.spelled(at)?;
        return Some((i64::from(spelled) * 100, next));
    };
    let mut value = i64::from(first);
    let mut cents = 0;
    let mut next = at + 1;
    for _ in 0..4 {
        if let Some((group, 3)) = reader.digits(next).filter(|_| width <= 3 && !reader.glued(next)) {
            value = value.checked_mul(1000)?.checked_add(i64::from(group))?;
            next += 1;
            continue;
        }
        let separator =
            reader.any_mark(next, &['.', ',', '\'']).filter(|_| reader.glued(next) && reader.glued(next + 1));
        let Some((mark, after)) = separator else { break };
        match reader.digits(after) {
            Some((group, 3)) if width <= 3 => value = value.checked_mul(1000)?.checked_add(i64::from(group))?,
            // "1,25,000": India counts the higher places in twos.
            Some((group, 2)) if mark == ',' && groups_follow(reader, after + 1) => {
                value = value.checked_mul(100)?.checked_add(i64::from(group))?;
            }
            Some((decimals, width @ (1 | 2))) if mark != '\'' => {
                cents = i64::from(if width == 1 { decimals * 10 } else { decimals });
                next = after + 1;
                break;
            }
            Some(_) | None => break,
        }
        next = after + 1;
    }
    let thousands =
        (reader.is_word(next, &["k"]) && reader.glued(next)) || reader.is_word(next, &["mil", "thousand", "tausend"]);
    let scale = if thousands {
        1000
    } else if reader.is_word(next, &["lakh", "lakhs", "lac", "lacs"]) {
        100_000
    } else if reader.is_word(next, &["crore", "crores"]) {
        10_000_000
    } else {
        1
    };
    let hundredths = value.checked_mul(100)?.checked_add(cents)?.checked_mul(scale)?;
    Some((hundredths, if scale > 1 { next + 1 } else { next }))
}

/// Whether ",25,000" or ",000" stands at `at`, glued together.
fn groups_follow(reader: &Reader<'_>, at: usize) -> bool {
    (0..3).map(|group| at + 2 * group).any(|at| {
        let glued = reader.mark(at, ',').is_some() && reader.glued(at) && reader.glued(at + 1);
        glued && reader.digits(at + 1).is_some_and(|(_, width)| width == 3)
    })
}

/// "$5/hr", "$12 an hour", "0.05 per word".
fn is_rate(reader: &Reader<'_>, sum: &Sum) -> bool {
    let per = reader.mark(sum.to, '/').or_else(|| {
        reader.is_word(sum.to, &["per", "an", "a", "each", "por", "pro", "par", "la", "every"]).then_some(sum.to + 1)
    });
    let Some(per) = per else { return reader.is_word(sum.to, &["each", "ea", "hourly"]) };
    reader.is_one_of(per, PIECES)
        || (reader.pick(per, unit_of).is_some() && reader.is_one_of(per, PIECES))
        || reader.is_word(sum.to, &["each"])
}

fn is_not_spent(reader: &Reader<'_>, sum: &Sum) -> bool {
    (sum.from.saturating_sub(2)..sum.from).chain(sum.to..sum.to + 2).any(|at| reader.is_one_of(at, NOT_SPENT))
        || sum
            .from
            .checked_sub(2)
            .is_some_and(|at| reader.is_word(at, &["of"]) && reader.is_word(at + 1, &["the", "my", "your"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(clause: &str, zone: Tz, expected: Option<(i64, &str)>) {
        let expected = expected.map(|(minor, currency)| Money { minor, currency: currency.into() });
        assert_eq!(money(clause, zone), expected, "{clause}");
    }

    #[test]
    fn signs_codes_and_names_tell_the_currency() {
        check("$12.50 for stock photos", Tz::Asia__Manila, Some((1250, "USD")));
        check("USD 17", Tz::America__Bogota, Some((1700, "USD")));
        check("bumili ako ng load, ₱349", Tz::Asia__Manila, Some((34_900, "PHP")));
        check("airtime for ₦7,300", Tz::Africa__Lagos, Some((730_000, "NGN")));
        check("500 грн", Tz::Europe__Kyiv, Some((50_000, "UAH")));
        check("¥1200", Tz::Asia__Tokyo, Some((1200, "JPY")));
    }

    #[test]
    fn the_writers_country_tells_what_several_share() {
        check("Rs 2,340", Tz::Asia__Kolkata, Some((234_000, "INR")));
        check("Rs 2,340", Tz::Asia__Karachi, Some((234_000, "PKR")));
        check("R74.20", Tz::Africa__Johannesburg, Some((7420, "ZAR")));
        check("500 pesos", Tz::Asia__Manila, Some((50_000, "PHP")));
        check("350 pesos", Tz::America__Mexico_City, Some((35_000, "MXN")));
        check("Pagué $45.000 por el plugin", Tz::America__Bogota, Some((4_500_000, "COP")));
        check("I paid $45 for the plugin", Tz::America__Bogota, Some((4500, "USD")));
    }

    #[test]
    fn both_decimal_marks_and_all_thousands_are_read() {
        for clause in ["€1.250,50", "1,250.50 EUR", "1 250,50 €", "1'250.50 euros"] {
            check(clause, Tz::Europe__Berlin, Some((125_050, "EUR")));
        }
        check("$1.5k", Tz::America__Chicago, Some((150_000, "USD")));
    }

    #[test]
    fn a_total_wins_and_a_list_is_added_up() {
        check("3 images x $12 = $36", Tz::Asia__Manila, Some((3600, "USD")));
        check("total $20: $12 photos, $8 fonts", Tz::Asia__Manila, Some((2000, "USD")));
        check("$12 and $8", Tz::Asia__Manila, Some((2000, "USD")));
    }

    #[test]
    fn rates_and_budgets_are_not_money_laid_out() {
        for clause in ["$5/hr", "$12 per article", "8 dollars an hour", "the budget is $50", "step 5", "20 files"] {
            check(clause, Tz::Asia__Manila, None);
        }
        check("$20 out of the $50 budget", Tz::Asia__Manila, Some((2000, "USD")));
    }

    #[test]
    fn a_long_text_is_read_in_one_pass() {
        for piece in ["$1 ", "1,", "1 000 ", "$", "9"] {
            money(&piece.repeat(200_000 / piece.len()), Tz::Asia__Manila);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in ".{0,200}") {
            money(&text, Tz::Asia__Manila);
        }
    }
}
