//! What a dealer must hold of a brand's parts, and what it lacks (LGT-44, 45).

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::problem::Problem;
use crate::services::ask::Found;
use crate::services::parties;
use crate::views::parts::RequiredView;
use axum::http::StatusCode;
use sanbao_domain::ids::PartyId;
use sanbao_domain::parts::shortfalls;
use sanbao_domain::text::Text;
use sanbao_store::dealership;
use sanbao_store::parts::balance;

/// Compares the stock of a dealer with what its brand requires today. The caller is one of the two; the
/// other must deal with it.
///
/// # Errors
/// 404 for a party that the caller does not deal with, 422 unless one of the two is named, 502 when the
/// brand's policy cannot say.
pub async fn report(
    app: &App,
    caller: &Caller,
    brand: Option<PartyId>,
    dealer: Option<PartyId>,
) -> Result<RequiredView, Problem> {
    let me = caller.party.id;
    let (brand, dealer) = match (brand, dealer) {
        (Some(brand), None) => (brand, me),
        (None, Some(dealer)) => (me, dealer),
        _ => {
            return Err(Problem::invalid().error(
                "brand",
                Text::new("填 brand 或 dealer 之一", "one of brand and dealer is needed"),
                Text::new("经销商填 brand，品牌填 dealer。", "A dealer names its brand, a brand its dealer."),
            ));
        }
    };
    let owner = parties::known(app, brand).await?.ok_or_else(Problem::not_found)?;
    let today = owner.calendar.day(app.now());
    let (held, found) = {
        let mut conn = app.store().read(me).await?;
        let bond = dealership::find(&mut conn, brand, dealer).await?;
        bond.filter(|bond| bond.ended_at.is_none()).ok_or_else(Problem::not_found)?;
        let held = balance::stock(&mut conn, dealer, brand).await?;
        (held, Found::on(&mut conn, owner, today).await?)
    };
    let policy = found.load(app).await?.policy;
    let required = match &policy {
        Some(policy) => policy.required_stock(app).await.map_err(no_answer)?,
        None => Vec::new(),
    };
    let by = policy.as_ref().map(|policy| policy.policy());
    Ok(RequiredView::new(brand, dealer, today, by, shortfalls(&required, &held)))
}

/// The policy was asked and failed: nothing is done on a guess.
pub(super) fn no_answer(what: String) -> Problem {
    Problem::new(
        StatusCode::BAD_GATEWAY,
        "policy-failed",
        Text::new("政策程序没有答复", "The policy did not answer"),
    )
    .detail(Text::new(&what, &what))
    .fix(Text::new("请政策的作者检查。", "Ask the author of the policy to look into it."))
}
