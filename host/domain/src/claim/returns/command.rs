//! What somebody wants to happen to goods that come back.

use super::state::{Anomaly, Label, ModelResult, Pieces};
use crate::time::Timestamp;

/// A command.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The goods are in their cartons; packing again replaces what was packed.
    Pack {
        /// What every label says.
        label: Label,
        /// The contents of each carton, in the order of their numbers.
        cartons: Vec<Vec<Pieces>>,
    },
    /// They left.
    Ship {
        /// Who carries them.
        carrier: String,
        /// Number of the waybill.
        waybill: String,
    },
    /// They arrived and were counted by hand (LGT-29).
    Receive {
        /// By model.
        counted: Vec<Pieces>,
        /// When they arrived, if not now.
        at: Option<Timestamp>,
        /// Remark.
        note: Option<String>,
    },
    /// Goods arrived that nobody had let come (LGT-27).
    RecordUnapproved {
        /// By model.
        counted: Vec<Pieces>,
        /// When they arrived, if not now.
        at: Option<Timestamp>,
        /// Remark.
        note: Option<String>,
    },
    /// They were inspected.
    Inspect {
        /// One for each model that was counted and announced.
        results: Vec<ModelResult>,
    },
    /// Goods go back (LGT-24).
    SendBack {
        /// Which.
        pieces: Vec<Pieces>,
        /// Who carries them.
        carrier: String,
        /// Number of the waybill.
        waybill: Option<String>,
        /// Why, in words.
        reason: String,
    },
    /// The claimant is pointed to the carrier (LGT-15, LGT-40).
    Redirect {
        /// Whom to claim from.
        carrier: String,
        /// Why, and with which documents.
        reason: String,
    },
    /// Something was wrong with a delivery at its receipt (LGT-37). What a policy can read from it is given
    /// to the claim as evidence beside it.
    RecordAnomaly(Box<Anomaly>),
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Pack,
    Ship,
    Receive,
    RecordUnapproved,
    Inspect,
    SendBack,
    Redirect,
    RecordAnomaly,
}

impl Name {
    /// The end of the command's path.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pack => "returns/pack",
            Self::Ship => "returns/ship",
            Self::Receive => "returns/receive",
            Self::RecordUnapproved => "returns/record-unapproved",
            Self::Inspect => "returns/inspect",
            Self::SendBack => "returns/send-back",
            Self::Redirect => "returns/redirect",
            Self::RecordAnomaly => "returns/record-anomaly",
        }
    }
}

impl Command {
    /// Its name.
    pub fn name(&self) -> Name {
        match self {
            Self::Pack { .. } => Name::Pack,
            Self::Ship { .. } => Name::Ship,
            Self::Receive { .. } => Name::Receive,
            Self::RecordUnapproved { .. } => Name::RecordUnapproved,
            Self::Inspect { .. } => Name::Inspect,
            Self::SendBack { .. } => Name::SendBack,
            Self::Redirect { .. } => Name::Redirect,
            Self::RecordAnomaly(_) => Name::RecordAnomaly,
        }
    }
}
