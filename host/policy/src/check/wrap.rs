//! A core module that carries its world becomes a component, so that authors need no tool but their compiler.

use super::problem::{Code, Problem};
use super::structure;
use crate::contract::VERSION;
use wit_component::ComponentEncoder;

/// Makes a component of a core module with a `component-type` section, as `wit-bindgen` leaves it. A
/// component is returned as it is.
pub fn wrap(module: &[u8]) -> Result<Vec<u8>, Problem> {
    if structure::is_component(module) == Some(true) {
        return Ok(module.to_vec());
    }
    ComponentEncoder::default().validate(false).module(module).and_then(|mut encoder| encoder.encode()).map_err(|error| {
        Problem::error(
            Code::NoWorld,
            "core module",
            format!("it cannot be made a component: {error:#}"),
            format!(
                "build it with bindings for a world that includes sanbao:policy/policy@{VERSION}; functions outside \
                 the contract, WASI among them, cannot be imported"
            ),
        )
    })
}
