//! Imports, exports and their types against the contract, without generating code. Every difference is a
//! problem of its own.

mod compare;
mod show;

use super::problem::{Code, Problem};
use crate::contract::{Interface, VERSION};
use compare::Check;
use std::sync::LazyLock;
use wit_component::DecodedWasm;
use wit_parser::{Resolve, SourceMap};

const PACKAGE: &str = "sanbao:policy/";

/// The contract's own text, from which the host's bindings are made too.
const SOURCES: &[(&str, &str)] = &[
    ("types.wit", include_str!("../../../../wit/types.wit")),
    ("imports.wit", include_str!("../../../../wit/imports.wit")),
    ("manifest.wit", include_str!("../../../../wit/manifest.wit")),
    ("coverage.wit", include_str!("../../../../wit/coverage.wit")),
    ("approval.wit", include_str!("../../../../wit/approval.wit")),
    ("service-level.wit", include_str!("../../../../wit/service-level.wit")),
    ("penalty.wit", include_str!("../../../../wit/penalty.wit")),
    ("retention.wit", include_str!("../../../../wit/retention.wit")),
    ("charges.wit", include_str!("../../../../wit/charges.wit")),
    ("notices.wit", include_str!("../../../../wit/notices.wit")),
    ("follow-up.wit", include_str!("../../../../wit/follow-up.wit")),
];

/// `None` only if the shipped text did not parse, which a test excludes.
static CONTRACT: LazyLock<Option<Resolve>> = LazyLock::new(|| {
    let mut sources = SourceMap::new();
    for (name, text) in SOURCES {
        sources.push_str(name, *text);
    }
    let mut resolve = Resolve::default();
    resolve.push_group(sources.parse().ok()?).ok()?;
    Some(resolve)
});

/// What a component speaks.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) interfaces: Vec<Interface>,
    pub(super) contract: Option<String>,
}

/// Reads the world of a valid component and lists what is not of the contract.
pub(super) fn examine(component: &[u8], problems: &mut Vec<Problem>) -> World {
    let mut world = World::default();
    let (Ok(DecodedWasm::Component(resolve, id)), Some(contract)) =
        (wit_component::decode(component), &*CONTRACT)
    else {
        problems.push(Problem::error(
            Code::NoWorld,
            "component",
            "its imports and exports cannot be read as a world",
            format!("build it for a world that includes {PACKAGE}policy@{VERSION}"),
        ));
        return world;
    };
    let check = Check { found: &resolve, contract };
    check.imports(id, problems);
    check.exports(id, &mut world, problems);
    if !world.interfaces.contains(&Interface::Manifest) {
        problems.push(Problem::error(
            Code::NoManifest,
            "exports",
            format!("it does not export {PACKAGE}manifest@{VERSION}"),
            format!("include {PACKAGE}policy@{VERSION} in its world and implement `describe`"),
        ));
    } else if world.interfaces.len() == 1 {
        problems.push(
            Problem::error(
                Code::NothingToAsk,
                "exports",
                "it exports nothing but its manifest, so every question goes to the host's baseline",
                format!("export {PACKAGE}coverage@{VERSION} or another interface of the contract"),
            )
            .warning(),
        );
    }
    world
}
