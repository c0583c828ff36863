//! Contract 0.1.0: bindings, and their adapter to the domain's types.

pub(crate) mod answer;
mod ask;
mod bound;
mod imports;
mod manifest;

pub(crate) use ask::{attributes, case, event, finding, items, part, remedy, request};
pub(crate) use bound::Bound;
pub(crate) use manifest::manifest;

use crate::guest::Guest;
use wasmtime::component::{HasSelf, Linker};

mod bindings {
    #![allow(missing_docs, unreachable_pub, clippy::all)]
    wasmtime::component::bindgen!({
        path: "../../wit",
        world: "sanbao:policy/complete",
        imports: { default: trappable },
    });
}

pub(crate) use bindings::exports::sanbao::policy as exports;
pub(crate) use bindings::sanbao::policy as imported;
pub(crate) use bindings::sanbao::policy::types as wit;

pub(crate) fn linker(engine: &wasmtime::Engine) -> wasmtime::Result<Linker<Guest>> {
    let mut linker = Linker::new(engine);
    bindings::Complete::add_to_linker::<_, HasSelf<Guest>>(&mut linker, |guest| guest)?;
    Ok(linker)
}
