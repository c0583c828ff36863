//! What can go wrong with components, and what is said of it.

use crate::http::problem::Problem;
use axum::http::StatusCode;
use sanbao_domain::text::Text;
use sanbao_policy::digest::Digest;
use sanbao_store::StoreError;
use std::io;

/// A component cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum ArtifactError {
    /// The place is not `s3://BUCKET/PREFIX`, or an option of it is wrong.
    #[error("components cannot be kept at {place}")]
    Place {
        /// The place.
        place: String,
        /// Why.
        #[source]
        source: Option<object_store::Error>,
    },
    /// The folder cannot be made.
    #[error("components cannot be kept at {place}")]
    Folder {
        /// The folder.
        place: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// There is nothing under this name.
    #[error("the component {0} is gone")]
    Missing(Digest),
    /// The bytes are not those that the name stands for.
    #[error("the component {named} is damaged: its bytes have the digest {found}")]
    Damaged {
        /// The name.
        named: Digest,
        /// The digest of what lies there.
        found: Digest,
    },
    /// The place takes nothing from this host: its credentials are wrong, or may not do that.
    #[error("the place where components are kept refuses this host")]
    Refused(#[source] object_store::Error),
    /// There is no such place: the bucket is missing, or may not be looked into.
    #[error("the place where components are kept is not there")]
    NoPlace(#[source] object_store::Error),
    /// The place does not answer.
    #[error("the place where components are kept does not answer")]
    Unavailable(#[source] object_store::Error),
    /// The database, which knows what lies there.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ArtifactError {
    /// What the place said that is no answer about one component.
    pub(super) fn of_place(error: object_store::Error) -> Self {
        use object_store::Error::{NotFound, PermissionDenied, Unauthenticated};
        match error {
            PermissionDenied { .. } | Unauthenticated { .. } => Self::Refused(error),
            NotFound { .. } => Self::NoPlace(error),
            other => Self::Unavailable(other),
        }
    }
}

impl From<ArtifactError> for Problem {
    /// Whoever asks learns whether to try again, the log says why.
    fn from(error: ArtifactError) -> Self {
        let detail = match &error {
            ArtifactError::Store(_) | ArtifactError::Place { .. } | ArtifactError::Folder { .. } => {
                return match error {
                    ArtifactError::Store(error) => error.into(),
                    other => Self::internal(other),
                };
            }
            ArtifactError::Missing(digest) | ArtifactError::Damaged { named: digest, .. } => {
                return lost(*digest).caused_by(error);
            }
            ArtifactError::Unavailable(_) => Text::new("存储没有应答。", "It does not answer."),
            ArtifactError::Refused(_) => {
                Text::new("存储拒绝了本机的凭据。", "It refuses this host's credentials.")
            }
            ArtifactError::NoPlace(_) => Text::new("存储桶不存在。", "The bucket is not there."),
        };
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "storage-unavailable",
            Text::new("组件存储无法访问", "The place where components are kept cannot be used"),
        )
        .detail(detail)
        .fix(Text::new(
            "没有留下任何内容；稍后重试。若持续如此，由主机管理员检查 --artifacts。",
            "Nothing was kept: try again shortly. Where it goes on, the host's operator checks --artifacts.",
        ))
        .caused_by(error)
    }
}

fn lost(digest: Digest) -> Problem {
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "component-lost",
        Text::new("组件文件丢失或损坏", "The component is gone or damaged"),
    )
    .detail(Text::new(format!("摘要 {digest}。"), format!("Its digest is {digest}.")))
    .fix(Text::new("重新上传同一文件即可恢复。", "Upload the same file again: that mends it."))
}
