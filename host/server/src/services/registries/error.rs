//! Why an exchange with a registry did not come about.

use crate::http::problem::Problem;
use axum::http::StatusCode;
use oci_client::errors::{OciDistributionError, OciErrorCode};
use sanbao_domain::text::Text;

/// Why an exchange with a registry did not come about.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// A reference that is none.
    #[error("{given:?} is no reference: {why}")]
    Reference {
        /// As it was given.
        given: String,
        /// What is wrong with it.
        why: String,
    },
    /// A registry that the operator does not allow.
    #[error("this host exchanges nothing with {registry}")]
    NotAllowed {
        /// Which.
        registry: String,
    },
    /// The registry has nothing there, or does not show it.
    #[error("there is nothing at {reference}, or it is not shown")]
    Nothing {
        /// Where.
        reference: String,
    },
    /// The registry wants other credentials.
    #[error("the registry refuses these credentials")]
    Credentials,
    /// What is there is no policy in the CNCF's layout.
    #[error("it is not a Wasm artifact: {what}")]
    Layout {
        /// What is otherwise.
        what: String,
    },
    /// More bytes than the host takes.
    #[error("{size} bytes; at most {most} are taken")]
    TooLarge {
        /// What it has, as far as it was read.
        size: u64,
        /// What it may have.
        most: u64,
    },
    /// The bytes are not those that the manifest names.
    #[error("the bytes have the digest {found}, the manifest names {named}")]
    Digest {
        /// Of the bytes.
        found: String,
        /// In the manifest.
        named: String,
    },
    /// The registry cannot be reached, or does not keep to its protocol.
    #[error("the registry does not do its part: {0}")]
    Registry(String),
}

impl RegistryError {
    /// In words for the person who asked for `reference`.
    pub(super) fn of(error: OciDistributionError, reference: &str) -> Self {
        let nothing = || Self::Nothing { reference: reference.to_owned() };
        match error {
            OciDistributionError::UnauthorizedError { .. }
            | OciDistributionError::AuthenticationFailure(_) => Self::Credentials,
            OciDistributionError::ImageManifestNotFoundError(_)
            | OciDistributionError::ServerError { code: 404, .. } => nothing(),
            OciDistributionError::ServerError { code: 401 | 403, .. } => Self::Credentials,
            OciDistributionError::RegistryError { envelope, .. } => {
                let codes: Vec<&OciErrorCode> = envelope.errors.iter().map(|error| &error.code).collect();
                let has = |code: &OciErrorCode| codes.contains(&code);
                if has(&OciErrorCode::ManifestUnknown) || has(&OciErrorCode::NameUnknown) {
                    nothing()
                } else if has(&OciErrorCode::Unauthorized) || has(&OciErrorCode::Denied) {
                    Self::Credentials
                } else {
                    Self::Registry(envelope.to_string())
                }
            }
            OciDistributionError::ImageIndexParsingNoPlatformResolverError => {
                Self::Layout { what: "an index of several images".to_owned() }
            }
            OciDistributionError::RequestError(error) => Self::Registry(root(&error)),
            other => Self::Registry(other.to_string()),
        }
    }

    /// What to do about it.
    pub fn fix(&self) -> Text {
        match self {
            Self::Reference { .. } => Text::new(
                "按 主机/仓库:标签 填写。",
                "Write it as HOST/REPOSITORY:TAG or HOST/REPOSITORY@sha256:DIGEST.",
            ),
            Self::NotAllowed { .. } => Text::new(
                "请运营方用 --registry 允许这个仓库，或直接上传文件。",
                "Ask the operator to allow it with --registry, or upload the file itself.",
            ),
            Self::Nothing { .. } => {
                Text::new("核对名称、标签和权限。", "Check the name, the tag, and who may read it.")
            }
            Self::Credentials => {
                Text::new("给出有权限的用户名和密码。", "Give the name and password of somebody who may.")
            }
            Self::Layout { .. } => Text::new(
                "用 sanbao policy push 或 wkg oci push 推送组件。",
                "Push the component with `sanbao policy push` or `wkg oci push`.",
            ),
            Self::TooLarge { .. } => {
                Text::new("去掉调试信息后重新推送。", "Strip debug information and push it again.")
            }
            Self::Digest { .. } => Text::new("重新推送。", "Push it again."),
            Self::Registry(_) => Text::new("稍后重试。", "Try again later."),
        }
    }
}

/// The innermost cause, such as "Connection refused".
fn root(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

impl From<RegistryError> for Problem {
    fn from(error: RegistryError) -> Self {
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        let (status, code, title) = match &error {
            RegistryError::Reference { .. } => (
                unprocessable,
                "registry-reference",
                Text::new("引用格式有误", "The reference is not usable"),
            ),
            RegistryError::NotAllowed { .. } => (
                unprocessable,
                "registry-not-allowed",
                Text::new("不允许使用这个仓库", "The registry is not allowed"),
            ),
            RegistryError::Nothing { .. } => (
                unprocessable,
                "registry-nothing-there",
                Text::new("仓库中没有这个内容", "The registry has nothing there"),
            ),
            RegistryError::Credentials => (
                unprocessable,
                "registry-credentials",
                Text::new("仓库拒绝了凭据", "The registry refuses the credentials"),
            ),
            RegistryError::Layout { .. } | RegistryError::TooLarge { .. } | RegistryError::Digest { .. } => (
                unprocessable,
                "registry-artifact",
                Text::new("仓库中的内容不可用", "What is there cannot be used"),
            ),
            RegistryError::Registry(_) => (
                StatusCode::BAD_GATEWAY,
                "registry-failed",
                Text::new("仓库没有正常回答", "The registry failed"),
            ),
        };
        let detail = error.to_string();
        Self::new(status, code, title).detail(Text::new(&detail, &detail)).field("reference").fix(error.fix())
    }
}
