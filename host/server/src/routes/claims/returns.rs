//! `…/returns/…`: goods on their way back, and what went wrong with a delivery (LGT-24…29, 37…42).

use super::steps::steps;
use crate::app::App;
use crate::http::auth::{May, TicketsRead};
use crate::http::check::Checks;
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::schema;
use crate::services::tickets::procedures::returns::{self, Anomalous, Unapproved};
use crate::views::carton_labels;
use axum::extract::State;
use axum::http::{StatusCode, header};
use sanbao_domain::case::{Cause, Dates};
use sanbao_domain::claim::procedure;
use sanbao_domain::claim::returns::{
    Anomaly, AnomalyKind, CarrierSignature, Command, Label, ModelResult, Pieces,
};
use sanbao_domain::ids::{ClaimId, TicketId};
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// No return has more pieces of a model, models, or cartons.
const MOST_PIECES: u32 = 1_000_000;
const MOST_ROWS: usize = 500;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(pack))
        .routes(routes!(ship))
        .routes(routes!(receive))
        .routes(routes!(record_unapproved))
        .routes(routes!(inspect))
        .routes(routes!(send_back))
        .routes(routes!(redirect))
        .routes(routes!(record_anomaly))
        .routes(routes!(labels))
}

/// Pieces of one model.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PiecesOfModel {
    /// Model.
    #[schema(example = "DL-9")]
    model: String,
    /// How many.
    pieces: u32,
}

/// Cartons, with what their labels say (LGT-28).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PackReturn {
    /// The unit that receives (收货单位).
    receiving_unit: String,
    /// The person there (收货人).
    consignee: String,
    /// The unit that returns (返货单位).
    returning_unit: String,
    /// The contents of each carton, by model, in the order of the cartons' numbers.
    cartons: Vec<Vec<PiecesOfModel>>,
}

/// The goods left.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShipReturn {
    /// Who carries them.
    carrier: String,
    /// Number of the waybill.
    waybill: String,
}

/// A physical count (LGT-29).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CountReturn {
    /// By model; none where nothing of what was announced arrived.
    counted: Vec<PiecesOfModel>,
    /// When they arrived; now when nothing is said.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// Remark.
    note: Option<String>,
}

/// What the inspection found for one model.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InspectedModel {
    /// Model.
    model: String,
    /// Pieces that work as they should: they go back (LGT-24).
    good: u32,
    /// Pieces with a defect.
    defective: u32,
    /// Pieces that were damaged on purpose (LGT-30).
    #[serde(default)]
    deliberate: u32,
    /// The cause found.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "quality")]
    cause: Cause,
    /// The finding in words.
    text: String,
}

/// The inspection: good, defective and deliberately damaged pieces add up to the count of each model.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InspectReturn {
    /// One for each model that was counted and announced.
    results: Vec<InspectedModel>,
}

/// Goods go back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SendReturnBack {
    /// Which.
    pieces: Vec<PiecesOfModel>,
    /// Who carries them.
    carrier: String,
    /// Number of the waybill.
    waybill: Option<String>,
    /// Why, in words.
    reason: String,
}

/// The claimant claims from the carrier.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RedirectToCarrier {
    /// Whom to claim from.
    carrier: String,
    /// Why, and with which documents.
    reason: String,
}

/// The carrier's signature.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignedByCarrier {
    /// Who signed for the carrier.
    by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// A Product Transport Anomaly Record (产品运输异常记录表, LGT-37).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecordAnomaly {
    /// loss, shortage, wrong-goods or damage.
    #[schema(value_type = String, example = "damage")]
    kind: AnomalyKind,
    /// Pieces concerned.
    pieces: u32,
    /// Pieces of the whole delivery, where known.
    delivered: Option<u32>,
    /// The carrier signed; leave it out where it did not.
    signed: Option<SignedByCarrier>,
    /// Who is liable; leave it out where nobody was found.
    liable_unit: Option<String>,
    /// The responsible person signed at the acceptance (LGT-42).
    acceptance_signed: Option<bool>,
    /// The goods documents were sent to the order department (LGT-38, LGT-42).
    documents_sent: Option<bool>,
    /// Number of the record or form.
    document: Option<String>,
    /// When the delivery was received and when that was reported.
    #[serde(default)]
    #[schema(value_type = Option<schema::Dates>)]
    dates: Dates,
    /// Remark.
    note: Option<String>,
}

