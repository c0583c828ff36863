//! Goods that were out of stock (STO-33…36): the ticket registers what is wanted; a transfer is arranged with
//! the day of its arrival, the customer is asked once more before it starts, told within the week whether or
//! not the goods arrive, and told at once when they do.

mod machine;
mod refusal;

pub use refusal::Refusal;

use crate::case::Channel;
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

/// How far a registration is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stock {
    /// Where the goods come from, and when (STO-33).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arranged: Option<Arranged>,
    /// There is stock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
    /// The customer still wants them (STO-34).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub still_wanted: Option<Told>,
    /// The transfer is under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer_started_at: Option<Timestamp>,
    /// What the customer was told on the way (STO-35).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Told>,
    /// The goods are here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrived_at: Option<Timestamp>,
    /// The customer was asked to collect them (STO-36).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notified: Option<Told>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
}

/// A transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Where the goods come from.
    pub from: String,
    /// The day on which they are expected.
    pub expected_on: Date,
}

/// A transfer and when it was arranged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arranged {
    /// When.
    pub at: Timestamp,
    /// It.
    #[serde(flatten)]
    pub transfer: Transfer,
}

/// What the customer was told, how and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When.
    pub at: Timestamp,
    /// How.
    pub channel: Channel,
    /// What.
    pub words: String,
}

/// How a registration ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
pub enum Ended {
    /// The customer has the goods.
    Collected {
        /// When.
        at: Timestamp,
        /// Who took them.
        by: String,
    },
    /// The customer does not want them any more.
    Declined {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// The goods cannot be had.
    Unavailable {
        /// When.
        at: Timestamp,
        /// What the customer was told.
        words: String,
    },
}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A transfer is arranged, or expected on another day (STO-33).
    Arrange(Transfer),
    /// There is stock.
    Confirm,
    /// The customer was asked again before the transfer (STO-34).
    AskAgain {
        /// How.
        channel: Channel,
        /// What was said.
        words: String,
        /// Whether the goods are still wanted.
        still_wanted: bool,
    },
    /// The transfer starts.
    StartTransfer,
    /// The customer is told how it stands (STO-35).
    Reply {
        /// How.
        channel: Channel,
        /// What.
        words: String,
        /// The goods cannot be had.
        unavailable: bool,
    },
    /// The goods are here.
    Arrive,
    /// The customer is asked to collect them (STO-36).
    Notify {
        /// How.
        channel: Channel,
        /// What was said.
        words: String,
    },
    /// The customer has the goods.
    Collect {
        /// Who took them.
        by: String,
    },
    /// The customer does not want them any more.
    Decline {
        /// Why.
        reason: String,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Arrange,
    Confirm,
    AskAgain,
    StartTransfer,
    Reply,
    Arrive,
    Notify,
    Collect,
    Decline,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// A transfer was arranged.
    Arranged {
        /// It.
        transfer: Transfer,
    },
    /// There is stock.
    Confirmed,
    /// The customer was asked again.
    AskedAgain {
        /// How.
        channel: Channel,
        /// What was said.
        words: String,
    },
    /// The transfer started.
    TransferStarted,
    /// The customer was told how it stands.
    Replied {
        /// How.
        channel: Channel,
        /// What.
        words: String,
    },
    /// The goods are here.
    Arrived,
    /// The customer was asked to collect them.
    Notified {
        /// How.
        channel: Channel,
        /// What was said.
        words: String,
    },
    /// The customer has the goods.
    Collected {
        /// Who took them.
        by: String,
    },
    /// The customer does not want them any more.
    Declined {
        /// Why.
        reason: String,
    },
    /// The goods cannot be had.
    Unavailable {
        /// What the customer was told.
        words: String,
    },
}
