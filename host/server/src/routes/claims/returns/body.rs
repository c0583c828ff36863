//! The bodies of `…/returns/…`, and what makes commands of them.

use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::http::schema;
use sanbao_domain::case::{Cause, Dates};
use sanbao_domain::claim::returns::{
    Anomaly, AnomalyKind, CarrierSignature, Command, Label, ModelResult, Pieces,
};
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

/// No return has more pieces of a model, models, or cartons.
const MOST_PIECES: u32 = 1_000_000;
const MOST_ROWS: usize = 500;

/// Pieces of one model.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PiecesOfModel {
    /// Model.
    #[schema(example = "DL-9")]
    pub(super) model: String,
    /// How many.
    pub(super) pieces: u32,
}

/// Cartons, with what their labels say (LGT-28).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PackReturn {
    /// The unit that receives (收货单位).
    pub(super) receiving_unit: String,
    /// The person there (收货人).
    pub(super) consignee: String,
    /// The unit that returns (返货单位).
    pub(super) returning_unit: String,
    /// The contents of each carton, by model, in the order of the cartons' numbers.
    pub(super) cartons: Vec<Vec<PiecesOfModel>>,
}

/// The goods left.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShipReturn {
    /// Who carries them.
    pub(super) carrier: String,
    /// Number of the waybill.
    pub(super) waybill: String,
}

/// A physical count (LGT-29).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CountReturn {
    /// By model; none where nothing of what was announced arrived.
    pub(super) counted: Vec<PiecesOfModel>,
    /// When they arrived; now when nothing is said.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) at: Option<Timestamp>,
    /// Remark.
    pub(super) note: Option<String>,
}

/// What the inspection found for one model.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InspectedModel {
    /// Model.
    pub(super) model: String,
    /// Pieces that work as they should: they go back (LGT-24).
    pub(super) good: u32,
    /// Pieces with a defect.
    pub(super) defective: u32,
    /// Pieces that were damaged on purpose (LGT-30).
    #[serde(default)]
    pub(super) deliberate: u32,
    /// The cause found.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "quality")]
    pub(super) cause: Cause,
    /// The finding in words.
    pub(super) text: String,
}

/// The inspection: good, defective and deliberately damaged pieces add up to the count of each model.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InspectReturn {
    /// One for each model that was counted and announced.
    pub(super) results: Vec<InspectedModel>,
}

/// Goods go back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SendReturnBack {
    /// Which.
    pub(super) pieces: Vec<PiecesOfModel>,
    /// Who carries them.
    pub(super) carrier: String,
    /// Number of the waybill.
    pub(super) waybill: Option<String>,
    /// Why, in words.
    pub(super) reason: String,
}

/// The claimant claims from the carrier.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RedirectToCarrier {
    /// Whom to claim from.
    pub(super) carrier: String,
    /// Why, and with which documents.
    pub(super) reason: String,
}

/// The carrier's signature.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignedByCarrier {
    /// Who signed for the carrier.
    pub(super) by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub(super) at: Timestamp,
}

/// A Product Transport Anomaly Record (产品运输异常记录表, LGT-37).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordAnomaly {
    /// loss, shortage, wrong-goods or damage.
    #[schema(value_type = String, example = "damage")]
    pub(super) kind: AnomalyKind,
    /// Pieces concerned.
    pub(super) pieces: u32,
    /// Pieces of the whole delivery, where known.
    pub(super) delivered: Option<u32>,
    /// The carrier signed; leave it out where it did not.
    pub(super) signed: Option<SignedByCarrier>,
    /// Who is liable; leave it out where nobody was found.
    pub(super) liable_unit: Option<String>,
    /// The responsible person signed at the acceptance (LGT-42).
    pub(super) acceptance_signed: Option<bool>,
    /// The goods documents were sent to the order department (LGT-38, LGT-42).
    pub(super) documents_sent: Option<bool>,
    /// Number of the record or form.
    pub(super) document: Option<String>,
    /// When the delivery was received and when that was reported.
    #[serde(default)]
    #[schema(value_type = Option<schema::Dates>)]
    pub(super) dates: Dates,
    /// Remark.
    pub(super) note: Option<String>,
}

/// Checks a list of pieces; `field` is where it is.
fn pieces(checks: &mut Checks, field: &str, given: Vec<PiecesOfModel>) -> Vec<Pieces> {
    rows(checks, field, given.len());
    for (index, one) in given.iter().enumerate() {
        checks.text(format!("{field}[{index}].model"), &one.model, 1..=200);
        number(checks, format!("{field}[{index}].pieces"), one.pieces);
    }
    given.into_iter().map(|one| Pieces { model: one.model, pieces: one.pieces }).collect()
}

fn rows(checks: &mut Checks, field: &str, rows: usize) {
    checks.that(
        rows <= MOST_ROWS,
        field,
        Text::new("太多行", "there are too many"),
        Text::new(format!("最多 {MOST_ROWS} 行。"), format!("Give at most {MOST_ROWS}.")),
    );
}

