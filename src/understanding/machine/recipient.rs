//! Whose address a delivery report is about.

use crate::domain::{id::Address, mail::Mail};
use regex::Regex;
use std::sync::LazyLock;

static ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"[^\s<>()\[\]:;,"'|]+@[A-Za-z0-9][\w.-]*[A-Za-z0-9]"#).ok());

/// A line that gives the recipient alone, or after a few words that servers put before it.
static RECIPIENT_LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^[\s*•>-]*(?:(?:recipient(?: address)?|to|addressed to|your message to|the following message to|unknown (?:user|address|recipient)|delivery (?:to|failed).{0,40}|",
        r"user mailbox exceeds allowed size|unable to deliver (?:message )?to|message to|could not be delivered to|failed recipient|for|mail to|deliver to|undeliverable to|intended recipient|failed address|",
        r"rcpt to|invalid recipient|mailbox|address|受信者|宛先|destinatario|destinataire|empfänger|кому|получатель)\s*[:：]?\s*)?",
        r#"[<"'(\[]?(?:mailto:)?([^\s<>()\[\]:;,"'|]+@[A-Za-z0-9][\w.-]*[A-Za-z0-9])[>"')\]]?(?:\s*[:.,;(\[]|\s+on\s|\s|$)"#
    )).ok()
});

/// The first address in a text, as in `rfc822; <ana@example.org>`.
pub(super) fn first_address(text: &str) -> Option<Address> {
    ADDRESS.as_ref()?.find_iter(text).find_map(|found| found.as_str().trim_start_matches('<').parse().ok())
}

/// The addresses that free text gives as undelivered, in order, each once. `senders` are none of them.
pub(super) fn failed_in(text: &str, senders: &[Address]) -> Vec<Address> {
    let Some(line_shape) = RECIPIENT_LINE.as_ref() else {
        return Vec::new();
    };
    let mut found: Vec<Address> = Vec::new();
    for line in text.lines().filter(|line| line.len() < 400 && line.contains('@')) {
        let address =
            line_shape.captures(line).and_then(|parts| parts.get(1)).and_then(|part| part.as_str().parse().ok());
        if let Some(address) = address.filter(|address| !found.contains(address) && !is_office(address, senders)) {
            found.push(address);
        }
        if found.len() == 100 {
            break;
        }
    }
    found
}

/// The first address anywhere in the text that can be a recipient.
pub(super) fn any_in(text: &str, senders: &[Address]) -> Option<Address> {
    ADDRESS
        .as_ref()?
        .find_iter(text)
        .take(50)
        .filter_map(|found| found.as_str().parse().ok())
        .find(|address| !is_office(address, senders))
}

/// Whether the address is the sender's own or one that runs a server.
fn is_office(address: &Address, senders: &[Address]) -> bool {
    let local = address.as_str().split('@').next().unwrap_or_default();
    senders.contains(address)
        || matches!(
            local,
            "postmaster"
                | "mailer-daemon"
                | "mailerdaemon"
                | "support"
                | "abuse"
                | "helpdesk"
                | "noreply"
                | "no-reply"
        )
}

/// The recipients of the message that came back, where the report encloses its header.
pub(super) fn of_enclosed(mail: &Mail) -> Vec<Address> {
    let headers = mail.parts.iter().filter(|part| {
        matches!(
            part.media_type.as_str(),
            "message/rfc822" | "text/rfc822-headers" | "message/global-headers" | "message/global"
        )
    });
    headers.filter_map(|part| part.text.as_deref()).flat_map(to_field).collect()
}

/// The addresses in the `To:` field of a header that stands in text.
pub(super) fn to_field(header: &str) -> Vec<Address> {
    let mut inside = false;
    let mut value = String::new();
    for line in header.lines() {
        let begins = line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("to:"));
        inside = begins || inside && line.starts_with([' ', '\t']);
        if inside {
            value.push_str(line.get(if begins { 3 } else { 0 }..).unwrap_or_default());
            value.push(' ');
        } else if !value.is_empty() {
            break;
        }
    }
    ADDRESS.as_ref().map_or_else(Vec::new, |shape| {
        shape.find_iter(&value).take(20).filter_map(|found| found.as_str().parse().ok()).collect()
    })
}

/// The lines of a report about one address: from where it stands to the next address or a blank line after
/// a reason.
pub(super) fn words_about(text: &str, address: &str) -> String {
    let mut about = String::new();
    let mut inside = 0_usize;
    for line in text.lines() {
        let lower = line.to_lowercase();
        if lower.contains(address) {
            inside = 8;
        } else if inside > 0 && line.contains('@') && line.trim_start().starts_with('<') {
            inside = 0;
        }
        if inside > 0 {
            about.push_str(line.trim());
            about.push('\n');
            inside -= 1;
        }
        if about.len() > 4_000 {
            break;
        }
    }
    about
}
