//! Counts of policies' calls: hosts add up, and an addition is made once.

use crate::sample::*;
use sanbao_domain::ids::{ActivationId, PartyId, PolicyId};
use sanbao_domain::party::PartyKind;
use sanbao_store::policy_health::guard::{self, Guard, Return};
use sanbao_store::policy_health::{self, Amount, Asked, Counted};
use sanbao_store::{Scope, Store, activation, policy};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use uuid::Uuid;

on_both_engines!(hosts_add_up_and_an_addition_is_made_once, an_activation_passes_the_guard_once,);

fn hour(n: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second((497_000 + n) * 3600).unwrap()
}

fn counted(party: PartyId, policy: PolicyId, activation: ActivationId, failed: u64) -> Counted {
    Counted {
        party,
        policy,
        activation,
        interface: "coverage".to_owned(),
        hour: hour(0),
        calls: 10,
        failed,
        unavailable: 1,
        referred: 2,
        fuel_max: failed,
        took_max: 9 - failed,
    }
}

async fn add(store: &Store, id: Uuid, rows: Vec<Counted>, amounts: Vec<Amount>) {
    store
        .write_again::<(), _>(5, Scope::Platform, move |conn| {
            let (rows, amounts) = (rows.clone(), amounts.clone());
            Box::pin(async move {
                if policy_health::begin(conn, id, at(0)).await? {
                    policy_health::add(conn, &rows, &amounts).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn hosts_add_up_and_an_addition_is_made_once(database: Database) {
    let store = database.store().await.unwrap();
    let (party, policy, activation) = (id(), id(), id());
    let amount = |bucket: u64| Amount {
        party,
        policy,
        interface: "coverage".to_owned(),
        hour: hour(0),
        figure: "fuel".to_owned(),
        bucket,
        amount: 3,
    };
    // Eight hosts at once, each of which adds twice, as if it had not heard the first time.
    let adding: Vec<_> = (0..8_u64)
        .map(|host| {
            let store = store.clone();
            let rows = vec![counted(party, policy, activation, host % 4)];
            let amounts = vec![amount(7), amount(host)];
            let amounts = if host == 7 { vec![amount(7)] } else { amounts };
            tokio::spawn(async move {
                let name = Uuid::from_u128(u128::from(host) + 1);
                add(&store, name, rows.clone(), amounts.clone()).await;
                add(&store, name, rows, amounts).await;
            })
        })
        .collect();
    for one in adding {
        one.await.unwrap();
    }
    let asked = Asked { party, policy, from: hour(0), until: hour(1), interface: None };
    let mut conn = reader(&store, party).await;
    let hours = policy_health::hours(&mut conn, &asked).await.unwrap();
    assert_eq!(hours.len(), 1);
    let sums = (hours[0].calls, hours[0].failed, hours[0].unavailable, hours[0].referred);
    assert_eq!(sums, (80, 12, 8, 16));
    assert_eq!((hours[0].fuel_max, hours[0].took_max), (3, 9));
    let parts = policy_health::parts(&mut conn, &asked).await.unwrap();
    let by_step: Vec<_> = parts.iter().map(|part| (part.bucket, part.amount)).collect();
    assert_eq!(by_step, [(0, 3), (1, 3), (2, 3), (3, 3), (4, 3), (5, 3), (6, 3), (7, 24)]);
    for other in [
        Asked { from: hour(1), until: hour(2), ..asked.clone() },
        Asked { interface: Some("charges".to_owned()), ..asked.clone() },
        Asked { party: id(), ..asked.clone() },
    ] {
        assert_eq!(policy_health::hours(&mut conn, &other).await.unwrap(), []);
        assert_eq!(policy_health::parts(&mut conn, &other).await.unwrap(), []);
    }
    drop(conn);
    let forgotten =
        commit!(store, Scope::Platform, |conn| policy_health::forget(conn, hour(1), at(1))).await.unwrap();
    assert_eq!(forgotten, 1 + 8 + 8);
}

async fn an_activation_passes_the_guard_once(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Brand, "Brand").await.id;
    let version = policy_of(party, "1.0.0");
    let made = activation::Activation {
        id: id(),
        party,
        policy: version.id,
        valid_from: at(0),
        valid_to: None,
        settings: "[]".to_owned(),
        created_at: at(0),
        retired_at: None,
        floor: None,
    };
    let copy = (version.clone(), made.clone());
    commit!(store, party, |conn| async {
        policy::insert(conn, &copy.0, 1).await?;
        activation::insert(conn, &copy.1).await
    })
    .await
    .unwrap();
    let strict = Guard { failures_percent: 20, min_calls: 5, window_hours: 2 };
    for guard in [Guard { failures_percent: 90, ..strict }, strict] {
        commit!(store, party, |conn| guard::put(conn, party, guard, at(0))).await.unwrap();
    }
    add(&store, id(), vec![counted(party, version.id, made.id, 4)], vec![]).await;
    let mut conn = reader(&store, Scope::Platform).await;
    let guarded = guard::all(&mut conn).await.unwrap();
    assert_eq!(guarded.iter().map(|one| (one.party, one.guard())).collect::<Vec<_>>(), [(party, strict)]);
    let faring = guard::faring(&mut conn, party, hour(0)).await.unwrap();
    assert_eq!((faring[0].activation, faring[0].calls, faring[0].failed), (made.id, 9, 4));
    assert_eq!(guard::faring(&mut conn, party, hour(1)).await.unwrap(), []);
    drop(conn);
    let row = Return {
        party,
        activation: made.id,
        policy: version.id,
        again: None,
        calls: 9,
        failed: 4,
        guard: strict,
        at: at(1),
    };
    let passing: Vec<_> = (0..6)
        .map(|_| {
            let (store, row) = (store.clone(), row.clone());
            tokio::spawn(async move {
                commit!(store, Scope::Platform, |conn| guard::passed(conn, &row)).await.unwrap()
            })
        })
        .collect();
    let mut first = 0;
    for one in passing {
        first += usize::from(one.await.unwrap());
    }
    assert_eq!(first, 1, "one host alone");
    let mut conn = reader(&store, party).await;
    assert_eq!(guard::faring(&mut conn, party, hour(0)).await.unwrap(), []);
    assert_eq!(guard::returned(&mut conn, party).await.unwrap(), [row]);
    drop(conn);
    assert!(commit!(store, party, |conn| guard::remove(conn, party)).await.unwrap());
    let mut conn = reader(&store, party).await;
    assert_eq!(guard::find(&mut conn, party).await.unwrap(), None);
}
