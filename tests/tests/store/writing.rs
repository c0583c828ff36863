//! Writes: together where they can be, to the end where they have begun.

use crate::sample::*;
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::{Party, PartyKind};
use sanbao_store::{Engine, Entity, Scope, Store, StoreConfig, StoreError, party};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use tokio::sync::oneshot;

on_both_engines!(
    waiting_writes_share_a_commit_and_fail_alone,
    what_was_answered_is_there_after_reopening,
    a_write_goes_on_when_its_caller_is_gone,
    a_caller_may_leave_at_any_point,
    a_panic_stays_with_its_command,
    a_failed_statement_fails_its_command,
    a_read_handle_cannot_write,
    closing_ends_accepted_commands_first,
);

async fn exists(store: &Store, id: PartyId) -> bool {
    let mut conn = reader(store, Scope::Platform).await;
    party::find(&mut conn, id).await.unwrap().is_some()
}

/// A write that says when it has begun, and waits to be let on before it ends.
fn held(
    store: &Store,
    parties: [Party; 2],
) -> (impl Future<Output = Result<(), StoreError>> + use<>, oneshot::Receiver<()>, oneshot::Sender<()>) {
    let (begun, has_begun) = oneshot::channel();
    let (go_on, going_on) = oneshot::channel();
    let store = store.clone();
    let write = async move {
        let work = store.write(Scope::Platform, move |conn| {
            Box::pin(async move {
                party::insert(conn, &parties[0]).await?;
                begun.send(()).unwrap();
                going_on.await.unwrap();
                party::insert(conn, &parties[1]).await
            })
        });
        work.await
    };
    (write, has_begun, go_on)
}

fn pair() -> [Party; 2] {
    [party_of(PartyKind::Brand, "one"), party_of(PartyKind::Brand, "two")]
}

/// Polls a future once.
fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

async fn waiting_writes_share_a_commit_and_fail_alone(database: Database) {
    let store = database.store().await.unwrap();
    let before = store.stats().commits;
    let (first, has_begun, go_on) = held(&store, pair());
    let first = tokio::spawn(first);
    has_begun.await.unwrap();
    let parties: Vec<Party> = (0..50).map(|n| party_of(PartyKind::Dealer, &n.to_string())).collect();
    let mut waiting: Vec<_> = parties
        .iter()
        .enumerate()
        .map(|(n, party)| {
            let (store, party) = (store.clone(), party.clone());
            Box::pin(async move {
                store
                    .write(Scope::Platform, move |conn| {
                        Box::pin(async move {
                            party::insert(conn, &party).await?;
                            if n % 10 == 3 { Err(StoreError::Stale) } else { Ok(()) }
                        })
                    })
                    .await
            })
        })
        .collect();
    // One poll hands each over; the first write holds them all up on SQLite.
    for write in &mut waiting {
        assert!(poll(write.as_mut()).is_pending());
    }
    go_on.send(()).unwrap();
    first.await.unwrap().unwrap();
    for (n, write) in waiting.into_iter().enumerate() {
        let answer = write.await;
        match n % 10 {
            3 => assert!(matches!(answer, Err(StoreError::Stale)), "{answer:?}"),
            _ => answer.unwrap(),
        }
        assert_eq!(exists(&store, parties[n].id).await, n % 10 != 3);
    }
    let commits = store.stats().commits - before;
    assert_eq!(commits, if database.engine() == Engine::Sqlite { 1 } else { 46 });
}

async fn what_was_answered_is_there_after_reopening(database: Database) {
    let store = database.store().await.unwrap();
    let writes: Vec<_> = (0..64)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { add_party(&store, PartyKind::Dealer, &n.to_string()).await })
        })
        .collect();
    let mut written = Vec::new();
    for write in writes {
        written.push(write.await.unwrap());
    }
    // A reader that was in use must not keep the log from being brought into the file.
    assert!(exists(&store, written[0].id).await);
    store.close().await;
    if let Some(file) = database.url().strip_prefix("sqlite:") {
        assert!(!std::path::Path::new(&format!("{file}-wal")).exists(), "a closed database is one file");
    }
    let store = database.store().await.unwrap();
    for party in written {
        assert!(exists(&store, party.id).await);
    }
}

async fn a_write_goes_on_when_its_caller_is_gone(database: Database) {
    let store = database.store().await.unwrap();
    let parties = pair();
    let (write, has_begun, go_on) = held(&store, parties.clone());
    let caller = tokio::spawn(write);
    has_begun.await.unwrap();
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    assert!(!exists(&store, parties[0].id).await, "nothing is seen before the commit");
    go_on.send(()).unwrap();
    // Closing waits for what was accepted.
    store.close().await;
    let store = database.store().await.unwrap();
    assert!(exists(&store, parties[0].id).await);
    assert!(exists(&store, parties[1].id).await);
}

