//! `…/stock/…`: what is out of stock, from the registration to the collection (STO-33…36). The ticket's
//! matter is `stock-request`; its product and quantity say what is wanted.

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use sanbao_domain::case::Channel;
use sanbao_domain::claim::procedure;
use sanbao_domain::claim::stock::{Command, Transfer};
use sanbao_domain::time::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(arrange))
        .routes(routes!(confirm))
        .routes(routes!(ask_again))
        .routes(routes!(start_transfer))
        .routes(routes!(reply))
        .routes(routes!(arrive))
        .routes(routes!(notify))
        .routes(routes!(collect))
        .routes(routes!(decline))
}

/// A transfer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ArrangeTransfer {
    /// Where the goods come from.
    from: String,
    /// The day on which they are expected.
    #[schema(value_type = String, format = Date)]
    expected_on: Date,
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct StockNothing {}

/// The customer was asked once more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AskAgain {
    /// phone, written, message, in-person, on-site or post.
    #[schema(value_type = String, example = "phone")]
    channel: Channel,
    /// What was said.
    words: String,
    /// Whether the goods are still wanted; if not, the registration ends.
    still_wanted: bool,
}

/// The customer was told how it stands.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StockReply {
    /// phone, written, message, in-person, on-site or post.
    #[schema(value_type = String, example = "phone")]
    channel: Channel,
    /// What was said.
    words: String,
    /// The goods cannot be had: the registration ends.
    #[serde(default)]
    unavailable: bool,
}

/// The customer was told that the goods are here.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NotifyArrival {
    /// phone, written, message, in-person, on-site or post.
    #[schema(value_type = String, example = "message")]
    channel: Channel,
    /// What was said.
    words: String,
}

/// The goods were collected.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CollectGoods {
    /// Who took them.
    by: String,
}

/// The goods are not wanted any more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeclineGoods {
    /// Why.
    reason: String,
}

steps! {
    /// A transfer is arranged, or its day has changed (STO-33).
    arrange "stock/arrange" ArrangeTransfer => |given, app| {
        Checks::new().text("from", &given.from, 1..=200).done()?;
        procedure::Command::from(Command::Arrange(Transfer { from: given.from, expected_on: given.expected_on }))
    };
    /// There is stock to transfer.
    confirm "stock/confirm" StockNothing => |given, app| {
        let StockNothing {} = given;
        procedure::Command::from(Command::Confirm)
    };
    /// The customer was asked once more before the transfer, in case of a change of mind (STO-34).
    ask_again "stock/ask-again" AskAgain => |given, app| {
        let AskAgain { channel, words, still_wanted } = given;
        said("words", &words)?;
        procedure::Command::from(Command::AskAgain { channel, words, still_wanted })
    };
    /// The transfer starts; not before the customer was asked once more (STO-34).
    start_transfer "stock/start-transfer" StockNothing => |given, app| {
        let StockNothing {} = given;
        procedure::Command::from(Command::StartTransfer)
    };
    /// The customer was told how it stands, whether or not the goods arrive (STO-35).
    reply "stock/reply" StockReply => |given, app| {
        let StockReply { channel, words, unavailable } = given;
        said("words", &words)?;
        procedure::Command::from(Command::Reply { channel, words, unavailable })
    };
    /// The goods are here.
    arrive "stock/arrive" StockNothing => |given, app| {
        let StockNothing {} = given;
        procedure::Command::from(Command::Arrive)
    };
    /// The customer was told to collect them (STO-36).
    notify "stock/notify" NotifyArrival => |given, app| {
        let NotifyArrival { channel, words } = given;
        said("words", &words)?;
        procedure::Command::from(Command::Notify { channel, words })
    };
    /// The customer has the goods.
    collect "stock/collect" CollectGoods => |given, app| {
        said("by", &given.by)?;
        procedure::Command::from(Command::Collect { by: given.by })
    };
    /// The customer does not want the goods any more.
    decline "stock/decline" DeclineGoods => |given, app| {
        said("reason", &given.reason)?;
        procedure::Command::from(Command::Decline { reason: given.reason })
    };
}

fn said(field: &str, words: &str) -> Result<(), Problem> {
    Checks::new().text(field, words, 1..=5000).done()
}
