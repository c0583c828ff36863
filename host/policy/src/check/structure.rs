//! The first look at hostile bytes: full validation and limits on structure, before any code generator sees
//! them. Compiling is where bytes become time: half a megabyte of nested blocks in one function keeps
//! Cranelift busy for most of a minute. The limits leave room for the interpreters in JavaScript and
//! Python components, whose largest figures stand beside each.

use super::problem::{Code, Problem};
use wasmparser::{
    FuncValidatorAllocations, FunctionBody, Operator, Parser, Payload, ValidPayload, Validator, WasmFeatures,
};

/// Largest upload, in bytes.
pub const SIZE: usize = 32 << 20;
/// Core modules, nested ones included (Python: 38).
const MODULES: u32 = 64;
/// Functions with a body in all modules (JavaScript: 19,852).
const FUNCTIONS: u32 = 60_000;
/// Bytes of one body (Python: 426,843).
const BODY: usize = 512 << 10;
/// Blocks inside blocks (Python: 781).
const NESTING: u32 = 1_000;
/// Locals of one function (JavaScript: 483).
const LOCALS: u32 = 2_000;
/// Targets of one `br_table` (Python: 3,202).
const TARGETS: u32 = 5_000;
/// Targets of all `br_table`s of one function (Python: 15,805).
const ALL_TARGETS: u32 = 25_000;
/// Blocks times locals of one function (JavaScript: 209,056): where paths meet, every local may need a value
/// of its own, and 30,000 blocks with 1,900 locals kept the compiler busy for 80 s in 320 KB.
const MEETINGS: u64 = 500_000;
/// Blocks times locals of all functions together (JavaScript: 2,866,770).
const ALL_MEETINGS: u64 = 10_000_000;
/// Data or element segments of one module (JavaScript: 6,714).
const SEGMENTS: u32 = 20_000;

/// What a component is made of, for the report and for whoever tunes the limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) modules: u32,
    pub(crate) functions: u32,
    pub(crate) body: usize,
    pub(crate) nesting: u32,
    pub(crate) locals: u32,
    pub(crate) targets: u32,
    pub(crate) all_targets: u32,
    pub(crate) segments: u32,
    pub(crate) all_meetings: u64,
}

/// Whether the bytes are a component; `None` when they are no WebAssembly at all.
pub(crate) fn is_component(bytes: &[u8]) -> Option<bool> {
    if Parser::is_component(bytes) {
        Some(true)
    } else if Parser::is_core_wasm(bytes) {
        Some(false)
    } else {
        None
    }
}

/// What the engine runs; the rest is refused here already.
fn features() -> WasmFeatures {
    let mut features = WasmFeatures::default();
    features.remove(WasmFeatures::RELAXED_SIMD | WasmFeatures::THREADS | WasmFeatures::MEMORY64);
    features.remove(WasmFeatures::GC | WasmFeatures::GC_TYPES | WasmFeatures::FUNCTION_REFERENCES);
    features.remove(WasmFeatures::EXCEPTIONS | WasmFeatures::CM_ASYNC);
    features
}

/// Validates everything and measures it. Stops at the first problem, as nothing after it can be trusted.
pub(crate) fn examine(bytes: &[u8]) -> Result<Figures, Problem> {
    let mut figures = Figures::default();
    let mut validator = Validator::new_with_features(features());
    let mut allocations = FuncValidatorAllocations::default();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload.map_err(|error| invalid(&error))?;
        section(&payload, &mut figures)?;
        if let ValidPayload::Func(function, body) =
            validator.payload(&payload).map_err(|error| invalid(&error))?
        {
            let index = function.index;
            let mut function = function.into_validator(allocations);
            measure(&body, index, function.len_locals(), &mut figures)?;
            function.validate(&body).map_err(|error| invalid(&error))?;
            allocations = function.into_allocations();
        }
    }
    Ok(figures)
}

fn section(payload: &Payload<'_>, figures: &mut Figures) -> Result<(), Problem> {
    match payload {
        Payload::ModuleSection { .. } => {
            figures.modules += 1;
            limit("component", "core modules", figures.modules, MODULES)
        }
        Payload::CodeSectionStart { count, .. } => {
            figures.functions = figures.functions.saturating_add(*count);
            limit("component", "functions", figures.functions, FUNCTIONS)
        }
        Payload::DataSection(reader) => segments(reader.count(), figures),
        Payload::ElementSection(reader) => segments(reader.count(), figures),
        _ => Ok(()),
    }
}

fn segments(count: u32, figures: &mut Figures) -> Result<(), Problem> {
    figures.segments = figures.segments.max(count);
    limit("module", "segments", count, SEGMENTS)
}

fn measure(
    body: &FunctionBody<'_>,
    index: u32,
    parameters: u32,
    figures: &mut Figures,
) -> Result<(), Problem> {
    let place = || format!("function {index}");
    let bytes = body.range().len();
    figures.body = figures.body.max(bytes);
    limit(place(), "bytes", bytes, BODY)?;

    let mut locals = parameters;
    for local in body.get_locals_reader().map_err(|error| invalid(&error))? {
        let (count, _) = local.map_err(|error| invalid(&error))?;
        locals = locals.saturating_add(count);
    }
    figures.locals = figures.locals.max(locals);
    limit(place(), "locals", locals, LOCALS)?;

    let (mut depth, mut blocks, mut all_targets) = (0u32, 0u64, 0u32);
    for operator in body.get_operators_reader().map_err(|error| invalid(&error))? {
        match operator.map_err(|error| invalid(&error))? {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                depth += 1;
                blocks += 1;
                figures.nesting = figures.nesting.max(depth);
                limit(place(), "nested blocks", depth, NESTING)?;
            }
            Operator::End => depth = depth.saturating_sub(1),
            Operator::BrTable { targets } => {
                figures.targets = figures.targets.max(targets.len());
                limit(place(), "targets of one branch table", targets.len(), TARGETS)?;
                all_targets = all_targets.saturating_add(targets.len());
                limit(place(), "targets of branch tables", all_targets, ALL_TARGETS)?;
            }
            _ => {}
        }
    }
    figures.all_targets = figures.all_targets.max(all_targets);
    let meetings = blocks * u64::from(locals);
    limit(place(), "blocks times locals", meetings, MEETINGS)?;
    figures.all_meetings = figures.all_meetings.saturating_add(meetings);
    limit("component", "blocks times locals", figures.all_meetings, ALL_MEETINGS)?;
    Ok(())
}

fn limit<N: PartialOrd + std::fmt::Display>(
    place: impl Into<String>,
    what: &str,
    found: N,
    most: N,
) -> Result<(), Problem> {
    if found <= most {
        return Ok(());
    }
    Err(Problem::error(
        Code::TooComplex,
        place,
        format!("{found} {what}; at most {most} are allowed"),
        "split it up, or let the compiler inline less",
    ))
}

fn invalid(error: &wasmparser::BinaryReaderError) -> Problem {
    Problem::error(
        Code::Invalid,
        format!("byte {}", error.offset()),
        error.message(),
        "upload the file whole, as the toolchain wrote it, and build for plain WebAssembly 2.0 and the component \
         model, without threads, relaxed SIMD, 64-bit memory, garbage collection or exceptions",
    )
}
