//! Uploads: each is one worker's at a time, parties take turns, and only whoever has one in hand ends it.

use crate::sample::*;
use sanbao_domain::ids::{PartyId, UploadId};
use sanbao_domain::party::PartyKind;
use sanbao_store::upload::{self, Outcome, Upload, UploadState};
use sanbao_store::{Scope, Store, StoreError, policy};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;

on_both_engines!(
    eight_workers_take_each_upload_once,
    parties_take_turns,
    a_lease_that_has_ended_is_taken_over_and_nothing_of_the_first_holder_counts,
    what_is_given_back_waits_and_its_events_go_on,
    a_version_and_the_end_of_its_job_are_kept_together_or_not_at_all,
    as_many_as_may_wait_and_no_more,
    only_what_nobody_has_begun_is_cancelled,
    what_ended_without_a_version_is_forgotten,
);

fn upload_of(party: PartyId, created: i64) -> Upload {
    Upload {
        id: id::<UploadId>(),
        party,
        state: UploadState::Queued,
        step: None,
        since: at(created),
        digest: [5; 32],
        size: 300,
        signature: None,
        uploaded_by: "key".to_owned(),
        events: 1,
        attempts: 0,
        turn: 0,
        created_at: at(created),
        started_at: None,
        ended_at: None,
        policy: None,
        report: None,
        failure: None,
    }
}

async fn add(store: &Store, party: PartyId, created: i64) -> Upload {
    let row = upload_of(party, created);
    let copy = row.clone();
    assert!(commit!(store, party, |conn| upload::insert(conn, &copy, 1000)).await.unwrap());
    row
}

async fn take(store: &Store, now: i64, until: i64) -> Option<Upload> {
    let taken = store
        .write_again(5, Scope::Platform, move |conn| Box::pin(upload::claim(conn, at(now), at(until))))
        .await;
    taken.unwrap()
}

async fn end(store: &Store, taken: &Upload, state: UploadState, now: i64) -> Result<(), StoreError> {
    let taken = taken.clone();
    let outcome = Outcome { report: Some("{}".to_owned()), ..Outcome::default() };
    commit!(store, Scope::Platform, |conn| upload::end(conn, &taken, state, &outcome, at(now))).await
}

async fn find(store: &Store, row: &Upload) -> Upload {
    upload::find(&mut reader(store, row.party).await, row.party, row.id).await.unwrap().unwrap()
}

/// The numbers and states of what happened, in order.
async fn told(store: &Store, row: &Upload) -> Vec<(u64, UploadState)> {
    let mut conn = reader(store, row.party).await;
    let events = upload::events(&mut conn, row.party, row.id, 0).await.unwrap();
    events.into_iter().map(|event| (event.seq, event.state)).collect()
}

async fn eight_workers_take_each_upload_once(database: Database) {
    let store = database.store().await.unwrap();
    for name in ["A", "B", "C"] {
        let party = add_party(&store, PartyKind::Brand, name).await.id;
        for _ in 0..20 {
            add(&store, party, 0).await;
        }
    }
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                while let Some(taken) = take(&store, 300, 500).await {
                    mine.push(taken);
                }
                mine
            })
        })
        .collect();
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.unwrap());
    }
    // A worker that finds the row of its choice in another's hands stops early.
    while let Some(left) = take(&store, 300, 500).await {
        taken.push(left);
    }
    let all = taken.len();
    taken.sort_unstable_by_key(|upload| upload.id);
    taken.dedup_by_key(|upload| upload.id);
    assert_eq!((all, taken.len()), (60, 60));
    assert!(taken.iter().all(|upload| (upload.turn, upload.attempts, upload.events) == (1, 1, 2)));
    assert_eq!(told(&store, &taken[0]).await, [(1, UploadState::Queued), (2, UploadState::Checking)]);
}

