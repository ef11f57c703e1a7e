//! Names that no person writes under, and the marks of list and bulk mail.

use crate::domain::mail::Mail;

/// Whether a mail server wrote it: MAILER-DAEMON, postmaster, "Mail Delivery Subsystem".
pub(super) fn is_mail_server(mail: &Mail) -> bool {
    let is_server = |local: &str| {
        let local: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
        [
            "mailerdaemon",
            "postmaster",
            "maildaemon",
            "maildelivery",
            "mailsystem",
            "maildeliverysubsystem",
            "systemadministrator",
        ]
        .iter()
        .any(|name| local == *name || local.starts_with("mailerdaemon"))
    };
    let by_address = mail
        .from
        .iter()
        .filter_map(|party| party.address.as_ref())
        .any(|address| is_server(&address.as_str().split('@').next().unwrap_or_default().to_ascii_lowercase()));
    // An unreadable From such as `MAILER-DAEMON` alone or `<>` is left in the header.
    let by_name = mail.header("From").any(|value| {
        let lower = value.to_ascii_lowercase();
        [
            "mailer-daemon",
            "mail delivery s",
            "mail deliver system",
            "postmaster",
            "mail-daemon",
            "mail delivery",
            "system administrator",
        ]
        .iter()
        .any(|name| lower.contains(name))
            || lower.trim() == "<>"
    });
    by_address || by_name
}

/// Whether the program that runs a list wrote it, and not a member.
pub(super) fn is_list_server(mail: &Mail) -> bool {
    mail.header("X-MLServer").next().is_some()
        || mail.from.iter().filter_map(|party| party.address.as_ref()).any(|address| {
            let local = address.as_str().split('@').next().unwrap_or_default();
            ["-admin", "-request", "-owner", "-bounces", "-help"].iter().any(|end| local.ends_with(end))
                || matches!(local, "majordomo" | "listserv" | "mailman" | "sympa" | "ezmlm")
        })
}

/// `Return-Path: <>`: the sender wants no report about this mail (RFC 5321, section 4.5.5).
pub(super) fn has_null_return_path(mail: &Mail) -> bool {
    mail.header("Return-Path").any(|value| {
        let bare: String = value.chars().filter(|c| !c.is_whitespace()).collect();
        bare == "<>"
            || bare.is_empty()
            || bare.to_ascii_lowercase().trim_matches(['<', '>']).starts_with("mailer-daemon")
    })
}

/// Whether the mail bears the marks of list or bulk mail.
pub(super) fn is_list(mail: &Mail) -> bool {
    let has = |name: &str| mail.header(name).next().is_some();
    let precedence =
        mail.header("Precedence").map(|value| value.trim().to_ascii_lowercase()).next().unwrap_or_default();
    let listed =
        has("List-Id") || has("List-Post") || has("List-Unsubscribe") || has("X-Mailing-List") || has("Mailing-List");
    let bulk = matches!(precedence.as_str(), "list" | "bulk" | "junk");
    let campaign = has("Feedback-ID")
        || has("X-CampaignID")
        || has("X-Campaign")
        || has("X-Mailchimp-Campaign-Id")
        || has("List-Unsubscribe-Post");
    listed || bulk || campaign && is_robot(mail)
}

/// Whether the address says that nobody reads what is sent to it.
pub(super) fn is_robot(mail: &Mail) -> bool {
    mail.from.iter().filter_map(|party| party.address.as_ref()).any(|address| {
        let local = address.as_str().split('@').next().unwrap_or_default();
        let bare: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
        [
            "noreply",
            "donotreply",
            "dontreply",
            "noresponse",
            "neantwort",
            "nepasrepondre",
            "noresponder",
            "nichtantworten",
            "autoresponder",
            "autoreply",
            "mailrobot",
        ]
        .iter()
        .any(|name| bare.starts_with(name) || bare.ends_with(name))
            || matches!(
                bare.as_str(),
                "notification"
                    | "notifications"
                    | "notify"
                    | "alerts"
                    | "alert"
                    | "mailer"
                    | "automailer"
                    | "bounce"
                    | "bounces"
                    | "newsletter"
                    | "newsletters"
                    | "daemon"
                    | "root"
                    | "cron"
            )
    })
}
