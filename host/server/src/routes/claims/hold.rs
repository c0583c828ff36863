//! `…/hold/…`: the clock stands still while the work waits for somebody else.

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use sanbao_domain::claim::hold::Command;
use sanbao_domain::claim::procedure;
use sanbao_domain::service_level::Pause;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(begin)).routes(routes!(resume))
}

/// Why the clock stands still.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BeginHold {
    /// awaiting-claimant, awaiting-parts, awaiting-supplier, awaiting-carrier or force-majeure.
    #[schema(value_type = String, example = "awaiting-parts")]
    reason: Pause,
    /// In words: what exactly, and until when it is expected.
    note: String,
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ResumeHold {}

steps! {
    /// The clock stands still: deadlines that may wait for this reason are not missed meanwhile.
    begin "hold/begin" BeginHold => |given, app| procedure::Command::Hold(begun(given)?);
    /// The clock goes on: what stood still falls due later by as long as it did.
    resume "hold/resume" ResumeHold => |given, app| {
        let ResumeHold {} = given;
        procedure::Command::Hold(Command::Resume)
    };
}

fn begun(given: BeginHold) -> Result<Command, Problem> {
    Checks::new().text("note", &given.note, 0..=5000).done()?;
    Ok(Command::Begin { reason: given.reason, note: given.note })
}
