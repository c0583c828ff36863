//! `/v1/parties`: who takes part, and what an intake form must ask for.

use crate::app::App;
use crate::http::auth::{Admin, Caller, May};
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, PageParams, Params};
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::schema;
use crate::routes::keys::NewKeyView;
use crate::routes::policies::{AttributeView, RoleView, RuleView};
use crate::services::{activations, parties};
use axum::extract::State;
use axum::http::StatusCode;
use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::ids::{PartyId, PolicyId};
use sanbao_domain::manifest::{Manifest, plain};
use sanbao_domain::party::{Party, PartyKind};
use sanbao_domain::text::Text;
use sanbao_domain::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show)).routes(routes!(intake))
}

/// A party.
#[derive(Serialize, ToSchema)]
#[schema(as = Party)]
struct PartyView {
    #[schema(value_type = String, format = Uuid)]
    id: PartyId,
    #[schema(value_type = schema::PartyKind)]
    kind: PartyKind,
    name: String,
    /// ISO 3166 code of the law that applies to what it owes.
    jurisdiction: String,
    #[schema(value_type = schema::Calendar)]
    calendar: CalendarSpec,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Party> for PartyView {
    fn from(party: Party) -> Self {
        let Party { id, kind, name, jurisdiction, calendar, created_at } = party;
        Self { id, kind, name, jurisdiction, calendar, created_at }
    }
}

/// The parties that the key may see: its own and those it deals with; all for the platform.
#[utoipa::path(get, path = "/v1/parties", tag = "parties", params(PageParams),
    responses((status = 200, description = "Newest first.", body = Listed<PartyView>), Problems))]
async fn list(State(app): State<App>, caller: Caller, Params(page): Params<PageParams>) -> Answer {
    let listed = parties::list(&app, &caller, page.page()?).await?;
    Reply::ok(&listed.map(PartyView::from))
}

/// What a party is created from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewParty {
    /// Not `consumer` or `carrier`, which hold no account, nor `platform`.
    #[schema(value_type = schema::PartyKind)]
    kind: PartyKind,
    /// 1 to 200 characters.
    name: String,
    /// ISO 3166 code: `CN`, `CN-FJ`.
    jurisdiction: String,
    #[schema(value_type = schema::Calendar)]
    calendar: CalendarSpec,
}

/// A new party and its first key.
#[derive(Serialize, ToSchema)]
struct CreatedParty {
    party: PartyView,
    key: NewKeyView,
}

/// Creates a party with its first key, which may do everything that the party may have. Needs `admin`.
#[utoipa::path(post, path = "/v1/parties", tag = "parties", request_body = NewParty,
    responses((status = 201, description = "The secret is shown this once.", body = CreatedParty), Problems))]
async fn create(State(app): State<App>, caller: May<Admin>, post: Post<NewParty>) -> Answer {
    let NewParty { kind, name, jurisdiction, calendar } = post.body;
    let new = parties::NewParty { kind, name, jurisdiction, calendar };
    parties::create(&app, &caller, &post.once, new, |party, made| CreatedParty {
        party: party.clone().into(),
        key: made.into(),
    })
    .await
}

/// A party.
#[utoipa::path(get, path = "/v1/parties/{party}", tag = "parties", params(("party" = String, Path, format = Uuid)),
    responses((status = 200, description = "The party.", body = PartyView), Problems))]
async fn show(State(app): State<App>, caller: Caller, Ids(id): Ids<PartyId>) -> Answer {
    let known = parties::visible(&app, &caller, id).await?;
    Reply::ok(&PartyView::from(Party::clone(&known)))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct IntakeParams {
    /// The basis date; today in the party's time zone when absent.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<Date>,
}

/// What to ask for when a claim against this party is taken down.
#[derive(Serialize, ToSchema)]
struct Intake {
    #[schema(value_type = String, format = Uuid)]
    policy: PolicyId,
    name: String,
    version: String,
    title: String,
    /// The basis date that this version judges.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// The facts that the policy reads beyond the core.
    attributes: Vec<AttributeView>,
    rules: Vec<RuleView>,
    roles: Vec<RoleView>,
    /// The party's figures by name; shown to itself only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    settings: Option<serde_json::Map<String, serde_json::Value>>,
}

/// The policy that a party has in force on a day, as an intake form needs it. For the party and its dealers.
#[utoipa::path(get, path = "/v1/parties/{party}/intake", tag = "parties",
    params(("party" = String, Path, format = Uuid), IntakeParams),
    responses((status = 200, description = "The version in force.", body = Intake), Problems))]
async fn intake(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<PartyId>,
    Lang(language): Lang,
    Params(params): Params<IntakeParams>,
) -> Answer {
    let own = id == caller.party.id;
    if !own && parties::deals_with(&app, &caller, id).await?.is_none() {
        return Err(Problem::not_found());
    }
    let party = parties::known(&app, id).await?.ok_or_else(Problem::not_found)?;
    let on = params.on.unwrap_or_else(|| party.calendar.day(app.now()));
    let found = activations::in_force(&app, &party, on).await?.ok_or_else(|| no_policy(on))?;
    let manifest: Manifest = serde_json::from_str(&found.version.manifest)?;
    let figures = found.settings.iter().map(|setting| (setting.name.clone(), plain(&setting.value)));
    let view = Intake {
        policy: found.version.id,
        name: manifest.name,
        version: manifest.version,
        title: manifest.title.get(language).to_owned(),
        on,
        attributes: manifest.attributes.iter().map(|one| AttributeView::new(one, language)).collect(),
        rules: manifest.rules.iter().map(|one| RuleView::new(one, language)).collect(),
        roles: manifest.roles.iter().map(|one| RoleView::new(one, language)).collect(),
        settings: own.then(|| figures.collect()),
    };
    Ok(Reply::ok(&view)?.language(language))
}

fn no_policy(on: Date) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "no-policy-in-force",
        Text::new("当日无生效政策", "No policy is in force"),
    )
    .detail(Text::new(
        format!("{on} 没有生效的政策，索赔由人工判定。"),
        format!("None is in force on {on}; a person decides claims with that basis date."),
    ))
}