fn number(checks: &mut Checks, field: String, pieces: u32) {
    checks.that(
        pieces <= MOST_PIECES,
        field,
        Text::new("件数过大", "no return has so many pieces"),
        Text::new(format!("最多 {MOST_PIECES} 件。"), format!("Give at most {MOST_PIECES}.")),
    );
}

pub(super) fn packed(given: PackReturn) -> Result<Command, Problem> {
    let PackReturn { receiving_unit, consignee, returning_unit, cartons } = given;
    let mut checks = Checks::new();
    checks.text("receiving_unit", &receiving_unit, 1..=200);
    checks.text("consignee", &consignee, 1..=200);
    checks.text("returning_unit", &returning_unit, 1..=200);
    rows(&mut checks, "cartons", cartons.len());
    let cartons = cartons
        .into_iter()
        .enumerate()
        .map(|(index, carton)| pieces(&mut checks, &format!("cartons[{index}]"), carton))
        .collect();
    checks.done()?;
    Ok(Command::Pack { label: Label { receiving_unit, consignee, returning_unit }, cartons })
}

pub(super) fn shipped(given: ShipReturn) -> Result<Command, Problem> {
    let ShipReturn { carrier, waybill } = given;
    Checks::new().text("carrier", &carrier, 1..=200).text("waybill", &waybill, 1..=100).done()?;
    Ok(Command::Ship { carrier, waybill })
}

pub(super) type Count = (Vec<Pieces>, Option<Timestamp>, Option<String>);

pub(super) fn counted(given: CountReturn) -> Result<Count, Problem> {
    let CountReturn { counted, at, note } = given;
    let mut checks = Checks::new();
    let counted = pieces(&mut checks, "counted", counted);
    checks.optional("note", note.as_deref(), 1..=5000);
    checks.done()?;
    Ok((counted, at, note))
}

pub(super) fn inspected(given: InspectReturn) -> Result<Command, Problem> {
    let mut checks = Checks::new();
    rows(&mut checks, "results", given.results.len());
    for (index, one) in given.results.iter().enumerate() {
        checks.text(format!("results[{index}].model"), &one.model, 1..=200);
        checks.text(format!("results[{index}].text"), &one.text, 1..=2000);
        for (field, pieces) in
            [("good", one.good), ("defective", one.defective), ("deliberate", one.deliberate)]
        {
            number(&mut checks, format!("results[{index}].{field}"), pieces);
        }
    }
    checks.done()?;
    let results = given.results.into_iter().map(|one| {
        let InspectedModel { model, good, defective, deliberate, cause, text } = one;
        ModelResult { model, good, defective, deliberate, cause, text }
    });
    Ok(Command::Inspect { results: results.collect() })
}

pub(super) fn sent_back(given: SendReturnBack) -> Result<Command, Problem> {
    let SendReturnBack { pieces: given, carrier, waybill, reason } = given;
    let mut checks = Checks::new();
    let pieces = pieces(&mut checks, "pieces", given);
    checks.text("carrier", &carrier, 1..=200).optional("waybill", waybill.as_deref(), 1..=100);
    checks.text("reason", &reason, 1..=2000).done()?;
    Ok(Command::SendBack { pieces, carrier, waybill, reason })
}

pub(super) fn redirected(given: RedirectToCarrier) -> Result<Command, Problem> {
    let RedirectToCarrier { carrier, reason } = given;
    Checks::new().text("carrier", &carrier, 1..=200).text("reason", &reason, 1..=2000).done()?;
    Ok(Command::Redirect { carrier, reason })
}

pub(super) fn anomaly(given: RecordAnomaly) -> Result<Anomaly, Problem> {
    let RecordAnomaly {
        kind,
        pieces,
        delivered,
        signed,
        liable_unit,
        acceptance_signed,
        documents_sent,
        document,
        dates,
        note,
    } = given;
    let mut checks = Checks::new();
    number(&mut checks, "pieces".to_owned(), pieces);
    number(&mut checks, "delivered".to_owned(), delivered.unwrap_or_default());
    if let Some(signed) = &signed {
        checks.text("signed.by", &signed.by, 1..=200);
    }
    checks.optional("liable_unit", liable_unit.as_deref(), 1..=200);
    checks.optional("document", document.as_deref(), 1..=200);
    checks.optional("note", note.as_deref(), 1..=5000);
    checks.done()?;
    Ok(Anomaly {
        kind,
        pieces,
        delivered,
        signed: signed.map(|signed| CarrierSignature { by: signed.by, at: signed.at }),
        liable_unit,
        acceptance_signed,
        documents_sent,
        document,
        dates,
        note,
        // Who and when, the state machine says.
        at: Timestamp::UNIX_EPOCH,
        by: String::new(),
    })
}
