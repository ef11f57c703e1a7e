//! Messages enclosed in messages: only so many, because each holds the next and they are let go of one inside the
//! other, on the stack.

use std::borrow::Cow;

/// More enclosed messages than this are read as attachments of an unknown type.
const MOST_ENCLOSED: usize = 500;

/// The types whose content is a message, and the one whose parts are messages where nothing else is said.
const TYPES: [&[u8]; 3] = [b"rfc822", b"global", b"digest"];

/// Makes the types of enclosed messages beyond the first [`MOST_ENCLOSED`] unknown, each byte in its place.
pub(super) fn bounded(raw: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    let beyond: Vec<usize> = memchr::memchr_iter(b'/', &raw)
        .filter_map(|slash| last_byte_of_type(&raw, slash))
        .skip(MOST_ENCLOSED)
        .collect();
    if beyond.is_empty() {
        return raw;
    }
    let mut shallow = raw.into_owned();
    for at in beyond {
        if let Some(byte) = shallow.get_mut(at) {
            *byte = b'-';
        }
    }
    Cow::Owned(shallow)
}

/// Where the name of such a type behind a slash ends.
fn last_byte_of_type(raw: &[u8], slash: usize) -> Option<usize> {
    let after = raw.get(slash + 1..)?;
    let spaces = after.iter().take(80).take_while(|byte| byte.is_ascii_whitespace() || **byte == b'"').count();
    let name = after.get(spaces..spaces + 6)?;
    TYPES.iter().any(|kind| name.eq_ignore_ascii_case(kind)).then_some(slash + 1 + spaces + 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_messages_are_enclosed() {
        let few = "Content-Type: message/rfc822\n\n".repeat(MOST_ENCLOSED);
        assert_eq!(bounded(Cow::Borrowed(few.as_bytes())), few.as_bytes());
        let many = format!("{few}Content-Type: Message/ RFC822\n\nx/y");
        let expected = format!("{few}Content-Type: Message/ RFC82-\n\nx/y");
        assert_eq!(bounded(Cow::Borrowed(many.as_bytes())), expected.as_bytes());
    }
}
