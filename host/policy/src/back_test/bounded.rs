//! Counters by name that cannot grow without bound, and still add up the same in whatever order.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most names that are told apart.
pub const LIMIT: usize = 400;

/// What can be added up, in any order and grouping.
pub trait Merge {
    /// Adds the other.
    fn merge(&mut self, other: Self);
}

impl Merge for u64 {
    fn merge(&mut self, other: Self) {
        *self += other;
    }
}

/// Values by name: those of the first [`LIMIT`] names in alphabetical order each by itself, all others together.
/// A name that is once put to the others has so many before it that it can never come back, so the sum does not
/// depend on the order of its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounded<V> {
    /// By name.
    pub named: BTreeMap<String, V>,
    /// All others together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others: Option<V>,
}

impl<V: Merge> Bounded<V> {
    /// Adds to the value of a name.
    pub fn add(&mut self, name: &str, value: V) {
        if let Some(known) = self.named.get_mut(name) {
            return known.merge(value);
        }
        self.named.insert(name.to_owned(), value);
        while self.named.len() > LIMIT {
            if let Some((_, last)) = self.named.pop_last() {
                self.put_to_others(last);
            }
        }
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.named.get(name)
    }

    fn put_to_others(&mut self, value: V) {
        match &mut self.others {
            Some(others) => others.merge(value),
            None => self.others = Some(value),
        }
    }
}

impl<V: Merge> Merge for Bounded<V> {
    fn merge(&mut self, other: Self) {
        for (name, value) in other.named {
            self.add(&name, value);
        }
        if let Some(value) = other.others {
            self.put_to_others(value);
        }
    }
}
