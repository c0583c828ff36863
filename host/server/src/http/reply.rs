//! A successful answer, complete before anything is committed, so that it can be kept for a replay.

use super::problem::Problem;
use super::secret::{Salt, Secret};
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sanbao_domain::text::Language;
use serde::Serialize;

/// What handlers answer.
pub type Answer = Result<Reply, Problem>;

/// Status, headers and body.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Status.
    pub status: StatusCode,
    /// Headers; `content-type` among them when there is a body.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Body, possibly empty.
    pub body: Bytes,
    /// A secret within the body, which must not be kept, and what it was made with.
    pub(super) sealed: Option<(Secret, Salt)>,
}

impl Reply {
    /// 200 with a JSON body.
    pub fn ok(value: &impl Serialize) -> Result<Self, Problem> {
        Self::json(StatusCode::OK, value)
    }

    /// 201 with a JSON body and the path of what was created.
    pub fn created(value: &impl Serialize, location: &str) -> Result<Self, Problem> {
        Ok(Self::json(StatusCode::CREATED, value)?.header(header::LOCATION, location))
    }

    /// 204.
    pub fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: Vec::new(), body: Bytes::new(), sealed: None }
    }

    /// A JSON body with any status.
    pub fn json(status: StatusCode, value: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value).map_err(Problem::internal)?;
        Ok(Self::bytes(status, "application/json", body))
    }

    /// A body of any type.
    pub fn bytes(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let content_type = (header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        Self { status, headers: vec![content_type], body: body.into(), sealed: None }
    }

    /// With the version of what it shows, for `If-Match`.
    pub fn etag(self, version: u64) -> Self {
        self.header(header::ETAG, &format!("\"{version}\""))
    }

    /// With the language that its texts are in.
    pub fn language(mut self, language: Language) -> Self {
        self.headers.push((header::CONTENT_LANGUAGE, super::language::header(language)));
        self
    }

    /// Says that the body shows `secret`, which was derived with `salt` from the secret of the caller.
    pub fn sealing(mut self, secret: Secret, salt: Salt) -> Self {
        self.sealed = Some((secret, salt));
        self
    }

    /// With a header; a value that no header can carry is left out.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        for (name, value) in self.headers {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
