//! The check of an upload: from hostile bytes to a policy, or to a report of everything that is wrong.
//!
//! The steps get dearer: size; full validation with limits on structure; the world, its versions and types,
//! without generating code; compilation; two calls of `manifest.describe`; the manifest itself; two calls of
//! every function with a plain case; the policy's own scenarios. A step that finds an error ends the check after
//! the step, as what follows could only repeat it.

pub mod difference;
mod manifest;
mod names;
mod native;
mod problem;
mod reading;
mod scenarios;
mod smoke;
mod structure;
mod world;
mod wrap;

pub use difference::Difference;
pub use names::{Names, names};
pub use problem::{Code, Problem, Severity};
pub use scenarios::run as run_scenarios;
pub use structure::SIZE;
pub use wrap::wrap;

use crate::compile::{Cancel, Compiled, Compiler};
use crate::contract::{Interface, PACKAGE, VERSION};
use crate::digest::Digest;
use crate::engine::Engine;
use crate::policy::{LoadError, Policy};
use crate::scenario::ScenarioReport;
use sanbao_domain::manifest::Manifest;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

/// What the check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    /// Everything that is wrong, in the order of the steps.
    pub problems: Vec<Problem>,
    /// SHA-256 of the component.
    pub digest: Digest,
    /// Bytes that were uploaded.
    pub uploaded: usize,
    /// Bytes of the component.
    pub size: usize,
    /// The upload was a core module and was made a component.
    pub wrapped: bool,
    /// The version of the contract that it speaks, as far as it says.
    pub contract: Option<String>,
    /// What it exports of the contract.
    pub interfaces: Vec<Interface>,
    /// What it says of itself; absent when the check did not get that far.
    pub manifest: Option<Manifest>,
    /// Milliseconds that compiling took; 0 when it did not get that far.
    pub compile_millis: u64,
    /// Its calls are expected to take long: they run apart from short ones.
    pub long: bool,
    /// What came of its own scenarios; absent where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenarios: Option<ScenarioReport>,
    /// What differs from the version that it would follow; absent for a first version, and where nobody knows
    /// what is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
}

impl CheckReport {
    /// Whether the upload may become a policy: nothing worse than warnings.
    pub fn accepted(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity == Severity::Warning)
    }

    /// Whether the host failed rather than the upload: it is worth checking again.
    pub fn is_unfinished(&self) -> bool {
        self.problems.iter().any(|problem| problem.code == Code::HostFailed)
    }
}

/// A checked upload.
pub struct Checked {
    /// What the check found.
    pub report: CheckReport,
    /// The component: the upload itself, or what was made of a core module. Its digest is the policy's.
    pub component: Vec<u8>,
    /// Ready to be asked; present when the upload was accepted.
    pub policy: Option<Arc<Policy>>,
}

/// What the check does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Size, validation, limits on structure, the world and its types.
    Structure,
    /// Native code.
    Compile,
    /// The manifest and the settings' schema.
    Manifest,
    /// Calls of what it exports.
    Smoke,
    /// Its own scenarios.
    Scenarios,
}

/// Checks an upload to the end, and says at which step it is. Takes as long as compiling takes (seconds for
/// JavaScript and Python): call it where blocking is allowed. Never fails: what is wrong is in the report.
pub fn check(compiler: &Compiler, upload: &[u8], progress: &mut dyn FnMut(Step)) -> Checked {
    check_unless(&Cancel::default(), compiler, upload, progress)
}

/// As [`check`]; where somebody gives up meanwhile, compiling is stopped and the report is unfinished.
pub fn check_unless(
    cancel: &Cancel,
    compiler: &Compiler,
    upload: &[u8],
    progress: &mut dyn FnMut(Step),
) -> Checked {
    progress(Step::Structure);
    let (mut report, component) = inspect(upload);
    let mut policy = None;
    if report.accepted() {
        progress(Step::Compile);
        policy = compile(cancel, compiler, &component, &mut report).and_then(|compiled| {
            let policy = examine(compiler.engine(), &component, &compiled, &mut report, progress)?;
            compiled.keep(compiler);
            Some(Arc::new(policy))
        });
    }
    Checked { report, component: component.into_owned(), policy }
}

