//! From config.toml as written to settings that can be relied on.

use super::{
    calendar::{RawCalendar, calendar},
    checked::{After, Config, Limits, LogLevel, Mailbox, Owner, Reminders, Trust},
    document::{Given, Table},
    environment::Environment,
    mistake::Fault,
    password::{self, RawPassword},
    raw::{RawConfig, RawLimits, RawMailbox, RawOwner, RawReminders, RawTrust},
    review::Review,
    secret::SecretSource,
    server::{imap, smtp},
    value,
    zone::zone,
};
use crate::domain::id::Address;
use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;
use std::path::{Path, PathBuf};

/// What the values are read against: the folder of config.toml, and the environment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) folder: &'a Path,
    pub(super) environment: &'a Environment,
}

impl RawConfig {
    /// Checks every value; what is wrong is noted in `review`. None only where something needed is missing.
    pub(super) fn check(&self, around: Surroundings<'_>, review: &mut Review) -> Option<Config> {
        let owner = owner(&self.owner, review);
        let mailbox = mailbox(&self.mailbox, review);
        let secret = mailbox_password(&self.mailbox, around, review);
        if let (Some(owner), Some(mailbox)) = (&owner, &mailbox) {
            refuse_one_address(&owner.address, &mailbox.address, self.mailbox.keys.address.as_ref(), review);
        }
        let address = mailbox.as_ref().map(|mailbox| &mailbox.address);
        let imap = imap(&self.imap, address, secret.as_ref(), around, review);
        let smtp = smtp(&self.smtp, address, secret.as_ref(), around, review);
        let trust = trust(&self.trust, review);
        let reminders = reminders(&self.reminders, review);
        let limits = limits(&self.limits, review);
        let (data_dir, templates_dir) = self.folders(around, review);
        review.enter("log", self.log.header.clone());
        let log =
            review.or("level", self.log.keys.level.as_ref(), LogLevel::Info, |text| value::choice(text, LEVELS));
        Some(Config {
            owner: owner?,
            mailbox: mailbox?,
            imap: imap?,
            smtp: smtp?,
            trust,
            reminders,
            limits,
            data_dir: data_dir?,
            templates_dir,
            log,
        })
    }

    fn folders(&self, around: Surroundings<'_>, review: &mut Review) -> (Option<PathBuf>, Option<PathBuf>) {
        let keys = &self.files.keys;
        review.enter("files", self.files.header.clone());
        let data_dir = if keys.data_dir.as_ref().is_some_and(|given| !given.value.trim().is_empty()) {
            review.optional("data_dir", keys.data_dir.as_ref(), |text| around.path(text))
        } else {
            let usual = around.environment.data_dir();
            if usual.is_none() {
                review.missing(
                    "data_dir",
                    "there is no usual place for it, since neither $STATE_DIRECTORY nor $HOME is set",
                );
            }
            usual
        };
        (data_dir, review.optional("templates_dir", keys.templates_dir.as_ref(), |text| around.path(text)))
    }
}

impl Surroundings<'_> {
    pub(super) fn path(&self, text: &str) -> Result<PathBuf, Fault> {
        value::path(text, self.folder, self.environment.home().as_deref())
    }
}

const LEVELS: &[(&str, LogLevel)] = &[
    ("error", LogLevel::Error),
    ("warn", LogLevel::Warn),
    ("info", LogLevel::Info),
    ("debug", LogLevel::Debug),
    ("trace", LogLevel::Trace),
];

fn owner(table: &Table<RawOwner>, review: &mut Review) -> Option<Owner> {
    let keys = &table.keys;
    review.enter("owner", table.header.clone());
    let name = review.needed("name", keys.name.as_ref(), "letters are sent in the owner's name", value::line);
    let address = review.needed(
        "address",
        keys.address.as_ref(),
        "the digest goes there, and decisions come from there",
        value::address,
    );
    let zone = review.needed("zone", keys.zone.as_ref(), "the owner's hours and every date are read in it", zone);
    let raw = RawCalendar {
        days: keys.days.as_ref(),
        hours: keys.hours.as_ref(),
        letters: keys.letters.as_ref(),
        holidays: keys.holidays.as_ref(),
    };
    // Without a zone the rest is still checked, so that its mistakes are told too.
    let calendar = calendar(raw, zone.unwrap_or(Tz::UTC), review);
    let business = review.optional("business", keys.business.as_ref(), value::line);
    let fallback = review.optional("fallback", keys.fallback.as_ref(), value::line);
    let half_past_seven = NaiveTime::from_hms_opt(7, 30, 0).unwrap_or_default();
    let digest_at = review.or("digest_at", keys.digest_at.as_ref(), half_past_seven, value::time);
    zone?;
    Some(Owner { name: name?, address: address?, business, fallback, calendar, digest_at })
}

