//! Reads a file of receipts as strictly as it was written, and says at which byte its form breaks.
//!
//! Values are what stands between the fixed texts around them. A fixed text with one wrong byte is still
//! recognised, so that the byte can be named; whatever a value holds is judged later, by its digest.

use super::sheet::{FIELDS, Field};
use std::ops::Range;
use std::sync::OnceLock;

pub(super) const BEGIN: &str =
    "{\n  \"format\": \"sanbao receipts 2\",\n  \"calendars\": [\n    {\n      \"version\": \"";
pub(super) const CONTENT: &str = "\",\n      \"content\": ";
pub(super) const NEXT_CALENDAR: &str = "\n    },\n    {\n      \"version\": \"";
pub(super) const KEYS: &str = "\n    }\n  ],\n  \"keys\": [\n    {\n      \"id\": \"";
pub(super) const PUBLIC: &str = "\",\n      \"public\": \"";
pub(super) const NEXT_KEY: &str = "\"\n    },\n    {\n      \"id\": \"";
pub(super) const RECEIPTS: &str = "\"\n    }\n  ],\n  \"receipts\": [\n    {\n      ";
pub(super) const NEXT_RECEIPT: &str = "\"\n    },\n    {\n      ";
pub(super) const WITHHELD: &str = "\"withheld\": true,\n      \"previous\": \"";
pub(super) const PREVIOUS: &str = "\"\n      },\n      \"previous\": \"";
pub(super) const BODY: &str = "\",\n      \"body\": \"";
pub(super) const HASH: &str = "\",\n      \"hash\": \"";
pub(super) const KEY: &str = "\",\n      \"key\": \"";
pub(super) const SIGNATURE: &str = "\",\n      \"signature\": \"";
pub(super) const END: &str = "\"\n    }\n  ]\n}\n";

/// The fixed texts of a receipt's fields.
pub(super) struct Literals {
    /// In front of each field's text.
    pub(super) before_field: [String; FIELDS],
    /// In front of each digest.
    pub(super) before_digest: [String; FIELDS],
}

pub(super) fn literals() -> &'static Literals {
    static LITERALS: OnceLock<Literals> = OnceLock::new();
    LITERALS.get_or_init(|| {
        let quote = |field: Field| if field.is_json() { "" } else { "\"" };
        let before_field = std::array::from_fn(|index| {
            let field = Field::ALL[index];
            let open = quote(field);
            match index.checked_sub(1).map(|before| Field::ALL[before]) {
                None => format!("\"{}\": {open}", field.name()),
                Some(before) => format!("{},\n      \"{}\": {open}", quote(before), field.name()),
            }
        });
        let before_digest = std::array::from_fn(|index| match index {
            0 => ",\n      \"digests\": {\n        \"id\": \"".to_owned(),
            _ => format!("\",\n        \"{}\": \"", Field::ALL[index].name()),
        });
        Literals { before_field, before_digest }
    })
}

/// Where a value stands in the file, in bytes.
pub(super) type Span = Range<usize>;

/// The parts of a file.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Version and content.
    pub(super) calendars: Vec<(Span, Span)>,
    /// Id and public key.
    pub(super) keys: Vec<(Span, Span)>,
    pub(super) receipts: Vec<Part>,
}

/// One receipt.
#[derive(Debug)]
pub(super) struct Part {
    /// Texts and digests of its fields, unless they are withheld.
    pub(super) sheet: Option<[(Span, Span); FIELDS]>,
    pub(super) previous: Span,
    pub(super) body: Span,
    pub(super) hash: Span,
    pub(super) key: Span,
    pub(super) signature: Span,
}

/// The form of the file breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    /// In bytes from the beginning.
    pub(super) offset: usize,
    /// What should stand there; nothing where the file should have ended.
    pub(super) expected: Option<u8>,
}

