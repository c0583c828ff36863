//! Imports, exports and their types against the contract, without generating code. Every difference is a
//! problem of its own.

use super::problem::{Code, Problem};
use crate::contract::{Interface, VERSION, VERSIONS};
use std::sync::LazyLock;
use wit_component::DecodedWasm;
use wit_parser::{Function, InterfaceId, Resolve, SourceMap, Type, TypeDefKind, TypeId, WorldId, WorldItem};

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

struct Check<'a> {
    found: &'a Resolve,
    contract: &'a Resolve,
}

impl Check<'_> {
    fn imports(&self, world: WorldId, problems: &mut Vec<Problem>) {
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
            if version != VERSION {
                problems.push(other_version(&place, interface, version));
            } else if !matches!(interface, "types" | "calendar" | "log") && self.has_functions(*id) {
                problems.push(foreign(&place, &name));
            } else {
                self.interface(&place, &name, *id, Direction::Import, problems);
            }
        }
    }

    fn exports(&self, id: WorldId, world: &mut World, problems: &mut Vec<Problem>) {
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
            if version != VERSION {
                world.contract.get_or_insert_with(|| version.to_owned());
                problems.push(other_version(&place, interface, version));
                continue;
            }
            let known = Interface::ALL.into_iter().find(|known| known.name() == interface);
            match (known, item) {
                (Some(known), WorldItem::Interface { id, .. }) => {
                    world.contract = Some(VERSION.to_owned());
                    world.interfaces.push(known);
                    self.interface(&place, &name, *id, Direction::Export, problems);
                }
                _ => problems.push(Problem::error(
                    Code::UnknownInterface,
                    &place,
                    format!("the contract {VERSION} has no interface `{interface}`"),
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
                    rebuild(),
                )),
                None => {}
            }
        }
        for function_name in found.functions.keys().filter(|name| !expected.functions.contains_key(*name)) {
            problems.push(Problem::error(
                Code::OtherType,
                format!("{place}#{function_name}"),
                "the contract has no such function",
                rebuild(),
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
                rebuild(),
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
            problems.push(Problem::error(Code::OtherType, place, message, rebuild()));
        }
        for (field, _) in
            found_shape.iter().filter(|(name, _)| !expected_shape.iter().any(|(known, _)| known == name))
        {
            named = true;
            problems.push(Problem::error(
                Code::OtherType,
                place,
                format!("`{field}` is not in the contract"),
                rebuild(),
            ));
        }
        if !named {
            problems.push(Problem::error(
                Code::OtherType,
                place,
                "its fields or cases stand in another order",
                rebuild(),
            ));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Import,
    Export,
}

/// Interface and version, if the name is one of the package's, in whatever version.
fn of_contract(name: &str) -> Option<(&str, &str)> {
    let rest = name.strip_prefix(PACKAGE)?;
    Some(rest.split_once('@').unwrap_or((rest, "none")))
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

fn other_version(place: &str, interface: &str, version: &str) -> Problem {
    Problem::error(
        Code::OtherVersion,
        place,
        format!("version {version} of `{interface}`; this host speaks {}", VERSIONS.join(", ")),
        format!("rebuild it against {PACKAGE}{interface}@{VERSION}"),
    )
}

fn rebuild() -> String {
    format!("rebuild it against the unchanged WIT of {}@{VERSION}", PACKAGE.trim_end_matches('/'))
}

/// The names of a definition's parts with what each is: fields with their types, cases, or the one alias.
fn shape(resolve: &Resolve, id: TypeId) -> Vec<(String, String)> {
    let payload =
        |ty: Option<Type>| ty.map_or_else(|| "case".to_owned(), |ty| format!("case({})", show(resolve, ty)));
    match &resolve.types[follow(resolve, id)].kind {
        TypeDefKind::Record(record) => {
            record.fields.iter().map(|field| (field.name.clone(), show(resolve, field.ty))).collect()
        }
        TypeDefKind::Variant(variant) => {
            variant.cases.iter().map(|case| (case.name.clone(), payload(case.ty))).collect()
        }
        TypeDefKind::Enum(names) => {
            names.cases.iter().map(|case| (case.name.clone(), payload(None))).collect()
        }
        TypeDefKind::Flags(flags) => {
            flags.flags.iter().map(|flag| (flag.name.clone(), "flag".to_owned())).collect()
        }
        _ => vec![("it".to_owned(), show_definition(resolve, id))],
    }
}

/// `use` leaves an alias in the interface that uses a type.
fn follow(resolve: &Resolve, mut id: TypeId) -> TypeId {
    while let TypeDefKind::Type(Type::Id(next)) = &resolve.types[id].kind {
        id = *next;
    }
    id
}

/// As WIT writes it. Named types by name: each is compared where it is defined.
fn show(resolve: &Resolve, ty: Type) -> String {
    match ty {
        Type::Id(id) => {
            let id = follow(resolve, id);
            match &resolve.types[id].name {
                // An alias of something plain, such as `instant`, leaves no name in a component.
                Some(name) if !matches!(resolve.types[id].kind, TypeDefKind::Type(_)) => name.clone(),
                _ => show_definition(resolve, id),
            }
        }
        plain => format!("{plain:?}").to_lowercase(),
    }
}

fn show_definition(resolve: &Resolve, id: TypeId) -> String {
    match &resolve.types[id].kind {
        TypeDefKind::List(ty) => format!("list<{}>", show(resolve, *ty)),
        TypeDefKind::Option(ty) => format!("option<{}>", show(resolve, *ty)),
        TypeDefKind::Type(ty) => show(resolve, *ty),
        TypeDefKind::Tuple(tuple) => {
            format!(
                "tuple<{}>",
                tuple.types.iter().map(|ty| show(resolve, *ty)).collect::<Vec<_>>().join(", ")
            )
        }
        other => other.as_str().to_owned(),
    }
}
