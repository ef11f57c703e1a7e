//! Delivery reports in free text: qmail, Exim, sendmail, Postfix, Exchange, Notes, and many more.

use super::{Bounce, BounceAction, BounceRecipient, reason, recipient, sender};
use crate::domain::{id::Address, mail::Mail};
use crate::understanding::pattern::{lower_pattern, lower_patterns};
use regex::{Regex, RegexSet};
use std::sync::LazyLock;

/// Subjects that servers put on reports.
static SUBJECT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    lower_pattern(concat!(
        r"^\W*(?:failure notice|delivery (?:status )?(?:notification|failure|failed|report|problem|delay|error|has failed|incomplete)|(?:mail|message|e-?mail)? ?delivery (?:failed|failure|has failed|delayed|problem|system|error|status)|returned (?:mail|e-?mail|message|to sender)|",
        r"undeliver(?:able|ed)|undelivered mail|non[- ]?deliver(?:y|able)|(?:your )?(?:mail|message|e-?mail)(?: could| can)? ?(?:not|n't) (?:be )?deliver|(?:mail|message|e-?mail) (?:you sent )?(?:was )?(?:not delivered|undeliverable|rejected|blocked|bounced|refused|delayed)|mail system error|nondeliverable|failed (?:mail )?delivery|delivery to .{1,60} failed|",
        r"warning: (?:could not send|message .{0,40}delayed|e-?mail .{0,20}delayed)|could not (?:send|deliver)|unable to deliver|rejected (?:mail|message|posting)|message (?:blocked|rejected|status|delivery)|(?:e-?mail )?(?:not|could not be) delivered|there was an error sending your mail|sorry, your message could not|mailbox (?:is )?full|you .{0,60} are not (?:a )?member|considered spam|postmaster notify|mail failure|mail could not|message could not be|notification de non|",
        r"unzustellbar|nicht zustellbar|zustellung fehlgeschlagen|fehler beim (?:senden|zustellen)|unzustellbare|échec de (?:la )?(?:remise|distribution)|non remis|message non distribué|no se puede entregar|no (?:se )?entregad|mensaje no entregado|error de entrega|mensagem não entregue|falha na entrega|não foi possível entregar|mancato recapito|messaggio non consegnato|mancata consegna|non recapitabile|onbestelbaar|niet afgeleverd|niedostarcz|nie dostarczono|zwrot|недоставленн|не доставлен|не удалось доставить|не вдалося доставити|nedoručiteln|kézbesíthetetlen|kunde inte levereras|kunne ikke leveres|teslim edilemedi|配信不能|送信できません|配達不能|エラーメール|退信|无法投递|無法傳遞|系统退信|전송 실패|반송|tidak terkirim|gagal terkirim|không gửi được)"
    ))
});

/// Sentences that servers write in reports. One is enough under a server's name, two under any.
static SENTENCES: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    lower_patterns([
        r"(?:could|can|was|has|have|were|will)(?: ?n[o']t|not)? ?(?:not )?(?:be(?:en)? )?(?:able to be )?deliver(?:ed|able)?\b|undeliver(?:ed|able)|not delivered|unable to (?:be )?deliver|delivery (?:to the following|has failed|failed|attempts?|failure)|failed to deliver|did not reach|could not be reached|wasn't able to deliver|had trouble delivering|error occurred while trying to deliver|could not be sent|trying to deliver",
        r"(?:this is|it is) (?:an )?(?:automat\w+|permanent) (?:generated|error|delivery|mail|message|response)|created automatically by mail delivery software|automatically (?:generated|created)|mail delivery (?:software|system|subsystem)|mail system at host|qmail-send program|(?:postfix|exim|sendmail|courier) (?:program|mail server)|mailer[- ]daemon|postmaster",
        r"(?:following|these) (?:address|recipient)(?:es|s|\(es\)|\(s\))?|each of the following|following address\(es\)|recipient\(s\)|failed recipients?|intended recipients",
        r"(?:permanent|fatal|transient|non-?fatal) (?:\w+ )?(?:error|failure)|returned (?:mail|to (?:you|sender))|smtp error|remote (?:host|server|mta|mail server) (?:said|respond|reject)|transcript of session|error (?:message|code|was)|reason for the (?:problem|failure)|diagnostic|failure reasons?",
        r"\b[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3}\b|\b55[0-4][ -]\S|\bstatus: ?[45]\.\d",
        r"unknown user|user unknown|no such user|mailbox (?:is )?(?:full|unavailable|exceeds)|over quota|recipient (?:address )?(?:rejected|unknown|not found)|address (?:couldn't be|not) found|does not exist|invalid (?:address|recipient)|not (?:our customer|a valid)|was blocked by|rejected by|not in our",
        r"original message (?:follows|was received|is)|copy of (?:the|your) (?:message|original)|(?:returned|original) message|message (?:header|headers) (?:is|are)? ?(?:following|follow|included)|below this line is a copy|header of the original|your message (?:to|was|with|below|cannot|could)",
        r"このメール.{0,60}(?:送信できません|配信できません|自動的)|配信できませんでした|送信に失敗|エラー|не (?:может|удалось|было).{0,20}доставлен|nicht zugestellt|pas pu être (?:remis|délivré)|no pudo ser entregado|non è stato (?:possibile|recapitato)|退回|无法送达",
    ])
});

/// Where the message that came back begins in a free text report.
static ORIGINAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?im)^[\s>*-]*(?:-+ ?below this line is a copy|-+ ?(?:this is a copy|original message|the (?:header|body) of|returned message|unsent message|undelivered message|message (?:header|text)|header|original mail)|original message (?:follows|header)|included is a copy|the (?:original )?message (?:header|follows)|-+ ?transcript of (?:the )?(?:original|message)|-{3,} ?(?:returned|original|unsent)|message header:|received: ?(?:from|by|\()|return-path: ?<)").ok()
});

