//! Hours, percents and money, and the numbers that are none of these.

use crate::understanding::{amounts, hours};
use chrono_tz::Tz;

#[track_caller]
fn check(rows: &[(&str, &str)], read: impl Fn(&str) -> Option<String>) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(words, expected)| {
            let found = read(words).unwrap_or("-".to_owned());
            (found != *expected).then(|| format!("{words}: {found} instead of {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows are read otherwise:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn hours_spent() {
    check(
        &[
            ("put in 2h15 today", "135"),
            ("about 3 and half hrs", "210"),
            ("roughly 3.5 hours", "210"),
            ("4 hrs yesterday + 2 today", "360"),
            ("1.25 h + 0.5", "105"),
            ("1.25h + 0.5h", "105"),
            ("2h + 45m", "165"),
            ("3 hrs + 30 mins", "210"),
            ("took me 90 minutes", "90"),
            ("took about an hour and a half", "90"),
            ("it took an hour", "60"),
            ("took half an hour", "30"),
            ("time spent: 4.5 hours", "270"),
            ("Time: 4:30", "270"),
            ("time taken - 4 hrs 10 min", "250"),
            ("hours: 6", "360"),
            ("Hours today: 6.25", "375"),
            ("total hours 7.5", "450"),
            ("total: 7h 30m", "450"),
            ("7h30 in total", "450"),
            ("logged 3 hours on this", "180"),
            ("I logged 3h20m", "200"),
            ("clocked 5 hours", "300"),
            ("I worked 6 hours today", "360"),
            ("worked on it for 2 hours", "120"),
            ("worked from 9 to 12", "180"),
            ("worked 9am-1:30pm", "270"),
            ("billed 3.75 hours", "225"),
            ("so far 5 hours", "300"),
            ("5 hours so far", "300"),
            ("used 4 of the 6 hours", "240"),
            ("5h of 8h used", "300"),
            ("12 hrs this week", "720"),
            ("Mon 2h, Tue 3h, Wed 1.5h", "390"),
            ("2 hours on Monday and 3 on Tuesday", "300"),
            ("one hour twenty", "80"),
            ("three hours", "180"),
            ("0.5 hr", "30"),
            (".75 hours", "45"),
            ("2,5 Std", "150"),
            ("2 Std 15 Min", "135"),
            ("hat 3 Stunden gedauert", "180"),
            ("me tomó 3 horas y media", "210"),
            ("fueron 2 horas", "120"),
            ("levou 4 horas", "240"),
            ("gastei 1h40", "100"),
            ("j'y ai passé 3h15", "195"),
            ("3 heures et demie", "210"),
            ("inabot ng 3 oras", "180"),
            ("2.5 oras po", "150"),
            ("3 ghante lage", "180"),
            ("dhai ghante lag gaye", "150"),
            ("ушло 3 часа", "180"),
            ("пішло 2 години", "120"),
            ("zajęło mi 2 godziny", "120"),
            ("total 3 hrs (2 research, 1 writing)", "180"),
            ("research 1h, writing 2h, total 3h", "180"),
            ("Task took 2 hrs 5 mins, please log it", "125"),
            ("1 hr 5 min", "65"),
            ("75 mins", "75"),
            ("3hrs", "180"),
            ("3 hours 0 minutes", "180"),
            ("six and a half hours", "390"),
            ("it was a 2 hour job", "120"),
        ],
        |words| hours::spent(words).map(|minutes| minutes.to_string()),
    );
}

#[test]
fn hours_that_are_none_of_ours() {
    check(
        &[
            ("12-15 hours estimated", "-"),
            ("it will take 5 hours", "-"),
            ("should take about 3 hours", "-"),
            ("I estimate 6 hours", "-"),
            ("estimate: 6h", "-"),
            ("$5/hr", "-"),
            ("5 USD per hour", "-"),
            ("at 8 dollars an hour", "-"),
            ("my rate is $8/hour", "-"),
            ("20 hours a week", "-"),
            ("I can do 20 hours per week", "-"),
            ("I have 10 hours free this week", "-"),
            ("room for 5 more hours", "-"),
            ("3 hours left", "-"),
            ("2 hours remaining", "-"),
            ("I need 3 more hours", "-"),
            ("could I get 2 extra hours", "-"),
            ("in 2 hours", "-"),
            ("within 2 hours", "-"),
            ("back in 3 hours", "-"),
            ("2 hours ago", "-"),
            ("2 hours late", "-"),
            ("the limit is 6 hours", "-"),
            ("6 hours limit", "-"),
            ("a 6-hour cap", "-"),
            ("a few hours", "-"),
            ("a couple of hours", "-"),
            ("some hours", "-"),
            ("2-3 hours", "-"),
            ("two to three hours", "-"),
            ("took me most of the afternoon", "-"),
            ("took all morning", "-"),
            ("call me at 3", "-"),
            ("ready at 5:30", "-"),
            ("7/10", "-"),
            ("v2.1", "-"),
            ("+63 917 555 0100", "-"),
            ("row 12", "-"),
            ("36 of 60", "-"),
            ("80 %", "-"),
            ("24 hours notice", "-"),
            ("power was out for 3 hours", "-"),
            ("the internet was down for 2 hours", "-"),
            ("waited 2 hours for the file", "-"),
        ],
        |words| hours::spent(words).map(|minutes| minutes.to_string()),
    );
}

#[test]
fn percents_and_counts() {
    check(
        &[
            ("80 %", "80"),
            ("80% done", "80"),
            ("about 80 percent", "80"),
            ("80 pct complete", "80"),
            ("eighty percent", "80"),
            ("34 of 60", "57"),
            ("34 out of 60", "57"),
            ("34/60 done", "57"),
            ("34 of the 60 listings are up", "57"),
            ("done with 34 of 60", "57"),
            ("halfway there", "50"),
            ("half done", "50"),
            ("half of it is done", "50"),
            ("three quarters done", "75"),
            ("two thirds done", "67"),
            ("20 % off", "-"),
            ("20% discount", "-"),
            ("a 5 % fee", "-"),
            ("7/10", "-"),
            ("on 7/10", "-"),
            ("24/7", "-"),
            ("call 555 60 34", "-"),
            ("version 3 of 4", "-"),
            ("page 3 of 4", "-"),
            ("100% agree", "-"),
            ("100 % sure", "-"),
            ("ho gaya 80%", "80"),
            ("80 por ciento", "80"),
            ("80 por cento", "80"),
            ("zu 80 % fertig", "80"),
            ("fertig zu 80 Prozent", "80"),
            ("80 pour cent", "80"),
            ("готово на 80 %", "80"),
            ("nasa 80% na po", "80"),
            ("34 sa 60", "57"),
            ("34 de 60", "57"),
            ("34 von 60", "57"),
            ("34 sur 60", "57"),
            ("34 из 60", "57"),
            ("the first 40 of 40 are in", "100"),
        ],
        |words| amounts::percent(words).map(|percent| percent.to_string()),
    );
}

#[test]
fn money() {
    let read = |zone: Tz| {
        move |words: &str| {
            amounts::money(words, zone)
                .map(|money| format!("{}.{:02} {}", money.minor / 100, money.minor % 100, money.currency))
        }
    };
    check(
        &[
            ("$12.50 for stock photos", "12.50 USD"),
            ("USD 12.50", "12.50 USD"),
            ("12.50 USD", "12.50 USD"),
            ("US$ 12", "12.00 USD"),
            ("12 dollars", "12.00 USD"),
            ("twelve dollars", "12.00 USD"),
            ("$1,250", "1250.00 USD"),
            ("$1,250.00", "1250.00 USD"),
            ("PHP 650", "650.00 PHP"),
            ("P650", "650.00 PHP"),
            ("₱1,250.50", "1250.50 PHP"),
            ("650 pesos", "650.00 PHP"),
            ("650 php po", "650.00 PHP"),
            ("12,50 €", "12.50 EUR"),
            ("€12.50", "12.50 EUR"),
            ("1.200,00 EUR", "1200.00 EUR"),
            ("EUR 1.200", "1200.00 EUR"),
            ("1 200,50 €", "1200.50 EUR"),
            ("£9.99", "9.99 GBP"),
            ("₦5k", "5000.00 NGN"),
            ("5,000 naira", "5000.00 NGN"),
            ("KSh 2,300", "2300.00 KES"),
            ("Ksh. 2300/=", "2300.00 KES"),
            ("R$ 35", "35.00 BRL"),
            ("R$ 35,90", "35.90 BRL"),
            ("A$20", "20.00 AUD"),
            ("C$20", "20.00 CAD"),
            ("20 CAD", "20.00 CAD"),
            ("zł 40", "40.00 PLN"),
            ("40 zł", "40.00 PLN"),
            ("500 грн", "500.00 UAH"),
            ("Rp 150.000", "150000.00 IDR"),
            ("2.5k USD", "2500.00 USD"),
            ("$8/hr", "-"),
            ("$8 an hour", "-"),
            ("$8 per item", "-"),
            ("20 % off", "-"),
            ("650", "-"),
            ("a few dollars", "-"),
        ],
        read(Tz::Asia__Manila),
    );
    check(
        &[
            ("Rs. 1,250/-", "1250.00 INR"),
            ("Rs 1250", "1250.00 INR"),
            ("₹1,25,000", "125000.00 INR"),
            ("5 lakh", "500000.00 INR"),
            ("Rs 5 lakh", "500000.00 INR"),
            ("2.5 lakh rupees", "250000.00 INR"),
            ("1250 rupees", "1250.00 INR"),
            ("INR 1250", "1250.00 INR"),
        ],
        read(Tz::Asia__Kolkata),
    );
    check(&[("N5,000", "5000.00 NGN"), ("₦ 12,500", "12500.00 NGN")], read(Tz::Africa__Lagos));
    check(&[("Rs 1,250", "1250.00 PKR")], read(Tz::Asia__Karachi));
    check(&[("$ 45.000", "45000.00 COP"), ("45 mil pesos", "45000.00 COP")], read(Tz::America__Bogota));
    check(&[("35 reais", "35.00 BRL"), ("R$1.250,00", "1250.00 BRL")], read(Tz::America__Sao_Paulo));
}
