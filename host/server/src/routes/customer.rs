//! `/c/{token}`: the customer's page. Plain HTML without scripts; the token in the path is the secret.

mod form;

use crate::app::App;
use crate::http::problem::Problem;
use crate::services::customer::{self, Visit};
use crate::views::customer::{self as view, Notice};
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use sanbao_domain::ids::ClaimId;
use sanbao_domain::text::Language;
use serde::Deserialize;

/// Most that a form may hold.
const MOST: usize = 64 << 10;

/// The routes; they are for people, so the API's document leaves them out.
pub fn router() -> Router<App> {
    Router::new()
        .route("/c/{token}", get(page))
        .route("/c/{token}/claims/{claim}/{what}", post(submit))
        .layer(DefaultBodyLimit::max(MOST))
}

/// What the address may add.
#[derive(Debug, Default, Deserialize)]
struct Choice {
    /// The language that the customer switched to.
    lang: Option<Language>,
    /// What was just done.
    done: Option<view::Done>,
}

/// The page.
async fn page(
    State(app): State<App>,
    Path(token): Path<String>,
    choice: Result<Query<Choice>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Query(choice) = choice.unwrap_or_default();
    match customer::visit(&app, &token).await {
        Ok(Some(visit)) => {
            let language = choice.lang.unwrap_or(visit.link.language);
            shown(StatusCode::OK, &visit, &token, language, choice.done.map(Notice::Done))
        }
        Ok(None) => nowhere(),
        Err(problem) => failed(&problem),
    }
}

/// A form that was sent; done, it leads back to the page.
async fn submit(
    State(app): State<App>,
    Path((token, claim, what)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let visit = match customer::visit(&app, &token).await {
        Ok(Some(visit)) => visit,
        Ok(None) => return nowhere(),
        Err(problem) => return failed(&problem),
    };
    let Ok(claim) = claim.parse::<ClaimId>() else { return nowhere() };
    if !form::is_ours(&headers) {
        return answer(StatusCode::FORBIDDEN, view::elsewhere(visit.link.language));
    }
    let fields = form::Fields::parse(body.as_deref().unwrap_or_default());
    let language = fields.language().unwrap_or(visit.link.language);
    let (act, done) = match fields.act(&what) {
        Ok(Some(asked)) => asked,
        Ok(None) => return nowhere(),
        Err(problem) => return refused(&problem, &visit, &token, language),
    };
    match customer::act(&app, &visit, language, claim, act).await {
        Ok(()) => {
            let back = format!("/c/{token}?lang={}&done={}", view::code(language), done.as_str());
            let mut response = StatusCode::SEE_OTHER.into_response();
            if let Ok(back) = HeaderValue::from_str(&back) {
                response.headers_mut().insert(header::LOCATION, back);
            }
            guarded(response)
        }
        Err(problem) if problem.status().is_server_error() => failed(&problem),
        // Meanwhile something else happened: the page as it is now, with what stands in the way.
        Err(problem) => match customer::visit(&app, &token).await {
            Ok(Some(visit)) => refused(&problem, &visit, &token, language),
            _ => nowhere(),
        },
    }
}

fn shown(
    status: StatusCode,
    visit: &Visit,
    token: &str,
    language: Language,
    notice: Option<Notice>,
) -> Response {
    let mut response = answer(status, view::page(visit, token, language, notice));
    response.headers_mut().insert(header::CONTENT_LANGUAGE, crate::http::language::header(language));
    response
}

fn refused(problem: &Problem, visit: &Visit, token: &str, language: Language) -> Response {
    if problem.status() == StatusCode::NOT_FOUND {
        return nowhere();
    }
    shown(problem.status(), visit, token, language, Some(Notice::Refused(problem.said(language))))
}

/// Unknown, ended and revoked links look the same.
fn nowhere() -> Response {
    answer(StatusCode::NOT_FOUND, view::nowhere())
}

/// The fault is ours: logged as every other, and shown as a page.
fn failed(problem: &Problem) -> Response {
    problem.log();
    answer(problem.status(), view::failed())
}

fn answer(status: StatusCode, page: maud::Markup) -> Response {
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    guarded((status, html, page.into_string()).into_response())
}

/// No scripts, no framing, no traces: the address is a secret.
fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, view::content_security_policy());
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
