//! Keys that parties sign with.

use crate::sample::*;
use sanbao_domain::ids::{PartyId, SigningKeyId};
use sanbao_domain::party::PartyKind;
use sanbao_store::policy::SignedBy;
use sanbao_store::signing::{self, SigningKey};
use sanbao_store::{StoreError, policy};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;

on_both_engines!(
    a_key_is_registered_once_and_revoked_once,
    signatures_are_required_by_whoever_says_so,
    a_signature_is_added_to_a_version_and_stays,
);

fn key_of(party: PartyId, key_id: &str) -> SigningKey {
    SigningKey {
        id: id::<SigningKeyId>(),
        party,
        name: "release desk".to_owned(),
        key_id: key_id.to_owned(),
        public_key: "RWQ".to_owned(),
        created_at: at(0),
        revoked_at: None,
    }
}

async fn a_key_is_registered_once_and_revoked_once(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    let other = add_party(&store, PartyKind::Brand, "C").await.id;
    let insert = async |key: &SigningKey| {
        let key = key.clone();
        commit!(store, key.party, |conn| signing::insert(conn, &key)).await
    };
    let (first, second) = (key_of(party, "01"), key_of(party, "02"));
    insert(&first).await.unwrap();
    insert(&second).await.unwrap();
    let twice = insert(&key_of(party, "01")).await;
    assert!(matches!(twice, Err(StoreError::Duplicate(_))), "{twice:?}");
    insert(&key_of(other, "01")).await.expect("another party may have the same");
    let mut conn = reader(&store, party).await;
    assert_eq!(signing::list(&mut conn, party).await.unwrap(), [second, first.clone()]);
    assert_eq!(signing::by_key_id(&mut conn, party, "03").await.unwrap(), None);
    drop(conn);
    let revoke = async |by: PartyId, now| {
        let key = first.id;
        commit!(store, by, |conn| signing::revoke(conn, by, key, at(now))).await.unwrap()
    };
    assert_eq!(
        (revoke(other, 4).await, revoke(party, 5).await, revoke(party, 6).await),
        (false, true, false)
    );
    let mut conn = reader(&store, party).await;
    let kept = signing::by_key_id(&mut conn, party, "01").await.unwrap();
    assert_eq!(kept, Some(SigningKey { revoked_at: Some(at(5)), ..first }));
}

async fn signatures_are_required_by_whoever_says_so(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    let other = add_party(&store, PartyKind::Brand, "C").await.id;
    for required in [true, false, true] {
        commit!(store, party, |conn| signing::require(conn, party, required, at(1))).await.unwrap();
        let mut conn = reader(&store, party).await;
        assert_eq!(signing::required(&mut conn, party).await.unwrap(), required);
        let mut conn = reader(&store, other).await;
        assert!(!signing::required(&mut conn, other).await.unwrap());
    }
}

async fn a_signature_is_added_to_a_version_and_stays(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "B").await.id;
    let version = policy_of(party, "1");
    let copy = version.clone();
    commit!(store, party, |conn| policy::insert(conn, &copy, 300)).await.unwrap();
    let by = |name: &str| SignedBy {
        key: id(),
        name: name.to_owned(),
        key_id: "01".to_owned(),
        trusted_comment: "\"release\" 一".to_owned(),
    };
    let (first, second) = (by("first"), by("second"));
    for (by, news) in [(&first, true), (&second, false)] {
        let (version, by) = (version.id, by.clone());
        let added = commit!(store, party, |conn| policy::sign(conn, party, version, &by)).await.unwrap();
        assert_eq!(added, news);
    }
    let kept = policy::find(&mut reader(&store, party).await, party, version.id).await.unwrap().unwrap();
    assert_eq!(kept.signed_by, Some(first));
}
