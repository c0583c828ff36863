//! Problem documents (RFC 9457): what went wrong, where, by which rule, and what to do about it.
//!
//! Handlers make a [`Problem`] in both languages; [`render`] writes the document once the request's
//! language and id are known, so nothing below has to carry them.

use super::reply::Answer;
use super::request_id::RequestId;
use super::{idempotency, language};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sanbao_domain::text::{Language, Text};
use sanbao_store::{Entity, StoreError};
use serde::Serialize;
use serde_json::{Map, Value};
use std::error::Error;
use std::sync::Arc;

/// Stable prefix of `type`; the code follows.
const TYPE_PREFIX: &str = "urn:sanbao:problem:";

/// An error answer.
#[derive(Clone, Debug)]
pub struct Problem(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    status: StatusCode,
    code: &'static str,
    title: Text,
    detail: Option<Text>,
    field: Option<String>,
    rule: Option<String>,
    fix: Option<Text>,
    errors: Vec<FieldError>,
    more: Map<String, Value>,
    /// For the log; never shown.
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// One field that is wrong.
#[derive(Clone, Debug)]
struct FieldError {
    field: String,
    message: Text,
    fix: Text,
}

impl Problem {
    /// A problem of a stable kind: `code` ends its `type` URI and `title` is the same for every one.
    pub fn new(status: StatusCode, code: &'static str, title: Text) -> Self {
        Self(Box::new(Parts {
            status,
            code,
            title,
            detail: None,
            field: None,
            rule: None,
            fix: None,
            errors: Vec::new(),
            more: Map::new(),
            source: None,
        }))
    }

    /// What happened this time.
    pub fn detail(mut self, detail: Text) -> Self {
        self.0.detail = Some(detail);
        self
    }

    /// Path of the field at fault: `claims[0].dates.sold`.
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// The rule behind it: `STO-25`.
    pub fn rule(mut self, rule: impl Into<String>) -> Self {
        self.0.rule = Some(rule.into());
        self
    }

    /// What to do about it.
    pub fn fix(mut self, fix: Text) -> Self {
        self.0.fix = Some(fix);
        self
    }

    /// One more field at fault.
    pub fn error(mut self, field: impl Into<String>, message: Text, fix: Text) -> Self {
        self.0.errors.push(FieldError { field: field.into(), message, fix });
        self
    }

    /// An extension member of the document. A value that cannot be written is left out.
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        if let Ok(value) = serde_json::to_value(value) {
            self.0.more.insert(name.to_owned(), value);
        }
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The last part of its `type`.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// What is wrong and what to do, for a page that people read.
    pub fn said(&self, language: Language) -> Vec<String> {
        let parts = &self.0;
        let errors = parts.errors.iter().flat_map(|error| [&error.message, &error.fix]);
        let texts = [Some(&parts.title), parts.fix.as_ref()].into_iter().flatten().chain(errors);
        texts.map(|text| text.get(language).to_owned()).collect()
    }

    /// What to log.
    pub(crate) fn caused_by(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// Something does not exist, or belongs to somebody else: the two are never told apart.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", Text::new("未找到", "Not found")).detail(Text::new(
            "没有这个编号的内容，或者它不属于您。",
            "There is nothing of yours under this id.",
        ))
    }

    /// The request is well formed but says something impossible; add the fields with [`Problem::error`].
    pub fn invalid() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            Text::new("内容有误", "The request is not valid"),
        )
    }

    /// The fault is ours: the cause is logged and the client sees the request id only.
    pub fn internal(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", Text::new("内部错误", "Internal error"))
            .detail(Text::new(
                "这是我们的故障，请提供请求编号。",
                "The fault is ours. Please report the request id.",
            ))
            .caused_by(cause)
    }

    /// The database or a policy slot cannot be had just now.
    pub fn unavailable(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            Text::new("暂时无法处理", "Temporarily unavailable"),
        )
        .fix(Text::new("稍后重试。", "Try again shortly."))
        .caused_by(cause)
    }

    /// `If-Match` names another version than `current`.
    pub fn precondition_failed(current: u64) -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "precondition-failed",
            Text::new("版本已变", "The version has changed"),
        )
        .detail(Text::new(format!("当前版本是 {current}。"), format!("The current version is {current}.")))
        .fix(Text::new("重新读取后再提交。", "Read it again, then decide again."))
        .with("version", current)
    }

    /// Others changed the same record again and again while this command ran.
    pub fn lost_race() -> Self {
        Self::new(StatusCode::CONFLICT, "lost-race", Text::new("同时被修改", "Changed by others meanwhile"))
            .fix(Text::new("重新读取后再提交。", "Read it again, then try again."))
    }

    /// Something with the same natural key is there already.
    fn duplicate(entity: Entity) -> Self {
        let (code, title, fix) = match entity {
            Entity::Dealership => (
                "dealership-exists",
                Text::new("已是经销关系", "The two deal already"),
                Text::new("先结束原来的关系。", "End the present dealership first."),
            ),
            Entity::Unit => (
                "serial-taken",
                Text::new("序列号已登记", "The serial number is registered already"),
                Text::new("用 ?serial= 查找已登记的产品。", "Find the registered unit with ?serial=."),
            ),
            Entity::Policy => (
                "version-taken",
                Text::new("该版本已存在", "The version exists already with other content"),
                Text::new(
                    "提高政策的版本号后重新上传。",
                    "Raise the version in the manifest and upload again.",
                ),
            ),
            Entity::Part => (
                "part-exists",
                Text::new("该配件号已登记", "The part number is listed already"),
                Text::new("直接使用已登记的配件。", "Use the part that is listed."),
            ),
            Entity::PartDocument => (
                "form-booked",
                Text::new("该接收单已入账", "The receiving form is booked already"),
                Text::new("核对单号；每单只入账一次。", "Check its number: a form is booked once."),
            ),
            Entity::Ticket => (
                "reference-taken",
                Text::new("编号已使用", "The reference is used by another ticket"),
                Text::new("用 ?reference= 查找原工单。", "Find the ticket with ?reference=."),
            ),
            Entity::Upstream => (
                "recovered-already",
                Text::new("已追偿", "It is recovered already"),
                Text::new("在已有的追偿工单上继续。", "Go on with the ticket that recovers it."),
            ),
            Entity::SigningKey => (
                "signing-key-exists",
                Text::new("该公钥已登记", "The key is registered already"),
                Text::new(
                    "直接使用它；已撤销的公钥不能再登记。",
                    "Use it; one that was revoked cannot be registered again.",
                ),
            ),
            _ => (
                "exists",
                Text::new("已经存在", "It exists already"),
                Text::new("重新读取后再试。", "Read it again, then try again."),
            ),
        };
        Self::new(StatusCode::CONFLICT, code, title).fix(fix)
    }

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

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Contention => Self::lost_race(),
            StoreError::Duplicate(Entity::Idempotency) => idempotency::in_flight(),
            StoreError::Duplicate(entity) => Self::duplicate(entity),
            StoreError::Short => Self::new(
                StatusCode::CONFLICT,
                "out-of-stock",
                Text::new("库存不足", "There are not as many parts"),
            )
            .rule("BUS-44")
            .fix(Text::new("重新读取库存后再试。", "Read the balances again, then try again.")),
            StoreError::Unavailable(_) | StoreError::Interrupted => Self::unavailable(error),
            other => Self::internal(other),
        }
    }
}

/// A value that could not be written, or a stored one that could not be read back.
impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
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

/// The answer to a path that does not exist.
pub(crate) async fn no_route() -> Answer {
    Err(Problem::new(StatusCode::NOT_FOUND, "no-route", Text::new("没有这个地址", "No such address"))
        .fix(Text::new("地址列表见 /docs。", "The addresses are listed at /docs.")))
}

/// The answer to a method that a path does not have.
pub(crate) async fn no_method() -> Answer {
    Err(Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        Text::new("此地址不支持该方法", "This address does not take that method"),
    ))
}
