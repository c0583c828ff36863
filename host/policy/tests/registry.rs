//! Policies by digest: what is loaded, what goes, and what comes back.
#![allow(clippy::unwrap_used)] // Test code, helpers included.

mod common;

use common::{case, engine, policy, terms};
use sanbao_hostile::Fixture;
use sanbao_policy::compile::{Cache, Compiler};
use sanbao_policy::digest::Digest;
use sanbao_policy::policy::LoadError;
use sanbao_policy::question::Coverage;
use sanbao_policy::registry::{Bounds, NotLoaded, Registry};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

fn compiler() -> Arc<Compiler> {
    Arc::new(common::compiler())
}

fn registry(policies: usize) -> Arc<Registry> {
    let bounds = Bounds { policies, ..Bounds::default() };
    Arc::new(Registry::bounded(engine().clone(), bounds))
}

/// The same policy many times over: each with a section of its own, so with a digest of its own.
fn several(count: u8) -> Vec<Vec<u8>> {
    let component = Fixture::WellBehaved.component();
    (0..count).map(|number| [&component[..], &[0, 3, 1, b'n', number]].concat()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn loading_the_same_component_at_once_loads_once() {
    let (registry, compiler) = (registry(100), compiler());
    let component = Fixture::WellBehaved.component();
    let fetched = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (registry, compiler, fetched) = (registry.clone(), compiler.clone(), fetched.clone());
            let component = component.clone();
            tokio::spawn(async move {
                let fetch = || async {
                    fetched.fetch_add(1, SeqCst);
                    Ok::<_, Infallible>(component.clone())
                };
                registry.load(&compiler, Digest::of(&component), fetch).await.unwrap()
            })
        })
        .collect();
    let mut policies = Vec::new();
    for task in tasks {
        policies.push(task.await.unwrap());
    }
    assert!(policies.iter().all(|policy| Arc::ptr_eq(policy, &policies[0])));
    assert_eq!((registry.len(), fetched.load(SeqCst)), (1, 1));
}

#[test]
fn an_unloaded_policy_finishes_its_calls() {
    let registry = registry(100);
    let policy = registry.insert(policy(&Fixture::WellBehaved.component()));
    assert!(registry.get(policy.digest()).is_some());
    assert!(registry.unload(policy.digest()).is_some());
    assert!(registry.is_empty() && registry.get(policy.digest()).is_none());
    assert_eq!(registry.code_size(), 0);
    assert!(policy.ask(&terms(), Coverage { case: case() }).outcome.is_ok());
}

#[tokio::test]
async fn what_was_asked_least_recently_goes_and_comes_back_from_its_code() {
    let data = tempfile::tempdir().unwrap();
    let cache = Cache::open(data.path(), engine(), 1 << 30).unwrap();
    let compiler = Arc::new(common::compiler().with_cache(cache));
    let registry = registry(3);
    let components = several(4);
    let digests: Vec<_> = components.iter().map(|component| Digest::of(component)).collect();
    let mut first = None;
    for (digest, component) in digests.iter().zip(&components) {
        let policy = registry
            .load(&compiler, *digest, || async { Ok::<_, Infallible>(component.clone()) })
            .await
            .unwrap();
        first.get_or_insert(policy);
        // The second was asked after the first, whenever another one came.
        registry.get(digests[0]);
    }
    let loaded: Vec<_> = digests.iter().map(|digest| registry.get(*digest).is_some()).collect();
    assert_eq!(loaded, [true, false, true, true]);
    assert!(registry.is_full());
    let sizes: usize = digests.iter().filter_map(|digest| Some(registry.get(*digest)?.code_size())).sum();
    assert_eq!(registry.code_size(), sizes);

    // Nobody fetches its bytes, and nothing compiles them.
    let back = registry.kept(&compiler, digests[1]).await.unwrap().unwrap();
    assert_eq!(back.digest(), digests[1]);
    assert!(back.ask(&terms(), Coverage { case: case() }).outcome.is_ok());
    assert_eq!(registry.len(), 3);
    assert!(first.unwrap().ask(&terms(), Coverage { case: case() }).outcome.is_ok());
}

#[tokio::test]
async fn what_makes_no_policy_is_not_tried_again_at_once() {
    let (registry, compiler) = (registry(100), compiler());
    let digest = Digest::of(b"no component");
    let fetched = AtomicUsize::new(0);
    for _ in 0..3 {
        let fetch = || async {
            fetched.fetch_add(1, SeqCst);
            Ok::<_, Infallible>(b"no component".to_vec())
        };
        let NotLoaded::Load(error) = registry.load(&compiler, digest, fetch).await.err().unwrap() else {
            panic!("it has bytes")
        };
        assert!(matches!(*error, LoadError::Compile(_)), "{error}");
    }
    assert_eq!(fetched.load(SeqCst), 1);

    // Bytes that are not those that were asked for are not compiled at all.
    let other = Digest::of(b"another");
    let fetch = || async { Ok::<_, Infallible>(Fixture::WellBehaved.component()) };
    let NotLoaded::Load(error) = registry.load(&compiler, other, fetch).await.err().unwrap() else {
        panic!("it has bytes")
    };
    assert!(matches!(*error, LoadError::Altered { .. }), "{error}");
    assert!(registry.is_empty());

    // Without bytes, the next one may have them.
    for component in [None, Some(Fixture::WellBehaved.component())] {
        let digest = Digest::of(&Fixture::WellBehaved.component());
        let there = component.is_some();
        let loaded = registry.load(&compiler, digest, || async { component.ok_or("gone") }).await;
        assert_eq!(loaded.is_ok(), there);
    }
}
