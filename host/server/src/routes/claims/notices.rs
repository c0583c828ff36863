//! `…/notices/stop`: no more of them, for a good reason (STO-28).

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use sanbao_domain::claim::notices::Command;
use sanbao_domain::claim::procedure;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(stop))
}

/// Which notices are to end, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StopNotices {
    /// `number` of a sequence of the claim's `procedures.notices`.
    sequence: u32,
    /// The good reason, in clear words.
    #[serde(default)]
    reason: String,
}

steps! {
    /// No more of these notices, and nothing that would follow the last: the reason is a good one (STO-28).
    stop "notices/stop" StopNotices => |given, _app| procedure::Command::from(stopped(given)?);
}

fn stopped(given: StopNotices) -> Result<Command, Problem> {
    Checks::new().text("reason", &given.reason, 0..=5000).done()?;
    Ok(Command::Stop { sequence: given.sequence, reason: given.reason })
}
