//! `/v1/parts/requisitions`: parts are asked for, approved, drawn, used or returned, and written off.

use crate::app::App;
use crate::http::auth::{May, PartsRead, PartsWrite};
use crate::http::ids::{Ids, IfMatch};
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Page, Params};
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::http::schema;
use crate::services::parts::requisitions::{self, Order};
use crate::views::parts::RequisitionView;
use axum::extract::State;
use sanbao_domain::ids::{ClaimId, JobId, RequisitionId, TicketId};
use sanbao_domain::money::Money;
use sanbao_domain::parts::requisition::{Proposal, StateName};
use sanbao_domain::parts::{Condition, Place};
use sanbao_store::parts::requisition::Filter;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, propose))
        .routes(routes!(show))
        .routes(routes!(approve))
        .routes(routes!(reject))
        .routes(routes!(issue))
        .routes(routes!(r#use))
        .routes(routes!(postage))
        .routes(routes!(return_unused))
        .routes(routes!(old_part))
        .routes(routes!(repair))
        .routes(routes!(write_off))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those in this state.
    #[param(value_type = Option<String>)]
    state: Option<StateName>,
    /// Only those for this ticket.
    #[param(value_type = Option<String>, format = Uuid)]
    ticket: Option<TicketId>,
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The requisitions of the key's party. Needs `parts:read`.
#[utoipa::path(get, path = "/v1/parts/requisitions", tag = "parts", params(ListParams),
    responses((status = 200, description = "Newest first.", body = Listed<RequisitionView>), Problems))]
async fn list(State(app): State<App>, caller: May<PartsRead>, Params(params): Params<ListParams>) -> Answer {
    let page = Page::new(params.limit, params.cursor.as_deref())?;
    let filter = Filter { state: params.state, ticket: params.ticket };
    Reply::ok(&requisitions::list(&app, &caller, &filter, page).await?)
}

/// What is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRequisition {
    /// The ticket.
    #[schema(value_type = String, format = Uuid)]
    ticket: TicketId,
    /// Its claim.
    #[schema(value_type = String, format = Uuid)]
    claim: ClaimId,
    /// The job on site, where there is one: its report is then what the parts are written off against.
    #[schema(value_type = Option<String>, format = Uuid)]
    job: Option<JobId>,
    /// Part number.
    part: String,
    /// `good`, or `after-sales` for a repaired one; `good` when nothing is said.
    #[serde(default = "good")]
    #[schema(value_type = Option<String>)]
    condition: Condition,
    /// Pieces.
    quantity: u32,
    /// `store:NAME` or `station:PARTY`.
    #[schema(value_type = String, example = "store:main")]
    from: Place,
    /// Who takes them over: `technician:NAME`, or `transit` when they are mailed (BUS-43).
    #[schema(value_type = String, example = "technician:Wang")]
    to: Place,
    /// Why the part is replaced.
    reason: String,
}

fn good() -> Condition {
    Condition::Good
}

/// Asks for parts for a claim. The policy of the key's party says who approves, the leader where it names
/// nobody (BUS-41). Needs `parts:write`.
#[utoipa::path(post, path = "/v1/parts/requisitions", tag = "parts", request_body = NewRequisition,
    responses((status = 201, description = "To be approved.", body = RequisitionView), Problems))]
async fn propose(State(app): State<App>, caller: May<PartsWrite>, post: Post<NewRequisition>) -> Answer {
    let NewRequisition { ticket, claim, job, part, condition, quantity, from, to, reason } = post.body;
    let proposal = Proposal { ticket, claim, job, part, condition, quantity, from, to, reason };
    requisitions::propose(&app, &caller, &post.once, proposal).await
}

/// A requisition. Needs `parts:read`.
#[utoipa::path(get, path = "/v1/parts/requisitions/{requisition}", tag = "parts",
    params(("requisition" = String, Path, format = Uuid)),
    responses((status = 200, description = "The requisition.", body = RequisitionView), Problems))]
