//! The one engine configuration: the host, the compiler and the tools all use it, as a difference would
//! make compiled artifacts unusable and receipts incomparable.

use crate::contract::Linkers;
use crate::gate::{Gate, Turn};
use crate::ticker::Ticker;
use sanbao_domain::calendar::{Calendar, CalendarError, CalendarSpec};
use sha2::{Digest as _, Sha256};
use std::hash::{Hash as _, Hasher};
use std::sync::Arc;
use thiserror::Error;
use wasmtime::{
    Config, Enabled, InstanceAllocationStrategy, OptLevel, PoolingAllocationConfig, Strategy, WasmFeatures,
};

/// Native stack that a policy may use, in bytes. A call runs on a worker thread's own stack (2 MiB).
const STACK: usize = 512 << 10;

/// Instances beyond those for live calls: the two threads of a back-test hold one each for many calls, and one
/// more to confirm what it answered.
const ASIDE: u32 = 4;
/// Instances beyond all of those: for policies that are being checked or loaded.
const CHECKED: u32 = 2;

/// How large the pool is.
#[derive(Clone, Copy, Debug)]
pub struct EngineOptions {
    /// Calls that may run at the same time.
    pub instances: u32,
    /// Largest linear memory of a policy, in bytes; a call's own limit may be lower.
    pub memory: usize,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self { instances: 64, memory: 256 << 20 }
    }
}

/// The engine could not be built on this machine.
#[derive(Debug, Error)]
#[error("the policy engine cannot start: {0}")]
pub enum EngineError {
    /// The compiler or the pool.
    Wasmtime(#[from] wasmtime::Error),
    /// The calendar that manifests are asked with.
    Calendar(#[from] CalendarError),
}

/// Runs policies: compiler, pool of instances, clock for deadlines and the host's side of the contract.
pub struct Engine {
    inner: wasmtime::Engine,
    linkers: Linkers,
    ticker: Ticker,
    fingerprint: Arc<str>,
    slots: usize,
    checked: Gate,
    options: EngineOptions,
    plain_calendar: Arc<Calendar>,
}

impl Engine {
    /// Builds the engine and starts its clock.
    pub fn new(options: EngineOptions) -> Result<Arc<Self>, EngineError> {
        let inner = wasmtime::Engine::new(&config(options))?;
        let linkers = Linkers::new(&inner)?;
        let fingerprint = fingerprint(&inner).into();
        Ok(Arc::new(Self {
            ticker: Ticker::start(inner.weak()),
            slots: options.instances as usize,
            checked: Gate::new(CHECKED as usize),
            options,
            plain_calendar: Arc::new(CalendarSpec::of_zone("UTC").load()?),
            inner,
            linkers,
            fingerprint,
        }))
    }

    /// Names compiler version, configuration and CPU features: receipts carry it, and an artifact
    /// compiled under another fingerprint cannot be loaded.
    pub fn fingerprint(&self) -> &Arc<str> {
        &self.fingerprint
    }

    /// For measurements beside the policies themselves.
    #[doc(hidden)]
    pub fn wasmtime(&self) -> &wasmtime::Engine {
        &self.inner
    }

    /// As it was built.
    pub(crate) fn options(&self) -> EngineOptions {
        self.options
    }

    /// A turn on the instances for checks. Waits where all of them are taken.
    pub(crate) fn turn_to_check(&self) -> Turn<'_> {
        self.checked.turn()
    }

    pub(crate) fn linkers(&self) -> &Linkers {
        &self.linkers
    }

    pub(crate) fn ticker(&self) -> &Ticker {
        &self.ticker
    }

    /// For calls that no party's calendar matters to.
    pub(crate) fn plain_calendar(&self) -> &Arc<Calendar> {
        &self.plain_calendar
    }

    /// How many live calls may run at the same time.
    pub(crate) fn slots(&self) -> usize {
        self.slots
    }
}

/// An engine that compiles for every engine with this largest memory, and runs nothing.
pub(crate) fn for_compiling(memory: usize) -> wasmtime::Result<wasmtime::Engine> {
    wasmtime::Engine::new(&config(EngineOptions { instances: 1, memory }))
}

/// What artifacts of this engine are only good for.
pub(crate) fn fingerprint(engine: &wasmtime::Engine) -> String {
    let mut digest = Sha256Hasher(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut digest);
    format!("wasmtime-48/{}", hex::encode(&digest.0.finalize()[..16]))
}

fn config(options: EngineOptions) -> Config {
    let options = EngineOptions { instances: options.instances.saturating_add(ASIDE + CHECKED), ..options };
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(options.instances)
        // A Python component is dozens of core modules linked at instantiation.
        .max_core_instances_per_component(64)
        .total_core_instances(options.instances.saturating_mul(64))
        .max_memories_per_component(2)
        .total_memories(options.instances.saturating_mul(2))
        .max_tables_per_component(4)
        .total_tables(options.instances.saturating_mul(4))
        .table_elements(20_000)
        .max_memory_size(options.memory)
        .total_stacks(1)
        // Pages that a call wrote are found and copied back from the image instead of being unmapped:
        // the next call on the slot takes no page fault.
        .linear_memory_keep_resident(512 << 10)
        .table_keep_resident(64 << 10)
        .pagemap_scan(Enabled::Auto);

    let mut config = Config::new();
    config
        .strategy(Strategy::Cranelift)
        .cranelift_opt_level(OptLevel::Speed)
        // The same input must give the same bytes on every machine.
        .cranelift_nan_canonicalization(true)
        .wasm_features(WasmFeatures::RELAXED_SIMD | WasmFeatures::THREADS | WasmFeatures::MEMORY64, false)
        .wasm_component_model(true)
        .concurrency_support(false)
        .consume_fuel(true)
        .epoch_interruption(true)
        .max_wasm_stack(STACK)
        .memory_init_cow(true)
        .generate_address_map(false)
        .native_unwind_info(false)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    config
}

/// Feeds what `Hash` writes to SHA-256, as the standard hasher differs between releases of Rust.
struct Sha256Hasher(Sha256);

impl Hasher for Sha256Hasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}
