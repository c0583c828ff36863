//! What the steps of a verification share.

use super::finding::{Finding, Kind, Place, Within, byte, path};
use super::{Against, Report, UsedKey, print, public_key};
use crate::receipt::key::{KeyPrint, PublicKey, print_of};
use crate::receipt::repair::{Change, of_digit};
use crate::receipt::scan::{Parts, Span};
use crate::receipt::sheet::{FIELDS, Field};
use std::collections::BTreeMap;

/// A receipt's fields as they were, as far as that is known.
pub(super) struct Known {
    /// The texts: as they stand in the file, or as they must have been. None: changed beyond repair.
    pub(super) texts: [Option<Vec<u8>>; FIELDS],
    /// The body that everything else follows from.
    pub(super) body: crate::digest::Digest,
    /// Fields whose text in the file is not what was hashed.
    pub(super) changed: Vec<Field>,
    /// What the file lists for the fields.
    pub(super) listed: [Option<crate::digest::Digest>; FIELDS],
}

impl Known {
    /// The text of a field that must be UTF-8 to mean anything.
    pub(super) fn text(&self, field: Field) -> Option<&str> {
        self.texts[field as usize].as_deref().and_then(|text| std::str::from_utf8(text).ok())
    }
}

pub(super) struct Context<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) parts: &'a Parts,
    pub(super) against: Against<'a>,
    pub(super) findings: Vec<Finding>,
    /// Genuine keys by the name that receipts use.
    pub(super) keys: BTreeMap<KeyPrint, PublicKey>,
    /// Genuine calendars by version.
    pub(super) calendars: BTreeMap<String, std::sync::Arc<sanbao_domain::calendar::Calendar>>,
    pub(super) replayed: usize,
    pub(super) not_repeatable: usize,
    pub(super) other_engine: Option<String>,
}

impl<'a> Context<'a> {
    pub(super) fn new(bytes: &'a [u8], parts: &'a Parts, against: Against<'a>) -> Self {
        Self {
            bytes,
            parts,
            against,
            findings: Vec::new(),
            keys: BTreeMap::new(),
            calendars: BTreeMap::new(),
            replayed: 0,
            not_repeatable: 0,
            other_engine: None,
        }
    }

    pub(super) fn text(&self, span: &Span) -> &'a [u8] {
        &self.bytes[span.clone()]
    }

    /// Something is wrong with the value at `span`: where exactly, if that is known.
    pub(super) fn wrong(
        &mut self,
        kind: Kind,
        receipt: Option<usize>,
        field: &str,
        span: &Span,
        change: Option<Change>,
        message: impl Into<String>,
    ) {
        let mut finding = Finding::new(kind, message);
        finding.receipt = receipt.map(|index| index + 1);
        finding.field = Some(field.to_owned());
        finding.place = Some(Place::of(self.bytes, span.start + change.map_or(0, |change| change.offset)));
        if let Some(change) = change {
            let text = self.text(span);
            let json = matches!(text.first(), Some(b'{')) || field == "content";
            let path = if json { path(&change.undone(text), change.offset) } else { String::new() };
            finding.within = Some(Within { offset: change.offset, path });
            finding.is = change.is.map(byte);
            finding.was = change.was.map(byte);
        }
        self.findings.push(finding);
    }

    /// The keys of the file: is each what it is called? `signs` says whether one signed something here.
    pub(super) fn keys(&mut self, signs: impl Fn(PublicKey) -> bool) {
        let parts = self.parts;
        for (id, public) in &parts.keys {
            let (id_text, public_text) = (self.text(id), self.text(public));
            let (stated, key) = (print(id_text), public_key(public_text));
            if let (Some(stated), Some(key)) = (stated, key)
                && key.print() == stated
            {
                self.keys.insert(stated, key);
                continue;
            }
            if let Some(key) = key
                && signs(key)
            {
                let change = Change::between(id_text, key.print().to_string().as_bytes());
                self.wrong(Kind::Key, None, "keys.id", id, change, "the name is not the one of its key");
                self.keys.insert(key.print(), key);
                continue;
            }
            let named = |text: &[u8]| {
                let mut bytes = [0; 32];
                hex::decode_to_slice(text, &mut bytes).is_ok() && Some(print_of(&bytes)) == stated
            };
            let change = of_digit(public_text, named);
            self.wrong(
                Kind::Key,
                None,
                "keys.public",
                public,
                change,
                "the key is not the one that it is called",
            );
            if let Some(key) = change.and_then(|change| public_key(&change.undone(public_text))) {
                self.keys.insert(key.print(), key);
            }
        }
    }

    pub(super) fn report(mut self, sheets: &[Option<Known>]) -> Report {
        let trusted = |key: &PublicKey| self.against.keys.contains(key);
        let keys: Vec<UsedKey> = self
            .keys
            .iter()
            .map(|(id, key)| UsedKey { id: id.to_string(), public: key.to_string(), trusted: trusted(key) })
            .collect();
        if !self.against.keys.is_empty() {
            for key in keys.iter().filter(|key| !key.trusted) {
                let message = format!("key {} ({}) is none of those that are trusted", key.id, key.public);
                self.findings
                    .push(Finding { field: Some("keys".to_owned()), ..Finding::new(Kind::Key, message) });
            }
        }
        let first = self.parts.receipts.first();
        let from_the_first =
            first.is_some_and(|part| self.text(&part.previous).iter().all(|digit| *digit == b'0'));
        self.findings.sort_by_key(|finding| finding.place.map_or(usize::MAX, |place| place.offset));
        Report {
            receipts: sheets.len(),
            withheld: sheets.iter().filter(|sheet| sheet.is_none()).count(),
            from_the_first,
            replayed: self.replayed,
            not_repeatable: self.not_repeatable,
            other_engine: self.other_engine,
            keys,
            findings: self.findings,
        }
    }
}
