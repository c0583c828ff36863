//! The problems that any operation may have.

use super::Problem;
use crate::http::idempotency;
use crate::http::reply::Answer;
use axum::http::StatusCode;
use sanbao_domain::text::Text;
use sanbao_store::{Entity, StoreError};
use std::error::Error;

impl Problem {
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
