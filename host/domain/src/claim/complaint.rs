//! A complaint in its five steps, one after the other: thank, listen, find the facts, ask what is wanted,
//! compensate (FUP-07…11). Whoever analyses it names the responsible department and the cause (CTL-04…06;
//! HAI-08), and at its end it is said whether the service was at fault (BUS-05).

mod machine;
mod refusal;

pub use refusal::Refusal;

use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How far a complaint is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Complaint {
    /// It was made on a claim about something else; one whose matter is a complaint has it from its opening.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Said>,
    /// First step: the customer was thanked (FUP-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thanked: Option<Said>,
    /// Second step: the customer was heard out (FUP-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<Said>,
    /// Third step: the facts (FUP-09; CTL-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Found>,
    /// Fourth step: what the customer wants (FUP-10).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Said>,
    /// Fifth step: what the customer gets (FUP-11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settled>,
    /// Its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Resolved>,
}

/// Words and when they were taken down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// What was said.
    pub words: String,
}

/// What a complaint comes from (HAI-08).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The customer used it wrongly.
    Misuse,
    /// Unstable voltage or other surroundings.
    Environment,
    /// The company made a mistake.
    CompanyError,
    /// The product is not as it should be.
    Product,
    /// The way in which somebody was served.
    Service,
    /// The way of the goods.
    Transit,
    /// A misunderstanding.
    Misunderstanding,
}

impl Source {
    /// The word used in JSON and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Misuse => "misuse",
            Self::Environment => "environment",
            Self::CompanyError => "company-error",
            Self::Product => "product",
            Self::Service => "service",
            Self::Transit => "transit",
            Self::Misunderstanding => "misunderstanding",
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// What happened, objectively and fairly (FUP-09).
    pub words: String,
    /// What it comes from (HAI-08).
    pub cause: Source,
    /// The department that must put it right (CTL-06).
    pub department: String,
}

/// Facts and when they were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// When.
    pub at: Timestamp,
    /// Them.
    #[serde(flatten)]
    pub facts: Facts,
}

/// What the customer gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amends {
    /// Money.
    Compensation,
    /// A gift or a token (FUP-10).
    Token,
    /// Somebody comes, or the goods are put right (CTL-08).
    Repair,
    /// An apology.
    Apology,
    /// An explanation, where nothing is owed.
    Explanation,
}

/// What the customer gets, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// Of what kind.
    pub amends: Amends,
    /// What exactly, as the customer is told.
    pub words: String,
    /// How much, where money is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// A settlement and when it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// When.
    pub at: Timestamp,
    /// It.
    #[serde(flatten)]
    pub settlement: Settlement,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// When.
    pub at: Timestamp,
    /// Whether the service was at fault (BUS-05).
    pub justified: bool,
    /// Why.
    pub reason: String,
}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A customer complains about the service of a claim that is about something else.
    Receive {
        /// In the customer's words.
        words: String,
    },
    /// First step.
    Thank {
        /// What was said.
        words: String,
    },
    /// Second step.
    Listen {
        /// The customer's statement.
        words: String,
    },
    /// Third step; may be corrected until the end.
    FindFacts(Facts),
    /// Fourth step.
    AskWish {
        /// What is wanted.
        words: String,
    },
    /// Fifth step.
    Settle(Settlement),
    /// Its end.
    Resolve {
        /// Whether the service was at fault.
        justified: bool,
        /// Why.
        reason: String,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Receive,
    Thank,
    Listen,
    FindFacts,
    AskWish,
    Settle,
    Resolve,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// A customer complained about the service.
    Received {
        /// In the customer's words.
        words: String,
    },
    /// The customer was thanked.
    Thanked {
        /// What was said.
        words: String,
    },
    /// The customer was heard out.
    Heard {
        /// The customer's statement.
        words: String,
    },
    /// The facts were found.
    FactsFound {
        /// They.
        found: Facts,
    },
    /// The customer said what is wanted.
    Wanted {
        /// What.
        words: String,
    },
    /// The customer got an answer and what makes up for it.
    Settled {
        /// What.
        settlement: Settlement,
    },
    /// Nothing is left to do about it.
    Resolved {
        /// Whether the service was at fault.
        justified: bool,
        /// Why.
        reason: String,
    },
}
