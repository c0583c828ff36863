//! `…/complaint/…`: the five steps of a complaint (FUP-07…11), the responsible department and the cause
//! (CTL-04…08; HAI-08), and whether the service was at fault (BUS-05).

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::http::schema;
use sanbao_domain::claim::complaint::{Amends, Command, Facts, Settlement, Source};
use sanbao_domain::claim::procedure;
use sanbao_domain::money::Money;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(receive))
        .routes(routes!(thank))
        .routes(routes!(listen))
        .routes(routes!(find_facts))
        .routes(routes!(ask_wish))
        .routes(routes!(settle))
        .routes(routes!(resolve))
}

/// Words of the customer, or to the customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ComplaintWords {
    /// What was said.
    words: String,
}

/// What was found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ComplaintFacts {
    /// What happened, objectively and fairly (FUP-09).
    words: String,
    /// misuse, environment (unstable voltage), company-error, product, service, transit or misunderstanding.
    #[schema(value_type = String, example = "company-error")]
    cause: Source,
    /// The department that must put it right (CTL-06).
    department: String,
}

/// What the customer gets.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettleComplaint {
    /// compensation, token, repair, apology or explanation.
    #[schema(value_type = String, example = "token")]
    amends: Amends,
    /// What exactly, as the customer is told.
    words: String,
    /// How much, with compensation.
    #[schema(value_type = Option<schema::Money>)]
    amount: Option<Money>,
}

/// How it ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResolveComplaint {
    /// Whether the service was at fault (BUS-05).
    justified: bool,
    /// Why.
    reason: String,
}

steps! {
    /// A customer complains about the service of a claim that is about something else. A ticket whose matter is
    /// a complaint has it from its opening.
    receive "complaint/receive" ComplaintWords => |given, app| {
        procedure::Command::from(Command::Receive { words: words(given)? })
    };
    /// First step: thanks the customer (FUP-07).
    thank "complaint/thank" ComplaintWords => |given, app| {
        procedure::Command::from(Command::Thank { words: words(given)? })
    };
    /// Second step: takes down what the customer said, heard out to the end (FUP-08).
    listen "complaint/listen" ComplaintWords => |given, app| {
        procedure::Command::from(Command::Listen { words: words(given)? })
    };
    /// Third step: the facts, their cause and the responsible department (FUP-09; CTL-06; HAI-08).
    find_facts "complaint/find-facts" ComplaintFacts => |given, app| {
        let ComplaintFacts { words, cause, department } = given;
        Checks::new().text("words", &words, 0..=5000).text("department", &department, 0..=200).done()?;
        procedure::Command::from(Command::FindFacts(Facts { words, cause, department }))
    };
    /// Fourth step: what the customer wants (FUP-10).
    ask_wish "complaint/ask-wish" ComplaintWords => |given, app| {
        procedure::Command::from(Command::AskWish { words: words(given)? })
    };
    /// Fifth step: compensates, or explains (FUP-11).
    settle "complaint/settle" SettleComplaint => |given, app| {
        let SettleComplaint { amends, words, amount } = given;
        Checks::new().text("words", &words, 0..=5000).done()?;
        procedure::Command::from(Command::Settle(Settlement { amends, words, amount }))
    };
    /// Ends the complaint, and says whether the service was at fault (BUS-05).
    resolve "complaint/resolve" ResolveComplaint => |given, app| {
        let ResolveComplaint { justified, reason } = given;
        Checks::new().text("reason", &reason, 0..=5000).done()?;
        procedure::Command::from(Command::Resolve { justified, reason })
    };
}

fn words(given: ComplaintWords) -> Result<String, Problem> {
    Checks::new().text("words", &given.words, 0..=5000).done()?;
    Ok(given.words)
}
