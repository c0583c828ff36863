//! The versions that this host speaks, behind one type each: what a component is bound to, and a question in
//! that version's types.

#![allow(private_interfaces, private_bounds)] // Nobody outside needs the types of a version.

#[cfg(test)]
use super::trial_v1_1;
use super::{Interface, PACKAGE, UnknownVersion, v1_0};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::question::{Ask, Form};
use sanbao_domain::manifest::Manifest;
use wasmtime::component::{Component, Linker};
use wasmtime::{Engine, Error, Result as Ran, Store};

/// How a question is put to a policy of one version; implemented in that version's module.
pub trait PutTo<Bound>: Form {
    /// The question in the version's types.
    type Prepared: Send + 'static;

    /// Says it in the version's types.
    fn prepare(self) -> Self::Prepared;

    /// Calls the policy in a fresh instance, and reads its answer back.
    fn ask(prepared: &Self::Prepared, bound: &Bound, store: &mut Store<Guest>) -> Asked<Self>;
}

/// The outer failure is the call's, the inner one the answer's, which the domain's types cannot hold.
pub type Asked<Q> = Ran<Result<<Q as Form>::Answer, Failure>>;

macro_rules! versions {
    ($($variant:ident = $module:ident),+) => {
        /// A version of the contract that this host speaks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs)] // Named by their number.
        pub enum Version { $($variant),+ }

        impl Version {
            /// All of them, oldest first.
            pub const ALL: &[Version] = &[$(Self::$variant),+];

            /// Its number: "1.0.0".
            pub const fn number(self) -> &'static str {
                match self { $(Self::$variant => $module::VERSION),+ }
            }

            /// Its text, file by file.
            pub(crate) fn text(self) -> &'static [&'static str] {
                match self { $(Self::$variant => $module::TEXT),+ }
            }
        }

        /// The host's side of every version, linked once.
        pub(crate) struct Linkers { $($module: Linker<Guest>),+ }

        impl Linkers {
            pub(crate) fn new(engine: &Engine) -> Ran<Self> {
                Ok(Self { $($module: $module::linker(engine)?),+ })
            }
        }

        /// A component bound to the version that it was built against.
        pub(crate) enum Bound { $($variant($module::Bound)),+ }

        /// A question in the types of the version that the policy speaks.
        pub enum Prepared<Q: Ask> { $($variant(<Q as PutTo<$module::Bound>>::Prepared)),+ }

        /// A question that can be put to a policy of every version.
        pub trait InEveryVersion: $(PutTo<$module::Bound> +)+ {}

        impl<Q: $(PutTo<$module::Bound> +)+> InEveryVersion for Q {}

        impl Bound {
            fn to(version: Version, linkers: &Linkers, component: &Component) -> Ran<Self> {
                Ok(match version {
                    $(Version::$variant => Self::$variant($module::Bound::new(&linkers.$module, component)?)),+
                })
            }

            pub(crate) fn version(&self) -> Version {
                match self { $(Self::$variant(_) => Version::$variant),+ }
            }

            pub(crate) fn exports(&self, interface: Interface) -> bool {
                match self { $(Self::$variant(bound) => bound.exports(interface)),+ }
            }

            /// Asks for the manifest, after a check that the exported functions have the contract's types.
            pub(crate) fn describe(&self, store: &mut Store<Guest>) -> Ran<Result<Manifest, Failure>> {
                match self { $(Self::$variant(bound) => bound.describe(store)),+ }
            }

            pub(crate) fn prepare<Q: Ask>(&self, question: Q) -> Prepared<Q> {
                match self {
                    $(Self::$variant(_) => {
                        Prepared::$variant(<Q as PutTo<$module::Bound>>::prepare(question))
                    }),+
                }
            }

            pub(crate) fn ask<Q: Ask>(&self, prepared: &Prepared<Q>, store: &mut Store<Guest>) -> Asked<Q> {
                match (self, prepared) {
                    $((Self::$variant(bound), Prepared::$variant(prepared)) => {
                        <Q as PutTo<$module::Bound>>::ask(prepared, bound, store)
                    })+
                    #[allow(unreachable_patterns)] // With one version there is nothing to mix up.
                    _ => Err(Error::msg("the question was prepared for another version of the contract")),
                }
            }
        }
    };
}

#[cfg(not(test))]
versions! { V1_0 = v1_0 }
#[cfg(test)]
versions! { V1_0 = v1_0, TrialV1_1 = trial_v1_1 }

impl Bound {
    /// Binds a component to the version that it says it was built against: that of the `manifest` which it
    /// exports. The name must be the very one, as the runtime would take any that starts with the same number.
    ///
    /// # Errors
    /// It exports no manifest, or one of a version that this host does not speak.
    pub(crate) fn new(linkers: &Linkers, component: &Component) -> Ran<Self> {
        let mut others = Vec::new();
        for (name, _) in component.component_type().exports(component.engine()) {
            let Some(number) = version_of(name, Interface::Manifest.name()) else { continue };
            match Version::of(number) {
                Some(version) => return Self::to(version, linkers, component),
                None => others.push(number.to_owned()),
            }
        }
        Err(UnknownVersion { found: others }.into())
    }
}

/// The version in the name of an interface of the contract, in whatever version.
fn version_of<'a>(name: &'a str, interface: &str) -> Option<&'a str> {
    name.strip_prefix(PACKAGE)?.strip_prefix('/')?.strip_prefix(interface)?.strip_prefix('@')
}
