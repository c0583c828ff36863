//! What differs between two versions of a policy: for whoever must answer for the new one.

mod changes;
mod notes;

pub use changes::{Changed, Changes, Declared, FieldChange};

use super::CheckReport;
use crate::contract::Interface;
use crate::digest::Digest;
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::Text;
use serde::{Deserialize, Serialize};

/// What differs, from the older version to the newer one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The older one.
    pub from: VersionRef,
    /// The newer one.
    pub to: VersionRef,
    /// The version of the contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<Change<Option<String>>>,
    /// Bytes of the component.
    pub size: Change<u64>,
    /// Interfaces that the host asks now and did not ask.
    pub interfaces_added: Vec<Interface>,
    /// Interfaces for which the host's own baseline answers from now on.
    pub interfaces_removed: Vec<Interface>,
    /// Rules, by their ids.
    pub rules: Changes,
    /// Facts that it reads, by their names.
    pub attributes: Changes,
    /// Settings, by their names.
    pub settings: Changes,
    /// Roles, by their ids.
    pub roles: Changes,
    /// Fuel on each version's own scenarios, by interface that both were asked.
    pub fuel: Vec<FuelChange>,
    /// What somebody should know before the newer one is put in force.
    pub notes: Vec<Text>,
}

/// A version in a difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRef {
    /// Name in its manifest.
    pub name: String,
    /// Version in its manifest.
    pub version: String,
    /// SHA-256 of the component.
    pub digest: Digest,
}

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<T> {
    /// Before.
    pub from: T,
    /// After.
    pub to: T,
}

/// The median fuel of an interface's scenarios before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FuelChange {
    /// Which.
    pub interface: Interface,
    /// Before.
    pub from: u64,
    /// After.
    pub to: u64,
    /// Tenths of a percent by which it grew; negative where it became cheaper.
    pub permille: i64,
}

impl Difference {
    /// Between two versions, each with the report of its check. `None` where a report has no manifest, as its
    /// check did not get that far.
    pub fn of_reports(from: &CheckReport, to: &CheckReport) -> Option<Self> {
        Some(Self::new((from.manifest.as_ref()?, from), (to.manifest.as_ref()?, to)))
    }

    /// Between two versions.
    pub fn new(from: (&Manifest, &CheckReport), to: (&Manifest, &CheckReport)) -> Self {
        let ((old, before), (new, after)) = (from, to);
        let lacks = |one: &CheckReport, other: &CheckReport| -> Vec<Interface> {
            one.interfaces.iter().copied().filter(|interface| !other.interfaces.contains(interface)).collect()
        };
        let contract = (before.contract != after.contract)
            .then(|| Change { from: before.contract.clone(), to: after.contract.clone() });
        let mut difference = Self {
            from: VersionRef::new(old, before),
            to: VersionRef::new(new, after),
            contract,
            size: Change { from: before.size as u64, to: after.size as u64 },
            interfaces_added: lacks(after, before),
            interfaces_removed: lacks(before, after),
            rules: Changes::between(&old.rules, &new.rules),
            attributes: Changes::between(&old.attributes, &new.attributes),
            settings: Changes::between(&old.settings, &new.settings),
            roles: Changes::between(&old.roles, &new.roles),
            fuel: fuel(before, after),
            notes: Vec::new(),
        };
        difference.notes = notes::notes(&difference, new);
        difference
    }

    /// Whether the two declare and answer for the same; their code may differ all the same.
    pub fn declares_the_same(&self) -> bool {
        self.contract.is_none()
            && self.interfaces_added.is_empty()
            && self.interfaces_removed.is_empty()
            && [&self.rules, &self.attributes, &self.settings, &self.roles].iter().all(|one| one.is_empty())
    }
}

impl VersionRef {
    fn new(manifest: &Manifest, report: &CheckReport) -> Self {
        Self { name: manifest.name.clone(), version: manifest.version.clone(), digest: report.digest }
    }
}

fn fuel(before: &CheckReport, after: &CheckReport) -> Vec<FuelChange> {
    let by = |report: &CheckReport| report.scenarios.iter().flat_map(|one| one.interfaces.clone()).collect();
    let (before, after): (Vec<_>, Vec<_>) = (by(before), by(after));
    let change = |old: &crate::scenario::InterfaceReport| {
        let new = after.iter().find(|new| new.interface == old.interface)?;
        let (from, to) = (old.fuel.p50, new.fuel.p50);
        let grown = (i128::from(to) - i128::from(from)) * 1000 / i128::from(from.max(1));
        let permille = i64::try_from(grown).unwrap_or(i64::MAX);
        Some(FuelChange { interface: old.interface, from, to, permille })
    };
    before.iter().filter_map(change).collect()
}
