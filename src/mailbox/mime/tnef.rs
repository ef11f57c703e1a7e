//! Outlook's winmail.dat: the names of its files, and its body where that is plain text.
//!
//! The format is MS-OXTNEF: a signature, then attributes of level, id, length, data and checksum.

const SIGNATURE: u32 = 0x223E_9F78;
const ATTACH_TITLE: u32 = 0x0001_8010;
const BODY: u32 = 0x0002_800C;
const MOST_ATTRIBUTES: usize = 1_000;

/// What a winmail.dat holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pack {
    pub(super) body: Option<String>,
    pub(super) files: Vec<String>,
}

/// Reads a winmail.dat; None where the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Pack> {
    let mut rest = bytes;
    if take_u32(&mut rest)? != SIGNATURE {
        return None;
    }
    take(&mut rest, 2)?;
    let mut pack = Pack::default();
    for _ in 0..MOST_ATTRIBUTES {
        if take(&mut rest, 1).is_none() {
            break;
        }
        let Some((id, data)) = attribute(&mut rest) else {
            break;
        };
        match id {
            ATTACH_TITLE => pack.files.extend(text(data)),
            BODY => pack.body = text(data),
            _ => {}
        }
    }
    Some(pack)
}

fn attribute<'b>(rest: &mut &'b [u8]) -> Option<(u32, &'b [u8])> {
    let id = take_u32(rest)?;
    let length = usize::try_from(take_u32(rest)?).ok()?;
    let data = take(rest, length)?;
    take(rest, 2)?;
    Some((id, data))
}

fn text(data: &[u8]) -> Option<String> {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let text = super::charset::guessed(data.get(..end)?);
    (!text.trim().is_empty()).then_some(text)
}

fn take<'b>(rest: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    take(rest, 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes)
}
