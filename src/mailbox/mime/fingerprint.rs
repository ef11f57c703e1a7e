//! What two copies of one mail have in common.

use crate::domain::mail::Mail;
use sha2::{Digest, Sha256};

/// SHA-256 over From, Date, Subject and the decoded parts. Servers on the way may add header fields and
/// change transfer encodings; none of that makes another mail.
pub fn content_hash(mail: &Mail) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut add = |field: &str| {
        // The length before each field keeps two fields from reading as one.
        hash.update(field.len().to_be_bytes());
        hash.update(field.as_bytes());
    };
    for party in &mail.from {
        add(party.address.as_ref().map_or("", |address| address.as_str()));
    }
    add(&mail.date.map_or_else(String::new, |date| date.to_rfc3339()));
    add(mail.subject.trim());
    for part in &mail.parts {
        add(&part.media_type);
        add(part.name.as_deref().unwrap_or_default());
        add(&part.size.to_string());
        add(part.text.as_deref().unwrap_or_default().trim_end());
    }
    hash.finalize().into()
}
