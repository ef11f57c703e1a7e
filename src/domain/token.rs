//! The mark by which a reply finds its letter.
//!
//! A token is a letter's number and ten bytes that only this handback can make. It finds the task; it is no
//! password, since it leaks with every forward. It is written in one word of digits and letters that cannot
//! be mistaken for each other, and read back in either case: `142-7K3MQ9XWT2HC5VRN`.

use super::id::LetterId;
use std::{fmt, str::FromStr};

/// Crockford's base 32: no I, L, O or U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    pub letter: LetterId,
    /// The first ten bytes of the HMAC.
    pub mac: [u8; 10],
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-", self.letter)?;
        let value = self.mac.iter().fold(0_u128, |value, byte| (value << 8) | u128::from(*byte));
        for place in (0..16).rev() {
            let digit = usize::try_from((value >> (place * 5)) & 31).unwrap_or_default();
            write!(f, "{}", char::from(*DIGITS.get(digit).unwrap_or(&b'0')))?;
        }
        Ok(())
    }
}

/// The text is not a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAToken;

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let (letter, mac) = text.split_once('-').ok_or(NotAToken)?;
        if mac.len() != 16 || letter.is_empty() || !letter.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAToken);
        }
        let mut value = 0_u128;
        for byte in mac.bytes() {
            let digit = DIGITS.iter().position(|known| *known == byte.to_ascii_uppercase()).ok_or(NotAToken)?;
            value = (value << 5) | u128::try_from(digit).map_err(|_| NotAToken)?;
        }
        let mut bytes = [0; 10];
        for byte in bytes.iter_mut().rev() {
            *byte = u8::try_from(value & 0xff).map_err(|_| NotAToken)?;
            value >>= 8;
        }
        Ok(Self { letter: LetterId(letter.parse().map_err(|_| NotAToken)?), mac: bytes })
    }
}

/// The secret that signs tokens; 32 bytes that never print themselves. `policy::token` signs with it.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenKey([u8; 32]);

impl TokenKey {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey(not shown)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_in_either_case() {
        let token = Token { letter: LetterId(142), mac: [0, 255, 17, 34, 51, 68, 85, 102, 119, 136] };
        let written = token.to_string();
        assert_eq!(written.parse(), Ok(token));
        assert_eq!(written.to_lowercase().parse(), Ok(token));
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for text in [
            "",
            "142",
            "142-",
            "-7K3MQ9XWT2HC5VRN",
            "142-7K3MQ9XWT2HC5VR",
            "142-7K3MQ9XWT2HC5VRU",
            "x-7K3MQ9XWT2HC5VRN",
        ] {
            assert_eq!(text.parse::<Token>(), Err(NotAToken), "{text}");
        }
    }
}
