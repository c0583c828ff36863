//! Deadlines are taken by one worker each.

use crate::sample::*;
use sanbao_domain::ids::DeadlineId;
use sanbao_store::{Scope, Store, deadline};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;

on_both_engines!(eight_workers_take_each_deadline_once);

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
