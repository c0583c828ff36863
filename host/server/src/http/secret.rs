//! Secrets of API keys: shown once, kept as a hash.

use crate::random;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::fmt;

const PREFIX: &str = "sbk_";
/// 256 bits in base64url.
const DIGITS: usize = 43;

/// `sbk_` and 43 characters of base64url that stand for 256 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What a new secret was made with; worth nothing without the secret that asked for it.
#[derive(Clone, Copy, Debug)]
pub struct Salt([u8; 32]);

impl Secret {
    /// A new one, of 256 random bits.
    pub fn random() -> Self {
        Self::of(random::bytes())
    }

    /// A new one for somebody who signed in with `self`. The same salt gives the same secret again, which
    /// is how a replayed answer can show it although nothing but a hash was kept.
    pub fn derive(&self, salt: Salt) -> Self {
        let digest = Sha256::new().chain_update("sanbao key 1\0").chain_update(&self.0).chain_update(salt.0);
        Self::of(digest.finalize().into())
    }

    /// What a client sent, where it has the form of a secret.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(PREFIX)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (digits.len() == DIGITS && digits.bytes().all(plain)).then(|| Self(text.to_owned()))
    }

    /// What is stored and searched for.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }

    /// The text to show, once.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The part that is random, as it stands in a link's address.
    pub fn digits(&self) -> &str {
        self.0.strip_prefix(PREFIX).unwrap_or(&self.0)
    }

    /// A secret from the [digits](Self::digits) that somebody sent.
    pub fn from_digits(digits: &str) -> Option<Self> {
        Self::parse(&format!("{PREFIX}{digits}"))
    }

    fn of(bits: [u8; 32]) -> Self {
        Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bits)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Salt {
    /// A new one.
    pub fn random() -> Self {
        Self(random::bytes())
    }

    pub(super) fn to_hex(self) -> String {
        hex::encode(self.0)
    }

    pub(super) fn from_hex(text: &str) -> Option<Self> {
        hex::decode(text).ok()?.try_into().ok().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_back_and_hidden_from_logs() {
        let secret = Secret::random();
        assert_eq!(Secret::parse(secret.expose()), Some(secret.clone()));
        assert!(!format!("{secret:?}").contains(secret.expose()));
        for wrong in ["", "sbk_", "sbk_short", &secret.expose()[4..], &format!("{}x", secret.expose())] {
            assert_eq!(Secret::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_same_salt_gives_the_same_secret_to_the_same_asker_only() {
        let (one, other, salt) = (Secret::random(), Secret::random(), Salt::random());
        assert_eq!(one.derive(salt), one.derive(Salt::from_hex(&salt.to_hex()).unwrap()));
        assert_ne!(one.derive(salt), other.derive(salt));
        assert_ne!(one.derive(salt), one.derive(Salt::random()));
    }
}
