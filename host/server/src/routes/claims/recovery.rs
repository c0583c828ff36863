//! `…/recovery/…` and `…/upstream`: what was advanced for the claimant, and claiming it from whoever supplied
//! the goods (LGT-03, 17, 35; BUS-50; ENT-06).

use super::steps::steps;
use crate::app::App;
use crate::http::auth::{May, TicketsRead, TicketsWrite};
use crate::http::check::Checks;
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::Listed;
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::schema;
use crate::services::tickets::facts;
use crate::services::tickets::upstream::{self, OpenUpstream, UpstreamView};
use crate::views::ticket::TicketView;
use axum::extract::State;
use sanbao_domain::claim::procedure;
use sanbao_domain::claim::recovery::{Command, What};
use sanbao_domain::ids::{ClaimId, TicketId};
use sanbao_domain::money::Money;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(advance)).routes(routes!(open, list))
}

/// Something was paid for the claimant before it is settled who bears it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Advanced {
    /// freight, compensation, part or labour.
    #[schema(value_type = String, example = "freight")]
    what: What,
    /// How much.
    #[schema(value_type = schema::Money)]
    amount: Money,
    /// Number of the receipt (LGT-35).
    reference: String,
}

steps! {
    /// Records what the caller's party advanced, with its receipt: freight, compensation, a part, work
    /// (LGT-17, 35; ENT-06). The sum is what an upstream claim asks for.
    advance "recovery/advance" Advanced => |given, app| procedure::Command::from(advanced(given)?);
}

fn advanced(given: Advanced) -> Result<Command, Problem> {
    let Advanced { what, amount, reference } = given;
    let mut checks = Checks::new();
    facts::money(&mut checks, "amount".to_owned(), &amount);
    checks.text("reference", &reference, 1..=200).done()?;
    Ok(Command::Advance { what, amount, reference })
}

/// Opens a ticket of the caller's own with a claim against whoever supplied the goods, to recover a decided
/// claim. For the party that owes the decided claim, or handles it for its customer. Product, dates and cause
/// are carried over; the claimed amount is what the caller advanced, unless it is stated. The same claim, or
/// the same finding of it, is recovered once; 409 otherwise, until an earlier recovery was withdrawn.
#[utoipa::path(
    post,
    path = "/v1/tickets/{ticket}/claims/{claim}/upstream",
    tag = "tickets",
    params(
        ("ticket" = String, Path, format = Uuid, description = "Id of the ticket"),
        ("claim" = String, Path, format = Uuid, description = "Id of the decided claim"),
    ),
    request_body = OpenUpstream,
    responses((status = 201, description = "The new ticket, judged", body = TicketView), Problems)
)]
async fn open(
    State(app): State<App>,
    caller: May<TicketsWrite>,
    Ids(ids): Ids<(TicketId, ClaimId)>,
    lang: Lang,
    post: Post<OpenUpstream>,
) -> Answer {
    upstream::open(&app, &caller, lang.0, &post.once, ids, post.body).await
}

/// The claims by which the caller recovers this one, oldest first. Nobody else sees them.
#[utoipa::path(
    get,
    path = "/v1/tickets/{ticket}/claims/{claim}/upstream",
    tag = "tickets",
    params(
        ("ticket" = String, Path, format = Uuid, description = "Id of the ticket"),
        ("claim" = String, Path, format = Uuid, description = "Id of the decided claim"),
    ),
    responses((status = 200, description = "All of them", body = Listed<UpstreamView>), Problems)
)]
async fn list(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ids): Ids<(TicketId, ClaimId)>,
) -> Answer {
    Reply::ok(&upstream::list(&app, &caller, ids).await?)
}
