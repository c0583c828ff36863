//! `/v1/reports/…`: what the tickets that you handle and the claims that you owe add up to, as JSON or CSV.

use crate::app::App;
use crate::http::auth::{May, TicketsRead};
use crate::http::csv::Layout;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Page, Params};
use crate::http::reply::Answer;
use crate::services::reports::{self, Days};
use crate::views::report::{CausesView, ComplainantView, DailyView, ServiceLevelView};
use axum::extract::State;
use sanbao_domain::time::Date;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(daily))
        .routes(routes!(service_level))
        .routes(routes!(complainants))
        .routes(routes!(causes))
}

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DailyReport {
    /// In your time zone; today when nothing is said.
    #[param(value_type = Option<String>, format = Date)]
    date: Option<Date>,
    /// json or csv; without it, as `Accept` says.
    format: Option<String>,
}

/// The day's business of your store, or of every store that handles claims which you owe (STO-22).
#[utoipa::path(
    get,
    path = "/v1/reports/daily",
    tag = "reports",
    params(DailyReport),
    responses((status = 200, description = "By store", body = DailyView), Problems)
)]
async fn daily(
    State(app): State<App>,
    caller: May<TicketsRead>,
    layout: Layout,
    Params(query): Params<DailyReport>,
) -> Answer {
    let layout = layout.or(query.format.as_deref())?;
    let report = reports::daily(&app, &caller, query.date).await?;
    layout.reply(&report, &report)
}

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ReportDays {
    /// First day, in your time zone; the last when nothing is said.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Last day; today when nothing is said.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// json or csv; without it, as `Accept` says.
    format: Option<String>,
}

/// Timeliness, satisfaction and justified complaints, each with its formula and against the target of your own
/// policy (BUS-03…05).
#[utoipa::path(
    get,
    path = "/v1/reports/service-level",
    tag = "reports",
    params(ReportDays),
    responses((status = 200, description = "The figures", body = ServiceLevelView), Problems)
)]
async fn service_level(
    State(app): State<App>,
    caller: May<TicketsRead>,
    lang: Lang,
    layout: Layout,
    Params(query): Params<ReportDays>,
) -> Answer {
    let layout = layout.or(query.format.as_deref())?;
    let days = Days::new(&app, &caller, query.from, query.to)?;
    let report = reports::service_level(&app, &caller, lang.0, days).await?;
    Ok(layout.reply(&report, &report)?.language(lang.0))
}

/// Complaints by cause and responsible department (CTL-06; HAI-08).
#[utoipa::path(
    get,
    path = "/v1/reports/causes",
    tag = "reports",
    params(ReportDays),
    responses((status = 200, description = "Most frequent first", body = CausesView), Problems)
)]
async fn causes(
    State(app): State<App>,
    caller: May<TicketsRead>,
    layout: Layout,
    Params(query): Params<ReportDays>,
) -> Answer {
    let layout = layout.or(query.format.as_deref())?;
    let days = Days::new(&app, &caller, query.from, query.to)?;
    let report = reports::causes(&app, &caller, days).await?;
    layout.reply(&report, &report)
}

/// Which days, and which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Roster {
    /// First day, in your time zone; the last when nothing is said.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Last day; today when nothing is said.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// json or csv; without it, as `Accept` says.
    format: Option<String>,
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before; a table gives it in the header `next-cursor`.
    cursor: Option<String>,
}

/// The roster of customers who complained, latest first (CTL-12).
#[utoipa::path(
    get,
    path = "/v1/reports/complainants",
    tag = "reports",
    params(Roster),
    responses((status = 200, description = "A page", body = Listed<ComplainantView>), Problems)
)]
async fn complainants(
    State(app): State<App>,
    caller: May<TicketsRead>,
    layout: Layout,
    Params(query): Params<Roster>,
) -> Answer {
    let layout = layout.or(query.format.as_deref())?;
    let page = Page::new(query.limit, query.cursor.as_deref())?;
    let days = Days::new(&app, &caller, query.from, query.to)?;
    let listed = reports::complainants(&app, &caller, days, page).await?;
    layout.list(&listed)
}
