//! From the words of a server to what they mean for the address.
//!
//! Calling a living address dead is the harmful error, so `Permanent` takes words or a code that say just
//! that, and anything about policy, content or the sender comes first.

use super::BounceAction;
use crate::understanding::pattern::{lower_pattern, lower_patterns};
use regex::{Regex, RegexSet};
use std::sync::LazyLock;

/// What a report says about one recipient.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'r> {
    /// The Action field of RFC 3464; may be empty.
    pub(super) action: &'r str,
    /// The enhanced status; may be empty.
    pub(super) status: &'r str,
    pub(super) words: &'r str,
    pub(super) refused_at: Command,
}

/// The SMTP command that was refused, where the report names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// The address itself was turned down.
    Recipient,
    /// The server took the recipient and refused after the content: a filter spoke, and many filters say
    /// "user unknown" to hide.
    Data,
    Unnamed,
}

static STATUS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b[245]\.\d{1,3}\.\d{1,3}\b").ok());
static REPLY_CODE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b([45])\d\d[ -]").ok());

fn words(patterns: &[&str]) -> Option<RegexSet> {
    lower_patterns(patterns.iter().copied())
}

static FULL: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    words(&[
        r"(?:mailbox|inbox|account|user|folder|maildir|disk|mail ?drop|storage)\S*.{0,60}(?:full|quota|exceed|over ?(?:its |the |drawn|limit)|too many messages)",
        r"over ?quota|quota (?:is )?(?:exceeded|violation|full|limit)|exceed\w*.{0,30}(?:quota|storage|mailbox|allocation)|out of (?:disk )?(?:quota|storage)|insufficient (?:system )?(?:storage|disk)|not enough (?:disk|storage|space)|no space left|disk (?:is )?full|maximum (?:storage|allowable)|disc quota",
        r"mailbox.{0,20}(?:is )?(?:too )?(?:large|full)|容量|満杯|почтовый ящик.{0,20}переполнен|buzón.{0,20}lleno|boîte.{0,30}pleine|postfach.{0,20}voll|casella.{0,20}piena",
    ])
});
static TOO_BIG: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    words(&[
        r"(?:message|mail|file|attachment|mesg)\b.{0,30}(?:size|too (?:big|large|long)|larger than|exceed\w*.{0,30}(?:size|limit|maximum|length))|size (?:limit|exceeds|of (?:this|the) message)|exceeds? (?:the )?(?:maximum|fixed|allowed|size).{0,30}(?:size|message|limit)|message (?:length|file) (?:exceed|too)|max(?:imum)? message size|サイズ.{0,20}(?:超|制限)",
    ])
});
static POLICY: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    words(&[
        r"spam|spamhaus|\bube\b|\buce\b|unsolicited|junk|bulk (?:e-?mail|mail)|black ?list|block(?:ed|list|ing)|\brbl\b|\bdnsbl\b|reputation|(?:is|was|are|been|currently) listed|listed (?:on|at|by)|bl\.\w|poor|banned",
        r"dmarc|\bspf\b|dkim|domainkeys|authenticat|not authori[sz]ed|unauthori[sz]ed|auth(?:orization)? (?:required|failed)|sender id|reverse dns|\bptr\b|rdns|helo|ehlo",
        r"polic(?:y|ies)|prohibited|denied|not (?:allowed|permitted|accept(?:ed|ing))|reject(?:ed)? (?:by|due|for|as|your|message|content|because|on)|content (?:reject|filter|not)|message (?:content )?(?:was )?(?:rejected|refused)|refused (?:by|to accept)|virus|malware|infected|attachment (?:type|not)|executable|phish|suspicious|forbidden|restricted|security",
        r"relay(?:ing)? (?:denied|not|access|prohibited)|not (?:allowed|permitted) to relay|unable to relay|we do not relay|relaying",
        r"sender (?:address )?(?:rejected|denied|refused|verify|domain|not)|your (?:name|address|ip|domain|host) (?:was|is|has)|my name was rejected|envelope sender|\bmail from\b.{0,30}(?:reject|denied|refus)|invalid domain name|from address|bad sender|return address|sender is not|sender's? (?:domain|address)|purported responsible",
        r"too many (?:connections|messages|recipients|errors|invalid)|rate limit|throttl|greylist|graylist|try again later because|sending limit|daily (?:limit|quota)|maximum (?:number|hourly)",
        r"header error|8-bit|malformed|syntax error|invalid header|bare lf|line too long|bad header|rfc ?(?:2822|5322|822)|encoding|improper use|non-?ascii|charset|\bmime\b",
        r"not a member|only (?:members|subscribers)|moderat|may not (?:exist, or you|post)|permission to post|private list|closed list",
        r"preferences of the person|filtered|filter|rejected by the (?:recipient )?domain|by a remote mail server|受信拒否|拒否|迷惑",
    ])
});
static UNKNOWN: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    words(&[
        r"(?:user|recipient|mailbox|address|account|addressee|alias|customer|rcpt|username|destinatari\w*|person|e-?mail)\S*.{0,60}?(?:unknown|not (?:be )?(?:found|known|exist|recogni[sz]ed|listed|valid|our|present|a valid|registered|local|active)|doesn'?t (?:exist|have)|does ?n[o']t (?:exist|have)|didn'?t exist|invalid|unavailable|no longer|non-?existent|isn't|couldn't be found|undeliverable|inactive|not active|has been (?:deleted|removed|closed))",
        r"(?:unknown|no such|invalid|non-?existent|bad|unrecogni[sz]ed|undeliverable|illegal|unrouteable|unroutable|not a valid|not a known|no valid|cannot find|can't find|couldn't find|no) (?:\w+ ){0,3}(?:user|recipient|mailbox|address|account|addressee|alias|rcpt|local|person|mail ?drop|customer|destination (?:mailbox|address))",
        r"(?:user|recipient|address|mailbox) (?:address )?rejected:? (?:user|unknown|no |undeliver|invalid|un|address|mailbox|recipient)",
        r"not (?:our|a) (?:customer|local|known|valid)|i have no (?:mailbox|such)|there is no (?:such )?(?:user|one|mailbox|account)|no mailbox here|isn't a valid|no one (?:here|by that)|this (?:user|account) (?:doesn't|does not|is not|no longer)|not listed in|(?:user|name) +not listed|unknown local part|recipient not found|address not found|no account by|user doesn't|account that you tried to reach does not exist|mailbox unavailable|unknown address|address unknown|is not known|r_?ecipient ?not ?found|unroutable|deactivated|recipnotfound|address rejected",
        r"存在しません|宛先不明|ユーザ.{0,6}見つかりません|does not exist here|не (?:существует|найден|зарегистрирован)|нет такого|пользователь не|no existe|inexistente|n'existe pas|inconnu|unbekannt|existiert nicht|inesistente|sconosciuto|bestaat niet|nie istnieje|não existe|tidak ditemukan|不存在|无此用户",
    ])
});
/// Words of the server that holds the mailboxes, about its own directory.
static LOCAL: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    words(&[
        r"^\W*unknown (?:user|address|recipient):|not listed in (?:public|domino|the)|name & address book|recipient name is not recogni[sz]ed|unknown recipient\b|local (?:user|part|recipient)|in (?:local|virtual|relay) \w+ table|user unknown in|address couldn't be found|wasn't found at|no mailbox here|i couldn't find|address not found|invalid address|no such user here|recipnotfound|not exist at|isn't (?:a )?valid|unrouteable address|user (?:is )?not local",
        r"no existe|n'existe pas|existiert nicht|non esiste|bestaat niet|nie istnieje|não existe|не (?:найден|существует)|不存在|存在しません",
    ])
});
static HOST: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    words(&[
        r"(?:host|domain|server)(?: name)?\S*.{0,40}(?:unknown|not found|does ?n[o']t exist|not exist|couldn't be found|cannot be found|invalid)|(?:unknown|no such|invalid|nonexistent|illegal|bad) (?:host|domain)|name or service not known|nxdomain|no such domain|domain (?:is )?not (?:reachable|valid)|all relevant mx records point to non-existent|unrouteable mail domain|no mx|couldn't find any host",
    ])
});
static AWAY: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    words(&[
        r"timed? ?out|time ?out|expired|too long|retry time|could not be delivered (?:for|within|in) |connect(?:ion|ing)?.{0,30}(?:refused|reset|lost|dropped|failed|closed|timed|broken|unreachable|deadline)|unable to connect|could ?n[o']t connect|cannot connect|no route to host|network|unreachable|(?:host|server).{0,20}(?:down|not respond|did not|unavailable)|lost connection|failed (?:\d+ )?attempts|attempts|giving up|did not accept our requests|socket error|not responding|deferred|temporar|try again|later|queue",
        r"(?:hop|loop)|too many (?:hops|received)|mail loop|routing loop|mx .{0,20}points? back|null mx|dns error|dns.{0,20}(?:fail|lookup)|responded with code|name server|servfail",
        r"(?:account|mailbox|user|address)\S*.{0,40}(?:disabled|suspend|locked|on hold|frozen|blocked temporarily|restricted temporarily|under maintenance)|account (?:has been|is) disabled|has been suspended",
        r"system (?:is )?(?:busy|down|not)|service (?:is )?(?:currently )?unavailable|resources|cannot allocate|internal error|local error|configuration error|i/o error|overload",
    ])
});

