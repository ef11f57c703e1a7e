//! The servers of well-known mail providers, so that an address alone is enough to begin.

use super::checked::Tls;

/// Where a provider takes and gives mail, as its own help pages say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provider {
    pub name: &'static str,
    /// Domains of addresses that live there.
    domains: &'static [&'static str],
    pub imap: &'static str,
    pub smtp: &'static str,
    pub smtp_tls: Tls,
    /// What has to be known before the first login works.
    pub note: Option<&'static str>,
}

const MICROSOFT: Option<&str> = Some(
    "Microsoft accepts no passwords for IMAP any more; take a mailbox elsewhere or one with its own login rules",
);

const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Gmail",
        domains: &["gmail.com", "googlemail.com"],
        imap: "imap.gmail.com",
        smtp: "smtp.gmail.com",
        smtp_tls: Tls::Implicit,
        note: Some("Gmail wants an app password (Google account, Security, 2-Step Verification, App passwords)"),
    },
    Provider {
        name: "Outlook.com",
        domains: &["outlook.com", "hotmail.com", "live.com", "msn.com"],
        imap: "outlook.office365.com",
        smtp: "smtp-mail.outlook.com",
        smtp_tls: Tls::StartTls,
        note: MICROSOFT,
    },
    Provider {
        name: "Microsoft 365",
        domains: &["onmicrosoft.com", "office365.com"],
        imap: "outlook.office365.com",
        smtp: "smtp.office365.com",
        smtp_tls: Tls::StartTls,
        note: MICROSOFT,
    },
    Provider {
        name: "Yahoo",
        domains: &["yahoo.com", "yahoo.co.uk", "yahoo.de", "yahoo.fr", "yahoo.es", "ymail.com"],
        imap: "imap.mail.yahoo.com",
        smtp: "smtp.mail.yahoo.com",
        smtp_tls: Tls::Implicit,
        note: Some("Yahoo wants an app password (Account security, Generate app password)"),
    },
    Provider {
        name: "Fastmail",
        domains: &["fastmail.com", "fastmail.fm"],
        imap: "imap.fastmail.com",
        smtp: "smtp.fastmail.com",
        smtp_tls: Tls::Implicit,
        note: Some("Fastmail wants an app password (Settings, Privacy and Security, App passwords)"),
    },
    Provider {
        name: "GMX",
        domains: &["gmx.net", "gmx.de", "gmx.at", "gmx.ch"],
        imap: "imap.gmx.net",
        smtp: "mail.gmx.net",
        smtp_tls: Tls::Implicit,
        note: Some("GMX wants IMAP switched on (Settings, POP3 and IMAP)"),
    },
    Provider {
        name: "GMX",
        domains: &["gmx.com", "gmx.us", "gmx.co.uk"],
        imap: "imap.gmx.com",
        smtp: "mail.gmx.com",
        smtp_tls: Tls::Implicit,
        note: Some("GMX wants IMAP switched on (Settings, POP3 and IMAP)"),
    },
    Provider {
        name: "mailbox.org",
        domains: &["mailbox.org"],
        imap: "imap.mailbox.org",
        smtp: "smtp.mailbox.org",
        smtp_tls: Tls::Implicit,
        note: None,
    },
    Provider {
        name: "Zoho",
        domains: &["zoho.com", "zohomail.com"],
        imap: "imap.zoho.com",
        smtp: "smtp.zoho.com",
        smtp_tls: Tls::Implicit,
        note: Some("Zoho wants IMAP switched on (Settings, Mail accounts, IMAP)"),
    },
    Provider {
        name: "Zoho",
        domains: &["zoho.eu", "zohomail.eu"],
        imap: "imap.zoho.eu",
        smtp: "smtp.zoho.eu",
        smtp_tls: Tls::Implicit,
        note: Some("Zoho wants IMAP switched on (Settings, Mail accounts, IMAP)"),
    },
    Provider {
        name: "iCloud",
        domains: &["icloud.com", "me.com", "mac.com"],
        imap: "imap.mail.me.com",
        smtp: "smtp.mail.me.com",
        smtp_tls: Tls::StartTls,
        note: Some("iCloud wants an app-specific password (account.apple.com, Sign-In and Security)"),
    },
];

/// The provider of addresses at `domain`, where it is one of the well known.
pub fn provider_of(domain: &str) -> Option<&'static Provider> {
    PROVIDERS.iter().find(|provider| {
        provider
            .domains
            .iter()
            .any(|known| domain == *known || (*known == "onmicrosoft.com" && domain.ends_with(".onmicrosoft.com")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn an_address_at_a_known_provider_finds_its_servers() {
        let found = |domain| provider_of(domain).map(|provider| (provider.imap, provider.smtp, provider.smtp_tls));
        assert_eq!(found("gmail.com"), Some(("imap.gmail.com", "smtp.gmail.com", Tls::Implicit)));
        assert_eq!(found("icloud.com"), Some(("imap.mail.me.com", "smtp.mail.me.com", Tls::StartTls)));
        assert_eq!(found("x.onmicrosoft.com"), Some(("outlook.office365.com", "smtp.office365.com", Tls::StartTls)));
        assert_eq!(found("notgmail.com"), None);
    }

    #[test]
    fn no_domain_stands_in_the_table_twice() {
        let all: Vec<_> = PROVIDERS.iter().flat_map(|provider| provider.domains).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }
}
