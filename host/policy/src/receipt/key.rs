//! Ed25519 keys that hosts sign receipts with.

use crate::digest::Digest;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

const SIGNATURE: &[u8; 19] = b"sanbao signature 2\n";

/// Short name of a public key: the first eight bytes of its SHA-256, as 16 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyPrint(pub [u8; 8]);

/// A signature and the key that gave it.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed {
    /// Name of the key.
    pub key: KeyPrint,
    /// The 64 bytes of the signature.
    pub signature: [u8; 64],
}

/// A public key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// A private key. Its seed is 32 random bytes.
pub struct Signer {
    key: SigningKey,
    print: KeyPrint,
}

/// 32 bytes that are no Ed25519 public key, or text that is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an Ed25519 public key is 64 hexadecimal digits of a point on the curve")]
pub struct BadKey;

impl Signer {
    /// The key of this seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(seed);
        let print = PublicKey(key.verifying_key()).print();
        Self { key, print }
    }

    /// What a first start writes to a file of its own.
    pub fn seed(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// What others verify with.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.key.verifying_key())
    }

    /// Its name.
    pub fn print(&self) -> KeyPrint {
        self.print
    }

    /// Signs the hash of a receipt.
    pub fn sign(&self, hash: Digest) -> Signed {
        Signed { key: self.print, signature: self.key.sign(&message(hash)).to_bytes() }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.print)
    }
}

impl PublicKey {
    /// A key from its 32 bytes.
    ///
    /// # Errors
    /// They are no key, or a weak one.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, BadKey> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| BadKey)?;
        if key.is_weak() { Err(BadKey) } else { Ok(Self(key)) }
    }

    /// Its 32 bytes.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Its name.
    pub fn print(self) -> KeyPrint {
        print_of(&self.to_bytes())
    }

    /// Whether the signature is this key's, of this hash.
    pub fn verifies(self, hash: Digest, signature: &[u8; 64]) -> bool {
        self.0.verify_strict(&message(hash), &Signature::from_bytes(signature)).is_ok()
    }
}

/// The name of a key with these bytes.
pub(crate) fn print_of(bytes: &[u8; 32]) -> KeyPrint {
    let digest = Sha256::digest(bytes);
    let mut print = [0; 8];
    print.copy_from_slice(&digest[..8]);
    KeyPrint(print)
}

fn message(hash: Digest) -> [u8; 51] {
    let mut message = [0; 51];
    message[..19].copy_from_slice(SIGNATURE);
    message[19..].copy_from_slice(&hash.0);
    message
}

impl FromStr for PublicKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| BadKey)?;
        Self::from_bytes(&bytes)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.to_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for KeyPrint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for KeyPrint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signed({}, {})", self.key, hex::encode(self.signature))
    }
}