/// Drops writes after one poll, two, three …, on a pool with one connection: were a connection to
/// come back with its transaction open, the writes after it would be lost with it.
async fn a_caller_may_leave_at_any_point(database: Database) {
    let config = StoreConfig::from_url(database.url()).unwrap().connections(1);
    let store = Store::open(config).await.unwrap();
    let other = database.store().await.unwrap();
    let mut left = Vec::new();
    for polls in 0..60 {
        let parties = pair();
        let copy = parties.clone();
        let mut write = Box::pin(store.write(Scope::Platform, move |conn| {
            Box::pin(async move {
                party::insert(conn, &copy[0]).await?;
                party::insert(conn, &copy[1]).await
            })
        }));
        for _ in 0..polls {
            if poll::<dyn Future<Output = Result<(), StoreError>>>(write.as_mut()).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(write);
        left.push((polls, parties));
        // Reads leave at any point, too.
        let mut read = Box::pin(store.read(Scope::Platform));
        for _ in 0..polls {
            if poll(read.as_mut()).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(read);
        if polls % 7 == 0 {
            let kept = add_party(&store, PartyKind::Brand, "kept").await;
            assert!(exists(&other, kept.id).await, "after a caller left at poll {polls}");
        }
    }
    store.close().await;
    for (polls, [one, two]) in left {
        let there = (exists(&other, one.id).await, exists(&other, two.id).await);
        assert_eq!(there, (polls > 0, polls > 0), "{polls} polls");
    }
}

async fn a_panic_stays_with_its_command(database: Database) {
    let store = database.store().await.unwrap();
    let parties = pair();
    let copy = parties[0].clone();
    let answer: Result<(), StoreError> = store
        .write(Scope::Platform, move |conn| {
            Box::pin(async move {
                party::insert(conn, &copy).await?;
                panic!("a command that fails like this is the point of this test")
            })
        })
        .await;
    assert!(matches!(answer, Err(StoreError::Interrupted)), "{answer:?}");
    let kept = add_party(&store, PartyKind::Brand, "kept").await;
    assert!(exists(&store, kept.id).await);
    assert!(!exists(&store, parties[0].id).await);
}

async fn a_failed_statement_fails_its_command(database: Database) {
    let store = database.store().await.unwrap();
    let [one, two] = pair();
    let (first, second) = (one.clone(), two.clone());
    let answer: Result<(), StoreError> = store
        .write(Scope::Platform, move |conn| {
            Box::pin(async move {
                party::insert(conn, &first).await?;
                let twice = party::insert(conn, &first).await;
                assert!(matches!(twice, Err(StoreError::Duplicate(Entity::Party))), "{twice:?}");
                // Going on as if nothing had happened does not help.
                let _ = party::insert(conn, &second).await;
                Ok(())
            })
        })
        .await;
    assert!(matches!(answer, Err(StoreError::Interrupted)), "{answer:?}");
    assert!(!exists(&store, one.id).await);
    assert!(!exists(&store, two.id).await);
    add_party(&store, PartyKind::Brand, "next").await;
}

async fn a_read_handle_cannot_write(database: Database) {
    let store = database.store().await.unwrap();
    let party = party_of(PartyKind::Brand, "B");
    let mut conn = reader(&store, Scope::Platform).await;
    let refused = party::insert(&mut conn, &party).await;
    assert!(matches!(refused, Err(StoreError::Refused)), "{refused:?}");
    drop(conn);
    add_party(&store, PartyKind::Brand, "by a write it works").await;
}

async fn closing_ends_accepted_commands_first(database: Database) {
    let store = database.store().await.unwrap();
    let parties: Vec<Party> = (0..20).map(|n| party_of(PartyKind::Dealer, &n.to_string())).collect();
    let mut writes: Vec<_> = parties
        .iter()
        .map(|party| {
            let (store, party) = (store.clone(), party.clone());
            Box::pin(async move { commit!(store, Scope::Platform, |conn| party::insert(conn, &party)).await })
        })
        .collect();
    for write in &mut writes {
        assert!(poll(write.as_mut()).is_pending());
    }
    drop(writes);
    let clone = store.clone();
    store.close().await;
    let late = parties[0].clone();
    let refused = commit!(clone, Scope::Platform, |conn| party::insert(conn, &late)).await;
    assert!(matches!(refused, Err(StoreError::Interrupted)), "{refused:?}");
    let refused = clone.read(Scope::Platform).await.map(drop);
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    let store = database.store().await.unwrap();
    for party in &parties {
        assert!(exists(&store, party.id).await);
    }
}
