//! A small client of the host's HTTP API, for the commands that talk to a host.

mod events;

pub(crate) use events::Events;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, RequestBuilder, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

/// Media type of components.
const WASM: &str = "application/wasm";
/// Minisign's file about a component, in base64.
const SIGNATURE: &str = "sanbao-signature";

/// A host and the key of one party.
#[derive(Clone)]
pub(crate) struct Api {
    http: reqwest::Client,
    base: String,
    key: String,
    language: &'static str,
}

/// A problem document (RFC 9457) as far as a command shows it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Problem {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) detail: Option<String>,
    pub(crate) field: Option<String>,
    pub(crate) fix: Option<String>,
    pub(crate) errors: Vec<FieldError>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FieldError {
    pub(crate) field: String,
    pub(crate) message: String,
    pub(crate) fix: Option<String>,
}

/// Why a request brought no answer that can be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error("the host's address {address:?} is not usable")]
    Address { address: String },
    #[error("cannot reach the host at {base}: {}", root(source))]
    Unreachable { base: String, source: reqwest::Error },
    #[error("{what}: {}", describe(*status, problem))]
    Refused { what: String, status: StatusCode, problem: Box<Problem> },
    #[error("{what}: the host's answer cannot be read: {reason}")]
    Answer { what: String, reason: String },
    #[error("cannot make an HTTP client: {0}")]
    Client(reqwest::Error),
}

/// The innermost cause, such as "Connection refused"; the outer ones only repeat the address.
fn root(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

fn describe(status: StatusCode, problem: &Problem) -> String {
    let mut text = format!("{} {}", status.as_u16(), problem.title);
    if let Some(detail) = problem.detail.as_deref().filter(|detail| *detail != problem.title) {
        text.push_str(": ");
        text.push_str(detail);
    }
    if let Some(field) = &problem.field {
        text.push_str(&format!(" ({field})"));
    }
    for error in &problem.errors {
        text.push_str(&format!("\n  {}: {}", error.field, error.message));
    }
    text
}

impl ApiError {
    /// What the user can do about it.
    pub(crate) fn fix(&self) -> Option<String> {
        match self {
            Self::Address { .. } => Some("give it as http://host:port".to_owned()),
            Self::Unreachable { .. } => {
                Some("is it running? `sanbao serve` starts one; --host or SANBAO_HOST names it".to_owned())
            }
            Self::Refused { status: StatusCode::UNAUTHORIZED, .. } => {
                Some("set SANBAO_KEY to a key of the party, sbk_…".to_owned())
            }
            Self::Refused { problem, .. } => problem.fix.clone(),
            Self::Answer { .. } => Some("is it a Sanbao host, of this version?".to_owned()),
            Self::Client(_) => None,
        }
    }

    /// Whether the same request may well succeed a moment later.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Refused { status, .. } => matches!(
                *status,
                StatusCode::CONFLICT | StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
            ),
            _ => false,
        }
    }
}

/// An answer with what the commands use of it.
pub(crate) struct Answer<T> {
    pub(crate) body: T,
    /// The host answered from its record of an earlier request with the same Idempotency-Key.
    pub(crate) replayed: bool,
}

/// What a request carries.
pub(crate) enum Body<'a> {
    None,
    Json(&'a Value),
    Wasm(Vec<u8>),
    /// A component and minisign's file about it.
    SignedWasm(Vec<u8>, Vec<u8>),
}

impl Api {
    /// A client of the host at `base` ("http://host:port").
    pub(crate) fn new(base: &str, key: &str) -> Result<Self, ApiError> {
        let address = || ApiError::Address { address: base.to_owned() };
        let url = reqwest::Url::parse(base).map_err(|_| address())?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(address());
        }
        // A process that already has one keeps it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(60))
            .connect_timeout(Duration::from_secs(5))
            .user_agent(concat!("sanbao/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(ApiError::Client)?;
        Ok(Self { http, base: base.trim_end_matches('/').to_owned(), key: key.to_owned(), language: "en" })
    }

    /// The same host with another party's key.
    pub(crate) fn with_key(&self, key: &str) -> Self {
        Self { key: key.to_owned(), ..self.clone() }
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        Ok(self.send(Method::GET, path, Body::None, None).await?.body)
    }

    pub(crate) async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, ApiError> {
        Ok(self.send(Method::POST, path, Body::Json(body), None).await?.body)
    }

    /// One request; `idempotency` makes a repeated POST safe.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Body<'_>,
        idempotency: Option<&str>,
    ) -> Result<Answer<T>, ApiError> {
        let what = format!("{method} {path}");
        let mut request = self.request(method, path);
        if let Some(key) = idempotency {
            request = request.header("idempotency-key", key);
        }
        request = match body {
            Body::None => request,
            Body::Json(json) => request.json(json),
            Body::Wasm(bytes) => request.header(header::CONTENT_TYPE, WASM).body(bytes),
            Body::SignedWasm(bytes, signature) => {
                let signature = STANDARD.encode(signature);
                request.header(header::CONTENT_TYPE, WASM).header(SIGNATURE, signature).body(bytes)
            }
        };
        let unreachable = |source| ApiError::Unreachable { base: self.base.clone(), source };
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let replayed = response.headers().get("idempotency-replayed").is_some_and(|value| value == "true");
        let bytes = response.bytes().await.map_err(unreachable)?;
        if !status.is_success() {
            let problem: Problem = serde_json::from_slice(&bytes).unwrap_or_default();
            return Err(ApiError::Refused { what, status, problem: Box::new(problem) });
        }
        // An empty answer reads as null, which fits `()`.
        let json: &[u8] = if bytes.is_empty() { b"null" } else { &bytes };
        let body = serde_json::from_slice(json)
            .map_err(|error| ApiError::Answer { what, reason: error.to_string() })?;
        Ok(Answer { body, replayed })
    }

    /// What happens at `path` after the event with the number `after`.
    pub(crate) async fn events(&self, path: &str, after: Option<u64>) -> Result<Events, ApiError> {
        let mut request = self.request(Method::GET, path).timeout(events::LONGEST);
        if let Some(after) = after {
            request = request.header("last-event-id", after.to_string());
        }
        let unreachable = |source| ApiError::Unreachable { base: self.base.clone(), source };
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        if status.is_success() {
            return Ok(Events::new(response));
        }
        let what = format!("GET {path}");
        let problem: Problem = response.json().await.unwrap_or_default();
        Err(ApiError::Refused { what, status, problem: Box::new(problem) })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.key)
            .header(header::ACCEPT_LANGUAGE, self.language)
    }
}

/// A value for a query string or a path segment.
pub(crate) fn escape(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}
