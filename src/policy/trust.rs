//! How well we know that a mail is from whom it says.
//!
//! Strong proof is a DKIM or DMARC pass aligned with the one From address, in an Authentication-Results line (RFC
//! 8601) of the server that is configured as ours, or our own server's Received line (RFC 5321, 4.4) that shows an
//! authenticated submission by that very address. A failed DMARC is worse than no proof at all.

use crate::domain::{
    id::Address,
    mail::Mail,
    person::{Level, Role},
};
use serde::{Deserialize, Serialize};

/// Which servers' words count. Others could be written by anybody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Witnesses {
    /// The authserv-id of the receiving server: `mx.example.org`.
    pub authserv_id: Option<String>,
    /// The host name in our own submission server's Received lines, where assistants or the owner send through it.
    pub own_server: Option<String>,
}

/// What the servers say about the sender of one mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proof {
    Failed,
    None,
    /// SPF alone, aligned with From.
    Weak,
    Strong,
}

/// Decides the level of a mail whose sender is on file as `role`, or not on file.
pub fn level(role: Option<Role>, proof: Proof, token_is_valid: bool) -> Level {
    match (role, proof, token_is_valid) {
        (None, _, _) | (_, Proof::Failed, _) => Level::Stranger,
        (Some(Role::Owner), Proof::Strong, _) => Level::Owner,
        (Some(Role::Owner), Proof::None | Proof::Weak, _) => Level::Claimed,
        (Some(Role::Assistant), Proof::Strong, _) | (Some(Role::Assistant), Proof::Weak, true) => Level::Proven,
        (Some(Role::Assistant), Proof::None, true) => Level::Token,
        (Some(Role::Assistant), Proof::None | Proof::Weak, false) => Level::Claimed,
    }
}

/// Reads what trusted servers say about the one From address of `mail`.
pub fn proof(mail: &Mail, witnesses: &Witnesses) -> Proof {
    let Some(sender) = mail.sender() else { return Proof::Failed };
    if witnesses.own_server.as_deref().is_some_and(|server| submitted_by(mail, server, sender)) {
        return Proof::Strong;
    }
    match witnesses.authserv_id.as_deref().and_then(|server| results_of(mail, server)) {
        Some(results) => judge(&results, sender.domain()),
        None => Proof::None,
    }
}

/// Whether our own server's line shows that `sender` logged in to submit this mail.
///
/// A forger writes Received lines below the ones that servers add on top, so only the topmost SMTP line of our
/// server counts. Lines of the last hop inside our server (`with LMTP`) are passed over.
fn submitted_by(mail: &Mail, server: &str, sender: &Address) -> bool {
    let line = mail.header("Received").map(unfold).find(|line| !line.contains(" with lmtp"));
    line.is_some_and(|line| {
        let by_us = word_after(&line, " by ").is_some_and(|by| by.eq_ignore_ascii_case(server));
        let authenticated = [" with esmtpa", " with esmtpsa", " with utf8smtpa", " with utf8smtpsa"];
        by_us
            && authenticated.iter().any(|with| line.contains(with))
            && word_after(&line, "authenticated sender: ").is_some_and(|who| who == sender.as_str())
    })
}

/// One `method=result` of an Authentication-Results line with its properties.
#[derive(Debug)]
struct Verdict {
    method: String,
    result: String,
    properties: Vec<(String, String)>,
}

/// The verdicts of the topmost Authentication-Results line that `server` wrote.
fn results_of(mail: &Mail, server: &str) -> Option<Vec<Verdict>> {
    mail.header("Authentication-Results").map(unfold).find_map(|line| {
        let line = without_comments(&line);
        let (id, rest) = line.split_once(';')?;
        let id = id.split_whitespace().next().unwrap_or_default();
        id.eq_ignore_ascii_case(server).then(|| rest.split(';').filter_map(read_verdict).collect())
    })
}

fn read_verdict(text: &str) -> Option<Verdict> {
    let mut words = text.split_whitespace();
    let (method, result) = words.next()?.split_once('=')?;
    let properties =
        words.filter_map(|word| word.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned()));
    Some(Verdict { method: method.to_owned(), result: result.to_owned(), properties: properties.collect() })
}

fn judge(verdicts: &[Verdict], domain: &str) -> Proof {
    let passed = |method: &str, names: &[&str]| {
        verdicts.iter().any(|verdict| {
            verdict.method == method
                && verdict.result == "pass"
                && verdict.properties.iter().any(|(name, value)| {
                    let named = value.rsplit_once('@').map_or(value.as_str(), |(_, domain)| domain);
                    names.contains(&name.as_str()) && aligned(named.trim_matches('"'), domain)
                })
        })
    };
    if verdicts.iter().any(|verdict| verdict.method == "dmarc" && verdict.result == "fail") {
        Proof::Failed
    } else if passed("dmarc", &["header.from"]) || passed("dkim", &["header.d", "header.i"]) {
        Proof::Strong
    } else if passed("spf", &["smtp.mailfrom", "smtp.helo"]) {
        Proof::Weak
    } else {
        Proof::None
    }
}

/// Relaxed alignment (RFC 7489, 3.1): the same domain, or the parent that signs for its sub-domain.
fn aligned(signing: &str, from: &str) -> bool {
    signing.eq_ignore_ascii_case(from)
        || signing.contains('.')
            && from
                .to_ascii_lowercase()
                .strip_suffix(&signing.to_ascii_lowercase())
                .is_some_and(|sub| sub.ends_with('.'))
}

