//! The id under which a request is found in the log.

use crate::random;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

/// Header that brings and returns the id.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request.
#[derive(Clone, Debug)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// Its text.
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    /// The client's id where it is short and plain, else a new one.
    fn of(request: &Request) -> Self {
        let stated = request.headers().get(&HEADER).filter(|value| {
            (1..=128).contains(&value.len())
                && value.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte))
        });
        Self(stated.cloned().unwrap_or_else(|| {
            HeaderValue::from_str(&hex::encode(random::bytes::<16>()))
                .unwrap_or(HeaderValue::from_static("unknown"))
        }))
    }
}

/// Gives every request an id and a span, and returns the id.
pub(crate) async fn layer(mut request: Request, next: Next) -> Response {
    let id = RequestId::of(&request);
    let span = tracing::info_span!(
        "request",
        id = id.as_str(),
        method = %request.method(),
        path = shown(request.uri().path()),
    );
    request.extensions_mut().insert(id.clone());
    async {
        let mut response = next.run(request).await;
        tracing::debug!(status = response.status().as_u16(), "answered");
        response.headers_mut().insert(HEADER, id.0);
        response
    }
    .instrument(span)
    .await
}

/// The path as logs may keep it: without the secret of a customer's link.
fn shown(path: &str) -> &str {
    if path.starts_with("/c/") { "/c/…" } else { path }
}
