//! Did a machine write it: bounces, automatic replies, list mail, robots. People are never silenced.
//!
//! | file | knows |
//! |---|---|
//! | `report` | delivery reports in the fields of RFC 3464 |
//! | `notice` | delivery reports in free text, of many servers |
//! | `recipient` | whose address a free text report is about |
//! | `reason` | from the words of a server to what they mean for the address |
//! | `absence` | out-of-office replies, and until when |
//! | `sender` | names that no person writes under |
//! | `reaction` | a thumb under a letter, which is a person's answer |

mod absence;
mod notice;
mod reaction;
mod reason;
mod recipient;
mod report;
mod sender;

use crate::domain::{id::Address, mail::Mail, understanding::Author};
use chrono::NaiveDate;

/// Who or what wrote a mail, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineVerdict {
    pub author: Author,
    pub evidence: Evidence,
    /// What a delivery report says of each recipient.
    pub bounce: Option<Bounce>,
    /// The last day somebody is away, where an automatic reply names it.
    pub absence_until: Option<NaiveDate>,
    /// The sign a person put under our letter in place of a reply.
    pub reaction: Option<String>,
}

/// What a verdict rests on, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// A report part made for machines to read (RFC 3464, 5965, 8098).
    Report,
    /// A header field by which the sender says so (RFC 3834).
    Declared,
    /// Words and names that programs use.
    Wording,
    /// Marks of bulk and list mail alone. A person may write through a list: believe it of strangers,
    /// not of somebody on file.
    BulkMarks,
    /// Nothing speaks for a machine.
    Nothing,
}

/// A delivery report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bounce {
    pub recipients: Vec<BounceRecipient>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BounceRecipient {
    /// None where the report names none.
    pub address: Option<Address>,
    pub action: BounceAction,
    /// The enhanced status code (RFC 3463), as `5.1.1`; empty where the report gives none.
    pub status: String,
}

/// What a report means for an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BounceAction {
    /// The address does not exist. Only this calls an address dead.
    Permanent,
    /// Full, unreachable or too slow for now.
    Temporary,
    /// Turned down by policy, content or reputation; the address lives.
    Refused,
    /// A delay, a complaint or a success.
    Other,
}

impl BounceAction {
    pub fn name(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Temporary => "temporary",
            Self::Refused => "refused",
            Self::Other => "other",
        }
    }
}

/// Decides who or what wrote `mail`.
pub fn author(mail: &Mail) -> MachineVerdict {
    let verdict =
        |author, evidence| MachineVerdict { author, evidence, bounce: None, absence_until: None, reaction: None };
    let bounced = |evidence, bounce| MachineVerdict { bounce: Some(bounce), ..verdict(Author::Bounce, evidence) };
    if let Some(sign) = reaction::reaction(mail) {
        return MachineVerdict { reaction: Some(sign), ..verdict(Author::Human, Evidence::Nothing) };
    }
    if report::is_receipt(mail) {
        return verdict(Author::AutoReply, Evidence::Report);
    }
    if report::is_delivery_report(mail) {
        return bounced(Evidence::Report, report::read(mail));
    }
    if absence::declares_itself(mail) && !notice::is_notice(mail) {
        return MachineVerdict {
            absence_until: absence::until(mail),
            ..verdict(absence::kind(mail), Evidence::Declared)
        };
    }
    if notice::is_notice(mail) {
        return bounced(Evidence::Wording, notice::read(mail));
    }
    if absence::is_worded(mail) {
        return MachineVerdict {
            absence_until: absence::until(mail),
            ..verdict(Author::AutoReply, Evidence::Wording)
        };
    }
    if sender::is_list(mail) {
        return verdict(Author::List, Evidence::BulkMarks);
    }
    if sender::is_robot(mail) {
        return verdict(Author::Robot, Evidence::Wording);
    }
    verdict(Author::Human, Evidence::Nothing)
}
