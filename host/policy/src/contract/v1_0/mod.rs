//! Contract 1.0.0: bindings, and their adapter to the domain's types, one file per interface.

mod answer;
mod approval;
mod ask;
mod bound;
mod case;
mod charges;
mod coverage;
mod follow_up;
mod imports;
mod manifest;
mod notices;
mod penalty;
mod retention;
mod service_level;

pub(crate) use bound::Bound;

use crate::guest::Guest;
use wasmtime::component::{HasSelf, Linker};

/// Of the package.
pub(crate) const VERSION: &str = "1.0.0";

/// The text from which the bindings are made, as the check of an upload reads it too.
pub(crate) const TEXT: &[&str] = &[
    include_str!("../../../../../wit/types.wit"),
    include_str!("../../../../../wit/imports.wit"),
    include_str!("../../../../../wit/manifest.wit"),
    include_str!("../../../../../wit/coverage.wit"),
    include_str!("../../../../../wit/approval.wit"),
    include_str!("../../../../../wit/service-level.wit"),
    include_str!("../../../../../wit/penalty.wit"),
    include_str!("../../../../../wit/retention.wit"),
    include_str!("../../../../../wit/charges.wit"),
    include_str!("../../../../../wit/notices.wit"),
    include_str!("../../../../../wit/follow-up.wit"),
];

mod bindings {
    #![allow(missing_docs, unreachable_pub, clippy::all)]
    wasmtime::component::bindgen!({
        path: "../../wit",
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
