//! Bodies of writes: JSON or a component, with the request's `Idempotency-Key` seen to.

use super::auth::Caller;
use super::idempotency::{self, Begun, Once};
use super::missing;
use super::problem::Problem;
use crate::app::App;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};
use sanbao_domain::text::Text;
use serde::de::DeserializeOwned;

/// Carries minisign's file for the body, in base64.
pub const SIGNATURE: HeaderName = HeaderName::from_static("sanbao-signature");

/// A JSON body. An empty one reads as `{}`.
#[derive(Debug)]
pub struct Post<T> {
    /// The body.
    pub body: T,
    /// Keeps the answer for a replay.
    pub once: Once,
}

/// The bytes of a component.
#[derive(Debug)]
pub struct Upload {
    /// The bytes.
    pub bytes: Bytes,
    /// The header `Sanbao-Signature`, as it was sent.
    pub signature: Option<String>,
    /// Keeps the answer for a replay.
    pub once: Once,
}

impl<T: DeserializeOwned> FromRequest<App> for Post<T> {
    /// A problem, or the kept answer of the same request.
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (headers, body, once) = receive(request, app, app.config().max_body).await?;
        if !body.is_empty() {
            typed(&headers, &["application/json"]).map_err(Problem::into_response)?;
        }
        let body = json(if body.is_empty() { b"{}" } else { &body }).map_err(Problem::into_response)?;
        Ok(Self { body, once })
    }
}

impl FromRequest<App> for Upload {
    /// A problem, or the kept answer of the same request.
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (headers, bytes, once) = receive(request, app, app.config().max_component).await?;
        typed(&headers, &["application/wasm", "application/octet-stream"]).map_err(Problem::into_response)?;
        let signature =
            headers.get(&SIGNATURE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        Ok(Self { bytes, signature, once })
    }
}

async fn receive(request: Request, app: &App, most: usize) -> Result<(HeaderMap, Bytes, Once), Response> {
    let (mut parts, body) = request.into_parts();
    let caller = Caller::of(&mut parts, app).await.map_err(Problem::into_response)?;
    let bytes = collect(body, most).await.map_err(Problem::into_response)?;
    let key = parts.headers.get(idempotency::HEADER);
    let signature = parts.headers.get(&SIGNATURE).map_or(&[][..], HeaderValue::as_bytes);
    match idempotency::begin(app, caller, key, (&parts.method, &parts.uri), (&bytes, signature)).await {
        Ok(Begun::New(once)) => Ok((parts.headers, bytes, once)),
        Ok(Begun::Done(reply)) => Err(reply.into_response()),
        Err(problem) => Err(problem.into_response()),
    }
}

async fn collect(body: Body, most: usize) -> Result<Bytes, Problem> {
    let collected = Limited::new(body, most).collect().await;
    collected.map(|body| body.to_bytes()).map_err(|error| {
        if error.is::<http_body_util::LengthLimitError>() {
            Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "body-too-large",
                Text::new("请求体过大", "The body is too large"),
            )
            .detail(Text::new(format!("上限为 {most} 字节。"), format!("The limit is {most} bytes.")))
        } else {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "body-incomplete",
                Text::new("请求体不完整", "The body did not arrive completely"),
            )
        }
    })
}

fn typed(headers: &HeaderMap, accepted: &[&str]) -> Result<(), Problem> {
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = stated.split(';').next().unwrap_or_default().trim();
    if accepted.iter().any(|accepted| essence.eq_ignore_ascii_case(accepted)) {
        return Ok(());
    }
    let wanted = accepted.join(", ");
    Err(Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported-media-type",
        Text::new("不支持的内容类型", "The content type is not accepted"),
    )
    .fix(Text::new(format!("使用 Content-Type: {wanted}。"), format!("Send Content-Type: {wanted}."))))
}

/// Parses a JSON body; what does not fit names its field.
pub(super) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.into_inner();
        if cause.is_data() { misfit::<T>(&path, &cause, bytes) } else { malformed(&cause) }
    })?;
    source.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

fn misfit<T: DeserializeOwned>(path: &str, cause: &serde_json::Error, bytes: &[u8]) -> Problem {
    if let Some(field) = missing::field::<T>(bytes) {
        return Problem::invalid().error(
            field,
            Text::new("缺少该字段", "this field is missing"),
            Text::new("按 /openapi.json 补上。", "Add it as /openapi.json describes it."),
        );
    }
    let message = cause.to_string();
    let fix = Text::new("按 /openapi.json 中的类型填写。", "Write it as /openapi.json describes it.");
    Problem::invalid().error(if path == "." { "" } else { path }, Text::new(&message, &message), fix)
}

fn malformed(cause: &serde_json::Error) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "malformed-json",
        Text::new("不是合法的 JSON", "The body is not JSON"),
    )
    .detail(Text::new(cause.to_string(), cause.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[allow(dead_code)]
        inner: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[allow(dead_code)]
        number: u32,
    }

    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum Way {
        Post {
            #[allow(dead_code)]
            waybill: Option<String>,
            #[allow(dead_code)]
            carrier: String,
        },
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Sent {
        name: String,
        ways: Vec<Way>,
        wanted: Option<Inner>,
    }

    #[test]
    fn what_is_missing_is_named_where_it_belongs() {
        let field = |text: &str| missing::field::<Sent>(text.as_bytes());
        for (text, missing) in [
            ("{}", Some("name")),
            (r#"{"name":"n"}"#, Some("ways")),
            (r#"{"name":"n","ways":[],"wanted":{}}"#, Some("wanted.number")),
            (
                r#"{"name":"n","ways":[{"kind":"post","carrier":"c"},{"kind":"post"}]}"#,
                Some("ways[1].carrier"),
            ),
            (r#"{"name":"n","ways":[{"carrier":"c"}]}"#, Some("ways[0].kind")),
            // Another fault, or none.
            (r#"{"name":1,"ways":[]}"#, None),
            (r#"{"name":"n","ways":[],"wanted":{"number":1,"more":2}}"#, None),
            (r#"{"name":"n","ways":[],"wanted":null}"#, None),
            ("[", None),
        ] {
            assert_eq!(field(text).as_deref(), missing, "{text}");
        }
        let problem = format!("{:?}", json::<Sent>(br#"{"name":"n"}"#).unwrap_err());
        assert!(problem.contains(r#"field: "ways""#), "{problem}");
    }

    #[test]
    fn what_does_not_fit_names_its_field() {
        let problem = |text: &str| format!("{:?}", json::<Outer>(text.as_bytes()).unwrap_err());
        assert!(problem(r#"{"inner":[{"number":1},{"number":"x"}]}"#).contains("inner[1].number"));
        assert!(problem(r#"{"inner":[{"number":1,"other":2}]}"#).contains("inner[0].other"));
        assert!(problem(r#"{"inner":"#).contains("malformed-json"));
        assert!(problem(r#"{"inner":[]} trailing"#).contains("malformed-json"));
    }
}
