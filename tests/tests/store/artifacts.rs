//! What lies in object storage, and the components that an older database still holds itself.

use crate::sample::*;
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::PartyKind;
use sanbao_store::{Scope, Store, artifact, policy};
use sanbao_tests::database::{Database, Engine};
use sanbao_tests::on_both_engines;
use std::path::Path;
use uuid::Uuid;

on_both_engines!(
    what_is_put_twice_is_noted_once,
    what_nothing_refers_to_is_forgotten_once_it_is_old,
    components_of_an_older_database_wait_to_be_moved,
);

async fn note(store: &Store, digest: [u8; 32], now: i64) {
    commit!(store, Scope::Platform, |conn| artifact::note(conn, digest, at(now))).await.unwrap();
}

async fn unused(store: &Store, before: i64) -> Vec<[u8; 32]> {
    artifact::unused(&mut reader(store, Scope::Platform).await, at(before), 9).await.unwrap()
}

async fn forget(store: &Store, digest: [u8; 32], before: i64) -> bool {
    commit!(store, Scope::Platform, |conn| artifact::forget(conn, digest, at(before))).await.unwrap()
}

async fn what_is_put_twice_is_noted_once(database: Database) {
    let store = database.store().await.unwrap();
    note(&store, [1; 32], 10).await;
    note(&store, [1; 32], 50).await;
    assert_eq!(unused(&store, 50).await, [[0; 32]; 0], "it was put there again just now");
    assert_eq!(unused(&store, 51).await, [[1; 32]]);
    assert_eq!((forget(&store, [1; 32], 50).await, forget(&store, [1; 32], 51).await), (false, true));
    assert_eq!(database.execute("DELETE FROM artifact").await.unwrap(), 0);
}

async fn what_nothing_refers_to_is_forgotten_once_it_is_old(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    let version = policy_of(party, "1");
    let used = version.digest;
    commit!(store, party, |conn| policy::insert(conn, &version, 300)).await.unwrap();
    for (digest, put) in [(used, 0), ([1; 32], 0), ([2; 32], 100)] {
        note(&store, digest, put).await;
    }
    assert_eq!(unused(&store, 50).await, [[1; 32]], "not what a version is, nor what came just now");
    assert_eq!((forget(&store, used, 50).await, forget(&store, [2; 32], 50).await), (false, false));
    assert!(forget(&store, [1; 32], 50).await);
    assert_eq!(unused(&store, 500).await, [[2; 32]]);
}

/// Brings an empty database to the schema that components were still in, as the host of that time did.
async fn older(database: &Database) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.as_str() < "0012")
        .collect();
    names.sort();
    assert_eq!(names.len(), 11);
    let applied = "CREATE TABLE schema_migration \
        (version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at TIMESTAMPTZ NOT NULL)";
    database.execute(applied).await.unwrap();
    let own = match database.engine() {
        Engine::Sqlite => "sqlite.sql",
        Engine::Postgres => "postgres.sql",
    };
    for (version, name) in (1..).zip(&names) {
        for file in ["shared.sql", own] {
            let sql = std::fs::read_to_string(folder.join(name).join(file)).unwrap();
            database.execute(&sql).await.unwrap();
        }
        let row = format!(
            "INSERT INTO schema_migration VALUES ({version}, '{name}', '2026-01-01 00:00:00.000000Z')"
        );
        database.execute(&row).await.unwrap();
    }
}

async fn components_of_an_older_database_wait_to_be_moved(database: Database) {
    let database = Database::empty(database.engine()).await.unwrap();
    older(&database).await;
    let literal = |id: Uuid| match database.engine() {
        Engine::Sqlite => format!("x'{}'", id.simple()),
        Engine::Postgres => format!("'{id}'"),
    };
    let bytes = |byte: u8, length: usize| {
        let hex = format!("{byte:02x}").repeat(length);
        match database.engine() {
            Engine::Sqlite => format!("x'{hex}'"),
            Engine::Postgres => format!("'\\x{hex}'"),
        }
    };
    let [one, two]: [PartyId; 2] = [id(), id()];
    // The same component of two parties, and one that one of them has alone.
    for (party, digest) in [(one, 1), (two, 1), (two, 2)] {
        let (party, version) = (literal(party.0), literal(Uuid::now_v7()));
        let digested = bytes(digest, 32);
        let component = format!(
            "INSERT INTO component (party_id, digest, bytes, size) VALUES ({party}, {digested}, {}, 300)",
            bytes(digest, 300)
        );
        assert_eq!(database.execute(&component).await.unwrap(), 1);
        let policy = format!(
            "INSERT INTO policy (party_id, id, name, version, digest, contract, status, manifest, report, created_at) \
             VALUES ({party}, {version}, 'p', '{digest}', {digested}, '1.0.0', 'checked', '{{}}', '{{}}', \
             '2026-01-01 00:00:00.000000Z')"
        );
        assert_eq!(database.execute(&policy).await.unwrap(), 1);
    }

    let store = database.store().await.expect("the schema of today");
    // One that was moved, and then the host ended: it is not there twice for the next.
    for _ in 0..2 {
        let mut conn = reader(&store, Scope::Platform).await;
        let kept = artifact::kept(&mut conn).await.unwrap().expect("the first");
        assert_eq!((kept.party, kept.digest, kept.bytes), (one, [1; 32], vec![1; 300]));
    }
    let mut moved = Vec::new();
    loop {
        let kept = artifact::kept(&mut reader(&store, Scope::Platform).await).await.unwrap();
        let Some(kept) = kept else { break };
        assert_eq!(kept.bytes, vec![kept.digest[0]; 300]);
        note(&store, kept.digest, 0).await;
        let (party, digest) = (kept.party, kept.digest);
        commit!(store, Scope::Platform, |conn| artifact::moved(conn, party, digest)).await.unwrap();
        moved.push((party, digest[0]));
    }
    assert_eq!(moved, [(one, 1), (two, 1), (two, 2)]);
    assert_eq!(unused(&store, 500).await, [[0; 32]; 0], "versions refer to them");
    for (party, versions) in [(one, 1), (two, 2)] {
        let mut conn = reader(&store, party).await;
        assert_eq!(policy::list(&mut conn, party, None, 9).await.unwrap().len(), versions);
        let kept = sanbao_store::limit::kept(&mut conn, party).await.unwrap();
        assert_eq!(kept.largest, 300, "their sizes are known");
    }
}
