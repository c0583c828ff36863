//! Deadlines, and claims whose time has come, are taken by one worker each.

use crate::sample::*;
use crate::schema::execute;
use sanbao_domain::ids::DeadlineId;
use sanbao_domain::ids::PartyId;
use sanbao_store::{Scope, Store, deadline, wake};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;

on_both_engines!(
    eight_workers_take_each_deadline_once,
    eight_workers_take_each_sleeping_claim_once,
    lists_turn_pages_and_filter,
);

async fn take(store: &Store, now: i64, until: i64) -> Vec<DeadlineId> {
    let taken = store
        .write_again(5, Scope::Platform, move |conn| {
            Box::pin(deadline::claim_due(conn, at(now), at(until), 7))
        })
        .await;
    taken.unwrap().into_iter().map(|due| due.deadline.id).collect()
}

async fn eight_workers_take_each_deadline_once(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    for number in 1..=20 {
        open_ticket(&store, &opening(dealer, brand, number, 10)).await.unwrap();
    }
    assert_eq!(take(&store, 99, 500).await, [], "nothing is due before its time");

    let workers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    match take(&store, 300, 500).await {
                        some if some.is_empty() => return mine,
                        some => mine.extend(some),
                    }
                }
            })
        })
        .collect();
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.unwrap());
    }
    // A worker that finds all rows in others' hands stops early; what is left is for the next round.
    taken.extend(take(&store, 300, 500).await);
    let all = taken.len();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!((all, taken.len()), (200, 200));

    assert_eq!(take(&store, 499, 900).await, [], "a lease holds until its end");
    assert_eq!(take(&store, 500, 900).await.len(), 7, "and no longer");
}

async fn rouse(store: &Store, now: i64, until: i64) -> Vec<wake::Sleeper> {
    let due = store
        .write_again(5, Scope::Platform, move |conn| Box::pin(wake::claim_due(conn, at(now), at(until), 7)))
        .await;
    due.unwrap()
}

async fn eight_workers_take_each_sleeping_claim_once(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    for number in 1..=60 {
        open_ticket(&store, &opening(dealer, brand, number, 0)).await.unwrap();
    }
    assert_eq!(rouse(&store, 300, 500).await, [], "nothing waits for a time");
    let when = at(100).strftime("%Y-%m-%dT%H:%M:%S.000000Z");
    assert_eq!(execute(&database, &format!("UPDATE claim SET wake_at = '{when}'")).await.unwrap(), 60);
    assert_eq!(rouse(&store, 99, 500).await, [], "not before its time");
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    match rouse(&store, 300, 500).await {
                        some if some.is_empty() => return mine,
                        some => mine.extend(some),
                    }
                }
            })
        })
        .collect();
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.unwrap());
    }
    taken.extend(rouse(&store, 300, 500).await);
    let all = taken.len();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!((all, taken.len()), (60, 60));
    assert_eq!(rouse(&store, 499, 900).await, [], "a lease holds until its end");
    assert_eq!(rouse(&store, 500, 900).await.len(), 7, "and no longer");
}

async fn lists_turn_pages_and_filter(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let dealers = opening(dealer, brand, 1, 2);
    let own = opening(brand, brand, 1, 2);
    for change in [&dealers, &own] {
        open_ticket(&store, change).await.unwrap();
    }
    let list = async |viewer: PartyId, filter: &deadline::Filter, limit| {
        let mut conn = reader(&store, viewer).await;
        deadline::list(&mut conn, viewer, filter, limit).await.unwrap()
    };
    let all = deadline::Filter::default();
    assert_eq!(list(dealer, &all, 9).await.len(), 2);
    let owed = list(brand, &all, 9).await;
    assert_eq!(owed.len(), 4, "what it owes to others and to itself, each once");
    assert!(owed.is_sorted_by_key(|due| (due.deadline.due_at, due.deadline.id)));
    let after = |due: &deadline::Due| Some((due.deadline.due_at, due.deadline.id));
    let next = deadline::Filter { after: after(&owed[0]), ..all.clone() };
    assert_eq!(list(brand, &next, 2).await, owed[1..3]);
    let next = deadline::Filter { after: after(&owed[3]), ..all.clone() };
    assert_eq!(list(brand, &next, 2).await, []);
    let soon = deadline::Filter { before: Some(owed[2].deadline.due_at), ..all.clone() };
    assert_eq!(list(brand, &soon, 9).await, owed[..2]);
    let running = deadline::Filter { state: Some("running".to_owned()), ..all.clone() };
    assert_eq!(list(brand, &running, 9).await, owed);
    let missed = deadline::Filter { state: Some("missed".to_owned()), ..all };
    assert_eq!(list(brand, &missed, 9).await, []);
}
