//! The catalogue of parts.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::services::parties;
use crate::views::parts::PartView;
use sanbao_domain::parts::{Part, is_part_number};
use sanbao_domain::text::Text;
use sanbao_domain::time::Date;
use sanbao_store::StoreError;
use sanbao_store::parts::catalogue;

/// Lists a new part of the caller's (BUS-44: a clear specification).
///
/// # Errors
/// 409 when the number is listed already, 422 for what is wrong with it.
pub async fn add(app: &App, caller: &Caller, once: &Once, part: Part) -> Answer {
    let mut checks = Checks::new();
    checks.that(
        is_part_number(&part.number),
        "number",
        Text::new("配件号不合要求", "this cannot be a part number"),
        Text::new(
            "1 至 60 个字母、数字、点、横线或下划线，至少一个数字。",
            "1 to 60 letters, digits, dots, hyphens or underscores, at least one of them a digit.",
        ),
    );
    checks.text("kind", &part.kind, 1..=100).text("title", &part.title, 1..=200);
    checks.optional("category", part.category.as_deref(), 1..=100);
    checks.optional("model", part.model.as_deref(), 1..=200);
    if let Some(brand) = part.brand {
        let known = parties::deals_with(app, caller, brand).await?.is_some();
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
    checks.done()?;
    let reply = Reply::created(&PartView::from(&part), &format!("/v1/parts/{}", part.number))?;
    let owner = part.owner;
    once.commit(app, owner, reply, move |conn| Box::pin(async move { catalogue::insert(conn, &part).await }))
        .await
}

/// A part of the caller's.
///
/// # Errors
/// 404.
pub async fn find(app: &App, caller: &Caller, number: &str) -> Result<Part, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    catalogue::find(&mut conn, caller.party.id, number).await?.ok_or_else(Problem::not_found)
}

/// The caller's parts in the order of their numbers.
///
/// # Errors
/// The database.
pub async fn list(app: &App, caller: &Caller, page: Page<String>) -> Result<Listed<PartView>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    let rows = catalogue::list(&mut conn, caller.party.id, page.after.as_deref(), page.fetch()).await?;
    Ok(page.list(rows, |part| part.number.clone(), |part| PartView::from(&part)))
}

/// Says since when the model of a part is no longer made: its retention counts from there (LGT-43).
///
/// # Errors
/// 404.
pub async fn discontinue(
    app: &App,
    caller: &Caller,
    once: &Once,
    number: String,
    on: Option<Date>,
) -> Answer {
    let part = Part { discontinued_on: on, ..find(app, caller, &number).await? };
    let reply = Reply::ok(&PartView::from(&part))?;
    let owner = part.owner;
    once.commit(app, owner, reply, move |conn| {
        Box::pin(async move {
            let found = catalogue::discontinue(conn, owner, &number, on).await?;
            if found { Ok(()) } else { Err(StoreError::Stale) }
        })
    })
    .await
}
