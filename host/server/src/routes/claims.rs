//! `/v1/tickets/{ticket}/claims/…`: add a claim, and every command that people give to one.

mod charges;
mod complaint;
mod contacts;
mod counter;
mod findings;
mod follow_ups;
mod hold;
mod jobs;
mod notices;
mod recovery;
mod returns;
mod steps;
mod stock;
mod survey;
mod training;

use crate::app::App;
use crate::http::auth::{May, TicketsWrite};
use crate::http::check::Checks;
use crate::http::ids::{Ids, IfMatch};
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::Answer;
use crate::http::schema;
use crate::services::tickets::intake::OpenClaim;
use crate::services::tickets::order::Order;
use crate::services::tickets::{command, open};
use crate::views::ticket::TicketView;
use axum::extract::State;
use sanbao_domain::case::{Cause, Dates, Remedy, Usage, Wish};
use sanbao_domain::claim::{Document, Evidence};
use sanbao_domain::ids::{ClaimId, TicketId};
use sanbao_domain::money::Money;
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(add_claim))
        .routes(routes!(add_evidence))
        .routes(routes!(judge))
        .routes(routes!(agree))
        .routes(routes!(escalate))
        .routes(routes!(approve))
        .routes(routes!(reject))
        .routes(routes!(start_work))
        .routes(routes!(complete))
        .routes(routes!(hand_over))
        .routes(routes!(close))
        .routes(routes!(cancel))
        .merge(contacts::router())
        .merge(complaint::router())
        .merge(stock::router())
        .merge(training::router())
        .merge(findings::router())
        .merge(recovery::router())
        .merge(returns::router())
        .merge(charges::router())
        .merge(hold::router())
        .merge(jobs::router())
        .merge(counter::router())
        .merge(notices::router())
        .merge(survey::router())
        .merge(follow_ups::router())
}

/// Adds a claim about the same matter, for instance yours against the brand, and judges it at once.
#[utoipa::path(
    post,
    path = "/v1/tickets/{ticket}/claims",
    tag = "tickets",
    params(("ticket" = String, Path, format = Uuid, description = "Id of the ticket")),
    request_body = OpenClaim,
    responses((status = 201, description = "Added and judged", body = TicketView), Problems)
)]
async fn add_claim(
    State(app): State<App>,
    caller: May<TicketsWrite>,
    Ids(ticket): Ids<TicketId>,
    lang: Lang,
    if_match: IfMatch,
    post: Post<OpenClaim>,
) -> Answer {
    open::add_claim(&app, &caller, lang.0, ticket, if_match, &post.once, &post.body).await
}

/// Facts and documents that came in.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct AddEvidence {
    /// Dates that became known.
    #[schema(value_type = Option<schema::Dates>)]
    dates: Dates,
    /// What is asked for now.
    #[schema(value_type = Option<String>)]
    asked: Option<Wish>,
    /// The cause found.
    #[schema(value_type = Option<String>)]
    cause: Option<Cause>,
    /// The fault found.
    fault: Option<String>,
    /// The amount claimed.
    #[schema(value_type = Option<schema::Money>)]
    claimed: Option<Money>,
    /// Counter readings.
    #[schema(value_type = Option<Vec<schema::Usage>>)]
    usage: Option<Vec<Usage>>,
    /// Facts that the policy declares; `null` takes one back.
    #[schema(value_type = Option<Object>)]
    attributes: serde_json::Map<String, serde_json::Value>,
    /// Documents that were shown or attached.
    #[schema(value_type = Option<Vec<schema::Document>>)]
    documents: Vec<Document>,
    /// Remark.
    note: Option<String>,
    /// Let the policy judge anew at once; true when nothing is said. A claim in a person's hands stays there.
    judge: Option<bool>,
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Nothing {}

/// The claimant's choice.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Agree {
    /// Index of the offer; the first when nothing is said.
    choice: usize,
}

/// Why the claimant does not agree.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Escalate {
    /// In the claimant's words.
    reason: String,
    /// What the claimant insists on: repair, replace, refund, credit, service, return-to-sender or redirect-to-carrier.
    #[schema(value_type = Option<String>)]
    wish: Option<Remedy>,
}

