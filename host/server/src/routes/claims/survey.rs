//! `…/survey/…`: what the customer says of the service (STO-32; BUS-21; CTL-03, 13; XID-03).

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use sanbao_domain::case::Channel;
use sanbao_domain::claim::procedure;
use sanbao_domain::claim::survey::{Answer, Command, Experience, FilledInBy};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ask)).routes(routes!(answer))
}

/// The customer is asked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AskSurvey {
    /// phone, written, message, in-person, on-site or post.
    #[schema(value_type = String, example = "phone")]
    channel: Channel,
}

/// The form, filled in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerSurvey {
    /// From 1, worst, to 5, best.
    #[schema(minimum = 1, maximum = 5)]
    score: u8,
    /// Whether the customer is satisfied.
    satisfied: bool,
    /// better, as-expected or worse: the service compared with what was expected (CTL-03).
    #[schema(value_type = Option<String>, example = "as-expected")]
    experience: Option<Experience>,
    /// In the customer's words, praise as well as complaint (CTL-13).
    words: Option<String>,
    /// How the customer uses the product (XID-03).
    usage: Option<String>,
    /// customer or staff: who filled it in; staff when nothing is said.
    #[schema(value_type = Option<String>, example = "customer")]
    by: Option<FilledInBy>,
}

steps! {
    /// The customer is asked for an opinion of the service (STO-32).
    ask "survey/ask" AskSurvey => |given, app| procedure::Command::from(Command::Ask { channel: given.channel });
    /// What the customer said; once for a claim (BUS-21).
    answer "survey/answer" AnswerSurvey => |given, app| procedure::Command::from(answered(given)?);
}

fn answered(given: AnswerSurvey) -> Result<Command, Problem> {
    let AnswerSurvey { score, satisfied, experience, words, usage, by } = given;
    Checks::new()
        .optional("words", words.as_deref(), 1..=5000)
        .optional("usage", usage.as_deref(), 1..=5000)
        .done()?;
    let by = by.unwrap_or(FilledInBy::Staff);
    Ok(Command::Answer(Answer { score, satisfied, experience, words, usage, by }))
}
