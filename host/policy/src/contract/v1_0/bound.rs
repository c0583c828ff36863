//! A component whose exports are looked up and checked once, ready to be instantiated for every call.

use super::exports::{
    approval, charges, coverage, follow_up, manifest, notices, penalty, retention, service_level,
};
use super::{VERSION, wit};
use crate::contract::Interface;
use crate::failure::Failure;
use crate::guest::Guest;
use sanbao_domain::manifest::Manifest;
use wasmtime::component::{
    Component, ComponentExportIndex, ComponentNamedList, Instance, InstancePre, Lift, Linker, Lower,
    TypedFunc,
};
use wasmtime::{Error, Result, Store};

pub(crate) struct Bound {
    pre: InstancePre<Guest>,
    manifest: manifest::GuestIndices,
    interfaces: Interfaces,
    functions: Functions,
}

impl Bound {
    /// Fails when the component lacks the manifest or imports what the host does not have. Whether its
    /// types are the contract's, [`Self::describe`] finds out: nothing else may be called before it.
    pub(crate) fn new(linker: &Linker<Guest>, component: &Component) -> Result<Self> {
        let pre = linker.instantiate_pre(component)?;
        Ok(Self {
            manifest: manifest::GuestIndices::new(&pre)?,
            interfaces: Interfaces::of(&pre),
            functions: Functions::of(component),
            pre,
        })
    }

    pub(crate) fn exports(&self, interface: Interface) -> bool {
        interface == Interface::Manifest || self.interfaces.has(interface)
    }

    /// Asks for the manifest, after a check that every exported function has the types of the contract.
    pub(crate) fn describe(&self, store: &mut Store<Guest>) -> Result<Result<Manifest, Failure>> {
        let instance = self.pre.instantiate(&mut *store)?;
        self.interfaces.load(&mut *store, &instance)?;
        Ok(super::manifest::manifest(self.manifest.load(&mut *store, &instance)?.call_describe(store)?))
    }
}

/// The interfaces that a policy may export beside its manifest.
macro_rules! interfaces {
    ($($name:ident: $interface:ident;)+) => {
        struct Interfaces { $($name: Option<$name::GuestIndices>,)+ }

        impl Interfaces {
            fn of(pre: &InstancePre<Guest>) -> Self {
                Self { $($name: $name::GuestIndices::new(pre).ok(),)+ }
            }

            fn has(&self, interface: Interface) -> bool {
                match interface {
                    $(Interface::$interface => self.$name.is_some(),)+
                    Interface::Manifest => true,
                }
            }

            /// Compares the types of every function with those of the contract.
            fn load(&self, store: &mut Store<Guest>, instance: &Instance) -> Result<()> {
                $(if let Some(indices) = &self.$name {
                    indices.load(&mut *store, instance)?;
                })+
                Ok(())
            }
        }
    };
}

interfaces! {
    coverage: Coverage;
    approval: Approval;
    service_level: ServiceLevel;
    penalty: Penalty;
    retention: Retention;
    charges: Charges;
    notices: Notices;
    follow_up: FollowUp;
}

/// The functions of those interfaces, with the types that the bindings give them.
macro_rules! functions {
    ($($name:ident = $interface:literal $function:literal ($($param:ident: $type:ty),+) -> $answer:ty;)+) => {
        struct Functions { $($name: Option<Export>,)+ }

        impl Functions {
            fn of(component: &Component) -> Self {
                Self { $($name: Export::find(
                    component,
                    &format!("sanbao:policy/{}@{VERSION}", $interface),
                    $function,
                ),)+ }
            }
        }

        impl Bound {$(
            #[allow(unsafe_code)]
            pub(super) fn $name(&self, store: &mut Store<Guest>, $($param: $type),+) -> Result<$answer> {
                // SAFETY: `describe` loaded the interface, whose bindings have these types.
                unsafe { Export::call(&self.functions.$name, &self.pre, store, ($($param,)+)) }
            }
        )+}
    };
}

functions! {
    decide = "coverage" "decide" (case: &wit::Case) -> coverage::Verdict;
    plan_for = "approval" "plan-for" (case: &wit::Case, request: &approval::Request) -> approval::Plan;
    milestones = "service-level" "milestones"
        (case: &wit::Case, event: wit::Event) -> Vec<service_level::Milestone>;
    targets = "service-level" "targets" (settings: &[wit::Attribute]) -> Vec<service_level::Target>;
    assess = "penalty" "assess" (case: &wit::Case, finding: &penalty::Finding) -> Vec<penalty::Measure>;
    keep = "retention" "keep" (case: &wit::Case, part: &retention::Part) -> Option<retention::Keeping>;
    replaced = "retention" "replaced" (case: &wit::Case, part: &retention::Part) -> retention::OldPart;
    required_stock = "retention" "required-stock" (settings: &[wit::Attribute]) -> Vec<retention::Stock>;
    quote_for = "charges" "quote-for"
        (case: &wit::Case, remedy: wit::Remedy, items: &[charges::Item]) -> charges::Quote;
    sequence = "notices" "sequence" (case: &wit::Case, event: wit::Event) -> Vec<notices::Notice>;
    visits = "follow-up" "visits" (case: &wit::Case, event: wit::Event) -> Vec<follow_up::Visit>;
}

/// An exported function. Comparing its types with the contract's, name by name, costs about as much as
/// instantiating a small policy: it is done once, and holds for every instance of the component.
struct Export(ComponentExportIndex);

impl Export {
    fn find(component: &Component, interface: &str, function: &str) -> Option<Self> {
        let interface = component.get_export_index(None, interface)?;
        component.get_export_index(Some(&interface), function).map(Self)
    }

    /// Calls the function in a fresh instance, or in the one that the store keeps. Asking for what a policy does not export is the caller's
    /// mistake, but not worth a panic.
    ///
    /// # Safety
    /// A function loaded by its `GuestIndices`, from an instance of the same component, had these types.
    #[allow(unsafe_code)]
    unsafe fn call<Params, Answer>(
        this: &Option<Self>,
        pre: &InstancePre<Guest>,
        store: &mut Store<Guest>,
        params: Params,
    ) -> Result<Answer>
    where
        Params: ComponentNamedList + Lower,
        Answer: Lift,
        (Answer,): ComponentNamedList + Lift,
    {
        let export = this.as_ref().ok_or_else(|| Error::msg("the policy does not export this interface"))?;
        let instance = match store.data().instance() {
            Some(kept) => kept,
            None => {
                let made = pre.instantiate(&mut *store)?;
                store.data_mut().made(made);
                made
            }
        };
        let function = instance
            .get_func(&mut *store, export.0)
            .ok_or_else(|| Error::msg("the function is not there"))?;
        // SAFETY: what the caller vouches for is what this asks for.
        let function = unsafe { TypedFunc::<Params, (Answer,)>::new_unchecked(function) };
        Ok(function.call(store, params)?.0)
    }
}