/// A signature.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Approve {
    /// What is granted, where nothing was agreed on before.
    #[schema(value_type = Option<String>)]
    remedy: Option<Remedy>,
    /// Remark.
    note: Option<String>,
}

/// A refusal, or a withdrawal.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Why {
    /// The reason, in clear words (STO-25).
    reason: String,
}

/// Work starts.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct StartWork {
    /// When the goods arrived, where they were sent in.
    #[schema(value_type = Option<String>, format = DateTime)]
    goods_received_at: Option<Timestamp>,
}

/// Work is done.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Complete {
    /// What was done.
    note: Option<String>,
}

/// The goods are handed over.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct HandOver {
    /// To whom.
    to: String,
}

macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $name:ident $path:literal $body:ident => |$given:ident| $order:expr;)*) => {$(
        $(#[doc = $doc])+
        #[utoipa::path(
            post,
            path = concat!("/v1/tickets/{ticket}/claims/{claim}/", $path),
            tag = "tickets",
            params(
                ("ticket" = String, Path, format = Uuid, description = "Id of the ticket"),
                ("claim" = String, Path, format = Uuid, description = "Id of the claim"),
            ),
            request_body = $body,
            responses((status = 200, description = "The ticket after the command", body = TicketView), Problems)
        )]
        async fn $name(
            State(app): State<App>,
            caller: May<TicketsWrite>,
            Ids(ids): Ids<(TicketId, ClaimId)>,
            lang: Lang,
            if_match: IfMatch,
            post: Post<$body>,
        ) -> Answer {
            let $given = post.body;
            let order = $order;
            command::give(&app, &caller, lang.0, ids, if_match, &post.once, order).await
        }
    )*};
}

commands! {
    /// Adds facts and documents; the policy judges anew, unless a person has the claim in hand.
    add_evidence "evidence" AddEvidence => |given| evidence(given);
    /// Lets the policy judge anew.
    judge "judge" Nothing => |given| { let Nothing {} = given; Order::Judge };
    /// The claimant takes an offer. Taking the offer `decline` accepts the refusal.
    agree "agree" Agree => |given| Order::Agree { choice: given.choice };
    /// The claimant does not agree, and a superior settles it (STO-20).
    escalate "escalate" Escalate => |given| Order::Escalate { words: words("reason", given.reason)?, wish: given.wish };
    /// The next signature of the chain. The key must hold the role.
    approve "approve" Approve => |given| Order::Approve { remedy: given.remedy, note: note(given.note)? };
    /// Refuses the next signature, with the reason in clear words (STO-25).
    reject "reject" Why => |given| Order::Reject { reason: words("reason", given.reason)? };
    /// Work starts, on the goods where they were sent in.
    start_work "start-work" StartWork => |given| Order::StartWork { goods_received_at: given.goods_received_at };
    /// Work is done, or the money or credit is on its way.
    complete "complete" Complete => |given| Order::Complete { note: note(given.note)? };
    /// The goods are handed over.
    hand_over "hand-over" HandOver => |given| Order::HandOver { to: recipient(given.to)? };
    /// Nothing is left to do. Closing a refusal accepts it.
    close "close" Nothing => |given| { let Nothing {} = given; Order::Close };
    /// The claimant withdraws the claim.
    cancel "cancel" Why => |given| Order::Cancel { reason: words("reason", given.reason)? };
}

fn evidence(given: AddEvidence) -> Order {
    let AddEvidence { dates, asked, cause, fault, claimed, usage, attributes, documents, note, judge } =
        given;
    let evidence = Evidence { dates, asked, cause, fault, claimed, usage, attributes, documents, note };
    Order::AddEvidence { evidence: Box::new(evidence), judge: judge.unwrap_or(true) }
}

/// At most 5000 characters; whether there must be any, the state machine says.
fn words(field: &str, words: String) -> Result<String, Problem> {
    Checks::new().text(field, &words, 0..=5000).done()?;
    Ok(words)
}

fn note(note: Option<String>) -> Result<Option<String>, Problem> {
    note.map(|note| words("note", note)).transpose()
}

fn recipient(to: String) -> Result<String, Problem> {
    Checks::new().text("to", &to, 1..=200).done()?;
    Ok(to)
}
