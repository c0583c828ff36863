//! A receipt, or a ticket's whole chain, as a file that needs nothing else.
//!
//! JSON with one field on a line, in a fixed order, two spaces a level, and nothing that could be written in
//! two ways: a file is genuine only byte by byte. `input`, `output`, `log` and a calendar's `content` are
//! JSON on one line, exactly the text that was hashed. Of receipts that the reader may not see, the chain
//! holds the hashes and signatures only (`"withheld": true`).

use super::key::{KeyPrint, PublicKey, Signed};
use super::sheet::{FIELDS, Field, Sheet};
use super::{Receipt, scan};
use crate::digest::Digest;
use sanbao_domain::calendar::Calendar;
use std::fmt::Write;

/// First line of every file.
pub const FORMAT: &str = "sanbao receipts 2";

/// What links a receipt to the one before it, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// Hash of the receipt before it; zeros for the first.
    pub previous: Digest,
    /// Hash over its fields.
    pub body: Digest,
    /// Its own hash.
    pub hash: Digest,
    /// The signature of the hash.
    pub signed: Signed,
}

/// A receipt in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its fields; none where they are withheld.
    pub sheet: Option<Sheet<'a>>,
    /// Its place in the chain.
    pub links: Links,
}

/// What a file is written from. Only what the receipts refer to belongs into it, in the order of first use.
#[derive(Debug, Default)]
pub struct File<'a> {
    calendars: Vec<(String, String)>,
    keys: Vec<(KeyPrint, PublicKey)>,
    receipts: Vec<Entry<'a>>,
}

impl<'a> From<&'a Receipt> for Entry<'a> {
    fn from(receipt: &'a Receipt) -> Self {
        let links = Links {
            previous: receipt.previous,
            body: receipt.body,
            hash: receipt.hash,
            signed: receipt.signed.clone(),
        };
        Self { sheet: Some(Sheet::of(&receipt.identity, &receipt.record)), links }
    }
}

impl<'a> File<'a> {
    /// Adds a receipt, with the key that signed it and the calendar that it was given with. A calendar is
    /// needed wherever the fields are there.
    pub fn add(&mut self, entry: Entry<'a>, key: PublicKey, calendar: Option<&Calendar>) {
        if self.keys.iter().all(|(print, _)| *print != entry.links.signed.key) {
            self.keys.push((entry.links.signed.key, key));
        }
        if let (Some(sheet), Some(calendar)) = (&entry.sheet, calendar) {
            let version = sheet.get(Field::Calendar);
            if self.calendars.iter().all(|(known, _)| known != version) {
                let content = serde_json::to_string(&calendar.spelled_out()).unwrap_or_default();
                self.calendars.push((version.to_owned(), content));
            }
        }
        self.receipts.push(entry);
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(8192 * self.receipts.len().max(1));
        out.push_str(scan::BEGIN);
        for (index, (version, content)) in self.calendars.iter().enumerate() {
            out.push_str(if index == 0 { "" } else { scan::NEXT_CALENDAR });
            let _ = write!(out, "{version}{}{content}", scan::CONTENT);
        }
        out.push_str(scan::KEYS);
        for (index, (print, key)) in self.keys.iter().enumerate() {
            out.push_str(if index == 0 { "" } else { scan::NEXT_KEY });
            let _ = write!(out, "{print}{}{key}", scan::PUBLIC);
        }
        out.push_str(scan::RECEIPTS);
        for (index, entry) in self.receipts.iter().enumerate() {
            out.push_str(if index == 0 { "" } else { scan::NEXT_RECEIPT });
            match &entry.sheet {
                Some(sheet) => write_sheet(&mut out, sheet),
                None => out.push_str(scan::WITHHELD),
            }
            let Links { previous, body, hash, signed } = &entry.links;
            let _ = write!(out, "{previous}{}{body}{}{hash}{}", scan::BODY, scan::HASH, scan::KEY);
            let _ = write!(out, "{}{}{}", signed.key, scan::SIGNATURE, hex::encode(signed.signature));
        }
        out.push_str(scan::END);
        out
    }
}

fn write_sheet(out: &mut String, sheet: &Sheet<'_>) {
    let literals = scan::literals();
    let digests = sheet.digests();
    for index in 0..FIELDS {
        out.push_str(&literals.before_field[index]);
        out.push_str(&sheet.0[index]);
    }
    #[allow(clippy::needless_range_loop)] // Two arrays side by side.
    for index in 0..FIELDS {
        out.push_str(&literals.before_digest[index]);
        let _ = write!(out, "{}", digests[index]);
    }
    out.push_str(scan::PREVIOUS);
}
