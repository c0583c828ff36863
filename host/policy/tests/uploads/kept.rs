//! Compiled code on disk: it comes back after a start, and nothing else does.

use crate::common::{case, compiler, engine, terms};
use crate::{impostor, in_child, program};
use sanbao_hostile::Fixture;
use sanbao_policy::check::check;
use sanbao_policy::compile::{Cache, CompileLimits, Compiler};
use sanbao_policy::digest::Digest;
use sanbao_policy::question::Coverage;
use sanbao_policy::registry::Registry;
use std::fs;
use std::path::Path;
use std::sync::Arc;

const LIMIT: u64 = 1 << 30;

fn cache(data: &Path, limit: u64) -> Cache {
    Cache::open(data, engine(), limit).unwrap()
}

/// A host that has started anew and cannot compile anything.
fn restarted(data: &Path) -> Arc<Compiler> {
    let compiler = in_child(impostor("is-not-there"), CompileLimits::default());
    Arc::new(compiler.with_cache(cache(data, LIMIT)))
}

/// Whether the code of this component is kept, and still the policy's.
async fn comes_back(data: &Path, component: &[u8]) -> bool {
    let registry = Arc::new(Registry::new(engine().clone()));
    let Some(policy) = registry.kept(&restarted(data), Digest::of(component)).await.unwrap() else {
        return false;
    };
    assert!(policy.ask(&terms(), Coverage { case: case() }).outcome.is_ok());
    true
}

/// Uploads components to a host with this data.
fn keep(data: &Path, components: &[&[u8]]) {
    let compiler = compiler().with_cache(cache(data, LIMIT));
    for component in components {
        assert!(check(&compiler, component, &mut |_| ()).report.accepted());
    }
}

/// Two policies that differ in their digests alone.
fn two() -> [Vec<u8>; 2] {
    let component = Fixture::WellBehaved.component();
    [component.clone(), [&component[..], &[0, 2, 1, b'n']].concat()]
}

#[tokio::test]
async fn a_restart_needs_no_compiler() {
    let data = tempfile::tempdir().unwrap();
    let [component, _] = two();
    let compiler = in_child(program(), CompileLimits::default()).with_cache(cache(data.path(), LIMIT));
    let checked = check(&compiler, &component, &mut |_| ());
    let before = checked.policy.unwrap().ask(&terms(), Coverage { case: case() });
    assert_eq!(compiler.cache().unwrap().len(), 1);

    let registry = Arc::new(Registry::new(engine().clone()));
    let policy = registry.kept(&restarted(data.path()), checked.report.digest).await.unwrap().unwrap();
    let after = policy.ask(&terms(), Coverage { case: case() });
    assert_eq!((before.record.output, before.record.fuel), (after.record.output, after.record.fuel));
}

#[test]
fn what_was_refused_leaves_nothing() {
    let data = tempfile::tempdir().unwrap();
    let compiler = compiler().with_cache(cache(data.path(), LIMIT));
    assert!(!check(&compiler, &Fixture::AlwaysTraps.component(), &mut |_| ()).report.accepted());
    assert_eq!(fs::read_dir(data.path().join("code")).unwrap().count(), 0);
    assert!(compiler.cache().unwrap().is_empty());
}

