//! Imports, exports and their types against the contract, without generating code. Every difference is a
//! problem of its own.

mod compare;
mod show;

use super::problem::{Code, Problem};
use super::reading::unless_it_panics;
use crate::contract::{Interface, PACKAGE, VERSION, Version};
use compare::Check;
use std::sync::LazyLock;
use wit_component::DecodedWasm;
use wit_parser::{Resolve, SourceMap, WorldId};

/// The text of every version, as the host's bindings are made from it too.
static CONTRACTS: LazyLock<Vec<(Version, Resolve)>> = LazyLock::new(|| {
    let parsed = |version: &Version| Some((*version, parse(version.text())?));
    Version::ALL.iter().filter_map(parsed).collect()
});

/// `None` only if a shipped text did not parse, which a test excludes.
fn parse(text: &[&str]) -> Option<Resolve> {
    let mut sources = SourceMap::new();
    for (i, file) in text.iter().enumerate() {
        sources.push_str(&format!("{i}.wit"), *file);
    }
    let mut resolve = Resolve::default();
    resolve.push_group(sources.parse().ok()?).ok()?;
    Some(resolve)
}

/// What a component speaks.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) interfaces: Vec<Interface>,
    pub(super) contract: Option<String>,
}

/// Reads the world of a valid component and lists what is not of the contract.
pub(super) fn examine(component: &[u8], problems: &mut Vec<Problem>) -> World {
    let mut world = World::default();
    let decoded = unless_it_panics(|| wit_component::decode(component));
    let Some(Ok(DecodedWasm::Component(resolve, id))) = decoded else {
        problems.push(Problem::error(
            Code::NoWorld,
            "component",
            "its imports and exports cannot be read as a world",
            format!("build it for a world that includes {PACKAGE}/policy@{VERSION}"),
        ));
        return world;
    };
    let said = said(&resolve, id);
    let version = said.as_deref().and_then(Version::of).unwrap_or(Version::NEWEST);
    let Some((_, contract)) = CONTRACTS.iter().find(|(known, _)| *known == version) else { return world };
    let check = Check { found: &resolve, contract, version };
    check.imports(id, problems);
    check.exports(id, &mut world, problems);
    let number = version.number();
    if said.is_none() {
        problems.push(Problem::error(
            Code::NoManifest,
            "exports",
            format!("it does not export {PACKAGE}/manifest@{number}"),
            format!("include {PACKAGE}/policy@{number} in its world and implement `describe`"),
        ));
    } else if world.interfaces == [Interface::Manifest]
        && problems.iter().all(|problem| problem.code != Code::OtherVersion)
    {
        problems.push(
            Problem::error(
                Code::NothingToAsk,
                "exports",
                "it exports nothing but its manifest, so every question goes to the host's baseline",
                format!("export {PACKAGE}/coverage@{number} or another interface of the contract"),
            )
            .warning(),
        );
    }
    world
}

/// The version that a component says it was built against: that of the `manifest` which it exports, one that the
/// host speaks if there are several.
fn said(found: &Resolve, world: WorldId) -> Option<String> {
    let exports = found.worlds[world].exports.keys();
    let names = exports.map(|key| found.name_world_key(key));
    let mut manifests: Vec<String> = names
        .filter_map(|name| match of_contract(&name) {
            Some(("manifest", version)) => Some(version.to_owned()),
            _ => None,
        })
        .collect();
    manifests.sort_by_key(|number| Version::of(number).is_none());
    manifests.into_iter().next()
}

/// Interface and version, if the name is one of the package's, in whatever version.
fn of_contract(name: &str) -> Option<(&str, &str)> {
    let rest = name.strip_prefix(PACKAGE)?.strip_prefix('/')?;
    Some(rest.split_once('@').unwrap_or((rest, "none")))
}
