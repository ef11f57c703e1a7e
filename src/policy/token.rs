//! Whether a thread token is ours, and what one looks like in a Message-ID.

use crate::domain::{
    id::{LetterId, MessageId, PersonId},
    token::{Token, TokenKey},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

impl TokenKey {
    /// Makes the token of one letter to one person.
    pub fn sign(&self, letter: LetterId, person: PersonId) -> Token {
        let mut mac = [0; 10];
        mac.iter_mut().zip(self.hmac(letter, person).finalize().into_bytes()).for_each(|(to, from)| *to = from);
        Token { letter, mac }
    }

    /// Whether `token` belongs to a letter of ours to `person`. Compares in constant time.
    pub fn verify(&self, token: &Token, person: PersonId) -> bool {
        self.hmac(token.letter, person).verify_truncated_left(&token.mac).is_ok()
    }

    fn hmac(&self, letter: LetterId, person: PersonId) -> Hmac<Sha256> {
        let mut hmac = Hmac::<Sha256>::new_from_slice(self.bytes()).expect("HMAC takes a key of any length");
        hmac.update(b"handback letter token 1");
        hmac.update(&letter.0.to_be_bytes());
        hmac.update(&person.0.to_be_bytes());
        hmac
    }
}

/// The Message-ID of the letter that carries `token`: `hb.142-7K3MQ9XWT2HC5VRN@example.org`.
pub fn message_id(token: &Token, domain: &str) -> MessageId {
    MessageId(format!("hb.{token}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_letter_its_person_and_its_key_alone() {
        let key = TokenKey::new([7; 32]);
        let token = key.sign(LetterId(142), PersonId(3));
        assert!(key.verify(&token, PersonId(3)));
        assert!(!key.verify(&token, PersonId(4)));
        assert!(!key.verify(&Token { letter: LetterId(143), ..token }, PersonId(3)));
        assert!(!TokenKey::new([8; 32]).verify(&token, PersonId(3)));
    }
}
