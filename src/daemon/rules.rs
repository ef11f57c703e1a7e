//! The settings that a round goes by.

use crate::{
    config::Config,
    domain::{id::Address, person::Person},
    ledger::{LedgerError, Tx, View},
    letters::House,
    policy::{reminder::Patience, trust::Witnesses},
};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// The name under which the ledger remembers them.
const META: &str = "rules";

/// The settings that a round goes by, taken from config.toml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The mailbox's own address.
    pub address: Address,
    /// The name that letters are sent for: the business, or the owner's own name.
    pub business: String,
    pub digest_at: NaiveTime,
    pub patience: Patience,
    pub witnesses: Witnesses,
    /// Letters that handback starts by itself, for each assistant and day.
    pub ceiling: u32,
    /// Letters to the owner in a day, besides the digest; the rest waits for it.
    pub owner_ceiling: u32,
    /// Tasks that the owner may close by mail within ten minutes.
    pub closings: usize,
    /// More letters than this in one round hold themselves.
    pub brake: usize,
    /// More mails than this of one sender in an hour are held.
    pub quota: usize,
    /// Bytes of files that "handed back" carries.
    pub enclose_up_to: u64,
    /// Where the first start begins; none means at the mailbox's present end.
    pub since: Option<NaiveDate>,
}

impl Rules {
    pub fn of(config: &Config) -> Self {
        let reminders = &config.reminders;
        Self {
            address: config.mailbox.address.clone(),
            business: config.owner.business.clone().unwrap_or_else(|| config.owner.name.clone()),
            digest_at: config.owner.digest_at,
            patience: Patience {
                before_reminder: vec![reminders.first, reminders.second],
                after_last: reminders.then_owner_after,
            },
            witnesses: Witnesses {
                authserv_id: config.trust.authserv_id.clone(),
                own_server: config.trust.own_server_received.clone(),
            },
            ceiling: config.limits.letters_per_assistant_and_day,
            owner_ceiling: config.limits.letters_to_owner_and_day,
            closings: usize::try_from(config.limits.closings_per_person_in_ten_minutes).unwrap_or(usize::MAX),
            brake: usize::try_from(config.limits.letters_in_one_round).unwrap_or(usize::MAX),
            quota: usize::try_from(config.limits.mails_per_sender_and_hour).unwrap_or(usize::MAX),
            enclose_up_to: config.limits.forward_files_up_to,
            since: config.mailbox.since,
        }
    }

    /// The rules that the ledger was last used with, for commands without a config.
    pub fn last_used(view: View<'_>) -> Result<Option<Self>, LedgerError> {
        // Rules of another version that cannot be read any more are as good as none.
        Ok(view.meta(META)?.and_then(|stored| serde_json::from_str(&stored).ok()))
    }

    /// Remembers these rules in the ledger.
    pub fn remember(&self, tx: &Tx<'_>) -> Result<(), LedgerError> {
        let stored = serde_json::to_string(self).map_err(LedgerError::Unwritable)?;
        tx.set_meta(META, Some(&stored))
    }

    /// The house that letters come from.
    pub fn house<'a>(&'a self, owner: &'a Person) -> House<'a> {
        House {
            business: &self.business,
            owner,
            address: &self.address,
            reply_to: &self.address,
            digest_at: self.digest_at,
        }
    }
}
