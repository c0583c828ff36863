//! `…/counter/…`: a repair that will be late, goods that are ready, collected or posted, and goods that
//! cannot be repaired (STO-26…29).

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::tickets::procedures::counter::Unrepairable;
use sanbao_domain::claim::counter::Command;
use sanbao_domain::claim::procedure;
use sanbao_domain::time::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(delay))
        .routes(routes!(ready))
        .routes(routes!(collect))
        .routes(routes!(post_goods))
        .routes(routes!(unrepairable))
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct GoodsReady {}

/// The repair will be late.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DelayRepair {
    /// The new date.
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// Why, in clear words.
    #[serde(default)]
    reason: String,
}

/// Somebody came for the goods.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct CollectGoods {
    /// Who.
    by: String,
}

/// The goods were posted.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct PostGoods {
    /// With whom.
    carrier: String,
    /// Number of the consignment.
    waybill: String,
    /// The customer wishes it; else the notices must be used up.
    on_wish: bool,
}

/// It cannot be repaired.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct CannotRepair {
    /// Why, in clear words.
    reason: String,
}

steps! {
    /// The repair will miss the date promised, and the customer is told in advance (STO-26).
    delay "counter/delay" DelayRepair => |given, _app| procedure::Command::from(Command::Delay {
        until: given.until,
        reason: words("reason", given.reason, 5000)?,
    });
    /// The repaired goods are back and can be collected; the customer is told at once (STO-27).
    ready "counter/ready" GoodsReady => |given, _app| {
        let GoodsReady {} = given;
        procedure::Command::from(Command::Ready)
    };
    /// Somebody came for the goods: they are handed over.
    collect "counter/collect" CollectGoods => |given, _app| procedure::Command::from(Command::Collect {
        by: words("by", given.by, 200)?,
    });
    /// The goods were posted, as nobody came (STO-28) or the customer wishes it: they are handed over.
    post_goods "counter/post" PostGoods => |given, _app| procedure::Command::from(Command::Post {
        carrier: words("carrier", given.carrier, 200)?,
        waybill: words("waybill", given.waybill, 200)?,
        on_wish: given.on_wish,
    });
    /// It cannot be repaired: a superior says how to settle (STO-29).
    unrepairable "counter/unrepairable" CannotRepair => |given, _app| Unrepairable {
        reason: words("reason", given.reason, 5000)?,
    };
}

/// At most so many characters; whether there must be any, the state machine says.
fn words(field: &str, words: String, most: usize) -> Result<String, Problem> {
    Checks::new().text(field, &words, 0..=most).done()?;
    Ok(words)
}
