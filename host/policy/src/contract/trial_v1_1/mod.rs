//! A trial of a contract 1.1.0 beside 1.0.0, which no host speaks: it is there for tests alone. Its case has a
//! field more and its scope a case more (`policy.wit`); `case.rs` and `coverage.rs` are its own, and all that did
//! not change is the source of 1.0.0, compiled against these bindings.

#![allow(clippy::duplicate_mod)]

#[path = "../v1_0/answer.rs"]
mod answer;
#[path = "../v1_0/approval.rs"]
mod approval;
#[path = "../v1_0/ask.rs"]
mod ask;
#[path = "../v1_0/bound.rs"]
mod bound;
mod case;
#[path = "../v1_0/charges.rs"]
mod charges;
mod coverage;
#[path = "../v1_0/follow_up.rs"]
mod follow_up;
#[path = "../v1_0/imports.rs"]
mod imports;
#[path = "../v1_0/manifest.rs"]
mod manifest;
#[path = "../v1_0/notices.rs"]
mod notices;
#[path = "../v1_0/penalty.rs"]
mod penalty;
#[path = "../v1_0/retention.rs"]
mod retention;
#[path = "../v1_0/service_level.rs"]
mod service_level;
#[cfg(test)]
mod tests;

pub(crate) use bound::Bound;

use crate::guest::Guest;
use wasmtime::component::{HasSelf, Linker};

/// Of the package.
pub(crate) const VERSION: &str = "1.1.0";

/// The text from which the bindings are made, as the check of an upload reads it too.
pub(crate) const TEXT: &[&str] = &[include_str!("policy.wit")];

mod bindings {
    #![allow(missing_docs, unreachable_pub, clippy::all)]
    wasmtime::component::bindgen!({
        path: "src/contract/trial_v1_1/policy.wit",
        world: "sanbao:policy/complete",
        imports: { default: trappable },
    });
}

use bindings::exports::sanbao::policy as exports;
use bindings::sanbao::policy as imported;
use bindings::sanbao::policy::types as wit;

/// The host's side: what a policy of this version may import.
pub(crate) fn linker(engine: &wasmtime::Engine) -> wasmtime::Result<Linker<Guest>> {
    let mut linker = Linker::new(engine);
    bindings::Complete::add_to_linker::<_, HasSelf<Guest>>(&mut linker, |guest| guest)?;
    Ok(linker)
}
