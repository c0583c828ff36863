//! What is known about goods that come back.

use super::Event;
use crate::case::{Cause, Dates};
use crate::claim::{Document, Evidence};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Pieces of one model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pieces {
    /// Model.
    pub model: String,
    /// How many.
    pub pieces: u32,
}

/// All pieces together.
pub fn total(pieces: &[Pieces]) -> u32 {
    pieces.iter().fold(0, |sum, one| sum.saturating_add(one.pieces))
}

/// Each model once, in the order of its first mention.
pub(super) fn merged(pieces: impl IntoIterator<Item = Pieces>) -> Vec<Pieces> {
    let mut all: Vec<Pieces> = Vec::new();
    for one in pieces {
        match all.iter_mut().find(|known| known.model == one.model) {
            Some(known) => known.pieces = known.pieces.saturating_add(one.pieces),
            None => all.push(one),
        }
    }
    all
}

pub(super) fn of(pieces: &[Pieces], model: &str) -> u32 {
    pieces.iter().filter(|one| one.model == model).fold(0, |sum, one| sum.saturating_add(one.pieces))
}

/// What every carton's label says of the way (LGT-28).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// 收货单位: the unit that receives.
    pub receiving_unit: String,
    /// 收货人: the person there.
    pub consignee: String,
    /// 返货单位: the unit that returns.
    pub returning_unit: String,
}

/// One carton; it is number `number` of as many as there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carton {
    /// From 1.
    pub number: u32,
    /// What is in it.
    pub contents: Vec<Pieces>,
}

/// The goods left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Who carries them.
    pub carrier: String,
    /// Number of the waybill.
    pub waybill: String,
    /// When.
    pub at: Timestamp,
    /// Who said so.
    pub by: String,
}

/// A count that differs from what was stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Model.
    pub model: String,
    /// Stated by the returning unit; 0 for a model that was never announced.
    pub stated: u32,
    /// Counted by the respondent, which prevails (LGT-29).
    pub counted: u32,
}

/// The respondent's own count (LGT-29).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// When the goods arrived.
    pub at: Timestamp,
    /// Physical count by model.
    pub counted: Vec<Pieces>,
    /// Where it differs from what was stated.
    pub differences: Vec<Difference>,
    /// Remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who counted.
    pub by: String,
}

impl Receipt {
    /// The counted pieces of models that were announced: these are processed.
    pub fn settled(&self) -> Vec<Pieces> {
        self.counted.iter().filter(|one| !self.is_unannounced(&one.model)).cloned().collect()
    }

    /// The counted pieces of models that nobody announced: nobody approved them either (LGT-27).
    pub fn unannounced(&self) -> Vec<Pieces> {
        self.counted.iter().filter(|one| self.is_unannounced(&one.model)).cloned().collect()
    }

    fn is_unannounced(&self, model: &str) -> bool {
        self.differences.iter().any(|difference| difference.model == model && difference.stated == 0)
    }
}

/// Goods that came without approval (LGT-27).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// When.
    pub at: Timestamp,
    /// Physical count by model.
    pub counted: Vec<Pieces>,
    /// Remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who recorded it.
    pub by: String,
}

/// What the inspection found for one model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelResult {
    /// Model.
    pub model: String,
    /// Pieces that work as they should: they go back (LGT-24).
    pub good: u32,
    /// Pieces with a defect.
    pub defective: u32,
    /// Pieces that were damaged on purpose (LGT-30).
    #[serde(default)]
    pub deliberate: u32,
    /// The cause found.
    #[serde(default)]
    pub cause: Cause,
    /// The finding in words.
    pub text: String,
}

/// The inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// When.
    pub at: Timestamp,
    /// One for each model that was counted and announced.
    pub results: Vec<ModelResult>,
    /// Who inspected.
    pub by: String,
}

/// Goods that left for the returning unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBack {
    /// When.
    pub at: Timestamp,
    /// Which.
    pub pieces: Vec<Pieces>,
    /// Who carries them.
    pub carrier: String,
    /// Number of the waybill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// Who said so.
    pub by: String,
}

/// The claimant was pointed to the carrier (LGT-15, LGT-40).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirect {
    /// When.
    pub at: Timestamp,
    /// Whom to claim from.
    pub carrier: String,
    /// Why, and with which documents.
    pub reason: String,
    /// Who said so.
    pub by: String,
}

