//! What is written is what is read, aggregate by aggregate.

use crate::sample::*;
use sanbao_domain::case::{Dates, History};
use sanbao_domain::ids::{ActivationId, KeyId, PartyId, UnitId};
use sanbao_domain::money::Money;
use sanbao_domain::party::PartyKind;
use sanbao_domain::unit::Unit;
use sanbao_store::activation::Activation;
use sanbao_store::key::ApiKey;
use sanbao_store::policy::PolicyStatus;
use sanbao_store::{
    Entity, Scope, StoreError, activation, clock, dealership, idempotency, key, party, policy, unit,
};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use std::slice::from_ref;

on_both_engines!(
    parties_and_partners,
    keys,
    dealerships_end_and_begin_again,
    units,
    policies,
    the_latest_activation_that_covers_an_instant_is_in_force,
    answers,
    the_clock_keeps_its_offset,
);

async fn parties_and_partners(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let stranger = add_party(&store, PartyKind::Store, "店").await;
    let mut conn = reader(&store, Scope::Platform).await;
    assert_eq!(party::find(&mut conn, stranger.id).await.unwrap(), Some(stranger.clone()));
    assert_eq!(party::find(&mut conn, id()).await.unwrap(), None);
    let first = party::list(&mut conn, None, 2).await.unwrap();
    let rest = party::list(&mut conn, Some(first[1].id), 2).await.unwrap();
    let order: Vec<PartyId> = first.iter().chain(&rest).map(|party| party.id).collect();
    assert_eq!(order, [stranger.id, dealer, brand]);
    let mut conn = reader(&store, dealer).await;
    let partners: Vec<PartyId> =
        party::partners(&mut conn, dealer).await.unwrap().iter().map(|party| party.id).collect();
    assert_eq!(partners, [dealer, brand]);
}

async fn keys(database: Database) {
    let store = database.store().await.unwrap();
    let owner = add_party(&store, PartyKind::Brand, "B").await.id;
    let mut conn = reader(&store, Scope::Platform).await;
    assert!(!key::any(&mut conn).await.unwrap());
    let made = ApiKey {
        id: id::<KeyId>(),
        party: owner,
        name: "counter".to_owned(),
        hash: [3; 32],
        scopes: vec!["tickets:read".to_owned()],
        roles: vec!["manager".to_owned(), "*".to_owned()],
        created_at: at(0),
        expires_at: Some(at(50)),
        revoked_at: None,
    };
    let copy = made.clone();
    commit!(store, owner, |conn| key::insert(conn, &copy)).await.unwrap();
    assert!(key::any(&mut conn).await.unwrap());
    assert_eq!(key::by_hash(&mut conn, &[3; 32]).await.unwrap(), Some(made.clone()));
    assert_eq!(key::by_hash(&mut conn, &[4; 32]).await.unwrap(), None);

    let same_hash = ApiKey { id: id(), ..made.clone() };
    let refused = commit!(store, owner, |conn| key::insert(conn, &same_hash)).await;
    assert!(matches!(refused, Err(StoreError::Duplicate(Entity::ApiKey))), "{refused:?}");

    let key = made.id;
    let revoke = || commit!(store, owner, |conn| key::revoke(conn, owner, key, at(9)));
    assert!(revoke().await.unwrap());
    assert!(!revoke().await.unwrap(), "it is revoked already");
    let mut conn = reader(&store, owner).await;
    assert_eq!(key::list(&mut conn, owner).await.unwrap(), [ApiKey { revoked_at: Some(at(9)), ..made }]);
}