async fn parties_take_turns(database: Database) {
    let store = database.store().await.unwrap();
    let busy = add_party(&store, PartyKind::Brand, "Busy").await.id;
    let other = add_party(&store, PartyKind::Brand, "Other").await.id;
    let mut waiting = Vec::new();
    for n in 0..10 {
        waiting.push(add(&store, busy, n).await.id);
    }
    let first = take(&store, 20, 500).await.unwrap();
    assert_eq!(first.id, waiting[0], "the oldest of a party comes first");
    // It comes last and is served next: its party has waited longest, having had nothing yet.
    let one = add(&store, other, 21).await;
    assert_eq!(take(&store, 22, 500).await.unwrap().id, one.id);
    let two = add(&store, other, 23).await;
    assert_eq!(take(&store, 24, 500).await.unwrap().id, waiting[1], "now the first party has waited longer");
    assert_eq!(take(&store, 25, 500).await.unwrap().id, two.id);
    for (n, expected) in waiting[2..].iter().enumerate() {
        assert_eq!(take(&store, 26 + n as i64, 500).await.unwrap().id, *expected);
    }
    assert_eq!(take(&store, 40, 500).await, None);
}

async fn a_lease_that_has_ended_is_taken_over_and_nothing_of_the_first_holder_counts(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    add(&store, party, 0).await;
    let lost = take(&store, 10, 70).await.unwrap();
    assert_eq!(take(&store, 69, 200).await, None, "a lease holds until its end");
    let copy = lost.clone();
    assert!(commit!(store, Scope::Platform, |conn| upload::renew(conn, &copy, at(100))).await.unwrap());
    assert_eq!(take(&store, 99, 200).await, None, "and for longer where it was kept");
    let held = take(&store, 100, 200).await.unwrap();
    assert_eq!((held.id, held.turn, held.attempts), (lost.id, 2, 2));

    let copy = lost.clone();
    let renewed = commit!(store, Scope::Platform, |conn| upload::renew(conn, &copy, at(900))).await.unwrap();
    let copy = lost.clone();
    let told_of = commit!(store, party, |conn| upload::progress(conn, &copy, "compile", at(101)));
    let told_of = told_of.await.unwrap();
    let copy = lost.clone();
    let back = commit!(store, Scope::Platform, |conn| upload::put_back(conn, &copy, 0, at(0), at(101)));
    assert_eq!((renewed, told_of, back.await.unwrap()), (false, false, false));
    let late = end(&store, &lost, UploadState::Failed, 101).await;
    assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    assert_eq!(find(&store, &held).await, held, "nothing of it is kept");

    end(&store, &held, UploadState::Refused, 110).await.unwrap();
    let ended = find(&store, &held).await;
    assert_eq!((ended.state, ended.ended_at), (UploadState::Refused, Some(at(110))));
    let twice = end(&store, &held, UploadState::Failed, 111).await;
    assert!(matches!(twice, Err(StoreError::Stale)), "{twice:?}");
    assert_eq!(take(&store, 900, 999).await, None);
    use UploadState::{Checking, Queued, Refused};
    assert_eq!(told(&store, &held).await, [(1, Queued), (2, Checking), (3, Checking), (4, Refused)]);
}

