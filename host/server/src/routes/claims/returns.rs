//! `…/returns/…`: goods on their way back, and what went wrong with a delivery (LGT-24…29, 37…42).

mod body;

use super::steps::steps;
use crate::app::App;
use crate::http::auth::{May, TicketsRead};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::tickets::procedures::returns::{self, Anomalous, Unapproved};
use crate::views::carton_labels;
use axum::extract::State;
use axum::http::{StatusCode, header};
use body::{
    CountReturn, InspectReturn, PackReturn, RecordAnomaly, RedirectToCarrier, SendReturnBack, ShipReturn,
};
use body::{anomaly, counted, inspected, packed, redirected, sent_back, shipped};
use sanbao_domain::claim::procedure;
use sanbao_domain::claim::returns::Command;
use sanbao_domain::ids::{ClaimId, TicketId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

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