async fn dealerships_end_and_begin_again(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let mut conn = reader(&store, dealer).await;
    let bond = dealership::find(&mut conn, brand, dealer).await.unwrap().unwrap();
    assert_eq!(bond.standing.as_deref(), Some("special-dealer"));
    assert_eq!(dealership::of(&mut conn, dealer).await.unwrap(), from_ref(&bond));

    let copy = bond.clone();
    let again = commit!(store, brand, |conn| dealership::insert(conn, &copy)).await;
    assert!(matches!(again, Err(StoreError::Duplicate(Entity::Dealership))), "{again:?}");
    assert!(commit!(store, brand, |conn| dealership::end(conn, brand, dealer, at(5))).await.unwrap());
    assert!(!commit!(store, brand, |conn| dealership::end(conn, brand, dealer, at(6))).await.unwrap());
    let ended = dealership::find(&mut conn, brand, dealer).await.unwrap().unwrap();
    assert_eq!(ended.ended_at, Some(at(5)));

    let copy = bond.clone();
    commit!(store, brand, |conn| dealership::insert(conn, &copy)).await.unwrap();
    assert_eq!(dealership::find(&mut conn, brand, dealer).await.unwrap(), Some(bond));
}

async fn units(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let made = Unit {
        id: id::<UnitId>(),
        owner: dealer,
        brand: Some(brand),
        category: "light-bar".to_owned(),
        model: "LB-1".to_owned(),
        serial: Some("S-1".to_owned()),
        lot: None,
        quantity: 1,
        price: Some(serde_json::from_str::<Money>(r#"{"amount": 1250, "currency": "CNY"}"#).unwrap()),
        dates: Dates::default(),
        history: History::default(),
        created_at: at(0),
    };
    let copy = made.clone();
    commit!(store, dealer, |conn| unit::insert(conn, &copy)).await.unwrap();
    for viewer in [dealer, brand] {
        let mut conn = reader(&store, viewer).await;
        assert_eq!(unit::find(&mut conn, viewer, made.id).await.unwrap(), Some(made.clone()));
        assert_eq!(unit::by_serial(&mut conn, viewer, "S-1").await.unwrap(), from_ref(&made));
        assert_eq!(unit::list(&mut conn, viewer, None, 5).await.unwrap(), from_ref(&made));
        assert_eq!(unit::list(&mut conn, viewer, Some(made.id), 5).await.unwrap(), []);
    }
    let same = Unit { id: id(), ..made.clone() };
    let refused = commit!(store, dealer, |conn| unit::insert(conn, &same)).await;
    assert!(matches!(refused, Err(StoreError::Duplicate(Entity::Unit))), "{refused:?}");
    // Lots have no serial number, and there may be many.
    for _ in 0..2 {
        let lot = Unit { id: id(), serial: None, lot: Some("L1".to_owned()), price: None, ..made.clone() };
        commit!(store, dealer, |conn| unit::insert(conn, &lot)).await.unwrap();
    }
}

async fn policies(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let made = policy_of(brand, "1.0.0");
    let next = policy_of(brand, "1.1.0");
    for version in [&made, &next] {
        let copy = version.clone();
        commit!(store, brand, |conn| policy::insert(conn, &copy, 3)).await.unwrap();
    }
    let same = policy_of(brand, "1.0.0");
    let refused = commit!(store, brand, |conn| policy::insert(conn, &same, 3)).await;
    assert!(matches!(refused, Err(StoreError::Duplicate(Entity::Policy))), "{refused:?}");

    let mut conn = reader(&store, brand).await;
    assert_eq!(policy::list(&mut conn, brand, None, 9).await.unwrap(), [next.clone(), made.clone()]);
    assert_eq!(policy::list(&mut conn, brand, Some(next.id), 9).await.unwrap(), from_ref(&made));
    drop(conn);
    let mut conn = reader(&store, dealer).await;
    assert_eq!(policy::find(&mut conn, dealer, made.id).await.unwrap(), Some(made.clone()));

    let retired = made.id;
    let retire = || commit!(store, brand, |conn| policy::retire(conn, brand, retired, at(8)));
    assert!(retire().await.unwrap());
    assert!(!retire().await.unwrap());
    let found = policy::find(&mut conn, dealer, made.id).await.unwrap().unwrap();
    assert_eq!((found.status, found.retired_at), (PolicyStatus::Retired, Some(at(8))));
}

async fn the_latest_activation_that_covers_an_instant_is_in_force(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let versions = [policy_of(brand, "1"), policy_of(brand, "2"), policy_of(brand, "3")];
    for version in &versions {
        let copy = version.clone();
        commit!(store, brand, |conn| policy::insert(conn, &copy, 1)).await.unwrap();
    }
    let activate = async |version: usize, from, to, made| {
        let activation = Activation {
            id: id::<ActivationId>(),
            party: brand,
            policy: versions[version].id,
            valid_from: at(from),
            valid_to: to,
            settings: format!("{{\"n\":{version}}}"),
            created_at: at(made),
            retired_at: None,
            floor: None,
        };
        let copy = activation.clone();
        commit!(store, brand, |conn| activation::insert(conn, &copy)).await.unwrap();
        activation
    };
    let oldest = activate(0, 100, None, 1).await;
    let newer = activate(1, 200, Some(at(300)), 2).await;
    let mut conn = reader(&store, dealer).await;
    let mut version_at = async |seconds| {
        let found = activation::in_force(&mut conn, brand, at(seconds)).await.unwrap();
        found.map(|found| found.policy.version)
    };
    assert_eq!(version_at(99).await, None);
    assert_eq!(version_at(100).await.as_deref(), Some("1"));
    assert_eq!(version_at(199).await.as_deref(), Some("1"));
    assert_eq!(version_at(200).await.as_deref(), Some("2"), "the latest made wins");
    assert_eq!(version_at(300).await.as_deref(), Some("1"), "the end is exclusive");

    let newest = activate(2, 0, None, 3).await;
    assert_eq!(version_at(250).await.as_deref(), Some("3"));
    let (ends, retired) = (at(250), newest.id);
    let retire = || commit!(store, brand, |conn| activation::retire(conn, brand, retired, ends, at(9)));
    assert!(retire().await.unwrap());
    assert!(!retire().await.unwrap());
    assert_eq!(version_at(249).await.as_deref(), Some("3"), "decisions before its end stay its own");
    assert_eq!(version_at(250).await.as_deref(), Some("2"));
    let second = versions[1].id;
    commit!(store, brand, |conn| policy::retire(conn, brand, second, at(9))).await.unwrap();
    assert_eq!(version_at(250).await.as_deref(), Some("1"));

    let mut conn = reader(&store, brand).await;
    let listed: Vec<ActivationId> =
        activation::list(&mut conn, brand).await.unwrap().iter().map(|activation| activation.id).collect();
    assert_eq!(listed, [newest.id, newer.id, oldest.id]);
    let found = activation::in_force(&mut conn, brand, at(100)).await.unwrap().unwrap();
    assert_eq!((found.activation, found.settings.as_str()), (newest.id, "{\"n\":2}"));
    let nowhere = Activation { id: id(), policy: id(), ..oldest };
    let refused = commit!(store, brand, |conn| activation::insert(conn, &nowhere)).await;
    assert!(matches!(refused, Err(StoreError::Dangling)), "{refused:?}");
}

async fn answers(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    // Two parties may use the same key.
    for party in [brand, dealer] {
        let kept = answer(party, "k");
        let copy = kept.clone();
        commit!(store, party, |conn| idempotency::insert(conn, &copy)).await.unwrap();
        let mut conn = reader(&store, party).await;
        assert_eq!(idempotency::find(&mut conn, party, "k").await.unwrap(), Some(kept));
        assert_eq!(idempotency::find(&mut conn, party, "other").await.unwrap(), None);
    }
    assert_eq!(commit!(store, Scope::Platform, |conn| idempotency::purge(conn, at(0))).await.unwrap(), 0);
    assert_eq!(commit!(store, Scope::Platform, |conn| idempotency::purge(conn, at(1))).await.unwrap(), 2);
}

async fn the_clock_keeps_its_offset(database: Database) {
    let store = database.store().await.unwrap();
    let mut conn = reader(&store, Scope::Platform).await;
    assert_eq!(clock::offset(&mut conn).await.unwrap(), 0);
    for micros in [5, 7_000_000] {
        commit!(store, Scope::Platform, |conn| clock::set_offset(conn, micros)).await.unwrap();
        assert_eq!(clock::offset(&mut conn).await.unwrap(), micros);
    }
}