steps! {
    /// Packs the approved goods; packing again before they leave replaces what was packed (LGT-27, 28).
    pack "returns/pack" PackReturn => |given, app| procedure::Command::from(packed(given)?);
    /// The goods leave.
    ship "returns/ship" ShipReturn => |given, app| procedure::Command::from(shipped(given)?);
    /// The goods arrived: the respondent's own count by model prevails over the stated one (LGT-29).
    receive "returns/receive" CountReturn => |given, app| {
        let (counted, at, note) = counted(given)?;
        procedure::Command::from(Command::Receive { counted, at, note })
    };
    /// Goods arrived that nobody had let come: they are not processed, only sent back (LGT-27). Where no
    /// person has the claim in hand, the policy is told and judges anew.
    record_unapproved "returns/record-unapproved" CountReturn => |given, app| {
        let (counted, at, note) = counted(given)?;
        Unapproved(Command::RecordUnapproved { counted, at, note })
    };
    /// What the inspection found, by model (LGT-24, 29, 30).
    inspect "returns/inspect" InspectReturn => |given, app| procedure::Command::from(inspected(given)?);
    /// Sends goods back to the returning unit (LGT-24).
    send_back "returns/send-back" SendReturnBack => |given, app| procedure::Command::from(sent_back(given)?);
    /// Points the claimant to the carrier (LGT-15, 40).
    redirect "returns/redirect" RedirectToCarrier => |given, app| procedure::Command::from(redirected(given)?);
    /// Records what was wrong with a delivery at its receipt (LGT-37…42). What the policy can read from it
    /// becomes evidence, and where no person has the claim in hand the policy judges anew.
    record_anomaly "returns/record-anomaly" RecordAnomaly => |given, app| Anomalous(Box::new(anomaly(given)?));
}

/// The cartons' labels as a page to print, one label on each sheet (LGT-28): receiving unit, consignee,
/// returning unit, total pieces, carton number, pieces in it, k of n, and a QR code with the ticket's
/// number, the claim and k/n.
#[utoipa::path(
    get,
    path = "/v1/tickets/{ticket}/claims/{claim}/returns/labels",
    tag = "procedures",
    params(
        ("ticket" = String, Path, format = Uuid, description = "Id of the ticket"),
        ("claim" = String, Path, format = Uuid, description = "Id of the claim"),
    ),
    responses((status = 200, description = "A page to print", body = String, content_type = "text/html"), Problems)
)]
async fn labels(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ids): Ids<(TicketId, ClaimId)>,
) -> Answer {
    let printed = returns::labels(&app, &caller, ids).await?;
    let page = carton_labels::page(&printed).map_err(Problem::internal)?;
    Ok(Reply::bytes(StatusCode::OK, "text/html; charset=utf-8", page)
        .header(header::CONTENT_SECURITY_POLICY, carton_labels::CONTENT_SECURITY_POLICY))
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

fn packed(given: PackReturn) -> Result<Command, Problem> {
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

fn shipped(given: ShipReturn) -> Result<Command, Problem> {
    let ShipReturn { carrier, waybill } = given;
    Checks::new().text("carrier", &carrier, 1..=200).text("waybill", &waybill, 1..=100).done()?;
    Ok(Command::Ship { carrier, waybill })
}

type Count = (Vec<Pieces>, Option<Timestamp>, Option<String>);

fn counted(given: CountReturn) -> Result<Count, Problem> {
    let CountReturn { counted, at, note } = given;
    let mut checks = Checks::new();
    let counted = pieces(&mut checks, "counted", counted);
    checks.optional("note", note.as_deref(), 1..=5000);
    checks.done()?;
    Ok((counted, at, note))
}

fn inspected(given: InspectReturn) -> Result<Command, Problem> {
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

fn sent_back(given: SendReturnBack) -> Result<Command, Problem> {
    let SendReturnBack { pieces: given, carrier, waybill, reason } = given;
    let mut checks = Checks::new();
    let pieces = pieces(&mut checks, "pieces", given);
    checks.text("carrier", &carrier, 1..=200).optional("waybill", waybill.as_deref(), 1..=100);
    checks.text("reason", &reason, 1..=2000).done()?;
    Ok(Command::SendBack { pieces, carrier, waybill, reason })
}

fn redirected(given: RedirectToCarrier) -> Result<Command, Problem> {
    let RedirectToCarrier { carrier, reason } = given;
    Checks::new().text("carrier", &carrier, 1..=200).text("reason", &reason, 1..=2000).done()?;
    Ok(Command::Redirect { carrier, reason })
}

fn anomaly(given: RecordAnomaly) -> Result<Anomaly, Problem> {
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
