//! What a Rust policy author uses: the contract's types, calendar arithmetic, declarations for the manifest,
//! and builders for answers.
//!
//! A pack is a crate of type `cdylib` (the component) and `rlib` (the same rules, callable natively). It
//! declares its rules, facts and roles as statics, so that an id cannot be misspelt, writes each answer as a
//! plain function of the case, and ends with [`export!`]:
//!
//! ```ignore
//! struct Store;
//! impl sanbao_kit::coverage::Guest for Store {
//!     fn decide(case: Case) -> Verdict { coverage::decide(&case) }
//! }
//! sanbao_kit::export!(Store: manifest, coverage);
//! sanbao_kit::scenarios!();
//! ```
//!
//! Packs are `no_std` on the Wasm target: no file, clock or formatting machinery comes along, and memory
//! comes from an allocator made for an instance that lives one call. A pack that needs `std` turns on the
//! feature `std` and leaves out `#![no_std]`.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

mod answer;
#[doc(hidden)]
pub mod bindings;
mod date;
mod declare;
mod facts;
#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
mod memory;
mod say;

pub use bindings::approval::exports::sanbao::policy::approval;
pub use bindings::charges::exports::sanbao::policy::charges;
pub use bindings::coverage::exports::sanbao::policy::coverage;
pub use bindings::follow_up::exports::sanbao::policy::follow_up;
pub use bindings::notices::exports::sanbao::policy::notices;
pub use bindings::penalty::exports::sanbao::policy::penalty;
pub use bindings::policy::exports::sanbao::policy::manifest;
pub use bindings::policy::sanbao::policy::{calendar, log, types};
pub use bindings::retention::exports::sanbao::policy::retention;
pub use bindings::service_level::exports::sanbao::policy::service_level;
pub use declare::{Choice, Constant, Fact, Policy, Required, Role, Rule, Setting, Words, words};
pub use say::Piece;

/// Everything that the files of a pack need, for `use sanbao_kit::prelude::*`.
pub mod prelude {
    pub use crate::approval::{Plan, Request, Step, Subject};
    pub use crate::charges::{Collection, Consent, Item, ItemKind, Line, Quote};
    pub use crate::coverage::{
        Basis, Charge, Cover, Freight, Leg, MissingFact, Offer, Ruling, Scope, Settlement, Term, Verdict,
    };
    pub use crate::follow_up::Visit;
    pub use crate::manifest::{Manifest, RuleKind, ValueType};
    pub use crate::notices::{LastResort, Notice, Recipient, Repeat};
    pub use crate::penalty::{Finding, FindingKind, Measure, Sanction};
    pub use crate::retention::{Keeping, OldPart, Part, Stock};
    pub use crate::service_level::{Milestone, Pause, Target};
    pub use crate::types::{
        Attribute, Case, Cause, Channel, Citation, Date, Decimal, Destination, Event, Matter, Moment, Money,
        Obligation, PartyKind, Remedy, Side, Span, SpanUnit, Text, Usage, UseUnit, Value, Wish,
    };
    pub use crate::{
        Choice, Constant, Fact, Policy, Required, Role, Rule, Setting, Words, rules, say, words,
    };
    pub use alloc::borrow::ToOwned;
    pub use alloc::string::String;
    pub use alloc::vec;
    pub use alloc::vec::Vec;
}

#[doc(hidden)]
pub mod reexport {
    pub use alloc::string::String;
}

/// Exports a policy's interfaces from the Wasm module. A native build has only the Rust functions, so that
/// several packs can be linked into one program.
#[macro_export]
macro_rules! export {
    ($pack:ident: $($interface:ident),+ $(,)?) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = { $($crate::export!(@ $interface $pack);)+ };
    };
    (@ manifest $p:ident) => { $crate::bindings::policy::export_manifest!($p with_types_in $crate::bindings::policy); };
    (@ coverage $p:ident) => { $crate::bindings::coverage::export_coverage!($p with_types_in $crate::bindings::coverage); };
    (@ approval $p:ident) => { $crate::bindings::approval::export_approval!($p with_types_in $crate::bindings::approval); };
    (@ service_level $p:ident) => { $crate::bindings::service_level::export_service_level!($p with_types_in $crate::bindings::service_level); };
    (@ penalty $p:ident) => { $crate::bindings::penalty::export_penalty!($p with_types_in $crate::bindings::penalty); };
    (@ retention $p:ident) => { $crate::bindings::retention::export_retention!($p with_types_in $crate::bindings::retention); };
    (@ charges $p:ident) => { $crate::bindings::charges::export_charges!($p with_types_in $crate::bindings::charges); };
    (@ notices $p:ident) => { $crate::bindings::notices::export_notices!($p with_types_in $crate::bindings::notices); };
    (@ follow_up $p:ident) => { $crate::bindings::follow_up::export_follow_up!($p with_types_in $crate::bindings::follow_up); };
}

/// Puts the scenarios that the build script gathered (`sanbao_kit_build::scenarios`) into the component, as the
/// custom section that hosts read them from.
#[macro_export]
macro_rules! scenarios {
    () => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            const LENGTH: usize = include_bytes!(concat!(env!("OUT_DIR"), "/scenarios.json")).len();
            #[used]
            #[unsafe(link_section = "sanbao:scenarios")]
            static SCENARIOS: [u8; LENGTH] = *include_bytes!(concat!(env!("OUT_DIR"), "/scenarios.json"));
        };
    };
}

#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