pub(super) fn scan(bytes: &[u8]) -> Result<Parts, Misfit> {
    let mut scan = Scan { bytes, at: 0 };
    let mut parts = Parts::default();
    scan.one_of(&[BEGIN])?;
    loop {
        let version = scan.until(&[CONTENT])?.0;
        let (content, next) = scan.until(&[NEXT_CALENDAR, KEYS])?;
        parts.calendars.push((version, content));
        if next == 1 {
            break;
        }
    }
    loop {
        let id = scan.until(&[PUBLIC])?.0;
        let (public, next) = scan.until(&[NEXT_KEY, RECEIPTS])?;
        parts.keys.push((id, public));
        if next == 1 {
            break;
        }
    }
    loop {
        let (part, last) = scan.receipt()?;
        parts.receipts.push(part);
        if last {
            break;
        }
    }
    match bytes.len() {
        end if end == scan.at => Ok(parts),
        _ => Err(Misfit { offset: scan.at, expected: None }),
    }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    #[allow(clippy::needless_range_loop)] // Each step looks at the literal after it.
    fn receipt(&mut self) -> Result<(Part, bool), Misfit> {
        let Literals { before_field, before_digest } = literals();
        let sheet = match self.one_of(&[&before_field[0], WITHHELD])? {
            0 => {
                let mut fields: [(Span, Span); FIELDS] = Default::default();
                for index in 0..FIELDS {
                    let next = before_field.get(index + 1).unwrap_or(&before_digest[0]);
                    fields[index].0 = self.until(&[next])?.0;
                }
                for index in 0..FIELDS {
                    let next = before_digest.get(index + 1).map_or(PREVIOUS, String::as_str);
                    fields[index].1 = self.until(&[next])?.0;
                }
                Some(fields)
            }
            _ => None,
        };
        let previous = self.until(&[BODY])?.0;
        let body = self.until(&[HASH])?.0;
        let hash = self.until(&[KEY])?.0;
        let key = self.until(&[SIGNATURE])?.0;
        let (signature, next) = self.until(&[NEXT_RECEIPT, END])?;
        Ok((Part { sheet, previous, body, hash, key, signature }, next == 1))
    }

    /// One of these texts must stand here; says which.
    fn one_of(&mut self, texts: &[&str]) -> Result<usize, Misfit> {
        let rest = &self.bytes[self.at..];
        for (index, text) in texts.iter().enumerate() {
            if rest.starts_with(text.as_bytes()) {
                self.at += text.len();
                return Ok(index);
            }
        }
        // The one that comes nearest says what was expected.
        let right = |text: &&&str| text.bytes().zip(rest).take_while(|(wanted, is)| wanted == *is).count();
        let nearest = texts.iter().find(|text| differs(rest, text.as_bytes()).is_some());
        let nearest = nearest.or_else(|| texts.iter().max_by_key(right));
        let at = nearest.as_ref().map_or(0, right);
        let expected = nearest.and_then(|text| text.as_bytes().get(at).copied());
        Err(Misfit { offset: self.at + at, expected })
    }

    /// The value up to the first of these texts, and which of them follows it.
    fn until(&mut self, texts: &[&str]) -> Result<(Span, usize), Misfit> {
        let start = self.at;
        for at in start..self.bytes.len() {
            let rest = &self.bytes[at..];
            for (index, text) in texts.iter().enumerate() {
                if rest.starts_with(text.as_bytes()) {
                    self.at = at + text.len();
                    return Ok((start..at, index));
                }
            }
            for text in texts {
                if let Some(wrong) = differs(rest, text.as_bytes()) {
                    return Err(Misfit { offset: at + wrong, expected: Some(text.as_bytes()[wrong]) });
                }
            }
        }
        // The end is missing, or more than one byte is wrong: the value's line is the place.
        let cut = texts.iter().find_map(|text| {
            let lengths = (1..text.len()).rev();
            lengths.map(|length| (text, length)).find(|(text, length)| {
                start + length <= self.bytes.len() && self.bytes.ends_with(&text.as_bytes()[..*length])
            })
        });
        if let Some((text, length)) = cut {
            return Err(Misfit { offset: self.bytes.len(), expected: Some(text.as_bytes()[length]) });
        }
        let line = self.bytes[start..].iter().position(|byte| *byte == b'\n');
        Err(Misfit { offset: line.map_or(self.bytes.len(), |line| start + line), expected: None })
    }
}

/// The one byte in which `bytes` begin otherwise than `text`; none where they are equal or differ in more.
fn differs(bytes: &[u8], text: &[u8]) -> Option<usize> {
    let bytes = bytes.get(..text.len())?;
    let mut wrong = bytes.iter().zip(text).enumerate().filter(|(_, (is, wanted))| is != wanted);
    let first = wrong.next()?.0;
    wrong.next().is_none().then_some(first)
}
