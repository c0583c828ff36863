//! Calls, letters, messages and visits, in the order of their time (BUS-37), with what was answered (BUS-38)
//! and the replies kept (BUS-09, 40). What is unclear is made clear before it is answered (BUS-39); what
//! cannot be solved at once leaves a person and a telephone number behind and waits for its reply (ZZC-07).

mod machine;
mod refusal;

pub use refusal::Refusal;

use crate::case::Channel;
use crate::ids::ContactId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Calls and letters, earliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contacts {
    /// All of them, by the time at which they took place.
    pub all: Vec<Contact>,
}

/// Who turned to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The customer.
    Incoming,
    /// We.
    Outgoing,
}

/// What the customer has to say; both praise and dissatisfaction are collected (CTL-13; AUT-07).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// A question or a piece of news.
    #[default]
    Neutral,
    /// Praise.
    Praise,
    /// Dissatisfaction.
    Complaint,
    /// A suggestion (CTL-14).
    Suggestion,
}

/// What was said, when and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub id: ContactId,
    /// Who turned to whom.
    pub direction: Direction,
    /// How.
    pub channel: Channel,
    /// When it took place.
    pub at: Timestamp,
    /// Whom to ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What was said.
    pub words: String,
    /// In which tone.
    #[serde(default)]
    pub tone: Tone,
    /// What is meant must be made clear before it is answered (BUS-39).
    #[serde(default)]
    pub unclear: bool,
    /// It cannot be solved at once (ZZC-07), or not in this way at all (ZZC-08, 17).
    #[serde(default)]
    pub unresolved: bool,
    /// What was answered on the spot (BUS-38).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// What was found out about an unclear contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clarification {
    /// When.
    pub at: Timestamp,
    /// What is meant.
    pub words: String,
}

/// What was answered afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// When.
    pub at: Timestamp,
    /// How.
    pub channel: Channel,
    /// What.
    pub words: String,
    /// Who.
    pub by: String,
}

/// A contact and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// What was said.
    #[serde(flatten)]
    pub note: Note,
    /// What was made clear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clarified: Vec<Clarification>,
    /// What was answered afterwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Reply>,
}

impl Contact {
    /// Whether the customer waits for an answer.
    pub fn waits(&self) -> bool {
        self.note.direction == Direction::Incoming && self.note.answer.is_none() && self.replies.is_empty()
    }

    /// Whether it must be made clear first (BUS-39).
    pub fn is_unclear(&self) -> bool {
        self.note.unclear && self.clarified.is_empty()
    }
}

impl Contacts {
    /// The contact with this id.
    pub fn find(&self, id: ContactId) -> Option<&Contact> {
        self.all.iter().find(|contact| contact.note.id == id)
    }

    /// Whether somebody waits for an answer.
    pub fn anybody_waits(&self) -> bool {
        self.all.iter().any(Contact::waits)
    }

    /// Whether something could not be solved from afar, so that a visit is in order (ZZC-08, 17).
    pub fn needs_visit(&self) -> bool {
        self.all.iter().any(|contact| contact.note.unresolved)
    }
}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Takes down a call, a letter, a message or a visit.
    Record(Note),
    /// Takes down what an unclear contact means.
    Clarify {
        /// Which.
        contact: ContactId,
        /// What is meant.
        words: String,
    },
    /// Answers a contact.
    Reply {
        /// Which.
        contact: ContactId,
        /// How.
        channel: Channel,
        /// What.
        words: String,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Record,
    Clarify,
    Reply,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// A contact was taken down.
    Recorded {
        /// What was said.
        contact: Box<Note>,
    },
    /// It was made clear.
    Clarified {
        /// Which.
        contact: ContactId,
        /// What is meant.
        words: String,
    },
    /// It was answered.
    Replied {
        /// Which.
        contact: ContactId,
        /// How.
        channel: Channel,
        /// What.
        words: String,
        /// Who.
        by: String,
    },
}