fn says(set: &LazyLock<Option<RegexSet>>, words: &str) -> bool {
    set.as_ref().is_some_and(|set| set.is_match(words))
}

/// The first enhanced status code in the text.
pub(super) fn status_in(text: &str) -> Option<String> {
    STATUS.as_ref()?.find(text).map(|found| found.as_str().to_owned())
}

/// Whether the words speak of a full mailbox, which outlives no quarrel of codes.
pub(super) fn speaks_of_space(words: &str) -> bool {
    says(&FULL, &words.to_lowercase())
}

/// The command that the report says was refused.
pub(super) fn command_in(text: &str) -> Command {
    let lower = text.chars().take(20_000).collect::<String>().to_lowercase();
    let names = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    if names(&[
        "after rcpt to",
        "to rcpt to",
        "rcpt to:",
        "rcpt to command",
        "at rcpt",
        "smtp command\nrcpt",
        "does not like recipient",
    ]) {
        Command::Recipient
    } else if names(&[
        "end of data",
        ">>> data",
        "smtp command\ndata",
        "(data)",
        "after data",
        "dot command",
        "failed after i sent the message",
    ]) {
        Command::Data
    } else {
        Command::Unnamed
    }
}

/// Decides what a report means for its address.
pub(super) fn action(told: &Told<'_>) -> BounceAction {
    let declared = told.action.trim().to_ascii_lowercase();
    if ["delayed", "delivered", "relayed", "expanded", "deliverable"].iter().any(|word| declared.starts_with(word)) {
        return BounceAction::Other;
    }
    let words: String = told.words.chars().take(3_000).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    // A group that does not exist and one that takes no mail from us get the same answer, in any language.
    if words.contains("google groups") && told.status.is_empty() {
        return BounceAction::Refused;
    }
    if says(&FULL, &words) || matches!(told.status, "5.2.2" | "4.2.2") {
        return BounceAction::Temporary;
    }
    if says(&TOO_BIG, &words) || matches!(told.status, "5.3.4" | "5.2.3") {
        return BounceAction::Refused;
    }
    let names_address = matches!(told.status, "5.1.1" | "5.1.2" | "5.1.6" | "5.1.10");
    let about_sender = matches!(told.status, "5.1.7" | "5.1.8") || names_sender(&words);
    let policy = says(&POLICY, &words) || told.status.split('.').nth(1) == Some("7");
    if is_blind_edge(told.status, &words) || names_address && !(about_sender || policy && !is_plainly_unknown(&words))
    {
        return BounceAction::Permanent;
    }
    if about_sender || told.status.split('.').nth(1) == Some("7") {
        return BounceAction::Refused;
    }
    // A name server that did not answer may answer tomorrow.
    if says(&HOST, &words) && !policy && !told.status.starts_with('4') && !words.contains("found, try again") {
        return BounceAction::Permanent;
    }
    if says(&LOCAL, &words) && told.refused_at != Command::Data && !told.status.starts_with('4') {
        return BounceAction::Permanent;
    }
    let unknown = says(&UNKNOWN, &words);
    if unknown && !told.status.starts_with('4') && (!policy || is_plainly_unknown(&words)) {
        // Words alone are no proof when they are another server's and nobody says that the address was asked.
        let proven = told.refused_at == Command::Recipient || matches!(told.status, "5.1.3" | "5.1.4" | "5.1.5");
        return if proven && told.refused_at != Command::Data {
            BounceAction::Permanent
        } else {
            BounceAction::Refused
        };
    }
    if says(&AWAY, &words) && (!policy || is_about_time(&words)) {
        return BounceAction::Temporary;
    }
    if policy {
        return BounceAction::Refused;
    }
    by_code(told.status, &words)
}

