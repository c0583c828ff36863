//! What differs between two versions of a policy, in one language.

use sanbao_domain::text::{Language, Text};
use sanbao_policy::check::Difference;
use sanbao_policy::check::difference::{Changes, Declared, VersionRef};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Puts the difference in a report of a check into one language.
///
/// # Errors
/// A report that no check has made.
pub fn speak(report: &mut Value, language: Language) -> Result<(), serde_json::Error> {
    if let Some(found) = report.get_mut("difference").filter(|found| !found.is_null()) {
        let difference: Difference = serde_json::from_value(found.take())?;
        *found = serde_json::to_value(DifferenceView::new(difference, language))?;
    }
    Ok(())
}

/// What differs between an older and a newer version of a policy.
#[derive(Serialize, ToSchema)]
#[schema(as = Difference)]
pub struct DifferenceView {
    from: VersionView,
    to: VersionView,
    /// Versions of the contract; absent where it is the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    contract: Option<ChangeView>,
    /// Bytes of the components.
    size: ChangeView,
    interfaces_added: Vec<String>,
    /// For these the host's own baseline answers.
    interfaces_removed: Vec<String>,
    rules: ChangesView,
    attributes: ChangesView,
    settings: ChangesView,
    roles: ChangesView,
    /// Median fuel on each version's own scenarios.
    fuel: Vec<FuelView>,
    /// What somebody should know before the newer one is put in force.
    notes: Vec<String>,
}

/// A version.
#[derive(Serialize, ToSchema)]
#[schema(as = ComparedVersion)]
struct VersionView {
    name: String,
    version: String,
    /// SHA-256 of the component.
    digest: String,
}

/// A value before and after.
#[derive(Serialize, ToSchema)]
#[schema(as = ValueChange)]
struct ChangeView {
    #[schema(value_type = Object)]
    from: Value,
    #[schema(value_type = Object)]
    to: Value,
}

/// What was added, removed and changed.
#[derive(Serialize, ToSchema)]
#[schema(as = DeclarationChanges)]
struct ChangesView {
    added: Vec<DeclaredView>,
    removed: Vec<DeclaredView>,
    changed: Vec<ChangedView>,
}

/// A rule, attribute, setting or role.
#[derive(Serialize, ToSchema)]
#[schema(as = Declaration)]
struct DeclaredView {
    id: String,
    title: String,
}

/// A declaration that was changed.
#[derive(Serialize, ToSchema)]
#[schema(as = ChangedDeclaration)]
struct ChangedView {
    id: String,
    title: String,
    fields: Vec<FieldView>,
}

/// A field before and after, as manifests state it, texts in the language asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldChange)]
struct FieldView {
    #[schema(example = "required")]
    field: String,
    #[schema(value_type = Object)]
    from: Value,
    #[schema(value_type = Object)]
    to: Value,
}

/// Median fuel of an interface's scenarios before and after.
#[derive(Serialize, ToSchema)]
#[schema(as = FuelChange)]
struct FuelView {
    interface: String,
    from: u64,
    to: u64,
    /// By how much it grew.
    percent: f64,
}

impl DifferenceView {
    /// In one language.
    pub fn new(difference: Difference, language: Language) -> Self {
        let version = |one: VersionRef| VersionView {
            name: one.name,
            version: one.version,
            digest: one.digest.to_string(),
        };
        let changes = |all: Changes| changes(all, language);
        let names = |all: Vec<sanbao_policy::contract::Interface>| {
            all.into_iter().map(|interface| interface.name().to_owned()).collect()
        };
        Self {
            from: version(difference.from),
            to: version(difference.to),
            contract: difference
                .contract
                .map(|one| ChangeView { from: Value::from(one.from), to: Value::from(one.to) }),
            size: ChangeView { from: difference.size.from.into(), to: difference.size.to.into() },
            interfaces_added: names(difference.interfaces_added),
            interfaces_removed: names(difference.interfaces_removed),
            rules: changes(difference.rules),
            attributes: changes(difference.attributes),
            settings: changes(difference.settings),
            roles: changes(difference.roles),
            fuel: difference
                .fuel
                .into_iter()
                .map(|one| FuelView {
                    interface: one.interface.name().to_owned(),
                    from: one.from,
                    to: one.to,
                    percent: one.permille as f64 / 10.0,
                })
                .collect(),
            notes: difference.notes.iter().map(|note| note.get(language).to_owned()).collect(),
        }
    }
}

fn changes(all: Changes, language: Language) -> ChangesView {
    let declared = |one: Declared| DeclaredView { title: one.title.get(language).to_owned(), id: one.id };
    let changed = |one: sanbao_policy::check::difference::Changed| ChangedView {
        title: one.title.get(language).to_owned(),
        id: one.id,
        fields: one
            .fields
            .into_iter()
            .map(|field| FieldView {
                field: field.field,
                from: spoken(field.from, language),
                to: spoken(field.to, language),
            })
            .collect(),
    };
    ChangesView {
        added: all.added.into_iter().map(declared).collect(),
        removed: all.removed.into_iter().map(declared).collect(),
        changed: all.changed.into_iter().map(changed).collect(),
    }
}

/// Texts in both languages become texts in one.
fn spoken(value: Value, language: Language) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| spoken(item, language)).collect(),
        Value::Object(fields) => match serde_json::from_value::<Text>(Value::Object(fields.clone())) {
            Ok(text) if fields.len() == 2 => text.get(language).into(),
            _ => fields.into_iter().map(|(name, value)| (name, spoken(value, language))).collect(),
        },
        other => other,
    }
}
