//! config.toml as it is written. Every field is optional here; `check` knows which are needed and why.

use super::document::{Given, GivenList, Table};
use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawConfig {
    pub(super) owner: Table<RawOwner>,
    pub(super) mailbox: Table<RawMailbox>,
    pub(super) imap: Table<RawImap>,
    pub(super) smtp: Table<RawSmtp>,
    pub(super) trust: Table<RawTrust>,
    pub(super) reminders: Table<RawReminders>,
    pub(super) limits: Table<RawLimits>,
    pub(super) files: Table<RawFiles>,
    pub(super) log: Table<RawLog>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawOwner {
    pub(super) name: Option<Given>,
    pub(super) address: Option<Given>,
    pub(super) zone: Option<Given>,
    pub(super) business: Option<Given>,
    pub(super) fallback: Option<Given>,
    pub(super) days: Option<GivenList>,
    pub(super) hours: Option<Given>,
    pub(super) letters: Option<Given>,
    pub(super) holidays: Option<GivenList>,
    pub(super) digest_at: Option<Given>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawMailbox {
    pub(super) address: Option<Given>,
    /// Known only to be refused with a cure.
    pub(super) password: Option<Spanned<serde::de::IgnoredAny>>,
    pub(super) password_file: Option<Given>,
    pub(super) password_command: Option<Given>,
    pub(super) password_credential: Option<Given>,
    pub(super) password_env: Option<Given>,
    pub(super) after: Option<Given>,
    pub(super) size_cap: Option<Given>,
    pub(super) since: Option<Given>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawImap {
    pub(super) host: Option<Given>,
    pub(super) port: Option<Given<u16>>,
    pub(super) tls: Option<Given>,
    pub(super) user: Option<Given>,
    pub(super) ca_file: Option<Given>,
    pub(super) idle: Option<bool>,
    pub(super) poll_every: Option<Given>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawSmtp {
    pub(super) host: Option<Given>,
    pub(super) port: Option<Given<u16>>,
    pub(super) tls: Option<Given>,
    pub(super) user: Option<Given>,
    pub(super) ca_file: Option<Given>,
    /// Known only to be refused with a cure.
    pub(super) password: Option<Spanned<serde::de::IgnoredAny>>,
    pub(super) password_file: Option<Given>,
    pub(super) password_command: Option<Given>,
    pub(super) password_credential: Option<Given>,
    pub(super) password_env: Option<Given>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawTrust {
    pub(super) authserv_id: Option<Given>,
    pub(super) own_server_received: Option<Given>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawReminders {
    pub(super) first: Option<Given>,
    pub(super) second: Option<Given>,
    pub(super) then_owner_after: Option<Given>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawLimits {
    pub(super) letters_per_assistant_and_day: Option<Given<u32>>,
    pub(super) letters_to_owner_and_day: Option<Given<u32>>,
    pub(super) letters_in_one_round: Option<Given<u32>>,
    pub(super) mails_per_sender_and_hour: Option<Given<u32>>,
    pub(super) closings_per_person_in_ten_minutes: Option<Given<u32>>,
    pub(super) forward_files_up_to: Option<Given>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawFiles {
    pub(super) data_dir: Option<Given>,
    pub(super) templates_dir: Option<Given>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawLog {
    pub(super) level: Option<Given>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::EXAMPLE;

    /// The keys of a table, as serde lists them when it meets one that it does not know.
    fn known_keys(table: &str) -> Vec<String> {
        let text = if table.is_empty() { "zzz = 1".to_owned() } else { format!("[{table}]\nzzz = 1") };
        let message = toml::from_str::<RawConfig>(&text).unwrap_err().message().to_owned();
        message.split('`').skip(3).step_by(2).map(ToOwned::to_owned).collect()
    }

    #[test]
    fn the_example_shows_every_key_there_is_and_no_other() {
        let tables = known_keys("");
        assert_eq!(tables.len(), 9, "{tables:?}");
        for table in &tables {
            let mut known = known_keys(table);
            // A literal password is known, but only to be refused.
            known.retain(|key| key != "password");
            let mut shown: Vec<_> =
                EXAMPLE.lines().filter(|line| line.section == table).map(|line| line.key.to_owned()).collect();
            shown.sort();
            known.sort();
            assert_eq!(shown, known, "[{table}]");
        }
    }
}
