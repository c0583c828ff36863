//! What happened to goods that come back.

use super::state::{Anomaly, Arrival, Carton, Label, ModelResult, Pieces, Receipt};
use serde::{Deserialize, Serialize};

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// The goods are in their cartons.
    Packed {
        /// What every label says.
        label: Label,
        /// The cartons.
        cartons: Vec<Carton>,
    },
    /// They left.
    Shipped {
        /// Who carries them.
        carrier: String,
        /// Number of the waybill.
        waybill: String,
        /// Who said so.
        by: String,
    },
    /// They arrived and were counted.
    Received {
        /// The count.
        receipt: Receipt,
    },
    /// Goods arrived that nobody had let come.
    CameUnapproved {
        /// The count.
        arrival: Arrival,
    },
    /// They were inspected.
    Inspected {
        /// By model.
        results: Vec<ModelResult>,
        /// Who inspected.
        by: String,
    },
    /// Goods went back.
    SentBack {
        /// Which.
        pieces: Vec<Pieces>,
        /// Who carries them.
        carrier: String,
        /// Number of the waybill.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waybill: Option<String>,
        /// Why.
        reason: String,
        /// Who said so.
        by: String,
    },
    /// The claimant was pointed to the carrier.
    Redirected {
        /// Whom to claim from.
        carrier: String,
        /// Why.
        reason: String,
        /// Who said so.
        by: String,
    },
    /// Something was wrong with the delivery.
    AnomalyRecorded {
        /// What.
        anomaly: Box<Anomaly>,
    },
}

impl Event {
    /// The word under which the journal files it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Packed { .. } => "returns/packed",
            Self::Shipped { .. } => "returns/shipped",
            Self::Received { .. } => "returns/received",
            Self::CameUnapproved { .. } => "returns/came-unapproved",
            Self::Inspected { .. } => "returns/inspected",
            Self::SentBack { .. } => "returns/sent-back",
            Self::Redirected { .. } => "returns/redirected",
            Self::AnomalyRecorded { .. } => "returns/anomaly-recorded",
        }
    }
}
