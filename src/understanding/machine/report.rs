//! Delivery reports in the fields of RFC 3464, complaints (RFC 5965) and receipts (RFC 8098).

use super::{Bounce, BounceAction, BounceRecipient, reason, recipient};
use crate::domain::mail::{Mail, Part};

/// Read and delivery receipts of a person's mail program: "Your message was displayed".
pub(super) fn is_receipt(mail: &Mail) -> bool {
    has_part(mail, "message/disposition-notification") || report_type(mail).contains("disposition-notification")
}

/// Whether the mail carries a part that only delivery reports and complaints carry.
pub(super) fn is_delivery_report(mail: &Mail) -> bool {
    has_part(mail, "message/delivery-status")
        || has_part(mail, "message/global-delivery-status")
        || has_part(mail, "message/feedback-report")
        || ["delivery-status", "feedback-report"].iter().any(|kind| report_type(mail).contains(kind))
        || mail.text.as_deref().is_some_and(holds_fields)
}

/// More recipients than this are left out: no letter of ours has as many.
const MOST_RECIPIENTS: usize = 500;

/// In characters; a report explains itself at its head.
const LONGEST_PROSE: usize = 20_000;

/// Reads what a delivery report says; a report without usable fields is read as free text.
pub(super) fn read(mail: &Mail) -> Bounce {
    if has_part(mail, "message/feedback-report") || report_type(mail).contains("feedback-report") {
        let complained = BounceRecipient { address: None, action: BounceAction::Other, status: String::new() };
        return Bounce { recipients: vec![complained] };
    }
    let prose: String = super::notice::prose(mail).chars().take(LONGEST_PROSE).collect();
    let fields = mail.parts.iter().filter(|part| may_hold_fields(part)).filter_map(|part| part.text.as_deref());
    let recipients: Vec<BounceRecipient> =
        fields.flat_map(groups).filter_map(|group| recipient_of(&group, &prose)).take(MOST_RECIPIENTS).collect();
    if recipients.is_empty() {
        return super::notice::read(mail);
    }
    Bounce { recipients }
}

fn has_part(mail: &Mail, media_type: &str) -> bool {
    mail.parts.iter().any(|part| part.media_type == media_type)
}

fn report_type(mail: &Mail) -> String {
    mail.header("Content-Type")
        .next()
        .and_then(|value| value.to_ascii_lowercase().split_once("report-type").map(|(_, rest)| rest.to_owned()))
        .unwrap_or_default()
}

fn may_hold_fields(part: &Part) -> bool {
    matches!(part.media_type.as_str(), "message/delivery-status" | "message/global-delivery-status")
        || part.text.as_deref().is_some_and(holds_fields)
}

/// Some servers send the fields of RFC 3464 as plain text.
fn holds_fields(text: &str) -> bool {
    let mut fields = 0;
    for line in text.lines().take(400) {
        if let Some((name, _)) = line.split_once(':') {
            let known = ["final-recipient", "reporting-mta", "diagnostic-code", "action", "status"];
            fields += usize::from(known.iter().any(|field| name.trim().eq_ignore_ascii_case(field)));
        }
    }
    fields >= 3
}

/// The fields of one recipient.
#[derive(Debug, Default)]
struct Group {
    final_recipient: String,
    original_recipient: String,
    action: String,
    status: String,
    diagnostic: String,
}

/// Reads groups of fields; a blank line or a second Final-Recipient begins the next.
fn groups(text: &str) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut open = Group::default();
    for field in unfolded(text) {
        if field.is_empty() {
            groups.push(std::mem::take(&mut open));
            continue;
        }
        let Some((name, value)) = field.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "final-recipient" => {
                if !open.final_recipient.is_empty() {
                    groups.push(std::mem::take(&mut open));
                }
                value.clone_into(&mut open.final_recipient);
            }
            "original-recipient" => value.clone_into(&mut open.original_recipient),
            "action" => value.clone_into(&mut open.action),
            "status" => value.clone_into(&mut open.status),
            "diagnostic-code" | "smtp-remote-recipient" | "x-notes-detail" => {
                open.diagnostic.push_str(value);
                open.diagnostic.push(' ');
            }
            _ => {}
        }
    }
    groups.push(open);
    merged(groups)
}

/// Joins groups that a stray blank line tore apart: one with an address and one with an action.
fn merged(groups: Vec<Group>) -> Vec<Group> {
    let mut whole: Vec<Group> = Vec::new();
    for group in groups {
        let is_tail = group.final_recipient.is_empty() && group.original_recipient.is_empty();
        match whole.last_mut() {
            Some(open) if is_tail && open.action.is_empty() && open.status.is_empty() => {
                open.action = group.action;
                open.status = group.status;
                open.diagnostic.push_str(&group.diagnostic);
            }
            Some(_) | None if is_tail && group.action.is_empty() => {}
            Some(_) | None => whole.push(group),
        }
    }
    whole
}

fn unfolded(text: &str) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for line in text.lines() {
        match fields.last_mut() {
            Some(field) if !field.is_empty() && line.starts_with([' ', '\t']) && !line.trim().is_empty() => {
                field.push(' ');
                field.push_str(line.trim());
            }
            Some(_) | None => fields.push(line.trim().to_owned()),
        }
    }
    fields
}

fn recipient_of(group: &Group, prose: &str) -> Option<BounceRecipient> {
    let address = recipient::first_address(&group.final_recipient)
        .or_else(|| recipient::first_address(&group.original_recipient));
    if group.final_recipient.is_empty() && group.original_recipient.is_empty() && group.action.is_empty() {
        return None;
    }
    // The prose explains; it counts where the fields are silent or stands alone, and near the address.
    let near = address.as_ref().map(|address| recipient::words_about(prose, address.as_str())).unwrap_or_default();
    let told = if near.is_empty() { prose } else { &near };
    let status = reason::status_in(&group.diagnostic)
        .filter(|status| !status.ends_with(".0.0"))
        .or_else(|| reason::status_in(&group.status))
        .unwrap_or_default();
    let silent = group.diagnostic.trim().is_empty() || reason::speaks_of_space(told);
    let words = if silent { told } else { &group.diagnostic };
    let refused_at = reason::command_in(told);
    let action = reason::action(&reason::Told { action: &group.action, status: &status, words, refused_at });
    Some(BounceRecipient { address, action, status })
}
