//! What surrounds every handler: size of the headers, a task of its own for commands, time and panics.

use super::problem::Problem;
use crate::app::App;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use sanbao_domain::text::Text;
use std::any::Any;
use std::panic::AssertUnwindSafe;
use tracing::Instrument;

/// A handler panicked; its message is for the log.
#[derive(Debug, thiserror::Error)]
#[error("a handler panicked: {0}")]
struct Panicked(String);

/// Carries out a request. A command runs in a task of its own: a client that goes away, or an answer that
/// comes too late, does not stop it half way, and a host that shuts down waits for it.
pub(crate) async fn carry_out(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = request.method().is_safe();
    let work = AssertUnwindSafe(next.run(request)).catch_unwind();
    let limit = app.config().timeout;
    let answered = if reads {
        tokio::time::timeout(limit, work).await
    } else {
        let task = app.commands().spawn(work.in_current_span());
        tokio::time::timeout(limit, task).await.map(|joined| match joined {
            Ok(outcome) => outcome,
            Err(error) => Err(Box::new(error) as Box<dyn Any + Send>),
        })
    };
    match answered {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => Problem::internal(Panicked(message(panic.as_ref()))).into_response(),
        Err(_) => too_late().into_response(),
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

fn too_late() -> Problem {
    Problem::new(StatusCode::GATEWAY_TIMEOUT, "too-late", Text::new("处理时间过长", "It took too long"))
        .detail(Text::new("已开始的操作可能仍会完成。", "What was begun may still come to its end."))
        .fix(Text::new(
            "用同一个 Idempotency-Key 重试，不会重复执行。",
            "Repeat the request with the same Idempotency-Key: nothing happens twice.",
        ))
}

/// Refuses headers that are larger than the limit.
pub(crate) async fn header_limit(State(app): State<App>, request: Request, next: Next) -> Response {
    let size: usize =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    let most = app.config().max_headers;
    if size + request.uri().path().len() + request.uri().query().map_or(0, str::len) <= most {
        return next.run(request).await;
    }
    Problem::new(
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        "headers-too-large",
        Text::new("请求头过大", "The headers are too large"),
    )
    .detail(Text::new(format!("上限为 {most} 字节。"), format!("The limit is {most} bytes.")))
    .into_response()
}

/// Headers that every answer carries unless it says otherwise.
pub(crate) async fn usual_headers(request: Request, next: Next) -> Response {
    const USUAL: [(HeaderName, &str); 3] = [
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept-language, authorization"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let mut response = next.run(request).await;
    for (name, value) in USUAL {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
