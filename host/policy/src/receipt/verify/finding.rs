//! What is wrong with a file of receipts, and where.

use serde::Serialize;

/// What kind of thing was changed; each has an exit code of its own in the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What stands around the values.
    Form,
    /// The value of a field.
    Field,
    /// A digest or hash that the file lists.
    Digest,
    /// A receipt does not follow the one before it.
    Chain,
    /// A signature is not the key's.
    Signature,
    /// A key is not what it is called, or not one that is trusted.
    Key,
    /// A calendar is not of the version that it is called.
    Calendar,
    /// The component that decided is not there.
    Component,
    /// The component answers otherwise.
    Replay,
}

impl Kind {
    /// From 10 on.
    pub fn exit_code(self) -> u8 {
        10 + self as u8
    }

    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Field => "field",
            Self::Digest => "digest",
            Self::Chain => "chain",
            Self::Signature => "signature",
            Self::Key => "key",
            Self::Calendar => "calendar",
            Self::Component => "component",
            Self::Replay => "replay",
        }
    }
}

/// A place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Bytes in front of it.
    pub offset: usize,
    /// From 1.
    pub line: usize,
    /// In bytes, from 1.
    pub column: usize,
}

impl Place {
    pub(super) fn of(bytes: &[u8], offset: usize) -> Self {
        let before = &bytes[..offset.min(bytes.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let begins = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        Self { offset, line, column: offset - begins + 1 }
    }
}

/// A place in a field's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Within {
    /// Bytes in front of it.
    pub offset: usize,
    /// For JSON: the way to the value, such as `question.case.dates.sold`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of thing.
    pub kind: Kind,
    /// In which receipt of the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<usize>,
    /// In which field; `digests.input` is the digest of `input`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The first byte that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The same in the field's own text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
    /// The byte that stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// The byte that stood there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// In words.
    pub message: String,
}

impl Finding {
    pub(super) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            receipt: None,
            field: None,
            place: None,
            within: None,
            is: None,
            was: None,
            message: message.into(),
        }
    }
}

/// A byte for people.
pub(super) fn byte(byte: u8) -> String {
    match byte {
        b'\n' => "line feed".to_owned(),
        b' ' => "space".to_owned(),
        0x21..=0x7e => char::from(byte).to_string(),
        other => format!("byte {other:#04x}"),
    }
}

/// The way to the value that stands at a byte of a JSON text.
pub(super) fn path(text: &[u8], offset: usize) -> String {
    enum Level {
        Object(String),
        List(usize),
    }
    let mut levels: Vec<Level> = Vec::new();
    let (mut at, mut key) = (0, true);
    while at < text.len() && at <= offset {
        match text[at] {
            b'{' => {
                levels.push(Level::Object(String::new()));
                key = true;
            }
            b'[' => levels.push(Level::List(0)),
            b'}' | b']' => {
                levels.pop();
            }
            b':' => key = false,
            b',' => match levels.last_mut() {
                Some(Level::List(index)) => *index += 1,
                _ => key = true,
            },
            b'"' => {
                let begins = at + 1;
                at = begins;
                while at < text.len() && text[at] != b'"' {
                    at += if text[at] == b'\\' { 2 } else { 1 };
                }
                let end = at.min(text.len());
                if let (true, Some(Level::Object(name))) = (key, levels.last_mut()) {
                    *name = String::from_utf8_lossy(&text[begins.min(end)..end]).into_owned();
                }
            }
            _ => {}
        }
        at += 1;
    }
    let mut path = String::new();
    for level in levels {
        match level {
            Level::Object(name) if path.is_empty() => path = name,
            Level::Object(name) if name.is_empty() => {}
            Level::Object(name) => path.push_str(&format!(".{name}")),
            Level::List(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_byte_has_a_way() {
        let text = br#"{"a":{"b":[1,{"c":"x,y"}],"d":2}}"#;
        let at = |needle: &str| {
            let text = std::str::from_utf8(text).unwrap();
            path(text.as_bytes(), text.find(needle).unwrap())
        };
        assert_eq!(at("x,y"), "a.b[1].c");
        assert_eq!(at("1"), "a.b[0]");
        assert_eq!(at("2"), "a.d");
        assert_eq!(path(text, 0), "");
    }
}
