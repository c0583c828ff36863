//! A core module that carries its world becomes a component, so that authors need no tool but their compiler.

use super::problem::{Code, Problem};
use super::reading::unless_it_panics;
use super::structure;
use crate::contract::VERSION;
use wasm_encoder::{ExportSection, Module, RawSection};
use wasmparser::{Parser, Payload};
use wit_component::ComponentEncoder;

/// Makes a component of a core module with a `component-type` section, as `wit-bindgen` leaves it. A
/// component is returned as it is.
pub fn wrap(module: &[u8]) -> Result<Vec<u8>, Problem> {
    if structure::is_component(module) == Some(true) {
        return Ok(module.to_vec());
    }
    let lean = without_clean_up(module);
    let module = lean.as_deref().unwrap_or(module);
    let encode = || ComponentEncoder::default().validate(false).module(module)?.encode();
    let error = match unless_it_panics(encode) {
        Some(Ok(component)) => return Ok(component),
        Some(Err(error)) => format!("{error:#}"),
        None => "the encoder of components gives up on it".to_owned(),
    };
    Err(Problem::error(
        Code::NoWorld,
        "core module",
        format!("it cannot be made a component: {error}"),
        format!(
            "build it with bindings for a world that includes sanbao:policy/policy@{VERSION}; functions outside \
             the contract, WASI among them, cannot be imported"
        ),
    ))
}

/// The module without the functions that bindings generate to give an answer's memory back: an instance ends
/// with its call, so finding and calling them is work for nothing. `None` for what is not a module.
fn without_clean_up(module: &[u8]) -> Option<Vec<u8>> {
    let mut lean = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.ok()?;
        if let Payload::ExportSection(all) = &payload {
            let mut kept = ExportSection::new();
            for export in all.clone() {
                let export = export.ok()?;
                if !export.name.starts_with("cabi_post_") {
                    kept.export(export.name, export.kind.into(), export.index);
                }
            }
            lean.section(&kept);
        } else if let Some((id, range)) = payload.as_section() {
            lean.section(&RawSection { id, data: module.get(range)? });
        }
    }
    Some(lean.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_loses_its_clean_up_and_nothing_else() {
        let module = |clean_up: &str| {
            let text = format!(
                r#"(module (memory (export "memory") 1) (data (i32.const 0) "bare") {clean_up}
                    (func (export "run") (result i32) (i32.const 7)) (func (param i32)))"#
            );
            wat::parse_str(text).unwrap()
        };
        let with = module(r#"(export "cabi_post_run" (func 1))"#);
        assert_eq!(without_clean_up(&with).unwrap(), module(""));
        assert_eq!(without_clean_up(b"not a module"), None);
    }
}