async fn what_is_given_back_waits_and_its_events_go_on(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    add(&store, party, 0).await;
    let taken = take(&store, 10, 70).await.unwrap();
    let copy = taken.clone();
    let step = commit!(store, party, |conn| upload::progress(conn, &copy, "compile", at(11)));
    assert!(step.await.unwrap());
    let copy = taken.clone();
    let back = commit!(store, Scope::Platform, |conn| upload::put_back(conn, &copy, 0, at(20), at(12)));
    assert!(back.await.unwrap());
    let waits = find(&store, &taken).await;
    assert_eq!((waits.state, waits.step.as_deref(), waits.attempts), (UploadState::Queued, None, 0));
    assert_eq!(take(&store, 19, 99).await, None, "not before its time");
    let again = take(&store, 20, 99).await.unwrap();
    assert_eq!((again.id, again.turn, again.attempts), (taken.id, 2, 1));
    use UploadState::{Checking, Queued};
    let expected = [(1, Queued), (2, Checking), (3, Checking), (4, Queued), (5, Checking)];
    assert_eq!(told(&store, &taken).await, expected);
    let mut conn = reader(&store, party).await;
    let rest = upload::events(&mut conn, party, taken.id, 2).await.unwrap();
    assert_eq!(rest.iter().map(|event| event.seq).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!((rest[0].step.as_deref(), rest[0].at), (Some("compile"), at(11)));
}

async fn a_version_and_the_end_of_its_job_are_kept_together_or_not_at_all(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    add(&store, party, 0).await;
    let lost = take(&store, 10, 70).await.unwrap();
    let held = take(&store, 70, 200).await.unwrap();
    let version = policy_of(party, "1");
    let accept = async |taken: &Upload| -> Result<(), StoreError> {
        let (taken, version) = (taken.clone(), version.clone());
        store
            .write(party, move |conn| {
                Box::pin(async move {
                    policy::insert(conn, &version, 300).await?;
                    let outcome = Outcome { policy: Some(version.id), ..Outcome::default() };
                    upload::end(conn, &taken, UploadState::Accepted, &outcome, at(80)).await
                })
            })
            .await
    };
    assert!(matches!(accept(&lost).await, Err(StoreError::Stale)));
    let mut conn = reader(&store, party).await;
    assert_eq!(policy::find(&mut conn, party, version.id).await.unwrap(), None, "no version without its job");
    drop(conn);
    accept(&held).await.unwrap();
    assert_eq!(find(&store, &held).await.policy, Some(version.id));
    let mut conn = reader(&store, party).await;
    assert_eq!(policy::find(&mut conn, party, version.id).await.unwrap(), Some(version));
}

async fn as_many_as_may_wait_and_no_more(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    let other = add_party(&store, PartyKind::Brand, "C").await.id;
    let try_add = async |party| {
        let row = upload_of(party, 0);
        commit!(store, party, |conn| upload::insert(conn, &row, 2)).await.unwrap()
    };
    assert_eq!((try_add(party).await, try_add(party).await, try_add(party).await), (true, true, false));
    assert!(try_add(other).await, "others' do not count");
    let taken = take(&store, 10, 70).await.unwrap();
    let mut conn = reader(&store, taken.party).await;
    let unfinished = upload::unfinished(&mut conn, taken.party).await.unwrap();
    drop(conn);
    assert_eq!(unfinished, 2, "what is being checked has not ended");
    assert!(!try_add(party).await);
    end(&store, &taken, UploadState::Refused, 11).await.unwrap();
    assert!(try_add(party).await);
    let mut conn = reader(&store, other).await;
    assert_eq!(upload::list(&mut conn, other, None, 9).await.unwrap().len(), 1);
    assert_eq!(upload::find(&mut conn, other, taken.id).await.unwrap(), None);
    assert_eq!(upload::events(&mut conn, other, taken.id, 0).await.unwrap(), []);
}

async fn only_what_nobody_has_begun_is_cancelled(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    let (begun, waits) = (add(&store, party, 0).await, add(&store, party, 1).await);
    assert_eq!(take(&store, 10, 70).await.unwrap().id, begun.id);
    let cancel = async |row: &Upload| {
        let row = row.clone();
        commit!(store, party, |conn| upload::cancel(conn, &row, at(11))).await.unwrap()
    };
    assert_eq!((cancel(&begun).await, cancel(&waits).await, cancel(&waits).await), (false, true, false));
    assert_eq!(find(&store, &waits).await.state, UploadState::Cancelled);
    assert_eq!(take(&store, 70, 99).await.unwrap().id, begun.id, "it is never taken");
    assert_eq!(take(&store, 70, 99).await, None);
    let events = [(1, UploadState::Queued), (2, UploadState::Cancelled)];
    assert_eq!(told(&store, &waits).await, events);
}

async fn what_ended_without_a_version_is_forgotten(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    let mut rows = Vec::new();
    for (state, ended) in
        [(UploadState::Refused, 50), (UploadState::Failed, 150), (UploadState::Accepted, 50)]
    {
        rows.push(add(&store, party, 0).await);
        let taken = take(&store, 10, 40).await.unwrap();
        end(&store, &taken, state, ended).await.unwrap();
    }
    rows.push(add(&store, party, 0).await);
    let purge =
        async || commit!(store, Scope::Platform, |conn| upload::purge(conn, at(100), 9)).await.unwrap();
    assert_eq!((purge().await, purge().await), (1, 0));
    assert_eq!(told(&store, &rows[0]).await, []);
    for kept in &rows[1..] {
        find(&store, kept).await;
    }
}