/// Everything that needs the component to run; the policy, if it is accepted.
fn examine(
    engine: &Arc<Engine>,
    component: &[u8],
    compiled: &Compiled,
    report: &mut CheckReport,
    progress: &mut dyn FnMut(Step),
) -> Option<Policy> {
    progress(Step::Manifest);
    let policy = load(engine, compiled, report)?;
    manifest::examine(policy.manifest(), &mut report.problems);
    report.manifest = Some(Manifest::clone(policy.manifest()));
    report.long = policy.is_long();
    if report.accepted() {
        progress(Step::Smoke);
        smoke::examine(&policy, &mut report.problems);
    }
    if report.accepted() {
        progress(Step::Scenarios);
        scenarios::examine(component, &policy, report);
    }
    report.accepted().then_some(policy)
}

/// The part of the check that needs no engine: nothing is compiled, nothing runs.
pub fn inspect(upload: &[u8]) -> (CheckReport, Cow<'_, [u8]>) {
    let mut report = CheckReport {
        problems: Vec::new(),
        digest: Digest::ZERO,
        uploaded: upload.len(),
        size: upload.len(),
        wrapped: false,
        contract: None,
        interfaces: Vec::new(),
        manifest: None,
        compile_millis: 0,
        long: false,
        scenarios: None,
        difference: None,
    };
    let component = match component(upload) {
        Ok(component) => component,
        Err(problem) => {
            report.problems.push(problem);
            Cow::Borrowed(upload)
        }
    };
    report.wrapped = matches!(component, Cow::Owned(_));
    report.size = component.len();
    report.digest = Digest::of(&component);
    if report.problems.is_empty() {
        let world = world::examine(&component, &mut report.problems);
        report.contract = world.contract;
        report.interfaces = world.interfaces;
    }
    (report, component)
}

/// Valid and within the limits, as uploaded and, if that was a core module, as wrapped.
fn component(upload: &[u8]) -> Result<Cow<'_, [u8]>, Problem> {
    if upload.len() > SIZE {
        let message = format!("{} bytes; at most {SIZE} are allowed", upload.len());
        return Err(Problem::error(Code::TooLarge, "upload", message, "strip debug information and names"));
    }
    match structure::is_component(upload) {
        None => Err(Problem::error(
            Code::NotWasm,
            "upload",
            "it is not WebAssembly",
            "upload the .wasm file itself, not an archive or a text",
        )),
        Some(true) => structure::examine(upload).map(|_| Cow::Borrowed(upload)),
        Some(false) => {
            structure::examine(upload)?;
            let component = wrap(upload)?;
            structure::examine(&component)?;
            Ok(Cow::Owned(component))
        }
    }
}

/// From bytes that passed [`inspect`] to native code. The only step that generates code.
fn compile(
    cancel: &Cancel,
    compiler: &Compiler,
    component: &[u8],
    report: &mut CheckReport,
) -> Option<Compiled> {
    let start = Instant::now();
    let compiled = compiler.compile(report.digest, component, cancel);
    report.compile_millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    compiled.map_err(|error| report.problems.push(native::problem(&error))).ok()
}

fn load(engine: &Arc<Engine>, compiled: &Compiled, report: &mut CheckReport) -> Option<Policy> {
    let problem = match Policy::link(engine, report.digest, &compiled.component) {
        Ok(policy) => match policy.describes_the_same() {
            Ok(true) => return Some(policy),
            Ok(false) => Problem::error(
                Code::DescribeVaries,
                "manifest.describe",
                "two calls gave two manifests",
                "return a constant: nothing may depend on what happened before",
            ),
            Err(failure) => describe_fails(&failure),
        },
        Err(LoadError::Describe(failure)) => describe_fails(&failure),
        Err(LoadError::Version(unknown)) => Problem::error(
            Code::OtherVersion,
            "exports",
            unknown.to_string(),
            format!("rebuild it against {PACKAGE}@{VERSION}"),
        ),
        Err(LoadError::Compile(error)) => native::problem(&error),
        Err(error @ (LoadError::Link(_) | LoadError::Altered { .. })) => Problem::error(
            Code::OtherType,
            "component",
            format!("{error:#}"),
            format!("rebuild it against the unchanged WIT of {PACKAGE}@{VERSION}"),
        ),
    };
    report.problems.push(problem);
    None
}

fn describe_fails(failure: &crate::failure::Failure) -> Problem {
    Problem::error(
        Code::DescribeFails,
        "manifest.describe",
        failure.to_string(),
        "it is called without facts and must answer within the usual limits",
    )
}
