//! Components and modules that no compiler would write: valid, and of no use.

use crate::common::compiler;
use crate::{Numbers, each, examined, how_many, in_child, program};
use arbitrary::{Arbitrary, Unstructured};
use sanbao_hostile::Fixture;
use sanbao_policy::check::Code;
use sanbao_policy::compile::CompileLimits;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use wasm_smith::{Component, Config, Module};
use wasmparser::{Parser, Payload};

#[test]
fn random_components_are_reported() {
    let compiler = compiler();
    let made = AtomicUsize::new(0);
    each(how_many(1200), |number| {
        let mut numbers = Numbers(number as u64);
        let length = 200 + numbers.below(4000);
        let bytes = numbers.bytes(length);
        let Ok(component) = Component::arbitrary(&mut Unstructured::new(&bytes)) else { return };
        made.fetch_add(1, SeqCst);
        let report = examined(&compiler, &component.to_bytes());
        assert!(!report.accepted());
    });
    assert!(made.into_inner() > how_many(1200) / 2);
}

#[test]
fn random_modules_are_reported() {
    let compiler = compiler();
    let made = AtomicUsize::new(0);
    each(how_many(600), |number| {
        let mut numbers = Numbers(number as u64);
        let length = 200 + numbers.below(4000);
        let bytes = numbers.bytes(length);
        let Ok(module) = Module::arbitrary(&mut Unstructured::new(&bytes)) else { return };
        made.fetch_add(1, SeqCst);
        assert!(!examined(&compiler, &module.to_bytes()).accepted());
    });
    assert!(made.into_inner() > how_many(600) / 2);
}

/// What the contract asks of a module, and what its world says, with whatever code comes to mind: it is wrapped,
/// compiled, and runs.
fn with_the_contracts_exports(number: usize) -> Option<Vec<u8>> {
    let mut numbers = Numbers(number as u64);
    let length = 500 + numbers.below(3000);
    let bytes = numbers.bytes(length);
    let exports = r#"(module
        (memory (export "memory") 1)
        (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (unreachable))
        (func (export "sanbao:policy/manifest@1.0.0#describe") (result i32) (unreachable))
        (func (export "sanbao:policy/coverage@1.0.0#decide") (param i32) (result i32) (unreachable)))"#;
    let config = Config {
        exports: Some(wat::parse_str(exports).unwrap()),
        max_imports: 0,
        gc_enabled: false,
        reference_types_enabled: false,
        exceptions_enabled: false,
        threads_enabled: false,
        relaxed_simd_enabled: false,
        memory64_enabled: false,
        max_memories: 0,
        max_tables: 2,
        ..Config::default()
    };
    let mut module = Module::new(config, &mut Unstructured::new(&bytes)).ok()?;
    // Many would loop until a limit ends them, a second each: most give up earlier by themselves.
    if !number.is_multiple_of(32) {
        module.ensure_termination(1000).ok()?;
    }
    let mut module = module.to_bytes();
    let fixture = Fixture::WellBehaved.module();
    for payload in Parser::new(0).parse_all(&fixture) {
        let payload = payload.unwrap();
        if let Payload::CustomSection(section) = &payload
            && section.name().starts_with("component-type")
        {
            let mut bytes = Vec::new();
            wasm_encoder::Section::append_to(
                &wasm_encoder::CustomSection { name: section.name().into(), data: section.data().into() },
                &mut bytes,
            );
            module.extend(bytes);
        }
    }
    Some(module)
}

#[test]
fn random_code_behind_the_contracts_exports_is_run_and_reported() {
    let compiler = compiler();
    let ran = AtomicUsize::new(0);
    each(how_many(600), |number| {
        let Some(upload) = with_the_contracts_exports(number) else { return };
        let report = examined(&compiler, &upload);
        assert!(!report.accepted());
        let describes = |code| matches!(code, Code::DescribeFails | Code::DescribeVaries);
        if report.problems.iter().any(|problem| describes(problem.code)) {
            assert!(report.wrapped);
            ran.fetch_add(1, SeqCst);
        }
    });
    // Most of it gets as far as running.
    let ran = ran.into_inner();
    assert!(ran > how_many(600) / 4, "{ran}");
}

/// The same, through the child: neither of them ends badly.
#[test]
fn random_code_is_compiled_by_the_child_too() {
    let (apart, here) = (in_child(program(), CompileLimits::default()), compiler());
    let codes = |report: sanbao_policy::check::CheckReport| -> Vec<_> {
        report.problems.into_iter().map(|problem| (problem.code, problem.place)).collect()
    };
    each(how_many(600) / 15, |number| {
        let Some(upload) = with_the_contracts_exports(number) else { return };
        assert_eq!(codes(examined(&apart, &upload)), codes(examined(&here, &upload)));
    });
}
