//! A policy that can be asked.

use crate::call::call;
use crate::contract::Interface;
use crate::contract::v0_1::{self, Bound};
use crate::decision::{Decision, Terms};
use crate::digest::Digest;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::invariants::Declared;
use crate::limits::Limits;
use crate::question::{Ask, Question, accept};
use sanbao_domain::manifest::Manifest;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};
use thiserror::Error;
use wasmtime::component::Component;

/// Time that a call may take on a thread that serves other requests too.
pub(crate) const SHORT: Duration = Duration::from_millis(5);

/// A component, its manifest and what it exports; immutable, shared by every call.
pub struct Policy {
    engine: Arc<Engine>,
    digest: Digest,
    manifest: Arc<Manifest>,
    declared: Declared,
    bound: Bound,
    /// A call once took longer than [`SHORT`].
    long: AtomicBool,
}

/// A component that passed the check cannot be loaded.
#[derive(Debug, Error)]
pub enum LoadError {
    /// It does not compile or is not of a contract version that this host speaks.
    #[error("the component cannot be linked: {0}")]
    Link(#[from] wasmtime::Error),
    /// It does not say who it is.
    #[error("manifest.describe failed: {0}")]
    Describe(#[from] Failure),
}

impl Policy {
    /// Compiles a component, links it and asks for its manifest. Takes as long as compiling takes: call it
    /// where blocking is allowed. Says nothing about whether the manifest is consistent: that is `check`.
    pub fn load(engine: &Arc<Engine>, component: &[u8]) -> Result<Self, LoadError> {
        let compiled = Component::from_binary(engine.wasmtime(), component)?;
        Self::link(engine, Digest::of(component), &compiled)
    }

    pub(crate) fn link(
        engine: &Arc<Engine>,
        digest: Digest,
        component: &Component,
    ) -> Result<Self, LoadError> {
        let bound = Bound::new(&engine.linkers().v0_1, component)?;
        let (manifest, long) = describe(engine, &bound)?;
        Ok(Self {
            engine: Arc::clone(engine),
            digest,
            declared: Declared::new(&manifest),
            manifest: Arc::new(manifest),
            bound,
            long: AtomicBool::new(long),
        })
    }

    /// SHA-256 of the component.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// What the policy says of itself.
    pub fn manifest(&self) -> &Arc<Manifest> {
        &self.manifest
    }

    /// The version of the contract that it speaks.
    pub fn contract(&self) -> &'static str {
        crate::contract::VERSION
    }

    /// Whether it answers for this interface; if not, the host's baseline does.
    pub fn exports(&self, interface: Interface) -> bool {
        self.bound.exports(interface)
    }

    /// Asks on this thread, for as long as the limits allow. Servers ask through
    /// [`Runner`](crate::runner::Runner) instead.
    pub fn ask<Q: Question>(&self, terms: &Terms, question: Q) -> Decision<Q::Answer> {
        let input = terms.input(&question);
        self.answer::<Q>(terms, &question.prepare(), terms.limits.deadline, input)
    }

    /// Whether `manifest.describe` answers the same when it is asked again.
    pub(crate) fn describes_the_same(&self) -> Result<bool, Failure> {
        Ok(describe(&self.engine, &self.bound)?.0 == *self.manifest)
    }

    pub(crate) fn answer<Q: Ask>(
        &self,
        terms: &Terms,
        prepared: &Q::Prepared,
        deadline: Duration,
        input: Vec<u8>,
    ) -> Decision<Q::Answer> {
        let called = call(&self.engine, &terms.limits, deadline, Arc::clone(&terms.calendar), |store| {
            Q::call(prepared, &self.bound, store)
        });
        Decision::new::<Q>(self, terms, input, accept::<Q>(called, &self.declared))
    }

    /// Whether calls may take longer than a thread that serves other requests can wait.
    pub fn is_long(&self) -> bool {
        self.long.load(Relaxed)
    }

    pub(crate) fn mark_long(&self) {
        self.long.store(true, Relaxed);
    }

    pub(crate) fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }
}

/// Asks for the manifest, under the usual limits; also says whether that took long.
pub(crate) fn describe(engine: &Engine, bound: &Bound) -> Result<(Manifest, bool), Failure> {
    let limits = Limits::default();
    let start = Instant::now();
    let called = call(engine, &limits, limits.deadline, Arc::clone(engine.plain_calendar()), |store| {
        bound.describe(store)
    });
    let manifest = v0_1::manifest(called.outcome?)?;
    Ok((manifest, start.elapsed() > SHORT))
}