/// Exchange Online turns down addresses that its directory lacks with 5.4.1 "Access denied".
fn is_blind_edge(status: &str, words: &str) -> bool {
    status == "5.4.1" && words.to_lowercase().contains("recipient address rejected")
}

/// Words that leave no other meaning, even beside "rejected".
fn is_plainly_unknown(words: &str) -> bool {
    static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        lower_pattern(
            r"user unknown|unknown user|no such (?:user|recipient|mailbox|address|account|person)|does(?:n't| not) exist|unknown recipient|recipient unknown|invalid recipient|user not found|recipient not found",
        )
    });
    PLAIN.as_ref().is_some_and(|plain| plain.is_match(words))
}

fn names_sender(words: &str) -> bool {
    let lower = words.to_lowercase();
    [
        "sender address",
        "sender rejected",
        "sender domain",
        "mail from",
        "sender denied",
        "domain of sender",
        "> sender",
        "invalid sender",
    ]
    .iter()
    .any(|sign| lower.contains(sign))
}

fn is_about_time(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["timed out", "expired", "too long", "queue", "try again", "temporar", "later", "deferred"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Where the words say nothing, the code decides; without one the address lives.
fn by_code(status: &str, words: &str) -> BounceAction {
    let class = status.chars().next().or_else(|| {
        REPLY_CODE
            .as_ref()?
            .captures(words)
            .and_then(|parts| parts.get(1))
            .and_then(|part| part.as_str().chars().next())
    });
    match (class, status.split('.').nth(1)) {
        (Some('4'), _) | (Some('5'), Some("4")) => BounceAction::Temporary,
        (Some('2'), _) => BounceAction::Other,
        (Some(_) | None, _) => BounceAction::Refused,
    }
}