/// What was wrong with a delivery at its receipt (LGT-37…42).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnomalyKind {
    /// Cartons are lost.
    Loss,
    /// Pieces are missing.
    Shortage,
    /// Other goods than ordered.
    WrongGoods,
    /// Damaged on the way.
    Damage,
}

impl AnomalyKind {
    /// The cause that a policy knows it by.
    pub fn cause(self) -> Cause {
        match self {
            Self::Loss | Self::Shortage => Cause::Shortage,
            Self::WrongGoods => Cause::WrongDelivery,
            Self::Damage => Cause::Transit,
        }
    }
}

/// The carrier's signature on the record (LGT-37).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarrierSignature {
    /// Who signed for the carrier.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A Product Transport Anomaly Record (产品运输异常记录表).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anomaly {
    /// What was wrong.
    pub kind: AnomalyKind,
    /// Pieces concerned.
    pub pieces: u32,
    /// Pieces of the whole delivery, where known: large-scale breakage is measured by it (LGT-15).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered: Option<u32>,
    /// The carrier signed; absent: it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<CarrierSignature>,
    /// Who is liable; absent: nobody was found (LGT-38, LGT-39).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub liable_unit: Option<String>,
    /// The responsible person signed at the acceptance (LGT-42).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptance_signed: Option<bool>,
    /// The goods documents were sent to the order department (LGT-38, LGT-42).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents_sent: Option<bool>,
    /// Number of the record or form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// When the delivery was received and when this was reported: the limits of LGT-14, 16 and 38 run
    /// between the two.
    #[serde(default)]
    pub dates: Dates,
    /// Remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who recorded it.
    pub by: String,
}

impl Anomaly {
    /// The facts that a policy can read from it, by the names that policies of lighting goods declare; a
    /// policy that declares others does not see them.
    pub fn evidence(&self) -> Evidence {
        let mut attributes = serde_json::Map::new();
        attributes.insert("liable-unit-found".to_owned(), self.liable_unit.is_some().into());
        attributes.insert("anomaly-record-signed".to_owned(), self.signed.is_some().into());
        if let Some(delivered) = self.delivered {
            attributes.insert("delivered-pieces".to_owned(), delivered.into());
        }
        if let Some(signed) = self.acceptance_signed {
            attributes.insert("acceptance-signed".to_owned(), signed.into());
        }
        if let Some(sent) = self.documents_sent {
            attributes.insert("documents-faxed".to_owned(), sent.into());
        }
        if self.document.is_some() {
            attributes.insert("anomaly-on-record".to_owned(), true.into());
        }
        let document = |reference: &String| Document {
            kind: "transport-anomaly-record".to_owned(),
            reference: reference.clone(),
        };
        Evidence {
            dates: self.dates,
            cause: Some(self.kind.cause()),
            attributes,
            documents: self.document.iter().map(document).collect(),
            note: self.note.clone(),
            ..Evidence::default()
        }
    }
}

/// Goods on their way back to whoever judges them (LGT-24…29, 37…42).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Returns {
    /// What the cartons' labels say of the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// The cartons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cartons: Vec<Carton>,
    /// They left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipped: Option<Shipment>,
    /// They arrived and were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Receipt>,
    /// They were inspected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspected: Option<Inspection>,
    /// Goods that went back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sent_back: Vec<SentBack>,
    /// The claimant was pointed to the carrier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirected: Option<Redirect>,
    /// Goods that came without approval.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unapproved: Vec<Arrival>,
    /// What was wrong with the delivery.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub anomalies: Vec<Anomaly>,
}

impl Returns {
    pub(super) fn take_in(&mut self, event: &Event, at: Timestamp) {
        match event.clone() {
            Event::Packed { label, cartons } => {
                self.label = Some(label);
                self.cartons = cartons;
            }
            Event::Shipped { carrier, waybill, by } => {
                self.shipped = Some(Shipment { carrier, waybill, at, by });
            }
            Event::Received { receipt } => self.received = Some(receipt),
            Event::CameUnapproved { arrival } => self.unapproved.push(arrival),
            Event::Inspected { results, by } => self.inspected = Some(Inspection { at, results, by }),
            Event::SentBack { pieces, carrier, waybill, reason, by } => {
                self.sent_back.push(SentBack { at, pieces, carrier, waybill, reason, by });
            }
            Event::Redirected { carrier, reason, by } => {
                self.redirected = Some(Redirect { at, carrier, reason, by });
            }
            Event::AnomalyRecorded { anomaly } => self.anomalies.push(*anomaly),
        }
    }
}
