//! `…/training/…`: teaching somebody to use the product (ZZC-02, 03; BUS-15; XID-01).

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::tickets::procedures::training::Hold;
use sanbao_domain::claim::procedure;
use sanbao_domain::claim::training::{Command, Plan, Session};
use sanbao_domain::text::Text;
use sanbao_domain::time::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(plan)).routes(routes!(hold)).routes(routes!(proficient))
}

/// A session to come.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlanTraining {
    /// Day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Who teaches.
    trainer: String,
    /// What is taught.
    topics: Vec<String>,
}

/// A session that was held.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HoldTraining {
    /// Day; today when nothing is said.
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Date>,
    /// Who taught.
    trainer: String,
    /// What was taught.
    topics: Vec<String>,
    /// Who took part.
    participants: Vec<String>,
    /// Those who took part practised it themselves (ZZC-03).
    #[serde(default)]
    practised: bool,
    /// The manual was handed over; needed at the first session (ZZC-03).
    #[serde(default)]
    manual_handed_over: bool,
}

/// The customer can use the product.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FoundProficient {
    /// What was seen.
    words: String,
}

steps! {
    /// A session is planned.
    plan "training/plan" PlanTraining => |given, app| {
        let PlanTraining { on, trainer, topics } = given;
        listed(&trainer, &[("topics", &topics)])?;
        procedure::Command::from(Command::Plan(Plan { on, trainer, topics }))
    };
    /// A session was held (ZZC-03; BUS-15). One that comes after the product's first use is marked.
    hold "training/hold" HoldTraining => |given, app| held(given, app.now())?;
    /// The customer can use the product (XID-01).
    proficient "training/proficient" FoundProficient => |given, app| {
        Checks::new().text("words", &given.words, 1..=5000).done()?;
        procedure::Command::from(Command::Proficient { words: given.words })
    };
}

fn held(given: HoldTraining, now: sanbao_domain::time::Timestamp) -> Result<Hold, Problem> {
    let HoldTraining { on, trainer, topics, participants, practised, manual_handed_over } = given;
    listed(&trainer, &[("topics", &topics), ("participants", &participants)])?;
    // The day is settled by the respondent's calendar where none is stated.
    let day = on.unwrap_or_else(|| now.to_zoned(jiff::tz::TimeZone::UTC).date());
    let session = Session { on: day, trainer, topics, participants, practised, manual_handed_over };
    Ok(Hold { on, session })
}

fn listed(trainer: &str, lists: &[(&str, &Vec<String>)]) -> Result<(), Problem> {
    let mut checks = Checks::new();
    checks.text("trainer", trainer, 1..=200);
    for (field, list) in lists {
        checks.that(
            (1..=100).contains(&list.len()),
            *field,
            Text::new("数量不合要求", "there are none, or too many"),
            Text::new("填写 1 至 100 项。", "Give 1 to 100."),
        );
        for (index, item) in list.iter().enumerate() {
            checks.text(format!("{field}[{index}]"), item, 1..=200);
        }
    }
    checks.done()
}
