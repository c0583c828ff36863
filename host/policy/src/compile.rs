//! From bytes that passed the first looks to native code.

use crate::engine::Engine;
use std::sync::Arc;
use wasmtime::component::Component;

/// Compiles components for one engine.
pub struct Compiler {
    engine: Arc<Engine>,
}

impl Compiler {
    /// Compiles in this process: for tools and tests, where the component is one's own.
    pub fn in_process(engine: Arc<Engine>) -> Self {
        Self { engine }
    }

    /// The engine that it compiles for.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Blocks for as long as compiling takes.
    pub(crate) fn compile(&self, component: &[u8]) -> wasmtime::Result<Component> {
        Component::from_binary(self.engine.wasmtime(), component)
    }
}
