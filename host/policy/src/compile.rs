//! From bytes that passed the first looks to native code.
//!
//! A host compiles in a child process, which limits itself before it reads the component and is killed when it
//! takes too long; tools compile their author's own component in process. What was compiled is kept on disk
//! ([`Cache`]), so that a restart costs milliseconds, and mapped from there, so that thousands of policies cost
//! little memory.

mod cache;
mod cancel;
pub mod child;
mod error;
mod frame;
mod limits;
mod load;
mod spawn;

pub use cache::{Cache, CacheError};
pub use cancel::{Cancel, CancelOnDrop};
pub use error::CompileError;
pub use limits::CompileLimits;

use crate::digest::Digest;
use crate::engine::Engine;
use cache::Staged;
use spawn::Spawner;
use std::path::PathBuf;
use std::sync::Arc;
use wasmtime::component::Component;

/// Compiles components for one engine.
pub struct Compiler {
    engine: Arc<Engine>,
    child: Option<Spawner>,
    cache: Option<Cache>,
    stopped: Cancel,
}

/// Native code, loaded.
pub(crate) struct Compiled {
    pub(crate) component: Component,
    staged: Option<Staged>,
}

impl Compiled {
    /// Keeps the code for the next start, as the component was accepted.
    pub(crate) fn keep(self, compiler: &Compiler) {
        if let (Some(staged), Some(cache)) = (self.staged, &compiler.cache) {
            cache.accept(staged);
        }
    }
}

impl Compiler {
    /// Compiles in this process: for tools and tests, where the component is one's own.
    pub fn in_process(engine: Arc<Engine>) -> Self {
        Self { engine, child: None, cache: None, stopped: Cancel::default() }
    }

    /// Compiles in a child process within `limits`: `program` called with the argument `compile`, which must
    /// end up in [`child::main`].
    pub fn in_child(engine: Arc<Engine>, program: PathBuf, limits: CompileLimits) -> Self {
        let child = Some(Spawner::new(program, limits));
        Self { engine, child, cache: None, stopped: Cancel::default() }
    }

    /// Keeps what it compiles, and looks there first.
    pub fn with_cache(self, cache: Cache) -> Self {
        Self { cache: Some(cache), ..self }
    }

    /// The engine that it compiles for.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Where it keeps compiled code.
    pub fn cache(&self) -> Option<&Cache> {
        self.cache.as_ref()
    }

    /// Kills every child and compiles nothing more: the host stops.
    pub fn stop(&self) {
        self.stopped.cancel();
    }

    /// From the cache alone.
    pub(crate) fn cached(&self, digest: Digest) -> Option<Component> {
        self.cache.as_ref()?.load(&self.engine, digest)
    }

    /// Compiles the component with this digest, unless its code is kept. Blocks for as long as that takes.
    pub(crate) fn compile(
        &self,
        digest: Digest,
        component: &[u8],
        cancel: &Cancel,
    ) -> Result<Compiled, CompileError> {
        if let Some(component) = self.cached(digest) {
            return Ok(Compiled { component, staged: None });
        }
        let code = match &self.child {
            Some(child) => child.compile(&self.engine, component, &[cancel, &self.stopped])?,
            None => {
                let compiled = self.engine.wasmtime().precompile_component(component);
                compiled.map_err(|error| CompileError::Refused(format!("{error:#}")))?
            }
        };
        self.load(digest, &code)
    }

    /// From a file where there is a cache: the system then keeps in memory what is in use, and no more.
    fn load(&self, digest: Digest, code: &[u8]) -> Result<Compiled, CompileError> {
        if let Some(cache) = &self.cache {
            match cache.stage(digest, code) {
                Ok(staged) => {
                    let component = staged.component(&self.engine)?;
                    return Ok(Compiled { component, staged: Some(staged) });
                }
                Err(error) => tracing::warn!(%digest, %error, "compiled code cannot be kept"),
            }
        }
        Ok(Compiled { component: load::from_bytes(&self.engine, code)?, staged: None })
    }
}