/// Whether the mail is a delivery report in free text.
pub(super) fn is_notice(mail: &Mail) -> bool {
    if mail.header("X-Failed-Recipients").next().is_some() {
        return true;
    }
    let titled = SUBJECT.as_ref().is_some_and(|subject| subject.is_match(&plain(&mail.subject)));
    let from_server = sender::is_mail_server(mail) || titled && sender::is_list_server(mail);
    let nobody = sender::has_null_return_path(mail);
    if !titled && !from_server && !nobody {
        return false;
    }
    let text = prose(mail);
    let start: String = text.chars().take(6_000).collect();
    let sentences = SENTENCES.as_ref().map_or(0, |set| set.matches(&plain(&start)).iter().count());
    from_server && (titled || sentences >= 1 || nobody)
        || titled && (nobody || sentences >= 4)
        || nobody && sentences >= 2
}

/// A text as patterns take it: in lower case, lines joined.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Reads a free text report: its recipients, and what it says of each.
pub(super) fn read(mail: &Mail) -> Bounce {
    let whole = prose(mail);
    let (report, returned) = split_at_original(&whole);
    let senders: Vec<Address> = mail.from.iter().filter_map(|party| party.address.clone()).collect();
    let mut addresses: Vec<Address> = mail
        .header("X-Failed-Recipients")
        .flat_map(|value| value.split(','))
        .filter_map(recipient::first_address)
        .collect();
    if addresses.is_empty() {
        addresses = recipient::failed_in(report, &senders);
    }
    if addresses.is_empty() {
        addresses = recipient::of_enclosed(mail);
    }
    if addresses.is_empty() {
        addresses = recipient::to_field(returned);
    }
    if addresses.is_empty() {
        addresses.extend(recipient::any_in(report, &senders));
    }
    addresses.dedup();
    if addresses.is_empty() {
        return Bounce { recipients: vec![judged(None, report, report)] };
    }
    let several = addresses.len() > 1;
    let recipients = addresses
        .into_iter()
        .map(|address| {
            let about = recipient::words_about(report, address.as_str());
            let words = if several && !about.is_empty() { about } else { format!("{about}\n{report}") };
            judged(Some(address), &words, report)
        })
        .collect();
    Bounce { recipients }
}

fn judged(address: Option<Address>, words: &str, report: &str) -> BounceRecipient {
    let status = reason::status_in(words).unwrap_or_default();
    let is_delay = DELAY.as_ref().is_some_and(|delay| delay.is_match(&plain(report)));
    let told = reason::Told {
        action: if is_delay { "delayed" } else { "" },
        status: &status,
        words: &without_boilerplate(words),
        refused_at: reason::command_in(report),
    };
    BounceRecipient { address, action: reason::action(&told), status }
}

static DELAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    lower_pattern(
        r"this is a warning message only|you do not need to resend|will (?:be retried|continue to (?:try|be))|delivery (?:is )?(?:delayed|attempts will continue)|has been delayed|message delayed|still being retried|no action is required|not yet been delivered",
    )
});

/// Sentences that stand in every report of a server and say nothing of this one.
static BOILERPLATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)i'?m not going to try again[^\n]*|this is a permanent error[^\n]*|(?:no further|further) delivery attempts[^\n]*|the number of attempts[^\n]*|a transcript of the attempts[^\n]*|for (?:further|more) (?:assistance|information)[^\n]*|please (?:verify|contact|check|try|do not|send|include)[^\n]*|if you (?:have|do so|believe|know)[^\n]*|giving up on[^\n]*|i've given up[^\n]*|one or more (?:of its )?(?:recipients|destinations|addresses)[^\n]*|",
        r"this message was created automatically[^\n]*|this is an automatically[^\n]*|delivery attempts? (?:will|have)[^\n]*|it'?s attached below|returned below|http\S*|you can (?:delete|visit)[^\n]*|or contact[^\n]*|the mail system|\(in reply to [^)]*\)"
    )).ok()
});

fn without_boilerplate(words: &str) -> String {
    BOILERPLATE
        .as_ref()
        .map_or_else(|| words.to_owned(), |boilerplate| boilerplate.replace_all(words, " ").into_owned())
}

/// The text that people are meant to read in a report.
pub(super) fn prose(mail: &Mail) -> String {
    let mut prose = String::new();
    for part in &mail.parts {
        let readable = part.media_type == "text/plain" && !part.attached;
        if let Some(text) = part.text.as_deref().filter(|_| readable && prose.len() < 20_000) {
            prose.push_str(&text.replace('\r', ""));
            prose.push('\n');
        }
    }
    if prose.trim().is_empty()
        && let Some(html) = &mail.html
    {
        prose = tagless(html);
    }
    if prose.trim().is_empty() {
        prose = mail.text.clone().unwrap_or_default();
    }
    prose
}

/// Reports come in HTML alone only from a few servers; their text is enough.
fn tagless(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars().take(200_000) {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push('\n');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&#64;", "@")
}

/// Splits a report from the message that came back.
fn split_at_original(text: &str) -> (&str, &str) {
    let at = ORIGINAL.as_ref().and_then(|original| original.find(text)).map_or(text.len(), |found| found.start());
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// What a report without a readable reason means.
impl Default for BounceRecipient {
    fn default() -> Self {
        Self { address: None, action: BounceAction::Refused, status: String::new() }
    }
}
