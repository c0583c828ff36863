//! Why there is no native code, as a problem of the upload.

use super::problem::{Code, Problem};
use crate::compile::CompileError;

/// What helps against functions that the compiler has trouble with.
const SIMPLER: &str =
    "split large functions and tables up, inline less, and build with optimisation for size";

pub(super) fn problem(error: &CompileError) -> Problem {
    let (code, fix) = match error {
        CompileError::Refused(_) => {
            (Code::DoesNotCompile, "build it with less memory, fewer tables or fewer modules")
        }
        CompileError::Time { .. } => (Code::CompileTime, SIMPLER),
        CompileError::Cpu { .. } => (Code::CompileCpu, SIMPLER),
        CompileError::Memory { .. } => (Code::CompileMemory, SIMPLER),
        CompileError::Code { .. } => (Code::CompileSize, "strip what is not used, and inline less"),
        CompileError::Panicked(_) | CompileError::Crashed { .. } => (
            Code::CompileCrash,
            "build it with another version of the toolchain or less optimisation; a component that ends the \
             compiler is worth a report to its authors",
        ),
        CompileError::NotStarted { .. }
        | CompileError::Answer(_)
        | CompileError::Load(_)
        | CompileError::Cancelled => {
            (Code::HostFailed, "nothing is known to be wrong with the upload: upload it again later")
        }
    };
    Problem::error(code, "component", error.to_string(), fix)
}