fn mailbox(table: &Table<RawMailbox>, review: &mut Review) -> Option<Mailbox> {
    let keys = &table.keys;
    review.enter("mailbox", table.header.clone());
    let why = "assistants write to it, and handback reads it";
    let address = review.needed("address", keys.address.as_ref(), why, value::address);
    let after = review.or("after", keys.after.as_ref(), After::Keep, after);
    let size_cap = review.or("size_cap", keys.size_cap.as_ref(), 25_000_000, value::size);
    let since = review.optional("since", keys.since.as_ref(), value::date);
    Some(Mailbox { address: address?, after, size_cap, since })
}

fn after(text: &str) -> Result<After, Fault> {
    match text.split_once(':') {
        Some(("move", folder)) if !folder.trim().is_empty() => Ok(After::Move(folder.trim().to_owned())),
        Some(("move", _)) => {
            Err(Fault::new("does not say where to move mails (try `move:Archive`)", "to which folder?"))
        }
        Some(_) | None => match text {
            "keep" => Ok(After::Keep),
            "seen" => Ok(After::Seen),
            _ => Err(Fault::new(format!("`{text}` is not known here"), "unknown word")
                .help("one of `keep`, `seen`, `move:FOLDER`")),
        },
    }
}

fn refuse_one_address(owner: &Address, mailbox: &Address, given: Option<&Given>, review: &mut Review) {
    if owner != mailbox {
        return;
    }
    review.enter("mailbox", None);
    let fault = Fault::new("is the owner's own address", "the same as owner.address").help(
        "handback reads and answers everything in its mailbox, so it needs one of its own, such as tasks@ your domain",
    );
    review.refuse("address", given.and_then(|given| given.at.clone()), fault);
}

fn mailbox_password(
    table: &Table<RawMailbox>,
    around: Surroundings<'_>,
    review: &mut Review,
) -> Option<SecretSource> {
    let keys = &table.keys;
    review.enter("mailbox", table.header.clone());
    let raw = RawPassword {
        literal: keys.password.as_ref().map(toml::Spanned::span),
        file: keys.password_file.as_ref(),
        command: keys.password_command.as_ref(),
        credential: keys.password_credential.as_ref(),
        env: keys.password_env.as_ref(),
    };
    password::needed(raw, around, review)
}

fn trust(table: &Table<RawTrust>, review: &mut Review) -> Trust {
    let keys = &table.keys;
    review.enter("trust", table.header.clone());
    Trust {
        authserv_id: review.optional("authserv_id", keys.authserv_id.as_ref(), value::host),
        own_server_received: review.optional("own_server_received", keys.own_server_received.as_ref(), value::host),
    }
}

fn reminders(table: &Table<RawReminders>, review: &mut Review) -> Reminders {
    let keys = &table.keys;
    review.enter("reminders", table.header.clone());
    let (four, eight) = (TimeDelta::hours(4), TimeDelta::hours(8));
    Reminders {
        first: review.or("first", keys.first.as_ref(), four, value::working_time),
        second: review.or("second", keys.second.as_ref(), eight, value::working_time),
        then_owner_after: review.or("then_owner_after", keys.then_owner_after.as_ref(), eight, value::working_time),
    }
}

fn limits(table: &Table<RawLimits>, review: &mut Review) -> Limits {
    let keys = &table.keys;
    review.enter("limits", table.header.clone());
    let mut at_least_one = |key: &str, given: Option<&Given<u32>>, usual: u32| match given {
        Some(Given { value: 0, at }) => {
            let fault = Fault::new("must be at least 1", "nothing could leave or come in")
                .help("to stop all letters for a while: `handback hold`");
            review.refuse(key, at.clone(), fault);
            usual
        }
        Some(given) => given.value,
        None => usual,
    };
    let letters_per_assistant_and_day =
        at_least_one("letters_per_assistant_and_day", keys.letters_per_assistant_and_day.as_ref(), 6);
    let letters_to_owner_and_day =
        at_least_one("letters_to_owner_and_day", keys.letters_to_owner_and_day.as_ref(), 12);
    let letters_in_one_round = at_least_one("letters_in_one_round", keys.letters_in_one_round.as_ref(), 20);
    let mails_per_sender_and_hour =
        at_least_one("mails_per_sender_and_hour", keys.mails_per_sender_and_hour.as_ref(), 60);
    let closings = keys.closings_per_person_in_ten_minutes.as_ref();
    let closings_per_person_in_ten_minutes = at_least_one("closings_per_person_in_ten_minutes", closings, 10);
    Limits {
        letters_per_assistant_and_day,
        letters_to_owner_and_day,
        letters_in_one_round,
        mails_per_sender_and_hour,
        closings_per_person_in_ten_minutes,
        forward_files_up_to: review.or(
            "forward_files_up_to",
            keys.forward_files_up_to.as_ref(),
            20_000_000,
            value::size,
        ),
    }
}
