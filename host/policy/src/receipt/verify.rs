//! Verifies a file of receipts far from any host, and says what was changed in it: which byte, where that can
//! be known, else which field.

mod chain;
mod context;
mod fields;
mod finding;
mod replay;

pub use finding::{Finding, Kind, Place, Within};

use super::file::FORMAT;
use super::key::{KeyPrint, PublicKey};
use super::scan::{Misfit, scan};
use crate::digest::Digest;
use crate::engine::Engine;
use context::Context;
use serde::Serialize;
use std::sync::Arc;

/// A component that somebody has.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its file.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What the file is held against.
#[derive(Clone, Copy)]
pub struct Against<'a> {
    /// The keys that are trusted; with none, those in the file are taken on trust.
    pub keys: &'a [PublicKey],
    /// The components to ask again.
    pub components: &'a [Given],
    /// What to ask them on; with none, nothing is asked again.
    pub engine: Option<&'a Arc<Engine>>,
}

/// A key that signed something in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UsedKey {
    /// Its name.
    pub id: String,
    /// The key.
    pub public: String,
    /// Whether it is one that the reader trusts.
    pub trusted: bool,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Receipts in the file, withheld ones included.
    pub receipts: usize,
    /// Receipts whose fields are withheld.
    pub withheld: usize,
    /// Whether it begins with the first receipt of its ticket.
    pub from_the_first: bool,
    /// Receipts that were asked again, with the same bytes out.
    pub replayed: usize,
    /// Receipts whose failure no replay can repeat: too slow, or not run at all.
    pub not_repeatable: usize,
    /// The engine's fingerprint where it is another than the receipts'.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_engine: Option<String>,
    /// The keys that signed.
    pub keys: Vec<UsedKey>,
    /// Everything that is wrong; nothing for a genuine file.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether everything is as it was.
    pub fn genuine(&self) -> bool {
        self.findings.is_empty()
    }

    /// What the file is wrong in, first of all.
    pub fn kind(&self) -> Option<Kind> {
        self.findings.iter().map(|finding| finding.kind).min()
    }
}

/// Verifies a file.
pub fn verify(bytes: &[u8], against: Against<'_>) -> Report {
    let parts = match scan(bytes) {
        Ok(parts) => parts,
        Err(misfit) => return Report { findings: vec![form(bytes, &misfit)], ..Report::default() },
    };
    let mut context = Context::new(bytes, &parts, against);
    let sheets = context.fields();
    context.calendars(&sheets);
    context.chain(&sheets);
    context.components(&sheets);
    context.report(&sheets)
}

fn form(bytes: &[u8], misfit: &Misfit) -> Finding {
    let offset = misfit.offset;
    let place = Place::of(bytes, offset);
    let is = bytes.get(offset).copied();
    let message = match (is, misfit.expected) {
        _ if bytes.is_empty() => "the file is empty".to_owned(),
        (_, _) if offset < 8 && misfit.expected.is_some() => {
            format!("this is no file of the form \"{FORMAT}\"")
        }
        (None, _) => "the file ends too early".to_owned(),
        (Some(_), Some(_)) => "the form of the file was changed".to_owned(),
        (Some(_), None) => "the form of the file is broken at the end of this line".to_owned(),
    };
    Finding {
        kind: Kind::Form,
        receipt: None,
        field: None,
        place: Some(place),
        within: None,
        is: is.map(finding::byte),
        was: misfit.expected.map(finding::byte),
        message,
    }
}

/// A fully written SHA-256, in small letters.
fn digest(text: &[u8]) -> Option<Digest> {
    let digest: Digest = std::str::from_utf8(text).ok()?.parse().ok()?;
    (digest.to_string().as_bytes() == text).then_some(digest)
}

fn public_key(text: &[u8]) -> Option<PublicKey> {
    let key: PublicKey = std::str::from_utf8(text).ok()?.parse().ok()?;
    (key.to_string().as_bytes() == text).then_some(key)
}

fn print(text: &[u8]) -> Option<KeyPrint> {
    let mut bytes = [0; 8];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    let print = KeyPrint(bytes);
    (print.to_string().as_bytes() == text).then_some(print)
}

fn signature(text: &[u8]) -> Option<[u8; 64]> {
    let mut bytes = [0; 64];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    (hex::encode(bytes).as_bytes() == text).then_some(bytes)
}
