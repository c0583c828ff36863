//! `/v1/dealerships`: who may open claims against whom.

use crate::app::App;
use crate::http::auth::{Caller, May, PartyWrite};
use crate::http::ids::Ids;
use crate::http::openapi::Problems;
use crate::http::page::Listed;
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::http::schema;
use crate::services::parties;
use axum::extract::State;
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::{Dealership, PartyKind};
use sanbao_domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, name)).routes(routes!(end))
}

/// One party lets another open claims against it.
#[derive(Serialize, ToSchema)]
#[schema(as = Dealership)]
struct DealershipView {
    /// Who owes.
    #[schema(value_type = String, format = Uuid)]
    brand: PartyId,
    /// Who may claim.
    #[schema(value_type = String, format = Uuid)]
    dealer: PartyId,
    #[schema(value_type = schema::PartyKind)]
    kind: PartyKind,
    standing: Option<String>,
    grade: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
    /// The rule behind its end, where a measure against the dealer ended it (LGT-31).
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_rule: Option<String>,
}

impl From<Dealership> for DealershipView {
    fn from(dealership: Dealership) -> Self {
        let Dealership { brand, dealer, kind, standing, grade, created_at, ended_at, ended_rule } =
            dealership;
        Self { brand, dealer, kind, standing, grade, created_at, ended_at, ended_rule }
    }
}

/// The dealerships of the key's party on either side, newest first, ended ones included.
#[utoipa::path(get, path = "/v1/dealerships", tag = "parties",
    responses((status = 200, description = "All of them.", body = Listed<DealershipView>), Problems))]
async fn list(State(app): State<App>, caller: Caller) -> Answer {
    let rows = parties::dealerships(&app, &caller).await?;
    Reply::ok(&Listed::all(rows.into_iter().map(DealershipView::from).collect()))
}

/// A dealer to name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDealer {
    /// The party that may claim from now on.
    #[schema(value_type = String, format = Uuid)]
    dealer: PartyId,
    /// What it is in the brand's eyes: `dealer`, `distributor`, `service-station` …
    #[schema(value_type = schema::PartyKind)]
    kind: PartyKind,
    /// The rank that the brand gives it, in its own words.
    standing: Option<String>,
    /// Importance class in the brand's own classes.
    grade: Option<String>,
}

/// Names a dealer of the key's party. Needs `party:write`.
#[utoipa::path(post, path = "/v1/dealerships", tag = "parties", request_body = NewDealer,
    responses((status = 201, description = "It may claim from now on.", body = DealershipView), Problems))]
async fn name(State(app): State<App>, caller: May<PartyWrite>, post: Post<NewDealer>) -> Answer {
    let NewDealer { dealer, kind, standing, grade } = post.body;
    let brand = caller.party.id;
    let new = Dealership {
        brand,
        dealer,
        kind,
        standing,
        grade,
        created_at: app.now(),
        ended_at: None,
        ended_rule: None,
    };
    parties::name_dealer(&app, &post.once, new, |dealership| DealershipView::from(dealership.clone())).await
}

/// Ends a dealership of the key's party; open claims go on. Needs `party:write`.
#[utoipa::path(delete, path = "/v1/dealerships/{dealer}", tag = "parties",
    params(("dealer" = String, Path, format = Uuid)),
    responses((status = 204, description = "It may open no more claims."), Problems))]
async fn end(State(app): State<App>, caller: May<PartyWrite>, Ids(dealer): Ids<PartyId>) -> Answer {
    parties::end_dealership(&app, caller.party.id, dealer).await
}
