//! The one moment that a clause promises or asks for.

use super::{
    Said, Saying, frame,
    grammar::{Amount, Day, Edge, Reader, When, is_end},
    lexicon::{Glue, Part, Unit, Which},
    resolve::{Frame, Point, resolve},
    said_times, tokens,
};
use crate::domain::{
    time::{DateRead, Moment, WallTime},
    understanding::Situation,
};
use chrono::TimeDelta;
use std::ops::Range;

/// A date without a year that lies further ahead is one that has just gone by.
const FARTHEST: TimeDelta = TimeDelta::days(300);

/// Words that turn the amount of time after them into more of it: "give me two days".
const GRANTS: &str = "give|allow|grant|extend|extended|extending|extension|push|pushed|postpone|delay|delayed|late|behind|adjust|\
    move|dame|deme|darme|prorroga|prorrogar|extender|prazo|delai|reporter|retard|verlangern|verschieben|\
    verlangerung";

/// Words that rule out the time after them.
const DENIALS: &str = "not|instead|cant|cannot|wont|couldnt|unable|rather|no|nicht|pas|nao|hindi|nahi|nahin|never|isnt|wasnt|\
    wouldnt|didnt|dont|doesnt|miss|missed|не|nie";

/// Words that make the time after them the start of something.
const STARTS: &str = "start|starting|started|begin|began|resume|received|got|empiezo|empezar|comienzo|comenzar|comeco|comecar|\
    anfange|anfangen|beginne|commence|commencer|simulan|sisimulan|shuru|начну|почну";

/// Words that make the time after them a reason.
const REASONS: &str = "because|as|due|kasi|porque|pois|weil|da|denn|car|kyunki|holiday";

/// What a date does that can be kept.
const WORKS: &str = "possible|work|works|working|enough|feasible|doable|happen|realistic|manageable|posible|possivel|moglich|\
    machbar|kaya|pwede|possivel|suffit|reicht|alcanza|good|fine|ok";

/// Verbs by which the weekday after them has gone by.
const PAST: &str = "sent|delivered|submitted|shared|emailed|mailed|uploaded|finished|completed|asked|wrote|called|told|said|paid|\
    spoke|talked|met|did|was|were|had|agreed|promised|envie|mande|enviei|mandei|entregue|entreguei|geschickt|gesendet|\
    envoye|ipinasa|pinadala|sinend|bheja|bheji|отправил|отправила|надіслав|надіслала|wyslalem|wyslalam";

/// Words that put the verb behind them into the future after all.
const FUTURE: &str =
    "will|be|ll|ill|itll|youll|shall|can|could|would|to|going|get|gets|have|until|till|is|are|werde|wird|sera";

/// After a denial, these make the time a limit after all: "not later than Friday".
const LIMITS: &str = "later|earlier|before|sooner|until|till|mas|plus|spater|antes";

/// The moment a clause is about, and the words that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    pub moment: Moment,
    /// False where the words allow another day.
    pub sure: bool,
    /// Byte range in the clause.
    pub span: Range<usize>,
}

/// The best time or due date in `clause`; none where it names no day, or only days gone by or ruled out.
pub fn deadline(clause: &str, situation: &Situation) -> Option<Moment> {
    deadline_found(clause, situation).map(|found| found.moment)
}

/// As [`deadline`], with the words it rests on.
pub fn deadline_found(clause: &str, situation: &Situation) -> Option<Deadline> {
    let tokens = tokens::tokens(clause);
    let reader = Reader::new(&tokens);
    let frame = frame(situation, reader.language);
    let mut best: Option<(u32, Deadline)> = None;
    let mut before = 0;
    for said in said_times(&reader) {
        // The words between the time before and this one are those about this one.
        let about = Words { reader: &reader, from: std::mem::replace(&mut before, said.to), to: said.from };
        let Some(when) = as_point(&reader, &said) else { continue };
        if is_ruled_out(&about, &said, &when) {
            continue;
        }
        let Some(point) = settled(&when, &frame).filter(|point| is_ahead(&when, point, &frame)) else { continue };
        let Some(span) = said.span(&reader) else { continue };
        let rank = rank(&about, &when, &point);
        if best.as_ref().is_none_or(|(highest, _)| rank >= *highest) {
            let sure = point.sure && !point.wide;
            best = Some((rank, Deadline { moment: moment(&when, &point, situation), sure, span }));
        }
    }
    best.map(|(_, found)| found)
}