/// Folds white space and case, so that a line can be searched.
fn unfold(value: &str) -> String {
    let words: Vec<&str> = value.split_whitespace().collect();
    format!(" {}", words.join(" ").to_lowercase())
}

fn word_after<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(mark)?;
    rest.split(|c: char| c.is_whitespace() || matches!(c, ')' | ';' | '(')).next()
}

/// Drops the `(…)` comments of a structured header, nested ones too.
fn without_comments(line: &str) -> String {
    let mut depth = 0_usize;
    line.chars()
        .filter(|c| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mail::{Header, Party};

    fn mail(headers: &[(&str, &str)]) -> Mail {
        Mail {
            from: vec![Party { name: String::new(), address: "ana@work.example.org".parse().ok() }],
            from_headers: 1,
            headers: headers
                .iter()
                .map(|(name, value)| Header { name: (*name).into(), value: (*value).into() })
                .collect(),
            ..Mail::default()
        }
    }

    #[track_caller]
    fn check(headers: &[(&str, &str)], expected: Proof) {
        let witnesses =
            Witnesses { authserv_id: Some("mx.office.test".into()), own_server: Some("mail.office.test".into()) };
        assert_eq!(proof(&mail(headers), &witnesses), expected, "{headers:?}");
    }

    const AR: &str = "Authentication-Results";

    #[test]
    fn an_aligned_pass_of_our_server_is_strong() {
        check(&[(AR, "mx.office.test; dkim=pass (good) header.d=work.example.org")], Proof::Strong);
        check(&[(AR, "mx.office.test 1;\r\n\tdkim=pass header.i=@example.org header.s=s1")], Proof::Strong);
        check(&[(AR, "MX.office.test; spf=fail; dmarc=pass header.from=work.example.org")], Proof::Strong);
    }

    #[test]
    fn a_pass_for_another_domain_proves_nothing() {
        check(&[(AR, "mx.office.test; dkim=pass header.d=evil.test")], Proof::None);
        check(&[(AR, "mx.office.test; dkim=pass header.d=org")], Proof::None);
        check(&[(AR, "mx.office.test; dkim=pass header.d=k.example.org")], Proof::None);
        check(&[(AR, "mx.office.test; dkim=pass (header.d=work.example.org) header.d=evil.test")], Proof::None);
    }

    #[test]
    fn the_words_of_other_servers_do_not_count_nor_do_lines_below_ours() {
        check(&[(AR, "mx.evil.test; dkim=pass header.d=work.example.org")], Proof::None);
        check(
            &[
                (AR, "mx.office.test; dkim=none; spf=none"),
                (AR, "mx.office.test; dkim=pass header.d=work.example.org"),
            ],
            Proof::None,
        );
    }

    #[test]
    fn spf_alone_is_weak_and_a_failed_dmarc_is_worse_than_nothing() {
        check(&[(AR, "mx.office.test; spf=pass smtp.mailfrom=ana@work.example.org")], Proof::Weak);
        check(&[(AR, "mx.office.test; spf=pass smtp.mailfrom=x@evil.test")], Proof::None);
        check(
            &[(AR, "mx.office.test; dkim=pass header.d=work.example.org; dmarc=fail header.from=x")],
            Proof::Failed,
        );
    }

    #[test]
    fn our_own_servers_line_of_an_authenticated_submission_is_strong() {
        let ours = "from phone (unknown [10.0.0.7])\r\n\t(Authenticated sender: ana@work.example.org)\r\n\tby \
                    mail.office.test (Postfix) with ESMTPSA id 4Z\r\n\tfor <desk@office.test>; Mon, 2 Mar 2026";
        let hop = "from mail.office.test by mail.office.test (Dovecot) with LMTP id 7f; Mon, 2 Mar 2026";
        let outside = "from evil.test by mail.office.test (Postfix) with ESMTPS id 4Y; Mon, 2 Mar 2026";
        check(&[("Received", hop), ("Received", ours)], Proof::Strong);
        check(&[("Received", hop), ("Received", outside), ("Received", ours)], Proof::None);
        check(&[("Received", &ours.replace("ana@", "ben@"))], Proof::None);
        check(&[("Received", &ours.replace("ESMTPSA", "ESMTPS"))], Proof::None);
        check(&[("Received", &ours.replace("by mail.office.test", "by mail.evil.test"))], Proof::None);
    }

    #[test]
    fn two_senders_are_nobody() {
        let mut two = mail(&[]);
        two.from.push(Party { name: String::new(), address: "ben@example.org".parse().ok() });
        assert_eq!(proof(&two, &Witnesses::default()), Proof::Failed);
    }

    #[test]
    fn levels_follow_from_role_proof_and_token() {
        assert_eq!(level(None, Proof::Strong, true), Level::Stranger);
        assert_eq!(level(Some(Role::Owner), Proof::Strong, false), Level::Owner);
        assert_eq!(level(Some(Role::Owner), Proof::Weak, true), Level::Claimed);
        assert_eq!(level(Some(Role::Assistant), Proof::Weak, true), Level::Proven);
        assert_eq!(level(Some(Role::Assistant), Proof::Weak, false), Level::Claimed);
        assert_eq!(level(Some(Role::Assistant), Proof::None, true), Level::Token);
        assert_eq!(level(Some(Role::Assistant), Proof::Failed, true), Level::Stranger);
    }
}
