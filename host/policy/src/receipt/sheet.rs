//! The fields of a receipt and how they are hashed.
//!
//! Every field is a text, and its digest is the SHA-256 of its bytes. The **body** is the SHA-256 of
//! `"sanbao receipt 2\n"` and the digests of all fields in their order, 32 bytes each; so a verifier that has
//! the digests can say which field was changed. The receipt's **hash** is the SHA-256 of `"sanbao chain 2\n"`,
//! the hash of the receipt before it (32 zeros for the first) and the body. What is **signed** is
//! `"sanbao signature 2\n"` and the hash.

use super::{Identity, Record};
use crate::digest::Digest;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;

const BODY: &[u8] = b"sanbao receipt 2\n";
const CHAIN: &[u8] = b"sanbao chain 2\n";

/// A field of a receipt, in the order in which they are hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // Explained at `Identity` and `Record`.
pub enum Field {
    Id,
    Ticket,
    Claim,
    Seq,
    Respondent,
    Policy,
    Activation,
    DecidedAt,
    Function,
    Component,
    Contract,
    Engine,
    Calendar,
    Fuel,
    Input,
    Output,
    Log,
}

/// How many fields a receipt has.
pub const FIELDS: usize = 17;

impl Field {
    /// All of them, in order.
    pub const ALL: [Field; FIELDS] = [
        Self::Id,
        Self::Ticket,
        Self::Claim,
        Self::Seq,
        Self::Respondent,
        Self::Policy,
        Self::Activation,
        Self::DecidedAt,
        Self::Function,
        Self::Component,
        Self::Contract,
        Self::Engine,
        Self::Calendar,
        Self::Fuel,
        Self::Input,
        Self::Output,
        Self::Log,
    ];

    /// As files name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Ticket => "ticket",
            Self::Claim => "claim",
            Self::Seq => "seq",
            Self::Respondent => "respondent",
            Self::Policy => "policy",
            Self::Activation => "activation",
            Self::DecidedAt => "decided_at",
            Self::Function => "function",
            Self::Component => "component",
            Self::Contract => "contract",
            Self::Engine => "engine",
            Self::Calendar => "calendar",
            Self::Fuel => "fuel",
            Self::Input => "input",
            Self::Output => "output",
            Self::Log => "log",
        }
    }

    /// Whether its text is JSON: one line, without a space outside of texts.
    pub fn is_json(self) -> bool {
        matches!(self, Self::Input | Self::Output | Self::Log)
    }
}

/// The texts of all fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet<'a>(pub [Cow<'a, str>; FIELDS]);

impl<'a> Sheet<'a> {
    /// The sheet of a record at its place.
    pub fn of(identity: &Identity, record: &'a Record) -> Self {
        Self([
            identity.id.to_string().into(),
            identity.ticket.to_string().into(),
            identity.claim.to_string().into(),
            identity.seq.to_string().into(),
            identity.respondent.to_string().into(),
            identity.policy.to_string().into(),
            identity.activation.to_string().into(),
            identity.decided_at.to_string().into(),
            record.function.as_str().into(),
            record.policy.to_string().into(),
            record.contract.as_str().into(),
            (&*record.engine).into(),
            record.calendar.as_str().into(),
            record.fuel.to_string().into(),
            record.input.as_str().into(),
            record.output.as_str().into(),
            record.log_text().into(),
        ])
    }

    /// The text of a field.
    pub fn get(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    /// The digests of all fields.
    pub fn digests(&self) -> [Digest; FIELDS] {
        std::array::from_fn(|index| Digest::of(self.0[index].as_bytes()))
    }

    /// The hash over all fields.
    pub fn body(&self) -> Digest {
        body(&self.digests())
    }
}

/// The hash over the digests of all fields.
pub fn body(digests: &[Digest; FIELDS]) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(BODY);
    digests.iter().for_each(|digest| hasher.update(digest.0));
    Digest(hasher.finalize().into())
}

/// The hash of a receipt with this body, after the one whose hash is `previous`.
pub fn link(previous: Digest, body: Digest) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(CHAIN);
    hasher.update(previous.0);
    hasher.update(body.0);
    Digest(hasher.finalize().into())
}