/// The date of each sentence of `text` that names one to come, for telling people how it was read; the first few.
pub fn dates_named(text: &str, situation: &Situation) -> Vec<DateRead> {
    const MOST: usize = 4;
    let sentences = text.split_inclusive(['\n', '!', '?', ';']).flat_map(|line| line.split_inclusive(". "));
    let named = sentences.filter_map(|sentence| {
        let found = deadline_found(sentence, situation)?;
        let words = sentence.get(found.span)?;
        Some(DateRead { words: words.into(), read: found.moment, until: None })
    });
    named.take(MOST).collect()
}

/// What was said as a point in time; an amount of time is one where more of it is asked for.
fn as_point(reader: &Reader<'_>, said: &Said) -> Option<When> {
    match &said.saying {
        Saying::When(when) => Some(whole_week(when)),
        Saying::Duration { amount, .. } => {
            let amount = amount.filter(|amount| amount.unit >= Unit::Hour && !said.is_bound(reader))?;
            let granted = amount.more || (amount.unit >= Unit::Day && is_near(reader, said, GRANTS));
            granted.then(|| When {
                day: Some(Day::After { amount: Amount { more: true, ..amount }, base: None }),
                ..When::default()
            })
        }
    }
}

/// "By next week" is its end; a week without such a word stays vague.
fn whole_week(when: &When) -> When {
    let which = match when.day {
        Some(Day::Week(0)) => Which::This,
        Some(Day::Week(1)) => Which::Next,
        Some(_) | None => return when.clone(),
    };
    if !is_end(when.lead) || when.weekday.is_some() {
        return when.clone();
    }
    When { day: Some(Day::Edge { edge: Edge::End, of: Unit::Week, which }), ..when.clone() }
}

/// One of `words` stands shortly before or right after.
fn is_near(reader: &Reader<'_>, said: &Said, words: &str) -> bool {
    let before = said.from.saturating_sub(6)..said.from;
    before.chain(said.to..said.to + 2).any(|at| reader.is_one_of(at, words))
}

/// Resolves `when`; where weekday and number of a day disagree, by the number, and not weeks away where both fit.
fn settled(when: &When, frame: &Frame) -> Option<Point> {
    let point = resolve(when, frame)?;
    let numbered = matches!(when.day, Some(Day::OfMonth { .. })) && when.weekday.is_some();
    if point.sure || !numbered {
        return Some(point);
    }
    let by_number = resolve(&When { weekday: None, ..when.clone() }, frame)?;
    Some(Point { sure: false, ..by_number })
}

fn is_ahead(when: &When, point: &Point, frame: &Frame) -> bool {
    let today = frame.written.date();
    let no_year = match &when.day {
        Some(Day::Date { year, .. } | Day::Numeric { year, .. }) => year.is_none(),
        Some(_) | None => false,
    };
    point.date >= today && !(no_year && point.date - today > FARTHEST)
}

/// How likely an expression is the one meant; of equals the last counts.
fn rank(about: &Words<'_, '_>, when: &When, point: &Point) -> u32 {
    let end = if is_end(when.lead) { 4 } else { 0 };
    let day = if point.dated && !point.wide { 2 } else { 0 };
    let promise = if about.nearest(4).any(|at| about.reader.is_one_of(at, REASONS)) { 0 } else { 1 };
    end + day + promise
}

