//! What can be wrong with an upload.

use serde::{Deserialize, Serialize};

/// The stable word for a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// More bytes than the host takes.
    TooLarge,
    /// Neither a component nor a core module.
    NotWasm,
    /// It does not pass validation, or uses a proposal that the engine does not run.
    Invalid,
    /// A core module that does not say which world it was built for.
    NoWorld,
    /// Beyond a limit of structure, such as the size of one function.
    TooComplex,
    /// It imports something outside the contract.
    ForeignImport,
    /// An interface of the contract in a version that this host does not speak.
    OtherVersion,
    /// An interface that the contract does not have.
    UnknownInterface,
    /// It does not export `manifest`.
    NoManifest,
    /// A function or a type that is not the contract's.
    OtherType,
    /// The compiler refuses it, or it does not fit into the engine's pool.
    DoesNotCompile,
    /// Compiling it takes too long.
    CompileTime,
    /// Compiling it takes too much of the processor.
    CompileCpu,
    /// Compiling it takes too much memory.
    CompileMemory,
    /// Its native code is too large.
    CompileSize,
    /// The compiler falls over it.
    CompileCrash,
    /// The host could not do this step: the same upload may pass another time.
    HostFailed,
    /// `manifest.describe` fails.
    DescribeFails,
    /// `manifest.describe` answers differently each time.
    DescribeVaries,
    /// A function fails when it is asked about a plain case.
    SmokeFails,
    /// A function answers the same question differently each time.
    SmokeVaries,
    /// What a function answers to a plain case is refused on a claim.
    SmokeRefused,
    /// Two rules, attributes, settings, roles or choices of one name.
    Duplicate,
    /// A rule is read that is not declared.
    UnknownRule,
    /// A condition names an attribute that is not declared.
    UnknownAttribute,
    /// A value of another type than declared, or not among the choices.
    BadValue,
    /// Choices for something that is not text.
    ChoicesWithoutText,
    /// A name that is not lower-case words joined by hyphens.
    BadName,
    /// A version that is not a semantic version.
    BadVersion,
    /// A text that is empty in one of the languages.
    EmptyText,
    /// A text or a list that is longer than the host stores.
    TooLong,
    /// It exports nothing but its manifest, or declares no rule: it cannot answer anything.
    NothingToAsk,
    /// Scenarios that cannot be read, or more of them than a host runs.
    BadScenarios,
    /// A scenario that is not answered as its table says.
    ScenarioFails,
    /// Not all scenarios were run.
    ScenariosCut,
    /// This version is there already with other content.
    VersionTaken,
    /// Its party takes signed uploads only.
    SignatureMissing,
    /// Signed with a key that its party has not registered.
    SignatureKeyUnknown,
    /// Signed with a key that its party has revoked.
    SignatureKeyRevoked,
    /// The signature is not that of these bytes.
    SignatureWrong,
}

/// Whether an upload with this problem is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Refused.
    Error,
    /// Accepted, but worth a look.
    Warning,
}

/// One thing that is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The kind.
    pub code: Code,
    /// Whether it is refused for it.
    pub severity: Severity,
    /// A path into the component or its manifest: `import wasi:io/poll@0.2.0`, `manifest.rules[3].id`.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub fix: String,
}

impl Problem {
    /// Something for which the upload is refused.
    pub fn error(
        code: Code,
        place: impl Into<String>,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            place: place.into(),
            message: message.into(),
            fix: fix.into(),
        }
    }

    pub(crate) fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }
}
