//! A thumb under a letter: a person's answer that a mail program sends for them.

use crate::domain::mail::Mail;

/// The sign of a reaction. Gmail sends it as a part of its own, Outlook and phones as a sentence.
pub(super) fn reaction(mail: &Mail) -> Option<String> {
    let part = mail.parts.iter().find(|part| part.media_type == "text/vnd.google.email-reaction+json");
    if let Some(sign) = part.and_then(|part| part.text.as_deref()).and_then(emoji_in) {
        return Some(sign);
    }
    let text = mail.text.as_deref()?.trim();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (first, second) = (lines.next()?, lines.next());
    let told = |line: &str| line.contains(" reacted via ") || line.contains(" reacted to your message");
    if second.is_some_and(told) && is_sign(first) {
        return Some(first.to_owned());
    }
    told(first).then(|| first.chars().filter(|c| is_pictured(*c)).collect::<String>()).filter(|sign| !sign.is_empty())
}

/// The value of `"emoji"` in the part that Gmail sends.
fn emoji_in(json: &str) -> Option<String> {
    let (_, rest) = json.split_once("\"emoji\"")?;
    let value = rest.split('"').nth(1)?;
    is_sign(value).then(|| value.to_owned())
}

fn is_sign(text: &str) -> bool {
    (1..=12).contains(&text.chars().count()) && text.chars().any(is_pictured) && !text.contains(char::is_alphanumeric)
}

fn is_pictured(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}' | '\u{200D}')
}