/// The words right before a time.
struct Words<'a, 'b> {
    reader: &'a Reader<'b>,
    from: usize,
    to: usize,
}

impl Words<'_, '_> {
    /// At most `count` of them, nearest first, up to the next mark.
    fn nearest(&self, count: usize) -> impl Iterator<Item = usize> {
        let from = self.from.max(self.to.saturating_sub(count));
        (from..self.to).rev().take_while(|at| self.reader.word(*at).is_some())
    }
}

fn is_ruled_out(about: &Words<'_, '_>, said: &Said, when: &When) -> bool {
    let dated = when.day.is_some() || when.weekday.is_some();
    let after = when.lead == Some(Glue::After) && !(dated && (when.clock.is_some() || when.part.is_some()));
    let past = after || when.lead == Some(Glue::Since) || when.day == Some(Day::Now);
    let vague = match when.day {
        Some(Day::Span { .. }) => true,
        Some(Day::WeekOfMonth { .. }) => !is_end(when.lead),
        Some(_) | None => false,
    };
    let starts = about.nearest(4).any(|at| about.reader.is_one_of(at, STARTS));
    past || vague
        || starts
        || is_gone_by(about, when)
        || is_share(about.reader, said, when)
        || is_denied(about)
        || is_denied_after(about.reader, said.to)
}

/// "I sent it on Monday" is about the Monday before.
fn is_gone_by(about: &Words<'_, '_>, when: &When) -> bool {
    let bare = when.day.is_none() && matches!(when.weekday, Some((_, None))) && !is_end(when.lead);
    let has = |count: usize, words: &str| about.nearest(count).any(|at| about.reader.is_one_of(at, words));
    bare && has(5, PAST) && !has(8, FUTURE)
}

/// "Friday is not possible", "Friday won't work".
fn is_denied_after(reader: &Reader<'_>, at: usize) -> bool {
    let words = || (at..at + 5).take_while(|at| reader.word(*at).is_some());
    let denied = words().take(3).any(|at| reader.is_one_of(at, DENIALS) && !reader.is_one_of(at + 1, LIMITS));
    denied && words().any(|at| reader.is_one_of(at, WORKS))
}

/// "4/5" without a word that makes it a date may as well be a count.
fn is_share(reader: &Reader<'_>, said: &Said, when: &When) -> bool {
    let Some(Day::Numeric { first, second, year: None, dotted: false }) = when.day else { return false };
    let alone = said.from == 0 && said.to == reader.tokens.len();
    let marked = when.lead.is_some() || when.weekday.is_some() || when.clock.is_some();
    first <= second && !alone && !marked
}

/// "not on the 5th", "rather than Monday", "can't do Friday".
fn is_denied(about: &Words<'_, '_>) -> bool {
    let denies = |at: usize| about.reader.is_one_of(at, DENIALS) && !about.reader.is_one_of(at + 1, LIMITS);
    about.nearest(6).any(denies)
}

