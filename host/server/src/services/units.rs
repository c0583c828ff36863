//! Units: products that are registered before or when a claim comes (ENT-05).

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::parties;
use sanbao_domain::ids::UnitId;
use sanbao_domain::text::Text;
use sanbao_domain::unit::Unit;
use sanbao_store::unit;
use serde::Serialize;

/// Earlier repairs, extensions or readings that a unit may carry.
const MOST_HISTORY: usize = 200;

/// Registers a unit of the caller's.
///
/// # Errors
/// 409 when the serial number is registered already, 422 for what is wrong with it.
pub async fn register<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    unit: Unit,
    view: impl FnOnce(&Unit) -> V,
) -> Answer {
    check(app, caller, &unit).await?;
    let reply = Reply::created(&view(&unit), &format!("/v1/units/{}", unit.id))?;
    once.commit(app, unit.owner, reply, move |conn| Box::pin(async move { unit::insert(conn, &unit).await }))
        .await
}

async fn check(app: &App, caller: &Caller, unit: &Unit) -> Result<(), Problem> {
    let mut checks = Checks::new();
    checks.text("category", &unit.category, 1..=100).text("model", &unit.model, 1..=200);
    checks.optional("serial", unit.serial.as_deref(), 1..=200).optional("lot", unit.lot.as_deref(), 1..=200);
    checks.that(
        unit.quantity >= 1 && (unit.quantity == 1 || unit.serial.is_none()),
        "quantity",
        Text::new("数量有误", "the quantity is not possible"),
        Text::new("至少 1；有序列号时为 1。", "At least 1, and 1 where there is a serial number."),
    );
    checks.that(
        unit.price.as_ref().is_none_or(|price| price.is_valid() && price.minor >= 0),
        "price",
        Text::new("金额有误", "the price is not possible"),
        Text::new(
            "最小货币单位的非负整数和 ISO 4217 代码。",
            "Give minor units, not negative, and an ISO 4217 code.",
        ),
    );
    let history = &unit.history;
    checks.that(
        [history.repairs.len(), history.extensions.len(), history.usage.len()].into_iter().max()
            <= Some(MOST_HISTORY)
            && history.extensions.iter().all(|span| span.is_sane()),
        "history",
        Text::new("历史记录有误", "the history is too long or holds an impossible span"),
        Text::new(
            format!("每类至多 {MOST_HISTORY} 条。"),
            format!("Give at most {MOST_HISTORY} entries of each."),
        ),
    );
    if let Some(brand) = unit.brand {
        let known = brand == caller.party.id || parties::deals_with(app, caller, brand).await?.is_some();
        checks.that(
            known,
            "brand",
            Text::new("不是您经销的品牌", "this is no party that you deal for"),
            Text::new(
                "填经销关系中的一方，或不填。",
                "Name a party that named you its dealer, or leave it out.",
            ),
        );
    }
    checks.done()
}

/// A unit that the caller registered, or that is of its brand.
///
/// # Errors
/// 404 for others.
pub async fn find(app: &App, caller: &Caller, id: UnitId) -> Result<Unit, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    unit::find(&mut conn, caller.party.id, id).await?.ok_or_else(Problem::not_found)
}

/// The units that the caller may see, newest first; with a serial number those that bear it.
///
/// # Errors
/// The database.
pub async fn list(
    app: &App,
    caller: &Caller,
    serial: Option<&str>,
    page: Page<UnitId>,
) -> Result<Listed<Unit>, Problem> {
    let viewer = caller.party.id;
    let mut conn = app.store().read(viewer).await?;
    Ok(match serial {
        Some(serial) => Listed::all(unit::by_serial(&mut conn, viewer, serial).await?),
        None => {
            let rows = unit::list(&mut conn, viewer, page.after, page.fetch()).await?;
            page.list(rows, |unit| unit.id, |unit| unit)
        }
    })
}
