//! `/v1/what-if`: a verdict on edited facts or another date; nothing is stored.

use crate::app::App;
use crate::http::auth::{May, PoliciesRead};
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::what_if::{self, Question, StatedFacts};
use crate::views::what_if::WhatIfView;
use axum::extract::State;
use sanbao_domain::ids::{ClaimId, PolicyId, ReceiptId, TicketId};
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ask))
}

/// What to ask: `receipt`, or `ticket` and `claim`, or `facts` to start from, and what is to be otherwise.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WhatIf {
    /// A recorded decision on coverage: its facts as they were.
    #[schema(value_type = Option<String>, format = Uuid)]
    receipt: Option<ReceiptId>,
    /// A ticket: the facts of `claim` as they stand.
    #[schema(value_type = Option<String>, format = Uuid)]
    ticket: Option<TicketId>,
    /// A claim of `ticket`.
    #[schema(value_type = Option<String>, format = Uuid)]
    claim: Option<ClaimId>,
    /// Facts of no ticket: a claim against yourself, or a brand that you deal for.
    facts: Option<StatedFacts>,
    /// Facts that are otherwise, field by field: `product`, `dates`, `history`, `asked`, `cause`, `fault`,
    /// `claimed`, `attributes`, `claimant`, `matter`. Null takes one away.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    edit: Map<String, Json>,
    /// The time of the decision; the present when nothing is said.
    #[schema(value_type = Option<String>, format = DateTime)]
    now: Option<Timestamp>,
    /// A version of your own, in place of the one in force on the basis date.
    #[schema(value_type = Option<String>, format = Uuid)]
    policy: Option<PolicyId>,
    /// Settings of your own, in front of those in force.
    #[schema(value_type = Option<Object>)]
    settings: Option<Map<String, Json>>,
    /// coverage, also when nothing is said.
    #[schema(example = "coverage")]
    interface: Option<String>,
}

/// Asks for a verdict on other facts, at another time or by another version. Nothing is stored: no receipt, no
/// journal, no figure of the policy's health. Needs `policies:read`.
#[utoipa::path(post, path = "/v1/what-if", tag = "policies", request_body = WhatIf,
    responses((status = 200, description = "What the policy would say", body = WhatIfView), Problems))]
async fn ask(State(app): State<App>, caller: May<PoliciesRead>, lang: Lang, post: Post<WhatIf>) -> Answer {
    let WhatIf { receipt, ticket, claim, facts, edit, now, policy, settings, interface } = post.body;
    let question = Question { receipt, ticket, claim, facts, edit, now, policy, settings, interface };
    Ok(Reply::ok(&what_if::ask(&app, &caller, lang.0, question).await?)?.language(lang.0))
}