fn moment(when: &When, point: &Point, situation: &Situation) -> Moment {
    let zone = situation.zone;
    if point.midnight || when.part == Some(Part::Midnight) {
        // "By midnight" is the end of a day rather than the start of the next.
        let named = when.day.is_some() || when.weekday.is_some();
        return Moment::Day { date: if named { point.date } else { situation.written.date() }, zone };
    }
    match point.time {
        Some(time) if !point.rough && when.lead != Some(Glue::After) => {
            Moment::Minute(WallTime::new(point.date.and_time(time), zone))
        }
        Some(_) | None => Moment::Day { date: point.date, zone },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;

    /// Tuesday morning in Manila.
    fn manila() -> Situation {
        Situation::new("2026-03-10T10:00:00".parse().unwrap(), Tz::Asia__Manila)
    }

    fn written_out(moment: Moment) -> String {
        match moment {
            Moment::Day { date, .. } => date.to_string(),
            Moment::Minute(wall) => wall.local.format("%Y-%m-%dT%H:%M").to_string(),
        }
    }

    #[track_caller]
    fn check(clause: &str, expected: &str) {
        assert_eq!(deadline(clause, &manila()).map(written_out).unwrap_or_default(), expected, "{clause}");
    }

    #[test]
    fn the_end_of_a_day_is_the_day_and_a_clock_time_is_the_minute() {
        check("you'll have it by Friday EOD", "2026-03-13");
        check("close of business tomorrow", "2026-03-11");
        check("done tonight", "2026-03-10");
        check("by midnight", "2026-03-10");
        check("by Friday noon", "2026-03-13T12:00");
        check("till 18-00", "2026-03-10T18:00");
        check("before 9 tonight", "2026-03-10T21:00");
        check("matatapos ko bukas ng hapon", "2026-03-11");
    }

    #[test]
    fn the_end_of_the_week_is_its_friday_and_of_the_month_its_last_day() {
        check("by end of the week", "2026-03-13");
        check("before the end of next week", "2026-03-20");
        check("até o final do mês", "2026-03-31");
        check("bis Monatsende", "2026-03-31");
        check("before the weekend", "2026-03-13");
        check("over the weekend", "2026-03-15");
    }

    #[test]
    fn next_friday_is_next_weeks_and_friday_week_the_one_after_the_coming() {
        check("next Friday", "2026-03-20");
        check("Friday week", "2026-03-20");
        check("this Friday", "2026-03-13");
        check("Wednesday next week", "2026-03-18");
        assert!(!deadline_found("next Friday", &manila()).unwrap().sure);
    }

    #[test]
    fn what_is_ruled_out_is_no_deadline() {
        check("not on the 18th. The 19th is fine", "2026-03-19");
        check("Monday instead of Friday", "2026-03-16");
        check("sorry, Friday is not possible. I can do Monday", "2026-03-16");
        check("can't do Friday", "");
        check("not later than Friday", "2026-03-13");
    }

    #[test]
    fn a_start_or_a_reason_is_not_the_end() {
        check("I can begin on Thursday", "");
        check("I'll start Monday and finish Wednesday", "2026-03-11");
        check("will send on Monday because Friday is a holiday", "2026-03-16");
    }

    #[test]
    fn what_has_gone_by_or_starts_then_is_no_deadline() {
        for clause in
            ["sent it yesterday", "since Monday no power", "shared on 2 March", "busy at the moment", "after Friday"]
        {
            check(clause, "");
        }
    }

    #[test]
    fn more_time_is_counted_from_the_due_date_where_there_is_one() {
        check("I would need one day more", "2026-03-11");
        let due = Moment::Day { date: "2026-03-16".parse().unwrap(), zone: Tz::Asia__Manila };
        let situation = Situation { due: Some(due), ..manila() };
        assert_eq!(
            deadline("I would need one day more", &situation).map(|moment| moment.date().to_string()),
            Some("2026-03-17".into())
        );
    }

    #[test]
    fn working_days_pass_over_the_weekend() {
        check("in 2 working days", "2026-03-12");
        check("in 4 business days", "2026-03-16");
        check("within 72 hours", "2026-03-13");
        check("en 5 días hábiles", "2026-03-17");
    }

    #[test]
    fn a_count_that_looks_like_a_date_is_none() {
        check("Captions - 4/5 na", "");
        check("by 4/5", "2026-04-05");
    }

    #[test]
    fn a_number_beats_a_weekday_that_disagrees() {
        check("by Friday the 13th", "2026-03-13");
        check("by Thursday the 13th", "2026-03-13");
        assert!(!deadline_found("by Thursday the 13th", &manila()).unwrap().sure);
    }

    #[test]
    fn a_week_without_a_word_for_its_end_stays_vague() {
        for clause in ["next week", "in a few days", "soon", "la semana que viene"] {
            check(clause, "");
        }
        check("by next week", "2026-03-20");
    }
}
