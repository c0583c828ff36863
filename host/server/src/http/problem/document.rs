//! The document, written once the request's language and id are known.

use super::{Problem, TYPE_PREFIX};
use crate::http::language;
use crate::http::request_id::RequestId;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sanbao_domain::text::{Language, Text};
use serde_json::{Map, Value};
use std::error::Error;

impl Problem {
    /// The document in one language.
    fn document(&self, language: Language, request_id: Option<&str>) -> Value {
        let parts = &self.0;
        let say = |text: &Text| Value::from(text.get(language));
        let mut document = Map::new();
        document.insert("type".into(), format!("{TYPE_PREFIX}{}", parts.code).into());
        document.insert("title".into(), say(&parts.title));
        document.insert("status".into(), parts.status.as_u16().into());
        let texts = [("detail", parts.detail.as_ref().map(say)), ("fix", parts.fix.as_ref().map(say))];
        let words =
            [("field", parts.field.clone().map(Value::from)), ("rule", parts.rule.clone().map(Value::from))];
        for (name, value) in texts.into_iter().chain(words) {
            if let Some(value) = value {
                document.insert(name.into(), value);
            }
        }
        if !parts.errors.is_empty() {
            let errors = parts.errors.iter().map(|error| {
                let mut one = Map::new();
                one.insert("field".into(), error.field.clone().into());
                one.insert("message".into(), say(&error.message));
                one.insert("fix".into(), say(&error.fix));
                Value::Object(one)
            });
            document.insert("errors".into(), errors.collect());
        }
        if let Some(id) = request_id {
            document.insert("request_id".into(), id.into());
        }
        for (name, value) in &parts.more {
            document.entry(name.clone()).or_insert_with(|| value.clone());
        }
        Value::Object(document)
    }

    pub(crate) fn log(&self) {
        if let Some(source) = &self.0.source {
            let mut chain = source.to_string();
            let mut next = source.source();
            while let Some(cause) = next {
                chain.push_str(": ");
                chain.push_str(&cause.to_string());
                next = cause.source();
            }
            tracing::error!(code = self.0.code, cause = chain, debug = ?source, "request failed");
        }
    }
}

/// The document itself is written by [`render`].
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the document of every problem that a handler, an extractor or a layer answered with.
pub(crate) async fn render(request: Request, next: Next) -> Response {
    let spoken = language::of(request.headers());
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    problem.log();
    let document = problem.document(spoken, id.as_ref().map(RequestId::as_str));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, language::header(spoken));
    match problem.0.status {
        StatusCode::UNAUTHORIZED => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"sanbao\""));
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        _ => {}
    }
    headers.remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(document.to_string());
    response
}
