//! What is wrong with facts that somebody gave.

use super::ValueType;
use serde_json::Value as Json;

/// What a fact is to the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactKind {
    /// A fact of a claim.
    Attribute,
    /// A figure of an activation.
    Setting,
}

impl FactKind {
    fn word(self) -> &'static str {
        match self {
            Self::Attribute => "attribute",
            Self::Setting => "setting",
        }
    }
}

/// One thing to mend before the facts can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactProblem {
    /// The policy declares no such name.
    #[error("the policy has no {} \"{name}\"", .kind.word())]
    Unknown {
        /// Attribute or setting.
        kind: FactKind,
        /// The name as given.
        name: String,
        /// The declared name that was probably meant.
        suggestion: Option<String>,
    },
    /// The value is not of the declared type.
    #[error("{} \"{name}\" takes {}, not {given}", .kind.word(), shape(*.expected))]
    WrongType {
        /// Attribute or setting.
        kind: FactKind,
        /// The declared name.
        name: String,
        /// The declared type.
        expected: ValueType,
        /// The value as given, in JSON, shortened.
        given: String,
    },
    /// The text is not among the choices.
    #[error("{} \"{name}\" does not take \"{given}\"", .kind.word())]
    NotAChoice {
        /// Attribute or setting.
        kind: FactKind,
        /// The declared name.
        name: String,
        /// The text as given, shortened.
        given: String,
        /// The texts to choose from.
        choices: Vec<String>,
    },
    /// Nothing is given and there is no default.
    #[error("{} \"{name}\" is missing and has no default", .kind.word())]
    Missing {
        /// Attribute or setting.
        kind: FactKind,
        /// The declared name.
        name: String,
    },
}

impl FactProblem {
    /// Attribute or setting.
    pub fn kind(&self) -> FactKind {
        match self {
            Self::Unknown { kind, .. }
            | Self::WrongType { kind, .. }
            | Self::NotAChoice { kind, .. }
            | Self::Missing { kind, .. } => *kind,
        }
    }

    /// The name as given or declared.
    pub fn name(&self) -> &str {
        match self {
            Self::Unknown { name, .. }
            | Self::WrongType { name, .. }
            | Self::NotAChoice { name, .. }
            | Self::Missing { name, .. } => name,
        }
    }

    /// Path of the field: "attributes.fault-kind", "settings.hotline".
    pub fn field(&self) -> String {
        format!("{}s.{}", self.kind().word(), self.name())
    }

    /// What to do about it.
    pub fn fix(&self) -> String {
        match self {
            Self::Unknown { suggestion: Some(name), .. } => format!("write \"{name}\", or leave it out"),
            Self::Unknown { kind, suggestion: None, .. } => {
                format!("leave it out; the policy's manifest lists its {}s", kind.word())
            }
            Self::WrongType { expected, .. } => format!("give {}", shape(*expected)),
            Self::NotAChoice { choices, .. } => format!("give one of {}", choices.join(", ")),
            Self::Missing { .. } => "give a value".to_owned(),
        }
    }

    pub(super) fn unknown<'a>(kind: FactKind, name: &str, declared: impl Iterator<Item = &'a str>) -> Self {
        let near = declared.map(|known| (distance(name, known), known)).min();
        let most = name.chars().count() / 3;
        let suggestion = near.filter(|(far, _)| *far <= most.max(1)).map(|(_, known)| known.to_owned());
        Self::Unknown { kind, name: shortened(name), suggestion }
    }

    pub(super) fn wrong_type(kind: FactKind, name: &str, expected: ValueType, given: &Json) -> Self {
        let given = match given {
            Json::Array(_) => "a list".to_owned(),
            Json::Object(_) => "an object".to_owned(),
            Json::String(text) => format!("\"{}\"", shortened(text)),
            other => other.to_string(),
        };
        Self::WrongType { kind, name: name.to_owned(), expected, given }
    }
}

/// How a value of the type is written in JSON.
fn shape(expected: ValueType) -> &'static str {
    match expected {
        ValueType::Text => "a text",
        ValueType::Integer => "a whole number of at most 64 bits",
        ValueType::Decimal => "a decimal such as \"12.50\" (as a text, at most 18 digits)",
        ValueType::Boolean => "true or false",
        ValueType::Date => "a day such as \"2024-05-01\"",
        ValueType::Instant => "an RFC 3339 instant such as \"2024-05-01T08:30:00+08:00\"",
    }
}

/// Long enough to recognise, short enough for an answer.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Letters to change, add or leave out; names much longer than any declared one are simply far.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) =
        (one.chars().take(65).collect(), other.chars().take(65).collect());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, candidate) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != candidate);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}
