//! A decoded message that handback received. `mailbox::mime` makes it; everything that reads mail takes it.

use super::id::{Address, MessageId};
use chrono::{DateTime, FixedOffset};

/// A received message with its MIME structure decoded. Nothing here is trusted yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mail {
    /// Every address of every From header, in order. Exactly one header with one address counts as a sender.
    pub from: Vec<Party>,
    pub from_headers: usize,
    pub to: Vec<Party>,
    pub cc: Vec<Party>,
    pub subject: String,
    /// The Date header with the writer's offset.
    pub date: Option<DateTime<FixedOffset>>,
    pub message_id: Option<MessageId>,
    pub in_reply_to: Vec<MessageId>,
    pub references: Vec<MessageId>,
    /// All header fields of the message in order, decoded and unfolded.
    pub headers: Vec<Header>,
    /// The text alternative as written, when the mail carries one.
    pub text: Option<String>,
    /// The HTML alternative as written, when the mail carries one.
    pub html: Option<String>,
    /// All leaf parts in order, those of `text` and `html` included.
    pub parts: Vec<Part>,
    /// What was wrong with the bytes, in words for the ledger.
    pub defects: Vec<String>,
}

/// One name and address of an address header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    pub name: String,
    /// None where the text between the brackets is no address.
    pub address: Option<Address>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    pub value: String,
}

/// A leaf part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// In lower case: `text/plain`.
    pub media_type: String,
    /// The file name, where the part has one.
    pub name: Option<String>,
    /// Whether it is a file to keep, and not a body.
    pub attached: bool,
    /// Decoded size in bytes.
    pub size: u64,
    /// Decoded content of text parts, of delivery reports and of enclosed messages' headers.
    pub text: Option<String>,
}

impl Mail {
    /// The one address this mail claims to be from; none where it names no one or several.
    pub fn sender(&self) -> Option<&Address> {
        match (self.from_headers, self.from.as_slice()) {
            (1, [only]) => only.address.as_ref(),
            _ => None,
        }
    }

    /// The values of all header fields called `name`, in order.
    pub fn header<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |header| header.name.eq_ignore_ascii_case(name))
            .map(|header| header.value.as_str())
    }

    /// The parts that are files, with their place among all parts.
    pub fn files(&self) -> impl Iterator<Item = (u32, &Part)> {
        (0..).zip(&self.parts).filter(|(_, part)| part.attached)
    }
}

/// A run of mails read from one folder of the mailbox, with the bookmark that holds once they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub folder: String,
    pub uid_validity: u32,
    /// In the order of their UIDs.
    pub mails: Vec<Fetched>,
    /// UIDs of mails that the server would not hand out, however they were asked for.
    pub unreadable: Vec<u32>,
    /// The last UID that this window settles: all mails up to it are read, gone, or listed as unreadable.
    pub upto: u32,
    /// Whether the folder was read to its end when this window was made.
    pub read_to_end: bool,
}

/// One mail as the mail server keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    pub uid: u32,
    pub raw: Vec<u8>,
    /// Bytes of the whole mail, as the server counts them.
    pub size: u64,
    /// Whether `raw` is only the beginning of a mail that is larger than we read.
    pub partial: bool,
}
