//! Lists of declarations, compared by id.

use sanbao_domain::manifest::{AttributeDeclaration, Role, Rule, SettingDeclaration};
use sanbao_domain::text::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// What differs between two lists of declarations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// In the newer one only.
    pub added: Vec<Declared>,
    /// In the older one only.
    pub removed: Vec<Declared>,
    /// In both, and not the same.
    pub changed: Vec<Changed>,
}

/// A declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Its id or name.
    pub id: String,
    /// Its title or label.
    pub title: Text,
}

/// A declaration that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Its id or name.
    pub id: String,
    /// Its title or label in the newer version.
    pub title: Text,
    /// What was changed.
    pub fields: Vec<FieldChange>,
}

/// A field of a declaration before and after, as manifests state it; null where it is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Which: "text", "required", "choices" …
    pub field: String,
    /// Before.
    pub from: Json,
    /// After.
    pub to: Json,
}

/// Something that a manifest declares under an id.
pub(super) trait Declaration: Serialize {
    const ID: &'static str;
    fn id(&self) -> &str;
    fn title(&self) -> &Text;
}

macro_rules! declarations {
    ($($of:ty: $id:ident $title:ident;)*) => {$(
        impl Declaration for $of {
            const ID: &'static str = stringify!($id);
            fn id(&self) -> &str {
                &self.$id
            }
            fn title(&self) -> &Text {
                &self.$title
            }
        }
    )*};
}

declarations! {
    Rule: id title;
    Role: id title;
    AttributeDeclaration: name label;
    SettingDeclaration: name label;
}

impl Changes {
    pub(super) fn between<T: Declaration>(old: &[T], new: &[T]) -> Self {
        let declared = |one: &T| Declared { id: one.id().to_owned(), title: one.title().clone() };
        let find = |list: &[T], id: &str| list.iter().position(|one| one.id() == id);
        let pair = |one: &T| {
            let before = old.get(find(old, one.id())?)?;
            let fields = fields(before, one);
            let (id, title) = (one.id().to_owned(), one.title().clone());
            (!fields.is_empty()).then_some(Changed { id, title, fields })
        };
        Self {
            added: new.iter().filter(|one| find(old, one.id()).is_none()).map(declared).collect(),
            removed: old.iter().filter(|one| find(new, one.id()).is_none()).map(declared).collect(),
            changed: new.iter().filter_map(pair).collect(),
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

fn fields<T: Declaration>(old: &T, new: &T) -> Vec<FieldChange> {
    let (old, new) = (object(old), object(new));
    let mut names: Vec<&String> = old.keys().chain(new.keys()).filter(|name| *name != T::ID).collect();
    names.sort();
    names.dedup();
    let value = |object: &Map<String, Json>, name: &str| object.get(name).cloned().unwrap_or_default();
    let change = |name: &String| FieldChange {
        field: if name == "value_type" { "type".to_owned() } else { name.clone() },
        from: value(&old, name),
        to: value(&new, name),
    };
    names.into_iter().map(change).filter(|change| change.from != change.to).collect()
}

fn object(value: &impl Serialize) -> Map<String, Json> {
    match serde_json::to_value(value) {
        Ok(Json::Object(fields)) => fields,
        _ => Map::new(),
    }
}
