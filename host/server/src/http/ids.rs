//! Ids in paths and versions in headers.

use super::problem::Problem;
use axum::RequestPartsExt;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use sanbao_domain::text::Text;
use serde::de::DeserializeOwned;

/// The ids of the path. What is no id names nothing: 404.
#[derive(Clone, Copy, Debug)]
pub struct Ids<T>(pub T);

impl<T: DeserializeOwned + Send + 'static, S: Send + Sync> FromRequestParts<S> for Ids<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extract::<Path<T>>().await.map(|Path(ids)| Self(ids)).map_err(|_| Problem::not_found())
    }
}

/// The version that `If-Match` asks for; nothing when it is absent or `*`.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub Option<u64>);

impl IfMatch {
    /// Refuses when another version is asked for.
    ///
    /// # Errors
    /// 412, which tells the current version.
    pub fn check(self, current: u64) -> Result<(), Problem> {
        match self.0 {
            Some(wanted) if wanted != current => Err(Problem::precondition_failed(current)),
            _ => Ok(()),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Self(None));
        }
        let version = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        version.and_then(|digits| digits.parse().ok()).map(|version| Self(Some(version))).ok_or_else(|| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "if-match",
                Text::new("If-Match 无效", "The If-Match header is not usable"),
            )
            .fix(Text::new(
                "填上次读到的一个 ETag，如 \"3\"。",
                "Send one ETag as it was read, such as \"3\".",
            ))
        })
    }
}
