//! A retired version judges nothing any more.

use super::{How, Intended};
use crate::http::problem::Problem;
use axum::http::StatusCode;
use sanbao_domain::text::Text;
use sanbao_store::policy::PolicyStatus;

pub(super) fn check(intended: &Intended<'_>) -> Result<(), Problem> {
    if intended.version.status != PolicyStatus::Retired {
        return Ok(());
    }
    let (title, fix) = match intended.how {
        How::Activated | How::Changed => (
            Text::new("该版本已停用", "The version is retired"),
            Text::new("上传新版本后再启用。", "Upload a new version and activate that."),
        ),
        How::Returned => (
            Text::new("原先的版本已停用", "The version that judged before is retired"),
            Text::new("启用另一个版本。", "Activate another version from the day on which it is to judge."),
        ),
    };
    let version = intended.version.id;
    Err(Problem::new(StatusCode::CONFLICT, "policy-retired", title).fix(fix).with("policy", version))
}
