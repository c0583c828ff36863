//! A component whose exports are looked up once, ready to be instantiated for every call.

use super::exports::{approval, coverage, manifest, service_level};
use super::imported::types as wit;
use crate::contract::Interface;
use crate::guest::Guest;
use wasmtime::component::{Component, InstancePre, Linker};
use wasmtime::{Result, Store};

pub(crate) struct Bound {
    pre: InstancePre<Guest>,
    manifest: manifest::GuestIndices,
    coverage: Option<coverage::GuestIndices>,
    approval: Option<approval::GuestIndices>,
    service_level: Option<service_level::GuestIndices>,
}

impl Bound {
    /// Fails when the component lacks the manifest or its types are not those of this version.
    pub(crate) fn new(linker: &Linker<Guest>, component: &Component) -> Result<Self> {
        let pre = linker.instantiate_pre(component)?;
        Ok(Self {
            manifest: manifest::GuestIndices::new(&pre)?,
            coverage: coverage::GuestIndices::new(&pre).ok(),
            approval: approval::GuestIndices::new(&pre).ok(),
            service_level: service_level::GuestIndices::new(&pre).ok(),
            pre,
        })
    }

    pub(crate) fn exports(&self, interface: Interface) -> bool {
        match interface {
            Interface::Manifest => true,
            Interface::Coverage => self.coverage.is_some(),
            Interface::Approval => self.approval.is_some(),
            Interface::ServiceLevel => self.service_level.is_some(),
            _ => false,
        }
    }

    pub(crate) fn describe(&self, store: &mut Store<Guest>) -> Result<manifest::Manifest> {
        let instance = self.pre.instantiate(&mut *store)?;
        self.manifest.load(&mut *store, &instance)?.call_describe(store)
    }

    pub(crate) fn decide(&self, store: &mut Store<Guest>, case: &wit::Case) -> Result<coverage::Verdict> {
        let exports = exported(&self.coverage)?;
        let instance = self.pre.instantiate(&mut *store)?;
        exports.load(&mut *store, &instance)?.call_decide(store, case)
    }

    pub(crate) fn plan_for(
        &self,
        store: &mut Store<Guest>,
        case: &wit::Case,
        request: approval::Request,
    ) -> Result<approval::Plan> {
        let exports = exported(&self.approval)?;
        let instance = self.pre.instantiate(&mut *store)?;
        exports.load(&mut *store, &instance)?.call_plan_for(store, case, request)
    }

    pub(crate) fn milestones(
        &self,
        store: &mut Store<Guest>,
        case: &wit::Case,
        event: wit::Event,
    ) -> Result<Vec<service_level::Milestone>> {
        let exports = exported(&self.service_level)?;
        let instance = self.pre.instantiate(&mut *store)?;
        exports.load(&mut *store, &instance)?.call_milestones(store, case, event)
    }

    pub(crate) fn targets(
        &self,
        store: &mut Store<Guest>,
        settings: &[wit::Attribute],
    ) -> Result<Vec<service_level::Target>> {
        let exports = exported(&self.service_level)?;
        let instance = self.pre.instantiate(&mut *store)?;
        exports.load(&mut *store, &instance)?.call_targets(store, settings)
    }
}

/// Asking for what a policy does not export is the caller's mistake, but not worth a panic.
fn exported<T>(indices: &Option<T>) -> Result<&T> {
    indices.as_ref().ok_or_else(|| wasmtime::Error::msg("the policy does not export this interface"))
}
