//! A policy that can be asked.

use crate::call::{Called, call};
use crate::compile::CompileError;
use crate::contract::{Bound, Interface, Prepared, UnknownVersion, Version};
use crate::decision::{Decision, Terms};
use crate::digest::Digest;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::invariants::Declared;
use crate::limits::Limits;
use crate::question::{Ask, Question};
use sanbao_domain::manifest::Manifest;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};
use thiserror::Error;
use wasmtime::component::Component;

/// Time after which a call is stopped on a thread that serves other requests too.
pub(crate) const SHORT: Duration = Duration::from_millis(5);
/// Time within which calls are worth making on such a thread.
const QUICK: Duration = Duration::from_micros(500);
/// Calls in a row that must be quick before a policy that was not counts as quick again.
const PROBATION: u32 = 64;

/// A component, its manifest and what it exports; immutable, shared by every call.
pub struct Policy {
    engine: Arc<Engine>,
    digest: Digest,
    manifest: Arc<Manifest>,
    declared: Declared,
    bound: Bound,
    code: usize,
    /// Quick calls that are still wanted; 0 for a policy that is quick.
    probation: AtomicU32,
}

/// A component that passed the check cannot be loaded.
#[derive(Debug, Error)]
pub enum LoadError {
    /// It was built against a version of the contract that this host does not speak.
    #[error(transparent)]
    Version(UnknownVersion),
    /// It was not compiled.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// The bytes that were kept are not those that were checked.
    #[error("the component that was kept is {found}, not {expected}")]
    Altered {
        /// As it was checked.
        expected: Digest,
        /// As it is.
        found: Digest,
    },
    /// It does not compile, or is not what its version of the contract says.
    #[error("the component cannot be linked: {0}")]
    Link(wasmtime::Error),
    /// It does not say who it is.
    #[error("manifest.describe failed: {0}")]
    Describe(#[from] Failure),
}

impl From<wasmtime::Error> for LoadError {
    fn from(error: wasmtime::Error) -> Self {
        match error.downcast::<UnknownVersion>() {
            Ok(unknown) => Self::Version(unknown),
            Err(error) => Self::Link(error),
        }
    }
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
        let bound = Bound::new(engine.linkers(), component)?;
        let (manifest, took) = describe(engine, &bound)?;
        Ok(Self {
            engine: Arc::clone(engine),
            digest,
            declared: Declared::new(&manifest),
            manifest: Arc::new(manifest),
            bound,
            code: image(component),
            probation: AtomicU32::new(if took > QUICK { PROBATION } else { 0 }),
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
    pub fn contract(&self) -> Version {
        self.bound.version()
    }

    /// Bytes of its native code with its data: what being loaded costs at most.
    pub fn code_size(&self) -> usize {
        self.code
    }

    /// Whether it answers for this interface; if not, the host's baseline does.
    pub fn exports(&self, interface: Interface) -> bool {
        self.bound.exports(interface)
    }

    /// Asks on this thread, for as long as the limits allow. Servers ask through
    /// [`Runner`](crate::runner::Runner) instead.
    pub fn ask<Q: Question>(&self, terms: &Terms, question: Q) -> Decision<Q::Answer> {
        let input = terms.input(&question);
        self.answer(terms, &self.prepare(question), terms.limits.deadline, input)
    }

    /// Whether `manifest.describe` answers the same when it is asked again.
    pub(crate) fn describes_the_same(&self) -> Result<bool, Failure> {
        Ok(describe(&self.engine, &self.bound)?.0 == *self.manifest)
    }

    /// The question in the types of the contract's version that the policy speaks.
    pub(crate) fn prepare<Q: Ask>(&self, question: Q) -> Prepared<Q> {
        self.bound.prepare(question)
    }

    pub(crate) fn answer<Q: Ask>(
        &self,
        terms: &Terms,
        prepared: &Prepared<Q>,
        deadline: Duration,
        input: Vec<u8>,
    ) -> Decision<Q::Answer> {
        let Called { outcome, fuel, log } =
            call(&self.engine, &terms.limits, deadline, Arc::clone(&terms.calendar), |store| {
                self.bound.ask(prepared, store)
            });
        let outcome = self.checked::<Q>(outcome.flatten());
        Decision::new::<Q>(self, terms, input, Called { outcome, fuel, log })
    }

    /// The answer, where it is one that the host acts on.
    pub(crate) fn checked<Q: Ask>(&self, outcome: Result<Q::Answer, Failure>) -> Result<Q::Answer, Failure> {
        let answer = outcome?;
        Q::check(&answer, &self.declared)?;
        Ok(answer)
    }

    pub(crate) fn bound(&self) -> &Bound {
        &self.bound
    }

    /// Whether its calls take longer than a thread that serves other requests should wait: Python's do, and
    /// those of a policy that was slow a short while ago.
    pub fn is_long(&self) -> bool {
        self.probation.load(Relaxed) > 0
    }

    /// Learns from a call. Two calls at once may count as one: it does not matter when probation ends.
    pub(crate) fn observe(&self, took: Duration) {
        if took > QUICK {
            self.probation.store(PROBATION, Relaxed);
        } else {
            let left = self.probation.load(Relaxed);
            if left > 0 {
                self.probation.store(left - 1, Relaxed);
            }
        }
    }

    /// The engine that it runs on.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }
}

fn image(component: &Component) -> usize {
    let range = component.image_range();
    (range.end as usize).saturating_sub(range.start as usize)
}

/// Asks for the manifest, under the usual limits; also says how long that took.
fn describe(engine: &Engine, bound: &Bound) -> Result<(Manifest, Duration), Failure> {
    let _turn = engine.turn_to_check();
    let limits = Limits::default();
    let start = Instant::now();
    let called = call(engine, &limits, limits.deadline, Arc::clone(engine.plain_calendar()), |store| {
        bound.describe(store)
    });
    let took = start.elapsed();
    Ok((called.outcome.flatten()?, took))
}
