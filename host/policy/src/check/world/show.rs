//! Types as WIT writes them.

use wit_parser::{Resolve, Type, TypeDefKind, TypeId};

/// The names of a definition's parts with what each is: fields with their types, cases, or the one alias.
pub(super) fn shape(resolve: &Resolve, id: TypeId) -> Vec<(String, String)> {
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
pub(super) fn show(resolve: &Resolve, ty: Type) -> String {
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
