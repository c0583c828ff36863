//! What a party may use, what it took back, and what every host should have ready.

use crate::sample::*;
use sanbao_domain::activation::Period;
use sanbao_domain::allowance::Exceptions;
use sanbao_domain::ids::{ActivationId, PartyId, PolicyId};
use sanbao_domain::party::PartyKind;
use sanbao_store::activation::rollback::{self, Rollback};
use sanbao_store::activation::{self, Activation, Needed};
use sanbao_store::limit::{self, Limit};
use sanbao_store::{Scope, Store, StoreError, policy};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;

on_both_engines!(
    limits_are_replaced_and_every_change_shows,
    an_activation_is_taken_back_whole_and_once,
    hosts_find_what_comes_into_force,
);

async fn limits_are_replaced_and_every_change_shows(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    let other = add_party(&store, PartyKind::Brand, "C").await.id;
    let edition = async || limit::edition(&mut reader(&store, Scope::Platform).await).await.unwrap();
    let mut seen = vec![edition().await];
    for (party, policies, fuel) in
        [(party, Some(7), None), (other, Some(7), None), (party, None, Some(1 << 40))]
    {
        let figures = Exceptions { policies, fuel_per_call: fuel, ..Exceptions::default() };
        let limit = Limit { party, figures, set_by: "admin".to_owned(), set_at: at(1) };
        let copy = limit.clone();
        commit!(store, Scope::Platform, |conn| limit::put(conn, &copy)).await.unwrap();
        let mut conn = reader(&store, party).await;
        assert_eq!(limit::find(&mut conn, party).await.unwrap(), Some(limit.clone()));
        assert!(limit::all(&mut reader(&store, Scope::Platform).await).await.unwrap().contains(&limit));
        let now = edition().await;
        assert!(!seen.contains(&now), "{now:?}");
        seen.push(now);
    }
    assert_eq!(limit::all(&mut reader(&store, Scope::Platform).await).await.unwrap().len(), 2);
    let kept = limit::kept(&mut reader(&store, party).await, party).await.unwrap();
    assert_eq!((kept.policies, kept.largest), (0, 0));
    let version = policy_of(party, "1");
    let (copy, version) = (version.clone(), version.id);
    commit!(store, party, |conn| policy::insert(conn, &copy, 300)).await.unwrap();
    let kept = limit::kept(&mut reader(&store, party).await, party).await.unwrap();
    assert_eq!((kept.policies, kept.largest), (1, 300));
    commit!(store, party, |conn| policy::retire(conn, party, version, at(9))).await.unwrap();
    assert_eq!(limit::kept(&mut reader(&store, party).await, party).await.unwrap().policies, 0);
}

async fn version(store: &Store, party: PartyId, number: &str) -> PolicyId {
    let version = policy_of(party, number);
    let id = version.id;
    commit!(store, party, |conn| policy::insert(conn, &version, 1)).await.unwrap();
    id
}

fn activation_of(party: PartyId, policy: PolicyId, (from, to): (i64, Option<i64>), made: i64) -> Activation {
    Activation {
        id: id::<ActivationId>(),
        party,
        policy,
        valid_from: at(from),
        valid_to: to.map(at),
        settings: "[]".to_owned(),
        created_at: at(made),
        retired_at: None,
        floor: None,
    }
}

async fn activate(store: &Store, activation: &Activation) {
    let copy = activation.clone();
    commit!(store, activation.party, |conn| activation::insert(conn, &copy)).await.unwrap();
}

async fn an_activation_is_taken_back_whole_and_once(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    let (one, two) = (version(&store, party, "1").await, version(&store, party, "2").await);
    let good = activation_of(party, one, (0, None), 1);
    let bad = activation_of(party, two, (100, None), 2);
    activate(&store, &good).await;
    activate(&store, &bad).await;
    let known = activation::list(&mut reader(&store, party).await, party).await.unwrap();
    let again = activation_of(party, one, (200, None), 3);
    let done = Rollback {
        party,
        activation: again.id,
        taken_back: bad.id,
        earlier: good.id,
        reason: "wrong".to_owned(),
        made_by: "key".to_owned(),
        created_at: at(3),
    };
    let write = |known: &[Activation], again: &Activation, done: &Rollback| {
        let (known, again, done) = (known.to_vec(), again.clone(), done.clone());
        commit!(store, party, |conn| rollback::insert(conn, &known, &again, &done))
    };
    let stale = write(&known[..1], &again, &done).await;
    assert!(matches!(stale, Err(StoreError::Stale)), "{stale:?}");
    let mut conn = reader(&store, party).await;
    assert_eq!(activation::list(&mut conn, party).await.unwrap(), known, "nothing of it is kept");
    drop(conn);
    write(&known, &again, &done).await.unwrap();
    let mut conn = reader(&store, party).await;
    assert_eq!(rollback::list(&mut conn, party).await.unwrap(), std::slice::from_ref(&done));
    let now = activation::list(&mut conn, party).await.unwrap();
    assert_eq!(now.iter().map(|row| row.id).collect::<Vec<_>>(), [again.id, bad.id, good.id]);
    assert_eq!((now[1].valid_to, now[1].retired_at), (Some(at(200)), Some(at(3))));
    let mut judge =
        async |second| activation::in_force(&mut conn, party, at(second)).await.unwrap().unwrap().activation;
    assert_eq!((judge(150).await, judge(200).await), (bad.id, again.id));
    let twice = activation_of(party, one, (200, None), 4);
    let done = Rollback { activation: twice.id, ..done };
    let refused = write(&now, &twice, &done).await;
    assert!(matches!(refused, Err(StoreError::Duplicate(_))), "{refused:?}");
    commit!(store, party, |conn| policy::retire(conn, party, two, at(9))).await.unwrap();
    let mut placed = activation::periods(&mut reader(&store, party).await, party).await.unwrap();
    placed.sort_by_key(|placed| placed.period.made);
    let bad =
        Period { id: bad.id, policy: two, from: at(100), until: Some(at(200)), made: at(2), retired: true };
    assert_eq!((placed.len(), placed[1].period), (3, bad));
    let stranger = add_party(&store, PartyKind::Brand, "S").await.id;
    assert_eq!(rollback::list(&mut reader(&store, stranger).await, stranger).await.unwrap(), []);
}

async fn hosts_find_what_comes_into_force(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    let mut versions = Vec::new();
    for number in ["1", "2", "3", "4", "5"] {
        versions.push(version(&store, party, number).await);
    }
    // In force, over, soon, later, in force but retired.
    let periods = [(0, None), (0, Some(50)), (150, None), (900, None), (0, None)];
    for ((policy, period), made) in versions.iter().zip(periods).zip(1..) {
        activate(&store, &activation_of(party, *policy, period, made)).await;
    }
    let retired = versions[4];
    commit!(store, party, |conn| policy::retire(conn, party, retired, at(9))).await.unwrap();
    let mut conn = reader(&store, Scope::Platform).await;
    let mut found = async |made, begins| {
        let needed = activation::needed(&mut conn, (at(100), at(200)), (made, begins)).await.unwrap();
        let place =
            |needed: Needed| versions.iter().position(|version| *version == needed.policy).unwrap() + 1;
        let mut places: Vec<_> = needed.into_iter().map(place).collect();
        places.sort_unstable();
        places
    };
    let ever = jiff::Timestamp::UNIX_EPOCH;
    assert_eq!(found(ever, ever).await, [1, 3]);
    assert_eq!(found(at(1), at(160)).await, [3], "made since");
    assert_eq!(found(at(10), at(140)).await, [3], "begins since");
    assert_eq!(found(at(10), at(160)).await, [0; 0]);
}
