//! A component whose exports are looked up and checked once, ready to be instantiated for every call.

use super::exports::{approval, coverage, manifest, service_level};
use super::imported::types as wit;
use crate::contract::Interface;
use crate::guest::Guest;
use wasmtime::component::{
    Component, ComponentExportIndex, ComponentNamedList, InstancePre, Lift, Linker, Lower, TypedFunc,
};
use wasmtime::{Error, Result, Store};

pub(crate) struct Bound {
    pre: InstancePre<Guest>,
    manifest: manifest::GuestIndices,
    coverage: Option<(coverage::GuestIndices, Export)>,
    approval: Option<(approval::GuestIndices, Export)>,
    milestones: Option<(service_level::GuestIndices, Export)>,
    targets: Option<Export>,
}

impl Bound {
    /// Fails when the component lacks the manifest or imports what the host does not have. Whether its
    /// types are the contract's, [`Self::describe`] finds out: nothing else may be called before it.
    pub(crate) fn new(linker: &Linker<Guest>, component: &Component) -> Result<Self> {
        let pre = linker.instantiate_pre(component)?;
        let export = |interface, function| {
            let interface = component.get_export_index(None, interface)?;
            component.get_export_index(Some(&interface), function).map(Export)
        };
        Ok(Self {
            manifest: manifest::GuestIndices::new(&pre)?,
            coverage: coverage::GuestIndices::new(&pre)
                .ok()
                .zip(export("sanbao:policy/coverage@0.1.0", "decide")),
            approval: approval::GuestIndices::new(&pre)
                .ok()
                .zip(export("sanbao:policy/approval@0.1.0", "plan-for")),
            milestones: service_level::GuestIndices::new(&pre)
                .ok()
                .zip(export("sanbao:policy/service-level@0.1.0", "milestones")),
            targets: export("sanbao:policy/service-level@0.1.0", "targets"),
            pre,
        })
    }

    pub(crate) fn exports(&self, interface: Interface) -> bool {
        match interface {
            Interface::Manifest => true,
            Interface::Coverage => self.coverage.is_some(),
            Interface::Approval => self.approval.is_some(),
            Interface::ServiceLevel => self.milestones.is_some(),
            _ => false,
        }
    }

    /// Asks for the manifest, after a check that every exported function has the types of the contract.
    pub(crate) fn describe(&self, store: &mut Store<Guest>) -> Result<manifest::Manifest> {
        let instance = self.pre.instantiate(&mut *store)?;
        if let Some((indices, _)) = &self.coverage {
            indices.load(&mut *store, &instance)?;
        }
        if let Some((indices, _)) = &self.approval {
            indices.load(&mut *store, &instance)?;
        }
        if let Some((indices, _)) = &self.milestones {
            indices.load(&mut *store, &instance)?;
        }
        self.manifest.load(&mut *store, &instance)?.call_describe(store)
    }

    #[allow(unsafe_code)]
    pub(crate) fn decide(&self, store: &mut Store<Guest>, case: &wit::Case) -> Result<coverage::Verdict> {
        let (_, decide) = exported(&self.coverage)?;
        // SAFETY: `describe` loaded `coverage` with these types.
        let decide = unsafe { decide.load::<(&wit::Case,), (coverage::Verdict,)>(&self.pre, store) }?;
        Ok(decide.call(store, (case,))?.0)
    }

    #[allow(unsafe_code)]
    pub(crate) fn plan_for(
        &self,
        store: &mut Store<Guest>,
        case: &wit::Case,
        request: &approval::Request,
    ) -> Result<approval::Plan> {
        let (_, plan_for) = exported(&self.approval)?;
        // SAFETY: `describe` loaded `approval` with these types.
        let plan_for = unsafe {
            plan_for.load::<(&wit::Case, &approval::Request), (approval::Plan,)>(&self.pre, store)
        }?;
        Ok(plan_for.call(store, (case, request))?.0)
    }

    #[allow(unsafe_code)]
    pub(crate) fn milestones(
        &self,
        store: &mut Store<Guest>,
        case: &wit::Case,
        event: wit::Event,
    ) -> Result<Vec<service_level::Milestone>> {
        let (_, milestones) = exported(&self.milestones)?;
        // SAFETY: `describe` loaded `service-level` with these types.
        let milestones = unsafe {
            milestones.load::<(&wit::Case, wit::Event), (Vec<service_level::Milestone>,)>(&self.pre, store)
        }?;
        Ok(milestones.call(store, (case, event))?.0)
    }

    #[allow(unsafe_code)]
    pub(crate) fn targets(
        &self,
        store: &mut Store<Guest>,
        settings: &[wit::Attribute],
    ) -> Result<Vec<service_level::Target>> {
        let targets = exported(&self.targets)?;
        // SAFETY: `describe` loaded `service-level` with these types.
        let targets =
            unsafe { targets.load::<(&[wit::Attribute],), (Vec<service_level::Target>,)>(&self.pre, store) }?;
        Ok(targets.call(store, (settings,))?.0)
    }
}

/// An exported function. Comparing its types with the contract's, name by name, costs about as much as
/// instantiating a small policy: it is done once, and holds for every instance of the component.
struct Export(ComponentExportIndex);

impl Export {
    /// The function in a fresh instance.
    ///
    /// # Safety
    /// A function loaded by its `GuestIndices`, from an instance of the same component, had these types.
    #[allow(unsafe_code)]
    unsafe fn load<Params, Answer>(
        &self,
        pre: &InstancePre<Guest>,
        store: &mut Store<Guest>,
    ) -> Result<TypedFunc<Params, Answer>>
    where
        Params: ComponentNamedList + Lower,
        Answer: ComponentNamedList + Lift,
    {
        let instance = pre.instantiate(&mut *store)?;
        let function =
            instance.get_func(store, self.0).ok_or_else(|| Error::msg("the function is not there"))?;
        // SAFETY: what the caller vouches for is what this asks for.
        Ok(unsafe { TypedFunc::new_unchecked(function) })
    }
}

/// Asking for what a policy does not export is the caller's mistake, but not worth a panic.
fn exported<T>(export: &Option<T>) -> Result<&T> {
    export.as_ref().ok_or_else(|| Error::msg("the policy does not export this interface"))
}
