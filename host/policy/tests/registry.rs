//! Policies by digest.

mod common;

use common::{case, engine, terms};
use sanbao_hostile::Fixture;
use sanbao_policy::digest::Digest;
use sanbao_policy::question::Coverage;
use sanbao_policy::registry::Registry;
use std::sync::Arc;

#[test]
fn loading_the_same_component_at_once_compiles_once() {
    let registry = Registry::new(Arc::clone(engine()));
    let component = Fixture::WellBehaved.component();
    let policies: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| registry.load(&component).unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(policies.iter().all(|policy| Arc::ptr_eq(policy, &policies[0])));
    assert_eq!(registry.len(), 1);
}

#[test]
fn an_unloaded_policy_finishes_its_calls() {
    let registry = Registry::new(Arc::clone(engine()));
    let component = Fixture::WellBehaved.component();
    let policy = registry.load(&component).unwrap();
    assert!(registry.get(Digest::of(&component)).is_some());
    assert!(registry.unload(policy.digest()).is_some());
    assert!(registry.is_empty() && registry.get(policy.digest()).is_none());
    assert!(policy.ask(&terms(), Coverage { case: case() }).outcome.is_ok());
}
