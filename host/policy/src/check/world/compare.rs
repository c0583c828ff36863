//! What a component imports and exports, interface by interface, function by function, type by type.

use super::show::{shape, show};
use super::{World, of_contract};
use crate::check::problem::{Code, Problem};
use crate::contract::{Interface, PACKAGE, Version};
use wit_parser::{Function, InterfaceId, Resolve, TypeId, WorldId, WorldItem};

pub(super) struct Check<'a> {
    pub(super) found: &'a Resolve,
    /// The text of the version that the component says it was built against, or of the newest.
    pub(super) contract: &'a Resolve,
    pub(super) version: Version,
}

impl Check<'_> {
    pub(super) fn imports(&self, world: WorldId, problems: &mut Vec<Problem>) {
        for (key, item) in &self.found.worlds[world].imports {
            let name = self.found.name_world_key(key);
            let place = format!("import {name}");
            let WorldItem::Interface { id, .. } = item else {
                // Types that the world itself names stand for those of an interface.
                if matches!(item, WorldItem::Function(_)) {
                    problems.push(foreign(&place, &name));
                }
                continue;
            };
            let Some((interface, version)) = of_contract(&name) else {
                problems.push(foreign(&place, &name));
                continue;
            };
            if version != self.version.number() {
                problems.push(self.other_version(&place, interface, version));
            } else if !matches!(interface, "types" | "calendar" | "log") && self.has_functions(*id) {
                problems.push(foreign(&place, &name));
            } else {
                self.interface(&place, &name, *id, Direction::Import, problems);
            }
        }
    }

    pub(super) fn exports(&self, id: WorldId, world: &mut World, problems: &mut Vec<Problem>) {
        for (key, item) in &self.found.worlds[id].exports {
            let name = self.found.name_world_key(key);
            let place = format!("export {name}");
            let Some((interface, version)) = of_contract(&name) else {
                problems.push(
                    Problem::error(
                        Code::UnknownInterface,
                        &place,
                        "the host never asks for it",
                        "leave it out, or check its name",
                    )
                    .warning(),
                );
                continue;
            };
            if version != self.version.number() {
                world.contract.get_or_insert_with(|| version.to_owned());
                problems.push(self.other_version(&place, interface, version));
                continue;
            }
            let known = Interface::ALL.into_iter().find(|known| known.name() == interface);
            match (known, item) {
                (Some(known), WorldItem::Interface { id, .. }) => {
                    world.contract = Some(version.to_owned());
                    world.interfaces.push(known);
                    self.interface(&place, &name, *id, Direction::Export, problems);
                }
                _ => problems.push(Problem::error(
                    Code::UnknownInterface,
                    &place,
                    format!("the contract {version} has no interface `{interface}`"),
                    format!("its interfaces are {}", Interface::ALL.map(Interface::name).join(", ")),
                )),
            }
        }
        world.interfaces.sort_unstable();
    }

    fn has_functions(&self, interface: InterfaceId) -> bool {
        !self.found.interfaces[interface].functions.is_empty()
    }

    /// An import may use fewer functions than there are; an export must have them all.
    fn interface(
        &self,
        place: &str,
        name: &str,
        id: InterfaceId,
        direction: Direction,
        problems: &mut Vec<Problem>,
    ) {
        let Some(expected) = self.contract_interface(name) else {
            problems.push(foreign(place, name));
            return;
        };
        let expected = &self.contract.interfaces[expected];
        let found = &self.found.interfaces[id];
        for (function_name, function) in &expected.functions {
            match found.functions.get(function_name) {
                Some(found) => self.function(&format!("{place}#{function_name}"), found, function, problems),
                None if direction == Direction::Export => problems.push(Problem::error(
                    Code::OtherType,
                    format!("{place}#{function_name}"),
                    "the function is missing",
                    self.rebuild(),
                )),
                None => {}
            }
        }
        for function_name in found.functions.keys().filter(|name| !expected.functions.contains_key(*name)) {
            problems.push(Problem::error(
                Code::OtherType,
                format!("{place}#{function_name}"),
                "the contract has no such function",
                self.rebuild(),
            ));
        }
        for (type_name, found) in &found.types {
            if let Some(expected) = expected.types.get(type_name) {
                self.definition(&format!("{place}, type {type_name}"), *found, *expected, problems);
            }
        }
    }

    fn contract_interface(&self, name: &str) -> Option<InterfaceId> {
        let mut all = self.contract.interfaces.iter();
        all.find(|(id, _)| self.contract.id_of(*id).as_deref() == Some(name)).map(|(id, _)| id)
    }

    fn function(&self, place: &str, found: &Function, expected: &Function, problems: &mut Vec<Problem>) {
        let list = |resolve: &Resolve, function: &Function| {
            let params =
                function.params.iter().map(|param| format!("{}: {}", param.name, show(resolve, param.ty)));
            let params = params.collect::<Vec<_>>().join(", ");
            let result = function.result.map(|ty| format!(" -> {}", show(resolve, ty))).unwrap_or_default();
            format!("func({params}){result}")
        };
        let (found, expected) = (list(self.found, found), list(self.contract, expected));
        if found != expected {
            problems.push(Problem::error(
                Code::OtherType,
                place,
                format!("it is `{found}`; the contract says `{expected}`"),
                self.rebuild(),
            ));
        }
    }

    fn definition(&self, place: &str, found: TypeId, expected: TypeId, problems: &mut Vec<Problem>) {
        let found_shape = shape(self.found, found);
        let expected_shape = shape(self.contract, expected);
        if found_shape == expected_shape {
            return;
        }
        let mut named = false;
        for (field, ty) in &expected_shape {
            let message = match found_shape.iter().find(|(name, _)| name == field) {
                None => format!("`{field}` is missing"),
                Some((_, other)) if other != ty => {
                    format!("`{field}` is `{other}`; the contract says `{ty}`")
                }
                Some(_) => continue,
            };
            named = true;
            problems.push(Problem::error(Code::OtherType, place, message, self.rebuild()));
        }
        for (field, _) in
            found_shape.iter().filter(|(name, _)| !expected_shape.iter().any(|(known, _)| known == name))
        {
            named = true;
            problems.push(Problem::error(
                Code::OtherType,
                place,
                format!("`{field}` is not in the contract"),
                self.rebuild(),
            ));
        }
        if !named {
            problems.push(Problem::error(
                Code::OtherType,
                place,
                "its fields or cases stand in another order",
                self.rebuild(),
            ));
        }
    }

    fn other_version(&self, place: &str, interface: &str, version: &str) -> Problem {
        let expected = self.version.number();
        let message = match Version::of(version) {
            None => format!("version {version} of `{interface}`; this host speaks {}", Version::numbers()),
            Some(_) => {
                format!(
                    "version {version} of `{interface}`, but {expected} of `manifest`: a policy speaks one version"
                )
            }
        };
        let fix = format!("rebuild it against {PACKAGE}/{interface}@{expected}");
        Problem::error(Code::OtherVersion, place, message, fix)
    }

    fn rebuild(&self) -> String {
        format!("rebuild it against the unchanged WIT of {PACKAGE}@{}", self.version.number())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Import,
    Export,
}

fn foreign(place: &str, name: &str) -> Problem {
    let fix = if name.starts_with("wasi:") || name.starts_with("wasi_") {
        "build without WASI: no clock, files, randomness or environment (componentize-py has --stub-wasi, \
         ComponentizeJS has disableFeatures, Rust the target wasm32-unknown-unknown)"
    } else {
        "a policy may import sanbao:policy/calendar and sanbao:policy/log, and nothing else"
    };
    Problem::error(
        Code::ForeignImport,
        place,
        "it is not part of the contract, and the host does not offer it",
        fix,
    )
}