async fn show(State(app): State<App>, caller: May<PartsRead>, Ids(id): Ids<RequisitionId>) -> Answer {
    let view = requisitions::find(&app, &caller, id).await?;
    Ok(Reply::ok(&view)?.etag(view.version.unsigned_abs()))
}

/// A command with its body, its documentation and what it orders.
macro_rules! command {
    ($(#[$doc:meta])* $name:ident $path:literal $body:ident |$post:ident| $order:expr) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "parts",
            params(("requisition" = String, Path, format = Uuid)), request_body = $body,
            responses((status = 200, description = "The requisition.", body = RequisitionView), Problems))]
        async fn $name(
            State(app): State<App>,
            caller: May<PartsWrite>,
            Ids(id): Ids<RequisitionId>,
            if_match: IfMatch,
            post: Post<$body>,
        ) -> Answer {
            let $post = post.body;
            requisitions::give(&app, &caller, id, if_match, &post.once, $order).await
        }
    };
}

/// A remark.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Noted {
    note: Option<String>,
}

/// A reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reasoned {
    /// In clear words.
    reason: String,
}

/// Nothing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// A quantity.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Pieces {
    /// Pieces.
    quantity: u32,
}

/// What mailing cost.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPostage {
    #[schema(value_type = schema::Money)]
    amount: Money,
    /// Number of the voucher.
    voucher: String,
}

/// Old parts: back, or gone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OldPart {
    /// Pieces.
    quantity: u32,
    /// The shelf that they are put to; that of the new part when nothing is said.
    #[schema(value_type = Option<String>, example = "store:main")]
    to: Option<Place>,
    /// Why they will not come back; for mailed parts only (BUS-43).
    lost: Option<String>,
}

command! {
    /// Signs the next step of the approval. Needs `parts:write` and the role.
    approve "/v1/parts/requisitions/{requisition}/approve" Noted |body| Order::Approve { note: body.note }
}
command! {
    /// Refuses it, as long as nothing was issued. Needs `parts:write` and the role whose signature is next.
    reject "/v1/parts/requisitions/{requisition}/reject" Reasoned |body| Order::Reject { reason: body.reason }
}
command! {
    /// Hands the parts over; never before approval (BUS-41). Needs `parts:write`.
    issue "/v1/parts/requisitions/{requisition}/issue" Nothing |_body| Order::Issue
}
command! {
    /// Parts were built in. Needs `parts:write`.
    r#use "/v1/parts/requisitions/{requisition}/use" Pieces |body| Order::Use { quantity: body.quantity }
}
command! {
    /// What mailing cost, with the handler's signature (BUS-43). Needs `parts:write`.
    postage "/v1/parts/requisitions/{requisition}/postage" NewPostage
        |body| Order::Postage { amount: body.amount, voucher: body.voucher }
}
command! {
    /// Parts were not needed and are back on their shelf (BUS-47). Needs `parts:write`.
    return_unused "/v1/parts/requisitions/{requisition}/return-unused" Pieces
        |body| Order::ReturnUnused { quantity: body.quantity }
}
command! {
    /// Old parts are back (BUS-32), or those of mailed parts are gone, with the reason (BUS-43). Needs
    /// `parts:write`.
    old_part "/v1/parts/requisitions/{requisition}/old-part" OldPart |body| match body.lost {
        Some(reason) => Order::OldPartLost { quantity: body.quantity, reason },
        None => Order::OldPart { quantity: body.quantity, to: body.to },
    }
}
command! {
    /// Old parts were repaired and go to the after-sales pool (LGT-46, 47). Needs `parts:write`.
    repair "/v1/parts/requisitions/{requisition}/repair" Pieces
        |body| Order::Repair { quantity: body.quantity }
}
command! {
    /// Takes the parts off the account: against the service report that the user signed and the leader
    /// approved, and the old parts (BUS-42, 47); for mailed parts against the signatures of handler and leader
    /// (BUS-43). Needs `parts:write`, and the role `leader` for mailed parts.
    write_off "/v1/parts/requisitions/{requisition}/write-off" Noted
        |body| Order::WriteOff { note: body.note }
}
