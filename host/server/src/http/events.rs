//! Server-sent events: from where a client goes on, and how they are sent.

use super::problem::Problem;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt};
use sanbao_domain::text::Text;
use std::convert::Infallible;

/// What a client sends when it connects again.
const LAST_EVENT: HeaderName = HeaderName::from_static("last-event-id");

/// The last event that the client received, if it says so.
///
/// # Errors
/// 422 for what is not the number of an event.
pub fn last(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(value) = headers.get(LAST_EVENT) else { return Ok(None) };
    value.to_str().ok().and_then(|text| text.trim().parse().ok()).map(Some).ok_or_else(|| {
        Problem::invalid().error(
            "Last-Event-ID",
            Text::new("不是事件编号", "this is not the number of an event"),
            Text::new("填收到的最后一个事件的 id。", "Send the id of the last event that was received."),
        )
    })
}

/// The answer that sends them as they come, kept alive in between and not held back by a proxy.
pub fn stream(events: impl Stream<Item = Event> + Send + 'static) -> Response {
    let events = events.map(Ok::<Event, Infallible>);
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    response.headers_mut().insert(unbuffered, HeaderValue::from_static("no"));
    response
}
