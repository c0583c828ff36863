//! How a policy can fail: the exact cause, for its author and for tests. People on the ticket are told the
//! kind ([`FailureKind::explain`]); the ticket itself never fails.

use sanbao_domain::failure::{FailureKind, PolicyFailure};
use sanbao_domain::time::Span;
use thiserror::Error;

/// Why a policy gave no answer that the host can use. `place` is a path into the answer, such as
/// `offers[1].citations[0]`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The messages say what each field is.
pub enum Failure {
    #[error("trap: {what}")]
    Trap { what: String },
    #[error("all {limit} units of fuel used up")]
    OutOfFuel { limit: u64 },
    /// The only failure of a policy that depends on the machine.
    #[error("no answer within {millis} ms")]
    Deadline { millis: u64 },
    #[error("{wanted} bytes of memory asked for, {limit} allowed")]
    Memory { wanted: usize, limit: usize },
    #[error("tables of {wanted} entries asked for, {limit} allowed")]
    Table { wanted: usize, limit: usize },
    #[error("call stack exhausted")]
    StackOverflow,
    #[error("more than {limit} bytes handed to the host at once")]
    ResultTooLarge { limit: usize },
    /// A bad discriminant, a pointer out of bounds, text that is not UTF-8.
    #[error("the answer breaks the canonical ABI: {what}")]
    Malformed { what: String },
    #[error("{place} is {given}, which is not a value of its type")]
    BadValue { place: String, given: String },
    #[error("{place} is longer than {limit}")]
    TooLong { place: String, limit: usize },
    #[error("{place} cites rule \"{rule}\", which the manifest does not declare")]
    UnknownCitation { rule: String, place: String },
    #[error("{place} cites rule \"{rule}\", which the manifest declares as conduct: conduct decides nothing")]
    ConductCited { rule: String, place: String },
    #[error("{place} names role \"{role}\", which the manifest does not declare")]
    UnknownRole { role: String, place: String },
    #[error("{place} asks for \"{fact}\", which is neither a core fact nor a declared attribute")]
    UnknownFact { fact: String, place: String },
    #[error("{place} is a span of {} {:?}, longer than two hundred years", span.amount, span.unit)]
    AbsurdSpan { span: Span, place: String },
    /// Of the right type, but outside what such a value may be.
    #[error("{place} is {given}; it must be {allowed}")]
    NotAllowed { place: String, given: String, allowed: &'static str },
    #[error("{place} uses the id \"{id}\" a second time")]
    Duplicate { id: String, place: String },
    /// The ruling needs what is not there: `covered` an offer, `not-covered` a citation.
    #[error("{place} is empty, but this answer needs it")]
    Lacking { place: String },
    /// Not the policy's fault.
    #[error("the host could not run it: {what}")]
    Unavailable { what: String },
}

impl Failure {
    /// The kind that health counts and that people on the ticket are told.
    pub fn kind(&self) -> FailureKind {
        match self {
            Self::Trap { .. } => FailureKind::Trap,
            Self::OutOfFuel { .. } => FailureKind::OutOfFuel,
            Self::Deadline { .. } => FailureKind::Deadline,
            Self::Memory { .. } | Self::Table { .. } => FailureKind::Memory,
            Self::StackOverflow => FailureKind::StackOverflow,
            Self::ResultTooLarge { .. } | Self::TooLong { .. } => FailureKind::ResultTooLarge,
            Self::Malformed { .. }
            | Self::BadValue { .. }
            | Self::NotAllowed { .. }
            | Self::UnknownFact { .. } => FailureKind::Malformed,
            Self::UnknownCitation { .. } | Self::ConductCited { .. } => FailureKind::UnknownCitation,
            Self::UnknownRole { .. } => FailureKind::UnknownRole,
            Self::AbsurdSpan { .. } => FailureKind::AbsurdSpan,
            Self::Duplicate { .. } | Self::Lacking { .. } => FailureKind::Contradiction,
            Self::Unavailable { .. } => FailureKind::Unavailable,
        }
    }

    /// Whether the same call fails like this every time, so that a replay must reproduce it.
    pub fn is_deterministic(&self) -> bool {
        !matches!(self, Self::Deadline { .. } | Self::Unavailable { .. })
    }
}

impl From<&Failure> for PolicyFailure {
    fn from(failure: &Failure) -> Self {
        Self { kind: failure.kind(), detail: failure.to_string() }
    }
}
