//! Sizes and bodies of mails by UID, in the folder that is selected.

use super::{super::error::MailboxError, session::Session, spelling::uid_set};
use async_imap::imap_proto::{AttributeValue, Response};
use std::collections::BTreeMap;

/// Bytes that a server may send for a mail beyond the size it gave: its line, and sizes that are a guess
/// (Exchange).
const SLACK: u64 = 64 * 1024;

/// Adds to `sizes` what the server gives for `uids`.
pub(super) async fn sizes(
    session: &mut Session,
    uids: &[u32],
    sizes: &mut BTreeMap<u32, u64>,
) -> Result<(), MailboxError> {
    let mut note = |response: &Response<'_>| {
        let Some((uid, attributes)) = asked_for(response, uids) else { return };
        for attribute in attributes {
            if let AttributeValue::Rfc822Size(size) = attribute {
                sizes.entry(uid).or_insert(u64::from(*size));
            }
        }
    };
    let command = format!("UID FETCH {} (UID RFC822.SIZE)", uid_set(uids));
    session.command("read the sizes of mails", &command, &mut note).await
}

/// Adds to `bodies` what the server gives for `uids`, up to the first `part` bytes of each where that is set.
/// `bytes` is how much is expected in all.
///
/// Bodies that came whole stay in `bodies` even where the command fails.
pub(super) async fn bodies(
    session: &mut Session,
    uids: &[u32],
    part: Option<u64>,
    bytes: u64,
    bodies: &mut BTreeMap<u32, Vec<u8>>,
) -> Result<(), MailboxError> {
    let mut note = |response: &Response<'_>| {
        let Some((uid, attributes)) = asked_for(response, uids) else { return };
        for attribute in attributes {
            if let AttributeValue::BodySection { section: None, data: Some(data), .. } = attribute {
                bodies.entry(uid).or_insert_with(|| data.to_vec());
            }
        }
    };
    let range = part.map_or_else(String::new, |most| format!("<0.{most}>"));
    let command = format!("UID FETCH {} (UID BODY.PEEK[]{range})", uid_set(uids));
    let mails = u64::try_from(uids.len()).unwrap_or(u64::MAX);
    let allowance = bytes.saturating_add(bytes / 4).saturating_add(mails.saturating_mul(SLACK));
    session.command_for(allowance, "read mails", &command, &mut note).await
}

/// The UID and attributes of a FETCH response that answers us. Servers also send such responses unasked, when
/// flags change elsewhere; those may lack the UID.
fn asked_for<'a, 'b>(response: &'a Response<'b>, uids: &[u32]) -> Option<(u32, &'a [AttributeValue<'b>])> {
    let Response::Fetch(_, attributes) = response else { return None };
    let uid = attributes
        .iter()
        .find_map(|attribute| if let AttributeValue::Uid(uid) = attribute { Some(*uid) } else { None })?;
    uids.contains(&uid).then_some((uid, attributes.as_slice()))
}