/// One bit, anywhere: in the code, in its tables, in the seal; or a file that is too short, too long or empty.
#[tokio::test]
async fn a_damaged_file_is_removed_and_never_loaded() {
    let data = tempfile::tempdir().unwrap();
    let [component, _] = two();
    let path = cache(data.path(), LIMIT).path(Digest::of(&component));
    keep(data.path(), &[&component]);
    let sound = fs::read(&path).unwrap();
    let mut damaged: Vec<Vec<u8>> = (0..sound.len())
        .step_by(sound.len() / 40)
        .chain(sound.len() - 32..sound.len())
        .map(|at| {
            let mut damaged = sound.clone();
            damaged[at] ^= 1;
            damaged
        })
        .collect();
    damaged.extend([Vec::new(), sound[..10].to_vec(), sound[..sound.len() - 1].to_vec()]);
    damaged.push([&sound[..], &[0]].concat());
    for bytes in damaged {
        fs::remove_file(&path).unwrap();
        fs::write(&path, &bytes).unwrap();
        assert!(!comes_back(data.path(), &component).await);
        assert!(!path.exists(), "a file that cannot be used is removed");
        fs::write(&path, &sound).unwrap();
    }
    assert!(comes_back(data.path(), &component).await, "the sound one is as good as ever");

    // Whoever needs it has it compiled anew.
    fs::write(&path, b"damaged").unwrap();
    keep(data.path(), &[&component]);
    assert_eq!(fs::read(&path).unwrap(), sound);
}

#[tokio::test]
async fn code_counts_for_its_component_engine_and_host_alone() {
    let data = tempfile::tempdir().unwrap();
    let [one, other] = two();
    keep(data.path(), &[&one, &other]);
    let paths = [&one, &other].map(|component| cache(data.path(), LIMIT).path(Digest::of(component)));
    let bytes = [0, 1].map(|i: usize| fs::read(&paths[i]).unwrap());
    // Each in the other's place.
    for i in [0, 1] {
        fs::remove_file(&paths[i]).unwrap();
        fs::write(&paths[i], &bytes[1 - i]).unwrap();
    }
    assert!(!comes_back(data.path(), &one).await && !comes_back(data.path(), &other).await);

    // Of another host, under its own key.
    let elsewhere = tempfile::tempdir().unwrap();
    keep(elsewhere.path(), &[&one]);
    fs::copy(cache(elsewhere.path(), LIMIT).path(Digest::of(&one)), &paths[0]).unwrap();
    assert!(!comes_back(data.path(), &one).await);

    // Of another engine: gone at the start.
    keep(data.path(), &[&one]);
    let name = paths[0].file_name().unwrap().to_str().unwrap().replace("wasmtime-48", "wasmtime-47");
    let old = paths[0].with_file_name(name);
    fs::rename(&paths[0], &old).unwrap();
    assert!(!comes_back(data.path(), &one).await);
    assert!(!old.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn a_key_that_others_could_read_is_made_anew() {
    use std::os::unix::fs::PermissionsExt;
    let data = tempfile::tempdir().unwrap();
    let [component, _] = two();
    keep(data.path(), &[&component]);
    let key = data.path().join("code.key");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&key), mode(&data.path().join("code"))), (0o600, 0o700));
    let before = fs::read(&key).unwrap();
    assert_eq!(before.len(), 32);
    assert!(comes_back(data.path(), &component).await);
    assert_eq!(fs::read(&key).unwrap(), before);

    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(!comes_back(data.path(), &component).await);
    assert_ne!(fs::read(&key).unwrap(), before);
    assert_eq!(mode(&key), 0o600);
}

#[test]
fn the_least_recently_loaded_goes_when_there_is_too_much() {
    let data = tempfile::tempdir().unwrap();
    let [one, other] = two();
    let third = [&one[..], &[0, 2, 1, b'm']].concat();
    keep(data.path(), &[&one]);
    let size = cache(data.path(), LIMIT).size();
    let compiler = compiler().with_cache(cache(data.path(), 2 * size + size / 2));
    // The first is loaded again after the second: the second goes for the third.
    for component in [&one, &other, &one, &third] {
        assert!(check(&compiler, component, &mut |_| ()).report.accepted());
    }
    let kept = compiler.cache().unwrap();
    assert_eq!(kept.len(), 2);
    assert!(kept.size() <= 2 * size + size / 2);
    let there = [&one, &other, &third].map(|component| kept.path(Digest::of(component)).exists());
    assert_eq!(there, [true, false, true]);
    // And when there is less room after a start, one goes at once.
    assert_eq!(cache(data.path(), size + size / 2).len(), 1);
}
