//! `…/follow-ups/…`: what came of the calls and visits after the service (FUP-01…06; HAI-03; XID-01, 02).

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::tickets::procedures::follow_ups::{Ended, How};
use sanbao_domain::case::Channel;
use sanbao_domain::claim::follow_ups::Outcome;
use sanbao_domain::ids::FollowUpId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(done)).routes(routes!(skip))
}

/// The customer was called or visited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FollowUpDone {
    /// Id of the follow-up.
    #[schema(value_type = String, format = Uuid)]
    follow_up: FollowUpId,
    /// phone, written, message, in-person, on-site or post (a card).
    #[schema(value_type = String, example = "phone")]
    channel: Channel,
    /// What the customer answered, in the order of the questions.
    #[serde(default)]
    answers: Vec<String>,
    /// Whether the customer is satisfied.
    satisfied: Option<bool>,
    /// Whether the customer can use the product (XID-01).
    #[serde(default)]
    proficient: bool,
    /// What else was said.
    words: Option<String>,
}

/// It is left out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SkipFollowUp {
    /// Id of the follow-up.
    #[schema(value_type = String, format = Uuid)]
    follow_up: FollowUpId,
    /// Why.
    reason: String,
}

steps! {
    /// The customer was called or visited; where the policy says so, the next one is planned.
    done "follow-ups/done" FollowUpDone => |given, app| ended(given, app.id())?;
    /// A follow-up is left out, for a reason.
    skip "follow-ups/skip" SkipFollowUp => |given, app| {
        Checks::new().text("reason", &given.reason, 0..=5000).done()?;
        Ended { follow_up: given.follow_up, how: How::Skipped(given.reason), next: app.id() }
    };
}

fn ended(given: FollowUpDone, next: FollowUpId) -> Result<Ended, Problem> {
    let FollowUpDone { follow_up, channel, answers, satisfied, proficient, words } = given;
    let mut checks = Checks::new();
    checks.optional("words", words.as_deref(), 1..=5000);
    for (index, answer) in answers.iter().enumerate() {
        checks.text(format!("answers[{index}]"), answer, 1..=2000);
    }
    checks.done()?;
    let outcome = Outcome { channel, answers, satisfied, proficient, words };
    Ok(Ended { follow_up, how: How::Done(outcome), next })
}
